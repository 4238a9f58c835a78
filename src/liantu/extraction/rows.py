"""Rows of names (南漳、保康和谷城): where one may end, found without trying every way in which it may be parted."""

from __future__ import annotations

import re
from collections.abc import Iterator

JOINS = frozenset("、和及与")
"""What stands between two names of a row."""
_SHORTEST = 2  # characters of a name


def row_ends(text: str, at: int, end: int, name: re.Pattern[str], least: int, most: int) -> Iterator[int]:
    """The places up to `end` at which a row of `least` to `most` more names behind `at` may end, those of fewer names first.

    `name` matches the longest name that can begin at a place. 和, 及 and 与 join names and stand in them (和顺, 呼和浩特), so that a row can
    be parted in ever so many ways: each place is gone on from once, which keeps the work in proportion to the row's length.
    """
    here, seen = [at], {(at, 0)}
    for count in range(most + 1):
        if count >= least:
            yield from here
        ahead = []
        for start in here:
            longest = name.match(text, start + 1, end) if text[start : start + 1] in JOINS else None
            for stop in range(start + 1 + _SHORTEST, longest.end() + 1) if longest else ():
                if (told := (stop, min(count + 1, least))) not in seen:
                    seen.add(told)
                    ahead.append(stop)
        here = ahead
