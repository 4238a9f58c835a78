"""Hard-wrapped text (copied from a pdf or an old mail program): its lines joined to paragraphs again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from liantu.reading.draft import Edit
from liantu.reading.flattened import CELL_END

_LINE = re.compile(r"[^\n]+")
_NARROWEST, _WIDEST = 16, 90  # Chinese characters a line
_FEWEST_LINES = 6
_NEW = re.compile(
    r"[ \t]{2,}|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,4}[章节条部]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、]\D|[●■◆·•]|——|[表图]\s?\d|注："
)
_LATIN = re.compile("[A-Za-z]")
_MARK = "。！？；：…”）】"


def unwrap(text: str) -> Iterator[Edit]:
    """Edits that drop the line breaks inside paragraphs; none where the lines are paragraphs already."""
    # Each line's start, and the bounds of what is on it.
    lines = [(m.start(), *_bounds(m)) for m in _LINE.finditer(text) if not m[0].isspace() and CELL_END not in m[0]]
    full = _full_width(text, lines)
    if full is None:
        return
    for (above, first, end), (start, begin, stop) in pairwise(lines):
        if _width(text[above:end]) < full - 3 or text.count("\n", end, start) != 1:
            continue
        if "  " in text[first:end] or _NEW.match(text, start, stop):
            continue
        latin = _LATIN.match(text[end - 1]) and _LATIN.match(text[begin])
        yield end, begin, " " if latin else ""


def _bounds(line: re.Match[str]) -> tuple[int, int]:
    return line.end() - len(line[0].lstrip()), line.start() + len(line[0].rstrip())


def _width(line: str) -> int:
    """Width in print, in Chinese characters: half-width ones count half."""
    return len(line) - len(line.encode("ascii", "ignore")) // 2


def _full_width(text: str, lines: list[tuple[int, int, int]]) -> int | None:
    """The width most lines are broken at, or None."""
    if len(lines) < _FEWEST_LINES:
        return None
    measured = [(_width(text[start:end]), end) for start, _, end in lines if end - start <= 2 * _WIDEST]
    widths = Counter(width for width, _ in measured)
    if not widths:
        return None
    full = max(widths, key=lambda w: sum(widths[w + d] for d in (-2, -1, 0, 1)))
    if not _NARROWEST <= full <= _WIDEST:
        return None
    near = [end for width, end in measured if full - 2 <= width <= full + 2]
    longer = len(lines) - sum(1 for width, _ in measured if width <= full + 3)
    unfinished = sum(1 for end in near if text[end - 1] not in _MARK)
    if len(near) * 5 < len(lines) * 2 or longer * 10 > len(lines) or unfinished * 2 < len(near):
        return None
    return full
