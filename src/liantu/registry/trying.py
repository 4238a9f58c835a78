"""Another dictionary over the whole registry: what it would change, and placing every firm by it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from .loading import placement_columns
from .merging import PLACEMENTS
from .model import RegistryError
from .segments import Placements, SegmentDictionary, place
from .segments.settings import weights
from .shelf import TABLES, Atlas, Shelf, connect

_BATCH = 50_000
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Change:
    """A segment whose firms differ between two dictionaries; `examples` are names of firms that come in, else that go."""

    chain: str
    segment: str
    before: int
    after: int
    gained: frozenset[str]
    lost: frozenset[str]
    examples: tuple[str, ...]


def compare_dictionaries(atlas: Atlas, present: SegmentDictionary, fresh: SegmentDictionary) -> list[Change]:
    """Segments on which `fresh` places other firms than `present`, the largest change first."""
    before: dict[tuple[str, str], set[str]] = {}
    after: dict[tuple[str, str], set[str]] = {}
    for firms, names, scopes, products in _firms(atlas):
        for dictionary, found in ((present, before), (fresh, after)):
            _collect(place(names, scopes, products, dictionary), firms, found)
    changes = []
    for key in {*before, *after}:
        old, new = before.get(key, set()), after.get(key, set())
        if old != new:
            gained, lost = frozenset(new - old), frozenset(old - new)
            changes.append(Change(*key, len(old), len(new), gained, lost, _names(atlas, gained or lost)))
    return sorted(changes, key=lambda c: (-len(c.gained) - len(c.lost), c.chain, c.segment))


def _collect(placed: Placements, firms: list[str], found: dict[tuple[str, str], set[str]]) -> None:
    for firm, number in zip(
        placed.firm[placed.score >= weights().placed].tolist(),
        placed.segment[placed.score >= weights().placed].tolist(),
        strict=True,
    ):
        segment = placed.dictionary.segments[number]
        found.setdefault((segment.chain, segment.segment), set()).add(firms[firm])


def _names(atlas: Atlas, firms: frozenset[str]) -> tuple[str, ...]:
    rows = atlas.query(
        "SELECT name FROM firms WHERE list_contains(?::VARCHAR[], firm) ORDER BY name", [sorted(firms)[:_EXAMPLES]]
    )
    return tuple(name for (name,) in rows)


def _firms(atlas: Atlas) -> Iterator[tuple[list[str], list[str], list[str], list[str]]]:
    cursor = atlas.connection.cursor().execute("SELECT firm, name, scope, products FROM firms")
    while rows := cursor.fetchmany(_BATCH):
        firms, names, scopes, products = (list(column) for column in zip(*rows, strict=True))
        yield firms, names, scopes, products


def place_all(folder: Path | str, dictionary: SegmentDictionary) -> int:
    """Places every firm of the registry in `folder` anew; how many stand on a chain now. All or nothing, as a load is."""
    shelf = Shelf(Path(folder))
    with shelf.writing() as fresh:
        version = shelf.version
        if version is None:
            raise RegistryError(str(folder), "还没有载入企业登记。", "no registry is loaded yet.")
        connection = connect(fresh / "work.duckdb")
        try:
            declared = ", ".join(f'"{name}" {kind}' for name, kind in PLACEMENTS.items())
            connection.execute(f"CREATE TABLE placements ({declared})")
            with Atlas(version) as atlas:
                for firms, names, scopes, products in _firms(atlas):
                    placed = place(names, scopes, products, dictionary)
                    rows = placement_columns(placed, 0)
                    rows["seq"] = np.array(firms, object)[placed.firm]
                    if len(placed):
                        connection.execute("INSERT INTO placements SELECT * FROM rows")
            file = str(fresh / "placements.parquet").replace("'", "''")
            connection.execute(f"COPY placements TO '{file}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)")
            found = connection.execute("SELECT count(DISTINCT firm) FROM placements WHERE state = 'placed'").fetchone()
        finally:
            connection.close()
        (fresh / "work.duckdb").unlink(missing_ok=True)
        for table in TABLES:
            if table != "placements":
                shutil.copy2(version / f"{table}.parquet", fresh / f"{table}.parquet")
        now = datetime.now().isoformat(timespec="seconds")
        shelf.publish(fresh, {"dictionary": dictionary.digest, "written": now})
    return int(found[0]) if found else 0
