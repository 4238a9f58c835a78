"""Whose work it is, as far as the name and the words before it tell."""

from __future__ import annotations

from .firm_book import FirmSpan
from .firm_names import ALSO_ADJECTIVES, closes_firm
from .firms import is_made
from .spans import is_mark, is_number, is_proper
from .work_base import BRAND_TAGS, CAPACITY, FUNCTION, NUMBER_TAGS, PHASE, PLAIN_HEADS, PUBLIC_WORK, WorkReader

# Heads that a firm's bare name may go before: 粤芯微电子总部基地.
_SEATS = frozenset({"总部", "总部基地", "区域总部", "工厂", "超级工厂", "研究院"})


class OwnerReader(WorkReader):
    """Finds the enterprise that a work's name begins with or that stands before it."""

    def _owner_before(self, first: int) -> str | None:
        """The firm in X的Y项目, X投资N亿元(建设)的Y项目, X“Y”项目."""
        words = self.tokens.words
        j = first - 1
        if (j >= 0 and words[j] in "“‘") or words[first] in "“‘":
            j -= words[first] not in "“‘"
            k = j
            while k >= 0 and closes_firm(words[k], self.lex) and j - k < 2:
                k -= 1
            if k < j and k >= 0 and is_proper(self.tokens, k, self.lex):
                return self._enter_owner(k, j)
        if j in self.firm_ends:
            return self.firm_ends[j].key
        if j < 0 or words[j] not in (
            "的",
            "投资",
            "建设",
            "实施",
            "承建",
            "建起",
            "建成",
            "投建",
            "新建",
            "打造",
            "建",
            "签订",
            "签约",
            "签署",
        ):
            return None
        for k in range(j - 1, max(-1, j - 14), -1):
            if k in self.firm_ends:
                return self.firm_ends[k].key
            if words[k] in "。；\n，、":
                return None
        return None

    def _leading_owner(self, first: int, end: int) -> str | None:
        """The firm a name begins with: what stands before 年产 or a capacity, or a proper word that a firm of the text begins with."""
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        if words[first] in CAPACITY or tags[first] in NUMBER_TAGS or words[first] in "“‘":
            return None
        if words[first][0] in "0123456789":
            return None  # 450MW光伏发电
        place = self.place_starts.get(first)
        known = self.firm_starts.get(first)
        begin = place.last + 1 if place is not None and place.last < end and known is None else first
        sized = next(
            (
                k
                for k in range(first + 1, end + 1)
                if words[k] in CAPACITY or (is_number(words[k]) and tags[k] in ("m", "eng", "mq"))
            ),
            None,
        )
        if known is None and self._of_the_public(first, end):
            return None  # 京台高速齐河至济南段改扩建, 西江贵港至梧州3000吨级航道: no firm is named
        if sized is not None and words[first].isascii() and words[sized - 1] == "/":
            sized = None  # SMPO/POD names what is made
        if sized is not None and not any(PHASE.match(words[k]) or is_mark(words[k]) for k in range(first, sized)):
            last = sized - 1
            if last in self.place_ends and self.place_ends[last].first == first:
                return None
            if begin == last and closes_firm(words[last], lex):
                begin = first  # 中阳钢铁: a place and a trade word
            named = any(
                words[k] not in lex.words["generic"] and (words[k] not in lex.industries or closes_firm(words[k], lex))
                for k in range(begin, last + 1)
            )
            named = named and words[last] not in lex.words["organisation_tail"]  # 某县人民政府年产…项目
            named = named and words[begin] not in CAPACITY  # 年产精密零件2亿件项目 names what is made
            named = named and (begin > first or any(self._may_be_brand(k) for k in range(begin, last + 1)))
            named = named and words[last][-1] not in "山岭峪沟湾河湖岛坪塬梁" and not is_mark(words[begin])
            if named and 2 <= self.tokens.ends[last] - self.tokens.starts[begin] <= 12:
                return self._enter_owner(begin if begin == first or is_proper(self.tokens, begin, lex) else first, last)
        if known is not None:
            follower = known.last + 1
            if (
                known.first == known.last
                and follower < end
                and closes_firm(words[follower], lex)
                and words[follower] not in ALSO_ADJECTIVES
            ):
                return self._enter_owner(first, follower)  # 大运 is known, 大运汽车 stands here
            return self._brand_holder(known, end) or known.key
        # 大运汽车新能源重卡智能工厂: proper words and a trade word, with more to follow.
        k = begin
        while k <= end and is_proper(self.tokens, k, lex):
            k += 1
        if k == begin:
            while (
                k < end and k - begin < 3 and len(words[k]) == 1 and words[k] not in FUNCTION and tags[k] in BRAND_TAGS
            ):
                k += 1  # 鼎|钛|精工: an unknown brand falls into characters
            k = k if k - begin >= 2 else begin
        famous = (
            tags[begin] in ("ns", "nz", "j") and words[begin] not in lex.regions and words[begin] not in lex.industries
        )
        if k == begin and begin < end and famous:
            k += 1
            while k <= end and is_proper(self.tokens, k, lex):
                k += 1  # 太行生物, 长江电气: a famous name before a trade word is a brand
        if (
            k == begin
            and place is not None
            and place.first + 1 == begin
            and words[first] in lex.guarded
            and end - begin >= 2
            and words[begin] not in lex.industries
        ):
            begin = first  # 上党光电深紫外LED芯片: a county's bare name before a trade word
        if (
            begin < k + (begin == first)
            and begin <= k < end + (words[end + 1] in _SEATS)
            and closes_firm(words[k], lex)
            and words[k] not in lex.words["project_head"]
        ):
            name = self.tokens.text[self.tokens.starts[begin] : self.tokens.ends[k]]
            longer = {key for form, key in self.book.names.items() if form.startswith(name) and key in self.book.firms}
            if len(longer) == 1:
                return longer.pop()
            shorter = self._prefix_of_known(begin, end)
            if shorter is not None and (
                words[k] in ALSO_ADJECTIVES
                or (shorter != name and all(words[x] in lex.industries for x in range(begin + 1, k + 1)))
            ):
                return shorter  # 川发龙蟒|锂电|新能源|材料: the firm is known, the rest is what it makes
            if k > begin and not is_made(self.tokens.text, name):
                return self._enter_owner(begin, k)
        prefix = self._prefix_of_known(begin, end)
        if prefix is not None:
            return prefix
        # 湘轨传动磁浮…, 长葛鑫葛再生铝…: unknown words of three characters and more, or two behind a place, before what is made.
        k = begin
        while (
            k < end
            and (tags[k] in BRAND_TAGS if len(words[k]) == 1 else not lex.jieba.has_word(words[k]))
            and words[k] not in lex.words["generic"]
            and not is_mark(words[k])
        ):
            k += 1
        unknown = self.tokens.ends[k - 1] - self.tokens.starts[begin] if k > begin else 0
        if (
            end - k >= 1
            and (3 <= unknown <= 5 or (unknown == 2 and begin > first))
            and words[end] not in lex.words["part_word"]
        ):
            known_word = any(words[x] in lex.industries for x in range(begin, k))
            if not known_word and self._told_as_work(end):
                return self._enter_owner(first if begin > first and unknown == 2 else begin, k - 1)
        return None

    def _brand_holder(self, known: FirmSpan, end: int) -> str | None:
        """The firm meant by a famous brand and a trade before 项目 (华能风电项目 beside 华能集团), which then name no firm of their own."""
        words = self.tokens.words
        brand, firm = words[known.first], self.book.firms[known.key]
        if known.last != end or known.first == end or not self._told_as_work(end) or not self.lex.is_a(brand, "brand"):
            return None
        holders = {k for k, f in self.book.firms.items() if f.confidence > firm.confidence and k.startswith(brand)}
        if len(holders) != 1 or any(s.key == known.key and s.first != known.first for s in self.book.spans):
            return None
        self.book.spans.remove(known)
        self.book.forget(known.key)
        self.firm_ends.pop(known.last, None)
        self.firm_starts.pop(known.first, None)
        return holders.pop()

    def _may_be_brand(self, k: int) -> bool:
        """Whether word `k` may belong to a firm's name: proper, unknown or closing one (规模550立方米, 长距离10车道 hold none)."""
        word = self.tokens.words[k]
        brand = len(word) == 1 and word not in FUNCTION and self.tokens.tags[k] in BRAND_TAGS
        return brand or is_proper(self.tokens, k, self.lex) or closes_firm(word, self.lex) or self.lex.is_rare(word)

    def _of_the_public(self, first: int, end: int) -> bool:
        """Whether words `first` … `end` with the head behind them name a road, a waterway, a reservoir: whose, no name tells."""
        stop = min(end + 2, len(self.tokens.words) - 1)
        name = self.tokens.text[self.tokens.starts[first] : self.tokens.ends[stop]]
        return PUBLIC_WORK.search(name) is not None

    def _told_as_work(self, end: int) -> bool:
        """Whether the name's next word is 项目 or 工程, so that what stands before it may well be an owner."""
        return end + 1 < len(self.tokens.words) and (
            self.tokens.words[end + 1] in PLAIN_HEADS or self.tokens.words[end + 1] in self.lex.words["plant_head"]
        )

    def _prefix_of_known(self, begin: int, end: int) -> str | None:
        """管家营法兰海上风电…: the first words are the beginning of a firm's name in the text."""
        text, k = self.tokens.text, begin
        best: str | None = None
        while k < end and self.tokens.ends[k] - self.tokens.starts[begin] <= 8:
            said = text[self.tokens.starts[begin] : self.tokens.ends[k]]
            if len(said) >= 3 or (len(said) == 2 and is_proper(self.tokens, begin, self.lex)):
                for name, key in self.book.names.items():
                    if name.startswith(said) and key in self.book.firms:
                        best = key
            k += 1
        return best

    def _enter_owner(self, first: int, last: int) -> str:
        """A firm named by words `first` … `last`; shorter spans inside give way."""
        name = self.tokens.text[self.tokens.starts[first] : self.tokens.ends[last]]
        if name not in self.book.names:
            # 万华尼龙 beside 万华化学: the beginning of the one firm of the text that begins so.
            longer = {
                key
                for form, key in self.book.names.items()
                if form.startswith(name) and key in self.book.firms and self.book.firms[key].confidence >= 0.8
            }
            if len(longer) == 1:
                self.book.add(next(iter(longer)), {name})
        key = self.book.add(name, None, 0.7)
        inner = [s for s in self.book.spans if first <= s.first and s.last <= last]
        if len(inner) == 1 and (inner[0].first, inner[0].last) == (first, last):
            return inner[0].key
        for s in inner:
            self.book.spans.remove(s)
            self.firm_ends.pop(s.last, None)
        span = FirmSpan(key, first, last)
        self.book.spans.append(span)
        self.firm_ends[last] = self.firm_starts[first] = span
        return key

    def _loosen(self, end: int) -> None:
        """美锦氢能 in a list of works is a brand and what it makes, not one name."""
        span = self.firm_ends.get(end)
        if span is None or span.first == span.last or self.book.firms[span.key].confidence >= 1.0:
            return
        if self.tokens.words[end] in self.lex.words["firm_tail"] or not is_proper(self.tokens, span.first, self.lex):
            return
        del self.firm_ends[end]
        self.firm_starts.pop(span.first, None)
        self.book.spans.remove(span)
        if not any(s.key == span.key for s in self.book.spans):
            self.book.forget(span.key)

    def _lead_owner(self, first: int, end: int) -> str | None:
        """美锦氢能: an unknown proper word before what is made is taken for the owner's brand."""
        if end > first and is_proper(self.tokens, first, self.lex) and self.tokens.words[first] not in self.lex.guarded:
            rest = range(first + 1, end + 1)
            if all(self.tokens.words[k] not in self.lex.words["project_head"] for k in rest):
                name = self.tokens.words[first]
                key = self.book.add(name, None, 0.6)
                if not any(s.first <= first <= s.last for s in self.book.spans):
                    span = FirmSpan(key, first, first)
                    self.book.spans.append(span)
                    self.firm_ends[first] = span
                return key
        return None
