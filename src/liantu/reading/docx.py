"""Word documents: paragraphs and tables in their order, headings by style."""

from __future__ import annotations

import io
import re
from typing import Any

from liantu.reading.model import BlockKind
from liantu.reading.source_lines import Page, Parsed
from liantu.reading.word_tables import WordCell, put_table

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


def _table(table: Any, page: Page, number: int) -> None:
    put_table(page, number, [_row(row) for row in table.iterchildren(f"{_W}tr")])


def _row(row: Any) -> list[WordCell]:
    cells: list[WordCell] = []
    column = 0
    for tc in row.iter(f"{_W}tc"):
        if next(tc.iterancestors(f"{_W}tr")) is not row:
            continue  # of a table inside a cell
        span = tc.find(f"{_W}tcPr/{_W}gridSpan")
        merge = tc.find(f"{_W}tcPr/{_W}vMerge")
        columns = int(span.get(f"{_W}val", "1")) if span is not None else 1
        goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
        text = " ".join(_text(p) for p in tc.iter(f"{_W}p"))
        cells.append(WordCell(text, column, columns, merge is not None and not goes_on, goes_on))
        column += columns
    return cells
