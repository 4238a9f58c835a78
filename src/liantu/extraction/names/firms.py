"""Enterprises in the text: by their form, by what the text says of them, and by names once introduced."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .lexicon import Lexicon
from .places import Place
from .spans import is_mark, is_number, is_proper, opening
from .tokens import Tokens

LEGAL = re.compile(
    r"(?:集团股份|集团|控股|实业)?(?:股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|总公司|公司|集团)$"
)
TRADE_TAIL = re.compile(
    r"..[造化材糖酒药纱纸瓷革]厂$|[钢铁铝铜镁锂钛锌镍硅煤矿焦化酒醋乳纸药茶粮糖盐面肉木皮鞋服染纺织机电热瓷玻胶塑农牧渔林园种实置]业$"
)
_INTRODUCED = re.compile(r"（(?:以下|下)?(?:简称|称)[：:]?[“‘]?([^”’“‘）]{2,12}?)[”’]?(?:[，）、])")


@dataclass(slots=True)
class Firm:
    """An enterprise of the document: its fullest name and every other form."""

    key: str
    aliases: set[str] = field(default_factory=set)
    confidence: float = 1.0
    role: str | None = None


@dataclass(slots=True)
class FirmSpan:
    """Words `first` … `last` (inclusive) that name the firm `key`."""

    key: str
    first: int
    last: int


class FirmBook:
    """The enterprises of one document, by any of their names."""

    def __init__(self) -> None:
        self.firms: dict[str, Firm] = {}
        self.names: dict[str, str] = {}  # any form → key
        self.spans: list[FirmSpan] = []

    def add(self, name: str, aliases: set[str] | None = None, confidence: float = 1.0) -> str:
        """Enter `name` with its forms; joins a firm that already bears it. Returns the key."""
        forms = {a for a in (aliases or set()) if len(a) >= 2} - {name}
        key = self.names.get(name)
        if key is None:
            key = name
            self.firms[key] = Firm(key, set(), confidence)
            self.names[name] = key
        firm = self.firms[key]
        firm.confidence = max(firm.confidence, confidence)
        for form in forms:
            self.names.setdefault(form, key)
            if form not in self.firms or form == key or len(form) < len(key):
                firm.aliases.add(form)
        return key

    def merge(self, short: str, full: str) -> None:
        """Make the firm `short` another form of the firm `full`."""
        if short == full or short not in self.firms or full not in self.firms:
            return
        gone = self.firms.pop(short)
        kept = self.firms[full]
        kept.aliases |= gone.aliases | {short}
        kept.role = kept.role or gone.role
        for name, key in list(self.names.items()):
            if key == short:
                self.names[name] = full
        for span in self.spans:
            if span.key == short:
                span.key = full

    def drop_unseen(self) -> None:
        """Forget firms that no span names any more."""
        seen = {s.key for s in self.spans}
        for key in [k for k in self.firms if k not in seen]:
            self.forget(key)

    def forget(self, key: str) -> None:
        """Take the firm `key` and its names out of the book."""
        firm = self.firms.pop(key)
        for name in (key, *firm.aliases):
            if self.names.get(name) == key:
                del self.names[name]


def find_by_form(tokens: Tokens, lex: Lexicon, places: list[Place], book: FirmBook) -> None:
    """Names closed by 有限公司, 集团, 公司 … and proper words closed by a trade word (X醋业, X科技)."""
    begins = {p.first: p for p in places if p.kind == "region"}
    ends = {p.last: p for p in places if p.kind == "region"}
    words = tokens.words
    tails, trades = lex.words["firm_tail"], lex.words["firm_word"]
    taken = -1
    for i in tokens.spots["firm"]:
        if i <= taken:
            continue
        word = words[i]
        if word in tails:
            last = i
            while last + 1 < len(words) and words[last + 1] in tails:
                last += 1
            first = _full_start(tokens, lex, i, begins, ends)
            if first is not None:
                _enter(tokens, lex, book, first, last, ends)
                taken = last
        elif (word in trades or TRADE_TAIL.search(word)) and i > 0:
            last = i
            while last + 1 < len(words) and (words[last + 1] in _CLOSERS or words[last + 1] in tails) and last - i < 3:
                last += 1
            if words[last] in tails:
                continue
            spot = _short_start(tokens, lex, i, last, ends)
            if spot is not None:
                _enter(tokens, lex, book, spot[0], spot[1], ends, 0.8)
                taken = spot[1]


def _full_start(
    tokens: Tokens, lex: Lexicon, tail: int, begins: dict[int, Place], ends: dict[int, Place]
) -> int | None:
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
        if is_mark(word) or word in lex.words["firm_tail"] or word in lex.words["stop_noun"]:
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
    inner = range(first, tail)
    if not inner:
        return None
    if legal:
        return first if tokens.ends[tail - 1] - tokens.starts[first] >= 2 else None
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
    if not named and words[tail] in ("集团", "股份公司"):
        named = not any(words[k] in lex.words["generic"] or words[k] in lex.industries for k in inner)
    if not named:
        return None
    if all(k in ends or words[k] in lex.words["zone_tail"] for k in inner) and words[tail] == "公司":
        return None
    return first


# Trade words that close a name after another trade word: 金属|科技, 生物|制药.
_CLOSERS = frozenset(
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
        "快递",
        "医疗",
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


def _short_start(tokens: Tokens, lex: Lexicon, i: int, last: int, ends: dict[int, Place]) -> tuple[int, int] | None:
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
        and (tokens.tags[last + 1][0] in "nbm" or follower in lex.industries)
    ):
        return None
    if follower in lex.words["project_head"] and not follower.endswith(("项目", "工厂", "车间", "生产线", "工程")):
        return None
    if follower in lex.words["chain_tail"] or follower in lex.words["zone_tail"] or follower in lex.words["town_tail"]:
        return None
    return first, last


def _enter(
    tokens: Tokens, lex: Lexicon, book: FirmBook, first: int, last: int, ends: dict[int, Place], confidence: float = 1.0
) -> None:
    name = tokens.text[tokens.starts[first] : tokens.ends[last]]
    if not 2 < len(name) <= 40 or "\n" in name:
        return
    key = book.add(name, short_forms(tokens, lex, first, last, ends), confidence)
    book.spans.append(FirmSpan(key, first, last))


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


def find_bases(tokens: Tokens, ends: dict[int, Place], book: FirmBook) -> None:
    """吉利晋中基地: a firm, a place and 基地 name the firm's own plant there, which acts as an enterprise."""
    firsts = {p.first: p for p in ends.values()}
    for span in book.spans:
        place = firsts.get(span.last + 1)
        if (
            place is None
            or place.last + 1 >= len(tokens.words)
            or tokens.words[place.last + 1] not in ("基地", "工厂", "公司")
        ):
            continue
        name = tokens.text[tokens.starts[span.first] : tokens.ends[place.last + 1]]
        short = tokens.text[tokens.starts[span.first] : tokens.ends[place.last]]
        span.key = book.add(name, {short}, 0.9)
        span.last = place.last + 1


def find_introduced(tokens: Tokens, lex: Lexicon, book: FirmBook) -> None:
    """Short names the text itself introduces: X有限公司（以下简称“Y”）; a full name so far unknown is one as well."""
    by_end = {tokens.ends[s.last]: s.key for s in book.spans}
    for match in _INTRODUCED.finditer(tokens.text):
        short = match.group(1).strip()
        key = by_end.get(match.start())
        if key is None and not _NO_FIRM.search(short):
            last = tokens.at(match.start() - 1)
            first = last + 1
            while (
                first > 0
                and last - first < 7
                and not is_mark(tokens.words[first - 1])
                and tokens.tags[first - 1] not in _CLOSED
            ):
                if (
                    tokens.words[first - 1] in lex.words["break_word"]
                    or tokens.words[first - 1] in lex.words["stop_noun"]
                ):
                    break
                first -= 1
            name = tokens.text[tokens.starts[first] : match.start()] if first <= last else ""
            if len(name) >= 4 and name[:1] == short[:1] and not _NO_FIRM.search(name):
                key = book.add(name, None, 0.9)
                book.spans.append(FirmSpan(key, first, last))
        if key is not None:
            book.add(key, {short})


_CLOSED = frozenset({"p", "c", "uj", "ul", "u", "r", "d", "m", "t", "y", "f"})
_NO_FIRM = re.compile(
    r"(?:规划|方案|意见|办法|行动|中心|平台|项目|区|会|计划|条例|政策|措施|工程|专班|市|县|省|指数|高铁|高速|机场|办|局|委|院|部|大学|协议|基金)$"
)


def find_brands(tokens: Tokens, lex: Lexicon, book: FirmBook) -> None:
    """Names known without a tail (华为), wherever no other name holds them."""
    covered = {k for s in book.spans for k in range(s.first, s.last + 1)}
    for i in tokens.spots["brand"]:
        word = tokens.words[i]
        if i in covered:
            continue
        if i > 0 and len(tokens.words[i - 1]) == 1 and tokens.tags[i - 1] in ("nr", "ns", "ng", "nrfg"):
            continue
        before = book.spans[-1] if book.spans else None
        if before is not None and before.last == i - 1 and before.first == i - 1 and lex.is_a(before.key, "brand"):
            # 中铝华润: two brands in a row are a joint venture.
            book.spans.pop()
            key = book.add(before.key + word, None, 0.8)
            book.spans.append(FirmSpan(key, i - 1, i))
            continue
        follower = tokens.words[i + 1] if i + 1 < len(tokens.words) else ""
        if follower in ("大学", "学院", "路", "街", "村", "镇", "街道") or word in tokens.townships:
            continue
        last = i
        if i + 1 < len(tokens.words) and is_proper(tokens, i + 1, lex) and not lex.jieba.has_word(follower):
            # 隆基乐叶: a brand and an unknown word make one name.
            last = i + 1
        name = tokens.text[tokens.starts[i] : tokens.ends[last]]
        key = book.add(name, None, 0.8)
        book.spans.append(FirmSpan(key, i, last))
