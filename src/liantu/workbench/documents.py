"""A document prepared for its page: blocks of clean text and the raw text beside them, with every finding marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Count, Q
from django.urls import reverse

from liantu.ledger.models import Source, Statement
from liantu.ledger.standing import standing as all_standing
from liantu.reading.model import Document
from liantu.workbench import formatting, labels
from liantu.workbench.marking import Span, marked, name_spans, spans_of
from liantu.workbench.page_images import ShownPage, document_pages

PAGE_CHARACTERS = 40_000
MARKS_AT_MOST = 4_000
_FURNITURE = re.compile(r"<!--.*?-->|<(script|style|head|noscript)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_BREAKING = re.compile(r"</?(p|div|br|li|h\d|tr|table|section|article|ul|ol|td|th)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&amp;(gt|lt|amp|quot|nbsp|middot|ldquo|rdquo|mdash|hellip|#\d{1,5});")
"""What a reader of the page sees as one character, escaped once more than it should be shown."""
_APART = re.compile(r"&(?:gt|lt|amp|quot|nbsp|middot|ldquo|rdquo|mdash|hellip|#\d{1,5});|\s*\n\s*")
"""What a page of raw HTML shows otherwise than the file has it: characters written by their names, and blank lines."""
_BLANK_LINES = re.compile(r"[ \t\u3000]*\n[ \t\n\u3000]*\n[ \t]*")
NAMED_KINDS = ("project", "enterprise", "chain")


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One block of clean text as HTML."""

    kind: str
    html: str
    locator: str
    start: int  # clean offset of its first character


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """Both panes of the page, and how many of each finding they mark."""

    blocks: tuple[ShownBlock, ...]
    raw: str
    counts: dict[str, int]
    raw_start: (
        int | None
    )  # raw offset of the first character shown; None where each piece of the raw text carries its own
    sheets: tuple[ShownPage, ...] = ()  # its printed pages, where they can be shown


def pages_of(document: Document) -> list[tuple[int, int]]:
    """Clean [start, end) of each page: whole blocks, about `PAGE_CHARACTERS` each, together the whole text."""
    pages: list[tuple[int, int]] = []
    start = 0
    for block in document.blocks:
        if block.end - start > PAGE_CHARACTERS and block.start > start:
            pages.append((start, block.start))
            start = block.start
    pages.append((start, max(len(document.text.clean), start)))
    return pages


def shown_document(
    source: Source, document: Document, window: tuple[int, int], asked: Statement | None = None
) -> ShownDocument:
    """The stretch `window` (clean offsets) of the document, marked.

    Args:
        source: the ledger's row of the document.
        document: the document itself.
        window: one of `pages_of`.
        asked: the statement of a deep link, whose sentence is tinted and whose mark is told apart.
    """
    text = document.text
    standing = all_standing().filter(source=source).select_related(None)
    first, last = _raw_window(document, window)
    # Figures of this page; names of the whole document, for they may be said here and found elsewhere.
    wanted = Q(number_start__gte=first, number_start__lt=last) & ~Q(figure_kind="") | Q(
        kind__in=(*NAMED_KINDS, "phrase")
    )
    statements = list(
        standing.filter(wanted)
        .only("id", "kind", "subject_name", "property", "value", "unit", "bound", "figure_kind", "payload", "confidence",
              "number_start", "number_end", "evidence_start", "evidence_end")
        .order_by("number_start", "id")[:MARKS_AT_MOST]
    )  # fmt: skip
    greyed = [(b.start, b.end) for b in document.blocks if b.kind in {"boilerplate", "byline"}]
    clean_spans = _names(text.clean, statements, greyed)
    raw_spans = [Span(*text.raw_span(s.start, s.end), s.kind, s.id, s.url, s.label, s.low) for s in clean_spans]
    for row in statements:
        if not row.figure_kind or row.number_start is None or row.number_end is None:
            continue
        span = _figure(row)
        raw_spans.append(span)
        start, end = text.clean_span(row.number_start, row.number_end)
        clean_spans.append(Span(start, end, "figure", span.id, span.url, span.label, span.low))
    raw_spans += (extra := [*_phrases(statements), *_checks(source, (first, last))])
    clean_spans += [Span(*text.clean_span(s.start, s.end), s.kind, s.id, s.url, s.label, s.low) for s in extra]
    if asked is not None and asked.evidence_start is not None and asked.evidence_end is not None:
        raw_spans.append(Span(asked.evidence_start, asked.evidence_end, "sentence", asked.pk))
        clean_spans.append(Span(*text.clean_span(asked.evidence_start, asked.evidence_end), "sentence", asked.pk))
    found = asked.pk if asked is not None else ""
    inside = [b for b in document.blocks if b.start >= window[0] and b.end <= window[1]]
    by_block = spans_of([(b.start, b.end) for b in inside], clean_spans)
    blocks = tuple(
        ShownBlock(b.kind, marked(text.clean, spans, b.start, b.end, found), b.locator, b.start)
        for b, spans in zip(inside, by_block, strict=True)
    )
    counts: dict[str, int] = {}
    for row_kind, figure_kind, count in standing.order_by().values_list("kind", "figure_kind").annotate(n=Count("*")):
        kind = "figure" if figure_kind else row_kind
        counts[kind] = counts.get(kind, 0) + count
    raw = _raw(document, raw_spans, window, found)
    sheets = document_pages(source, document, (first, last), raw_spans, asked)
    return ShownDocument(blocks, raw, counts, None if document.media == "html" else first, sheets)


def _raw_window(document: Document, window: tuple[int, int]) -> tuple[int, int]:
    """Raw [start, end) of a page, the stretches between its blocks included."""
    text = document.text
    start = text.starts[window[0]] if window[0] and window[0] < len(text.starts) else 0
    return start, text.starts[window[1]] if window[1] < len(text.starts) else len(text.raw)


def _figure(row: Statement) -> Span:
    words = formatting.quantity(row.value, row.unit, row.bound, row.figure_kind)
    return Span(
        row.number_start or 0,
        row.number_end or 0,
        "figure",
        row.pk,
        reverse("statement", args=[row.pk]),
        f"{row.subject_name} · {row.property} · {words}",
        row.confidence < labels.LOW_CONFIDENCE,
    )


def _phrases(statements: Sequence[Statement]) -> list[Span]:
    """Marks of coded phrases, wherever the document uses them."""
    word = labels.word(labels.STATEMENT_KIND, "phrase")
    return [
        Span(start, end, "phrase", row.pk, reverse("statement", args=[row.pk]), f"{word} · {row.subject_name}")
        for row in statements
        if row.kind == "phrase"
        for start, end in (row.payload or {}).get("spans", ())
    ]


def _checks(source: Source, window: tuple[int, int]) -> list[Span]:
    """Marks of the numbers that ask for an eye because they do not fit each other, within raw [start, end)."""
    rows = source.checks.filter(weight__gt=0).order_by("-weight", "id")[:MARKS_AT_MOST]
    return [
        Span(
            start,
            end,
            "check",
            row.pk,
            reverse("check", args=[row.pk]),
            row.message_zh if formatting.chinese() else row.message_en,
        )
        for row in rows
        for start, end in row.spans
        if window[0] <= start < window[1]
    ]


def _names(clean: str, statements: Sequence[Statement], greyed: Sequence[tuple[int, int]]) -> list[Span]:
    """Marks of projects, enterprises and chains wherever one of their names stands in body text."""
    names: dict[str, Span] = {}
    for row in statements:
        if row.kind not in NAMED_KINDS:
            continue
        word = labels.word(labels.STATEMENT_KIND, row.kind)
        model = Span(0, 0, row.kind, row.pk, reverse("statement", args=[row.pk]), f"{word} · {row.subject_name}")
        for name in (row.subject_name, *(row.payload or {}).get("aliases", ())):
            names.setdefault(str(name), model)
    return name_spans(clean, names.items(), greyed)


def _raw(document: Document, spans: list[Span], window: tuple[int, int], found: str) -> str:
    """The raw text of the window; page furniture greyed, and of HTML what a reader would see."""
    text = document.text
    if not text.raw:
        return ""
    start, end = _raw_window(document, window)
    hidden = (
        [(m.start(), m.end()) for m in _FURNITURE.finditer(text.raw, start, end)] if document.media == "html" else []
    )
    grey = [text.raw_span(b.start, b.end) for b in document.blocks if b.kind == "boilerplate"]
    html_source = document.media == "html"
    apart = [(m.start(), m.end()) for m in _APART.finditer(text.raw, start, end)] if html_source else []
    pieces = _pieces(start, end, hidden, grey, apart)
    by_piece = spans_of([(left, right) for left, right, _pale in pieces], spans)
    out = []
    at = start
    for (left, right, pale), here in zip(pieces, by_piece, strict=True):
        if left > at and _BREAKING.search(text.raw, at, left):
            out.append("\n")
        html = marked(text.raw, here, left, right, found)
        if html_source and not text.raw[left:right].isspace():
            html = f'<span data-side="raw" data-start="{left}">{html}</span>'  # a selection finds its place in the file
        out.append(f'<span class="greyed">{html}</span>' if pale else html)
        at = right
    shown = "".join(out)
    if document.media != "html":
        return shown
    return _BLANK_LINES.sub("\n\n", _ENTITY.sub(r"&\1;", shown)).strip()


def _pieces(
    start: int,
    end: int,
    hidden: Sequence[tuple[int, int]],
    grey: Sequence[tuple[int, int]],
    apart: Sequence[tuple[int, int]] = (),
) -> list[tuple[int, int, bool]]:
    """[start, end) without what is hidden, cut at the borders of what is grey or apart: (left, right, whether grey), in order."""
    borders = {start, end}
    for left, right in (*hidden, *grey, *apart):
        borders.update(b for b in (left, right) if start < b < end)
    ordered = sorted(borders)
    out = []
    h = g = 0
    hides, greys = sorted(hidden), sorted(grey)
    for left, right in pairwise(ordered):
        while h < len(hides) and hides[h][1] <= left:
            h += 1
        while g < len(greys) and greys[g][1] <= left:
            g += 1
        if h < len(hides) and hides[h][0] <= left:
            continue
        out.append((left, right, g < len(greys) and greys[g][0] <= left))
    return out
