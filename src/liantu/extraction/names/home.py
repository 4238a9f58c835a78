"""Which region a document is about."""

from __future__ import annotations

import re
from collections import Counter

from liantu.reading.model import Document
from liantu.vocabulary.regions import Region, regions

from .lexicon import Lexicon
from .places import Place
from .tokens import Tokens

_SELF = 3  # times a text has to speak of itself as a county
TITLE_WEIGHT, ISSUER_WEIGHT, OPENING_WEIGHT = 12, 6, 2


def home_of(document: Document, tokens: Tokens, lex: Lexicon, places: list[Place]) -> Region | None:
    """The region that title, issuer and body speak of: the finest one that keeps most of what is said inside it."""
    weights: Counter[str] = Counter()
    title_end = max((b.end for b in document.blocks if b.kind == "title"), default=0)
    title_start = min((b.start for b in document.blocks if b.kind == "title"), default=0)
    body = 0
    titled = {
        p.region.code
        for p in places
        if p.region is not None and _in_title(tokens.text, title_start, tokens.starts[p.first], title_end)
    }
    # （安徽省）2018年长丰县人民政府工作报告: the wider of two names in a title only tells where the other lies.
    wider = {above.code for code in titled for above in regions().parents(code)}
    for place in places:
        if place.region is None:
            continue
        start = tokens.starts[place.first]
        in_title = _in_title(tokens.text, title_start, start, title_end) and place.region.code not in wider
        weights[place.region.code] += TITLE_WEIGHT if in_title else OPENING_WEIGHT if body < 5 else 1
        body += not in_title
    for code in _issuers(document, lex):
        weights[code] += ISSUER_WEIGHT
    if not weights:
        return None
    gazetteer = regions()
    total = sum(weights.values())
    inside: Counter[str] = Counter()
    for code, weight in weights.items():
        inside[code] += weight
        for above in gazetteer.parents(code):
            inside[above.code] += weight
    ranked = [c for c in inside if not gazetteer.by_code(c).is_group]
    # The finest region that holds more than half of everything said; a province only when no city does.
    best: Region | None = None
    for code in sorted(ranked, key=lambda c: inside[c], reverse=True):
        region = gazetteer.by_code(code)
        if inside[code] * (3 if titled == {code} else 2) < total:
            break
        alone = titled == {code}  # 太谷：老玛钢装上新动力: the title's only place may weigh less
        if region.level == "county" and weights[code] * (3 if alone else 2) < total:
            continue
        if best is None or gazetteer.is_within(code, best.code):
            best = region
    if best is None and ranked:
        best = gazetteer.by_code(max(ranked, key=lambda c: inside[c]))
    if best is not None and best.level in ("province", "city"):
        best = _own_county(document, best, weights) or best
    provincial = _speaks_of_province(document)
    if best is not None and best.level == "city" and best.code not in titled and provincial:
        best = gazetteer.province_of(best.code) or best  # a city's paper on the province
    if best is not None and best.level in ("province", "city") and of_nameless_county(document, places):
        return None  # 我县…: some county of it, which nobody names
    if best is not None and best.level == "province" and not provincial:
        best = _own_city(best, set(_issuers(document, lex)), weights, inside) or best
    return best


# 湘阴县在深圳招商引资106.8亿元: where a text's own region was abroad.
_VENUE = re.compile(r"(?:[一-鿿](?:在|赴)|走进)$")


def _in_title(text: str, start: int, at: int, end: int) -> bool:
    """Whether what stands at clean `at` is of the title [start, end), and not where the text's own region was abroad."""
    return start <= at < end and not _VENUE.search(text, start, at)


_COUNTY_SELF = re.compile(r"全县|我县|县委、县政府|县财政|县级财政")
_CITY_SELF = re.compile(r"全市(?!第|平均|首|前)|我市|市委、市政府|市级财政|市财政")


def _own_county(document: Document, wider: Region, weights: Counter[str]) -> Region | None:
    """The county named most, in a text that speaks of itself as a county (全县, 县委、县政府) and hardly as a city."""
    text = document.text.clean
    county, city = len(_COUNTY_SELF.findall(text)), len(_CITY_SELF.findall(text))
    if county < _SELF or county < 2 * city:
        return None
    named = [
        r for code in weights if (r := regions().by_code(code)).level == "county" and r.name.endswith(("县", "旗"))
    ]
    inside = [r for r in named if regions().is_within(r.code, wider.code)]
    return max(inside, key=lambda r: weights[r.code], default=None)


_PROVINCE_SELF = re.compile(r"(?:全省|我省)(?!第|平均|首|前|各|排|最|增速|水平|唯一|率先)")
_PROVINCE_SAID = 2  # times
_SMALLER_SELF = re.compile(r"[全我本][市县]|市委|市政府")


def _speaks_of_province(document: Document) -> bool:
    """Whether a text speaks of the whole province and never of a city or a county as its own."""
    text = document.text.clean
    return len(_PROVINCE_SELF.findall(text)) >= _PROVINCE_SAID and not _SMALLER_SELF.search(text)


def of_nameless_county(document: Document, places: list[Place]) -> bool:
    """Whether a text says 我县 (never 我市, 我省) of a county that it does not name: no region it names is the one it is about."""
    text = document.text.clean
    if not _OWN_COUNTY.search(text) or _OWN_WIDER.search(text):
        return False
    return not any(p.region is not None and p.region.level == "county" for p in places)


_OWN_COUNTY = re.compile(r"我县|本县")
_OWN_WIDER = re.compile(r"我[市省州]|本[市省]")


def _own_city(province: Region, issuers: set[str], weights: Counter[str], inside: Counter[str]) -> Region | None:
    """The city whose own paper or office speaks, when the title names it or most of the province's share is said of it."""
    gazetteer = regions()
    for code in issuers:
        city = gazetteer.by_code(code)
        if city.level != "city" or not gazetteer.is_within(code, province.code):
            continue
        if weights[code] >= TITLE_WEIGHT + ISSUER_WEIGHT or inside[code] * 2 > inside[province.code]:
            return city
    return None


# 安康新闻网, 蒙城融媒: before the word for a paper stands a place, however ordinary its name is as a word. 光明日报 is of no
# place; 光明政府网 is.
_PAPER = re.compile(
    r"(?P<place>[一-鿿]{2,3})(?:(?P<paper>日报|晚报|晨报|新闻网|广播电视台|电视台)|融媒|网信|政府网|发布)"
)


def _issuers(document: Document, lex: Lexicon) -> list[str]:
    codes = []
    for said in (document.publisher, document.host):
        paper = _PAPER.match(said or "")
        if paper is not None and paper["paper"] and paper["place"] in lex.words["paper_word"]:
            paper = None
        place = regions().by_name(paper["place"]) if paper is not None else None
        if place is not None and not place.is_group:
            codes.append(place.code)
            continue
        for word in lex.jieba.cut(said) if said else ():
            bearers = lex.regions.get(word, ())
            if len(bearers) == 1:
                codes.append(bearers[0].code)
    return codes
