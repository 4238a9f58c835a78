"""What the rules of status look at: the words around a number, taken apart once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from liantu.extraction.figures.draft import Draft
from liantu.extraction.figures.setting import Section, Setting
from liantu.extraction.figures.times import TimeMark

REACH = r"(?:达到|达|突破|超过|实现|提高到|提升到|提升至|提高至|控制在|稳定在|保持在|完成|增长|扩大到|扩到|增加到|增至|做到|不低于|不少于|培育|形成|建成|新增|引进|保持|打造|力争|确保|摸到|冲到|迈上|站上|跨上|升至|增至|降至|压减到|定在)"
# 将优质果率提升至85%: what 将 disposes of stands between it and its verb.
DISPOSES = r"(?!近|于|[^，。；\d]{1,16}(?:率|值|量|成本|时间|周期|能耗|价格|比例|比重|占比|产能|规模|面积|水平)(?:由|从|提升|提高|降|压|缩|增|扩|升|减))"
_FUNDS = re.compile(r"(?:以上|左右)?的?[^，。；]{0,14}资金")
REACHES = re.compile(rf"{REACH}(?:约|近|超|了)?$|新增")
TARGET = re.compile(
    rf"力争|争取(?!到位|到[^20]|中央|上级|国家|省级|各类|资金|专项|超长期|地方政府)|确保|奋力|冲刺|务必|努力(?:实现|达到|使)|(?:预期)?目标(?:为|是|：|定为|设定为|定在|锁定|锚定|调至|调整为|上调至|上调为)|(?:要|须|需|应|可望|要求|将{DISPOSES})(?:力争|确保|全部)?(?:[^，。；]{{0,6}}?){REACH}"
    rf"|实现[^，。；]{{0,20}}目标|达到[^，。；]{{0,20}}目标|到20\d\d年(?!底|末)?[^。；]{{0,40}}?(?:达到|突破|超过|建成|形成|力争|实现)|提出[^，。；]{{0,20}}(?:达到|突破|实现|增长)|目标[^，。；]{{0,6}}(?:将|由)|目标(?:不变|任务)?[^。；]{{0,14}}：|要(?:过|超|破)(?=\d|[千百万]|$)|年初(?:定|确定|提出|设定|下达)的?"
)
PLAN_NOUN = re.compile(
    r"总投资|计划投资|拟投资|投资总额|估算投资|概算|规划投资|协议投资|合同投资|签约额|签约金额|签约总额|协议金额|协议资金|意向|投资规模|预算(?!收入|支出|内|执行|外)|年度投资|总投资额|投资额|静态投资|动态投资|计划总投资|合同资金|合同引资|协议引资|签约资金|合同额"
)
DONE_NOUN = re.compile(
    r"完成投资|完成固定资产投资|到位|累计投资|已投资|投资完成|实际投资|固定资产投资|工业投资|民间投资|完成额|已完成|累计完成|实际投放|已投|技改投资|技术改造投资|制造业投资|基础设施投资|房地产开发投资|研发投入|实际利用|完成率|直接投资"
)
PRODUCE = re.compile(
    r"年产(?!值|业)|年处理|年加工|产能(?!利用|置换|过剩|释放率)|年生产(?!总值)|日产|日处理|年吞吐|装机|年供|年发电|年可"
)
TOLD = re.compile(r"已(?:经)?|实现了|突破了|达到了|截至|目前|现有(?!基础)|现已|同比|较上年|获评|获批|荣获|跻身|去年")
TO_DO = re.compile(r"(?:计划|拟|将|可|有望|预计|力争|确保|须|需|要|应)(?:再|累计|全年)?(?:完成|到位|投入)")
FROM = re.compile(r"(?:由(?!于|此)|从(?!业|事)|自(?!主|动|营|然|治|贸|建|身|有))[^，。；]{0,14}$")
# 完成年度目标560亿元的69%: as far as it has come.
SHARE_DONE = re.compile(r"(?:完成|达到|占)[^，。；]{0,24}(?:目标|计划|任务)[^，。；]{0,14}的(?:约|近|超|超过)?$")


@dataclass(slots=True)
class Case:
    """What the decision rests on besides the number itself."""

    text: str
    sentence: tuple[int, int]
    setting: Setting
    section: Section | None
    time: TimeMark | None
    last_year: int | None  # the year of publication
    published: str | None  # the month of publication, YYYY-MM
    is_project: bool
    commissioned: bool | None  # whether the project it speaks of produces already; None: not known or no project
    terms: bool = False  # whether its sentence states the terms of a policy
    carried: str | None = None  # the period that earlier text has set


@dataclass(slots=True)
class View:
    """The words around one number, taken apart once."""

    draft: Draft
    case: Case
    clause: str  # from the beginning of its clause up to the number
    ahead: str  # from the beginning of the sentence up to the number
    outlook: str
    future: bool  # dated behind the year of publication
    done: bool  # its own words say that it happened (完成投资, 到位)
    from_value: bool  # the value something rose or fell from
    target_at: int | None  # where in `ahead` the last goal cue begins, if it still holds
    capacity: bool
    reach: bool  # a verb of reaching stands before it (达到, 突破, 新增)


def look_at(draft: Draft, case: Case) -> View:
    q, text = draft.quantity, case.text
    clause, ahead = text[draft.clause : q.start], text[case.sentence[0] : q.start]
    future = lies_ahead(case)
    planned = bool(PLAN_NOUN.search(clause))
    to_do = bool(TO_DO.search(clause))
    target_at = last_of(TARGET, ahead)
    if target_at is not None and ahead.endswith("争取") and _FUNDS.match(draft.right):
        target_at = None  # 争取430万元专项资金: money won
    if target_at is not None and TOLD.search(ahead[target_at:]) and not future:
        target_at = None
    return View(
        draft,
        case,
        clause,
        ahead,
        case.section.outlook if case.section else "",
        future,
        (not to_do and bool(SHARE_DONE.search(clause)))
        or (
            not to_do
            and not is_future(case.time, case.last_year)  # 2027年到位资金2.7亿元, told in 2025
            and (bool(DONE_NOUN.search(clause)) or (bool(DONE_NOUN.search(draft.indicator)) and not planned))
        ),
        bool(FROM.search(clause)) and not re.search(r"目标|计划|任务", clause),
        target_at,
        bool(PRODUCE.search(clause[-12:]))
        or q.unit in ("GW", "MW")
        or (q.unit_class == "physical" and draft.inherited and bool(PRODUCE.search(draft.indicator))),
        bool(REACHES.search(clause.rstrip())),
    )


def lies_ahead(case: Case) -> bool:
    """Whether the time of the number lies behind the publication of the text."""
    return is_future(case.time, case.last_year) or is_to_come(case.time, case.published)


def is_future(time: TimeMark | None, last_year: int | None) -> bool:
    if time is None or time.period is None or last_year is None or time.compared:
        return False
    tail = time.period.split("/")[-1][:4]
    return tail.isdigit() and int(tail) > last_year


def is_to_come(time: TimeMark | None, published: str | None) -> bool:
    """Whether a part of the year had hardly begun when the text came out: 四季度 in October."""
    if time is None or published is None or time.period is None or time.compared or time.kind not in ("part", "month"):
        return False
    first, last = time.period.split("/")[0][:7], time.period.split("/")[-1][:7]
    if len(first) < 7 or last <= published:
        return False
    months = (int(last[:4]) - int(published[:4])) * 12 + int(last[5:]) - int(published[5:])
    return first > published or months >= 2


def last_of(pattern: re.Pattern[str], text: str) -> int | None:
    at = None
    for m in pattern.finditer(text):
        at = m.start()
    return at
