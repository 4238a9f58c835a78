"""html pages: which of their lines are the article, and what they say of title, publisher and day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from liantu.reading.html_tokens import HtmlLine, Tokens
from liantu.reading.model import BlockKind
from liantu.reading.source_lines import Meta, Parsed, Row, SourceLine, TableNote
from liantu.reading.tables import html_names, line_cues

_SITE_TAIL = re.compile(r"\s*(?:[_|｜]|\s[-–—]\s|-{1,2}|—)\s*([^_|｜]{2,30})$")
_DATE = re.compile(r"((?:19|20)\d\d)[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})")
_LONGEST_CELL = 200


def parse_html(source: str) -> Parsed:
    """Parse a page; the raw text is its source, so that offsets point into the file itself."""
    tokens = Tokens(source).finish()
    meta = _meta(tokens)
    data_tables = _data_tables(tokens)
    lines = tokens.lines
    title = _title_line(lines, meta)
    if title is not None:
        meta.title = None  # the line on the page says it, and is evidence
    kinds = _kinds(lines, title, data_tables)
    return Parsed(source, _source_lines(tokens, kinds, data_tables), [TableNote() for _ in tokens.tables], meta)


def _meta(tokens: Tokens) -> Meta:
    meta = Meta()
    named: dict[str, tuple[str, tuple[int, int]]] = {}
    for name, content, span in tokens.metas:
        named.setdefault(name, (content, span))
    for name in html_names("day"):
        if name in named and (found := _DATE.match(named[name][0])):
            try:
                meta.published = date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
            meta.published_span = named[name][1]
            break
    meta.publisher = next((named[n][0] for n in html_names("source") if n in named), None)
    meta.host = next((named[n][0] for n in html_names("site") if n in named), None)
    title = " ".join(tokens.title.split())
    if site := _SITE_TAIL.search(title):
        while (shorter := _SITE_TAIL.search(title)) and shorter.start() >= 4:
            title = title[: shorter.start()]
        if meta.host is None and site[1].endswith(html_names("site_ending")):
            meta.host = site[1].strip()
    meta.title = next((named[n][0] for n in html_names("title") if n in named), None) or title or None
    return meta


def _title_line(lines: Sequence[HtmlLine], meta: Meta) -> int | None:
    """The line of the headline: the first h1 that is no site name, else the line that repeats `<title>`."""
    wanted = _plain(meta.title or "")
    heads = [
        i for i, line in enumerate(lines) if line.tag == "h1" and len(line.text.strip()) >= 4 and not line.furniture
    ]
    for i in heads:
        own = _plain(lines[i].text)
        if not wanted or own in wanted or wanted in own:
            return i
    if wanted:
        for i, line in enumerate(lines):
            own = _plain(line.text)
            if len(own) >= 4 and len(own) >= 0.6 * len(wanted) and (own in wanted or wanted in own) and not line.linked:
                return i
    heads = [i for i in heads if _plain(lines[i].text) != _plain(meta.host or "")]
    return heads[0] if heads else None


def _plain(text: str) -> str:
    return re.sub(r"[\s\W_]+", "", text)


def _data_tables(tokens: Tokens) -> set[int]:
    """Tables that hold data rather than a page's layout."""
    longest: dict[int, int] = {}
    for line in tokens.lines:
        if line.cell:
            longest[line.cell[0]] = max(longest.get(line.cell[0], 0), len(line.text))
    return {
        i
        for i, table in enumerate(tokens.tables)
        if not table.nested and sum(len(row) >= 2 for row in table.rows) >= 2 and longest.get(i, 0) <= _LONGEST_CELL
    }


def _weight(line: HtmlLine, in_table: bool) -> float:
    """How much a line speaks for (or against) being in the article."""
    text = line.text.strip()
    plain = len(text) - line.linked
    if line.furniture:
        return -40.0
    if line.linked > 0.5 * len(text):
        return -10.0 - line.linked
    marks = sum(text.count(mark) for mark in "。，；、,;")
    weight = float(plain) if marks >= 2 or in_table else 0.0
    if line_cues()["tail"].fits(text) or line_cues()["boilerplate"].fits(text):
        return -20.0
    return weight * (1.2 if line.article else 1.0)


def _kinds(lines: Sequence[HtmlLine], title: int | None, data_tables: set[int]) -> list[BlockKind | None]:
    """Furniture around the densest run of prose; headings by tag within it."""
    weights = [_weight(line, line.cell is not None and line.cell[0] in data_tables) for line in lines]
    first, last = _densest(weights)
    if title is not None and title <= first:
        first = title + 1
    kinds: list[BlockKind | None] = []
    for i, line in enumerate(lines):
        linked = line.linked > 0.5 * len(line.text.strip())
        if i == title:
            kinds.append("title")
        elif not first <= i <= last or line.furniture or (linked and len(line.text) < 200 and weights[i] < 0):
            kinds.append("boilerplate")
        elif line.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            kinds.append("heading")
        elif line.tag == "figcaption":
            kinds.append("caption")
        elif line.tag == "li" and not linked:
            kinds.append("list_item")
        else:
            kinds.append(None)
    return kinds


def _densest(weights: Sequence[float]) -> tuple[int, int]:
    """First and last index of the contiguous run with the greatest sum; of equal ones the longest."""
    best, best_span = 0.0, (0, len(weights) - 1)
    total, begin = 0.0, 0
    for i, weight in enumerate(weights):
        if total < 0:
            total, begin = 0.0, i
        total += weight
        if total > 0 and total >= best:
            best, best_span = total, (begin, i)
    return best_span


def _source_lines(tokens: Tokens, kinds: Sequence[BlockKind | None], data_tables: set[int]) -> list[SourceLine]:
    found: list[SourceLine] = []
    i = 0
    lines = tokens.lines
    while i < len(lines):
        cell = lines[i].cell
        if cell is None or cell[0] not in data_tables or kinds[i] == "boilerplate" or lines[i].tag == "caption":
            level = int(lines[i].tag[1]) if kinds[i] == "heading" else 0
            found.append(SourceLine(lines[i].pieces, kinds[i], level))
            i += 1
            continue
        j = i
        while j < len(lines) and (other := lines[j].cell) and other[:2] == cell[:2]:
            j += 1
        found.append(_row_line(lines[i:j], tokens.tables[cell[0]].rows[cell[1]], cell[0]))
        i = j
    return found


def _row_line(parts: Sequence[HtmlLine], spans: Sequence[tuple[int, int]], table: int) -> SourceLine:
    """One line for the cells of a row, with a tab between any two of them, empty ones included."""
    line = SourceLine([], "table_row", row=Row(table, tuple(spans)))
    at = parts[0].pieces[0][1]
    previous = 0
    for part in parts:
        index = part.cell[2] if part.cell else previous
        begin = part.pieces[0][1]
        line.pieces.extend(("\t", at, begin) for _ in range(index - previous))
        if index == previous and line.pieces:
            line.pieces.append((" ", at, begin))
        line.pieces.extend(_trimmed(part.pieces))
        previous = index
        at = part.pieces[-1][2]
    line.pieces.extend(("\t", at, at) for _ in range(len(spans) - 1 - previous))
    return line


def _trimmed(pieces: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Pieces of a cell without white space at its ends."""
    pieces = list(pieces)
    while pieces and not pieces[0][0].strip():
        pieces.pop(0)
    while pieces and not pieces[-1][0].strip():
        pieces.pop()
    if pieces:
        text, start, end = pieces[0]
        if len(text) == end - start:
            cut = len(text) - len(text.lstrip())
            pieces[0] = (text[cut:], start + cut, end)
        text, start, end = pieces[-1]
        if len(text) == end - start:
            cut = len(text) - len(text.rstrip())
            pieces[-1] = (text[: len(text) - cut], start, end - cut)
    return pieces
