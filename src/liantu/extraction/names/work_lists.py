"""Works told in a row: A、B、C等6个项目开工; 开工项目18个，包括A、B、C等."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from .firm_names import CLOSERS, TRADE_TAIL
from .spans import is_mark, is_proper, opening
from .work_base import BRAND_TAGS, FUNCTION, PRICED, PUBLIC_WORK, STEP_OF_TRADE, Work
from .work_owners import OwnerReader
from .work_walk import WorkWalker

# 等6个重点项目, 等总投资94亿元的项目11个: what closes a row of works.
_CLOSES = re.compile(
    r"等(?:总?投资[^，。；、]{2,14}的)?(?:\d+余?个|[一二两三四五六七八九十百]+余?个|一批|多个|一系列)?(?P<class>[^，。；：等]{0,18}?)(?:项目|工程)(?!部|制|师)"
    r"|(?<=[\u4e00-\u9fff])(?:[两二三四五六七八九十]|\d{1,2})大项目"  # A、B和C三大项目
)
_NO_ROW = re.compile(
    r"^子$|企业(?!$)|领域|行业|方面|地区|部门|单位|举措|问题|活动|(?<!好)(?<!大)(?<!高)(?<!强)的|和|与|为|在(?!建|谈)|将|实施|推进|开展|承接|引进|建设"
)
# 集中开工项目18个，包括…: what opens one.
_OPENS = re.compile(
    r"(?:(?:集中|重点|签约|开工|竣工|投产|引资|引进|续建|储备|谋划|推介|[个项大的])(?:项目|工程)|(?:项目|工程)共?(?:\d+|[一二两三四五六七八九十百]+)(?:余|多)?[个项])"
    r"(?:[、，](?:计划|年度计划)?(?:总投资|投资)(?:额)?(?:约|达|近|超)?[\d.]+[亿万]?元)?(?:，|中，)?(?:包括|包含|还有|有|分别是|分别为|主要有|主要包括|为(?=[^，。；\n]{4,60}、)|是(?=[^，。；\n]{4,60}、))：?"
    r"|(?:项目|工程)(?:\d+|[一二两三四五六七八九十]+)[个项]（(?=[^（）\n]{4,200}）)"  # 续建项目6个（A、B、C）
    r"|(?:项目|工程)，分别(?:为|是)：?"
)
_NO_WORKS_AFTER = re.compile(r"等[^，。；]{0,4}(?:领域|方面|内容|行业|产业|设施|功能)")
_COUNT_AFTER = re.compile(r"\d+[个项]")
_ROW_END = re.compile(r"等|[。；\n]|，(?!、)|）(?=[，。；\n]|$)")
_BUILDS_ITSELF = re.compile(
    r"(?:^|[，。；])(?:该|本|此)(?:项目|工程)(?:主要|将|拟|计划)*(?:通过|建设|修建|新建|实施|包括)[^。；\n]*$"
    r"|(?:^|[。\n])[^，。；、\n]{3,26}(?:项目|工程)(?:计划|概算)?(?:总投资|投资|占地)[^。；\n]*(?:，|并)[^，。；\n]{0,8}(?:建设|修建|新建)[^，。；\n]*$"
)
_LEADS_MEMBERS = re.compile(r"(?:其中)?(?:主要)?(?:包括|包含|涵盖|有|是)(?=..)")  # …，有A、B等县级重点项目
_WITHIN = frozenset({"至", "高速", "东部", "西部", "沿江", "海上"})  # stand inside names, whatever their tags
_PRICE_OPENS = re.compile(r"\d[\d.]*(?:亿|万)元的")  # 4.9亿元的“X项目”, the second of a row
_JOINED = re.compile(r"(?:和|以及|及|与|＋|\+)")
# Works of the public hand bear the names of places, not of firms; these words beside those of PUBLIC_WORK.
_PUBLIC = re.compile(
    r"广场|学校|公园|民居|小镇|路网|道路|机场|水运|码头|风貌|安置|社区|文化|旅游|度假|现代园|经典|管网|整治|治理|防洪|水利|(?:路|街)(?:[东西南北中]段|延长线|工程|改造|$)|[江河湖]$"
)
_STEPS_BEFORE = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,6}[省市县区州旗](?:集中|同步))?(?:集中|同步)?(?:开竣工|(?:新|已)?(?:开工|签约|竣工|投运|投产|续建|在建)(?:建设)?)+(?=..)"
)
_ENDS_WORK = re.compile(
    r"(?:项目|工程|基地|园|中心|站|厂|馆|线|楼|院|广场|综合体|产业园|大桥|大道|公路|高速|铁路|隧道|水库|机场|码头|枢纽|小镇|集群|电站|平台|校区|医院|学校|幼儿园|小区|街区|市场|酒店|厂房|[一二三四]期|示范镇|扩能|技改|改造|综合体）|）)$"
)
_NO_WORK = re.compile(
    r"(?:领域|行业|企业|产业|政策|行动|活动|大会|会议|方面|方案|环节|问题|市|县|区|镇|乡|村|亿元|万元|\d个|公里)$|^(?:重点|重大|一批|各类|这|该|其|全省|全市|全县)"
)
# Trade words that make a firm's name of the brand before them even in a row of works (利华化学等项目); others tell what is made.
_FIRM_ENDS = CLOSERS - {"材料", "动力", "集成"} | frozenset(
    [
        "新能源",
        "环保",
        "化学",
        "农化",
        "生物",
        "医药",
        "生物科技",
        "新材料科技",
        "锂业",
        "重装",
        "传媒",
        "光电",
        "机械",
        "机电",
        "钢构",
        "精密",
        "服装",
        "服饰",
        "车业",
        "照明",
        "家居",
        "家具",
        "包装",
        "五金",
        "建材",
        "陶瓷",
        "轴承",
        "电缆",
        "水泥",
        "化工",
        "纺织",
        "乳业",
        "酒业",
        "饮料",
        "印务",
        "玻纤",
        "特钢",
        "精工",
        "智能",
    ]
)


# 道路硬化、冷却塔安装、外墙装饰等工程完工: the trades of one building site.
_TRADES = re.compile(r"(?:安装|装饰|装修|绿化|硬化|亮化|铺设|浇筑|调试|粉刷|平整|砌筑|吊装|配套)$")
# X有限公司消毒柜, of a list of what one project makes
_FIRM_AND_GOODS = re.compile(r"[^，。；、\n]{2,20}(?:公司|集团)[^，。；、\n项工\d]{1,8}")
_GOODS_NEXT = re.compile(r"、[^，。；、\n]{2,5}(?:项目|工程|基地|生产线)")


_BY_THEM = re.compile(r"等(?:企业|公司)?(?:共同|联合)?(?:投资|承建|建设|实施|开发)")
_BROUGHT_IN = re.compile(r"(?:引进|招引|培育|发展)$")
_GOES_ON_AS_ONE = re.compile(rf"(?:{STEP_OF_TRADE}){{1,4}}(?:项目|工程|基地)")


def _are_parts(members: list[Work]) -> bool:
    return 2 * sum(_TRADES.search(w.name) is not None for w in members) > len(members)


class ListReader(WorkWalker, OwnerReader):
    """Finds works named in a row."""

    def find_rows(self) -> list[Work]:
        """Every member of every row of works, in text order."""
        self.row_words: set[int] = set()
        found: list[Work] = []
        if not self.tokens.words:
            return found
        taken = 0
        for begin, end, closed in sorted(self._spans()):
            if begin < taken:
                continue
            if _BUILDS_ITSELF.search(self.tokens.text[max(0, begin - 120) : end]):
                continue  # 该项目通过修建海堤、排洪渠等工程
            lead = _LEADS_MEMBERS.match(self.tokens.text, begin, end)
            if lead is not None and lead.end() in self.tokens.starts_set:
                begin = lead.end()
            opened = closed == end or any(
                m.end() == begin for m in _OPENS.finditer(self.tokens.text, max(0, begin - 24), begin)
            )
            members = self._members(begin, end, opened=opened)
            counted = _COUNT_AFTER.match(self.tokens.text, closed) and "投资" not in self.tokens.text[end:closed]
            if counted and 2 * sum(self._is_named(w) for w in members) < len(members):
                continue  # 现代服务业、城市更新等项目11个 are classes
            if members and closed > end and self._are_classes(members):
                continue
            if (
                members
                and _BY_THEM.match(self.tokens.text, end)
                and any(w.name.endswith(("公司", "集团")) for w in members)
            ):
                continue  # 由A有限公司、B有限公司等投资建设的3个项目
            if not members or (closed > end and _are_parts(members)):
                continue
            row = (self.tokens.starts[members[0].first], closed)
            self.row_words.update(range(members[0].first, self.tokens.at(closed - 1) + 1))
            for work in members:
                work.row = row
            found += members
            taken = closed
        return found

    def _are_classes(self, members: list[Work]) -> bool:
        """引进高端化学品、化工新材料等项目: what sorts of project are looked for."""
        start = self.tokens.starts[members[0].first]
        looked_for = _BROUGHT_IN.search(self.tokens.text, max(0, start - 4), start) is not None
        return looked_for and not any(self._is_named(w) for w in members)

    def _is_named(self, work: Work) -> bool:
        """Whether the member bears a proper name: a firm's, a place's, an unknown word."""
        return work.owner is not None or any(
            k in self.place_starts or is_proper(self.tokens, k, self.lex) for k in range(work.first, work.last + 1)
        )

    def _spans(self) -> Iterator[tuple[int, int, int]]:
        """(begin, end, end with what closes it) of what may be a row of works, in clean offsets."""
        text = self.tokens.text
        opened = [match.end() for match in _OPENS.finditer(text)]
        for begin in opened:
            stop = _ROW_END.search(text, begin)
            end = stop.start() if stop is not None else len(text)
            closed = _CLOSES.match(text, end)
            told = closed is not None and not _NO_ROW.search(closed.group("class") or "")
            if bisect_right(opened, begin) < bisect_right(opened, end):
                continue  # 项目中，有续建项目2个（A、B）: the later cue opens the row
            if "、" in text[begin:end] and not told and not _NO_WORKS_AFTER.match(text, end):
                yield begin, end, end
        for match in _CLOSES.finditer(text):
            if _NO_ROW.search(match.group("class") or ""):
                continue
            begin = max(text.rfind(mark, 0, match.start()) for mark in "，。；：\n") + 1
            if match.group("class") is None and "、" not in text[begin : match.start()]:
                continue
            if text[begin - 1] == "；" or "；" in text[max(0, begin - 40) : begin]:
                # 推介A项目；B项目；C项目等12个项目: the members stand apart by semicolons.
                earlier = max(text.rfind(mark, 0, match.start()) for mark in "，。：\n") + 1
                if all(part.endswith("项目") for part in text[earlier : match.start()].split("；")):
                    begin = earlier
            inside = bisect_left(opened, match.start())
            later = inside > 0 and opened[inside - 1] > begin
            yield opened[inside - 1] if later else begin, match.start(), match.end()

    def _members(self, begin: int, end: int, opened: bool) -> list[Work]:
        """The works named in the clean [begin, end); `opened` tells that a cue right before `begin` opens the row."""
        text = self.tokens.text
        works: list[Work] = []
        if text[begin : begin + 1] == "“" and text[end - 1 : end] == "”" and "+" in text[begin:end]:
            begin, end = begin + 1, end - 1  # “A项目+B项目”等
        at = begin
        parts: list[tuple[int, int]] = []
        depth = 0
        for k in range(begin, end + 1):
            char = text[k] if k < end else "、"
            depth += (char in "（(“") - (char in "）)”")
            if char in "、；" and (depth <= 0 or k == end):
                if k < end and _GOES_ON_AS_ONE.match(text, k):
                    continue  # 铝箱体研发、生产、销售项目
                one = k < end and _FIRM_AND_GOODS.fullmatch(text, at, k) and _GOODS_NEXT.match(text, k)
                if one and not _ENDS_WORK.search(text[at:k]):
                    continue  # 佛山某有限公司消毒柜、干衣机项目 is one
                parts.append((at, k))
                at = k + 1
        for number, (start, stop) in enumerate(parts):
            # 投资58.9亿元的X项目、与某公司签订总投资10亿元的Y项目等
            priced = next(iter(PRICED.finditer(text, start, stop)), None)
            price = None if priced is not None else _PRICE_OPENS.match(text, start, stop)
            start = priced.end() if priced is not None else price.end() if price is not None else start
            quoted = text[start : start + 1] == "“" and text[stop - 1 : stop] == "”" and stop - start > 5
            for low, high in [(start + 1, stop - 1)] if quoted else self._apart(start, stop):
                work = self._member(
                    low,
                    high,
                    loose=number == 0 and low == start and not opened and priced is None and price is None,
                    opened=opened,
                )
                if work is not None:
                    works.append(work)
        return works

    def _apart(self, start: int, stop: int) -> list[tuple[int, int]]:
        """A和B in two where A alone names a work; 西部材料和供应链中心 stays whole."""
        text = self.tokens.text
        for match in _JOINED.finditer(text, start + 2, stop - 2):
            left, right = text[start : match.start()], text[match.end() : stop]
            if match.start() not in self.tokens.starts_set or len(right) < 4:
                continue
            firm_before = self.tokens.at(match.start() - 1) in self.firm_ends
            if (_ENDS_WORK.search(left) and not left.endswith("线") and len(left) >= 4) or firm_before:
                return [(start, match.start()), *self._apart(match.end(), stop)]
        return [(start, stop)]

    def _member(self, start: int, stop: int, loose: bool, opened: bool) -> Work | None:
        """The work that the clean [start, stop) names; what stands before its name goes where `loose`."""
        tokens, words, lex = self.tokens, self.tokens.words, self.lex
        if stop - start < 3 or (stop not in tokens.starts_set and stop < len(tokens.text)):
            return None
        first, end = tokens.at(start), tokens.at(stop - 1)
        if words[end] in "”’" and opening(tokens, end) is None:
            return None
        if tokens.starts[first] != start:
            return None
        self._loosen_product(end)
        walked, owner, place = self._walk(end)
        if loose:
            first = self._behind_lead(first, walked, end)
        first = self._trim(first, end)
        lead = _STEPS_BEFORE.match(tokens.text[tokens.starts[first] : tokens.ends[end]]) if first <= end else None
        if lead is not None and tokens.starts[first] + lead.end() in tokens.starts_set:
            first = tokens.at(tokens.starts[first] + lead.end())
        if first > end:
            return None
        name = tokens.text[tokens.starts[first] : tokens.ends[end]]
        if not 3 <= len(name) <= 34 or "\n" in name or _NO_WORK.search(name):
            return None
        if opened and not _ENDS_WORK.search(name) and not self._is_named(Work(name, first, end, "")):
            return None
        content = [
            k
            for k in range(first, end + 1)
            if not is_mark(words[k])
            and words[k] not in lex.words["generic"]
            and words[k] not in lex.words["stop_noun"]
            and words[k] not in lex.words["project_head"]
        ]
        headed = words[end] in lex.words["project_head"]
        if not content or (all(words[k] in lex.industries for k in content) and not headed):
            return None
        leading = self.place_starts.get(first)
        if leading is not None and leading.last < end:
            place = leading
        elif place is not None and (place.first < first or place.last >= end):
            place = None
        if walked > first or owner is None:
            owner = self._row_owner(first, end)
        head = words[end] if words[end] in lex.words["project_head"] else ""
        return Work(name, first, end, head, owner, place, listed=True)

    def _behind_lead(self, first: int, walked: int, end: int) -> int:
        """First word of the name behind the words that lead to the row (争取新开工, 缙云县对)."""
        words, tags = self.tokens.words, self.tokens.tags
        begin = first
        for k in range(first, walked):
            word, tag = words[k], tags[k]
            if (word in ("和", "及", "与", "以及") and k > begin) or k in self.place_ends or k in self.firm_ends:
                continue
            if (
                (tag in ("p", "d", "t", "r", "ul", "uj", "c", "m", "q") and word not in _WITHIN)
                or word in ("中", "的", "对", "有")
                or (
                    k == begin
                    and (
                        tag[0] not in "njgz"
                        or word in self.lex.words["break_word"]
                        or word in self.lex.words["stop_noun"]
                        or word in self.lex.words["step_word"]
                    )
                )
            ):
                begin = k + 1
        return begin

    def _row_owner(self, first: int, end: int) -> str | None:
        """Whose the member is: the firm it begins with, the whole of it, or the unknown brand it opens with."""
        words, lex = self.tokens.words, self.lex
        known = self.firm_starts.get(first)
        if known is not None and known.last <= end:
            return known.key
        name = (self.tokens.text, self.tokens.starts[first], self.tokens.ends[end])
        if _PUBLIC.search(*name) or PUBLIC_WORK.search(*name):
            return None
        brand = first
        while brand <= end and self._is_brand(brand):
            brand += 1
        length = self.tokens.ends[brand - 1] - self.tokens.starts[first] if brand > first else 0
        if 2 <= length <= 5 and brand <= end:
            if brand == end and (words[end] in _FIRM_ENDS or TRADE_TAIL.search(words[end]) or len(words[end]) == 1):
                return self._enter_owner(first, end)
            if words[brand] in lex.words["project_head"] and brand == end and length < 3:
                return None
            return self._enter_owner(first, brand - 1)
        if 3 <= length <= 5:
            return self._enter_owner(first, end)
        if brand == first:
            lead = self._leading_owner(first, end)
            if lead is not None:
                return lead
            if (
                end == first + 1
                and (words[end] in _FIRM_ENDS)
                and len(words[first]) == 2
                and words[first] not in lex.words["generic"]
                and words[first] not in lex.industries
                and first not in self.place_starts
            ):
                return self._enter_owner(first, end)  # 丰山农化, 光大环保
        return None

    def _is_brand(self, k: int) -> bool:
        word, lex = self.tokens.words[k], self.lex
        if k in self.place_starts:
            return False
        if len(word) == 1:
            return word not in FUNCTION and self.tokens.tags[k] in BRAND_TAGS and not is_mark(word)
        return is_proper(self.tokens, k, lex) and word not in lex.guarded

    def _loosen_product(self, end: int) -> None:
        """美锦氢能 in a row is a brand and what it makes; 利华化学 stays one name."""
        if self.tokens.words[end] in _FIRM_ENDS:
            return
        self._loosen(end)
