"""Enterprises in the text: by their form, by what the text says of them, and by names once introduced."""

from __future__ import annotations

import re

from .firm_book import FirmBook, FirmSpan
from .firm_names import CLOSERS, TRADE_TAIL, full_start, short_forms, short_start
from .lexicon import Lexicon
from .places import Place
from .spans import is_mark, is_proper
from .tokens import Tokens

_SECTORS = re.compile(r"^(?:农|林|牧|副|渔|、)+业$")  # 农林牧渔业 is a branch of the accounts
_SORT_OF_PLACE = re.compile(r"[大强]?[县市省镇]")
_ITEM = re.compile(r"[一二三四五六七八九十]是")  # 一是白酒酿造…: an item of a list
_INTRODUCED = re.compile(r"（(?:以下|下|证券|股票)?(?:简称|称)[：:]?[“‘]?([^”’“‘）]{2,12}?)[”’]?(?:[，）、])")


def find_by_form(tokens: Tokens, lex: Lexicon, places: list[Place], book: FirmBook) -> None:
    """Names closed by 有限公司, 集团, 公司 … and proper words closed by a trade word (X醋业, X科技)."""
    begins = {p.first: p for p in places if p.kind == "region"}
    ends = {p.last: p for p in places if p.kind == "region"}
    words = tokens.words
    tails, trades = lex.words["firm_tail"], lex.words["firm_word"]
    taken = row_end = -1
    for i in tokens.spots["firm"]:
        if i <= taken:
            continue
        word = words[i]
        if word in tails:
            if i > row_end:
                row_end = i
                while row_end + 1 < len(words) and words[row_end + 1] in tails:
                    row_end += 1
            last = row_end
            if last > i and words[last] == "控股" and words[last + 1] == "的":
                last -= 1  # 是某集团控股的上市公司
            first = full_start(tokens, lex, i, begins, ends)
            if first is not None:
                _enter(tokens, lex, book, first, last, ends)
                taken = last
        elif (word in trades or TRADE_TAIL.search(word)) and i > 0:
            last = i
            while last + 1 < len(words) and (words[last + 1] in CLOSERS or words[last + 1] in tails) and last - i < 3:
                last += 1
            if words[last] in tails:
                continue
            spot = short_start(tokens, lex, i, last, ends)
            if spot is not None:
                _enter(tokens, lex, book, spot[0], spot[1], ends, 0.8)
                taken = spot[1]


def join_subsidiaries(tokens: Tokens, book: FirmBook) -> None:
    """国家能源集团榆林化工公司: a group and, right behind it, its company make one name; the company's alone is its short form."""
    joined: list[FirmSpan] = []
    for span in sorted(book.spans, key=lambda s: s.first):
        group = joined[-1] if joined else None
        if (
            group is not None
            and group.last + 1 == span.first
            and group.key.endswith("集团")
            and span.key.endswith("公司")
        ):
            name = tokens.text[tokens.starts[group.first] : tokens.ends[span.last]]
            joined[-1] = FirmSpan(book.add(name, {span.key}), group.first, span.last)
        else:
            joined.append(span)
    book.spans = joined


# 新田县电子信息产业园乐米智能科技有限公司, 世界500强企业中化…: where it sits and what it ranks as are no part of its name.
_BEFORE_NAME = re.compile(
    r"[一-鿿]{2,16}?(?:产业园区?|工业园区?|科技园|开发区|高新区|经开区|示范区)(?!发展|投资|建设|运营|管理|开发|资产|控股|城市|实业|服务|产业|国有|公用|置业)(?=[一-鿿（）]{2,}(?:有限|股份|集团|公司))|(?:世界|中国|全国|国内|民营企业|民企)*\d*强?(?:民营)?企业(?=[一-鿿]{2})|(?:[一-鿿]{0,6}[省市县]属)?(?:国企|央企|民企)(?=[一-鿿]{2})"
)


def _enter(
    tokens: Tokens, lex: Lexicon, book: FirmBook, first: int, last: int, ends: dict[int, Place], confidence: float = 1.0
) -> None:
    lead = _BEFORE_NAME.match(tokens.text, tokens.starts[first], tokens.ends[last])
    if lead is not None and lead.end() in tokens.starts_set and tokens.ends[last] - lead.end() >= 6:
        first = tokens.at(lead.end())
    town = next((ends[k] for k in range(first, last) if k in ends and ends[k].first == first), None)
    # 冠县柳林镇华瓯食品: the town is no part of the name; 三星镇家纺 is a trade of the town.
    if town is not None and town.region is None:
        named = is_proper(tokens, town.last + 1, lex)
        if not named and confidence < 1.0:
            return
        first = town.last + 1 if named else first
    name = tokens.text[tokens.starts[first] : tokens.ends[last]]
    if not 2 < len(name) <= 40 or "\n" in name or _SECTORS.search(name) or _ITEM.match(name):
        return
    if confidence < 1.0 and (
        tokens.text[: tokens.starts[first]].endswith(("报·", "网·"))
        or _SORT_OF_PLACE.match(tokens.text, tokens.ends[last])
    ):
        return  # a newspaper's byline; 一个山区农业县
    while book.spans and first <= book.spans[-1].first:
        book.spans.pop()  # 四川省某铁投|轨道交通公司: the longer name holds the shorter
    key = book.add(name, short_forms(tokens, lex, first, last, ends), confidence)
    book.spans.append(FirmSpan(key, first, last))


# 年产永磁电机, 生产稀土永磁: what is made is a product wherever else it stands, whatever it looks like.
_MAKES = re.compile(r"(?:年产|日产|月产|量产|生产|制造|加工|研制|采购)(?:各类|各种|新型|高端|高性能)?$")


def is_made(text: str, name: str) -> bool:
    """Whether `text` somewhere uses `name` for what is made (年产永磁电机120万台)."""
    at = text.find(name)
    while at >= 0:
        if _MAKES.search(text[max(0, at - 6) : at]):
            return True
        at = text.find(name, at + 1)
    return False


def drop_products(tokens: Tokens, book: FirmBook) -> None:
    """Forget short names that the text somewhere uses for what is made."""
    text = tokens.text
    for key, firm in list(book.firms.items()):
        if firm.confidence > 0.8 or len(key) > 8:
            continue
        if is_made(text, key):
            book.spans = [s for s in book.spans if s.key != key]
            book.forget(key)


# 清河羊绒、隆尧食品等46个特色产业集群: a place and its trade, no firm.
_ROW_OF_CLUSTERS = re.compile(
    r"(?:、[^，。；、\n]{2,10}){0,8}等(?:\d+|[一二两三四五六七八九十]+|多|几)?[个条大]?[^，。；、\n]{0,10}(?:产业集群|产业带|专业镇|特色小镇|特色产业|块状经济)"
)


def drop_clusters(tokens: Tokens, places: list[Place], book: FirmBook) -> None:
    """Forget the short names of a place and a trade that stand in a row of clusters."""
    begins = {p.first for p in places if p.kind == "region"}
    kept = []
    for span in book.spans:
        firm = book.firms.get(span.key)
        guessed = firm is not None and firm.confidence < 1.0 and span.first in begins
        if not (guessed and _ROW_OF_CLUSTERS.match(tokens.text, tokens.ends[span.last])):
            kept.append(span)
    if len(kept) < len(book.spans):
        book.spans = kept
        book.drop_unseen()


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
        if key is not None and short[0] not in key:
            key = _with_first_character(tokens, book, key, short[0], match.start())
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


def _with_first_character(tokens: Tokens, book: FirmBook, key: str, first: str, end: int) -> str:
    """兴事发门业集团（下称“兴事发”）: the short form tells that the name begins a character earlier."""
    span = next((s for s in book.spans if s.key == key and tokens.ends[s.last] == end), None)
    if span is None or span.first == 0 or tokens.words[span.first - 1] != first:
        return key
    span.first -= 1
    whole = book.add(first + key, None, 1.0)
    span.key = whole
    book.merge(key, whole)
    book.firms[whole].aliases.discard(key)
    return whole


_CLOSED = frozenset({"p", "c", "uj", "ul", "u", "r", "d", "m", "t", "y", "f"})
_NO_FIRM = re.compile(
    r"(?:规划|方案|意见|办法|行动|中心|平台|项目|区|会|计划|条例|政策|措施|工程|专班|市|县|省|指数|高铁|高速|机场|办|局|委|院|部|大学|协议|基金)$"
)


# 以牧原为链主的肉食品加工
LED_BY = re.compile(
    r"以(?P<firm>[一-鿿A-Za-z0-9（）]{2,16}?)(?:等(?:企业)?)?为“?(?:链主|龙头|引领)”?(?:企业)?的(?P<chain>[^，。；、：“”\n和]{2,14}?)"
    r"(?=、|和|等|，|。|；|产业链|产业集群|产业|集群)"
)


# 以“链主”企业元创时代为核心
_LEADING_FIRM = re.compile(
    r"以“?(?:链主|龙头|核心|头部)”?企业“?(?P<firm>[一-鿿A-Za-z0-9]{2,8}?)”?为(?:核心|龙头|引领|牵引|依托|支撑|主导)"
)


def find_leaders(tokens: Tokens, book: FirmBook) -> None:
    """以X为链主的Y: X is an enterprise, however short its name."""
    held = {k for s in book.spans for k in range(s.first, s.last + 1)}
    for match in (*LED_BY.finditer(tokens.text), *_LEADING_FIRM.finditer(tokens.text)):
        start, end = match.span("firm")
        first, last = tokens.at(start), tokens.at(end - 1)
        name = match["firm"]
        whole = tokens.starts[first] == start and tokens.ends[last] == end
        if not whole or held & set(range(first, last + 1)) or _NO_LEADER.search(name) or _NO_FIRM.search(name):
            continue
        key = book.add(name, None, 0.8)
        book.spans.append(FirmSpan(key, first, last))
        held.update(range(first, last + 1))


_NO_LEADER = re.compile(r"企业|产业|集团和|、|项目|园区|基地|服务|经济")


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
        if follower.startswith(("目标", "规划")):
            continue  # 远景目标
        if follower in ("大学", "学院", "路", "街", "村", "镇", "街道") or word in tokens.townships:
            continue
        last = i
        if i + 1 < len(tokens.words) and is_proper(tokens, i + 1, lex) and not lex.jieba.has_word(follower):
            # 隆基乐叶: a brand and an unknown word make one name.
            last = i + 1
        name = tokens.text[tokens.starts[i] : tokens.ends[last]]
        placed = {tokens.words[i - 1] + name} if i > 0 and tokens.words[i - 1] in lex.regions else None
        key = book.add(name, placed, 0.8)
        book.spans.append(FirmSpan(key, i, last))
