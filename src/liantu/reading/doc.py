"""Word 97-2003 documents (.doc, .wps): paragraphs, headings by style, and tables with merged cells, in their order."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from liantu.reading.doc_file import DocFile, Run
from liantu.reading.model import BlockKind
from liantu.reading.source_lines import Page, Parsed
from liantu.reading.word_tables import WordCell, put_table

_IN_TABLE, _ROW_END, _DEPTH = 0x2416, 0x2417, 0x6649  # properties of paragraphs [MS-DOC 2.6.2]
_TABLE_DEFINITION = 0xD608  # of a row: its cells' edges and merges [2.9.329]
_CELL_BYTES = 20  # of each cell in it [2.9.328]
_BREAKS = {"\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\t": " ", "\x1e": "-", "\xa0": " "}
_FIELD, _RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_NEAR = 40  # twips (a twentieth of a point): edges of two rows that are meant to be one


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    run: Run
    ends_cell: bool


@dataclass(slots=True)
class _Row:
    texts: list[str]
    definition: bytes


@dataclass(slots=True)
class _Table:
    """Rows gathered until the table ends."""

    rows: list[_Row] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)


def parse_doc(data: bytes) -> Parsed:
    """Parse a document. Raises `DocError`, and what olefile raises on a broken container."""
    document = DocFile(data)
    headings = document.heading_styles()
    page, table = Page(), _Table()
    tables = number = 0
    for paragraph in _paragraphs(document):
        if _is_set(paragraph.run, _IN_TABLE) or paragraph.ends_cell:
            _into_table(table, paragraph)
            continue
        tables += _put(page, table, tables + 1)
        number += 1
        kind, level = _style_kind(paragraph.run, headings)
        for line in paragraph.text.split("\n"):
            page.add(line, kind, level, f"段落{number}")
    _put(page, table, tables + 1)
    return page.finish()


def _style_kind(run: Run, headings: dict[int, int]) -> tuple[BlockKind | None, int]:
    level = headings.get(run.style)
    if level is None:
        return None, 0
    return ("heading", level) if level else ("title", 0)


def _paragraphs(document: DocFile) -> Iterator[_Paragraph]:
    """Paragraphs of the main text, then those of the text boxes."""
    yield from _stretch(document, 0, document.text_length())
    yield from _stretch(document, *document.boxes())


def _stretch(document: DocFile, first: int, last: int) -> Iterator[_Paragraph]:
    parts: list[str] = []
    fields: list[bool] = []  # of the fields open here: whether their result has begun
    looks = document.has_hidden()
    at = 0  # characters before the piece
    for piece in document.pieces:
        low, high = max(0, first - at), min(len(piece.text), last - at)
        at += len(piece.text)
        for i in range(low, high):
            char = piece.text[i]
            place = piece.start + i * piece.width
            if char in "\r\x07":
                yield _Paragraph(_whole("".join(parts)), document.paragraph(place), char == "\x07")
                parts = []
            elif char == _FIELD:
                fields.append(False)
            elif char == _RESULT and fields:
                fields[-1] = True
            elif char == _FIELD_END and fields:
                fields.pop()
            elif all(fields) and (char >= " " or char in _BREAKS) and not (looks and document.is_hidden(place)):
                parts.append(_BREAKS.get(char, char))
    if parts:
        yield _Paragraph(_whole("".join(parts)), Run(), False)


def _whole(text: str) -> str:
    """Text whose characters beyond the basic plane, stored in halves, are whole again."""
    if any("\ud800" <= char < "\ue000" for char in text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _is_set(run: Run, code: int) -> bool:
    return run.properties.get(code, b"\0")[:1] == b"\1"


def _into_table(table: _Table, paragraph: _Paragraph) -> None:
    """Take in a paragraph of a table. Tables inside cells stay text of their cell."""
    depth = paragraph.run.properties.get(_DEPTH, b"")
    nested = len(depth) == 4 and struct.unpack("<i", depth)[0] > 1
    if _is_set(paragraph.run, _ROW_END) and not nested:
        table.rows.append(_Row(table.cells, paragraph.run.properties.get(_TABLE_DEFINITION, b"")))
        table.cells, table.cell = [], []
        return
    table.cell.append(paragraph.text)
    if paragraph.ends_cell and not nested:
        table.cells.append(" ".join(text for text in table.cell if text.strip()))
        table.cell = []


def _put(page: Page, table: _Table, number: int) -> int:
    """Lay out the table gathered so far; 1 when there was one."""
    rest = [*table.cells, *table.cell]
    table.cells, table.cell = [], []
    rows, table.rows = table.rows, []
    if rows:
        put_table(page, number, _grid(rows))
    for text in rest:  # of a row whose end was lost
        page.add(text)
    return int(bool(rows))


def _grid(rows: list[_Row]) -> list[list[WordCell]]:
    """Cells with their columns: the edges of all rows together are the table's columns."""
    edges = _columns([edge for row in rows for edge in _edges(row)])
    grid = []
    for row in rows:
        own = _edges(row)
        if len(own) == len(row.texts) + 1:
            places = [_nearest(edges, edge) for edge in own]
        else:
            places = list(range(len(row.texts) + 1))
        merges = _merges(row)
        cells: list[WordCell] = []
        for i, (text, (left, right)) in enumerate(zip(row.texts, pairwise(places), strict=True)):
            across, down = merges[i] if i < len(merges) else (0, 0)
            if across == 1 and cells:  # goes on from the left
                before = cells[-1]
                columns = max(before.columns, right - before.column)
                joined = f"{before.text} {text}".strip()
                cells[-1] = WordCell(joined, before.column, columns, before.opens, before.goes_on)
                continue
            cells.append(WordCell(text, left, max(1, right - left), down == 3, down == 1))
        grid.append(cells)
    return grid


def _edges(row: _Row) -> list[int]:
    """Edges of a row's cells from left to right, in twips."""
    count = row.definition[0] if row.definition else 0
    if len(row.definition) < 1 + 2 * (count + 1):
        return []
    return list(struct.unpack_from(f"<{count + 1}h", row.definition, 1))


def _merges(row: _Row) -> list[tuple[int, int]]:
    """(across, down) of each cell: 1 goes on from a neighbour, 3 down begins a merge."""
    count = row.definition[0] if row.definition else 0
    at = 1 + 2 * (count + 1)
    found = []
    for i in range(count):
        if at + _CELL_BYTES * i + 2 > len(row.definition):
            break
        flags = struct.unpack_from("<H", row.definition, at + _CELL_BYTES * i)[0]
        found.append((flags & 3, flags >> 5 & 3))
    return found


def _columns(edges: list[int]) -> list[int]:
    """Distinct edges in order; those that hardly differ are one."""
    found: list[int] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > _NEAR:
            found.append(edge)
    return found


def _nearest(edges: list[int], edge: int) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - edge))
