"""The class of GB/T 4754 of many firms at once: every word votes for a division, and the firm stands where enough votes meet.

What a vote counts follows the verb of its clause (法兰生产 is manufacture, 法兰销售 trade), the firm's name, and how far on in the
scope it stands. Where no division has its share of the votes nothing is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..classify import ACTIVITIES
from ..scan import Chars, Ints, Scanner, Texts, texts_of
from ..segments.placing import MAKER, PLAIN, SERVICE, TRADER, WHERE, kinds_of_names, primary
from ..segments.scopes import UNSTATED, read_scopes
from .standard import industries
from .words import MAKE, NO_CODE, RETAIL, SERVE, SURE, WEAK, WHOLESALE, IndustryWords, default_industry_words, weights

_MADE, _SOLD, _SERVED = (ACTIVITIES.index(activity) for activity in ("make", "sell", "serve"))
_DIVISIONS = 100
_DEED = np.array([MAKE, WHOLESALE, SERVE, SERVE], np.int8)  # of an activity of ACTIVITIES
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class IndustryClass:
    """What a firm lives on: a code of two, three or four digits, its share of the votes, and the word that counted most.

    `code` is empty where nothing is told; `word` stands at `start` of the firm's `where` (name, scope, products).
    """

    code: str
    section: str
    score: float
    word: str
    where: str
    start: int


@dataclass(frozen=True, slots=True)
class Vote:
    """A word of a firm, the code it votes for, and how much it counts."""

    code: str
    weight: float
    word: str
    where: str
    start: int


@dataclass(frozen=True, slots=True)
class IndustryClasses:
    """The classes of many firms in columns, one row a firm in the order of the call; `code` is empty where nothing is told."""

    words: IndustryWords
    code: NDArray[np.object_]
    score: Floats
    word: Ints
    where: NDArray[np.int8]
    start: Ints

    def __len__(self) -> int:
        return len(self.code)

    def of(self, firm: int) -> IndustryClass:
        """The class of one firm."""
        code = str(self.code[firm])
        told = bool(code)
        return IndustryClass(
            code,
            industries()[code].section if told else "",
            round(float(self.score[firm]), 3),
            self.words.words[self.word[firm]] if told else "",
            WHERE[self.where[firm]] if told else "",
            int(self.start[firm]) if told else 0,
        )

    def columns(self) -> dict[str, NDArray[np.generic]]:
        """`gb_code`, `gb_section`, `gb_score`, `gb_word`, `gb_from` of the firms."""
        told = self.code != ""
        sections = np.array([industries()[code].section if code else "" for code in self.code], object)
        return {
            "gb_code": self.code,
            "gb_section": sections,
            "gb_score": self.score,
            "gb_word": np.where(told, np.array(self.words.words, object)[self.word], ""),
            "gb_from": np.where(told, np.array(WHERE, object)[self.where], ""),
        }


class _Votes(NamedTuple):
    firm: Ints
    code: NDArray[np.int16]
    weight: Floats
    word: Ints
    where: NDArray[np.int8]
    start: Ints

    def take(self, rows: NDArray[np.bool_] | Ints) -> _Votes:
        """The rows of a mask or of numbers."""
        return _Votes(
            self.firm[rows], self.code[rows], self.weight[rows], self.word[rows], self.where[rows], self.start[rows]
        )


def class_firms(
    names: Sequence[str] | Texts,
    scopes: Sequence[str] | Texts,
    products: Sequence[str] | None = None,
    words: IndustryWords | None = None,
) -> IndustryClasses:
    """Classes of the firms with these names, business scopes and products, one entry each; batches of fifty thousand do well."""
    words = words or default_industry_words()
    w = weights()
    votes = collect_votes(names, scopes, products, words)
    numbers = np.array([int(code[:2]) for code in words.codes], np.int16)
    count = len(names)
    division = numbers[votes.code]
    sums = np.bincount(votes.firm * _DIVISIONS + division, votes.weight, count * _DIVISIONS).reshape(count, _DIVISIONS)
    best = sums.argmax(axis=1)
    top = sums[np.arange(count), best]
    score = (top / (sums.sum(axis=1) + w.doubt)).astype(np.float32)
    told = score >= w.accept
    votes = votes.take(told[votes.firm] & (division == best[votes.firm]))
    code = np.where(told, np.array([f"{n:02}" for n in range(_DIVISIONS)], object)[best], "")
    kept = np.ones(len(votes.firm), np.bool_)
    for digits in (3, 4):
        code, kept = _finer(code, votes, kept, words, digits, w.finer)
    order = np.lexsort((votes.start, -votes.weight, ~kept, votes.firm))
    firms, firsts = np.unique(votes.firm[order], return_index=True)
    decided = votes.take(order[firsts])
    word, start, where = np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count, np.int8)
    word[firms], start[firms], where[firms] = decided.word, decided.start, decided.where
    return IndustryClasses(words, code, np.where(told, score, 0.0).astype(np.float32), word, where, start)


def votes_of(name: str, scope: str, products: str = "", words: IndustryWords | None = None) -> list[Vote]:
    """The votes of one firm, the heaviest first: why it stands where it stands, or nowhere."""
    words = words or default_industry_words()
    votes = collect_votes([name], [scope], [products], words)
    return [
        Vote(
            words.codes[votes.code[at]],
            round(float(votes.weight[at]), 3),
            words.words[votes.word[at]],
            WHERE[votes.where[at]],
            int(votes.start[at]),
        )
        for at in np.argsort(-votes.weight, kind="stable")
    ]


def _finer(
    code: NDArray[np.object_], votes: _Votes, kept: NDArray[np.bool_], words: IndustryWords, digits: int, share: float
) -> tuple[NDArray[np.object_], NDArray[np.bool_]]:
    """`code` with one digit more where enough of the votes that say so much agree; and the votes that stand behind it.

    A vote for a coarser code says nothing against a finer one.
    """
    known = np.array([code[:digits] if len(code) >= digits else "" for code in words.codes], object)
    names, number = np.unique(known.astype(str), return_inverse=True)
    says = kept & (names != "")[number[votes.code]]
    key = votes.firm[says] * len(names) + number[votes.code[says]]
    pairs, inverse = np.unique(key, return_inverse=True)
    sums = np.bincount(inverse, votes.weight[says], len(pairs))
    firm = pairs // len(names)
    total = np.bincount(firm, sums, len(code))
    wins = sums >= share * total[firm]
    fine = code.copy()
    fine[firm[wins]] = names[pairs[wins] % len(names)]
    agrees = kept & (fine[votes.firm] == known[votes.code])
    changed = np.zeros(len(code), np.bool_)
    changed[firm[wins]] = True
    # A firm whose group is not told gets no class either.
    return fine, np.where(changed[votes.firm], agrees, kept if digits == 4 else kept & ~says)


def collect_votes(
    names: Sequence[str] | Texts, scopes: Sequence[str] | Texts, products: Sequence[str] | None, words: IndustryWords
) -> _Votes:
    named, scoped = texts_of(names), texts_of(scopes)
    kind = kinds_of_names(named)
    retail = _retail(named, scoped, kind)
    parts = [_scope_votes(scoped, kind, retail, words), _name_votes(named, kind, retail, words)]
    if products is not None and any(products):
        parts.append(_product_votes(Texts(products), words))
    joined = _Votes(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    return joined.take(joined.code != NO_CODE)


@cache
def _shops() -> tuple[Scanner, Chars, Scanner]:
    """Words and single characters of names of shops, and the two words of scopes that tell wholesale from retail."""
    shops = weights().shops
    singles = Chars("".join(word for word in shops if len(word) == 1))
    return Scanner([word for word in shops if len(word) > 1]), singles, Scanner(["零售", "批发"])


def _retail(named: Texts, scoped: Texts, kind: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Whether each firm sells as a shop does."""
    scanner, singles, verbs = _shops()
    found = np.zeros(len(named), np.bool_)
    found[named.text_of(scanner.find(named).start)] = True
    found[named.text_of(np.flatnonzero(singles.among(named.codes)))] = True
    hits = verbs.find(scoped)
    says = np.zeros((len(named), 2), np.bool_)
    says[scoped.text_of(hits.start), hits.word] = True
    found |= says[:, 0] & ~says[:, 1] & (kind != TRADER)
    return found


def _scope_votes(scoped: Texts, kind: NDArray[np.int8], retail: NDArray[np.bool_], words: IndustryWords) -> _Votes:
    w = weights()
    things, verbs = read_scopes(scoped, words)
    first_of_all = primary(verbs, kind, len(scoped))
    firm, word = things.text, things.hits.word
    owner, own = kind[firm], words.any[word]
    unstated = things.activity == UNSTATED
    by_name = np.select([owner == MAKER, owner == TRADER], [_MADE, _SOLD], first_of_all[firm])
    by_name = np.where((owner == SERVICE) & (by_name == UNSTATED), _SOLD, by_name)
    activity = np.where(unstated, by_name, things.activity)
    deed = np.where(activity == _SOLD, np.where(retail[firm], RETAIL, WHOLESALE), _DEED[activity])
    known = (owner == MAKER) | (owner == TRADER)
    weight = np.select([own | ~unstated, known], [w.stated, w.by_name], w.open)
    against = ((owner == TRADER) & (activity == _MADE)) | ((owner != TRADER) & (owner != PLAIN) & (activity == _SOLD))
    weight = np.where(against & ~own, weight * w.against, weight)
    weight = np.where(words.strength[word] == WEAK, weight * w.weak, weight)
    weight = (weight * np.exp(-things.head / w.reach)).astype(np.float32)
    where = np.full(len(firm), WHERE.index("scope"), np.int8)
    return _Votes(firm, words.code[word, deed], weight, word, where, things.head)


def _name_votes(named: Texts, kind: NDArray[np.int8], retail: NDArray[np.bool_], words: IndustryWords) -> _Votes:
    w = weights()
    hits = words.scanner.find(named)
    hits = hits.take(words.first[hits.word + 1] > words.first[hits.word])
    firm = named.text_of(hits.start)
    owner, own, strength = kind[firm], words.any[hits.word], words.strength[hits.word]
    sells = np.where(retail[firm], RETAIL, WHOLESALE)
    deed = np.select([owner == MAKER, owner == TRADER, retail[firm]], [MAKE, sells, RETAIL], SERVE)
    # A thing in a name that does not tell: made, as far as made things have a class.
    deed = np.where((deed == SERVE) & ~own, MAKE, deed)
    weight = np.select(
        [strength == SURE, strength == WEAK, own | (owner == MAKER) | (owner == TRADER)],
        [w.name_sure, w.weak, w.name_plain],
        w.name_open,
    ).astype(np.float32)
    where = np.full(len(firm), WHERE.index("name"), np.int8)
    return _Votes(firm, words.code[hits.word, deed], weight, hits.word, where, hits.start - named.starts[firm])


def _product_votes(texts: Texts, words: IndustryWords) -> _Votes:
    hits = words.scanner.find(texts)
    hits = hits.take(words.first[hits.word + 1] > words.first[hits.word])
    firm = texts.text_of(hits.start)
    weight = np.full(len(firm), weights().products, np.float32)
    where = np.full(len(firm), WHERE.index("products"), np.int8)
    return _Votes(firm, words.code[hits.word, MAKE], weight, hits.word, where, hits.start - texts.starts[firm])
