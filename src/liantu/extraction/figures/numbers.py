"""Finds the quantities of a clean text: number, magnitude, unit, and the marks of vagueness around them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from liantu.extraction.figures import quantity
from liantu.extraction.figures.numerals import arabic_number, chinese_number
from liantu.extraction.figures.quantity import Quantity
from liantu.reading.decode import BROKEN
from liantu.vocabulary.units import unit_pattern, units

CHINESE = "一二两三四五六七八九十百千万亿零〇"
_NUMERAL = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_VAGUE = r"[余多]"
_MAGNITUDE = r"(?:[十百万亿]|千(?![瓦升克米伏卡])){0,3}"  # 千瓦 is a unit, 千元 is not


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    unit = unit_pattern()
    after = (
        r"(?P<after>以上|以内|以下|之内|左右|上下(?!游)|之多|还多|出头|有余|开外|多(?=[，。；、])|强(?=[，。；、]))?"
    )
    # Behind `BROKEN`, a damaged character, may stand the tail of a number.
    return {
        "arabic": re.compile(
            rf"(?:(?<![\d.A-Za-z\-−/#第№×*{BROKEN}])|(?<=GDP))(?<![\dA-Za-z.]\+)(?P<num>{_NUMERAL})(?: (?=[万亿]))?(?P<v1>{_VAGUE}?)(?P<mag>{_MAGNITUDE})(?P<v2>{_VAGUE}?) ?(?P<unit>{unit}){after}"
        ),
        "paired": re.compile(
            rf"/(?P<num>{_NUMERAL})(?P<v1>{_VAGUE}?)(?P<mag>{_MAGNITUDE})(?P<v2>{_VAGUE}?) ?(?P<unit>{unit}){after}"
        ),
        "range": re.compile(
            rf"(?<![\d.A-Za-z\-−+/#第№×*年{BROKEN}])(?P<n1>{_NUMERAL})(?P<m1>{_MAGNITUDE})(?P<u1>%|‰|{unit})?(?P<sep>—{{1,2}}|-|－|–|~|～|至|到)(?P<n2>{_NUMERAL})(?P<m2>{_MAGNITUDE})(?P<unit>%|‰|{unit}){after}"
        ),
        "percent": re.compile(rf"(?<![\d.A-Za-z/{BROKEN}])(?P<num>{_NUMERAL})(?P<unit>%|‰)(?!·){after}"),
        "hundredth": re.compile(rf"百分之(?P<num>[{CHINESE}点\d.]+)(?!点){after}"),
        "fraction": re.compile(rf"(?P<den>[{CHINESE}\d]{{1,4}})分之(?P<num>[{CHINESE}\d]{{1,4}})(?!是|：){after}"),
        "tenths": re.compile(
            rf"(?<![{CHINESE}第数几])(?P<num>[一二两三四五六七八九])成(?P<half>半|多|[一二三四五六七八九](?![{CHINESE}成个年月]))?{_tenths_stop()}{after}"
        ),
        "half": re.compile(
            r"(?<!双)(?P<num>一半|半数|过半|大半)(?!年|天|月|岛|径|导|个月|以外)(?P<after>以上|左右|以内|以下)?"
        ),
        "fold": re.compile(
            rf"翻(?:了|上|至)?(?P<vague>将?近|约)?(?P<num>[{CHINESE}\d.]{{1,4}})(?P<unit>番|倍)(?P<after>以上|左右|还多|多)?"
        ),
        "rank": re.compile(rf"第 ?(?P<num>\d{{1,4}}|[{CHINESE}]{{1,4}})(?P<unit>位|名)?(?![{CHINESE}\d])"),
        "top": re.compile(
            r"(?:居|列|位居|位列|排名|排在|稳居|高居|跃居|跃升至|升至|升到)(?:[^，。；、\d]{0,10})(?P<num>首位|榜首|首席|头名|之首|首(?=[，。；]))"
        ),
        "chinese": re.compile(
            rf"(?<![{CHINESE}第数几\d{BROKEN}])(?P<num>[{CHINESE}]{{1,7}})(?P<v1>{_VAGUE}?)(?P<mag>[万亿]{{0,2}})(?P<v2>{_VAGUE}?)(?P<unit>{unit}){after}"
        ),
    }


def _tenths_stop() -> str:
    return "(?!" + "|".join(units()["成"].not_before) + ")"


# 三次产业结构 4.5:68.9:26.6
_RATIO = re.compile(
    r"(?<=[为是由到成：的])(\d{1,2}(?:\.\d+)?)([:∶：])(\d{1,2}(?:\.\d+)?)\2(\d{1,2}(?:\.\d+)?)(?![:∶：\d])"
)
# 高于全国、全省1.1个和0.8个百分点: the counter stands for the unit of the next number.
_SHARED_UNIT = re.compile(r"^(?:、|和|与|及|，)$")
# 人口3.2亿，从业人员8.2万。: people are counted without a counter.
_PEOPLE = re.compile(
    rf"(?P<who>人口|人员|就业|员工|用工|职工|游客|旅客|学生|党员|农民|居民)(?:总数|总量|规模)?(?:达到?|约|近|超|超过|突破|逾|有|为|共)?(?P<num>{_NUMERAL})(?P<v1>余|多)?(?P<mag>[万亿])(?P<v2>余|多)?(?=[，。；、）])"
)

# 5万农户: households are counted without a counter.
_HOUSEHOLDS = re.compile(
    rf"(?<![\d.])(?P<num>{_NUMERAL})(?P<v1>余|多)?(?P<mag>万?)(?P<v2>余|多)?(?=(?:农户|贫困户|茶农|果农|菜农|商户|种植户|养殖户))"
)

# 总投资达25亿的项目, 营收突破7000亿, 生产总值分别突破1.3万亿和1.1万亿大关: money without its unit.
_MONEY_ENDS = r"(?=[，。；、）的！\s]|大关|台阶|关口|门槛|(?:和|与|及)\d|$)"
_MONEY = re.compile(
    rf"(?:投资额?|总额|营收|收入|产值|资金|税收|利润|金额|规模|引资|融资|贷款|交易额|销售额|市值|生产总值|GDP|增加值|零售额|余额|利税)(?:总?额|合计)?(?:分别|首次|成功|历史性|已|率先|先后)?(?:达到?|约|近|超|超过|突破|首破|跨过|跨越|迈上|跃上|站上|逾|为|共|高达|达到了|突破了|突破近)?(?P<num>{_NUMERAL})(?P<v1>余|多)?(?P<mag>万亿|[万亿])(?P<v2>余|多)?{_MONEY_ENDS}"
)
_MONEY_TOO = re.compile(rf"[、和与及](?P<num>{_NUMERAL})(?P<v1>余|多)?(?P<mag>万亿|[万亿])(?P<v2>余|多)?{_MONEY_ENDS}")


# 产业规模突破千亿, 全年有望突破千亿大关: money by its magnitude alone.
_ROUND = re.compile(
    r"(?:突破|超过?|逾|跨过|跨越|迈上|迈过|站上|跃上|迈入|首?破|达到?|近)(?:了)?(?P<num>[百千万]亿)(?P<stop>大关|台阶|门槛|关口)?(?=[，。；、！）\s]|$)"
)
_SUM = re.compile(
    r"(?:投资|总额|营收|收入|产值|税收|利润|金额|规模|贸易额|交易额|销售额|市值|资产|总量|GDP|增加值|存款|贷款|产业|集群)[^，。；]{0,8}$"
)
# 占全年计划开工数的1/3
_SLASHED = re.compile(
    r"(?<=[的约近超占达足到])(?P<num>[1-9])/(?P<den>[2-9]|10)(?![\d/.年月日—\-])(?P<after>以上|左右|以内|以下|多)?"
)


# 年产值突破2个亿: money, whatever the counter says.
_HUNDRED_MILLIONS = re.compile(
    rf"(?<![\d.A-Za-z])(?P<num>{_NUMERAL})(?P<vague>多|余)?个(?:多)?亿(?!元?(?:以上)?的?[一-鿿]{{0,4}}(?:项目|企业))(?P<unit>元?)(?!次|级|条|人|吨|产业)"
)


def find_quantities(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """All quantities in `text[start:end]`, in order, not overlapping.

    Dates, ordinals that only name, numbers inside names, list numbers and numbers without a unit are not quantities.
    """
    stop = len(text) if end is None else end
    found: list[Quantity] = []
    taken: list[tuple[int, int]] = []
    kinds = units()
    patterns = _patterns()

    def add(q: Quantity) -> None:
        found.append(q)
        taken.append((q.start, q.stop))

    def free(a: int, b: int) -> bool:
        return all(b <= s or a >= e for s, e in taken)

    window = text[start:stop]
    has_digit = any(c.isdigit() for c in window)
    if has_digit:
        for m in patterns["range"].finditer(text, start, stop):
            quantity.range_ends(text, m, add, kinds)
        for m in patterns["percent"].finditer(text, start, stop):
            if free(m.start(), m.end("unit")):
                unit = m["unit"]
                add(
                    Quantity(
                        m.start("num"),
                        m.end("unit"),
                        m.end(),
                        arabic_number(m["num"]),
                        unit,
                        "percent",
                        "percent",
                        after=m["after"] or "",
                    )
                )
        for m in _HUNDRED_MILLIONS.finditer(text, start, stop) if "个亿" in window else ():
            if free(m.start(), m.end()):
                amount = (arabic_number(m["num"]) or 0) * 1e8
                add(Quantity(m.start(), m.end(), m.end("unit"), amount, "元", "money", "plain", vague=m["vague"] or ""))
        for m in patterns["arabic"].finditer(text, start, stop):
            if free(m.start("num"), m.end("unit")):
                q = quantity.arabic(text, m, kinds)
                if q:
                    add(q)
                    pair = patterns["paired"].match(text, q.stop, stop)  # 100MW/200MWh, 200兆瓦/400兆瓦时
                    second = quantity.arabic(text, pair, kinds) if pair and q.unit_class == "physical" else None
                    if second:
                        add(second)
    if has_digit and (":" in window or "∶" in window or "：" in window):
        for m in _RATIO.finditer(text, start, stop):
            for ordinal, i in enumerate((1, 3, 4)):
                add(Quantity(m.start(i), m.end(i), m.end(i), float(m[i]), "%", "share", "ratio", ordinal=ordinal))
    if "分之" in window:
        for m in patterns["hundredth"].finditer(text, start, stop):
            value = quantity.spoken(m["num"])
            if value is not None:
                add(
                    Quantity(
                        m.start(),
                        m.end("num"),
                        m.end(),
                        value,
                        "%",
                        "percent",
                        "percent",
                        after=m["after"] or "",
                        chinese=True,
                    )
                )
        for m in patterns["fraction"].finditer(text, start, stop):
            den, num = quantity.any_number(m["den"]), quantity.any_number(m["num"])
            if den and num is not None and den not in (100.0,) and free(m.start(), m.end("num")):
                add(
                    Quantity(
                        m.start(),
                        m.end("num"),
                        m.end(),
                        num / den * 100,
                        "%",
                        "share",
                        "fraction",
                        after=m["after"] or "",
                        chinese=True,
                    )
                )
    if has_digit and "/" in window:
        for m in _SLASHED.finditer(text, start, stop):
            num, den = int(m["num"]), int(m["den"])
            if num < den:
                add(
                    Quantity(
                        m.start(),
                        m.end("den"),
                        m.end(),
                        num / den * 100,
                        "%",
                        "share",
                        "fraction",
                        after=m["after"] or "",
                    )
                )
    if "亿" in window:
        for m in _ROUND.finditer(text, start, stop):
            if free(m.start("num"), m.end("num")) and (
                m["stop"] or _SUM.search(text, max(start, m.start() - 16), m.start())
            ):
                value = chinese_number(m["num"]) or 0
                add(Quantity(m.start("num"), m.end("num"), m.end("num"), value, "元", "money", "plain", chinese=True))
    if "成" in window:
        for m in patterns["tenths"].finditer(text, start, stop):
            value = chinese_number(m["num"])
            if value is not None:
                more = m["half"] if m["half"] not in (None, "多") else ""
                extra = 5 if more == "半" else int(chinese_number(more) or 0) if more else 0  # 六成五 is 65
                add(
                    Quantity(
                        m.start("num"),
                        m.end("half") if more else m.end("num") + 1,
                        m.end(),
                        value * 10 + extra,
                        "%",
                        "share",
                        "tenths",
                        vague="多" if m["half"] == "多" else "",
                        after=m["after"] or "",
                        chinese=True,
                    )
                )
    if "半" in window:
        for m in patterns["half"].finditer(text, start, stop):
            if free(m.start(), m.end()):
                vague = "过" if m["num"] in ("过半", "大半") else ""
                at = m.start("num") + (1 if m["num"] in ("过半", "大半") else 0)
                add(
                    Quantity(
                        at,
                        m.end("num"),
                        m.end(),
                        50.0,
                        "%",
                        "share",
                        "half",
                        vague=vague,
                        after=m["after"] or "",
                        chinese=True,
                    )
                )
    if "翻" in window:
        for m in patterns["fold"].finditer(text, start, stop):
            value = quantity.any_number(m["num"])
            if value is not None and free(m.start("num"), m.end()):
                add(
                    Quantity(
                        m.start("num"),
                        m.end("num"),
                        m.end(),
                        value,
                        m["unit"],
                        "times",
                        "fold",
                        after=m["after"] or "",
                        chinese=True,
                    )
                )
    if "第" in window:
        for m in patterns["rank"].finditer(text, start, stop):
            q = quantity.rank(text, m)
            if q and free(q.start, q.stop):
                add(q)
    if "首" in window or "榜" in window:
        for m in patterns["top"].finditer(text, start, stop):
            if free(m.start("num"), m.end("num")):
                add(Quantity(m.start("num"), m.end("num"), m.end("num"), 1.0, "位", "rank", "rank", chinese=True))
    for m in patterns["chinese"].finditer(text, start, stop):
        if free(m.start("num"), m.end("unit")):
            q = quantity.chinese(text, m, kinds)
            if q:
                add(q)
    if has_digit and ("万" in window or "亿" in window):
        for pattern, unit, kind in ((_PEOPLE, "人", "person"), (_MONEY, "元", "money")):
            for m in pattern.finditer(text, start, stop):
                if free(m.start("num"), m.end("mag")):
                    counted = "人次" if kind == "person" and m["who"] in ("游客", "旅客") else unit
                    add(quantity.unitless(m, counted, kind))
                    also = _MONEY_TOO.match(text, m.end(), stop) if unit == "元" else None
                    while also and free(also.start("num"), also.end("mag")):
                        add(quantity.unitless(also, unit, kind))
                        also = _MONEY_TOO.match(text, also.end(), stop)
    if has_digit and ("户" in window or "农" in window):
        for m in _HOUSEHOLDS.finditer(text, start, stop):
            if free(m.start("num"), m.end("mag")):
                add(quantity.unitless(m, "户", "counter"))
    found = [_signed(text, q) for q in found if not _is_age_class(text, q)]
    found.sort(key=lambda q: q.start)
    _share_units(text, found)
    if "分别" in window or "依次" in window:
        found = _with_bare_members(text, start, found)
    return found


# 增长-8.92%, 增长率为-3.19‰: a sign behind a word.
_MINUS = re.compile(r"[一-鿿、（][-−－]$")
# 18—34岁户籍人口, 60岁及以上人口: a class of people, not a figure.
_AGE_CLASS = re.compile(
    r"(?:[—\-–~至到]\d+)?岁?(?:、[\d—\-–~至到]+岁)*(?:及以上|以上|及以下|以下)?(?:的)?(?:户籍|常住|城镇|农村|劳动)?(?:人口|人群|老年人|人员|劳动力|青年|儿童)"
)


def _signed(text: str, q: Quantity) -> Quantity:
    """`q` with the minus that stands right before it."""
    if (
        q.unit_class in ("percent", "points", "share")
        and q.value > 0
        and _MINUS.search(text, max(0, q.start - 2), q.start)
    ):
        return replace(q, value=-q.value)
    return q


def _is_age_class(text: str, q: Quantity) -> bool:
    return q.unit == "岁" and _AGE_CLASS.match(text, q.end) is not None


# 分别提高34.8、24.8个百分点: one unit at the end of the list.
_BARE_MEMBERS = re.compile(
    rf"(?:分别|依次)[^，。；、\d]{{0,10}}(?P<bare>(?:(?<![\d.])-?(?:{_NUMERAL})(?:、|和|与|及))+)(?={_NUMERAL})"
)


def _with_bare_members(text: str, start: int, found: list[Quantity]) -> list[Quantity]:
    """`found` with the numbers of its lists that leave their unit to the last one, which follows 分别 or 依次."""
    last = {q.start: q for q in found if q.form in ("plain", "percent") and not q.chinese}
    taken = [(q.start, q.stop) for q in found]
    more: list[Quantity] = []
    for m in _BARE_MEMBERS.finditer(text, start, found[-1].start + 1 if found else start):
        closing = last.get(m.end())
        if closing is None:
            continue
        told = re.match(_NUMERAL, text[closing.start : closing.end])
        scale = closing.value / (arabic_number(told.group()) or 1) if told else 1
        for member in re.finditer(rf"(?P<minus>-?)(?P<num>{_NUMERAL})", m["bare"]):
            low, high = m.start("bare") + member.start("num"), m.start("bare") + member.end()
            if all(high <= a or low >= z for a, z in taken):
                value = (arabic_number(member["num"]) or 0) * scale * (-1 if member["minus"] else 1)
                more.append(replace(closing, start=low, end=high, stop=high, value=value, after="", vague=""))
    return sorted([*found, *more], key=lambda q: q.start)


def _share_units(text: str, found: list[Quantity]) -> None:
    """1.1个和0.8个百分点 are two numbers of percentage points."""
    for q, following in zip(found[-2::-1], found[:0:-1], strict=True):
        if (
            following.unit in ("百分点", "千分点")
            and q.unit == "个"
            and _SHARED_UNIT.match(text[q.stop : following.start])
        ):
            q.unit, q.unit_class = following.unit, following.unit_class
