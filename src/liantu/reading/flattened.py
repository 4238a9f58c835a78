"""Tables flattened to text: the spaces that part their cells, found from rows of like build that follow each other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liantu.reading.columns import column_name
from liantu.reading.draft import Draft, Edit

CELL_END = "\x01"
"""Stands for the tab between two cells until the layout is done: no cleaned text holds it."""

Span = tuple[int, int]

_LINE = re.compile(rf"^[^。；！？\n{CELL_END}]{{3,300}}$", re.M)
_INNER_SPACE = re.compile(r"\S[ \t]+\S")
_SPACES = re.compile(r"[ \t]+")
NUMBER_CELL = re.compile(
    r"[-—－+]?\d[\d,]*(?:\.\d+)?(?:%|‰|[万亿]?[\u4e00-\u9fff]{0,2})?|第\d{1,3}位?|-|—+|/|\.\.\.|…+"
)
_TABS = re.compile(r" *\t[ \t]*")
_TIME_CELL = re.compile(r"\d{4}-\d\d?(?:-\d\d?)?|\d\d?:\d\d(?::\d\d)?")
_YEAR_CELL = re.compile(r"(?:19|20)\d\d年(?:\d{1,2}月)?")  # names a column
PART = re.compile(
    r"(?:其中|#|按[^：]{1,8}分|[（(]?[一二三四五六七八九十\d]{1,2}[）)、.])[：:]?"
)  # opens a sub-row's label
_TITLE = re.compile(r"[（(]?(?:[表图]\s?\d|附[表图件]|专栏|(?:计量)?单位[：:]|注[：:]|资料来源)")
LONGEST_CELL = 30
_LONGEST_NAME = 16  # of a column, where only its words tell it from a line of text
_HEADER_LINES = 3


@dataclass(slots=True)
class _Line:
    """A line that may belong to a table: its bounds without outer spaces, its separators, whether it holds figures."""

    start: int
    end: int
    separators: list[Span]
    is_row: bool

    @property
    def width(self) -> int:
        return 1 + len(self.separators)


def cell_separators(draft: Draft) -> Iterator[Edit]:
    """Edits that put one `CELL_END` between two cells of a flattened table, and some before a header's first name
    where the columns left of it have none."""
    text = draft.text
    run: list[Span] = []
    previous = -1
    for match in _LINE.finditer(text):
        if not _INNER_SPACE.search(match[0]):
            continue
        between = text[previous : match.start()] if previous >= 0 else ""
        if not between.isspace() or between.count("\n") > 2:
            yield from _tables(draft, run)
            run = []
        run.append(match.span())
        previous = match.end()
    yield from _tables(draft, run)


def _measured(draft: Draft, start: int, end: int) -> _Line:
    text = draft.text
    line = text[start:end]
    start, end = end - len(line.lstrip(" \t")), start + len(line.rstrip(" \t"))
    wide, every = _separators(draft, start, end)
    for chosen in (wide, every):
        if chosen and _is_row(_cells(text, start, end, chosen)):
            return _Line(start, end, chosen, True)
    return _Line(start, end, wide or every, False)


def _separators(draft: Draft, start: int, end: int) -> tuple[list[Span], list[Span]]:
    """Wide ones (a tab, an ideographic space, two spaces and more) and all of them."""
    text = draft.text
    every = [m.span() for m in _SPACES.finditer(text, start, end)]
    return [s for s in every if s[1] - s[0] > 1 or text[s[0]] == "\t" or _is_wide(draft, s[0])], every


def _is_wide(draft: Draft, at: int) -> bool:
    """Whether a character takes two places in print: an ideographic space does, though clean text has a plain one."""
    return draft.raw[draft.starts[at]] > "\x7f"


def _cells(text: str, start: int, end: int, separators: Sequence[Span]) -> list[str]:
    bounds = [start, *(p for a, b in separators for p in (a, b)), end]
    return [text[a:b] for a, b in zip(bounds[0::2], bounds[1::2], strict=True)]


def _is_row(cells: Sequence[str]) -> bool:
    """Whether these are a label and at least one figure."""
    if any(len(c) > LONGEST_CELL or _TIME_CELL.fullmatch(c) for c in cells):
        return False
    if "：" in PART.sub("", cells[0], count=1) or any("：" in c for c in cells[1:]):
        return False
    if not cells[0].strip("-—－ "):  # a folio: - 3 -
        return False
    return any(NUMBER_CELL.fullmatch(c) and not _YEAR_CELL.fullmatch(c) for c in cells[1:])


def _tables(draft: Draft, spans: Sequence[Span]) -> Iterator[Edit]:
    """Edits of the tables within lines that follow each other."""
    if len(spans) < 2:
        return
    text = draft.text
    run = [_measured(draft, start, end) for start, end in spans]
    if _is_pasted(text, run):
        for line in run:
            yield from (
                (m.start(), m.end(), CELL_END * m[0].count("\t")) for m in _TABS.finditer(text, line.start, line.end)
            )
        return
    i = done = 0
    while i < len(run):
        if not run[i].is_row:
            i += 1
            continue
        last = i
        while last + 1 < len(run) and (run[last + 1].is_row or _goes_on(text, run, i, last + 1)):
            last += 1
        yield from _table(draft, run[max(done, i - _HEADER_LINES) : i], run[i : last + 1])
        i = done = last + 1


def _is_pasted(text: str, run: Sequence[_Line]) -> bool:
    """Whether the lines come from a workbook: every tab ends a cell, empty ones included."""
    if len(run) < 2 or len({text.count("\t", line.start, line.end) for line in run}) > 1:
        return False
    lines = [text[line.start : line.end] for line in run]
    return "\t" in lines[0] and not all("：" in line for line in lines)


def _goes_on(text: str, run: Sequence[_Line], first: int, at: int) -> bool:
    """A line without figures between two rows, with as many cells as theirs."""
    line = run[at]
    if at + 1 >= len(run) or not run[at + 1].is_row or line.width != run[first].width:
        return False
    return all(len(c) <= LONGEST_CELL and "：" not in c for c in _cells(text, line.start, line.end, line.separators))


def _table(draft: Draft, above: Sequence[_Line], rows: Sequence[_Line]) -> Iterator[Edit]:
    """Edits of one table: two rows of one width at least, or one below a header of its width."""
    counts = Counter(row.width for row in rows if row.is_row)
    often = max(counts.values())
    width = max(n for n, k in counts.items() if k == often)
    header = _header(draft, above, width, rows)
    if often < 2 and not (len(rows) == 1 and width > 2 and header):
        return
    yield from header
    for row in rows:
        yield from ((a, b, CELL_END) for a, b in row.separators)


def _header(draft: Draft, above: Sequence[_Line], width: int, rows: Sequence[_Line]) -> list[Edit]:
    """Edits of the lines of column names above the first row, the outer one first; empty when there are none."""
    model = next(row for row in rows if row.width == width and row.is_row)
    columns = [_column(draft, at) for at in (model.start, *(b for _, b in model.separators))]
    text = draft.text
    found: list[Edit] = []
    below: list[str] = []
    for line in reversed(above):
        words = text[line.start : line.end]
        if _TITLE.match(words) or "：" in words or line.is_row:
            break
        edits = (
            _named(draft, line, width)
            or _over_groups(draft, line, below)
            or _aligned(draft, line, columns, bool(found))
        )
        if not edits:
            break
        found = [*edits, *found]
        below = _laid_out(text, line, edits)
    return found


def _laid_out(text: str, line: _Line, edits: Sequence[Edit]) -> list[str]:
    """The cells of a line after its edits."""
    parts, at = [], line.start
    for start, end, new in edits:
        parts += [text[at:start], new]
        at = end
    return "".join((*parts, text[at : line.end])).split(CELL_END)


def _over_groups(draft: Draft, line: _Line, below: Sequence[str]) -> list[Edit]:
    """Edits of the names of groups (本月, 累计) over a line that says the same for each (县区, 税收, 增幅, 税收, 增幅)."""
    wide, _ = _separators(draft, line.start, line.end)
    count = len(wide) + 1
    for leads in (1, 2):
        each, rest = divmod(len(below) - leads, count)
        lower = below[leads:]
        if count > 1 and each > 1 and not rest and all(lower[i] == lower[i % each] for i in range(len(lower))):
            first = (line.start, line.start, CELL_END * leads)
            return [first, *((a, b, CELL_END * each) for a, b in wide)]
    return []


def _named(draft: Draft, line: _Line, width: int) -> list[Edit]:
    """Edits of a header with a name for each column, or for each but the first."""
    text = draft.text
    choices = _separators(draft, line.start, line.end)
    for chosen in choices:
        cells = _cells(text, line.start, line.end, chosen)
        if len(cells) == width and all(len(c) <= LONGEST_CELL for c in cells):
            return [(a, b, CELL_END) for a, b in chosen]
    for chosen in choices:
        cells = _cells(text, line.start, line.end, chosen)
        if len(cells) == width - 1 > 1 and all(len(c) <= _LONGEST_NAME and column_name().search(c) for c in cells):
            return [(line.start, line.start, CELL_END), *((a, b, CELL_END) for a, b in chosen)]
    return []


def _aligned(draft: Draft, line: _Line, columns: Sequence[int], is_upper: bool) -> list[Edit]:
    """Edits of a header with fewer names than columns: each stands above the column it is nearest to in print."""
    text = draft.text
    wide, _ = _separators(draft, line.start, line.end)
    starts = [line.start, *(b for _, b in wide)]
    cells = _cells(text, line.start, line.end, wide)
    if any(len(c) > _LONGEST_NAME for c in cells) or not (wide or is_upper):
        return []
    if not all(column_name().search(c) for c in cells[not is_upper :]):
        return []
    places = [max(0, bisect_right(columns, _column(draft, at) + 2) - 1) for at in starts]
    if len(set(places)) < len(places) or (not wide and not places[0]):
        return []
    edits = [(line.start, line.start, CELL_END * places[0])] if places[0] else []
    return edits + [
        (a, b, CELL_END * (right - left)) for (a, b), left, right in zip(wide, places, places[1:], strict=False)
    ]


def _column(draft: Draft, at: int) -> int:
    """Place of a character in its line in print, in half-widths."""
    begin = draft.text.rfind("\n", 0, at) + 1
    return sum(1 + _is_wide(draft, i) for i in range(begin, at))
