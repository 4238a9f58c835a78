"""What a firm's name and business scope say, as numbers: runs of characters, and the words of industries.

Runs of one to three characters of the scope count by how far on they stand, as the first clauses say the main trade; clauses that
every scope has (依法须经批准的项目…) and brackets of conditions are left out. The name counts for itself, without the place and the
legal form. The words that tell classes of GB/T 4754 count by their votes. Everything works on arrays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from liantu.vocabulary import regions

from ..industries import IndustryWords, default_industry_words
from ..industries.classing import collect_votes
from ..scan import Chars, Ints, Texts

RUNS = (1, 2, 3)
REACH = 60.0
"""So many characters on a run of the scope counts 1/e …"""
FLOOR = 0.15
"""… and never less than this."""
SCOPE_READ = 400
"""Characters of a scope that are read."""
SEEN = 2
"""Firms that must have a run for it to count."""
_BOILERPLATE = re.compile(
    "[（(【\\[][^（）()【】\\]\\[]*(?:依法|许可|凭|审批|批准|除外|不含|国家|限制|有效期)[^（）()【】]*[)）】\\]]"
    "|依法须经批准的项目[^。；;]*|经相关部门批准后[^。；;]*|法律、?法规[^；;。]*"
)
_FORM = re.compile("股份有限公司|有限责任公司|有限公司|公司|集团|控股|股份|[()（）]")
_BREAKS = Chars(";,。、:. \t\n")
"""No run goes across these."""
_BASE = np.uint64(0x9E3779B97F4A7C15)
Matrix: TypeAlias = Any
"""A sparse matrix of SciPy, which tells no types."""


@cache
def _places() -> re.Pattern[str]:
    names = {region.name for region in regions() if not region.is_group}
    names |= {r.short for r in regions() if r.level in ("province", "city") and not r.is_group and len(r.short) > 1}
    return re.compile("|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name))))


def plain_name(name: str) -> str:
    """A firm's name without place and legal form, its beginning and end marked."""
    return f"^{_places().sub('', _FORM.sub('', name))}$"


def plain_scope(scope: str) -> str:
    """A business scope without what every scope says."""
    return _BOILERPLATE.sub("", scope)[:SCOPE_READ]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The runs of one kind of text that count: their hashes in order, one way each is written, and its weight."""

    hashes: NDArray[np.uint64]
    written: tuple[str, ...]
    rarity: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Runs:
    """Every run of every text: the text, the hash, how much it counts, and where it is written."""

    text: Ints
    hashes: NDArray[np.uint64]
    weight: NDArray[np.float64]
    start: Ints
    length: Ints


def fading_weights(head: NDArray[np.integer]) -> NDArray[np.float64]:
    """How much what stands so far on in a scope counts."""
    found: NDArray[np.float64] = np.maximum(np.exp(-head / REACH), FLOOR)
    return found


def runs_of(texts: Sequence[str], *, fading: bool) -> Runs:
    """The runs of `RUNS` characters of every text, none across a stop; in scopes they fade the further on they stand."""
    batch = Texts(texts)
    breaks = _BREAKS.among(batch.codes)
    parts = []
    for length in RUNS:
        count = len(batch.codes) - length + 1
        whole = ~breaks[:count]
        hashes = batch.codes[:count].astype(np.uint64) + np.uint64(length)
        for offset in range(1, length):
            whole &= ~breaks[offset : offset + count]
            hashes = hashes * _BASE + batch.codes[offset : offset + count]
        at = np.flatnonzero(whole)
        text = batch.text_of(at)
        head = at - batch.starts[text]
        weight = fading_weights(head) if fading else np.ones(len(at))
        parts.append((text, hashes[at], weight, at, np.full(len(at), length)))
    return Runs(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def vocabulary_of(texts: Sequence[str], *, fading: bool) -> Vocabulary:
    """The runs that `SEEN` of the texts or more have."""
    runs = runs_of(texts, fading=fading)
    pairs = np.unique(np.stack([runs.hashes, runs.text.astype(np.uint64)]), axis=1)
    hashes, seen = np.unique(pairs[0], return_counts=True)
    kept = seen >= SEEN
    _, first = np.unique(runs.hashes, return_index=True)
    joined = "\n".join(texts) + "\n"
    written = tuple(joined[runs.start[i] : runs.start[i] + runs.length[i]] for i in first[kept])
    return Vocabulary(hashes[kept], written, np.log((1 + len(texts)) / (1 + seen[kept])) + 1)


def runs_matrix(texts: Sequence[str], known: Vocabulary, *, fading: bool) -> Matrix:
    """Text × run of `known`: the logarithm of what each counts, by its rarity, every text's vector of length one."""
    runs = runs_of(texts, fading=fading)
    place = np.searchsorted(known.hashes, runs.hashes)
    place[place == len(known.hashes)] = 0
    hit = known.hashes[place] == runs.hashes if len(known.hashes) else np.zeros(len(place), np.bool_)
    counted = sp.csr_matrix((runs.weight[hit], (runs.text[hit], place[hit])), shape=(len(texts), len(known.hashes)))
    return scaled(counted, known.rarity)


def votes_matrix(
    names: Sequence[str], scopes: Sequence[str], known: Sequence[str], rarity: NDArray[np.float64] | None = None,
    words: IndustryWords | None = None,
) -> Matrix:  # fmt: skip
    """Firm × code of `known`: the votes for it and for all below it."""
    words = words or default_industry_words()
    votes = collect_votes(names, scopes, None, words)
    number = {code: at for at, code in enumerate(known)}
    parts = []
    for digits in (2, 3, 4):
        column = np.array([number.get(code[:digits], -1) if len(code) >= digits else -1 for code in words.codes])
        at = column[votes.code]
        parts.append((votes.weight[at >= 0], votes.firm[at >= 0], at[at >= 0]))
    weight, firm, at = (np.concatenate(column) for column in zip(*parts, strict=True))
    counted = sp.csr_matrix((weight.astype(np.float64), (firm, at)), shape=(len(names), len(known)))
    return scaled(counted, np.ones(len(known)) if rarity is None else rarity)


def rarity_of(counted: Matrix) -> NDArray[np.float64]:
    """The weight of each column by how many rows have it."""
    seen = np.bincount(counted.indices, minlength=counted.shape[1])
    weight: NDArray[np.float64] = np.log((1 + counted.shape[0]) / (1 + seen)) + 1
    return weight


def scaled(counted: Matrix, rarity: NDArray[np.float64]) -> Matrix:
    """The logarithm of what each counts, by the rarity of its column, every row of length one."""
    counted.sum_duplicates()
    counted.data = np.log1p(3 * counted.data)
    scaled = sp.csr_matrix(counted.multiply(rarity[None, :]))
    lengths = np.sqrt(np.asarray(scaled.multiply(scaled).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    return sp.csr_matrix(sp.diags(1 / lengths) @ scaled)
