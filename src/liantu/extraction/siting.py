"""Where works and enterprises lie, as the text states it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liantu.extraction.model import Project
from liantu.extraction.names import Scene
from liantu.extraction.names.firm_book import FirmSpan
from liantu.extraction.names.places import Place, key_of
from liantu.extraction.names.work_base import Work
from liantu.vocabulary.regions import regions

Site = tuple[str, str, int, int, float]  # head, place, clean start, clean end, confidence

_SET_DOWN = re.compile(r"(?:落户|落地|落子|位于|选址|坐落|地处|建在|布局|扎根)(?:于|在|到)?[^，。；]{0,3}$")
_LOCATING = re.compile(
    r"(?:在|位于|落户|入驻|走进|园区内|境内|辖区|当地|本地|引进|引入|引育|集聚|聚集|拥有|包括|，|。|的|^)[^，。；]{0,8}$"
)
_BROUGHT = re.compile(r"引进|引入|引育|落户|入驻|位于|境内|当地|本地|本土|县内|区内|集聚|聚集|扎堆")
_HELD_IN = ("sentence", "block", "section")
_BETWEEN = re.compile(
    r"[\u4e00-\u9fff]{2}(?:至|—|–|-)[\u4e00-\u9fff]{2}.*(?:铁路|高铁|高速|公路|城际|管道|管线|通道|线|段|工程)"
)
_NEIGHBOUR = re.compile(r"(?:隔壁|园区内|区内|同一园区里?|园内|与其相邻，?|相邻|毗邻)的?$")
# 由X投资, 与X签约: the place speaks of a work or of the other party.
_NOT_THERE = re.compile(r"[由与和同向对]$")
_TIES = frozenset({"的", "企业", "龙头企业", "链主企业", "国企", "民企", "上市公司"})
_IN_ROW = ("、", "和", "及", "以及", "与")


def sites_of_project(scene: Scene, project: Project) -> Iterator[Site]:
    """The place that the project's name holds or its own clauses tell; a text's own city at large is no such place."""
    start, end = scene.document.text.clean_span(project.evidence.start, project.evidence.end)
    bracketed = _in_brackets(scene, project)
    if bracketed:
        yield from ((project.name, key, start, end, 0.9) for key in bracketed)
        return
    if project.name.endswith("联合实验室"):
        return  # two parties keep it, each in its own place
    if any(_BETWEEN.search(n) for n in (project.name, *project.aliases)):
        return  # a road or a railway lies in no one place that its name holds
    zones = {p.key for p in scene.places if p.kind == "zone"}
    place, sure = project.place if project.place in zones else _told_place(scene, project), 0.9
    if place is None:
        place, sure = _place_around(scene, project, start), 0.8
    if place is not None:
        yield project.name, place, start, end, sure


_INTO = re.compile(r"(?:位于|落户|入驻|坐落于|坐落在|在|选址)(?:于)?$")


def _park_before(scene: Scene, park: Work) -> bool:
    """位于某某产业园的X: a park, itself a work, that something is said to lie in."""
    start = scene.tokens.starts[park.first]
    return (
        park.name.endswith(("园", "园区", "基地"))
        and _INTO.search(scene.tokens.text[max(0, start - 5) : start]) is not None
    )


def _in_brackets(scene: Scene, project: Project) -> list[str]:
    """P（临汾市、运城市）: the places in brackets right behind a project's name."""
    for work in scene.works_of(project):
        end = scene.tokens.ends[work.last]
        match = _BRACKET.match(scene.tokens.text, end)
        inside = scene.topics.every_between(match.start(1), match.end(1)) if match is not None else []
        if inside:
            return list(dict.fromkeys(a.key for a in inside))
    return []


_BRACKET = re.compile(r"（([^）\d]{2,20})）")


def _told_place(scene: Scene, project: Project) -> str | None:
    text, starts, ends = scene.tokens.text, scene.tokens.starts, scene.tokens.ends
    works = scene.works_of(project)
    for work in works:
        inside = [
            p
            for k in range(work.first, work.last + 1)
            for p in scene.places_ending.get(k, ())
            if work.first <= p.first and _is_site(scene, p)
        ]
        if inside:
            return inside[-1].key
    for work in works:
        before = text[max(0, starts[work.first] - 1) : starts[work.first]]
        park = scene.works[work.number - 1] if work.number > 0 else None
        if before == "的" and park is not None and park.last == work.first - 2 and _park_before(scene, park):
            return park.name
        at = work.first - (2 if before == "的" else 1)
        beside = next((p for p in scene.places_ending.get(at, ()) if p.kind in ("region", "zone")), None)
        if beside is not None and _is_site(scene, beside):
            return beside.key
        end = ends[work.last]
        block = scene.document.blocks[scene.topics.block_at(end)]
        later = scene.works_between(end, block.end)
        limit = min(end + 80, starts[later[0].first] if later else block.end)
        for anchor in scene.topics.every_between(end, limit):
            if _SET_DOWN.search(text[end : anchor.start]):
                return anchor.key
    return next((found for w in works if (found := _county_named(scene, project, w.name)) is not None), None)


def _county_named(scene: Scene, project: Project, name: str) -> str | None:
    """大丰零碳产业园 in a text on 盐城市: a county's short name, an ordinary word elsewhere, at the head of a work's name."""
    city = regions().city_of(scene.home.code) if scene.home is not None else None
    rest = name.removeprefix(project.owner) if project.owner is not None else name
    if city is None or any(f.startswith(rest[:4]) for f in scene.book.names):
        return None
    for cut in (3, 2):
        county = regions().by_name(rest[:cut], city.code)
        inside = county is not None and county.level == "county" and regions().is_within(county.code, city.code)
        if county is not None and inside and len(rest) >= cut + 3:
            return key_of(county)
    return None


def _is_site(scene: Scene, place: Place) -> bool:
    """Whether a place in or beside a name tells where the named thing lies: a zone, or a county of the text's own region."""
    if place.kind == "zone":
        return True
    if place.kind != "region" or place.region is None or place.region.level != "county" or scene.home is None:
        return False
    said = scene.tokens.text[scene.tokens.starts[place.first] : scene.tokens.ends[place.last]]
    in_firm = {place.first, place.last} <= scene.firm_words
    city = regions().city_of(scene.home.code) or scene.home
    return regions().is_within(place.region.code, city.code) and (not in_firm or said[-1] in "县区市旗")


def _place_around(scene: Scene, project: Project, start: int) -> str | None:
    """The project's place, unless that is only the city the whole text is about."""
    home, found = scene.home, scene.topics.at(start)
    if project.place is None:
        if home is not None and home.level == "county" and found is not None and found[2] == "home":
            return found[0]
        return None
    if home is None or project.place != key_of(home) or home.level == "county":
        return project.place
    at_large = found is not None and found[0] == project.place and found[2] != "sentence"
    return None if at_large and home.short not in project.name else project.place


def sites_of_firms(scene: Scene, spans: list[FirmSpan]) -> Iterator[Site]:
    """A firm lies where the sentence puts it. Firms named only within their project's name are left to the project."""
    inside = scene.work_words
    ending: dict[int, list[Place]] = {}  # regions and zones by their last word
    for place in scene.places:
        if place.kind in ("region", "zone"):
            ending.setdefault(place.last, []).append(place)
    done: dict[str, str] = {}
    last: tuple[int, str] | None = None  # end of the firm last placed, and its place
    for span in spans:
        if span.first in inside or span.key in done:
            continue
        start, end = scene.span(span.first, span.last)
        joined = scene.tokens.text[last[0] : start] if last is not None and last[0] <= start else None
        beside = (last[1], 0.7) if last is not None and joined in _IN_ROW else _beside(scene, span, ending)
        held = None if _comes_from_elsewhere(scene, span) else _held(scene, start)
        told = beside or _in_park(scene, start) or held or _came_to(scene, end)
        if told is not None:
            done[span.key] = told[0]
            last = end, told[0]
            yield span.key, told[0], start, end, told[1]


def _beside(scene: Scene, span: FirmSpan, ending: dict[int, list[Place]]) -> tuple[str, float] | None:
    """榆神工业区的陕氢装备: a place that stands before a firm. A county in its own name tells where it was founded."""
    words = scene.tokens.words
    park = next((w for w in scene.works if w.last == span.first - 2), None)
    if park is not None and words[span.first - 1] == "的" and _park_before(scene, park):
        return park.name, 0.8
    of = span.first > 0 and words[span.first - 1] in _TIES
    for place in ending.get(span.first - 1 - of, ()):
        if place.kind == "zone" or (of and place.region is not None and place.region.level != "province"):
            return place.key, 0.8
    return None


def _comes_from_elsewhere(scene: Scene, span: FirmSpan) -> bool:
    """深圳云途智驾 in a text on 阳泉市: a firm named after another city builds there, and lies where it is named after."""
    city = regions().city_of(scene.home.code) if scene.home is not None else None
    if city is None:
        return False
    for place in scene.places_beginning.get(span.first, ()):
        if place.region is not None and place.region.level == "city":
            return place.region.code != city.code
    return False


def _in_park(scene: Scene, start: int) -> tuple[str, float] | None:
    """走进位于水秀产业园的X; 在寿阳县的产业合作园内，X…: a park by its name, known to the reader as a zone or not."""
    block = scene.document.blocks[scene.topics.block_at(start)]
    match = _PARK_BEFORE.search(scene.tokens.text, max(block.start, start - 40), start)
    if match is None:
        return None
    low, high = match.span("park")
    zone = next((a.key for a in scene.topics.every_between(low, high) if a.kind == "zone" and a.end == high), None)
    return zone or _BEFORE_PARK.sub("", match.group("park")), 0.8


_BEFORE_PARK = re.compile(r"^.*(?:位于|[省市县])(?=.{3})")  # 德州禹城市|房寺镇产业园
_PARK_BEFORE = re.compile(
    r"(?:位于|坐落在|坐落于|地处|落户于?|入驻|走进|来到|在)(?:[\u4e00-\u9fff]{2,8}的)?"
    r"(?P<park>[\u4e00-\u9fff—]{2,12}?(?:产业园区?|工业园区?|科技园|创业园|合作园|加工园|物流园|开发区|高新区))"
    r"(?:的|(?:内|里|中)?，)$"
)


def _came_to(scene: Scene, end: int) -> tuple[str, float] | None:
    """X去年落户湘阴县: the place a firm is said to have come to in its own clause."""
    clause = re.split(r"[，。；\n]", scene.tokens.text[end : end + 48])[0]
    for anchor in scene.topics.every_between(end, end + len(clause)):
        if _CAME.fullmatch(scene.tokens.text[end : anchor.start]):
            return anchor.key, 0.8
    return None


_CAME = re.compile(
    r"(?:、[^，。；、]{2,16})*(?:等[^，。；的]{0,14}|[^，。；的]{0,8})(?:落户|入驻|落地|扎根|位于|坐落于?|设在)(?:于|在|到)?"
)


def _held(scene: Scene, start: int) -> tuple[str, float] | None:
    found = scene.topics.at(start)
    if found is None:
        return None
    key, kind, near = found
    text = scene.tokens.text
    zone = scene.topics.home_zone
    if near == "home" and key == zone and scene.title_firm is None:
        return key, 0.6
    home = scene.home is not None and key == scene.home.name
    lead = text[max(0, start - 24) : start]
    if _NOT_THERE.search(lead):
        return None
    if near == "sentence" and _LOCATING.search(lead) and (kind == "zone" or not home or _BROUGHT.search(lead)):
        return key, 0.8
    county = scene.home is not None and scene.home.level == "county" and key == key_of(scene.home)
    if county and re.search(r"(?:本土|县内|区内|当地|本地|全[县区市][^。；]{0,24}龙头)企业$", lead):
        return key, 0.6
    opens = start == 0 or text[start - 1] == "\n" or _NEIGHBOUR.search(lead) is not None
    if near in _HELD_IN and kind == "zone" and (zone is not None or near == "block" or (near == "section" and opens)):
        return key, 0.6
    return None
