"""Works that no head word gives away: the lead of a list's item, what a total is told of, the phase of something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .firm_book import FirmSpan
from .spans import is_mark, is_number, is_proper
from .work_base import PHASE, PLAIN_HEADS, PRICED, Work
from .work_judge import WorkJudge
from .work_lists import ListReader
from .work_spelt import SpeltReader

_LEAD = re.compile(
    r"(?:^|(?<=\n))[ \t　]*(?P<mark>\d{1,2}[.、．]\s*|（[一二三四五六七八九十\d]+）|[①-⑳]|[▪■·●◆◎▲★▶]\s*|—{1,2}\s*)?"
    r"(?P<name>[^\n，。；：—（(“”、！？|【】◎▪■·●◆▲★▶]{4,32})(?P<aside>（[^（）\n]{2,12}）)?(?P<mid>。|，|：|——|—|\.(?!\d))(?P<rest>[^\n]{4,160})"
)
# What is told of a work and of nothing else, each with its weight.
_TOLD = (
    (re.compile(r"总投资|(?:计划|概算|估算|拟|固定资产)投资\d|投资(?:约|近|超|逾)?\d[\d.]*[亿万]"), 2),
    (re.compile(r"由[^，。；]{2,16}(?:投资|建设|承建|牵头|实施|出资|运营)|业主|投资方|建设单位|牵头，"), 2),
    (
        re.compile(
            r"占地|用地|建筑面积|装机|年产|全长|库容|床位|泊位|建设规模|建设内容|设计能力|规划建设|线路长|设站|时速|年供|配套建设"
        ),
        1,
    ),
    (
        re.compile(
            r"开工|动工|奠基|竣工|投产|投用|封顶|并网|试运行|备案|核准|可研|签约|破土|联动试车|设备(?:安装|进场)|主体"
        ),
        1,
    ),
)
_SURE = 4  # the weight of what is told that makes a numbered lead a work, whatever its name
_MONEY = r"(?:约|达|近|超过?|逾|共|为)?[\d.,]+(?:余|多)?(?:亿|万)?(?:余|多)?(?:美|欧)?元"
_PRICE_AFTER = re.compile(
    rf"(?P<comma>，?)(?P<total>(?:计划|概算|估算|规划|项目)?总投资(?:额|规模)?|(?:计划|概算|拟)?投资){_MONEY}"
)
_PRICE = re.compile(rf"投资(?:额|规模)?{_MONEY}")
_BEFORE_PRICE = re.compile(r"，?(?:(?:计划|概算|估算|规划|项目)?总|计划|概算|拟)?$")
_NAME_STOP = re.compile(
    r"[，。；、：\n（！？]|已|正|将|于|自|从|也|又|的|是|为|今年|去年|明年|\d+月|\d+日|\d+个月|当年|当月|签约|开工|动工|奠基|投产|投用|投运|投入|竣工|建成|落户|落地"
    r"|启动|试[运产演生]|顺利|刚|主体|设备|目前|年内|年底|预计|计划|拟|全面|正式|即将|进展|完成|有望|由|获|通过|进入|封顶|开街|开业|开园|点火|并网|运营|率先|占地|位于|加快|创下"
)
_FACILITY = re.compile(
    r"(?:剧场|剧院|机场|片场|影城|场馆|牧场|农场|市场|[^市]场|馆|园区?|站|厂|矿|线|小镇|港|新城|库|楼|塔|书院|大桥|公路|集群|基地|中心|平台|工程|项目|综合体|枢纽|码头|岛|谷|坊|街区|酒店|民宿|广场|公园|乐园|营地|管道|管网|井|窑|炉|车间|机组|高铁|铁路|高速|段|大道|航道|运河|灌区|快线|船闸|渔场|大棚|温室)$"
)
_NO_NAME = re.compile(
    r"^(?:老旧小区|高标准农田|农村|城镇|公共|棚户区|保障性|保障房|项目|工程|重点|重大|一批|各类|该|其|这|全|本|我|同|另|每|据|新|上述|其中|今年|去年|目前|固定资产|房地产|工业|民间|制造业|基础设施|技术改造|技改|外商|实际|累计|计划|到位|年度|\d+[个项家户亿])"
    r"|(?:企业|产业|行业|领域|方面|板块|情况|经济|农业|工业|投资|工作|个|建设|任务|目标|问题|资金|政策|机制|活动|大会|会议|行动|公司|集团|市|县|省|(?<!小)镇|乡|村|街道|开发区|经开区|高新区|新区)$"
    r"|以上|以下|个项目|类项目|等|亿元|万元"
)
_SIZED = re.compile(
    r"年(?:产|处理|加工)\d[\d.]*[万亿]?(?:余)?(?:吨|台套?|套|辆|件|片|支|米|平方米|立方米|千瓦时?|GWh|GW|头|只|株)"
)
_PHASED = re.compile(r"(?<=[\u4e00-\u9fff])[一二三四五]期(?:[A-Z]区)?(?!间)")


class LeadReader(ListReader, WorkJudge, SpeltReader):
    """Finds works by what is told of them."""

    def find_leads(self) -> list[Work]:
        """Works that no head word gave away, each apart from those already in `works`."""
        covered = {k for w in self.works for k in range(w.first, w.last + 1)}
        covered |= self.row_words | self.parts
        found: list[Work] = []
        if not self.tokens.words:
            return found
        at: dict[int, list[int]] = {}  # word → numbers of the works that it is of
        for number, known in enumerate(self.works):
            for k in range(known.first, known.last + 1):
                at.setdefault(k, []).append(number)
        gone: set[int] = set()  # works that are part of what a lead names
        for first, last in (*self.quoted(), *self.sections(), *self._opening()):
            within = {number for k in range(first, last + 1) for number in at.get(k, ())} - gone
            inner = [self.works[number] for number in sorted(within)]
            if any(w.row is not None and (w.first < first or w.last > last) for w in inner):
                continue  # a member of a row holds more than that
            whole = self._told_work(first, last)
            if whole is not None:
                whole.aliases |= {name for w in inner if w.last == last for name in (w.name, *w.aliases)}
                whole.owner = whole.owner or next((w.owner for w in inner), None)
                whole.row = next((w.row for w in inner if w.row is not None), None)
                whole.listed = whole.row is not None
                gone |= within
                covered.update(range(first, last + 1))
                found.append(whole)
        for first, last, sure in self._item_leads():
            ending = {
                number: w
                for number in at.get(last, ())
                if number not in gone and (w := self.works[number]).last == last and w.row is None and w.first > first
            }
            whole = self._told_work(first, last, sure) if ending else None
            if whole is not None:
                # 6.晋北采煤沉陷区新能源基地: all of the lead is the name, not just what its head reached.
                whole.aliases |= {name for w in ending.values() for name in (w.name, *w.aliases)}
                gone |= ending.keys()
                found.append(whole)
            elif not covered.intersection(range(first, last + 1)):
                lead = self._told_work(first, last, sure)
                if lead is not None:
                    covered.update(range(first, last + 1))
                    found.append(lead)
        self.works = [known for number, known in enumerate(self.works) if number not in gone]
        for first, last in (
            *self.members(),
            *self._priced(),
            *self._priced_after(),
            *self._phases(),
            *self._sized(),
        ):
            if first > last or covered.intersection(range(first, last + 1)):
                continue
            work = self._told_work(first, last)
            if work is not None:
                covered.update(range(first, last + 1))
                found.append(work)
        return found

    def _told_work(self, first: int, last: int, sure: bool = False) -> Work | None:
        """The work named by words `first` … `last`, unless they name a firm, a place, an industry or a class.

        `sure` where what is told leaves no doubt that it is one, however plain its name (3.标准厂房三期。建设单位：…).
        """
        tokens, words, lex = self.tokens, self.tokens.words, self.lex
        name = tokens.text[tokens.starts[first] : tokens.ends[last]]
        if not 3 <= len(name) <= 32 or "\n" in name or _NO_NAME.search(name):
            return None
        firm = self.firm_starts.get(first)
        place = self.place_starts.get(first)
        if firm is not None and firm.first == first and firm.last == last and self._is_guess(firm, name):
            self.book.spans = [s for s in self.book.spans if s.key != firm.key]
            self.book.forget(firm.key)  # 兴泉铁路泉州段总投资153亿元: no firm, whatever its neighbours suggested
            self.firm_starts.pop(first)
            firm = None
        if (firm is not None and firm.last >= last) or (place is not None and place.last >= last):
            return None
        held = next((p for p in self.place_ends.values() if p.kind != "region" and p.first <= last <= p.last), None)
        if held is not None and not (held.kind == "town" and name.endswith("小镇")):
            return None
        content = [
            k
            for k in range(first, last + 1)
            if not is_mark(words[k])
            and not PHASE.match(words[k])
            and words[k] not in lex.words["generic"]
            and words[k] not in lex.words["stop_noun"]
        ]
        if not content or all(words[k] in lex.industries for k in content):
            return None
        if any(tokens.tags[k] in ("p", "r", "ul", "uz", "y") and words[k] != "至" for k in content[1:]):
            return None
        if not any(
            k in self.place_starts or is_proper(tokens, k, lex) or tokens.tags[k] in ("ns", "nz", "nr", "nt")
            for k in content
        ) and not (firm is not None or len(content) >= 2 or sure):
            return None
        owner = firm.key if firm is not None else self._leading_owner(first, last) or self._owner_before(first)
        head = words[last] if words[last] in lex.words["project_head"] else ""
        return self._named(Work(name, first, last, head, owner, place))

    def _is_guess(self, firm: FirmSpan, name: str) -> bool:
        """Whether a firm rests on the words around it alone, and its name is that of a place to be built."""
        known = self.book.firms.get(firm.key)
        return known is not None and known.confidence < 0.9 and bool(_FACILITY.search(name)) and not known.aliases

    def _named(self, work: Work) -> Work:
        raise NotImplementedError

    def _opening(self) -> Iterator[tuple[int, int]]:
        """What opens a sentence and is told of behind, where no name was read that ends there."""
        ends = {w.last for w in self.works}
        return ((first, last) for first, last in self.opening() if last not in ends)

    def _item_leads(self) -> Iterator[tuple[int, int, bool]]:
        """1.X园（某县）。由…投资建设，总投资…: the lead of an item whose rest speaks of a work, and whether it is sure."""
        text = self.tokens.text
        for match in _LEAD.finditer(text):
            start, stop = match.span("name")
            rest = re.split(r"(?<=[。；])", match.group("rest"))
            told = "".join(rest[:2])
            weight = sum(w for pattern, w in _TOLD if pattern.search(told))
            weight += 2 if match.group("aside") and match.group("aside")[1:-1].endswith(("市", "县", "区")) else 0
            if match.group("mid") == "，":
                weight = weight if _PRICE_AFTER.match(text, match.start("mid")) or match.group("mark") else 0
            named = bool(_FACILITY.search(match.group("name")))
            if weight < (2 if match.group("mark") and named else 3) or not (match.group("mark") or named):
                continue
            first, last = self.tokens.at(start), self.tokens.at(stop - 1)
            words, lex = self.tokens.words, self.lex
            if self.tokens.starts[first] != start or self.tokens.ends[last] != stop:
                continue
            if words[first] in lex.words["break_word"] or words[first] in lex.words["step_word"]:
                continue
            known = words[first] in lex.guarded or words[first] in lex.regions or is_proper(self.tokens, first, lex)
            if self.tokens.tags[first] in ("v", "d", "p", "c", "r", "m", "t") and not known:
                continue
            verbs = any(
                self.tokens.tags[k] == "v" and words[k] not in lex.words["work_word"] and lex.jieba.has_word(words[k])
                for k in range(first, last + 1)
            )
            if verbs and not named:
                continue
            if any(
                self.tokens.tags[k] in ("p", "d", "r", "uj", "ul", "c")
                and words[k] not in ("至", "及", "和")
                and words[k] not in lex.guarded
                and not PHASE.match(words[k])
                for k in range(first, last + 1)
            ):
                continue
            yield first, last, bool(match.group("mark")) and weight >= _SURE

    def _priced(self) -> Iterator[tuple[int, int]]:
        """总投资18亿元的X: whatever the noun phrase ends with."""
        tokens = self.tokens
        for match in PRICED.finditer(tokens.text):
            stop = _NAME_STOP.search(tokens.text, match.end(), match.end() + 34)
            if stop is None:
                continue
            end = stop.start()
            while end > match.end() and end not in tokens.starts_set:
                end -= 1
            if end - match.end() >= 3 and match.end() in tokens.starts_set:
                yield tokens.at(match.end()), tokens.at(end - 1)

    def _priced_after(self) -> Iterator[tuple[int, int]]:
        """X，总投资4亿元; X投资3亿元, where X is a place to be built."""
        tokens, text = self.tokens, self.tokens.text
        for price in _PRICE.finditer(text):
            lead = _BEFORE_PRICE.search(text, max(0, price.start() - 5), price.start())
            match = _PRICE_AFTER.match(text, lead.start()) if lead is not None else None
            if match is None:
                continue
            last = tokens.at(match.start() - 1)
            if match.start() == 0 or tokens.ends[last] != match.start() or is_mark(tokens.words[last]):
                continue
            total = "总" in match.group("total")
            if (not total or match.group("comma")) and not _FACILITY.search(
                text[max(0, match.start() - 6) : match.start()]
            ):
                continue
            first, _, _ = self._walk(last)
            first = self._trim(first, last)
            item = self.item_start(first, last)
            first = item if item is not None else first
            before = text[max(0, tokens.starts[first] - 1) : tokens.starts[first]] if first <= last else ""
            behind = tokens.words[first - 1] if first > 0 else "\n"
            if before in "，。；：\n的、“" or behind in ("而", "打造", "建设", "新建", "实施", "推进"):
                yield first, last

    def _sized(self) -> Iterator[tuple[int, int]]:
        """X年产600万吨井工矿 where a step of it is told."""
        tokens = self.tokens
        for match in _SIZED.finditer(tokens.text):
            stop = _NAME_STOP.search(tokens.text, match.end(), match.end() + 24)
            if stop is None or not _FACILITY.search(tokens.text[match.end() : stop.start()]):
                continue
            begin, last = tokens.at(match.start()), tokens.at(stop.start() - 1)
            if tokens.starts[begin] != match.start() or tokens.ends[last] != stop.start():
                continue
            first = self._trim(self._walk(begin - 1)[0], begin - 1)
            if self._step_near(Work("", min(first, begin), last, "")):
                yield min(first, begin), last

    def _phases(self) -> Iterator[tuple[int, int]]:
        """X二期 where a step of it is told: the phase of a work, a firm's or a park's."""
        tokens, text = self.tokens, self.tokens.text
        for match in _PHASED.finditer(text):
            last = tokens.at(match.end() - 1)
            at = tokens.at(match.start())
            if tokens.starts[at] != match.start() or tokens.ends[last] != match.end() or at == 0:
                continue
            first, _, _ = self._walk(at - 1)
            first = self._trim(first, at - 1)
            if first >= at or tokens.words[at - 1] in PLAIN_HEADS or is_number(tokens.words[at - 1]):
                continue
            if self._step_near(Work("", first, last, "")):
                yield first, last
