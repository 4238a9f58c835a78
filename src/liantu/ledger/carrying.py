"""What people said of a file holds when the file is read again.

A person's word is tied to a place: for a figure the raw characters of its number, for other findings the names it is about. When a
later reading finds something at that place, the word is carried to it: what was rejected stays away, what was corrected stays
corrected, what the reader had missed is not doubled. What was accepted and is not found any longer is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from liantu.ledger.grouping.indicators import fold as fold_indicator
from liantu.ledger.likeness import fold
from liantu.ledger.models import Pairing, Review, Source, Statement
from liantu.ledger.standing import by_person

SUBSTANCE = ("value", "unit", "bound", "figure_kind", "status", "period")


@dataclass(frozen=True, slots=True)
class Word:
    """What a person said of one place: the review, the statement it was said of, and what holds there instead."""

    review: Review
    statement: Statement
    holds: Statement | None  # None: nothing, it was rejected

    @property
    def forms(self) -> tuple[Statement, ...]:
        """The statements by which the place is known."""
        return (self.statement,) if self.holds is None else (self.statement, self.holds)


@dataclass(slots=True)
class Carried:
    """What carrying did: statements whose standing changed, and how many later findings each word met."""

    touched: list[Statement] = field(default_factory=list)
    held: int = 0  # findings that a person's word overruled
    agreed: int = 0  # findings that now say what the person said
    kept: int = 0  # accepted ones that no reading says any longer


def words_of(source: Source) -> list[Word]:
    """Every word of a person on what a file says, one for each place; the latest on a statement counts."""
    latest: dict[str, Review] = {}
    reviews = Review.objects.filter(statement__source=source, undone_at=None, carried_from=None)
    for review in reviews.select_related("statement__subject", "replacement__subject").order_by("pk"):
        latest[review.statement_id] = review
    return [
        Word(review, review.statement, _holding(review, latest))
        for review in latest.values()
        if "corrects" not in review.statement.payload
    ]


def _holding(review: Review, latest: dict[str, Review]) -> Statement | None:
    """What stands after all that was said: a correction may have been corrected or rejected in turn."""
    seen = {review.pk}
    while True:
        if review.verdict == Review.Verdict.REJECTED:
            return None
        if review.verdict != Review.Verdict.CORRECTED or review.replacement is None:
            return review.statement
        after = latest.get(review.replacement.pk)
        if after is None or after.pk in seen:
            return review.replacement
        seen.add(after.pk)
        review = after


def carry(source: Source, words: Sequence[Word] | None = None) -> Carried:
    """Bind what the present reading of a source found by what people said of earlier ones.

    `source.statements` must hold the present reading: its statements not retired, all others retired.
    """
    done = Carried()
    words = words_of(source) if words is None else words
    if not words:
        return done
    found_now = present(source.statements.select_related("subject"))
    own = {word.statement.pk for word in words}
    free = {s.pk: s for s in sorted(found_now, key=lambda s: s.pk) if s.pk not in own}
    said_again = {s.pk for s in found_now}
    bound = {
        (review.carried_from_id, review.statement_id): review
        for review in Review.objects.filter(statement__source=source, undone_at=None).exclude(carried_from=None)
    }
    for word in sorted(words, key=lambda w: w.review.pk):
        if word.statement.pk in said_again:
            continue
        found = at_same_place(word.forms, free.values())
        if found is not None:
            del free[found.pk]
            carried = bound.get((word.review.pk, found.pk))
            if carried is None:
                _bind(word, found, done)
                continue
            done.held += 1
            done.agreed += carried.agrees
            if carried.replacement_id == word.statement.pk and not by_person(word.statement):
                _keep(word.statement, done)
        elif word.review.verdict == Review.Verdict.ACCEPTED and not by_person(word.statement):
            _keep(word.statement, done)
    return done


def carry_pairings(source: Source, gone: Iterable[Statement]) -> list[Statement]:
    """Let people's words on pairs of figures hold for what stands at the same places now.

    The word on what is said no longer ends, and the same word on what is said instead begins. Gives the figures concerned.
    """
    lost = {s.pk: s for s in gone if s.figure_kind}
    if not lost:
        return []
    said = Pairing.objects.filter(Q(left__source=source) | Q(right__source=source), undone_at=None)
    pairings = [p for p in said.select_related("left", "right").order_by("pk") if {p.left_id, p.right_id} & lost.keys()]
    if not pairings:
        return []
    found_now = present(source.statements.exclude(figure_kind=""))

    def successor(statement: Statement) -> Statement | None:
        return at_same_place((statement,), found_now) if statement.pk in lost else statement

    touched: list[Statement] = []
    for pairing in pairings:
        left, right = successor(pairing.left), successor(pairing.right)
        if left is None or right is None or left.pk == right.pk:
            continue
        Pairing.objects.create(
            left=left, right=right, verdict=pairing.verdict, by=pairing.by, reason=pairing.reason, at=timezone.now()
        )
        pairing.take_back(source.reader_version)
        touched += [pairing.left, pairing.right, left, right]
    return touched


def _bind(word: Word, found: Statement, done: Carried) -> None:
    """Let a person's word hold for what a later reading found at its place."""
    agrees = word.holds is not None and same_substance(found, word.holds)
    accepted = word.review.verdict == Review.Verdict.ACCEPTED and not by_person(word.statement)
    verdict, replacement = Review.Verdict.CORRECTED, word.holds
    if word.holds is None:
        verdict = Review.Verdict.REJECTED
    elif accepted and agrees:
        verdict, replacement = Review.Verdict.ACCEPTED, None
        _unkeep(word.statement, done)
    elif accepted:
        _keep(word.statement, done)
    Review.objects.create(
        statement=found,
        verdict=verdict,
        by=word.review.by,
        reason=word.review.reason,
        at=timezone.now(),
        replacement=replacement,
        carried_from=word.review,
        agrees=agrees,
    )
    done.held += 1
    done.agreed += agrees
    done.touched += [found, *word.forms]


def _keep(statement: Statement, done: Carried) -> None:
    done.kept += 1
    if not statement.kept or statement.retired:
        statement.retired, statement.kept = False, True
        statement.save(update_fields=["retired", "kept"])
        done.touched.append(statement)


def _unkeep(statement: Statement, done: Carried) -> None:
    if statement.kept:
        statement.retired, statement.kept = True, False
        statement.save(update_fields=["retired", "kept"])
        done.touched.append(statement)


def present(statements: Iterable[Statement]) -> list[Statement]:
    """Those that the present reading made."""
    return [s for s in statements if not (s.retired or s.kept or by_person(s))]


def at_same_place(forms: Sequence[Statement], found: Iterable[Statement]) -> Statement | None:
    """The finding that stands where one of `forms` was said; of several the one most like it."""
    ranked = [(rank, s.pk, s) for s in found if (rank := max(_nearness(form, s) for form in forms)) > 0]
    return max(ranked, key=lambda row: (row[0], row[1]))[2] if ranked else None


def _nearness(said: Statement, found: Statement) -> int:
    """How surely two statements of one source speak of one place: 0 not at all."""
    if bool(said.figure_kind) != bool(found.figure_kind):
        return 0
    if said.figure_kind:
        ends = (said.number_start, said.number_end, found.number_start, found.number_end)
        if any(end is None for end in ends):
            return 0
        a, b, c, d = (end for end in ends if end is not None)
        if b <= c or d <= a:
            return 0
        return 1 + (a == c and b == d) + 2 * (said.figure_kind == found.figure_kind)
    if said.kind != found.kind or not _names(said) & _names(found):
        return 0
    if said.kind in {"relation", "event"} and said.property != found.property:
        return 0
    if said.kind in {"relation", "chain"} and fold(said.object_name) != fold(found.object_name):
        return 0
    return 1 + (said.evidence_start == found.evidence_start)


def _names(statement: Statement) -> set[str]:
    names = [statement.subject_name, *statement.payload.get("aliases", ())]
    return {folded for name in names if (folded := fold(name))}


def same_substance(found: Statement, said: Statement) -> bool:
    """Whether a reading says what a person said; wording of the indicator and forms of a name aside."""
    if _subject(found) != _subject(said) and not _names(found) & _names(said):
        return False
    if said.figure_kind:
        same = all(getattr(found, column) == getattr(said, column) for column in SUBSTANCE)
        return same and fold_indicator(found.property) == fold_indicator(said.property)
    return (found.value, found.text_value, fold(found.object_name), found.property) == (
        said.value,
        said.text_value,
        fold(said.object_name),
        said.property,
    )


def _subject(statement: Statement) -> int | str:
    entity = statement.subject
    return (entity.canonical_id or entity.pk) if entity is not None else statement.subject_name
