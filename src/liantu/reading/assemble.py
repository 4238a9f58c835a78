"""From decoded text to a document: clean, lay out, classify, split into sentences, read the head."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from liantu.reading.clean import clean_characters
from liantu.reading.draft import Draft, Edit
from liantu.reading.grid import build_tables
from liantu.reading.head import read_head
from liantu.reading.language import language_of
from liantu.reading.layout import lay_out
from liantu.reading.model import Block, BlockKind, Document, Problem
from liantu.reading.problems import problem, unreadable
from liantu.reading.sentences import split_sentences
from liantu.reading.source_lines import Meta, Parsed, SourceLine
from liantu.reading.structure import classify

_NOTE = re.compile(r"^[ \t]*\[(\d{1,2})\]", re.M)
_NOTE_MARK = re.compile(r"(?<=\S)\[(\d{1,2})\]")

LONGEST_LINE = 60_000
"""Characters: no paragraph that anybody wrote is as long, and what looks for words around words must end."""


def text_document(raw: str, *, source: str, digest: str, media: str, problems: tuple[Problem, ...] = ()) -> Document:
    """The document of a plain text. Raises `UnreadableError` when nothing but blanks is in it, or a line without end."""
    check_length(max(map(len, raw.split("\n"))), source)
    return _assemble(Draft(raw), None, source, digest, media, problems)


def parsed_document(
    parsed: Parsed, *, source: str, digest: str, media: str, problems: tuple[Problem, ...] = ()
) -> Document:
    """The document of a parsed file. Raises `UnreadableError` when no text is in it, or a line without end."""
    check_length(max((sum(len(p[0]) for p in line.pieces) for line in parsed.lines), default=0), source)
    draft = Draft.from_lines(parsed.raw, [line.pieces for line in parsed.lines])
    return _assemble(draft, parsed, source, digest, media, problems)


def check_length(longest: int, source: str) -> None:
    """Refuse a text whose longest line has more characters than anybody writes."""
    if longest > LONGEST_LINE:
        raise unreadable("endless_line", source, size=longest, limit=LONGEST_LINE)


def _assemble(
    draft: Draft, parsed: Parsed | None, source: str, digest: str, media: str, problems: tuple[Problem, ...]
) -> Document:
    clean_characters(draft)
    draft.apply(_note_marks(draft.text))
    lay_out(draft, cells_known=parsed is not None and parsed.cells_known)
    text = draft.finish()
    if not text.clean:
        raise unreadable("empty", source)
    lines = text.clean.split("\n")
    starts: list[int] = []
    at = 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    hints = _hints(parsed.lines, [text.starts[s] for s in starts]) if parsed else None
    known: list[BlockKind | None] = [h.kind for h in hints] if hints else [None] * len(lines)
    kinds, levels = classify(lines, known)
    if hints:
        levels = [h.level or level for h, level in zip(hints, levels, strict=True)]
    blocks = tuple(
        Block(kinds[i], starts[i], starts[i] + len(line), levels[i], hints[i].locator if hints else "")
        for i, line in enumerate(lines)
    )
    head = read_head(lines, starts, kinds)
    meta = parsed.meta if parsed else Meta()
    published, span = head.published, head.published_span and text.raw_span(*head.published_span)
    if meta.published is not None and (published is None or head.is_event_day):
        published, span = meta.published, meta.published_span
    publisher = head.publisher or meta.publisher or meta.host
    host = head.host or meta.host
    language, foreign = language_of(text.clean)
    if foreign:
        problems = (*problems, problem("foreign_language", source))
    if published is None:
        problems = (*problems, problem("no_date", source))
    return Document(
        source=source,
        digest=digest,
        media=media,
        text=text,
        blocks=blocks,
        sentences=split_sentences(text.clean, blocks),
        title=head.title or meta.title,
        publisher=publisher,
        host=None if host == publisher else host,
        published=published,
        published_span=span or None,
        tables=build_tables(parsed, hints, lines, starts, kinds) if parsed and hints else (),
        problems=problems,
        language=language,
        places=tuple(parsed.places) if parsed else (),
        doubts=tuple(parsed.doubts) if parsed else (),
    )


def _hints(lines: Sequence[SourceLine], raw_starts: Sequence[int]) -> list[SourceLine]:
    """The source line of each clean line."""
    begins = [line.pieces[0][1] for line in lines]
    return [lines[max(0, bisect_right(begins, at) - 1)] for at in raw_starts]


def _note_marks(text: str) -> list[Edit]:
    """Marks of footnotes that the text itself explains below: `地区生产总值[2]563.82亿元`."""
    notes = {m[1] for m in _NOTE.finditer(text)}
    return [(m.start(), m.end(), "") for m in _NOTE_MARK.finditer(text) if m[1] in notes] if notes else []
