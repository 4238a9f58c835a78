"""Firms by region and chain, or by region and industry, as a tidy table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .classify import ACTIVITIES, Activity
from .counting import Counted, duckdb_rows, labelled, table, wanted_activity
from .merging import FIRMS
from .store import ENTERPRISES, MATCHES, Registry

if TYPE_CHECKING:
    from ibis.expr.types import StringValue, Table

PlaceLevel = Literal["province", "city", "county"]
_COLUMN = {"province": "province_code", "city": "city_code", "county": "region_code"}


@dataclass(frozen=True, slots=True)
class Count:
    """One region and one chain or industry.

    Attributes:
        region_code: at the level asked for; `""` for firms whose region is not known so finely.
        label: the chain, or the code of the industry.
        firms: how many.
        region_firms: all firms of the region, on a chain (in an industry) or not.
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
    classed = matches.filter(wanted_activity(matches, wanted))
    return [
        Count(*values)
        for values in duckdb_rows(registry.connection, labelled(firms, classed, "row", _place(firms, level)))
    ]


def count_industries(registry: Counted, level: PlaceLevel = "city", digits: int = 2) -> list[Count]:
    """Firms of the registry on disk by region and industry of GB/T 4754, ordered by both; only pairs with a firm.

    A firm whose industry is not told so finely counts nowhere but in `region_firms`.

    Args:
        digits: 1 for sections, 2 for divisions, 3 for groups, 4 for classes.
    """
    firms = table("firms", FIRMS)
    told = firms.filter((firms.gb_code != "") & (firms.gb_code.length() >= digits))
    industry = told.gb_section if digits == 1 else told.gb_code.substr(0, digits)
    classed = told.select("firm", label=industry)
    return [Count(*values) for values in registry.rows(labelled(firms, classed, "firm", _place(firms, level)))]


def _place(firms: Table, level: PlaceLevel) -> StringValue:
    place = firms[_COLUMN[level]]
    # The column of counties holds city codes for firms known no finer: they are firms of no known county.
    return place.endswith("00").ifelse("", place) if level == "county" else place
