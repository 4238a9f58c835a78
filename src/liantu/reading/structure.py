"""Which line is what: headline, dateline, headings, prose, rows, credits and page furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from liantu.reading.model import BlockKind
from liantu.reading.tables import line_cues

_HEAD_LINES = 25
_PROSE = 60  # a line of this many characters with a full stop is prose
_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,4}[章节部]|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_ITEM = re.compile(
    r"(?:[·•●■◆※▪◇○]|——|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、）)](?!\d)|\[\d{1,2}\]|第[一二三四五六七八九十百]{1,4}条)"
)
_TABLE_TITLE = re.compile(r"(?:计量)?单位：|[表图]\s?\d{1,2}(?:-\d{1,2})?[\s：:]")
_DATE_ONLY = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?$")
_ISSUER = re.compile(r"[^，。；：]{2,40}(?:局|委|委员会|办公室|人民政府|领导组|领导小组|调查队|厅|部|中心|院)$")
_SPEECH = re.compile(r"[^，。]{2,24}：.*[？。]$")  # somebody speaks: 中国新闻社记者：……？
_PAPER_NAME = re.compile(r"《?[^，。：；\s]{2,10}(?:日报|晚报|早报|晨报|时报|商报|导报|周刊|周报)》?")
_STOPS = "。；！"


def is_prose(line: str) -> bool:
    """Whether a line is running text rather than a heading, a credit or a link."""
    return (len(line) >= _PROSE and "。" in line) or len(line) >= 2 * _PROSE


def classify(lines: Sequence[str], known: Sequence[BlockKind | None]) -> tuple[list[BlockKind], list[int]]:
    """Kind and level of each clean line; `known` holds what the parser is sure of.

    One headline at most is marked `title`, with its second line, if any.
    """
    kinds = list(known)
    levels = [0] * len(lines)
    _mark_furniture(lines, kinds)
    open_lines = [i for i in range(len(lines)) if kinds[i] is None]
    first_prose = next((i for i in open_lines if is_prose(lines[i])), None)
    if first_prose is None:
        first_prose = next((i for i in open_lines if lines[i][-1] in _STOPS), len(lines))
    _mark_head(lines, kinds, min(first_prose, _HEAD_LINES))
    _mark_tail(lines, kinds, first_prose)
    for i, line in enumerate(lines):
        if kinds[i] is None:
            kinds[i], levels[i] = _body_kind(line)
    return [kind or "paragraph" for kind in kinds], levels


def _mark_furniture(lines: Sequence[str], kinds: list[BlockKind | None]) -> None:
    cues = line_cues()
    prose = next((i for i, line in enumerate(lines) if is_prose(line)), None)
    if prose is None:
        prose = next((i for i, line in enumerate(lines) if line[-1] in _STOPS), len(lines))
    head = min(prose, _HEAD_LINES)  # a line with a source stands above the text; below it, it is a credit
    for i, line in enumerate(lines):
        if kinds[i] is not None:
            continue
        short = len(line) <= 160
        if "\t" in line and "：" not in line:
            kinds[i] = "table_row"
        elif (short and cues["navigation"].fits(line)) or cues["boilerplate"].fits(line):
            kinds[i] = "boilerplate"
        elif short and cues["caption"].fits(line):
            kinds[i] = "caption"
        elif short and not (i < head and cues["dateline"].fits(line)) and cues["byline"].fits(line):
            kinds[i] = "byline"


def _mark_head(lines: Sequence[str], kinds: list[BlockKind | None], stop: int) -> None:
    """The headline is the first line above the prose that is neither furniture nor a date line."""
    cues = line_cues()
    title = next((i for i, kind in enumerate(kinds) if kind == "title"), None)
    for i in range(stop):
        line = lines[i]
        if kinds[i] is not None:
            continue
        if (len(line) < 120 and cues["dateline"].fits(line)) or (title is None and _PAPER_NAME.fullmatch(line)):
            kinds[i] = "dateline"
        elif title is None:
            if len(line) >= 4 and not line.endswith(("。", "：", "；")):
                kinds[i] = "title"
                title = i
        elif (i == title + 1 and line.startswith("关于") and _ISSUER.fullmatch(lines[title])) or (
            i == title + 1 and (line.startswith(("——", "—")) or (line[0] == "（" and line[-1] == "）"))
        ):
            kinds[i] = "title"
        elif i <= title + 3 and i + 1 < len(lines) and _ISSUER.fullmatch(line) and cues["dateline"].fits(lines[i + 1]):
            kinds[i] = "dateline"
    if title is None and stop and kinds[0] is None and len(lines[0]) <= 80 and stop < len(lines):
        kinds[0] = "title"


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
        elif kinds[i] is None and _DATE_ONLY.fullmatch(line) is None and _signed(line):
            kinds[i] = "dateline"


def _signed(line: str) -> bool:
    return len(line) <= 60 and re.search(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日印发$", line) is not None


def _body_kind(line: str) -> tuple[BlockKind, int]:
    if _TABLE_TITLE.match(line) and len(line) <= 60 and not line.endswith("。"):
        return "heading", 6
    if _SECTION.match(line):
        if len(line) <= 40 and not any(c in line for c in _STOPS):
            return "heading", 2 if line[0] in "（(" else 1
        return ("list_item", 1) if line[0] in "（(" else ("paragraph", 0)
    if _ITEM.match(line):
        return "list_item", 1
    if line[0] in "（(" and line[-2:] in ("。）", "。)"):
        return "paragraph", 0
    if (len(line) <= 30 and line[-1] not in "。；！：…，、" and not _SPEECH.match(line)) or (
        line[0] == "【" and line[-1] == "】"
    ):
        return "heading", 1
    return "paragraph", 0
