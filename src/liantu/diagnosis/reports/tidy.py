"""Lines of a diagnosis as tidy rows: one observation a row, one kind of thing a column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from liantu.vocabulary import regions
from liantu.vocabulary.tables import read_table

from ..result import Result

COLUMNS = (
    "step", "measure", "region", "region_name", "partner", "partner_name", "segment", "value", "unit", "convention",
    "reference", "level", "period", "n", "n_of", "coverage", "low", "high", "status", "rule", "note", "reason", "reason_zh",
    "basis",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a diagnosis.

    Attributes:
        step: of the guided way it belongs to (`profile`, `growth`, `near`, `gaps`, `fillers` …).
        region: of whom; `partner`: the other place of a pair; `segment`: key of the segment, if it is of one.
        status, rule: of a segment in a chain. note: what else must be known to read it.
    """

    step: str
    result: Result
    region: str
    partner: str = ""
    segment: str = ""
    status: str = ""
    rule: str = ""
    note: str = ""


@cache
def words() -> dict[str, tuple[str, str]]:
    """Names of measures, steps and states in Chinese and English, from `data/measures.csv`."""
    table = read_table("measures.csv", ("code", "zh", "en", "source"), package="liantu.diagnosis")
    table.require_unique("code")
    return {row["code"]: (row["zh"], row["en"]) for _, row in table.rows}


def region_name(code: str) -> str:
    """The name of a region code; the code itself when it is none."""
    return regions().by_code(code).name if code in regions() else code


def rows_of(lines: Iterable[Line], basis: str) -> list[dict[str, Any]]:
    """A row a line, with `COLUMNS` as keys. A number that is not there is None, and `reason` says why."""
    found = []
    for line in lines:
        r = line.result
        low, high = r.interval or (None, None)
        values = (
            line.step, r.measure, line.region, region_name(line.region), line.partner,
            region_name(line.partner) if line.partner else "", line.segment, r.value, r.unit, r.convention, r.reference,
            r.level, r.period, r.n, r.n_of, r.coverage, low, high, line.status, line.rule, line.note, r.reason,
            r.reason_zh, basis,
        )  # fmt: skip
        found.append(dict(zip(COLUMNS, values, strict=True)))
    return found
