"""Dates a number: which time expression governs it, and whether it counts up to that time."""

from __future__ import annotations

import re
from datetime import date

from liantu.extraction.figures.frame import Draft
from liantu.extraction.figures.times import TimeMark

_CUMULATIVE = re.compile(r"累计(?!同比|增长)|总计|累积")


def choose_mark(draft: Draft, marks: list[TimeMark], sentence: tuple[int, int]) -> TimeMark | None:
    """The mark that dates a number: one in its own words first, else the last before it in the sentence.

    `marks` are those of the sentence, in order. A compared mark counts only where the number itself hangs on it
    (由上年的225户, 2020年的17家).
    """
    q = draft.quantity
    best: TimeMark | None = None
    for mark in marks:
        if mark.start >= q.start:
            break
        gap_end = mark.end
        if mark.compared:
            if draft.clause <= mark.start and q.start - gap_end <= 3 and draft.kind != "change":
                return mark
            continue
        best = mark
    return best


def after_mark(draft: Draft, marks: list[TimeMark], high: int) -> TimeMark | None:
    """A mark right behind the number's clause that sets its deadline (…, 到2027年)."""
    return None


def period_of(
    draft: Draft,
    mark: TimeMark | None,
    carried: str | None,
    carried_until: bool,
    published: date | None,
    text: str,
    sentence_start: int,
    annual_report: bool,
) -> str | None:
    """The period of a number as `YYYY[-MM[-DD]]`, `A/B` or `../X`."""
    clause = text[draft.clause : draft.quantity.start]
    cumulative = bool(_CUMULATIVE.search(clause)) or bool(_CUMULATIVE.search(draft.indicator))
    month = f"{published.year}-{published.month:02d}" if published else None
    if mark is not None:
        if mark.period is None:
            return None
        until = mark.until or (
            mark.kind == "now" and text[mark.start : mark.start + 2] in ("截至", "截止", "到目", "迄今", "至今")
        )
        if until:
            return "../" + mark.period.split("/")[-1]
        if cumulative and mark.kind in ("year", "part", "month", "now") and draft.kind == "level":
            if mark.kind == "now":
                return "../" + mark.period
            return "../" + mark.period.split("/")[-1] if mark.kind == "month" else mark.period
        return mark.period
    if cumulative and draft.kind == "level":
        if carried and carried_until:
            return carried
        if annual_report and carried:
            return "../" + carried.removeprefix("../").split("/")[-1]
        return "../" + month if month else None
    return carried
