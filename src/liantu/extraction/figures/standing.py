"""How the names of a sentence stand in it: who opens it, who is spoken to, who is one of many."""

from __future__ import annotations

import re
from dataclasses import dataclass

from liantu.extraction.model import Mention
from liantu.extraction.names.spans import in_document_name
from liantu.extraction.rows import JOINS, row_ends

TOPICAL = frozenset({"region", "zone", "town", "enterprise", "project"})
# Bodies that have figures of their own; a bureau or a government speaks for its region.
_INSTITUTE = re.compile(r"(?:研究院|先研院|实验室|大学|学院|合作社|医院|联盟|协会|研究所|科学院|港|机场|口岸)$")
SCOPE_WORDS = frozenset(["全国", "全省", "全市", "全县", "全区", "国内", "全球", "世界", "省内", "市内", "全州"])
WORKS = re.compile(
    r"投资|规划(?:面积|用地)|产能|年产(?!值)|年生产|年销售|投产后|占地|建筑面积|装机|形象进度|设计|单体|厂房|生产线|工期|总长|全长|线路|年处理|年加工|床位|建成后|达产后|库容|供热|机组|出资"
)
_OBJECT_BEFORE = re.compile(
    r"(?:与|和|同|向|对|从|往|赴|至|到|发往|来自|落户|位于|地处|选址|选址于|毗邻|紧邻|濒临|靠近|落地|入驻|进入|送至|输至|引进|引入|对接|包括|含|如|依托|围绕|聚焦|面向|供应|供给|占|居|列|位居|位列|排名|高于|低于|快于|高出|跑赢|超过|领先|优于|比|较|距|抵达|覆盖|辐射|牵手|携手|联合|贡献了|控股|由|被|获|获得|入选|使|让|以|等|经|据|纳入|支撑|助力|满足|服务)$"
)
_SCOPE_AFTER = re.compile(
    r"^(?:第|首|前列|前茅|的?(?:\d|[一二三四五六七八九半]成|[一二三四五六七八九十]+分之|约|近|比重|总量|总数)|同类|各(?!开发区|县|区|市|地|部门|级|产业)|平均|排名|唯一|最)"
)
# 建成河池至都安、靖西至那坡等5条高速公路: where a road begins.
_ROUTE = re.compile(r"[至到—－-][一-鿿（）]{2,12}?(?:、|等|和|高速|铁路|公路|城际|段|线)")
# 四川的886家景区: what a place has; 全国的30%, 全省的1/3: what is measured against it.
_UNIT = r"\d[\d.]*(?:余|多)?(?:万|亿)?(?:家|个|处|座|项|条|所|户|名|件|台|口|艘|列|对)"
_HAS = re.compile(rf"的{_UNIT}|{_UNIT}(?=[一-鿿]{{2}})")
# No word of these is made of others of them, so that there is one way to read a row of them.
_LEAD_WORDS = r"(?:其次是|紧随其后的是|最高的是|走进|来到|步入|另一个是|一个是|另一家是|再一个是|比如|例如|再如|还有|支持|推动|推进|加快|启动|谋划|实施|开工|建设|新建|建成|前|做优|做强|做大|龙头企业|骨干企业|龙头|其中|同时|此外|目前|近年来|据了解|据介绍|数据显示|另外|而|但|并|如今|现在|当前|随着|在|以来|，|、|：|“|（|）|\s|\d{4}|\d{1,2}月|\d{1,2}日|年|底|末|前三季度|上半年|一季度|全年|“十四五”|[一二三四五六七八]是|（[一二三四五六七八九十]+）|[一二三四五六七八九十]、|\d{1,2}[.．、]|上年|当年|同期|至|到|截至|该|的|作为|[上下]午|当天|日前|近日|昨日|省级|市级|国家级|当地|仅|就|有着|—|·|-|■|▪|●|眼下|全市的|[去今]年|放眼)*"
_LEAD_ONLY = re.compile(
    rf"^{_LEAD_WORDS}(?:[^，。；]{{2,8}}讯{_LEAD_WORDS})?(?:[^，。；“”]{{0,6}}期间{_LEAD_WORDS}){{0,2}}$"
)
BATCH = re.compile(r"^(?:（[一二三四五六七八九十]）|[一二三四五六七八]是|其一|其二|首先|其次|再次|最后(?:是|，))")
_LISTED = re.compile(
    r"(?:[（“][^（）“”]{1,12}[）”])?(?:项目|公司|集团)?(?:[、和及与][^，。；：]{0,60}?)?等(?!级|待|候|同|价|离|效|于|高线|额)"
)
# What statistics count of a region, never of a firm or a project.
REGIONAL = re.compile(
    r"生产总值|GDP|规上工业|规模以上|规上企业|房地产开发|社会消费品|零售总额|公共预算|财政收入|可支配收入|城镇新增就业|城镇化率|常住人口|固定资产投资(?:增速|增长|同比|下降)|民间投资|技改投资|专精特新|小巨人|高新技术企业|科技型中小企业|国考断面|优良天数|空气质量|森林覆盖|粮食|播种面积|经营主体|市场主体|进出口|实际利用外资|招商引资|[第一二三]产业"
)
# What is measured of an industry of the place; of a firm only where its own clause or sentence names the firm.
OF_INDUSTRY = re.compile(
    r"本地配套率|省内配套率|近地配套率|就近配套率|就地转化率|就地加工率|就地消纳率|自给率|推广(?:总量|目标|量)|产业链(?:营业收入|营收|产值)|全链|链上企业(?!的)"
)
# 净增规上企业62户。前瞻布局氢能…: the office acts, whoever was spoken of before.
OFFICE_ACTS = re.compile(
    r"^(?:与之相反|与此同时|此外|另外|相比之下|前瞻|谋划|布局|培育|支持|开展|组织|推动|推进|加快|强化|深化|实施|净增|新增|推广|巩固|新培育|大力|着力|积极|统筹|坚持|鼓励|引导|力争|确保|同步|全力|持续|深入|创新|健全|完善)"
)
# 从投向看，…；分县区看，…: a new look at the whole.
LOOK_AT_ALL = re.compile(r"^(?:从|分|按)[^，。]{1,14}(?:来看|看|划分|分)，")
# A number of projects or firms is never said of one project.
COUNTED_WORKS = re.compile(r"(?:项目|工程)(?:数|总数|个数)?(?:$|正|已|均|全部|陆续|顺利)")
# 专做铝塑膜的华瓯新材料: what stands before the name belongs to it.
_ATTRIBUTE = re.compile(r"(?:在[^，。；]{2,12}，)?[^，。；：“”为向与给由对和]{2,20}的")
# 在深圳举行, 赴上海招商: where something takes place.
_IS_VENUE = re.compile(
    r"[在赴]~(?:等地|市)?(?:举行|举办|召开|集中签约|签约|推介|招商|路演|考察|设立|动工|开工|建设|落地|建成|投产|投用|布局|揭牌|启动|挂牌|试点)"
)
# 广信区、横峰县设分会场
_HOSTS = re.compile(r"(?:等地)?(?:设立?[主分]?会场|设立?[^，。；]{0,6}(?:驻点|办事处|联络处|飞地))")
_HOST_TOO = re.compile(r"[^，。；、]{2,8}")
_MOST_HOSTS = 40
_AMONG = re.compile(r"[^，。；]{0,16}(?:中|里|内)(?:位|排|居|列|名|率|跻|稳)")
# （五）清徐老陈醋专业镇。: the number of an item is no part of what it says.
# 铁路总投资153亿元、生态园总投资80亿元: behind a number and a list comma somebody new is spoken of.
_BEHIND_NUMBER = re.compile(r"\d[^，。；、\d]{1,5}、$")
_KIND_OF_FIRM = re.compile(
    r"[一-鿿]{0,6}?(?:知名|龙头|骨干|重点|优秀|大型|本土|本地|当地|首家|国有|民营|上市)*(?:民企|国企|企业|央企|公司|链主|链主企业)"
)  # 湖南知名民企X
_ITEM = re.compile(r"（[一二三四五六七八九十\d]{1,3}）|[①-⑳]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d)")
# 瑞丽、河口、磨憨3个沿边园区: places that are counted together.
_COUNTED_WITH = re.compile(r"[^，。；：、\d]{2,8}")
_MOST_COUNTED = 8
_COUNTED_TOGETHER = re.compile(r"等?\d+[个家座大][^，。；、\d]{0,4}[县市区镇园]")
# 宜春、新余、赣州3个集群: whatever is counted, where the names stand right before the number.
_NAMED_WITH = re.compile(r"[^，。；：、\d]{2,4}")
_COUNTED_AT_ONCE = re.compile(r"等?(?:\d+|[两三四五六七八九])个")
_OTHER_NAME = re.compile(r"（[^（）]{2,8}）")  # 漳州（东山县）…项目
_LIST_GAP = re.compile(r"^(?:、|和|与|及|以及|等|，)?$")


_HUB = re.compile(r"(?:港|机场|口岸)$")
_OF_HUB = re.compile(
    r"吞吐|货物|货运|货邮|货值|货量|集装箱|标箱|旅客|航线|泊位|班列|通关|出入境|进出境|起降|航班|排名|船舶"
)


def is_no_measure_of_hub(name: str, indicator: str) -> bool:
    """Whether `indicator` is told of a region rather than of the port, airport or border crossing `name`."""
    return bool(_HUB.search(name)) and not _OF_HUB.search(indicator)


def is_institute(mention: Mention) -> bool:
    return mention.kind == "organisation" and bool(_INSTITUTE.search(mention.key))


@dataclass(slots=True)
class Seen:
    """A name in a sentence and the part it plays there."""

    mention: Mention
    opening: bool  # opens the sentence or a clause as its subject
    first: bool  # opens the sentence
    object: bool  # stands behind a verb or preposition: not what is spoken of
    scope: bool  # the other side of a comparison or rank (全省第一)
    aside: int = -1  # where the brackets close that hold it, -1 outside brackets
    member: bool = False  # one of several before 等: what follows is said of all of them


def standing(text: str, mentions: list[Mention], start: int, end: int) -> list[Seen]:
    """The `mentions` of the sentence [start, end) with the parts they play."""
    seen: list[Seen] = []
    previous: Seen | None = None
    item = _ITEM.match(text, start, end)
    start = item.end() if item else start
    for m in mentions:
        clause = _clause_of(text, start, m.start)
        lead = text[clause : m.start]
        opening = (
            bool(_LEAD_ONLY.match(lead))
            or (m.kind in ("enterprise", "project") and bool(_ATTRIBUTE.fullmatch(lead)))
            or bool(_BEHIND_NUMBER.search(lead))
            or (m.kind == "enterprise" and bool(_KIND_OF_FIRM.fullmatch(lead)))
        )
        first = opening and (clause == start or bool(_LEAD_ONLY.match(text[start : m.start])))
        behind = text[max(start, m.start - 4) : m.start]
        is_object = not opening and bool(_OBJECT_BEFORE.search(behind))
        if previous is not None and previous.aside == m.start - 1 and len(seen) > 1:
            previous = seen[-2]  # 漳州（东山县）…项目: the name goes on behind the brackets
        if previous is not None and previous.mention.end <= m.start:
            gap = text[previous.mention.end : m.start]
            if gap in ("的", "", "“", "的“", "旗下的", "下属") or _OTHER_NAME.fullmatch(gap):
                opening, first, is_object = opening or previous.opening, first or previous.first, previous.object
            elif _LIST_GAP.match(gap) and not opening:
                is_object = is_object or previous.object
        member = (m.kind in ("enterprise", "project", "organisation") and bool(_LISTED.match(text, m.end, end))) or (
            m.kind in ("region", "zone") and _is_counted(text, m, end)
        )
        if (
            member
            or _is_host(text, m, end)
            or in_document_name(text, start, m.start)
            or (m.kind == "region" and _ROUTE.match(text, m.end, end))
            or _IS_VENUE.match(text[m.start - 1 : m.start] + "~" + text[m.end : m.end + 8])
        ):
            opening, first, is_object = False, False, True  # A、B等151个项目; 在深圳举行
        scope = is_scope(text, m) and not (
            # 东坡区修文镇排名第223位: whoever opens the sentence is ranked; 全省排名第3 only tells among whom
            m.start == clause
            and previous is None
            and text[m.start : m.end] not in SCOPE_WORDS
            and text.startswith("排名", m.end)
        )
        aside = text.find("）", m.end, end) if text[clause - 1 : clause] == "（" and clause > start else -1
        previous = Seen(m, opening, first, is_object, scope, aside, member)
        seen.append(previous)
    return seen


def _is_host(text: str, m: Mention, end: int) -> bool:
    """Whether a place, alone or with others, is one where something is set up (在甲、乙等地设分会场)."""
    return any(_HOSTS.match(text, at, end) for at in row_ends(text, m.end, end, _HOST_TOO, 0, _MOST_HOSTS))


def _is_counted(text: str, m: Mention, end: int) -> bool:
    """Whether a place is one of several that a number counts (甲、乙、丙3个园区)."""
    if text[m.end : m.end + 1] not in JOINS and text[m.start - 1 : m.start] not in JOINS:
        return False
    return any(
        counted.match(text, at, end)
        for name, counted in ((_COUNTED_WITH, _COUNTED_TOGETHER), (_NAMED_WITH, _COUNTED_AT_ONCE))
        for at in row_ends(text, m.end, end, name, 0, _MOST_COUNTED)
    )


def _clause_of(text: str, start: int, at: int) -> int:
    for i in range(at - 1, start - 1, -1):
        if text[i] in "，；：。（":
            return i + 1
    return start


def is_scope(text: str, m: Mention) -> bool:
    """Whether a region is only the field of a comparison: 全省第一, 在全省国家级经开区中位列第二."""
    word = text[m.start : m.end]
    if word not in SCOPE_WORDS and m.kind != "region":
        return False
    behind = text[m.end : m.end + 24]
    has = word not in SCOPE_WORDS and _HAS.match(behind)
    return (not has and bool(_SCOPE_AFTER.match(behind[:5]))) or (
        text[m.start - 1 : m.start] in ("在", "居", "列") and bool(_AMONG.match(behind))
    )
