"""Decides whom a number is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from liantu.extraction.figures.draft import Draft
from liantu.extraction.model import Mention
from liantu.vocabulary.regions import regions

TOPICAL = frozenset({"region", "zone", "town", "enterprise", "project"})
# Bodies that have figures of their own; a bureau or a government speaks for its region.
_INSTITUTE = re.compile(r"(?:研究院|先研院|实验室|大学|学院|合作社|医院|联盟|协会|研究所|科学院)$")
SCOPE_WORDS = frozenset(["全国", "全省", "全市", "全县", "全区", "国内", "全球", "世界", "省内", "市内", "全州"])
_WORKS = re.compile(
    r"投资|产能|年产(?!值)|占地|建筑面积|装机|形象进度|设计|单体|厂房|生产线|工期|总长|全长|线路|年处理|年加工|床位|建成后|达产后|库容|供热|机组|出资"
)
_OBJECT_BEFORE = re.compile(
    r"(?:与|和|同|向|对|从|往|赴|至|到|发往|来自|落户|位于|地处|毗邻|紧邻|濒临|靠近|落地|入驻|进入|送至|输至|引进|引入|对接|包括|含|如|依托|围绕|聚焦|面向|供应|供给|占|居|列|位居|位列|排名|高于|低于|快于|高出|跑赢|超过|领先|优于|比|较|距|抵达|覆盖|辐射|牵手|携手|联合|贡献了|控股|由|被|获|获得|入选|使|让|以|等|经|据|纳入|支撑|助力|满足|服务)$"
)
_SCOPE_AFTER = re.compile(
    r"^(?:第|首|前列|前茅|的?(?:\d|[一二三四五六七八九半]成|[一二三四五六七八九十]+分之|约|近|比重|总量|总数)|同类|各|平均|排名|唯一|最)"
)
_LEAD_ONLY = re.compile(
    r"^(?:走进|来到|步入|另一个是|一个是|另一家是|再一个是|比如|例如|再如|还有|支持|推动|推进|加快|做优|做强|做大|龙头企业|骨干企业|龙头|其中|同时|此外|目前|截至目前|今年|去年|近年来|据了解|据介绍|数据显示|另外|而|但|并|如今|现在|当前|随着|在|以来|，|、|：|“|（|）|\s|\d{4}|\d{1,2}月|\d{1,2}日|年|底|末|前三季度|上半年|一季度|全年|期间|“十四五”|[一二三四五六七八]是|（[一二三四五六七八九十]+）|[一二三四五六七八九十]、|\d{1,2}[.．、]|上年|当年|同期|至|到|截至|该|的|作为|[^，。；]{2,8}讯|本报讯|\d{1,2}日[上下]午|[上下]午|当天|日前|近日|昨日|省级|市级|国家级|当地|仅|仅仅|就|有着|——|—|·|-|■|▪|●|眼下|全市的|[去今]年|[^，。；“”]{0,6}期间|放眼)*$"
)
_BATCH = re.compile(r"^(?:[一二三四五六七八]是|其一|其二|首先|其次|再次)")
_LISTED = re.compile(r"[^，。；：]{0,60}?等(?!级|待|候|同|价|离|效|于|高线|额)")
# What statistics count of a region, never of a firm or a project.
_REGIONAL = re.compile(
    r"生产总值|GDP|规上工业|规模以上|规上企业|房地产开发|社会消费品|零售总额|公共预算|财政收入|可支配收入|城镇新增就业|城镇化率|常住人口|固定资产投资(?:增速|增长|同比|下降)|民间投资|技改投资|专精特新|小巨人|高新技术企业|科技型中小企业|国考断面|优良天数|空气质量|森林覆盖|粮食|播种面积|经营主体|市场主体|进出口|实际利用外资|招商引资|[第一二三]产业"
)
# 净增规上企业62户。前瞻布局氢能…: the office acts, whoever was spoken of before.
_OFFICE_ACTS = re.compile(
    r"^(?:与之相反|与此同时|此外|另外|相比之下|前瞻|谋划|布局|培育|支持|推动|推进|加快|强化|深化|实施|净增|新增|推广|巩固|新培育|大力|着力|积极|统筹|坚持|鼓励|引导|力争|确保|同步|全力|持续|深入|创新|健全|完善)"
)
# 从投向看，…；分县区看，…: a new look at the whole.
_LOOK_AT_ALL = re.compile(r"^(?:从|分|按)[^，。]{1,14}(?:来看|看|划分|分)，")
# A number of projects or firms is never said of one project.
_COUNTED_WORKS = re.compile(r"(?:项目|工程)(?:数|总数|个数)?$")
_LIST_GAP = re.compile(r"^(?:、|和|与|及|以及|等|，)?$")


@dataclass(slots=True)
class Topic:
    """What the discourse is about at a point."""

    name: str
    kind: str


def _is_institute(mention: Mention) -> bool:
    return mention.kind == "organisation" and bool(_INSTITUTE.search(mention.key))


@dataclass(slots=True)
class _Seen:
    mention: Mention
    opening: bool  # opens the sentence or a clause as its subject
    first: bool  # opens the sentence
    object: bool  # stands behind a verb or preposition: not what is spoken of
    scope: bool  # the other side of a comparison or rank (全省第一)
    aside: int = -1  # where the brackets close that hold it, -1 outside brackets
    member: bool = False  # one of several before 等: what follows is said of all of them


class Subjects:
    """Resolves subjects sentence by sentence, carrying the topic of the paragraph on."""

    def __init__(self, text: str, mentions: tuple[Mention, ...], default: str, policy: str | None) -> None:
        self.text = text
        self.mentions = [m for m in mentions if m.kind in TOPICAL or m.kind == "chain" or _is_institute(m)]
        self.starts = [m.start for m in self.mentions]
        self.default = default
        self.default_topic: Topic | None = None  # a zone, town or group of cities that the title names
        self.policy = policy
        self.section: Topic | None = None
        self.paragraph: Topic | None = None
        self._sentence: list[_Seen] = []
        self.hero: Topic | None = None  # the firm a portrait is about

    def enter_title(self, start: int, end: int) -> None:
        """A title whose first name is a firm: what follows is its portrait."""
        first = self.named_in(start, end)
        if self.hero is None and first is not None and first.kind == "enterprise":
            self.hero = first
        if first is not None and (first.kind in ("zone", "town") or self._is_group(first)):
            self.default_topic = self.default_topic or first

    def _is_group(self, topic: Topic) -> bool:
        region = regions().by_name(topic.name) if topic.kind == "region" else None
        return region is not None and region.is_group and region.kind == "city_cluster"

    def enter_section(self, start: int, end: int) -> None:
        """A heading: its region, zone, town, firm or project is the topic of what follows."""
        self.section = self.named_in(start, end)
        found = [m for m in self._between(start, end) if m.kind in TOPICAL]
        if found and found[-1].kind in ("project", "enterprise", "town") and end - found[-1].end <= 2:
            self.section = Topic(found[-1].key, found[-1].kind)  # 沁水县煤层气液化储备调峰项目
        self.paragraph = None

    def enter_paragraph(self, start: int, end: int) -> None:
        """A new block: its topic is open again; a quotation at its head is the speaker's (“…”某公司负责人说)."""
        self.paragraph = None
        if self.text[start : start + 1] == "“":
            close = self.text.find("”", start, end)
            speaker = self.named_in(close, close + 3) if close >= 0 else None
            if speaker is not None and speaker.kind != "region":
                self.paragraph = speaker

    def enter_sentence(self, start: int, end: int) -> None:
        """Makes the mentions of the sentence known."""
        text, seen = self.text, []
        previous: _Seen | None = None
        for m in self._between(start, end):
            clause = start
            for i in range(m.start - 1, start - 1, -1):
                if text[i] in "，；：。（":
                    clause = i + 1
                    break
            lead = text[clause : m.start]
            opening = bool(_LEAD_ONLY.match(lead))
            first = opening and (clause == start or bool(_LEAD_ONLY.match(text[start : m.start])))
            behind = text[max(start, m.start - 4) : m.start]
            is_object = not opening and bool(_OBJECT_BEFORE.search(behind))
            if previous is not None and previous.mention.end <= m.start:
                gap = text[previous.mention.end : m.start]
                if gap in ("的", "", "“", "的“", "旗下的", "下属"):
                    opening, first, is_object = opening or previous.opening, first or previous.first, previous.object
                elif _LIST_GAP.match(gap) and not opening:
                    is_object = is_object or previous.object
            member = m.kind in ("enterprise", "project") and bool(_LISTED.match(text, m.end, end))
            if member:
                opening, first, is_object = (
                    False,
                    False,
                    True,
                )  # A、B等151个项目: members of a count, not who is spoken of
            word = text[m.start : m.end]
            scope = (word in SCOPE_WORDS or m.kind == "region") and bool(_SCOPE_AFTER.match(text[m.end : m.end + 5]))
            aside = text.find("）", m.end, end) if text[clause - 1 : clause] == "（" and clause > start else -1
            previous = _Seen(m, opening, first, is_object, scope, aside, member)
            seen.append(previous)
        self._sentence = seen
        whole = _LOOK_AT_ALL.match(text[start:end])
        if _BATCH.match(text[start : start + 3]) or whole:
            self.paragraph = (
                None if self.paragraph is None or self.paragraph.kind != "region" or not whole else self.paragraph
            )
        acts = self.hero is None and _OFFICE_ACTS.match(text[start:end])
        if acts and self.paragraph is not None and self.paragraph.kind in ("project", "enterprise"):
            self.paragraph = None

    def leave_sentence(self) -> None:
        """Keeps the topic a sentence has set for those that follow it in the paragraph."""
        opened: _Seen | None = None
        for seen in self._sentence:
            if (seen.first and not seen.scope) or (
                seen.opening and opened is None and seen.mention.kind in ("project", "enterprise") and not seen.object
            ):
                opened = seen
        if opened is not None:
            m = opened.mention
            self.paragraph = None if m.kind == "chain" else Topic(m.key, m.kind)

    def named_in(self, start: int, end: int) -> Topic | None:
        """The first region, zone, town, firm or project named in the clean [start, end)."""
        for m in self._between(start, end):
            if m.kind in TOPICAL:
                return Topic(m.key, m.kind)
        return None

    def _between(self, start: int, end: int) -> list[Mention]:
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def subject_of(
        self, draft: Draft, previous: tuple[Draft, Topic] | None, policy_terms: bool = True
    ) -> tuple[Topic, float, str]:
        """Topic, confidence and rule for one number. `previous` is the number before it in the sentence."""
        at = draft.quantity.start
        if draft.item:
            for seen in self._sentence:
                m = seen.mention
                if m.kind in ("region", "zone", "enterprise") and draft.item in (self.text[m.start : m.end], m.key):
                    return Topic(m.key, m.kind), 0.95, "subject:item"
        if (
            policy_terms
            and self.policy
            and draft.quantity.unit_class != "rank"
            and not any(
                s.mention.kind in ("enterprise", "town", "zone") and s.mention.start < at for s in self._sentence
            )
        ):
            return Topic(self.default, "region"), 0.8, "subject:policy"
        since = previous[0].quantity.stop if previous else -1
        fresh = [
            s for s in self._sentence if since <= s.mention.start < at and s.mention.kind in TOPICAL and not s.scope
        ]
        if previous is not None and draft.inherited and not any(s.opening for s in fresh):
            return previous[1], 0.8, "subject:inherited"
        works = bool(_WORKS.search(draft.indicator)) or draft.quantity.unit in ("GW", "MW")
        if draft.quantity.unit in ("个", "项") and _COUNTED_WORKS.search(draft.indicator):
            told = self._in_sentence(draft, False, previous)
            return self._around(draft) if told[0].kind == "project" else told
        if _REGIONAL.search(draft.indicator):
            told = self._in_sentence(draft, works, previous)
            return self._around(draft) if told[0].kind in ("project", "enterprise") else told
        found = self._inside_or_behind(draft, works)
        if found is not None:
            return found
        return self._in_sentence(draft, works, previous)

    def _around(self, draft: Draft) -> tuple[Topic, float, str]:
        """The place that the sentence, the section or the document is about, firms and projects left out."""
        told = [
            s.mention
            for s in self._sentence
            if s.mention.kind in ("region", "zone", "town")
            and s.opening
            and not s.scope
            and not s.object
            and s.mention.start < draft.quantity.start
        ]
        if told:
            return Topic(told[-1].key, told[-1].kind), 0.7, "subject:sentence"
        for topic, sure, rule in (
            (self.paragraph, 0.6, "subject:paragraph"),
            (self.section, 0.6, "subject:section"),
        ):
            if topic is not None and topic.kind not in ("project", "enterprise"):
                return topic, sure, rule
        return self.default_topic or Topic(self.default, "region"), 0.5, "subject:document"

    def _inside_or_behind(self, draft: Draft, works: bool) -> tuple[Topic, float, str] | None:
        at, stop = draft.quantity.start, draft.quantity.stop
        for seen in self._sentence:
            m = seen.mention
            if m.kind != "project":
                continue
            if m.start <= at < m.end:
                return Topic(m.key, m.kind), 0.97, "subject:inside"
            gap = self.text[stop : m.start] if 0 <= m.start - stop <= 10 else None
            if (
                works
                and gap is not None
                and re.match(r"^[^，。；、]{0,3}(?:的|建设|实施|打造|新建)[^，。；]{0,6}$", gap)
            ):
                return Topic(m.key, m.kind), 0.9, "subject:behind"
        return None

    def _in_sentence(self, draft: Draft, works: bool, previous: tuple[Draft, Topic] | None) -> tuple[Topic, float, str]:
        at = draft.quantity.start
        own = opened = loose = project = None
        chain_opened = False
        since = previous[0].quantity.stop if previous else -1
        listed = draft.left.rstrip().endswith("等")
        for seen in self._sentence:
            m = seen.mention
            if m.start >= at:
                break
            if 0 <= seen.aside < at:
                continue
            if m.kind == "chain":
                if seen.opening and not seen.object:  # the chain speaks from here on, not whoever stood before it
                    place: _Seen | None = (
                        opened if opened and opened.mention.kind in ("region", "zone", "town") else None
                    )
                    if place is not None and "；" in self.text[place.mention.end : m.start]:
                        place = None
                    own, opened, loose, project = None, place, None, None
                    chain_opened = True
                    if m.start >= since:
                        previous = None
                continue
            if (
                seen.scope
                or (seen.member and "等" in self.text[m.end : at])
                or (listed and m.kind in ("enterprise", "project") and m.start >= draft.clause)
            ):
                continue
            if m.kind == "project" and not (seen.object and not works):
                project = seen
            if seen.object or (draft.kind == "rank" and self.text[m.start : m.end] in SCOPE_WORDS):
                continue
            if m.kind == "project" and not works and not seen.opening:
                continue
            inside = m.kind in ("region", "zone") and self.text[m.start - 1 : m.start] in ("在", "于")
            if inside and opened is not None and opened.mention.kind in ("enterprise", "project"):
                continue  # …公司…，在安定区有组培室3.2万平方米
            if seen.opening:
                own = seen if m.start >= draft.clause else own
                opened = seen
            else:
                loose = seen
        if (
            works
            and project is not None
            and (own is None or own.mention.kind == "project" or own.mention.start < project.mention.start)
        ) and (opened is None or opened.mention.start <= project.mention.start or opened.mention.kind in ("project",)):
            return Topic(project.mention.key, "project"), 0.88, "subject:project"
        if self.section is not None and self.section.kind == "project" and not chain_opened:
            other = own or opened
            if other is None or other.mention.kind in ("region", "zone"):
                return self.section, 0.8, "subject:section"
        for candidate, sure, rule in ((own, 0.9, "subject:clause"), (opened, 0.85, "subject:sentence")):
            if candidate is not None:
                return Topic(candidate.mention.key, candidate.mention.kind), sure, rule
        if previous is not None:
            return previous[1], 0.75, "subject:previous"
        if loose is not None and loose.mention.kind in ("enterprise", "project", "town", "zone"):
            return Topic(loose.mention.key, loose.mention.kind), 0.6, "subject:loose"
        if self.paragraph is not None and (not chain_opened or self.paragraph.kind in ("region", "zone", "town")):
            return self.paragraph, 0.65, "subject:paragraph"
        if self.section is not None:
            return self.section, 0.65, "subject:section"
        if loose is not None:
            return Topic(loose.mention.key, loose.mention.kind), 0.5, "subject:loose"
        if self.hero is not None and not chain_opened:
            return self.hero, 0.55, "subject:title"
        return self.default_topic or Topic(self.default, "region"), 0.5, "subject:document"
