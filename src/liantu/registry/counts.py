"""Firms by region and chain, as a tidy table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .classify import ACTIVITIES, Activity
from .counting import duckdb_rows, labelled, table, wanted_activity
from .store import ENTERPRISES, MATCHES, Registry

PlaceLevel = Literal["province", "city", "county"]
_COLUMN = {"province": "province_code", "city": "city_code", "county": "region_code"}


@dataclass(frozen=True, slots=True)
class Count:
    """One region and one chain.

    Attributes:
        region_code: at the level asked for; `""` for firms whose region is not known so finely.
        label: the chain.
        firms: how many.
        region_firms: all firms of the region in the list, on a chain or not.
        capital_yuan: sum of the registered capital known in yuan.
        with_capital: how many of `firms` it is the sum of.
    """

    region_code: str
    label: str
    firms: int
    region_firms: int
    capital_yuan: float
    with_capital: int


def count_firms(
    registry: Registry, level: PlaceLevel = "city", activities: Iterable[Activity] = ("make", "serve", "unstated")
) -> list[Count]:
    """Firms by region and chain, ordered by region and label; only pairs with a firm.

    A firm on two chains counts on both, a repeated row nowhere. A firm counts on a chain when its name says so, or its scope with
    one of `activities`; by default shops that only sell the thing are left out.
    """
    wanted = list(dict.fromkeys(activities))
    if unknown := set(wanted) - set(ACTIVITIES):
        raise ValueError(f"没有这种活动：{unknown} / no such activity: {unknown}")
    enterprises, matches = table("enterprises", ENTERPRISES), table("matches", MATCHES)
    firms = enterprises.filter(enterprises.repeats.isnull())
    place = firms[_COLUMN[level]]
    if level == "county":  # the column holds city codes for firms known no finer: they are firms of no known county
        place = place.endswith("00").ifelse("", place)
    classed = matches.filter(wanted_activity(matches, wanted))
    return [Count(*values) for values in duckdb_rows(registry.connection, labelled(firms, classed, "row", place))]
