"""Comparisons inside a document as pages show them: the sentence of each number, the number marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from liantu.extraction.checks import RULES
from liantu.ledger.models import Check, CheckWord, Copy, Source
from liantu.ledger.services import document_of
from liantu.reading.model import Document
from liantu.workbench.formatting import chinese

AROUND = 60  # characters shown before and behind a number whose sentence is longer
LISTED = 40  # comparisons of one document listed at most


@dataclass(frozen=True, slots=True)
class Place:
    """Numbers compared in the words of one block around them: pieces of text, and whether each is a number."""

    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """A comparison with its numbers, and the word of a person that holds for it."""

    check: Check
    places: tuple[Place, ...]
    word: CheckWord | None
    elsewhere: int = 0  # other documents in which the same sentence stands

    @property
    def message(self) -> str:
        """What it says, in the page's language."""
        return self.check.message_zh if chinese() else self.check.message_en

    @property
    def rule(self) -> str:
        """Name of the rule, in the page's language."""
        return rule_name(self.check.rule)


def rule_name(rule: str) -> str:
    """Name of a rule in the page's language; an unknown one as it is."""
    zh, en = RULES.get(rule, (rule, rule))
    return zh if chinese() else en


def shown_check(check: Check) -> ShownCheck:
    """A comparison with the sentences of its numbers."""
    return shown_checks([check], {check.source_id: document_of(check.source)})[0]


def shown_checks(checks: Sequence[Check], documents: Mapping[int, Document] | None = None) -> list[ShownCheck]:
    """Comparisons, with the sentences of their numbers where their document is given, by id of its source."""
    read = documents or {}
    places = {check.place for check in checks}
    words = {word.place: word for word in CheckWord.objects.filter(place__in=places, undone_at=None).order_by("-pk")}
    others: dict[str, set[int]] = {}
    for place, source in Check.objects.filter(place__in=places, source__state="ready").values_list("place", "source"):
        others.setdefault(place, set()).add(source)
    return [
        ShownCheck(
            check,
            _places(read[check.source_id], check.spans) if check.source_id in read else (),
            words.get(check.place),
            len(others.get(check.place, set()) - {check.source_id}),
        )
        for check in checks
    ]


def _places(document: Document, spans: Sequence[Sequence[int]]) -> tuple[Place, ...]:
    """The numbers at raw [start, end), those of one block together, in the clean words of the block."""
    text = document.text
    by_block: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for start, end in sorted({(start, end) for start, end in spans}):
        left, right = text.clean_span(start, end)
        block = next((b for b in document.blocks if b.start <= left < b.end), None)
        whole = (block.start, block.end) if block is not None else (0, len(text.clean))
        by_block.setdefault(whole, []).append((left, right))
    return tuple(_place(text.clean, numbers, *whole) for whole, numbers in by_block.items())


def _place(clean: str, numbers: Sequence[tuple[int, int]], low: int, high: int) -> Place:
    first, last = max(low, numbers[0][0] - AROUND), min(high, max(end for _, end in numbers) + AROUND)
    pieces: list[tuple[str, bool]] = [("…", False)] if first > low else []
    at = first
    for left, right in numbers:
        if left >= at:
            pieces += [(clean[at:left], False), (clean[left:right], True)]
            at = right
    pieces.append((clean[at:last] + ("…" if last < high else ""), False))
    return Place(tuple(pieces))


@dataclass(frozen=True, slots=True)
class DocumentChecks:
    """What a document's own figures make of each other."""

    asking: list[ShownCheck]  # the weightiest first
    answered: list[ShownCheck]  # a person has said that they need no further look
    n_fitting: int

    @property
    def total(self) -> int:
        """All comparisons that were made."""
        return len(self.asking) + len(self.answered) + self.n_fitting


def checks_of(source: Source) -> DocumentChecks:
    """The comparisons of one document for its page."""
    rows = source.checks.exclude(verdict=Check.Verdict.OK).order_by("-weight", "id")
    shown = shown_checks(list(rows[:LISTED]))
    return DocumentChecks(
        [item for item in shown if item.word is None],
        [item for item in shown if item.word is not None],
        source.checks.filter(verdict=Check.Verdict.OK).count(),
    )


def copies_of(source: Source) -> dict[str, object]:
    """What a document repeats, what repeats it, and the word of a person that it is no copy."""
    return {
        "originals": list(Copy.objects.filter(source=source).select_related("original").order_by("pk")),
        "reprints": list(
            Copy.objects.filter(original=source).select_related("source").order_by("source__published", "pk")
        ),
        "own_word": source.copy_words.filter(undone_at=None).first(),
    }
