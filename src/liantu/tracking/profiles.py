"""How a target comes about over its period: from zero, from where it stood, or only at the end. The profiles are data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Literal, cast

from liantu.vocabulary.tables import Table, read_table, split

Starts = Literal["zero", "base", "whole", "none"]
STARTS = ("zero", "base", "whole", "none")
USUAL = "stock"


@dataclass(frozen=True, slots=True)
class Profile:
    """One way of coming about.

    Attributes:
        starts: `zero` (accrues within the period), `base` (rises from the level at the outset), `whole` (a growth: expected
            in full on every day, never prorated), `none` (nothing is expected before the last day).
        points: (part of the time, part of the way) between 0 and 1, ascending; empty for a straight line.
    """

    id: str
    name_zh: str
    name_en: str
    starts: Starts
    points: tuple[tuple[float, float], ...]
    source: str

    def done_by(self, elapsed: float) -> float:
        """The part of the way that should be done when `elapsed` (0 to 1) of the time has gone by."""
        before = (0.0, 0.0)
        for after in (*self.points, (1.0, 1.0)):
            if elapsed <= after[0]:
                width = after[0] - before[0]
                return after[1] if not width else before[1] + (after[1] - before[1]) * (elapsed - before[0]) / width
            before = after
        return 1.0


@cache
def profiles() -> MappingProxyType[str, Profile]:
    """All profiles by id. Raises VocabularyError for one that cannot be."""
    table = read_table(
        "progress_profiles.csv", ("profile", "name_zh", "name_en", "starts", "points", "source"), __package__
    )
    table.require_unique("profile")
    table.require_known("starts", STARTS)
    return MappingProxyType(
        {
            r["profile"]: Profile(
                r["profile"], r["name_zh"], r["name_en"], cast(Starts, r["starts"]), _points(table, line, r["points"]),
                r["source"],
            )
            for line, r in table.rows
        }
    )  # fmt: skip


def _points(table: Table, line: int, cell: str) -> tuple[tuple[float, float], ...]:
    try:
        found = tuple((float(time), float(way)) for time, way in (part.split(":") for part in split(cell)))
    except ValueError:
        found = ((2.0, 2.0),)
    steps = [(0.0, 0.0), *found, (1.0, 1.0)]
    if any(b[0] <= a[0] or b[1] < a[1] for a, b in pairwise(steps)) or any(
        not (0 < time < 1 and 0 <= way <= 1) for time, way in found
    ):
        raise table.error(
            line,
            "points 要写成 0.25:0.1|0.5:0.3：时间占比:进度占比，都在 0 到 1 之间，依次增大",
            "points are written 0.25:0.1|0.5:0.3, part of the time:part of the way, between 0 and 1 and ascending",
        )
    return found


@cache
def _words() -> tuple[tuple[str, str], ...]:
    table = read_table("profile_words.csv", ("word", "profile", "source"), __package__)
    table.require_unique("word")
    table.require_known("profile", profiles())
    return tuple(sorted(((r["word"], r["profile"]) for _, r in table.rows), key=lambda pair: (-len(pair[0]), pair[0])))


def usual_profile(indicator: str, unit: str, kind: str) -> str:
    """The profile that an indicator usually has; a person may choose another.

    Args:
        indicator: the words of the figure: 新增加氢站.
        unit: `%`, 座, 元 …
        kind: `level`, `change`, `share`, `rank`, as the reader tells them.
    """
    if kind == "change" and unit in ("%", "百分点", "‰"):
        return "growth" if unit != "百分点" else "accrual"
    if kind == "change":
        return "accrual"
    if kind in ("share", "rank") or unit in ("%", "‰"):
        return USUAL
    return next((profile for word, profile in _words() if word in indicator), USUAL)
