"""Tables drawn with bars (| 指标 | 单位 | 1—6月 |): bars taken away, cells of a row parted, names put over their columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liantu.reading.columns import Placed, names_time, place_names
from liantu.reading.draft import Draft, Edit
from liantu.reading.flattened import CELL_END, LONGEST_CELL, NUMBER_CELL

_BARS = "|｜│┃¦"
_BAR = re.compile(f"[{_BARS}]")
_RULE = re.compile(r"[-=:—─━┼├┤\s]*")
_MOST_NAMES = 12  # lines of names over the first row
_FEWEST = 4  # lines with a bar each that make a table of one cell a line
_MANY = 9  # cells of a line that is more than one row
_LONGEST_LINE = 10_000


@dataclass(slots=True)
class _Line:
    """A line with bars: its bounds, its cells, empty ones included, as bounds without outer blanks, and whether it has figures."""

    start: int
    end: int
    cells: list[tuple[int, int]]
    is_row: bool

    def filled(self) -> list[tuple[int, int]]:
        return [cell for cell in self.cells if cell[1] > cell[0]]


def barred_rows(draft: Draft) -> Iterator[Edit]:
    """Edits that put `CELL_END` for the bars between cells, and drop those at the edges of lines."""
    text = draft.text
    run: list[_Line] = []
    at = 0
    while (found := _BAR.search(text, at)) is not None:
        start = text.rfind("\n", 0, found.start()) + 1
        at = text.find("\n", found.start())
        at = len(text) if at < 0 else at
        if run and not text[run[-1].end : start].isspace():
            yield from _table(text, run)
            run = []
        if at - start <= _LONGEST_LINE:
            run.append(_measured(text, start, at))
    yield from _table(text, run)


def _measured(text: str, start: int, end: int) -> _Line:
    """A line with its cells; a bar at its edge ends no empty cell."""
    bounds = [start, *(at for m in _BAR.finditer(text, start, end) for at in m.span()), end]
    cells = []
    for a, b in zip(bounds[::2], bounds[1::2], strict=True):
        words = text[a:b]
        lead = len(words) - len(words.lstrip())
        cells.append((a + lead, a + lead + len(words.strip())))
    if cells[0][0] == cells[0][1]:
        del cells[0]
    if cells and cells[-1][0] == cells[-1][1]:
        del cells[-1]
    return _Line(start, end, cells, _is_row([text[a:b] for a, b in cells]))


def _table(text: str, run: Sequence[_Line]) -> Iterator[Edit]:
    if len(run) == 1 and len(run[0].cells) >= _MANY and run[0].is_row:
        yield from _between(run[0], run[0].cells, "\n")  # a whole table on one line: a cell a line says as much
        return
    if not any(line.is_row for line in run):
        if len(run) >= _FEWEST and all(len(line.filled()) <= 1 for line in run):
            for line in run:
                yield from _bare(line)
        return
    at = 0
    while at < len(run):
        body = next((i for i in range(at, len(run)) if run[i].is_row), len(run))
        stop = body
        while stop < len(run) and (run[stop].is_row or _goes_on(text, run, stop)):
            stop += 1
        rows = run[body:stop]
        counts = Counter(len(row.cells) for row in rows)
        width = max(counts, key=lambda n: (counts[n], n), default=0)
        yield from _over(text, run[at:body], width)
        for row in rows:
            yield from _parted(row)
        at = max(stop, at + 1)


def _is_row(cells: Sequence[str]) -> bool:
    """Whether the cells of a line are a name and at least one figure."""
    return (
        len(cells) > 1
        and all(len(c) <= 2 * LONGEST_CELL for c in cells)
        and any(c for c in cells)
        and any(NUMBER_CELL.fullmatch(c) for c in cells[1:])
        and not _names_times(cells)
    )


def _names_times(cells: Sequence[str]) -> bool:
    """Whether the figures of a line are years and months, which name columns."""
    figures = [c for c in cells[1:] if c and NUMBER_CELL.fullmatch(c)]
    return all(names_time(c) for c in figures)


def _goes_on(text: str, run: Sequence[_Line], at: int) -> bool:
    """A line without figures between two rows: the name of a group, or what is not filled in."""
    line = run[at]
    return (
        0 < at < len(run) - 1
        and run[at + 1].is_row
        and run[at - 1].is_row
        and len(line.cells) == len(run[at - 1].cells)
        and not any("：" in text[a:b] or len(text[a:b]) > LONGEST_CELL for a, b in line.cells)
    )


def _over(text: str, lines: Sequence[_Line], width: int) -> Iterator[Edit]:
    """Edits of the lines over a table's rows: titles and notes as lines of their own, names in their columns."""
    kept = [line for line in lines if line.filled() and not _is_rule(text, line)]
    first = len(kept)
    while first and len(kept) - first < _MOST_NAMES and _holds_names(text, kept[first - 1]):
        first -= 1
    while first < len(kept) - 1 and len(kept[first].filled()) == 1:
        first += 1
    names = kept[first:]
    placed = _placed(text, names, width)
    if not placed and any(line.cells[-1][0] == line.cells[-1][1] for line in names):
        names = []  # merged cells lost their places for good
    for line in lines:
        if placed and line is names[0]:
            yield from _put(names, placed, width)
        elif not placed and line in names:
            yield from _parted(line)
        elif not placed or not names[0].start < line.start < names[-1].end:
            yield from [(line.start, line.end, "")] if _is_rule(text, line) else _bare(line)


def _is_rule(text: str, line: _Line) -> bool:
    return all(_RULE.fullmatch(text[a:b]) for a, b in line.cells)


def _holds_names(text: str, line: _Line) -> bool:
    cells = [text[a:b] for a, b in line.filled()]
    return all(len(c) <= LONGEST_CELL and "：" not in c and "。" not in c for c in cells)


def _placed(text: str, names: Sequence[_Line], width: int) -> list[list[Placed]]:
    """The names' columns where merged cells lost theirs; empty where every line has as many cells as the rows."""
    if not names or width < 2:
        return []
    rows = all(len(line.cells) == width for line in names)
    if rows and all(line.cells[-1][0] < line.cells[-1][1] for line in names):
        return []
    placed = place_names([text[a:b] for line in names for a, b in line.filled()], width)
    return placed if placed and placed[0][0].first == 0 else []


def _put(names: Sequence[_Line], placed: Sequence[Sequence[Placed]], width: int) -> Iterator[Edit]:
    """Edits that lay out the names, taken in their order, as `placed` says."""
    cells = [cell for line in names for cell in line.filled()]
    at = names[0].start
    order = [(row, name) for row in placed for name in row]
    for k, (row, name) in enumerate(order):
        above = order[k - 1] if k else None
        if above is None:
            yield at, cells[name.first][0], CELL_END * name.column
        elif above[0] is row:
            yield cells[above[1].last][1], cells[name.first][0], CELL_END * (name.column - above[1].column)
        else:
            fill = CELL_END * (width - 1 - above[1].column)
            yield cells[above[1].last][1], cells[name.first][0], f"{fill}\n{CELL_END * name.column}"
        for i in range(name.first, name.last):
            yield cells[i][1], cells[i + 1][0], ""
    last = order[-1][1]
    yield cells[last.last][1], names[-1].end, CELL_END * (width - 1 - last.column)


def _parted(line: _Line) -> Iterator[Edit]:
    """Edits of a row: `CELL_END` between its cells."""
    yield from _between(line, line.cells, CELL_END)


def _bare(line: _Line) -> Iterator[Edit]:
    """Edits of a line that is no row: its words without bars, parted by blanks."""
    yield from _between(line, line.filled(), " ")


def _between(line: _Line, cells: Sequence[tuple[int, int]], mark: str) -> Iterator[Edit]:
    at = line.start
    for k, (a, b) in enumerate(cells):
        if k or at < a:
            yield at, a, mark if k else ""
        at = b
    if at < line.end:
        yield at, line.end, ""
