"""How far a project has come, and what it costs, as the words around its name tell."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from liantu.extraction.model import Stage

from .names.lexicon import lexicon, read_filled

ORDER: tuple[Stage, ...] = ("idea", "signed", "approved", "started", "building", "in_production", "at_capacity")
_NUMBER = r"(\d[\d,]*(?:\.\d+)?)\s*(万亿|亿|万|千万|百万)?(?:余|多)?(?:元|(?<=亿)(?=的))"
_SCALE = {"万亿": 10**12, "亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, None: 1, "": 1}
_TOTAL = re.compile(
    r"(?:总投资额?|投资规模|估算投资|匡算投资|计划总投资|概算总投资|估算总投资|投资总额|总投资规模|项目投资|概算投资|总概算|总造价)[^，。；\d]*"
    + _NUMBER
)
_PLAIN = re.compile(
    r"(?:计划投资|拟投资|投资额|投资规模：?|投资|出资|斥资|耗资|投入|拟投|要投|将投|投)(?:约|近|超|达|为|超过|逾|了|资金)?"
    + _NUMBER
)
# 总投资由52亿元调减为47亿元: the later sum holds.
_REVISED = re.compile(r"总投资(?:额|规模)?由[^，。；]{2,12}元[^，。；\d]{0,6}(?:为|到|至)(?:约|近|超)?" + _NUMBER)
# Where nothing else is told of a work, what is put into its fixed assets stands for the whole.
_FIXED = re.compile(r"固定资产投资(?:约|近|超|为|达)?" + _NUMBER)
# What was signed for one project is what it is to cost.
_CONTRACT = re.compile(r"签约(?:总)?(?:金额|额|投资)(?:约|近|超|为|达到?)?" + _NUMBER)
_NOT_TOTAL = re.compile(
    r"(?:研发|技改|民间|工业|制造业|到位|新增|定资产|外来|年度计划|年度|累计完成|完成|设备|[一二三]期|首期|到位|固定资产|新增|今年|本年|当年|其中|每年|年计划|分别)$"
)
_FUTURE = re.compile(
    r"将|赶在|就能|计划|预计|拟|力争|争取|确保|即将|有望|年底前|月底前|年内|明年|可望|目标|推迟|待|尚未|未能|没有|未|要|前(?:建成|竣工|投产|开工)|力促|准备|具备|条件|倒排|\d+月(?:份)?(?:底)?(?:前)?(?:有望|可)"
)
# 6月底前车间完成设备安装调试并投产: due then, however far the verb stands from it.
_BY_THEN = re.compile(r"\d{1,2}月(?:份|底|末|[上中下]旬)?前(?![^，。；]*已)")
_TO_BE_SIGNED = re.compile(
    r"(?:推进|推动|促进|力促|争取|力争|加快|洽谈|拟|待|即将|有望|尽快|早日|将[^，。；]{0,8})(?:正式)?$"
)
_COUNTED_SIGNINGS = re.compile(r"^(?:落户|入驻|企业|额|项目|资金|金额)")
_CONDITION = re.compile(
    r"^(?:(?:并|且|并且)?(?:运营|投运|投用|达产|达效|投产|投入使用|投入运营)(?:之|以)?后|头[一两三]?年|首年|区|后|之后|以后|时|率|达效后|条件|要求|仪式上|前|目标|计划|达效后|达产后)"
)
_NOT_BEGUN = re.compile(
    r"(?:备案|审批|核准|报批)(?:阶段|中)|正在(?:备案|报批|审批)|办理(?:备案|前期)?手续|应开工而未开工|(?:尚|仍|还)?未(?:能)?(?:实质性)?(?:开工|动工)|前期(?:工作|手续)[^，。；]{0,8}(?:推进|开展|进行|启动)"
    r"|(?:尚|还|仍)(?:需|须|待)[^，。；]{0,16}(?:审议|批准|审批|核准|备案|通过)|履行[^，。；]{0,16}(?:审批|备案|核准)(?:程序|手续)"
)
_DATED = re.compile(r"(?:20\d\d年|\d{1,2}月|[下明]半?年)")  # 计划12月投产，2023年7月达产
_HOPED = re.compile(r"争取|力争|有望|待|尚未|等待")
# 项目虽未竣工, 剩余部分年底前并网: a part may work already, the whole does not.
_NOT_WHOLE = re.compile(
    r"(?:虽|尚|仍|还)(?:未|没有?)(?:全部|完全|整体)?(?:竣工|完工|建成|投产)"
    r"|(?:剩余|其余)(?:部分|机组|工程|装机|路段)?[^，。；]{0,8}前[^，。；]{0,4}(?:并网|投产|建成|完工|投用)"
)
# 投用后，用工减少一半: the change has happened.
_CAME_TRUE = re.compile(r"后，[^，。；可将预有]{0,12}(?:减少|降至|涨到|升至|跃升|增至|提高到|增长|翻)")
# 全面建成达产后，预计总产值…: what is to follow has not come.
_ONLY_THEN = re.compile(r"(?:之|以)?后，?[^，。；]{0,10}(?:预计|将|可|有望|能够|力争|计划)")
_PAST = re.compile(r"已|全面|正式|去年|月|当年|同年|上年")
_FUTURE_AFTER = re.compile(r"^(?:的?目标|的?条件|在即|倒计时)")


@cache
def step_cues() -> tuple[tuple[re.Pattern[str], Stage], ...]:
    """(pattern of all cues, stage) for every stage, in order, from `step_cues.csv`. Raises VocabularyError for an unknown stage."""
    patterns: dict[Stage, list[str]] = {stage: [] for stage in ORDER}
    table = read_filled("step_cues.csv", ("pattern", "stage", "source"))
    for line, row in table.rows:
        stage = next((s for s in ORDER if s == row["stage"]), None)
        if stage is None:
            raise table.error(line, f"没有“{row['stage']}”这个阶段", f"no stage {row['stage']!r}")
        patterns[stage].append(row["pattern"])
    # The longest first, so that 加快推进 is read whole.
    return tuple(
        (re.compile("|".join(sorted(found, key=len, reverse=True))), stage) for stage, found in patterns.items()
    )


@cache
def _part() -> re.Pattern[str]:
    """A part of a work right before a step: 控制性工程完工, 主体工程竣工."""
    words = sorted(
        (lexicon().words["part_word"] | {"车间"}) - {"产线", "生产线", "首条生产线", "第一条生产线"},
        key=len,
        reverse=True,
    )
    return re.compile("(?:" + "|".join(words) + ")[^，。；]{0,3}$")


@cache
def _any_cue() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p.pattern})" for p, _ in step_cues()))


def stage_of(text: str, planning: bool = False) -> Stage | None:
    """The furthest stage that `text`, the words around one project, reports; None when it tells none.

    A step still to come (将于6月投产) says that the one before it is reached. `planning` marks text that lays down
    future work (重点任务, 下一步), where a bare 开工建设 is an intention.
    """
    done, coming = steps_told(text, planning)
    return coming if done is None else done


def steps_told(text: str, planning: bool = False) -> tuple[Stage | None, Stage | None]:
    """(furthest step that `text` reports as taken, furthest stage that its steps to come imply)."""
    if not _any_cue().search(text):
        return None, None
    done: Stage | None = None
    coming: Stage | None = None
    text, begun = _NOT_BEGUN.subn("谋划", text)
    if begun:
        text = text.replace("滞后", "")  # 因环评滞后仍未开工
    at, earlier = 0, ""
    pushed: Stage | None = None  # what is reached when 推进 and its like are left out
    begins_later = False
    for clause in re.split(r"(?<=[，。；、])", text):
        at += len(clause)
        lead = earlier if earlier.endswith("、") or _DATED.match(clause) else ""
        earlier = clause
        for pattern, stage in step_cues():
            for match in pattern.finditer(clause):
                before, after = clause[: match.start()], clause[match.end() :]
                reached = stage
                # 计划今年8月开工、2026年底投产: what is meant for the first holds for the second.
                future = _FUTURE.search((lead + before)[-30:] if lead and len(before) < 30 else before[-14:])
                future = future or _BY_THEN.search(before)
                if stage == "signed" and _COUNTED_SIGNINGS.match(after):
                    continue
                if match.group() == "建成" and after.startswith(("年产", "年处理")) and "已" not in before:
                    continue  # 分三期建成年产60万套能力 tells what is planned
                if match.group() == "运营" and before.endswith(("建设", "建设和", "建设、", "投资")):
                    continue  # 负责建设运营
                if match.group() == "竣工" and after.startswith("验收") and not before.endswith(("通过", "完成")):
                    coming = further(coming, "building")  # 正在竣工验收
                    continue
                if _CONDITION.match(after) and not (
                    after.startswith("后")
                    and (_PAST.search(before) or _CAME_TRUE.match(text[at - len(after) :]))
                    and not _FUTURE.search(before[-14:])
                    and not _ONLY_THEN.match(text[at - len(after) :])
                ):
                    continue
                if match.group().endswith("完成投资") and re.search(r"(?:要|将|计划|拟|力争)$", before):
                    continue  # 年内要完成投资9亿元
                if match.group() == "推进" and after.startswith("签约"):
                    continue
                if stage == "signed" and _TO_BE_SIGNED.search(before):
                    coming = further(coming, "idea")
                    continue
                late = stage in ("started", "in_production", "at_capacity")
                if stage == "approved" and _HOPED.search(before[-14:]):
                    coming = further(coming, "idea")
                    continue
                if late and (planning or future or _FUTURE_AFTER.match(after)):
                    meant: Stage = "idea" if stage == "started" else "building"
                    begins_later = begins_later or (stage == "started" and not planning)
                    coming = further(coming, meant)
                    continue
                if stage == "in_production" and _part().search(before[-12:]):
                    reached = "building"
                if stage == "building" and planning and match.group() in ("推进", "续建", "加快推进"):
                    coming = further(coming, "building")
                    continue
                done = further(done, reached)
                if not match.group().endswith("推进"):
                    pushed = further(pushed, reached)
    if begins_later:
        # 由某公司推进, 拟于明年3月动工; 计划8月开工、2026年底投产: what is not begun is not building.
        done = pushed if done == "building" else done
        coming = "idea"
    if done in ("in_production", "at_capacity") and _NOT_WHOLE.search(text):
        done = "building"
    return done, coming


def further(a: Stage | None, b: Stage) -> Stage:
    """The one of two stages that lies further on."""
    return b if a is None or ORDER.index(b) > ORDER.index(a) else a


def investment_of(text: str) -> float | None:
    """Total investment in yuan that `text` states; parts (年度, 一期, 设备, 完成) do not count."""
    for pattern in (_REVISED, _TOTAL, _PLAIN, _FIXED, _CONTRACT):
        for match in pattern.finditer(text):
            if pattern is not _FIXED and _NOT_TOTAL.search(text[: match.start()]):
                continue
            number = Decimal(match.group(1).replace(",", "")) * _SCALE[match.group(2)]
            if number >= 100_000:
                return float(number)
    return None
