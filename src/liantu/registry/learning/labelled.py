"""Firms with a class each, out of an office's table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from liantu.reading import read_workbook
from liantu.reading.workbook import Sheet, shown

from ..rows import field_of


class LabelledError(ValueError):
    """A table that nothing can be learned from: says what is missing."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One firm whose class is known."""

    name: str
    scope: str
    label: str


def read_labelled(path: Path, label: str, *, name: str = "", scope: str = "") -> list[Labelled]:
    """The firms of the table at `path` (xlsx, xls, csv) whose column `label` is filled.

    Args:
        label: heading of the column of classes.
        name, scope: headings of name and business scope; those that lists of firms use are known.

    Raises:
        LabelledError: a column is missing, or no row has a class.
        UnreadableError: a file that cannot be opened.
    """
    seen: list[str] = []
    for sheet in read_workbook(path):
        seen += sheet.columns.values()
        found = _columns(sheet, label, name, scope)
        if found is None:
            continue
        rows = []
        for _number, cells in sheet.records():
            texts = [shown(cells[column].value).strip() if column in cells else "" for column in found]
            if texts[2] and (texts[0] or texts[1]):
                rows.append(Labelled(*texts))
        if rows:
            return rows
        raise LabelledError(
            f"“{label}”一列都是空的，请先填上每家企业的类别 / column {label} is blank: fill in the class of each firm"
        )
    listed = "、".join(seen[:20]) or "—"
    wanted = "、".join((name or "企业名称", scope or "经营范围", label))
    raise LabelledError(
        f"表里要有 {wanted} 三列，现有：{listed}；可用 --name、--scope、--label 指明 / "
        f"columns {wanted} are needed, there are: {listed}; say which they are with --name, --scope and --label"
    )


def _columns(sheet: Sheet, label: str, name: str, scope: str) -> tuple[str, str, str] | None:
    """Headings of name, scope and class in `sheet`; None where one is missing."""
    headings = list(sheet.columns.values())
    found = [
        wanted if wanted else next((heading for heading in headings if field_of(heading)[0] == field), "")
        for wanted, field in ((name, "name"), (scope, "scope"), (label, "label"))
    ]
    return (found[0], found[1], found[2]) if all(heading in headings for heading in found) else None
