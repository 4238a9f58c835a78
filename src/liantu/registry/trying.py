"""Another dictionary over the whole registry: what it would change, and placing every firm by it."""

from __future__ import annotations

import shutil
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .classify import ACTIVITIES
from .counting import Placing, Rows
from .industries import IndustryWords, class_firms, default_industry_words
from .kept import keep
from .merging import FIRMS, PLACEMENTS
from .model import RegistryError
from .scan import Texts
from .segments import Placements, SegmentDictionary, place
from .segments.placing import WHERE
from .segments.settings import weights
from .shelf import FIRST_IN_2, TABLES, Atlas, Shelf, connect, select_table, write_table
from .zoning import town_of, zones_of

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
    for firms, names, scopes, products in atlas.batches(_SAID, _columns):
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


def placement_columns(placed: Placements, first: int) -> dict[str, NDArray[np.generic]]:
    """The columns of `placements`, the firm by its number from `first` on."""
    segments = placed.dictionary.segments
    chain, segment, stream = (
        np.array([getattr(s, name) for s in segments], object)[placed.segment]
        for name in ("chain", "segment", "stream")
    )
    return {
        "seq": placed.firm + first,
        "chain": chain,
        "segment": segment,
        "stream": stream,
        "score": placed.score.astype(np.float32),
        "state": np.where(placed.score >= weights().placed, "placed", "review").astype(object),
        "activity": np.array(ACTIVITIES, object)[placed.activity],
        "word": np.array(placed.dictionary.words, object)[placed.word],
        "found_in": np.array(WHERE, object)[placed.where],
        "start": placed.start.astype(np.int32),
    }


def facts_of(dictionary: SegmentDictionary, industry_words: IndustryWords) -> dict[str, str]:
    """What is noted of a version: by which words it was placed, and when it was written."""
    now = datetime.now().isoformat(timespec="seconds")
    return {"dictionary": dictionary.digest, "industries": industry_words.digest, "written": now}


_SAID = ("firm", "name", "scope", "products")
_PLACE_SAID = ("address", "city_code", "zone", "zone_from")


def _columns(rows: Rows) -> list[list[str]]:
    return [list(column) for column in zip(*rows, strict=True)]


_Columns = dict[str, NDArray[np.generic]]


def _told(dictionary: SegmentDictionary, industry_words: IndustryWords, rows: Rows) -> tuple[_Columns, _Columns]:
    """The columns of `placements` of a batch of firms, and those of `FIRST_IN_2`."""
    firms, names, scopes, products, *place_said = _columns(rows)
    said = Texts(names), Texts(scopes), products
    placed = place(*said, dictionary)
    found = placement_columns(placed, 0)
    found["seq"] = np.array(firms, object)[placed.firm]
    derived: _Columns = {
        "firm": np.array(firms, object),
        **class_firms(*said, industry_words).columns(),
        **_located(names, *place_said),
    }
    return found, derived


def place_all(
    folder: Path | str,
    dictionary: SegmentDictionary,
    industry_words: IndustryWords | None = None,
    source: Placing | None = None,
) -> int:
    """Places every firm of the registry in `folder` anew: on segments, in its class of GB/T 4754, in its zone and town.

    All or nothing, as a load is. How many stand on a chain now.

    Args:
        source: the present version as another engine reads it (`liantu.registry.spark.SparkAtlas` spreads the work over a cluster).

    Raises:
        RegistryError: nothing is loaded, or another version has come since `source` was opened.
    """
    industry_words = industry_words or default_industry_words()
    shelf = Shelf(Path(folder))
    with shelf.writing() as fresh:
        version = shelf.version
        if version is None:
            raise RegistryError(str(folder), "还没有载入企业登记。", "no registry is loaded yet.")
        if source is not None and source.version != version:
            raise RegistryError(
                str(folder), "登记库刚有新的载入；请再运行一次。", "a list was loaded meanwhile; run the command again."
            )
        connection = connect(fresh / "work.duckdb")
        try:
            for table, columns in (("placements", PLACEMENTS), ("derived", {"firm": "VARCHAR", **FIRST_IN_2})):
                declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
                connection.execute(f"CREATE TABLE {table} ({declared})")
            with nullcontext(source) if source is not None else Atlas(version) as registry:
                work = partial(_told, dictionary, industry_words)
                for rows, told in registry.batches((*_SAID, *_PLACE_SAID), work):  # noqa: B007 - DuckDB finds both by name
                    if len(rows["seq"]):
                        connection.execute("INSERT INTO placements SELECT * FROM rows")
                    connection.execute("INSERT INTO derived BY NAME SELECT * FROM told")
            kept = ", ".join(f'f."{name}"' for name in FIRMS if name not in FIRST_IN_2)
            new = ", ".join(f"d.{name}" for name in FIRST_IN_2)
            present = select_table(connection, version, "firms")
            write_table(connection, "SELECT * FROM placements", fresh / "placements.parquet")
            write_table(
                connection,
                f"SELECT {kept}, {new} FROM ({present}) f JOIN derived d USING (firm)",
                fresh / "firms.parquet",
            )
            found = connection.execute("SELECT count(DISTINCT firm) FROM placements WHERE state = 'placed'").fetchone()
        finally:
            connection.close()
        (fresh / "work.duckdb").unlink(missing_ok=True)
        for table in TABLES:
            if table not in ("placements", "firms"):
                shutil.copy2(version / f"{table}.parquet", fresh / f"{table}.parquet")
        keep(fresh)
        shelf.publish(fresh, facts_of(dictionary, industry_words))
    return int(found[0]) if found else 0


def _located(
    names: list[str], addresses: list[str], cities: list[str], zones: list[str], zones_from: list[str]
) -> dict[str, NDArray[np.generic]]:
    """Town and zone; a zone that the list's column of the place told stays, as that column is not kept, unless the address has one."""
    zone, told = zones_of(addresses, [""] * len(names), names, cities)
    stays = (np.array(zones_from, object) == "place") & (told != "address")
    towns = np.array([town_of(address) if address else "" for address in addresses], object)
    return {
        "town": towns,
        "zone": np.where(stays, np.array(zones, object), zone),
        "zone_from": np.where(stays, "place", told).astype(object),
    }
