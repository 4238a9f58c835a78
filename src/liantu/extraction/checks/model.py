"""What a check gives: the rule, the figures it compared, what was computed and what is written, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from liantu.extraction.model import Evidence

Verdict = Literal["ok", "differs", "suspicious"]
"""`ok`: the figures agree within rounding; `differs`: they cannot all be right; `suspicious`: a person should look."""

RULES = {
    "parts_sum": ("分项之和与总数", "parts against their sum"),
    "part_over_whole": ("部分大于整体", "a part above its whole"),
    "list_count": ("列举个数与所述个数", "members listed against the stated count"),
    "rate_parts": ("比率与其分子分母", "a rate against its numerator and denominator"),
    "share_parts": ("占比与其分子分母", "a share against part and whole"),
    "share_sum": ("各项占比之和", "the sum of shares"),
    "share_over_whole": ("占比超过百分之百", "a share above 100 %"),
    "change_levels": ("增减幅度与前后水平", "a change against both levels"),
    "direction": ("增减方向与前后水平", "the direction of a change against both levels"),
    "small_base": ("小基数增速", "growth on a small base"),
    "unit_slip": ("单位或小数点错位", "a slip of unit or decimal point"),
    "target_revised": ("目标调整", "a revised target"),
    "column_total": ("表中合计", "the total of a table column"),
}
"""Rule id to its name in Chinese and English."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One comparison inside a document.

    `spans` are the raw offsets of the numbers compared, the parts first and the stated one last; `computed`, `stated` and
    `tolerance` are in base units of `unit` (percentages as written). `tolerance` is what rounding of the figures as
    written may account for. `evidence` is the sentence of the stated figure.
    """

    rule: str
    verdict: Verdict
    spans: tuple[tuple[int, int], ...]
    computed: float | None
    stated: float | None
    unit: str
    tolerance: float
    message_zh: str
    message_en: str
    evidence: Evidence
