"""Lines of a pdf page with their place on it, from the page's text layer."""

from __future__ import annotations

import re
from typing import Any

from liantu.reading.printed import CELL_GAP, PrintedLine


def page_lines(textpage: Any, page: int) -> list[PrintedLine]:
    """Lines of a page in the order of its text; neighbours on one base line become cells of one line."""
    lines: list[PrintedLine] = []
    for match in re.finditer(r"[^\r\n]+", _text(textpage)):
        if not match[0].strip():
            continue
        line = _boxed(textpage, match, page)
        if lines and _same_base(lines[-1], line):
            before = lines[-1]
            gap = line.left - before.right
            before.text += ("    " if gap > CELL_GAP * max(before.size, 1) else "") + line.text
            before.right = line.right
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
    parts: list[str] = []
    at = first
    for space in re.finditer(r"[ \u3000\xa0]+", text):
        begin, end = match.start() + space.start(), match.start() + space.end()
        if begin <= first or end > last:
            continue
        gap = textpage.get_charbox(end, loose=True)[0] - textpage.get_charbox(begin - 1, loose=True)[2]
        parts.append(text[at - match.start() : space.start()])
        parts.append("    " if gap > CELL_GAP * max(size, 1) else " ")
        at = end
    parts.append(text[at - match.start() : last + 1 - match.start()])
    return PrintedLine("".join(parts), page, left, right, bottom, top, size)


def _same_base(above: PrintedLine, line: PrintedLine) -> bool:
    overlap = min(above.top, line.top) - max(above.bottom, line.bottom)
    return overlap > 0.6 * min(above.size, line.size) > 0 and line.left >= above.right - 1
