"""Which city, county, zone or chain a project counts for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from liantu.ledger.models import ProjectDetail, ProjectView
from liantu.ledger.rights.filters import Columns, region_rows
from liantu.ledger.standing import recency
from liantu.vocabulary import regions

_ZONES = ("开发区", "经开区", "高新区", "示范区", "园区")


@dataclass(frozen=True, slots=True)
class Counted:
    """A project as bulletins count it."""

    pk: int
    name: str
    stage: str
    city: str
    county: str
    zone: str
    chain: str
    investment: float | None
    recency: int

    def key(self, group: str) -> str:
        """Its key in a way of grouping; empty when nobody said."""
        return {"city": self.city, "county": self.county, "zone": self.zone, "chain": self.chain}[group]


def counted(region: str, chain: str, until: date) -> list[Counted]:
    """The projects of a region and chain (empty: all) that anything open to all was said of by a day, by their ids."""
    rows = ProjectView.objects.filter(level=0)
    if region:
        rows = rows.filter(region_rows(region, Columns("region_code", "city_code")))
    if chain:
        rows = rows.filter(chain_name=chain)
    zones = dict(
        ProjectDetail.objects.filter(removed_at=None).exclude(zone="").values_list("project__canonical_id", "zone")
    )
    return list(_counted(rows.order_by("pk"), zones, recency(until)))


def _counted(rows: object, zones: dict[int | None, str], until: int) -> Iterator[Counted]:
    columns = ("pk", "name", "stage", "city_code", "region_code", "place", "chain_name", "investment", "recency")
    for pk, name, stage, city, region, place, chain, money, said in rows.values_list(*columns).iterator():  # type: ignore[attr-defined]
        county = region if region and not region.endswith("00") else ""
        zone = zones.get(pk) or (place if place.endswith(_ZONES) else "")
        yield Counted(pk, name, stage, city, county, zone, chain, money, said)


def names_of(group: str, keys: set[str]) -> dict[str, str]:
    """What the groups are called."""
    if group in ("zone", "chain"):
        return {key: key for key in keys}
    gazetteer = regions()
    names = {key: gazetteer.by_code(key).name if key in gazetteer else key for key in keys}
    shared = list(names.values())
    for key, name in list(names.items()):
        city = f"{key[:4]}00"
        # 阳泉 and 长治 both have a 郊区: two characters, or a name borne twice, say their city too.
        if group == "county" and city in gazetteer and (len(name) <= 2 or shared.count(name) > 1):
            names[key] = gazetteer.by_code(city).name + name
    return names
