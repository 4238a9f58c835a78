"""Short names of enterprises that no form gives away, weighed by where they stand and what is said of them.

Each candidate ends right before a cue (投资3亿元, 牵头, 承建, 负责人 …) or with a trade word (汽车, 食品, 新能源). What
bounds it on the left, what its brand is made of, what follows it and whether the text says it again each bear
witness; a candidate with witness enough is an enterprise.
"""

from __future__ import annotations

import re

from .firm_book import FirmBook, FirmSpan
from .firm_names import ALSO_ADJECTIVES, TRADE_TAIL, closes_firm
from .lexicon import Lexicon
from .places import Place
from .spans import is_mark, is_number, is_proper
from .tokens import Tokens
from .work_base import PLAIN_HEADS

ENOUGH = 4.0
"""Witness a candidate needs; two thirds of what the clearest names bear (found on the developing documents)."""

# What only an enterprise does or has, right behind its name.
_ACTS = re.compile(
    r"(?:计划|拟|将|已|累计|再|又|先后|去年|今年|率先|独家)?"
    r"(?:总?投资(?:\d|建设|新建|的|约|近|超)|出资|投建|斥资|承建|牵头|控股|独资|参股|代工|挂牌上市|中标|拿下"
    r"|的?(?:负责人|董事长|总经理|副总|创始人|车间主任|厂长|总工程师|首席|制片主任|技术总监|销售总监|工程师|老板)"
    r"|便是(?:一例|其中)|就是(?:一例|其中)|(?:生产|研发|自主研发|研制|自主研制)的|出口[^，。；]{0,4}\d|按\d+(?:\.\d+)?%"
    r"|(?:去年|今年|全年|上半年|前[一二三]季度|当年)?(?:实现)?(?:年)?(?:营业收入|营收|销售收入|销售额|销售)[^，。；]{0,4}\d"
    r"|在[^，。；]{1,8}(?:建设|投资|落户|设立|布局|新建|建成|建厂)|(?:扩产|增资|复产|迁建|落户|入驻)(?!项目|工程|的|后|企业))"
)
_ACT_STARTS = re.compile(
    r"计划|拟|将|已|累计|再|又|先后|去年|今年|率先|独家|总?投资|出资|投建|斥资|承建|牵头|控股|独资|参股|代工|挂牌|中标|拿下"
    r"|的?(?:负责人|董事长|总经理|副总|创始人|车间主任|厂长|总工程师|首席|制片|技术总监|销售总监|工程师|老板)"
    r"|便是|就是|生产的|研发的|自主研|研制的|出口|按\d|全年|上半年|前[一二三]季|当年|实现|年?营业收入|营收|年?销售|扩产|增资|复产|迁建"
    r"|落户|入驻|在[^，。；]{1,8}(?:建设|投资|落户|设立|布局|新建|建成|建厂)"
)
_OWNS = re.compile(
    r"的?(?:[^，。；、的]{0,9}?)(?:生产线|产线|车间|工厂|厂房|厂区|展厅|展柜|展台|产品|订单|仓库|工程师|研发团队|实验室|项目|工程|基地)"
)
_OWNED = re.compile(r"的(?=[^，。；、的]{2,16}(?:生产线|产线|车间|工厂|项目|工程|基地|展厅|展柜|展台))")
# 另一家是溧阳的X，, 隔壁的X，: somebody of a kind is brought in.
_BROUGHT_IN = re.compile(
    r"(?:[一二两三]家是|[一二两三]个是|比如|例如|隔壁|附近|相邻)[^，。；\n]{0,6}?的?[^，。；\n的]{3,9}(?=[，。：])"
)
_BROUGHT_IN_BEFORE = re.compile(r"(?:[一二两三]家是|[一二两三]个是|比如|例如|隔壁|附近|相邻)[^，。；\n]{0,6}?的?$")
_WITH = re.compile(r"(?:(?:作为?|做)?(?:合作伙伴|战略投资者)|合作|共同|联合|合资|签约|签订|携手|联手|共建|各占|分别)")
_PORTRAIT = re.compile(
    r"[。：](?:[^。；\n]{0,16}(?:企业|公司|集团|上市)|(?:自主|主营|主要生产|成立于|专注|创办|始建|拥有|(?:年产|产品|在手订单|去年|今年)))"
)
_PORTRAIT_LINE = re.compile(r"(?:^|\n)[^\n。：，；]{2,16}(?=[。：])")
_BACK = ("这家企业", "这家公司", "该企业", "该公司")
_TITLED = re.compile(
    r"(?:书记|市长|县长|区长|局长|主任|部长|董事长|总经理|记者|通讯员|院长|校长|教授|主席|经理|先生|女士|镇长|厂长)[\s：]?$"
)
_MADE = re.compile(
    r"(?:年产|日产|生产|制造|加工|销售|采购|发展|培育|壮大|做强|做大|做优|推广|聚焦|布局|围绕|种植)[^，。；、]{0,2}$"
)

# Words before a name that show an enterprise is coming, with what they witness.
_LEADS = {
    **dict.fromkeys(("与", "和", "同", "为", "是", "以", "让", "使", "对", "向", "据", "及"), 1.0),
    **dict.fromkeys(("依托", "联手", "携手", "牵手", "对接", "依靠", "来自", "来到", "走进"), 1.5),
    **dict.fromkeys(
        ("由", "旗下", "引进", "引入", "引来", "业主", "龙头", "链主", "投资方", "隔壁", "子公司", "母公司"), 2.0
    ),
    **dict.fromkeys(("企业", "公司", "客商", "厂家", "龙头企业", "链主企业", "骨干企业", "民营企业"), 2.5),
}
_BOUNDARY_TAGS = frozenset({"p", "c", "uj", "ul", "u", "r", "t", "f", "d", "m", "q", "mq", "y", "x", "uz"})
_SINGLE_TAGS = frozenset({"ns", "nr", "nz", "j", "g", "ng", "vg", "ag", "zg", "nrfg", "n", "b", "a", "v"})
_NO_BRAND = (
    "generic",
    "stop_noun",
    "zone_tail",
    "town_tail",
    "organisation_tail",
    "person_title",
    "break_word",
    "class_noun",
    "chain_tail",
    "deictic",
    "class_tail",
    "part_word",
    "step_word",
)
_NO_END = re.compile(
    r"^[一二三四五六七八九十]是|(?:相关|有关|政府|部门|财政|专班|书记|县|市|区|镇|乡|村|局|厅|委|办|院|会|处|站|所|校|省|部|团|队|组|户|人|者|长|园|们|山|岭|河|湖|路|业务|板块|行业|领域)$"
)


class FirmScorer:
    """Weighs the candidates of one document and enters those with witness enough."""

    def __init__(
        self, tokens: Tokens, lex: Lexicon, places: list[Place], organisations: list[Place], book: FirmBook
    ) -> None:
        self.tokens, self.lex, self.book = tokens, lex, book
        self.place_ends = {p.last: p for p in places if p.kind == "region"}
        self.held = {k for p in places if p.kind != "region" for k in range(p.first, p.last + 1)}
        self.held.update(k for o in organisations for k in range(o.first, o.last + 1))
        self.held.update(k for s in book.spans for k in range(s.first, s.last + 1))
        self._no_brand = frozenset().union(*(lex.words[kind] for kind in _NO_BRAND)) - lex.words["firm_word"]
        self._titled: dict[str, bool] = {}  # whether a name is said with a person's title somewhere

    def enter(self) -> None:
        """Enter every candidate with witness enough."""
        tokens, lex = self.tokens, self.lex
        ends = {
            i
            for i in tokens.spots["firm"]
            if lex.is_a(tokens.words[i], "firm_word") or TRADE_TAIL.search(tokens.words[i])
        }
        text, closing = tokens.text, {end: k for k, end in enumerate(tokens.ends) if tokens.words[k] != "\n"}
        for cue in (_ACT_STARTS, _OWNED):
            ends.update(closing[m.start()] for m in cue.finditer(text) if m.start() in closing)
        for cue in (_BROUGHT_IN, _PORTRAIT_LINE):
            ends.update(closing[m.end()] for m in cue.finditer(text) if m.end() in closing)
        ends.update(i for i in tokens.spots["firm"] if tokens.words[i] == "公司")
        for end in sorted(ends):
            word = tokens.words[end]
            if word in self._no_brand and word != "公司":
                continue
            if end in self.held or end in self.place_ends or (len(word) == 1 and is_mark(word)) or word[0].isdigit():
                continue
            first = self._weigh(end)
            if first is not None:
                self._take(first, end)

    def _take(self, first: int, last: int) -> None:
        tokens = self.tokens
        name = tokens.text[tokens.starts[first] : tokens.ends[last]]
        place = next((self.place_ends[k] for k in range(first, last) if k in self.place_ends), None)
        inner = {tokens.text[tokens.starts[place.last + 1] : tokens.ends[last]]} if place is not None else set()
        told_place = place is not None and place.first == first and tokens.words[place.last][-1] in "区县市旗镇"
        if place is not None and told_place and len(next(iter(inner))) >= 3:
            first, name, inner = (
                place.last + 1,
                next(iter(inner)),
                set(),
            )  # 天元区宏工智能: where it lies, then who it is
        inner |= {name.removesuffix("公司")}
        key = self.book.add(name, {f for f in inner if len(f) >= 3}, 0.7)
        self.book.spans.append(FirmSpan(key, first, last))
        self.held.update(range(first, last + 1))

    def _weigh(self, end: int) -> int | None:
        """First word of the name that ends with word `end`; None where the witness does not suffice."""
        tokens, lex, words = self.tokens, self.lex, self.tokens.words
        closes = closes_firm(words[end], lex) or TRADE_TAIL.search(words[end]) or words[end] == "公司"
        trade = words[end] if closes or words[end] in lex.industries else ""
        if not trade and (words[end] in self._no_brand or words[end] in lex.words["project_head"]):
            return None
        begin = self._begin(end)
        if begin is None:
            return None
        first, brand = begin, begin
        for k in range(first, end + 1):
            if k in self.place_ends and self.place_ends[k].first == brand:
                brand = k + 1
        core = range(brand, end if trade else end + 1)
        name = tokens.text[tokens.starts[first] : tokens.ends[end]]
        if (
            not 3 <= len(name) <= 12
            or name[0].isascii()
            or (trade == "公司" and len(name) < 6)
            or _NO_END.search(name)
            or "“" in name
            or "·" in name
        ):
            return None
        quality = self._brand(core, placed=brand > first)
        if quality is None and (trade != "公司" or self._plain(core)):
            return None
        if not trade and ((quality or 0) < 2 or len(name) > 7 or self._person(name, core)):
            return None
        if first > 0 and is_number(words[first - 1]):
            return None
        following = words[end + 1] if end + 1 < len(words) else ""
        if trade in lex.industries and following in lex.words["project_head"] and following not in PLAIN_HEADS:
            return None  # 沉陷区新能源基地: what a plant is for
        before = tokens.text[max(0, tokens.starts[first] - 16) : tokens.starts[first]]
        if _MADE.search(before):
            return None
        right = self._right(end, first)
        if _BROUGHT_IN_BEFORE.search(before):
            right = max(right, 2.0)
        crowded = sum(closes_firm(words[k], lex) or words[k] in lex.industries for k in core) >= 2
        if right < 2 and (quality is None or crowded or (brand > first and not core)):
            return None  # 岚峰风电法兰智能…: a brand and what it makes
        if quality is None:
            quality = 0.5  # 量子精密仪器公司便是一例
        if not trade and right < 1.5:
            return None
        score = quality + self._left(first, before) + right
        if trade:
            score += -0.5 if trade in ALSO_ADJECTIVES else 0.0 if trade in lex.industries else 1.0
        if tokens.text.count(name) > 1:
            score += 1.0
        return first if score >= ENOUGH else None

    def _plain(self, core: range) -> bool:
        """Whether a word of the name is one that names nobody."""
        return any(self.tokens.words[k] in self._no_brand for k in core)

    def _person(self, name: str, core: range) -> bool:
        """Whether the name is a person's: said with a title anywhere, or so tagged as a whole, or a verb's."""
        if len(core) == 1 and self.tokens.tags[core[0]] in ("nr", "nrt", "nrfg", "v", "vn", "a", "d"):
            return True
        titled = self._titled.get(name)
        if titled is None:
            text = self.tokens.text
            titled = self._titled[name] = any(
                text[m.end() : m.end() + 1] == "：" or _TITLED.search(text, max(0, m.start() - 6), m.start())
                for m in re.finditer(re.escape(name), text)
            )
        return titled

    def _begin(self, end: int) -> int | None:
        """First word after the boundary left of `end`; None when it is too far."""
        tokens, words = self.tokens, self.tokens.words
        j = end
        while j >= 0 and end - j < 6:
            word = words[j]
            if j < end and (
                is_mark(word)
                or j in self.held
                or word in self._no_brand
                or word in _LEADS
                or (
                    tokens.tags[j] in _BOUNDARY_TAGS
                    and (len(word) == 1 or self.lex.jieba.has_word(word))
                    and j not in self.place_ends
                    and not (len(word) == 2 and word[1] in "部方" and word[0] in "东西南北中")
                )
                or (
                    tokens.tags[j] == "v"
                    and len(word) > 1
                    and self.lex.jieba.has_word(word)
                    and not self.lex.is_rare(word)
                )
            ):
                return j + 1
            if j in self.place_ends:
                return self.place_ends[j].first
            j -= 1
        return 0 if j < 0 else None

    def _brand(self, core: range, placed: bool) -> float | None:
        """How much the words before the trade word look like a brand; None when they cannot be one."""
        tokens, lex, words = self.tokens, self.lex, self.tokens.words
        if not core:
            return 0.0 if placed else None
        if any(k in self.place_ends for k in core):
            return None
        best, single = 0.0, 0
        for k in core:
            word = words[k]
            if word in self._no_brand or is_mark(word) or is_number(word) or word in lex.words["project_head"]:
                return None
            if word in lex.industries or closes_firm(word, lex):
                continue
            if len(word) == 1:
                if tokens.tags[k] not in _SINGLE_TAGS:
                    return None
                single += 1
            elif is_proper(tokens, k, lex) or (not lex.jieba.has_word(word) and len(word) <= 4):
                best = max(best, 2.0)
            elif lex.is_rare(word) or tokens.tags[k] == "j":
                best = max(best, 1.0)
            elif tokens.tags[k] in ("ns", "nz", "nr", "nt") or len(core) == 1:
                best = max(best, 0.5)
            else:
                best = max(best, 0.0)
        if single >= 2:
            best = max(best, 2.0)
        elif single == 1 and best >= 0.5:
            best = max(best, 1.0)
        return best if best or placed else None

    def _left(self, first: int, before: str) -> float:
        words = self.tokens.words
        if first == 0 or (is_mark(words[first - 1]) and words[first - 1] not in "、“”》）"):
            return 1.5
        previous = words[first - 1]
        if first - 1 in self.place_ends:
            return 1.5
        if previous == "的":
            if before.endswith(("隔壁的", "附近的", "相邻的")):
                return 2.0
            return 1.5 if first - 2 in self.place_ends or before[-2:-1] in ("区", "县", "市", "镇", "园", "里") else 1.0
        if previous in _LEADS:
            return _LEADS[previous]
        if self.tokens.tags[first - 1] in ("p", "c", "t", "f") or previous == "、":
            return 1.0
        return 0.0

    def _right(self, end: int, first: int) -> float:
        text, stop = self.tokens.text, self.tokens.ends[end]
        behind = text[stop : stop + 40]
        lead = text[text.rfind("\n", 0, self.tokens.starts[first]) + 1 : self.tokens.starts[first]]
        score = 0.0
        if _ACTS.match(behind) or re.match(
            r"等(?:\d+|[一二两三四五六七八九十]+)?(?:[家户]|一批)?[^，。；]{0,6}企业", behind
        ):
            score = 2.0
        elif _WITH.match(behind):
            score = 1.5
        elif _OWNS.match(behind):
            score = 1.5 if behind.startswith("的") else 0.5
        elif _PORTRAIT.match(behind) and re.fullmatch(r"(?:[^。，；]{0,6}[　 ：])?[\s▪■·●◆◎—\-]*", lead):
            score = 2.0
        elif behind[:1] in ("，", "。", "；", "、", "与", "和", "（"):
            score = 0.5
        if score and any(said in "。".join(text[stop : stop + 84].split("。")[:2]) for said in _BACK):
            score += 1.5  # what follows means it by 这家企业
        return score


def find_by_score(
    tokens: Tokens, lex: Lexicon, places: list[Place], organisations: list[Place], book: FirmBook
) -> None:
    """Enter the short names whose place in the text bears witness enough that they are enterprises'."""
    FirmScorer(tokens, lex, places, organisations, book).enter()
