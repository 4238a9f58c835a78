"""The registry on disk: a folder of versions, each a set of Parquet files, and a pointer to the one that counts.

A load writes a new version beside the present one and moves the pointer at the very end, in one step of the file system: whoever
reads meanwhile goes on reading the old version, and a load that fails leaves nothing behind.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb

from .counting import Rows, duckdb_rows
from .model import RegistryError

if TYPE_CHECKING:
    from ibis.expr.types import Table

T = TypeVar("T")
TABLES = ("firms", "placements", "former_names", "problems", "loads")
KEPT = ("cells", "placed", "name_pairs", "name_rows")
"""Tables that are made from the others when a version is written; see `kept` and `name_index`."""
MEMORY = "1000MB"
"""What DuckDB may take; the rest of two gigabytes is for Python and the batch at work."""
LAYOUT = 2
"""Of the tables on disk; it grows when columns come that earlier versions lack."""
FIRST_IN_2 = {
    "town": "VARCHAR", "zone": "VARCHAR", "zone_from": "VARCHAR", "gb_code": "VARCHAR", "gb_section": "VARCHAR",
    "gb_score": "FLOAT", "gb_word": "VARCHAR", "gb_from": "VARCHAR",
}  # fmt: skip
"""Columns of `firms` that versions of layout 1 lack: read as empty until every firm is placed anew."""
EMPTY = {name: 0.0 if kind == "FLOAT" else "" for name, kind in FIRST_IN_2.items()}
"""What stands in them meanwhile."""
_POINTER = "current.json"
_LOCK = "writing.lock"
BATCH = 50_000
"""Firms handed to a Python function at a time."""
_VERSIONS = 2
"""Versions kept, so that a page that is being drawn finds its files."""


class BusyError(RegistryError):
    """Another load is writing to this registry."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The registry kept in `folder`."""

    folder: Path

    @property
    def version(self) -> Path | None:
        """The folder of the version that counts; None before the first load."""
        try:
            said = json.loads((self.folder / _POINTER).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return self.folder / str(said["version"])

    @property
    def facts(self) -> dict[str, Any]:
        """What the last load wrote about the version: `dictionary`, `written`."""
        try:
            said: dict[str, Any] = json.loads((self.folder / _POINTER).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return said

    @property
    def is_of_today(self) -> bool:
        """Whether the version that counts has every column there is now; so it is before the first load."""
        return self.version is None or self.facts.get("layout", 1) == LAYOUT

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """A fresh folder for a new version, taken away again unless `publish` is called.

        Raises:
            BusyError: another process is writing.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = self.folder / _LOCK
        with _locked(lock, self.folder):
            for left in self.folder.glob("new-*"):  # of a load that was cut off
                shutil.rmtree(left, ignore_errors=True)
            fresh = Path(tempfile.mkdtemp(prefix="new-", dir=self.folder))
            try:
                yield fresh
            finally:
                shutil.rmtree(fresh, ignore_errors=True)

    def publish(self, fresh: Path, facts: dict[str, Any]) -> Path:
        """Makes `fresh` (of `writing`) the version that counts."""
        numbers = [int(p.name[1:]) for p in self.folder.glob("v*") if p.name[1:].isdigit()]
        version = self.folder / f"v{max(numbers, default=0) + 1:06d}"
        fresh.rename(version)
        pointer = self.folder / f"{_POINTER}.new"
        pointer.write_text(
            json.dumps({"version": version.name, "layout": LAYOUT, **facts}, ensure_ascii=False), encoding="utf-8"
        )
        os.replace(pointer, self.folder / _POINTER)
        for old in sorted(self.folder.glob("v*"))[:-_VERSIONS]:
            shutil.rmtree(old, ignore_errors=True)
        return version


@contextmanager
def _locked(lock: Path, folder: Path) -> Iterator[None]:
    handle = lock.open("w")
    try:
        try:
            _take(handle)
        except OSError as error:
            raise BusyError(
                str(folder), "正有另一次载入在写；请等它结束。", "another load is writing; wait for it to end."
            ) from error
        yield
    finally:
        handle.close()


def _take(handle: Any) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


NUMBERED = "numbered_firms"
"""The view of `firms` with `file_row_number` beside their columns, by which single firms are read quickest."""


class Atlas:
    """The loaded registry, read only: SQL over its tables.

    Tables: `firms` (one row a firm, key `firm`), `placements` (one row a firm and segment), `former_names`, `problems`, `loads`;
    their columns are listed in `docs/registry.md`. Those of `KEPT` where the version has them (`has`).
    """

    def __init__(self, version: Path, threads: int | None = None, spill: bool = False) -> None:
        """`spill`: what does not fit into memory may go to the version's folder meanwhile."""
        self.version = version
        self.connection = connect(None, threads)
        if spill:
            self.connection.execute(f"SET temp_directory = {quoted(version / 'spill')}")
        for table in (*TABLES, *filter(self.has, KEPT)):
            self.connection.execute(f"CREATE VIEW {table} AS {select_table(self.connection, version, table)}")
        told = select_table(self.connection, version, "firms", numbered=True)
        self.connection.execute(f"CREATE VIEW {NUMBERED} AS {told}")

    def has(self, table: str) -> bool:
        """Whether the version has one of the tables made when it was written."""
        return (self.version / f"{table}.parquet").exists()

    def rows(self, expression: Table) -> Rows:
        """The rows of an expression (`liantu.registry.counting`)."""
        return duckdb_rows(self.connection, expression)

    def batches(self, columns: Sequence[str], work: Callable[[Rows], T], provinces: Sequence[str] = ()) -> Iterable[T]:
        """What `work` makes of the firms (of some provinces), so many rows at a time."""
        where = "WHERE list_contains(?::VARCHAR[], province_code)" if provinces else ""
        cursor = self.connection.cursor().execute(
            f"SELECT {', '.join(columns)} FROM firms {where}", [list(provinces)] if provinces else []
        )
        while rows := cursor.fetchmany(BATCH):
            yield work(rows)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of any query over the tables."""
        return self.connection.cursor().execute(sql, list(parameters)).fetchall()

    def count(self) -> int:
        """How many firms there are."""
        return int(self.query("SELECT count(*) FROM firms")[0][0])

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Atlas:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def quoted(path: Path) -> str:
    """A path as SQL writes it."""
    return "'" + str(path).replace("'", "''") + "'"


def select_table(connection: duckdb.DuckDBPyConnection, version: Path, table: str, *, numbered: bool = False) -> str:
    """SQL that reads a table of `version`; columns that came after it are there and empty.

    `numbered`: with `file_row_number`, the number of the row in its file.
    """
    read = f"read_parquet({quoted(version / f'{table}.parquet')}, file_row_number = {str(numbered).lower()})"
    if table != "firms":
        return f"SELECT * FROM {read}"
    known = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()}
    empty = {"VARCHAR": "''", "FLOAT": "CAST(0 AS FLOAT)"}
    added = [f", {empty[kind]} AS {name}" for name, kind in FIRST_IN_2.items() if name not in known]
    return f"SELECT *{''.join(added)} FROM {read}"


def write_table(connection: duckdb.DuckDBPyConnection, query: str, file: Path, together: int = 122_880) -> None:
    """The rows of `query` as a Parquet file, in groups of so many rows."""
    connection.execute(
        f"COPY ({query}) TO {quoted(file)}"
        f" (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {together})"
    )


def open_atlas(folder: Path | str) -> Atlas:
    """The registry kept in `folder`.

    Raises:
        RegistryError: nothing has been loaded there yet.
    """
    return Atlas(version_in(folder))


def version_in(folder: Path | str) -> Path:
    """The version that counts of the registry kept in `folder`; raises as `open_atlas` does."""
    version = Shelf(Path(folder)).version
    if version is None:
        raise RegistryError(
            str(folder),
            "还没有载入企业登记；请先运行 liantu registry load 文件。",
            "no registry is loaded yet; run liantu registry load FILE first.",
        )
    return version


def connect(database: Path | None, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection with this room's bounds."""
    connection = duckdb.connect(str(database) if database else ":memory:")
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute("SET preserve_insertion_order = false")
    if threads:
        connection.execute(f"SET threads = {threads}")
    return connection
