"""Dates a number: which time expression governs it, and whether it counts up to that time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from liantu.extraction.figures.draft import Draft
from liantu.extraction.figures.times import TimeMark

_CUMULATIVE = re.compile(r"累计(?!同比|增长)|累积")
_FROM = re.compile(r"(?:由(?!于|此)|从(?!业|事)|自(?!主|动|营|然|治|贸|建|身|有))[^，。；]{0,12}$")
_TO = re.compile(r"^(?:[^，。；]{0,6})?(?:到|至|为|成)[^，。；]{0,3}$")
_GOAL = re.compile(
    r"(?:达到|突破|超过|提高到|提升到|提高至|提升至|增加到|增至|扩大到|稳定在|控制在|达|力争|争创|冲刺)$"
)  # a goal of a period is for its end
_DONE = re.compile(r"^，?(?:全市|全县|全区|该\w|项目|公司|企业)?[^，。；]{0,8}(?:已(?!经?成为)|仅完成|累计|完成)")
_UP_TO = frozenset(["截至", "截止", "到目", "迄今", "至今"])


STEP_AFTER = re.compile(
    r"^(?:[上中下]旬|底|末|初|份)?，?(?:刚刚|正式|已|全面|才|就|顺利)?(?:建成)?(?:投产|开工|动工|破土|建成|投运|投用|并网|通车|试运行|试生产|试演|开街|开业|签约|签订|取得|备案|核准|获批|出台|印发|落户|成立|启动|竣工|完工|封顶|点火|启用|揭牌|挂牌|落地|入选|获评|奠基|入驻)"
)
# 去年挂牌，…，已孵化项目31个: what stands by now, whenever it began.
_BY_NOW = re.compile(r"，[^，。；\d]{0,8}(?:已(?!成为|经?批)|目前|累计|至今|迄今)")


@dataclass(slots=True)
class Carried:
    """The period that earlier text has set, the publication date, and whether the document reports on one year."""

    period: str | None
    published: date | None
    annual: bool


def choose_mark(draft: Draft, marks: list[TimeMark], text: str) -> TimeMark | None:
    """The mark that dates a number: the last before it in the sentence, not inside brackets that close before it.

    `marks` are those of the sentence, in order. A compared mark counts only where the number itself hangs on it
    (由上年的225户, 2020年的17家).
    """
    q = draft.quantity
    best: TimeMark | None = None
    for mark in marks:  # 产值216亿元（2021年）
        if mark.start == q.stop + 1 and text[q.stop] == "（" and text[mark.end : mark.end + 1] == "）":
            return mark
    for mark in marks:
        if mark.start >= q.start:
            break
        if mark.compared:
            if (
                draft.clause <= mark.start
                and not mark.passing
                and q.start - mark.end <= 3
                and draft.kind != "change"
                and "期" not in text[mark.end : q.start]
            ):
                return mark
            continue
        between = text[mark.end : q.start]
        if not mark.until and STEP_AFTER.match(between) and _BY_NOW.search(between):
            continue
        if mark.local and any(c in "；。" for c in between) and "余额" not in draft.indicator:
            continue
        if (
            best is not None
            and best.kind == "day"
            and mark.kind == "year"
            and (best.period or "").startswith(mark.period or "-")
            and text[mark.start - 1] not in "，；。"
        ):
            continue  # 4月8日，全市2025年春季…: the day dates what follows
        if between.count("）") > between.count("（"):
            continue
        best = mark
    return best


def period_of(draft: Draft, mark: TimeMark | None, carried: Carried, text: str) -> str | None:
    """The period of a number as `YYYY[-MM[-DD]]`, `A/B` or `../X`; None where the text gives none."""
    clause = text[draft.clause : draft.quantity.start]
    cumulative = draft.kind in ("level", "share") and bool(
        _CUMULATIVE.search(clause) or _CUMULATIVE.search(draft.indicator)
    )
    if draft.kind != "rank" and draft.quantity.unit_class != "times" and _SAME_THEN.search(clause):
        return _year_before(mark.period if mark is not None and not mark.compared else carried.period)
    if mark is not None:
        if mark.period is None:
            return None
        if mark.until or (mark.kind == "now" and text[mark.start : mark.start + 2] in _UP_TO):
            return "../" + mark.period.split("/")[-1]
        if mark.kind == "now" and draft.kind == "level" and _DONE.search(text[mark.end : draft.quantity.start]):
            return "../" + mark.period
        if mark.kind == "range" and "/" in mark.period:
            first, last = mark.period.split("/")
            if _FROM.search(clause):
                return first
            if _TO.match(clause) or (draft.kind != "change" and _GOAL.search(clause)):
                return last
        if mark.kind == "plan" and "/" in mark.period:
            return _of_plan(mark.period, draft, clause)
        if cumulative and mark.kind in ("now", "month"):
            return "../" + mark.period
        return mark.period
    if cumulative:
        if carried.period and carried.period.startswith("../"):
            return carried.period
        if carried.annual and carried.period:
            return "../" + carried.period.split("/")[-1]
        return f"../{carried.published.year}-{carried.published.month:02d}" if carried.published else None
    if carried.period and re.fullmatch(r"\d{4}/\d{4}", carried.period):
        return _of_plan(carried.period, draft, clause)
    return carried.period


# 占比由上年同期的24.1%提升到35.6%
_SAME_THEN = re.compile(r"(?:由|从|为|是)(?:上年|去年|上年度)同期的?$")


def _year_before(period: str | None) -> str | None:
    """The same stretch of the year before (2024-01/2024-06 gives 2023-01/2023-06)."""
    if period is None:
        return None
    return re.sub(r"\d{4}", lambda m: str(int(m.group()) - 1), period.removeprefix("../"))


def _of_plan(period: str, draft: Draft, clause: str) -> str:
    """A goal of a five-year plan is for its last year, the value it starts from for the year before its first."""
    first, last = period.split("/")
    if draft.kind in ("level", "share"):
        if _FROM.search(clause):
            return str(int(first) - 1)
        if _GOAL.search(clause) or _TO.match(clause):
            return last
    return period
