"""The number among characters that somebody else points at, read by the reader's own scanner."""

from __future__ import annotations

from dataclasses import dataclass

from liantu.extraction.figures.numbers import find_quantities
from liantu.extraction.figures.quantity import Quantity
from liantu.extraction.model import Bound, Kind
from liantu.reading.model import Document

_BEFORE: dict[str, Bound] = {
    "近": "≈",
    "约": "≈",
    "超过": ">",
    "超": ">",
    "突破": ">",
    "逾": ">",
    "不低于": ">=",
    "不少于": ">=",
    "不超过": "<=",
}
_AFTER: dict[str, Bound] = {"以上": ">=", "左右": "≈", "上下": "≈", "多": ">", "以内": "<=", "以下": "<="}
_INSIDE = frozenset("余多过")
_KINDS: dict[str, Kind] = {"rank": "rank", "fraction": "share", "tenths": "share", "half": "share", "ratio": "share"}


@dataclass(frozen=True, slots=True)
class NumberAt:
    """A number in clean offsets, with what its own words say of it."""

    start: int
    end: int
    text: str
    value: float
    unit: str
    bound: Bound
    kind: Kind


def number_at(document: Document, start: int, end: int) -> NumberAt | None:
    """The number that the clean stretch [start, end) holds or touches most of; None when there is none."""
    clean = document.text.clean
    around = sentences_around(document, start, end)
    found = [q for q in find_quantities(clean, *around) if q.start < end and q.stop > start]
    if not found:
        return None
    q = max(found, key=lambda q: (min(q.end, end) - max(q.start, start), -q.start))
    value = int(q.value) if float(q.value).is_integer() else q.value
    bound = _bound(clean[max(around[0], q.start - 3) : q.start], q)
    return NumberAt(q.start, q.end, clean[q.start : q.end], value, q.unit, bound, _KINDS.get(q.form, "level"))


def _bound(before: str, q: Quantity) -> Bound:
    """What the words around a number say of its exactness."""
    after = next((_AFTER[word] for word in _AFTER if q.after.startswith(word)), None)
    if after is not None:
        return after
    if set(q.vague) & _INSIDE:
        return ">"
    return next((bound for word, bound in _BEFORE.items() if before.endswith(word)), "=")


def sentences_around(document: Document, start: int, end: int) -> tuple[int, int]:
    """Clean [start, end) of the sentences that hold a stretch."""
    held = [s for s in document.sentences if s.start < end and s.end > start]
    return (min(start, held[0].start), max(end, held[-1].end)) if held else (start, end)
