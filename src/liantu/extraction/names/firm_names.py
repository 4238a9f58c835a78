"""Where an enterprise's name begins, and the short forms it goes by."""

from __future__ import annotations

import re

from .lexicon import Lexicon
from .places import Place
from .spans import is_mark, is_number, is_proper, opening
from .tokens import Tokens

LEGAL = re.compile(
    r"(?:集团股份|集团|控股|实业)?(?:股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|总公司|公司|集团)$"
)
TRADE_TAIL = re.compile(
    r"..[造化材糖酒药纱纸瓷革]厂$|[钢铁铝铜镁锂钛锌镍硅煤矿焦化酒醋乳纸药茶粮糖盐面肉木皮鞋服染纺织机电热瓷玻胶塑农牧渔林园种实置]业$|^[交城建国能农水产文旅铁高科]投$"
)


def full_start(tokens: Tokens, lex: Lexicon, tail: int, begins: dict[int, Place], ends: dict[int, Place]) -> int | None:
    """Where the name that ends in a legal form begins; None when nothing but common words stands before it."""
    words, tags = tokens.words, tokens.tags
    legal = "有限" in words[tail]
    first, j = tail, tail - 1
    while j >= 0 and tail - j <= 12:
        word = words[j]
        open_at = opening(tokens, j, 6)
        if (
            open_at is not None
            and words[j] in "）)"
            and (open_at + 1 in begins or tokens.ends[j] - tokens.starts[open_at] <= 6)
        ):
            j = open_at - 1
            continue
        inside = j > 0 and not is_mark(words[j - 1])
        managing = legal and word == "企业" and words[j + 1] in _BEHIND_ENTERPRISE
        if inside and (managing or (word == "国际" and words[tail] != "公司")):
            first = j  # 暨达企业管理有限公司, 正威国际集团
            j -= 1
            continue
        if legal and word == "和" and j - 1 in ends and len(words[j + 1]) == 1 and not is_mark(words[j + 1]):
            first = j  # 四川和胜汽车部件有限公司: the character behind 和 is no word of its own
            j -= 1
            continue
        held = legal or words[tail] == "集团" or (words[tail] == "公司" and inside and is_proper(tokens, j - 1, lex))
        if inside and held and j == tail - 1 and word in _BEFORE_GROUP:
            j -= 1  # 平城文旅发展集团, 英格玛煤电投资有限公司
            continue
        if inside and legal and word in _IN_LEGAL and j - 1 not in ends:
            first = j  # 某环保工程有限公司
            j -= 1
            continue
        if (
            is_mark(word)
            or (
                word in lex.words["firm_tail"]
                and not (legal and word == "集团" and (j == tail - 2 or words[j + 1] in "（("))
            )
            or word in lex.words["stop_noun"]
            or word in lex.words["leading_noun"]
        ):
            break
        if j in ends:
            first = ends[j].first
            j = first - 1
            # A firm's name begins with a place; what stands before it is no part, unless it is a proper word (中车太原).
            if j >= 0 and not (is_proper(tokens, j, lex) and lex.is_a(words[j], "brand")):
                break
            continue
        if word in lex.words["break_word"] or word in lex.words["zone_tail"] or word in lex.words["person_title"]:
            break
        if (
            words[tail] == "集团"
            and j == tail - 1
            and len(word) == 2
            and word not in lex.words["generic"]
            and word not in lex.industries
        ):
            first = j  # 兴发集团: whatever the word means elsewhere
            j -= 1
            continue
        if tags[j] in ("p", "c", "uj", "ul", "u", "r", "t", "f", "ud", "uv", "uz", "y", "q"):
            break
        if tags[j] in ("d", "m") and not (legal and len(word) > 1 and not is_number(word)):
            break
        if tags[j] == "v" and not (legal or word in lex.words["work_word"] or not lex.jieba.has_word(word)):
            break
        first = j
        j -= 1
    if legal:
        walked = first == j + 1
        first = min(first, _placed_start(tokens, tail, ends))
        if walked and first == j + 1:
            first = _brand_of_single_characters(tokens, first)
    while first < tail and (
        words[first] in lex.words["generic"] and words[first] not in ("智能", "现代", "绿色", "数字")
    ):
        first += 1
    if words[tail] == "集团" and (first == tail or len(words[first]) == 1):
        run = _character_brand(tokens, tail, ends)
        first = min(first, run) if run is not None else first
    if first > 1 and words[first - 1] == "中":
        before = words[first - 2]
        if is_mark(before) or before in ("与", "由", "和", "的"):
            first -= 1  # 与|中|科|海钠|公司: nothing stands before 中 that it could be the middle of
    inner = range(first, tail)
    if not inner:
        return None
    if legal:
        said = tokens.text[tokens.starts[first] : tokens.starts[tail]]
        whole = said.count("（") == said.count("）") and not all(words[k] in _BARE_TRADES for k in inner)
        return first if len(said) >= 2 and whole else None
    named = any(
        is_proper(tokens, k, lex)
        or k in ends
        or words[k] in lex.words["brand"]
        or not lex.jieba.has_word(words[k])
        or (len(words[k]) == 1 and tokens.tags[k] in _CHARACTER_TAGS and len(inner) >= 2)
        for k in inner
    )
    if not named and words[tail] == "集团" and any(words[k][:2] in lex.guarded or k in ends for k in inner):
        named = len(inner) >= 2 or len(words[first]) >= 4
    if _SORT_OF_GROUP.fullmatch(tokens.text, tokens.starts[first], tokens.starts[tail]):
        return None
    if not named and words[tail] in ("集团", "股份公司"):
        named = not any(words[k] in lex.words["generic"] or words[k] in lex.industries for k in inner)
    if not named:
        return None
    if all(k in ends or words[k] in lex.words["zone_tail"] for k in inner) and words[tail].endswith("公司"):
        return None
    return first


# Trade words that close a name after another trade word: 金属|科技, 生物|制药.
CLOSERS = frozenset(
    {
        "科技",
        "股份",
        "新材",
        "新材料",
        "材料",
        "高科",
        "实业",
        "药业",
        "制药",
        "重工",
        "电气",
        "电子",
        "装备",
        "能源",
        "汽车",
        "动力",
        "食品",
        "物流",
        "集成",
    }
)


# Trade words that also stand before a noun as adjectives (智能工厂, 数据中心).
ALSO_ADJECTIVES = frozenset(
    {
        "智能",
        "数据",
        "信息",
        "生物",
        "航空",
        "光电",
        "装备",
        "环保",
        "激光",
        "光伏",
        "氢能",
        "储能",
        "半导体",
        "精密",
        "快递",
        "医疗",
        "自动化",
        "显示",
    }
)


def _placed_start(tokens: Tokens, tail: int, ends: dict[int, Place]) -> int:
    """First word of the nearest place before a legal form, when nothing between them parts them: 苏州|中|来|光伏|股份有限公司."""
    words = tokens.words
    for k in range(tail - 1, max(-1, tail - 12), -1):
        if k in ends:
            return ends[k].first
        if (
            (is_mark(words[k]) and words[k] not in "（）")
            or words[k] in _PARTING
            or words[k].endswith("公司")  # A有限公司去年向B有限公司: another firm ends there
            or tokens.tags[k] in ("uj", "c", "ul")
        ):
            break
    return tail


def _character_brand(tokens: Tokens, end: int, ends: dict[int, Place]) -> int | None:
    """First of two or three single characters before word `end` that can only be a brand: 云|岫|科技, 渝|驰|汽车."""
    words, tags = tokens.words, tokens.tags
    k = end - 1
    while k >= 0 and end - k <= 3 and len(words[k]) == 1 and tags[k] in _CHARACTER_TAGS and words[k] not in _FUNCTION:
        k -= 1
    if end - 1 - k < 2:
        return None
    bounded = (
        k < 0
        or is_mark(words[k])
        or k in ends
        or words[k] in _PARTING
        or tags[k] in ("p", "c", "uj", "ul", "v", "f", "d")
    )
    return k + 1 if bounded else None


_CHARACTER_TAGS = frozenset({"ns", "nr", "nz", "j", "g", "ng", "vg", "ag", "zg", "nrfg", "n", "b"})


def _brand_of_single_characters(tokens: Tokens, first: int) -> int:
    """蜀|能|动力电池有限公司: characters between a mark and the name, no function word among them, are its brand."""
    words, k, length = tokens.words, first - 1, 0
    while k >= 0 and len(words[k]) == 1 and not is_mark(words[k]) and words[k] not in _FUNCTION:
        length += 1
        k -= 1
    opened = k < 0 or words[k] in "，。；：、“（\n" or is_mark(words[k])
    return k + 1 if opened and 2 <= length <= 3 else first


# What no firm is called by alone: 管理有限公司 is the end of a name whose front was not read.
_BARE_TRADES = frozenset(
    {"管理", "建设", "投资", "发展", "咨询", "贸易", "工程", "服务", "科技", "实业", "开发", "置业"}
)
_SORT_OF_GROUP = re.compile(r"(?:高科技|现代|大型|知名|民营|国有|跨国|国际|产业|企业|科技)+")  # 高科技产业集团
_INSTITUTE = re.compile(r"(?:产业|技术|科技|创新|应用)*(?:研究院|研究所|学院|研究中心)")
_IN_LEGAL = frozenset({"工程", "建设", "投资"})
_BEHIND_ENTERPRISE = frozenset({"管理", "咨询", "服务", "发展", "营销", "孵化", "运营", "投资", "信用", "征信"})
_BEFORE_GROUP = frozenset({"发展", "投资", "建设", "开发", "运营"})
_FUNCTION = frozenset("的和与及或在由从向对为是有被把让使等了着过也还又再都均则并且但以按将已正该本各每其这那")
_PARTING = frozenset(
    [
        "的",
        "和",
        "与",
        "由",
        "等",
        "在",
        "是",
        "为",
        "及",
        "企业",
        "公司",
        "集团",
        "项目",
        "引进",
        "投资",
        "建设",
        "落户",
        "入驻",
    ]
)


def short_start(tokens: Tokens, lex: Lexicon, i: int, last: int, ends: dict[int, Place]) -> tuple[int, int] | None:
    """(first, last) of a short name of a proper word and trade words that ends at `last`, if there is one."""
    words = tokens.words
    if words[last] not in lex.words["firm_word"] and not TRADE_TAIL.search(words[last]):
        return None
    first = i
    j = i - 1
    while j >= 0 and i - j <= 3 and is_proper(tokens, j, lex):
        first = j
        j -= 1
    apart = j == 0 or (j > 0 and (is_mark(words[j - 1]) or words[j - 1] in _PARTING))
    famous = (
        apart
        and j not in ends
        and len(words[j]) == 2
        and tokens.tags[j] in ("ns", "nz")
        and words[j] not in lex.industries
    )
    if first < i and famous:
        first = j  # 远东轴研科技: a famous name before an unknown one
        j -= 1
    if first == i:
        run = _character_brand(tokens, i, ends)
        if run is not None:
            first, j = run, run - 1
    if first == i:
        # 山西铝业, 中阳钢铁: a place and a trade are a firm only when the trade word is one that firms alone bear.
        owned = j in ends and ends[j].first > 0 and lex.is_a(words[ends[j].first - 1], "brand")
        borne = TRADE_TAIL.search(words[i]) and len(words[i]) == 2 and (words[i] not in lex.industries or owned)
        if j in ends and borne:
            first = ends[j].first
        elif TRADE_TAIL.search(words[i]) and len(words[i]) >= 4 and words[i] not in lex.industries:
            return (i, last)
        else:
            return None
    if j > 0 and tokens.tags[j] == "m" and len(words[j]) == 2 and words[j - 1] == "、" and not is_number(words[j]):
        first, j = j, j - 1  # 九头|鹰|车业
    if j in ends and ends[j].last == j:
        first = ends[j].first
        j = first - 1
    if j >= 0 and first > j and lex.is_a(words[j], "brand") and j not in ends:
        # 国家电投山西铝业
        first = j
    follower = words[last + 1] if last + 1 < len(words) else ""
    unclear = j >= 0 and j == first - 1 and len(words[j]) == 1 and not is_mark(words[j]) and words[j] not in _FUNCTION
    if unclear and tokens.tags[j] not in ("p", "c", "uj", "ul", "v", "d", "x"):
        return None  # 西|中岛|精细化工: where the name begins is not clear
    if (
        words[last] in ALSO_ADJECTIVES
        and last + 1 < len(words)
        and (tokens.tags[last + 1][0] in "nbm" or follower in lex.industries or follower == "制造")
    ):
        return None
    if follower in lex.words["project_head"] and not follower.endswith(("项目", "工厂", "车间", "生产线", "工程")):
        return None
    if _INSTITUTE.match(tokens.text, tokens.ends[last]) or (
        follower[:1].isdigit() and words[last + 2 : last + 3] == ["个"]
    ):
        return None  # 锂电新能源|产业|研究院, 装备制造3个集群
    if follower in lex.words["chain_tail"] or follower in lex.words["zone_tail"] or follower in lex.words["town_tail"]:
        return None
    return first, last


def short_forms(tokens: Tokens, lex: Lexicon, first: int, last: int, ends: dict[int, Place]) -> set[str]:
    """Forms a full name goes by: without its legal tail, without its place, its proper words alone, place and proper words."""
    words = tokens.words
    parts: list[str] = []
    depth = 0
    for k in range(first, last + 1):
        if words[k] in "（(":
            depth += 1
        elif words[k] in "）)":
            depth -= 1
        elif depth == 0:
            parts.append(words[k])
    name = "".join(parts)
    forms = {name}
    bare = LEGAL.sub("", name)
    place = ""
    start = first
    for k in range(first, min(first + 3, last)):
        if k in ends and ends[k].first == first:
            place = tokens.text[tokens.starts[first] : tokens.ends[k]]
            start = k + 1
    forms.add(bare)
    inner = bare[len(place) :] if place and bare.startswith(place) else bare
    short_place = place.rstrip("省市县区") if len(place) > 2 else place
    core = ""
    trade = ""
    for k in range(start, last + 1):
        if words[k] in lex.words["firm_tail"] or words[k] in "（(":
            break
        if (words[k] in lex.words["firm_word"] or words[k] in lex.industries) and core:
            trade = words[k]
            break
        core += words[k]
    if lex.is_a(words[first], "brand") and first + 1 in {p.first for p in ends.values()}:
        forms.add(words[first])
    if len(inner) >= 3 or (inner and is_proper(tokens, start, lex)):
        forms.add(inner)
    if 2 <= len(core) <= 6 and core != inner and (any(is_proper(tokens, k, lex) for k in range(start, last))):
        forms.add(core)
    if place and 2 <= len(core) <= 4:
        forms.add(short_place + core)
    if core and trade:
        forms.add(core + trade)
        if place:
            forms.add(short_place + core + trade)
    return {
        f for f in forms if len(f) >= 2 and f not in lex.regions and (f not in lex.industries or lex.is_a(f, "brand"))
    }


_FIRMISH = re.compile(
    r"(?:光学|纤维|食品|建材|铜业|铝业|钛业|精工|瓷业|包装|织造|纺织|陶瓷|釉料|材料|新材|科技|能源|装备|电子|机械|化工|钢铁|重工|智能|生物|医药|电气|光电|股份|汽车|玻纤|集团|铁合金|药业)$"
)


def closes_firm(word: str, lex: Lexicon) -> bool:
    """Whether `word` can close an enterprise's short name."""
    return word in lex.words["firm_word"] or bool(_FIRMISH.search(word))
