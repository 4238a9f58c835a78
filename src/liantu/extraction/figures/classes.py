"""Thresholds that only name a class (产值超亿元的企业12家, 500万元以上项目投资): the class is what is counted, the threshold no figure."""

from __future__ import annotations

import re

from liantu.extraction.figures.quantity import Quantity

_BEYOND = re.compile(r"(?:（含）)?(?:及|或|和|含)?以[上下](?:（含[^（）]{0,6}）)?")
_OVER = ("超", "过", "突破", "逾", "破", "上", "高于", "大于", "不低于", "不少于", "超出")
_REACHED = ("达", "达到", "不足", "低于", "少于", "不到", "小于", "不满", "未达")
_WHO = re.compile(
    r"的?(?:重大|重点|工业|产业|制造业|服务业|商贸|商贸业|外贸|出口|农业|大型|大|中小|小微|小型|中型|微型|制造|转型|科技型|高新技术|规模|规上|"
    r"建设|新建|技改|技术改造|民营|民间|骨干|龙头|签约|招商|省级|市级|上市|外资|内资|各类|企业法人|亿元)*"
    r"(?:项目|企业|园区|集群|产业链|工程|县|乡镇|村|合同|订单|行业|法人单位|单位|纳税人|商户|大户|农户|主体|公司|品牌|产品|景区|镇|街道|"
    r"固定资产投资|工业投资)"
)
_HOW_MANY = re.compile(
    r"的(?:\d+|[一二两三四五六七八九十百]+)(?:多|余)?[家户个项](?=[^，。；])"
)  # 产值超亿元的163家企业
# 年产200吨以上茶叶企业8家, 100亿元项目3个: whoever is of such a size is counted.
_SORT_COUNTED = re.compile(
    r"的?[一-鿿]{0,6}(?:企业|项目|大户|合作社|农场|茶企|商户|农户|园区|基地|乡镇|村|产业链)(?=\d+(?:余|多)?[家户个条])"
)
_SIZE_COUNTED = re.compile(r"(?:[一-鿿]{0,2}资|工业|产业|制造业)?项目(?=\d+(?:余|多)?个)")
_NOT_THE_CLASS = re.compile(r"总|额")  # 项目总投资, 合同额: the threshold is of these
_COUNTED = re.compile(r"[^，。；\d]{0,8}(?:\d+|[一二两三四五六七八九十百]+)(?:多|余)?[家户个项宗只条类]")
_CLASSED = ("money", "physical", "person")


def is_class(text: str, q: Quantity, end: int) -> bool:
    """Whether a number only says which projects or firms are spoken of; `end` is where its sentence ends."""
    beyond = q.after in ("以上", "以下")
    at = q.stop
    if not beyond and (m := _BEYOND.match(text, at, end)):
        beyond, at = True, m.end()
    before = text[max(0, q.start - 3) : q.start]
    over, reached = before.endswith(_OVER), before.endswith(_REACHED)
    if q.edge:
        return False
    if beyond and q.form == "plain" and q.unit_class in _CLASSED and _SORT_COUNTED.match(text, at, end):
        return True
    if not (beyond or over or reached):
        # 其中100亿元项目3个、10亿元项目3个
        bare = q.unit_class == "money" and not re.search(r"[一-鿿\d]$", text[max(0, q.start - 1) : q.start])
        opens = bare or text[max(0, q.start - 2) : q.start] == "其中"
        return (
            q.form == "plain" and q.unit_class == "money" and opens and _SIZE_COUNTED.match(text, at, end) is not None
        )
    counted = _HOW_MANY.match(text, at, end)
    who = _WHO.match(text, counted.end() if counted else at, end)
    if who is None or _NOT_THE_CLASS.match(text, who.end(), end):
        return False
    if q.form == "plain" and q.unit_class in _CLASSED and (beyond or over):
        return True
    plain = q.form == "percent" or (q.form == "plain" and q.unit_class in _CLASSED)
    return plain and (counted is not None or _COUNTED.match(text, who.end(), end) is not None)
