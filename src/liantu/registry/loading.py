"""Loading lists into the registry on disk: what is new is added, what changed replaces, what is known adds nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from . import merging
from .classify import ACTIVITIES
from .industries import IndustryClasses, IndustryWords, class_firms, default_industry_words
from .intake import Cleaned, Cleaner, batches_of, count_rows
from .kept import keep
from .model import RegistryError, RowProblem, row_problem
from .scan import Texts
from .segments import Placements, SegmentDictionary, default_dictionary, place
from .shelf import Shelf, connect, quoted
from .trying import facts_of, place_all, placement_columns

Tell = Callable[["Step"], None]


@dataclass(frozen=True, slots=True)
class Step:
    """How far a load is: rows of `source` read by now, of about `total` (0 where not known). `phase`: upgrade, read, merge or write."""

    source: str
    phase: str
    rows: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one list."""

    source: str
    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    older: int = 0
    repeated: int = 0
    refused: int = 0
    problems: int = 0
    known_file: bool = False


@dataclass(slots=True)
class LoadReport:
    """What became of a load: list by list, and how many firms the registry holds now."""

    lists: list[Loaded] = field(default_factory=list)
    firms: int = 0


def load_lists(
    paths: Sequence[Path | str],
    folder: Path | str,
    *,
    as_of: date | None = None,
    dictionary: SegmentDictionary | None = None,
    industry_words: IndustryWords | None = None,
    tell: Tell = lambda step: None,
) -> LoadReport:
    """Loads enterprise lists (csv, xlsx, xls, parquet) into the registry kept in `folder`.

    A firm is known by its credit code, without one by its name and county. A newer list's row replaces an older one's, and the
    former name is kept with its dates; a list that was loaded before adds nothing. Either all of it counts or nothing does.

    Args:
        as_of: the date the lists are of; today by default. An older list does not replace what a newer one said.
        dictionary: segments and words to place by; the shipped ones by default.
        industry_words: words to tell the class of GB/T 4754 by; the shipped ones by default.
        tell: called after every batch.

    Raises:
        RegistryError: a list that cannot be read; the registry stays as it was.
        BusyError: another load is writing.
    """
    shelf = Shelf(Path(folder))
    dictionary = dictionary or default_dictionary()
    industry_words = industry_words or default_industry_words()
    if not shelf.is_of_today:
        # A registry of an earlier version of the program: its firms get the columns that came since.
        tell(Step("", "upgrade"))
        place_all(folder, dictionary, industry_words)
    with shelf.writing() as fresh:
        connection = connect(fresh / "work.duckdb")
        try:
            connection.execute(f"SET temp_directory = {quoted(fresh / 'spill')}")
            work = _Work(connection, as_of or date.today(), dictionary, industry_words, tell)
            merging.begin(connection, shelf.version)
            with merging.staging(connection):
                report = LoadReport([work.stage(Path(path)) for path in paths])
            if all(loaded.known_file for loaded in report.lists) and shelf.version is not None:
                report.firms = _count(connection)
                return report
            tell(Step("", "merge"))
            counts = merging.merge(connection, work.as_of)
            report.lists = [_counted(one, counts.get(number, {})) for number, one in enumerate(report.lists)]
            merging.note_loads(connection, report.lists, work.digests, work.as_of)
            tell(Step("", "write"))
            report.firms = merging.write(connection, fresh)
        finally:
            connection.close()
        for left in (fresh / "work.duckdb", fresh / "work.duckdb.wal"):
            left.unlink(missing_ok=True)
        keep(fresh)
        shelf.publish(fresh, facts_of(dictionary, industry_words))
    return report


def _counted(one: Loaded, counts: dict[str, int]) -> Loaded:
    return replace(
        one,
        added=counts.get("added", 0),
        changed=counts.get("changed", 0),
        unchanged=counts.get("unchanged", 0),
        older=counts.get("older", 0),
        repeated=counts.get("repeated", 0),
    )


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    found = connection.execute("SELECT count(*) FROM old_firms").fetchone()
    return int(found[0]) if found else 0


class _Work:
    """One load at work."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        as_of: date,
        dictionary: SegmentDictionary,
        industry_words: IndustryWords,
        tell: Tell,
    ) -> None:
        self.as_of = as_of
        self.digests: list[str] = []
        self._connection = connection
        self._dictionary = dictionary
        self._industry_words = industry_words
        self._tell = tell
        self._row = 0

    def stage(self, path: Path) -> Loaded:
        """Reads one list into the staging tables."""
        source = path.name
        digest = _digest(path)
        self.digests.append(digest)
        known = self._connection.execute(
            "SELECT count(*) FROM old_loads WHERE digest = ? AND as_of >= ?", [digest, self.as_of]
        ).fetchone()
        if (known and known[0]) or digest in self.digests[:-1]:
            return Loaded(source, known_file=True)
        total = count_rows(path)
        number = len(self.digests) - 1
        rows = notes = refused = 0
        cleaner = Cleaner(date.today())
        for batch in batches_of(path):
            cleaned = cleaner.clean(batch)
            said = Texts(cleaned.texts("name")), Texts(cleaned.texts("scope")), cleaned.texts("products")
            self._insert(
                number, source, cleaned, place(*said, self._dictionary), class_firms(*said, self._industry_words)
            )
            rows = batch.done
            notes += len(cleaned.notes)
            refused += sum(row_problem(source, *note).refused for note in cleaned.notes)
            self._tell(Step(source, "read", rows, total))
        return Loaded(source, rows=rows, refused=refused, problems=notes)

    def _insert(self, number: int, source: str, cleaned: Cleaned, placed: Placements, classes: IndustryClasses) -> None:
        size = len(cleaned)
        first = self._row
        self._row += size
        firms = {  # noqa: F841 - DuckDB finds it by its name
            "seq": np.arange(first, first + size, dtype=np.int64),
            "list": np.full(size, number, np.int32),
            **cleaned.columns,
            "activity": np.array(ACTIVITIES, object)[placed.activities],
            **classes.columns(),
        }
        connection = self._connection
        if size:
            connection.execute(merging.stage_firms("firms", source), [source, self.as_of])
        rows = placement_columns(placed, first)  # noqa: F841
        if len(placed):
            connection.execute("INSERT INTO staged_placements SELECT * FROM rows")
        if cleaned.notes:
            row, code, value, other = zip(*cleaned.notes, strict=True)
            notes = {  # noqa: F841
                "row": np.array(row, np.int32), "code": np.array(code, object),
                "value": np.array([v[:200] for v in value], object), "other": np.array(other, np.int32),
            }  # fmt: skip
            connection.execute("INSERT INTO staged_problems SELECT ?, row, code, value, other FROM notes", [source])


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise RegistryError(
            path.name, f"打不开（{error.strerror}）。", f"cannot be opened ({error.strerror})."
        ) from error


def problems_of(rows: Sequence[tuple[Any, ...]]) -> Iterator[RowProblem]:
    """The problems of rows of (source, row, code, value, other) in words."""
    for source, row, code, value, other in rows:
        yield row_problem(source, row, code, value, other)
