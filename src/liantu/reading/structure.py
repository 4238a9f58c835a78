"""Which line is what: headline, dateline, headings, prose, rows, credits and page furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from liantu.reading.days import days
from liantu.reading.headings import STOPS, body_kinds
from liantu.reading.model import BlockKind
from liantu.reading.published import DATED_TITLE
from liantu.reading.tables import Cues, line_cues, line_words, one_of

_HEAD_LINES = 25
_PROSE = 60  # a line of this many characters with a full stop is prose
_LONGEST_TITLE = 120
_TITLE_LINES = 3  # a line above the headline, the headline, a line below
_SHORTEST_TITLE = 6  # of several lines; a shorter one names a column of the site
_LONGEST_AD = 4  # lines between two marks of an advertisement
_DATE_ONLY = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?$")
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|第.{1,4}[章节条]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.、]|【"
)
_PEOPLE = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[\s、]+[\u4e00-\u9fff·]{2,4}){0,3}$")
_SUBTITLE = ("——", "—", "--", "－")
_AD_MARK = re.compile(r"[\s—\-·.*=]*(?:广告|推广|AD)[\s—\-·.*=]*$")
_NUMBER = re.compile(r"(?:(?:19|20)\d\d年)?第\s?\d{1,4}\s?期(?:[\s（(]*总第?\s?\d{1,4}\s?期[）)]?)?$")
_ISSUE = re.compile(r"第\s?\d{1,4}\s?期|〔\d{4}〕第?\d{1,4}[期号]")


def is_prose(line: str) -> bool:
    """Whether a line is running text rather than a heading, a credit or a link."""
    return (len(line) >= _PROSE and "。" in line) or len(line) >= 2 * _PROSE


def classify(lines: Sequence[str], known: Sequence[BlockKind | None]) -> tuple[list[BlockKind], list[int]]:
    """Kind and level of each clean line; `known` holds what the parser is sure of.

    One headline at most is marked `title`, with the lines that belong to it.
    """
    kinds = list(known)
    _mark_furniture(lines, kinds)
    open_lines = [i for i in range(len(lines)) if kinds[i] is None]
    first_prose = next((i for i in open_lines if is_prose(lines[i])), None)
    if first_prose is None:
        first_prose = next((i for i in open_lines if lines[i][-1] in STOPS), len(lines))
    _mark_head(lines, kinds, min(first_prose, _HEAD_LINES))
    _mark_tail(lines, kinds, first_prose)
    found, levels = body_kinds(lines, kinds)
    _mark_bulletin(lines, found, levels, known)
    return found, levels


def _mark_furniture(lines: Sequence[str], kinds: list[BlockKind | None]) -> None:
    cues = line_cues()
    prose = next((i for i, line in enumerate(lines) if is_prose(line)), None)
    if prose is None:
        prose = next((i for i, line in enumerate(lines) if line[-1] in STOPS), len(lines))
    head = min(prose, _HEAD_LINES)  # a line with a source stands above the text; below it, it is a credit
    for i, line in enumerate(lines):
        if kinds[i] is not None:
            continue
        short = len(line) <= 160
        if "\t" in line and ("：" not in line or _is_row_of(lines, kinds, i)):
            kinds[i] = "table_row"
        elif (short and cues["navigation"].fits(line)) or cues["boilerplate"].fits(line):
            kinds[i] = "boilerplate"
        elif short and cues["caption"].fits(line):
            kinds[i] = "caption"
        elif len(line) <= 80 and cues["origin"].fits(line):
            kinds[i] = "dateline"
        elif short and not (i < head and cues["dateline"].fits(line)) and cues["byline"].fits(line):
            kinds[i] = "byline"
    for i in range(head - 1):
        if len(lines[i]) <= 9 and kinds[i] is None and lines[i].rstrip("： ") in _portal_labels():
            kinds[i] = "dateline"
            if lines[i + 1].rstrip("： ") not in _portal_labels():
                kinds[i + 1] = kinds[i + 1] or "dateline"
    marks = [i for i, line in enumerate(lines) if len(line) <= 20 and _AD_MARK.match(line)]
    for first, last in zip(marks[::2], marks[1::2], strict=False):
        if last - first <= _LONGEST_AD + 1:
            kinds[first : last + 1] = ["boilerplate"] * (last + 1 - first)


def _is_row_of(lines: Sequence[str], kinds: Sequence[BlockKind | None], i: int) -> bool:
    """Whether a line with a colon goes on with the rows above it: 其中：税收收入."""
    return i > 0 and kinds[i - 1] == "table_row" and lines[i].count("\t") == lines[i - 1].count("\t")


@cache
def _portal_labels() -> frozenset[str]:
    """Labels that a portal copied as text shows on a line of their own, above their value."""
    kinds = ("portal_label", "published", "updated", "made", "issuer_label")
    return frozenset(word for kind in kinds for word in line_words(kind))


@cache
def _people_line() -> re.Pattern[str]:
    """主持人：…, 发布人：市工业和信息化局局长 …, 中共…市委书记 … in the head of a transcript or a signed article."""
    return re.compile(
        rf"(?:{one_of('role_label')})[：:]\s?.{{1,80}}(?<![。？！；])$|[^，。：；]{{0,40}}(?:{one_of('post')})\s[\u4e00-\u9fff·]{{2,4}}$"
    )


@cache
def _masthead() -> re.Pattern[str]:
    return re.compile(rf"《?[^，。：；\s]{{1,10}}(?:{one_of('paper')})》?")


@cache
def _issuer() -> re.Pattern[str]:
    # 稳健开局, 优化布局 close headlines, not the name of a bureau.
    return re.compile(rf"[^，。；：]{{2,40}}(?:{one_of('issuer')})(?<![开布格全大变破结定残僵]局)$")


def _mark_head(lines: Sequence[str], kinds: list[BlockKind | None], stop: int) -> None:
    """The headline is the first line above the prose that is neither furniture nor a date line."""
    cues = line_cues()
    title = next((i for i, kind in enumerate(kinds) if kind == "title"), None)
    opened = False  # whether a line of the body has come
    for i in range(stop):
        line = lines[i]
        if kinds[i] is not None:
            continue
        if _is_dateline(line, cues["dateline"]) or (title is None and _masthead().fullmatch(line)):
            kinds[i] = "dateline"
        elif title is None:
            if _may_be_title(line):
                for j in _title_lines(lines, kinds, i, stop):
                    kinds[j] = "title"
                    title = j
        elif (i == title + 1 and line.startswith("关于") and _issuer().match(lines[title])) or (
            i == title + 1
            and (line.startswith(_SUBTITLE) or (line[0] == "（" and line[-1] == "）") or _NUMBER.match(line))
        ):
            kinds[i] = "title"
        elif (_issuer().match(line) and _signs(lines, i, i <= title + 3)) or (
            not opened and _names_people(lines, i, stop)
        ):
            kinds[i] = "dateline"
        else:
            opened = True
    if title is None and stop and kinds[0] is None and len(lines[0]) <= 80 and stop < len(lines):
        kinds[0] = "title"


def _is_dateline(line: str, cues: Cues) -> bool:
    return len(line) < _LONGEST_TITLE and cues.fits(line) and not DATED_TITLE.fullmatch(line)


def _may_be_title(line: str) -> bool:
    return len(line) >= 4 and not line.endswith(("。", "：", "；"))


def _names_people(lines: Sequence[str], i: int, stop: int) -> bool:
    if _people_line().match(lines[i]):
        return True
    return len(lines[i]) <= 20 and _PEOPLE.match(lines[i]) is not None and _before_dateline(lines, i, stop)


def _signs(lines: Sequence[str], i: int, near_title: bool) -> bool:
    """Whether an issuer's name belongs to the date below it; far from the headline that line must be nothing else."""
    if near_title:
        return _before_dateline(lines, i, len(lines))
    return i + 1 < len(lines) and _DATE_ONLY.fullmatch(lines[i + 1]) is not None


def _before_dateline(lines: Sequence[str], i: int, stop: int) -> bool:
    return i + 1 < stop and _is_dateline(lines[i + 1], line_cues()["dateline"])


def _title_lines(lines: Sequence[str], kinds: Sequence[BlockKind | None], first: int, stop: int) -> list[int]:
    """The headline's first line, and those below it where a date line closes the head."""
    found = [first]
    for i in range(first + 1, stop):
        line = lines[i]
        if kinds[i] in ("boilerplate", "caption"):
            continue
        if kinds[i] in ("dateline", "byline") or (kinds[i] is None and _is_dateline(line, line_cues()["dateline"])):
            long = [j for j in found if len(lines[j]) >= _SHORTEST_TITLE]
            return long or [first]
        closes = _issuer().match(lines[i - 1]) and line.startswith("关于")
        people = _people_line().match(line) or (len(line) <= 20 and _PEOPLE.match(line))
        if closes or people or _issuer().match(line):
            return found
        if kinds[i] is not None or len(found) == _TITLE_LINES or not _may_be_title(line) or _NUMBERED.match(line):
            break
        if line.startswith(_SUBTITLE) or (line[0] == "（" and line[-1] == "）"):
            return found
        found.append(i)
    return [first]


def _mark_tail(lines: Sequence[str], kinds: list[BlockKind | None], first_prose: int) -> None:
    """Everything below an article's end is furniture; lists of other articles are so until prose sets in again."""
    cues = line_cues()
    links = False
    for i in range(first_prose + 1, len(lines)):
        line = lines[i]
        if kinds[i] == "table_row" and not links:
            continue
        if len(line) <= 160 and cues["tail"].fits(line):
            for j in range(i, len(lines)):
                kinds[j] = "boilerplate"
            return
        if len(line) <= 20 and cues["links"].fits(line):
            links = True
        elif links and is_prose(line):
            links = False
        if links:
            kinds[i] = "boilerplate"
        elif kinds[i] is None and _signed(line):
            kinds[i] = "dateline"
        elif kinds[i] is None and _DATE_ONLY.fullmatch(line):
            kinds[i] = "dateline"
            if kinds[i - 1] is None and _issuer().match(lines[i - 1]):
                kinds[i - 1] = "dateline"
    _mark_imprint(lines, kinds, first_prose)


_IMPRINT_LINES = 4  # below the last sentence
_LONGEST_IMPRINT = 60


def _mark_imprint(lines: Sequence[str], kinds: list[BlockKind | None], first_prose: int) -> None:
    """Below the last sentence: where and when a text was printed (刊于2024年3月1日《赣南日报》2版, 2024-09-09 云南日报)."""
    for i in range(len(lines) - 1, max(first_prose, len(lines) - 1 - _IMPRINT_LINES), -1):
        if kinds[i] is None and lines[i][-1] in STOPS:
            return
        if kinds[i] is None and is_imprint(lines[i]):
            kinds[i] = "dateline"


def is_imprint(line: str) -> bool:
    """Whether a line holds one day and beside it nothing but a medium, a page of it, labels and who edited."""
    named = list(days(line)) if len(line) <= _LONGEST_IMPRINT else []
    if len(named) != 1:
        return False
    _, begin, end = named[0]
    return _imprint().fullmatch(f"{line[:begin]}|{line[end:]}") is not None


@cache
def _imprint() -> re.Pattern[str]:
    labels = "|".join(one_of(kind) for kind in ("original", "published", "updated", "made", "event", "source_label"))
    medium = rf"《[^《》]{{2,16}}》|[\u4e00-\u9fffA-Za-z]{{1,12}}(?:{one_of('medium')}|{one_of('issuer')})"
    page = r"第?[0-9A-Z]{1,3}版|[头一二三四要]版|头条|星期[一二三四五六日天]|\d{1,2}:\d\d(?::\d\d)?"
    people = r"(?:责任编辑|责编|编辑|审核|校对|作者|记者|通讯员|供稿|文|图)[：:/\s]*[\u4e00-\u9fff·]{2,4}(?:[、\s]+[\u4e00-\u9fff·]{2,4}){0,3}"
    return re.compile(
        rf"(?>[\s（）()【】|｜，,；;：:、/·—-]|(?:本文|原文)?(?:{labels})于?|载|转自|选自|摘自|供稿|{people}|{medium}|{page})*+"
    )


def _signed(line: str) -> bool:
    return len(line) <= 60 and line.endswith("印发") and any(end == len(line) - 2 for _, _, end in days(line))


def _mark_bulletin(
    lines: Sequence[str], kinds: list[BlockKind], levels: list[int], known: Sequence[BlockKind | None]
) -> None:
    """In a bulletin of one article (简报 第31期) the headline is the article's, and the bulletin's name stands above it."""
    titles = [i for i, kind in enumerate(kinds) if kind == "title"]
    if not titles or not lines[titles[0]].endswith(_bulletins()) or known[titles[0]] == "title":
        return
    body = [i for i in range(titles[-1] + 1, len(lines)) if kinds[i] not in ("dateline", "boilerplate", "byline")]
    if not body or not any(_ISSUE.search(line) for line in lines[titles[0] : body[0]]):
        return
    plain = [i for i in body if kinds[i] == "heading" and levels[i] != 6 and not _NUMBERED.match(lines[i])]
    if plain == body[:1] and len(body) > 1 and kinds[body[1]] == "paragraph":
        for i in titles:
            kinds[i] = "dateline"
        kinds[plain[0]], levels[plain[0]] = "title", 0


@cache
def _bulletins() -> tuple[str, ...]:
    return line_words("bulletin")
