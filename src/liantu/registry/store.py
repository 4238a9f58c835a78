"""The registry in columns: DuckDB tables of enterprises, of the words that class them, and of what was wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from liantu.vocabulary import regions

from .classify import Lexicon, Match, classify
from .load import Loader
from .model import Enterprise, Row, RowProblem
from .rows import rows_of

_BATCH = 20_000
ENTERPRISES = {
    "row": "INTEGER", "name": "VARCHAR", "uscc": "VARCHAR", "uscc_valid": "BOOLEAN", "scope": "VARCHAR",
    "products": "VARCHAR", "address": "VARCHAR", "capital_written": "VARCHAR", "capital": "DOUBLE", "currency": "VARCHAR",
    "capital_yuan": "DOUBLE", "established": "DATE", "region_code": "VARCHAR", "city_code": "VARCHAR",
    "province_code": "VARCHAR", "region_from": "VARCHAR", "repeats": "INTEGER",
}  # fmt: skip
MATCHES = {
    "row": "INTEGER", "label": "VARCHAR", "word": "VARCHAR", "found_in": "VARCHAR", "start": "INTEGER",
    "activity": "VARCHAR",
}  # fmt: skip
PROBLEMS = {
    "row": "INTEGER", "code": "VARCHAR", "zh": "VARCHAR", "en": "VARCHAR", "refused": "BOOLEAN",
}  # fmt: skip


@dataclass(slots=True)
class Registry:
    """One enterprise list, loaded.

    Tables of `connection`: `enterprises` (one row an enterprise), `matches` (one row a label and place of its word),
    `problems` (one row a problem); `row` is the row in the file and joins them.
    """

    source: str
    connection: duckdb.DuckDBPyConnection
    problems: list[RowProblem]

    def count(self) -> int:
        """Enterprises that count: repeated rows left out."""
        [(n,)] = self.connection.execute("SELECT count(*) FROM enterprises WHERE repeats IS NULL").fetchall()
        return int(n)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of any query over the tables."""
        return self.connection.execute(sql, list(parameters)).fetchall()

    def reasons(self, row: int) -> list[Match]:
        """The words that class the enterprise of `row`."""
        found = self.query(
            "SELECT label, word, found_in, start, activity FROM matches WHERE row = ? ORDER BY label, found_in", [row]
        )
        return [Match(*values) for values in found]

    def close(self) -> None:
        """Lets the memory go."""
        self.connection.close()


def load_registry(path: Path | str, *, lexicon: Lexicon | None = None, database: str = ":memory:") -> Registry:
    """Loads an enterprise list (xlsx, xls, csv, parquet) and classes it.

    Args:
        path: the list; its headings are recognised by `data/headers.csv`.
        lexicon: words and labels to class by; the chains of the vocabulary by default.
        database: a DuckDB file to keep the tables in; memory by default. Tables of the same names are replaced.

    Raises:
        RegistryError: no column for the name. UnreadableError: the file cannot be opened.
    """
    path = Path(path)
    return load_rows(path.name, rows_of(path), lexicon=lexicon, database=database)


def load_rows(
    source: str, rows: Iterable[Row], *, lexicon: Lexicon | None = None, database: str = ":memory:"
) -> Registry:
    """The same for rows that come from elsewhere."""
    connection = duckdb.connect(database)
    for table, columns in (("enterprises", ENTERPRISES), ("matches", MATCHES), ("problems", PROBLEMS)):
        declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        connection.execute(f"CREATE OR REPLACE TABLE {table} ({declared})")
    loader = Loader(source)
    found = loader.enterprises(rows)
    while batch := list(islice(found, _BATCH)):
        _insert(connection, "enterprises", ENTERPRISES, map(_enterprise_values, batch))
        classed = (
            (e.row, *_match_values(m)) for e in batch for m in classify(e.name, e.scope, lexicon, products=e.products)
        )
        _insert(connection, "matches", MATCHES, classed)
    _insert(connection, "problems", PROBLEMS, ((p.row, p.code, p.zh, p.en, p.refused) for p in loader.problems))
    return Registry(source, connection, loader.problems)


def _enterprise_values(e: Enterprise) -> tuple[Any, ...]:
    capital = e.capital
    return (
        e.row, e.name, e.uscc, e.uscc_valid, e.scope, e.products, e.address,
        capital.written if capital else None, capital.amount if capital else None,
        capital.currency if capital else None, capital.yuan if capital else None,
        e.established, e.region_code, _above(e.region_code, "city"), _above(e.region_code, "province"),
        e.region_from, e.repeats,
    )  # fmt: skip


def _match_values(m: Match) -> tuple[Any, ...]:
    return m.label, m.word, m.where, m.start, m.activity


_ABOVE: dict[tuple[str, str], str] = {}


def _above(code: str, level: str) -> str:
    key = (code, level)
    if key not in _ABOVE:
        find: Callable[[str], Any] = regions().city_of if level == "city" else regions().province_of
        region = find(code) if code else None
        _ABOVE[key] = region.code if region is not None else ""
    return _ABOVE[key]


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Whole columns at once: row by row DuckDB takes a hundred times longer."""
    for batch in _batches(rows):
        lists = [list(column) for column in zip(*batch, strict=True)]
        values = ", ".join(f"unnest(?::{kind}[])" for kind in columns.values())
        connection.execute(f"INSERT INTO {table} SELECT {values}", lists)


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    stream = iter(rows)
    while batch := list(islice(stream, _BATCH)):
        yield batch
