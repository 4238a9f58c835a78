"""Which region or zone a place in the text is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Literal

from liantu.extraction.model import MentionKind
from liantu.extraction.rows import JOINS, row_ends
from liantu.reading.model import Block, Document
from liantu.vocabulary.regions import Region, regions

from .deixis import PROVINCE_WORDS, Stand
from .firm_book import FirmBook
from .places import Place, key_of
from .tokens import Tokens
from .work_base import Work

Nearness = Literal["sentence", "block", "section", "home"]

# 与X对接, 向X延伸, 居X第一: the place is spoken to or measured against, not about.
_PARTNER_BEFORE = re.compile(
    r"(?:与|同|和|向|到|至|从|较|比|距|往|离|赴|于全|及|面向|辐射|覆盖|服务|占|依托|毗邻|借助|来自|源自)$"
)
# 各县（市、区）人民政府，X管委会：those a document is sent to are not whom it is about.
_ADDRESSED = re.compile(r"^\s*各[^。；\n]*：\s*$")
# 自贡、泸州、德阳等13个市: a list of many is not about its first.
_OTHERS = re.compile(r"[\u4e00-\u9fff]{2,6}")  # another place of a row
_MOST_OTHERS = 40
_ALL_TOLD = re.compile(r"等\d*个?(?:市|县|地|省|区)")
# Clusters of cities and national strategies are a text's background, never the holder of an industry.
_BACKGROUND = frozenset({"city_cluster", "urban_group", "belt", "national_strategy", "bloc"})
_TALLY = 4  # places of one sentence that make a row
_PARTED = re.compile(r"[，；。]")
_PARTNER_AFTER = re.compile(r"^(?:等地|方向|籍|第[一二三四五六七八九十\d]|首位|前列|平均|的\d|总量|最)")


_OPENS_SENTENCE = re.compile(
    r"^[\s“—（(■◎·\d一二三四五六七八九十）)、.]*(?:【[^】]{1,12}】|【)?(?:而|同时，|其中，|此外，)?"
    r"(?:[^，。；]{0,14}(?:年|月|日|季度|以来|目前|末|底|期间|时期|上|中|半年)，?|在[^，。；]{0,30}[中下上]，|近年来，|作为[^，]{0,24}[，的]|[^，]{0,10}看，|在|走进|作为"
    r"|据|当前，|如今，|位于|来到|为|经|推动|支持|[^，。；]{1,8}：|[^，。；]{0,4}(?:建设|打造|发展|支持|推动|推进))?$"
)
_OPENS_CLAUSE = re.compile(r"(?:^|[，；：。])(?:在|以|而|由|位于|使|让|走进|至此，)?$")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place the text speaks of at clean `start`."""

    start: int
    end: int
    kind: MentionKind
    key: str
    block: int
    sentence: int
    opens: Literal[
        "sentence", "clause", ""
    ]  # whether it stands first in its sentence or clause, and so rules what follows


def _is_first_of_many(text: str, at: int) -> bool:
    """Whether two places or more and a word for all of them follow (、南漳和谷城等3个县)."""
    return any(_ALL_TOLD.match(text, end) for end in row_ends(text, at, len(text), _OTHERS, 2, _MOST_OTHERS))


def _without_partners(anchors: list[Anchor], text: str) -> list[Anchor]:
    """Anchors without those spoken to (与十堰市、随州市共建); of a row of places (南漳、保康两县) the first stands for all."""
    kept: list[Anchor] = []
    spoken_to = -1  # end of the last place left out
    row = -1  # end of the last place of a row
    for anchor in anchors:
        joined = text[anchor.start - 1 : anchor.start] in JOINS
        if joined and anchor.start - 1 == spoken_to:
            spoken_to = anchor.end
            continue
        if joined and anchor.start - 1 == row:
            row = anchor.end
            continue
        if _PARTNER_BEFORE.search(text[max(0, anchor.start - 2) : anchor.start]) or _is_first_of_many(text, anchor.end):
            spoken_to = anchor.end
            continue
        row = anchor.end
        kept.append(anchor)
    return kept


class Topics:
    """Answers whom a position in the text is about: the nearest place before it, else the section's, else the document's."""

    def __init__(
        self,
        document: Document,
        tokens: Tokens,
        home: Region | None,
        seat: Place | None,
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
            if organisation.key.endswith(("管委会", "管理委员会")):
                continue  # what a zone's own administration does, the zone does
            held.update(range(organisation.first, organisation.last + 1))
        for work in works:
            held.update(range(work.first, work.last + 1))
        inside_zone: set[int] = set()
        for place in places:
            if place.kind == "zone":
                inside_zone.update(range(place.first, place.last + 1))
        anchors: list[Anchor] = []
        for place in places:
            if place.region is not None and place.region.kind in _BACKGROUND:
                continue
            named_after = place.kind == "zone" and place.last not in held  # 福星工业园 begins with a firm's name
            if (
                (place.first in held and not named_after)
                or place.kind == "town"
                or (place.kind == "region" and place.first in inside_zone)
            ):
                continue
            self._offer(anchors, place.kind, place.key, tokens.starts[place.first], tokens.ends[place.last])
        for stand in stands:
            wide = tokens.words[stand.at] in PROVINCE_WORDS
            if stand.kind in ("region", "zone") and (
                not wide or tokens.text[tokens.starts[stand.at] - 2 : tokens.starts[stand.at]] in ("放眼", "纵观")
            ):
                self._offer(anchors, stand.kind, stand.key, tokens.starts[stand.at], tokens.ends[stand.at])
        anchors.sort(key=lambda a: a.start)
        self.every = anchors
        anchors = _without_partners(anchors, tokens.text)
        self.anchors = anchors
        self._anchor_starts = [a.start for a in anchors]
        self._heading_blocks = [n for n, b in enumerate(document.blocks) if b.kind == "heading"]
        self._headings = self._section_places()
        self.seat = seat
        # A document whose title names a zone is about the zone, and the firms that it names sit there.
        titles = [b for b in document.blocks if b.kind == "title"]
        self.home_zone = next(
            (a.key for a in anchors if a.kind == "zone" and any(b.start <= a.start < b.end for b in titles)), None
        )

    def _offer(self, anchors: list[Anchor], kind: MentionKind, key: str, start: int, end: int) -> None:
        text = self.tokens.text
        block = self.document.blocks[self.block_at(start)]
        if _PARTNER_AFTER.match(text[end : end + 4]) or _ADDRESSED.match(text[block.start : block.end]):
            return
        sentence = self.sentence_at(start)
        low = self.document.sentences[sentence].start if self.document.sentences else 0
        lead = text[low:start]
        opens: Literal["sentence", "clause", ""] = ""
        if _OPENS_SENTENCE.match(lead):
            # 光机电：晋城经开区… a label's place rules its own line only.
            opens = "clause" if lead.endswith("：") else "sentence"
        elif _OPENS_CLAUSE.search(lead[-4:]):
            opens = "clause"
        anchors.append(Anchor(start, end, kind, key, self.block_at(start), sentence, opens))

    def block_at(self, offset: int) -> int:
        return max(0, bisect_right(self._block_starts, offset) - 1)

    def sentence_at(self, offset: int) -> int:
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def heading_of(self, block: int) -> Block | None:
        """The heading of the section that block `block` lies in, or is."""
        k = bisect_right(self._heading_blocks, block) - 1
        return self.document.blocks[self._heading_blocks[k]] if k >= 0 else None

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
        text = self.tokens.text
        k = bisect_right(self._anchor_starts, offset) - 1
        while k >= 0 and self.anchors[k].block == block:
            anchor = self.anchors[k]
            k -= 1
            if self._is_wider(anchor):
                continue
            if anchor.sentence != sentence:
                if anchor.opens == "sentence":
                    return anchor.key, anchor.kind, "block"
                continue
            between = text[anchor.end : offset]
            if (
                anchor.opens == "sentence"
                or not _PARTED.search(between)
                or (anchor.opens == "clause" and "；" not in between)
            ):
                return anchor.key, anchor.kind, "sentence"
        if self.document.sentences:
            whole = self.document.sentences[sentence]
            if text[whole.start : whole.start + 8].lstrip("　 “").startswith(("随着", "通过", "依托", "得益于")):
                later = [a for a in self.between(offset, whole.end) if a.opens]
                if later:
                    return later[0].key, later[0].kind, "sentence"
        h = bisect_right(self._heading_blocks, block) - 1
        section = self._headings[h][1] if h >= 0 else None
        if section is not None:
            return section.key, section.kind, "section"
        begun = self._heading_blocks[h] if h >= 0 else -1
        while k >= 0 and self.anchors[k].block > begun:
            anchor = self.anchors[k]
            k -= 1
            if block - anchor.block > 6:
                break
            first = self.document.blocks[anchor.block].start
            if (
                anchor.opens
                and text[anchor.start - 1 : anchor.start] != "："
                and self.sentence_at(first) == anchor.sentence
                and not self._is_wider(anchor)
                and not self._is_elsewhere(anchor)
                and not self._is_tallied(anchor)
            ):
                return anchor.key, anchor.kind, "section"
        if self.seat is not None:
            return self.seat.key, self.seat.kind, "home"
        if self.home is not None:
            return key_of(self.home), "region", "home"
        return None

    def _is_tallied(self, anchor: Anchor) -> bool:
        """Whether the place is one of a row that a sentence goes through (福州115个，厦门17个，漳州83个…)."""
        same = [a for a in self.anchors if a.sentence == anchor.sentence and a.kind == anchor.kind]
        return len({a.key for a in same}) >= _TALLY

    def _is_elsewhere(self, anchor: Anchor) -> bool:
        """Whether the place is a region outside the province of the document's own: a venue or a customer's home."""
        region = regions().by_name(anchor.key) if anchor.kind == "region" and self.home is not None else None
        if region is None or self.home is None:
            return False
        province = regions().province_of(self.home.code)
        return province is not None and not regions().is_within(region.code, province.code)

    def every_between(self, start: int, end: int) -> list[Anchor]:
        """Places named in clean [start, end), those spoken to included."""
        return [a for a in self.every[bisect_left(self.every, start, key=lambda a: a.start) :][:6] if a.start < end]

    def named_before(self, offset: int) -> Anchor | None:
        """The place last named before clean `offset` in the same block: what 当地 means."""
        k = bisect_left(self.every, offset, key=lambda a: a.start) - 1
        return self.every[k] if k >= 0 and self.every[k].block == self.block_at(offset) else None

    def between(self, start: int, end: int) -> list[Anchor]:
        """Places named in clean [start, end)."""
        return self.anchors[bisect_left(self._anchor_starts, start) : bisect_left(self._anchor_starts, end)]

    def _is_wider(self, anchor: Anchor) -> bool:
        """Whether the place holds the document's own region (山西省 in a text about 晋中市)."""
        if self.home is None or anchor.kind != "region":
            return False
        if self.tokens.text[anchor.start - 2 : anchor.start] in ("放眼", "纵观"):
            return False
        region = regions().by_name(anchor.key)
        return region is not None and region.code != self.home.code and regions().is_within(self.home.code, region.code)
