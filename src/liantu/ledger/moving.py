"""A changed version of a file comes in: what people said of the old one is moved to the same sentence of the new one.

A word moves only where its sentence stands unchanged. What cannot be moved is listed (`left_words`) until a person has seen
it, and is tried again with every further version.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from liantu.ledger.carrying import Word, at_same_place, present, same_substance, words_of
from liantu.ledger.content import finished, with_clean
from liantu.ledger.copies.words import follow
from liantu.ledger.corrections import columns_of, corrected, said
from liantu.ledger.left_words import lay_aside
from liantu.ledger.models import Pairing, Review, Source, Statement
from liantu.ledger.refresh import Changes
from liantu.ledger.reviewing import end_review
from liantu.ledger.sentence_places import Version, moved_to, same_cell
from liantu.ledger.standing import by_person

Verdict = Review.Verdict


@dataclass(slots=True)
class Moved:
    """What moving did: how many words hold for the new version now, and how many could not be moved."""

    moved: int = 0
    left: int = 0


@dataclass(slots=True)
class _Move:
    """The words of one old version on their way to the new one."""

    before: Version
    after: Version
    changes: Changes
    found: list[Statement]  # what the reader found in the new version
    done: Moved = field(default_factory=Moved)


def earlier_versions(source: Source) -> list[Source]:
    """The versions of a file that came before, nearest first."""
    found: dict[int, Source] = {}
    waiting = [source]
    while waiting:
        for old in Source.objects.filter(replaced_by=waiting.pop(0)).order_by("-read_at"):
            if old.pk != source.pk and old.pk not in found:
                found[old.pk] = old
                waiting.append(old)
    return list(found.values())


def move_words(source: Source, changes: Changes) -> Moved:
    """Let what people said of earlier versions of a file hold for this one, where the same sentence says it."""
    total = Moved()
    earlier = earlier_versions(source)
    if not earlier or source.state != Source.State.READY:
        return total
    total.moved += follow(source, earlier, changes)
    after = Version(source)
    for old in earlier:
        words = [word for word in words_of(old) if _is_waiting(word.review)]
        pairings = list(_pairings_of(old))
        if not words and not pairings:
            continue
        found = present(source.statements.select_related("subject").filter(retired=False))
        move = _Move(Version(old), after, changes, found)
        for word in sorted(words, key=lambda w: w.review.pk):
            if _move_word(word, move):
                move.done.moved += 1
            else:
                move.done.left += 1
        for pairing in pairings:
            move.done.moved += _move_pairing(pairing, move)
        total.moved += move.done.moved
        total.left += move.done.left
    return total


def _is_waiting(review: Review) -> bool:
    return review.dropped_at is None and not review.moved.exists()


def _move_word(word: Word, move: _Move) -> bool:
    """Let a person's word hold at the same sentence of the new version; False where that cannot be."""
    there, found = _place_of(word, move)
    if found is not None:
        return _say_of(word, found, move)
    if there is None:
        return False
    return _say_anew(word, there, move)


def _place_of(word: Word, move: _Move) -> tuple[Statement | None, Statement | None]:
    """The word's statement as it would stand in the new version, and what the reader found there."""
    if move.before.source.n_cells:
        return None, same_cell(word.statement, move.found)
    there = moved_to(word.statement, move.before, move.after)
    if there is None:
        return None, None
    forms = [there]
    if (
        word.holds is not None
        and word.holds is not word.statement
        and (as_held := moved_to(word.holds, move.before, move.after))
    ):
        forms.append(as_held)
    return there, at_same_place(forms, move.found)


def _say_of(word: Word, found: Statement, move: _Move) -> bool:
    """The word said of a finding of the new version."""
    before = found.reviews.filter(undone_at=None, carried_from=None).order_by("-pk").first()
    if before is not None:
        if before.at >= word.review.at:  # something was said of this version since
            lay_aside(word.review, before.by)
            return True
        end_review(before, word.review.by, move.changes)
    if word.holds is None:
        _review(word, found, Verdict.REJECTED, move)
        return True
    if word.holds is word.statement and not by_person(word.statement):
        if not same_substance(found, word.holds):
            return False  # read otherwise now: what was accepted is not what is said here
        _review(word, found, Verdict.ACCEPTED, move)
        return True
    changed = _changed(found if by_person(word.statement) else word.statement, word.holds)
    changed = {column: value for column, value in changed.items() if said(found, column) != value}
    replacement = None
    if changed:
        replacement, renamed = corrected(found, changed, word.review.by)
        move.changes.moved(renamed)
        move.changes.add([replacement])
    _review(word, found, Verdict.CORRECTED if changed else Verdict.ACCEPTED, move, replacement)
    return True


def _changed(before: Statement, holds: Statement) -> dict[str, object]:
    """The columns in which a person's statement differs from the one it replaced."""
    return {c: said(holds, c) for c in columns_of(holds) if said(before, c) != said(holds, c)}


def _say_anew(word: Word, there: Statement, move: _Move) -> bool:
    """The word, where the same sentence stands but the reader finds nothing in it: it is kept with its statement."""
    added = by_person(word.statement)
    base = word.holds if added and word.holds is not None else word.statement
    if base is not word.statement:
        there = moved_to(base, move.before, move.after) or there
        there.payload = {k: v for k, v in there.payload.items() if k != "corrects"} | {
            k: word.statement.payload[k] for k in ("missed",) if k in word.statement.payload
        }
    there.retired = word.holds is None or not (added or word.holds is word.statement)
    there.kept = not added and not there.retired
    if move.after.document is not None:
        there = with_clean(there, move.after.document.text)
    there = finished(there, f"{move.after.source.digest} {word.review.pk}" if added else move.after.source.digest)
    there.save()
    move.changes.add([there])
    replacement = None
    verdict = Verdict.ADDED if added else Verdict.ACCEPTED
    if word.holds is None:
        verdict = Verdict.REJECTED
    elif there.retired:
        verdict = Verdict.CORRECTED
        replacement, renamed = corrected(there, _changed(word.statement, word.holds), word.review.by)
        move.changes.moved(renamed)
        move.changes.add([replacement])
    _review(word, there, verdict, move, replacement)
    return True


def _review(word: Word, statement: Statement, verdict: str, move: _Move, replacement: Statement | None = None) -> None:
    Review.objects.create(
        statement=statement,
        verdict=verdict,
        by=word.review.by,
        at=word.review.at,
        reason=word.review.reason,
        replacement=replacement,
        moved_from=word.review,
    )
    move.changes.add([statement])


def _pairings_of(source: Source) -> Iterator[Pairing]:
    rows = Pairing.objects.filter(Q(left__source=source) | Q(right__source=source), undone_at=None, dropped_at=None)
    yield from rows.select_related("left", "right").order_by("pk")


def _move_pairing(pairing: Pairing, move: _Move) -> bool:
    """Let a person's word on two figures hold for those that stand in the new version."""
    sides = []
    for side in (pairing.left, pairing.right):
        if side.source_id != move.before.source.pk:
            sides.append(side)
            continue
        there = None if move.before.source.n_cells else moved_to(side, move.before, move.after)
        found = same_cell(side, move.found) if there is None else at_same_place([there], move.found)
        if found is None:
            move.done.left += 1
            return False
        sides.append(found)
    left, right = sides
    if left.pk == right.pk:
        return False
    Pairing.objects.create(
        left=left, right=right, verdict=pairing.verdict, by=pairing.by, reason=pairing.reason, at=pairing.at
    )
    pairing.take_back(move.after.source.reader_version)
    move.changes.add([pairing.left, pairing.right, left, right])
    return True
