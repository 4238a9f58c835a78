"""What words of scopes and characters of names mean, as far as a register shows that nobody has labelled.

A few hundred labelled firms show few words twice. A register of hundreds of thousands of firms shows which words stand beside each other
in business scopes (弯头 and 三通 beside 法兰, 煤泥 beside 精煤): each word becomes a vector, near those of words that keep the same company. And
it shows what firms with 药业 or 重工 in their names do: runs of characters of names become the mean vector of those firms' scopes.
No class enters into it.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import rjieba
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.linalg import svds

from ..shelf import Atlas
from .features import Matrix, Runs, fading_weights, plain_name, plain_scope, runs_of, scaled

FIRMS_READ = 200_000
"""Firms of a register that are read; more teach little more."""
LEAST_WORDS = 1_000
"""A register whose scopes have fewer words teaches nothing that labelled firms do not."""
SIZE = 200
"""Numbers that a vector has."""
_READ = 300
"""Characters of a scope that are read here."""
_SEEN_WORD, _SEEN_RUN, _SEEN_PAIR = 10, 5, 3
"""Firms that must have a word, or a run of their names, and how often two words must meet, to count."""
_WINDOW = 6
"""Words meet that stand so near to each other in one scope."""
_FLATTER = 0.75
"""Power of a word's frequency as company, so that rare ones do not count too much."""
_FEW = 3.0
"""So many firms without any sense are added to those of a run of names."""
_BATCH = 50_000
_WORD = re.compile("[\u4e00-\u9fffA-Za-z0-9]{2,}")
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Senses:
    """Vectors of `words` of scopes, with what each word's rarity counts, and of runs of names, by their hashes in order."""

    words: tuple[str, ...]
    of_words: Vectors
    rarity: NDArray[np.float64]
    runs: NDArray[np.uint64]
    of_runs: Vectors

    def vectors(self, names: Sequence[str], scopes: Sequence[str]) -> tuple[Vectors, Vectors, Vectors]:
        """Firm × the numbers of its scope, of its name, and of both, every vector of length one; nothing where nothing is known."""
        number = {word: at for at, word in enumerate(self.words)}
        counted = _cut([plain_scope(text) for text in scopes], number).counted(len(self.words))
        scope = _unit(scaled(counted, self.rarity) @ self.of_words)
        name = _unit(_run_counts([plain_name(text) for text in names], self.runs) @ self.of_runs)
        return scope, name, _unit(scope + name)


@dataclass(frozen=True, slots=True)
class _Cut:
    """Words of texts, one after the other: the text, the number of the word, and where it stands."""

    texts: int
    text: NDArray[np.int32]
    word: NDArray[np.int32]
    head: NDArray[np.int32]

    def counted(self, words: int) -> Matrix:
        """Text × word: how much each counts, the earlier the more."""
        weight = fading_weights(self.head)
        return sp.csr_matrix((weight, (self.text, self.word)), shape=(self.texts, words))


def _cut(texts: Sequence[str], number: Mapping[str, int]) -> _Cut:
    text, word, head = array("i"), array("i"), array("i")
    for row, said in enumerate(texts):
        at = 0
        for part in rjieba.cut(said):
            if (found := number.get(part)) is not None:
                text.append(row)
                word.append(found)
                head.append(at)
            at += len(part)
    return _Cut(len(texts), *(np.array(column, np.int32) for column in (text, word, head)))


def senses_of(atlas: Atlas) -> Senses | None:
    """Senses from the firms of a loaded registry, of so many of them as are read the same ones each time; None where it is too small."""
    rows = atlas.query("SELECT name, scope FROM firms WHERE scope <> '' ORDER BY md5(firm), firm LIMIT ?", [FIRMS_READ])
    return learn_senses([name for name, _ in rows], [scope for _, scope in rows])


def learn_senses(
    names: Sequence[str], scopes: Sequence[str], *, least_words: int = LEAST_WORDS, seen: int = _SEEN_WORD
) -> Senses | None:
    """Senses from the names and scopes of firms of any kind; None where there are too few words.

    Args:
        least_words: words of scopes that there must be.
        seen: firms that must have a word for it to count.
    """
    said = [plain_scope(text)[:_READ] for text in scopes]
    firms: Counter[str] = Counter()
    for text in said:
        firms.update({part for part in rjieba.cut(text) if _WORD.fullmatch(part)})
    words = sorted((word for word, count in firms.items() if count >= seen), key=lambda word: (-firms[word], word))
    if len(words) < max(least_words, 3):
        return None
    cut = _cut(said, {word: at for at, word in enumerate(words)})
    of_words = _company(cut, len(words))
    rarity = np.log(len(said) / np.array([firms[word] for word in words], np.float64))
    of_scopes = _unit(scaled(cut.counted(len(words)), rarity) @ of_words)
    runs, of_runs = _of_names([plain_name(name) for name in names], of_scopes)
    return Senses(tuple(words), of_words, rarity, runs, of_runs)


def _company(cut: _Cut, words: int) -> Vectors:
    """A vector a word: the largest parts of the positive pointwise mutual information of words that meet."""
    met = sp.csr_matrix((words, words), dtype=np.float64)
    for apart in range(1, _WINDOW + 1):
        one, other = cut.word[:-apart], cut.word[apart:]
        together = (cut.text[:-apart] == cut.text[apart:]) & (one != other)
        ones = np.ones(int(together.sum()))
        met = met + sp.csr_matrix((ones, (one[together], other[together])), shape=(words, words))
    met = met + met.T
    often = np.asarray(met.sum(axis=1)).ravel()
    company = often**_FLATTER
    pairs = met.tocoo()
    enough = pairs.data >= _SEEN_PAIR
    row, column, count = pairs.row[enough], pairs.col[enough], pairs.data[enough]
    told = np.log(count * company.sum() / (often[row] * company[column]))
    kept = told > 0
    square = sp.csr_matrix((told[kept], (row[kept], column[kept])), shape=(words, words))
    parts, sizes, _ = svds(square, k=min(SIZE, words - 1), v0=np.ones(words))
    order = np.argsort(-sizes)
    return _kept(_unit(parts[:, order] * np.sqrt(sizes[order])))


def _of_names(names: Sequence[str], of_scopes: Vectors) -> tuple[NDArray[np.uint64], Vectors]:
    """Hashes of runs of names and the mean of their firms' scopes, beside the mean of all."""
    batches = [slice(first, first + _BATCH) for first in range(0, len(names), _BATCH)]
    found = [np.unique(_long(runs_of(names[batch], fading=False)), return_counts=True) for batch in batches]
    hashes, place = np.unique(np.concatenate([told for told, _ in found]), return_inverse=True)
    hashes = hashes[np.bincount(place, np.concatenate([count for _, count in found])) >= _SEEN_RUN]
    apart = of_scopes - of_scopes.mean(axis=0)
    sums, firms = np.zeros((len(hashes), of_scopes.shape[1])), np.zeros((len(hashes), 1))
    for batch in batches:
        counted = _run_counts(names[batch], hashes).T
        sums += counted @ apart[batch]
        firms += np.asarray(counted.sum(axis=1)).reshape(-1, 1)
    return hashes, _kept(sums / (firms + _FEW))


def _long(runs: Runs) -> NDArray[np.uint64]:
    """Hashes of the runs of more than one character."""
    return runs.hashes[runs.length > 1]


def _run_counts(names: Sequence[str], known: NDArray[np.uint64]) -> Matrix:
    """Name × run of `known`: whether the name has it."""
    runs = runs_of(names, fading=False)
    place = np.minimum(np.searchsorted(known, runs.hashes), max(len(known) - 1, 0))
    hit = (known[place] == runs.hashes) & (runs.length > 1) if len(known) else np.zeros(len(place), np.bool_)
    counted = sp.csr_matrix((np.ones(int(hit.sum())), (runs.text[hit], place[hit])), shape=(len(names), len(known)))
    counted.sum_duplicates()
    counted.data[:] = 1.0
    return counted


def _kept(vectors: NDArray[np.floating]) -> Vectors:
    """`vectors` as exact as a saved classifier has them."""
    found: Vectors = vectors.astype(np.float16).astype(np.float32)
    return found


def _unit(rows: NDArray[np.floating]) -> Vectors:
    """Every row of length one; one of nothing stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths == 0, 1.0, lengths)).astype(np.float32)
