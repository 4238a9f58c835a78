"""What enterprises make: goods behind a capacity in project names, and goods said to be produced."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from liantu.extraction.model import Project
from liantu.extraction.names import Scene
from liantu.extraction.names.lexicon import lexicon, read_filled

_UNIT = (
    r"(?:万|亿|千|百|余|多)*(?:GWh|GW|MWh|MW|kWh|吉瓦|兆瓦|吨|台套|台（套）|台|套|辆|件|只|片|平方米|立方米|米|千米|公里|支|块|头|羽|瓶|箱|千升|升|公斤|克|根|条|颗"
    r"|枚|粒|双|架|列|组|部|把|张|卷|盒|袋|株|万千瓦|千瓦)"
)
_SIZED = re.compile(r"(?:年产|年加工|日产|年生产)?\d[\d.,]*" + _UNIT + r"(?:/(?:年|a))?")
_TRIM = re.compile(
    r"(?:（[^）]*）|[一二三四五六]期|项目|工程|生产线|产线|扩能|扩建|扩产|技改|技术改造|改造|升级|智能化|数字化|绿色|智能酿造|智能|工厂|车间|生产|制造"
    r"|基地|产业园|建设|新建|产业化|一体化|综合利用|搬迁|入园|垂直|超级|深加工|精加工|加工|示范|节能|研发中心|研发|智造|总装|封测线?|中试|扩繁|装备产业园|大(?=$)|园$|总部|中心$)+$"
)
_VERB = r"(?:年产(?!值|能|量)|可年产(?!值)|形成年产|年可产|全年可产|日产|主要生产|专业生产|专门生产|生产的|研发生产|主产|年制|新造|量产|供应(?!链|商|量|企业|保障)|提供|年加工|主营|生产(?!总值|线|基地|能力|车间|企业|设备|工艺|性|力|效率|成本|资料|要素|经营|厂|安全|过程|制造|加工))"
# 年产8万吨风电法兰 / 年产刮板输送机600台 / 供应光伏玻璃1200万平方米 / 主要生产TOPCon4.0光伏电池
_GOODS = r"(?P<goods>[A-Za-z0-9.\-\u4e00-\u9fff（）]{2,16}?)"
_SAID = re.compile(
    _VERB
    + r"(?:的|了|出|各类|各种|高档|高端|大型|高品质)*(?:(?:约|近|超|超过|逾)?\d[\d.,]*"
    + _UNIT
    + r"(?:以上|左右)?(?:的)?)?"
    + _GOODS
    + r"(?=(?:近|约|超|达|逾)?\d[\d.,]*"
    + _UNIT
    + r"|的(?:能力|产能|规模|生产能力)|等|，|。|、|；|\n|和|与|及|以上|为主|$)"
)
_SHARE = re.compile(
    r"^(?:的)?(?P<goods>[A-Za-z0-9.\-\u4e00-\u9fff]{2,12}?)(?:的)?(?:国内|全球|国际|全国)?市场(?:份额|占有率)"
)
_NOT_GOODS = re.compile(
    r"[+“”]|技改|^\d|^(?:的|可|将|能|为|由|在|其|每|达|超(?![硬薄高导细声临级])|以|了|服务(?!器)|岗位|就业|资金|支持|保障|产品$|企业|产值|能力|项目|技术|设备$|万|亿|电力$|所|约|余|就|全)|[元户家个人%]$|产值|产能|^已|^还|^出来|^仅|企业$|用户$|客户$|大关|中试线|工厂|第[一二三四五]|税|营收|销售|说$|岗位|原料$|资料|需求$|支撑$|设施$|条件$|空间$|方案$|动力$|平台$|^[^（]*）|^产品|广泛|适用|有$|^这|^订单|订单$"
)


def _tidy(goods: str) -> str:
    kept = ""
    for word, tag in lexicon().jieba.tag(goods):
        # The goods end where a verb or an adverb begins: 主轴轴承|已|替代|进口.
        if kept and (tag in ("d", "p", "c", "uj", "ul", "r") or (tag == "v" and word in _ENDS)):
            break
        kept += word
    kept = re.sub(r"(?:项目|工程|能力|产能|样机).*$", "", kept)
    kept = re.sub(r"^[^制]{2,5}制(?=[^造品氢药成])", "", kept)  # 煤矸石制新型建材
    goods = _TRIM.sub("", kept)
    goods = re.sub(r"(?<=..)产品$", "", goods)
    return re.sub(
        r"^(?:[东西南北中]部|(?:去年|今年|上年|本月|上月)|西南|西北|华[东南北中]|高端|高档|高品质|各类|的|大型|一批)",
        "",
        goods,
    ).strip("（）")


_ENDS = frozenset(
    {
        "替代",
        "出口",
        "远销",
        "占",
        "达到",
        "达",
        "用于",
        "实现",
        "不低于",
        "不少于",
        "畅销",
        "供应",
        "增长",
        "超过",
        "突破",
    }
)


def _usable(goods: str) -> bool:
    return 2 <= len(goods) <= 14 and not _NOT_GOODS.search(goods)


@cache
def _endings() -> tuple[frozenset[str], int]:
    """The last words of names of goods, from `goods_endings.csv`, and the length of the longest."""
    words = frozenset(row["ending"] for _, row in read_filled("goods_endings.csv", ("ending", "source")).rows)
    return words, max(map(len, words))


def is_goods(name: str) -> bool:
    """Whether a name ends like the name of goods: 磷化铟衬底, 谐波减速器."""
    words, longest = _endings()
    return any(name[-size:] in words for size in range(1, min(longest, len(name)) + 1))


def products_of_project(scene: Scene, project: Project) -> Iterator[str]:
    """The goods a project's name tells: 年产3000套氢燃料电池系统项目 → 氢燃料电池系统; X飞轮储能扩产项目 → 飞轮储能.

    Of a list behind a capacity (年产6万吨铜杆及漆包线项目) each member that is goods.
    """
    names = (project.name, *sorted(project.aliases, key=len))
    for name in names:
        match = _SIZED.search(name)
        if match is not None:
            row = re.split(r"[（“”—]", name[match.end() :].lstrip("“"))[0]
            yield from _goods_in_row([_SIZED.sub("", member) for member in re.split(r"[、和及与]", row)])
            return
    for part in re.split(r"[（及和、]", _bare_name(scene, project)):
        goods = re.sub(r"^(?:智能化|智能|新型)(?=.{3})", "", _tidy(part))
        if _usable(goods) and is_goods(goods) and not _CLASS.search(goods):
            yield goods
            return


def _goods_in_row(parts: list[str]) -> Iterator[str]:
    """The goods that open a row; the first member that is none ends it."""
    for part in parts:
        goods = _tidy(_COUNT.sub("", part))
        if not (_usable(goods) and is_goods(goods)):
            return
        yield goods


def _bare_name(scene: Scene, project: Project) -> str:
    """A project's name without its owner and without the places before it."""
    name = re.sub(r"[“”]", "", project.name)
    firm = scene.book.firms.get(project.owner or "")
    forms = sorted({project.owner or "", *(firm.aliases if firm is not None else ())}, key=len, reverse=True)
    for _ in range(3):
        for form in forms:
            if form and name.startswith(form):
                name = name[len(form) :]
                break
        cut = next((n for n in (5, 4, 3, 2) if name[:n] in scene.lex.regions or name[:n] in scene.lex.guarded), 0)
        name = name[cut:]
    name = _ZONE_BEFORE.sub("", name)
    # 管家营法兰 海上风电法兰 of 定襄县管家营法兰锻造集团: the beginning of the owner's name, written short.
    for size in range(min(6, len(name) - 2), 2, -1):
        if name[:size] in scene.lex.industries:
            continue  # 新能源轻卡 of 信江新能源商用车: the field, not the firm's name
        if any(name[:size] in form for form in forms) and is_goods(_tidy(name[size:])):
            return name[size:]
    return name


# 原平|经济技术开发区高端铝板带箔项目
_ZONE_BEFORE = re.compile(
    r"^[\u4e00-\u9fff]{0,6}?(?:经济技术开发区|经济开发区|高新技术产业开发区|开发区|高新区|经开区|工业园区?|产业园区|新区)(?=.{3})"
)
_CLASS = re.compile(
    r"半导体$|数据|算力|材料产业$|物流|文化|检测|科技|装备$|配套|产业$|回收|循环|算$|云$|治沙|发电|电站|风电$|光伏$|充电桩$|综合利用|^新能源$|^材料$|服务$|中心$"
)


def products_in(text: str) -> Iterator[str]:
    """Goods that a stretch of text says are produced, each member of a list of them."""
    for match in _SAID.finditer(text):
        goods = _tidy(match.group("goods"))
        if _usable(goods) and is_goods(goods):
            yield goods
            if text[match.end() : match.end() + 1] in ("、", "和", "及", "与"):
                yield from _rest_of_list(text, match.end())
    for pattern in (_OUTPUT, _LINES, _OWN_MAKE):
        for match in pattern.finditer(text):
            goods = _LEAD.sub("", _tidy(match.group("goods")))
            if _usable(goods) and is_goods(goods):
                yield goods
                if pattern is _OWN_MAKE and text[match.end() : match.end() + 1] in ("、", "和", "及"):
                    yield from _rest_of_list(text, match.end())
    for match in _GOODS_ARE.finditer(text):
        yield from _rest_of_list(text, match.end(), first=True)


_COUNT = re.compile(r"^(?:年产|日产|年加工)?(?:约|近|超)?\d[\d.,]*" + _UNIT)
_COUNTED = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:共|约|近|超|各|合计)?\d[\d.,]*" + _UNIT + r".*$")  # 减震支架42万件


def _rest_of_list(text: str, at: int, first: bool = False) -> Iterator[str]:
    """The further goods of a list that goes on at `at`; a member that is no goods ends it."""
    if not first:
        at += 1
    yield from goods_of_list(re.split(r"[，。；：\n（]|等|为主|以及其", text[at : at + 60])[0])


def goods_of_list(row: str) -> Iterator[str]:
    """The goods of a list (转向节和减震支架42万件), up to the first member that is none."""
    yield from _goods_in_row([_COUNTED.sub("", part) for part in re.split(r"、|以及|和|与|及", row)])


# 投产后可新增储能电池…, 力争新能源汽车…, 2023年整车…
_LEAD = re.compile(r"^.*(?:\d年|力争|新增|公司|集团|企业|后|累计|个月|全年|预计|将|可|其|使|中|条)")
# 己内酰胺产量20.3万吨, 浓缩果汁年产能由5万吨扩大; 核电主管道国内市场占有率六成; 针织服装出口52亿元
_OUTPUT = re.compile(
    r"(?:^|[，。；、的]|其|使)(?P<goods>[A-Za-z0-9.\-\u4e00-\u9fff]{2,12}?)(?:的)?"
    r"(?:(?:今年|去年|上半年|前[\d一二三四五六七八九十]+个月|\d[—\-]\d+月|全年)*(?:年|月|日|设计|总|新增)*(?:产能|产量|出货量|出货|下线|交付|销量)(?=已?由|已?从|能力|将|达|为|约|近|超|[\d０-９])|出口(?=\d)"
    r"|(?:国内|全球|国际|全国)?市场(?:份额|占有率))"
)
# 2条日产300吨浮法玻璃生产线, 10万吨镁合金生产线
_LINES = re.compile(
    r"(?:\d[\d.,]*"
    + _UNIT
    + r"(?:的)?)(?P<goods>[A-Za-z\-\u4e00-\u9fff]{2,12}?)(?:智能化?|自动化?)?(?:生产线|产线|封测线|中试线)"
)
# 自主研制的50兆瓦重型燃气轮机; 专做机器人谐波减速器
_OWN_MAKE = re.compile(
    r"(?:自主研制|研制|承制|自主研发|开发生产|专做|专产|主做|主打|专注于?|(?:主要|专业)?从事|制成|加工成|下线|交付|建成投产)(?:的|了|出)?(?:\d[\d.,]*"
    + _UNIT
    + r"(?:级)?)?"
    r"(?P<goods>[A-Za-z0-9.\-\u4e00-\u9fff]{2,14}?)(?=的?(?:设计|研发|生产|制造|加工|样机|已|将|今年|去年|\d)|，|。|、|；|和|$)"
)
# 产品包括A、B; 主导产品为A
_GOODS_ARE = re.compile(r"(?:主导|主要|拳头|核心|主打)?产品(?:主要)?(?:包括|有|为|是|涵盖|覆盖)(?:了)?")


# 专做铝塑膜的X
_MAKER_OF = re.compile(
    r"(?:专做|专产|专业生产|研发生产|主要生产|生产|主营|主产|专注于?|从事)(?P<goods>[A-Za-z0-9\-\u4e00-\u9fff]{2,12}?)(?:的?(?:研发|生产|制造|加工)+)?的$"
)
# X的角磨机畅销90个国家
_SOLD = re.compile(
    r"的(?P<goods>[A-Za-z0-9.\-\u4e00-\u9fff]{2,12}?)(?:、[^，。；的]{2,20}的[^，。；、]{2,12})?(?:产品)?(?:畅销|远销|热销|走俏|销往|日供货|出口|行销)"
)


def product_of_maker(before: str) -> str | None:
    """Goods in 专做铝塑膜的, read from the text right before a firm's name."""
    match = _MAKER_OF.search(before)
    goods = _tidy(match.group("goods")) if match is not None else ""
    return goods if _usable(goods) and is_goods(goods) else None


def product_held(after: str) -> str | None:
    """Goods in 的碳化硅衬底市场份额, read from the text right after a firm's name."""
    match = _SHARE.match(after)
    if match is not None:
        goods = _tidy(match.group("goods"))
        return goods if _usable(goods) else None
    match = _SOLD.match(after)
    goods = _tidy(match.group("goods")) if match is not None else ""
    return goods if _usable(goods) and is_goods(goods) else None
