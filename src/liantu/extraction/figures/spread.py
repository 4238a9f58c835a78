"""Deals the members of a list out to the numbers behind 分别, 依次, 各."""

from __future__ import annotations

import re

from liantu.extraction.figures import phrases
from liantu.extraction.figures.draft import Draft, join
from liantu.extraction.figures.times import TimeMark
from liantu.vocabulary.cues import cues

_LIST_JOIN = re.compile(r"^(?:、|和|与|及|以及|，|,|并|或)?$")
_SPREAD = re.compile(r"(?:分别|依次|各自|各)(?!类|地|级|项|县|市|区|界|种|部|方|单位|族|有关|位|乡|镇|村|环节)")
_RANKED_IN = re.compile(r"[全我该本][省国市县区州盟球]|世界|亚洲|同类[^，。；]{0,6}")
_COMMA_OR_LAST = re.compile(r"、|(?:和|与|以及)(?=[^、和与]*$)")
_COMMA = re.compile(r"、")
_OF_BASE = re.compile(r"^.*占(?:到了?|据|了)?")
_KIND = re.compile(r"产业链|产业集群|产业|企业|行业|业|项目|园区|板块|岁(?:及以上|以上|及以下|以下)?")
# 高端化工、新能源新材料产业增加值: what all of them are and what is measured of them.
_PLURAL_MEASURE = re.compile(
    rf"(?<=[一-鿿]{{2}})(?:(?:制造业|{_KIND.pattern})(?:收入|投资|产量|利润|税收|(?:进?出口)总?额?)|(?:制造业|{_KIND.pattern})?"
    r"(?:增加值|总产值|产值|营业收入|销售收入|用电量))$"
)
_BRANCH = re.compile(r"(?<=[一-鿿]{2})(?:制造业|加工业)")
_KIND_END = re.compile(rf"(?:{_KIND.pattern})$")
_COMPARED = re.compile(r"(?<=..)(?:同比|环比)$")
_BESIDE_END = re.compile(r"(?:(?<!占)比|较|与)[^，。；]{0,8}$")  # 增速较一季度和1—5月分别提高
# 环比、同比分别提高, 占比较上半年和上年同期分别提高
_ONLY_COMPARES = re.compile(
    r"(?:环比|同比|同口径比|按可比价)(?:、|和|与)(?:环比|同比|同口径比)|(?:占比|增速|增幅|比重|余额)?(?:较|比)(?:(?:同期|年初|末|底)?(?:、|和|与|及)(?:同期|年初|末|底)?)"
)
_GOAL_DONE = re.compile(r"(?:完成|达到)[^，。；]{0,10}(?:目标|任务|计划)")
_GROWTH_ITSELF = frozenset({"增长率", "增速", "增幅", "涨幅", "降幅"})
_OWN_SHARE = re.compile(r"(?:占有率|率|覆盖面|渗透率)$")
_COMPARES = re.compile(
    r"(?:比|较|与|同)[^，。；]{0,8}|(?:相比|对比|相较)于?[^，。；]{2,16}|[^，。；]{0,16}相比|(?:(?:这|以上|上述)?[两三四]项(?:数据|指标)|以上|上述(?:数据|指标)?)(?:均|都)?(?:较之?|比|同比)?"
)
_DONE = re.compile(r"^(?:完成|实现|达到|达|为|有|共)+")
_ITEM_SPLIT = re.compile(r"、|和(?!平|谐|顺|美|县|田|林|睦)|与|及(?!其)|以及")


def spread(
    text: str, start: int, drafts: list[Draft], times: list[TimeMark], names: frozenset[str] = frozenset()
) -> None:
    """城镇、农村居民收入分别增长4.2%和6.7%: deals the members of a list out to the numbers behind 分别, 依次, 各.

    `names` are the regions, zones, firms and projects of the sentence: a member that is one of them is whose the number is,
    not what it measures.
    """
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
            _deal(text, start, drafts, i, group, times, names)
        i = j


def _deal(
    text: str,
    start: int,
    drafts: list[Draft],
    first: int,
    group: list[Draft],
    times: list[TimeMark],
    names: frozenset[str],
) -> None:
    """Names the numbers `group`, the first of which is number `first` of the sentence."""
    low = max(start, drafts[first - 1].quantity.stop if first else start)
    before = phrases.without_times(text, low, group[0].quantity.start, times)
    told = drafts[max(0, first - len(group)) : first]
    m = max(_SPREAD.finditer(before), key=lambda found: found.start(), default=None)
    if m is None:
        _deal_in_step(text, drafts, first, group, before, told)
        return
    listed, verb = before[: m.start()].rstrip("，的 "), before[m.end() :]
    listed = re.split(r"[；。！？]", listed)[-1]
    items = _members(listed, len(group))
    if items is None:
        _deal_to_those_before(text, drafts, first, group, listed, verb, names)
        return
    lead, items = group[0], _sectors(items)
    tail = _common_tail(items)
    for n, (draft, item) in enumerate(zip(group, items, strict=True)):
        name = item + tail if n < len(items) - 1 and tail and not item.endswith(tail[-2:]) else item
        _retell(draft, lead, _measured(name, verb, lead, names), text)
        draft.item = item if n < len(items) - 1 else item.removesuffix(tail) if tail else item
        draft.rules.append("spread:items")
        if draft.bound == "=" and lead.bound != "=" and lead.quantity.after == "":
            draft.bound = lead.bound  # 分别突破130亿元和110亿元


def _members(listed: str, count: int) -> list[str] | None:
    """The `count` members that `listed` names; None where it lists none or another number of them."""
    nearest = re.split(r"[，：]", listed)[-1]
    if _COMPARES.fullmatch(nearest) or _ONLY_COMPARES.fullmatch(nearest.strip()):
        return None  # 与上年及2019年相比，增长率分别为…
    for piece in (nearest, listed):
        whole = phrases.strip_lead(piece)
        row = next((row for row in _rows(whole) if len(row) == count), None)
        if row:
            return row
        if "城乡" in piece and count == 2:
            return [whole.replace("城乡", "城镇"), whole.replace("城乡", "农村")]
    return None


def _deal_in_step(
    text: str, drafts: list[Draft], first: int, group: list[Draft], before: str, told: list[Draft]
) -> None:
    """Numbers in a row without 分别: 城乡 is two members; a share may be of the numbers before; else all measure one thing."""
    lead = group[0]
    if "城乡" in before and len(group) == 2:
        for draft, word in zip(group, ("城镇", "农村"), strict=True):
            base = phrases.strip_lead(re.split(r"[，；：]", before.replace("城乡", word))[-1])
            _retell(draft, lead, base, text)
        return
    owned = _owners(drafts, first, len(group)) if lead.kind == "share" else []
    if owned:
        for draft, each, earlier in zip(group, owned, told, strict=True):  # 占…比重为12.2%和32.6%
            base = lead.indicator.split("占", 1)[-1]
            draft.kind, draft.item, draft.inherited = "share", each, True
            draft.indicator = join(earlier.head, f"占{base}", tail_first=True)
        return
    if lead.kind == "change" and lead.inherited and _tells_apart(told, len(group)):
        _grow(group, told, lead)  # 项目288个、投资额2848亿元，同比增长38.5%、59.6%
        return
    if lead.kind == "share" and len(group) == len(_SECTORS) and _OF_SECTORS.search(lead.indicator):
        for draft, sector in zip(group, _SECTORS, strict=True):  # 三次产业结构由8.1%、45.2%和46.7%调整为…
            draft.kind, draft.indicator, draft.inherited = "share", f"第{sector}产业占比", True
            draft.head = lead.head
        return
    last = group[-1]
    if lead.kind == "level" and lead.quantity.unit_class != "money" and _waits(lead) and "level:after" in last.rules:
        # 建设4GW和18GW电池项目: the noun behind the last is of all
        lead.indicator, lead.phrase, lead.head, lead.inherited = last.indicator, last.phrase, last.head, False
    for draft in group[1:]:
        draft.kind, draft.indicator, draft.head = lead.kind, lead.indicator, lead.head
        if lead.kind == "change" and lead.value < 0:
            draft.value = -abs(draft.value)
        if draft.bound == "=" and lead.bound != "=" and lead.quantity.after == "":
            draft.bound = lead.bound
        draft.inherited, draft.parent = True, first


_SECTORS = "一二三"
_OF_SECTORS = re.compile(
    r"(?:三次|[一1]二三|三)产业?(?:结构|比例|比重|构成|占比|增加值(?:占|比))|产业结构(?:构成|比例|比)?$"
)


def _waits(draft: Draft) -> bool:
    """Whether nothing right beside the number names what it measures."""
    return "level:after" not in draft.rules and (draft.inherited or phrases.is_verbal(draft.phrase))


def _tells_apart(told: list[Draft], count: int) -> bool:
    """Whether the `count` numbers right before are quantities of as many different things."""
    names = {d.indicator for d in told}
    return len(told) == count == len(names) and all(names) and all(d.kind == "level" for d in told)


def _grow(group: list[Draft], told: list[Draft], lead: Draft) -> None:
    """Gives each rate of a row the name of the quantity before that it tells the growth of."""
    verb = next((r.split(":", 1)[1] for r in lead.rules if r.startswith("change:")), "")
    for draft, earlier in zip(group, told, strict=True):
        draft.kind, draft.head, draft.inherited = "change", earlier.head, True
        draft.indicator = join(earlier.indicator, verb)
        draft.value = -abs(draft.value) if lead.value < 0 else draft.value


def _deal_to_those_before(
    text: str,
    drafts: list[Draft],
    first: int,
    group: list[Draft],
    listed: str,
    verb: str,
    names: frozenset[str],
) -> None:
    """Numbers dealt out to what the numbers before them were of (分别达34525元、18352元，分别增长8.5%、9%)."""
    lead, count = group[0], len(group)
    ranked = _rank_in(verb) if lead.kind == "rank" else ""
    measure = _measured("", verb, lead, names)  # 2016年至2018年，分别完成国内生产总值…
    if lead.kind == "change" and measure in _GROWTH_ITSELF:
        measure = ""
    name = measure or _told(listed)
    told = drafts[max(0, first - count) : first]
    owned = _owners(drafts, first, count)
    if owned:
        for draft, each, earlier in zip(group, owned, told, strict=True):
            told_of = join(earlier.head, ranked) if ranked else name or earlier.head
            _retell(draft, lead, told_of, text)
            draft.head = earlier.head if ranked else draft.head
            draft.item = each
            draft.rules.append("spread:owners")
        return
    tellers = _tellers(drafts, first, count, lead)
    heads = [d.head or d.phrase for d in tellers]
    if len(heads) == count and all(heads) and len(set(heads)) == count:
        owners = {d.head or d.phrase: d.item for d in tellers}
        for draft, each in zip(group, heads, strict=True):
            _name_after(draft, lead, each, name, ranked or name or _of_base(verb), text)
            draft.item = draft.item or owners.get(each, "")
            draft.rules.append("spread:heads")
        return
    if not name and "占" in lead.indicator and len(told) == count:
        tail = "占" + lead.indicator.split("占", 1)[1]  # 128个、总投资615亿元，分别占…的59%、61%
        for draft, earlier in zip(group, told, strict=True):
            draft.kind, draft.inherited = lead.kind, True
            draft.indicator = join(earlier.indicator, tail, tail_first=True)
        return
    if not name and lead.kind == "change" and _tells_apart(told, count):
        _grow(group, told, lead)  # 项目1032个，总投资5871.7亿元，分别增长41.2%和56.1%
        return
    for draft in group:
        if name:
            _retell(draft, lead, name, text)
        else:
            draft.kind, draft.indicator = lead.kind, lead.indicator


def _name_after(draft: Draft, lead: Draft, each: str, name: str, tail: str, text: str) -> None:
    """Names a dealt number after the head `each` of an earlier one."""
    if lead.kind == "change":
        _retell(draft, lead, name or each, text)
    elif _OWN_SHARE.search(name):  # 销售收入42亿元，利税4.3亿元，国内市场占有率分别达到80%和25%
        draft.indicator, draft.kind = name, lead.kind
    else:
        draft.indicator, draft.kind = join(each, tail, tail_first=True), lead.kind


_SECTOR = re.compile(r"第?([一二三])(?:次?产业)?")


def _sectors(items: list[str]) -> list[str]:
    """第一、二、三产业增加值: each sector by its full name."""
    last = re.fullmatch(r"第?([一二三])次?产业(.*)", items[-1])
    told = [_SECTOR.fullmatch(item) for item in items[:-1]]
    if last is None or not all(told):
        return items
    numbers = [*(m[1] for m in told if m), last[1]]
    return [f"第{number}产业{last[2]}" for number in numbers]


def _rows(piece: str) -> list[list[str]]:
    """Ways to take a list apart: by every link, by commas and a last 和, by commas alone (化学原料及化学制品制造业 is one)."""
    return [[p for p in split.split(piece) if p] for split in (_ITEM_SPLIT, _COMMA_OR_LAST, _COMMA)]


def _owners(drafts: list[Draft], first: int, count: int) -> list[str]:
    """The members that the `count` numbers before number `first` were dealt out to; none where they were not."""
    owned = [d.item for d in drafts[max(0, first - count) : first]]
    return owned if len(owned) == count and all(owned) and len(set(owned)) == count else []


def _common_tail(items: list[str]) -> str:
    """What the last member says for all of them: 居民收入 in 城镇, 农村居民收入; 产值 in 食品加工业, 通用设备制造业产值."""
    first, last = items[0], items[-1]
    own = _PLURAL_MEASURE.search(last)
    if own is not None and not _PLURAL_MEASURE.search(first) and not _KIND_END.search(first):
        return own.group()
    branch = _BRANCH.search(last)
    if branch is not None and not _KIND_END.search(first) and "业" not in first:
        return last[branch.start() :]  # 汽车和计算机制造业
    if _KIND_END.search(first):
        kinds = list(_KIND.finditer(last))
        return last[kinds[-1].end() :] if kinds else ""
    return last[len(first) :] if len(last) >= len(first) + 2 else ""


def _tellers(drafts: list[Draft], first: int, count: int, lead: Draft) -> list[Draft]:
    """The `count` numbers before number `first` that a share or a rank told in turn is of: levels, not their growth."""
    before = drafts[:first]
    if lead.kind in ("share", "rank") and any(d.kind == "change" for d in before[-count:]):
        levels = [d for d in before if d.kind == "level" or not any(r.startswith("change:") for r in d.rules)]
        return levels[-count:]
    return before[-count:]


def _of_base(verb: str) -> str:
    """占全县的: 占全县比重; empty where no base is told."""
    if "占" not in verb:
        return ""
    base = phrases.strip_value_words(_OF_BASE.sub("", verb))[0].removesuffix("的").removesuffix("比重")
    return f"占{base}比重"


def _told(listed: str) -> str:
    """What the last clause before 分别 names, empty where it only compares (比2012年分别提高…)."""
    clause = re.split(r"[，：]", listed)[-1]
    name = _BESIDE_END.sub("", phrases.strip_lead(clause))
    if _ONLY_COMPARES.fullmatch(phrases.strip_lead(clause)):
        return ""
    return (
        ""
        if _COMPARES.fullmatch(clause) or _COMPARES.fullmatch(name) or name in cues("generic") or name in _GROWTH_ITSELF
        else name
    )


def _rank_in(verb: str) -> str:
    """居全省: 全省排名."""
    scope = _RANKED_IN.search(verb)
    return (scope.group() if scope else "") + "排名"


def _measured(member: str, verb: str, lead: Draft, names: frozenset[str]) -> str:
    """甲、乙产业分别实现总产值64亿元、85亿元: the member with the measure that stands behind 分别, which may be all there is."""
    if lead.kind == "rank":  # 经济总量和增速分别居全省第1位、第2位
        return join(member, _rank_in(verb)) if member else ""
    measure = phrases.strip_value_words(phrases.strip_lead(verb))[0]
    if lead.kind == "share" and "占" in verb:  # 甲、乙、丙产值分别占到总数的8.5%、7.2%、5.9%
        return join(member, _of_base(verb), tail_first=True) if member else ""
    if lead.kind == "share" and _GOAL_DONE.search(verb):
        return join(member, "完成目标比例", tail_first=True)
    if lead.kind == "change":
        split = phrases.split_change(measure, lead.quantity.unit_class, lead.quantity.unit)
        measure = split[0] if split else measure
    measure = _DONE.sub("", measure)
    if len(measure) < 2:
        return member
    return measure if member in names or not member else join(member, measure, tail_first=True)


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
    if lead.kind == "rank" and name:
        draft.phrase = draft.head = draft.indicator = name
        draft.inherited = False
        return
    name = phrases.strip_value_words(phrases.strip_lead(name))[0]
    if lead.kind == "change":
        split = phrases.split_change(name, "percent", "%")
        name = split[0] if split and split[0] else _COMPARED.sub("", name)
    draft.phrase = draft.head = name
    draft.indicator = join(join(name, tail), after if after and after not in name else "")
    draft.inherited = False
