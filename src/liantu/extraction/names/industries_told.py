"""Industries that a sentence tells by its shape, whether or not the word list knows their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .firms import LED_BY
from .lexicon import Lexicon

Told = tuple[int, int, str]  # clean start, end, cue

_END = r"[，。；：、（“\n]"
# 前瞻布局量子计算、具身智能: what is planned is an industry even where nobody has heard of it.
_FORESEEN = re.compile(
    r"(?:谋划布局|谋划发展|前瞻性?布局|前瞻谋划|超前布局|提前布局|抢先布局)(?:了|好|发展|一批)?(?P<row>[^，。；：\n]{2,60})"
)
# 铝镁精深加工、煤化工、高端锻造等3条百亿级营收规模的产业链
_COUNTED_CHAINS = re.compile(
    r"(?P<row>[^，。；：\n]{4,80}?)等(?:\d+|[一二两三四五六七八九十]+)[条个大](?:[^，。；：\n、]{0,16}?)(?:产业链|产业集群|产业集聚区)(?!企业)"
)
_BEHIND_VERB = re.compile(
    r"^.*(?:了|围绕|聚焦|建设|布局|打造|培育|形成|构建|发展|推进|依托|瞄准|包括|确定|壮大|实施|做强|做优|做大|有)(?=[^、]{2,10}、)"
)
# 涉及新材料、现代服务业等多个领域; 集中在先进制造业领域
_SPREAD = re.compile(
    r"(?:涉及|涵盖|集中在|集中于|投向|聚焦|覆盖|分布在|主攻|包括|围绕|瞄准)(?:了|到)?(?P<row>[^，。；：\n]{2,80}?)"
    r"(?:等)?(?:多个|多|几大|若干|[一二三四五六七八九十\d]+(?:大|个))?(?:重点|主导|优势|新兴|关键)?(?:领域|行业|产业|板块|赛道|方向)"
)
# 电子信息类项目74个
_SORTED = re.compile(r"(?P<row>[\u4e00-\u9fff]{2,8})类(?:项目|企业|产业项目)")
# 建成全国最大稀土磁性材料深加工基地; 是全国重要的果品基地
_BASE = re.compile(
    r"(?:全国|全球|国内|世界|全省|国家|国际|[东西南北中]部|华[东北南中])(?:[^，。；]{0,3}?)(?:重要|最大|主要|一流|领先|知名|大型)的?"
    r"(?P<row>[\u4e00-\u9fff、]{2,14}?)(?:生产|加工|深加工|制造|种植|产业|的主要|的重要|主要)*(?:基地|主产区|承载地|集散地)"
)
# 氢能则尚在谋划
_STILL_PLANNED = re.compile(
    r"(?:^|[，；。：、的])(?P<row>[\u4e00-\u9fff]{2,6}?)(?:产业)?(?:则|也|还|正)?(?:尚|仍|还)?(?:在|处于)谋划"
)
# 煤炭板块收入占比; 踏进了钙钛矿电池赛道
_BRANCH = re.compile(
    r"(?:^|[，。；、：”\n]|进军|切入|踏进了?|进入了?|布局)(?P<row>[\u4e00-\u9fff]{2,6})(?:板块|赛道)(?!的“|等)"
)
# “中国婚纱礼服名城”
_FAME = re.compile(
    r"中国(?:[\u4e00-\u9fff]{2,3}[市县])?(?P<row>[\u4e00-\u9fff]{2,6})(?:之都|之乡|之城|名城)(?=[”」，。、])"
)
# 支持先进制造业发展
_FURTHERED = re.compile(
    r"(?:支持|促进|扶持|助推|带动)(?P<row>[\u4e00-\u9fff、]{2,30}?)(?:产业|产业链|产业集群)?(?:高质量|集聚|集群|加快|提质)*发展"
)
# 14个项目以金属制品为主
_MOSTLY = re.compile(r"(?<!产品)(?<!出口)以(?P<row>[\u4e00-\u9fff、]{2,20}?)为主(?=[，。；]|体[，。；]|的产业)")
_LINK = re.compile(r"、|以及|和|与|及")
_REST = re.compile(r"(?:等|这些|这两|这一|为代表)[^、]*$")
_TAIL = re.compile(r"(?:全产业链|产业链|产业集群|产业|行业|集群)$")
_NO_PLAN = re.compile(
    r"项目|工程|基地|园区|产业园|网络|网点|平台|设施|站$|中心$|政策|战略|未来产业|新兴产业|一批|目标|路径|任务|方向|赛道|企业|措施|布局|体系|行动|品类|空间|[\d%“”（）]"
)


def told_industries(text: str, lex: Lexicon) -> Iterator[Told]:
    """Places of industries that the patterns of this module find in a clean text."""
    for match in _FORESEEN.finditer(text):
        for start, end in _members(match.group("row"), match.start("row")):
            if not _NO_PLAN.search(text[start:end]) and 2 <= end - start <= 10:
                yield start, end, "布局"
    for match in LED_BY.finditer(text):
        yield *match.span("chain"), "链主"
    for match in _COUNTED_CHAINS.finditer(text):
        members = list(
            _members(_BEHIND_VERB.sub("", match["row"]), match.end("row") - len(_BEHIND_VERB.sub("", match["row"])))
        )
        if len(members) > 1 and any(is_known(text[s:e], lex) for s, e in members):
            yield from ((s, e, "条") for s, e in members if 2 <= e - s <= 10 and not _NO_PLAN.search(text[s:e]))
    for match in _FAME.finditer(text):
        yield *match.span("row"), "之都"
    for match in _SPREAD.finditer(text):
        members = list(_members(match.group("row"), match.start("row")))
        told = [(s, e) for s, e in members if is_known(text[s:e], lex)]
        if len(told) >= 2 or (len(members) == 1 and told and match.group().startswith("集中")):
            yield from ((s, e, "领域") for s, e in told)
    for pattern, cue in (
        (_SORTED, "类"),
        (_BASE, "基地"),
        (_STILL_PLANNED, "谋划"),
        (_BRANCH, "板块"),
        (_MOSTLY, "为主"),
    ):
        for match in pattern.finditer(text):
            for start, end in _members(match.group("row"), match.start("row")):
                known = _known_part(text, start, end, lex)
                if known < end:
                    # A branch is named from the comma or the verb on: 踏进了钙钛矿电池赛道.
                    yield (start if pattern is _BRANCH else known), end, cue


def _members(row: str, at: int) -> Iterator[tuple[int, int]]:
    """The members of a list, without the tail of each."""
    row = _REST.sub("", row)
    begin = 0
    for stop in (*(m.span() for m in _LINK.finditer(row)), (len(row), len(row))):
        part = _TAIL.sub("", row[begin : stop[0]])
        if part:
            yield at + begin, at + begin + len(part)
        begin = stop[1]


def _known_part(text: str, start: int, end: int, lex: Lexicon) -> int:
    """Where the longest known industry that closes at `end` begins, `end` when there is none."""
    return next((s for s in range(start, end - 1) if is_known(text[s:end], lex)), end)


def is_known(name: str, lex: Lexicon) -> bool:
    """Whether a name is an industry of the word list, or one with words before it that make a narrower industry of it."""
    if name in lex.words["generic_chain"] or name in lex.words["generic"] or len(name) < 2:
        return False
    if name in lex.industries:
        return True
    words = lex.jieba.cut(name)
    return (
        len(words) > 1
        and words[-1] in lex.industries
        and all(w in lex.industries or w in lex.words["chain_prefix"] for w in words[:-1])
    )
