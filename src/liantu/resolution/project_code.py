"""Investment project codes (投资项目代码), GB/T 40058-2021: shape only, the check character's rule is not at hand."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHAPE = re.compile(r"^(\d{4})-(\d{6})-(\d{2})-(\d{2})-([0-9A-Z]{5})([0-9A-Z])$")


@dataclass(frozen=True, slots=True)
class ProjectCode:
    """A project code in its parts. `warning_zh` and `warning_en` are set where an older form is accepted."""

    code: str
    time: str
    region: str
    department: str
    project_type: str
    warning_zh: str = ""
    warning_en: str = ""


def parse_project_code(code: str) -> ProjectCode | None:
    """`code` in its groups 4-6-2-2-6, or None when it has another shape.

    The first group is YYMM. A year in four digits (codes from before the standard) is accepted with a warning.
    """
    code = "".join(code.split()).upper().replace("—", "-").replace("－", "-")
    match = _SHAPE.match(code)
    if match is None:
        return None
    time, region, department, project_type, *_ = match.groups()
    if 1 <= int(time[2:]) <= 12:
        return ProjectCode(code, time, region, department, project_type)
    if 2000 <= int(time) <= 2035:
        warning = (
            "项目代码以四位年份开头，属标准实施前的旧式，请核对",
            "the code begins with a year: an older form, please check",
        )
        return ProjectCode(code, time, region, department, project_type, *warning)
    return None
