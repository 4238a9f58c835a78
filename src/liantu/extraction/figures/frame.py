"""Binds each number of a sentence to what it measures: the indicator, its kind, its bound."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from liantu.extraction.figures import phrases
from liantu.extraction.figures.numbers import Quantity
from liantu.extraction.figures.times import TimeMark
from liantu.extraction.model import Bound, Kind
from liantu.vocabulary.cues import cues

_RANK_SCOPE = re.compile(
    r"(?:位居|位列|名列|排名|排在|排到|稳居|跃居|高居|跻身|获|居|列|排|在|由|从)?(?P<scope>(?:全省|全国|全市|全县|全区|全州|全盟|全球|世界|亚洲|国内|省内|中部|西部|东部|我省|各区县|各县|各市|同类|同行业|行业)[^，。；]{0,10}?)?(?:中|里)?(?:的)?(?:位居|位列|名列|排名|排在|居|列|排|位|排行|保持|前移至|升至|跃升至|升到|跃至|跃升到|进位至|上升至|由|从|至|到|第)*$"
)
_SHARE = re.compile(
    r"占(?:到了|到|了|据了|据|比为|比达到|比达|比)?(?P<base>[^，。；占]{0,22}?)(?:的)?(?:比重|比例|份额|总数)?(?:的)?$"
)
_SHARE_NOUN = re.compile(
    r"(?:率|占比|比重|份额|比例|占有率|覆盖面|渗透率|贡献度|纯度|浓度|强度|效率|品位|股权|股份|权益|成数|含量|度)$"
)
_LIST_JOIN = re.compile(r"^(?:、|和|与|及|以及|，|,|并|或)?$")
_TO_VALUE = re.compile(
    r"^(?:，)?(?:[^，。；]{0,4}?)(?:提高|增加|增长|上升|提升|上调|下调|调整|跃升|扩|降|减|压|升|变|做大|发展|攀升|缩|拓展|加码|增|回升|回落|下滑|收窄|到|至|降为|放大)"
)
_FROM_VALUE = re.compile(r"(?P<keep>^|[^，]*?[^来出源取])(?:由|从|自)(?!由|主|动|贸|然)[^，由从]{0,9}$")
_SPREAD = re.compile(r"(?:分别|依次|各自|各)(?!类|地|级|项|县|市|区|界|种|部|方|单位|族|有关|位|乡|镇|村|环节)")
_ITEM_SPLIT = re.compile(r"、|和(?!平|谐|顺|美|县|田|林|睦)|与|及(?!其)|以及")
_VERB_ONLY = re.compile(
    r"^(?:签约|开工|投产|达产|达效|竣工|在建|续建|新建|复工|入库|签订|落地|完工|投用|储备|入统|新签约|新开工|新签|投运)$"
)
_PRODUCE = re.compile(
    r"(?:年产|年可产|年处理|年加工|年生产|日产|日处理|年消化|年消纳|年供应|年发电|年屠宰|年出栏|年产各类|产能|设计年产|年吞吐)$"
)
_MEASURE = re.compile(
    r"(?:总规模|规模|总面积|面积|占地|总长|长度|全长|总额|金额|总投资|投资|高度|宽度|直径|容量|产值)$"
)
_AWARD = re.compile(r"奖励|补助|补贴|资助|贴息|奖补|扶持资金|专项资金|支持资金|贡献奖|配套资金|租金|经费|奖金|资金")
_MONEY_WORD = re.compile("|".join(map(re.escape, sorted(cues("money_noun"), key=len, reverse=True))))
_THRESHOLD = re.compile(
    r"^(?:（含）)?(?:的)?(?:重大|重点|工业|产业|制造业|大型|制造|转型|及)?(?:项目|企业|园区|产业集群|集群|产业链|工程|大项目|合同|订单|订单额|县|乡镇|专业村|村|产业)"
)


@dataclass(slots=True)
class Draft:
    """A number on its way to becoming a figure. Texts are clean; `left` and `right` are the words around the number."""

    quantity: Quantity
    left: str
    right: str
    clause: int  # where its clause begins
    phrase: str = ""  # its own noun phrase, empty when inherited
    head: str = ""  # what later numbers of the sentence inherit
    indicator: str = ""
    kind: Kind = "level"
    bound: Bound = "="
    value: float = 0.0
    inherited: bool = False
    item: str = ""  # the member of a list this number belongs to (分别)
    parent: int = -1  # the number whose head it took over, as an index in the sentence
    before: str = ""  # the clause before, when the number's own clause names nothing
    rules: list[str] = field(default_factory=list)


def bind(
    text: str,
    start: int,
    end: int,
    quantities: list[Quantity],
    times: list[TimeMark],
    names: list[tuple[int, int]],
    block: int | None = None,
) -> list[Draft]:
    """Drafts for the numbers of the sentence [start, end), in order.

    `names` are the spans of the regions, zones, firms and projects named in the sentence: a noun phrase may begin anew
    behind one, and a number behind a bare name (晋中12个) belongs to that name;
    `block` is where its paragraph begins: the title of an article of policy (第三条 …奖励。) names the award of what follows.
    """
    drafts: list[Draft] = []
    head, head_index = "", -1
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
        left = phrases.without_times(text, low, q.start, times)
        draft = Draft(q, left, text[behind:high], low, value=q.value)
        before = "" if joined else _clause_before(text, max(previous_stop, start), low, times)
        previous = drafts[-1] if drafts else None
        _bind_one(
            draft,
            head,
            previous if joined or previous is not None else None,
            joined,
            before,
            text,
            low,
            q.start,
            names,
        )
        if previous is not None and q.edge == "high":
            _as_upper_end(draft, previous)
        if draft.inherited:
            draft.parent = head_index
            if (
                draft.kind == "share"
                and previous is not None
                and previous.kind == "change"
                and not draft.phrase
                and previous.quantity.unit == q.unit
                and re.match(r"^(?:[^，；]{0,4}?)(?:到|至|为)", text[low : q.start])
            ):
                draft.kind = "change"  # 增速由10%调整为8.5%
        else:
            head, head_index = draft.head or head, i
        drafts.append(draft)
        previous_stop = q.stop
    _spread(text, start, drafts, times)
    for i, draft in enumerate(drafts):
        if draft.quantity.unit_class == "money" and not _MONEY_WORD.search(draft.indicator):
            _add_award(
                draft,
                text,
                start if block is None else block,
                drafts[i + 1].quantity.start if i + 1 < len(drafts) else end,
            )
        draft.indicator = phrases.tidy(draft.indicator)
    return drafts


def _add_award(draft: Draft, text: str, start: int, high: int) -> None:
    """单户企业最高300万元: says that the money is the award the sentence speaks of."""
    q = draft.quantity
    behind = _AWARD.search(text, q.stop, min(high, q.stop + 14))
    ahead = [m.group() for m in _AWARD.finditer(text, start, q.start)]
    word = behind.group() if behind else ahead[-1] if ahead else ""
    if word:
        draft.indicator = _join(draft.indicator, word)
        draft.rules.append("award")


def _clause_before(text: str, low: int, at: int, times: list[TimeMark]) -> str:
    """The clause before the number's own, where no number stands between."""
    if at - 1 <= low:
        return ""
    begin = phrases.left_boundary(text, low, at - 1)
    return phrases.strip_lead(phrases.without_times(text, begin, at - 1, times))


def _own_phrase(draft: Draft, text: str, low: int, at: int, names: list[tuple[int, int]]) -> str:
    """The clause's words before the number, behind the last name that ends inside it (if a phrase remains)."""
    for first, point in reversed(names):
        if not low <= first < point <= at:
            continue
        rest = phrases.strip_lead(text[point:at])
        lead = phrases.strip_lead(text[low:first])
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
) -> None:
    q = draft.quantity
    own = _own_phrase(draft, text, low, at, names)
    if _TO_VALUE.match(draft.right):
        own = _FROM_VALUE.sub(r"\g<keep>", own)
    bare, taken, bound = phrases.strip_value_words(own)
    draft.bound = _bound(q, bound)
    if q.form == "rank":
        return _bind_rank(draft, phrases.strip_lead(draft.left), head, before)
    if q.unit_class == "streak":
        return _bind_streak(draft, bare, head)
    change = phrases.split_change(bare, q.unit_class, q.unit)
    if q.form == "fold":
        if re.search(r"(?:几乎|近|约|将近|接近)[^，]{0,3}$", own):
            draft.bound = "≈"
        told = re.sub(r"(?:几乎|将近|近|约|实现|同比)*(?:翻了?)?$", "", bare)
        change = (re.sub(r"(?:比|较)[^，]{0,12}$", "", told), "翻番", 1)
    if change is not None and not (
        change[1] in ("新增", "净增", "增加", "减少", "压减")
        and _after(draft, text)
        and q.unit_class in ("counter", "person")
    ):
        return _bind_change(draft, *change, head=head, before=before, text=text)
    if q.unit_class == "times":
        return _bind_times(draft, bare, head, before)
    if q.unit_class in ("percent", "share"):
        return _bind_share(draft, own, bare, head, before, text)
    _bind_level(draft, bare, taken, head, previous, joined, before, text)


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
    if q.vague in ("余", "多", "过") or q.after == "多":
        return ">"
    return before or "="  # type: ignore[return-value]


def _after(draft: Draft, text: str) -> str:
    return phrases.noun_after(draft.right, 0, len(draft.right))


def _bind_rank(draft: Draft, own: str, head: str, before: str) -> None:
    draft.kind = "rank"
    own = re.sub(r"(?:由|从|自)的", "由", own)
    m = _RANK_SCOPE.search(own)
    scope = (m["scope"] or "") if m else ""
    phrase, _, _ = phrases.strip_value_words(own[: m.start()] if m else own)
    phrase = re.sub(r"(?:的)?(?:排名|位次|名次|由|从|自)$", "", phrase.rstrip("的在"))
    if phrase in ("数量", "总量", "规模", "增速", "增幅", "") or phrase in cues("generic"):
        base = head or _noun_of(before)
        draft.inherited = bool(base)
        name = base + phrase if phrase and not base.endswith(phrase) else base
    else:
        name, draft.phrase = phrase, phrase
        draft.head = phrase
    draft.indicator = _join(name, (scope or "") + "排名")
    draft.rules.append("rank")


def _bind_streak(draft: Draft, bare: str, head: str) -> None:
    phrase = re.sub(r"(?:已)?(?:连续|蝉联|持续|连)$", "", bare).strip()
    if _is_generic(phrase):
        draft.inherited = True
        phrase = _join(head, phrase)
    draft.phrase = draft.head = phrase
    after = draft.right.strip("，。的 ")[:12]
    draft.indicator = _join(phrase or head, "连续" + after)
    draft.rules.append("streak")


def _bind_change(draft: Draft, phrase: str, verb: str, sign: int, head: str, before: str, text: str) -> None:
    q = draft.quantity
    draft.kind = "change"
    if sign < 0:
        draft.value = -abs(draft.value)
    phrase = phrases.strip_lead(phrase)
    after = _after(draft, text) if q.unit_class in ("counter", "person", "money", "physical") else ""
    if after and verb in ("新增", "净增", "增加", "减少"):
        draft.phrase = draft.head = after
        draft.indicator = verb + after
    elif phrase and not _is_generic(phrase):
        draft.phrase = draft.head = phrase
        draft.indicator = _join(phrase, verb)
    else:
        base = head or _noun_of(before)
        draft.inherited = bool(base)
        draft.head = base
        draft.indicator = _join(_join(base, phrase) if phrase and phrase not in base else base, verb) or verb
    if "拉动" in draft.left and "拉动" not in draft.indicator:
        draft.indicator = _join("拉动", draft.indicator, tail_first=True)
    draft.rules.append(f"change:{verb}")


def _bind_times(draft: Draft, bare: str, head: str, before: str) -> None:
    draft.kind = "change"
    phrase = re.sub(r"(?:是|为|相当于|达到)?(?:同期|去年同期|上年同期|上年|去年|末|底|年)?的?$", "", bare)
    if phrase and not _is_generic(phrase):
        draft.phrase = draft.head = phrase
        draft.indicator = _join(phrase, "倍数")
    else:
        base = head or _noun_of(before)
        draft.inherited = bool(base)
        draft.indicator = _join(base, "倍数")
    draft.rules.append("times")


def _bind_share(draft: Draft, own: str, bare: str, head: str, before: str, text: str) -> None:
    draft.kind = "share"
    q = draft.quantity
    if q.form == "ratio":
        name = "一二三"[min(q.ordinal, 2)]
        draft.indicator, draft.phrase = f"第{name}产业占比", "三次产业"
        draft.head = "三次产业占比"
        draft.rules.append("share:ratio")
        return
    after = _after(draft, text)
    m = _SHARE.search(own) or _SHARE.search(bare)
    hedged = re.search(r"(?P<hedge>约|近|超|逾|超过|不足|接近)占", own)
    if hedged and draft.bound == "=":
        draft.bound = cues("bound_before").get(hedged["hedge"], "=")  # type: ignore[assignment]
    if m and not own[m.start() :].startswith(("占比", "占有", "占地")):
        phrase = phrases.strip_lead(phrases.strip_value_words(own[: m.start()])[0]) if m.start() else ""
        base = phrases.strip_value_words(m["base"])[0].removesuffix("的")
        name = phrase
        if not phrase or _is_generic(phrase):
            name = _join(head or _noun_of(before), phrase)
            draft.inherited = True
        else:
            draft.phrase = draft.head = phrase
        draft.indicator = _join(name, f"占{base}比重" if base else "占比", tail_first=True)
        draft.rules.append("share:of")
        return
    if bare and (_SHARE_NOUN.search(bare) or (not after and not _is_generic(bare) and not phrases.is_verbal(bare))):
        draft.phrase = draft.head = bare
        draft.indicator = bare
        if _is_generic(bare):
            draft.indicator = _join(head or _noun_of(before), bare)
            draft.inherited, draft.head = True, ""
        elif q.form in ("tenths", "fraction", "half") and after:
            draft.indicator = _join(bare, after)
        draft.rules.append("share:noun")
        return
    if q.unit_class == "percent" and re.search(r"(?:增速|增幅|增长率|涨幅)$", bare):
        draft.kind = "change"
    if not after:
        after = re.sub(r"^(?:[的是来自为在]|以上|左右)+", "", draft.right).strip("，。、 ")[:12]
    base = bare if bare and not _is_generic(bare) else _join(head or _noun_of(before), bare)
    if bare and not _is_generic(bare):
        draft.phrase = draft.head = bare
    else:
        draft.inherited = True
    draft.indicator = _join(base, after, tail_first=True)
    draft.rules.append("share:loose")


def _bind_level(
    draft: Draft, bare: str, taken: list[str], head: str, previous: Draft | None, joined: bool, before: str, text: str
) -> None:
    q = draft.quantity
    after = _after(draft, text)
    countable = q.unit_class in ("counter", "person")
    verbal = phrases.is_verbal(bare)
    if re.search(r"(?:^|[可将再内已共后拟])(?:新增|净增|新增加)", bare) and q.unit_class != "duration":
        draft.kind = "change"
    if (
        re.match(r"目标|任务", draft.right)
        and re.search(r"(?:确定|提出|制定|明确|定下|设定|规划|下达)的?$", bare.rstrip("的"))
        and head
    ):
        draft.indicator, draft.inherited = _join(head, draft.right[:2]), True
        draft.rules.append("level:goal")
        return
    if after and bare and draft.right.startswith("的") and not countable and _MEASURE.search(bare):
        draft.phrase = draft.head = after
        draft.indicator = _join(after, _MEASURE.search(bare)[0], tail_first=True)  # type: ignore[index]
        draft.rules.append("level:measure-of")
        return
    if after and (countable or verbal or not bare or _is_generic(bare) or _PRODUCE.search(bare)):
        verb = bare if verbal and len(bare) <= 8 else _last_words(bare) if verbal else ""
        if not verb and taken and taken[0] in ("完成", "实现", "有"):
            verb = ""
        draft.phrase = after
        draft.head = after
        draft.indicator = _join(verb, after, tail_first=True)
        if not verb and bare and not countable:
            draft.indicator = _join(bare, after)
        if draft.kind == "level" and re.search(r"(?:新增|净增|再增|增加)$", bare):
            draft.kind = "change"
        draft.rules.append("level:after")
        return
    if bare and not _is_generic(bare):
        if before and re.match(r"(?:涵盖|包括|包含|涉及|覆盖|囊括|共有|入库|入选)", bare):
            bare = _join(_noun_of(before), bare)
        draft.phrase = draft.head = bare
        draft.indicator = bare
        if _VERB_ONLY.match(bare):
            draft.indicator = bare + ("项目" if countable else "项目投资" if q.unit_class == "money" else "")
            draft.head = bare + "项目"
        elif verbal and len(bare) <= 4 and not after and (head or before):
            base = head or _noun_of(before)
            draft.indicator = _join(base, bare)
            draft.inherited = not before
        rest = draft.right.strip("，。的 ")
        if bare.endswith(("其中",)) and rest:
            draft.indicator = _join(bare, rest[:12])
        draft.rules.append("level:before")
        return
    base = head or _noun_of(before)
    if before and (not head or not joined) and _noun_of(before) and not _is_generic(_noun_of(before)):
        base = _noun_of(before) if previous is None else head
    draft.inherited = True
    tail = bare
    rest = re.sub(r"^(?:的|以上|左右)", "", draft.right).strip()
    if not after and rest and countable and not re.match(r"^(?:是|为|，|。)", rest):
        tail = bare + rest[:10]
    elif (taken and taken[-1] in ("完成", "实现")) or (taken and taken[0] == "完成"):
        tail = "完成" + tail
    if q.unit_class == "money" and not _MONEY_WORD.search(base + tail):
        tail += "投资"
    draft.indicator = _join(base, tail) or tail
    draft.head = base
    draft.rules.append("level:inherited")


def _as_upper_end(draft: Draft, lower: Draft) -> None:
    """The upper end of a range speaks of the same thing as its lower end."""
    draft.indicator, draft.phrase, draft.head, draft.kind = lower.indicator, lower.phrase, lower.head, lower.kind
    if not lower.phrase:
        draft.inherited = True
    elif draft.right and lower.right == "":
        after = phrases.noun_after(draft.right, 0, len(draft.right))
        if after and after not in lower.indicator:
            draft.indicator = lower.indicator = _join(lower.indicator, after)
    if lower.kind == "change" and lower.value < 0:
        draft.value = -abs(draft.value)


def _spread(text: str, start: int, drafts: list[Draft], times: list[TimeMark]) -> None:
    """城镇、农村居民收入分别增长4.2%和6.7%: deals the members of a list out to the numbers behind 分别, 依次, 各."""
    i = 0
    while i < len(drafts):
        group = [drafts[i]]
        j = i + 1
        while (
            j < len(drafts)
            and drafts[j].quantity.unit == group[0].quantity.unit
            and _LIST_JOIN.match(text[drafts[j - 1].quantity.stop : drafts[j].quantity.start].strip())
        ):
            group.append(drafts[j])
            j += 1
        if len(group) >= 2:
            _deal(text, start, drafts, i, group, times)
        i = j


def _deal(text: str, start: int, drafts: list[Draft], first: int, group: list[Draft], times: list[TimeMark]) -> None:
    lead = group[0]
    low = max(start, drafts[first - 1].quantity.stop if first else start)
    before = phrases.without_times(text, low, lead.quantity.start, times)
    m = None
    for m in _SPREAD.finditer(before):
        pass
    if m is None:
        city = re.search(r"城乡", before)
        if city and len(group) == 2:
            for draft, word in zip(group, ("城镇", "农村"), strict=True):
                base = before.replace("城乡", word)
                base = phrases.strip_lead(re.split(r"[，；：]", base)[-1])
                _retell(draft, lead, base, text)
        else:
            for draft in group[1:]:
                draft.kind, draft.indicator, draft.head = lead.kind, lead.indicator, lead.head
                if lead.kind == "change" and lead.value < 0:
                    draft.value = -abs(draft.value)
                if draft.bound == "=" and lead.bound != "=" and lead.quantity.after == "":
                    draft.bound = lead.bound
                draft.inherited, draft.parent = True, first
        return
    listed, verb = before[: m.start()].rstrip("，的 "), before[m.end() :]
    listed = re.split(r"[；。！？]", listed)[-1]
    items = None
    for piece in (re.split(r"[，：]", listed)[-1], listed):
        parts = [p for p in _ITEM_SPLIT.split(phrases.strip_lead(piece)) if p]
        if len(parts) == len(group):
            items = parts
            break
        if len(parts) == 1 and "城乡" in piece and len(group) == 2:
            whole = phrases.strip_lead(piece)
            items = [whole.replace("城乡", "城镇"), whole.replace("城乡", "农村")]
            break
    if items is None:
        heads = [d.head or d.phrase for d in drafts[max(0, first - len(group)) : first]]
        if len(heads) == len(group) and all(heads) and len(set(heads)) == len(heads):
            name = phrases.strip_lead(re.split(r"[，：]", listed)[-1])
            owners = {d.head or d.phrase: d.item for d in drafts[max(0, first - len(group)) : first]}
            for draft, each in zip(group, heads, strict=True):
                draft.indicator, draft.kind = _join(each, name or "", tail_first=True), lead.kind
                draft.item = draft.item or owners.get(each, "")
                draft.rules.append("spread:heads")
            return
        name = phrases.strip_lead(re.split(r"[，：]", listed)[-1])
        for draft in group:
            _retell(draft, lead, name, text)
        return
    tail = items[-1][len(items[0]) :] if len(items[-1]) >= len(items[0]) + 2 else ""
    for n, (draft, item) in enumerate(zip(group, items, strict=True)):
        name = item + tail if n < len(items) - 1 and tail and not item.endswith(tail[-2:]) else item
        _retell(draft, lead, name, text)
        draft.item = item if n < len(items) - 1 else item.removesuffix(tail) if tail else item
        draft.rules.append("spread:items")
    if verb:
        return


def _retell(draft: Draft, lead: Draft, name: str, text: str) -> None:
    """Gives a dealt number the name of its member and the verb of the whole."""
    tail = ""
    if lead.kind == "change":
        tail = next((r.split(":", 1)[1] for r in lead.rules if r.startswith("change:")), "")
        draft.value = -abs(draft.value) if lead.value < 0 else draft.value
    elif (
        lead.kind == "level" and phrases.is_verbal(lead.left.rstrip("各分别 ")) and lead.quantity.unit_class == "money"
    ):
        tail = "奖励" if "奖励" in lead.left else "补助" if "补助" in lead.left else ""
    after = phrases.noun_after(draft.right, 0, len(draft.right), 8)
    if lead.quantity.unit_class == "money" and not after:
        last = phrases.noun_after(text[draft.quantity.stop : draft.quantity.stop + 12], 0, 12, 8)
        after = last
    draft.kind = lead.kind
    name = phrases.strip_value_words(phrases.strip_lead(name))[0]
    if lead.kind == "change":
        split = phrases.split_change(name, "percent", "%")
        if split and split[0]:
            name = split[0]
    draft.phrase = draft.head = name
    draft.indicator = _join(_join(name, tail), after if after and after not in name else "")
    draft.inherited = False


_COMPARISON_ONLY = re.compile(r"^(?:比|较|同|与|每年|每天|每月|年均|最后|先上|剩余|首期|单户|每户|一家|目前)")


def _is_generic(phrase: str) -> bool:
    return phrase in cues("generic") or len(phrase) < 2 or bool(_COMPARISON_ONLY.match(phrase))


def _noun_of(clause: str) -> str:
    """A clause without number reduced to what a later number may measure."""
    bare, _, _ = phrases.strip_value_words(clause)
    return bare[-20:]


def _last_words(phrase: str) -> str:
    return phrase[-6:]


def _join(left: str, right: str, tail_first: bool = False) -> str:
    """`left` + `right` within the limit; `tail_first` cuts the left part."""
    if not right or left.endswith(right):
        return left
    limit = phrases.INDICATOR_LIMIT
    if len(left) + len(right) > limit:
        room = max(4, limit - len(right))
        left = left[-room:] if not tail_first or len(right) < limit else ""
    return left + right
