"""A document laid down in `SourceText` and taken up again."""

from __future__ import annotations

import json
import sys
import zlib
from array import array

from liantu.ledger.models import Source, SourceText
from liantu.ledger.storable import storable
from liantu.reading.model import Block, Document, Problem, Sentence, Table, Text
from liantu.reading.pages import Place


def pack(*runs: array[int]) -> bytes:
    """Non-decreasing runs of offsets of one length as compressed differences, least significant byte first."""
    out = bytearray()
    for run in runs:
        steps = array("i", (b - a for a, b in zip([0, *run[:-1]], run, strict=True)))
        if sys.byteorder == "big":
            steps.byteswap()
        out += steps.tobytes()
    return zlib.compress(bytes(out), 6)


def unpack(data: bytes) -> tuple[array[int], array[int]]:
    """The two runs that `pack` put together."""
    steps = array("i")
    steps.frombytes(zlib.decompress(data))
    if sys.byteorder == "big":
        steps.byteswap()
    half, runs = len(steps) // 2, []
    for part in (steps[:half], steps[half:]):
        total, run = 0, array("I")
        for step in part:
            total += step
            run.append(total)
        runs.append(run)
    return runs[0], runs[1]


def text_row(source: Source, document: Document) -> SourceText:
    """The row that keeps a document's text; what cannot be stored is kept as U+FFFD, so that lengths stay."""
    text = document.text
    return SourceText(
        source=source,
        raw=storable(text.raw),
        cleaned=storable(text.clean),
        offsets=pack(array("I", text.starts), array("I", text.ends)),
        blocks=[[b.kind, b.start, b.end, b.level, b.locator] for b in document.blocks],
        sentences=[[s.start, s.end, s.block] for s in document.sentences],
        tables=[
            {
                "rows": storable(t.rows),
                "cells": t.cells,
                "caption": storable(t.caption),
                "unit": storable(t.unit),
                "locator": t.locator,
            }
            for t in document.tables
        ],
        places=pack_places(document),
    )


_FINE = 10_000  # places are kept in parts of a page as fine as this


def pack_places(document: Document) -> bytes:
    """Where a document's lines stand on their pages, and what was hard to recognise; nothing for one without pages."""
    if not document.places:
        return b""
    rows = [[p.start, p.end, p.page, *(round(part * _FINE) for part in p.box)] for p in document.places]
    return zlib.compress(json.dumps([rows, document.doubts], separators=(",", ":")).encode(), 6)


def unpack_places(data: bytes) -> tuple[tuple[Place, ...], tuple[tuple[int, int], ...]]:
    """The places and doubts that `pack_places` put together."""
    if not data:
        return (), ()
    rows, doubts = json.loads(zlib.decompress(data))
    places = tuple(
        Place(start, end, page, (left / _FINE, top / _FINE, right / _FINE, bottom / _FINE))
        for start, end, page, left, top, right, bottom in rows
    )
    return places, tuple((start, end) for start, end in doubts)


def problem_dict(problem: Problem) -> dict[str, object]:
    """A problem as the ledger and the pages keep it."""
    return storable(
        {
            "code": problem.code,
            "source": problem.source,
            "zh": problem.message_zh,
            "en": problem.message_en,
            "fatal": problem.fatal,
        }
    )


def problems_of(source: Source) -> list[Problem]:
    """The problems that are noted with a source."""
    return [
        Problem(str(p["code"]), str(p["source"]), str(p["zh"]), str(p["en"]), bool(p["fatal"])) for p in source.problems
    ]


def document_of(source: Source) -> Document:
    """The document that was read into `source`, with the publication date as it stands now.

    Raises SourceText.DoesNotExist for a source that could not be read.
    """
    row = source.text
    places, doubts = unpack_places(bytes(row.places))
    starts, ends = unpack(bytes(row.offsets))
    span = None
    if source.published_start is not None and source.published_end is not None:
        span = (source.published_start, source.published_end)
    return Document(
        source=source.name,
        digest=source.digest,
        media=source.media,
        text=Text(row.raw, row.cleaned, starts, ends),
        blocks=tuple(Block(kind, start, end, level, locator) for kind, start, end, level, locator in row.blocks),
        sentences=tuple(Sentence(*sentence) for sentence in row.sentences),
        title=source.title or None,
        publisher=source.publisher or None,
        host=source.host or None,
        published=source.published,
        published_span=span,
        tables=tuple(
            Table(
                tuple(tuple(row) for row in table["rows"]),
                tuple(tuple((cell[0], cell[1]) for cell in row) for row in table["cells"]),
                table["caption"],
                table["unit"],
                table["locator"],
            )
            for table in row.tables
        ),
        problems=tuple(problems_of(source)),
        language=source.language,
        places=places,
        doubts=doubts,
    )
