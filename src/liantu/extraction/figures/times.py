"""Finds the time expressions of a clean text and resolves them with the publication date."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from liantu.extraction.figures.numerals import chinese_number

_N = r"(?:\d{1,2}|十[一二]?|[一二两三四五六七八九])"
_YEAR = r"(?P<year>(?:19|20)\d\d)年"
_REL = r"(?P<rel>今年|本年度?|去年|上年度?|上一年度?|前年|明年|当年|同年|该年|次年)"
_PART = (
    r"(?P<part>(?:上半年|半年报|中报|一季报|三季报|下半年|前[三3]个?季度|前[两二2]个?季度|[1一](?:—{1,2}|-|－|–|~|～|至|到)(?P<quarters>[234二三四])季度|前(?P<firstn>"
    + _N
    + r")个?月|第?(?P<quarter>[一二三四1-4])季度|四季度"
    r"|(?P<m1>元|" + _N + r")(?:月份?)?(?:—{1,2}|-|－|–|~|～|至|到)(?P<m2>" + _N + r")月(?:份)?|首季度?|首季))"
)
_MONTH = r"(?P<month>\d{1,2})月(?:份)?(?P<day>\d{1,2}(?=日|号))?(?P<dayunit>日|号)?(?P<tenday>[上中下]旬|初|底|末)?"
_DAYS = r"(?P<days>(?:(?P<dyear>(?:19|20)\d\d)年)?(?P<dm1>\d{1,2})月(?P<dd1>\d{1,2})日?(?:—{1,2}|-|－|–|~|～|至|到)(?:(?P<dm2>\d{1,2})月)?(?P<dd2>\d{1,2})日)"
_PATTERN = re.compile(
    rf"(?<!\d)(?<!\d\.){_DAYS}|"
    rf"(?P<range>(?P<y1>(?:19|20)\d\d)年?(?:—{{1,2}}|-|－|–|~|～|至|到)(?P<y2>(?:19|20)\d\d)年)"
    rf"|(?P<plan>[“‘\"]?(?P<planno>十[二三四五])五[”’\"]?(?:规划|计划)?(?P<planpart>期间|时期|以来|末期?|收官之年|规划期|中期|期末|前[三四]年)?)"
    rf"|(?:(?:{_YEAR}|{_REL})(?:度|全年)?(?:(?:的|，)?(?:{_PART}|{_MONTH})|(?P<edge>年?底前?|年?末|年?初|以来|全年|内|春节|国庆)?))"
    rf"|(?:(?<!\d)(?<!\d\.)(?:{_PART.replace('?P<part>', '?P<part2>').replace('?P<firstn>', '?P<firstn2>').replace('?P<quarters>', '?P<quarters2>').replace('?P<quarter>', '?P<quarter2>').replace('?P<m1>', '?P<m12>').replace('?P<m2>', '?P<m22>')}))"
    rf"|(?:(?<!\d)(?<!\d\.)(?P<month3>\d{{1,2}})月(?:份)?(?P<day3>\d{{1,2}}(?=日|号))?(?P<dayunit3>日|号)?(?P<tenday3>[上中下]旬|初|底|末)?)"
    rf"|(?P<now>截至目前|截止目前|到目前为止|截至发稿|目前|眼下|当前|现已|如今|现在(?=的|有|已)|迄今|至今(?!年|天|日|春|夏|秋|冬)|现有|现拥有|现(?=有|拥有|共))"
    rf"|(?P<span>(?P<spanway>近|过去|今后|未来|接下来)(?P<spann>[两二三四五六七八九十]|\d{{1,2}})(?:个)?年(?:来|间|内)?)"
    rf"|(?P<lastmonth>上个?月|本月)(?:底|末|份)?"
    # 动员会7日在合肥举行: a day of the month of publication, or of the one before
    rf"|(?<![\d.．月日—\-~至到、和])(?P<bareday>[12]?\d|3[01])日(?=，|在|于|上午|下午|晚|举行|召开|举办|公布|发布|获悉|印发|开幕|启动)"
    rf"|(?P<allyear>(?<!完成)(?<!达到)全年(?!目标|计划|任务|进度|预算|预期)|(?:(?<=完成)|(?<=达到))全年(?![^，。；\d]{{0,8}}(?:目标|计划|任务|进度|预算|预期))|年内|年底前?|年末|年初以来|年初)"
)
_NAMED_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_FIVE = {"十二": (2011, 2015), "十三": (2016, 2020), "十四": (2021, 2025), "十五": (2026, 2030)}
_REL_SHIFT = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "去年": -1,
    "上年": -1,
    "上年度": -1,
    "上一年": -1,
    "上一年度": -1,
    "前年": -2,
    "明年": 1,
}
_COMPARED = re.compile(
    r"(?:比|较|较之|相较|相较于|相比于|对比|与|和|同|是|为|由|从|自|相比|相对|超过|高于|低于|多于|超|不及|优于)$"
)
_COMPARED_AFTER = re.compile(
    r"^(?:同期|同日|相比|[高低]?基数|(?:高基数|低基数)?的?基础上|的\d|的[一二两三四五六七八九十]+[倍成]|末的|底的|增|提高|提升|下降|减少|翻|末增|底增|底提高|末提高)"
)


_OF_THEN = re.compile(r"同期的?[^，。；\d]{0,6}(?:是|为)(?=\d)")
_STRETCHED = re.compile(
    r"(?:排|延|延长|持续|有效期|推迟|顺延|签|续|延续|施行)(?:至|到)了?$"
)  # 订单已排至2029年 dates nothing else
# 创近15年新高, 为10年来最高增幅: how long nothing was higher, not when.
_RECORD = re.compile(r"(?:以来)?的?[^，。；\d]{0,6}(?:最[高低大小好快多少]|新高|新低)")
# 已完成当年计划投资的104.1%, 为市下三季度目标33亿元的101.8%: what a share is of, not when.
_WEIGHED = re.compile(r"(?:完成了?|占|达到?|为)(?:市|省|县|区|上级)?(?:下达|下|定|级)?$")
_THE_GOAL = re.compile(r"的?[^，。；\d]{0,8}(?:目标|计划|任务|预算|支出|进度)[^，。；\d]{0,6}(?:的(?=\d)|(?=[\d（]))")
_LOCAL = re.compile(r"^(?:当月|单月|份当月|份单月|当季)")
# 三季度重大项目集中开工活动: a quarter in the name of a ceremony.
_NAMES_EVENT = re.compile(
    r"^[^，。；：\d]{0,14}(?:签约|开工|竣工|投产|推介|观摩|推进|集中)[^，。；：\d]{0,14}(?:活动|仪式|大会|推进会|观摩会|现场会|推介会|会议)"
)
# 围绕年初确定的目标任务: when a goal was set.
_SET_THEN = re.compile(r"年初(?:就|即|所)?(?:确定|制定|下达|预定|定下|提出|设定|部署|召开|安排)")
# 去年底县党代会调整到350亿元: when a goal was revised, not when it is due.
_REVISED = re.compile(
    r"^(?:，[^，。；\d]{0,6}?(?:目标|任务))?[^，。；\d]{0,10}?(?:调整|上调|下调|调高|调低|加码|追加|修订|提到|抬高)(?:为|到|至)"
)


@dataclass(slots=True)
class TimeMark:
    """A time expression in clean offsets.

    `period` is resolved, without the `../` of accrual; None where it needs a publication date that is missing.
    `compared` marks the other side of a comparison (比上年, 2022年的3.2倍): it never dates the figure.
    `kind`: year, part, month, day, range, plan, now, since, deadline.
    """

    start: int
    end: int
    period: str | None
    kind: str
    compared: bool = False
    until: bool = False  # 截至, 到…底: up to and including
    since: bool = False
    local: bool = False  # speaks for its own clause only (其中6月当月)
    passing: bool = False  # when something was set or revised: dates no number, however near


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if text.isdigit():
        return int(text)
    if text == "元":
        return 1  # 元至6月
    value = chinese_number(text)
    return int(value) if value is not None else None


def _months(year: int, first: int, last: int) -> str:
    return f"{year}-{first:02d}" if first == last else f"{year}-{first:02d}/{year}-{last:02d}"


def _part_period(
    year: int,
    part: str,
    firstn: str | None,
    quarter: str | None,
    m1: str | None,
    m2: str | None,
    quarters: str | None = None,
) -> str | None:
    if quarters:
        return _months(year, 1, 3 * (_number(quarters) or 4))
    if part in ("一季报", "三季报"):
        return _months(year, 1, 3 if part[0] == "一" else 9)
    if part.startswith(("上半年", "半年报", "中报")):
        return _months(year, 1, 6)
    if part.startswith("下半年"):
        return _months(year, 7, 12)
    if re.match(r"前[三3]个?季度", part):
        return _months(year, 1, 9)
    if re.match(r"前[两二2]个?季度", part):
        return _months(year, 1, 6)
    if firstn:
        last = _number(firstn)
        return _months(year, 1, last) if last and 1 <= last <= 12 else None
    if part.startswith("首季"):
        return _months(year, 1, 3)
    if quarter:
        q = _number(quarter)
        return _months(year, 3 * q - 2, 3 * q) if q and 1 <= q <= 4 else None
    first, last = _number(m1), _number(m2)
    if first and last and 1 <= first <= last <= 12:
        return _months(year, first, last)
    return None


def find_times(
    text: str, published: date | None, default_year: int | None = None, told_year: int | None = None
) -> list[TimeMark]:
    """Time expressions of `text` in order.

    `default_year` dates parts without a year (前三季度, 8月) when nothing nearer does; `told_year`, the year an account is
    given of, dates 全年 and quarters that had not ended when it was published.
    """
    marks: list[TimeMark] = []
    this_year = published.year if published else None
    governing = default_year if default_year is not None else this_year
    if governing is None and (named := _NAMED_YEAR.search(text)):
        governing = int(named[1])  # 3月23日，全县2020年第一季度项目集中签约仪式
    for m in _PATTERN.finditer(text):
        start, end = m.span()
        before, after = text[max(0, start - 4) : start], text[end : end + 4]
        compared = bool(_COMPARED.search(before)) and not before.endswith(("是为", "截至", "自从", "特别是", "尤其是"))
        stretch = m["range"] or m["days"] or m["m1"] or m["m12"]  # 从2021年至2024年, 从1月至9月
        if before.endswith(("从", "由", "自")) and ("以来" in m.group() or stretch):
            compared = False
        if _OF_THEN.match(text, end) and not compared:
            pass  # 而去年同期的增速是5.9%: the value of then
        elif _COMPARED_AFTER.match(after):
            compared = compared or after.startswith(
                ("同期", "同日", "相比", "的", "末的", "底的", "高基数", "低基数", "基数", "基础上")
            )
        until = before.endswith(("截止", "到", "至")) and not compared
        mark = _resolve(m, this_year, governing, published)
        if told_year is not None and governing == this_year and mark is not None and _not_over(m, mark[0], published):
            mark = _resolve(m, this_year, told_year, published)
        if mark is None:
            continue
        period, kind, year = mark
        if (
            (kind == "part" and _NAMES_EVENT.match(text[end : end + 34]))
            or _STRETCHED.search(text[max(0, start - 5) : start])
            or _SET_THEN.match(text, start)
            or (kind == "since" and _RECORD.match(text, end))
            or (_WEIGHED.search(text, max(0, start - 7), start) and _THE_GOAL.match(text, end))
            or (kind in ("year", "month") and not before.endswith("到") and _REVISED.match(text[end : end + 20]))
        ):
            marks.append(TimeMark(start, end, period, kind, compared=True, local=True, passing=True))
            continue
        reached = (
            kind == "month" and before.endswith("到") and bool(re.match(r"，?(?:已|累计|共|完成|全市|全县)", after))
        )
        if reached and published and period and period[:7] <= f"{published.year}-{published.month:02d}":
            until, compared = True, False
        if before.endswith(("截至", "截止", "截至到", "截止到")):
            until, compared = True, False
        elif before.endswith(("到", "至")) and kind in ("year", "month", "part", "plan"):
            until = False
        marks.append(
            TimeMark(
                start,
                end,
                period,
                kind,
                compared,
                until,
                since=kind == "since",
                local=bool(_LOCAL.match(after)) or before.endswith("其中"),
            )
        )
        if year and not compared and kind not in ("plan", "now"):
            governing = year
    return marks


def _not_over(m: re.Match[str], period: str | None, published: date | None) -> bool:
    """Whether 全年 or a quarter without a year, taken for this year's, had not ended when the text was published."""
    if published is None or period is None or not ((m["allyear"] or "").startswith("全年") or m["part2"]):
        return False
    last = period.split("/")[-1]
    return len(last) == 4 or last >= f"{published.year}-{published.month:02d}"


def _resolve(
    m: re.Match[str], this_year: int | None, governing: int | None, published: date | None
) -> tuple[str | None, str, int | None] | None:
    if m["days"]:
        told = int(m["dyear"]) if m["dyear"] else governing
        first, last = int(m["dm1"]), int(m["dm2"] or m["dm1"])
        if told is None or not (1 <= first <= 12 and 1 <= last <= 12):
            return None
        days = f"{told}-{first:02d}-{int(m['dd1']):02d}/{told}-{last:02d}-{int(m['dd2']):02d}"
        return days, "days", int(m["dyear"]) if m["dyear"] else None
    if m["range"]:
        return f"{m['y1']}/{m['y2']}", "range", int(m["y2"])
    if m["plan"]:
        first, last = _FIVE[m["planno"]]
        part = m["planpart"]
        if part is None:
            return None
        if part == "以来":
            return (f"{first}/{this_year}" if this_year else None), "since", None
        if part.startswith(("末", "收官", "期末")):
            return str(last), "plan", last
        if part.startswith("前"):
            return f"{first}/{last - (1 if '四' in part else 2)}", "plan", None
        return f"{first}/{last}", "plan", None
    if m["year"] or m["rel"]:
        if m["year"]:
            year: int | None = int(m["year"])
        elif m["rel"] in ("当年", "同年", "该年"):
            year = governing
        elif m["rel"] == "次年":
            year = governing + 1 if governing else None
        elif m["rel"].startswith("上"):
            year = governing - 1 if governing else None
        else:
            year = this_year + _REL_SHIFT[m["rel"]] if this_year else None
        if year is None:
            return None, "year", None
        if m["part"]:
            return (
                _part_period(year, m["part"], m["firstn"], m["quarter"], m["m1"], m["m2"], m["quarters"]),
                "part",
                year,
            )
        if m["month"]:
            return (*_month_period(year, m["month"], m["day"]), year)
        edge = m["edge"] or ""
        if edge == "以来":
            return (f"{year}/{this_year}" if this_year and this_year != year else str(year)), "since", year
        return str(year), "year", year
    if m["part2"]:
        if m["m12"] and not m["m22"]:
            return None
        if governing is None:
            return None, "part", None
        return (
            _part_period(governing, m["part2"], m["firstn2"], m["quarter2"], m["m12"], m["m22"], m["quarters2"]),
            "part",
            None,
        )
    if m["month3"]:
        if not 1 <= int(m["month3"]) <= 12:
            return None
        if governing is None:
            return None, "month", None
        year = governing
        if this_year and m.string[max(0, m.start() - 2) : m.start()] in ("截至", "截止"):
            year = this_year  # 去年11月开工，截至10月末: what is counted up to is this year's
        return (*_month_period(year, m["month3"], m["day3"]), None)
    if m["now"]:
        if m["now"] == "截至发稿":
            return (published.isoformat() if published else None), "now", None
        return (f"{published.year}-{published.month:02d}" if published else None), "now", None
    if m["span"]:
        years = _number("二" if m["spann"] == "两" else m["spann"])
        if this_year is None or not years:
            return None, "since", None
        if m["spanway"] in ("近", "过去"):
            return f"{this_year - years + 1}/{this_year}", "since", None
        return f"{this_year + 1}/{this_year + years}", "range", None
    if m["lastmonth"]:
        if published is None:
            return None, "month", None
        back = 1 if m["lastmonth"].startswith("上") else 0
        year, month = divmod(published.year * 12 + published.month - 1 - back, 12)
        return f"{year}-{month + 1:02d}", "month", None
    if m["bareday"]:
        return day_told(int(m["bareday"]), published), "day", None
    start_value = m["allyear"] == "年初" and re.match(r"的", m.string[m.end() : m.end() + 1])
    if start_value and governing and m.string[max(0, m.start() - 1) : m.start()] in ("由", "从", "比", "较"):
        return f"{governing}-01", "month", None
    if m["allyear"]:
        return (str(governing) if governing else None), "year", None
    return None


def day_told(day: int, published: date | None) -> str | None:
    """The last such day before the text came out."""
    if published is None or day == 0:
        return None
    month = published.year * 12 + published.month - 1 - (day > published.day)
    if day > monthrange(month // 12, month % 12 + 1)[1]:
        month -= 1  # no two months with fewer than 31 days follow each other
    return f"{month // 12}-{month % 12 + 1:02d}-{day:02d}"


def _month_period(year: int, month: str, day: str | None) -> tuple[str | None, str]:
    value = int(month)
    if not 1 <= value <= 12:
        return None, "month"
    if day and 1 <= int(day) <= 31:
        return f"{year}-{value:02d}-{int(day):02d}", "day"
    return f"{year}-{value:02d}", "month"


_JOINED = re.compile(r"、|和|与|及|以及")


def listed(marks: list[TimeMark], text: str) -> list[list[TimeMark]]:
    """Runs of marks that only list commas part (一季度、上半年和全年), and ranges of years as a run of their years."""
    runs: list[list[TimeMark]] = []
    for mark in marks:
        if mark.kind == "range" and mark.period and re.fullmatch(r"\d{4}/\d{4}", mark.period):
            first, last = map(int, mark.period.split("/"))
            years = range(first, last + 1)
            runs.append([TimeMark(mark.start, mark.end, str(year), "year") for year in years])
        elif runs and _JOINED.fullmatch(text[runs[-1][-1].end : mark.start]):
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return [run for run in runs if len(run) > 1]


def marks_in(marks: list[TimeMark], starts: list[int], first: int, last: int) -> list[TimeMark]:
    """The marks that begin in [first, last); `starts` are their sorted starts."""
    return marks[bisect_left(starts, first) : bisect_left(starts, last)]
