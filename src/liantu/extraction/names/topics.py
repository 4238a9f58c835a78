"""Which region or zone a place in the text is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Literal

from liantu.extraction.model import MentionKind
from liantu.reading.model import Document
from liantu.vocabulary.regions import Region, regions

from .deixis import PROVINCE_WORDS, Stand
from .firms import FirmBook
from .places import Place, key_of
from .tokens import Tokens
from .works import Work

Nearness = Literal["sentence", "block", "section", "home"]

# 与X对接, 向X延伸, 居X第一: the place is spoken to or measured against, not about.
_PARTNER_BEFORE = re.compile(r"(?:与|同|和|向|到|至|从|较|比|距|往|离|赴|于全|及|面向|辐射|覆盖|服务|占)$")
_PARTNER_AFTER = re.compile(r"^(?:等地|方向|籍|第[一二三四五六七八九十\d]|首位|前列|平均|的\d|总量|最)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place the text speaks of at clean `start`."""

    start: int
    end: int
    kind: MentionKind
    key: str
    block: int
    sentence: int


class Topics:
    """Answers whom a position in the text is about: the nearest place before it, else the section's, else the document's."""

    def __init__(
        self,
        document: Document,
        tokens: Tokens,
        home: Region | None,
        places: list[Place],
        organisations: list[Place],
        book: FirmBook,
        works: list[Work],
        stands: list[Stand],
    ) -> None:
        self.document, self.tokens, self.home = document, tokens, home
        self._sentence_starts = [s.start for s in document.sentences]
        self._block_starts = [b.start for b in document.blocks]
        held: set[int] = set()
        for span in book.spans:
            held.update(range(span.first, span.last + 1))
        for organisation in organisations:
            held.update(range(organisation.first, organisation.last + 1))
        for work in works:
            held.update(range(work.first, work.last + 1))
        inside_zone: set[int] = set()
        for place in places:
            if place.kind == "zone":
                inside_zone.update(range(place.first, place.last + 1))
        anchors: list[Anchor] = []
        for place in places:
            if place.first in held or place.kind == "town" or (place.kind == "region" and place.first in inside_zone):
                continue
            self._offer(anchors, place.kind, place.key, tokens.starts[place.first], tokens.ends[place.last])
        for stand in stands:
            if stand.kind in ("region", "zone") and tokens.words[stand.at] not in PROVINCE_WORDS:
                self._offer(anchors, stand.kind, stand.key, tokens.starts[stand.at], tokens.ends[stand.at])
        anchors.sort(key=lambda a: a.start)
        self.anchors = anchors
        self._anchor_starts = [a.start for a in anchors]
        self._headings = self._section_places()

    def _offer(self, anchors: list[Anchor], kind: MentionKind, key: str, start: int, end: int) -> None:
        text = self.tokens.text
        if _PARTNER_BEFORE.search(text[max(0, start - 2) : start]) or _PARTNER_AFTER.match(text[end : end + 4]):
            return
        anchors.append(Anchor(start, end, kind, key, self.block_at(start), self.sentence_at(start)))

    def block_at(self, offset: int) -> int:
        return max(0, bisect_right(self._block_starts, offset) - 1)

    def sentence_at(self, offset: int) -> int:
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def _section_places(self) -> list[tuple[int, Anchor | None]]:
        """(block, place) for each heading; a heading without a place ends the section of the one before."""
        sections: list[tuple[int, Anchor | None]] = []
        for number, block in enumerate(self.document.blocks):
            if block.kind == "heading":
                low = bisect_left(self._anchor_starts, block.start)
                inside = [a for a in self.anchors[low : low + 3] if a.start < block.end]
                sections.append((number, inside[0] if inside else None))
        return sections

    def at(self, offset: int) -> tuple[str, MentionKind, Nearness] | None:
        """(name, kind, how near) of the place that clean `offset` is about."""
        sentence, block = self.sentence_at(offset), self.block_at(offset)
        k = bisect_right(self._anchor_starts, offset) - 1
        while k >= 0 and self.anchors[k].block == block:
            anchor = self.anchors[k]
            if not self._is_wider(anchor):
                return anchor.key, anchor.kind, "sentence" if anchor.sentence == sentence else "block"
            k -= 1
        section = None
        for number, anchor_of in self._headings:
            if number > block:
                break
            section = anchor_of
        if section is not None:
            return section.key, section.kind, "section"
        begun = max((n for n, _ in self._headings if n <= block), default=-1)
        while k >= 0 and self.anchors[k].block > begun:
            anchor = self.anchors[k]
            if not self._is_wider(anchor) and block - anchor.block <= 3:
                return anchor.key, anchor.kind, "section"
            k -= 1
        if self.home is not None:
            return key_of(self.home), "region", "home"
        return None

    def between(self, start: int, end: int) -> list[Anchor]:
        """Places named in clean [start, end)."""
        return self.anchors[bisect_left(self._anchor_starts, start) : bisect_left(self._anchor_starts, end)]

    def _is_wider(self, anchor: Anchor) -> bool:
        """Whether the place holds the document's own region (山西省 in a text about 晋中市)."""
        if self.home is None or anchor.kind != "region":
            return False
        region = regions().by_name(anchor.key)
        return region is not None and region.code != self.home.code and regions().is_within(self.home.code, region.code)
