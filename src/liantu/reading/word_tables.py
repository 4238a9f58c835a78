"""Tables of Word documents, old and new: cells by their grid column, merges downwards told by what opens and goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from liantu.reading.source_lines import Page, TableNote


@dataclass(frozen=True, slots=True)
class WordCell:
    """One cell of a row."""

    text: str
    column: int  # of the table's grid, from 0
    columns: int  # it spans
    opens: bool  # a merge downwards begins here
    goes_on: bool  # a merge from above goes on here; Word leaves the cell empty


def put_table(page: Page, number: int, grid: Sequence[Sequence[WordCell]]) -> None:
    """Lay out table `number` (from 1) of the document."""
    index = len(page.tables)
    page.tables.append(TableNote(locator=f"表{number}"))
    for r, row in enumerate(grid):
        kept = [cell for cell in row if not cell.goes_on]
        spans = tuple((cell.columns, _depth(grid[r + 1 :], cell)) for cell in kept)
        page.add_row(index, [cell.text for cell in kept], spans, f"表{number} 行{r + 1}")


def _depth(below: Sequence[Sequence[WordCell]], cell: WordCell) -> int:
    """Rows covered by a cell."""
    deep = 1
    if cell.opens:
        for row in below:
            if not any(other.column == cell.column and other.goes_on for other in row):
                break
            deep += 1
    return deep
