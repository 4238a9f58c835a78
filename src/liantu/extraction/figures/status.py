"""Decides whether a number is done, planned or aimed at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from liantu.extraction.figures.draft import Draft
from liantu.extraction.figures.setting import Section, Setting
from liantu.extraction.figures.times import TimeMark
from liantu.extraction.model import Status

_REACH = r"(?:达到|达|突破|超过|实现|提高到|提升到|提升至|提高至|控制在|稳定在|保持在|完成|增长|扩大到|扩到|增加到|增至|做到|不低于|不少于|培育|形成|建成|新增|引进|保持|打造|力争|确保)"
_TARGET = re.compile(
    rf"力争|争取|确保|奋力|冲刺|务必|努力(?:实现|达到|使)|(?:预期)?目标(?:为|是|：|定为|设定为)|(?:要|须|需|应|可望|要求|将(?!近|于))(?:力争|确保|全部)?(?:[^，。；]{{0,6}}?){_REACH}"
    rf"|实现[^，。；]{{0,20}}目标|达到[^，。；]{{0,20}}目标|到20\d\d年(?!底|末)?[^。；]{{0,40}}?(?:达到|突破|超过|建成|形成|力争|实现)|提出[^，。；]{{0,20}}(?:达到|突破|实现|增长)|目标[^，。；]{{0,6}}(?:将|由)"
)
_TARGET_AFTER = re.compile(r"^[^，。；\d]{0,6}(?:的)?(?:目标|任务目标|奋斗目标|预期)(?!完成|实现|任务完成|如期)")
_PLAN_NOUN = re.compile(
    r"总投资|计划投资|拟投资|投资总额|估算投资|概算|规划投资|协议投资|合同投资|签约额|签约金额|签约总额|协议金额|协议资金|意向|投资规模|预算(?!收入|支出|内|执行|外)|年度投资|总投资额|投资额|静态投资|动态投资|计划总投资|合同资金|合同引资|协议引资|签约资金|合同额"
)
_DONE_NOUN = re.compile(
    r"完成投资|完成固定资产投资|到位|累计投资|已投资|投资完成|实际投资|固定资产投资|工业投资|民间投资|完成额|已完成|累计完成|实际投放|已投|技改投资|技术改造投资|制造业投资|基础设施投资|房地产开发投资|研发投入|实际利用|完成率|直接投资"
)
_PLANNED_COUNT = re.compile(
    r"^(?:共同|已|共|累计|滚动|精心|初步|超前|谋深)?(?:谋划|储备|策划|包装|拟建|拟引进|拟引|计划|规划|安排|筹划|拟)"
)
_BATCH_MONEY = re.compile(r"(?:签约|开工|投产|在建|入库|三批|落地|集中)(?:项目)?[^，]{0,6}(?:投资|金额)(?:额|合计)?$")
# Cues that reach over the rest of the sentence, and cues that reach over their own clause only.
_WIDE = re.compile(
    r"(?:达产|建成|投产|达效|投用|投运|竣工|满产|建设完成|完工|启用|运营|全面?建成|交付)(?:达效)?(?:投产|投用|运营|达产|使用)?(?:之|以)?后|满负荷(?:生产)?后|预计|有望|届时|预期|将(?!近|要求)"
)
_NARROW = re.compile(
    r"拟|计划(?!的|单列|完成|生育|投资完成)|规划(?!确定|时|编制|期)|设计(?!院|师|中心|大赛|服务|企业|研发|费|图|之都)|打算|谋划|储备|可(?:实现|带动|提供|新增|形成|年产)|年底前|若|假设|原则上|可再|可容纳|预算(?!收入|支出|内|执行|外)"
)
_PRODUCE = re.compile(r"年产(?!值|业)|年处理|年加工|产能|年生产(?!总值)|日产|日处理|年吞吐|装机|年供|年发电|年可")
_COMMISSIONED = re.compile(
    r"投产|达产|投用|投运|投入运营|投入使用|建成投|点火|试生产|已(?:经)?(?:建成|形成|具备)|运行|满产|出货|下线|竣工投|并网|达效|形成年产|已形成|现有|已建成|建成了|试营业|正式运营|投入生产|量产|流出"
)
_NOT_COMMISSIONED = re.compile(
    r"(?:将|计划|预计|即将|拟|明年|年底|年内|有望|力争|加快|推进)[^，。；]{0,8}(?:投产|达产|投用|投运|竣工|建成)|(?:投产|达产|投用|建成|竣工|投运)后|尚未|推迟|开工|奠基|签约|获批|备案|核准|在建|正在|设备(?:安装|调试)|主体封顶|规划|谋划|筹建|建设节奏|签订"
)
_WORKS_COUNT = re.compile(r"(?:实施|安排|推进|列入|滚动实施|组织实施)[^，。]{0,20}(?:项目|工程)$")
_PROGRESS = re.compile(
    r"已|完成|累计|封顶|安装|浇筑|开挖|掘进|贯通|目前|现有|现场|投入|施工|建成(?!后)|进场|铺设|架设|上年|去年|比|较"
)
_AWARD = re.compile(r"补助|奖励|给予|资助|补贴|贴息|奖补|兑现|返还|减免|每户|每家|单户|不超过|最高")
_FACT = re.compile(
    r"已(?:经)?|完成(?!时限)|实现了|突破了|达到了|累计|截至|目前|现有(?!基础)|现已|同比|比上年|较上年|获评|获批|入选|荣获|跻身|上年|去年"
)
_FROM = re.compile(r"(?:由|从|自)[^，。；]{0,14}$")
_CLAUSE_END = re.compile(r"[，；。！？]")


@dataclass(slots=True)
class Case:
    """What the decision rests on besides the number itself."""

    text: str
    sentence: tuple[int, int]
    setting: Setting
    section: Section | None
    time: TimeMark | None
    last_year: int | None  # the year of publication
    is_project: bool
    commissioned: bool | None  # whether the project it speaks of produces already; None: not known or no project


def decide(draft: Draft, case: Case) -> tuple[Status, str]:
    """Status and modality (fact, planned, expected, strive, ensure, goal) of a number."""
    q, text, start = draft.quantity, case.text, case.sentence[0]
    clause, ahead = text[draft.clause : q.start], text[start : q.start]
    indicator = draft.indicator
    outlook = case.section.outlook if case.section else ""
    future = _is_future(case.time, case.last_year)
    if _TARGET_AFTER.match(draft.right):
        return "target", "goal"
    if case.setting.genre == "policy" and outlook not in ("past", "future"):
        return "plan", "planned"
    done = bool(_DONE_NOUN.search(clause)) or (bool(_DONE_NOUN.search(indicator)) and not _PLAN_NOUN.search(clause))
    plan_noun = (
        q.unit_class == "money"
        and not done
        and bool(_PLAN_NOUN.search(clause) or (draft.inherited and _PLAN_NOUN.search(indicator)))
    )
    if q.unit_class == "money" and not done and _BATCH_MONEY.search(indicator):
        plan_noun = True
    from_value = bool(_FROM.search(clause)) and not re.search(r"目标|计划|任务", clause)
    target_at = _last(_TARGET, ahead)
    held = target_at is not None and not (_FACT.search(ahead[target_at:]) and not future)
    goal_noun = (
        not re.search(r"完成(?:全年|年度|计划)?目标", indicator)
        and bool(re.search(r"目标(?:由|从|定为|确定为|是|为)?$", indicator))
        and q.unit_class != "rank"
    )
    if goal_noun:
        return "target", "goal"
    if from_value and (held or future or outlook == "future"):
        return "actual", "fact"
    if plan_noun and not (_TARGET.search(clause) and re.search(r"力争|确保|突破|超过", clause)):
        return "plan", "planned"
    capacity = (
        bool(_PRODUCE.search(clause[-12:]))
        or q.unit in ("GW", "MW")
        or (q.unit_class == "physical" and draft.inherited and bool(_PRODUCE.search(indicator)))
    )
    reach = bool(re.search(rf"{_REACH}(?:约|近|超|了)?$|新增", clause.rstrip()))
    works = bool(_WORKS_COUNT.search(indicator)) and q.unit_class == "counter"
    if works and (held or outlook == "future") and not re.search(r"力争|确保|新增|达到|突破", clause):
        return "plan", "planned"
    first_wide = _WIDE.search(ahead)
    if held and first_wide and first_wide.group().endswith("后") and first_wide.start() <= (target_at or 0) + 4:
        return "plan", "expected"  # 达产后年产值将达到50亿元
    if held and not (capacity and case.is_project and not reach):
        return "target", _target_modality(ahead[target_at:])
    if future and not from_value and not done:
        return ("plan", "planned") if (capacity or plan_noun) and not reach else ("target", "goal")
    if (
        outlook == "future"
        and not (_FACT.search(clause) and re.search(r"截至|目前|去年|上年|现有|已有|同比", ahead[-30:]))
        and not from_value
    ):
        works = case.is_project and q.unit_class in ("money", "physical")
        works = works or (
            q.unit_class == "money" and not done and bool(re.search(r"(?:投资|出资)(?:约|近|超)?$", clause))
        )
        planned = (
            capacity
            or works
            or _NARROW.search(clause)
            or _PLANNED_COUNT.match(indicator)
            or re.search(r"安排|列入", clause)
        ) and not (reach and not re.search(r"总投资|年产", clause))
        return ("plan", "planned") if planned else ("target", "goal")
    behind = text[q.stop : q.stop + 14]
    if draft.kind == "share" and re.match(
        r"(?:至[\d.]+%)?(?:的)?(?:比例|标准)?(?:给予|予以|进行|分[^，]{1,4})?(?:[^，。]{0,4})(?:补助|奖励|补贴|贴息|资助)",
        behind,
    ):
        return "plan", "planned"
    if (
        case.is_project
        and case.commissioned is not True
        and re.search(r"(?:占地|用地|总?建筑面积|全长|总长|里程|全线)(?:约|面积)?$", clause)
    ):
        return "plan", "planned"
    if _PLANNED_COUNT.match(indicator) and q.unit_class in ("counter", "money"):
        return "plan", "planned"
    if (
        q.unit_class == "money"
        and _AWARD.search(clause)
        and re.search(r"补助|奖励|资助|补贴|贴息", ahead + draft.right)
        and case.setting.genre != "communique"
        and not _FACT.search(clause)
    ):
        return "plan", "planned"
    if (
        case.commissioned is False
        and draft.kind in ("level", "change")
        and not done
        and not _PROGRESS.search(ahead[-24:])
    ):
        return "plan", "planned"
    if capacity:
        verdict = _capacity(draft, case, clause)
        if verdict is not None:
            return verdict
    if done:
        return "actual", "fact"
    narrow = _last(_NARROW, clause)
    told = bool(_FACT.search(clause)) or bool(re.match(r"[^，。；]{0,6}已", draft.right))
    if narrow is not None and not told and (case.commissioned is not True or len(clause) - narrow <= 5):
        return "plan", "planned"
    wide_at = _last(_WIDE, ahead)
    if outlook == "past" and wide_at is not None and ahead[wide_at : wide_at + 2] == "预计":
        wide_at = None  # a report of January estimates the year gone by
    if (
        wide_at is not None
        and not re.search(r"目前|已(?:经)?|截至|现有|去年|上年|今年以来", ahead[wide_at:])
        and "。" not in ahead[wide_at:]
    ) and not (case.commissioned is True and re.search(r"^投[用产运]|^运营", ahead[wide_at:])):
        return "plan", "expected" if re.match(r"预计|有望|预期|届时", ahead[wide_at:]) else "planned"
    invests = q.unit_class == "money" and re.search(r"(?:投资|出资|投入)(?:约|近|超|达)?$", clause.rstrip())
    if invests and (case.is_project or re.match(r"(?:的)?(?:建设|实施|打造|新建|的)", draft.right)):
        return "plan", "contracted"
    return "actual", "fact"


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


def _is_future(time: TimeMark | None, last_year: int | None) -> bool:
    if time is None or time.period is None or last_year is None or time.compared:
        return False
    tail = time.period.split("/")[-1][:4]
    return tail.isdigit() and int(tail) > last_year


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    at = None
    for m in pattern.finditer(text):
        at = m.start()
    return at
