"""Headings, items and paragraphs of a body, and how deep a heading lies below the ones that stay open above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from liantu.reading.model import BlockKind
from liantu.reading.tables import one_of

STOPS = "。；！"
_LONGEST = 30  # characters of a heading without a number
_LONGEST_NUMBERED = 40
_LIST_OF_SHORT = 4  # so many short lines in a row are a list, not headings

# Styles of numbering, the outermost first: a heading lies below the nearest open one of an outer style.
_STYLES = (
    re.compile(r"第[一二三四五六七八九十百\d]{1,4}[篇部](?:分)?"),
    re.compile(r"第[一二三四五六七八九十百\d]{1,4}章"),
    re.compile(r"第[一二三四五六七八九十百\d]{1,4}节"),
    re.compile(r"[一二三四五六七八九十]{1,3}、"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"\d{1,2}[.、](?!\d)"),
    re.compile(r"[（(]\d{1,2}[）)]|\d{1,2}[）)]|[①-⑳]"),
)
_PLAIN = 3  # a heading without a number ranks with 一、
_ITEMS_FROM = 4  # from （一） inwards a long line is a list item, above that a paragraph
_BULLET = re.compile(r"(?:[·•●■□◆◇※▪▫○◎✔✓▶►➤★☆☞❖♦]|(?:——|—(?!—)|-{1,2})(?!\s?\d))\s?(?=[^\s—-])")
_ITEM = re.compile(r"\[\d{1,2}\]|第[一二三四五六七八九十百]{1,4}条")
_TABLE_TITLE = re.compile(
    r"(?:计量)?单位：|[（(]?[表图]\s?\d{1,2}(?:-\d{1,2})?[\s：:]|附表\s?\d{0,2}[\s：:]|附[：:]|专栏\s?\d{1,2}[\s：:]"
)
_SPEECH = re.compile(r"[^，。]{1,24}：.*[？。]$")  # somebody speaks: 中国新闻社记者：……？
_SPEAKER = re.compile(r"【[^】]{1,14}】.*[？。！…]$")
_LABELLED = re.compile(r"[^，。：；\s]{2,10}：\S.*\s[^，。：；\s]{2,10}：\S")


def body_kinds(lines: Sequence[str], kinds: Sequence[BlockKind | None]) -> tuple[list[BlockKind], list[int]]:
    """Kinds and levels of all lines; those whose kind is known keep it."""
    found: list[BlockKind] = []
    levels = [0] * len(lines)
    open_ranks: list[int] = []
    for i, line in enumerate(lines):
        known = kinds[i]
        if known is not None:
            found.append(known)
            continue
        rank = _rank(line)
        kind = _kind(line, rank, _beside(lines, kinds, i, -1), _beside(lines, kinds, i, 1))
        found.append(kind)
        if kind == "heading" and _TABLE_TITLE.match(line):
            levels[i] = 6
        elif kind == "heading":
            own = _PLAIN if rank is None else rank
            while open_ranks and open_ranks[-1] >= own:
                open_ranks.pop()
            open_ranks.append(own)
            levels[i] = len(open_ranks)
        elif kind == "list_item":
            levels[i] = 1 if rank is None else max(1, rank - _ITEMS_FROM + 1)
    _lists(lines, kinds, found, levels)
    return found, levels


def _rank(line: str) -> int | None:
    """The style of a line's number, counted from the outermost; None without a number."""
    if line[0] in "第一二三四五六七八九十（(0123456789①②③④⑤⑥⑦⑧⑨⑩":
        return next((rank for rank, style in enumerate(_STYLES) if style.match(line)), None)
    return None


def _beside(lines: Sequence[str], kinds: Sequence[BlockKind | None], i: int, step: int) -> str:
    """The nearest line above or below that is no furniture; empty at the end."""
    i += step
    while 0 <= i < len(lines) and kinds[i] in ("boilerplate", "caption", "byline"):
        i += step
    return lines[i] if 0 <= i < len(lines) else ""


def _kind(line: str, rank: int | None, above: str, below: str) -> BlockKind:
    if _TABLE_TITLE.match(line) and len(line) <= 60 and not line.endswith("。"):
        return "heading"
    if rank is not None:
        return _numbered(line, rank, above, below)
    if _ITEM.match(line):
        return "list_item"
    if bullet := _BULLET.match(line):
        alone = _BULLET.match(below) is None and _BULLET.match(above) is None
        titled = len(line) <= _LONGEST and line[-1] not in f"{STOPS}：，、？" and line[0] not in "—-"
        return "heading" if alone and titled and len(below) > len(line) and bullet.end() < len(line) else "list_item"
    if line[0] in "（(" and line[-2:] in ("。）", "。)"):
        return "paragraph"
    if line[0] == "【" and line[-1] == "】":
        return "heading"
    if _SPEECH.match(line) or _SPEAKER.match(line) or _LABELLED.match(line) or _fields().match(line):
        return "paragraph"
    if len(line) <= _LONGEST and line[-1] not in f"{STOPS}：…，、" and not any(c in line for c in "。；"):
        return "heading"
    return "paragraph"


def _numbered(line: str, rank: int, above: str, below: str) -> BlockKind:
    """A short numbered line is a heading where something stands below it, and it is not one of a list of short ones."""
    if len(line) <= _LONGEST_NUMBERED and not any(c in line for c in STOPS) and line[-1] not in "，、：":
        if rank < _ITEMS_FROM:
            return "heading"
        listed = _short_sibling(above, rank) or _rank(below or "。") == rank
        clauses = line.count("，") if rank > _ITEMS_FROM else 0
        if below and not listed and clauses < 2:
            return "heading"
        return "list_item"
    return "list_item" if rank >= _ITEMS_FROM else "paragraph"


def _short_sibling(line: str, rank: int) -> bool:
    return bool(line) and len(line) <= _LONGEST_NUMBERED and _rank(line) == rank


@cache
def _fields() -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of('field')})：\S")


def _lists(lines: Sequence[str], kinds: Sequence[BlockKind | None], found: list[BlockKind], levels: list[int]) -> None:
    """Many short lines in a row without a number are the items of a list."""
    run: list[int] = []
    for i in range(len(lines) + 1):
        short = (
            i < len(lines)
            and kinds[i] is None
            and found[i] == "heading"
            and levels[i] != 6
            and lines[i][0] not in "【（("
            and _rank(lines[i]) is None
        )
        if short:
            run.append(i)
            continue
        if len(run) >= _LIST_OF_SHORT:
            for j in run:
                found[j], levels[j] = "list_item", 1
        run = []
