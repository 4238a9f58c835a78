"""Prose that is set in two columns: which lines of a page stand in the left one, which in the right, which across both."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from liantu.reading.printed_line import PrintedLine

_GUTTER = 0.8  # of a line's height: the least blank between two columns
_LINES = 4  # full lines that a column must have
_CHARACTERS = 8  # of a full line
_FULL = 0.85  # of its column's width: lines of running prose reach as far
_MOSTLY_FULL = 0.5  # of a column's lines; the cells of a table are of all lengths
_ALIKE = 0.6  # width of the narrower column by that of the wider


def in_columns(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """The lines of a page in groups that are read one after the other, from top to bottom each.

    A page that is not set in two columns is one group. Lines across the page (a heading, a picture's caption, a table) part it:
    above them both columns are read, then they, then both columns below. Sets the `column` of lines that stand in one.
    """
    ordered = sorted(lines, key=lambda line: -(line.top + line.bottom))
    middle = _gutter(ordered)
    if middle is None:
        return [ordered]
    groups: list[list[PrintedLine]] = [[]]
    for across, run in groupby(ordered, key=lambda line: line.left < middle < line.right):
        band = list(run)
        left = [line for line in band if line.right <= middle]
        right = [line for line in band if line.left >= middle]
        if across or not _are_columns(left, right):
            groups[-1] += band
            continue
        for number, column in enumerate((left, right), 1):
            for line in column:
                line.column = number
            groups.append(column)
        groups.append([])
    return [group for group in groups if group]


def _gutter(lines: Sequence[PrintedLine]) -> float | None:
    """Where the blank between two columns runs down a page, if its lines stand in columns."""
    long = [line for line in lines if len(line.text) >= _CHARACTERS]
    found: list[tuple[int, float]] = []
    for edge in {line.right for line in long}:
        behind = [line.left for line in long if line.left > edge]
        if behind:
            middle = (edge + min(behind)) / 2
            left = [line for line in long if line.right <= middle]
            right = [line for line in long if line.left >= middle]
            if _are_columns(left, right):
                found.append((len(left) + len(right), middle))
    return max(found)[1] if found else None


def _are_columns(left: Sequence[PrintedLine], right: Sequence[PrintedLine]) -> bool:
    """Whether lines on two sides are running prose: most of them full, both sides about as wide, blank between."""
    if not _is_column(left) or not _is_column(right):
        return False
    gap = min(line.left for line in right) - max(line.right for line in left)
    narrow, wide = sorted((_width(left), _width(right)))
    return gap >= _GUTTER * left[0].size and narrow >= _ALIKE * wide


def _is_column(lines: Sequence[PrintedLine]) -> bool:
    full = [ln for ln in lines if len(ln.text) >= _CHARACTERS and ln.right - ln.left >= _FULL * _width(lines)]
    return len(full) >= max(_LINES, _MOSTLY_FULL * len(lines))


def _width(lines: Sequence[PrintedLine]) -> float:
    return max(line.right for line in lines) - min(line.left for line in lines)
