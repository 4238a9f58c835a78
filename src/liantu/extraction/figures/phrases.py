"""Cuts the words around a number down to the phrase that names what is counted."""

from __future__ import annotations

import re
from functools import lru_cache

from liantu.extraction.figures.times import TimeMark
from liantu.vocabulary.cues import cue_at_end, cue_at_start, cues
from liantu.vocabulary.tables import alternatives

HARD = frozenset("，；：。！？\t\n…")
_EDGE = " 、：，；。·—-“”‘’《》【】（）()[]了的"
_OPEN_TO_CLOSE = {"“": "”", "‘": "’", "（": "）", "《": "》", "【": "】"}
_SPACE = re.compile(r"[\s\t]+")
_FOOTNOTE = re.compile(r"\[\d{1,2}\]")
_GENERIC_LEFT = re.compile(r"^(?:的|了|和|与|及|以及|、|，|：|）|”|’|》|】|\)|:)+")
INDICATOR_LIMIT = 24


def left_boundary(text: str, low: int, at: int) -> int:
    """Where the clause that holds position `at` begins: after the last hard mark or unclosed bracket, not before `low`."""
    depth = 0
    i = at - 1
    while i >= low:
        char = text[i]
        if char in "）)】":
            depth += 1
        elif char in "（(【":
            if depth == 0:
                return i + 1
            depth -= 1
        elif depth == 0 and char in HARD:
            return i + 1
        i -= 1
    return low


def right_boundary(text: str, at: int, high: int) -> int:
    """Where the words after position `at` end: before the next mark (a list comma 、 counts) or closing bracket."""
    depth = 0
    i = at
    while i < high:
        char = text[i]
        if char in "（(【":
            depth += 1
        elif char in "）)】":
            if depth == 0:
                return i
            depth -= 1
        elif depth == 0 and (char in HARD or char == "、"):
            return i
        i += 1
    return high


def without_times(text: str, start: int, end: int, times: list[TimeMark]) -> str:
    """`text[start:end]` with time expressions cut out."""
    parts, at = [], start
    for mark in times:
        if mark.end <= at or mark.start >= end:
            continue
        parts.append(text[at : max(at, mark.start)])
        at = mark.end
    parts.append(text[at:end])
    return _FOOTNOTE.sub("", "".join(parts))


def strip_lead(phrase: str) -> str:
    """Without connectives, adverbs and scope words at its beginning (其中, 全市, 累计 …)."""
    while True:
        if phrase.startswith("“") and "”" not in phrase:  # what somebody says begins here; no name in quotes does
            phrase = phrase[1:]
        phrase = _GENERIC_LEFT.sub("", phrase.lstrip(_EDGE.replace("“", "").replace("《", "").replace("【", "")))
        phrase = _NUMBERING.sub("", phrase)
        spell = (
            _SPELL.match(phrase)
            or _RECKONED.match(phrase)
            or _CAUSE.match(phrase)
            or _SAID.match(phrase)
            or _BESIDE.match(phrase)
            or _DISPOSES.match(phrase)
        )
        if spell and spell.re is _RECKONED and len(phrase) == spell.end():
            return ""  # 按平均汇率计算为5791美元: what was told before, in other money
        if spell and len(phrase) > spell.end():
            phrase = phrase[spell.end() :]
            continue
        cue = cue_at_start("lead_in", phrase)
        if cue is None or len(phrase) - len(cue) < 1:
            return phrase
        if phrase.startswith(_PLANNED_MONEY):
            return phrase
        if len(cue) == 1 and len(phrase) <= 2:
            return phrase
        if len(cue) == 1 and phrase[:2] in _KEEP_START:
            return phrase
        phrase = phrase[len(cue) :]


_PLANNED_MONEY = ("计划投资", "计划总投资", "计划完成投资")
_NUMBERING = re.compile(r"^(?:\d{1,2}[.．、）)]|[①-⑳]|[一二三四五六七八九]是)(?!\d)")
_SPELL = re.compile(r"^(?:近|过去)?[一二两三四五六七八九十\d]{1,3}年(?:来|间|内|多来|以来)?(?!期|级|制|度)，?")
# 按不变价格计算, 按2019年平均汇率折算为: how a value was reckoned is no part of its name.
_RECKONED = re.compile(
    r"(?:若|如)?(?:按照?|以)(?:[^，。；]{1,12}?(?:计算|折算|测算|核算|统计)(?:为|约为|后)?|(?:不变|可比|现行|现)(?:价格?|口径))，?"
)
# 受钢价走低影响下降5.2%: the cause is no part of the name.
_CAUSE = re.compile(r"(?:受|因|由于)[^，。；]{2,16}?(?:等)?(?:因素)?(?:影响|拖累|带动|推动)，?")
# 市委第三次会议明确完成投资, 公司把营收目标: who says it and who sets it are no part of the name.
_SAID = re.compile(
    r"[^，。；]{0,22}?(?:会议|规划|方案|意见|我们|市委|省委|县委|政府|报告|公报|数据|负责人|局长|主任|市长|书记)[^，。；]{0,8}?(?:明确|提出|强调|要求|指出|通报|透露|显示)(?:，|：)?(?=[^，。；]{3,})"
)
# 与前一年同期相比增长, 与2019年同日相比更是增长: what it is compared with is no part of the name.
_BESIDE = re.compile(
    r"(?:与|和|同|跟|较|比)?[^，。；]{0,16}(?:期|日|年|月|季|批|[会场届度])?相比较?，?(?:更是|则|还|也|均|又|仍|都)*(?=[^，。；]{2,})"
)
_DISPOSES = re.compile(r"(?:公司|集团|企业|我们|全市|全省|全县|开发区|该市|该县)?(?:把|将)的?(?=[^，。；]{2,})")
_KEEP_START = frozenset(
    [
        "将军",
        "要素",
        "在建",
        "在谈",
        "在校",
        "在册",
        "在岗",
        "在营",
        "在库",
        "均价",
        "以旧",
        "经济",
        "经开",
        "经信",
        "经销",
        "经营",
        "经贸",
        "经费",
        "从业",
        "对外",
        "对口",
        "对接",
        "为民",
        "使用",
        "让利",
        "把关",
        "是否",
        "有色",
        "有机",
        "有效",
        "有限",
        "有轨",
        "即时",
        "就业",
        "就读",
        "就医",
        "仅存",
        "约定",
        "超过",
        "超出",
        "超限",
        "超算",
        "超市",
        "超高",
        "到位",
        "到港",
        "到达",
        "到账",
        "而立",
        "都市",
        "又见",
        "还款",
        "还田",
        "并购",
        "并网",
        "并联",
        "且末",
        "也门",
        "均衡",
        "共建",
        "共享",
        "共同",
        "共青",
        "今日",
        "已建",
        "其他",
        "其余",
        "和美",
        "和谐",
        "及时",
        "与会",
        "但是",
        "被动",
        "按揭",
        "由衷",
        "再生",
        "再贷",
        "再就",
        "再担",
        "现代",
        "现金",
        "现货",
        "现场",
        "近海",
        "近视",
        "现存",
        "对公",
        "以工",
        "以上",
        "都江",
    ]
)


# 一路增加到, 加密到: a verb that arrives at the value, and nothing else.
_ARRIVES = re.compile(r"(?:一路|小幅|大幅|逐步|进一步|逐年|迅速|快速|一举|又|再|则|已|将|先)?[一-鿿]{1,2}(?:到|至)了?")


@lru_cache(maxsize=512)
def strip_value_words(phrase: str) -> tuple[str, tuple[str, ...], str | None]:
    """Without the verbs and hedges that lead to a value; the words taken, and the bound they set if any.

    `产值突破` gives (`产值`, [`突破`], `>`).
    """
    taken: list[str] = []
    bound: str | None = None
    keep = cues("keep_end")
    bounds = cues("bound_before")
    while phrase:
        phrase = phrase.rstrip(" ：，、“”‘’—")
        if phrase.endswith("的") and (cue_at_end("reach", phrase[:-1]) or _ARRIVES.fullmatch(phrase[:-1])):
            phrase = phrase[:-1]  # 提升至2024年的22.3%
        ending = cue_at_end("bound_before", phrase)
        reach = cue_at_end("reach", phrase)
        cue = max((c for c in (ending, reach) if c), key=len, default=None)
        if cue is None or (len(cue) == 1 and phrase[-2:] in keep):
            break
        if bound is None:
            bound = bounds.get(cue) or bounds.get(cue.removesuffix("了"))
        taken.append(cue)
        phrase = phrase[: -len(cue)]
    if _ARRIVES.fullmatch(phrase):
        taken.append(phrase)
        phrase = ""
    return phrase.rstrip(_EDGE), tuple(taken), bound


# 比上年多引进17家
_MORE_THAN = re.compile(r"(?:比|较)[^，。；]{1,10}(?P<verb>(?P<way>多|少)[一-鿿]{1,3})$")
_CHANGE_TAIL = re.compile(r"(?:(?:(?<!占)比|较|与|同)(?!例|重|价|亩|比)[^，。；]{0,14}|由[^，。；]{0,10})$")
_ON_BASE = re.compile(r"(?:在|于)(?:[^，。；]{0,6})的?基础上$")  # 产量在去年的基础上提升
_YEARS_LONG = re.compile(
    r"(?<=[一-鿿])(?:近|过去)?[\d一二两三四五六七八九十]{1,2}年(?:间|来|内)?$"
)  # 增加值10年年均增长
_OBJECT_CHANGE = re.compile(
    r"(?P<verb>(?<!不)高于|(?<!不)低于|高出|超(?=序时|时间|进度|目标|计划|预期)|跑赢|快于|慢于|领先于|领先|超出|超过|优于|好于|落后于|落后|多于|少于|拉动|带动|拉低|下拉|拖累|提升|提高|推动)(?P<object>[^，。；]{1,14}?)(?:增长|提高|上升|下降)?$"
)


# 降幅较一季度收窄
_OF_FALL = re.compile(r"(?:降幅|跌幅)(?:(?:比|较)[^，。；]{0,10})?$")
# 超过全市增速0.4个百分点, 高于工业增速3.7个百分点
_AGAINST_GROWTH = re.compile(
    r"(?P<verb>高于|超过|高出|快于|领先于?|跑赢|优于|低于|慢于|落后于)[^，。；]{1,14}?(?:增速|增幅|增长率|平均水平)$"
)


def split_change(phrase: str, unit_class: str, unit: str) -> tuple[str, str, int] | None:
    """Splits `固定资产投资同比增长` into (`固定资产投资`, `增长`, +1); None where the phrase states no change.

    The comparison (比上年, 较2020年底) is dropped; a comparison with an object (高于全市) stays in the verb.
    """
    relative = unit_class in ("percent", "points", "times", "share")
    body = phrase
    keep = cues("keep_end")
    for _ in range(4):
        body = body.rstrip(" ，、：了")
        adverb = cue_at_end("change_adverb", body)
        if adverb is None or (len(adverb) == 1 and body[-2:] in keep):
            break
        if cue_at_end("up", body) and len(cue_at_end("up", body) or "") >= len(adverb):
            break
        body = body[: -len(adverb)]
    body = body.rstrip(" ，、：了")
    against = _AGAINST_GROWTH.search(phrase) if unit_class == "points" else None
    if against is not None:
        sign = -1 if against["verb"] in ("低于", "慢于", "落后于") else 1
        return _strip_adverbs(phrase[: against.start()]), against.group(), sign
    up, down = cue_at_end("up", body), cue_at_end("down", body)
    verb = max((c for c in (up, down) if c), key=len, default=None)
    if verb is not None:
        compared = relative or any(word in body for word in ("比", "较", "同期"))
        if (
            (len(verb) == 1 and (body[-2:] in keep or not (compared or unit == "位")))
            or (
                verb in ("拉动", "加快", "提前", "提速", "扩容", "提升", "领先")
                and not (relative or unit_class in ("duration",) or unit in ("位",))
            )
            or (
                verb in ("扩大", "提高", "提升")
                and not (
                    relative
                    or unit_class in ("duration", "rank")
                    or compared
                    or unit_class in ("money", "physical", "counter", "person")
                )
            )
        ):
            verb = None
    more = _MORE_THAN.search(body)
    if verb is None and more and unit_class in ("counter", "person", "money", "physical"):
        return _strip_adverbs(body[: more.start()]), more["verb"], -1 if more["way"] == "少" else 1
    if verb is not None:
        sign = -1 if verb == down and (up is None or len(down or "") >= len(up)) else 1
        rest = body[: -len(verb)]
        if verb in ("收窄", "缩小", "收缩") and _OF_FALL.search(rest):
            sign = 1  # a smaller fall
        rest = _YEARS_LONG.sub("", _strip_adverbs(rest))
        rest = _ON_BASE.sub("", rest)
        cut = _CHANGE_TAIL.search(rest)
        if cut:
            rest = _strip_adverbs(rest[: cut.start()])
        return rest, verb, sign
    if unit_class == "points" or (
        unit_class == "percent" and re.search(r"(?<!不)(?:高于|低于|高出|快于|慢于|跑赢)", phrase)
    ):
        m = _OBJECT_CHANGE.search(phrase)
        if m:
            down_verbs = ("低于", "慢于", "落后", "落后于", "少于", "拉低", "下拉", "拖累")
            return _strip_adverbs(phrase[: m.start()]), m["verb"] + m["object"], -1 if m["verb"] in down_verbs else 1
        if unit_class == "points":
            return _strip_adverbs(phrase), "", 1
    return None


def _strip_adverbs(phrase: str) -> str:
    keep = cues("keep_end")
    while True:
        phrase = phrase.rstrip(_EDGE)
        adverb = cue_at_end("change_adverb", phrase)
        if adverb is None or (len(adverb) == 1 and phrase[-2:] in keep):
            return phrase
        phrase = phrase[: -len(adverb)]


def _long(*roles: str) -> str:
    """Cues of two characters and more: single ones begin too many nouns (高, 快, 上)."""
    return alternatives({w for role in roles for w in cues(role) if len(w) > 1})


_PREDICATE_START = re.compile(
    rf"^(?:的|还(?![款田贷])|以上|以下|以内|左右|目标|门槛|台阶|大关|关口|到|至|以来|内|中|里|不等|起|后|前|时|被|于|在|则|就|已|均|全部|也|并|和|与|及|以及|或|等|为|是|来|再|多|余|增|升|降|减|跌|涨|翻|占|比|较|压|扩|缩|调|跃|{_long('up', 'down', 'reach')})"
)
_NOUNISH = re.compile(
    r"^(?:超过?\d[^，。；]{0,6}元(?:以上)?的|新能源|新材料|新型|新兴|在建|增加值|增值|高标准|高新|高端|高速|高校|高层次|高技能|高素质|高铁|高质量|高品质|高压|多晶|多功能|多层|快速|低碳|低空|低压|超算|超级|超高|超长|超大|再生|前沿|前期|中小|中央|中药|中医|中高|中型|中国|中外|内资|后备|里程|等级|就业|已建|已投|以上学|全产业|少数民族|少儿|有色|有机|有效|有限|为民|在校|在外|到岗|减排|降碳|快递|进口|进出口|上市|上下游|上云|上规|提质|优质|优势|优秀|领军|领跑|领航|涨价|增材|增设|实体|实训|实验|实用|可再生|可降解|可溶|可|能源|需求|需要|应用|应急|将|要素|自动|自主|自建|自然|自行|位于|由|一体|一级|一类|一流|一线|累计|合计)"
)


_AFTER_STOP = re.compile(
    r"中?(?:已|目前)(?:只|仅)?有(?=$)|位居|位列|(?:要|将|应|须|力争|均|都|已|全部|其中)?(?:达到|达(?!产|标|效)|突破|超过|超(?![算级高市临导]))|其中|占(?!地|用|有)|以不足|以超|比上年|同比|较上年|分别|，"
)


# 80个重点项目完成投资108亿元: what is counted ends where the money of all begins.
_CUT_SHORT = re.compile(r"(?<=项目)集中?$|(?<=项目|工程)(?:计划|累计|年度|已|共)*(?:完成|总|新增)*投资额?$")


def noun_after(text: str, start: int, end: int, limit: int = 18) -> str:
    """The words behind a counter that name what is counted (`100个｜政务服务事项跨市通办`), empty where they do not."""
    after = text[start:end].strip()
    if not after:
        return ""
    if after[0] == "的" and len(after) > 1:
        after = after[1:]
    if not (after[0] in "“《‘" or "一" <= after[0] <= "鿿" or (after[0].isascii() and after[0].isalnum())):
        return ""
    if _PREDICATE_START.match(after) and not _NOUNISH.match(after):
        return ""
    cut = _AFTER_STOP.search(after, 2)
    return _CUT_SHORT.sub("", (after[: cut.start()] if cut else after)[:limit])


def is_verbal(phrase: str) -> bool:
    """Whether the phrase ends in a verb that wants an object (建成, 给予, 年产)."""
    return cue_at_end("transitive", phrase) is not None


_LOOSE_END = re.compile(
    r"(?<=[一-鿿])(?:(?<!柔)(?<!总)(?<!调)(?<!谐)(?<!共)(?<!平)和|以及|(?<=项目)(?:之一|当中|中|里)|(?<=企业)(?:之一|当中|中|里))$"
)
_TO_INVEST = re.compile(r"(?<![固技风创])(?:拟|要|将|计划|已|再|共)?投$")


def tidy(phrase: str, limit: int = INDICATOR_LIMIT) -> str:
    """An indicator as shown: one line, no dangling marks, its last `limit` characters at most."""
    phrase = _LOOSE_END.sub("", _TO_INVEST.sub("投资", phrase))
    phrase = _SPACE.sub("", phrase).strip(
        _EDGE.replace("“", "").replace("”", "").replace("《", "").replace("》", "").replace("（", "").replace("）", "")
    )
    if len(phrase) > limit:
        cut = phrase[-limit:]
        for mark in ("的", "、", "”", "，"):
            at = cut.find(mark)
            if 0 <= at < len(cut) - 6:
                cut = cut[at + 1 :]
                break
        phrase = cut
    for opening, closing in _OPEN_TO_CLOSE.items():
        if opening in phrase and closing not in phrase:
            phrase = phrase.replace(opening, "")
        elif closing in phrase and opening not in phrase:
            phrase = phrase.replace(closing, "")
    return phrase.strip("、，：的了 ")
