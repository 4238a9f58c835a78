"""Where text stands on the pages of a pdf, a scan or a picture: boxes in fractions of a page, from its upper left corner."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"\d[\d.,]*")
Box = tuple[float, float, float, float]
"""Left, top, right and bottom, each from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of raw text on one line of one page."""

    start: int
    end: int
    page: int  # from 1
    box: Box


@dataclass(frozen=True, slots=True)
class PageBox:
    """A box on a page."""

    page: int
    box: Box


def boxes_of(places: Sequence[Place], raw: str, start: int, end: int) -> tuple[PageBox, ...]:
    """The boxes of raw [start, end), one a line, in order. `places` lie in order and do not overlap."""
    found: list[PageBox] = []
    first = max(0, bisect_right(places, start, key=lambda place: place.start) - 1)
    for place in places[first:]:
        if place.start >= end:
            break
        low, high = max(start, place.start), min(end, place.end)
        if low >= high:
            continue
        box = _part(place, raw, low, high)
        if found and found[-1].page == place.page and _on_one_line(found[-1].box, box):
            box = _around(found.pop().box, box)
        found.append(PageBox(place.page, box))
    return tuple(found)


def cuts(text: str) -> list[int]:
    """Offsets at which a line of print is cut into places: around its numbers, whose boxes should be exact."""
    return sorted({0, len(text), *(at for number in _NUMBER.finditer(text) for at in number.span())})


def _on_one_line(one: Box, other: Box) -> bool:
    return min(one[3], other[3]) - max(one[1], other[1]) > 0.6 * min(one[3] - one[1], other[3] - other[1])


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _part(place: Place, raw: str, low: int, high: int) -> Box:
    """The box of a part of a line, by the widths that its characters have in print."""
    left, top, right, bottom = place.box
    if bottom - top > right - left:  # a line on a page that lies on its side
        return place.box
    whole = _width(raw[place.start : place.end]) or 1
    before, within = _width(raw[place.start : low]), _width(raw[low:high])
    step = (right - left) / whole
    return left + before * step, top, left + (before + within) * step, bottom


def _width(text: str) -> int:
    """Width in print, in halves of a Chinese character."""
    return sum(1 + (char > "\u2000") for char in text)
