"""Finds the quantities of a clean text: number, magnitude, unit, and the marks of vagueness around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from liantu.extraction.figures.numerals import arabic_number, chinese_number, magnitude, scaled
from liantu.vocabulary.units import unit_pattern, units

Form = Literal["plain", "percent", "fraction", "tenths", "half", "fold", "rank", "ratio"]

CHINESE = "一二两三四五六七八九十百千万亿零〇"
_NUMERAL = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_VAGUE = r"[余多]"
_MAGNITUDE = r"(?:[十百万亿]|千(?![瓦升克米伏卡])){0,3}"  # 千瓦 is a unit, 千元 is not


@dataclass(slots=True)
class Quantity:
    """A number with its unit, in clean offsets.

    `start:end` is the number as GUIDELINES want it (magnitude, `%` and `第` included, unit not); `stop` is where the
    unit and a trailing 以上/左右/以内 end. `vague` is the mark inside (余, 多). `edge` is `low` or `high` in a range.
    """

    start: int
    end: int
    stop: int
    value: float
    unit: str
    unit_class: str
    form: Form
    vague: str = ""
    after: str = ""
    edge: str = ""
    chinese: bool = False
    ordinal: int = 0  # place in a three-sector ratio


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    unit = unit_pattern()
    after = r"(?P<after>以上|以内|以下|之内|左右|上下(?!游)|之多|多(?=[，。；、]))?"
    return {
        "arabic": re.compile(
            rf"(?<![\d.A-Za-z\-−+/#第№×*])(?P<num>{_NUMERAL})(?P<v1>{_VAGUE}?)(?P<mag>{_MAGNITUDE})(?P<v2>{_VAGUE}?) ?(?P<unit>{unit}){after}"
        ),
        "range": re.compile(
            rf"(?<![\d.A-Za-z\-−+/#第№×*年])(?P<n1>{_NUMERAL})(?P<m1>{_MAGNITUDE})(?P<u1>%|‰|{unit})?(?P<sep>—{{1,2}}|-|－|–|~|～|至|到)(?P<n2>{_NUMERAL})(?P<m2>{_MAGNITUDE})(?P<unit>%|‰|{unit}){after}"
        ),
        "percent": re.compile(rf"(?<![\d.A-Za-z/])(?P<num>{_NUMERAL})(?P<unit>%|‰)(?!·){after}"),
        "hundredth": re.compile(rf"百分之(?P<num>[{CHINESE}点\d.]+)(?!点){after}"),
        "fraction": re.compile(rf"(?P<den>[{CHINESE}\d]{{1,4}})分之(?P<num>[{CHINESE}\d]{{1,4}})(?!是|：){after}"),
        "tenths": re.compile(
            rf"(?<![{CHINESE}第数几])(?P<num>[一二两三四五六七八九])成(?P<half>半|多)?{_tenths_stop()}{after}"
        ),
        "half": re.compile(
            r"(?P<num>一半|半数|过半|大半)(?!年|天|月|岛|径|导|个月|以外)(?P<after>以上|左右|以内|以下)?"
        ),
        "fold": re.compile(
            rf"翻(?:了|上|至|了近)?(?P<vague>近)?(?P<num>[{CHINESE}\d.]{{1,4}})(?P<unit>番|倍)(?P<after>以上|左右|多)?"
        ),
        "rank": re.compile(rf"第 ?(?P<num>\d{{1,4}}|[{CHINESE}]{{1,4}})(?P<unit>位|名)?(?![{CHINESE}\d])"),
        "top": re.compile(
            r"(?:居|列|位居|位列|排名|排在|稳居|高居|跃居|跃升至|升至|升到)(?:[^，。；、\d]{0,10})(?P<num>首位|榜首|首席|头名|之首|首(?=[，。；]))"
        ),
        "chinese": re.compile(
            rf"(?<![{CHINESE}第数几\d])(?P<num>[{CHINESE}]{{1,7}})(?P<v1>{_VAGUE}?)(?P<mag>[万亿]{{0,2}})(?P<v2>{_VAGUE}?)(?P<unit>{unit}){after}"
        ),
    }


def _tenths_stop() -> str:
    return "(?!" + "|".join(units()["成"].not_before) + ")"


# What may stand before 第N so that it is a place in an order and not a name (第三代, 第二产业).
_RANK_BEFORE = re.compile(
    r"(?:居|列|排|排名|位次|名列|位列|位居|升至|升到|跃至|跃居|跃升至|上升至|攀升至|前进至|降至|保持|稳居|提升至|进位至|晋升至|由|从|至|到|为|是|获|获得|摘得|夺得|荣获|全省|全国|全市|全县|全区|全球|世界|亚洲|国内|省内|市内|行业|中部|西部|东部|地级市|省份|城市|地区|厂商|企业|开发区|高新区|经开区|县域|同行业|同类|单位|同期|数量|总量|增速|县区|区县|区市|州市)(?:中|里|的|之)?(?:全省|全国|全市|全球|世界|中部六省|中部|同类城市|同类地区|开发区|各市|各县|各县区)?$"
)
_RANK_STOP = re.compile(
    r"[代批期次届场产方条章款轮梯阵阶线类卷版书站集大战支柱部者课故曲]|一|二|三产|个(?!百)|季|师|中学|小学|医院|人民|附属|责任|一?书记|时间|现场|高峰|动力|名单"
)
_SET_NOUNS = re.compile(
    r"^(?:个|条|项|种|类|大|道|张|轮|次|步|层|块|批|方|本|点|份|名|位|只|件|笔|场|级|把)?(?:方面|环节|重点|路径|原则|机制|领域|体系|层面|维度|关键|抓手|举措|措施|方向|阶段|问题|工程|行动|计划|任务|节点|板块|样板|示范|特色|优势|转变|统筹|坚持|确保|必须|突出|聚焦|文明|代表|务必|维护|意识|自信|亲自|中心|基地|高地|强国|地方|角度|时候|人|样|起|定|步|切|直|同|系列|方针|战略|目标|定位|支柱|主线|主题|主体|龙头)"
)
_ACHIEVED = re.compile(
    r"(?:建成|新建|新增|建设|打造|培育|培育出|引进|拥有|获评|获批|落地|投产|增加|净增|增至|增加到|布局|建有|设立|开通|开工|签约|认定|入选|创建|成立|举办|开展|实施|落户|吸引|引入|入驻|汇集|集聚|聚集|共有|现有|已有|达|达到|突破|超过|超|近|上|约|逾|不少于|发展到|扩大到|减少到|仅|只有|新培育|新认定|新引进|再建|再建成|另有|还有)(?:了)?$"
)
_VALUE_MARK = re.compile(
    r"(?:超|超过|突破|逾|达|达到|近|上|过|约|达成|迈上|迈入|跨上|站上|冲刺|迈向|跨越|跃上|跃过|不足|不到|接近|高达|至|到|上探)(?:了)?$"
)
_NOT_COUNT_BEFORE = re.compile(r"(?:等|这|那|上述|以上|其他|另外|每|各|该|前|后|头|近|过去|未来|今后|同一|第)$")


# 三次产业结构 4.5:68.9:26.6
_RATIO = re.compile(r"(?<=[为是由到成：])(\d{1,2}(?:\.\d+)?):(\d{1,2}(?:\.\d+)?):(\d{1,2}(?:\.\d+)?)(?![:\d])")


def _vague_text(match: re.Match[str]) -> str:
    return (match["v1"] or "") + (match["v2"] or "")


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
            _add_range(text, m, add, kinds)
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
        for m in patterns["arabic"].finditer(text, start, stop):
            if free(m.start("num"), m.end("unit")):
                q = _arabic(text, m, kinds)
                if q:
                    add(q)
    if has_digit and ":" in window:
        for m in _RATIO.finditer(text, start, stop):
            for i in (1, 2, 3):
                add(Quantity(m.start(i), m.end(i), m.end(i), float(m[i]), "%", "share", "ratio", ordinal=i - 1))
    if "分之" in window:
        for m in patterns["hundredth"].finditer(text, start, stop):
            value = _spoken(m["num"])
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
            den, num = _any_number(m["den"]), _any_number(m["num"])
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
    if "成" in window:
        for m in patterns["tenths"].finditer(text, start, stop):
            value = chinese_number(m["num"])
            if value is not None:
                extra = 5 if m["half"] == "半" else 0
                add(
                    Quantity(
                        m.start("num"),
                        m.end("half") if m["half"] == "半" else m.end("num") + 1,
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
            value = _any_number(m["num"])
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
            q = _rank(text, m)
            if q and free(q.start, q.stop):
                add(q)
    if "首" in window or "榜" in window:
        for m in patterns["top"].finditer(text, start, stop):
            if free(m.start("num"), m.end("num")):
                add(Quantity(m.start("num"), m.end("num"), m.end("num"), 1.0, "位", "rank", "rank", chinese=True))
    for m in patterns["chinese"].finditer(text, start, stop):
        if free(m.start("num"), m.end("unit")):
            q = _chinese(text, m, kinds)
            if q:
                add(q)
    found.sort(key=lambda q: q.start)
    return found


def _spoken(text: str) -> float | None:
    """三点五 is 3.5."""
    if "点" in text:
        whole, _, part = text.partition("点")
        left, right = _any_number(whole), "".join(str(int(v)) for c in part if (v := chinese_number(c)) is not None)
        return float(f"{int(left)}.{right}") if left is not None and right else None
    return _any_number(text)


def _any_number(text: str) -> float | None:
    if text and text[0].isdigit():
        try:
            return arabic_number(text)
        except ValueError:
            return None
    return chinese_number(text)


def _add_range(text: str, m: re.Match[str], add, kinds) -> None:  # type: ignore[no-untyped-def]
    before = text[max(0, m.start() - 6) : m.start()]
    unit = m["unit"]
    if unit in ("年", "个月", "位", "名") or (
        m["sep"] in ("至", "到") and re.search(r"(?:由|从|自)[^，。；]{0,5}$", before)
    ):
        return
    first_unit = m["u1"] or unit
    if m["u1"] is None and m["sep"] in ("到",):
        return
    percent = unit in "%‰"
    mag1 = m["m1"] or ("" if m["u1"] else m["m2"])
    low = scaled(m["n1"], magnitude(mag1))
    high = scaled(m["n2"], magnitude(m["m2"]))
    if low >= high or first_unit != unit:
        return
    kind = "percent" if percent else kinds[unit].kind
    form: Form = "percent" if percent else "plain"
    first_end = m.end("u1") if percent and m["u1"] else m.end("m1")
    add(Quantity(m.start("n1"), first_end, m.end("sep"), low, unit, kind, form, edge="low"))
    add(
        Quantity(
            m.start("n2"),
            m.end("unit") if percent else m.end("m2"),
            m.end(),
            high,
            unit,
            kind,
            form,
            after="",
            edge="high",
        )
    )


def _arabic(text: str, m: re.Match[str], kinds) -> Quantity | None:  # type: ignore[no-untyped-def]
    unit, at = m["unit"], m.start("num")
    kind = kinds[unit].kind
    before = text[max(0, at - 8) : at]
    if kind == "streak":
        if unit != "年" or not re.search(r"(?:连续|连|蝉联|已连续|持续)$", before):
            return None
    elif kind == "rank":
        if unit == "位" and re.search(
            r"(?:前移|上升|提升|前进|跃升|进|晋|下降|后移|上移|提高|退后|进位|前进了|提升了|上升了|前移了)$", before
        ):
            pass
        elif unit == "位" and re.match(r"数|小数|二进制", text[m.end("unit") : m.end("unit") + 3]):
            return None
    if before.endswith(("前", "第")) and kind in ("counter", "rank"):
        return None
    if unit == "次" and before.endswith("第"):
        return None
    if text[m.end("unit") : m.end("unit") + 1] == "级" and unit != "个":
        return None
    if (
        kind == "counter"
        and before.endswith(("+", "“"))
        and m["mag"] == ""
        and text[m.end("unit") : m.end("unit") + 1].isdigit()
    ):
        return None  # 5个3
    value = scaled(m["num"], magnitude(m["mag"]))
    if unit in ("天", "秒", "小时", "分钟") and re.search(r"(?:近|前|后|这|第|每)$", before):
        return None
    return Quantity(
        at,
        m.end("mag") if m["mag"] or not m["v1"] else m.end("num"),
        m.end(),
        value,
        _counter_unit(unit),
        kind,
        "plain",
        vague=_vague_text(m),
        after=m["after"] or "",
    )


def _counter_unit(unit: str) -> str:
    return {"个百分点": "百分点", "个千分点": "千分点", "个小时": "小时", "名": "名"}.get(unit, unit)


def _rank(text: str, m: re.Match[str]) -> Quantity | None:
    at = m.start()
    value = _any_number(m["num"])
    if value is None or value == 0:
        return None
    rest = text[m.end("num") : m.end("num") + 6]
    if not m["unit"]:
        if _RANK_STOP.match(rest):
            return None
        if not _RANK_BEFORE.search(text[max(0, at - 14) : at]):
            return None
        if (
            rest[:1]
            and re.match(r"[一-鿿]", rest[0])
            and not re.match(
                r"[，的和、及与且并位名，至以升跃]|高位|大|强|上升|提升|前移|下降|成为|连续|较|比|增|仅次|其中|方", rest
            )
        ):
            return None
    elif re.match(r"以内|内", text[m.end() : m.end() + 2]):
        return None
    return Quantity(at, m.end("num"), m.end(), value, "位", "rank", "rank", chinese=not m["num"][0].isdigit())


def _chinese(text: str, m: re.Match[str], kinds) -> Quantity | None:  # type: ignore[no-untyped-def]
    unit, num, at = m["unit"], m["num"], m.start("num")
    kind = kinds[unit].kind
    before = text[max(0, at - 8) : at]
    tail = text[m.end("unit") : m.end("unit") + 6]
    vague = _vague_text(m)
    if (
        before.endswith(("几", "数", "十", "第", "“五", "每"))
        or tail[:1] == "级"
        or unit in ("成", "位", "名", "番", "度", "口", "类")
    ):
        return None
    value = chinese_number(num)
    if value is None:
        return None
    value *= magnitude(m["mag"])
    bare = all(c in "十百千万亿" for c in num) and num != "十"
    opened = before.endswith(("“", "‘", "《"))
    if kind == "streak":
        if unit != "年" or not re.search(r"(?:连续|蝉联|已连续|持续)$", before):
            return None
    elif kind == "times":
        if num == "一" and not re.search(
            r"(?:扩大|增长|增加|提高|提升|增|翻|多|高出|高|超|快|放大|扩张)(?:了|近|约|超)?$", before
        ):
            return None
    elif bare:
        if opened or not (vague or _VALUE_MARK.search(before)):
            return None
        if (
            tail.startswith(("企业", "产业", "园区", "集群", "项目", "规模", "工程"))
            and kind in ("money", "physical")
            and not vague
            and tail[:2] != "规模"
        ):
            return None  # 打造千亿产业: a class of size
    elif kind in ("money", "physical"):
        if (
            opened
            or (value < 2 and unit in ("度", "元", "米", "升", "方"))
            or (value <= 10 and unit in ("元", "度", "升", "克", "斤", "米"))
        ):
            return None
    elif kind == "duration":
        if value < 2 or before.endswith(("近", "前", "后", "这")):
            return None
    else:
        if opened or _NOT_COUNT_BEFORE.search(before) or _SET_NOUNS.match(unit + tail):
            return None
        if value < 10:
            if text[m.end("unit") : m.end("unit") + 1].isdigit():
                if unit == "个":
                    return None
            elif not (_ACHIEVED.search(before) and value >= 2) or unit in ("次", "批", "场", "层", "种"):
                return None
        elif value == 10 and not _ACHIEVED.search(before):
            return None
    return Quantity(
        at,
        m.end("mag") if m["mag"] or not m["v1"] else m.end("num"),
        m.end(),
        value,
        _counter_unit(unit),
        kind,
        "plain",
        vague=vague,
        after=m["after"] or "",
        chinese=True,
    )
