"""What a number measures: one rule for each kind of number (rank, streak, change, multiple, share, level)."""

from __future__ import annotations

import re

from liantu.extraction.figures import phrases
from liantu.extraction.figures.draft import Draft, is_generic, is_phase, join, last_words, noun_of
from liantu.extraction.figures.times import TimeMark
from liantu.extraction.model import Bound
from liantu.vocabulary.cues import cues

_RANK_SCOPE = re.compile(
    r"(?:位居|位列|名列|排名|排位|排在|排到|稳居|跃居|高居|跻身|获|居|列|排|在|由|从)?(?P<scope>(?:全省|全国|全市|全县|全区|全州|全盟|全球|世界|亚洲|国内|省内|中部|西部|东部|我省|(?:[一-鿿]{2,3}市?)?各(?:县（市、区）|市（区）|县（市）|区市|区县|县区|县市|设区市|市州|州市|县|市)|[三四五六七八九十\d]{1,3}个?(?:县区|县市|区县|设区市)|同类|同行业|行业)[^，。；]{0,10}?)?(?:中|里)?(?:的)?(?:名列|排名(?!列)|排在|居|列|排|位|排行|保持|前移至|升至|跃升至|升到|提升至|提升到|攀升至|攀升到|晋升至|前进至|下滑至|降至|跌至|跃至|跃升到|进位至|上升至|由|从|至|到|第)*$"
)
_OF_EXTENT = re.compile(r"(?:用地|占地|占地面积|建筑面积|总?里程|全长|工期)$")
_HOLDS = re.compile(r"[一-鿿]{2}(?:产业集群|产业链|产业|行业|集群|板块)$")  # 果蔬产业集群有70家企业
_WHOLE_MEASURES = frozenset(["总产值", "总投资", "总产量", "完成投资"])
_NOMINAL = re.compile(r"(?:产业|业|项目|工程|集群|企业|公司|基地|产品|链|园|区|镇|板块|个|户|家|类|活动|仪式|等)$")
_FOR_LONG = re.compile(r"(?:并|也)?(?:已)?(?:持续|连续)(?:[\d一二两三四五六七八九十]{1,3}个?(?:月|年|季度|周))?")
_AMONG = re.compile(
    r"^(?:并|也|均|都|仍|连续[^，]{1,3}年)?(?:在|列|居|位列|位居|稳居)(?P<scope>(?!(?:全省|全国|全市|全县|全区|全球|世界|前列)(?:中|里)?(?:位|排|名|居|列|$))[^，。；]{2,18}?)(?:位居|位列|排名|居|列|排|升至|跃居)?$"
)
_SHARE = re.compile(
    r"占(?:到了|到|了|据了|据|比为|比达到|比达|比)?(?P<base>[^，。；占]{0,22}?)(?:的)?(?:比重|比例|份额|总数)?(?:的)?$"
)
_SHARE_NOUN = re.compile(
    r"(?:率|占比|比重|份额|比例|占有率|覆盖面|渗透率|贡献度|纯度|浓度|强度|效率|品位|股权|股份|权益|成数|含量|度)$"
)
_OF_WHOLE = re.compile(
    r"^(?:相当于|达到|是|为)?(?:全国|全省|全市|全球|同期|行业|国家|世界)[^，]{0,8}(?:水平|平均|标准|同期)?的?$"
)
# 后者约为全国的七分之一, 不足风光装机的一成: what was measured before, against a whole.
_OF_WHOLE = re.compile(
    r"^(?:后者|前者|该|这|这一)?(?:仍|还|又|则|已|大约|差不多)?(?P<word>约为|约是|相当于|不足|不到|不及|超过|超|接近|是|为|达到|占到)(?P<base>[^，。；占]{2,14}?)的$"
)
_WHOLE_BOUND: dict[str, Bound] = {
    "约为": "≈",
    "约是": "≈",
    "接近": "≈",
    "不足": "<",
    "不到": "<",
    "不及": "<",
    "超过": ">",
    "超": ">",
}
_VERB_ONLY = re.compile(
    r"^(?:签约|开工|投产|达产|达效|竣工|在建|续建|新建|复工|入库|签订|落地|完工|投用|储备|入统|新签约|新开工|新签|投运)$"
)
_INVESTMENT = re.compile(
    r"(?:工业|民间|技改|制造业|农业|基础设施|房地产|产业|服务业|开发|交通|水利|能源)投资$|(?:研发|科技|财政|资金|技改|工业|产业|教育|民生|环保|经费)投入$|^(?:进口|出口|进出口)$|(?:财政|预算|教育|民生|消费)支出$"
)
# 完成全年目标的27.2%: how far what stands before has come.
_OF_GOAL = re.compile(
    r"(?:仅|已|约|分别)*(?:完成|达到|实现|占)了?(?:全年|年度|年初|本年|预期|[省市县区](?:上|级|里|委|政府)?|下达|上级)[^，。；\d]{0,12}"
    r"(?:目标|计划|任务|预算)(?:任务|比例|数|总数)?的?$|(?:仅|已|约|分别)*(?:完成|占|为)了?(?:年初|调整|人大|全年|年度)?(?:预算|任务)(?:数|任务)?的?$"
    r"|(?:仅|已|约|分别)*完成了?(?:全年|年度|年初)?(?:计划)?(?:投资|支出|开工)(?:计划|任务)?的$"
)
# 完成年度目标任务589亿元的37.22%, 完成市上全年任务（42.5亿元）的59.94%: the goal itself, told on the way.
# 保持10%以上的增长势头, 以12%的速度递增; 甲和乙增幅最大，分别为22.5%和21.6%
_GROWS_AT = re.compile(r"(?:以上|以内|左右)?的[^，。；\d]{0,4}(?P<word>增长|增速|增幅|速度(?:递增|增长|扩张))")
# 出口以23.4%的增幅领先全省, 保持8%的增速: the verb between a name and its growth belongs to neither.
_GROWS_BY = re.compile(r"(?:以|保持了?|实现了?|呈现出?)(?:同比|年均)?$")
_GROWS_MOST = re.compile(r"(?:增速|增幅|增长|涨幅)(?:最快|最大|最高|较快|较大|居前|领先)$")
_GOAL_ITSELF = re.compile(
    r"(?:完成|达到|占|(?<![成约定认])为)了?[^，。；\d]{0,14}(?:目标任务|任务目标|目标|任务|预算(?:数|任务)|计划(?:目标|任务)?[^，。；\d（]{0,6})[（(]?(?:为|数)?$"
)
_THEN_SHARE = re.compile(r"(?:亿|万)?元?[）)]?的(?:约|近|超)?")
# 距离年度15%的目标: the goal of what stands before.
_TO_GOAL = re.compile(r"(?:但|仍|还)*(?:距离?|离|与|较|比)?(?:年度|全年|年初|预期|省定|市定)?(?:确定|下达|提出)?的?")
# 光伏产业受价格下挫影响，产值减少: the measure is that of whom the clause before speaks of.
_AFFECTED = re.compile(
    r"(?P<whose>[^，。；]{2,14}?)(?:(?:受|因|在|面对|面临)[^，。；]{2,}"
    r"|(?:同样|持续|保持|稳步|逐步|快速|增速|增势|增长|表现|延续|运行|势头|发展)[^，。；的]{0,8}(?:较快|加快|增长|明显|出色|亮眼|良好|平稳|攀升|强劲|突出|回升|向好|高位运行))$"
)
_ADDED = re.compile(r".{0,6}(?:新增|净增)")
_ATTRIBUTE = re.compile(
    r"(?:其中)?(?:规上|规模以上|限上|国家级|省级|市级|县级|民营|外资|国有|上市|年内新增|新增|新认定|.{1,3}以上)的?"
)
_BARE_MEASURE = re.compile(
    r"(?:当月|本月|当季)?(?:余额|产值|产量|收入|营收|营业收入|销量|销售额|销售收入|利润|价格|均价|出口|出口额|增加值|投资)$"
)
_WHOLES = frozenset(["全国", "全球", "全省", "世界", "全市", "行业", "国内", "亚洲"])
_PRODUCE = re.compile(
    r"(?:年产|年可产|年处理|年加工|年生产|日产|日处理|年消化|年消纳|年供应|年发电|年屠宰|年出栏|年产各类|产能|设计年产|年吞吐)$"
)
_MEASURE = re.compile(
    r"(?:总规模|规模|总面积|面积|占地|总长|长度|全长|总额|金额|总投资|投资|高度|宽度|直径|容量|产值)$"
)
MONEY_WORD = re.compile("|".join(map(re.escape, sorted(cues("money_noun"), key=len, reverse=True))))


def after_of(draft: Draft) -> str:
    return phrases.noun_after(draft.right, 0, len(draft.right))


def bind_rank(draft: Draft, own: str, head: str, before: str) -> None:
    draft.kind = "rank"
    own = re.sub(r"(?:由|从|自)的", "由", own)
    among = _AMONG.match(draft.left.strip("，、 ")) if head else None
    if (
        among is not None
    ):  # 在全省国家级经开区中位列第二, 居西江内河港口首位: the order only; what is ranked stands before
        draft.inherited = True
        draft.indicator = join(head, among["scope"].removesuffix("中") + "排名", tail_first=True)
        draft.rules.append("rank:among")
        return
    m = _RANK_SCOPE.search(own)
    scope = (m["scope"] or "") if m else ""
    phrase, _, _ = phrases.strip_value_words(own[: m.start()] if m else own)
    phrase = re.sub(r"(?:的)?(?:排名|位次|名次|由|从|自)$", "", phrase.rstrip("的在"))
    if _FOR_LONG.fullmatch(phrase):  # 持续6个月稳居全市第一: how long, not what
        phrase = ""
    if phrase in ("数量", "总量", "规模", "增速", "增幅", "") or phrase in cues("generic"):
        base = head or noun_of(before)
        draft.inherited = bool(base)
        name = base + phrase if phrase and not base.endswith(phrase) else base
    else:
        name, draft.phrase = phrase, phrase
        draft.head = phrase
    draft.indicator = join(name, (scope or "") + "排名")
    draft.rules.append("rank")


def bind_which(draft: Draft, which: str, head: str) -> None:
    """A count of those that are so: 进度较快的有2个项目, 投产的有3家."""
    after = after_of(draft)
    what = after or head
    draft.phrase, draft.head, draft.inherited = after, what, not after
    draft.indicator = join(which + "的", what) if what and what not in which else which
    draft.rules.append("level:which")


def bind_streak(draft: Draft, bare: str, head: str) -> None:
    phrase = re.sub(r"(?:已)?(?:连续|蝉联|持续|连)$", "", bare).strip()
    if is_generic(phrase):
        draft.inherited = True
        phrase = join(head, phrase)
    draft.phrase = draft.head = phrase
    after = draft.right.strip("，。的 ")[:12]
    draft.indicator = join(phrase or head, "连续" + after)
    draft.rules.append("streak")


_SCHEDULE = re.compile(r"(?:比|较)?(?:序时|时间|计划)?进度(?:要求)?(?:[快慢高低]|落后|滞后)?")
_BEHIND = re.compile(r"[慢低]|落后|滞后")
_PULLS = re.compile(r"(?:共同|直接|合计|分别)*(?:向[上下])?(?:拉动|下拉|拉低|拖累|带动|推高)")
_AGAINST = re.compile(r"(?:高于|低于|高出|快于|慢于|跑赢|领先于?|落后于?)(?=[^，。；]+$)")
_A_WHOLE = re.compile(r"(?:全国|全球|世界|行业|[全我本该][省市县区州盟])(?:平均(?:水平|值)?|水平)?")


def _against_the_next(draft: Draft, phrase: str, previous: Draft) -> tuple[str, int] | None:
    """高于全国4个百分点、全省4.7个百分点: the verb and its direction go on, the object alone is new."""
    told = next((r.split(":", 1)[1] for r in previous.rules if r.startswith("change:")), "")
    verb = _AGAINST.match(told)
    if verb is None or previous.quantity.unit != draft.quantity.unit or not _A_WHOLE.fullmatch(phrase):
        return None
    return verb.group() + phrase, -1 if previous.value < 0 else 1


def pulls(left: str) -> bool:
    """Whether the words before a number say that something pulls the whole up or down (拉动规上工业增长, 下拉)."""
    return _PULLS.match(left.lstrip("，、并 ")) is not None


def bind_change(
    draft: Draft,
    phrase: str,
    verb: str,
    sign: int,
    head: str,
    before: str,
    previous: Draft | None = None,
) -> None:
    q = draft.quantity
    draft.kind = "change"
    if previous is not None and not verb:
        onward = _against_the_next(draft, draft.left.strip("、，和与 的"), previous)
        if onward is not None:
            phrase, (verb, sign) = "", onward
    if sign < 0:
        draft.value = -abs(draft.value)
    phrase = phrases.strip_lead(phrase)
    if head and q.unit_class == "points" and _PULLS.match(phrase or verb):
        draft.inherited, draft.head = True, head  # 拉动规上工业增长2.2个百分点: whoever the clause before speaks of
        draft.indicator = join(head, phrase + verb, tail_first=True)
        draft.value = -abs(draft.value) if (phrase or verb)[0] in "下拖" or "拉低" in phrase + verb else draft.value
        draft.rules.append(f"change:{verb}")
        return
    if head and q.unit_class == "points" and _SCHEDULE.fullmatch(phrase):
        draft.inherited, draft.head = True, head  # 超序时进度16个百分点
        draft.indicator = join(head, "比" + phrase.lstrip("比较"), tail_first=True)
        draft.value = -abs(draft.value) if _BEHIND.search(draft.left) else draft.value
        draft.rules.append("change:schedule")
        return
    after = after_of(draft) if q.unit_class in ("counter", "person", "money", "physical") else ""
    if after and verb in ("新增", "净增", "增加", "减少"):
        draft.phrase = draft.head = after
        draft.indicator = verb + after
    elif phrase and not is_generic(phrase):
        draft.phrase = draft.head = phrase
        draft.indicator = join(phrase, verb)
    else:
        base = head or noun_of(before)
        draft.inherited = bool(base)
        draft.head = base
        draft.indicator = join(join(base, phrase) if phrase and phrase not in base else base, verb) or verb
    if "拉动" in draft.left and "拉动" not in draft.indicator:
        draft.indicator = join("拉动", draft.indicator, tail_first=True)
    draft.rules.append(f"change:{verb}")


def bind_times(draft: Draft, bare: str, head: str, before: str) -> None:
    draft.kind = "change"
    phrase = re.sub(r"(?:是|为|相当于|达到)?(?:同期|去年同期|上年同期|上年|去年|末|底|年)?的?$", "", bare)
    if phrase and not is_generic(phrase):
        draft.phrase = draft.head = phrase
        draft.indicator = join(phrase, "倍数")
    else:
        base = head or noun_of(before)
        draft.inherited = bool(base)
        draft.indicator = join(base, "倍数")
    draft.rules.append("times")


def bind_share(draft: Draft, own: str, bare: str, head: str, before: str) -> None:
    draft.kind = "share"
    q = draft.quantity
    if q.form == "ratio":
        name = "一二三"[min(q.ordinal, 2)]
        draft.indicator, draft.phrase = f"第{name}产业占比", "三次产业"
        draft.head = "三次产业占比"
        draft.rules.append("share:ratio")
        return
    if q.unit_class == "percent" and _GROWS_AT.match(draft.right):
        draft.kind = "change"
        by = _GROWS_BY.search(bare)
        name = phrases.strip_value_words(bare[: by.start()])[0] if by else ""
        grown = _GROWS_AT.match(draft.right)
        if by and grown and (head or not is_generic(name)):
            if is_generic(name):
                draft.inherited = True
            else:
                draft.phrase = draft.head = head = name
            draft.indicator = join(head, grown["word"], tail_first=True)
            draft.rules.append(f"change:{grown['word']}")
            return
    after = after_of(draft)
    if head and _SCHEDULE.fullmatch(bare):
        draft.kind, draft.inherited = "change", True  # 超序时进度5.9%
        draft.indicator = join(head, "比" + bare.lstrip("比较"), tail_first=True)
        draft.value = -abs(draft.value) if _BEHIND.search(draft.left) else draft.value
        draft.rules.append("change:schedule")
        return
    if head and _TO_GOAL.fullmatch(bare) and re.match(r"的[^，。；]{0,6}(?:目标|任务|要求)", draft.right):
        draft.inherited = True
        draft.indicator = join(head, "目标")
        draft.rules.append("share:goal")
        return
    if head and _OF_GOAL.fullmatch(bare):
        draft.inherited = True
        draft.indicator = join(head, "完成目标比例")
        draft.rules.append("share:of-goal")
        return
    whole = draft.left.strip("、，和与 ").removesuffix("的")
    if head and whole in _WHOLES:  # 占全国的65%、全球的三成
        draft.inherited = True
        draft.indicator = join(head, f"占{whole}比重", tail_first=True)
        draft.rules.append("share:of")
        return
    m = _SHARE.search(bare) or _SHARE.search(own)
    hedged = re.search(r"(?P<hedge>约|近|超|逾|超过|不足|接近|仅|已)占", draft.left)
    if hedged and draft.bound == "=":
        draft.bound = cues("bound_before").get(hedged["hedge"], "=")  # type: ignore[assignment]
    if m and not m.group().startswith(("占比", "占有", "占地")):
        phrase = phrases.strip_lead(phrases.strip_value_words(m.string[: m.start()])[0]) if m.start() else ""
        base = phrases.strip_value_words(m["base"])[0].removesuffix("的")
        name = phrase
        if not phrase or is_generic(phrase):
            name = join(head or noun_of(before), phrase)
            draft.inherited = True
        else:
            draft.phrase = draft.head = phrase
        draft.indicator = join(name, f"占{base}比重" if base else "占比", tail_first=True)
        draft.rules.append("share:of")
        return
    against = _OF_WHOLE.match(own)
    if against and against["base"] and not _SHARE_NOUN.search(against["base"]) and (head or before):
        base = head or noun_of(before)
        draft.bound = _WHOLE_BOUND.get(against["word"] or "", draft.bound) if draft.bound == "=" else draft.bound
        draft.inherited = True
        draft.indicator = join(base, f"相当于{against['base']}比例", tail_first=True)
        draft.rules.append("share:whole")
        return
    if head and draft.left.lstrip("，、并 ").startswith("对") and bare.endswith(("贡献率", "贡献度", "支撑率")):
        draft.inherited = True  # 对规上工业的贡献率为35.2%: of whom the clause before speaks
        draft.indicator = join(head, "对" + bare, tail_first=True)
        draft.rules.append("share:noun")
        return
    if bare and (_SHARE_NOUN.search(bare) or (not after and not is_generic(bare) and not phrases.is_verbal(bare))):
        draft.phrase = draft.head = bare
        draft.indicator = bare
        if is_generic(bare):
            draft.indicator = join(head or noun_of(before), bare)
            draft.inherited, draft.head = True, ""
        elif q.form in ("tenths", "fraction", "half") and after:
            draft.indicator = join(bare, after)
        draft.rules.append("share:noun")
        return
    if q.unit_class == "percent" and (
        re.search(r"(?:增速|增幅|增长率|涨幅)$", bare) or (not bare and _GROWS_MOST.search(before))
    ):
        draft.kind = "change"
    if not after:
        after = re.sub(r"^(?:[的是来自为在]|以上|左右)+", "", draft.right).strip("，。、 ")[:12]
    base = bare if bare and not is_generic(bare) else join(head or noun_of(before), bare)
    if bare and not is_generic(bare):
        draft.phrase = draft.head = bare
    else:
        draft.inherited = True
    draft.indicator = join(base, after, tail_first=True)
    draft.rules.append("share:loose")


# 船舶修造业马力全开，重点企业赶订单，实现增加值6.8亿元: the industry a part of a sentence opens with.
_INDUSTRY = re.compile(
    r"(?P<name>[一-鿿]{1,10}?(?:(?<!企)(?<!就)(?<!创)(?<!作)(?<!专)(?<!开)(?<!毕)(?<!物)(?<!事)(?<!产)(?<!失)业|(?<=[一-鿿]{2})产业链?|产业集群|行业))"
    r"(?!企业|园|大|区|项目|经济|总|增加值|投资|化|基地|强|兴|平台|技术|工人|产|集群|链|户|主|态|务|绩|用)"
)
_ITS_MEASURE = re.compile(
    r"(?:共|累计|全年)?(?:实现|完成|创造|贡献)?(?:净增|新增)?(?:总产值|产值|增加值|营业收入|主营业务收入|销售收入|销售额|收入|营收|利润|利税|税收|出口额|出口|产量)"
)


_LAST_MEASURE = re.compile(rf"(?:{_ITS_MEASURE.pattern})$")  # 企业实现产值…，实现利税…: the second is of 企业


def opening_industry(text: str, low: int, clause: int, times: list[TimeMark]) -> str:
    """The industry that the part of a sentence from `low` opens with, if the clause at `clause` is a later one; else empty."""
    stop = next((i for i in range(low, clause) if text[i] in "，。：\n"), clause)
    if stop >= clause:
        return ""
    told = _INDUSTRY.match(phrases.strip_lead(phrases.without_times(text, low, stop, times)))
    return told["name"] if told else ""


def is_own_measure(phrase: str) -> bool:
    """Whether a phrase is a measure that says nothing of what industry (实现增加值, 税收)."""
    return _ITS_MEASURE.fullmatch(phrase) is not None


def is_goal_itself(draft: Draft, text: str) -> bool:
    """Whether the number is the goal that the share behind it measures (完成年度目标任务589亿元的37.22%)."""
    stop = draft.quantity.stop
    told = _THEN_SHARE.match(text, stop, stop + 5)
    if told is None or not text[told.end() : told.end() + 1].isdigit():
        return False
    low = max(text.rfind(mark, 0, draft.quantity.start) for mark in "，。；") + 1
    return _GOAL_ITSELF.search(text[low : draft.quantity.start]) is not None


def affected(bare: str, before: str) -> str:
    """A bare measure with whose it is, told by the clause before (户用储能受去库存影响，收入9.8亿元)."""
    if before and _BARE_MEASURE.fullmatch(bare):
        told = _AFFECTED.match(before)
        if told:
            return told["whose"] + bare
    return bare


def bind_level(
    draft: Draft,
    bare: str,
    taken: tuple[str, ...],
    head: str,
    previous: Draft | None,
    joined: bool,
    before: str,
    text: str,
    low: int,
) -> None:
    q = draft.quantity
    after = after_of(draft)
    countable = q.unit_class in ("counter", "person") or q.unit == "名"
    if len(after) == 1 and q.unit in _VEHICLES and len(bare) >= _TOLD:
        after = ""  # 年产再制造车辆10万台车
    verbal = phrases.is_verbal(bare)
    if head and is_goal_itself(draft, text):
        draft.inherited, draft.head = True, head
        draft.indicator = join(head, "目标")
        draft.rules.append("level:goal-itself")
        return
    between = text[previous.quantity.stop : q.start].strip("约近超") if previous is not None else ""
    told = head or noun_of(before)
    if not after and _tells_heads(q.unit, bare, told, previous is not None and bare == between == previous.phrase):
        draft.phrase = draft.head = draft.indicator = _HEADS_COUNTED[q.unit]
        draft.rules.append("level:heads")
        return
    if _ADDED.match(bare) and q.unit_class != "duration":
        draft.kind = "change"
    if (
        draft.right.startswith(("目标", "任务"))
        and re.search(r"(?:确定|提出|制定|明确|定下|设定|规划|下达)的?$", bare.rstrip("的"))
        and head
    ):
        draft.indicator, draft.inherited = join(head, draft.right[:2]), True
        draft.rules.append("level:goal")
        return
    if after and bare and draft.right.startswith("的") and not countable and _MEASURE.search(bare):
        draft.phrase = draft.head = after
        draft.indicator = join(after, _MEASURE.search(bare)[0], tail_first=True)  # type: ignore[index]
        draft.rules.append("level:measure-of")
        return
    if after and not bare and draft.right.startswith("的") and previous is not None and joined:
        shared = _MEASURE.search(previous.indicator) if "level:measure-of" in previous.rules else None
        if shared is not None:  # 总投资8亿元的冷链基地、5.5亿元的塔筒项目
            draft.phrase = draft.head = after
            draft.indicator = join(after, shared[0], tail_first=True)
            draft.rules.append("level:measure-of")
            return
    if after and draft.right.startswith("的") and bare.endswith("以") and q.unit_class == "money":
        draft.phrase = draft.head = draft.indicator = after  # 以41.8亿元的营收总额入围
        draft.rules.append("level:with")
        return
    if after and head and countable and is_generic(bare) and _STEP_ONLY.fullmatch(after):
        draft.phrase, draft.head, draft.inherited = after, head, True  # 66个新开工项目已有28个开工建设
        draft.indicator = join(head, after, tail_first=True)
        draft.rules.append("level:step")
        return
    if after and (countable or verbal or not bare or is_generic(bare) or _PRODUCE.search(bare)):
        verb = bare if verbal and len(bare) <= 8 else last_words(bare) if verbal else ""
        if not verb and taken and taken[0] in ("完成", "实现", "有"):
            verb = ""
        draft.phrase = after
        draft.head = after
        draft.indicator = join(verb, after, tail_first=True)
        if is_phase(bare) or (not verb and bare and (not countable or _HOLDS.search(bare))):
            draft.indicator = join(bare, after)
        if draft.kind == "level" and re.search(r"(?:新增|净增|再增|增加)$", bare):
            draft.kind = "change"
        draft.rules.append("level:after")
        return
    if (
        joined
        and previous is not None
        and previous.kind == "change"
        and "新增" in previous.phrase
        and text[low - 1 : low + 1].find("、") >= 0
    ):
        draft.kind = "change"  # 预计年新增产值310亿元、税收14亿元
    if bare and not is_generic(bare):
        if before and re.match(r"(?:涵盖|包括|包含|涉及|覆盖|囊括|共有|入库|入选)", bare):
            bare = join(noun_of(before), bare)
        draft.phrase = draft.head = bare
        draft.indicator = bare
        if countable and head and _ATTRIBUTE.fullmatch(bare):
            draft.indicator, draft.head = join(bare, head), head  # 锂电企业158家，其中规上114家
        if _VERB_ONLY.match(bare):
            draft.indicator = bare + ("项目" if countable else "项目投资" if q.unit_class == "money" else "")
            draft.head = bare + "项目"
        elif (
            verbal
            and len(bare) <= (3 if text[low - 1 : low] == "；" else 4)
            and not after
            and (head or before)
            and not _INVESTMENT.search(bare)
            and not _beside(bare, head)
        ):
            base = (_LAST_MEASURE.sub("", head) if is_own_measure(bare) else head) or noun_of(before)
            draft.indicator = join(base, bare)
            draft.inherited = not before
        rest = draft.right.strip("，。的 ")
        if bare.endswith(("其中",)) and rest:
            draft.indicator = join(bare, rest[:12])
        draft.rules.append("level:before")
        return
    if joined and previous is not None and previous.kind == "change" and not bare and not after:
        verb = next((r.split(":", 1)[1] for r in previous.rules if r.startswith("change:")), "")
        draft.kind, draft.inherited = "change", True
        draft.indicator = join(head, verb)
        draft.rules.append(f"change:{verb}")
        return
    if q.unit_class == "money" and _OF_EXTENT.search(head) and len(bare) >= 3:
        head = ""  # 二期用地300亩，…，总产值将超过100亿元
    if bare in _WHOLE_MEASURES and not head and not _NOMINAL.search(before):
        before = ""  # 去年我们公司可以逆势增长，去年总产值达到…
    base = head or noun_of(before)
    if before and (not head or not joined) and noun_of(before) and not is_generic(noun_of(before)):
        base = noun_of(before) if previous is None else head
    if bare == "完成投资" or "完成投资" in "".join(reversed(taken)) + bare:
        base = _TOTAL.sub("", base)  # 计划总投资573.7亿元，累计完成投资194.2亿元
    if is_own_measure(bare):
        base = _LAST_MEASURE.sub("", base)  # 净增产值143亿元，总产值达到429亿元: beside each other
    draft.inherited = True
    tail = bare
    rest = draft.right.removeprefix("的").removeprefix("以上").removeprefix("左右").strip()
    if not after and rest and countable and not re.match(r"^(?:是|为|，|。)", rest):
        tail = bare + rest[:10]
    elif (taken and taken[-1] in ("完成", "实现")) or (taken and taken[0] == "完成"):
        tail = "完成" + tail
    draft.indicator = join(base, tail) or tail
    draft.head = base
    draft.rules.append("level:inherited")


_VEHICLES = frozenset({"台", "辆", "艘", "架"})
_TOLD = 4  # characters of a phrase that tells what a counter counts
_TOTAL = re.compile(r"(?:计划|协议|合同|年度计划|年度)?(?:总投资额?|投资总额|投资额?)$")
# 全镇有2.8万户、6.5万人: what the counter itself says.
_OF_HEADS = re.compile(r"(?:户数|人口|村|组|社区|居委会|委员会|乡镇|街道|屯)$")
_STEP_ONLY = re.compile(
    r"(?:正式|全面|实际|已)?(?:转化)?(?:开工|复工|投产|竣工|落地|达产|达效|建成|完工|投用)(?:建设|投用|投产|生产)?"
)
_HEADS_COUNTED = {"户": "户数", "人": "人口", "口": "人口"}


def _tells_heads(unit: str, bare: str, head: str, adjoins: bool) -> bool:
    """Whether only the counter says what is counted: at the head of a row, or where the number `adjoins` what was counted before."""
    leads = not bare and (not head or _OF_HEADS.search(head) is not None)
    return unit in _HEADS_COUNTED and (leads or (adjoins and 0 < len(bare) <= 3))  # 5个乡镇17万人


def _beside(bare: str, head: str) -> bool:
    """Whether a measure stands beside the one before it, no part of it: 生猪出栏…，家禽出栏…."""
    return len(bare) == _PAIR == len(head) and bare[2:] == head[2:] and not _DOES.match(bare)


_DOES = re.compile(r"完成|计划|实现|累计|新增|到位|预计|拟定|实际")  # 完成投资 is a part of 计划投资
_PAIR = 4  # characters: what, and what is done with it
