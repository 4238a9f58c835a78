"""What enterprises make: goods behind a capacity in project names, and goods said to be produced."""

from __future__ import annotations

import re

from liantu.extraction.model import Project
from liantu.extraction.names import Scene
from liantu.extraction.names.lexicon import lexicon

_UNIT = (
    r"(?:万|亿|千|百|余|多)*(?:GWh|GW|MWh|MW|kWh|吉瓦|兆瓦|吨|台套|台（套）|台|套|辆|件|只|片|平方米|立方米|米|千米|公里|支|块|头|羽|瓶|箱|千升|升|公斤|克|根|条|颗"
    r"|枚|粒|双|架|列|组|部|把|张|卷|盒|袋|株|万千瓦|千瓦)"
)
_SIZED = re.compile(r"(?:年产|年加工|日产|年生产)?\d[\d.,]*" + _UNIT)
_TRIM = re.compile(
    r"(?:（[^）]*）|[一二三四五六]期|项目|工程|生产线|产线|扩能|扩建|扩产|技改|技术改造|改造|升级|智能化|数字化|绿色|智能制造|智能工厂|智能酿造|智能|工厂|车间|生产|制造"
    r"|基地|产业园|建设|新建|产业化|一体化|综合利用|垂直|超级|深加工|精加工|加工|示范|节能|扩能|大(?=$)|园$)+$"
)
_PRODUCING = re.compile(r"(?:扩产|扩能|生产线|产业园|生产基地|制造基地|智能工厂|基地|工厂|产业化)")
_VERB = r"(?:年产|可年产|形成年产|年可产|全年可产|日产|主要生产|专业生产|专门生产|生产的|研发生产|主产|年制|新造|量产|供应|提供|年加工|主营|生产(?!总值|线|基地|能力|车间|企业|设备|工艺|性|力|效率|成本|资料|要素|经营|厂|安全|过程|制造|加工))"
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
    r"^(?:的|可|将|能|为|由|在|其|每|达|超|以|了|服务|岗位|就业|资金|支持|保障|产品$|企业|产值|能力|项目|技术|设备$|万|亿|电力$|所|约|余|就|全)|[元户家个人%]$|产值|产能|税|营收|销售|说$|岗位|原料$|资料"
)


def _tidy(goods: str) -> str:
    kept = ""
    for word, tag in lexicon().jieba.tag(goods):
        # The goods end where a verb or an adverb begins: 主轴轴承|已|替代|进口.
        if kept and (tag in ("d", "p", "c", "uj", "ul", "r") or (tag == "v" and word in _ENDS)):
            break
        kept += word
    goods = _TRIM.sub("", kept)
    return re.sub(r"^(?:高端|高档|高品质|各类|的|大型|一批)", "", goods).strip("（）")


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


def product_of_project(scene: Scene, project: Project) -> str | None:
    """The goods a project's name tells: 年产3000套氢燃料电池系统项目 → 氢燃料电池系统; X飞轮储能扩产项目 → 飞轮储能."""
    names = (project.name, *sorted(project.aliases, key=len))
    for name in names:
        match = _SIZED.search(name)
        if match is not None:
            goods = _tidy(re.split(r"[（及和、“”]", name[match.end() :].lstrip("“"))[0])
            return goods if _usable(goods) else None
    if project.owner is None or not _PRODUCING.search(project.name):
        return None
    firm = scene.book.firms.get(project.owner)
    forms = sorted({project.owner, *(firm.aliases if firm is not None else ())}, key=len, reverse=True)
    name = project.name
    for form in forms:
        if name.startswith(form):
            name = name[len(form) :]
            break
    goods = _tidy(name)
    goods = re.sub(r"^(?:智能|新型)", "", goods)
    words = scene.lex.jieba.cut(goods)
    if goods in scene.lex.industries and goods.endswith(("业", "制造", "经济", "装备制造")):
        return None
    made = any(w in scene.lex.industries for w in words) or len(words) >= 2
    return goods if made and _usable(goods) and not _CLASS.search(goods) else None


_CLASS = re.compile(r"半导体$|数据|算力|材料产业$|物流|文化|检测|科技|装备$|配套|产业$|回收|循环|算$|云$")


def products_in(text: str) -> list[str]:
    """Goods that a stretch of text says are produced."""
    found = []
    for match in _SAID.finditer(text):
        goods = _tidy(match.group("goods"))
        if _usable(goods):
            found.append(goods)
    return found


def product_held(after: str) -> str | None:
    """Goods in 的碳化硅衬底市场份额, read from the text right after a firm's name."""
    match = _SHARE.match(after)
    if match is None:
        return None
    goods = _tidy(match.group("goods"))
    return goods if _usable(goods) else None
