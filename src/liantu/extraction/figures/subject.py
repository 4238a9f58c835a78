"""Decides whom a number is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from liantu.extraction.figures.frame import Draft
from liantu.extraction.model import Mention

TOPICAL = frozenset({"region", "zone", "town", "enterprise", "project", "policy"})
_WORKS = re.compile(
    r"投资|产能|年产|占地|建筑面积|装机|形象进度|投产|设计|单体|厂房|生产线|工期|总长|全长|线路|年处理|年加工|规模|岗位|床位|可|年产值|纳税|建成后|达产后|库容|供热|机组|出资"
)
_OBJECT_BEFORE = re.compile(
    r"(?:在|与|和|同|向|对|从|往|赴|至|到|发往|来自|落户|位于|落地|入驻|进入|送至|输至|引进|引入|对接|包括|含|如|其中有|依托|围绕|聚焦|面向|供应|供给|占|居|列|位居|位列|排名|高于|低于|快于|高出|跑赢|超过|领先|优于|比|较|于|距|抵达|覆盖|辐射|牵手|携手|联合|支持|推动|等|等地|占到|贡献了|全资|控股|由|被|获|获得|入选|为|是|使|让|以)$"
)
_SCOPE_AFTER = re.compile(
    r"^(?:第|首|前列|前茅|的?(?:\d|[一二三四五六七八九半]成|[一二三四五六七八九十]+分之|约|近|比重|总量|总数)|同类|各|平均|排名|唯一|最)"
)
_LEAD_ONLY = re.compile(
    r"^(?:走进|来到|步入|其中|同时|此外|目前|截至目前|今年|去年|近年来|据了解|据介绍|数据显示|另外|而|但|并|如今|现在|当前|随着|在|以来|，|、|：|“|（|\s|\d{4}年|\d{1,2}月|\d{1,2}日|底|末|前三季度|上半年|一季度|年|全年|期间|“十四五”|一是|二是|三是|四是|（[一二三四五六七八九十]+）|[一二三四五六七八九十]、|去年|上年|当年|同期|至|到|截至|该|的|作为|位于|落户|坐落在|省级|市级|国家级|当地)*$"
)
_DEICTIC_WORK = re.compile(
    r"^(?:该项目|项目|其中|其|该工程|工程|总投资|计划投资|建成后|达产后|投产后|一期|二期|三期|目前，该项目|目前，项目|预计)"
)
SCOPE_WORDS = frozenset("全国 全省 全市 全县 全区 国内 全球 世界 省内 市内 全州".split())


@dataclass(slots=True)
class Topic:
    """What the discourse is about at a point."""

    name: str
    kind: str


class Subjects:
    """Resolves subjects sentence by sentence, carrying the topic of the paragraph on."""

    def __init__(self, text: str, mentions: tuple[Mention, ...], default: str, policy: str | None) -> None:
        self.text = text
        self.mentions = [m for m in mentions if m.kind in TOPICAL]
        self.starts = [m.start for m in self.mentions]
        self.default = default
        self.policy = policy
        self.section: Topic | None = None
        self.paragraph: Topic | None = None
        self.work: Topic | None = None
        self._sentence: list[Mention] = []

    def enter_section(self, start: int, end: int) -> None:
        """A heading: its region, zone, town, firm or project is the topic of what follows."""
        found = self._between(start, end)
        self.section = None
        for m in found:
            if m.kind in ("region", "zone", "town", "enterprise", "project"):
                self.section = Topic(m.key, m.kind)
                break
        self.paragraph = self.work = None

    def enter_paragraph(self) -> None:
        """A new block: the paragraph's own topic is open again."""
        self.paragraph = self.work = None

    def enter_sentence(self, start: int, end: int) -> None:
        """Makes the mentions of the sentence known."""
        self._sentence = self._between(start, end)

    def leave_sentence(self, start: int) -> None:
        """Keeps the topic a sentence has set for those that follow it in the paragraph."""
        opened: Topic | None = None
        for m in self._sentence:
            if m.kind == "project":
                self.work = Topic(m.key, m.kind)
            if opened is None and self._is_opening(m, start) and not self._is_scope(m):
                opened = Topic(m.key, m.kind)
        if opened is not None:
            self.paragraph = opened

    def named_in(self, start: int, end: int) -> Topic | None:
        """The first region, zone, town, firm or project named in the clean [start, end)."""
        for m in self._between(start, end):
            if m.kind in ("region", "zone", "town", "enterprise", "project"):
                return Topic(m.key, m.kind)
        return None

    def _between(self, start: int, end: int) -> list[Mention]:
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _is_opening(self, m: Mention, start: int) -> bool:
        return bool(_LEAD_ONLY.match(self.text[start : m.start]))

    def _is_scope(self, m: Mention) -> bool:
        word = self.text[m.start : m.end]
        return (word in SCOPE_WORDS or m.kind == "region") and bool(_SCOPE_AFTER.match(self.text[m.end : m.end + 5]))

    def subject_of(
        self, draft: Draft, sentence: tuple[int, int], previous: tuple[Draft, Topic] | None, policy_terms: bool = True
    ) -> tuple[Topic, float, str]:
        """Topic, confidence and rule for one number."""
        start, end = sentence
        at = draft.quantity.start
        if draft.item:
            for m in self._sentence:
                if m.kind in ("region", "zone", "enterprise") and draft.item in (self.text[m.start : m.end], m.key):
                    return Topic(m.key, m.kind), 0.95, "subject:item"
        if policy_terms and self.policy and draft.quantity.unit_class != "rank":
            own = [m for m in self._sentence if m.start < at and m.kind in ("enterprise", "town", "zone")]
            if not own:
                return Topic(self.policy, "policy"), 0.8, "subject:policy"
        works = bool(_WORKS.search(draft.indicator)) or draft.quantity.unit in ("GW", "MW")
        if works:
            found = self._work(draft, start, end)
            if found:
                return found
        best: tuple[float, Mention] | None = None
        for m in self._sentence:
            if m.start >= at:
                break
            if m.kind == "project" and m.end > at:
                return Topic(m.key, m.kind), 0.95, "subject:inside"
            score = self._score(m, draft, start, works)
            if score > 0 and (best is None or score >= best[0]):
                best = (score, m)
        if best is not None and best[0] >= 1.0:
            return Topic(best[1].key, best[1].kind), min(0.95, 0.6 + 0.1 * best[0]), "subject:sentence"
        if previous is not None:
            return previous[1], 0.7, "subject:previous"
        if self.work is not None and works and _DEICTIC_WORK.match(self.text[start : start + 12]):
            return self.work, 0.8, "subject:work"
        if self.paragraph is not None:
            return self.paragraph, 0.65, "subject:paragraph"
        if self.section is not None:
            return self.section, 0.65, "subject:section"
        return Topic(self.default, "region"), 0.5, "subject:document"

    def _work(self, draft: Draft, start: int, end: int) -> tuple[Topic, float, str] | None:
        at = draft.quantity.start
        text = self.text
        last = None
        for m in self._sentence:
            if m.kind != "project":
                continue
            if m.start <= at < m.end:
                return Topic(m.key, m.kind), 0.97, "subject:inside"
            if m.end <= at:
                last = m
            elif (
                m.start - draft.quantity.stop <= 8
                and re.match(r"^[^，。；]{0,3}(?:的|建设|实施|打造|新建)", text[draft.quantity.stop : m.start] or "x")
                and "，" not in text[draft.quantity.stop : m.start]
            ):
                return Topic(m.key, m.kind), 0.9, "subject:behind"
        if last is not None and "。" not in text[last.end : at]:
            return Topic(last.key, last.kind), 0.85, "subject:project"
        return None

    def _score(self, m: Mention, draft: Draft, start: int, works: bool) -> float:
        text, at = self.text, draft.quantity.start
        if self._is_scope(m):
            return 0.0
        before = text[max(start, m.start - 4) : m.start]
        score = 1.0
        opening = self._is_opening(m, start)
        clause_open = opening or (m.start > start and text[m.start - 1] in "，；：。（“、")
        if opening:
            score += 1.0
        elif clause_open:
            score += 0.6
        if m.start >= draft.clause:
            score += 0.7
        if not opening and _OBJECT_BEFORE.search(before):
            score -= 1.4
        if m.kind == "enterprise":
            score += 0.3
        elif m.kind == "project":
            score += 0.3 if works or m.start >= draft.clause else -0.6
        elif m.kind == "town":
            score += 0.3
        elif m.kind in ("organisation", "product"):
            score -= 0.8
        word = text[m.start : m.end]
        if word in SCOPE_WORDS and m.start < draft.clause:
            score -= 0.4
        return score
