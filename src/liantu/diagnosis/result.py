"""What every measure returns: a value with all that is needed to judge it, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal[
    "",
    "no_data",
    "empty_row",
    "empty_column",
    "suppressed",
    "not_enough_regions",
    "disconnected",
    "undefined",
    "already_present",
]
"""Why there is no value. `no_data`: nobody has counted or said it. `empty_row`: the place has nothing at all.
`empty_column`: the reference area has none of the segment. `suppressed`: too few units behind a cell to show it.
`not_enough_regions`: the measure needs a larger panel. `disconnected`: outside the largest connected part of the panel, where
an eigenvector says nothing. `undefined`: the named convention has no such measure. `already_present`: asked of what is not there yet."""

REASONS_ZH: dict[str, str] = {
    "no_data": "没有数据",
    "empty_row": "该地区合计为零",
    "empty_column": "参照地区没有这个环节",
    "suppressed": "样本过少，不予显示",
    "not_enough_regions": "地区数不够，不能计算",
    "disconnected": "与面板主体不连通，不能比较",
    "undefined": "所选约定没有这个指标",
    "already_present": "该地区已有这个环节",
}


@dataclass(frozen=True, slots=True)
class Result:
    """One measure of a region, a segment or a pair of regions.

    Attributes:
        measure: its code, as in the method's literature (`lq`, `hhi`, `krugman_pair` …).
        subject: what was measured: region codes, then the segment if there is one.
        value: the number, None exactly when `reason` says why.
        unit: what the number is counted in (`ratio`, `index`, `share`).
        convention: the named choice among ways of computing it.
        reference: the area compared with, empty where the measure has none.
        level: level of the classification of segments; results of two levels are never compared.
        period: of the data.
        n: how many of `n_of` (firms, cells, segments) stand behind the value.
        coverage: share of the cells needed that have data, 0 … 1.
        interval: (low, high) at 95 %, None where none can be given honestly.
        statements: ids of the statements used.
        reason: why there is no value.
    """

    measure: str
    subject: tuple[str, ...]
    value: float | None
    unit: str
    convention: str
    level: str
    period: str
    n: int
    n_of: str
    coverage: float | None
    reference: str = ""
    interval: tuple[float, float] | None = None
    statements: tuple[str, ...] = ()
    reason: Reason = ""

    def __post_init__(self) -> None:
        """A number without n and coverage, or an absence without its reason, is a mistake in the measure.

        Raises:
            ValueError: one of these.
        """
        if (self.value is None) != bool(self.reason):
            raise ValueError(f"{self.measure}: a value or the reason for its absence, not both and not neither")
        if self.value is not None and (self.coverage is None or self.n < 1):
            raise ValueError(f"{self.measure}: a value must say n and coverage")
        if self.coverage is not None and not 0.0 <= self.coverage <= 1.0:
            raise ValueError(f"{self.measure}: coverage {self.coverage} is no share")

    @property
    def reason_zh(self) -> str:
        """The reason in words, empty when there is a value."""
        return REASONS_ZH.get(self.reason, "")
