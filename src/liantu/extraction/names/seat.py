"""The place below a county that a document is about: a township, a village, a zone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from liantu.reading.model import Document

from .places import Place
from .tokens import Tokens
from .townships import exactly

Sort = Literal["town", "village", "zone"]

# What a text says of its own place, by the sort of place.
SELF_WORDS: dict[Sort, frozenset[str]] = {
    "town": frozenset({"全镇", "该镇", "本镇", "我镇", "小镇", "全乡", "该乡", "本乡", "我乡"}),
    "village": frozenset({"全村", "该村", "本村", "我村"}),
    "zone": frozenset({"全园", "全区", "园区", "全园区", "该园区", "开发区", "该开发区", "高新区", "经开区", "新区"}),
}
_ENDINGS: tuple[tuple[Sort, tuple[str, ...]], ...] = (("town", ("镇", "乡", "街道")), ("village", ("村",)))
_SPOKEN = {sort: re.compile("|".join(sorted(words))) for sort, words in SELF_WORDS.items()}
_TOWN_OFFICE = re.compile(r"镇党委|镇政府|镇里|镇上|镇区|镇域|乡党委|乡政府")
# 我市, 全县: a text that speaks so of itself is about more than a zone.
_WIDER = re.compile(r"[全我本该][市县州省]")
# 在西柳镇召开: where something takes place.
_VENUE = re.compile(r"(?:在|于|赴|到|来|走进|深入)$")
_OFTEN = 3
_OPENING = 160  # characters of the body
_PROSE = 50  # characters of a paragraph that tells something


def sort_of(place: Place) -> Sort | None:
    """What sort of place below a county `place` is; None for regions of the gazetteer and specialty towns."""
    if place.kind == "zone":
        return "zone"
    if place.kind != "region" or place.region is not None:
        return None
    return next((sort for sort, endings in _ENDINGS if place.key.endswith(endings)), None)


def seat_of(document: Document, tokens: Tokens, places: Sequence[Place]) -> Place | None:
    """The township, village or zone that the title names, or that a text names often and speaks of as its own."""
    small = [(place, sort) for place in places if (sort := sort_of(place)) is not None]
    if not small:
        return None
    titled = _titled(document, tokens, [place for place, _ in small])
    if titled is not None:
        return titled
    said = Counter(place.key for place, _ in small)
    key, often = said.most_common(1)[0]
    place, sort = next((p, s) for p, s in small if p.key == key)
    towns = Counter(place.key for place in places if place.kind == "town")  # 专业镇
    rest = max((n for other, n in (said + towns).items() if other != key), default=0)
    return place if often >= 2 * rest and _is_own(document, tokens, place, sort, often) else None


def _titled(document: Document, tokens: Tokens, small: list[Place]) -> Place | None:
    """The one place that the title and its subtitles name, not as a venue."""
    named: dict[str, Place] = {}
    for title in (b for b in document.blocks if b.kind == "title"):
        for place in small:
            start = tokens.starts[place.first]
            if title.start <= start < title.end and not _VENUE.search(tokens.text[title.start : start]):
                named.setdefault(place.key, place)
    return next(iter(named.values())) if len(named) == 1 else None


def _is_own(document: Document, tokens: Tokens, place: Place, sort: Sort, often: int) -> bool:
    """Whether the text opens with `place` and speaks of it as its own."""
    text = tokens.text
    opening = next((b for b in document.blocks if b.kind in ("paragraph", "list_item")), None)
    body, opened = (opening.start, opening.end) if opening is not None else (0, 0)
    if tokens.starts[place.first] > body + _OPENING:
        return False
    if sort == "zone" and opened - body >= _PROSE and tokens.starts[place.first] > opened:
        return False  # first told of a meeting, then of a zone that presented itself there
    spoken = len(_SPOKEN[sort].findall(text))
    if sort == "town":
        return spoken + len(_TOWN_OFFICE.findall(text)) >= 1 and (spoken > 1 or often >= 2)
    if sort == "zone" and _WIDER.search(text):
        return False
    return spoken >= 2 or (spoken == 1 and often >= _OFTEN)


def further_places(tokens: Tokens, seat: Place, places: Sequence[Place]) -> list[Place]:
    """Where the text names its own township or village without 镇 or 村 (西柳出口额) or runs it into other words."""
    if sort_of(seat) not in ("town", "village"):
        return []
    held = {k for p in places for k in range(p.first, p.last + 1)}
    bare = re.sub(r"(?:镇|乡|街道|村)$", "", seat.key)
    if len(bare) < 2:
        return []
    found = []
    for match in re.finditer(f"{re.escape(seat.key)}|{re.escape(bare)}(?![镇乡村街市县区])", tokens.text):
        words = exactly(tokens, match.start(), match.end())
        if words is not None and held.isdisjoint(range(words[0], words[1] + 1)):
            found.append(Place("region", seat.key, *words))
    return found
