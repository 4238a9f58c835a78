"""Tables as files: Excel without live formulas, and CSV that Excel opens in Chinese."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

Cell = str | int | float | bool | date | datetime | None
CSV_BOM = "\ufeff"
"""Excel takes a CSV file without it for the system's own encoding and shows rubbish."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MAX_CELL = 32_767  # characters Excel holds in one cell
_MAX_CHOICES = 255  # characters of all choices of a column, commas included
_MORE_ROWS = 500  # below the last one, that take choices too


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, its width in characters, and an Excel number format.

    A hidden column is for the program that reads the file again; `choices` are what a cell may be filled with from a list.
    """

    title: str
    width: float = 14.0
    number_format: str = ""
    hidden: bool = False
    choices: tuple[str, ...] = ()


def xlsx_bytes(
    sheet: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    notes: Sequence[str] = (),
    hidden_sheet: tuple[str, Iterable[Sequence[str]]] | None = None,
) -> bytes:
    """One-sheet workbook: a bold frozen heading row with a filter, then the rows, notes on a second sheet.

    `hidden_sheet` is the name and the lines of a further sheet for the program that reads the file again; its lines are asked
    for after the rows were.

    Text beginning with `=` stays text and addresses stay text: a document must not be able to put a live formula or link
    into the clerk's workbook. Memory stays level with the number of rows.
    """
    target = BytesIO()
    book = _book(target)
    _page(book, Sheet(sheet, columns, rows))
    if notes:
        _notes(book, "说明" if sheet != "说明" else "notes", notes)
    if hidden_sheet is not None:
        kept = book.add_worksheet(sheet_name(hidden_sheet[0]))
        for at, line in enumerate(hidden_sheet[1]):
            for column_at, text in enumerate(line):
                kept.write_string(at, column_at, text)
        kept.hide()
    book.close()
    return target.getvalue()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def book_bytes(sheets: Sequence[Sheet], notes: Sequence[str] = ()) -> bytes:
    """A workbook of several sheets, each as `xlsx_bytes` writes one; names that Excel takes for the same get a number."""
    target = BytesIO()
    book = _book(target)
    taken: set[str] = set()
    for sheet in sheets:
        name, number = sheet_name(sheet.name), 2
        while name.lower() in taken:
            name = f"{sheet_name(sheet.name)[:27]} {number}"
            number += 1
        taken.add(name.lower())
        _page(book, Sheet(name, sheet.columns, sheet.rows))
    if notes:
        _notes(book, "说明" if "说明" not in taken else "notes", notes)
    book.close()
    return target.getvalue()


def _book(target: BytesIO) -> Any:
    import xlsxwriter

    return xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
            "remove_timezone": True,
        },
    )


def _page(book: Any, sheet: Sheet) -> None:
    """A heading row that stays, the rows, a filter over them, lists of choices below."""
    columns = sheet.columns
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF3F8", "valign": "vcenter"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page = book.add_worksheet(sheet_name(sheet.name))
    page.freeze_panes(1, 0)
    formats = []
    for at, column in enumerate(columns):
        form = book.add_format({"num_format": column.number_format}) if column.number_format else None
        formats.append(form)
        page.set_column(at, at, column.width, None, {"hidden": True} if column.hidden else {})
        page.write_string(0, at, column.title, head)
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        for at, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            if isinstance(cell, bool):
                page.write_boolean(last, at, cell)
            elif isinstance(cell, int | float):
                page.write_number(last, at, cell, formats[at])
            elif isinstance(cell, date):
                page.write_datetime(last, at, cell, day)
            else:
                page.write_string(last, at, cell[:_MAX_CELL])
    page.autofilter(0, 0, last, max(len(columns) - 1, 0))
    for at, column in enumerate(columns):
        if column.choices and sum(map(len, column.choices)) + len(column.choices) <= _MAX_CHOICES:
            rule = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            page.data_validation(1, at, max(last, 1) + _MORE_ROWS, at, rule)


def _notes(book: Any, name: str, notes: Sequence[str]) -> None:
    about = book.add_worksheet(name)
    about.set_column(0, 0, 90)
    for at, note in enumerate(notes):
        about.write_string(at, 0, note)


def sheet_name(name: str) -> str:
    """`name` as Excel allows it: 31 characters, none of `[]:*?/\\`, no apostrophe at either end."""
    return "".join("·" if c in "[]:*?/\\" else c for c in name).strip("'")[:31] or "Sheet1"


def csv_lines(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """CSV text piece by piece, byte-order mark first, for a streaming answer.

    A text cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    yield CSV_BOM
    writer.writerow([column.title for column in columns])
    for row in rows:
        writer.writerow([_safe(cell) for cell in row])
        if buffer.tell() > 65_536:
            yield _drain(buffer)
    yield _drain(buffer)


def _drain(buffer: StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _safe(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return "'" + cell
    return cell
