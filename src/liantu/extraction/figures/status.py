"""Decides whether a number is done, planned or aimed at."""

from __future__ import annotations

import re

from liantu.extraction.figures.frame import Draft
from liantu.extraction.figures.setting import Section, Setting
from liantu.extraction.figures.times import TimeMark
from liantu.extraction.model import Status
from liantu.vocabulary.cues import alternatives, cue_at_end

_TARGET = re.compile(
    r"力争|争取|确保|奋力|冲刺|务必|努力(?:实现|达到|使)|目标(?:为|是|：)|预期目标|(?:要|须|需|应|将|可望|要求)(?:力争|确保)?(?:[^，。；]{0,6}?)(?:达到|突破|超过|实现|提高到|提升到|提升至|提高至|控制在|完成|增长|扩大到|增加到|增至|达|培育|形成|建成|新增|引进|做到|保持)|实现[^，。；]{0,20}目标|达到[^，。；]{0,20}目标|到20\d\d年[^。；]{0,40}(?:达到|突破|超过|实现|建成|形成|力争)"
)
_TARGET_AFTER = re.compile(r"^[^，。；]{0,6}(?:的)?(?:目标|任务目标|奋斗目标|预期)")
_PLAN_NOUN = re.compile(
    r"(?:总投资|计划投资|拟投资|投资总额|估算投资|概算|规划投资|协议投资|合同投资|协议总投资|签约额|签约金额|协议金额|协议资金|意向|投资规模|设计|规划|计划|预算|拟|年度投资|总投资额|投资额|静态投资|动态投资|预计|预期)"
)
_DONE_NOUN = re.compile(
    r"完成投资|完成固定资产投资|到位|累计投资|已投资|投资完成|实际投资|固定资产投资|工业投资|民间投资|完成额|已完成|累计完成|实际投放|已投|技改投资|制造业投资|基础设施投资|房地产开发投资|研发投入|实际利用"
)
_INVEST = re.compile(r"投资|出资|投入")
_AT_CAPACITY = re.compile(
    r"(?:达产|建成|投产|达效|投用|投运|竣工|满产|全部建成|建设完成|完工|启用|运营)(?:达效)?(?:投产|投用|运营|达产)?(?:之)?后|满负荷(?:生产)?后|可(?:年产|实现|形成|带动|提供|新增|满足|消纳|生产|安排|创造|吸纳|达|年|容纳|产|替代|加工|处理|解决|惠及)|预计|有望|届时|预期|将(?:带动|形成|新增|实现|提供|建|投|年产|产|创造|拉动|成为|有|可|安排|投入|打造|推进|为|在|再|继续|谋划|实施|引进|新建|启动|发放|组织)|拟|计划(?!的|单列|完成|生育|投资)|规划(?!确定|时|编制)|设计(?!院|师|中心|大赛|服务|企业|研发|费|图)|打算|谋划|储备|年底前|年内(?:将|可|建成|竣工|投产)"
)
_PRODUCE = re.compile(r"年产|年处理|年加工|产能|年生产|日产|日处理|年吞吐|装机|装机容量|年供|年发电")
_COMMISSIONED = re.compile(
    r"投产|达产|投用|投运|投入运营|投入使用|建成投|点火|试生产|已(?:经)?(?:建成|形成|具备)|运行|满产|出货|下线|竣工投|并网|达效|形成年|已形成|现有|已建成|建成了|试营业|正式运营|投入生产|量产"
)
_NOT_COMMISSIONED = re.compile(
    r"(?:将|计划|预计|即将|拟|明年|年底|年内|有望|力争|后|建成)[^，。；]{0,8}(?:投产|达产|投用|投运|竣工)|(?:投产|达产|投用)后|尚未|推迟|开工|奠基|签约|获批|备案|核准|在建|正在|加快|推进|设备(?:安装|调试)|主体封顶|规划|谋划|筹建"
)
_CLASS = re.compile(r"(?:补助|奖励|给予|资助|补贴|贴息|支持|奖补|兑现|配套|返还|减免|拨付|最高|每年不|每户|每家|单户)")
_FROM = re.compile(r"(?:由|从|自)[^，。；]{0,14}$")
_FACT = re.compile(
    r"已(?:经)?|完成|实现了|突破了|达到了|累计|截至|目前|现有|现已|同比|比上年|较上年|获评|获批|入选|荣获|跻身|上年|去年"
)


def decide(
    draft: Draft,
    text: str,
    sentence: tuple[int, int],
    setting: Setting,
    section: Section | None,
    time: TimeMark | None,
    last_year: int | None,
    is_project: bool,
    commissioned: bool | None,
) -> tuple[Status, str]:
    """Status and modality of a number.

    `time` is the mark that dates it, `last_year` the year of publication, `commissioned` whether the project it speaks of produces
    (None: not known or no project).
    """
    q = draft.quantity
    start, _ = sentence
    clause = text[draft.clause : q.start]
    ahead = text[start : q.start]
    near = ahead[-60:]
    future = _is_future(time, last_year)
    indicator = draft.indicator
    if _TARGET_AFTER.match(draft.right) and not re.match(r"^[^，。；]{0,3}任务", draft.right):
        return "target", "goal"
    outlook = section.outlook if section else ""
    done = bool(_DONE_NOUN.search(indicator)) and not _PLAN_NOUN.search(indicator)
    plan_noun = bool(_PLAN_NOUN.search(clause)) or (draft.inherited and bool(_PLAN_NOUN.search(indicator)))
    target_cue = _last(_TARGET, ahead)
    fact_after = target_cue is not None and bool(_FACT.search(ahead[target_cue:])) and not future
    capacity = (
        bool(_PRODUCE.search(clause[-10:]))
        or q.unit in ("GW", "MW")
        or (q.unit_class == "physical" and bool(_PRODUCE.search(indicator)))
    )
    if (
        setting.genre == "policy"
        and outlook not in ("past", "future")
        and not (section is None and not _CLASS.search(clause))
    ):
        return "plan", "planned"
    if setting.genre == "policy" and outlook == "" and section is None:
        return "plan", "planned"
    if plan_noun and not done and q.unit_class == "money":
        return "plan", "planned"
    if re.search(r"目标(?:为|由|从|定为|确定为|是)?$", indicator) and q.unit_class != "rank":
        return "target", "goal"
    if (
        q.unit_class == "money"
        and re.search(r"(?:签约|开工|投产|在建|入库|三批)(?:项目)?[^，]{0,4}投资(?:额|合计)?$", indicator)
        and not done
    ):
        return "plan", "planned"
    if _FROM.search(clause) and (outlook == "future" or target_cue is not None or future):
        return ("target" if re.search(r"目标|计划|任务", clause + indicator) else "actual"), "fact"
    if target_cue is not None and not fact_after:
        words = ahead[target_cue:]
        return "target", "ensure" if "确保" in words or "须" in words[:3] else "strive" if re.search(
            r"力争|争取|努力|冲刺|奋力", words
        ) else "goal"
    if future and not re.search(r"[由从]$", clause):
        return ("plan" if capacity or plan_noun or is_project else "target"), "goal"
    if outlook == "future" and not done or (outlook == "future" and re.search(r"确保|力争|将|要", near)):
        if (
            capacity
            or plan_noun
            or (
                is_project and q.unit_class in ("money", "physical") and not re.search(r"达到|突破|超过|提高到", clause)
            )
            or re.search(r"安排|计划|储备|谋划|列入", clause)
        ):
            return "plan", "planned"
        if not (_FACT.search(clause) and re.search(r"截至|目前|去年|上年", near)):
            return "target", "goal"
    if capacity:
        if commissioned is True and not _AT_CAPACITY.search(near[-24:]):
            return "actual", "fact"
        if commissioned is False:
            return "plan", "planned"
        words = text[start : sentence[1]]
        if _COMMISSIONED.search(words) and not _NOT_COMMISSIONED.search(words):
            return "actual", "fact"
        if is_project and re.search(r"年产|年处理|年加工", clause[-8:]):
            return "plan", "planned"
    if done:
        return "actual", "fact"
    if _AT_CAPACITY.search(near) and not _FACT.search(clause):
        words = near[_last(_AT_CAPACITY, near) or 0 :]
        return "plan", "expected" if re.search(r"预计|有望|预期|届时", words) else "planned"
    if q.unit_class == "money" and plan_noun:
        return "plan", "planned"
    if (
        q.unit_class == "money"
        and re.search(r"(?:投资|出资|投入)(?:约|近|超|达)?$", clause.rstrip())
        and (is_project or re.match(r"(?:的)?(?:建设|实施|打造|新建|的)", draft.right))
    ):
        return "plan", "contracted"
    return "actual", "fact"


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


def hedge(clause: str) -> str | None:
    """The modality word right before a number, if any."""
    return cue_at_end("target", clause)


MODALITY = {name: re.compile(alternatives(f"modality_{name}")) for name in ("expected", "strive", "ensure", "planned")}
