"""Workbooks (xlsx, xls, csv) as sheets of typed cells, for reading and for importing ledgers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from liantu.reading.decode import decode

Value = str | float | int | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell, placed as the spreadsheet shows it: row from 1, column by letter."""

    row: int
    column: str
    value: Value

    @property
    def locator(self) -> str:
        """`B4`."""
        return f"{self.column}{self.row}"


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


def read_workbook(path: str | Path | bytes, name: str | None = None) -> list[Sheet]:
    """Sheets of an xlsx, xls, ods or csv file. Raises `UnreadableError` for what is none of these or is unsafe to open."""
    from liantu.reading.sniff import check_package, media_of, translate

    data = path if isinstance(path, bytes) else Path(path).read_bytes()
    source = name or ("workbook" if isinstance(path, bytes) else Path(path).name)
    media = media_of(data, source)
    with translate(source, media):
        check_package(data, source, media)
        return sheets_of(data, media, source)


def sheets_of(data: bytes, media: str, source: str) -> list[Sheet]:
    """Sheets of bytes already checked; raises what the parsers raise."""
    if media in ("csv", "txt"):
        text, _ = decode(data)
        return [_sheet(Path(source).stem, _csv_rows(text), False)]
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
        found.append(_sheet(meta.name, rows, meta.visible != calamine.SheetVisibleEnum.Visible))
    return found


def _csv_rows(text: str) -> list[tuple[int, list[tuple[int, Value]]]]:
    first = text[:20_000]
    delimiter = max("\t,;|", key=lambda mark: sum(min(line.count(mark), 50) for line in first.splitlines()[:20]))
    csv.field_size_limit(10_000_000)
    return [
        (number, [(column, value) for column, value in enumerate(row)])
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), 1)
    ]


def _sheet(name: str, rows: Sequence[tuple[int, Sequence[tuple[int, Value]]]], hidden: bool) -> Sheet:
    cells = tuple(
        filled
        for number, row in rows
        if (filled := tuple(Cell(number, letters(column), value) for column, value in row if shown(value)))
    )
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


def letters(column: int) -> str:
    """Spreadsheet letters of a column counted from 0: 0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


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
