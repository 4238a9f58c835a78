"""Word documents: paragraphs and tables in their order, headings by style."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

from liantu.reading.model import BlockKind
from liantu.reading.source_lines import Page, Parsed, TableNote

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.I)
_TITLE = re.compile(r"(?:title|标题|文档标题|大标题)$", re.I)


def parse_docx(data: bytes) -> Parsed:
    """Parse a docx. Raises what python-docx raises on a broken package; callers translate it."""
    import docx

    document = docx.Document(io.BytesIO(data))
    styles = {s.style_id: str(s.name or "") for s in document.styles}
    page = Page()
    counts = {"p": 0, "tbl": 0}
    _walk(document.element.body, page, styles, counts)
    return page.finish()


def _walk(parent: Any, page: Page, styles: dict[str, str], counts: dict[str, int]) -> None:
    for child in parent.iterchildren():
        if child.tag == f"{_W}p":
            counts["p"] += 1
            kind, level = _style_kind(child, styles)
            for line in _text(child).split("\n"):
                page.add(line, kind, level, f"段落{counts['p']}")
        elif child.tag == f"{_W}tbl":
            counts["tbl"] += 1
            _table(child, page, counts["tbl"])
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            _walk(child, page, styles, counts)


def _style_kind(paragraph: Any, styles: dict[str, str]) -> tuple[BlockKind | None, int]:
    element = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = styles.get(element.get(f"{_W}val"), "") if element is not None else ""
    if found := _HEADING.match(name):
        return "heading", int(found[1])
    if _TITLE.match(name):
        return "title", 0
    return None, 0


def _text(element: Any) -> str:
    """Text of a paragraph as Word shows it: deletions and the duplicates of drawings left out."""
    parts: list[str] = []
    stack = [element]
    while stack:
        node = stack.pop()
        tag = node.tag
        if tag == f"{_W}t":
            parts.append(node.text or "")
        elif tag == f"{_W}tab":
            parts.append(" ")
        elif tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif tag not in (f"{_W}del", f"{_W}pPr", f"{_W}rPr", _FALLBACK):
            stack.extend(reversed(list(node)))
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    column: int
    columns: int
    opens: bool  # a merge downwards begins here
    goes_on: bool  # a merge from above goes on here; Word leaves the cell empty


def _table(table: Any, page: Page, number: int) -> None:
    index = len(page.tables)
    page.tables.append(TableNote(locator=f"表{number}"))
    grid = [_row(row) for row in table.iterchildren(f"{_W}tr")]
    for r, row in enumerate(grid):
        kept = [cell for cell in row if not cell.goes_on]
        spans = tuple((cell.columns, _depth(grid[r + 1 :], cell)) for cell in kept)
        page.add_row(index, [cell.text for cell in kept], spans, f"表{number} 行{r + 1}")


def _row(row: Any) -> list[_Cell]:
    cells: list[_Cell] = []
    column = 0
    for tc in row.iter(f"{_W}tc"):
        if next(tc.iterancestors(f"{_W}tr")) is not row:
            continue  # of a table inside a cell
        span = tc.find(f"{_W}tcPr/{_W}gridSpan")
        merge = tc.find(f"{_W}tcPr/{_W}vMerge")
        columns = int(span.get(f"{_W}val", "1")) if span is not None else 1
        goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
        text = " ".join(_text(p) for p in tc.iter(f"{_W}p"))
        cells.append(_Cell(text, column, columns, merge is not None and not goes_on, goes_on))
        column += columns
    return cells


def _depth(below: list[list[_Cell]], cell: _Cell) -> int:
    """Rows covered by a cell."""
    deep = 1
    if cell.opens:
        for row in below:
            if not any(other.column == cell.column and other.goes_on for other in row):
                break
            deep += 1
    return deep
