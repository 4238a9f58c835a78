"""Tables in print, told by where their cells stand: every cell in its column, whether its neighbours are blank or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from liantu.reading.flattened import NUMBER_CELL
from liantu.reading.printed_line import PrintedLine

_GAP = re.compile(r" {4,}")
_LABELLED = re.compile(r"[：:]\s*\S")
_LONGEST_CELL = 40
_LONGEST_ALONE = 16  # characters of a line with one cell between two rows
_FAR = 4.0  # heights of a line: more than that apart, two rows are of two tables
_OVER = 0.25  # of the narrower one: a cell that reaches as far over a column stands in it
_EDGE = 0.004  # of a page: columns that reach into each other by more are none


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int  # in the line's text
    end: int
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """Lines `first` to `last` of a body and the offsets of each line's cells by column; None for a blank cell."""

    first: int
    last: int
    rows: tuple[tuple[tuple[int, int] | None, ...], ...]


def find_tables(lines: Sequence[PrintedLine]) -> list[PrintedTable] | None:
    """The tables among the lines of a body, in order; None where a row's cells cannot be told by their places."""
    found = []
    at = 0
    while at < len(lines):
        last = _run(lines, at)
        if last <= at:
            at += 1
            continue
        run = lines[at : last + 1]
        if _is_table(run):
            rows = _aligned(run)
            if rows is None:
                return None
            found.append(PrintedTable(at, last, rows))
        at = last + 1
    return found


def _run(lines: Sequence[PrintedLine], first: int) -> int:
    """The last line of the run of rows that begins at `first`; `first` - 1 when it is no row."""
    if not _may_be_row(lines[first]):
        return first - 1
    last = first
    for i in range(first + 1, len(lines)):
        if _far(lines[last], lines[i]):
            break
        if _may_be_row(lines[i]):
            last = i
        elif i > last + 1 or len(lines[i].text) > _LONGEST_ALONE or not lines[i].segments:
            break
    return last


def _far(above: PrintedLine, line: PrintedLine) -> bool:
    return above.page == line.page and above.bottom - line.bottom > _FAR * max(above.size, line.size)


def _may_be_row(line: PrintedLine) -> bool:
    if not line.is_row or not line.segments:
        return False
    words = [line.text[cell.start : cell.end] for cell in _cells(line)]
    return all(len(word) <= _LONGEST_CELL for word in words) and not all(_LABELLED.search(word) for word in words)


def _is_table(run: Sequence[PrintedLine]) -> bool:
    """Two rows with a number at least, or one below a header."""
    numbered = [
        line for line in run if any(NUMBER_CELL.fullmatch(line.text[c.start : c.end]) for c in _cells(line)[1:])
    ]
    return len(numbered) > 1 or (len(numbered) == 1 and len(run) > 1 and len(_cells(numbered[0])) > 2)


def _cells(line: PrintedLine) -> list[_Cell]:
    bounds = [0, *(at for gap in _GAP.finditer(line.text) for at in gap.span()), len(line.text)]
    cells = []
    for start, end in zip(bounds[0::2], bounds[1::2], strict=True):
        boxes = [s.box for s in line.segments if s.start < end and s.end > start]
        if boxes:
            cells.append(_Cell(start, end, min(box[0] for box in boxes), max(box[2] for box in boxes)))
    return cells


def _aligned(run: Sequence[PrintedLine]) -> tuple[tuple[tuple[int, int] | None, ...], ...] | None:
    """Offsets of each line's cells by column."""
    cells = [_cells(line) for line in run]
    columns = _columns(cells)
    if columns is None:
        return None
    rows = []
    for line, own in zip(run, cells, strict=True):
        heads = not any(NUMBER_CELL.fullmatch(line.text[c.start : c.end]) for c in own)
        places = _spanning(own, columns) if heads and 1 < len(own) < len(columns) else _placed(own, columns)
        if places is None:
            return None
        row: list[tuple[int, int] | None] = [None] * len(columns)
        for cell, place in zip(own, places, strict=True):
            row[place] = (cell.start, cell.end)
        rows.append(tuple(row))
    return tuple(rows)


def _columns(rows: Sequence[Sequence[_Cell]]) -> list[tuple[float, float]] | None:
    """Left and right of each column: of the rows with the most cells, if these stand below each other."""
    width = max(len(row) for row in rows)
    full = [row for row in rows if len(row) == width]
    columns = [(min(r[i].left for r in full), max(r[i].right for r in full)) for i in range(width)]
    if any(right > left + _EDGE for (_, right), (left, _) in pairwise(columns)):
        return None
    return columns


def _placed(cells: Sequence[_Cell], columns: Sequence[tuple[float, float]]) -> list[int] | None:
    """The column of each cell: the one it reaches over most, else the nearest; None when two share one."""

    def fit(cell: _Cell, column: tuple[float, float]) -> tuple[bool, float]:
        over = min(cell.right, column[1]) - max(cell.left, column[0])
        narrow = min(cell.right - cell.left, column[1] - column[0])
        return over > _OVER * narrow, -abs(cell.middle - (column[0] + column[1]) / 2)

    places = [max(range(len(columns)), key=lambda i: fit(cell, columns[i])) for cell in cells]
    return places if len(set(places)) == len(places) and places == sorted(places) else None


def _spanning(cells: Sequence[_Cell], columns: Sequence[tuple[float, float]]) -> list[int] | None:
    """The first column of each cell of an upper header, whose words stand in the middle over the columns they head."""
    places: list[int] = []
    free = 0
    for number, cell in enumerate(cells):
        last = len(columns) - (len(cells) - number - 1)
        spans = [(a, b) for a in range(free, last) for b in range(a, last)]
        if not spans:
            return None

        def off(span: tuple[int, int], middle: float = cell.middle) -> tuple[float, int]:
            a, b = span
            return round(abs((columns[a][0] + columns[b][1]) / 2 - middle), 2), b - a

        first, end = min(spans, key=off)
        places.append(first)
        free = end + 1
    return places


def row_line(line: PrintedLine, row: Sequence[tuple[int, int] | None]) -> PrintedLine:
    """The line as a row: its cells parted by one tab, blank ones included."""
    text = ""
    segments, doubts = [], []
    for number, bounds in enumerate(row):
        text += "\t" if number else ""
        if bounds is None:
            continue
        start, end = bounds
        shift = len(text) - start
        text += line.text[start:end]
        segments += [
            replace(s, start=s.start + shift, end=s.end + shift) for s in line.segments if start <= s.start < end
        ]
        doubts += [(a + shift, b + shift) for a, b in line.doubts if start <= a < end]
    return replace(line, text=text, segments=segments, doubts=doubts)
