"""Industries, chains and clusters in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .firms import FirmBook
from .lexicon import Lexicon
from .places import Place
from .spans import is_mark, is_number, opening
from .tokens import Tokens
from .works import Work


@dataclass(slots=True)
class ChainName:
    """An industry named at clean [start, end)."""

    name: str
    start: int
    end: int
    aliases: tuple[str, ...] = ()
    kind: str = "chain"  # chain, cluster, town
    cue: str = ""  # what in the text makes it one: the tail or the verb


_CLUSTER = frozenset({"产业集群", "制造业集群", "集群", "产业带"})
_TAILS = frozenset({"领域", "板块", "赛道", "支柱", "经济"})
_SKIP = re.compile(
    r"^(?:[两二三四五六七八九十0-9一多几]+(?:大|条|个|类|种)?|大|条|个|类|等|的|优势|特色|主导|支柱|新兴|传统|重点|战略性|未来|级|百亿级|千亿级|万亿级|百亿|千亿"
    r"|现代|先进|高端|省级|市级|国家级|工业|专业化|具有|发展|基础|成长|潜力|为代表|标志性|重要|核心|关键|为主|主要|、|一大|两大|三大|四大|五大|六大|七大|八大|九大|十大|万|亿|千|亿元|富民|农业|乡村|产业|朝阳|首位)$"
)
_ENDING = re.compile(
    r"(?:制造|加工|装备|材料|业|经济|服务|金融|物流|医药|电子|能源|旅游|康养|化工|汽车|电池|锻造|铸造|医疗|健康|制品|合金|半导体|芯片|食品|纺织|冶金|航空|航天|信息|数据|智能|生物|环保|建材|机械|器械|农业|文旅|光伏|储能|氢能|机器人|家居|服装|造纸|设备|交通|商务|娱乐|创意|休闲|塑料|钢|纤维|法兰|黄酒|白酒|酒|醋|茶|果|菜|药材|玻璃|陶瓷|电器)$"
)


class ChainFinder:
    """Finds the industries of one document."""

    def __init__(self, tokens: Tokens, lex: Lexicon, places: list[Place], book: FirmBook, works: list[Work]) -> None:
        self.tokens, self.lex = tokens, lex
        self.blocked = {k for w in works for k in range(w.first, w.last + 1)}
        self.blocked |= {k for s in book.spans for k in range(s.first, s.last + 1)}
        self.towns = [p for p in places if p.kind == "town"]
        self.zones = {k for p in places if p.kind == "zone" for k in range(p.first, p.last + 1)}
        self.regions = {k for p in places if p.kind == "region" for k in range(p.first, p.last + 1)}
        self.blocked |= self.zones
        self.found: dict[int, ChainName] = {}

    def find(self) -> list[ChainName]:
        words, lex = self.tokens.words, self.lex
        for town in self.towns:
            self._town(town)
        for i, word in enumerate(words):
            if i in self.blocked:
                continue
            if word in lex.words["chain_tail"] or word in _TAILS:
                self._before_tail(i)
            elif word in lex.words["chain_verb"]:
                self._after_verb(i)
            elif (
                word == "为"
                and i + 1 < len(words)
                and words[i + 1][:2] in ("主导", "支柱", "主攻", "重点", "特色", "龙头")
            ):
                self._items(i - 1, "以为")
            elif word in ("是", "成为", "作为"):
                self._subject(i)
            elif word in lex.industries and word.endswith(("业", "经济")) and word not in lex.words["generic_chain"]:
                self._grown(i)
        return [self.found[k] for k in sorted(self.found)]

    def _town(self, town: Place) -> None:
        start, end = self.tokens.starts[town.first], self.tokens.ends[town.last]
        bare = re.sub(r"(?:特色)?专业镇$|特色小镇$", "", town.key)
        bare = re.sub(r"(?:省级|市级|县级|国家级)?(?:重点)?$", "", bare)
        goods = bare
        if town.region is not None:
            for form in (town.region.name, town.region.short):
                goods = goods.removeprefix(form)
        # A nested region (阳泉郊区耐火材料) leaves its own name in front.
        aliases = tuple(dict.fromkeys(a for a in (bare, goods, goods + "专业镇") if len(a) >= 2))
        self.found[start] = ChainName(town.key, start, end, aliases, "town", "专业镇")

    def _before_tail(self, i: int) -> None:
        words, lex = self.tokens.words, self.lex
        tail = words[i]
        j = i - 1
        skipped = False
        counted = False
        while (
            j >= 0
            and i - j <= 12
            and (_SKIP.match(words[j]) or (self.tokens.tags[j] in ("m", "q") and j not in self.blocked))
            and words[j] not in ("。", "，")
        ):
            if words[j] in ("产业",) and j == i - 1 and tail in ("集群",):
                j -= 1
                continue
            counted = (
                counted
                or self.tokens.tags[j] in ("m", "q")
                or words[j] in ("等", "大")
                or words[j][:1] in "两二三四五六七八九十0123456789"
            )
            skipped = True
            j -= 1
        if j < 0:
            return
        if tail in _TAILS and not counted:
            return
        if skipped and not counted and words[j] not in lex.industries:
            return
        if skipped and counted and i - j > 1 and words[j] in "“”‘’，。；：）":
            return
        self._items(j, tail, tail if not skipped else "")

    def _items(self, end: int, cue: str, tail: str = "") -> None:
        """The members of a list that ends at word `end`, each an industry."""
        words = self.tokens.words
        n = 0
        while end >= 0 and n < 20:
            first = self._item_start(end)
            if first > end:
                return
            closing = tail if n == 0 else ""
            if not self._accept(first, end, cue, closing, n):
                return
            n += 1
            before = words[first - 1] if first > 0 else ""
            if before not in ("、", "和", "与", "及", "以及"):
                return
            end = first - 2

    def _item_start(self, end: int) -> int:
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        first = end + 1
        j = end
        while j >= 0 and end - j <= 7:
            word = words[j]
            if j in self.blocked or j in self.regions:
                break
            if is_mark(word):
                open_at = opening(self.tokens, j, 6)
                if open_at is None:
                    break
                first, j = open_at, open_at - 1
                continue
            if word in lex.industries:
                first = j
                j -= 1
                continue
            if (word in lex.words["break_word"] and word not in lex.words["work_word"]) or word in lex.words[
                "stop_noun"
            ]:
                break
            if tags[j] in (
                "p",
                "c",
                "uj",
                "ul",
                "u",
                "uv",
                "r",
                "m",
                "q",
                "t",
                "f",
                "y",
                "d",
                "mq",
                "zg",
                "i",
            ) or is_number(word):
                break
            if tags[j] == "v" and lex.jieba.has_word(word) and word not in lex.words["work_word"]:
                break
            first = j
            j -= 1
        while first <= end and words[first] in lex.words["chain_lead"]:
            first += 1
        return first

    def _accept(self, first: int, end: int, cue: str, tail: str, n: int) -> bool:
        words, lex = self.tokens.words, self.lex
        start, stop = self.tokens.starts[first], self.tokens.ends[end]
        name = self.tokens.text[start:stop].strip("“”‘’")
        if not 2 <= len(name) <= 16 and name not in lex.industries:
            return False
        full = name + tail
        generic = lex.words["generic_chain"]
        if (
            full in generic
            or name in generic
            or (name in lex.words["generic"] and not (tail and name in lex.industries))
        ):
            return False
        known = name in lex.industries or any(words[k] in lex.industries for k in range(first, end + 1))
        shaped = bool(_ENDING.search(name))
        if (
            not known
            and not shaped
            and not (
                tail in ("产业链", "产业集群", "产业")
                and len(name) >= 2
                and all(
                    self.tokens.tags[k] in ("n", "nz", "vn", "j", "b", "nr", "l", "ns") for k in range(first, end + 1)
                )
                and not any(words[k] in lex.words["generic"] for k in range(first, end + 1))
            )
        ):
            return False
        aliases = {name, re.sub(r"(?:产业链|产业集群|产业|行业|集群)$", "", name)}
        if tail and tail not in _TAILS:
            aliases.add(name + tail)
        if not name.endswith(("业", "产业", "经济")):
            aliases.add(name + "产业")
        aliases.discard(name)
        kind = "cluster" if tail in _CLUSTER or cue in _CLUSTER else "chain"
        self.found.setdefault(start, ChainName(name, start, stop, tuple(sorted(aliases)), kind, cue))
        return True

    def _after_verb(self, verb: int) -> None:
        """发展、培育、布局 … and the list of industries behind it."""
        words, lex = self.tokens.words, self.lex
        j = verb + 1
        while j < len(words) and (
            words[j] in lex.words["chain_verb_follower"]
            or words[j] in lex.words["chain_verb"]
            or self.tokens.tags[j] in ("ul",)
        ):
            j += 1
        n = 0
        while j < len(words) and n < 20:
            end = j - 1
            k = j
            while (
                k < len(words)
                and k - j <= 5
                and k not in self.blocked
                and not is_mark(words[k])
                and words[k] not in ("和", "与", "等", "及", "以及", "的")
                and words[k] not in lex.words["chain_tail"]
                and (words[k] in lex.industries or words[k] not in lex.words["break_word"])
            ):
                end = k
                k += 1
            if end < j:
                return
            name = self.tokens.text[self.tokens.starts[j] : self.tokens.ends[end]]
            whole = name in lex.industries or (
                words[end] in lex.industries
                and all(words[x] in lex.industries or words[x] in lex.words["chain_prefix"] for x in range(j, end + 1))
            )
            listed = k < len(words) and words[k] in ("、", "等", "和")
            if (
                whole
                or (n > 0 and _ENDING.search(name) and len(name) <= 10)
                or (listed and words[j] in lex.industries and _ENDING.search(name))
            ):
                if not self._accept(j, end, words[verb], "", n):
                    return
            else:
                return
            n += 1
            if k >= len(words) or words[k] not in ("、", "和", "与"):
                return
            j = k + 1

    def _subject(self, verb: int) -> None:
        """X是…主导产业, X已成为…支柱产业."""
        after = self.tokens.text[self.tokens.ends[verb] : self.tokens.ends[verb] + 26]
        clause = re.split(r"[，。；\n]", after, maxsplit=1)[0]
        if not re.search(
            r"(?:主导|支柱|优势|特色|头号|首位|看家|传统优势|战略|拳头|当家|名片|新兴)产业|传统优势|支柱|主导产业|产业之一",
            clause,
        ):
            return
        j = verb - 1
        while j >= 0 and words_in(self.tokens.words[j], ("已", "已经", "现已", "正", "一直", "也", "更")):
            j -= 1
        if j >= 0 and self.tokens.words[j] in self.lex.words["chain_tail"]:
            self._before_tail(j)
        elif j >= 0:
            self._items(j, "是")

    def _grown(self, i: int) -> None:
        """装备制造业增长18.4%: an industry whose growth is told."""
        after = self.tokens.text[self.tokens.ends[i] : self.tokens.ends[i] + 6]
        if re.match(r"(?:增加值|产值)?(?:同比|比上年)?(?:增长|下降|加快)", after) and len(self.tokens.words[i]) >= 3:
            first = self._item_start(i)
            if first <= i:
                self._accept(first, i, "增长", "", 0)


def words_in(word: str, of: tuple[str, ...]) -> bool:
    return word in of


def find_chains(
    tokens: Tokens, lex: Lexicon, places: list[Place], book: FirmBook, works: list[Work]
) -> list[ChainName]:
    """Industries, chains, clusters and specialty towns, in text order."""
    return ChainFinder(tokens, lex, places, book, works).find()
