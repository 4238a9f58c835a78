"""What enterprises make, from project names and from what is said of them."""

from __future__ import annotations

import re

from liantu.extraction.model import Project
from liantu.extraction.names import Scene
from liantu.extraction.names.firms import FirmSpan

_SIZED = re.compile(
    r"(?:年产|年加工|日产|年生产)?\d[\d.,]*(?:万|亿|千|百)*(?:GWh|GW|MW|MWh|吨|台套|台|套|辆|件|只|片|平方米|立方米|米|千米|公里|支|块|头|羽|瓶|箱|千升|升|公斤|克|根|条|颗|枚|粒|台（套）)"
)
_NOT_PRODUCT = re.compile(
    r"(?:（[^）]*）|[一二三四]期|项目|工程|生产线|产线|扩能|扩建|扩产|技改|技术改造|改造|升级|智能化|数字化|绿色|智能工厂|智能|工厂|车间|生产|制造|基地|产业园|建设|新建|产业化|一体化|综合利用|垂直|大$|超级)+$"
)
_MAKES = re.compile(
    r"^(?:[^，。；]{0,12}?)(?:主要生产|专业生产|专门生产|生产的|年产|可年产|全年可产|年可产|产的|研发生产|生产|新造|量产)(?:高品质|各类|的|了|出)?"
    r"(?P<product>[^，。；、\d\s]{2,14})"
)


def product_of_project(scene: Scene, project: Project) -> str | None:
    """The goods named after a capacity in a project's name: 年产3000套氢燃料电池系统项目 → 氢燃料电池系统."""
    del scene
    for name in (project.name, *project.aliases):
        match = _SIZED.search(name)
        if match is not None:
            goods = re.split(r"[（及和、]", name[match.end() :])[0]
            goods = _NOT_PRODUCT.sub("", goods)
            goods = re.sub(r"^(?:高端|的)", "", goods)
            if 2 <= len(goods) <= 14:
                return goods
    return None


def products_said(scene: Scene, span: FirmSpan) -> list[str]:
    """Goods after 生产, 年产 … in the clause that the firm opens."""
    text = scene.tokens.text
    _, end = scene.span(span.first, span.last)
    clause = re.split(r"[，。；\n]", text[end : end + 40])[0]
    match = _MAKES.match(clause)
    if match is None:
        return []
    goods = re.split(r"(?:的|等|和|与|及|企业|基地|项目|能力|规模|生产线|车间|工厂|产品|线)", match.group("product"))[0]
    if len(goods) < 2 or scene.lex.is_a(goods, "generic") or scene.lex.is_a(goods, "break_word"):
        return []
    return [goods]
