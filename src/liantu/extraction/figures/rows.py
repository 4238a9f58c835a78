"""Rows of tables: their cells with their places, and which column names them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from liantu.vocabulary.units import is_unit

_FILLED = 0.8  # of a table's rows have a name in the column that names them
_LONGEST = 24  # characters of a cell that is a number
_DISTINCT = 0.7  # of these names differ; a group merged over several rows repeats itself
_NUMBER = re.compile(
    r"^[〔［\[]?(?P<sign>[-−–+]?)(?P<rank>第?)(?P<num>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<percent>%?)(?P<unit>[\u4e00-\u9fff]{1,5}?)??[〕］\]]?(?P<after>以上|左右|以内|以下)?$"
)
_TIMES = frozenset("年月日天季期")  # 2023年 and 5月 name times


def number_in(cell: str) -> re.Match[str] | None:
    """The number that a cell is, with the unit or the 第 of a rank that it may carry; None where it is none."""
    m = _NUMBER.match(cell) if cell and len(cell) <= _LONGEST else None
    if m is None or (m["unit"] is None and not m["rank"]):
        return m
    if m["rank"]:
        return m if m["unit"] in (None, "位", "名") and not m["percent"] else None
    return m if not m["percent"] and m["unit"][-1] not in _TIMES and is_unit(m["unit"]) else None


@dataclass(slots=True)
class Row:
    """One table row in clean offsets: the block's start and its cells as (start, end, text)."""

    start: int
    end: int
    cells: list[tuple[int, int, str]]
    block: int


def split_row(text: str, start: int, end: int, block: int) -> Row:
    """Cells of the clean text `[start, end)`, parted by tabs."""
    cells, at = [], start
    for piece in text[start:end].split("\t"):
        lead = len(piece) - len(piece.lstrip())
        cells.append((at + lead, at + len(piece.rstrip()), piece.strip()))
        at += len(piece) + 1
    return Row(start, end, cells, block)


def label_column(rows: Sequence[Row], unit_column: int | None) -> int | None:
    """The column that names the rows: the first of words, filled in nearly every row, that is no merged group's."""
    width = Counter(len(row.cells) for row in rows).most_common(1)[0][0] if rows else 0
    alike = [row for row in rows if len(row.cells) == width]
    for column in range(width):
        words = [row.cells[column][2] for row in alike if row.cells[column][2]]
        names = [word for word in words if not number_in(word)]
        if column == unit_column or len(names) * 2 <= len(words):
            continue
        if len(names) >= _FILLED * len(alike) and len(set(names)) >= _DISTINCT * len(names):
            return column
    return None
