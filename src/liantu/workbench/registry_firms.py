"""Firms of the loaded registry as lists show them: filtered by place, segment, zone, industry and words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
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
from liantu.registry.name_index import AMONG, firms_named, named
from liantu.registry.shelf import NUMBERED
from liantu.vocabulary import regions, zones
from liantu.workbench import labels
from liantu.workbench.diagnosing import atlas_now
from liantu.workbench.filters import WITHOUT, chosen
from liantu.workbench.formatting import region_name
from liantu.workbench.registry_rows import Condition, of_region, seen

SORTS = {
    "name": "name",
    "place": "region_code",
    "industry": "gb_code",
    "established": "established",
    "capital": "capital_yuan",
}
DEFAULT = "-capital"
LONGEST_WORDS = 60  # characters that are looked for
_SHOWN = "firm, name, uscc, region_code, established, capital_written, scope, town, zone, gb_section, gb_code"


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
            chosen(params, "q")[:LONGEST_WORDS],
            chosen(params, "sort", {*SORTS, *(f"-{key}" for key in SORTS)}) or DEFAULT,
        )

    def where(self) -> Condition:
        """What is asked of every firm of `source`, apart from `in_zone` and `in_industry`, whose choices are counted."""
        parts: list[str] = ["true"]
        values: list[Any] = []
        if self.region:
            here, of_place = of_region(self.region)
            parts.append(here)
            values += of_place
        if self.segment:
            parts.append("chain = ? AND segment = ?")
            values += self.segment.split(SEPARATOR, 1)
        if self.words:  # who asks for a name does not learn by the count that there is one out of sight
            allowed, given = seen()
            parts.append(allowed)
            values += given
        return " AND ".join(parts), values

    @property
    def in_zone(self) -> Condition:
        """The zone asked for."""
        return ("zone = ?", ["" if self.zone == WITHOUT else self.zone]) if self.zone else ("true", [])

    @property
    def in_industry(self) -> Condition:
        """The industry asked for."""
        if not self.industry:
            return "true", []
        if self.industry == WITHOUT:
            return "gb_code = ?", [""]
        return "gb_section = ?" if self.industry.isalpha() else "starts_with(gb_code, ?)", [self.industry]

    def source(self, atlas: Atlas) -> Condition:
        """The table asked, with its parameters: a firm stands once in `firms`, and once a segment in `placed`."""
        words = self.words.split()[:6]
        if self.segment:
            asked, values = named(words)
            return f"(SELECT * FROM {placed_in(atlas)} WHERE {asked})", values
        return firms_named(atlas, words) if words else (NUMBERED, [])

    @property
    def order(self) -> str:
        """As SQL says it; firms without a value come last."""
        way = "DESC" if self.sort.startswith("-") else "ASC"
        return f"{SORTS[self.sort.removeprefix('-')]} {way} NULLS LAST, name, firm"


@dataclass(frozen=True, slots=True)
class Firms:
    """A page of firms and how many there are in all.

    `listed` are those of `total` that the reader may see: the others are counted and not listed. `zones` and `industries` that
    hold such firms have (code, name, firms), each counted as if it were not filtered by itself.
    """

    total: int
    listed: int
    rows: list[dict[str, Any]]
    zones: list[tuple[str, str, int]]
    industries: list[tuple[str, str, int]]


def registry_firms(wanted: Wanted, limit: int, offset: int = 0) -> Firms:
    """The firms of the loaded registry that are `wanted`, in their order.

    Raises:
        RegistryError: no registry is loaded.
    """
    atlas = atlas_now()
    if atlas is None:
        raise RegistryError(str(registry_folder()), "还没有载入企业登记。", "no registry is loaded yet.")
    source, said = wanted.source(atlas)
    (here, place), (zone, zoned), (industry, classed), (allowed, given) = (
        wanted.where(),
        wanted.in_zone,
        wanted.in_industry,
        seen(),
    )
    # One look at the firms for all that is counted of them: of many firms that have a word it is the looking that takes time.
    counted = atlas.query(
        f"""
        SELECT coalesce(zone, ''), coalesce(gb_section, ''), coalesce(gb_code[1:2], ''), {zone}, {industry}, count(*), count(*) FILTER ({allowed})
        FROM {source} WHERE {here} GROUP BY ALL
        """,
        [*zoned, *classed, *given, *said, *place],
    )
    condition = f"{here} AND {zone} AND {industry} AND {allowed}"
    page = f"ORDER BY {wanted.order} LIMIT {int(limit)} OFFSET {int(offset)}"
    values = [*said, *place, *zoned, *classed, *given]
    if wanted.segment:
        found = atlas.query(f"SELECT {_SHOWN}, word, found_in, score FROM {source} WHERE {condition} {page}", values)
    else:  # the order is found without reading the scopes of all
        rows = atlas.query(f"SELECT file_row_number FROM {source} WHERE {condition} {page}", values)
        found = atlas.query(
            f"SELECT {_SHOWN}, gb_word, gb_from, gb_score FROM {NUMBERED} WHERE {AMONG} ORDER BY {wanted.order}",
            [[row for (row,) in rows]],
        )
    both = [row for row in counted if row[3] and row[4]]
    return Firms(
        sum(row[5] for row in both),
        sum(row[6] for row in both),
        [_row(*row) for row in found],
        _zones((row[0], row[5]) for row in counted if row[4]),
        _industries((row[1], row[2], row[5]) for row in counted if row[3]),
    )


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


def _zones(counted: Iterable[tuple[str, int]]) -> list[tuple[str, str, int]]:
    """Zones that hold such firms: (code, name, firms), the largest first, and how many stand in none."""
    firms: Counter[str] = Counter()
    for code, n in counted:
        firms[code] += n
    ordered = sorted(firms.items(), key=lambda item: (-item[1], item[0]))
    named = [(code, _zone_name(code), n) for code, n in ordered if code]
    return [*named, *((WITHOUT, _("（不在名录的开发区）"), n) for code, n in ordered if not code)]


def _industries(counted: Iterable[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """Sections and divisions of such firms: (code, name, firms), in the standard's order, and how many have no class."""
    sections: Counter[str] = Counter()
    divisions: Counter[tuple[str, str]] = Counter()
    for section, code, n in counted:
        sections[section] += n
        divisions[section, code] += n
    found: list[tuple[str, str, int]] = []
    for section, n in sorted(sections.items()):
        if section:
            found.append((section, f"{section} {industry_name(section)}", n))
            found += [
                (code, f"\u3000{code} {industry_name(code)}", m)
                for (above, code), m in sorted(divisions.items())
                if above == section
            ]
    return [*found, *((WITHOUT, _("（未归类）"), n) for section, n in sections.items() if not section)]
