"""Anchors: the few raw characters around a number that tell it from every other place in the document."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 48  # characters; beyond it the occurrence is counted instead


@dataclass(frozen=True, slots=True)
class Anchor:
    """An exact raw substring that holds its number once, and which of its occurrences is meant (1-based)."""

    text: str
    nth: int = 1

    def start(self, raw: str) -> int:
        """Where the meant occurrence begins in `raw`; -1 when there are fewer."""
        at = -1
        for _ in range(self.nth):
            at = raw.find(self.text, at + 1)
            if at < 0:
                return -1
        return at


def occurrences(raw: str, part: str) -> int:
    """How often `part` stands in `raw`, overlapping ones counted each."""
    count, at = 0, raw.find(part)
    while at >= 0:
        count, at = count + 1, raw.find(part, at + 1)
    return count


def anchor_of(raw: str, start: int, end: int) -> Anchor:
    """The shortest anchor grown from raw [start, end) to both sides, the characters behind the number first.

    It stays on its line and never holds the number a second time. Where even the longest is not alone, it says which.
    """
    number = raw[start:end]
    left, right = start, end
    while True:
        text = raw[left:right]
        if right > end and occurrences(raw, text) == 1:
            return Anchor(text)
        grown = False
        for side in ("right", "left"):
            a, b = (left, right + 1) if side == "right" else (left - 1, right)
            if a < 0 or b > len(raw) or b - a > LONGEST or "\n" in raw[a:left] + raw[right:b]:
                continue
            if occurrences(raw[a:b], number) > 1:
                continue
            left, right, grown = a, b, True
        if not grown:
            text = raw[left:right]
            return Anchor(text, occurrences(raw[: right - 1], text) + 1)
