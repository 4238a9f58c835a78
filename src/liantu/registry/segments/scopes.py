"""Business scopes in bulk: what a firm does with each thing that its scope names.

A scope is a run of clauses (；。) of chunks (，) of things and verbs: 法兰、锻件加工、销售；批发钢材. The verb that belongs to a thing
stands right behind it, or heads its chunk, or ends it, or is told by the clause. Things inside brackets that take something out
(不含…, …除外) are not there. Everything works on arrays: see `scan`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..classify import ACTIVITIES
from ..scan import SEPARATOR, Chars, Codes, Hits, Ints, Scanner, Texts
from .dictionary import EXCEPT, GOODS, GROW, NO_VERB

UNSTATED = ACTIVITIES.index("unstated")
_CLAUSE_ENDS = Chars(f";。{SEPARATOR}")
_CHUNK_ENDS = Chars(f";。,{SEPARATOR}")
_JOINERS = Chars("、,和及与/兼的")
_FAR = np.int64(1) << 60


class Words(Protocol):
    """Words to look for in scopes, verbs among them.

    `verb` is the number of each word's verb, `NO_VERB` for none; a word whose `first` differs from the next one's means something.
    """

    scanner: Scanner
    verb: NDArray[np.int8]
    first: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Said:
    """Things that scopes name. `activity` indexes `ACTIVITIES`, `grown` says that the verb is one of growing or raising;
    `head` is the place in the scope, counted from its start."""

    hits: Hits
    text: Ints
    activity: NDArray[np.int8]
    grown: NDArray[np.bool_]
    head: Ints


@dataclass(frozen=True, slots=True)
class _Groups:
    """Verbs that stand together (生产、加工、销售) as one, with the strongest of their activities."""

    start: Ints
    end: Ints
    activity: NDArray[np.int8]
    grows: NDArray[np.bool_]


def read_scopes(texts: Texts, dictionary: Words) -> tuple[Said, Said]:
    """(things that mean something, groups of verbs) that `texts` say."""
    hits = dictionary.scanner.find(texts)
    verb = dictionary.verb[hits.word]
    hits, verb = _without_exceptions(texts.codes, hits, verb)
    groups = _groups(texts.codes, hits, verb)
    things = dictionary.first[hits.word + 1] > dictionary.first[hits.word]
    found = hits.take(things)
    clause_of = _counted(_CLAUSE_ENDS.among(texts.codes))
    activity, grown = _activity(texts.codes, found, verb[things], groups, clause_of)
    activity = _sold_with_the_rest(found, activity, hits.start[verb == GOODS], clause_of)
    text = texts.text_of(found.start)
    verbs = Hits(groups.start, groups.end, np.zeros(len(groups.start), np.int64))
    owner = texts.text_of(groups.start)
    return (
        Said(found, text, activity, grown, found.start - texts.starts[text]),
        Said(verbs, owner, groups.activity, groups.grows, groups.start - texts.starts[owner]),
    )


def _without_exceptions(codes: Codes, hits: Hits, verb: NDArray[np.int8]) -> tuple[Hits, NDArray[np.int8]]:
    """Hits outside of brackets that take something out, and not behind 不含 in its chunk."""
    taking = verb == EXCEPT
    if not taking.any():
        return hits, verb
    opened, closed = np.flatnonzero(codes == ord("(")), np.flatnonzero(codes == ord(")"))
    ends = np.flatnonzero(_CHUNK_ENDS.among(codes))
    at = hits.start[taking]
    before, after = _previous(opened, at), _following(closed, at)
    texts = np.flatnonzero(codes == ord(SEPARATOR))
    # Inside a bracket nothing closes between its opening and the word; one that its text never closes is none.
    inside = (before > _previous(texts, at)) & (after < _following(texts, at)) & (_previous(closed, at) < before)
    first = np.where(inside, before, at)
    last = np.where(inside, after, _following(ends, at))
    order = np.argsort(first, kind="stable")
    first, reach = first[order], np.maximum.accumulate(last[order])
    place = np.searchsorted(first, hits.start, side="right") - 1
    kept = (place < 0) | (reach[np.maximum(place, 0)] < hits.start)
    return hits.take(kept), verb[kept]


def _previous(sorted_positions: Ints, at: Ints) -> Ints:
    """The last of the positions before each of `at`, -1 for none."""
    place = np.searchsorted(sorted_positions, at) - 1
    if not len(sorted_positions):
        return np.full(len(at), -1, np.int64)
    return np.where(place >= 0, sorted_positions[np.maximum(place, 0)], -1)


def _following(sorted_positions: Ints, at: Ints) -> Ints:
    """The first of the positions behind each of `at`, far away for none."""
    place = np.searchsorted(sorted_positions, at, side="right")
    if not len(sorted_positions):
        return np.full(len(at), _FAR, np.int64)
    return np.where(place < len(sorted_positions), sorted_positions[np.minimum(place, len(sorted_positions) - 1)], _FAR)


def _groups(codes: Codes, hits: Hits, verb: NDArray[np.int8]) -> _Groups:
    is_verb = ((verb != NO_VERB) & (verb < len(ACTIVITIES))) | (verb == GROW)
    start, end, kind = hits.start[is_verb], hits.end[is_verb], verb[is_verb]
    grows = kind == GROW
    kind = np.where(grows, 0, kind).astype(np.int8)
    if not len(start):
        return _Groups(start, end, kind, grows)
    gap = start[1:] - end[:-1]
    joined = (gap <= 0) | ((gap == 1) & _JOINERS.among(codes[np.minimum(end[:-1], len(codes) - 1)]))
    begins = np.flatnonzero(np.concatenate(([True], ~joined)))
    ends = np.concatenate((begins[1:], [len(start)])) - 1
    strongest = np.minimum.reduceat(kind, begins).astype(np.int8)
    return _Groups(start[begins], end[ends], strongest, np.logical_or.reduceat(grows, begins))


def _sold_with_the_rest(
    found: Hits, activity: NDArray[np.int8], goods: Ints, clause_of: NDArray[np.int32]
) -> NDArray[np.int8]:
    """A thing without a verb in one clause with what shops list (五金交电、日用百货) is sold as they are."""
    if not len(goods):
        return activity
    listed = np.zeros(int(clause_of[-1]) + 1, np.bool_)
    listed[clause_of[goods]] = True
    beside = listed[clause_of[found.start]]
    return np.where(beside & (activity == UNSTATED), ACTIVITIES.index("sell"), activity).astype(np.int8)


def _counted(marks: NDArray[np.bool_]) -> NDArray[np.int32]:
    """For each place how many marks stand before it."""
    count = np.zeros(len(marks) + 1, np.int32)
    np.cumsum(marks, out=count[1:], dtype=np.int32)
    return count


def _activity(
    codes: Codes, found: Hits, verb: NDArray[np.int8], groups: _Groups, clause_of: NDArray[np.int32]
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """The activity of each thing, that of the group that governs it, and whether that group grows or raises."""
    count = len(groups.start)
    told = np.full(len(found), UNSTATED, np.int8)
    grown = np.zeros(len(found), np.bool_)
    if not count or not len(found):
        return told, grown
    ends = _CHUNK_ENDS.among(codes)
    chunk_ends = np.flatnonzero(ends)
    chunk_of = _counted(ends)
    # Groups before and behind the thing; the thing's own verb (铸造) is neither.
    before = np.searchsorted(groups.end, found.start, side="right") - 1
    behind = np.searchsorted(groups.start, found.end)
    has_before, has_behind = before >= 0, behind < count
    before, behind = np.maximum(before, 0), np.minimum(behind, count - 1)
    chunk, clause = chunk_of[found.start], clause_of[found.start]
    # Groups may cross a comma (生产，加工：…): ahead counts where they end, behind where they begin.
    chunk_before = has_before & (chunk_of[groups.end[before] - 1] == chunk)
    chunk_behind = has_behind & (chunk_of[groups.start[behind]] == chunk)
    clause_before = has_before & (clause_of[groups.end[before] - 1] == clause)
    clause_behind = has_behind & (clause_of[groups.start[behind]] == clause)
    chunk_start = np.where(chunk > 0, chunk_ends[np.maximum(chunk - 1, 0)] + 1, 0)
    adjacent = chunk_behind & (groups.start[behind] - found.end <= 1)
    heads = chunk_before & (groups.start[before] - chunk_start <= 3)
    use_behind = adjacent | (chunk_behind & ~heads)
    use_before = ~use_behind & (chunk_before | (clause_before & ~chunk_behind))
    use_behind |= ~use_before & clause_behind
    told[use_before] = groups.activity[before[use_before]]
    told[use_behind] = groups.activity[behind[use_behind]]
    grown[use_before] = groups.grows[before[use_before]]
    grown[use_behind] = groups.grows[behind[use_behind]]
    grown |= verb == GROW
    verb = np.where(verb == GROW, 0, verb).astype(np.int8)
    own = (verb != NO_VERB) & (verb < UNSTATED)
    if own.any():
        inside = np.clip(np.searchsorted(groups.start, found.start, side="right") - 1, 0, count - 1)
        alone = own & (groups.activity[inside] <= verb)
        told[alone] = np.minimum(groups.activity[inside[alone]], verb[alone])
    return told, grown
