"""The nearest names among hundreds of thousands: the gram index frozen into arrays, searched by compiled loops.

Postings of rare characters and pairs are walked, those of very common ones (科, 技, 公) are not: they order candidates that the
rare ones have found and find none themselves. The cosines of the best are then worked out exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numba
import numpy as np
from numpy.typing import NDArray

POSTINGS = 20_000
"""Postings walked for one name; the rest of its characters only order what these have found."""
RESCORED = 200
"""Candidates whose cosine is worked out exactly."""
LEAST_GRAMS = 2
"""Grams walked however common they are."""


class CompiledGrams:
    """Postings and forms as arrays; `size` forms were there when it was made."""

    def __init__(self, postings: Mapping[str, Sequence[int]], size: int, weight: Callable[[str], float]) -> None:
        """`postings`: gram → numbers of the forms that hold it, ascending; `weight` of a gram as in the index."""
        self.size = size
        self._number = {gram: number for number, gram in enumerate(postings)}
        lengths = np.fromiter((len(found) for found in postings.values()), np.int64, len(postings))
        self._first = np.concatenate(([0], np.cumsum(lengths)))
        self._forms = np.empty(int(self._first[-1]), np.int32)
        for number, found in enumerate(postings.values()):
            self._forms[self._first[number] : self._first[number + 1]] = found
        self._squared = np.fromiter((weight(gram) ** 2 for gram in postings), np.float32, len(postings))
        # The same by form: which grams it holds.
        grams = np.repeat(np.arange(len(postings), dtype=np.int32), lengths)
        order = np.argsort(self._forms, kind="stable")
        self._held = grams[order]
        self._held_first = np.concatenate(([0], np.cumsum(np.bincount(self._forms, minlength=size))))
        sums = np.bincount(self._forms, weights=self._squared[grams], minlength=size)
        self._norms = np.sqrt(np.maximum(sums, 1e-12)).astype(np.float32)
        self._scores = np.zeros(size, np.float32)
        self._asked = np.zeros(len(postings), np.float32)

    def nearest(self, grams: Sequence[str], norm: float, limit: int) -> list[tuple[float, int]]:
        """(cosine, number) of up to `limit` forms that share `grams`, nearest first; `norm` is that of the asked key."""
        numbers = np.array([n for gram in grams if (n := self._number.get(gram)) is not None], np.int64)
        if not len(numbers):
            return []
        lengths = self._first[numbers + 1] - self._first[numbers]
        numbers = numbers[np.argsort(lengths, kind="stable")]
        found, scores = _search(
            numbers, self._first, self._forms, self._squared, self._held_first, self._held, self._scores, self._asked,
            POSTINGS, LEAST_GRAMS, RESCORED,
        )  # fmt: skip
        cosines = scores / (norm * self._norms[found])
        best = np.lexsort((found, -cosines))[:limit]
        return [(float(cosines[i]), int(found[i])) for i in best]


@numba.njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def _search(
    numbers: NDArray[np.int64], first: NDArray[np.int64], forms: NDArray[np.int32], squared: NDArray[np.float32],
    held_first: NDArray[np.int64], held: NDArray[np.int32], scores: NDArray[np.float32], asked: NDArray[np.float32],
    budget: int, least: int, kept: int,
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
            form = touched[i]
            relative[i] = partial[i] / np.sqrt(held_first[form + 1] - held_first[form])
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
