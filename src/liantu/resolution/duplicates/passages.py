"""The passages that two keys share, numbers marked: seeds of four characters, chained over small gaps."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

SEED = 4
_GAP = 14  # characters between two seeds of one passage: a reworded phrase
_DRIFT = 8  # by how much the gap may be longer on one side
_SHORTEST = 14  # characters of a passage
_DENSITY = 0.45  # of a passage's characters lie in seeds
_OFTEN = 12  # places of a seed that are looked at
_DIGITS = re.compile(r"\d+")
_FIRST_MARK, _LAST_MARK = "\ue000", "\uf7ff"
_MARK = re.compile(f"[{_FIRST_MARK}-{_LAST_MARK}]")


class Marked:
    """A key with one character for each number, another one for another number.

    So a number counts no more than a word, and a passage runs on over a number that differs, which is then held against it.
    """

    def __init__(self, key: str) -> None:
        self.numbers: list[str] = _DIGITS.findall(key)
        self.text = _DIGITS.sub(_mark, key)
        self._places = [m.start() for m in _MARK.finditer(self.text)]

    def numbers_in(self, start: int, end: int) -> list[str]:
        """The numbers within [start, end) of the marked text."""
        return self.numbers[bisect_left(self._places, start) : bisect_left(self._places, end)]

    def places(self, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The place of each marked character, from the places of the characters of the key."""
        found: list[tuple[int, int]] = []
        numbers = iter(self.numbers)
        at = 0
        for char in self.text:
            width = len(next(numbers)) if _FIRST_MARK <= char <= _LAST_MARK else 1
            found.append((places[at][0], places[at + width - 1][1]))
            at += width
        return found


def _mark(number: re.Match[str]) -> str:
    return chr(ord(_FIRST_MARK) + crc32(number[0].encode()) % 0x1800)


@dataclass(slots=True)
class Chain:
    """A passage while it grows: [first, last + SEED) on each side, and how many characters lie in seeds."""

    left: int
    right: int
    left_last: int
    right_last: int
    left_exact: int = SEED
    right_exact: int = SEED

    @property
    def spans(self) -> tuple[int, int, int, int]:
        return self.left, self.left_last + SEED, self.right, self.right_last + SEED

    def extend(self, left: int, right: int) -> None:
        self.left_exact += min(SEED, left - self.left_last)
        self.right_exact += min(SEED, right - self.right_last)
        self.left_last, self.right_last = left, right

    def holds(self) -> bool:
        """Long and dense enough to be no chance."""
        left = self.left_last + SEED - self.left
        right = self.right_last + SEED - self.right
        return (
            min(left, right) >= _SHORTEST
            and self.left_exact >= _DENSITY * left
            and self.right_exact >= _DENSITY * right
        )


def seeds_of(key: str) -> dict[str, list[int]]:
    """Every four characters of a key and where they stand."""
    seeds: dict[str, list[int]] = {}
    for at in range(len(key) - SEED + 1):
        seeds.setdefault(key[at : at + SEED], []).append(at)
    return seeds


def likely(left: dict[str, list[int]], right: str, least: float) -> bool:
    """Whether enough seeds are shared for the shares to reach `least`; far cheaper than the chains."""
    others = {right[at : at + SEED] for at in range(len(right) - SEED + 1)}
    shared = len(left.keys() & others)
    return shared >= least * min(len(left), len(others))


def chains(left: str, seeds: dict[str, list[int]], right: str) -> list[Chain]:
    """The passages of two keys in the order of the right one; `seeds` are those of the left one."""
    found: list[Chain] = []
    open_: list[Chain] = []
    newest: Chain | None = None
    for at in range(len(right) - SEED + 1):
        seed = right[at : at + SEED]
        if newest is not None:
            following = newest.left_last + 1
            if newest.right_last == at - 1 and left.startswith(seed, following):
                newest.extend(following, at)
                continue
        places = seeds.get(seed)
        if places is None:
            continue
        if open_:
            found += [c for c in open_ if at - c.right_last > _GAP and c.holds()]
            open_ = [c for c in open_ if at - c.right_last <= _GAP]
        newest = _place(open_, places, at)
    found += [c for c in open_ if c.holds()]
    return sorted(found, key=lambda c: c.right)


def _place(open_: list[Chain], places: list[int], at: int) -> Chain:
    """Goes on with the chain that the seed continues most closely, or begins a new one."""
    best: tuple[int, Chain, int] | None = None
    for chain in open_:
        gap = at - chain.right_last
        if gap <= 0:
            continue
        first = bisect_left(places, chain.left_last + 1)
        for place in places[first : first + 2]:
            step = place - chain.left_last
            if step <= _GAP and abs(step - gap) <= _DRIFT:
                cost = step + gap - min(chain.left_exact, 40)  # a long passage draws the seed rather than a stray one
                if best is None or cost < best[0]:
                    best = (cost, chain, place)
    if best is not None:
        best[1].extend(best[2], at)
        return best[1]
    started = [Chain(place, at, place, at) for place in places[:_OFTEN]]
    open_ += started
    return started[0]


def covered(spans: list[tuple[int, int]]) -> int:
    """Characters in the union of spans."""
    total = reached = 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def number_agreement(left: Marked, right: Marked, passages: list[Chain]) -> tuple[int, int]:
    """(numbers that agree, numbers in all) over the passages: what tells a copy from a text on the same template."""
    agreeing = total = 0
    for passage in passages:
        a, b, c, d = passage.spans
        ours, theirs = Counter(left.numbers_in(a, b)), Counter(right.numbers_in(c, d))
        agreeing += sum((ours & theirs).values())
        total += max(sum(ours.values()), sum(theirs.values()))
    return agreeing, total
