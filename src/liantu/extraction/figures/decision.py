"""Whether a number is done, planned or aimed at: what the rules say, and what the model says against them."""

from __future__ import annotations

import re

from liantu.extraction.figures.draft import Draft
from liantu.extraction.figures.learned import SURE, propose
from liantu.extraction.figures.situation import Situation, looks_ahead
from liantu.extraction.figures.status import Verdict, by_rules
from liantu.extraction.figures.times import TimeMark
from liantu.extraction.figures.view import Case, lies_ahead
from liantu.extraction.model import Status

_MODALITY: dict[Status, str] = {"actual": "fact", "plan": "planned", "target": "goal"}


OPEN = frozenset({"", "outlook", "aimed_at", ("hedged", "actual")})
"""Rules (with the status, where it matters) that the model may overrule: those that reach far, and having none."""


def decide(draft: Draft, case: Case, before: Verdict | None) -> tuple[Verdict, str]:
    """The verdict and who reached it. `before` is the verdict on the number before it in the sentence.

    The rules decide, unless none speaks closely and the model is sure of something else (docs/decisions/learned-status.md).
    """
    ruled, rule = by_rules(draft, case, before)
    if rule in OPEN or (rule, ruled[0]) in OPEN:
        situation = situation_of(draft, case)
        if not looks_ahead(situation):
            return ruled, f"status:{rule or 'none'}"
        status, probability = propose(situation)
        possible = (
            not (lies_ahead(case) or _of_plan(case) or _strives(draft, case) or _foretold(draft, case))
            if status == "actual"
            else not _reported(draft, case)
        )
        if status != ruled[0] and possible and probability >= SURE:
            return (status, _MODALITY[status]), "status:model"
    return ruled, f"status:{rule or 'none'}"


# 力争省级专业镇达到2个，市级专业镇10个: an effort holds for all that its stretch names.
_STRIVES = re.compile(r"力争|争取(?!到位|到[^20]|中央|上级|国家|省级|各类|资金|专项)|奋力|冲刺|务必|确保")
_STRETCH_END = re.compile(r"[；。]|已|同比|截至|目前")


def _strives(draft: Draft, case: Case) -> bool:
    """Whether an effort stands before the number, and nothing between them that ends it or tells what is done."""
    ahead = case.text[case.sentence[0] : draft.quantity.start]
    efforts = [m.end() for m in _STRIVES.finditer(ahead)]
    return bool(efforts) and _STRETCH_END.search(ahead, efforts[-1]) is None


# 预计全县企业将实现总产值107亿元: foretold in its own clause. 今年来共实施项目100个: reported in its own part.
_FORETELLS = re.compile(
    r"预计|有望|将(?:全面|全力|着力|进一步|再)?(?:实现|达到|突破|完成|超过|新增|培育|打造|建设|形成|引进|新建|建成|实施|推进)"
)
_TOLD = re.compile(r"目前|已经?(?!批)|截至|去年|上年|同比|比上年|现有")
_REPORTS = re.compile(r"(?:今年|去年|\d年)以?来|截至|目前|已经?|共(?:实施|完成|引进|签约|开工)")
_INTENDS = re.compile(r"预计|有望|将|拟|计划|规划|力争|确保|争取|目标|谋划|储备|达产|总投资|投资额|协议|设计|可")


def _of_plan(case: Case) -> bool:
    """Whether the number stands in the goals of a plan whose last year is to come (行动计划（2023—2025年）)."""
    period = case.carried or ""
    ends = period[-4:] if "/" in period and len(period) == _RANGE else ""
    ahead = ends.isdigit() and case.last_year is not None and int(ends) > case.last_year
    return ahead and case.section is not None and case.section.outlook == "future"


_RANGE = len("2023/2025")


def _foretold(draft: Draft, case: Case) -> bool:
    at = draft.quantity.start
    low = max(*(case.text.rfind(mark, case.sentence[0], at) for mark in "；："), case.sentence[0])
    told = [m.start() for m in _FORETELLS.finditer(case.text, low, at)]
    return bool(told) and not _TOLD.search(case.text, told[-1], at)


def _reported(draft: Draft, case: Case) -> bool:
    at = draft.quantity.start
    low = max(case.text.rfind("；", case.sentence[0], at), case.sentence[0])
    told = case.text[low:at]
    return bool(_REPORTS.search(told)) and not _INTENDS.search(told) and draft.quantity.unit_class != "money"


def situation_of(draft: Draft, case: Case) -> Situation:
    """What the model sees of a number."""
    q, (start, end) = draft.quantity, case.sentence
    return Situation(
        sentence=case.text[start:end],
        start=q.start - start,
        stop=q.stop - start,
        clause=max(draft.clause - start, 0),
        unit=q.unit,
        unit_class=q.unit_class,
        kind=draft.kind,
        bound=draft.bound,
        inherited=draft.inherited,
        genre=case.setting.genre,
        outlook=case.section.outlook if case.section else "",
        heading=case.section.title if case.section else "",
        is_project=case.is_project,
        commissioned=case.commissioned,
        terms=case.terms,
        time_kind=case.time.kind if case.time else "",
        time_sign=_sign(case.time, case.last_year),
    )


def _sign(time: TimeMark | None, this_year: int | None) -> str:
    if time is None or time.period is None or this_year is None:
        return ""
    year = time.period.split("/")[-1][:4]
    if not year.isdigit():
        return ""
    return "<" if int(year) < this_year else ">" if int(year) > this_year else "="
