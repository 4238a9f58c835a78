"""What is counted over the registry, said once as Ibis expressions: DuckDB runs them on this machine, Spark on a cluster.

An expression names tables and columns, not an engine. `Counted` is what runs one: the registry on disk (`Atlas`), a single list
(`Registry`) or the registry as Spark reads it (`liantu.registry.spark`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from liantu.vocabulary.tables import read_toml

if TYPE_CHECKING:
    import duckdb
    from ibis.expr.types import BooleanValue, StringValue, Table

Rows = list[tuple[Any, ...]]
T = TypeVar("T")
_TYPES = {
    "VARCHAR": "string", "BOOLEAN": "boolean", "DOUBLE": "float64", "FLOAT": "float32", "DATE": "date", "INTEGER": "int32",
    "TIMESTAMP": "timestamp",
}  # fmt: skip
BEHIND = (
    "firm",
    "name",
    "uscc",
    "region_code",
    "city_code",
    "province_code",
    "established",
    "capital_yuan",
    "capital_written",
    "scope",
    "town",
    "zone",
    "gb_section",
    "gb_code",
)
"""Columns of a firm that stand beside its segment in `placed`."""


class Counted(Protocol):
    """Whatever runs expressions over the tables of a registry."""

    def rows(self, expression: Table) -> Rows:
        """The rows of `expression`, in no order unless it says one."""
        ...


class Placing(Counted, Protocol):
    """The same of one version on disk, and batches of its firms handed to a Python function, wherever they are."""

    version: Path

    def batches(self, columns: Sequence[str], work: Callable[[Rows], T], provinces: Sequence[str] = ()) -> Iterable[T]:
        """What `work` makes of the firms (of some provinces), a batch of rows at a time, in no order."""
        ...


@cache
def entry_years() -> int:
    """Firms founded within so many years before the date of the lists are new ones; `data/counting.toml`."""
    years = int(read_toml("counting.toml", package=__package__)["growth"]["entry_years"])
    if years < 1:
        raise ValueError("counting.toml: entry_years 要为正整数 / entry_years must be a positive whole number")
    return years


def years_before(day: date, years: int) -> date:
    """The same day some years earlier; the 28th for a 29th of February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def table(name: str, columns: Mapping[str, str]) -> Table:
    """The table `name` with its DuckDB columns; those of types that Spark lacks are left out."""
    import ibis

    return ibis.table({column: _TYPES[kind] for column, kind in columns.items() if kind in _TYPES}, name=name)


def _tables() -> tuple[Table, Table]:
    from .merging import FIRMS, PLACEMENTS

    return table("firms", FIRMS), table("placements", PLACEMENTS)


def newest() -> Table:
    """One row: the date of the newest list."""
    from .merging import LOADS

    loads = table("loads", LOADS)
    return loads.aggregate(as_of=loads.as_of.max())


def total() -> Table:
    """One row: how many firms there are."""
    firms, _placements = _tables()
    return firms.aggregate(firms=firms.count())


def placed() -> Table:
    """A row for every firm and segment on which it surely stands: the word that says so, and what is told of the firm."""
    firms, placements = _tables()
    sure = placements.filter(placements.state == "placed").drop("state")
    return sure.join(firms.select(*BEHIND), "firm")


def cells(on: date, since: date) -> Table:
    """Firms by place (as fine as it is known), chain and segment, ordered.

    Columns: region_code, chain, segment, firms, dated (with a known founding date), recent (founded after `since`), capital_yuan
    (the sum of those known in yuan) and with_capital (of how many). Firms founded after `on` are left out.
    """
    rows = placed()
    there = rows.filter(rows.established.isnull() | (rows.established <= on))
    keys = ("region_code", "chain", "segment")
    return (
        there.group_by(*keys)
        .aggregate(
            firms=there.count(),
            dated=there.established.count(),
            recent=there.established.count(where=there.established > since),
            capital_yuan=there.capital_yuan.sum().fill_null(0.0),
            with_capital=there.capital_yuan.count(),
        )
        .order_by(*keys)
    )


def firms_by_county(provinces: Sequence[str]) -> Table:
    """Firms of some provinces by county; those known no finer than a city are left out."""
    firms, _placements = _tables()
    known = firms.filter(firms.province_code.isin(list(provinces)) & ~firms.region_code.endswith("00"))
    return known.group_by("province_code", "region_code").aggregate(firms=known.count())


def labelled(firms: Table, classed: Table, key: str, place: StringValue) -> Table:
    """Firms by place and label with the firms and the capital of each, ordered; a firm counts once on a label.

    Args:
        firms: with `key` and `capital_yuan`. classed: `key` and `label`.
        place: of a firm; `""` where it is not known.
    """
    there = firms.select(key, "capital_yuan", place=place)
    totals = there.group_by("place").aggregate(region_firms=there.count())
    on_label = there.join(classed.select(key, "label").distinct(), key)
    counted = on_label.group_by("place", "label").aggregate(
        firms=on_label.count(),
        capital_yuan=on_label.capital_yuan.sum().fill_null(0.0),
        with_capital=on_label.capital_yuan.count(),
    )
    return (
        counted.join(totals, "place")
        .select("place", "label", "firms", "region_firms", "capital_yuan", "with_capital")
        .order_by("place", "label")
    )


def wanted_activity(classed: Table, activities: Sequence[str]) -> BooleanValue:
    """Whether a match counts: the name says it, or the scope with one of `activities`."""
    return (classed.found_in == "name") | classed.activity.isin(list(activities))


def duckdb_sql(expression: Table) -> str:
    """The expression as DuckDB's SQL."""
    import ibis

    return str(ibis.to_sql(expression, dialect="duckdb"))


def duckdb_rows(connection: duckdb.DuckDBPyConnection, expression: Table) -> Rows:
    """The rows of `expression` over the tables of a connection."""
    return connection.cursor().execute(duckdb_sql(expression)).fetchall()
