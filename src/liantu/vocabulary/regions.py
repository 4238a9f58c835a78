"""Administrative regions of all China and the virtual regions that documents speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from .region_names import everyday_names, short_name, suffix_of
from .tables import Table, read_table, split

Level = Literal["province", "city", "county", "group"]
LEVELS: tuple[Level, ...] = ("province", "city", "county", "group")
"""`group` marks a virtual region (`RegionGroup`), whose code starts with `G:`."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region of GB/T 2260, or a virtual one.

    `parent` is the code of the next region above, `""` for provinces and groups. `needs_suffix` says that the short name is an
    ordinary word, or shared with another region, and may be taken for the region only when its suffix follows.
    `members` holds the codes inside a group; an empty tuple there means that the members are not published.
    """

    code: str
    name: str
    short: str
    level: Level
    parent: str
    needs_suffix: bool
    source: str
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    kind: str = ""  # for groups: city_cluster, integrated_economic, reform_demonstration, urban_group, belt, national_strategy, bloc

    @property
    def is_group(self) -> bool:
        return self.level == "group"


class Gazetteer:
    """Regions by code and by any of their names."""

    def __init__(self, regions: Iterator[Region]) -> None:
        self._by_code = {region.code: region for region in regions}
        self._by_name: dict[str, list[Region]] = defaultdict(list)
        for region in self._by_code.values():
            for form in dict.fromkeys((region.name, region.short, *region.aliases)):
                self._by_name[form].append(region)
        self.beginnings = frozenset(name[:2] for name in self._by_name)
        """The first two characters of every name: what begins otherwise begins with no region."""

    def __iter__(self) -> Iterator[Region]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def by_code(self, code: str) -> Region:
        """The region with this code. Raises KeyError for an unknown one."""
        return self._by_code[code]

    def all_named(self, name: str) -> tuple[Region, ...]:
        """Every region that bears `name` as full name, short name or alias."""
        return tuple(self._by_name.get(name, ()))

    def by_name(self, name: str, within: str | None = None) -> Region | None:
        """The one region meant by `name`, else None.

        `within` (a code) prefers regions inside it. Without it the highest level wins (吉林 is the province); several of the
        same level are ambiguous and give None. `太原市杏花岭区` and `阳泉郊区` are read as a city and a district of it.
        """
        found = self._by_name.get(name, [])
        if within is not None:
            inside = [r for r in found if self.is_within(r.code, within)]
            found = inside or found
        if not found:
            return self._by_path(name)
        exact = [r for r in found if r.name == name] or found
        top = min(LEVELS.index(r.level) for r in exact)
        highest = [r for r in exact if LEVELS.index(r.level) == top]
        return highest[0] if len(highest) == 1 else None

    def code_of(self, word: str) -> str:
        """The code of a region given by name or by code. Raises ValueError, in both languages, when it is none or several."""
        if word in self:
            return word
        found = self.by_name(word)
        if found is not None:
            return found.code
        several = "、".join(f"{region.code} {region.name}" for region in self.all_named(word)[:8])
        if several:
            raise ValueError(
                f"叫“{word}”的地区不止一个，请改用代码：{several} / {word!r} names several regions; use a code"
            )
        raise ValueError(
            f"没有叫“{word}”的地区，请核对名称或改用代码 / no region is called {word!r}; check it or use a code"
        )

    def _by_path(self, name: str) -> Region | None:
        for cut in range(2, len(name) - 1):
            for outer in self._by_name.get(name[:cut], ()):
                inner = [
                    r
                    for r in self._by_name.get(name[cut:], ())
                    if r is not outer and self.is_within(r.code, outer.code)
                ]
                if not inner:
                    nested = self._by_path(name[cut:])
                    inner = [nested] if nested is not None and self.is_within(nested.code, outer.code) else []
                if len(inner) == 1:
                    return inner[0]
        return None

    def parents(self, code: str) -> tuple[Region, ...]:
        """The regions above `code`, nearest first."""
        above: list[Region] = []
        region = self._by_code.get(code)
        while region is not None and region.parent:
            region = self._by_code[region.parent]
            above.append(region)
        return tuple(above)

    def _self_or_above(self, code: str, level: Level) -> Region | None:
        region = self._by_code.get(code)
        if region is None:
            return None
        return next((r for r in (region, *self.parents(code)) if r.level == level), None)

    def city_of(self, code: str) -> Region | None:
        """The prefecture that `code` is or lies in.

        Directly governed counties (济源市) stand for themselves, and districts of a municipality give the municipality.
        None for provinces and groups.
        """
        region = self._by_code.get(code)
        if region is None or region.is_group:
            return None
        city = self._self_or_above(code, "city")
        if city is not None:
            return city
        province = self.province_of(code)
        if province is not None and province.name.endswith("市"):
            return province
        return region if region.level == "county" else None

    def province_of(self, code: str) -> Region | None:
        """The province that `code` is or lies in; for a group, the one all its members lie in."""
        region = self._by_code.get(code)
        if region is not None and region.members:
            provinces = {self.province_of(m) for m in region.members}
            return provinces.pop() if len(provinces) == 1 else None
        return self._self_or_above(code, "province")

    def short(self, code: str) -> str:
        """The short name of `code`: 140725 → 寿阳."""
        return self._by_code[code].short

    def is_within(self, code: str, ancestor: str) -> bool:
        """Whether `code` is `ancestor` or lies inside it, groups included. A group of unpublished extent holds nothing but itself."""
        if code == ancestor:
            return True
        holder = self._by_code.get(ancestor)
        if holder is None or code not in self._by_code:
            return False
        region = self._by_code[code]
        if region.members and all(self.is_within(m, ancestor) for m in region.members):
            return True
        if holder.is_group:
            return any(self.is_within(code, member) for member in holder.members)
        return any(above.code == ancestor for above in self.parents(code))

    def names(self, home: str = "") -> Iterator[tuple[str, Region, bool]]:
        """Every surface form with its region and whether it counts only with its suffix behind it.

        With `home`, the code of the province that the text is about, short names of counties elsewhere need their suffix
        too: 大新 is a county in Guangxi, and part of 做大新兴产业 in Shanxi.

        A form may come several times with different regions. 城区, 郊区, 矿区 … are ordinary words even in full: they come
        with their city in front (阳泉郊区, 阳泉市郊区) and bare only as `needs_suffix` entries.
        """
        for region in self._by_code.values():
            generic = not region.is_group and not suffix_of(region.name) and region.needs_suffix
            yield region.name, region, generic
            if region.short != region.name:
                far = bool(home) and region.level == "county" and not self.is_within(region.code, home)
                yield region.short, region, region.needs_suffix or far
            for alias in region.aliases:
                yield alias, region, False
            if generic and region.parent:
                above = self._by_code[region.parent]
                yield above.name + region.name, region, False
                yield above.short + region.name, region, False


@cache
def regions() -> Gazetteer:
    """The gazetteer of all regions and region groups (loaded once)."""
    return Gazetteer(iter([*_load_regions(), *region_groups()]))


@cache
def _region_table() -> tuple[Table, frozenset[str]]:
    """The table of regions and the codes in it."""
    table = read_table("regions.csv", ("code", "name", "short", "level", "parent", "needs_suffix", "source"))
    table.require_unique("code")
    return table, frozenset(row["code"] for _, row in table.rows)


def _load_regions() -> list[Region]:
    table, codes = _region_table()
    table.require_known("parent", codes)
    table.require_known("level", LEVELS)
    table.require_known("needs_suffix", ("yes",))
    aliases = _load_aliases(codes)
    loaded = []
    for line, row in table.rows:
        if row["short"] != short_name(row["name"]):
            raise table.error(
                line, f"简称“{row['short']}”与全称不符", f"short name {row['short']!r} does not follow from the name"
            )
        loaded.append(
            Region(
                row["code"],
                row["name"],
                row["short"],
                _level(row["level"]),
                row["parent"],
                row["needs_suffix"] == "yes",
                row["source"],
                (*aliases.get(row["code"], ()), *everyday_names(row["name"], row["short"])),
            )
        )
    return loaded


def _level(value: str) -> Level:
    return next(level for level in LEVELS if level == value)


def _load_aliases(codes: frozenset[str]) -> dict[str, tuple[str, ...]]:
    table = read_table("region_aliases.csv", ("alias", "code", "source"))
    table.require_unique("alias", "code")
    table.require_known("code", codes)
    aliases: dict[str, list[str]] = defaultdict(list)
    for _, row in table.rows:
        aliases[row["code"]].append(row["alias"])
    return {code: tuple(names) for code, names in aliases.items()}


@cache
def region_groups() -> tuple[Region, ...]:
    """The virtual regions. `members` is empty where the extent is not published."""
    table = read_table("region_groups.csv", ("code", "name", "aliases", "kind", "members", "parent", "source"))
    table.require_unique("code")
    table.require_unique("name")
    _, codes = _region_table()
    table.require_known("members", codes, many=True)
    table.require_known("parent", codes)
    return tuple(
        Region(
            row["code"],
            row["name"],
            row["name"],
            "group",
            row["parent"],
            False,
            row["source"],
            split(row["aliases"]),
            split(row["members"]),
            row["kind"],
        )
        for _, row in table.rows
    )


@cache
def region_traps() -> tuple[str, ...]:
    """Words that hold a region's short name and mean something else (长治久安, 日照时数)."""
    table = read_table("region_traps.csv", ("word", "holds", "source"))
    table.require_unique("word")
    return tuple(row["word"] for _, row in table.rows)
