"""Printed pages (pdf, OFD): their lines joined to paragraphs again, running heads and folios set apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from liantu.reading.pages import Place
from liantu.reading.printed_line import PrintedLine
from liantu.reading.printed_tables import PrintedTable, find_tables, row_line
from liantu.reading.source_lines import Page, Parsed, TableNote
from liantu.reading.tables import line_cues

_NEW = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百零]{1,4}[章节条部]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．]\D|[●■◆·•]|——|[表图]\s?\d|注[：:]|附件)"
)
_FOLIO = re.compile(r"[-—–\s]*(?:第?\s?\d{1,4}\s?页?(?:\s?[/共]\s?\d{1,4}\s?页?)?)[-—–\s]*")
_LATIN = re.compile(r"[A-Za-z0-9,.]$")

Bounds = dict[tuple[int, int], tuple[float, float]]
"""Left and right edge by page and column."""


class NoTextLayer(ValueError):
    """A file of pictures; carries the number of pages."""


class TooManyPages(ValueError):
    """A file beyond the limit; carries the number of pages."""


def lay_out_pages(pages: Sequence[Sequence[PrintedLine]]) -> Parsed:
    """Text of the pages in order, each paragraph with the page it begins on. Raises `NoTextLayer` for a scan."""
    if sum(len(line.text) for page in pages for line in page) < 2 * len(pages):
        raise NoTextLayer(str(len(pages)))
    paper = Page()
    running = _running_lines(pages)
    body = [line for page in pages for line in page if id(line) not in running]
    bounds = _bounds(body)
    size = _usual([line.size for line in body])
    tables = find_tables(body)
    at = 0
    for table in tables or ():
        _put_text(paper, body[at : table.first], bounds, size)
        _put_table(paper, body, table)
        at = table.last + 1
    _put_text(paper, body[at:], bounds, size)
    for page in pages:
        for line in page:
            if id(line) in running:
                paper.add(line.text, "boilerplate", 0, f"第{line.page}页")
    parsed = paper.finish()
    parsed.cells_known = bool(tables)  # else a line may be a row of a table that its places do not show
    return parsed


def _put_text(paper: Page, lines: Sequence[PrintedLine], bounds: Bounds, size: float) -> None:
    pending: list[PrintedLine] = []
    for line in lines:
        if pending and not _goes_on(pending[-1], line, bounds, size):
            _put(paper, pending)
            pending = []
        pending.append(line)
    _put(paper, pending)


def _put_table(paper: Page, body: Sequence[PrintedLine], table: PrintedTable) -> None:
    number = len(paper.tables)
    paper.tables.append(TableNote(locator=f"第{body[table.first].page}页"))
    for line, row in zip(body[table.first : table.last + 1], table.rows, strict=True):
        laid = row_line(line, row)
        at = paper.add_row(number, laid.text.split("\t"), locator=f"第{line.page}页")
        if at is not None:
            _place(paper, laid, at)


def _put(paper: Page, lines: Sequence[PrintedLine]) -> None:
    if not lines:
        return
    text = ""
    begins: list[int] = []
    for line in lines:
        both_latin = _LATIN.search(text) and re.match(r"[A-Za-z]", line.text)
        text += " " if both_latin else ""
        begins.append(len(text))
        text += line.text
    at = paper.add_wide(text, f"第{lines[0].page}页")
    if at is None:
        return
    at -= len(text) - len(text.lstrip())
    for line, begin in zip(lines, begins, strict=True):
        _place(paper, line, at + begin)


def _place(paper: Page, line: PrintedLine, shift: int) -> None:
    """Note where a line stands whose text begins at raw offset `shift`."""
    paper.places += [Place(s.start + shift, s.end + shift, line.page, s.box) for s in line.segments]
    paper.doubts += [(start + shift, end + shift) for start, end in line.doubts]


def _goes_on(above: PrintedLine, line: PrintedLine, bounds: Bounds, size: float) -> bool:
    """Whether `line` continues the paragraph of `above`: that one is full, this one is not indented."""
    if above.is_row or line.is_row or above.size == 0 or line.size == 0:
        return False
    if _NEW.match(line.text) or abs(above.size - line.size) > 0.15 * max(above.size, 1):
        return False
    if line_cues()["dateline"].fits(above.text):
        return False
    _, right = bounds[above.page, above.column]
    if above.right < right - 1.6 * above.size:
        return False
    if line.left > bounds[line.page, line.column][0] + 1.2 * line.size:
        return False
    if (above.page, above.column) == (line.page, line.column):
        return 0 < above.bottom - line.bottom < 2.6 * max(size, above.size)
    return above.text[-1] not in "。！？" and (above.page != line.page or (above.column, line.column) == (1, 2))


def _bounds(body: Sequence[PrintedLine]) -> Bounds:
    """Left and right edge of each page's body and of its columns: the outermost that two lines share, else the outermost."""
    groups: dict[tuple[int, int], list[PrintedLine]] = {}
    for line in body:
        groups.setdefault((line.page, line.column), []).append(line)
    return {place: _edges(lines) for place, lines in groups.items()}


def _edges(lines: Sequence[PrintedLine]) -> tuple[float, float]:
    lefts = Counter(round(line.left / 3) for line in lines)
    shared = [edge for edge, n in lefts.items() if n >= 2]
    left = 3.0 * min(shared) if shared else min(line.left for line in lines)
    return left, max(line.right for line in lines)


def _usual(values: Sequence[float]) -> float:
    return Counter(round(v, 1) for v in values).most_common(1)[0][0] if values else 0.0


def _running_lines(pages: Sequence[Sequence[PrintedLine]]) -> set[int]:
    """Folios, and first or last lines that come again on most pages."""
    found: set[int] = set()
    edges: Counter[str] = Counter()
    for page in pages:
        for line in {id(ln): ln for ln in (*page[:2], *page[-2:])}.values():
            edges[_shape(line)] += 1
    for page in pages:
        for position, line in enumerate(page):
            at_edge = position < 2 or position >= len(page) - 2
            if (at_edge and len(pages) >= 3 and edges[_shape(line)] * 2 > len(pages)) or (
                position in (0, len(page) - 1) and len(page) > 1 and _FOLIO.fullmatch(line.text)
            ):
                found.add(id(line))
    return found


def _shape(line: PrintedLine) -> str:
    return re.sub(r"\d+", "#", line.text)
