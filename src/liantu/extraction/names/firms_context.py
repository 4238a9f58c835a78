"""Enterprises that only the sentence gives away: members of A、B等企业, who invests, who is called 链主."""

from __future__ import annotations

import re
from collections.abc import Iterable

import ahocorasick

from .firm_book import Firm, FirmBook, FirmSpan
from .firm_names import closes_firm
from .lexicon import Lexicon
from .places import Place
from .spans import is_mark, is_proper, opening
from .tokens import Tokens

_CLOSED_TAGS = frozenset({"p", "c", "uj", "ul", "u", "r", "d", "m", "t", "y"})
LEGAL_FORM = re.compile(r"有限(?:责任)?公司$")
# 太重、中车、智奇三家整机厂
_HOUSES = re.compile(r"^[两二三四五六七八九十][家户]$")
_CLASSES = re.compile(r"专精特新|小巨人|单项冠军|企业|高新技术|规上|[级型类]$")
# 联创投资、中远国际: no names by themselves, but what closes a member of a row of names.
_CLOSES_MEMBER = frozenset({"投资", "国际", "建设"})
_INTENDS = frozenset({"拟", "计划", "将", "拟将", "预计"})
_LINKS = frozenset({"、", "和", "以及", "及", "与"})


def find_by_context(tokens: Tokens, lex: Lexicon, places: list[Place], book: FirmBook) -> None:
    """Enter the firms that the sentence shows to be firms."""
    ends = {s.last: s for s in book.spans}
    place_words = {k for p in places for k in range(p.first, p.last + 1)}
    words = tokens.words
    class_nouns, invests, leading_nouns = lex.words["class_noun"], lex.words["invests"], lex.words["leading_noun"]
    cues = lex.words["firm_cue"]
    for i in tokens.spots["firm_context"]:
        word = words[i]
        if word in class_nouns:
            _members(tokens, lex, i, ends, place_words, book)
        elif word in invests and i > 0 and i + 1 < len(words):
            _investor(tokens, lex, i, ends, place_words, book)
        elif word == "生产" and words[i + 1 : i + 2] == ["的"]:
            _maker(tokens, lex, i, ends, place_words, book)
        elif word in cues:
            _before_cue(tokens, lex, i, ends, place_words, book)
        elif word in leading_nouns:
            _named_leader(tokens, lex, i, ends, place_words, book)


def find_beside(tokens: Tokens, lex: Lexicon, places: list[Place], book: FirmBook) -> None:
    """与中天电气、亚奥机械、万威电气签署: an ordinary word and a trade word that open a row of firms are one, too."""
    ends = {s.last: s for s in book.spans}
    place_words = {k for p in places for k in range(p.first, p.last + 1)}
    words, tags = tokens.words, tokens.tags
    for span in sorted(book.spans, key=lambda s: s.first):
        last = span.first - 2
        if last < 2 or words[span.first - 1] != "、" or last in ends or words[span.last] not in lex.words["firm_word"]:
            continue
        brand, before = last - 1, words[last - 2]
        plain = any(
            words[brand] in lex.words[kind]
            for kind in ("generic", "stop_noun", "break_word", "work_word", "chain_prefix")
        )
        if (
            words[last] in lex.words["firm_word"]
            and len(words[brand]) == 2
            and tags[brand][0] in "njvt"
            and not plain
            and words[brand] not in lex.industries
            and brand not in place_words
            and (before in "、与和向由同，：；" or before in ("包括", "引进", "分别"))
        ):
            _enter(tokens, brand, last, ends, book, 0.7)


def _members(
    tokens: Tokens, lex: Lexicon, noun: int, ends: dict[int, FirmSpan], place_words: set[int], book: FirmBook
) -> None:
    """A、B、C等(N户)(大型物流)企业: each member is a firm when it holds a proper word."""
    words = tokens.words
    if words[noun + 1 : noun + 2] in (["项目"], ["工程"]):
        return
    j = noun - 1
    while j >= 0 and noun - j <= 9 and words[j] != "等" and not _HOUSES.match(words[j]):
        if words[j] in "，。；：\n" or tokens.tags[j] in ("v", "p", "c", "uj", "ul"):
            return
        j -= 1
    if (
        j < 1
        or (words[j] != "等" and words[j - 1] in _LINKS | {"，", "。"})
        or (words[j] != "等" and not is_proper(tokens, j - 1, lex))
    ):
        return
    end = j - 1
    if end >= 0 and words[end] == "在内":
        return
    _enter_members(tokens, lex, _row_of_members(tokens, lex, end, ends), ends, place_words, book)


def _row_of_members(tokens: Tokens, lex: Lexicon, end: int, ends: dict[int, FirmSpan]) -> list[tuple[int, int]]:
    """(first, last) of each member of A、B、C, last member first, for a list that closes with word `end`."""
    words = tokens.words
    row: list[tuple[int, int]] = []
    while end >= 0:
        first = ends[end].first if end in ends else _member_start(tokens, lex, end)
        if first > end:
            break
        row.append((first, end))
        if first <= 0 or words[first - 1] not in _LINKS:
            break
        end = first - 2
    return row


def _member_start(tokens: Tokens, lex: Lexicon, end: int) -> int:
    """First word of the member that ends with word `end`: all of it between two 、, else back to what parts it."""
    words, tags = tokens.words, tokens.tags
    for k in range(end, max(-1, end - 5), -1):
        if words[k] == "、":
            last = end if words[end] not in _CLOSES_MEMBER or k + 1 == end else end - 1
            apart = any(
                words[x] in lex.words["stop_noun"] or words[x] in lex.words["class_noun"]
                for x in range(k + 1, last + 1)
            )
            if k < end and 2 <= tokens.ends[end] - tokens.ends[k] <= 7 and not apart:
                return k + 1
            break
        if words[k] == "和" and k > 1 and len(words[k - 1]) == 1 and words[k - 2] == "、":
            return k - 1  # 、敦|和|资产: one character is no member by itself
        if is_mark(words[k]) or words[k] in _LINKS:
            break
    first = end + 1
    k = end
    while k >= 0 and end - k <= 5:
        word = words[k]
        if (
            is_mark(word)
            or word in _LINKS
            or word in lex.words["break_word"]
            or word in lex.words["stop_noun"]
            or word in lex.words["chain_tail"]
            or (tags[k] in _CLOSED_TAGS and not is_proper(tokens, k, lex) and not _stands_alone(tokens, k))
            or (k < end and tags[k] == "v" and len(word) > 1 and lex.jieba.has_word(word) and not lex.is_rare(word))
        ):
            break
        first = k
        k -= 1
    return first


def _stands_alone(tokens: Tokens, k: int) -> bool:
    """Whether word `k` is a whole member of two or more characters (一道, 中来), whatever it means elsewhere."""
    words = tokens.words
    return len(words[k]) >= 2 and words[k - 1] in _LINKS and words[k + 1] in ("、", "等", "和")


def _enter_members(
    tokens: Tokens,
    lex: Lexicon,
    row: list[tuple[int, int]],
    ends: dict[int, FirmSpan],
    place_words: set[int],
    book: FirmBook,
) -> None:
    """Enter the members of a list that look like firms, and what stands beside one that surely is a firm."""
    words = tokens.words
    sure = sum(end in ends for _, end in row)
    for number, (first, end) in enumerate(row):
        if end in ends:
            continue
        span = range(first, end + 1)
        proper = any(is_proper(tokens, k, lex) for k in span)
        if first == end and (words[end] in lex.regions or words[end] in lex.guarded):
            continue  # 清徐四家企业
        placed = any(k in place_words for k in span) and (
            words[end] in lex.words["firm_word"]
            # 株洲齿轮有限责任公司、湖南长城: beside a sure firm, a place and one more short word
            or (
                (sure > 0 and end == first + 1 and first in place_words and 2 <= len(words[end]) <= 3)
                and words[end] not in lex.words["zone_tail"]
                and words[end] not in lex.words["generic"]
            )
        )
        # Beside a member that is surely a firm, any short noun is one.
        beside = (
            (number or sure)
            and tokens.ends[end] - tokens.starts[first] <= 5
            and (words[end] not in lex.industries or (first < end and closes_firm(words[end], lex) and sure))
            and (words[end] not in lex.words["generic"] or (first < end and words[end] in _CLOSES_MEMBER and sure))
            and not any(k in place_words for k in span)
            and not (first == end and closes_firm(words[end], lex))
        )
        if not (proper or placed or beside):
            if sure:
                continue
            return
        _enter(tokens, first, end, ends, book, 0.8)


def _investor(
    tokens: Tokens, lex: Lexicon, verb: int, ends: dict[int, FirmSpan], place_words: set[int], book: FirmBook
) -> None:
    """X(拟)投资5亿元: the proper word, with the trade words behind it, that alone opens the clause before the sum is a firm."""
    words, j = tokens.words, verb - 1
    meant = words[j] in _INTENDS and j > 0
    j -= meant
    if j in ends or tokens.tags[verb + 1] not in ("m", "mq") or j in place_words or is_mark(words[j]):
        return
    if not any("元" in words[k] for k in range(verb + 1, min(verb + 4, len(words)))):
        return
    first = j
    while first > 0 and not is_mark(words[first - 1]) and words[first - 1] != "由" and j - first < 3:
        first -= 1
    if first > 0 and not is_mark(words[first - 1]) and words[first - 1] != "由":
        return
    row = range(first, j + 1)
    closed = any(tokens.tags[k] in _CLOSED_TAGS for k in row if k > first)
    common = words[j] in lex.words["project_head"] or any(
        words[k] in lex.words["stop_noun"]
        or (words[k] in lex.words["generic"] and not (meant and first < k == j and closes_firm(words[k], lex)))
        or words[k] in lex.words["zone_tail"]
        for k in row
    )
    unknown = any(is_proper(tokens, k, lex) for k in row)
    named = unknown or tokens.tags[first] in ("ns", "nz", "nr")
    if meant and first < j and closes_firm(words[j], lex) and words[first] not in lex.industries:
        named = True  # 精工科技拟投资3亿元: who means to invest so is no branch of industry
    if named and not closed and not common and (is_proper(tokens, first, lex) or first < j):
        _enter(tokens, first, j, ends, book, 0.7)


def _before_cue(
    tokens: Tokens, lex: Lexicon, cue: int, ends: dict[int, FirmSpan], place_words: set[int], book: FirmBook
) -> None:
    """X董事长, X生产车间, X落户: an unknown word and a trade word between a boundary and the cue are a firm."""
    words, tags, last = tokens.words, tokens.tags, cue - 1
    if last in ends or last < 1 or last in place_words or not closes_firm(words[last], lex):
        return
    first = last
    while first > 0 and last - first < 3 and first - 1 not in place_words:
        word, tag = words[first - 1], tags[first - 1]
        if (
            is_mark(word)
            or tag[0] not in "njgavbs"
            or word in lex.words["break_word"]
            or word in lex.words["stop_noun"]
        ):
            break
        first -= 1
    row = range(first, last)
    if not row or any(words[k] in lex.words["organisation_tail"] or words[k] in lex.words["zone_tail"] for k in row):
        return
    characters = len(row) >= 2 and all(len(words[k]) == 1 for k in row)
    if any(is_proper(tokens, k, lex) for k in row) or characters:
        while not characters and first < last and not is_proper(tokens, first, lex):
            first += 1
        _enter(tokens, first, last, ends, book, 0.7)


def _maker(
    tokens: Tokens, lex: Lexicon, verb: int, ends: dict[int, FirmSpan], place_words: set[int], book: FirmBook
) -> None:
    """X生产的Y: an unknown name right before the verb is a firm."""
    words, last = tokens.words, verb - 1
    if last in ends or last in place_words or last < 1:
        return
    first = last
    while (
        last - first < 2
        and first > 0
        and tokens.tags[first - 1][0] == "n"
        and words[first - 1] not in lex.words["stop_noun"]
    ):
        first -= 1
    while first <= last and not is_proper(tokens, first, lex):
        first += 1
    if first <= last and tokens.ends[last] - tokens.starts[first] >= 3:
        _enter(tokens, first, last, ends, book, 0.7)


def _named_leader(
    tokens: Tokens, lex: Lexicon, noun: int, ends: dict[int, FirmSpan], place_words: set[int], book: FirmBook
) -> None:
    """“链主”X、龙头X: a proper word right after the noun, with the trade words that follow it."""
    j = noun + 1
    if j < len(tokens.words) and tokens.words[j] in "”’":
        j += 1
    if j < len(tokens.words) and tokens.words[j] == "企业":
        j += 1
    if j + 1 >= len(tokens.words) or j in place_words or any(s.first <= j <= s.last for s in ends.values()):
        return
    if is_proper(tokens, j, lex) and tokens.tags[j] in ("nz", "nt", "n", "nr"):
        last = j
        while last + 1 < len(tokens.words) and tokens.words[last + 1] in lex.words["firm_word"]:
            last += 1
        if last > j:
            _enter(tokens, j, last, ends, book, 0.7)


def _enter(tokens: Tokens, first: int, last: int, ends: dict[int, FirmSpan], book: FirmBook, confidence: float) -> None:
    open_at = opening(tokens, last, 6)
    name = tokens.text[tokens.starts[first] : tokens.ends[last]].strip("“”‘’")
    if len(name) < 2 or _CLASSES.search(name) or (open_at is not None and open_at < first):
        return
    for inner in [s for s in book.spans if first <= s.first and s.last <= last]:
        book.spans.remove(inner)
        ends.pop(inner.last, None)
    key = book.add(name, None, confidence)
    span = FirmSpan(key, first, last)
    book.spans.append(span)
    ends[last] = span


def find_aliases(tokens: Tokens, lex: Lexicon, book: FirmBook) -> None:
    """Every further place where a firm of the document stands under any of its names (太钢大明 after its full name)."""
    if not book.names:
        return
    automaton = ahocorasick.Automaton()
    for name, key in book.names.items():
        automaton.add_word(name, (name, key))
    automaton.make_automaton()
    covered = [False] * (len(tokens.words) + 1)
    for span in book.spans:
        for k in range(span.first, span.last + 1):
            covered[k] = True
    text = tokens.text
    for end, (name, key) in automaton.iter_long(text):
        start = end + 1 - len(name)
        first = tokens.at(start)
        last = tokens.at(end)
        if covered[first] or covered[last] or last >= len(tokens.words) or tokens.words[last] == "\n":
            continue
        if tokens.starts[first] != start and name not in book.firms:
            continue
        follower = tokens.words[last + 1] if last + 1 < len(tokens.words) else ""
        if len(name) == 2 and (follower in ("市", "县", "区", "镇", "村", "路", "大学") or name in lex.guarded):
            continue
        for k in range(first, last + 1):
            covered[k] = True
        book.spans.append(FirmSpan(key, first, last))


def join_short_and_full(book: FirmBook) -> None:
    """Two entries are one firm when the longer name's own short forms hold the shorter name (冀翎公司 in 保定冀翎风电叶片有限公司)."""
    called: dict[str, set[str]] = {}  # the firms that go by a form
    for firm in book.firms.values():
        for alias in firm.aliases:
            called.setdefault(alias, set()).add(firm.key)

    def going_by(forms: Iterable[str]) -> list[Firm]:
        keys = {k for form in forms for k in called.get(form, ()) if k in book.firms}
        return [book.firms[k] for k in sorted(keys)]

    for key in sorted(book.firms, key=len):
        if key not in book.firms:
            continue
        bare = key.removesuffix("公司").removesuffix("集团")
        fuller = [f for f in going_by((key, bare)) if f.key != key and len(f.key) > len(key)]
        if not fuller:
            # 五台县云海镁业 and 五台云海镁业有限公司 share the form 云海镁业.
            mine = {a for a in book.firms[key].aliases if len(a) >= 4 and key.removesuffix("集团").endswith(a)}
            fuller = [f for f in going_by(mine) if f.key != key and LEGAL_FORM.search(f.key)]
        if not fuller and key.endswith("公司") and not LEGAL_FORM.search(key):
            # 太原晋薄精带公司 begins like 太原晋薄精密带钢有限公司.
            fuller = [
                f
                for f in book.firms.values()
                if LEGAL_FORM.search(f.key) and any(len(a) >= 4 and key.startswith(a) for a in f.aliases)
            ]
        if not fuller and key.endswith("投"):
            # 广西交投 is 广西交通投资集团有限公司.
            spelt = re.compile(rf"{re.escape(key[:-2])}[省市县区]?{re.escape(key[-2])}[^，。]{{0,6}}?投资")
            fuller = [f for f in book.firms.values() if LEGAL_FORM.search(f.key) and spelt.match(f.key)]
        if len(fuller) == 1:
            for alias in (key, *book.firms[key].aliases):
                called.setdefault(alias, set()).add(fuller[0].key)
            book.merge(key, fuller[0].key)
