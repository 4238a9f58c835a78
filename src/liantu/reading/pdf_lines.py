"""Lines of a pdf page with their place on it, from the page's text layer."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from liantu.reading.pages import Box, cuts
from liantu.reading.printed_line import CELL_GAP, PrintedLine, Segment

_GRAIN = 20_000  # parts that a page's width and height are told in


Shown = Callable[[float, float], tuple[float, float]]
"""From a point of the page (in points, upwards from its foot) to where it is shown, in fractions from its upper left."""


def shown_at(page: Any) -> Shown:
    """How points of a pdf page are shown: turned and cut as the page says."""
    from ctypes import byref, c_int

    from pypdfium2.raw import FPDF_PageToDevice

    def shown(x: float, y: float) -> tuple[float, float]:
        right, down = c_int(), c_int()
        FPDF_PageToDevice(page.raw, 0, 0, _GRAIN, _GRAIN, 0, x, y, byref(right), byref(down))
        return right.value / _GRAIN, down.value / _GRAIN

    return shown


def page_lines(textpage: Any, page: int, shown: Shown) -> list[PrintedLine]:
    """Lines of a page in the order of its text; neighbours on one base line become cells of one line."""
    lines: list[PrintedLine] = []
    for match in re.finditer(r"[^\r\n]+", _text(textpage)):
        if not match[0].strip():
            continue
        line = _boxed(textpage, match, page)
        line.segments = [Segment(s.start, s.end, _on_page(s.box, shown)) for s in line.segments]
        if lines and _same_base(lines[-1], line):
            gap = line.left - lines[-1].right
            lines[-1].join(line, "    " if gap > CELL_GAP * max(lines[-1].size, 1) else "")
        else:
            lines.append(line)
    return lines


def _text(textpage: Any) -> str:
    """The page's text with one character for each of its character boxes."""
    count: int = textpage.count_chars()
    if count <= 0:
        return ""
    text: str = textpage.get_text_range(0, -1)
    if len(text) != count:  # characters beyond the basic plane are counted in another way
        from pypdfium2.raw import FPDFText_GetUnicode

        codes = (FPDFText_GetUnicode(textpage.raw, i) for i in range(count))
        text = "".join("\ufffd" if 0xD800 <= code < 0xE000 else chr(code) for code in codes)
    return text


def _boxed(textpage: Any, match: re.Match[str], page: int) -> PrintedLine:
    text = match[0]
    first = match.start() + len(text) - len(text.lstrip())
    last = match.start() + len(text.rstrip()) - 1
    # Loose boxes span the font's full height and advance, so that lines compare well.
    left, bottom, _, top = textpage.get_charbox(first, loose=True)
    right = textpage.get_charbox(last, loose=True)[2]
    size = top - bottom
    line = PrintedLine("", page, left, right, bottom, top, size)
    at = first
    for space in re.finditer(r"[ \u3000\xa0]+", text):
        begin, end = match.start() + space.start(), match.start() + space.end()
        if begin <= first or end > last:
            continue
        gap = textpage.get_charbox(end, loose=True)[0] - textpage.get_charbox(begin - 1, loose=True)[2]
        _add(line, textpage, text[at - match.start() : space.start()], at)
        line.text += "    " if gap > CELL_GAP * max(size, 1) else " "
        at = end
    _add(line, textpage, text[at - match.start() : last + 1 - match.start()], at)
    return line


def _on_page(box: Box, shown: Shown) -> Box:
    (left, bottom), (right, top) = shown(*box[:2]), shown(*box[2:])
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _add(line: PrintedLine, textpage: Any, text: str, at: int) -> None:
    """Append a stretch of text whose first character is the page's character `at`; its boxes are still in points."""
    start = len(line.text)
    line.text += text
    for low, high in pairwise(cuts(text)):
        left = textpage.get_charbox(at + low, loose=True)[0]
        right = textpage.get_charbox(at + high - 1, loose=True)[2]
        line.segments.append(Segment(start + low, start + high, (left, line.bottom, right, line.top)))


def _same_base(above: PrintedLine, line: PrintedLine) -> bool:
    overlap = min(above.top, line.top) - max(above.bottom, line.bottom)
    return overlap > 0.6 * min(above.size, line.size) > 0 and line.left >= above.right - 1
