"""Works in the text: projects, plants, roads, parks, found by the word that closes their name."""

from __future__ import annotations

import re

from .places import Place
from .spans import is_mark, is_number, is_proper, opening
from .work_base import CAPACITY, FUNCTION, LINE, NUMBER_TAGS, PHASE, PLAIN_HEADS, Work
from .work_leads import LeadReader

# Counters after which a number counts works rather than sizes one.
_COUNTERS = re.compile(r"(?:[个项家处批类户名位次届轮月日号]|亿元|万元|元|%|亿|[大小余多])$|^年$|^[几数]")

_STOP_TAGS = frozenset(
    {"p", "c", "uj", "ul", "u", "uv", "ud", "uz", "ug", "r", "d", "t", "f", "y", "o", "e", "i", "ad", "rz", "vd"}
)


class WorkFinder(LeadReader):
    """Finds the works of one document."""

    def find(self) -> list[Work]:
        heads = self.lex.words["project_head"]
        words = self.tokens.words
        rows = self.find_rows()
        in_rows = self.row_words
        taken = -1
        for i in self.tokens.spots["work"]:
            if i <= taken or i in in_rows:
                continue
            word = words[i]
            if word not in heads and not self._opens(i):
                continue
            if i in self.firm_ends and self.firm_ends[i].first < i:
                continue  # 吉利晋中基地 is a firm's name
            last = self._extend(i)
            work = self._single(i, last)
            if work is not None:
                if self.works and work.first == self.works[-1].last + 1 and words[work.last].endswith("段"):
                    taken = work.last  # …城际铁路阎良至富平段 is a part of what stands before it
                    continue
                while self.works and self.works[-1].first >= work.first:
                    self.works.pop()
                self.works.append(work)
                taken = work.last
        inside = [w for w in self.works if not in_rows.intersection(range(w.first, w.last + 1))]
        self.works = inside + [self._named(w) for w in rows]
        leads = self.find_leads()
        self.works = self.works + leads
        self.works.sort(key=lambda w: w.first)
        for number, found in enumerate(self.works):
            found.number = number
        return self.works

    def _opens(self, i: int) -> bool:
        """Whether word `i`, no head by itself, can close the name of a work: 制品园, 四号线, 二工厂."""
        word, lex = self.tokens.words[i], self.lex
        if LINE.match(word):
            return True
        if word.endswith("工作站") or word in lex.words["zone_tail"] or word in lex.words["generic"]:
            return False
        before = self.tokens.words[i - 1] if i else ""
        if len(word) == 1 and not (i and (self.tokens.tags[i - 1][0] == "n" or before in ("二", "中试", "试验"))):
            return False
        return word in lex.words["open_head"] or (
            len(word) >= 3 and word[-1] in "园线站馆厂港谷库桥" and self.tokens.tags[i][0] == "n"
        )

    def _extend(self, i: int) -> int:
        """Last word of the head that begins at `i`: further heads and phases belong to it."""
        words, heads = self.tokens.words, self.lex.words["project_head"]
        last = i
        j = i + 1
        while j < len(words):
            word = words[j]
            if word in heads or PHASE.match(word):
                last = j
                j += 1
            elif (
                word in "（("
                and j + 2 < len(words)
                and j + 1 not in self.place_starts
                and words[j + 2] in "）)"
                and len(words[j + 1]) <= 4
            ):
                last = j + 2
                j += 3
            elif (
                word in ("改造", "升级", "扩建", "扩能", "扩产", "技改", "建设", "智能化")
                and j + 1 < len(words)
                and words[j + 1] in PLAIN_HEADS
            ):
                last = j + 1
                j += 2
            elif word == "段" or (word.endswith("段") and len(word) <= 4):
                last = j
                j += 1
            else:
                break
        metro = _METRO_LINE.match(self.tokens.text, self.tokens.ends[last])
        if metro is not None and words[last] in ("地铁", "轻轨", "轨道交通"):
            return self.tokens.at(metro.end() - 1)  # 西安地铁1号线三期
        # 雄忻高铁忻州段
        if j + 1 < len(words) and j in self.place_starts and words[j + 1] == "段":
            return j + 1
        return last

    def _walk(self, end: int) -> tuple[int, str | None, Place | None]:
        """First word of the name whose last word before the head is `end`; the firm and the place it begins with."""
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        first, j = end + 1, end
        owner: str | None = None
        place: Place | None = None
        while j >= 0 and end - j <= 22:
            word, tag = words[j], tags[j]
            span = self.firm_ends.get(j)
            if span is not None:
                first, owner = span.first, span.key
                j = first - 1
                if j in self.place_ends and self.place_ends[j].kind == "region":
                    place = self.place_ends[j]
                    first = place.first
                break
            if j in self.place_ends and not _is_group(self.place_ends[j]):
                found = self.place_ends[j]
                if found.kind == "zone" and first <= end:
                    place = found
                    break
                place = found
                first = found.first
                j = first - 1
                if j >= 0 and words[j] in ("国家级", "省级", "国家", "世界级"):
                    first = j
                    break
                if found.kind == "region" and j > 0 and words[j] in ("至", "到") and j - 1 in self.place_ends:
                    first = self.place_ends[j - 1].first  # 孝义至临县输氢管道
                    break
                if (
                    found.kind == "region"
                    and j not in self.place_ends
                    and not (j >= 0 and words[j] in lex.words["road_head"])
                ):
                    break
                continue
            if word in "—·" and first == j + 1 and j > 0 and not is_mark(words[j - 1]):
                first = j
                j -= 1
                continue
            if word == "/" and words[j - 1][-1:].isascii() and words[j + 1][:1].isdigit():
                first = j  # 100MW/200MWh
                j -= 1
                continue
            if is_mark(word):
                open_at = opening(self.tokens, j, 12)
                if open_at is None and word == "、" and self._sized_row(j):
                    first = j
                    j -= 1
                    continue
                if open_at is None:
                    break
                first = open_at
                j = open_at - 1
                continue
            if word in CAPACITY:
                first = j
                j -= 1
                continue
            if len(word) == 1 and ((tag in ("q", "zg") and self._sized_row(j)) or word in "湾山河湖岛岭港洲滩"):
                first = j  # 合金管、棒、型材; 金州湾
                j -= 1
                continue
            if word == "式" and tag == "k" and j > 0:
                first = j - 1  # 沉浸式
                j -= 2
                continue
            if len(word) == 2 and word[1] == "段" and word[0] in "东西南北中前后":
                first = j  # 中山路南段
                j -= 1
                continue
            if len(word) >= 2 and j > 1 and words[j - 1] in ("至", "到") and j - 2 in self.place_ends:
                first = self.place_ends[j - 2].first  # 孝义至临县输氢管道
                place = self.place_ends[j - 2]
                break
            if tag in NUMBER_TAGS or is_number(word):
                if (
                    word.startswith("第")
                    and j == end
                    and end + 1 < len(words)
                    and words[end + 1] in ("工厂", "生产线", "水厂", "热源厂")
                ):
                    first = j
                    j -= 1
                    continue
                if PHASE.match(word):
                    first = j
                    j -= 1
                    continue
                if _COUNTERS.search(word) and not (
                    is_number(word) and len(word) > 1 and not _COUNTERS.search(word[-1])
                ):
                    break
                if tag == "m" and not is_number(word) and word[0] in "一二三四五六七八九十两数几首第半多每":
                    break
                first = j
                j -= 1
                continue
            if PHASE.match(word):
                first = j
                j -= 1
                continue
            if (
                len(word) == 1
                and end - j < 3
                and end + 1 < len(words)
                and words[end + 1] in lex.words["road_head"]
                and word not in FUNCTION
            ):
                # 离隰高速, 集大原高铁: a road strings its ends together, one character each.
                first = j
                j -= 1
                continue
            if word == "国际" and j < end + 1 and words[j + 1] in lex.words["project_head"]:
                first = j  # 金州湾国际机场
                j -= 1
                continue
            if word in lex.words["break_word"] and word not in lex.words["work_word"]:
                if not self._sized_row(j):
                    break
                first = j
                j -= 1
                continue
            if tag in _STOP_TAGS and not is_proper(self.tokens, j, lex):
                named = tag == "i" and len(word) == 3 and (j - 1 in self.place_ends or j == 0 or is_mark(words[j - 1]))
                if not (named or (tag == "c" and self._sized_row(j))):
                    break
            if (
                tag == "v"
                and word not in lex.words["work_word"]
                and lex.jieba.has_word(word)
                and not self._capacity_left(j)
            ):
                break
            first = j
            j -= 1
        return first, owner, place

    def _capacity_left(self, j: int) -> bool:
        """Whether 年产 stands before word `j` within the same phrase."""
        words = self.tokens.words
        for k in range(j - 1, max(-1, j - 7), -1):
            if words[k] in CAPACITY:
                return True
            if is_mark(words[k]) or words[k] in FUNCTION:
                return False
        return False

    def _sized_row(self, j: int) -> bool:
        """Whether word `j` joins products of one plant: 年产50万吨合金管、棒、型材生产线."""
        word, start = self.tokens.words[j], self.tokens.starts[j]
        if len(word) > 1 and word != "以及":
            return False
        lead = re.split(r"[，。；：\n]|项目|基地|等", self.tokens.text[max(0, start - 28) : start])[-1]
        return bool(_SIZED.search(lead.rstrip("、")))

    def _trim(self, first: int, end: int) -> int:
        """Drop what stands before a name and is no part of it."""
        words, lex = self.tokens.words, self.lex
        while (
            first <= end
            and first not in self.place_starts
            and (
                words[first] in lex.words["stop_noun"]
                or words[first] in lex.words["work_lead"]
                or (words[first] in "）)”’、")
                or (self.tokens.tags[first] == "v" and words[first] in ("利用", "保护", "开发", "处理", "服务"))
            )
        ):
            if PHASE.match(words[first]):
                break
            if words[first] in "“‘" and any(words[k] in "”’" for k in range(first + 1, end + 1)):
                break
            first += 1
        return first

    def _single(self, i: int, last: int) -> Work | None:
        words, text = self.tokens.words, self.tokens.text
        first, owner, place = self._walk(i - 1)
        first = self._trim(first, i - 1)
        if first > i:
            return None
        if first == i and len(words[i]) < 5:
            return None
        start, end = self.tokens.starts[first], self.tokens.ends[last]
        # 项目7个, 9个光伏项目: a count of works names none.
        name = text[start:end]
        if owner is None and len(name) <= 6 and text[start - 1 : start] == "“" and text[end : end + 1] == "”":
            return None  # “灯塔工厂” is a title
        if words[last] in PLAIN_HEADS and _NO_PROJECT_AFTER.match(text, end):
            return None
        if work_place(words, first) and words[last] not in PLAIN_HEADS and owner is None:
            return None
        if _AIMED_AT.search(text[max(0, start - 8) : start]):
            return None  # 建成全国一流的高端装备制造基地
        if text[:start].endswith(("改建为", "改造为", "改建成", "改造成")):
            return None
        if words[last] in ("车间", "冷库") and owner is None and place is None:
            return None  # a part of the work spoken of
        if text[start - 1 : start] == "在" and text[end : end + 2] in ("举行", "召开", "举办"):
            return None
        if _COUNTED_AFTER.match(text[end : end + 8]) or _CLASS_OF_WORKS.search(name) or _SLOGAN.match(name):
            return None
        if any(name.endswith(part) for part in _PARTS):
            return None
        # 一期10万吨生产线 is a phase of the work named before it; 控制性工程 a part.
        if PHASE.match(words[first]) or text[start:end] in self.lex.words["part_word"]:
            return None
        if first > 0 and _COUNTED.search(text[max(0, start - 6) : start]):
            return None
        owner = self._leading_owner(first, i - 1) or owner or self._owner_before(first)
        work = Work(text[start:end], first, last, words[last] if words[last] in PLAIN_HEADS else words[i], owner, place)
        if not self._specific(work, i):
            return None
        return self._named(work)

    def _named(self, work: Work) -> Work:
        """Fill in the other forms of the name: without its owner, its place, 项目, quotation marks."""
        name = work.name
        bare = re.sub(r"[“”‘’]", "", name)
        forms = {bare}
        if work.owner is not None:
            for form in (
                (work.owner, *self.book.firms[work.owner].aliases) if work.owner in self.book.firms else (work.owner,)
            ):
                if bare.startswith(form) and len(bare) - len(form) >= 4:
                    forms.add(bare[len(form) :])
            if not any(bare.startswith(f) for f in (work.owner,)):
                forms.add(work.owner + bare)
        if work.place is not None:
            for form in (work.place.key, *work.place.aliases):
                if bare.startswith(form) and len(bare) - len(form) >= 4:
                    forms.add(bare[len(form) :])
        if "至" in bare and len(bare.split("至", 1)[1]) >= 4:
            forms.add(bare.split("至", 1)[1])  # 荆门高铁 for 宜昌至荆门高铁
        for form in list(forms):
            if form.endswith(("项目", "工程")) and len(form) > 6:
                forms.add(form[:-2])
            else:
                forms.add(form + "项目")
            if "年产" in form:
                forms.add(form[form.index("年产") :])
        forms.discard(name)
        work.aliases = {f for f in forms if len(f) >= 3}
        return work


_AIMED_AT = re.compile(r"(?:一流|最大|最强|重要|领先|知名|先进|有影响力|特色鲜明|多元协同|现代化)的$")
_METRO_LINE = re.compile(r"(?:\d+|[一二三四五六七八九十]+)号线(?:[一二三四五]期)?")
_SIZED = re.compile(
    r"年(?:产|加工|处理)\d[\d.]*[万亿]?[^\d、]{1,14}$|年(?:产|加工|处理)\d[\d.]*[万亿]?[^\d、]{1,14}(?:、[^\d、]{1,6})+$"
)
# 项目推介会, 项目为王: no single project is meant.
_NO_PROJECT_AFTER = re.compile(
    r"(?:推介|签约(?:仪式|大会)|为王|热潮|攻坚|库|清单|专班|观摩|路演|对接会|投资[纪记]录|建设年|谋划会)"
)
_PARTS = ("控制性工程", "主体工程", "附属工程", "配套工程", "先行工程", "前期工程")
_CLASS_OF_WORKS = re.compile(
    r"^\d+项|^(?:世界级|全国|全球|国内|亚洲|最大|重要|一流|全省|区域性)(?!最?高)|^[^，。]{0,4}(?:抓大|树牢)|^\d+[.、]|以上|以下|万元|亿元|^\d+(?:条|个|座|栋)|^.{1,8}[省市县区州旗](?:重点|重大)?(?:项目|工程)$"
)
# “双百”工程: a slogan in quotation marks names a programme.
_SLOGAN = re.compile(r"^.{0,6}[“‘][^“”‘’]{1,8}[”’].{0,3}(?:工程|项目)$")


def work_place(words: list[str], first: int) -> bool:
    """Whether what begins at word `first` is told as the place of something else: 位于X的, 依托X."""
    return first > 0 and words[first - 1] in ("位于", "依托", "入驻", "落户", "坐落于", "地处")


def _is_group(place: Place) -> bool:
    """Whether the place is a group of regions (黄河金三角), which names a work without telling where it lies."""
    return (
        place.region is not None
        and place.region.is_group
        and place.region.kind not in ("integrated_economic", "reform_demonstration")
    )


_COUNTED_AFTER = re.compile(r"(?:达到?|共|总数)?(?:\d+|[一二三四五六七八九十百两几多]+)(?:余|多)?(?:个|项|座|处|家|条)")
_COUNTED = re.compile(
    r"(?:\d|[一二三四五六七八九十百两几多数余])(?:个|项|批|类|余项|多个|余个)(?:以上)?(?:的)?$|(?:以上|以下|以内)的?$|^[\d.]+$"
)
