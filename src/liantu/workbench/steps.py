"""The way of a project: each stage and event with the sentence that says it, phases apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from liantu.ledger.models import SourceText, Statement
from liantu.tracking import event_stages, phases_in
from liantu.vocabulary.stages import stages

SOURCES_READ = 12  # documents looked into for the sentence of a stage
FOLLOWING = 2  # sentences behind the one that names the project that may still speak of it


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody said that a project reached a stage, or that something happened to it."""

    statement: Statement
    code: str  # a stage, or an event that reaches none
    event: bool
    day: str  # as the reader writes days; empty when the text gives none
    said_on: str  # publication date, for the order
    sentence: str  # the sentence that says it, clean; empty when only the whole document tells
    phases: tuple[tuple[str, str], ...]  # (一期, stage)


def steps_of(own: Iterable[Statement], events: Iterable[Statement], names: Sequence[str]) -> list[Step]:
    """The steps of one project in the order of time, one for each stage or event a source tells."""
    reached = event_stages()
    staged = [s for s in own if s.text_value in stages()]
    texts = _texts(staged)
    found: dict[tuple[int | None, str], Step] = {}
    for s in events:
        sentence = s.clean_sentence or s.sentence
        code = reached.get(s.property, s.property)
        step = Step(s, code, s.property not in reached, s.period, _said_on(s), sentence, phases_in(sentence))
        found.setdefault((s.source_id, code), step)
    for s in staged:
        if (s.source_id, s.text_value) in found:
            continue
        text = texts.get(s.source_id or 0)
        sentence = telling_sentence(s, text, names) if text is not None else s.clean_sentence or s.sentence
        found[s.source_id, s.text_value] = Step(s, s.text_value, False, "", _said_on(s), sentence, phases_in(sentence))
    order = {code: stage.order for code, stage in stages().items()}
    return sorted(found.values(), key=lambda p: (p.day or p.said_on or "9999", order.get(p.code, 99), p.statement.pk))


def _said_on(s: Statement) -> str:
    return s.source.published.isoformat() if s.source is not None and s.source.published is not None else ""


def _texts(statements: Iterable[Statement]) -> dict[int, SourceText]:
    wanted = list(dict.fromkeys(s.source_id for s in statements if s.source_id is not None))[:SOURCES_READ]
    rows = SourceText.objects.filter(source__in=wanted).only("cleaned", "sentences")
    return {row.pk: row for row in rows}


def telling_sentence(s: Statement, text: SourceText, names: Sequence[str]) -> str:
    """The sentence of a document that tells the stage of a project, rather than the one that first names it.

    It names the project, or follows the sentence that does, and holds a word of the stage. Where none does, the evidence.
    """
    evidence = s.clean_sentence or s.sentence
    cues = stages()[s.text_value].cues
    if not cues or "missed" in s.payload or any(cue in evidence for cue in cues):
        return evidence
    said = [text.cleaned[start:end] for start, end, _block in text.sentences]
    blocks = [block for *_ends, block in text.sentences]
    called = [name for name in {s.subject_name, *s.payload.get("aliases", ()), *names} if len(name) > 2]
    for at, sentence in enumerate(said):
        if any(name in sentence for name in called):
            for near in range(at, min(at + 1 + FOLLOWING, len(said))):
                if blocks[near] == blocks[at] and any(cue in said[near] for cue in cues):
                    return said[near]
    return evidence
