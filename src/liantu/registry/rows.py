"""Rows of an enterprise list under the names of our fields, from xlsx, xls, csv or parquet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from liantu.reading import read_workbook
from liantu.reading.workbook import shown
from liantu.vocabulary.tables import read_table

from .model import RegistryError, Row

FIELDS = (
    "name",
    "uscc",
    "scope",
    "products",
    "address",
    "place",
    "province",
    "city",
    "county",
    "capital",
    "established",
)
CAPITAL_UNIT = "capital_unit"
"""Field of a row for what the heading of the capital column adds: 注册资本(万元) → 万元."""
_BATCH = 20_000
_UNIT = re.compile(r"\((?P<unit>[^()]*元[^()]*)\)$")


@cache
def header_fields() -> Mapping[str, str]:
    """Heading → field, from `data/headers.csv`, headings in half width and lower case."""
    table = read_table("headers.csv", ("header", "field", "source"), package=__package__)
    table.require_unique("header")
    table.require_known("field", FIELDS)
    return {_plain(r["header"]): r["field"] for _, r in table.rows}


def _plain(header: str) -> str:
    return re.sub(r"[\s*]+", "", unicodedata.normalize("NFKC", header)).lower()


def field_of(header: str) -> tuple[str, str]:
    """(field, unit) of a heading; both `""` for one we do not know. 注册资本(万元) → (capital, 万元)."""
    plain = _plain(header)
    if plain in header_fields():
        return header_fields()[plain], ""
    unit = _UNIT.search(plain)
    if unit and header_fields().get(plain[: unit.start()]) == "capital":
        return "capital", unit["unit"]
    return "", ""


def rows_of(path: Path) -> Iterator[Row]:
    """Rows of the list at `path`.

    Raises:
        RegistryError: no column for the enterprise's name in any sheet.
        UnreadableError: a file that cannot be opened, as told by the reading room.
    """
    return _parquet_rows(path) if path.suffix.lower() == ".parquet" else _workbook_rows(path)


def _columns(source: str, headers: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Column → (field, unit) of the headings (column → heading); of two columns for one field the first stands.

    Raises:
        RegistryError: none of them is the name.
    """
    found: dict[str, tuple[str, str]] = {}
    for column, header in headers.items():
        field, unit = field_of(header)
        if field and field not in {f for f, _ in found.values()}:
            found[column] = (field, unit)
    if "name" not in {f for f, _ in found.values()}:
        seen = "、".join(headers.values()) or "—"
        raise RegistryError(
            source,
            f"没有“企业名称”一列（表头为：{seen}）；请核对表头，或在 headers.csv 中补上同义表头。",
            f"no column holds the enterprise's name (headings: {seen}); check the heading row or add a synonym to headers.csv.",
        )
    return found


def _row(number: int, cells: Iterator[tuple[str, str]], columns: Mapping[str, tuple[str, str]]) -> Row:
    values: dict[str, str] = {}
    for column, text in cells:
        if text and column in columns:
            field, unit = columns[column]
            values[field] = text
            if unit:
                values[CAPITAL_UNIT] = unit
    return Row(number, values)


def _workbook_rows(path: Path) -> Iterator[Row]:
    sheets = [s for s in read_workbook(path) if not s.hidden and s.rows]
    failure: RegistryError | None = None
    loaded = 0
    for sheet in sheets:
        try:
            columns = _columns(path.name, dict(sheet.columns))
        except RegistryError as error:  # a cover sheet or a list of something else; an error when all are
            failure = failure or error
            continue
        loaded += 1
        for cells in sheet.rows:
            if sheet.header is not None and cells[0].row > sheet.header:
                yield _row(cells[0].row, ((c.column, shown(c.value)) for c in cells), columns)
    if not loaded:
        raise failure or RegistryError(path.name, "是空表，没有可载入的行。", "the list is empty.")


def _parquet_rows(path: Path) -> Iterator[Row]:
    import duckdb

    try:
        cursor = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)])
    except duckdb.Error as error:
        raise RegistryError(
            path.name,
            "不是可读的 parquet 文件；请重新导出。",
            "not a readable parquet file; export it again.",
        ) from error
    names = [str(d[0]) for d in cursor.description or ()]
    columns = _columns(path.name, {name: name for name in names})
    number = 0
    while batch := cursor.fetchmany(_BATCH):
        for record in batch:
            number += 1
            cells = ((n, "" if v is None else shown(v)) for n, v in zip(names, record, strict=True) if n in columns)
            yield _row(number, cells, columns)
