"""Figures as a glue of parts finds them: a regular expression for number and unit, the tagger's nouns for what is counted."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from peer_names import OFFICES, project_mentions
from peer_text import NOUNS, Sentence, Span, Text, Token

CHINESE = "零〇一二两三四五六七八九十百千万亿"
_UNITS = """
% ％ ‰ 个百分点 百分点 倍 番 元 美元 欧元 港元 英镑 日元 亩 公顷 平方米 平方公里 平方千米 立方米 米 公里 千米 毫米 吨 公斤 千克 斤 克
吨标准煤 吨标煤 克标准煤 载重吨 标箱 千瓦 千瓦时 瓦 兆瓦 兆瓦时 千伏安 度 GW MW kW KW W GWh MWh kWh GWH P PFlops
户 家 个 项 条 座 辆 台 台套 套 人 人次 名 位 件 只 头 架 艘 列 栋 间 片 处 张 场 次 份 支 所 种 单 袋 双 颗 批次 标准箱 千升 升
摄氏度 ℃ 微克 小时 天 对 根 株 部 款 幢 班 枚 具 门 期 宗 起 篇 吨/年 成
"""
UNITS = sorted(_UNITS.split(), key=len, reverse=True)
UNIT = "(?:" + "|".join(map(re.escape, UNITS)) + r")(?:/(?:公斤|吨|亩|立方米|平方米|千瓦时|人|年|日|天))?"
AMOUNT = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|[{CHINESE}]+)"
NUMBER = re.compile(
    rf"(?P<rank>第\s?(?:\d+|[一二三四五六七八九十]+)(?:位|名|(?![场次批届期产个条轮季阶版代季]|\d)))"
    rf"|(?P<whole>[{CHINESE}]+|百)分之(?P<part>[{CHINESE}]+)"
    rf"|(?P<low>\d+(?:\.\d+)?)(?P<lowunit>[万亿]?[%％]?)(?:—|–|-|~|～|至|到)(?P<high>\d+(?:\.\d+)?)(?P<highmag>[万亿]*)(?P<highunit>{UNIT})"
    rf"|(?P<number>{AMOUNT}(?:余|多)?[十百千万亿]*?)(?P<more>余|多)?(?P<unit>{UNIT})"
    rf"|(?P<half>一半|过半|半数)"
    rf"|连续(?P<years>\d+|[一二三四五六七八九十]+)年"
)
DATES_ONLY = re.compile(r"[年月日号时点分秒岁届]|世纪")
RANKED = re.compile(
    r"(?:全[国省市球区]|国内|世界|行业|同类|排名?|位[列居次]|居|列|名列|跃居|升至|升到|进入?)[^，。]{0,8}$"
)
GROWN = re.compile(
    r"(?:增长|增速|增幅|增加(?!值)|净增|同比|环比|提高|提升|上升|下降|减少|降低|回落|增(?!加值)|降|缩减|压减|扩大)[^，。；到至由为]{0,6}$"
)
FALLEN = re.compile(r"(?:下降|减少|降低|回落|降|缩减|压减)[^，。；]{0,4}$")
TARGETS = re.compile(r"力争|确保|目标|要达到|将达|达到.{0,12}以上|争取|到20\d\d年|预期|突破.{0,12}以上")
PLANS = re.compile(
    r"总投资|计划|拟|预计|规划|设计|年产|达产后|投产后|建成后|可实现|可新增|可带动|谋划|协议|签约金额|奖励|补贴|补助|给予|不低于|不少于|不超过|最高"
)
TOGETHER = re.compile(f"(?:{UNIT})?[、和及与至到—-]{{1,2}}")
DONE = re.compile("完成|累计|已|到位|占")
BOUNDS = (
    ("<", re.compile(r"(?:不足|不到|低于)[^，。]{0,3}$"), re.compile(r"^(?!)")),
    (
        "<=",
        re.compile(r"(?:不超过|不高于|最高|控制在)[^，。]{0,3}$|\d[十百千万亿]*[^\d，。；、]{1,3}[至到—～-]+$"),
        re.compile(r"^[^，。\w]{0,1}(?:以内|以下)"),
    ),
    (">=", re.compile(r"(?:不低于|不少于|至少)[^，。]{0,3}$"), re.compile(r"^(?:及?以上|[至到—～-]+\d)")),
    (">", re.compile(r"(?:超过?|突破了?|迈过|逾|高于|多达)$"), re.compile(r"^(?:余|多)")),
    ("≈", re.compile(r"(?:近|(?<![签合])约|大约|将近|接近)$"), re.compile(r"^(?:左右|上下(?!游))")),
)
# What stands between an indicator and its number, or before it, and is no part of it.
_VERBS = """
达 达到 为 是 有 共 共有 约 近 超 超过 突破 增长 同比 同比增长 环比 下降 减少 增加 提高 实现 占 占比 比 较 累计 仅 可 预计 将 已 分别 总计 合计
上升 回落 高于 低于 年均 比上年 新增 完成 提升 以上 左右 总量 余 逾 至 到 增速
"""
VERBS = frozenset(_VERBS.split())
_VERBAL_NOUNS = "投资 消费 出口 进口 进出口 产出 销售 收入 支出 贷款 存款 发电 用电 生产 研发 装机 营收 加工 总 规上"
VERBAL_NOUNS = frozenset(_VERBAL_NOUNS.split())
NAMING = NOUNS - {"f"} | {"a", "xc", "m", "nr"}
DEICTIC = re.compile(r"(?<![占居列于在过比赢])(?:我|全|该|本)(省|市|县|区)(?!第)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence: where, as written, in units of one."""

    start: int
    end: int
    number: str
    value: float
    unit: str
    bound: str | None = None
    rank: bool = False


def figures(text: Text) -> Iterator[dict[str, Any]]:
    """Every figure in the published format."""
    period: str | None = None
    for sentence in text.sentences:
        named, before = "", None
        for quantity in quantities(sentence, text):
            period = when(sentence, quantity.start, text) or period
            named = indicator(sentence, quantity) or named
            row = figure(sentence, quantity, text, named, period)
            if before and TOGETHER.fullmatch(sentence.text[before[0].end : quantity.start]):
                row |= {key: before[1][key] for key in ("kind", "status", "indicator", "subject")}
            before = quantity, row
            yield row


def figure(sentence: Sentence, q: Quantity, text: Text, named: str, period: str | None) -> dict[str, Any]:
    """One figure with everything that cue words near it say."""
    start, _ = sentence.clause(q.start)
    before, after = sentence.text[start : q.start], sentence.text[q.end : q.end + 6]
    kind = kind_of(q, before)
    falls = kind == "change" and FALLEN.search(before)
    return {
        "span": [text.offset(sentence.start + q.start), text.offset(sentence.start + q.end - 1) + 1],
        "number": q.number,
        "value": -q.value if falls else q.value,
        "unit": q.unit,
        "bound": q.bound or bound_of(sentence.text[q.start : q.end], before, after),
        "kind": kind,
        "status": status_of(sentence.text[: q.start]),
        "indicator": named,
        "subject": subject(sentence, q, text),
        "period": period,
    }


def quantities(sentence: Sentence, text: Text) -> Iterator[Quantity]:
    """The numbers of a sentence that have a unit or are ranks."""
    numeral = text.parts.numeral
    for m in NUMBER.finditer(sentence.text):
        if m["rank"]:
            if RANKED.search(sentence.text[max(0, m.start() - 12) : m.start()]):
                value = numeral(re.sub(r"[第位名\s]", "", m["rank"]))
                yield Quantity(m.start(), m.end(), m["rank"], value, "位", rank=True)
        elif m["years"]:
            yield Quantity(m.start("years"), m.end("years"), m["years"], numeral(m["years"]), "年")
        elif m["half"]:
            yield Quantity(m.start(), m.end(), m["half"], 50.0, "%")
        elif m["part"]:
            whole = 100.0 if m["whole"] == "百" else numeral(m["whole"])
            if whole:
                yield Quantity(m.start(), m.end(), m[0], round(100 * numeral(m["part"]) / whole, 2), "%")
        elif m["low"]:
            yield from _range(m, numeral)
        elif DATES_ONLY.match(sentence.text[m.end("number") :]) is None and not _stuck(sentence.text, m.start()):
            yield from _plain(m, numeral)


def _stuck(text: str, start: int) -> bool:
    """Digits behind letters or a point are part of a name."""
    return bool(re.match(r"[A-Za-z\d.\-]", text[start - 1 : start]))


def _range(m: re.Match[str], numeral: Any) -> Iterator[Quantity]:
    magnitude = m["highmag"] or ""
    unit = _unit(m["highunit"])
    low = m["low"] + (m["lowunit"].rstrip("%％") or magnitude)
    yield Quantity(m.start("low"), m.end("lowunit"), m["low"], numeral(low), unit, ">=")
    yield Quantity(m.start("high"), m.end("highmag"), m["high"], numeral(m["high"] + magnitude), unit, "<=")


def _plain(m: re.Match[str], numeral: Any) -> Iterator[Quantity]:
    written = re.sub("[余多,]", "", m["number"])
    if set(written) <= set("十百千万亿") and not re.search("[超近逾破上]$", m.string[: m.start()]):
        return  # 亿元 alone: the unit of a table, or a class
    value = numeral(written)
    chinese = not re.search(r"\d", written)
    unit = _unit(m["unit"])
    if m["unit"] == "成":
        value, unit = value * 10, "%"
    elif chinese and value < 10 and unit not in ("%", "倍", "番", "家", "户", "元", "百分点"):
        return  # 三个, 两项: counts that only name a list, more often than not
    yield Quantity(m.start("number"), m.end("number"), m["number"], value, unit)


def _unit(written: str) -> str:
    return {"％": "%", "个百分点": "百分点"}.get(written, written)


def kind_of(q: Quantity, before: str) -> str:
    """Rank, change, share or level by the words before the number in its clause."""
    if q.rank:
        return "rank"
    if q.unit in ("百分点", "番") or GROWN.search(before):
        return "change"
    return "share" if q.unit in ("%", "‰") else "level"


def bound_of(number: str, before: str, after: str) -> str:
    """About, more than and at least, by the words beside the number."""
    if re.search("[余多]", number):
        return ">"
    after = re.sub(rf"^{UNIT}", "", after)
    return next((sign for sign, left, right in BOUNDS if left.search(before) or right.search(after)), "=")


def status_of(before: str) -> str:
    """Target or plan when a cue word stands before the number in its sentence."""
    if TARGETS.search(before[-40:]):
        return "target"
    clause = re.split("[，,；;：:]", before)[-1]
    return "plan" if PLANS.search(clause) and not DONE.search(clause) else "actual"


def indicator(sentence: Sentence, q: Quantity) -> str:
    """The noun phrase behind a counter word, else the one before the number in its clause."""
    start, end = sentence.clause(q.start)
    words = [
        t
        for t in sentence.between(start, q.start)
        if t.tag not in ("TIME", "w", "q") and (t.tag != "m" or t.text[0] == "第")
    ]
    while words and (not _names(words[-1]) or words[-1].tag in ("a", "m")):
        words.pop()
    run: list[Token] = []
    while words and _names(words[-1]):
        run.insert(0, words.pop())
    tail = _following(sentence, q.end, end) if _counts(q.unit) else ""
    phrase = "".join(t.text for t in run if t.tag != "LOC")
    return (tail or phrase)[:24]


def _names(token: Token) -> bool:
    if token.text in VERBS:
        return False
    return token.tag in NAMING or token.text in VERBAL_NOUNS or token.text in ("（", "）", "“", "”")


def _counts(unit: str) -> bool:
    return len(unit) == 1 and unit in "户家个项条座辆台套人名位件只头架艘列栋间片处张场次份支所种部款"


def _following(sentence: Sentence, start: int, end: int) -> str:
    taken: list[Token] = []
    for token in sentence.between(start, end):
        if token.tag in NOUNS or (token.tag in ("a", "nw", "w") and token.text not in "，。、；"):
            taken.append(token)
        elif token.tag in ("q", "m", "u") and not taken:
            continue
        else:
            break
    return "".join(t.text for t in taken)


def subject(sentence: Sentence, q: Quantity, text: Text) -> str:
    """The last place or firm named in the sentence before the number, a deictic word resolved, else the region of the document."""
    at = sentence.start + q.start
    works = list(project_mentions(sentence))
    inside = next((w for w in works if w.start <= q.start < w.end or 0 <= w.start - q.end < 6), None)
    if inside:
        return inside.name
    firms = [t for t in sentence.tokens if t.tag == "ORG" and t.end <= q.start and not OFFICES.search(t.text)]
    place = text.last_place(sentence.start, at)
    deictic = list(DEICTIC.finditer(sentence.text, 0, q.start))
    said = [(sentence.start + t.end, t.text) for t in firms[-1:]]
    said += [(sentence.start + w.end, w.name) for w in works if w.end <= q.start][-1:]
    said += [(place.start + len(place.name), place.name)] if place else []
    said += [(sentence.start + m.end(), text.region_of(m[1])) for m in deictic[-1:]]
    if said:
        return max(said)[1]
    place = text.last_place(sentence.paragraph, at)
    return place.name if place else text.region


def when(sentence: Sentence, end: int, text: Text) -> str | None:
    """The last expression of time before `end`, as a period."""
    found = None
    for token in sentence.tokens:
        if token.end > end:
            break
        if token.tag == "TIME":
            before = sentence.text[max(0, token.start - 3) : token.start]
            found = period(token.text, before, text) or found
    return found


def period(expression: str, before: str, text: Text) -> str | None:
    """An expression of time in the published form."""
    until = bool(re.search(r"截[至止]|累计", before))
    if expression in ("目前", "当前") and text.published:
        return ("../" if until else "") + f"{text.published:%Y-%m}"
    span = text.parts.dates(("前" if before.endswith("前") else "") + expression, text.published)
    if span is None:
        return None
    said = spelled(span)
    return "../" + said.split("/")[-1] if until else said


def spelled(span: Span) -> str:
    """`2024`, `2024-10`, `2024-10-05` or two of them with a stroke."""
    first, last = span
    if first == last:
        return first.isoformat()
    if first.day == 1 and _ends_month(last):
        if (first.month, last.month) == (1, 12):
            return str(first.year) if first.year == last.year else f"{first.year}/{last.year}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%Y-%m}"
        return f"{first:%Y-%m}/{last:%Y-%m}"
    return f"{first.isoformat()}/{last.isoformat()}"


def _ends_month(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]
