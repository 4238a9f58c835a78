"""Walking back from a work's head over the words of its name."""

from __future__ import annotations

import re

from .places import Place
from .spans import is_mark, is_number, is_proper, opening
from .work_base import CAPACITY, FUNCTION, NUMBER_TAGS, PHASE, SIDES, WorkReader

# Counters after which a number counts works rather than sizes one.
_COUNTERS = re.compile(r"(?:[个项家处宗批类户名位次届轮月日号]|亿元|万元|元|%|亿|[大小余多])$|^年$|^[几数]")

_STOP_TAGS = frozenset(
    {"p", "c", "uj", "ul", "u", "uv", "ud", "uz", "ug", "r", "d", "t", "f", "y", "o", "e", "i", "ad", "rz", "vd"}
)
# Verbs that name what a project is when they stand right before 项目.
_NOMINAL = frozenset({"建设", "开发", "合作", "推广", "建造"})
_PLAIN_NEXT = (["项目"], ["工程"])
_AND = frozenset({"及", "以及", "和", "与"})
_LONGEST_JOINED = 32  # characters of a name that runs through one of them
_EDGES = frozenset({*"，。；：\n“《、·", "的", "在", "位于", "推进", "实施", "建设", "投资", "包括"})
_SIZED = re.compile(
    r"年(?:产|加工|处理)\d[\d.]*[万亿]?[^\d、]{1,14}$|年(?:产|加工|处理)\d[\d.]*[万亿]?[^\d、]{1,14}(?:、[^\d、]{1,6})+$"
)


class WorkWalker(WorkReader):
    """Finds where the name of a work begins."""

    def _walk(self, end: int, outer: int | None = None) -> tuple[int, str | None, Place | None]:
        """First word of the name whose last word before the head is `end`; the firm and the place it begins with.

        `outer` is the last word of the whole where the walk goes on from before a 及 within it.
        """
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        outer = end if outer is None else outer
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
            if word == "/" and words[j - 1][-1:].isascii() and words[j + 1][:1].isascii():
                first = j  # 100MW/200MWh, SMPO/POD
                j -= 1
                continue
            if word == "年" and j > 1 and words[j - 1] == "/" and (tags[j - 2] in NUMBER_TAGS or words[j - 2] == "吨"):
                first = j - 2  # 180万吨/年
                j -= 3
                continue
            if is_mark(word):
                open_at = opening(self.tokens, j, 12)
                if open_at is None and word == "、" and (self._sized_row(j) or self._trades_beside(j)):
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
            if PHASE.match(word):
                first = j
                j -= 1
                continue
            if word == "宗" and j and is_number(words[j - 1]):
                break  # 19宗项目
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
                if _COUNTERS.search(word) and not (
                    is_number(word) and len(word) > 1 and not _COUNTERS.search(word[-1])
                ):
                    break
                if tag == "m" and not is_number(word) and word[0] in "一二三四五六七八九十两数几首第半多每":
                    break
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
            if word == "国际" and (words[j + 1] in lex.words["project_head"] or words[j + 1] in lex.words["zone_tail"]):
                first = j  # 金州湾国际机场
                j -= 1
                continue
            if j == end and word in _NOMINAL and self.tokens.words[end + 1 : end + 2] in _PLAIN_NEXT:
                first = j  # 精加工生产|建设|项目, 战略|合作|项目
                j -= 1
                continue
            if word in _AND and first <= end and not self._sized_row(j):
                near = self.tokens.ends[outer] - self.tokens.starts[j] < _LONGEST_JOINED
                joined = self._before_and(j, end, outer) if near else None
                if joined is not None:
                    first, owner, place = joined  # 肉类处理|及|冷链配送项目
                break
            if word in lex.words["break_word"] and word not in lex.words["work_word"]:
                if not self._sized_row(j):
                    break
                first = j
                j -= 1
                continue
            inside = word in SIDES or word in lex.words["road_head"]
            if tag in _STOP_TAGS and not inside and not is_proper(self.tokens, j, lex):
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

    def _before_and(self, j: int, end: int, outer: int) -> tuple[int, str | None, Place | None] | None:
        """Where a name begins that 及 (word `j`) runs through: at the edge of its clause, all between being of names.

        和 and 与 part two works as often as they join one; they join where the left side bears a place, a firm or a size.
        """
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        first, owner, place = self._walk(j - 1, outer)
        if first > j - 1 or words[j - 1] in lex.words["project_head"] or j - 1 in self.firm_ends:
            return None
        edge = first == 0 or words[first - 1] in _EDGES or first - 1 in self.firm_ends
        if not edge or self.tokens.ends[end] - self.tokens.starts[first] > _LONGEST_JOINED:
            return None
        named = owner is not None or place is not None or any(is_number(words[k]) for k in range(first, j))
        trade = tags[end][0] == "v" or words[end] in lex.words["work_word"]
        return (first, owner, place) if named or (words[j] in ("及", "以及") and trade) else None

    def _trades_beside(self, j: int) -> bool:
        """Whether the comma at word `j` parts what is done to one thing: 引道绿化、亮化建设."""
        words, trades = self.tokens.words, self.lex.words["work_word"]
        return (
            0 < j < len(words) - 1
            and words[j - 1] in trades
            and words[j + 1] in trades
            and len(words[j - 1]) == len(words[j + 1]) == 2
        )

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
                or (words[first] in "）)”’、《")
                or (self.tokens.tags[first] == "v" and words[first] in ("利用", "保护", "开发", "处理", "服务"))
            )
        ):
            if PHASE.match(words[first]):
                break
            if words[first] in ("上", "下") and first < end and lex.is_rare(words[first + 1]):
                break  # 下|浒山|水库
            if words[first] in "“‘" and any(words[k] in "”’" for k in range(first + 1, end + 1)):
                break
            first += 1
        return first


def _is_group(place: Place) -> bool:
    """Whether the place is a group of regions (黄河金三角), which names a work without telling where it lies."""
    return (
        place.region is not None
        and place.region.is_group
        and place.region.kind not in ("integrated_economic", "reform_demonstration")
    )
