"""Numbers that are only the rest of one: masked digits, a decimal point or a line break set into the number."""

from __future__ import annotations

import re
from dataclasses import replace

from liantu.extraction.model import Figure
from liantu.reading.model import Document

DOUBT = 0.3
"""Confidence of such a figure: low, so that a person looks at it."""
REASON = "broken_number"
_LOOK_BACK = 14  # characters
# 21 12.36亿元, 2112. 36亿元, 1，234.5亿元, 完成产值21⏎12.36亿元, ■12亿元. A line of nothing but a number is a cell.
_BEFORE = re.compile(r"[^\d\s.,，][年月日]?\s?\d[\d,.]*(?: {1,2}|[.．·,，。] ?\n?|\n)$|[*＊■□●◆×?？#�]$")
_DATED = re.compile(r"(?:19|20)\d\d[ .．/-]?$|年 ?$|\d{1,2}月 ?$")


def flag_broken(document: Document, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The figures, those that may be the rest of a longer number with low confidence."""
    return tuple(_flagged(document, figure) for figure in figures)


def _flagged(document: Document, figure: Figure) -> Figure:
    if not figure.number[:1].isdigit() or figure.kind == "rank" or "table" in figure.reasons:
        return figure
    at = document.text.clean_span(*figure.span)[0]
    before = document.text.clean[max(0, at - _LOOK_BACK) : at]
    if not _BEFORE.search(before) or _DATED.search(before):
        return figure
    return replace(figure, confidence=min(figure.confidence, DOUBT), reasons=(*figure.reasons, REASON))
