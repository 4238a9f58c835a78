"""Markdown: marks of the mark-up left out, headings, lists and pipe tables kept."""

from __future__ import annotations

import re
from datetime import date

from liantu.reading.draft import Piece
from liantu.reading.model import BlockKind
from liantu.reading.source_lines import Meta, Parsed, Row, SourceLine, TableNote

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+")
_ITEM = re.compile(r"\s*(?:[-*+])[ \t]+")
_QUOTE = re.compile(r"(?>\s{0,3}>[ \t]?)+")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_RULE = re.compile(r"\s{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+)\s*$")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$")
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.S)
_FIELD = re.compile(
    r"^(title|标题|date|published|发布日期|日期|source|publisher|来源)[ \t]*[:：][ \t]*[\"']?(.+?)[\"']?[ \t]*\r?$",
    re.M,
)
_DATE = re.compile(r"((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})")
# What is dropped within a line: images, the address of a link, emphasis, code marks, html tags, escapes.
_INLINE = re.compile(
    r"!\[[^\]\n]*\]\([^)\n]*\)|\[(?=[^\]\n]+\]\([^)\n]*\))|(?<=[^\]\n])\]\([^)\n]*\)|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,2}(?=\S)|(?<=\S)_{1,2}(?!\w)|~~|`+"
    r"|</?[A-Za-z][^>\n]*>|<!--.*?-->|\\(?=[\\`*_{}\[\]()#+\-.!|])"
)


def parse_markdown(source: str) -> Parsed:
    """Parse markdown; the raw text is its source."""
    meta = Meta()
    at = 0
    if front := _FRONT.match(source):
        _front_matter(front, meta)
        at = front.end()
    parsed = Parsed(source, [], meta=meta)
    fenced = False
    table: int | None = None
    titled = False
    for match in re.compile(r"[^\r\n]+").finditer(source, at):
        start, end = match.span()
        line = match[0]
        if _FENCE.match(line):
            fenced = not fenced
            continue
        if fenced:
            parsed.lines.append(SourceLine([(line, start, end)], "boilerplate"))
            continue
        if _RULE.match(line) or (table is not None and _TABLE_RULE.match(line) and "-" in line):
            continue
        begin = start
        if quote := _QUOTE.match(source, begin, end):
            begin = quote.end()
        if source[begin:end].strip().startswith("|") or (table is not None and "|" in source[begin:end]):
            if table is None or source[max(0, start - 2) : start].count("\n") == 2:
                table = len(parsed.tables)
                parsed.tables.append(TableNote())
            parsed.lines.append(_row(source, begin, end, table))
            continue
        table = None
        kind: BlockKind | None = None
        level = 0
        if heading := _HEADING.match(source, begin, end):
            begin, level = heading.end(), len(heading[1])
            kind = "heading"
            if level == 1 and not titled:
                kind, level, titled = "title", 0, True
        elif item := _ITEM.match(source, begin, end):
            begin, kind, level = item.end(), "list_item", 1
        pieces = _pieces(source, begin, end)
        if kind == "heading":
            pieces = _without_closing_marks(pieces)
        if any(text.strip() for text, _, _ in pieces):
            parsed.lines.append(SourceLine(pieces, kind, level))
    return parsed


def _front_matter(front: re.Match[str], meta: Meta) -> None:
    for found in _FIELD.finditer(front[1]):
        name, value = found[1], found[2]
        at = front.start(1) + found.start(2)
        if name in ("title", "标题"):
            meta.title = value
        elif name in ("source", "publisher", "来源"):
            meta.publisher = value
        elif day := _DATE.search(value):
            try:
                meta.published = date(int(day[1]), int(day[2]), int(day[3]))
            except ValueError:
                continue
            meta.published_span = (at + day.start(), at + day.end())


def _pieces(source: str, start: int, end: int) -> list[Piece]:
    pieces: list[Piece] = []
    for match in _INLINE.finditer(source, start, end):
        if match.start() > start:
            pieces.append((source[start : match.start()].replace("\t", " "), start, match.start()))
        start = match.end()
    if start < end:
        pieces.append((source[start:end].replace("\t", " "), start, end))
    return pieces


def _without_closing_marks(pieces: list[Piece]) -> list[Piece]:
    if not pieces:
        return pieces
    text, start, _ = pieces[-1]
    kept = re.sub(r"\s+#+\s*$", "", text)
    return [*pieces[:-1], (kept, start, start + len(kept))] if kept else pieces[:-1]


def _row(source: str, start: int, end: int, table: int) -> SourceLine:
    bounds = [m.start() for m in re.compile(r"(?<!\\)\|").finditer(source, start, end)]
    if not source[start : bounds[0]].strip():
        start = bounds.pop(0) + 1
    if bounds and not source[bounds[-1] + 1 : end].strip():
        end = bounds.pop()
    pieces: list[Piece] = []
    count = 1
    for left, right in zip([start, *(b + 1 for b in bounds)], [*bounds, end], strict=True):
        cell = source[left:right]
        inner = left + len(cell) - len(cell.lstrip())
        outer = max(inner, left + len(cell.rstrip()))
        pieces.extend(_pieces(source, inner, outer))
        if right != end:
            pieces.append(("\t", right, right + 1))
            count += 1
    if not pieces:
        pieces = [("", start, end)]
    return SourceLine(pieces, "table_row", row=Row(table, ((1, 1),) * count))
