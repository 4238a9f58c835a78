"""What kind of document and section a sentence stands in: it decides status and period where the sentence is silent."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from liantu.extraction.figures.times import TimeMark, find_times
from liantu.reading.model import Document

Genre = Literal["news", "policy", "report", "communique"]
Outlook = Literal["", "past", "future", "terms"]

_POLICY = re.compile(
    r"(?:若干(?:政策)?措施|若干政策|暂行办法|管理办法|办法|实施细则|细则|奖励政策|扶持政策|支持政策|政策措施|条例|[十二三四五六七八九]条|惠企政策)"
)
_COMMUNIQUE = re.compile(r"统计公报|经济运行情况|主要指标|统计月报|运行简况")
_REPORT = re.compile(r"政府工作报告|工作报告|工作总结|工作要点")
_FUTURE = re.compile(
    r"目标|主要任务|重点任务|下一步|下步|工作安排|工作打算|工作要求|打算|展望|总体要求|今后|未来|重点工作|(?:年)?工作(?:的)?(?:思路|部署)|任务(?:安排|分解)|发展(?:愿景|蓝图)|远景|计划$|年计划|预期|安排$|举措$|路径$"
)
_PAST = re.compile(
    r"情况$|推进情况|回顾|总结|基本情况|进展|成效|成绩|完成情况|运行情况|现状|取得|工作情况|成就|解读|问题"
)
_YEAR_GONE = re.compile(r"(?:过去|上)(?:的)?一年|上年度")
_BOTH = re.compile(r"(?:基础|现状|背景|形势|问题)[与和及、](?:发展|主要|总体)?(?:目标|任务|要求|思路)")
# Sections that state what is granted, whatever the document calls itself.
_MEASURES = re.compile(r"(?:支持|扶持|奖补|激励|优惠|惠企|补助)(?:政策)?(?:措施|政策|标准|办法|条款|内容)")
_EXPLAINED = re.compile(r"解读|答记者问|^问[：:]|问答")
_TERMS = re.compile(r"奖|补|条件|标准|支持|政策|申报|范围|措施|保障|扶持|资助|兑现")


@dataclass(slots=True)
class Section:
    """The stretch under one heading: clean offsets, its words, and what it looks at."""

    start: int
    end: int
    title: str
    outlook: Outlook
    period: str | None
    level: int


@dataclass(slots=True)
class Setting:
    """The document as a whole, for deciding status and period."""

    genre: Genre
    default_period: str | None  # the year a communiqué or report is about
    sections: list[Section]  # by their start
    _reach: list[int] = field(default_factory=list, repr=False)  # where the last of the sections so far ends

    def section_at(self, position: int) -> Section | None:
        """The innermost section that holds a clean position."""
        if len(self._reach) != len(self.sections):
            self._reach = list(accumulate((section.end for section in self.sections), max))
        at = bisect_right(self.sections, position, key=lambda section: section.start) - 1
        while at >= 0 and self._reach[at] > position:
            if self.sections[at].end > position:
                return self.sections[at]
            at -= 1
        return None


_ACCOUNT = re.compile(
    r"(20\d\d)年(?:度|全年)?[^，。]{0,12}(?:业绩|年报|财报|成绩单|答卷|账本|总结|回顾|盘点|报告|运行|情况|经济)"
)
_LEAD = re.compile(r"情况|通报|如下|发布|公布|运行|数据|指标|显示|总结")


_CEREMONY = re.compile(r"\d日[^。]{0,40}(?:签约|开工|开园|竣工|投产|奠基|启动|揭牌)[^。]{0,8}(?:仪式|活动)?")


def _lead_period(document: Document, year: str | None) -> str | None:
    """The stretch a bulletin is about, from the sentence that opens it (现将1—8月…情况通报如下)."""
    clean = document.text.clean
    body = [s for s in document.sentences if document.blocks[s.block].kind in ("paragraph", "list_item")][:3]
    for sentence in body:
        words = clean[sentence.start : sentence.end]
        if _CEREMONY.search(words):
            return None  # the news of a day; what follows tells of other times by the way
        marks = [m for m in find_times(words, document.published, int(year) if year else None) if m.period]
        part = next((m for m in marks if m.kind in ("part", "days") and not m.compared and m.start < 24), None)
        if part is not None and (_LEAD.search(words) or part.kind == "days"):
            return part.period
    return None


def opening_year(document: Document) -> int | None:
    """The year in which a text without a day of publication says that something is made known: later years lie ahead."""
    clean = document.text.clean
    for sentence in document.sentences[:_OPENING_SENTENCES]:
        for mark in find_times(clean[sentence.start : sentence.end], None):
            told = clean[sentence.start + mark.end : sentence.end]
            if mark.period and not mark.compared and mark.kind in ("year", "month", "day") and _MADE_KNOWN.match(told):
                return int(mark.period[:4])
    return None


_OPENING_SENTENCES = 3
_MADE_KNOWN = re.compile(r"[^。；]{0,20}(?:印发|发布|出台|下发|公布|举行|召开|启动|签署)")


def read_setting(document: Document) -> Setting:
    """Genre, governing year and sections of a document."""
    clean, title = document.text.clean, document.title or ""
    genre: Genre = "news"
    if _COMMUNIQUE.search(title):
        genre = "communique"
    elif _REPORT.search(title):
        genre = "report"
    elif _POLICY.search(title) and not re.search(r"解读|发布会|出台$|记者", title):
        genre = "policy"
    default = None
    year = re.search(r"(20\d\d)年(?!\d{1,2}月\d{1,2}日)", title)  # 2016年3月29日在…会议上: when it was spoken
    if year and genre in ("communique", "report"):
        default = year.group(1)
    if not re.search(r"回顾|目标|打算", title):
        part = next(
            (m.period for m in find_times(title, document.published) if m.kind == "part" and not m.compared), None
        )
        default = part or default
    if default is None:
        told = _ACCOUNT.search(title)
        default = told.group(1) if told else None
    if default is None or len(default) == 4:
        default = _lead_period(document, default) or default
    sections: list[Section] = []
    open_sections: list[Section] = []
    explained = False  # behind 政策解读 a policy speaks as news does
    for block in document.blocks:
        if block.kind != "heading":
            continue
        words = clean[block.start : block.end]
        while open_sections and open_sections[-1].level >= block.level:
            open_sections.pop().end = block.start
        marks: list[TimeMark] = find_times(words, document.published)
        period = next(
            (
                m.period
                for m in marks
                if m.kind in ("year", "part", "plan", "range", "month") and not m.compared and m.period
            ),
            None,
        )
        parent = open_sections[-1] if open_sections else None
        outlook = _outlook(words, genre)
        stated = int(default[:4]) if default else document.published.year if document.published else None
        if period is None and stated and _YEAR_GONE.search(words):
            period = str(stated - 1)
        explained = explained or (genre == "policy" and bool(_EXPLAINED.search(words)))
        if explained and outlook != "future":
            outlook = "past"
        if not outlook and parent is not None:
            outlook = parent.outlook
        section = Section(
            block.end, len(clean), words, outlook, period or (parent.period if parent else None), block.level
        )
        sections.append(section)
        open_sections.append(section)
    return Setting(genre, default, sections)


def _outlook(words: str, genre: Genre) -> Outlook:
    if _PAST.search(words) and not re.search(r"目标|下一?步", words):
        return "past"
    if _BOTH.search(words):
        return ""
    if _MEASURES.search(words):
        return "terms"
    if _FUTURE.search(words):
        return "future"
    if genre == "policy" and _TERMS.search(words):
        return "terms"
    return ""
