"""The table of grams beside `SearchEntry`, in the form of each engine; written in the transaction of the rows it indexes.

SQLite has an FTS5 table that keeps no text, one token a gram: it gives ids in falling order as they are found, so that a
common word costs no more than a rare one. PostgreSQL has an array of numbers a row under a GIN index for each group: what
stands in every sentence and in no project costs nothing where projects are looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from liantu.ledger.models import SearchEntry
from liantu.ledger.search.folding import grams, office_gram, place_grams, signed
from liantu.ledger.search.groups import GROUPS, span_of
from liantu.ledger.standing import batches
from liantu.ledger.writing import note_written

TABLE = "ledger_searchgrams"
CHUNK = 800  # ids given at once
PENDING = 256  # kB of new entries that PostgreSQL may leave unsorted: every search reads them through
WALKED = 40  # entries of which one is looked at, for each that is wanted, before PostgreSQL's index is asked


def create(connection: BaseDatabaseWrapper) -> None:
    """Make the empty table, and the indexes that it has not."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE TABLE IF NOT EXISTS {TABLE} (id bigint PRIMARY KEY, grams integer[] NOT NULL)")
            for group in GROUPS:
                low, high = span_of(group)
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS {TABLE}_{group} ON {TABLE} USING gin (grams) "
                    f"WITH (gin_pending_list_limit = {PENDING}) WHERE id >= {low} AND id < {high}"
                )
            cursor.execute(f"DROP INDEX IF EXISTS {TABLE}_gin")  # of all groups, which the first versions had
        else:
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} "
                "USING fts5(grams, content='', detail=none, columnsize=0, tokenize='ascii')"
            )


def drop(connection: BaseDatabaseWrapper) -> None:
    """Take the table away."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def clear(alias: str = "default") -> None:
    """Empty the table."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {TABLE}")
        else:
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('delete-all')")


def put(entries: Sequence[SearchEntry], alias: str = "default") -> None:
    """Index entries that are new."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            note_written(TABLE)
            with cursor.copy(f"COPY {TABLE} (id, grams) FROM STDIN") as copy:
                for entry in entries:
                    copy.write_row((entry.pk, "{" + ",".join(map(str, signed(_grams(entry)))) + "}"))
        else:
            cursor.executemany(
                f"INSERT INTO {TABLE}(rowid, grams) VALUES (%s, %s)", [(e.pk, _tokens(_grams(e))) for e in entries]
            )


def take(entries: Sequence[SearchEntry]) -> None:
    """Take entries out; they must read as they were put."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DELETE FROM {TABLE} WHERE id = ANY(%s)", [[entry.pk for entry in entries]])
        else:
            cursor.executemany(
                f"INSERT INTO {TABLE}({TABLE}, rowid, grams) VALUES ('delete', %s, %s)",
                [(e.pk, _tokens(_grams(e))) for e in entries],
            )


def _grams(entry: SearchEntry) -> set[int]:
    found = grams(entry.folded) | set(place_grams(entry.region_code, entry.city_code))
    return found if entry.office is None else found | {office_gram(entry.office)}


def _tokens(numbers: Iterable[int]) -> str:
    return " ".join(map("%x".__mod__, numbers))


@dataclass(frozen=True, slots=True)
class Asked:
    """What an entry has to have to be looked at: an id in [low, high), all grams `wanted`, one of `either` if there are any."""

    low: int
    high: int
    wanted: tuple[int, ...]
    either: tuple[int, ...] = ()


def ids(asked: Asked, words: Sequence[str], most: int) -> Iterator[list[int]]:
    """Ids of entries that may hold all `words`, falling, some at a time.

    Args:
        most: how many the caller will take: a common word is found by going down the newest entries.
    """
    return (_ids_sqlite if connections["default"].vendor == "sqlite" else _ids_postgresql)(asked, words, most)


def _ids_sqlite(asked: Asked, words: Sequence[str], most: int) -> Iterator[list[int]]:
    match = " AND ".join(map("%x".__mod__, asked.wanted))
    if asked.either:
        match += f" AND ({' OR '.join(map('%x'.__mod__, asked.either))})"
    high, size = asked.high, min(CHUNK, max(100, most))
    with connections["default"].cursor() as cursor:
        while True:
            cursor.execute(
                f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid >= %s AND rowid < %s "
                "ORDER BY rowid DESC LIMIT %s",
                [match, asked.low, high, size],
            )
            found = [pk for (pk,) in cursor.fetchall()]
            if found:
                yield found
            if len(found) < size:
                return
            high, size = found[-1], CHUNK


def _ids_postgresql(asked: Asked, words: Sequence[str], most: int) -> Iterator[list[int]]:
    """The newest entries are looked at one by one; when they hold too few, the word is rare enough to ask the index."""
    holds = " AND ".join(["strpos(folded, %s) > 0"] * len(words)) or "TRUE"
    either = " AND grams && %s::integer[]" if asked.either else ""
    more = [signed(asked.either)] if asked.either else []
    with connections["default"].cursor() as cursor:
        cursor.execute(
            f"SELECT id, {holds} FROM {SearchEntry._meta.db_table} WHERE id >= %s AND id < %s ORDER BY id DESC LIMIT %s",
            [*words, asked.low, asked.high, WALKED * most],
        )
        walked = cursor.fetchall()
        newest = [pk for pk, is_held in walked if is_held]
        yield from batches(newest, CHUNK)
        if len(walked) < WALKED * most:
            return
        cursor.execute(
            f"SELECT id FROM {TABLE} WHERE grams @> %s::integer[]{either} AND id >= %s AND id < %s ORDER BY id DESC",
            [signed(asked.wanted), *more, asked.low, walked[-1][0]],
        )
        yield from batches([pk for (pk,) in cursor.fetchall()], CHUNK)


def is_current(alias: str = "default") -> bool:
    """Whether the newest entry is indexed: a ledger that was moved or restored brings entries and no grams."""
    entry = SearchEntry.objects.using(alias).order_by("-pk").first()
    if entry is None:
        return True
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT 1 FROM {TABLE} WHERE id = %s", [entry.pk])
        else:
            match = " AND ".join(f"{n:x}" for n in sorted(_grams(entry))[:50])
            cursor.execute(f"SELECT 1 FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid = %s", [match, entry.pk])
        return cursor.fetchone() is not None


def fill(alias: str = "default") -> int:
    """Index every entry anew; gives how many there are."""
    clear(alias)
    done = 0
    rows = SearchEntry.objects.using(alias).order_by("pk").iterator(chunk_size=CHUNK)
    for part in batches(rows, CHUNK):
        put(part, alias)
        done += len(part)
    return done
