"""Regions, development zones and specialty towns in the text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from liantu.extraction.model import MentionKind
from liantu.vocabulary.regions import Region, regions

from .lexicon import Lexicon
from .spans import is_mark, is_proper
from .tokens import Tokens


@dataclass(slots=True)
class Place:
    """A region, zone or town: words `first` … `last` (inclusive)."""

    kind: MentionKind
    key: str
    first: int
    last: int
    region: Region | None = None  # the region itself, or the one a zone's name begins with
    aliases: tuple[str, ...] = ()
    within: Region | None = None  # the region that a township's name is written with (冠县柳林镇)


# 山西日报社, 北京时间, 太原理工大学: a region's name that is part of another name.
_NOT_AFTER = frozenset({"时间", "日报", "晚报", "新闻", "新闻网", "经济网", "发布", "电视台", "大学", "路", "街", "籍"})


_COMMON_ZONE_TAILS = frozenset(
    {"开发区", "园区", "产业园区", "工业园区", "经开区", "高新区", "产业集聚区", "经济技术开发区"}
)


def key_of(region: Region) -> str:
    """The name a region goes by in findings: 晋中市; 阳泉市郊区 for names that are ordinary words."""
    if region.level == "county" and region.name in ("城区", "郊区", "矿区", "新区", "市辖区", "开发区"):
        return regions().by_code(region.parent).name + region.name
    return region.name


def forms_of(region: Region) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f for f in (region.short, *region.aliases) if f != region.name))


Hit = tuple[int, tuple[Region, ...], bool]  # word, its bearers, whether it is a county's name without its suffix


def region_hits(tokens: Tokens, lex: Lexicon) -> list[Hit]:
    """Every word that some region bears, before it is decided which region it means."""
    open_forms, guarded = lex.regions, lex.guarded
    hits: list[Hit] = []
    for i in tokens.spots["region"]:
        word = tokens.words[i]
        if word in open_forms:
            hits.append((i, open_forms[word], False))
        else:
            hits.append((i, guarded[word], True))
    return sorted([*hits, *_named_in_full(tokens, lex, hits)], key=lambda hit: hit[0])


def _named_in_full(tokens: Tokens, lex: Lexicon, hits: list[Hit]) -> list[Hit]:
    """Further places of a county whose short name is an ordinary word (平乡), in a text that names it in full as well."""
    shorts = {
        bearers[0].short: bearers
        for _, bearers, bare in hits
        if not bare and len(bearers) == 1 and bearers[0].needs_suffix and len(bearers[0].short) > 1
    }
    if not shorts:
        return []
    return [
        (i, shorts[word], True)
        for i, word in enumerate(tokens.words)
        if word in shorts and (tokens.tags[i] == "ns" or lex.is_rare(word))
    ]


def find_regions(tokens: Tokens, hits: list[Hit], hints: tuple[Region, ...] = ()) -> list[Place]:
    """Regions of the gazetteer, in text order.

    A county's name without its suffix counts only when its province is spoken of elsewhere in the document; a name that several regions
    bear goes to the one that lies in a region spoken of. A region written with its superior (太原市杏花岭区) is one place.
    """
    gazetteer = regions()
    sure: Counter[str] = Counter()  # provinces and cities spoken of
    for region in hints:
        _count(sure, region, 3)
    words = tokens.words
    zoned = {i for i, bearers, bare in hits if bare and len(bearers) == 1 and _begins_zone(words, i)}
    hits = [(i, bearers, bare and i not in zoned) for i, bearers, bare in hits]
    for _, bearers, bare in hits:
        if not bare and len(bearers) == 1:
            _count(sure, bearers[0], 1)
    places: list[Place] = []
    for i, bearers, bare in hits:
        chosen = _choose(bearers, sure, bare)
        if chosen is None:
            continue
        region = chosen
        follower = words[i + 1] if i + 1 < len(words) else ""
        if follower in _NOT_AFTER:
            continue
        last = places[-1] if places else None
        if (
            last is not None
            and last.last == i - 1
            and last.region is not None
            and gazetteer.is_within(region.code, last.region.code)
        ):
            outer = last.region
            aliases = (*forms_of(region), outer.name + region.name, outer.short + region.name)
            places[-1] = Place("region", key_of(region), last.first, i, region, tuple(dict.fromkeys(aliases)))
            continue
        places.append(Place("region", key_of(region), i, i, region, forms_of(region)))
    return places


# 蒙城经济开发区, 昆山高新区: nobody but a county is followed by these.
_OFFICIAL_TAILS = frozenset(
    {"经济技术开发区", "经济开发区", "高新技术产业开发区", "高新技术开发区", "高新区", "经开区"}
)


def _begins_zone(words: list[str], at: int) -> bool:
    """Whether the word at `at` is right before the kind of a zone (永川高新区)."""
    return at + 1 < len(words) and words[at + 1] in _OFFICIAL_TAILS


def _count(sure: Counter[str], region: Region, weight: int) -> None:
    sure[region.code] += weight
    for above in regions().parents(region.code):
        sure[above.code] += weight


def _choose(bearers: tuple[Region, ...], sure: Counter[str], bare: bool) -> Region | None:
    """The bearer whose superiors are spoken of most; a bare county name needs its province spoken of."""
    if len(bearers) == 1 and not bare:
        return bearers[0]
    ranked = sorted(
        bearers,
        key=lambda r: (
            -("province", "group", "city", "county").index(r.level) if not bare else 0,
            sure[r.parent],
            sum(sure[a.code] for a in regions().parents(r.code)),
        ),
        reverse=True,
    )
    best = ranked[0]
    if not bare and best.level in ("province", "city", "group"):
        return best
    above = regions().province_of(best.code)
    return best if above is not None and sure[above.code] > 0 else None


_ADMINISTRATIONS = frozenset({"管委会", "管理委员会", "党工委", "管理办公室"})


def _administered(tokens: Tokens, lex: Lexicon, ends: dict[int, Place]) -> set[int]:
    """Words that close the name of a park with an administration of its own (西秀大数据产业园管委会): a zone, not a work."""
    words = tokens.words
    named: set[str] = set()
    parks = [i for i, word in enumerate(words) if word.endswith("产业园")]
    for i in parks:
        if i + 1 < len(words) and words[i + 1] in _ADMINISTRATIONS:
            first = _zone_start(tokens, lex, i, ends, "zone")
            if first is not None:
                named.add(tokens.text[tokens.starts[first] : tokens.ends[i]])
    return (
        {i for i in parks if any(tokens.text.endswith(name, 0, tokens.ends[i]) for name in named)} if named else set()
    )


def find_zones(tokens: Tokens, lex: Lexicon, places: list[Place]) -> list[Place]:
    """Zones and towns: what stands before 经济技术开发区, 高新区, 产业园区, 专业镇 …, as far as it is a name."""
    words = tokens.words
    ends = {p.last: p for p in places}
    zones: list[Place] = []
    counts: Counter[str] = Counter()
    zone_tails = lex.words["zone_tail"]
    parks = _administered(tokens, lex, ends)
    for i in sorted({*tokens.spots["zone"], *parks}):
        word = words[i]
        kind: MentionKind = "zone" if word in zone_tails or i in parks else "town"
        first = _zone_start(tokens, lex, i, ends, kind)
        if first is None:
            continue
        region = next((p.region for p in places if first <= p.first <= i), None)
        name = tokens.text[tokens.starts[first] : tokens.ends[i]].replace("“", "").replace("”", "")
        if zones and zones[-1].last == first - 1 and zones[-1].kind == "zone":
            outer = zones[-1]
            zones[-1] = Place("zone", outer.key + name, outer.first, i, outer.region or region, (name, outer.key))
            continue
        zones.append(Place(kind, name, first, i, region))
    counts.update(z.key for z in zones)
    _join_forms(zones, counts)
    return zones


def _join_forms(zones: list[Place], counts: Counter[str]) -> None:
    """Give the forms of one zone (忻州经开区, 忻州经济开发区; 三江新区, 宜宾三江新区) one key: the form used most."""
    groups: dict[str, list[Place]] = {}
    for zone in zones:
        front = zone.key
        for form in (zone.region.name, zone.region.short) if zone.region is not None and zone.kind == "zone" else ():
            front = front.removeprefix(form)
        bare = _ZONE_KIND.sub("", zone.key)
        groups.setdefault(bare if bare and bare != zone.key else front if len(front) >= 4 else zone.key, []).append(
            zone
        )
    for group in groups.values():
        keys = {z.key for z in group}
        if len(keys) > 1:
            best = max(keys, key=lambda k: (counts[k], len(k)))
            for zone in group:
                zone.aliases = tuple(sorted({*zone.aliases, *keys} - {best}))
                zone.key = best


_ZONE_KIND = re.compile(r"(?:经济技术开发区|经济开发区|经开区|高新技术产业开发区|高新技术开发区|高新区|开发区)$")


_IN_ZONE_NAME = frozenset(["n", "nz", "j", "vn", "b", "ns", "nr", "f"])
# 承接产业转移集中示范园区: verbs that stay inside the name of a zone.
_ZONE_VERBS = frozenset({"承接", "转移", "集中", "集聚", "聚集", "共建", "合作", "创新", "开放", "循环"})


def _bracketed(tokens: Tokens, at: int, ends: dict[int, Place]) -> int | None:
    """First word of two places of which the second stands in brackets closed at `at` (甲市（乙县）产业园); None elsewhere."""
    inner = ends.get(at - 1) if tokens.words[at] == "）" else None
    if inner is None or inner.first < 2 or tokens.words[inner.first - 1] != "（":
        return None
    outer = ends.get(inner.first - 2)
    return outer.first if outer is not None else None


def _zone_start(tokens: Tokens, lex: Lexicon, tail: int, ends: dict[int, Place], kind: str) -> int | None:
    """Index of the first word of the name that ends in the zone tail at `tail`; None when nothing names it."""
    words, first, named = tokens.words, tail, False
    j = tail - 1
    while j >= 0 and tail - j <= 7:
        word = words[j]
        if j in ends:
            place = ends[j]
            first, named = place.first, True
            j = place.first - 1
            # 山西转型综改示范区 晋中 开发区: an outer region before a region is part of the name.
            continue
        if word in ("国家", "国家级", "省级") and first < tail:
            j -= 1
            continue
        twin = _bracketed(tokens, j, ends)
        if twin is not None:
            first, named, j = twin, True, twin - 1
            continue
        if word in _ZONE_VERBS:
            first, j = j, j - 1
            continue
        if is_mark(word) or any(word in lex.words[kind] for kind in ("stop_noun", "break_word", "zone_tail")):
            break
        tag = tokens.tags[j]
        if is_proper(tokens, j, lex):
            first, named = j, True
        elif tag in _IN_ZONE_NAME or word in lex.industries:
            first = j
            if kind == "town" and (word in lex.industries or tag in ("n", "nz", "nr", "ns")):
                named = True
        else:
            break
        j -= 1
    while first < tail and (words[first] in lex.words["generic"] or words[first] in lex.words["stop_noun"]):
        first += 1
    before = ends.get(tail - 1)
    if before is not None and before.first == first and before.region is not None and words[tail] in _COMMON_ZONE_TAILS:
        # 山西省开发区 are the zones of a province, no zone.
        named = named and before.region.level != "province"
    if kind == "town" and all(words[k] in lex.words["generic"] or words[k] in ("个", "级") for k in range(first, tail)):
        return None
    return first if named and first < tail else None
