"""From decoded text to a document: clean, lay out, classify, split into sentences, read the head."""

from __future__ import annotations

import re

from liantu.reading.clean import clean_characters
from liantu.reading.draft import Edit
from liantu.reading.head import read_head
from liantu.reading.layout import lay_out
from liantu.reading.model import Block, Document, Problem
from liantu.reading.problems import problem, unreadable
from liantu.reading.sentences import split_sentences
from liantu.reading.structure import classify

_NOTE = re.compile(r"^\s*\[(\d{1,2})\]", re.M)
_NOTE_MARK = re.compile(r"(?<=\S)\[(\d{1,2})\]")


def text_document(raw: str, *, source: str, digest: str, media: str, problems: tuple[Problem, ...] = ()) -> Document:
    """The document of a plain text. Raises `UnreadableError` when nothing but blanks is in it."""
    draft = clean_characters(raw)
    draft.apply(_note_marks(draft.text))
    lay_out(draft)
    text = draft.finish()
    if not text.clean:
        raise unreadable("empty", source)
    lines = text.clean.split("\n")
    starts: list[int] = []
    at = 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    kinds, levels = classify(lines)
    blocks = tuple(
        Block(kind, start, start + len(line), level)
        for kind, start, line, level in zip(kinds, starts, lines, levels, strict=True)
    )
    head = read_head(lines, starts, kinds)
    if head.published is None:
        problems = (*problems, problem("no_date", source))
    return Document(
        source=source,
        digest=digest,
        media=media,
        text=text,
        blocks=blocks,
        sentences=split_sentences(text.clean, blocks),
        title=head.title,
        publisher=head.publisher,
        host=head.host,
        published=head.published,
        published_span=text.raw_span(*head.published_span) if head.published_span else None,
        problems=problems,
    )


def _note_marks(text: str) -> list[Edit]:
    """Marks of footnotes that the text itself explains below: `地区生产总值[2]563.82亿元`."""
    notes = {m[1] for m in _NOTE.finditer(text)}
    return [(m.start(), m.end(), "") for m in _NOTE_MARK.finditer(text) if m[1] in notes] if notes else []
