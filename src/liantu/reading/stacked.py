"""Tables that fell to one cell a line: rows found by the beat of names and numbers, and joined again under their header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from statistics import median

from liantu.reading.columns import Placed, names_time, opens_header, place_names
from liantu.reading.draft import Draft, Edit
from liantu.reading.flattened import CELL_END, LONGEST_CELL, NUMBER_CELL, PART
from liantu.vocabulary.units import is_unit

_FIGURE_LINE = re.compile(r"\n[ \t]*[-—－+]?\d[\d,.]*%?[ \t]*(?=\n|$)")
_FEWEST_FIGURES = 3  # lines of nothing but a number, without which no table fell apart
_LINE = re.compile(r"[^\n]+")
_NOTHING = re.compile(r"[-—－–]{1,4}|/|…+|\.{3,6}|·+")
_BRACKETED = re.compile(r"[（(]([^（）()]{1,12})[）)]")
_TOTAL = re.compile(r"(?:合|总|共|小)\s*计|全[省市县区州]")
_STOPS = "。；！？\x01"
_WIDEST = 12
_MOST_LEADS = 5  # columns of words before the first number
_MOST_NAMES = 40  # lines over a table that may belong to its header
_GAP = 9  # line breaks at most between two cells
_MOST_HEADINGS = 2  # lines of words between two rows
_FEWEST_ROWS = 2


@dataclass(slots=True)
class _Cell:
    """A line that may be a cell: its bounds, and what it holds: N a number, P nothing, Y a time, U a unit, T words."""

    start: int
    end: int
    kind: str
    gap: int  # line breaks above it

    @property
    def figures(self) -> bool:
        return self.kind in "NPY"


@dataclass(slots=True)
class _Row:
    """Cells `first` up to `stop` with the column of each."""

    first: int
    stop: int
    columns: list[int]


@dataclass(slots=True)
class _Table:
    width: int
    rows: list[_Row]
    stop: int
    header: list[list[Placed]] = field(default_factory=list)
    names: int = 0  # index of the cell that is the first of the words over it

    def size(self) -> tuple[int, int]:
        """How much it explains: cells of its rows, those of the heads of groups not counted, and how many make a row."""
        return sum(row.stop - row.first for row in self.rows if row.stop - row.first > 1), self.width


def stacked_rows(draft: Draft) -> Iterator[Edit]:
    """Edits that put the cells of a row on one line, parted by `CELL_END`, in tables of one cell a line."""
    text = draft.text
    if sum(1 for _ in islice(_FIGURE_LINE.finditer(text), _FEWEST_FIGURES)) == _FEWEST_FIGURES:
        for run in _runs(text):
            yield from _tables(text, run)


def _runs(text: str) -> Iterator[list[_Cell]]:
    """Stretches of short lines one below the other."""
    run: list[_Cell] = []
    last = 0
    for match in _LINE.finditer(text):
        line = match[0].strip(" \t")
        if not line:
            continue
        start = match.start() + match[0].index(line[0])
        cell = _Cell(start, start + len(line), _kind(line), text.count("\n", last, start))
        last = cell.end
        if not cell.kind or cell.gap > _GAP:
            yield run
            run = []
        if cell.kind:
            run.append(cell)
    yield run


def _kind(line: str) -> str:
    """What a line is as a cell, empty where it is none."""
    if len(line) > LONGEST_CELL or any(mark in line for mark in _STOPS) or "：" in PART.sub("", line, count=1):
        return ""
    if _NOTHING.fullmatch(line):
        return "P"
    if names_time(line):
        return "Y"
    if NUMBER_CELL.fullmatch(line):
        return "N"
    inner = _BRACKETED.fullmatch(line)
    return "U" if is_unit(inner[1] if inner else line) else "T"


def _tables(text: str, run: Sequence[_Cell]) -> Iterator[Edit]:
    at, looked = 0, 0
    while (first := next((i for i in range(looked, len(run)) if run[i].kind == "N"), None)) is not None:
        table, reach = _table_at(text, run, at, first)
        if table is None:
            looked = max(first + 1, reach)
            while looked < len(run) and run[looked].figures:
                looked += 1
            continue
        yield from _edits(run, table)
        at = looked = table.stop


def _table_at(text: str, run: Sequence[_Cell], at: int, first: int) -> tuple[_Table | None, int]:
    """The table whose first number is cell `first` and whose words begin at cell `at` or later, and how far any went."""
    best: _Table | None = None
    reach = first
    at = max(at, first - _MOST_LEADS - _MOST_NAMES)
    words = [_words(text, cell) for cell in run[at:first]]
    for start in range(max(at, first - _MOST_LEADS), first + 1):
        if not _may_open(run, start):
            continue
        for width in range(max(2, first - start + 1), _WIDEST + 1):
            table = _walk(text, run, start, width)
            if table is None:
                continue
            reach = max(reach, table.stop)
            if best is not None and table.size() <= best.size():
                continue
            table.names = at
            unit = 1 if width > 2 and run[start + 1].kind == "U" else None
            table.header = place_names(words[: start - at], width, unit)
            if table.header:
                best = table
    return best, reach


def _words(text: str, cell: _Cell) -> str:
    return text[cell.start : cell.end]


def _may_open(run: Sequence[_Cell], at: int) -> bool:
    """Whether a row may begin with a cell: words, a time, or its number before words."""
    return run[at].kind in "TY" or (run[at].kind == "N" and at + 1 < len(run) and run[at + 1].kind == "T")


def _walk(text: str, run: Sequence[_Cell], start: int, width: int) -> _Table | None:
    """The rows of `width` cells from cell `start` on; None where fewer than two follow each other."""
    model = run[start : start + width]
    if len(model) < width or not any(cell.kind == "N" for cell in model):
        return None
    shape = [cell.figures for cell in model]
    ordered = model[0].kind == "N"
    leads = next((j for j in range(ordered, width) if shape[j] and j), width)
    plain = not ordered and model[0].kind == "T" and leads <= 2 and all(shape[leads:])
    if plain and leads == 2 and model[1].kind != "U":
        plain = False
    rows: list[_Row] = []
    i, full, lasting, headings = start, 0, 0, 0
    breaks: list[int] = []
    while i < len(run):
        if _fits(text, run, i, shape, model, ordered, full + 1):
            rows.append(_Row(i, i + width, list(range(width))))
            if full < 20:
                breaks += [cell.gap for cell in run[i + 1 : i + width]]
            i += width
            full, headings, lasting = full + 1, 0, len(rows)
            continue
        beat = median(breaks) if breaks else 0
        short = None
        if full and plain:
            short = _short(run, i, width, leads, beat)
        elif full and ordered:
            short = _total(text, run, i, shape)
        if short is not None:
            rows.append(short)
            i, headings, lasting = short.stop, 0, len(rows)
            continue
        if (
            full
            and headings < _MOST_HEADINGS
            and run[i].kind == "T"
            and i + 1 < len(run)
            and not opens_header(_words(text, run[i]))
        ):
            rows.append(_Row(i, i + 1, [0]))
            i, headings = i + 1, headings + 1
            continue
        break
    if full < _FEWEST_ROWS:
        return None
    del rows[lasting:]
    return _Table(width, rows, rows[-1].stop)


def _fits(
    text: str, run: Sequence[_Cell], at: int, shape: Sequence[bool], model: Sequence[_Cell], ordered: bool, number: int
) -> bool:
    """Whether the cells from `at` on are a row like the first: words where it has words, figures where it has figures."""
    width = len(shape)
    if at + width > len(run):
        return False
    for j in range(width):
        cell = run[at + j]
        if cell.figures != shape[j] and not (cell.kind == "P" and j) and not (model[0].kind == "Y" and j == 0):
            return False
        if model[j].kind == "U" and cell.kind not in "UP":
            return False
    if model[0].kind == "Y" and run[at].kind != "Y":
        return False
    return not ordered or _words(text, run[at]) == str(number)


def _short(run: Sequence[_Cell], at: int, width: int, leads: int, beat: float) -> _Row | None:
    """A row with fewer cells than the others: they stand where wider gaps show the empty ones, else from the left on where
    the row's unit says what they are."""
    if run[at].kind != "T":
        return None
    i = at + 1
    if leads == 2:
        if i >= len(run) or run[i].kind != "U":
            return None
        i += 1
    begin = i
    while i < len(run) and run[i].figures and i - begin <= width:
        i += 1
    count = i - begin
    if not 0 < count < width - leads or (i < len(run) and run[i].kind != "T"):
        return None
    cells = list(range(leads))
    column = leads
    told = False
    for k in range(begin, i):
        empty = round(run[k].gap / beat) - 1 if beat else 0
        if empty > 0:
            column, told = column + empty, True
        cells.append(column)
        column += 1
    if column > width:
        return None
    if not told and leads < 2:
        return _Row(at, i, [0] * (count + 1))
    return _Row(at, i, cells)


def _total(text: str, run: Sequence[_Cell], at: int, shape: Sequence[bool]) -> _Row | None:
    """The row of all others together, which has no number of its own, nor words in other columns than that of names."""
    if not _TOTAL.fullmatch(_words(text, run[at])):
        return None
    i = at + 1
    while i < len(run) and run[i].figures:
        i += 1
    columns = [j for j in range(2, len(shape)) if shape[j]]
    count = i - at - 1
    if not 0 < count <= len(columns) or (count < len(columns) and columns[0] > 2):
        return None
    return _Row(at, i, [1, *columns[:count]])


def _edits(run: Sequence[_Cell], table: _Table) -> Iterator[Edit]:
    """Edits of the lines of one table: its header and its rows."""
    end = table.width - 1
    for line in table.header:
        first = run[table.names + line[0].first]
        if line[0].column:
            yield first.start, first.start, CELL_END * line[0].column
        for k, placed in enumerate(line):
            for i in range(placed.first, placed.last):
                yield run[table.names + i].end, run[table.names + i + 1].start, ""
            here = run[table.names + placed.last]
            if k + 1 < len(line):
                after = run[table.names + line[k + 1].first]
                yield here.end, after.start, CELL_END * (line[k + 1].column - placed.column)
            elif placed.column < end:
                yield here.end, here.end, CELL_END * (end - placed.column)
    for row in table.rows:
        cells = run[row.first : row.stop]
        if row.columns[0]:
            yield cells[0].start, cells[0].start, CELL_END * row.columns[0]
        for (left, right), a, b in zip(pairwise(cells), row.columns, row.columns[1:], strict=False):
            yield left.end, right.start, CELL_END * (b - a) if b > a else " "
        if row.columns[-1] < end:
            yield cells[-1].end, cells[-1].end, CELL_END * (end - row.columns[-1])
