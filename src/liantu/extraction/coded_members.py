"""The members of a coded phrase, where the text names them: before it, behind it, or one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from liantu.reading.model import Block

from .coded_words import alternation

_BOUNDARY = re.compile(r"[，。；：！？（）\n]")
_REACH = 240
_LONGEST = 20
_JOINED = re.compile(r"以及|和|与|及")
_OPENING = re.compile(r"^[”’]?[^，。；：、（）]{0,8}?(?:：|——|，?(?:即|就是|分别是|分别为|包括)|（)")
_ORDINAL = re.compile(r"[一二三四五六七八九十]是(?:要)?([^，。；：、]{2,24})")
_BEYOND = 4000  # characters behind the phrase in which its members are looked for one by one


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the text names it, with its clean place."""

    name: str
    start: int
    end: int


def listed_members(
    text: str, block: Block, place: tuple[int, int], expected: int | None, noun: str, kind: str, *, quoted: bool
) -> list[Member]:
    """The members of the phrase at `place`: the fullest of the ways to list them that does not contradict the count.

    `noun` is what the name counts (牌 of 五张牌), by which members are known further on: “城市牌”, “汽车牌”.
    """
    start = place[0] - 1 if quoted else place[0]
    beside = _before(text, block.start, start, expected, quoted)
    if kind != "numbered_set" and len(beside) != expected:
        beside = []  # what stands before “14510” or “一群两区三圈” is seldom its list
    behind = _behind(text, block.end, place[1], expected)
    if len(behind) > len(beside):
        beside = behind
    if beside and (expected is None or len(beside) >= expected):
        return beside
    apart = _by_ordinals(text, block, place, expected)
    if expected is not None and noun and quoted:
        scattered = _by_noun(text, place[1], noun, expected)
        if len(scattered) > len(apart):
            apart = scattered
    return apart if len(apart) > len(beside) else beside


def own_members(text: str, place: tuple[int, int]) -> list[Member]:
    """The parts of a phrase that is an enumeration itself."""
    return _split(text[place[0] : place[1]], place[0], None) if "、" in text[place[0] : place[1]] else []


def _before(text: str, low: int, end: int, expected: int | None, quoted: bool) -> list[Member]:
    """A、B、C“三大…”, A等“五大…”."""
    low = max(low, end - _REACH)
    clause = text[low:end].rstrip(" ")
    boundary = max((m.end() for m in _BOUNDARY.finditer(clause)), default=0)
    words = clause[boundary:]
    open_ = words.endswith("等")
    words = words.removesuffix("等").rstrip("”’")
    if not words or ("、" not in words and not open_ and (quoted or not _JOINED.search(words))):
        return []
    if not quoted:
        words = words.removesuffix("为").removesuffix("是")
    first = re.match(rf".*(?:{alternation('lead')}|[“‘])", words.split("、")[0])
    skip = first.end() if first and first.end() < len(words.split("、")[0]) else 0
    members = _split(words[skip:], low + boundary + skip, expected)
    if len(members) < 2 and not (open_ and members and skip):
        return []
    if any(len(m.name) > _LONGEST for m in members):
        return []
    return members


def _split(words: str, at: int, expected: int | None) -> list[Member]:
    """The parts of an enumeration; joined ones are parted as far as the count asks for it."""
    members: list[Member] = []
    for part in re.finditer(r"[^、]+", words):
        members += [Member(part[0], at + part.start(), at + part.end())]
    last = members[-1] if members else None
    if last is not None and (expected is None or len(members) < expected):
        joined = _JOINED.search(last.name)
        if joined and joined.start() > 0 and joined.end() < len(last.name):
            left, right = last.name[: joined.start()], last.name[joined.end() :]
            members[-1:] = [
                Member(left, last.start, last.start + len(left)),
                Member(right, last.end - len(right), last.end),
            ]
    return [stripped for m in members if (stripped := _stripped(m)) is not None]


def _stripped(member: Member) -> Member | None:
    name = member.name.strip("“”‘’《》 ")
    if not name:
        return None
    start = member.start + member.name.index(name)
    return Member(name, start, start + len(name))


def _behind(text: str, high: int, at: int, expected: int | None) -> list[Member]:
    """“三道关”：A、B和C; “…”（A、B、C）; “…”，即A、B、C."""
    window = text[at : min(high, at + _REACH)]
    opening = _OPENING.match(window)
    if opening is None:
        return []
    rest = re.split(r"[。；）！？\n]", window[opening.end() :])[0]
    if "、" not in rest and not _JOINED.search(rest):
        return []
    words = re.split("，|等", rest)[0]
    members = _split(words, at + opening.end(), expected)
    return members if len(members) >= 2 and all(len(m.name) <= _LONGEST for m in members) else []


def _by_ordinals(text: str, block: Block, place: tuple[int, int], expected: int | None) -> list[Member]:
    """一是…二是… behind the phrase in its paragraph."""
    first = text.find("一是", place[1], block.end)
    if first < 0 or "“" in text[place[1] : first]:
        return []
    found = [Member(m[1], m.start(1), m.end(1)) for m in _ORDINAL.finditer(text, place[1], block.end)]
    return found if expected is None or len(found) <= expected else []


def _by_noun(text: str, at: int, noun: str, expected: int) -> list[Member]:
    """Members that carry the noun of the phrase: “城市牌”, 实施科技创新引领行动、绿色低碳转型行动."""
    end = re.escape(noun)
    high = min(len(text), at + _BEYOND)
    quoted = [
        re.compile(rf"[“‘]([一-鿿]{{1,6}}{end})[”’]"),
        re.compile(rf"[“‘]([一-鿿]{{2,8}})[”’]{end}"),
    ]
    plain = re.compile(
        rf"(?:{alternation('act')}|(?<={end})[、，和及与]|(?<={end})以及)([^，。；、：“”‘’\s]{{2,20}}?{end})(?!{end})"
    )
    for pattern in quoted if len(noun) == 1 else (*quoted, plain):
        members: dict[str, Member] = {}
        for m in pattern.finditer(text, at, high):
            bare = m[1].removesuffix(noun)
            if bare and not re.match(r"[一二两三四五六七八九十\d]+(?:大|张|条|项|个)", m[1]):
                members.setdefault(m[1], Member(m[1], m.start(1), m.end(1)))
        if 2 <= len(members) <= expected:
            return list(members.values())
    return []
