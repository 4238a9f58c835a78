"""What a diagnosis rests on: how many firms stand where on which segment, who counted them, and which segments make up a chain."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

from liantu.vocabulary import regions

from ..panel import Cell, Panel

Kind = Literal["registry", "ledger"]
KEPT = 64
"""Panels and spaces kept of one basis."""
NEIGHBOURS = {"upstream": ("midstream",), "midstream": ("upstream", "downstream"), "downstream": ("midstream",)}


class BasisError(ValueError):
    """A question that this basis cannot answer: which, and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")


class Count(NamedTuple):
    """Firms of one place on one segment: all, those whose founding date is known, and those founded lately."""

    firms: int
    dated: int = 0
    recent: int = 0

    def plus(self, other: Count) -> Count:
        """Both together."""
        return Count(self.firms + other.firms, self.dated + other.dated, self.recent + other.recent)


@dataclass(frozen=True, slots=True)
class Link:
    """A segment in a chain: what the chain calls it, the key under which it is counted, its stream (empty when not known)."""

    name: str
    key: str
    stream: str = ""


@dataclass(frozen=True)
class Basis:
    """Counts of firms with their origin.

    Attributes:
        kind: `registry` (every firm is listed, so an empty cell is zero) or `ledger` (only what somebody said: an empty cell is
            unknown).
        name_zh, name_en: what it is, shown with every diagnosis.
        period: the date it is of.
        level, coarse_level: names of the two levels of classification; `coarse_level` empty when there is one only.
        counts: by region code (as fine as it is known) and key.
        parents: key → name at the coarse level; its keys are the structure of a place.
        chains: the segments of each chain.
        on: the day up to which firms count; `since`: founded after it is lately.
    """

    kind: Kind
    name_zh: str
    name_en: str
    period: str
    level: str
    coarse_level: str
    counts: Mapping[tuple[str, str], Count] = field(repr=False)
    parents: Mapping[str, str] = field(repr=False)
    chains: Mapping[str, tuple[Link, ...]] = field(repr=False)
    on: date | None = None
    since: date | None = None
    _summed: dict[str, dict[tuple[str, str], Count]] = field(default_factory=dict, init=False, repr=False)
    _kept: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def complete(self) -> bool:
        """Whether a cell without a firm is a counted zero."""
        return self.kind == "registry"

    def at_level(self, level: str) -> dict[tuple[str, str], Count]:
        """Counts by place of one level (province, city, county) and key; kept. Firms not known so finely are left out."""
        if level not in self._summed:
            summed: dict[tuple[str, str], Count] = {}
            place = {code: _at(code, level) for code in {code for code, _ in self.counts}}
            for (code, key), count in self.counts.items():
                if at := place[code]:
                    before = summed.get((at, key))
                    summed[at, key] = count if before is None else before.plus(count)
            self._summed[level] = summed
        return self._summed[level]

    def places(self, level: str) -> frozenset[str]:
        """Places of one level with a firm on any segment; kept."""
        found: frozenset[str] = self.kept(
            ("places", level), lambda: frozenset(code for code, _ in self.at_level(level))
        )
        return found

    def count(self, region: str, key: str) -> Count | None:
        """The count of a cell; None when nobody counted it."""
        return self.at_level(level_of(region)).get((region, key), Count(0) if self.complete else None)

    def panel(self, places: Iterable[str], keys: Iterable[str], level: str = "") -> Panel:
        """The counts of `places` (all of one level) on `keys` as a panel of firms; kept, for every chain of a place asks for the same."""
        inside, wanted = tuple(places), frozenset(keys)
        panel: Panel = self.kept(("panel", inside, wanted, level), lambda: self._panel(inside, wanted, level))
        return panel

    def kept(self, key: Hashable, compute: Callable[[], Any]) -> Any:
        """`compute()`, done once for this basis, which never changes; the oldest of many is let go."""
        if key not in self._kept:
            while len(self._kept) >= KEPT:
                self._kept.pop(next(iter(self._kept)), None)
            self._kept[key] = compute()
        return self._kept[key]

    def _panel(self, inside: tuple[str, ...], wanted: frozenset[str], level: str) -> Panel:
        known = frozenset(inside)
        found = self.at_level(level_of(inside[0])) if inside else {}
        cells = [Cell(r, k, float(c.firms)) for (r, k), c in found.items() if r in known and k in wanted]
        return Panel.of(
            cells,
            quantity="firms",
            unit="家",
            level=level or self.level,
            period=self.period,
            complete=self.complete,
            regions=inside,
            segments=wanted,
        )

    def peers(self, region: str) -> tuple[str, tuple[str, ...]]:
        """The area that a place is compared with and its places of the same level: a province's cities, or its counties.

        Raises:
            BasisError: the place is unknown, virtual, or nothing is counted there.
        """
        found: tuple[str, tuple[str, ...]] = self.kept(("peers", region), lambda: self._peers(region))
        return found

    def _peers(self, region: str) -> tuple[str, tuple[str, ...]]:
        gazetteer = regions()
        if region not in gazetteer or gazetteer.by_code(region).is_group:
            raise BasisError(
                f"不能诊断“{region}”：请给出省、市或县；虚拟区域请把成员放在一起比较",
                f"{region} cannot be diagnosed: give a province, city or county; compare the members of a virtual region",
            )
        level = level_of(region)
        found = self.places(level)
        if region not in found:
            name = gazetteer.by_code(region).name
            raise BasisError(
                f"{self.name_zh}里没有{name}的企业，不能诊断",
                f"no firm of {name} is known here ({self.name_en}); it cannot be diagnosed",
            )
        if level == "province":
            return "全国", tuple(sorted(found))
        province = gazetteer.province_of(region)
        if province is None:
            return "", tuple(sorted(found))
        listed = {r.code for r in gazetteer if r.level == level and gazetteer.is_within(r.code, province.code)}
        # In a full count a place without a firm is one all the same; in hearsay it is nothing.
        inside = listed if self.complete else found & listed
        return province.name, tuple(sorted(inside))

    def segments_of(self, chain: str) -> tuple[Link, ...]:
        """The segments of a chain. Raises BasisError naming the chains that there are."""
        if self.kind == "ledger" and not self.chains.get(chain):
            raise BasisError(
                f"台账里没有“{chain}”的链谱大纲；请在产业链页导入大纲（列名 level1 … level6）后再诊断",
                f"the ledger has no outline of a chain {chain}; import one (columns level1 … level6) first",
            )
        if not self.chains.get(chain):
            some = "、".join(sorted(self.chains)[:30]) or "（无）"
            raise BasisError(
                f"没有产业链“{chain}”的环节；有环节的链：{some}",
                f"no segments of a chain {chain}; chains with segments: {', '.join(sorted(self.chains)[:30]) or 'none'}",
            )
        return self.chains[chain]


def level_of(code: str) -> str:
    """province, city, county or group."""
    return regions().by_code(code).level if code in regions() else "county"


def _at(code: str, level: str) -> str:
    gazetteer = regions()
    if level == "province":
        found = gazetteer.province_of(code) if code in gazetteer else None
        return found.code if found is not None else ""
    if level == "city":
        city = gazetteer.city_of(code) if code in gazetteer else None
        return city.code if city is not None else ""
    return code if code in gazetteer and gazetteer.by_code(code).level == "county" else ""
