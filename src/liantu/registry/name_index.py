"""Which firms have a word in their names, without reading the names of all.

Two tables are written with a version of the registry: `name_pairs`, every pair of neighbouring characters of the names, how many
firms have it and whether they are listed, and `name_rows`, the rows of these firms in the file of `firms`, those of a pair together. A word is looked for among
the firms that have its rarest pair, whose names are then compared with the word itself; a single character begins all its pairs.
Pairs that very many firms have (有限, 公司) are not listed: a word of nothing else is looked for in all names.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .scan import SEPARATOR, Texts, codes_of
from .shelf import BATCH, NUMBERED, Atlas, connect, quoted

COMMON_SHARE = 32
"""A pair that more than one firm in so many has is not worth listing: to read all names takes no longer …"""
COMMON_FIRMS = 10_000
"""… in a register large enough for that to matter."""
_CODE, _HALF = np.uint64(16), np.uint64(32)
_END = ord(SEPARATOR)
"""Stands behind a name, so that its last character begins a pair too."""
AMONG = "file_row_number IN (SELECT unnest(?::BIGINT[]))"
"""A condition that lets rows of some numbers through: the others are not even unpacked."""


def write_name_index(atlas: Atlas) -> None:
    """Writes both tables beside those of a version that nobody reads yet."""
    found = _pairs_with_rows(atlas)
    first = np.flatnonzero(_begins(found >> _HALF))
    firms = np.diff(first, append=len(found))
    listed = firms <= _common(atlas)
    pairs = {  # noqa: F841 - DuckDB finds both by their names
        "pair": (found[first] >> _HALF).astype(np.uint32),
        "firms": firms.astype(np.uint32),
        "listed": listed,
    }
    rows = {"told": found[np.repeat(listed, firms)]}  # noqa: F841
    del found
    connection = connect(None)
    try:
        connection.execute("SET preserve_insertion_order = true")
        for table, query in {
            "name_pairs": "SELECT pair, firms, listed FROM pairs",
            "name_rows": "SELECT (told >> 32)::UINTEGER AS pair, (told & 4294967295)::UINTEGER AS number FROM rows",
        }.items():
            # The second version of the format keeps the differences of ordered numbers: a third of the size.
            file = quoted(atlas.version / f"{table}.parquet")
            connection.execute(f"COPY ({query}) TO {file} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION V2)")
    finally:
        connection.close()


def firms_named(atlas: Atlas, words: Sequence[str], formerly: Sequence[str] = ()) -> tuple[str, list[Any]]:
    """SQL, with its parameters, of the firms whose name has every one of `words` or whose credit code the word is.

    Of the columns of `firms` and `file_row_number`.

    Args:
        words: one at least.
        formerly: keys of firms that count as having the words.
    """
    asked, values = named(words)
    if formerly:
        asked, values = f"({asked} OR list_contains(?::VARCHAR[], firm))", [*values, list(formerly)]
    near = _near(atlas, words, formerly)
    if near is None:
        return f"(SELECT * FROM {NUMBERED} WHERE {asked})", values
    if near:
        rows = atlas.query(f"SELECT file_row_number FROM {NUMBERED} WHERE {AMONG} AND {asked}", [near, *values])
        near = [row for (row,) in rows]
    return f"(SELECT * FROM {NUMBERED} WHERE {AMONG})", [near]


def named(words: Sequence[str]) -> tuple[str, list[Any]]:
    """A condition on `name` and `uscc`, with its parameters: the name has every word, or the credit code is the word."""
    asked = " AND ".join("(contains(name, ?) OR uscc = ?)" for _ in words) or "true"
    return asked, [value for word in words for value in (word, word.upper())]


def _near(atlas: Atlas, words: Sequence[str], formerly: Sequence[str]) -> list[int] | None:
    """Rows of all firms that one of `words` lets through or `formerly` names, and of more; None where all must be read."""
    if not (atlas.has("name_pairs") and atlas.has("name_rows")):
        return None
    firms, low, high, word = min(_ranges(atlas, words), default=(None, 0, 0, ""))
    if firms is None or firms > _common(atlas):
        return None
    queries: list[tuple[str, list[Any]]] = [
        ("SELECT number FROM name_rows WHERE pair BETWEEN ? AND ?", [low, high]),
        (f"SELECT file_row_number FROM {NUMBERED} WHERE uscc = ?", [word.upper()]),
    ]
    if formerly:
        asked = f"SELECT file_row_number FROM {NUMBERED} WHERE list_contains(?::VARCHAR[], firm)"
        queries.append((asked, [list(formerly)]))
    return sorted({row for query in queries for (row,) in atlas.query(*query)})


def _ranges(atlas: Atlas, words: Sequence[str]) -> list[tuple[int, int, int, str]]:
    """For the pairs of `words` that have rows, each of which all firms with the word have: so many firms, the pair from, to, the word."""
    codes = {word: codes_of(word).tolist() for word in words}
    pairs = [(a << 16 | b, word) for word, told in codes.items() for a, b in pairwise(told) if a != _END]
    asked = "SELECT pair, firms, listed FROM name_pairs WHERE pair IN (SELECT unnest(?::UINTEGER[]))"
    known = {pair: (firms, listed) for pair, firms, listed in atlas.query(asked, [[pair for pair, _ in pairs]])}
    found = [(n, pair, pair, word) for pair, word in pairs for n, listed in [known.get(pair, (0, True))] if listed]
    summed = (
        "SELECT coalesce(sum(firms), 0), coalesce(bool_and(listed), true) FROM name_pairs WHERE pair BETWEEN ? AND ?"
    )
    for word in set(words) - {word for _, word in pairs}:  # a single character: all pairs that begin with it
        low, high = codes[word][0] << 16, codes[word][0] << 16 | 0xFFFF
        found += [(int(n), low, high, word) for n, listed in atlas.query(summed, [low, high]) if listed]
    return found


def _common(atlas: Atlas) -> int:
    """So many firms may have a pair that has rows."""
    return max(COMMON_FIRMS, atlas.count() // COMMON_SHARE)


def _pairs_with_rows(atlas: Atlas) -> NDArray[np.uint64]:
    """Every pair and row of `firms` that has it, as one number: in order, each once."""
    cursor = atlas.connection.cursor().execute(f"SELECT name, file_row_number FROM {NUMBERED}")
    parts = []
    while batch := cursor.fetchmany(BATCH):
        names, rows = zip(*batch, strict=True)
        texts = Texts(names)
        codes = texts.codes.astype(np.uint64)
        row = np.repeat(np.array(rows, np.uint64), texts.lengths + 1)
        told = (codes[:-1] << _CODE | codes[1:]) << _HALF | row[:-1]
        ordered = np.sort(told[texts.codes[:-1] != _END])
        parts.append(ordered[_begins(ordered)])
    found = np.empty(sum(map(len, parts)), np.uint64)
    filled = 0
    while parts:  # one by one, so that they are not in memory twice
        part = parts.pop()
        found[filled : filled + len(part)] = part
        filled += len(part)
    found.sort()
    return found


def _begins(ordered: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """For each number whether it is another than the one before it."""
    found = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=found[1:])
    return found
