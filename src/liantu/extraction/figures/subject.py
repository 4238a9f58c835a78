"""Decides whom a number is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from liantu.extraction.figures.draft import Draft
from liantu.extraction.figures.standing import (
    BATCH,
    COUNTED_WORKS,
    LOOK_AT_ALL,
    OF_INDUSTRY,
    OFFICE_ACTS,
    REGIONAL,
    SCOPE_WORDS,
    TOPICAL,
    WORKS,
    Seen,
    is_institute,
    is_no_measure_of_hub,
    is_scope,
    standing,
)
from liantu.extraction.model import Mention, MentionKind
from liantu.vocabulary.regions import regions

# 带动全链实现产值612亿元: what is carried along is not the firm's own.
_CARRIED_ALONG = re.compile(
    r"(?<!可)(?<!计)(?<!将)(?<!能)(?:带动|拉动|推动|使)(?:全链|全产业链|产业链|全县|全市|全区|全镇|零部件|整个)"
)
_OF_MEMBERS = re.compile(
    r"(?:^|[，；。])[两三四五六七八九十]+(?:地|县|区|市|县区|市县|个县区?|个市)(?:共|合计|累计|总计)"
)
_OF_GROUP = re.compile(
    r"(?:^|[，；。]|眼下|目前|如今|在|使|让)(?:城市群|都市圈|圈内|城市群内|都市圈内|[三四五六七八九]市|各市)(?!之间|签订|联合|携手)|联席会议|一体化发展"
)
_ASPECT = re.compile(r"[；。][^，。；：]{1,10}方面，")
# 放眼整个专业镇，…; 专业镇产值68.3亿元: the town last named.
_THE_TOWN = re.compile(
    r"(?:放眼|纵观|目前|如今|眼下|现在|今年|去年|上年|20\d\d年|(?:\d+[—-])?\d+月(?:份|底|末)?|一季度|上半年|前三季度|全年|力争|到|，)*"
    r"(?:整个|该|全)?专业镇(?!名单|培育|建设|工作|方面|认定|标准|发展大会)"
)
# 全国规上工业增加值增长5.8%，我省增长6.5%: a clause that opens with the whole country tells of it; 全国首个, 全国第2 do not.
_OF_NATION = re.compile(
    r"(?:其中|而|同期|同时|截至|目前|当前|今年|去年|上年|20\d\d年|前[一二三两]?季度?|[一二三四]季度|上半年|下半年|全年|前?\d+(?:[—\-至]\d+)?个?月(?:份|末|底)?|，)*"
    r"(?:全国|我国|中国)(?:对[^，。；]{2,12})?(?=规模?以?上|工业|国内生产|生产总值|GDP|粮食|社会|固定资产|房地产|居民|城镇|农村|外贸|对外|货物|服务|一般|财政|人口|CPI|PPI|用电|全社会|发电|旅游|贸易|进出口|出口|进口|民营企业进|汽车|新能源汽车|制造业|高技术|地表水|空气|优良|水质|PM|新设|新登记|登记|实有|铁路|公路|高速公路里程|交通|港口|快递|邮政|软件|电信|原煤|粗钢|人均|平均)"
)
# 全国339个城市优良天数比例为…: the number counts what the country has.
_WHEN = r"(?:\d{4}年|[一二三四]季度|上半年|前三季度|全年|今年|目前|，)*"
_NATION_HAS = re.compile(rf"{_WHEN}(?:截至[^，]{{2,10}}{_WHEN})?(?:全国|我国)(?:共有|已有|现有|共|有)?")
_RANKED_AMONG = re.compile(r"[^，。；]{0,14}(?:之一|第|名列|位居|排名|前列|强)")
NATION = "全国"
_TOWN_NEAR = 200  # characters
# 主要建设…, 同步配套建设…: what the project just named consists of.
_CONTENTS = re.compile(
    r"(?:项目)?(?:主要|同步|拟|计划|将|配套)*(?:建设内容|建设规模|主要建设|配套建设|同步建设|(?<=主要)建设|新建厂房)"
)
_IN_CHARGE = re.compile(r"(?:单位|业主|投资方|投资人|建设方|主体)[：:]$")
_BORROWED = frozenset({"subject:previous", "subject:loose", "subject:paragraph"})
# 从投资来源看，安徽省项目7个: where the money comes from, not whose the projects are.
_BY_ORIGIN = re.compile(r"[从按分][^，。]{0,6}来源(?:地区?|区域)?[^，。]{0,4}看，")
_PARK = re.compile(r"[一-鿿]{0,4}(?:工业园|产业园|科技园|物流园|园区|基地)")
# …产业园项目总投资17亿元，共引进14个产业项目: a park takes in works of others.
_HOLDS_WORKS = re.compile(r"(?:产业园|工业园|科技园|物流园|园区|小镇|集聚区|创业园)(?:项目)?$")
_TAKES_IN = ("引进", "入驻", "落户", "签约", "落地", "集聚")
_WHERE = re.compile(r"(?:在|走进|来到|步入)$")
# 以两家企业为头雁，县财政每年拿出3000万元: the office of the place, whoever was named before.
_OFFICE = re.compile(
    r"(?:(?<=[，；。\n])|^)(?:今年|去年|目前|为此|同时)?(?:[省市县区镇乡州]里|[省市县区镇州]级?财政)(?!的)"
)
# 按领域分，…；传统产业升级项目完成投资…: a kind of works, no work.
_KIND_OF_WORKS = re.compile(r"[^\d（）“”]{2,10}(?:项目|工程)")
_MEMBER_JOINS = frozenset("、和与及等")
_ROUND = 2  # places that a sentence goes round
_OFTEN, _OFTEN_ALONE = 6, 3  # times a portrait names its firm, 公司 for it included; where it names no other
# …有限公司，车间负责人李四欣喜地说: whose words a quotation before are.
_SPEAKER = re.compile(
    r"(?:的)?，?[^，。；“”]{0,12}?(?:负责人|董事长|总经理|副总|经理|厂长|主任|总监|工程师|主管|书记|会长|社长)"
    r"(?P<who>[\u4e00-\u9fff]{2,3}?)(?=说|介绍|表示|告诉|坦言|透露|称|算|欣喜|高兴|笑|自豪|[，。])"
)
IN_TURN = re.compile(r"分别|依次|各自")
_ROW = re.compile(r"\s*(?:、|和|与|及|以及|，)\s*")


def numbers_in_rows(drafts: list[Draft], text: str) -> list[list[Draft]]:
    """Runs of numbers of one unit that only list commas part (1.6亿元、2.3亿元和8500万元)."""
    rows: list[list[Draft]] = []
    for draft in drafts:
        last = rows[-1][-1] if rows else None
        if (
            last is not None
            and last.quantity.unit == draft.quantity.unit
            and _ROW.fullmatch(text[last.quantity.stop : draft.quantity.start])
        ):
            rows[-1].append(draft)
        else:
            rows.append([draft])
    return [row for row in rows if len(row) > 1]


def is_background(name: str) -> bool:
    """Whether a name is a part of the country that texts mention as background (长三角, 粤港澳大湾区)."""
    region = regions().by_name(name)
    return region is not None and region.kind in ("national_strategy", "bloc", "belt")


def _is_wider(name: str, inner: str) -> bool:
    """Whether the region `name` holds the region `inner`."""
    outer, held = regions().by_name(name), regions().by_name(inner)
    return outer is not None and held is not None and outer != held and regions().is_within(held.code, outer.code)


@dataclass(slots=True)
class Topic:
    """What the discourse is about at a point."""

    name: str
    kind: str


class Subjects:
    """Resolves subjects sentence by sentence, carrying the topic of the paragraph on."""

    def __init__(
        self,
        text: str,
        mentions: tuple[Mention, ...],
        default: str,
        policy: str | None,
        seat: tuple[str, MentionKind] | None = None,
    ) -> None:
        self.text = text
        self.mentions = [m for m in mentions if m.kind in TOPICAL or m.kind == "chain" or is_institute(m)]
        self.starts = [m.start for m in self.mentions]
        self.default = default
        # What the text is about, where it is no region of the gazetteer: a township, a zone, a group of cities.
        self.default_topic: Topic | None = Topic(*seat) if seat is not None else None
        self.policy = policy
        self.section: Topic | None = None
        self.paragraph: Topic | None = None
        self._sentence: list[Seen] = []
        self.sentence_start = 0
        self.looks = False  # whether the sentence takes the whole apart by kinds of works (按领域分，…)
        self.others: dict[str, int] = {}  # where the sentence first opens with somebody else, by kind
        self.acts = False  # whether the office acts in the sentence (深化改革, 组织对接), and no firm does
        self.counted = -1  # where a number of projects ends in the sentence
        self.work: Topic | None = None  # the project last named in the paragraph
        self.speakers = self._speakers()
        self.hero = self._portrayed()  # the firm a portrait is about

    def _portrayed(self) -> Topic | None:
        """The firm that a text speaks of far more than of any other firm or place."""
        said: dict[tuple[str, str], int] = {}
        for m in self.mentions:
            if m.kind in ("enterprise", "region", "zone"):
                said[m.kind, m.key] = said.get((m.kind, m.key), 0) + 1
        firms = sorted((n, key) for (kind, key), n in said.items() if kind == "enterprise")
        if not firms or firms[-1][0] < (_OFTEN if len(firms) > 1 else _OFTEN_ALONE):
            return None
        most, name = firms[-1]
        others = sum(n for n, _ in firms[:-1])
        places = max((n for (kind, _), n in said.items() if kind != "enterprise"), default=0)
        return Topic(name, "enterprise") if most >= 2 * others and most >= 2 * places else None

    def enter_title(self, start: int, end: int) -> None:
        """A title whose first name is a firm: what follows is its portrait."""
        first = self.named_in(start, end)
        if self.hero is None and first is not None and first.kind == "enterprise" and not self._named_after(start, end):
            self.hero = first
        if first is not None and (first.kind in ("zone", "town") or self._is_group(first)):
            self.default_topic = self.default_topic or first

    def _named_after(self, start: int, end: int) -> bool:
        """Whether the first name of a title is only what a park or a work is called by (中钢工业园开园)."""
        m = next(m for m in self._between(start, end) if m.kind in TOPICAL)
        return _PARK.match(self.text, m.end, end) is not None

    def _is_group(self, topic: Topic) -> bool:
        region = regions().by_name(topic.name) if topic.kind == "region" else None
        return region is not None and region.is_group and region.kind == "city_cluster"

    def enter_section(self, start: int, end: int) -> None:
        """A heading: its region, zone, town, firm or project is the topic of what follows."""
        found = [m for m in self._between(start, end) if m.kind in TOPICAL and not is_scope(self.text, m)]
        self.section = Topic(found[0].key, found[0].kind) if found else None
        if found and found[-1].kind in ("project", "enterprise", "town") and end - found[-1].end <= 2:
            self.section = Topic(found[-1].key, found[-1].kind)  # 沁水县煤层气液化储备调峰项目
        self.paragraph = None

    def enter_paragraph(self, start: int, end: int) -> None:
        """A new block: its topic is open again; a quotation at its head is the speaker's (“…”某公司负责人说)."""
        self.paragraph = self.work = None
        if self.text[start : start + 1] == "“":
            close = self.text.find("”", start, end)
            speaker = self.named_in(close, close + 3) if close >= 0 else None
            if speaker is not None and speaker.kind != "region":
                self.paragraph = speaker
            elif close >= 0:
                self.paragraph = self._speaking(close, end)
        told = next((firm for who, firm in self.speakers.items() if self.text.startswith(who, start)), None)
        if told is not None:
            self.paragraph = told

    def _speaking(self, close: int, end: int) -> Topic | None:
        """The firm whose people a quotation closed at `close` names right behind it."""
        stop = self.text.find("。", close + 1, end)
        for m in self._between(close, end if stop < 0 else stop):
            if m.kind == "enterprise" and _SPEAKER.match(self.text, m.end, end):
                return Topic(m.key, m.kind)
        return None

    def _speakers(self) -> dict[str, Topic]:
        """People whom the text introduces as a firm's, with the firm."""
        found: dict[str, Topic] = {}
        for m in self.mentions:
            told = _SPEAKER.match(self.text, m.end) if m.kind == "enterprise" else None
            if told is not None:
                found.setdefault(told["who"], Topic(m.key, m.kind))
        return found

    def enter_sentence(self, start: int, end: int) -> None:
        """Makes the mentions of the sentence known."""
        text = self.text
        self.sentence_start, self.counted = start, -1
        self._sentence = standing(text, self._between(start, end), start, end)
        if _BY_ORIGIN.match(text, start, end):
            for seen in self._sentence:
                seen.opening, seen.first, seen.object = False, False, True
        whole = LOOK_AT_ALL.match(text[start:end])
        kinds = [s.mention.key for s in self._sentence if s.mention.kind == "project"]
        self.looks = whole is not None and bool(kinds) and all(map(_KIND_OF_WORKS.fullmatch, kinds))
        self.others = {}
        for s in self._sentence:
            if s.opening and s.mention.key != self.default:
                self.others.setdefault(s.mention.kind, s.mention.start)
        if BATCH.match(text[start : start + 3]) or whole:
            self.paragraph = (
                None if self.paragraph is None or self.paragraph.kind != "region" or not whole else self.paragraph
            )
        town = self._the_town(start, end)
        if town is not None:
            self.paragraph = town
        acts = self.hero is None and OFFICE_ACTS.match(text[start:end])
        self.acts = bool(acts)
        if acts and self.paragraph is not None and self.paragraph.kind in ("project", "enterprise"):
            self.paragraph = None

    def _the_town(self, start: int, end: int) -> Topic | None:
        """The specialty town that a sentence means which begins with 专业镇 alone."""
        said = _THE_TOWN.match(self.text, start, end)
        if said is None or any(s.mention.start < said.end() for s in self._sentence):
            return None
        low, high = bisect_left(self.starts, start - _TOWN_NEAR), bisect_left(self.starts, start)
        towns = [m for m in self.mentions[low:high] if m.kind == "town"]
        return Topic(towns[-1].key, "town") if towns else None

    def leave_sentence(self) -> None:
        """Keeps the topic a sentence has set for those that follow it in the paragraph."""
        opened: Seen | None = None
        for seen in self._sentence:
            if seen.mention.kind == "project":
                self.work = Topic(seen.mention.key, "project")
            if seen.aside >= 0:
                continue  # （安徽省）长丰县…: what brackets hold is said by the way
            told_of = self.text[max(0, seen.mention.start - 6) : seen.mention.start]
            if self.work is not None and seen.mention.kind == "enterprise" and _IN_CHARGE.search(told_of):
                continue  # 标准厂房三期。建设单位：某投资有限公司。总投资4.7亿元
            told = seen.mention.kind in ("project", "enterprise") and seen.opening and not seen.object
            # 在武陟县，…公司正忙着调试: where somebody is, then who
            where = opened is not None and opened.mention.kind in ("region", "zone") and self._is_where(opened.mention)
            if (seen.first and not seen.scope) or (told and (opened is None or where)):
                opened = seen
        if opened is not None and not self._goes_round():
            m = opened.mention
            self.paragraph = None if m.kind == "chain" else Topic(m.key, m.kind)

    def _is_where(self, m: Mention) -> bool:
        """Whether a sentence opens with a place only to say where somebody is (在武陟县，走进高新区的)."""
        return _WHERE.search(self.text, max(0, m.start - 3), m.start) is not None and self.text[m.end] in "，的里内"

    def _goes_round(self) -> bool:
        """Whether the sentence goes from one place to the next (甲镇…，乙镇…，丙镇…): none of them is the topic."""
        places = {s.mention.key for s in self._sentence if s.opening and s.mention.kind == "region" and s.aside < 0}
        return len(places) >= _ROUND

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
        if self._of_nation(draft):
            return Topic(NATION, "region"), 0.85, "subject:nation"
        told = self._former_or_latter(draft)
        if told is not None:
            return told, 0.85, "subject:former-latter"
        whole = self._of_all(draft)
        if whole is not None:
            return whole, 0.75, "subject:all"
        since = previous[0].quantity.stop if previous else -1
        fresh = [
            s for s in self._sentence if since <= s.mention.start < at and s.mention.kind in TOPICAL and not s.scope
        ]
        if previous is not None and draft.inherited and not any(s.opening for s in fresh):
            return previous[1], 0.8, "subject:inherited"
        works = bool(WORKS.search(draft.indicator)) or draft.quantity.unit in ("GW", "MW")
        if draft.quantity.unit in ("个", "项") and COUNTED_WORKS.search(draft.indicator):
            found = self._in_sentence(draft, False, previous)
            borrowed = found[0].kind == "enterprise" and found[2] in _BORROWED
            holds = found[0].kind == "project" and found[2] not in _BORROWED and _HOLDS_WORKS.search(found[0].name)
            if (found[0].kind != "project" and not borrowed) or (holds and draft.indicator.startswith(_TAKES_IN)):
                return found
            self.counted = draft.quantity.stop  # 6个大项目…，总投资50亿元: what follows is said of all of them
            return self._around(draft)
        if REGIONAL.search(draft.indicator) or _CARRIED_ALONG.search(draft.left):
            found = self._in_sentence(draft, works, previous)
            if found[0].kind in ("project", "enterprise"):
                return self._around(draft)
            return self._of_hub_or_around(draft, found)
        if self._office_speaks(at):
            return self._around(draft)
        if OF_INDUSTRY.search(draft.indicator):
            found = self._in_sentence(draft, works, previous)
            if found[2] in _BORROWED and found[0].kind in ("project", "enterprise"):
                return self._around(draft)
        named = any(s.mention.kind == "project" and s.mention.start < at for s in self._sentence)
        if self.work is not None and not named and _CONTENTS.match(self.text, self.sentence_start):
            return self.work, 0.8, "subject:contents"
        if self.looks:
            return self._around(draft)
        within = self._inside_or_behind(draft, works)
        return within or self._of_hub_or_around(draft, self._in_sentence(draft, works, previous))

    def _office_speaks(self, at: int) -> bool:
        """Whether the region's own office opens a clause before position `at`, and nobody is named behind it."""
        said = max((m.end() for m in _OFFICE.finditer(self.text, self.sentence_start, at)), default=-1)
        return said >= 0 and not any(
            s.opening and said <= s.mention.start < at and s.mention.kind != "chain" for s in self._sentence
        )

    def _of_hub_or_around(self, draft: Draft, found: tuple[Topic, float, str]) -> tuple[Topic, float, str]:
        """`found`, but the region where a port that another clause named has no such measure (梧州港…，电商交易额…)."""
        topic, _, rule = found
        strays = topic.kind == "organisation" and rule != "subject:clause"
        return self._around(draft) if strays and is_no_measure_of_hub(topic.name, draft.indicator) else found

    def _of_all(self, draft: Draft) -> Topic | None:
        """The group or region the text is about, where the clause counts all its members (五市…, 城市群内…, 五地共…)."""
        at = draft.quantity.start
        low = max(self.text.rfind("；", self.sentence_start, at), self.sentence_start)
        grouped = self.default_topic is not None and self.default_topic.kind == "region"
        spoken = (_OF_GROUP if grouped else _OF_MEMBERS).search(self.text, low, at)
        if spoken is None or any(s.opening and spoken.end() <= s.mention.start < at for s in self._sentence):
            return None
        return self.default_topic if grouped else Topic(self.default, "region")

    def _of_nation(self, draft: Draft) -> bool:
        """Whether the number's own clause opens with the whole country, and nobody else is named behind it."""
        at = draft.quantity.start
        if draft.kind == "rank" or draft.quantity.unit_class == "streak":
            return False
        counts = draft.quantity.unit_class in ("counter", "person") and draft.kind == "level"
        if counts and _NATION_HAS.fullmatch(self.text, draft.clause, at):
            return _RANKED_AMONG.match(self.text, draft.quantity.stop) is None
        opens = _OF_NATION.match(self.text, draft.clause, at)
        return opens is not None and not any(
            opens.end() - 2 <= s.mention.start < at and s.mention.kind != "chain" for s in self._sentence
        )

    def _former_or_latter(self, draft: Draft) -> Topic | None:
        """The first or second of the last two firms or projects, where the clause speaks of 前者 or 后者."""
        word = self.text[draft.clause : draft.clause + 4].lstrip("，； ")[:2]
        if word not in ("前者", "后者"):
            return None
        low = bisect_left(self.starts, draft.clause)
        kinds = ("enterprise", "project")
        near = [m for m in self.mentions[max(0, low - 6) : low] if m.kind in kinds]
        for kind in ("project", "enterprise"):
            two = list(dict.fromkeys(m.key for m in near if m.kind == kind))[-2:]
            if len(two) == 2:
                return Topic(two[word == "后者"], kind)
        return None

    def deal(self, drafts: list[Draft]) -> dict[int, Topic]:
        """Topics of numbers dealt out to as many names (甲、乙、丙分别签约…，供货额依次为…), by where each number begins."""
        runs: list[list[Mention]] = []
        for seen in self._sentence:
            m = seen.mention
            if m.kind not in TOPICAL:
                continue
            last = runs[-1][-1] if runs else None
            if (
                last is not None
                and last.kind == m.kind
                and self.text[last.end : m.start] in ("、", "和", "与", "及", "以及")
            ):
                runs[-1].append(m)
            else:
                runs.append([m])
        dealt: dict[int, Topic] = {}
        for group in numbers_in_rows(drafts, self.text):
            start = group[0].quantity.start
            for run in runs:
                between = self.text[run[-1].end : start]
                if (
                    run[-1].end <= start
                    and len(run) == len(group) > 1
                    and IN_TURN.search(between)
                    and "。" not in between
                    and "；" not in between
                ):
                    dealt.update({d.quantity.start: Topic(m.key, m.kind) for d, m in zip(group, run, strict=True)})
        return dealt

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
            and not self._in_middle(s.mention, draft.quantity.start)
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

    def _in_middle(self, m: Mention, at: int) -> bool:
        """Whether `m` opens a part of the sentence between ；, the first part being of somebody else, and `at` stands behind it."""
        begins = self.text.rfind("；", self.sentence_start, m.start)
        return begins >= 0 and self.text.find("；", m.end, at) >= 0 and self.others.get(m.kind, begins) >= begins

    def _fresh_from(self, at: int) -> int:
        """Where the last aspect of the sentence that stands before `at` begins, -1 without one."""
        if not self._sentence:
            return -1
        last = -1
        for m in _ASPECT.finditer(self.text, self.sentence_start, at):
            last = m.start() + 1
        return last

    def _inside_or_behind(self, draft: Draft, works: bool) -> tuple[Topic, float, str] | None:
        at, stop = draft.quantity.start, draft.quantity.stop
        for seen in self._sentence:
            m = seen.mention
            if m.kind == "enterprise" and self.text[stop : m.start] == "的" and draft.quantity.unit_class == "money":
                return Topic(m.key, m.kind), 0.85, "subject:behind"  # 1亿元的云舟电器
            if m.kind != "project":
                continue
            if m.start <= at < m.end:
                return Topic(m.key, m.kind), 0.97, "subject:inside"
            gap = self.text[stop : m.start] if 0 <= m.start - stop <= 10 else None
            if (
                (works or draft.quantity.unit_class == "money")
                and gap is not None
                and re.match(r"^(?:元|亿元|万元)?$|^[^，。；、]{0,3}(?:的|建设|实施|打造|新建)[^，。；]{0,6}$", gap)
            ):
                return Topic(m.key, m.kind), 0.9, "subject:behind"
        return None

    def _in_sentence(self, draft: Draft, works: bool, previous: tuple[Draft, Topic] | None) -> tuple[Topic, float, str]:
        at = draft.quantity.start
        own = opened = loose = project = None
        fresh = self._fresh_from(at)  # where an aspect of its own begins: ；铜加工方面，
        if previous is not None and previous[0].quantity.stop < fresh and previous[1].kind in ("project", "enterprise"):
            previous = None
        if previous is not None and any(
            s.mention.key == previous[1].name
            and s.mention.kind in ("region", "zone")
            and self._in_middle(s.mention, at)
            for s in self._sentence
        ):
            previous = None
        chain_opened = False
        since = previous[0].quantity.stop if previous else -1
        listed = draft.left.rstrip().endswith("等")
        for seen in self._sentence:
            m = seen.mention
            if m.start >= at:
                break
            if 0 <= seen.aside < at or (m.start < max(fresh, self.counted) and m.kind in ("project", "enterprise")):
                continue
            if m.kind == "chain":
                if seen.opening and not seen.object:  # the chain speaks from here on, not whoever stood before it
                    place: Seen | None = (
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
                or (
                    listed
                    and m.kind in ("enterprise", "project")
                    and m.start >= draft.clause
                    and not (seen.opening and self.text[m.end : m.end + 1] not in _MEMBER_JOINS)
                )  # 甲、乙等5家 are members; 甲集团建成丙、丁等5条 is whose they are
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
            if inside and opened is not None and m.kind == "region" and _is_wider(m.key, opened.mention.key):
                continue  # 全市…，在内蒙古自治区率先形成…
            if m.kind in ("region", "zone") and self._in_middle(m, at):
                continue  # 全市…；偏关县…；年初谋划的前期项目…: back to the whole
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
        if fresh > 0 and (self.paragraph is None or self.paragraph.kind in ("project", "enterprise")):
            return self._around(draft)
        if loose is not None and loose.mention.kind in ("enterprise", "project", "town", "zone") and not self.acts:
            return Topic(loose.mention.key, loose.mention.kind), 0.6, "subject:loose"
        if self.paragraph is not None and (not chain_opened or self.paragraph.kind in ("region", "zone", "town")):
            return self.paragraph, 0.65, "subject:paragraph"
        if self.section is not None:
            return self.section, 0.65, "subject:section"
        if loose is not None and not is_background(loose.mention.key):
            return Topic(loose.mention.key, loose.mention.kind), 0.5, "subject:loose"
        if self.hero is not None and not chain_opened:
            return self.hero, 0.55, "subject:title"
        return self.default_topic or Topic(self.default, "region"), 0.5, "subject:document"
