"""A quantity as found, and what tells a quantity from a name that holds digits."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from liantu.extraction.figures.numerals import arabic_number, chinese_number, magnitude, scaled
from liantu.vocabulary.units import Unit

Form = Literal["plain", "percent", "fraction", "tenths", "half", "fold", "rank", "ratio"]


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


# What may stand before 第N so that it is a place in an order and not a name (第三代, 第二产业).
_RANK_BEFORE = re.compile(
    r"(?:居|列|排|排名|排位|位次|名列|位列|位居|升至|升到|跃至|跃居|跃升至|上升至|攀升至|前进至|降至|保持|稳居|提升至|进位至|晋升至|由|从|至|到|为|是|获|获得|摘得|夺得|荣获|全省|全国|全市|全县|全区|全球|世界|亚洲|国内|省内|市内|行业|中部|西部|东部|地级市|省份|城市|地区|产区|园区|集群|专业镇|景区|港口|机场|厂商|企业|开发区|高新区|经开区|县域|同行业|同类|单位|同期|数量|总量|增速|县区|区县|区市|州市|县市|设区市)(?:中|里|的|之)?(?:全省|全国|全市|全球|世界|中部六省|中部|同类城市|同类地区|开发区|各市|各县|各县区)?$"
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
    r"(?:超|超过|突破|破|逾|达|达到|近|上|过|约|达成|迈上|迈入|跨上|站上|冲刺|迈向|跨越|跃上|跃过|不足|不到|接近|高达|至|到|上探)(?:了)?$"
)
# Places gained or lost in an order.
_MOVED = re.compile(r"(?:前移|上升|提升|前进|跃升|进|晋|下降|后移|上移|提高|退后|进位|下滑|跌落|跃进)了?$")
_PLACED = re.compile(r"(?:由|从|升至|升到|跃至|降至|进至|提升至|前移至|排名|居|列|排|到|至)\s?$")
# 由20位市级领导担任: people, politely counted
_PERSONS = re.compile(
    r"(?:[国省市县区镇村厅处]级?|知名|青年|专业|技术|行业|优秀|外国|返乡)?(?:领导|专家|院士|企业家|委员|代表|干部|老|居民|员工|同志|嘉宾|客商|学者|教授|农民|工程师|技术|博士|硕士|名师|负责|人才|书记|链长)"
)
_NOT_COUNT_BEFORE = re.compile(r"(?:等|这|那|上述|以上|其他|另外|每|各|该|前|后|头|近|过去|未来|今后|同一|第)$")


def vague_text(match: re.Match[str]) -> str:
    return (match["v1"] or "") + (match["v2"] or "")


def spoken(text: str) -> float | None:
    """三点五 is 3.5."""
    if "点" in text:
        whole, _, part = text.partition("点")
        left, right = any_number(whole), "".join(str(int(v)) for c in part if (v := chinese_number(c)) is not None)
        return float(f"{int(left)}.{right}") if left is not None and right else None
    return any_number(text)


def any_number(text: str) -> float | None:
    if text and text[0].isdigit():
        try:
            return arabic_number(text)
        except ValueError:
            return None
    return chinese_number(text)


def range_ends(text: str, m: re.Match[str], add: Callable[[Quantity], None], kinds: dict[str, Unit]) -> None:
    """Adds both ends of a range (20万元至100万元)."""
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


def arabic(text: str, m: re.Match[str], kinds: dict[str, Unit]) -> Quantity | None:
    """A number in digits with its unit, None where it is a date, an ordinal or part of a name."""
    unit, at = m["unit"], m.start("num")
    kind = kinds[unit].kind
    before = text[max(0, at - 8) : at]
    if kind == "streak":
        if unit != "年" or not re.search(r"(?:连续|连|蝉联|已连续|持续)$", before):
            return None
    elif kind == "rank":
        if unit == "位" and _MOVED.search(before):
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
    if (
        kind == "duration"
        and text[m.end("unit") : m.end("unit") + 1] == "内"
        and not re.search(r"(?:压缩|缩短|控制|限)", before)
    ):
        return None
    if unit in ("天", "秒", "小时", "分钟") and re.search(r"(?:近|前|后|这|第|每)$", before):
        return None
    placed = (
        unit == "位"
        and not _PERSONS.match(text, m.end("unit"))
        and not _MOVED.search(before)
        and bool(_PLACED.search(before))
    )
    return Quantity(
        at,
        m.end("mag") if m["mag"] or not m["v1"] else m.end("num"),
        m.end(),
        value,
        _counter_unit(unit),
        kind,
        "rank" if placed else "plain",
        vague=vague_text(m),
        after=m["after"] or "",
    )


def _is_counted(before: str, value: float, tail: str) -> bool:
    """Whether a small number in characters counts something: 建成两条, 只有一家企业, 两条冻干生产线."""
    if value == 1:
        return bool(re.search(r"(?:只有|仅有|仅)$", before))
    return bool(_ACHIEVED.search(before)) or bool(re.match(r"[^，。；、的]{0,8}(?:生产线|产线|机组|高炉|焦炉)", tail))


def unitless(m: re.Match[str], unit: str, kind: str) -> Quantity:
    """A number whose unit only the word before it tells: 人口3.2亿, 总投资达25亿的项目."""
    value = scaled(m["num"], magnitude(m["mag"]))
    stop = m.end("v2") if m["v2"] else m.end("mag")
    return Quantity(m.start("num"), m.end("mag"), stop, value, unit, kind, "plain", vague=vague_text(m))


def _counter_unit(unit: str) -> str:
    return {"个百分点": "百分点", "个千分点": "千分点", "个小时": "小时", "名": "名"}.get(unit, unit)


def rank(text: str, m: re.Match[str]) -> Quantity | None:
    """第N as a place in an order, None where it only names (第三代, 第一批)."""
    at = m.start()
    value = any_number(m["num"])
    if value is None or value == 0:
        return None
    rest = text[m.end("num") : m.end("num") + 6]
    if not m["unit"]:
        if _RANK_STOP.match(rest):
            return None
        before = text[max(0, at - 16) : at]
        if not _RANK_BEFORE.search(before) and not re.search(
            r"(?:居|位列|名列|排名|排在|列)[^，。；、]{0,14}$", before
        ):
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


def chinese(text: str, m: re.Match[str], kinds: dict[str, Unit]) -> Quantity | None:
    """A number in characters with its unit, None where it is idiom, name or the head of a list (三大板块)."""
    unit, num, at = m["unit"], m["num"], m.start("num")
    kind = kinds[unit].kind
    before = text[max(0, at - 8) : at]
    tail = text[m.end("unit") : m.end("unit") + 6]
    vague = vague_text(m)
    if (
        before.endswith(("几", "数", "十", "第", "“五", "每", "唯"))
        or tail[:1] == "级"
        or unit in ("成", "名", "番", "度", "口", "类")
        or (unit == "位" and not _MOVED.search(before))
    ):
        return None
    value = chinese_number(num)
    if value is None:
        return None
    value *= magnitude(m["mag"])
    bare = all(c in "十百千万亿" for c in num) and num != "十"
    if unit == "位":
        return Quantity(at, m.end("num"), m.end(), value, unit, kind, "plain", chinese=True)
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
        if opened or value < 2 or (value <= 10 and unit in ("元", "度", "升", "克", "斤", "米")):
            return None
    elif unit.endswith("百分点"):
        if not re.search(r"[高低快慢多少长升降落大窄]了?(?:近|约)?$", before):
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
            elif not _is_counted(before, value, tail) or unit in ("次", "批", "场", "层", "种"):
                return None
        elif value == 10 and not _ACHIEVED.search(before):
            return None
    if before.endswith("上") and bare and not m["after"]:
        vague = vague or "上"  # 上百家: a hundred and more
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
