"""Rows of a table as its grid has them: cells merged across or downwards stand in every column and row they cover."""

from __future__ import annotations

from collections.abc import Sequence

from liantu.extraction.figures.rows import Row, number_in, split_row
from liantu.reading.model import Block, Document, Table


def table_rows(document: Document, first: int, last: int) -> list[Row]:
    """The rows of blocks `first` to `last`, by the grid of the table they belong to where there is one."""
    blocks, text = document.blocks, document.text.clean
    rows = [split_row(text, blocks[i].start, blocks[i].end, i) for i in range(first, last + 1)]
    table = _table_at(document.tables, blocks[first], blocks[last])
    if table is None:
        return rows
    by_place = {max(start for start, _ in cells): r for r, cells in enumerate(table.cells) if cells}
    taken: set[tuple[int, int]] = set()
    for n, row in enumerate(rows):
        own = next((r for at, r in by_place.items() if row.start <= at <= row.end), None)
        if own is not None:
            rows[n] = Row(row.start, row.end, _cells(table, own, taken), row.block)
    return rows


def _table_at(tables: Sequence[Table], first: Block, last: Block) -> Table | None:
    """The table with merged cells whose rows lie in these blocks."""
    for table in tables:
        spans = [span for row in table.cells for span in row]
        if spans and first.start <= spans[0][0] <= last.end and len(set(spans)) < len(spans):
            return table
    return None


def _cells(table: Table, row: int, taken: set[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Cells of a row; a number is read once, however far its cell reaches."""
    pairs = list(zip(table.cells[row], table.rows[row], strict=True))
    if len({span for span, _ in pairs}) == 1:  # a heading over the whole width
        (start, end), words = pairs[0]
        return [(start, end, words)]
    found = []
    for span, words in pairs:
        again = span in taken and span[0] < span[1] and number_in(words)
        taken.add(span)
        found.append((span[0], span[1], "" if again else words.strip()))
    return found
