"""Names of columns that lost their places: which of a table's columns each stands over, told by how many there are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from liantu.reading.tables import line_words, one_of

_BY_ITSELF = re.compile(r"[（(]")  # （亿元） in a line of its own belongs to the name above
_COMPARED = re.compile(r"(?:^|[^其])[比较与][^（(]{1,8}$")  # 比上年同期 | 增长（%）
_ADVERB = re.compile(r"(?:累计|本月|当月|同比|本年|[\d一二三四]季度|\d月(?:份)?|上半年|全年)$")
_CHANGE = re.compile(r"[增减升降±]")
_TITLE = re.compile(
    r"(?:情况|统计|数据|一览|表|及其[^（(]{2,12}|^(?:19|20)\d\d年(?:度|[^（(]{1,6})?|^[^（(]{2,12}生产总值)$"
    r"|^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.、]\D)"
)
_TIME = re.compile(
    r"(?:19|20)\d\d(?:年(?:度|末|底)?)?|(?:(?:19|20)\d\d年)?(?:\d{1,2}(?:[-—–~至]\d{1,2})?(?:月份?|季度)(?:末|累计)?|[一二三四]季度|上半年|前三季度|全年)"
)
_BARE = re.compile(
    r"(?:(?:19|20)\d\d年?)?(?:\d{1,2}(?:[-—–~至]\d{1,2})?月(?:份)?|本[月期年]|当[月期]|累计|全年|上年同期|总量|绝对[量额数]|数量|比重|占比|同比|环比|比上年|增长|增速|增幅|增减|±|率|[（(]?[%％][）)]?){1,5}"
)
_LONGEST_NAME = 14
_MOST_GROUPS = 6
_MOST_LEADS = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """Names `first` to `last` read as one, over column `column`."""

    first: int
    last: int
    column: int


@dataclass(frozen=True, slots=True)
class _Name:
    first: int
    last: int
    words: str


def place_names(words: Sequence[str], width: int, unit_column: int | None = None) -> list[list[Placed]]:
    """The lines of a header of `width` columns made of the last of `words`, the outer line first; empty where they make none.

    Names broken over lines are put together, a column of row names without a name of its own is left blank, and groups
    (2023年, 2024年) stand over the first column of those they repeat (产值, 增速, 产值, 增速).
    """
    names = _joined([_Name(i, i, word) for i, word in enumerate(words)], _belongs)
    for attempt in (names, _joined(names, _may_belong)):
        found = _grouped(attempt, width) or _single(attempt, width, unit_column)
        if found:
            return found
    return []


def opens_header(words: str) -> bool:
    """Whether a column name is one of those over the names or the numbers of rows (指标, 地区, 序号)."""
    return words.replace(" ", "") in line_words("row_name") or _names_order(words)


def _names_order(words: str) -> bool:
    """Whether a column name is one of those over the numbers of rows (序号)."""
    return words.replace(" ", "") in line_words("row_order")


def leads_rows(words: str) -> bool:
    """Whether a column name is one of those left of the figures: over names, numbers or units of rows."""
    return opens_header(words) or words.replace(" ", "") in ("单位", "计量单位")


def names_time(words: str) -> bool:
    """Whether words are a year, or months or a quarter, and nothing else."""
    return _TIME.fullmatch(words) is not None


def _joined(names: Sequence[_Name], rule: Callable[[str, str], bool]) -> list[_Name]:
    found: list[_Name] = []
    for name in names:
        if found and rule(found[-1].words, name.words):
            found[-1] = _Name(found[-1].first, name.last, found[-1].words + name.words)
        else:
            found.append(name)
    return found


def _belongs(above: str, words: str) -> bool:
    """Whether a line goes on with the name above it."""
    opened = above.count("（") + above.count("(") > above.count("）") + above.count(")")
    if opened and ("）" in words or ")" in words):
        return True
    return bool(_BY_ITSELF.match(words)) or bool(_COMPARED.search(above) and _CHANGE.match(words))


def _may_belong(above: str, words: str) -> bool:
    return bool(_ADVERB.search(above) and _CHANGE.match(words))


def _single(names: Sequence[_Name], width: int, unit_column: int | None) -> list[list[Placed]]:
    """A header of one line: a name for every column, or for every one but that of the rows' names or units."""
    n = len(names)
    if n >= width and opens_header(names[-width].words):
        return [_line(names[-width:], range(width))]
    few = names[1 - width :] if n >= width - 1 > 0 else []
    if few and opens_header(few[0].words):
        if unit_column is not None and n == width - 1:
            return [_line(few, [i for i in range(width) if i != unit_column])]
        return [] if _names_order(few[0].words) else [_line(few, range(1, width))]
    told = [_names_a_column(name.words) for name in few]
    if (
        n == width
        and not _names_a_column(names[0].words)
        and not _is_title(names[0].words)
        and sum(told) * 2 >= len(told)
    ):
        return [_line(names, range(width))]
    if n == width and not _BARE.fullmatch(names[0].words) and all(_BARE.fullmatch(name.words) for name in few):
        return [_line(names, range(width))]  # 现价工业产值 in the corner, over 本月, 增长%, 累计
    alone = n < width or _is_title(names[-width].words) or not _names_a_column(names[-width].words)
    if few and alone and (all(told) if n >= width else sum(told) * 2 >= len(told)):
        return [_line(few, range(1, width))]
    return []


def _is_title(words: str) -> bool:
    """Whether a line over the names of columns tells what the table or its time is."""
    return len(words) > _LONGEST_NAME or _TITLE.search(words) is not None


def _grouped(names: Sequence[_Name], width: int) -> list[list[Placed]]:
    """A header of two lines whose lower one says the same under each name of the upper."""
    for leads in range(_MOST_LEADS, -1, -1):
        blank = max(leads, 1)
        for groups in range(2, _MOST_GROUPS + 1):
            each, rest = divmod(width - blank, groups)
            total = leads + groups + groups * each
            if rest or each < 2 or total > len(names):
                continue
            tail = names[len(names) - total :]
            lower = [name.words for name in tail[leads + groups :]]
            upper = [name.words for name in tail[leads : leads + groups]]
            if any(lower[i] != lower[i % each] for i in range(len(lower))) or len(set(upper)) < groups:
                continue
            if leads and not (opens_header(tail[0].words) and all(leads_rows(name.words) for name in tail[:leads])):
                continue
            over = [*range(leads), *(blank + each * i for i in range(groups))]
            return [_line(tail[: leads + groups], over), _line(tail[leads + groups :], range(blank, width))]
    return []


def _line(names: Sequence[_Name], columns: Sequence[int] | range) -> list[Placed]:
    return [Placed(name.first, name.last, column) for name, column in zip(names, columns, strict=True)]


def _names_a_column(words: str) -> bool:
    return bool(column_name().search(words))


@cache
def column_name() -> re.Pattern[str]:
    """What the names of columns of figures have in them: a word of theirs, or a unit in brackets at the end."""
    return re.compile(rf"(?:{one_of('column')})|[%‰）)]$")
