"""Workbooks (xlsx, xls, csv) as sheets of typed cells, for reading and for importing ledgers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from liantu.reading.column_letters import letters
from liantu.reading.decode import decode
from liantu.reading.limits import DEFAULT_LIMITS, Limits
from liantu.reading.names import safe_name
from liantu.reading.problems import unreadable
from liantu.reading.sniff import check_package, check_size, media_of, read_bytes, translate

Value = str | float | int | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell, placed as the spreadsheet shows it: row from 1, column by letter."""

    row: int
    column: str
    value: Value
    origin: str = ""  # where the value really stands, for a cell covered by one merged downwards

    @property
    def locator(self) -> str:
        """Where the value stands: `B4`."""
        return self.origin or f"{self.column}{self.row}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its filled cells by row, and where its header stands.

    `header` is the row number (from 1) of the column names, or None when no row looks like one; `columns` maps column
    letters to those names.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    header: int | None
    columns: dict[str, str]
    hidden: bool = False

    def records(self) -> list[tuple[int, dict[str, Cell]]]:
        """Rows below the header as (row number, column name → cell); columns without a name are left out."""
        if self.header is None:
            return []
        return [
            (row[0].row, {self.columns[c.column]: c for c in row if c.column in self.columns})
            for row in self.rows
            if row and row[0].row > self.header
        ]


def read_workbook(path: str | Path | bytes, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> list[Sheet]:
    """Sheets of an xlsx, xls, ods or csv file. Raises `UnreadableError` for what is none of these or is unsafe to open.

    It parses in this process: for uploads use `SafeReader("liantu.reading.workbook:read_workbook")`.
    """
    source = safe_name(name or ("workbook" if isinstance(path, bytes) else Path(path).name))
    data = path if isinstance(path, bytes) else read_bytes(Path(path), source, limits)
    if not data.strip():
        raise unreadable("empty", source)
    media = media_of(data, source)
    check_size(len(data), media, source, limits)
    if media not in ("xlsx", "xls", "ods", "csv", "txt"):
        raise unreadable("no_workbook", source, media=media)
    with translate(source):
        check_package(data, source, media, limits)
        return sheets_of(data, media, source)


def sheets_of(data: bytes, media: str, source: str) -> list[Sheet]:
    """Sheets of bytes already checked; raises what the parsers raise."""
    if media in ("csv", "txt"):
        text, _ = decode(data)
        return [_sheet(Path(source).stem, _csv_rows(text), {}, False)]
    import python_calamine as calamine

    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = []
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        top, left = sheet.start or (0, 0)
        rows = [
            (top + r + 1, [(left + c, value) for c, value in enumerate(row)])
            for r, row in enumerate(sheet.to_python(skip_empty_area=True))
        ]
        merged = _merged(sheet.merged_cell_ranges or (), dict(rows))
        found.append(_sheet(meta.name, rows, merged, meta.visible != calamine.SheetVisibleEnum.Visible))
    return found


def _csv_rows(text: str) -> list[tuple[int, list[tuple[int, Value]]]]:
    first = text[:20_000]
    delimiter = max("\t,;|", key=lambda mark: sum(min(line.count(mark), 50) for line in first.splitlines()[:20]))
    csv.field_size_limit(10_000_000)
    return [
        (number, [(column, value) for column, value in enumerate(row)])
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), 1)
    ]


def _merged(
    ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]], rows: dict[int, list[tuple[int, Value]]]
) -> dict[tuple[int, int], Cell]:
    """What (row, column) shows when a merge from above covers it; merges across columns are headings and stay one."""
    covered: dict[tuple[int, int], Cell] = {}
    for (top, left), (bottom, right) in ranges:
        values = dict(rows.get(top + 1, ()))
        if left == right and left in values and shown(values[left]):
            for row in range(top + 1, bottom + 1):
                column = letters(left)
                covered[row + 1, left] = Cell(row + 1, column, values[left], f"{column}{top + 1}")
    return covered


def _sheet(
    name: str,
    rows: Sequence[tuple[int, Sequence[tuple[int, Value]]]],
    merged: dict[tuple[int, int], Cell],
    hidden: bool,
) -> Sheet:
    found: list[tuple[Cell, ...]] = []
    for number, row in rows:
        own = [
            merged.get((number, column)) if not shown(value) else Cell(number, letters(column), value)
            for column, value in row
        ]
        if any(cell is not None and not cell.origin for cell in own):  # a row of nothing but merges is blank
            found.append(tuple(cell for cell in own if cell is not None))
    cells = tuple(found)
    header = _header(cells)
    names: dict[str, str] = {}
    if header is not None:
        above = {c.column: shown(c.value) for row in cells if row[0].row == header for c in row}
        names = {column: re.sub(r"\s+", "", text) for column, text in above.items()}
    return Sheet(name, cells, header, names, hidden)


def _header(rows: Sequence[Sequence[Cell]]) -> int | None:
    """The first row of at least two short texts, nearly as wide as the rows below it, that holds no figures."""
    width = max((len(row) for row in rows[:200]), default=0)
    for row in rows[:15]:
        texts = [c for c in row if isinstance(c.value, str) and not re.fullmatch(r"[\d.,%\-\s]+", c.value)]
        if (
            len(row) >= 2
            and len(texts) == len(row)
            and len(row) * 2 > width
            and all(len(str(c.value)) <= 40 for c in row)
        ):
            return row[0].row
    return None


def shown(value: Value) -> str:
    """A cell's value as text: whole numbers without a fraction, days as ISO dates."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(round(value, 10))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
