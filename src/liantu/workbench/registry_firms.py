"""Firms of the loaded registry as lists show them: filtered by place, segment, zone, industry and words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from liantu.diagnosis.reports.registry_basis import SEPARATOR
from liantu.ledger.home import registry_folder
from liantu.registry import Atlas, RegistryError
from liantu.registry.industries import industries, industry_name
from liantu.registry.kept import placed_in
from liantu.vocabulary import regions, zones
from liantu.workbench import labels
from liantu.workbench.diagnosing import atlas_now
from liantu.workbench.filters import WITHOUT, chosen
from liantu.workbench.formatting import region_name
from liantu.workbench.registry_rows import of_region, seen

SORTS = {
    "name": "name",
    "place": "region_code",
    "industry": "gb_code",
    "established": "established",
    "capital": "capital_yuan",
}
DEFAULT = "-capital"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of firms is asked to show; empty for no matter what. `WITHOUT` asks for firms without zone or industry.

    `industry` is a letter or the first digits of a code of GB/T 4754.
    """

    region: str = ""
    segment: str = ""
    zone: str = ""
    industry: str = ""
    words: str = ""
    sort: str = DEFAULT

    @classmethod
    def of(cls, params: QueryDict) -> Wanted:
        """What the address of a page asks for; a value that is none is not applied."""
        return cls(
            chosen(params, "region", regions()),
            next((said for said in [chosen(params, "segment")] if SEPARATOR in said), ""),
            chosen(params, "zone", {WITHOUT, *(zone.code for zone in zones())}),
            chosen(params, "industry", {WITHOUT, *industries()}),
            chosen(params, "q")[:60],
            chosen(params, "sort", {*SORTS, *(f"-{key}" for key in SORTS)}) or DEFAULT,
        )

    def where(self, *, apart_from: str = "") -> tuple[str, list[Any]]:
        """(condition over `source`, its parameters); `apart_from` is the filter whose choices are counted."""
        parts: list[str] = ["true"]
        values: list[Any] = []
        if self.region:
            here, of_place = of_region(self.region)
            parts.append(here)
            values += of_place
        if self.segment:
            parts.append("chain = ? AND segment = ?")
            values += self.segment.split(SEPARATOR, 1)
        if self.zone and apart_from != "zone":
            parts.append("zone = ?")
            values.append("" if self.zone == WITHOUT else self.zone)
        if self.industry and apart_from != "industry":
            parts.append("gb_section = ?" if self.industry.isalpha() else "starts_with(gb_code, ?)")
            if self.industry == WITHOUT:
                parts[-1] = "gb_code = ?"
            values.append("" if self.industry == WITHOUT else self.industry)
        if self.words:  # who asks for a name does not learn by the count that there is one out of sight
            allowed, given = seen()
            parts.append(allowed)
            values += given
        for word in self.words.split()[:6]:
            parts.append("(contains(name, ?) OR uscc = ?)")
            values += [word, word.upper()]
        return " AND ".join(parts), values

    def source(self, atlas: Atlas) -> str:
        """The table asked: a firm stands once in `firms`, and once a segment in `placed`."""
        return placed_in(atlas) if self.segment else "firms"

    @property
    def order(self) -> str:
        """As SQL says it; firms without a value come last."""
        way = "DESC" if self.sort.startswith("-") else "ASC"
        return f"{SORTS[self.sort.removeprefix('-')]} {way} NULLS LAST, name, firm"


@dataclass(frozen=True, slots=True)
class Firms:
    """A page of firms and how many there are in all.

    `listed` are those of `total` that the reader may see: the others are counted and not listed.
    """

    total: int
    listed: int
    rows: list[dict[str, Any]]
    atlas: Atlas
    wanted: Wanted

    @property
    def zones(self) -> list[tuple[str, str, int]]:
        """Zones that hold such firms: (code, name, firms); counted when asked for."""
        return _zones(self.atlas, self.wanted)

    @property
    def industries(self) -> list[tuple[str, str, int]]:
        """Industries of such firms: (code, name, firms); counted when asked for."""
        return _industries(self.atlas, self.wanted)


def registry_firms(wanted: Wanted, limit: int, offset: int = 0) -> Firms:
    """The firms of the loaded registry that are `wanted`, in their order.

    Raises:
        RegistryError: no registry is loaded.
    """
    atlas = atlas_now()
    if atlas is None:
        raise RegistryError(str(registry_folder()), "还没有载入企业登记。", "no registry is loaded yet.")
    condition, values = wanted.where()
    source = wanted.source(atlas)
    allowed, given = seen()
    [(total, listed)] = atlas.query(
        f"SELECT count(*), count(*) FILTER ({allowed}) FROM {source} WHERE {condition}", [*given, *values]
    )
    told = "word, found_in, score" if wanted.segment else "gb_word, gb_from, gb_score"
    found = atlas.query(
        f"""
        SELECT firm, name, uscc, region_code, established, capital_written, scope, town, zone, gb_section, gb_code, {told}
        FROM {source} WHERE {condition} AND {allowed} ORDER BY {wanted.order} LIMIT {int(limit)} OFFSET {int(offset)}
        """,
        [*values, *given],
    )
    return Firms(int(total), int(listed), [_row(*row) for row in found], atlas, wanted)


def _row(
    firm: str, name: str, uscc: str, region: str, established: Any, capital: str, scope: str | None, town: str, zone: str,
    section: str, code: str, word: str, found_in: str, score: float,
) -> dict[str, Any]:  # fmt: skip
    return {
        "firm": firm,
        "name": name,
        "uscc": uscc,
        "place": region_name(region),
        "town": town,
        "zone": _zone_name(zone),
        "established": established,
        "capital": capital,
        "scope": scope or "",
        "industry": f"{section}{code} {industry_name(code)}" if code else "",
        "word": word,
        "found_in": str(labels.FOUND_IN[found_in]) if found_in else "",
        "score": round(float(score), 2) if word else None,
    }


@lru_cache(maxsize=512)
def _zone_name(code: str) -> str:
    return next((zone.name for zone in zones() if zone.code == code), "")


def _zones(atlas: Atlas, wanted: Wanted) -> list[tuple[str, str, int]]:
    """Zones that hold such firms, the largest first, and how many stand in none."""
    condition, values = wanted.where(apart_from="zone")
    counted = atlas.query(
        f"SELECT zone, count(*) FROM {wanted.source(atlas)} WHERE {condition} GROUP BY 1 ORDER BY 2 DESC, 1", values
    )
    named = [(code, _zone_name(code), n) for code, n in counted if code]
    return [*named, *((WITHOUT, _("（不在名录的开发区）"), n) for code, n in counted if not code)]


def _industries(atlas: Atlas, wanted: Wanted) -> list[tuple[str, str, int]]:
    """Sections and divisions of such firms in the standard's order, and how many have no class."""
    condition, values = wanted.where(apart_from="industry")
    counted = atlas.query(
        f"SELECT gb_section, gb_code[1:2], count(*) FROM {wanted.source(atlas)} WHERE {condition} GROUP BY ALL ORDER BY 1, 2",
        values,
    )
    found: list[tuple[str, str, int]] = []
    sums: dict[str, int] = {}
    for section, _code, n in counted:
        sums[section] = sums.get(section, 0) + n
    for section, n in sums.items():
        if section:
            found.append((section, f"{section} {industry_name(section)}", n))
            found += [
                (code, f"\u3000{code} {industry_name(code)}", m) for above, code, m in counted if above == section
            ]
    return [*found, *((WITHOUT, _("（未归类）"), n) for section, n in sums.items() if not section)]
