"""Rules that tell whether a number is done, planned or aimed at."""

from __future__ import annotations

import re
from functools import lru_cache

from liantu.extraction.figures.draft import Draft
from liantu.extraction.figures.view import (
    DISPOSES,
    PLAN_NOUN,
    SHARE_DONE,
    TARGET,
    TO_DO,
    TOLD,
    Case,
    View,
    last_of,
    look_at,
)
from liantu.extraction.model import Status

_TARGET_AFTER = re.compile(
    r"^(?:[^，。；\d]{0,6}(?:目标|任务目标|奋斗目标|预期)|[^，。；]{0,24}的(?:目标|指引|预期目标))(?!完成|实现|任务完成|如期)"
)
_PLANNED_COUNT = re.compile(
    r"^(?:共同|已|共|累计|滚动|精心|初步|超前|谋深)?(?:谋划|储备|策划|包装|拟建|拟引进|拟引|计划|规划|安排|筹划|拟)"
)
_BATCH_MONEY = re.compile(r"(?:签约|开工|投产|在建|入库|三批|落地|集中)(?:项目)?[^，]{0,6}(?:投资|金额)(?:额|合计)?$")
# Cues that reach over the rest of the sentence, and cues that reach over their own clause only.
_WIDE = re.compile(
    r"(?:达产|建成|投产|达效|投用|投运|竣工|满产|建设完成|完工|启用|运营|全面?建成|交付|改造|技改|扩建|扩产|改扩建|升级|搬迁)(?:达效)?(?:投产|投用|运营|达产|使用)?(?:之|以)?后(?!定名|更名|命名|的?名称)|满负荷(?:生产)?后|预计|有望|届时|(?<!年初)(?<!于)(?<!超)(?<!好)预期(?!高|低)|将(?!要求|[^，。；]{0,3}(?:铁路|高速|公路|大道))"
    + DISPOSES
)
_NARROW = re.compile(
    r"拟|建设规模|计划(?!的|单列|完成|生育|投资完成)|规划(?!确定|时|编制|期)|设计(?!院|师|中心|大赛|服务|企业|研发|费|图|之都)|打算|谋划|储备|可(?:实现|带动|提供|新增|形成|年产)|年底前|若|假设|原则上|可再|可容纳|预算(?!收入|支出|内|执行|外)"
)
_COMMISSIONED = re.compile(
    r"投产|达产|投用|投运|投入运营|投入使用|建成投|点火|试生产|已(?:经)?(?:建成|形成|具备)|运行|满产|出货|下线|竣工投|并网|达效|形成年产|已形成|现有|已建成|建成了|试营业|正式运营|投入生产|量产|流出"
)
_NOT_COMMISSIONED = re.compile(
    r"(?:将|计划|预计|即将|拟|明年|年底|年内|有望|力争|加快|推进)[^，。；]{0,8}(?:投产|达产|投用|投运|竣工|建成)|(?:投产|达产|投用|建成|竣工|投运)后|尚未|推迟|开工|奠基|签约|获批|备案|核准|在建|正在|设备(?:安装|调试)|主体封顶|规划|谋划|筹建|建设节奏|签订"
)
_WORKS_COUNT = re.compile(r"(?:实施|安排|推进|列入|滚动实施|组织实施)[^，。]{0,20}(?:项目|工程)$")
_PROGRESS = re.compile(
    r"尚有|仍有|还有|尚需|已|完成|累计|封顶|安装|浇筑|开挖|掘进|贯通|目前|现有|现场|投入|施工|建成(?!后)|进场|铺设|架设|上年|去年|比|较"
)
_AWARD = re.compile(r"补助|奖励|给予|资助|补贴|贴息|奖补|兑现|返还|减免|每户|每家|单户|不超过|最高")
_FACT = re.compile(
    r"已(?:经)?|完成(?!时限)|实现了|突破了|达到了|累计|截至|目前|现有(?!基础)|现已|同比|比上年|较上年|获评|获批|入选|荣获|跻身|上年|去年"
)
_SURELY_TOLD = re.compile(r"已(?:经)?|截至|目前|现有(?!基础)|现已|获评|获批|入选|荣获|其中")
_GIVEN = re.compile(
    r"(?:至[\d.]+%)?(?:的)?(?:比例|标准)?(?:给予|予以|进行|分[^，]{1,4})?(?:[^，。]{0,4})(?:补助|奖励|补贴|贴息|资助)"
)
# 高于市政府下达目标4个百分点: what was reached, against what was aimed at.
_BEYOND_GOAL = re.compile(
    r"(?:高于|高出|超出|超|快于|低于|慢于|落后于?|比)[^，。；]{0,12}(?:目标|任务|预期|计划)[^，。；]{0,4}$"
)
_ORDER = re.compile(
    r"(?:全年|年内|当年|每年)?(?:再|新|每年)?(?:新开工|开工|竣工|投产|签约|培育|认定|引进|新增|打造|创建|遴选|招引|培养|建设|建成|实施|转化|开展|举办|完成)"
)
_AWARD_NOUN = re.compile(r"补助|奖励|资助|补贴|贴息")
# 由年初计划的312.6亿元调整为…: what was set before the year began.
_SET = re.compile(r"(?:年初|原先?|最初)(?P<how>计划|安排|确定|下达|提出|报|定)的?$")
# 对年产值首次突破10亿元的企业给予50万元奖励, 约定采购不低于1.5亿元, 提出用地85亩的需求.
_OFFERED = re.compile(
    r"(?:^|[，。；：（、])[并则可其中再还也]{0,2}(?:对(?!上|外|口|接)|凡|按)[^。；]{2,70}(?:给予|奖励|补助|补贴|贴息|奖补|资助|减免|收取|扶持)"
)
_AGREED = re.compile(r"(?:约定|意向|合同约定|协议约定|预约)[^。；]{0,30}$")
_WANTED = re.compile(
    r"(?:提出|需要|急需|尚需|亟需)[^。；]{0,20}(?:用地|用电|用工|蒸汽|贷款|融资|资金|需求|负荷)?[^。；]{0,12}$"
)
_PART = re.compile(r"(?:其中|占|投资占比|占比)")
# 安排重点项目42个，其中：续建项目19个，新建项目15个，前期项目8个
_ARRANGED = re.compile(r"(?:安排|计划实施|谋划|列入)[^，。；\n]{0,12}(?:项目|工程)[^\n]*。$")
_SORT = re.compile(
    r"(?:其中)?[：，]?(?:续建|新建|新开工|前期|结转|改扩建|储备)(?:类)?(?:重点)?(?:项目|工程)(?:为|有)?$"
)
_ALREADY = re.compile(
    r"已经?(?:累计|全部|建成|完成|达到|实现|有|拥有|超过|突破|做到|达|入驻|集聚|形成)[^，。；]{0,10}$"
)
# 其中建成12个; 一期32万吨今年7月投产
_PART_DONE = re.compile(r"^(?:其中)?[^，。；]{0,6}(?:已|建成|投产|开工|竣工|落地|到位|投用|投运)(?!后|前)")
_RUNS = re.compile(r"^[^，。；将计划预拟可]{0,10}(?:投产|投运|投用|达产|建成|竣工|并网)(?!后|之后|以后|前|时)")
_CLAUSE_END = re.compile(r"[，；。！？]")


# 获得奖励资金1500万元, 兑现奖补: the award was made.
_AWARDED = re.compile(
    r"(?:获|获得|争取到|兑现|拨付|到账|落实|发放|领到|拿到)[^，。；]{0,14}$|(?:累计|已|共)(?:支出|减免|发放|投入)[^，。；]{0,20}$|(?:^|人)减免(?:税费|税款|租金|费用)$"
)
# 迈过省定300万元的门槛, 高于国家规定的: a standing rule.
_RULE = re.compile(r"(?:省定|国定|市定|法定|规定的?|设定的?)(?:标准)?$")
# 年度目标由200亿元调高至260亿元: both are goals, whatever the verb of the change.
_REVISED = re.compile(
    r"(?:目标|任务|规划|原定|原计划|年初[^，。；]{0,4}(?:报|定|安排|提出|确定)|计划)[^。；]{0,24}(?:由|从)[^。；]{0,16}$"
)
_REVISING = re.compile(r"(?:调整|调高|调低|上调|下调|加码|追加|提高|提升|提|增加|扩大|修订)(?:为|到|至)$")

Verdict = tuple[Status, str]
"""Status and modality: fact, planned, expected, contracted, strive, ensure or goal."""

FACT: Verdict = ("actual", "fact")
PLAN: Verdict = ("plan", "planned")
GOAL: Verdict = ("target", "goal")


# 工业投资216.5亿元，居全省第5位: what grew, fell or is placed has been counted.
_GREW_OR_RANKS = re.compile(
    r"，(?:同比|比上年|较上年|比去年|环比)?(?:名义)?(?:(?:增长|下降|增加|减少|上升|回落)(?!后|目标)|(?:位)?(?:居|列)[全本我该]?[国省市县区]|排名?[全本][国省市]|完成(?:年|全年|[省市县]))"
)


def by_rules(draft: Draft, case: Case, before: Verdict | None = None) -> tuple[Verdict, str]:
    """Status and modality of a number, and the name of the rule: the first rule that speaks decides.

    Where none does, a part of what was told right before (其中…) shares its status; the rule of last resort is done,
    under the empty name.
    """
    view = look_at(draft, case)
    for rule in _RULES:
        verdict = rule(view)
        if verdict is not None:
            return verdict, rule.__name__.strip("_")
    if _ALREADY.search(view.clause):
        return FACT, "already"
    if (
        draft.quantity.unit_class == "money"
        and draft.kind == "level"
        and _GREW_OR_RANKS.match(case.text, draft.quantity.stop)
    ):
        return FACT, "grew"
    if before is not None and before[0] != "actual" and (_is_part(view) or _is_next(view)):
        return (GOAL if draft.bound == ">=" and not _is_next(view) else before), "shared"
    return FACT, ""


def _is_part(view: View) -> bool:
    """Whether the number is one of the parts of the number before it and nothing in its words says that it happened."""
    if view.draft.kind == "change" or _FACT.search(view.clause) or view.done:
        return False
    if _SORT.fullmatch(view.clause.lstrip("，；、： ")):
        return True
    if _PART_DONE.match(view.clause.lstrip("，；、 ")):
        return False
    return bool(_PART.match(view.clause.lstrip("，；、 "))) or (view.draft.inherited and view.draft.kind == "share")


def _is_next(view: View) -> bool:
    """Whether only a list comma parts the number from the one before it: 奖励100万元、200万元、300万元."""
    return bool(re.fullmatch(r"[、和与及]|以及", view.clause.strip()))


def _named_goal(view: View) -> Verdict | None:
    """…的目标 behind the number, or an indicator that is a goal by name."""
    draft = view.draft
    beyond = draft.kind == "change" and draft.quantity.unit_class == "points" and _BEYOND_GOAL.search(view.clause)
    if beyond and view.target_at is None and not view.future and view.outlook != "future":
        return FACT
    if _TARGET_AFTER.match(draft.right):
        return GOAL
    told = _SET.search(view.clause.rstrip())
    if told is not None:
        return PLAN if told["how"] == "计划" else GOAL
    if view.case.terms and not _AWARDED.search(view.clause):
        return PLAN
    if "目标" not in draft.indicator or (draft.kind == "change" and _BEYOND_GOAL.search(view.clause)):
        return None
    named = re.search(r"目标(?:由|从|定为|确定为|是|为)?$", draft.indicator)
    fulfilled = re.search(r"完成(?:全年|年度|计划)?目标", draft.indicator)
    return GOAL if named and not fulfilled and draft.quantity.unit_class != "rank" else None


def _goal_itself(view: View) -> Verdict | None:
    return GOAL if "level:goal-itself" in view.draft.rules else None


def _as_far(view: View) -> Verdict | None:
    """占县下达目标任务的85.81%: how far it has come."""
    if view.draft.kind != "share" or TO_DO.search(view.clause) or _STRIVING.search(view.ahead):
        return None
    return FACT if SHARE_DONE.search(view.clause) else None


_STRIVING = re.compile(r"力争|确保|争取|须|要(?:完成|达到)|预计")


def _policy(view: View) -> Verdict | None:
    """Standing obligations and awards: 按10%给予补助, 单户最高200万元."""
    q, text = view.draft.quantity, view.case.text
    if view.draft.kind == "share" and _GIVEN.match(text[q.stop : q.stop + 16]):
        return PLAN
    if _RULE.search(view.clause):
        return PLAN
    award = q.unit_class == "money" and _AWARD.search(view.clause) and not _GREW.match(text, q.stop)
    if award and _AWARDED.search(view.clause):
        return FACT
    if award and _AWARD_NOUN.search(view.ahead + view.draft.right) and not _FACT.search(view.clause):
        return PLAN if view.case.setting.genre != "communique" else None
    return None


def _revised(view: View) -> Verdict | None:
    """The goal before and after its revision: 营业收入目标由200亿元调高至260亿元."""
    if view.done or (TOLD.search(view.clause) and not _REVISING.search(view.clause.rstrip())):
        return None  # 去年调整为260亿元 is a goal still
    before = _REVISED.search(view.ahead) and re.match(
        r"[^，。；]{0,6}(?:调整|调高|调低|上调|下调|加码|追加|修订|提高|增加)(?:为|到|至)", view.draft.right
    )
    after = _REVISING.search(view.clause.rstrip()) and re.search(
        r"目标|任务|原定|原计划|年初[^，。；]{0,4}(?:报|定|安排|提出|确定)", view.ahead
    )
    if not (before or after):
        return None
    if view.case.is_project and view.draft.quantity.unit_class == "money":
        return PLAN
    return GOAL


def _origin(view: View) -> Verdict | None:
    """The value from which a goal starts is done."""
    if view.from_value and (
        view.target_at is not None or _WIDE.search(view.ahead) or view.future or view.outlook == "future"
    ):
        return FACT
    return None


def _planned_money(view: View) -> Verdict | None:
    """Total, planned, agreed investment, and the sums of a batch."""
    draft = view.draft
    if draft.quantity.unit_class != "money" or view.done:
        return None
    planned = (
        PLAN_NOUN.search(view.clause)
        or re.search(r"计划完成|拟完成|(?:集中|大会|活动|现场)?签约(?:约|近|超)?$", view.clause.rstrip())
        or (draft.inherited and PLAN_NOUN.search(draft.indicator))
    )
    if not planned and not _BATCH_MONEY.search(draft.indicator):
        return None
    aimed = TARGET.search(view.clause) and re.search(r"力争|确保|突破|超过", view.clause)
    return None if aimed else PLAN


def _aimed_at(view: View) -> Verdict | None:
    """力争, 确保, 到2027年: a goal, unless it tells what a work will hold or a plan will list."""
    draft, case = view.draft, view.case
    if view.target_at is not None:
        if _is_works_count(view):
            return PLAN
        wide = _WIDE.search(view.ahead)
        told = view.ahead[view.target_at :]
        if told.startswith("将") and re.search(r"(?:预计|有望)[^，。；]*$", view.ahead[: view.target_at]):
            return "plan", "expected"  # 预计全县将实现总产值107亿元
        if case.is_project and re.match(r"将|可望|可", told) and not re.search(r"力争|确保|目标", told):
            return PLAN
        if wide and wide.group().endswith("后") and wide.start() <= view.target_at + 4:
            return "plan", "expected"  # 达产后年产值将达到50亿元
        if not (view.capacity and case.is_project and not view.reach):
            return "target", _target_modality(view.ahead[view.target_at :])
    if view.future and not view.from_value and not view.done:
        built = _WIDE.search(view.ahead[-40:])
        if built and built.group().endswith("后"):
            return "plan", "expected"
        return PLAN if view.capacity and not view.reach and draft.kind != "change" else GOAL
    return None


def _outlook(view: View) -> Verdict | None:
    """In a section on what is to come numbers are goals, and works are plans."""
    draft, q = view.draft, view.draft.quantity
    time = view.case.time
    dated = time is not None and time.kind in ("part", "month", "day") and not view.future
    told = _FACT.search(view.clause) and re.search(r"截至|目前|去年|上年|现有(?!基础)|已有|同比", view.ahead[-30:])
    if view.outlook != "future" or dated or told or view.from_value:
        return None
    if _is_works_count(view):
        return PLAN
    works = view.case.is_project and q.unit_class in ("money", "physical")
    invests = q.unit_class == "money" and not view.done and re.search(r"(?:投资|出资)(?:约|近|超)?$", view.clause)
    listed = (
        _NARROW.search(view.clause) or _PLANNED_COUNT.match(draft.indicator) or re.search(r"安排|列入", view.clause)
    )
    planned = view.capacity or works or invests or listed
    return PLAN if planned and not (view.reach and not re.search(r"总投资|年产", view.clause)) else GOAL


def _is_works_count(view: View) -> bool:
    counted = _WORKS_COUNT.search(view.draft.indicator) and view.draft.quantity.unit_class == "counter"
    return bool(counted) and not re.search(r"力争|确保|新增|达到|突破", view.clause)


def _ordered(view: View) -> Verdict | None:
    """培育认定市级专业镇5个以上: an order without a doer and with a floor is a goal."""
    q = view.draft.quantity
    floor = q.after == "以上" or view.draft.bound == ">="
    if not floor or q.unit_class not in ("counter", "money", "person") or _FACT.search(view.ahead):
        return None
    return GOAL if _ORDER.match(view.clause.strip()) else None


_EXTENT = re.compile(r"(?:占地|用地|总?建筑面积|全长|总长|里程|全线)(?:约|面积)?$")


def _listed(view: View) -> Verdict | None:
    """谋划、储备、拟引进 … and the land and length of what is not yet there."""
    draft, q, case = view.draft, view.draft.quantity, view.case
    if view.done:
        return None
    if _PLANNED_COUNT.match(draft.indicator) and q.unit_class in ("counter", "money"):
        return None if draft.inherited and _PART_DONE.match(view.clause.lstrip("，；、 ")) else PLAN
    if _SORT.fullmatch(view.clause.lstrip("，；、：。 ")) and q.unit_class == "counter":
        start = case.sentence[0]
        if _ARRANGED.search(case.text, max(0, start - 80), start):
            return PLAN
    pending = case.is_project and case.commissioned is not True
    return PLAN if pending and _EXTENT.search(view.clause) else None


# 项目一期今年8月投产，年产能1.8万吨
_PHASE_RUNS = re.compile(r"[一二三]期[^，。；]{0,14}(?:投产|投用|投运|达产)(?!后|前|时|目标)[^。；]{0,14}$")
_TO_RUN = re.compile(r"将|计划|预计|拟|力争|年底|明年|有望|可望|争取")


def _of_running_phase(view: View) -> bool:
    """Whether the clause before tells that a phase of the work produces already."""
    told = _PHASE_RUNS.search(view.ahead)
    named = "项目" in view.draft.right[:12]  # 一期投产的年产2000吨高纯氢项目
    return told is not None and not named and not _TO_RUN.search(told.group())


def _waiting(view: View) -> Verdict | None:
    """What a project that does not yet produce will have; progress and people around it are facts."""
    draft, q = view.draft, view.draft.quantity
    if (
        view.case.commissioned is not False
        or draft.kind not in ("level", "change")
        or view.done
        or view.from_value
        or _of_running_phase(view)
    ):
        return None
    if q.unit_class in ("physical", "counter") and _RUNS.match(draft.right) and not view.future:
        return None
    around = view.ahead[-24:] + view.case.text[q.stop : q.stop + 10]
    people = q.unit_class in ("counter", "person") and re.search(
        r"企业|项目|员工|人员|农户|居民|商户|客户|用工|公司|户", draft.indicator
    )
    reached = re.search(r"[到至为成](?:约|近)?$", view.clause)
    return None if _PROGRESS.search(around) or people or reached else PLAN


def _capacity_rule(view: View) -> Verdict | None:
    if not view.capacity:
        return None
    return FACT if _of_running_phase(view) else _capacity(view.draft, view.case, view.clause)


@lru_cache(maxsize=64)
def _speaks_of(sentence: str) -> tuple[bool, bool, bool]:
    """Whether a sentence holds an offer on terms, an agreement for later, a want."""
    return (
        bool(_OFFERED.search(sentence)),
        any(word in sentence for word in ("约定", "意向", "预约")),
        any(word in sentence for word in ("需求", "需要", "诉求", "急需", "亟需")),
    )


def _offered(view: View) -> Verdict | None:
    """What is granted on terms, agreed for later or asked for, in any kind of text."""
    q, text = view.draft.quantity, view.case.text
    if view.draft.kind == "change" or _GREW.match(text, q.stop):
        return None  # 对种粮农民直接补贴21.7亿元，增长82%
    offers, agrees, wants = _speaks_of(text[view.case.sentence[0] : view.case.sentence[1]])
    if not (offers or agrees or wants):
        return None
    low = max(text.rfind("；", view.case.sentence[0], q.start), view.case.sentence[0])
    behind = _STOP.search(text, q.stop, view.case.sentence[1])
    part = text[low : behind.start() if behind else view.case.sentence[1]]
    offer = _OFFERED.search(part) if offers else None
    granted = offer is None or offer.start() > q.start - low or _GRANTED.search(part[offer.start() :])
    if q.unit_class in ("money", "percent", "share") and not granted:
        return PLAN
    ahead = text[low : q.start]
    if agrees and q.unit_class in ("money", "physical", "counter") and _AGREED.search(ahead) and not view.done:
        return "plan", "contracted"
    wanted = wants and _WANTED.search(ahead) and re.search(r"需求|需要|诉求|急需|亟需", part)
    return PLAN if q.unit_class in ("physical", "counter") and wanted else None


_GREW = re.compile(r"，(?:同比|比上年|较上年)?(?:增长|下降|增加|减少|提高)")
_GRANTED = re.compile(r"已|累计|兑现(?!资金不)|发放|去年|上年|获得|获|共给予|拨付|20\d\d年(?:以来|，|全)|截至")
_STOP = re.compile(r"[；。]")


_IF = re.compile(r"(?:^|[，。；：“])(?:若|如果|假如|倘若|一旦)")


def _supposed(view: View) -> Verdict | None:
    """若2024年采购额增加到9亿元，可拿到奖励300万元: nothing behind the supposition has happened."""
    return PLAN if _IF.search(view.ahead) else None


def _hedged(view: View) -> Verdict | None:
    """计划, 拟, 规划 before the number; 预计, 达产后, 将 anywhere before it in the sentence."""
    draft, case, clause, ahead = view.draft, view.case, view.clause, view.ahead
    estimated = "预计" in ahead and re.search(
        r"(?:^|[。；])[^，。；]{0,4}预计[^，。；]{0,8}，", ahead
    )  # 预计到年末，…；固定资产投资完成38亿元
    if view.done and not (estimated and view.outlook != "past"):
        return FACT
    told = bool(_FACT.search(clause)) or bool(re.match(r"[^，。；]{0,6}已", draft.right))
    narrow = last_of(_NARROW, clause)
    designed = narrow is not None and clause.startswith("设计", narrow)
    if narrow is not None and not told and (case.commissioned is not True or designed or len(clause) - narrow <= 5):
        return PLAN
    wide = last_of(_WIDE, ahead)
    if wide is not None and ahead[wide:].rstrip("约近超") == "将" and _DISPOSED.match(draft.right):
        wide = None  # 将120家供应商引入园区: 将 as 把
    if wide is not None and ahead[wide : wide + 2] in ("预计", "有望"):
        told = bool(_SURELY_TOLD.search(ahead[wide:]))  # 预计全年完成115亿元，同比增长7%
    if wide is not None and not (view.outlook == "past" and ahead[wide : wide + 2] == "预计") and not told:
        # 预计 in a report of January on the year gone by estimates what is done.
        if ahead[wide : wide + 2] in ("预计", "有望", "预期") and wide and ahead[wide - 1] not in "，。；：“":
            told = "，" in ahead[wide:]  # 产量预计510万吨，…: the estimate is of that number only
        # 236亿元、314亿元，预计年均增长24.5%；分别完成销售506亿元: an estimate in mid-list ends with its part.
        part = ahead[ahead.rfind("；", 0, wide) + 1 : wide]
        told = told or ("；" in ahead[wide:] and any(c.isdigit() for c in part))
        over = (
            told
            or _dated_before(view, wide)
            or re.search(r"目前|已(?:经)?|截至|现有(?!基础)|去年|上年|今年以来|。", ahead[wide:])
        )
        running = case.commissioned is True and re.search(r"^投[用产运]|^运营", ahead[wide:])
        if not over and not running:
            return "plan", "expected" if re.match(r"预计|有望|预期|届时", ahead[wide:]) else "planned"
    invests = draft.quantity.unit_class == "money" and re.search(
        r"(?:投资|出资|投入|拿出|斥资|豪掷|砸下)(?:约|近|超|达)?$", clause.rstrip()
    )
    if invests and (
        case.is_project or re.match(r"(?:的)?(?:建设|实施|打造|新建|建起|兴建|上马|新上|扩建|启动|的)", draft.right)
    ):
        return "plan", "contracted"
    return None


# 今年计划开工高速公路30条，建设里程2109公里: what a plan goes on to name is planned as well.
_PLANS = re.compile(
    r"(?<!按)(?:计划|拟)(?:再|新|全面|陆续)?(?:开工|新建|建成|建设|实施|完成|引进|改造|启动|续建|竣工|投产|推进|安排)(?!投资的|率|进度)"
)
# 计划通过10年的努力，在园区聚集…: how long the plan takes stands before what it plans.
_PLANS_BY = re.compile(r"计划(?:通过|用|利用|经过)[^，。；]{1,12}(?:努力|时间|年|建设|攻坚)[^，。；]{0,4}，")
_PLAN_ENDS = re.compile(r"[；。（）]|开工率|复工率|完成率|投产率|应|已|截至|目前|累计|去年|上年|同比|其中|实际|占")


def _planned_on(view: View) -> Verdict | None:
    q = view.draft.quantity
    at = last_of(_PLANS, view.ahead)
    if at is None:
        at = last_of(_PLANS_BY, view.ahead)
    if at is None or view.draft.kind == "change" or view.done or _PLAN_ENDS.search(view.ahead, at):
        return None
    return PLAN if q.unit_class in ("counter", "physical", "percent", "money") else None


def _dated_before(view: View, cue: int) -> bool:
    """Whether a time gone by stands between an estimate and the number (预计2025年…，2024年1—11月出口1.3亿元)."""
    time, case = view.case.time, view.case
    if time is None or time.compared or time.period is None or case.published is None:
        return False
    ended = time.period.removeprefix("../").split("/")[-1][:7]
    between = "，" in view.ahead[cue : max(time.start - case.sentence[0], cue)]
    return between and ended < case.published[: len(ended)] and not re.search("后", view.ahead[cue : cue + 8])


# what 将 disposes of: …引入, …纳入, …打造成
_DISPOSED = re.compile(
    r"[^，。；]{2,14}?(?:引入|纳入|列入|引进|带入|打造成|培育成|转化|改造|推向|送到|汇聚|集聚|分为|作为|用于|投入)"
)


def _capacity(draft: Draft, case: Case, clause: str) -> tuple[Status, str] | None:
    """Capacity of what produces is actual, of what is signed or being built a plan."""
    q, text = draft.quantity, case.text
    if re.search(r"设计|规划|拟|计划", clause):
        return "plan", "planned"
    behind = _CLAUSE_END.search(text, q.stop, case.sentence[1])
    own = text[draft.clause : behind.start() if behind else case.sentence[1]]
    waiting, running = bool(_NOT_COMMISSIONED.search(own)), bool(_COMMISSIONED.search(own))
    if waiting:
        return "plan", "planned"
    if running:
        return "actual", "fact"
    if case.commissioned is True and not _WIDE.search(text[case.sentence[0] : q.start][-30:]):
        return "actual", "fact"
    if case.commissioned is False:
        return "plan", "planned"
    whole = text[case.sentence[0] : case.sentence[1]]
    if _COMMISSIONED.search(whole) and not _NOT_COMMISSIONED.search(whole):
        return "actual", "fact"
    if case.is_project and re.search(r"年产|年处理|年加工", clause[-8:]):
        return "plan", "planned"
    return None


def _target_modality(words: str) -> str:
    if "确保" in words or words[:1] in "须需":
        return "ensure"
    return "strive" if re.search(r"力争|争取|努力|冲刺|奋力", words) else "goal"


_RULES = (
    _goal_itself,
    _as_far,
    _named_goal,
    _supposed,
    _offered,
    _policy,
    _revised,
    _origin,
    _planned_money,
    _aimed_at,
    _outlook,
    _ordered,
    _listed,
    _waiting,
    _capacity_rule,
    _hedged,
    _planned_on,
)
