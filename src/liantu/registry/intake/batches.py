"""A list's rows in batches of columns, from csv, xlsx, xls or parquet, whatever their size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from liantu.reading.limits import DEFAULT_LIMITS
from liantu.reading.sniff import check_package, check_size, media_of, translate
from liantu.reading.workbook import shown

from ..model import RegistryError
from .delimited import delimited_rows
from .headings import Headings, find_headings
from .realign import realign

BATCH = 50_000
_LOOKED_AT = 12
"""Rows at the head of a sheet among which the headings are looked for."""

Note = tuple[int, str, str, int]
"""A problem: row, code of `problems.csv`, value, other row."""


@dataclass(slots=True)
class Batch:
    """Some rows: `rows` are their numbers in the file, `columns` the text of each field that the list has, of equal length.

    `unit` is what the capital column's heading adds (万元). `done` is how many rows of the file were read by now.
    """

    rows: list[int]
    columns: dict[str, list[str]]
    unit: str = ""
    notes: list[Note] = field(default_factory=list)
    done: int = 0


def count_rows(path: Path) -> int:
    """About how many rows a list has, for showing progress; 0 where that is not known beforehand."""
    if path.suffix.lower() == ".parquet":
        import duckdb

        try:
            found = duckdb.connect().execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchone()
        except duckdb.Error:
            return 0
        return int(found[0]) if found else 0
    return 0


def batches_of(path: Path, size: int = BATCH) -> Iterator[Batch]:
    """The rows of the list at `path`.

    Raises:
        RegistryError: not readable, or no sheet has a column for the enterprise's name.
    """
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        yield from _parquet(path, size)
    elif suffix in (".csv", ".txt", ".tsv"):
        numbered, notes = delimited_rows(path)
        yield from _sheets(path.name, [iter(numbered)], notes, size)
    else:
        yield from _sheets(path.name, _workbook(path), [], size)


def _sheets(
    source: str, sheets: list[Iterator[tuple[int, list[str]]]], notes: list[Note], size: int
) -> Iterator[Batch]:
    refused: RegistryError | None = None
    loaded = False
    done = 0
    for rows in sheets:
        head = list(islice(rows, _LOOKED_AT))
        if not any(any(cells) for _, cells in head):
            continue
        try:
            headings = find_headings(source, head)
        except RegistryError as error:  # a cover sheet, or a list of something else: an error when all are
            refused = refused or error
            continue
        loaded = True
        body = chain(head[headings.rows :], rows)
        while taken := list(islice(body, size)):
            done += len(taken)
            batch = _batch(taken, headings)
            # What reading the file itself has told so far.
            batch.notes = [*notes, *batch.notes]
            notes.clear()
            batch.done = done
            yield batch
    if not loaded:
        raise refused or RegistryError(source, "是空表，没有可载入的行。", "the list is empty.")


def _batch(taken: list[tuple[int, list[str]]], headings: Headings) -> Batch:
    notes: list[Note] = []
    rows: list[int] = []
    kept: list[list[str]] = []
    for number, cells in taken:
        found = realign(number, cells, headings, notes)
        if found is not None:
            rows.append(number)
            kept.append(found)
    columns = [list(column) for column in zip(*kept, strict=True)] if kept else []
    fields = {field: columns[at] if columns else [] for at, field in headings.fields.items()}
    return Batch(rows, fields, headings.unit, notes)


def _workbook(path: Path) -> list[Iterator[tuple[int, list[str]]]]:
    import python_calamine as calamine

    source = path.name
    with translate(source):
        data = path.read_bytes()
        media = media_of(data, source)
        check_size(len(data), media, source, DEFAULT_LIMITS)
        if media not in ("xlsx", "xls", "ods"):
            raise RegistryError(
                source, "不是企业名单的格式；请另存为 xlsx、csv 或 parquet。", "save it as xlsx, csv or parquet."
            )
        check_package(data, source, media, DEFAULT_LIMITS)
        book = calamine.CalamineWorkbook.from_path(str(path))
        names = [
            meta.name
            for meta in book.sheets_metadata
            if meta.typ == calamine.SheetTypeEnum.WorkSheet and meta.visible == calamine.SheetVisibleEnum.Visible
        ]
        return [_sheet_rows(book.get_sheet_by_name(name)) for name in names]


def _sheet_rows(sheet: object) -> Iterator[tuple[int, list[str]]]:
    first = getattr(sheet, "start", None)
    offset = first[0] if first else 0
    for number, cells in enumerate(sheet.iter_rows(), 1):  # type: ignore[attr-defined]
        yield number + (offset if number == 1 and not any(cells) else 0), [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    if cell is None or cell == "":
        return ""
    return cell.strip() if isinstance(cell, str) else shown(cell).strip()  # type: ignore[arg-type]


def _parquet(path: Path, size: int) -> Iterator[Batch]:
    import duckdb

    connection = duckdb.connect()
    try:
        described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
        headings = find_headings(path.name, [(1, [str(row[0]) for row in described])])
        names = [str(described[at][0]).replace('"', '""') for at in headings.fields]
        columns = ", ".join(f"""coalesce(trim(CAST("{name}" AS VARCHAR)), '')""" for name in names)
        cursor = connection.execute(f"SELECT {columns} FROM read_parquet(?)", [str(path)])
        done = 0
        while taken := cursor.fetchmany(size):
            rows = list(range(done + 1, done + len(taken) + 1))
            done += len(taken)
            fields = dict(zip(headings.fields.values(), map(list, zip(*taken, strict=True)), strict=True))
            yield Batch(rows, fields, headings.unit, [], done)
    except duckdb.Error as error:
        raise RegistryError(
            path.name, "不是可读的 parquet 文件；请重新导出。", "not a readable parquet file; export it again."
        ) from error
    finally:
        connection.close()
