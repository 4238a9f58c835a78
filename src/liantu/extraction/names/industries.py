"""Industries, chains and clusters in the text."""

from __future__ import annotations

import re
from dataclasses import replace

from .firm_book import FirmBook
from .industries_told import told_industries
from .industry_cues import (
    CLUSTER,
    COUNTED_FIRMS,
    ENDING,
    GOODS_OF,
    GROWN,
    LINKS,
    LISTED_TAILS,
    OWN_TAIL,
    PREDICATE,
    SAID_TO_BE,
    SKIP,
    STILL,
    TOLD_AFTER,
)
from .industry_reader import ChainName, IndustryReader
from .lexicon import Lexicon
from .places import Place
from .spans import is_mark
from .tokens import Tokens
from .work_base import Work


class ChainFinder(IndustryReader):
    """Finds the industries of one document."""

    _verbs_end = 0  # the word behind the row of verbs looked at last

    def find(self) -> list[ChainName]:
        words, lex, text = self.tokens.words, self.lex, self.tokens.text
        for town in self.towns:
            self._town(town)
        chain_tails, class_tails, verbs = lex.words["chain_tail"], lex.words["class_tail"], lex.words["chain_verb"]
        listed = lex.words["listed_tail"]
        for i in self.tokens.spots["chain"]:
            if i in self.blocked:
                continue
            word = words[i]
            if word in class_tails:
                self._before_tail(i, True)
                self._after_class(i)
            elif word in chain_tails or word in listed:
                self._before_tail(i, False)
                if i + 1 < len(words) and words[i + 1] == "：":
                    self._after_class(i)
            elif word in lex.words["town_tail"]:
                self._before_tail(i, True)
            elif word in verbs:
                self._after_verb(i)
            elif word == "为":
                if SAID_TO_BE.match(text[self.tokens.starts[i] : self.tokens.starts[i] + 14]):
                    self._items(i - 1, "以为")
            elif word in lex.words["copula"]:
                self._subject(i)
            elif word in lex.industries:
                self._standing(i)
        self._told()
        self._small_towns()
        return [self.found[k] for k in sorted(self.found)]

    def _told(self) -> None:
        """What the shape of a sentence tells to be an industry, where no name found so far stands."""
        ends = sorted((c.start, c.end) for c in self.found.values())
        for start, end, cue in told_industries(self.tokens.text, self.lex):
            first, last = self.tokens.at(start), self.tokens.at(end - 1)
            taken = any(low < end and start < high for low, high in ends)
            if not taken and not self.blocked & {first, last} and first not in self.regions:
                self.enter(self.tokens.text[start:end], start, end, cue)

    def _small_towns(self) -> None:
        """柯桥蓝印时尚小镇 in a text on 特色小镇: a town of one trade, told by the name it was founded under."""
        text = self.tokens.text
        if "特色小镇" not in text:
            return
        for match in _SMALL_TOWN.finditer(text):
            last = self.tokens.at(match.start())
            if self.tokens.starts[last] != match.start() or last == 0:
                continue
            first = self._town_start(last - 1)
            start, stop = self.tokens.starts[first], match.end()
            name = text[start:stop]
            if first < last and 5 <= len(name) <= 12 and not _SORT_OF_TOWN.search(name):
                self.found.setdefault(start, ChainName(name, start, stop, (name[:-2],), "town", "小镇"))

    def _town_start(self, end: int) -> int:
        """First word of the name of a small town whose last word before 小镇 is `end`; past `end` where there is none."""
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        k = end
        while k >= 0 and end - k < 4 and tags[k][0] in "nbjva" and not is_mark(words[k]):
            if (
                words[k] in lex.words["break_word"]
                or words[k] in lex.words["stop_noun"]
                or words[k] in lex.words["chain_lead"]
            ):
                break
            k -= 1
            if k + 1 in self.regions:
                break
        return k + 1

    def _town(self, town: Place) -> None:
        start, end = self.tokens.starts[town.first], self.tokens.ends[town.last]
        bare = re.sub(r"(?:特色)?专业镇$|特色小镇$", "", town.key)
        bare = re.sub(r"(?:省级|市级|县级|国家级)?(?:重点)?$", "", bare)
        goods = bare
        if town.region is not None:
            for form in (town.region.name, town.region.short):
                goods = goods.removeprefix(form)
        if not goods or goods in self.lex.words["generic"]:
            return  # 绍兴市特色小镇 are towns of all sorts
        aliases = tuple(dict.fromkeys(a for a in (bare, goods, goods + "专业镇") if len(a) >= 2))
        self.found[start] = ChainName(town.key, start, end, aliases, "town", "专业镇")

    def _standing(self, i: int) -> None:
        """An industry that the sentence speaks of as being there: 氢能产业, 稀土产值, 不锈钢加工企业160家, 杂粮之都."""
        words, lex, text = self.tokens.words, self.lex, self.tokens.text
        word = words[i]
        if word in lex.words["generic_chain"]:
            return
        start, end = self.tokens.starts[i], self.tokens.ends[i]
        after = text[end : end + 16]
        if after[:1] in "园区带圈":
            return
        opens = start == 0 or text[start - 1] in "\n。"
        if word.endswith("经济") or (opens and after.startswith("：")) or (OWN_TAIL.search(word) and len(word) >= 3):
            self._items(i, "产业")
        elif (
            TOLD_AFTER.match(after)
            or (after.startswith("企业") and COUNTED_FIRMS.search(text[max(0, start - 6) : start]))
            or (word.endswith("业") and len(word) >= 3 and GROWN.match(after))
        ):
            self._items(i, "有")
        elif after.startswith("企业") or after[:4] in ("加工企业", "制造企业"):
            first = self._item_start(i)
            at = self.tokens.starts[first] if first <= i else start
            if COUNTED_FIRMS.search(text[max(0, at - 6) : at]):
                self._items(i, "有")

    def _before_tail(self, i: int, of_class: bool) -> None:
        """A、B、C(等N条…)产业链: what stands before a word that closes an industry or a list of them."""
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        tail = words[i]
        grouped = words[i + 1] == "化" and tail in CLUSTER and "等" in words[max(0, i - 2) : i]
        if (words[i + 1] in ("式", "化", "类") and not grouped) or words[i - 1] == "类":
            return  # 集群式发展, 制造业类专业镇
        j = i - 1
        skipped = of_class
        counted = False
        while j >= 0 and i - j <= 12 and (SKIP.match(words[j]) or (tags[j] in ("m", "q") and j not in self.blocked)):
            if words[j] == "产业" and j == i - 1 and tail == "集群":
                j -= 1
                continue
            counted = (
                counted
                or tags[j] in ("m", "q")
                or words[j] in ("等", "大", "这", "这一", "这个", "这些", "这两", "这几")
                or words[j][:1] in "两二三四五六七八九十0123456789"
            )
            skipped = True
            j -= 1
        if j < 0 or (tail in LISTED_TAILS and not counted):
            return
        if skipped and not counted and words[j] not in lex.industries:
            return
        if words[j] in "，。；：":
            return
        is_town = tail in lex.words["town_tail"]
        self._items(j, tail, tail if not skipped or is_town else "", is_town, of_class, "等" in words[j + 1 : i])

    def _after_class(self, i: int) -> None:
        """主导产业：A与B; 主导产业光机电."""
        words = self.tokens.words
        j = i + 1
        while j < len(words) and words[j] in ("”", "的") and words[i - 1] in "“":
            j += 1  # “首位产业”的汽车
        if j < len(words) and (words[j] in ("：", "为", "是", "有", "包括", "即") or words[j] in self.lex.industries):
            self._forward(j if words[j] in self.lex.industries else j + 1, "主导产业")

    def _items(
        self, end: int, cue: str, tail: str = "", town: bool = False, of_class: bool = False, listed: bool = False
    ) -> None:
        """The members of a list that ends at word `end`, each an industry."""
        words = self.tokens.words
        for n in range(20):
            first = self._item_start(end, town)
            held = first <= end and self._accept(
                first, end, cue, tail if n == 0 or town else "", town, of_class and (n > 0 or listed)
            )
            if not held:
                # Of a list that 等 closes, the last may be no industry: 食品加工、木材加工、牡丹生产等产业集群.
                comma = next((k for k in range(end, max(0, end - 4), -1) if words[k] == "、"), 0)
                if n or not listed or not comma or cue in LISTED_TAILS:
                    return
                end = comma - 1
                continue
            before = first - 1
            if before in self.place_first:
                before = self.place_first[before] - 1  # 阳谷化工新材料、莘县绿色食品加工: each with its own place
            if before < 1 or words[before] not in LINKS:
                return
            end = before - 1

    def _after_verb(self, verb: int) -> None:
        """发展、培育、布局 … and the list of industries behind it."""
        words, lex = self.tokens.words, self.lex
        if verb > 0 and words[verb - 1] in GOODS_OF:
            return
        if verb >= self._verbs_end:  # the verbs of one row (做大做强) all lead to what stands behind the last
            j = verb + 1
            while j < len(words) and (
                words[j] in lex.words["chain_verb_follower"]
                or words[j] in lex.words["chain_verb"]
                or self.tokens.tags[j] == "ul"
            ):
                j += 1
            self._verbs_end = j
        self._forward(self._verbs_end, words[verb])

    def _forward(self, j: int, cue: str) -> None:
        """A list of industries that begins at word `j`."""
        words, lex = self.tokens.words, self.lex
        n = 0
        while j < len(words) and n < 20:
            end = j - 1
            k = j
            while (
                k < len(words)
                and k - j <= 5
                and k not in self.blocked
                and not is_mark(words[k])
                and words[k] not in (*LINKS, "等", "的")
                and words[k] not in lex.words["chain_tail"]
                and words[k] not in lex.words["class_tail"]
                and self.tokens.tags[k] not in ("m", "mq", "q")
                and (words[k] in lex.industries or words[k] not in lex.words["break_word"])
            ):
                end = k
                k += 1
            if end < j:
                return
            name = self.tokens.text[self.tokens.starts[j] : self.tokens.ends[end]]
            row = range(j, end + 1)
            whole = name in lex.industries or (
                words[end] in lex.industries
                and all(words[x] in lex.industries or words[x] in lex.words["chain_prefix"] for x in row)
            )
            listed = k < len(words) and words[k] in ("、", "等", "和")
            shaped = bool(ENDING.search(name)) and len(name) <= 10
            if not (whole or (shaped and (n > 0 or (listed and words[j] in lex.industries)))):
                # 发展文旅产业: the tail's own rule reads it; 发展低空经济新模式: the first word alone is the industry.
                tailed = any(w in lex.words["chain_tail"] for w in words[j + 1 : j + 5])
                if words[j] in lex.industries and n == 0 and not tailed and (len(words[j]) >= 4 or cue == "主导产业"):
                    self._accept(j, j, cue, "")
                return
            if not self._accept(j, end, cue, ""):
                return
            n += 1
            if k >= len(words) or words[k] not in LINKS[:3]:
                return
            j = k + 1

    def _subject(self, verb: int) -> None:
        """X是…主导产业, X已成为…支柱产业."""
        after = self.tokens.text[self.tokens.ends[verb] : self.tokens.ends[verb] + 26]
        if not PREDICATE.search(re.split(r"[，。；\n]", after, maxsplit=1)[0]):
            return
        j = verb - 1
        while j >= 0 and self.tokens.words[j] in STILL:
            j -= 1
        if j >= 0 and self.tokens.words[j] in self.lex.words["chain_tail"]:
            self._before_tail(j, False)
        elif j >= 0:
            self._items(j, "是")


def find_chains(
    tokens: Tokens, lex: Lexicon, places: list[Place], book: FirmBook, works: list[Work]
) -> list[ChainName]:
    """Industries, chains, clusters and specialty towns, in text order."""
    found = ChainFinder(tokens, lex, places, book, works).find()
    return [_without_counter(tokens.text, c) for c in found if not _only_counted(tokens.text, c)]


_SMALL_TOWN = re.compile("小镇")
_SORT_OF_TOWN = re.compile(
    r"(?:特色|[类级个座批的]|培育|创建|示范|命名|省级|重点|优秀|典型|建设|规划|此|该|这|这个)小镇$"
)
_COUNT_BEFORE = re.compile(r"等(?:\d+|[一二两三四五六七八九十]+)[条个大]$")
_SORT_AFTER = re.compile(r"(?:重点|主导|优势|特色|标志性|关键)(?:产业链|产业集群|产业)")
_CLASS_OF_TOWNS = re.compile(r"(?:特色|优势|重点|[省市县]级|产业|集群|一批)*专业镇")
# 园区产业, 五大特色产业, 全面推行产业链…: where, how many, what is done.
_NO_INDUSTRY = re.compile(
    r".*(?:园区|产业园|开发区|经济区|乡镇|[县市]区)(?:产业)?|[\d一二三四五六七八九十]+大[^，。；]{0,6}(?:产业|集群)?|(?:全面|深入|大力|加快|积极|着力|持续)(?:推行|实施|推进|开展|落实|落地)"
)
_PLAIN_PLACE = re.compile(
    r"(?:地区|[东西南北中]部|[皖苏浙鲁豫鄂湘赣粤桂川黔滇陕甘冀晋辽吉黑闽]?[东西南北中]?(?:地区))$"
)


def _only_counted(text: str, chain: ChainName) -> bool:
    """Whether the words only sort what is counted (…等6条制造业重点产业链), or name a part of the country."""
    if _PLAIN_PLACE.search(chain.name) or _CLASS_OF_TOWNS.fullmatch(chain.name) or _NO_INDUSTRY.fullmatch(chain.name):
        return True
    return bool(_COUNT_BEFORE.search(text, max(0, chain.start - 8), chain.start) and _SORT_AFTER.match(text, chain.end))


def _without_counter(text: str, chain: ChainName) -> ChainName:
    """6条制造业重点产业链 counts 制造业 chains: the counter is no part of the name."""
    counted = chain.name[:1] in ("条", "个", "大", "类") and len(chain.name) > 2
    if counted and text[chain.start - 1 : chain.start] in "0123456789一二三四五六七八九十两":
        return replace(chain, name=chain.name[1:], start=chain.start + 1)
    return chain
