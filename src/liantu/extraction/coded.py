"""Coded phrases: slogans whose numbers are names (“156”战略, “五张牌”, 七大能级), their members and whether the count fits.

What is a coded phrase is told by form, not by a list: quoted digits before a noun of policy, quoted numerals each with
its short noun, and 七大… right behind an enumeration. The vocabulary's register adds what it knows of a phrase.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from liantu.extraction.evidence import evidence_at
from liantu.extraction.model import Evidence
from liantu.reading.model import BODY_KINDS, Block, Document
from liantu.vocabulary import coded_phrases, regions

from .coded_members import Member, listed_members, own_members
from .coded_words import alternation, words

CodedKind = Literal["digit_code", "numbered_groups", "numbered_set"]
"""`digit_code`: “156”, “5个3”, “1+3+N”; `numbered_groups`: “一主两翼”, “双融双创”; `numbered_set`: “五张牌”, 七大能级."""
CodedStatus = Literal["complete", "open", "not_published", "differs"]
"""`complete`: as many members as the name says; `open`: some of them, or some of an unknown count; `not_published`: none;
`differs`: the enumeration beside the phrase holds more than the name says."""

_NUMERALS = {
    "两": 2,
    "双": 2,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
_N = "[一二两三四五六七八九十双]"
_COUNTING = frozenset(_NUMERALS) | frozenset("0123456789百千万亿")
_QUOTED = re.compile(r"[“‘]([^“”‘’]{1,16})[”’]")
_DIGITS = re.compile(r"\d{2,5}|\d{1,2}个\d{1,2}|\d{1,2}(?:\+(?:\d{1,2}|[NnXx]))+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_GROUP = re.compile(rf"({_N})([^一二两三四五六七八九十双\d\W]{{1,4}})[、，]?")
_SET = re.compile(rf"({_N})(大|张|条|个|项|道|种|类)?([^一二两三四五六七八九十双\d\W]{{1,4}}|一批?|一百|百|千|万)")
_MEASURED = re.compile(rf"{_N}个\d+[千万亿]*[^\d\W]")
_LISTED = 12  # occurrences of one phrase at which its members are looked for
_EACH = re.compile(rf"({_N})个一([一-鿿]{{0,2}})")
_MEASURES = re.compile(rf"[一-鿿]{{1,5}}({_N})条")
_OPEN_SET = re.compile(
    r"(?<![\d.一二两三四五六七八九十第前“‘])([二两三四五六七八九十]|\d{1,2})大(?!概|约|型|道)([一-鿿]{2,8})"
)
_SET_END = re.compile(
    r"增加值|产值|营收|收入|投资|规模|同步|齐头|贡献|企稳|的|在|等|已|正|成|全|均|共|将|和|与|及|为|是|有|内|上|中|并"
)


@dataclass(frozen=True, slots=True)
class CodedPhraseMention:
    """A coded phrase of a document, with everything the document says of it.

    No figure may stand in `code_spans`: the whole name, but only its first numeral where what is counted is a measure
    itself (“三个100万亩”: three times 100万亩, which is a figure).

    `name` is the phrase without its quotation marks, `label` with them and the noun behind; `number` the numerals of the
    name as written; `expected` how many members it promises (None where the form does not tell and the register has
    nothing). `spans` are the raw offsets of every occurrence, `member_spans` those of `members`. `register` is the phrase
    of the vocabulary that it is, where its region is named in the document.
    """

    name: str
    label: str
    kind: CodedKind
    number: str
    expected: int | None
    members: tuple[str, ...]
    member_spans: tuple[tuple[int, int], ...]
    spans: tuple[tuple[int, int], ...]
    code_spans: tuple[tuple[int, int], ...]
    status: CodedStatus
    evidence: Evidence
    register: str | None = None


@dataclass(slots=True)
class _Draft:
    """A phrase while its occurrences are gathered: clean [start, end) of each, quotation marks left out."""

    kind: CodedKind
    number: str
    expected: int | None
    label: str
    noun: str
    places: list[tuple[int, int]] = field(default_factory=list)


def find_coded_phrases(document: Document) -> tuple[CodedPhraseMention, ...]:
    """The coded phrases of a document, in the order of their first occurrence."""
    text = document.text.clean
    drafts: dict[str, _Draft] = {}
    for block in document.blocks:
        if block.kind in BODY_KINDS:
            _find_quoted(text, block, drafts)
            if "大" in text[block.start : block.end]:
                _find_open(text, block, drafts)
    found = sorted(drafts.items(), key=lambda item: item[1].places[0])
    return tuple(_finish(document, name, draft) for name, draft in found)


def _find_quoted(text: str, block: Block, drafts: dict[str, _Draft]) -> None:
    for m in _QUOTED.finditer(text, block.start, block.end):
        behind = text[m.end() : min(block.end, m.end() + 8)]
        draft = drafts.get(m[1]) or read_name(m[1], behind)
        if draft is not None:
            drafts.setdefault(m[1], draft).places.append(m.span(1))


def _find_open(text: str, block: Block, drafts: dict[str, _Draft]) -> None:
    """七大能级 without quotation marks: a phrase where an enumeration stands right before it, or known already."""
    for m in _OPEN_SET.finditer(text, block.start, block.end):
        noun = _SET_END.split(m[2])[0]
        if len(noun) < 2:
            continue
        name = f"{m[1]}大{noun}"
        place = (m.start(), m.start(2) + len(noun))
        if name in drafts:
            drafts[name].places.append(place)
            continue
        count = int(m[1]) if m[1].isdigit() else _NUMERALS[m[1]]
        if len(listed_members(text, block, place, count, noun, "numbered_set", quoted=False)) >= 2:
            drafts[name] = _Draft("numbered_set", m[1], count, name, noun, [place])


def read_name(name: str, behind: str = "战略") -> _Draft | None:
    """What a quoted name says by its form; None where it is no coded phrase. `behind` are the words after the quotation."""
    noun = re.match(alternation("noun"), behind)
    label = f"“{name}”{noun[0] if noun else ''}"
    known = _register().get(name)
    bare = name.replace("、", "").replace("，", "")
    draft: _Draft | None = None
    if name in words("no_phrase"):
        return None
    if _DIGITS.fullmatch(name):
        plain = name.isdigit()
        if known is None and plain and (noun is None or _YEAR.fullmatch(name)):
            return None
        total = sum(map(int, re.findall(r"\d+", name))) if re.fullmatch(r"\d+(?:\+\d+)+", name) else None
        draft = _Draft("digit_code", name, total, label, "")
    elif m := _EACH.fullmatch(name):
        draft = _Draft("numbered_set", m[1], _NUMERALS[m[1]], label, "")
    elif (groups := _GROUP.findall(name)) and len(groups) >= 2 and "".join(n + w for n, w in groups) == bare:
        if groups[0][1][0] not in words("no_member"):
            total = sum(_NUMERALS[n] for n, _ in groups)
            draft = _Draft("numbered_groups", "".join(n for n, _ in groups), total, label, "")
    elif m := _SET.fullmatch(name):
        counted = m[2] is not None
        if m[1] != "一" and not (m[1] == "十" and not counted) and (counted or m[3][0] not in words("no_member")):
            draft = _Draft("numbered_set", m[1], _NUMERALS[m[1]], label, m[3])
    elif (m := _MEASURES.fullmatch(name)) and m[1] != "一":
        draft = _Draft("numbered_set", m[1], _NUMERALS[m[1]], label, "")
    if draft is None and known is not None:
        number = name[0] if _MEASURED.match(name) else "".join(c for c in name if c in _COUNTING)
        draft = _Draft("numbered_set", number, None, label, "")
    if draft is not None and known is not None and known[0] is not None:
        draft.expected = known[0]
    return draft


def counted_by(name: str, label: str, kind: str) -> str:
    """What a phrase counts: 牌 of “五张牌”, 能级 of 七大能级, 主、翼 of “一主两翼”, 战略 of “156”战略."""
    if kind == "numbered_groups":
        return "、".join(word for _, word in _GROUP.findall(name))
    if m := _SET.fullmatch(name):
        return m[3]
    return label.rpartition("”")[2]


@cache
def _register() -> dict[str, tuple[int | None, str, str]]:
    """(expected count, phrase, short name of its region or nothing) of every registered phrase, by each of its names."""
    shorts = {region.code: region.short for region in regions()}
    found: dict[str, tuple[int | None, str, str]] = {}
    for phrase in coded_phrases():
        entry = phrase.expected_count, phrase.phrase, shorts.get(phrase.region, "")
        for name in (phrase.phrase, *phrase.aliases):
            inner = _QUOTED.search(name)
            found.setdefault(inner[1] if inner else name, entry)
    return found


def _finish(document: Document, name: str, draft: _Draft) -> CodedPhraseMention:
    text = document.text.clean
    members: list[Member] = []
    told = draft.places[0]
    for place in draft.places[:_LISTED]:
        block = document.blocks[bisect_right(document.blocks, place[0], key=lambda b: b.start) - 1]
        if not draft.number:
            members = own_members(text, place)  # “车、醇、运、站、捕” names its members itself
            break
        quoted = draft.label.startswith("“")
        found = listed_members(text, block, place, draft.expected, draft.noun, draft.kind, quoted=quoted)
        if len(found) > len(members):
            members, told = found, place
        if draft.expected is not None and len(members) >= draft.expected:
            break
    known = _register().get(name)
    registered = known is not None and (not known[2] or known[2] in text)
    evidence_start = min([told[0], *(m.start for m in members)]) if members else told[0]
    evidence = evidence_at(document, evidence_start, told[1])
    raw = document.text.raw_span
    return CodedPhraseMention(
        name,
        draft.label,
        draft.kind,
        draft.number,
        draft.expected,
        tuple(m.name for m in members),
        tuple(raw(m.start, m.end) for m in members),
        tuple(raw(*place) for place in draft.places),
        tuple(raw(start, start + 1 if _MEASURED.match(name) else end) for start, end in draft.places),
        _status(len(members), draft.expected),
        evidence,
        known[1] if registered and known is not None else None,
    )


def _status(members: int, expected: int | None) -> CodedStatus:
    if not members:
        return "not_published"
    if expected is None or members < expected:
        return "open"
    return "complete" if members == expected else "differs"
