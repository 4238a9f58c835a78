"""Bureaux, universities, banks, media, ports and airports: named, but no enterprises."""

from __future__ import annotations

import re

from .lexicon import Lexicon
from .places import Place
from .spans import is_mark
from .tokens import Tokens

# 华北电力大学: the segmenter may know the whole name.
_WHOLE = ("大学", "学院", "研究院", "研究所", "科学院")


def find_organisations(tokens: Tokens, lex: Lexicon, places: list[Place]) -> list[Place]:
    """Names that close with 局, 委员会, 大学, 研究院, 银行 …, from the place or the first noun they begin with."""
    words, tails = tokens.words, lex.words["organisation_tail"]
    ends = {p.last: p for p in places}
    found: list[Place] = []
    for i in tokens.spots["organisation"]:
        word = words[i]
        if word.endswith(_HUBS):
            hub = _hub(tokens, lex, i, ends)
            if hub is not None:
                found.append(hub)
            continue
        bureau = len(word) >= 3 and word[-1] in "局厅委" and tokens.tags[i] in ("n", "nt", "nr", "j")
        if word not in tails and not bureau and not (len(word) >= 4 and word.endswith(_WHOLE)):
            continue
        if i + 1 < len(words) and words[i + 1] in tails:
            continue
        first = i
        j = i - 1
        while j >= 0 and i - j <= 6:
            if j in ends:
                first = ends[j].first
                break
            if (
                is_mark(words[j])
                or tokens.tags[j] not in ("n", "nt", "ns", "nz", "nr", "j", "vn", "b", "k", "an")
                or words[j] in lex.words["firm_tail"]
                or words[j] in lex.words["stop_noun"]
            ):
                break
            first = j
            j -= 1
        name = tokens.text[tokens.starts[first] : tokens.ends[i]]
        if len(name) >= 3 and (first < i or len(word) >= 3):
            found.append(Place("organisation", name, first, i))
    return found


# 太仓港, 白云国际机场, 霍尔果斯口岸: what statistics of trade and transport are told of.
_HUBS = ("港", "机场", "口岸")
_OF_HUB = re.compile(
    r"[口区务股商资元币企人澳铁湾城池投产高新航岸]|(?:国际)?(?:集团|物流|控股|公司|经济|综合保税|枢纽|扩建|改扩建|迁建|建|项目|工程)"
    r"|[^，。；、：的\n]{0,14}(?:有限|股份|集团)公司"
)
_SHIPS = re.compile(r"吞吐|标箱|集装箱|泊位|航线|航道|码头|货轮|货运|旅客|岸线|船")
_NEAR = 60  # characters


def _hub(tokens: Tokens, lex: Lexicon, i: int, ends: dict[int, Place]) -> Place | None:
    """The port, airport or border crossing that closes at word `i`, if a place or a proper word names it."""
    words, word = tokens.words, tokens.words[i]
    if word.endswith("港") and not _SHIPS.search(tokens.text, tokens.ends[i], tokens.ends[i] + _NEAR):
        return None  # 樟树港辣椒
    if word in lex.regions or word in lex.guarded or _OF_HUB.match(tokens.text, tokens.ends[i]):
        return None  # 连云港, 香港 are regions; 太仓港区, 南京港集团 other things
    bare = next(word.removesuffix(hub) for hub in _HUBS if word.endswith(hub)).removesuffix("国际")
    named = first = i
    if len(bare) < 2:
        at = i - 1 - (i > 0 and words[i - 1] == "国际")
        if at > 0 and at not in ends and tokens.tags[at] in ("ns", "nr", "nz") and 1 < len(words[at]) < 5:
            at -= at - 1 in ends  # 合肥|新桥|机场
        if at < 0 or not (at in ends or words[at] in lex.guarded):
            return None
        named, first = at, ends[at].first if at in ends else at
        if word == "港" and first == at and _both_cities(ends, at):
            named = first = ends[at - 1].first  # 宁波舟山港
    elif bare not in lex.regions and bare not in lex.guarded and tokens.tags[i] != "ns":
        return None
    name = tokens.text[tokens.starts[named] : tokens.ends[i]]
    return Place("organisation", name, first, i) if len(name) >= 3 else None


def _both_cities(ends: dict[int, Place], at: int) -> bool:
    """Whether the place that ends at word `at` and the one right before it are both cities."""
    pair = [ends[k].region for k in (at - 1, at) if k in ends]
    return len(pair) == 2 and all(region is not None and region.level == "city" for region in pair)
