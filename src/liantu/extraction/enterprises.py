"""Enterprises of a document."""

from __future__ import annotations

import re

from liantu.extraction.evidence import evidence_at
from liantu.extraction.model import Enterprise, Mention
from liantu.extraction.names import scene_of
from liantu.reading.model import Document
from liantu.vocabulary import enterprise_roles

MINIMUM_CONFIDENCE = 0.5


def find_enterprises(document: Document, mentions: tuple[Mention, ...]) -> tuple[Enterprise, ...]:
    """Every enterprise the text names, each once under its fullest name, in text order."""
    del mentions
    scene = scene_of(document)
    first: dict[str, tuple[int, int]] = {}
    role: dict[str, str] = {}
    for span in sorted(scene.book.spans, key=lambda s: s.first):
        start, end = scene.span(span.first, span.last)
        first.setdefault(span.key, (start, end))
        found = role_near(scene.tokens.text, start, end)
        if found is not None:
            role.setdefault(span.key, found)
    found_firms = []
    for key, (start, end) in first.items():
        firm = scene.book.firms.get(key)
        if firm is None or firm.confidence < MINIMUM_CONFIDENCE:
            continue
        found_firms.append(
            Enterprise(
                key, tuple(sorted(firm.aliases)), evidence_at(document, start, end), role.get(key), firm.confidence
            )
        )
    return tuple(found_firms)


def role_near(text: str, start: int, end: int) -> str | None:
    """The role words right beside a firm's name give it (chain_master, chain_core, leading …)."""
    before = re.split(r"[，。；\n]", text[max(0, start - 10) : start])[-1]
    after = re.split(r"[，。；\n]", text[end : end + 24])[0]
    for entry in enterprise_roles().values():
        for cue in entry.cues:
            if before.endswith((cue, cue + "企业", cue + "”", cue + "”企业")) or (
                cue in after and re.match(r"(?:[、与和]+[^，。、与和]{1,12})*(?:等|是|为|作为|同为|均为)", after)
            ):
                return entry.reader_role
    return None
