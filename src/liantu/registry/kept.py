"""What is counted once, when a version of the registry is written, so that pages of millions of firms need not count again.

Beside the tables a version has `cells` (firms by place and segment) and `placed` (a row for every firm and segment, those of a segment
together); `name_index` tells of two more. A version from before them is counted when it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from .counting import Counted, Rows, cells, duckdb_sql, entry_years, newest, placed, total, years_before
from .name_index import write_name_index
from .shelf import Atlas, write_table

ROWS_TOGETHER = 20_480
"""Rows of `placed` in a group of its file: a page that shows one segment reads a group or two."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Firms by place and segment as `counting.cells` has them, of firms founded up to `on`; `since` from when on one is new."""

    on: date
    since: date
    firms: int
    rows: Rows


def keep(version: Path) -> None:
    """Writes what is counted once beside the tables of a version that nobody reads yet."""
    with Atlas(version, spill=True) as atlas:
        on = _newest(atlas)
        since = years_before(on, entry_years())
        queries = {
            "cells": f"SELECT *, DATE '{on}' AS counted_on, DATE '{since}' AS counted_since, {_total(atlas)} AS listed"
            f" FROM ({duckdb_sql(cells(on, since))})",
            "placed": f"SELECT * FROM ({duckdb_sql(placed())})"
            " ORDER BY chain, segment, province_code, city_code, region_code, capital_yuan DESC NULLS LAST, name, firm",
        }
        for name, query in queries.items():
            write_table(atlas.connection, query, version / f"{name}.parquet", ROWS_TOGETHER)
        write_name_index(atlas)


def placed_in(atlas: Atlas) -> str:
    """The name of the table of firms and the segments on which they surely stand; counted now in a version that lacks it."""
    if not atlas.has("placed"):
        atlas.connection.cursor().execute(f"CREATE VIEW IF NOT EXISTS placed AS {duckdb_sql(placed())}")
    return "placed"


def largest_on(
    atlas: Atlas,
    chain: str,
    segment: str,
    places: Sequence[str],
    limit: int,
    where: str = "true",
    given: Sequence[Any] = (),
) -> dict[str, list[tuple[str, str, float | None]]]:
    """Of each place, a city or a county: name, deciding word and capital in yuan of its largest firms on a segment.

    Args:
        where, given: a further condition with its parameters, such as what a reader may see.
    """
    found: dict[str, list[tuple[str, str, float | None]]] = {}
    for column in ("city_code", "region_code"):
        rows = atlas.query(
            f"""
            SELECT {column}, name, word, capital_yuan FROM {placed_in(atlas)}
            WHERE chain = ? AND segment = ? AND list_contains(?::VARCHAR[], {column}) AND {where}
            QUALIFY row_number() OVER (PARTITION BY {column} ORDER BY capital_yuan DESC NULLS LAST, name, firm) <= ?
            ORDER BY capital_yuan DESC NULLS LAST, name, firm
            """,
            [
                chain,
                segment,
                [code for code in places if code.endswith("00") == (column == "city_code")],
                *given,
                limit,
            ],
        )
        for place, name, word, capital in rows:
            found.setdefault(place, []).append((name, word, capital))
    return found


def cells_of(source: Counted, on: date | None = None) -> Cells:
    """Firms by place and segment: as kept with the version where they are of that day, else counted now.

    Args:
        on: firms founded later are left out; by default the date of the newest list.
    """
    if isinstance(source, Atlas) and source.has("cells"):
        first = source.query("SELECT counted_on, counted_since, listed FROM cells LIMIT 1")
        for day, since, firms in first:
            if on in (None, day) and since == years_before(day, entry_years()):
                rows = source.query("SELECT * EXCLUDE (counted_on, counted_since, listed) FROM cells")
                return Cells(day, since, int(firms), rows)
    day = on or _newest(source)
    since = years_before(day, entry_years())
    return Cells(day, since, _total(source), source.rows(cells(day, since)))


def _newest(source: Counted) -> date:
    [(day,)] = source.rows(newest())
    return day or date.today()


def _total(source: Counted) -> int:
    [(firms,)] = source.rows(total())
    return int(firms)
