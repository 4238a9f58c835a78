"""Figures: every quantity that says something about somebody, with its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from liantu.extraction.figures.classes import is_class
from liantu.extraction.figures.decision import decide, situation_of
from liantu.extraction.figures.draft import Draft
from liantu.extraction.figures.frame import BY_PARTS, bind
from liantu.extraction.figures.grid import table_rows
from liantu.extraction.figures.numbers import find_quantities
from liantu.extraction.figures.period import STEP_AFTER, Carried, choose_mark, period_of
from liantu.extraction.figures.quantity import Quantity
from liantu.extraction.figures.rows import Row
from liantu.extraction.figures.setting import Section, Setting, opening_year, read_setting
from liantu.extraction.figures.situation import Situation
from liantu.extraction.figures.standing import SCOPE_WORDS
from liantu.extraction.figures.subject import IN_TURN, NATION, Subjects, Topic, numbers_in_rows
from liantu.extraction.figures.tables import CellFigure, Surroundings, read_table
from liantu.extraction.figures.times import TimeMark, find_times, listed, marks_in
from liantu.extraction.figures.view import Case
from liantu.extraction.model import Evidence, Figure, Mention, MentionKind, Status
from liantu.reading.model import BODY_KINDS, Block, Document

__all__ = ["Observer", "find_figures"]

Observer = Callable[[tuple[int, int], Situation], None]

_WORK_LABEL = re.compile(
    r"(?:项目|工程|产业园|加工园|基地|枢纽|生产线|电站|中心|工厂|物流园|园区|公路|高速|铁路|水库)$"
)
LONGEST_SENTENCE = 1200  # characters; longer ones are no sentences but lists and dumps
_TERMS = re.compile(
    r"给予|奖励|奖补|补助|补贴|贴息|资助|扶持|最高|不超过|不低于|不少于|以上的|符合|申报|兑现|减免|优惠|支持|安排|设立|拨付|每户|单户"
)
_OF_THE_ABOVE = re.compile(r"[ \u3000（(]{0,6}其中[，：:,]?")
_EVENT = re.compile(r"活动|仪式|举行|签约|集中开工|推介会|洽谈会|开幕|启动")
_CEREMONY = re.compile(
    r"\d{1,2}月\d{1,2}日[^。]{0,60}(?:签约|开工|竣工|投产|推介|启动)[^。]{0,20}(?:仪式|活动|大会|推介会)"
)
_ISSUED = re.compile(r"关于(?:印发|发布|公布|出台)(.{6,60}?)的(?:通知|公告|通告)")
_POLICY_NAME = re.compile(r"《([^《》]{6,60})》")


def find_figures(
    document: Document,
    mentions: tuple[Mention, ...] = (),
    default_region: str | None = None,
    commissioned: dict[str, bool] | None = None,
    observe: Observer | None = None,
    seat: tuple[str, MentionKind] | None = None,
) -> tuple[Figure, ...]:
    """All figures of a document in text order.

    `mentions` are the names found in it, `default_region` the region it is about (empty: one it
    does not name; None: whichever it names most), `commissioned` says of each project (by
    mention key) whether it produces already. `observe` is shown the raw span and the situation of each number (for training).
    `seat` is the township, village or zone that the document is about (name, kind).
    """
    reader = _Reader(document, mentions, default_region, commissioned or {}, observe, seat)
    return tuple(reader.read())


class _Reader:
    def __init__(
        self,
        document: Document,
        mentions: tuple[Mention, ...],
        default_region: str | None,
        commissioned: dict[str, bool],
        observe: Observer | None = None,
        seat: tuple[str, MentionKind] | None = None,
    ) -> None:
        self.observe = observe
        self.document = document
        self.text = document.text.clean
        self.setting: Setting = read_setting(document)
        self.year = document.published.year if document.published else opening_year(document)
        self.commissioned = commissioned
        self.mentions = mentions
        self.names = [
            (m.start, m.end)
            for m in mentions
            if m.kind in ("region", "zone", "enterprise", "project", "organisation")
            and not (self.text[m.start : m.end] in SCOPE_WORDS or self.text[m.start - 1 : m.start] == "占")
        ]
        policy = None
        if self.setting.genre == "policy" and document.title:
            named = _POLICY_NAME.search(document.title) or _ISSUED.search(document.title)
            policy = named.group(1) if named else document.title
        default = (
            _main_region(mentions) or _nation(self.text, document.title) if default_region is None else default_region
        )
        self.subjects = Subjects(self.text, mentions, default, policy, seat)
        self.annual = self.setting.genre in ("report", "communique")
        self.event = bool(_EVENT.search(document.title or "")) or self._opens_with_event()
        self.carried: str | None = None
        self.event_day: str | None = None  # of the ceremony the text reports
        self.measured = ""  # what the first number of the sentence before measures
        self.columns: list[str] = []  # of the table read last
        self.fresh = False  # whether `carried` was set in this very block
        self.stock: str | None = None  # the end of which month the balances of the section are of
        self.figures: list[Figure] = []

    def _opens_with_event(self) -> bool:
        """Whether the first sentence tells of a ceremony on a day: 3月23日，…集中签约仪式举行."""
        first = next((s for s in self.document.sentences if self.document.blocks[s.block].kind == "paragraph"), None)
        return first is not None and bool(_CEREMONY.search(self.text[first.start : first.end]))

    def read(self) -> list[Figure]:
        block_index = table_until = -1
        section: Section | None = None
        self.block_start = 0
        for sentence in self.document.sentences:
            block = self.document.blocks[sentence.block]
            if sentence.block <= table_until:
                continue
            if block.kind not in BODY_KINDS:
                continue
            if block.kind == "table_row":
                table_until = self._read_table(sentence.block)
                continue
            if sentence.block != block_index:
                block_index = sentence.block
                section = self._enter_block(block_index, section)
                self.block_start = block.start
                self.measured = ""
            for start, end in _stretches(self.text, sentence.start, sentence.end):
                self._read_sentence(start, end, section, block)
        return self._with_headline_dates()

    def _with_headline_dates(self) -> list[Figure]:
        """The figures; one of a headline without a time takes the period of the same figure in the text below."""
        clean = self.document.text
        heads = [
            clean.raw_span(b.start, b.end)
            for b in self.document.blocks
            if b.kind in ("title", "heading") and b.end - b.start <= 80
        ]
        begins = [start for start, _ in heads]

        def in_headline(figure: Figure) -> bool:
            at = figure.span[0]
            before = bisect_right(begins, at) - 1
            return before >= 0 and at < heads[before][1]

        told: dict[tuple[float, str, str], str] = {}
        for figure in self.figures:
            if figure.period is not None and not in_headline(figure):
                told.setdefault((figure.value, figure.unit, figure.kind), figure.period)
        return [
            replace(figure, period=told[figure.value, figure.unit, figure.kind])
            if figure.period is None and (figure.value, figure.unit, figure.kind) in told and in_headline(figure)
            else figure
            for figure in self.figures
        ]

    def _read_table(self, first: int) -> int:
        """Reads the table whose first row is block `first`; returns its last block."""
        blocks, text, document = self.document.blocks, self.text, self.document
        last = first
        while last + 1 < len(blocks) and _is_row(text, blocks[last + 1]):
            last += 1
        rows = table_rows(document, first, last)
        near = [b for b in blocks[max(0, first - 2) : first] if b.end - b.start <= 60 and b.kind in BODY_KINDS]
        above = [text[b.start : b.end] for b in near]
        header = self._header_above(above, rows[0])
        if header is not None:
            rows.insert(0, header)
            above = [a for a in above if a.split() != [c[2] for c in header.cells if c[2]]]
        caption = next((a for a in reversed(above) if not a.lstrip("（( ").startswith(("单位", "计量单位"))), "")
        section = self.setting.section_at(blocks[first].start)
        year = _year(section.period if section else None) or _year(self.carried) or _year(self.setting.default_period)
        year = year or (document.published.year if document.published else None)
        default = self.setting.default_period
        title = document.title or ""
        stretch = default if default and "/" in default and len(default) > 9 else None
        done = stretch or (_stretch_to(title, document.published, year) if _OF_A_MONTH.search(title) else None)
        stretch = done or _stretch_to(f"{caption} {title}", document.published, year)
        seen = Surroundings(
            caption,
            " ".join(above),
            title,
            self.subjects.default,
            document.published,
            year,
            done,
            stretch,
        )
        for found in read_table(rows, seen):
            self._add_cell(found, blocks[found.row.block].locator)
        return last

    def _header_above(self, above: list[str], first: Row) -> Row | None:
        """The names of the columns where a table flattened to text has them in a line of its own, or in the part before.

        A line of one word (经济发展) between them and the rows heads a group of rows.
        """
        width = len(first.cells)
        names: list[str] = []
        if width > 2 and any(c[2][:1].isdigit() for c in first.cells[1:]):
            for words in (a.split() for a in reversed(above)):
                if len(words) == 1 and not names:
                    continue
                groups = words[0] in ("类别", "类型", "指标类别", "领域")  # names the lines that head groups
                words = words[1:] if groups and len(words) == width + 1 else words
                if len(words) in (width, width - 1) and not any(w[0].isdigit() and not w.endswith("年") for w in words):
                    names = words if len(words) == width else ["", *words]
                break
            names = names or (self.columns if len(self.columns) == width else [])
        self.columns = names
        return (
            Row(first.start, first.start, [(first.start, first.start, n) for n in names], first.block)
            if names
            else None
        )

    def _add_cell(self, cell: CellFigure, locator: str) -> None:
        document = self.document
        raw = document.text.raw_span(cell.row.start, cell.row.end)
        subject, kind, indicator, sure = self._of_row(cell)
        self.figures.append(
            Figure(
                span=document.text.raw_span(cell.start, cell.end),
                number=cell.number,
                value=_plain(cell.value),
                unit=cell.unit,
                bound=cell.bound,
                kind=cell.kind,
                status=cell.status,
                indicator=indicator,
                subject=subject,
                period=cell.period,
                evidence=Evidence(document.text.raw[raw[0] : raw[1]], raw[0], raw[1], locator),
                modality="fact" if cell.status == "actual" else "planned",
                subject_kind=kind,
                confidence=sure,
                reasons=("table",),
            )
        )

    def _of_row(self, cell: CellFigure) -> tuple[str, str, str, float]:
        """Whose a cell's figure is, of which kind, what it measures, and how sure that is: by what names its row."""
        label, own, indicator = cell.label, cell.own, cell.indicator
        named = self.subjects.named_in(*cell.label_span)
        if cell.is_total:
            return ("全国" if label.startswith("全国") else self.subjects.default), "", indicator, 0.6
        called = (
            cell.label_kind in ("enterprise", "project") and own
        )  # 宜昌南湾轴承厂: a firm, whatever place it is called by
        if named is not None and called and named.name != label and (named.kind == "region" or named.name in label):
            return label, cell.label_kind, own, 0.7
        if named is not None and named.kind == "region" and named.name != label and _WORK_LABEL.search(label):
            return label, "project", indicator, 0.7
        if named is not None:
            whole = own and (label == named.name or label not in indicator)
            return named.name, named.kind, own if whole else indicator, 0.9
        if cell.label_kind and own and label:
            return label, cell.label_kind, own, 0.7
        if label and label not in indicator and not label.isdigit():
            return self.subjects.default, "", label + indicator, 0.6
        section = self.subjects.section
        return (section.name, section.kind, indicator, 0.6) if section else (self.subjects.default, "", indicator, 0.6)

    def _enter_block(self, index: int, section: Section | None) -> Section | None:
        block = self.document.blocks[index]
        if block.kind == "title":
            self.subjects.enter_title(block.start, block.end)
        if block.kind == "heading":
            self.subjects.enter_section(block.start, block.end)
        else:
            self.subjects.enter_paragraph(block.start, block.end)
        now = self.setting.section_at(block.start)
        base = (now.period if now else None) or self.setting.default_period
        if now is not section:
            self.stock = None
        if now is section and self.carried is not None and _OF_THE_ABOVE.match(self.text, block.start):
            pass  # 截至6月底，全市在册企业…\n其中，私营企业…: parts of what the paragraph before told
        elif now is not section and (base is not None or self.annual):
            self.carried = base
        elif self.carried is not None:
            listed = block.kind == "list_item"
            month = len(self.carried) == 7  # 4月起投产 in one item does not date the next
            self.carried = self.carried if listed and not month else base or _reduced(self.carried)
        elif base is not None:
            self.carried = base
        self.fresh = False
        return now

    def _context(self) -> Carried:
        return Carried(self.carried, self.document.published, self.annual)

    def _read_sentence(self, start: int, end: int, section: Section | None, block: Block) -> None:
        text = self.text
        quantities = find_quantities(text, start, end)
        self.subjects.enter_sentence(start, end)
        whole = self.carried is not None and len(self.carried) == 4  # 去年3月开工。上半年…: not last year's half
        default_year = _year(self.carried) if (self.fresh and whole) or self.annual else None
        default = self.setting.default_period or self.carried
        marks = _shift(find_times(text[start:end], self.document.published, default_year, self._told_year()), start)
        for mark in marks:
            # 上半年，…；6月末存栏31.6万只；禽蛋产量4.7万吨: the end of a stretch, or its last month, holds for its own part
            if mark.kind == "month" and not mark.until and default and default.endswith("/" + (mark.period or "-")):
                mark.local = True
                if text[mark.end - 1] in "末底":
                    self.stock = mark.period
        if quantities and self.setting.genre != "policy":
            quantities = [q for q in quantities if not is_class(text, q, end)]
        if quantities:
            names = self.names[bisect_left(self.names, (start, 0)) : bisect_left(self.names, (end, 0))]
            drafts = bind(text, start, end, quantities, marks, names, block.start, self.measured)
            self.measured = drafts[0].head
            self._finish(drafts, marks, (start, end), section, block.locator)
        self._carry(marks, start)
        self.subjects.leave_sentence()

    def _told_year(self) -> int | None:
        """Last year, where a text of the first months of a year gives account of it."""
        published, year = self.document.published, _year(self.carried)
        early = published is not None and published.month <= 4
        return year if early and published is not None and year == published.year - 1 else None

    def _carry(self, marks: list[TimeMark], start: int) -> None:
        """Keeps the period a sentence has set for those that follow it."""
        published = self.document.published
        several = {id(mark) for run in listed(marks, self.text) for mark in run}
        for mark in marks:
            if id(mark) in several:
                continue
            if mark.compared or mark.local or mark.period is None or mark.kind == "now":
                continue
            if mark.kind == "day" and (
                not self.event or (self.carried and "/" in self.carried and len(self.carried) > 20)
            ):
                continue
            if BY_PARTS.match(self.text, start):
                continue  # 分季度看，一季度…，三季度…: parts of what was told, not the time of what follows
            before = self.text[max(start, mark.start - 4) : mark.start]
            if before.endswith(("到", "至")) and not mark.until:
                continue
            after = self.text[mark.end : mark.end + 14]
            if mark.kind in ("year", "month") and (_HONOUR_AFTER if mark.kind == "year" else STEP_AFTER).match(after):
                continue
            step = STEP_AFTER.match(after) or (mark.kind != "year" and (_INTENT.search(before) or after[:1] == "前"))
            if step and mark.kind in ("year", "month", "day", "part") and self.carried is not None:
                continue  # when one thing happened or is to happen does not date the rest
            if published and int(mark.period[:4]) > published.year:
                continue
            if mark.since and published is None:
                continue  # 2020年以来 in a text without a day: up to when?
            if (
                mark.kind == "year"
                and self.carried
                and len(self.carried) == 10
                and self.carried.startswith(mark.period)
            ):
                continue  # the day of an event governs its report
            default = self.setting.default_period
            same = default and "-" in default and default.startswith(mark.period[:4])
            if mark.kind == "year" and same and len(mark.period) == 4:
                self.carried = default  # in a report on the first quarter 今年 is that quarter
                continue
            if mark.until and default and "/" in default and default.endswith("/" + mark.period[:7]):
                self.stock = "../" + mark.period
                self.carried = default  # in a report on January to May what follows 截至5月底 is of those months
                continue
            self.carried = "../" + mark.period.split("/")[-1] if mark.until else mark.period
            self.fresh = True
            if mark.kind == "day" and self.event and self.event_day is None:
                self.event_day = mark.period

    def _is_terms(self, section: Section | None, sentence: tuple[int, int]) -> bool:
        """Whether a sentence of a policy states its terms: conditions and awards, not where the region stands."""
        stated = section is not None and section.outlook == "terms"
        if not (self.setting.genre == "policy" or stated) or (
            section is not None and section.outlook in ("past", "future")
        ):
            return False
        told = self.text[self.block_start : sentence[1]]
        return bool(_TERMS.search(told)) or (section is not None and section.outlook == "terms")

    def _finish(
        self,
        drafts: list[Draft],
        marks: list[TimeMark],
        sentence: tuple[int, int],
        section: Section | None,
        locator: str,
    ) -> None:
        document, text = self.document, self.text
        published = document.published
        raw_sentence = document.text.raw_span(*sentence)
        evidence = Evidence(
            document.text.raw[raw_sentence[0] : raw_sentence[1]], raw_sentence[0], raw_sentence[1], locator
        )
        previous: tuple[Draft, Topic] | None = None
        before: tuple[Status, str] | None = None
        by_unit: dict[str, tuple[Status, str]] = {}
        period_before: tuple[int, TimeMark | None, str | None] | None = None
        marked: tuple[int, TimeMark] | None = None  # the end of a number dated by the other side of a comparison
        terms = self._is_terms(section, sentence)
        dealt: dict[int, str] = {}
        owners: dict[int, Topic] = {}
        if len(drafts) > 1 and IN_TURN.search(text, *sentence):
            dealt, owners = _deal_times(drafts, marks, text), self.subjects.deal(drafts)
        for draft in drafts:
            q = draft.quantity
            topic, sure, rule = self.subjects.subject_of(draft, previous, terms)
            if q.start in owners:
                topic, sure, rule = owners[q.start], 0.9, "subject:dealt"
            previous = (draft, topic)
            mark = choose_mark(draft, marks, text)
            if marked is not None and _ALSO.fullmatch(text[marked[0] : q.start]):
                mark = marked[1]  # 由上年的22.3%、28.6%和49.1%调整为…
            marked = (q.stop, mark) if mark is not None and mark.compared else None
            case = Case(
                text,
                sentence,
                self.setting,
                section,
                mark,
                self.year,
                published.isoformat()[:7] if published else None,
                topic.kind == "project",
                self.commissioned.get(topic.name),
                terms,
                self.carried,
            )
            if self.observe is not None:
                self.observe(document.text.raw_span(q.start, q.end), situation_of(draft, case))
            (status, modality), judge = decide(draft, case, by_unit.get(q.unit))
            if before is not None and before[1] == "expected" and draft.inherited and draft.kind == "change":
                status, modality = before  # 预计产量310万吨，比上年增4.7%
            if (
                before is not None
                and before[0] == "actual"
                and judge == "status:model"
                and _OF_PLAN.search(draft.indicator)
            ):
                status, modality = before  # 年度计划投资5亿元，1—9月完成3.6亿元，占72%
            before = (status, modality)
            by_unit[q.unit] = before
            period = period_of(draft, mark, self._context(), text)
            begun = status == "actual" and (
                _BEGUN.search(draft.indicator)
                or _BY_THEN.search(draft.indicator)
                or (q.unit_class == "money" and "投资" not in draft.indicator)
            )
            if mark is None and period == self.setting.default_period and not begun:
                period = _year_of(period) if _OF_THE_YEAR.search(draft.indicator) else period
            if status == "target" and mark is not None and text.startswith("年初", mark.start):
                period = _year_of_month(period)  # 目标由年初的150亿元上调为180亿元
            if mark is None and self.stock and _BALANCE.search(draft.indicator) and period == self.carried:
                period = self.stock
            joined = text[draft.clause : draft.clause + 1] in ("、", "和", "及", "与") or q.ordinal > 0
            if mark is None and self.event_day and _AT_CEREMONY.search(text, sentence[0], q.stop):
                period = (
                    self.event_day if draft.kind in ("level", "share", "rank") and topic.kind != "project" else period
                )
            if period_before and joined and draft.clause == period_before[0] and mark is period_before[1]:
                period = period_before[2]
            if period_before and q.ordinal > 0:
                period = period_before[2]  # 由上年的2.2∶53.5∶44.3: one ratio, one time
            period_before = (q.stop, mark, period)
            period = dealt.get(q.start, period)
            confidence = round(
                sure * (0.85 if draft.inherited else 1.0) * (0.7 if len(draft.indicator) < 2 else 1.0), 3
            )
            self.figures.append(
                Figure(
                    span=document.text.raw_span(q.start, q.end),
                    number=text[q.start : q.end],
                    value=_plain(draft.value),
                    unit=q.unit,
                    bound=draft.bound,
                    kind=draft.kind,
                    status=status,
                    indicator=draft.indicator,
                    subject=topic.name,
                    period=period,
                    evidence=evidence,
                    modality=modality,
                    subject_kind=topic.kind,
                    accrual="cumulative" if period and period.startswith("../") else "",
                    confidence=confidence,
                    reasons=(*draft.rules, rule, judge),
                )
            )


# In a bulletin on some months what is planned and how many projects there are is of the whole year.
_OF_THE_YEAR = re.compile(
    r"^(?!.*(?:完成|开工率|复工率|到位|增长|下降)).*(?:计划|总投资|(?:重点|续建|新建|开工|前期|储备|安排|列入|年度|结转|类|大中型|保投产|招引)[^，。；]{0,10}(?:项目|工程)(?:数|个数)?$)"
)
# 在建5000万元以上项目164个, 竣工投产项目37个: counted at the end of those months.
_BY_THEN = re.compile(r"在建|竣工|引进|落地|纳入|签约|以[上下](?:的)?项目$|滞后|的项目$")
# 9月末，存款余额…。贷款余额…: what stands on a day goes on by the day, not by the months before it.
_BALANCE = re.compile(r"余额(?!(?:新增|增加|比年初))")
_ALSO = re.compile(r"(?:、|和|与|及|以及)")
_OF_PLAN = re.compile(r"计划[^，。；]*占比$")
_BEGUN = re.compile(r"开工|新签|签约")
# 弋阳县开工项目18个、总投资80.7亿元: told of the day of the ceremony.
_AT_CEREMONY = re.compile(
    r"(?:(?<!新)(?:签约|开工|投产|竣工)(?:项目)?[^，。；]{0,8}\d+(?:个|项)|此次|本次|现场签约|分会场|同日|当日|当天)"
)
# 1998年荣获…, 1958年始建: once and for all; the sentences behind tell of today.
_HONOUR_AFTER = re.compile(
    r"^，?(?:就|曾|先后|正式|又|荣)*(?:被[^，。；]{0,14}?)?(?:荣获|获评|获批|获得|评为|授予|认定为|命名为|列为|确定为|入选|始建|创建|建成|成立|创立|创办|设立|组建|撤|升级|更名|改制|上市)"
)
_INTENT = re.compile(r"(?:争取|力争|计划|拟|预计|确保|将于|将在|要在|赶在|有望|须在|拟于|定于)$")


_OF_A_MONTH = re.compile(
    r"指标|数据|统计|[月快]报|运行"
)  # 2022年5月统计月报: what its tables tell is of the months up to then


def _stretch_to(words: str, published: date | None, year: int | None) -> str | None:
    """The months of a year up to the one that a title names (2024年5月主要指标), or the stretch it names itself."""
    mark = next((m for m in find_times(words, published, year) if not m.compared and m.kind in ("part", "month")), None)
    if mark is None or mark.period is None:
        return None
    return mark.period if len(mark.period) > 7 else f"{mark.period[:4]}-01/{mark.period}"


def _deal_times(drafts: list[Draft], marks: list[TimeMark], text: str) -> dict[int, str]:
    """Periods of numbers dealt out to as many times (一季度、上半年和全年增速分别为…), by where each number begins."""
    runs = [run for run in listed(marks, text) if not run[0].compared]  # 较一季度和1—5月分别提高…
    if not runs:
        return {}
    dealt: dict[int, str] = {}
    for group in numbers_in_rows(drafts, text):
        start = group[0].quantity.start
        for run in runs:
            told = text[run[-1].end : start]
            if run[-1].end <= start and len(run) == len(group) and re.search(r"分别|依次", told) and "。" not in told:
                dealt.update({d.quantity.start: m.period for d, m in zip(group, run, strict=True) if m.period})
    return dealt


def _stretches(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence as it is, or cut at clause marks where it is endless: binding looks at all of a sentence for each number."""
    parts = []
    while end - start > LONGEST_SENTENCE:
        window = text[start : start + LONGEST_SENTENCE]
        cut = max(window.rfind("；"), window.rfind("，"), window.rfind("、"), window.rfind("\t"))
        cut = cut + 1 if cut > LONGEST_SENTENCE // 2 else LONGEST_SENTENCE
        parts.append((start, start + cut))
        start += cut
    return [*parts, (start, end)]


def _is_row(text: str, block: Block) -> bool:
    """Whether a block goes on with the table before it: 其中：… rows may look like headings."""
    return block.kind == "table_row" or (block.kind in BODY_KINDS and "\t" in text[block.start : block.end])


def _plain(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def _reduced(period: str) -> str:
    """A month of an earlier paragraph governs on by its year; longer stretches and an event's day as they are."""
    bare = period.removeprefix("../")
    if period.startswith("../") or len(bare) == 7:
        return bare[:4]
    return bare


def _year_of(period: str | None) -> str | None:
    """The year of a stretch of months within it (2025-01/2025-08); other periods as they are."""
    return period[:4] if period and re.fullmatch(r"(\d{4})-\d\d/\1-\d\d", period) else period


def _year_of_month(period: str | None) -> str | None:
    """The year of a month; other periods as they are."""
    return period[:4] if period and re.fullmatch(r"\d{4}-\d\d", period) else period


def _year(period: str | None) -> int | None:
    if not period:
        return None
    tail = period.removeprefix("../").split("/")[-1][:4]
    return int(tail) if tail.isdigit() else None


def _shift(marks: list[TimeMark], offset: int) -> list[TimeMark]:
    for mark in marks:
        mark.start += offset
        mark.end += offset
    return marks


def _nation(text: str, title: str | None) -> str:
    """The whole country, where the title or several places of a text that names no region speak of it."""
    return NATION if re.search(_NATION, title or "") or len(re.findall(_NATION, text)) > 1 else ""


_NATION = "全国|我国|中国"


def _main_region(mentions: tuple[Mention, ...]) -> str:
    counts: dict[str, float] = {}
    for m in mentions:
        if m.kind == "region":
            counts[m.key] = counts.get(m.key, 0) + (3 if m.start < 80 else 1)
    return max(counts, key=lambda k: counts[k]) if counts else ""


__all__ += ["Quantity", "marks_in"]
