"""Firms on segments: scores by array operations over whole batches, each with the word that decided and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from liantu.vocabulary.tables import read_table

from ..classify import ACTIVITIES, Activity
from ..scan import Chars, Ints, Scanner, Texts, texts_of
from .dictionary import GROWN, MADE, STRONG, Segment, SegmentDictionary, default_dictionary
from .scopes import UNSTATED, Said, read_scopes
from .settings import Weights, weights

State = Literal["placed", "review"]
Kind = Literal["maker", "trader", "service", "plain"]
WHERE = ("name", "scope", "products")
KINDS: tuple[Kind, ...] = ("maker", "trader", "service", "plain")
MAKER, TRADER, SERVICE, PLAIN = range(len(KINDS))
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Placement:
    """One firm on one segment, and the word that says so: `word` stands at `start` of the firm's `where`."""

    chain: str
    segment: str
    stream: str
    score: float
    state: State
    activity: Activity
    word: str
    where: str
    start: int


@dataclass(frozen=True, slots=True)
class Placements:
    """Many firms on segments, in columns; ordered by firm and segment. `firm` counts from 0 in the order of the call.

    `activities` holds the primary activity of every firm asked, as a number of `ACTIVITIES`.
    """

    dictionary: SegmentDictionary
    firm: Ints
    segment: NDArray[np.int32]
    score: Floats
    activity: NDArray[np.int8]
    word: Ints
    where: NDArray[np.int8]
    start: Ints
    activities: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.firm)

    def of(self, firm: int) -> list[Placement]:
        """The segments of one firm, the surest first."""
        first, last = np.searchsorted(self.firm, [firm, firm + 1])
        rows = sorted(range(int(first), int(last)), key=lambda row: (-self.score[row], self.segment[row]))
        return [self._row(row) for row in rows]

    def _row(self, row: int) -> Placement:
        segment: Segment = self.dictionary.segments[self.segment[row]]
        score = round(float(self.score[row]), 3)
        return Placement(
            segment.chain,
            segment.segment,
            segment.stream,
            score,
            "placed" if self.score[row] >= weights().placed else "review",
            ACTIVITIES[self.activity[row]],
            self.dictionary.words[self.word[row]],
            WHERE[self.where[row]],
            int(self.start[row]),
        )


@cache
def _name_kinds() -> tuple[Scanner, NDArray[np.int8], Chars]:
    """Words of names that tell makers from shops; the single characters among them (厂) apart."""
    table = read_table("name_kinds.csv", ("word", "kind", "source"), package="liantu.registry")
    table.require_unique("word")
    table.require_known("kind", KINDS)
    rows = [(r["word"], KINDS.index(r["kind"])) for _, r in table.rows]
    words = [(word, kind) for word, kind in rows if len(word) > 1]
    singles = "".join(word for word, kind in rows if len(word) == 1 and kind == MAKER)
    return Scanner([w for w, _ in words]), np.array([k for _, k in words], np.int8), Chars(singles)


def kinds_of_names(names: Texts) -> NDArray[np.int8]:
    """Number of each firm's kind in `KINDS`: by the last telling word of its name, a works (厂) always making."""
    scanner, kinds, singles = _name_kinds()
    found = np.full(len(names), PLAIN, np.int8)
    hits = scanner.find(names)
    found[names.text_of(hits.start)] = kinds[hits.word]  # hits are in order: the last one of a name stays
    owner = names.text_of(np.flatnonzero(singles.among(names.codes)))
    shop = found[owner] == TRADER
    found[owner[~shop]] = MAKER
    return found


def place(
    names: Sequence[str] | Texts,
    scopes: Sequence[str] | Texts,
    products: Sequence[str] | None = None,
    dictionary: SegmentDictionary | None = None,
) -> Placements:
    """Segments of the firms with these names, business scopes and products, one entry each.

    A batch of fifty thousand firms is a good size. Scores are between 0 and 1: see `data/placing.toml`; pairs below `review` are
    left out.
    """
    dictionary = dictionary or default_dictionary()
    w = weights()
    named, scoped = texts_of(names), texts_of(scopes)
    kind = kinds_of_names(named)
    things, verbs = read_scopes(scoped, dictionary)
    parts = [_scope_scores(things, kind, dictionary, w), _name_scores(named, kind, dictionary, w)]
    if products is not None and any(products):
        parts.append(_product_scores(Texts(products), dictionary, w))
    joined = _Columns(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    merged = _merge(joined, len(dictionary.segments), w)
    keep = merged.score >= w.review
    return Placements(dictionary, *merged.take(keep), primary(verbs, kind, len(named)))


def explain(
    name: str, scope: str, products: str = "", dictionary: SegmentDictionary | None = None
) -> tuple[Kind, Activity, list[Placement]]:
    """What one firm is, by its name and its scope, and its segments with the words that decided."""
    found = place([name], [scope], [products], dictionary)
    return KINDS[kinds_of_names(Texts([name]))[0]], ACTIVITIES[found.activities[0]], found.of(0)


class _Columns(NamedTuple):
    """Words found, one row each: the columns of `Placements`."""

    firm: Ints
    segment: NDArray[np.int32]
    score: Floats
    activity: NDArray[np.int8]
    word: Ints
    where: NDArray[np.int8]
    start: Ints

    def take(self, rows: NDArray[np.bool_] | Ints) -> _Columns:
        """The rows of a mask or of numbers."""
        return _Columns(
            self.firm[rows],
            self.segment[rows],
            self.score[rows],
            self.activity[rows],
            self.word[rows],
            self.where[rows],
            self.start[rows],
        )


def _spread(words: Ints, dictionary: SegmentDictionary) -> tuple[Ints, Ints]:
    """(row of `words`, place in `dictionary.meant`) for every meaning of every word."""
    counts = dictionary.first[words + 1] - dictionary.first[words]
    rows = np.repeat(np.arange(len(words)), counts)
    offsets = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    return rows, dictionary.first[words][rows] + offsets


def _weighted(
    score: NDArray[np.floating], meaning: Ints, activity: NDArray[np.int8], grown: NDArray[np.bool_] | bool,
    dictionary: SegmentDictionary, w: Weights,
) -> Floats:  # fmt: skip
    """`score` by the strength of each word."""
    strength = dictionary.strength[meaning]
    full = (strength == STRONG) | ((strength == MADE) & (activity == 0)) | ((strength == GROWN) & grown)
    weighted: Floats = np.where(full, score, score * w.weak).astype(np.float32)
    return weighted


def _scope_scores(things: Said, kind: NDArray[np.int8], dictionary: SegmentDictionary, w: Weights) -> _Columns:
    rows, meaning = _spread(things.hits.word, dictionary)
    firm, activity, head = things.text[rows], things.activity[rows], things.head[rows]
    allowed = dictionary.allowed[dictionary.meant[meaning]]
    owner = kind[firm]
    fits = allowed[np.arange(len(rows)), activity] & (activity != UNSTATED)
    trades = allowed[:, ACTIVITIES.index("sell")]
    unstated = np.select(
        [trades & (owner == TRADER), owner == MAKER, owner == TRADER],
        [w.fits, w.open_maker, w.open_trader],
        w.open_plain,
    )
    score = np.where(fits, w.fits, np.where(activity == UNSTATED, unstated, w.other))
    made = fits & (activity == 0) & (owner == TRADER) & ~trades
    score = np.where(made, score * w.trader_makes, score)
    score = score * np.where(head >= w.later_from, w.later, np.where(head >= w.late_from, w.late, 1.0))
    bare = np.where(activity == UNSTATED, np.minimum(score, w.made_open), score * w.weak)
    score = _weighted(score, meaning, activity, things.grown[rows], dictionary, w)
    score = np.where((dictionary.strength[meaning] == MADE) & (activity != 0), bare, score).astype(np.float32)
    where = np.full(len(firm), 1, np.int8)
    return _Columns(firm, dictionary.meant[meaning], score, activity, things.hits.word[rows], where, head)


def _name_scores(names: Texts, kind: NDArray[np.int8], dictionary: SegmentDictionary, w: Weights) -> _Columns:
    hits = dictionary.scanner.find(names)
    hits = hits.take(dictionary.first[hits.word + 1] > dictionary.first[hits.word])
    rows, meaning = _spread(hits.word, dictionary)
    firm = names.text_of(hits.start)[rows]
    owner = kind[firm]
    allowed = dictionary.allowed[dictionary.meant[meaning]]
    trades = allowed[:, ACTIVITIES.index("sell")]
    score = np.select(
        [trades, owner == MAKER, owner == TRADER], [w.name_maker, w.name_maker, w.name_trader], w.name_plain
    )
    told = np.select([owner == MAKER, owner == TRADER], [0, 1], UNSTATED).astype(np.int8)
    start = hits.start[rows] - names.starts[firm]
    score = _weighted(score, meaning, told, False, dictionary, w)
    where = np.zeros(len(firm), np.int8)
    return _Columns(firm, dictionary.meant[meaning], score, told, hits.word[rows], where, start)


def _product_scores(texts: Texts, dictionary: SegmentDictionary, w: Weights) -> _Columns:
    hits = dictionary.scanner.find(texts)
    hits = hits.take(dictionary.first[hits.word + 1] > dictionary.first[hits.word])
    rows, meaning = _spread(hits.word, dictionary)
    firm = texts.text_of(hits.start)[rows]
    made = np.zeros(len(rows), np.int8)
    score = _weighted(np.full(len(rows), w.products), meaning, made, True, dictionary, w)
    where = np.full(len(rows), 2, np.int8)
    start = hits.start[rows] - texts.starts[firm]
    return _Columns(firm, dictionary.meant[meaning], score, made, hits.word[rows], where, start)


def _merge(columns: _Columns, segments: int, w: Weights) -> _Columns:
    """One row a firm and segment: the deciding word first, the others added as far as they stand elsewhere or say otherwise."""
    if not len(columns.firm):
        return columns
    key = columns.firm * segments + columns.segment
    order = np.lexsort((columns.start, -columns.score, key))
    key, score, word, where = key[order], columns.score[order], columns.word[order], columns.where[order]
    begins = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    group = np.repeat(np.arange(len(begins)), np.diff(np.concatenate((begins, [len(key)]))))
    # Behind the deciding word count: the best of another place, and the next other word of the same place, the latter in part.
    same = where == where[begins][group]
    other = same & (word != word[begins][group])
    missing = 1.0 - score[begins].astype(np.float64)
    for mask, share in ((~same, 1.0), (other, w.second)):
        extra = np.zeros(len(begins), np.float64)
        np.maximum.at(extra, group[mask], score[mask].astype(np.float64))
        missing *= 1.0 - share * extra
    picked = order[begins]
    return columns.take(picked)._replace(score=(1.0 - missing).astype(np.float32))


def primary(verbs: Said, kind: NDArray[np.int8], firms: int) -> NDArray[np.int8]:
    """What each firm does first of all: its verbs, the earlier the heavier, and the kind that its name tells."""
    weight = np.zeros((firms, len(ACTIVITIES)), np.float64)
    counted = verbs.activity < UNSTATED
    np.add.at(weight, (verbs.text[counted], verbs.activity[counted]), 1.0 / (1.0 + verbs.head[counted] / 40.0))
    told: tuple[tuple[int, Activity], ...] = ((MAKER, "make"), (TRADER, "sell"), (SERVICE, "serve"))
    for number, activity in told:
        weight[kind == number, ACTIVITIES.index(activity)] += 0.9
    best: NDArray[np.int8] = weight.argmax(axis=1).astype(np.int8)
    best[weight.max(axis=1) == 0.0] = UNSTATED
    return best
