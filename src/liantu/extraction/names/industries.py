"""Industries, chains and clusters in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .firm_book import FirmBook
from .lexicon import Lexicon
from .places import Place
from .spans import is_mark, is_number, opening
from .tokens import Tokens
from .work_base import Work


@dataclass(slots=True)
class ChainName:
    """An industry named at clean [start, end)."""

    name: str
    start: int
    end: int
    aliases: tuple[str, ...] = ()
    kind: str = "chain"  # chain, cluster, town
    cue: str = ""  # what in the text makes it one: the tail or the verb


_CLUSTER = frozenset({"产业集群", "制造业集群", "集群"})
_LISTED_TAILS = frozenset(
    {"领域", "板块", "赛道", "支柱"}
)  # close a list of industries only when they are counted or 等 leads
_OWN_TAIL = re.compile(r"(?:产业|产业链|产业集群|行业|经济)$")
_BARE = re.compile(r"(?:全产业链|产业链|产业集群|产业|行业|集群)$")
_SKIP = re.compile(
    r"^(?:[两二三四五六七八九十0-9一多几]+(?:大|条|个|类|种)?|[大条个类等的级、万亿千]|优势|特色|主导|支柱|新兴|传统|重点|战略性|未来"
    r"|百亿级|千亿级|万亿级|[百千]亿|亿元|现代|先进|高端|(?:省级|市级|县级|国家级)重点|省级|市级|国家级|县级|工业|专业化|具有|发展|基础|成长|潜力|为代表|标志性|重要|核心"
    r"|关键|为主|主要|富民|农业|乡村|产业|朝阳|首位|培育|[一两二三四五六七八九十]大)$"
)
_ENDING = re.compile(
    r"(?:制造|加工|装备|材料|业|经济|服务|金融|物流|医药|电子|能源|旅游|康养|化工|汽车|电池|锻造|铸造|医疗|健康|制品|合金|半导体|芯片|食品|纺织"
    r"|冶金|航空|航天|信息|数据|智能|生物|环保|建材|机械|器械|文旅|光伏|储能|氢能|机器人|家居|服装|造纸|设备|交通|商务|娱乐|创意|休闲|塑料"
    r"|钢|纤维|法兰|酒|醋|茶|果|菜|药材|玻璃|陶瓷|电器|终端|传感器|芯|链条)$"
)
# What is told of an industry that is there: its firms counted, its output, its fame.
_TOLD_AFTER = re.compile(
    r"^(?:产业)?(?:链)?(?:上)?(?:规上|规模以上|链上|加工|制造|配套|及配套)*企业[^，。；、]{0,6}\d"
    r"|^(?:产业|全产业链)?(?:实现|完成)?(?:总)?(?:产值|营收|营业收入|销售额|销售收入|产业规模)|^之[都乡]|^名城|^大[市县省]"
)
_COUNTED_FIRMS = re.compile(r"(?:\d|[一二三四五六七八九十百千])(?:多|余)?[家户个](?:规上|规模以上)?$")
_GROWN = re.compile(r"^(?:增加值|产值|投资)?(?:同比|比上年)?(?:增长|下降|加快)")
_PREDICATE = re.compile(
    r"(?:主导|支柱|优势|特色|头号|首位|看家|传统优势|战略|拳头|当家|名片|新兴|先导)产业|传统优势|产业之一"
)
_SAID_TO_BE = re.compile(
    r"^(?:为)?(?:[一两二三四五六七八九十]大)?(?:[^，。；]{0,4})?(?:主导|支柱|主攻|重点|特色|龙头|首位|核心产业|拳头)"
)
_ABOUT_INDUSTRY = re.compile(
    r"协同|联动|转型|升级|互补|结构|基础|布局|体系|政策|园|工人|项目|基金|合作|融合|大脑|数字化|链接|承接|转移|配套|工程|创新|振兴|扶贫|帮扶|协作|对接|化|引导|集聚|空间|规划|领域|服务|联盟|技术|研究|学院|人才|组织|资源"
)
# 新能源产业基金, 光伏产业园: the industry only qualifies what follows.
_NO_CHAIN_AFTER = re.compile(r"^(?:产业)?(?:基金|学院|专项|研究院|协会|大会|论坛|博览会|展|职业|专班)")
_SINGLE = frozenset("钛铜铝镁锂钢煤酒茶菌药竹瓷醋梨枣橙牛羊猪鱼虾蟹丝棉纸鞋表锁盐硅钨锡锌镍氢碳糖稻麦薯参蜂花玉")
_NO_INDUSTRY = frozenset(
    {
        "战略",
        "市委",
        "书记",
        "目标",
        "行动",
        "计划",
        "城市",
        "区域",
        "空间",
        "环境",
        "市场",
        "资源",
        "人才",
        "资本",
        "土地",
    }
)
_LINKS = ("、", "和", "与", "及", "以及")
_CLOSED = frozenset({"p", "c", "uj", "ul", "u", "uv", "r", "m", "q", "t", "f", "y", "d", "mq", "zg", "i"})


class ChainFinder:
    """Finds the industries of one document."""

    def __init__(self, tokens: Tokens, lex: Lexicon, places: list[Place], book: FirmBook, works: list[Work]) -> None:
        self.tokens, self.lex = tokens, lex
        self.blocked = {k for w in works for k in range(w.first, w.last + 1)}
        self.blocked |= {k for s in book.spans for k in range(s.first, s.last + 1)}
        self.towns = [p for p in places if p.kind == "town"]
        self.blocked |= {k for p in places if p.kind == "zone" for k in range(p.first, p.last + 1)}
        self.regions = {k for p in places if p.kind == "region" for k in range(p.first, p.last + 1)}
        self.found: dict[int, ChainName] = {}

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
                if _SAID_TO_BE.match(text[self.tokens.starts[i] : self.tokens.starts[i] + 14]):
                    self._items(i - 1, "以为")
            elif word in lex.words["copula"]:
                self._subject(i)
            elif word in lex.industries:
                self._standing(i)
        return [self.found[k] for k in sorted(self.found)]

    def _town(self, town: Place) -> None:
        start, end = self.tokens.starts[town.first], self.tokens.ends[town.last]
        bare = re.sub(r"(?:特色)?专业镇$|特色小镇$", "", town.key)
        bare = re.sub(r"(?:省级|市级|县级|国家级)?(?:重点)?$", "", bare)
        goods = bare
        if town.region is not None:
            for form in (town.region.name, town.region.short):
                goods = goods.removeprefix(form)
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
        opens = start == 0 or text[start - 1] in "\n。"
        if word.endswith("经济") or (opens and after.startswith("：")) or (_OWN_TAIL.search(word) and len(word) > 3):
            self._items(i, "产业")
        elif (
            _TOLD_AFTER.match(after)
            or (after.startswith("企业") and _COUNTED_FIRMS.search(text[max(0, start - 6) : start]))
            or (word.endswith("业") and len(word) >= 3 and _GROWN.match(after))
        ):
            self._items(i, "有")
        elif after.startswith("企业") or after[:4] in ("加工企业", "制造企业"):
            first = self._item_start(i)
            at = self.tokens.starts[first] if first <= i else start
            if _COUNTED_FIRMS.search(text[max(0, at - 6) : at]):
                self._items(i, "有")

    def _before_tail(self, i: int, of_class: bool) -> None:
        """A、B、C(等N条…)产业链: what stands before a word that closes an industry or a list of them."""
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        tail = words[i]
        j = i - 1
        skipped = of_class
        counted = False
        while j >= 0 and i - j <= 12 and (_SKIP.match(words[j]) or (tags[j] in ("m", "q") and j not in self.blocked)):
            if words[j] == "产业" and j == i - 1 and tail == "集群":
                j -= 1
                continue
            counted = (
                counted
                or tags[j] in ("m", "q")
                or words[j] in ("等", "大")
                or words[j][:1] in "两二三四五六七八九十0123456789"
            )
            skipped = True
            j -= 1
        if j < 0 or (tail in _LISTED_TAILS and not counted):
            return
        if skipped and not counted and words[j] not in lex.industries:
            return
        if words[j] in "，。；：":
            return
        is_town = tail in lex.words["town_tail"]
        self._items(j, tail, tail if not skipped or is_town else "", is_town, of_class)

    def _after_class(self, i: int) -> None:
        """主导产业：A与B; 主导产业光机电."""
        words = self.tokens.words
        j = i + 1
        if j < len(words) and (words[j] in ("：", "为", "是", "有", "包括", "即") or words[j] in self.lex.industries):
            self._forward(j if words[j] in self.lex.industries else j + 1, "主导产业")

    def _items(self, end: int, cue: str, tail: str = "", town: bool = False, of_class: bool = False) -> None:
        """The members of a list that ends at word `end`, each an industry."""
        words = self.tokens.words
        for n in range(20):
            first = self._item_start(end, town)
            if first > end or not self._accept(
                first, end, cue, tail if n == 0 or town else "", town, of_class and n > 0
            ):
                return
            if first < 2 or words[first - 1] not in _LINKS:
                return
            end = first - 2

    def _item_start(self, end: int, town: bool = False) -> int:
        """First word of the industry whose last word is `end`; past `end` when there is none."""
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        first = end + 1
        j = end
        while j >= 0 and end - j <= 7:
            word = words[j]
            if j in self.blocked or (j in self.regions and not town):
                break
            if is_mark(word):
                open_at = opening(self.tokens, j, 6)
                if open_at is None:
                    break
                first, j = open_at, open_at - 1
                continue
            if word in lex.industries or (town and j in self.regions):
                first = j
                j -= 1
                continue
            breaks = word in lex.words["break_word"] and word not in lex.words["work_word"]
            verb = tags[j] == "v" and lex.jieba.has_word(word) and word not in lex.words["work_word"]
            if breaks or verb or word in lex.words["stop_noun"] or tags[j] in _CLOSED or is_number(word):
                break
            first = j
            j -= 1
        while first <= end and words[first] in lex.words["chain_lead"]:
            first += 1
        return first

    def _accept(self, first: int, end: int, cue: str, tail: str, town: bool = False, beside: bool = False) -> bool:
        """Enter the industry of words `first` … `end` if it is one; say whether."""
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        start, stop = self.tokens.starts[first], self.tokens.ends[end]
        name = self.tokens.text[start:stop].strip("“”‘’")
        if _NO_CHAIN_AFTER.match(self.tokens.text[stop : stop + 8]):
            return False
        if (
            not 2 <= len(name) <= 16
            and name not in lex.industries
            and not (name in _SINGLE and tail in lex.words["chain_tail"])
        ):
            return False
        generic = lex.words["generic_chain"]
        if name + tail in generic or name in generic or (name in lex.words["generic"] and name not in lex.industries):
            return False
        known = name in lex.industries or any(words[k] in lex.industries for k in range(first, end + 1))
        if not known and not _ENDING.search(name) and not (name in _SINGLE and tail):
            nouns = all(tags[k] in ("n", "nz", "vn", "j", "b", "nr", "l", "ns") for k in range(first, end + 1))
            plain = any(
                words[k] in lex.words["generic"] or words[k] in lex.words["work_word"] for k in range(first, end + 1)
            )
            told = (
                tail == "产业" and len(name) <= 5 and not _ABOUT_INDUSTRY.match(self.tokens.text[stop + 2 : stop + 6])
            )
            closes = beside or town or tail in ("产业链", "产业集群") or told
            plain = plain or any(
                words[k] in lex.words["person_title"] or words[k] in _NO_INDUSTRY for k in range(first, end + 1)
            )
            if not nouns or plain or not closes:
                return False
        aliases = {name, _BARE.sub("", name)}
        stem = _BARE.sub("", name)
        if stem != name and len(stem) >= 2 and stem in lex.industries:
            name = stem  # 光伏产业链 goes by 光伏; its other forms are aliases
        if tail and tail not in _LISTED_TAILS:
            aliases.add(name + tail)
        if not name.endswith(("业", "产业", "经济")):
            aliases.add(name + "产业")
        aliases -= {name, ""}
        kind = "town" if town else "cluster" if tail in _CLUSTER or cue in _CLUSTER else "chain"
        self.found.setdefault(start, ChainName(name, start, stop, tuple(sorted(aliases)), kind, cue))
        return True

    def _after_verb(self, verb: int) -> None:
        """发展、培育、布局 … and the list of industries behind it."""
        words, lex = self.tokens.words, self.lex
        j = verb + 1
        while j < len(words) and (
            words[j] in lex.words["chain_verb_follower"]
            or words[j] in lex.words["chain_verb"]
            or self.tokens.tags[j] == "ul"
        ):
            j += 1
        self._forward(j, words[verb])

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
                and words[k] not in (*_LINKS, "等", "的")
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
            shaped = bool(_ENDING.search(name)) and len(name) <= 10
            if not (whole or (shaped and (n > 0 or (listed and words[j] in lex.industries)))):
                # 发展文旅产业: the tail's own rule reads it; 发展低空经济新模式: the first word alone is the industry.
                if words[j] in lex.industries and n == 0 and (len(words[j]) >= 4 or cue == "主导产业"):
                    self._accept(j, j, cue, "")
                return
            if not self._accept(j, end, cue, ""):
                return
            n += 1
            if k >= len(words) or words[k] not in _LINKS[:3]:
                return
            j = k + 1

    def _subject(self, verb: int) -> None:
        """X是…主导产业, X已成为…支柱产业."""
        after = self.tokens.text[self.tokens.ends[verb] : self.tokens.ends[verb] + 26]
        if not _PREDICATE.search(re.split(r"[，。；\n]", after, maxsplit=1)[0]):
            return
        j = verb - 1
        while j >= 0 and self.tokens.words[j] in ("已", "已经", "现已", "正", "一直", "也", "更"):
            j -= 1
        if j >= 0 and self.tokens.words[j] in self.lex.words["chain_tail"]:
            self._before_tail(j, False)
        elif j >= 0:
            self._items(j, "是")


def find_chains(
    tokens: Tokens, lex: Lexicon, places: list[Place], book: FirmBook, works: list[Work]
) -> list[ChainName]:
    """Industries, chains, clusters and specialty towns, in text order."""
    return [_without_counter(tokens.text, c) for c in ChainFinder(tokens, lex, places, book, works).find()]


def _without_counter(text: str, chain: ChainName) -> ChainName:
    """6条制造业重点产业链 counts 制造业 chains: the counter is no part of the name."""
    counted = chain.name[:1] in ("条", "个", "大", "类") and len(chain.name) > 2
    if counted and text[chain.start - 1 : chain.start] in "0123456789一二三四五六七八九十两":
        return replace(chain, name=chain.name[1:], start=chain.start + 1)
    return chain
