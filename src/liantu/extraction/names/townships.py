"""Townships and villages: places too small for the gazetteer, known by how they are written."""

from __future__ import annotations

import re

from .places import Place
from .tokens import Tokens

# A township, where a clause, a place or a particle parts it from what stands before.
_BEHIND = (
    r"(?:^|(?<=[\s，。；：、“（在于至和与的市县区由到]))"
    r"(?![这那该全各本某每几多在从到赴往距我现]|[一两二三四五六七八九十]+(?:[个座大县市区乡镇街处余多]|[\u4e00-\u9fff]?(?:乡镇|村)))"
)
_TOWNSHIP = re.compile(rf"{_BEHIND}[\u4e00-\u9fff]{{2,3}}(?:镇|街道|乡(?=[\u4e00-\u9fff，]))", re.M)
_NO_TOWNSHIP = re.compile(
    r"^(?:其中|其他|达标|部分|所有)|(?:专业|小|城|乡|集|重|古|强|名|特色|市|建制|中心|[我该本全各这那每一两三四五六七八九十个几])镇$|(?:城|家|故|他|水|梦|之|老|返|下|回|美丽|和美)乡$"
)
_VILLAGE = re.compile(rf"{_BEHIND}[\u4e00-\u9fff]{{2,4}}(?<![农乡])村(?![级镇庄])", re.M)
_NO_VILLAGE = re.compile(
    r"(?:行政|自然|示范|中心|重点|贫困|脱贫|美丽|和美|试点|专业|明星|先进|富裕|特色|个|条|名|强|古|全|小|山|渔|周边|邻|空壳|薄弱)村$"
)
_OF_VILLAGE = re.compile(r"(?:全|该|本|我)村(?!镇)|村(?:党支部|支书|集体|两委|民)")
# Between a province and a township may stand a county that is no more (江苏省海门市三星镇).
_UNKNOWN = re.compile(r"(?:[\u4e00-\u9fff]{1,4}[市县区])?")


def with_townships(tokens: Tokens, places: list[Place]) -> list[Place]:
    """`places` with townships, and with the villages that a text names twice and speaks of as villages.

    One written with its county (冠县柳林镇) is one place.
    """
    held = {k for p in places for k in range(p.first, p.last + 1)}
    found = _matches(tokens, _TOWNSHIP, _NO_TOWNSHIP, held) if tokens.townships else []
    if _OF_VILLAGE.search(tokens.text):
        held.update(k for p in found for k in range(p.first, p.last + 1))
        villages = _matches(tokens, _VILLAGE, _NO_VILLAGE, held)
        found += [p for p in villages if tokens.text.count(p.key) > 1]
    joined: list[Place] = []
    for place in sorted([*places, *found], key=lambda p: p.first):
        outer = joined[-1] if joined else None
        small = outer is not None and place.region is None and outer.region is not None
        if (
            outer is not None
            and small
            and _UNKNOWN.fullmatch(tokens.text, tokens.ends[outer.last], tokens.starts[place.first])
        ):
            whole = tokens.text[tokens.starts[outer.first] : tokens.ends[place.last]]
            joined[-1] = Place("region", place.key, outer.first, place.last, None, (whole,), outer.region)
        else:
            joined.append(place)
    return joined


def _matches(tokens: Tokens, pattern: re.Pattern[str], no: re.Pattern[str], held: set[int]) -> list[Place]:
    found = []
    for match in pattern.finditer(tokens.text):
        words = exactly(tokens, match.start(), match.end())
        if words is not None and not no.search(match.group()) and held.isdisjoint(range(words[0], words[1] + 1)):
            found.append(Place("region", match.group(), *words))
    return found


def exactly(tokens: Tokens, start: int, end: int) -> tuple[int, int] | None:
    """First and last word of the clean [start, end); None where it cuts a word."""
    first, last = tokens.at(start), tokens.at(end - 1)
    return (first, last) if tokens.starts[first] == start and tokens.ends[last] == end else None
