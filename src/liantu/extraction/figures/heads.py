"""What the name of a column says of the figures under it: indicator, unit, time, and whether they are growth, ranks or goals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from liantu.extraction.figures.times import TimeMark, find_times
from liantu.extraction.model import Status
from liantu.reading.columns import leads_rows
from liantu.vocabulary.units import is_unit

_UNIT_BEHIND = re.compile(
    r"[（(](?P<unit>[^（）()]{1,12})[）)]?\s*$|(?:单位[：:]|[/／：:，])(?P<bare>[^（）()/／：:，]{1,8})$|(?P<sign>[%％‰]|百分点)$"
)
_RANK = re.compile(r"^(?:位次|排名|名次|排位|位序|全省排名|全市排名|序位)|(?:位次|排名|名次|排位)$")
_ORDER = re.compile(r"^(?:序号|编号|No\.?|#)$")
_GROWTH = re.compile(r"增长|增速|增幅|±|同比|环比|比上年|比去年|涨幅|升降|增减")
_MORE = re.compile(r"增减|±|升降|增(?:加|长)(?:额|量|数)|净增|比(?:上|去)年|增量$")
_PLAN = re.compile(r"计划|总投资|规划|预算|设计|拟")
_TARGET = re.compile(r"目标|任务")
_DONE = re.compile(r"完成")
_TIME_ONLY = re.compile(r"^(?:19|20)\d\d(?:年)?(?:\d{1,2}月|[一二三四]季度|上半年|前三季度|全年)?$")
_VALUE_WORDS = (
    "数值|数量|绝对数|绝对额|绝对值|绝对量|总量|指标值|实绩|本期|本期数|本月|本月数|当月|当月值|当期|累计|累计数|累计值|本年累计|自年初累计|"
    "本月止累计|本年|全年|合计|总计|小计|年末数|期末数|实际|实际数|完成|完成数|完成情况|金额|计|全[省市县区州国盟旗]"
)
_VALUE = re.compile(rf"^(?:{_VALUE_WORDS})$")
_BARE_GROWTH = re.compile(
    rf"^(?:{_VALUE_WORDS})?(?:(?:名义|实际)?(?:同比|环比|比上年(?:同期|同月|末)?|比去年(?:同期|同月|底)?|较上年(?:同期)?|上年同期|可比)?(?:累计)?(?:名义|实际)?"
    r"(?:增长|增速|增幅|增减|增长率|增长速度|增减率|涨幅|升降|±|同比|环比|增加|增减变化)(?:幅度|速度|百分点)?)$"
)
_BARE_RANK = re.compile(
    r"^(?:增速|增幅|总量|完成率|全省|全市|全县|全州|全区|综合|累计|本月|当月)*(?:位次|排名|名次|排位|位序|序位)$"
)
_VALUE_BEHIND = re.compile(r"(?<=[入出润额值资费品])(?:总量|绝对[量数额值]|数值|本期数?)$")  # 营业收入 over 总量
_SCOPE = re.compile(r"^(?:全[省市县区州国盟旗]|我[省市县区])(?=.)|(?<=.)(?:全[省市县区州盟旗])$")
_ADVERB = re.compile(r"^(?:累计|当月|本月|本年|当期|本期)(?=..)")
_DATED = re.compile(r"\d|本月|当月|季度|[上下]半年")  # 年末 in 年末人口 stays
_THIS_MONTH = re.compile(r"本月|当月|单月")
_UP_TO_MONTH = re.compile(r"累计|本年|年初")


@dataclass(slots=True)
class Head:
    """A column: its words, what they name without unit and time, and what they say of its figures."""

    words: str
    name: str
    unit: str | None
    time: TimeMark | None
    period: str | None
    is_time: bool  # names a year or a month and nothing else
    is_bare: bool  # says how it is counted, not what is (总量, 增速, 位次)
    growth: bool
    more: bool  # growth told in the unit itself (增减额)
    rank: bool
    order: bool
    status: Status
    base: str = ""  # what a bare name is about, told by the columns before it


def read_head(words: str, published: date | None, year: int | None, stretch: str | None) -> Head:
    """The column called `words`; `stretch` is the months a bulletin reports on (2024-01/2024-09)."""
    name, unit = split_unit(words)
    mark = first_time(words, published, year)
    bare_time = bool(_TIME_ONLY.match(name))
    if (
        mark is not None
        and not bare_time
        and _DATED.search(words, mark.start, mark.end)
        and (at := words.find(name)) >= 0
    ):
        low, high = max(0, mark.start - at), max(0, mark.end - at)
        name = (name[:low] + name[high:]).strip("的—- ")
        bare_time = not name
    name = re.sub(r"^(?:19|20)\d\d年(?:度)?(?=.)|(?<=.)(?:19|20)\d\d年(?:度)?$", "", name)
    name = _VALUE_BEHIND.sub("", _SCOPE.sub("", name).rstrip("±"))
    rank = bool(_RANK.search(name))
    period = mark.period if mark is not None else None
    if stretch is not None and (mark is None or (mark.kind == "month" and _THIS_MONTH.search(words))):
        if _THIS_MONTH.search(words):
            period = stretch[-7:]
        elif _UP_TO_MONTH.search(words):
            period = stretch
    return Head(
        words=words,
        name=name,
        unit=unit,
        time=mark,
        period=period,
        is_time=bare_time,
        is_bare=bool(_VALUE.match(name) or _BARE_GROWTH.match(name) or _BARE_RANK.match(name)),
        growth=bool(_GROWTH.search(name)) and not (unit and unit not in ("%", "％", "百分点", "个百分点")),
        more=bool(_MORE.search(name)),
        rank=rank,
        order=bool(_ORDER.match(words)),
        status="plan" if _PLAN.search(name) and not _DONE.search(name) else "target" if is_goal(name) else "actual",
    )


def read_heads(header: list[str], published: date | None, year: int | None, stretch: str | None) -> list[Head]:
    """The columns of a table from left to right."""
    heads = [read_head(words, published, year, stretch) for words in header]
    level = growth = ""
    months: str | None = None  # that a column before names
    for head in heads:
        if head.time is not None and head.time.kind == "part":
            months = head.period
        elif months is not None and head.time is None and _UP_TO_MONTH.search(head.words):
            head.period = months
        if head.is_bare and head.rank:
            head.base = level + growth
        elif head.is_bare:
            head.base, growth = level, head.name if head.growth else ""
        elif head.name and not head.is_time and not leads_rows(head.words):
            level, growth = _ADVERB.sub("", head.name), ""
    return heads


def is_goal(words: str) -> bool:
    """Whether words name what is to be reached, not how much of it is done."""
    return bool(_TARGET.search(words)) and not _DONE.search(words)


def is_value(words: str) -> bool:
    """Whether a column's name only says that the figure itself stands there (绝对数, 本月)."""
    return bool(_VALUE.match(words))


def is_growth(words: str) -> bool:
    """Whether words name growth (同比, 增速)."""
    return bool(_GROWTH.search(words))


def is_time(words: str) -> bool:
    """Whether words are a year, or a part of one, and nothing else."""
    return bool(_TIME_ONLY.match(words))


def split_unit(words: str) -> tuple[str, str | None]:
    """A name and the unit behind it (产值（亿元）, 增长%), None where there is none."""
    m = _UNIT_BEHIND.search(words)
    unit = (m["unit"] or m["bare"] or m["sign"]).strip() if m else ""
    if m and m.start() and is_unit(unit.replace("％", "%")):
        return words[: m.start()].strip(), unit
    return words.strip(), None


def first_time(words: str, published: date | None, year: int | None) -> TimeMark | None:
    """The first time that words name and do not compare with."""
    return next((m for m in find_times(words, published, year) if not m.compared and m.period), None)
