"""What reading hands on: a document whose every clean character knows its raw offset."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from liantu.reading.pages import PageBox, Place, boxes_of

BlockKind = Literal[
    "title",  # the document's headline (and its second line, if any)
    "dateline",  # publisher, date, source, author in the head of the page
    "heading",  # a section heading inside the body
    "paragraph",
    "list_item",
    "table_row",  # one row of a table, cells separated by a tab in the clean text
    "caption",  # photo caption or credit
    "byline",  # reporter, editor, proof-reader
    "boilerplate",  # navigation, advertisement, related links, footer: never extracted from
]
"""Kinds of block. Everything but `boilerplate`, `byline` and `caption` counts as body text."""

BODY_KINDS: frozenset[str] = frozenset({"title", "heading", "paragraph", "list_item", "table_row"})


@dataclass(frozen=True, slots=True)
class Text:
    """A raw text, its clean form, and the map between them.

    `raw` is the decoded file for text formats (txt, md, html source) and the text laid out by the parser
    for packaged formats (docx, pdf, xlsx). `clean` has pinyin glosses, doubled marks and mark-up removed, Traditional
    characters turned into Simplified, full-width letters and digits narrowed, and ASCII marks that stand for
    Chinese punctuation widened: `，：；（）` and `。` are the clean forms. `starts[i]` and `ends[i]` are the raw
    code-point offsets of clean character i (end exclusive); both never decrease.
    """

    raw: str
    clean: str
    starts: Sequence[int]
    ends: Sequence[int]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw [start, end) of the clean [start, end); an empty clean span gives an empty raw span."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.raw)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def clean_span(self, start: int, end: int) -> tuple[int, int]:
        """Clean [start, end) that covers the raw [start, end)."""
        first = bisect_right(self.ends, start)
        last = bisect_right(self.starts, end - 1) if end > start else first
        return first, max(first, last)

    @classmethod
    def identity(cls, raw: str) -> Text:
        """A text whose clean form is its raw form."""
        return cls(raw, raw, array("I", range(len(raw))), array("I", range(1, len(raw) + 1)))


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of clean text of one kind. Blocks lie in order, do not overlap, and hold no line break."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0  # heading depth, or list depth; 0 where it does not apply
    locator: str = ""  # where it stands in a packaged file: `第3页`, `段落12`, `Sheet1!B4`; empty for plain text


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in clean offsets (end exclusive, its final mark included) and the block it belongs to."""

    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a clerk should know of a file: what, where, and what to do.

    `code` is stable (`empty`, `wrong_extension`, `encrypted`, `truncated`, `zip_bomb`, `too_large`, `binary`,
    `no_date`, `foreign_language`, `unsafe_name`, `timeout`, `memory`, `unsupported`, `garbled` …).
    """

    code: str
    source: str
    message_zh: str
    message_en: str
    fatal: bool = False

    def __str__(self) -> str:
        return f"{self.message_zh} / {self.message_en}"


@dataclass(frozen=True, slots=True)
class Table:
    """A real table of a docx, html, xlsx or csv: its cells as text, and where each cell lies in the clean text."""

    rows: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[tuple[int, int], ...], ...]  # clean (start, end) of each cell, same shape as `rows`
    caption: str = ""
    unit: str = ""  # from 单位：亿元 above the table
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read."""

    source: str  # file name as the user knows it
    digest: str  # sha256 of the file's bytes, hex
    media: str  # txt, md, html, docx, doc, pdf, ofd, xlsx, xls, ods, csv, eml, picture
    text: Text
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    title: str | None = None
    publisher: str | None = None  # the original publisher where the text names it
    host: str | None = None  # where it was found, when that is another
    published: date | None = None
    published_span: tuple[int, int] | None = None  # raw span that says so
    tables: tuple[Table, ...] = ()
    problems: tuple[Problem, ...] = ()
    language: str = "zh"
    places: tuple[Place, ...] = ()  # of its raw text on its pages, where it has pages that can be shown
    doubts: tuple[tuple[int, int], ...] = ()  # raw spans of a scan that were hard to recognise
    path: str | None = field(default=None, compare=False)

    def boxes(self, start: int, end: int) -> tuple[PageBox, ...]:
        """Where raw [start, end) stands on the document's pages, one box a line; empty for a format without pages."""
        return boxes_of(self.places, self.text.raw, start, end) if self.places else ()

    def is_doubtful(self, start: int, end: int) -> bool:
        """Whether a character of raw [start, end) was hard to recognise."""
        at = bisect_right(self.doubts, start, key=lambda span: span[1])
        return at < len(self.doubts) and self.doubts[at][0] < end

    def sentence_text(self, index: int) -> str:
        """Clean text of sentence `index`."""
        s = self.sentences[index]
        return self.text.clean[s.start : s.end]


class UnreadableError(ValueError):
    """A file that cannot be read at all; carries the problem to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
