"""Words that stand for a firm or a work just spoken of: 公司, 这家企业, 集团, 其, 该项目, 园区, 一期."""

from __future__ import annotations

import re
from dataclasses import dataclass

from liantu.extraction.model import MentionKind

from .firm_book import FirmBook, FirmSpan
from .lexicon import Lexicon
from .places import Place
from .spans import is_mark
from .tokens import Tokens
from .work_base import PHASE, Work

FIRM_WORDS = frozenset({"该公司", "公司", "该企业", "企业", "集团", "该集团", "该厂"})
# Heads that stand for the work whose name ends so, and for no other.
HEAD_WORDS = frozenset({"园区", "产业园", "基地", "工厂", "电站", "工程", "小镇", "市场", "该园区", "该基地", "该工程"})
WORK_WORDS = frozenset({"该项目", "项目"}) | HEAD_WORDS
PRONOUNS = frozenset({"其", "它"})
_MEASURED = re.compile(r"(?:规划|产能|用地|占地|设计)?\d[\d.]*(?![\d.月年日])")
# 项目平均投资额达到3.6亿元, 项目个数, 项目库: what is said of many
_OF_MANY = re.compile(r"平均|个数|总数|数量|库|清单|类型|涵盖|主要集中|普遍|数(?=[达为比占共])")
_PART = re.compile(r"(?:生产线|产线|车间|厂房|综合楼|办公楼|宿舍楼?|研发楼|仓库|设施|管网|堆场)$")
_WHOLE = re.compile(r"(?:项目|工程|基地|产业园)$")
_POINTERS = frozenset({"该", "这家", "本", "这个", "这一", "此", "整个"})
# 我们公司, 报告期内公司…: behind these 公司 is the firm of the text.
_SPEAKS_OF = frozenset({"我们", "内", "其", "期间", "去年", "今年", "目前", "年", "月"})
# Behind these a firm is spoken to, not of.
_OTHERS = frozenset(
    {
        "与",
        "和",
        "、",
        "同",
        "向",
        "及",
        "给",
        "供应",
        "对接",
        "来自",
        "对",
        "隶属",
        "隶属于",
        "属于",
        "背靠",
        "是",
        "为",
    }
)


@dataclass(slots=True)
class Stand:
    """Word `at` stands for the thing named `key`."""

    at: int
    kind: MentionKind
    key: str


@dataclass(slots=True)
class _Seen:
    key: str
    block: int
    at: int
    name: str


class ThingReader:
    """Walks through the words of a document, and keeps in mind which firm and which work it last spoke of."""

    def __init__(
        self, tokens: Tokens, lex: Lexicon, places: list[Place], book: FirmBook, works: list[Work], covered: set[int]
    ) -> None:
        self.tokens, self.covered, self.stand_ins = tokens, covered, lex.words["stand_in"]
        self.firm_at: dict[int, FirmSpan] = {s.first: s for s in book.spans}
        self.work_at: dict[int, Work] = {w.first: w for w in works}
        self.zone_at = {p.first for p in places if p.kind == "zone"}
        self.main_firm = _main_firm(book)
        keys = {s.key for s in book.spans}
        self.sole_firm = next(iter(keys)) if len(keys) == 1 else None
        self.block = 0
        self.zone = -1  # word at which the last zone was named
        self.firm: _Seen | None = None  # the firm spoken of
        self.near_firm: _Seen | None = None  # the firm last named at all
        self.work: _Seen | None = None

    def read(self) -> list[Stand]:
        """Every word that stands for a firm or a work, in text order."""
        words = self.tokens.words
        stands: list[Stand] = []
        for i in sorted({*self.tokens.spots["deictic"], *self.firm_at, *self.work_at, *self.zone_at}):
            if words[i] == "\n":
                self.block += 1
                continue
            self._note(i)
            if i in self.covered or words[i] not in self.stand_ins:
                continue
            stand = self._stand(i)
            if stand is not None:
                stands.append(stand)
        return stands

    def _note(self, i: int) -> None:
        if i in self.zone_at:
            self.zone = i
        span = self.firm_at.get(i)
        if span is not None:
            seen = _Seen(span.key, self.block, i, self.tokens.text[self.tokens.starts[i] : self.tokens.ends[span.last]])
            self.near_firm = seen
            other = i > 0 and self.tokens.words[i - 1] in _OTHERS
            if not (other and self.firm is not None and self.firm.block == self.block):
                self.firm = seen
        work = self.work_at.get(i)
        if work is not None and not self._by_the_way(i, work):
            self.work = _Seen(work.name, self.block, i, work.name)

    def _by_the_way(self, i: int, work: Work) -> bool:
        """Whether a work is only where the work spoken of takes place (在…基地开工) or a part of it (新上8条…生产线)."""
        spoken, words = self.work, self.tokens.words
        if spoken is None or spoken.block != self.block or i == 0:
            return False
        said = self.tokens.text[self.tokens.starts[spoken.at] : self.tokens.starts[i]]
        if words[i - 1] in ("在", "于"):
            return "。" not in said
        return bool(_PART.search(work.name) and _WHOLE.search(spoken.name)) and words[i - 1] not in ("。", "\n")

    def _stand(self, i: int) -> Stand | None:
        word = self.tokens.words[i]
        before = self.tokens.words[i - 1] if i else "\n"
        opens = before == "\n" or (is_mark(before) and before not in "、”》")
        pointed = before in _POINTERS or word[0] == "该"
        if word in FIRM_WORDS:
            return self._firm(i, word, opens, pointed, before)
        if word in PRONOUNS:
            return self._pronoun(i) if opens else None
        work = self.work
        if work is None or self.block - work.block > 1:
            return None
        if PHASE.match(word):
            # 二期9GW, 二期规划35万平方米 name what is measured; a phase that does something stands for the work.
            measured = _MEASURED.match(self.tokens.text, self.tokens.ends[i])
            return Stand(i, "project", work.key) if opens and not measured and work.block == self.block else None
        if word in HEAD_WORDS:
            head = word.removeprefix("该")
            same = head in work.name and (work.at > self.zone or pointed) and work.block == self.block
            same = same or (
                head == "园区" and work.name.endswith("园") and work.at > self.zone and work.block == self.block
            )
            here = opens or pointed or (before == "的" and self._points_back(i))  # 这个占地120亩的园区
            return Stand(i, "project", work.key) if same and here else None
        this = before == "的" and self._points_back(i)
        if word == "项目" and not pointed and _OF_MANY.match(self.tokens.text, self.tokens.ends[i]):
            return None
        if opens or pointed or this or before in ("月", "日", "年底"):
            return Stand(i, "project", work.key)
        return None

    def _points_back(self, i: int) -> bool:
        """Whether 这个 or 该 opens the clause that ends in word `i`: 这个总投资36亿元的项目."""
        words = self.tokens.words
        for k in range(i - 2, max(-1, i - 10), -1):
            if words[k] in ("这个", "这一", "该", "此"):
                return True
            if is_mark(words[k]):
                return False
        return False

    def _firm(self, i: int, word: str, opens: bool, pointed: bool, before: str) -> Stand | None:
        if word == "企业" and not pointed:
            return None
        spoken = before in _SPEAKS_OF and word == "公司"
        if word in ("公司", "集团") and not (opens or pointed or before == "由" or (spoken and self.sole_firm)):
            return None
        firm = self.near_firm if before == "这家" else self.firm
        if word == "集团" and self.main_firm is not None:
            return Stand(i, "enterprise", self.main_firm)
        if (firm is None or self.block - firm.block > 2) and word in ("公司", "该公司") and self.sole_firm is not None:
            return Stand(i, "enterprise", self.sole_firm)  # a text that names one firm means it before it names it
        if firm is None or self.block - firm.block > 2 or (word == "集团" and "集团" not in firm.key):
            return None
        # In a paragraph that opens with another firm 公司 is that firm, even in a text about one.
        main = (
            word == "公司" and self.main_firm is not None and (firm.block != self.block or not self._introduced(firm))
        )
        return Stand(i, "enterprise", self.main_firm if main and self.main_firm is not None else firm.key)

    def _introduced(self, firm: _Seen) -> bool:
        """Whether a firm is named in full (有限公司) where it was last named."""
        return firm.key.endswith("有限公司") and self.tokens.text.startswith(firm.key[:4], self.tokens.starts[firm.at])

    def _pronoun(self, i: int) -> Stand | None:
        """The firm or the work last spoken of, whichever is nearer, where a clause opens with 其 or 它."""
        last: tuple[MentionKind, _Seen] | None = None
        for kind, seen in (("enterprise", self.firm), ("project", self.work)):
            if seen is not None and seen.block == self.block and (last is None or seen.at > last[1].at):
                last = ("enterprise" if kind == "enterprise" else "project", seen)
        if last is None:
            return None
        said = self.tokens.text[self.tokens.starts[last[1].at] : self.tokens.starts[i]]
        return Stand(i, last[0], last[1].key) if said.count("。") <= 1 else None


def _main_firm(book: FirmBook) -> str | None:
    """The firm a text is about: named three times and twice as often as any other."""
    said: dict[str, int] = {}
    for span in book.spans:
        said[span.key] = said.get(span.key, 0) + 1
    often = sorted(said.values(), reverse=True)
    clear = often and often[0] >= 3 and (len(often) == 1 or often[0] >= 2 * often[1])
    return max(said, key=lambda k: said[k]) if clear else None
