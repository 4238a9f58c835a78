"""The nearest names among hundreds of thousands: the gram index frozen into arrays, searched by compiled loops.

Postings of rare characters and pairs are walked, those of very common ones (科, 技, 公) are not: they order candidates that the
rare ones have found and find none themselves. The cosines of the best are then worked out exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

POSTINGS = 20_000
"""Postings walked for one name; the rest of its characters only order what these have found."""
RESCORED = 200
"""Candidates whose cosine is worked out exactly."""
LEAST_GRAMS = 2
"""Grams walked however common they are."""


Weigh = Callable[[NDArray[np.int64]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Arrays:
    """Which grams each form holds, which forms hold each gram, what the grams weigh and how long that makes the forms."""

    held: NDArray[np.int32]
    """Grams of form n: `held[held_first[n]:held_first[n + 1]]`."""
    held_first: NDArray[np.int64]
    forms: NDArray[np.int32]
    """Forms of gram g, ascending: `forms[first[g]:first[g + 1]]`."""
    first: NDArray[np.int64]
    squared: NDArray[np.float32]
    norms: NDArray[np.float32]

    @classmethod
    def of(cls, held: NDArray[np.int32], held_first: NDArray[np.int64], n_grams: int, weigh: Weigh) -> Arrays:
        """From the grams of every form; `weigh` gives the weights of all grams from how many forms hold each."""
        seen = np.bincount(held, minlength=n_grams)
        squared = np.asarray(weigh(seen), np.float32) ** 2
        size = len(held_first) - 1
        order = np.argsort(held, kind="stable")
        lengths = np.diff(held_first)
        forms = np.repeat(np.arange(size, dtype=np.int32), lengths)
        sums = np.bincount(forms, weights=squared[held], minlength=size)
        norms = np.sqrt(np.maximum(sums, 1e-12)).astype(np.float32)
        return cls(held, held_first, forms[order], np.concatenate(([0], np.cumsum(seen))), squared, norms)


class CompiledGrams:
    """Postings and forms as arrays; `size` forms were there when it was made."""

    def __init__(self, numbers: Mapping[str, int], arrays: Arrays) -> None:
        """`numbers` of the grams."""
        self.size = len(arrays.held_first) - 1
        self._number = numbers
        self._arrays = arrays
        self._first: memoryview[int] = memoryview(arrays.first)  # type: ignore[arg-type]  # quicker for one number than the array
        # The root of how many grams each form holds: small, so that looking it up here and there stays in the nearest memory.
        self._roots = np.sqrt(np.diff(arrays.held_first)).astype(np.float32)
        self._scores = np.zeros(self.size, np.float32)
        self._asked = np.zeros(len(numbers), np.float32)

    @classmethod
    def of(cls, postings: Mapping[str, Sequence[int]], size: int, weight: Callable[[str], float]) -> CompiledGrams:
        """The arrays of an index in memory.

        `postings`: gram → numbers of the forms that hold it, ascending; `weight` of a gram as in the index.
        """
        lengths = np.fromiter((len(found) for found in postings.values()), np.int64, len(postings))
        forms = np.empty(int(lengths.sum()), np.int32)
        at = 0
        for found in postings.values():
            forms[at : at + len(found)] = found
            at += len(found)
        held = np.repeat(np.arange(len(postings), dtype=np.int32), lengths)[np.argsort(forms, kind="stable")]
        held_first = np.concatenate(([0], np.cumsum(np.bincount(forms, minlength=size))))
        numbers = {gram: number for number, gram in enumerate(postings)}
        return cls(
            numbers, Arrays.of(held, held_first, len(postings), lambda _seen: [weight(gram) for gram in postings])
        )

    def count(self, gram: str) -> int:
        """How many forms hold `gram`."""
        number = self._number.get(gram)
        return 0 if number is None else self._first[number + 1] - self._first[number]

    def nearest(self, grams: Sequence[str], norm: float, limit: int) -> list[tuple[float, int]]:
        """(cosine, number) of up to `limit` forms that share `grams`, nearest first; `norm` is that of the asked key."""
        numbers = np.array([n for gram in grams if (n := self._number.get(gram)) is not None], np.int64)
        if not len(numbers):
            return []
        arrays = self._arrays
        lengths = arrays.first[numbers + 1] - arrays.first[numbers]
        numbers = numbers[np.argsort(lengths, kind="stable")]
        found, scores = _search(
            numbers, arrays.first, arrays.forms, arrays.squared, arrays.held_first, arrays.held, self._roots, self._scores, self._asked,
            POSTINGS, LEAST_GRAMS, RESCORED,
        )  # fmt: skip
        cosines = scores / (norm * arrays.norms[found])
        best = np.lexsort((found, -cosines))[:limit]
        return [(float(cosines[i]), int(found[i])) for i in best]


@numba.njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def _search(
    numbers: NDArray[np.int64], first: NDArray[np.int64], forms: NDArray[np.int32], squared: NDArray[np.float32],
    held_first: NDArray[np.int64], held: NDArray[np.int32], roots: NDArray[np.float32], scores: NDArray[np.float32],
    asked: NDArray[np.float32], budget: int, least: int, kept: int,
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:  # fmt: skip
    """Forms with the highest sums of squared weights shared. `scores` and `asked` are zero before and after."""
    walked = 0
    total = 0
    for at in range(len(numbers)):
        length = first[numbers[at] + 1] - first[numbers[at]]
        if at >= least and total + length > budget:
            break
        total += length
        walked = at + 1
    touched = np.empty(total, np.int32)
    count = 0
    for at in range(walked):
        number = numbers[at]
        for place in range(first[number], first[number + 1]):
            form = forms[place]
            if scores[form] == 0.0:
                touched[count] = form
                count += 1
            scores[form] += squared[number]
    partial = np.empty(count, np.float32)
    for i in range(count):
        partial[i] = scores[touched[i]]
        scores[touched[i]] = 0.0
    if count > kept:
        # Long names gather more by chance: what they hold in all divides what they share.
        relative = np.empty(count, np.float32)
        for i in range(count):
            relative[i] = partial[i] / roots[touched[i]]
        floor = np.partition(relative, count - kept)[count - kept]
        chosen = touched[:count][relative >= floor]
    else:
        chosen = touched[:count]
    for at in range(len(numbers)):
        asked[numbers[at]] = squared[numbers[at]]
    found = np.empty(len(chosen), np.int64)
    exact = np.empty(len(chosen), np.float32)
    for i in range(len(chosen)):
        form = chosen[i]
        shared = np.float32(0.0)
        for place in range(held_first[form], held_first[form + 1]):
            shared += asked[held[place]]
        found[i] = form
        exact[i] = shared
    for at in range(len(numbers)):
        asked[numbers[at]] = 0.0
    return found, exact
