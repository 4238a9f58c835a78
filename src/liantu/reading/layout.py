"""Lines and spaces: one block a line, cells of flattened table rows parted by a tab, runs of spaces made one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liantu.reading.barred import barred_rows
from liantu.reading.draft import Draft, Edit
from liantu.reading.flattened import CELL_END, cell_separators
from liantu.reading.stacked import stacked_rows
from liantu.reading.wrapping import unwrap

_CJK = "\u3400-\u9fff"
_RUN = re.compile(r"[ \t]{2,}|\t")
_SPACES = re.compile(r" {2,}")
_ROW_END = re.compile(r" *\n[ \n]*")  # keeps the tab of an empty first or last cell
_LINE_END = re.compile(r"\s*\n\s*")
# Words padded to a column's width: 原　煤, 代　县, 索 引 号.
_PADDED = re.compile(
    rf"(?<![{_CJK}\d])[{_CJK}](?:[ ]{{1,2}}[{_CJK}](?![{_CJK}]))+|(?<![{_CJK}\d])[{_CJK}] {{3,12}}[{_CJK}](?=：)"
)


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
    draft.apply(barred_rows(draft))
    draft.apply(stacked_rows(draft))
    draft.apply(unwrap(draft.text))
    text = draft.text
    if " " in text or "\t" in text:
        draft.apply(_unpad(text))
        draft.apply(cell_separators(draft))
        draft.apply(_single_spaces(draft.text))
    draft.apply(_line_ends(draft.text, _LINE_END, None))
    draft.swap(draft.text.replace(CELL_END, "\t"))


def _unpad(text: str) -> Iterator[Edit]:
    for match in _PADDED.finditer(text):
        for space in re.finditer(" +", match[0]):
            yield match.start() + space.start(), match.start() + space.end(), ""


def _single_spaces(text: str) -> Iterator[Edit]:
    """Runs of spaces to one; a tab stays between two cells, not between labels with their values."""
    line_end, labels = -1, False
    for match in _RUN.finditer(text):
        at = match.start()
        if match[0] == "\t" and at > line_end:
            line_end = text.find("\n", at)
            line_end = len(text) if line_end < 0 else line_end
            labels = _is_of_labels(text[text.rfind("\n", 0, at) + 1 : line_end])
        if match[0] != "\t" or labels or not _between_cells(text, at):
            yield at, match.end(), " "


def _between_cells(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and not text[at - 1].isspace() and not text[at + 1].isspace()


def _is_of_labels(line: str) -> bool:
    """Whether a line with tabs holds labels and values, and is no row of a table."""
    return "：" in line and all("：" in part for part in line.split("\t"))


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
