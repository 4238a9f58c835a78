"""Lines and spaces: one block a line, cells of flattened table rows parted by a tab, runs of spaces made one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liantu.reading.draft import Draft, Edit
from liantu.reading.wrapping import unwrap

_CJK = "\u3400-\u9fff"
_RUN = re.compile(r"[ \t]{2,}|\t")
_SPACES = re.compile(r" {2,}")
_ROW_END = re.compile(r" *\n[ \n]*")  # keeps the tab of an empty first or last cell
_LINE_END = re.compile(r"\s*\n\s*")
# Words padded to a column's width: 原　煤, 代　县, 索 引 号.
_PADDED = re.compile(rf"(?<![{_CJK}\d])[{_CJK}](?:[ ]{{1,2}}[{_CJK}](?![{_CJK}]))+")
_CELL_LINE = re.compile(r"^[^。；！？\n]{3,300}$", re.M)
_SPACE_RUN = re.compile(r"[ \t]+")
_INNER_SPACE = re.compile(r"\S[ \t]+\S")
_NUMBER_CELL = re.compile(r"[-—－+]?\d[\d,]*(?:\.\d+)?(?:%|‰|[万亿]?[\u4e00-\u9fff]{0,2})?|-|—+|/|\.\.\.")
_TIME_CELL = re.compile(r"\d{4}-\d\d?(?:-\d\d?)?|\d\d?:\d\d(?::\d\d)?")
_YEAR_CELL = re.compile(r"(?:19|20)\d\d年?|第?\d{1,2}[、.)）]?")
_LONGEST_CELL = 30


def lay_out(draft: Draft, cells_known: bool = False) -> None:
    """Put the draft's lines in order, in place: no blank lines, no outer spaces, tabs only between table cells.

    `cells_known`: the parser has put a tab between the cells of real tables, empty ones included, and nowhere else.
    """
    text = draft.text
    if cells_known:
        draft.apply(_unpad(text))
        draft.apply((m.start(), m.end(), " ") for m in _SPACES.finditer(draft.text))
        draft.apply(_line_ends(draft.text, _ROW_END, " \n"))
        return
    draft.apply(unwrap(text))
    text = draft.text
    if " " in text or "\t" in text:
        draft.apply(_unpad(text))
        draft.apply(_tabs(draft.text))
        draft.apply(_single_spaces(draft.text))
    draft.apply(_line_ends(draft.text, _LINE_END, None))


def _unpad(text: str) -> Iterator[Edit]:
    for match in _PADDED.finditer(text):
        for space in re.finditer(" +", match[0]):
            yield match.start() + space.start(), match.start() + space.end(), ""


def _tabs(text: str) -> Iterator[Edit]:
    """Separators of the cells of flattened tables, found as two or more lines of the same number of cells."""
    group: list[tuple[int, list[tuple[int, int]]]] = []  # (line number, separators)
    previous_end = -1
    for match in _CELL_LINE.finditer(text):
        if not _INNER_SPACE.search(match[0]):
            continue
        separators = _separators(text, match.start(), match.end())
        adjoining = (
            previous_end >= 0
            and not text[previous_end : match.start()].strip(" \t\n")
            and (text.count("\n", previous_end, match.start()) <= 2)
        )
        if group and not (adjoining and separators and len(separators) == len(group[-1][1])):
            yield from _group_edits(text, group)
            group = []
        if separators:
            group.append((match.start(), separators))
        previous_end = match.end()
    yield from _group_edits(text, group)


def _separators(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Runs of space that part the cells of a line; empty when the line is no row."""
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    runs = [m.span() for m in _SPACE_RUN.finditer(text, start, end)]
    wide = [s for s in runs if s[1] - s[0] > 1 or text[s[0]] == "\t"]
    for chosen in (wide, runs):
        if chosen and _is_row(_cells(text, start, end, chosen)):
            return chosen
    return wide if len(wide) >= 2 else runs if len(runs) >= 2 else []


def _cells(text: str, start: int, end: int, separators: list[tuple[int, int]]) -> list[str]:
    bounds = [start, *(p for s in separators for p in s), end]
    return [text[a:b] for a, b in zip(bounds[0::2], bounds[1::2], strict=True)]


def _is_row(cells: list[str]) -> bool:
    if any(len(c) > _LONGEST_CELL or "：" in c for c in cells) or any(_TIME_CELL.fullmatch(c) for c in cells):
        return False
    if not cells[0].strip("-—－ "):  # a folio: - 3 -
        return False
    return any(_NUMBER_CELL.fullmatch(c) for c in cells[1:])


def _group_edits(text: str, group: list[tuple[int, list[tuple[int, int]]]]) -> Iterator[Edit]:
    """Edits of one run of lines with equal cell counts: a table when most of its lines hold figures."""
    if len(group) < 2:
        return
    rows = 0
    for start, separators in group:
        stop = text.find("\n", start)
        line_start = start + len(text[start:]) - len(text[start:].lstrip(" \t")) if text[start] in " \t" else start
        cells = _cells(text, line_start, len(text) if stop < 0 else stop, separators)
        rows += _is_row([c.strip() for c in cells])
    if rows * 3 >= len(group) * 2 or (rows >= 1 and rows == len(group) - 1):
        for _, separators in group:
            yield from ((a, b, "\t") for a, b in separators)


def _single_spaces(text: str) -> Iterator[Edit]:
    for match in _RUN.finditer(text):
        if match[0] != "\t" or not _between_cells(text, match.start()):
            yield match.start(), match.end(), " "


def _between_cells(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and not text[at - 1].isspace() and not text[at + 1].isspace()


def _line_ends(text: str, line_end: re.Pattern[str], blank: str | None) -> Iterator[Edit]:
    body_start = len(text) - len(text.lstrip(blank))
    body_end = len(text.rstrip(blank))
    if body_start:
        yield 0, min(body_start, len(text)), ""
    for match in line_end.finditer(text, body_start, max(body_start, body_end)):
        if match.end() - match.start() > 1:
            yield match.start(), match.end(), "\n"
    if body_end > body_start and body_end < len(text):
        yield body_end, len(text), ""
