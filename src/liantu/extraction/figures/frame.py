"""Binds each number of a sentence to what it measures: the indicator, its kind, its bound."""

from __future__ import annotations

import re

from liantu.extraction.figures import measures, phrases
from liantu.extraction.figures.draft import Draft, join
from liantu.extraction.figures.quantity import Quantity
from liantu.extraction.figures.spread import spread
from liantu.extraction.figures.times import TimeMark
from liantu.extraction.model import Bound
from liantu.vocabulary.cues import cues

_TO_VALUE = re.compile(
    r"^(?:，)?(?:[^，。；]{0,4}?)(?:提高|增加|增长|上升|提升|上调|下调|调整|跃升|扩|降|减|压|升|变|做大|发展|攀升|爬坡|缩|拓展|加码|增|回升|回落|下滑|收窄|到|至|降为|放大)"
)
_FROM_VALUE = re.compile(r"(?P<keep>^|[^，]*?[^来出源取])(?:由|从|自)(?!由|主|动|贸|然)[^，由从]{0,9}$")
_ONWARD = re.compile(
    r"(?:的)?(?:大幅|逐步|进一步|稳步|快速)?(?:提升|提高|上升|跃升|攀升|增长|增加|扩大|下降|降低|回落|减少|前移|晋升|上移|下滑|跃|升|降|增|减|进位)?(?:到了?|至|为)"
)
_SAYING = (
    "明确", "提出", "强调", "要求", "指出", "通报", "透露", "显示", "介绍", "表示", "认为", "预测", "获悉", "了解到", "说",
)  # fmt: skip
BY_PARTS = re.compile(
    r"(?:分|按)(?:季度?|月(?:份|度)?|年份?)(?:来)?看|逐[季月]看|[从由]环比看"
    r"|从(?:月度|当月|单月|季度|各月|各季度?|累计|增长)(?:增速|增幅|情况|走势)?(?:来)?看"
)
_THIS_MEASURE = re.compile(r"(?:这一?个?|该)(?:数字|指标|比例|数据|占比)")  # 这个数字是17万亩: of what was told before
_PER = re.compile(r"^/(?:年|月|天|日|小时|时|亩)")  # 200万吨/年氧化钙生产线
_LOOK = re.compile(r"(?:分|从|按)(?P<what>[^，。；]{1,12}?)(?P<how>情况|来)*看")
# 从月度增速看, 从产业结构看: a way to take the whole apart, no name of a measure; 从资金到位情况看 names it.
_A_WAY = re.compile(
    r"增速|增幅|走势|趋势|结构|区域|地区|行业|产业|门类|领域|类别|类型|季度|月度|累计|环比|同比|来源|整体|总体|总量|全年|性质|构成|分布|性价比|县[市区]|去向|渠道|方式|投向|规模"
)
_ITS_MONEY = re.compile(r"总投资额?$")
_WHICH = re.compile(r"(?P<which>[^，。；：]{2,14})的(?:只|仅|共|还|就|已)?有$")
_WORKS = re.compile(r"项目|签约|开工|投产|达产|竣工|工程|基地|产业园|生产线")
_AWARD = re.compile(r"奖励|补助|补贴|资助|贴息|奖补|扶持资金|专项资金|支持资金|贡献奖|配套资金|租金|经费|奖金|资金")


def bind(
    text: str,
    start: int,
    end: int,
    quantities: list[Quantity],
    times: list[TimeMark],
    names: list[tuple[int, int]],
    block: int | None = None,
    carried: str = "",
) -> list[Draft]:
    """Drafts for the numbers of the sentence [start, end), in order.

    `names` are the spans of the regions, zones, firms and projects named in the sentence: a noun phrase may begin anew
    behind one, and a number behind a bare name (晋中12个) belongs to that name;
    `carried` is what the sentence before measured, for one that only parts it (分季度看，一季度增长…);
    `block` is where its paragraph begins: the title of an article of policy (第三条 …奖励。) names the award of what follows.
    """
    drafts: list[Draft] = []
    told = quantities[0].start if quantities else start
    again = BY_PARTS.match(text, start) or _THIS_MEASURE.search(text, start, told)
    head, head_index = carried if again else "", -1
    works = ""  # what a rate just told is of: 开工率42%，完成投资43亿元 is of the works again
    previous_stop = start
    for i, q in enumerate(quantities):
        low = phrases.left_boundary(text, max(previous_stop, start), q.start)
        joined = i > 0 and low == previous_stop
        next_start = quantities[i + 1].start if i + 1 < len(quantities) else end
        behind = (
            quantities[i + 1].stop if i + 1 < len(quantities) and next_start == q.stop else q.stop
        )  # 两台66万千瓦机组
        if behind != q.stop:
            next_start = quantities[i + 2].start if i + 2 < len(quantities) else end
        high = min(phrases.right_boundary(text, behind, end), next_start)
        left = phrases.without_times(text, low, q.start, times).rstrip("-−－")
        left = _PER.sub("", left)
        counted = drafts[-1].phrase if drafts and "level:after" in drafts[-1].rules else ""
        counted = counted.rstrip("和与及")
        if (
            joined
            and counted
            and re.fullmatch(rf"{re.escape(counted)}(?:、|和|与|及|以及|中?(?:已|目前|目前已)有)", left.strip())
        ):
            left = ""  # 2名院士、46名专家: what stands between is what the number before counts
        named = q.unit_class in ("counter", "person", "physical") and phrases.noun_after(text, behind, high)
        if not left.strip(" 约近超逾达") and low > start and text[low - 1] == "：" and not named:
            left = (
                _label(text, start, low - 1) or left
            )  # 投资规模：8亿元; 平江：七十万亩油茶林 names what it counts itself
        listed = _in_brackets(text, start, low, q.stop) if not left.strip() else ""
        if listed:  # 广东（1982家）、浙江（1806家）; 石化化工（363亿元）、文化旅游（336亿元）
            left = listed
        inside = next(((a, z) for a, z in names if a <= q.start < z), None)
        if inside is not None:  # 年产56GW垂直一体化大基地: the name says what the number measures
            low, high = max(low, inside[0]), max(behind, min(high, inside[1]))
            left = phrases.without_times(text, low, q.start, times)
        draft = Draft(q, left, _PER.sub("", text[behind:high]), low, value=q.value)
        tied = drafts[-1] if drafts and drafts[-1].kind == "share" and q.unit_class == "points" else None
        if measures.pulls(left):
            tied = None  # 对规上工业的贡献率为35.2%，拉动规上工业增长2.2个百分点
        before = "" if joined or listed else _clause_before(text, max(previous_stop, start), low, times)
        previous = drafts[-1] if drafts else None
        spoken = works if works and q.unit_class == "money" else "" if listed else head
        if tied is not None:
            spoken = tied.indicator  # 占…的30%，提高4个百分点: the share rises
        _bind_one(
            draft,
            spoken,
            previous if joined or previous is not None else None,
            joined,
            before,
            text,
            low,
            q.start,
            names,
            times,
        )
        if listed and any(text[a:z] == listed for a, z in names):
            draft.item, draft.phrase, draft.inherited = listed, "", True
            draft.indicator, draft.head = head or draft.indicator, head
        if inside is not None and "level:before" in draft.rules and q.unit_class == "physical":
            held = phrases.noun_after(draft.right, 0, len(draft.right))
            draft.indicator = join(draft.indicator, held, tail_first=True)  # 西南基地10亿平方米电池隔膜
        if measures.is_own_measure(draft.phrase):
            part = max((text.rfind(mark, start, low) for mark in "；。"), default=-1) + 1
            industry = measures.opening_industry(text, max(part, start), low, times)
            if industry:
                draft.indicator = join(industry, draft.indicator)
                draft.phrase = draft.head = join(industry, draft.phrase)
        if previous is not None and "share:of-goal" in draft.rules and _is_money_done(previous):
            # 已开工21个，完成投资27.9亿元，占年度计划的72.5%: how far the money has come, not the works
            draft.indicator = join(previous.indicator, "完成目标比例", tail_first=True)
        if previous is not None and "level:goal-itself" in previous.rules and draft.kind == "share":
            draft.indicator, draft.head = join(previous.head, "完成目标比例"), previous.head
            draft.inherited = True
        same = previous is not None and joined and previous.kind == draft.kind in ("share", "rank")
        if same and previous is not None and _ONWARD.fullmatch(left.strip(" ，")):
            # 占全省比重由3.9%提升到5.3%，从全省第11位跃升至第7位
            draft.indicator, draft.head, draft.inherited = previous.indicator, previous.head, True
        if previous is not None and q.edge == "high":
            _as_upper_end(draft, previous)
        if draft.inherited and previous is not None and not draft.indicator:
            draft.indicator = previous.indicator
        if draft.inherited:
            head = head or draft.head or draft.indicator
            draft.parent = head_index
            if (
                draft.kind == "share"
                and previous is not None
                and previous.kind == "change"
                and not draft.phrase
                and previous.quantity.unit == q.unit
                and re.match(r"^(?:[^，；占]{0,4}?)(?:到|至|为)", text[low : q.start])
            ):
                draft.kind = "change"  # 增速由10%调整为8.5%
        else:
            works = head if "share:noun" in draft.rules and _HOW_FAR.search(draft.phrase) else ""
            head, head_index = draft.head or head, i
        drafts.append(draft)
        previous_stop = q.stop
    if drafts and carried and drafts[0].item and not drafts[0].indicator:
        _tell_again(drafts, carried)
    spread(text, start, drafts, times, frozenset(text[a:z] for a, z in names))
    for i, draft in enumerate(drafts):
        capped = draft.bound == "<=" and "level:inherited" in draft.rules  # …按设备投资的三成补助，最高200万元
        if (
            draft.quantity.unit_class == "money"
            and draft.kind == "level"
            and (capped or not measures.MONEY_WORD.search(draft.indicator))
        ):
            _add_award(draft, text, start if block is None else block, _end_of_row(text, drafts, i, end))
        draft.indicator = phrases.tidy(_THIS_MEASURE.sub("", draft.indicator) or draft.indicator)
    return drafts


_HOW_FAR = re.compile(r"(?:开工|复工|竣工|投产|完成|到位|履约|入统|转化|落地|达效)率$")
_DONE_WITH = re.compile(r"(?:完成|到位|实现)[^，。；]{0,6}(?:投资|资金|收入|产值)$|投资$")


def _is_money_done(draft: Draft) -> bool:
    """Whether a number is the money that has been spent or taken in (完成投资27.9亿元)."""
    planned = re.search(r"总投资|计划", draft.phrase or draft.indicator[-6:])
    return (
        draft.quantity.unit_class == "money"
        and draft.kind == "level"
        and bool(_DONE_WITH.search(draft.indicator))
        and not planned
    )


def _tell_again(drafts: list[Draft], carried: str) -> None:
    """芙蓉区1个，…: behind a sentence that counts projects of a kind, the next place's number is of that kind."""
    for draft in drafts:
        if draft.indicator or draft.quantity.unit_class != "counter":
            return
        draft.indicator = draft.head = carried
        draft.rules.append("level:again")


def _end_of_row(text: str, drafts: list[Draft], i: int, end: int) -> int:
    """Where the number stands that no list comma joins to number `i` (50万元、150万元的奖励: one word for both)."""
    for here, following in zip(drafts[i:], drafts[i + 1 :], strict=False):
        if not re.fullmatch(r"\s*(?:、|和|与|及|或)\s*", text[here.quantity.stop : following.quantity.start]):
            return following.quantity.start
    return end


_BRACKETED = re.compile(r"[^、，；：。（）\d\s]{2,14}$")


def _in_brackets(text: str, start: int, low: int, stop: int) -> str:
    """The words that a number alone in brackets, which open before `low`, is put to; empty elsewhere."""
    if low <= start or text[low - 1] != "（" or text[stop : stop + 1] != "）":
        return ""
    words = _BRACKETED.search(text, max(start, low - 16), low - 1)
    listed = words is not None and (text[stop + 1 : stop + 2] == "、" or text[words.start() - 1] in "、：")
    return words.group() if words is not None and listed else ""


def _label(text: str, start: int, at: int) -> str:
    """The short label that ends at position `at` (投资规模：), empty where a clause stands there."""
    words = text[phrases.left_boundary(text, start, at) : at].split()
    return words[-1] if words and 2 <= len(words[-1]) <= 8 else ""


def _add_award(draft: Draft, text: str, start: int, high: int) -> None:
    """单户企业最高300万元: says that the money is the award the sentence speaks of."""
    q = draft.quantity
    row = text.find("的", q.stop, high) if "、" in text[q.stop : q.stop + 1] else -1
    behind = _AWARD.search(text, q.stop, min(high, max(q.stop + 14, row + 10)))
    ahead = [m.group() for m in _AWARD.finditer(text, start, q.start)]
    word = behind.group() if behind else ahead[-1] if ahead else "补助" if draft.indicator.endswith("给予") else ""
    if word:
        draft.indicator = join(draft.indicator, word)
        draft.rules.append("award")
    elif "level:inherited" in draft.rules and _WORKS.search(draft.indicator):
        draft.indicator = join(draft.indicator, "投资")


_SHORTEST = 2  # characters of a clause that names something: of 从2021年至2024年 only 从 is left


def _clause_before(text: str, low: int, at: int, times: list[TimeMark]) -> str:
    """The clause before the number's own, where no number stands between."""
    if at - 1 <= low:
        return ""
    begin = phrases.left_boundary(text, low, at - 1)
    told = phrases.without_times(text, begin, at - 1, times)
    look = _LOOK.fullmatch(told)
    if look is not None:
        named = told.startswith("从") and look["how"] == "情况" and not _A_WAY.search(look["what"])
        return look["what"] if named else ""
    words = phrases.strip_lead(told)
    return (
        "" if len(words) < _SHORTEST or words.endswith(_SAYING) else words
    )  # 会议明确，完成投资…: who says it names nothing


# 增速高于全市平均水平: the name is what it is compared with
_COMPARING = re.compile(r"(?:高于|低于|快于|慢于|高出|多于|少于|领先于?|落后于?|优于|跑赢)[^，。；]{0,6}$")


def _own_phrase(draft: Draft, text: str, low: int, at: int, names: list[tuple[int, int]], times: list[TimeMark]) -> str:
    """The clause's words before the number, behind the last name that ends inside it (if a phrase remains)."""
    for first, point in reversed(names):
        if not low <= first < point <= at or _COMPARING.search(text, low, first):
            continue
        rest = phrases.strip_lead(phrases.without_times(text, point, at, times))
        lead = phrases.strip_lead(text[low:first])
        lead = "" if lead in cues("lead_in") else lead
        if not lead and not phrases.strip_value_words(rest)[0].strip("“‘的"):
            if text[point:at] != "的":
                draft.item = text[first:point]
            return rest.strip("“‘的")
        if point < at - 1 and 2 <= len(rest) < len(draft.left):
            return rest
    return phrases.strip_lead(draft.left)


def _bind_one(
    draft: Draft,
    head: str,
    previous: Draft | None,
    joined: bool,
    before: str,
    text: str,
    low: int,
    at: int,
    names: list[tuple[int, int]],
    times: list[TimeMark],
) -> None:
    q = draft.quantity
    own = _own_phrase(draft, text, low, at, names, times)
    if _TO_VALUE.match(draft.right):
        own = _FROM_VALUE.sub(r"\g<keep>", own)
    hedge = phrases.strip_value_words(draft.left)[2]
    bare, taken, bound = phrases.strip_value_words(own)
    bare = measures.affected(bare, before)
    bound = bound or hedge
    draft.bound = _bound(q, bound)
    if q.form == "rank":
        return measures.bind_rank(draft, phrases.strip_lead(draft.left), head, before)
    if q.unit_class == "streak":
        return measures.bind_streak(draft, bare, head)
    which = _WHICH.search(draft.left.rstrip()) if q.unit_class in ("counter", "person") else None
    if which is not None:  # 进度较快的有2个项目
        return measures.bind_which(draft, phrases.strip_lead(which["which"]), head)
    change = phrases.split_change(bare, q.unit_class, q.unit)
    if change is not None:
        change = (measures.affected(change[0], before), *change[1:])
    if q.form == "fold":
        if re.search(r"(?:几乎|近|约|将近|接近)[^，]{0,3}$", own):
            draft.bound = "≈"
        told = re.sub(r"(?:几乎|将近|近|约|实现|同比)*(?:翻了?)?$", "", bare)
        change = (re.sub(r"(?:比|较)[^，]{0,12}$", "", told), "翻番", 1)
    grew = q.unit_class == "percent" and change is not None and not change[0]
    if grew and previous is not None and previous.inherited and previous.head == head:
        # 新开工项目32个，总投资120亿元，增长15.6%: what was told last grew
        head = previous.indicator if _ITS_MONEY.search(previous.indicator) else head
    if change is not None and not (
        change[1] in ("新增", "净增", "增加", "减少", "压减")
        and measures.after_of(draft)
        and q.unit_class in ("counter", "person")
    ):
        return measures.bind_change(draft, *change, head=head, before=before, previous=previous if joined else None)
    if q.unit_class == "times":
        return measures.bind_times(draft, bare, head, before)
    if q.unit_class in ("percent", "share"):
        return measures.bind_share(draft, own, bare, head, before)
    measures.bind_level(draft, bare, taken, head, previous, joined, before, text, low)


def _bound(q: Quantity, before: str | None) -> Bound:
    if q.edge == "low":
        return ">="
    if q.edge == "high":
        return "<="
    after = cues("bound_after").get(q.after)
    if after == ">=" and before == "<":
        return "<"
    if after:
        return after  # type: ignore[return-value]
    if q.vague == "上":
        return ">="
    if q.vague in ("余", "多", "过") or q.after in ("多", "还多", "强"):
        return ">"
    return before or "="  # type: ignore[return-value]


def _as_upper_end(draft: Draft, lower: Draft) -> None:
    """The upper end of a range speaks of the same thing as its lower end."""
    draft.indicator, draft.phrase, draft.head, draft.kind = lower.indicator, lower.phrase, lower.head, lower.kind
    if not lower.phrase:
        draft.inherited = True
    elif draft.right and lower.right == "":
        after = phrases.noun_after(draft.right, 0, len(draft.right))
        if after and after not in lower.indicator:
            draft.indicator = lower.indicator = join(lower.indicator, after)
    if lower.kind == "change" and lower.value < 0:
        draft.value = -abs(draft.value)
