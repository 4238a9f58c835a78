"""A text under cleaning: every edit keeps the map from its characters to the raw text."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from liantu.reading.model import Text

Edit = tuple[int, int, str]
"""Replace draft [start, end) by a string."""

Piece = tuple[str, int, int]
"""A string and the raw [start, end) it stands for; of equal length, they match character by character."""


class Draft:
    """A working text with the raw offsets (start, end) of each of its characters."""

    __slots__ = ("ends", "raw", "starts", "text")

    def __init__(self, raw: str) -> None:
        """The draft that is still the raw text itself."""
        self.raw = raw
        self.text = raw
        self.starts = array("I", range(len(raw)))
        self.ends = array("I", range(1, len(raw) + 1))

    @classmethod
    def from_lines(cls, raw: str, lines: Iterable[Sequence[Piece]]) -> Draft:
        """The draft made of `lines` of pieces in raw order, parted by line breaks; what lies between is left out."""
        draft = cls("")
        draft.raw = raw
        parts: list[str] = []
        starts, ends = draft.starts, draft.ends
        at = 0
        for pieces in lines:
            if parts:
                begin = pieces[0][1] if pieces else at
                parts.append("\n")
                starts.append(at)
                ends.append(max(at, begin))
            for text, start, end in pieces:
                parts.append(text)
                if len(text) == end - start:
                    starts.extend(range(start, end))
                    ends.extend(range(start + 1, end + 1))
                else:
                    starts.extend([start] * len(text))
                    ends.extend([end] * len(text))
                at = end
        draft.text = "".join(parts)
        return draft

    def swap(self, text: str) -> None:
        """Replace the whole text by one of the same length; the map stays."""
        if len(text) != len(self.text):
            raise ValueError("a swapped text must keep its length")
        self.text = text

    def apply(self, edits: Iterable[Edit]) -> None:
        """Apply edits that lie in order and do not overlap.

        A replacement as long as what it replaces keeps the map character by character; any other maps each of its
        characters to the whole raw stretch it replaces; the empty one drops the stretch.
        """
        pieces: list[str] = []
        starts, ends = array("I"), array("I")
        at = 0
        changed = False
        for first, last, new in edits:
            if first < at:
                raise ValueError("edits overlap or are out of order")
            changed = True
            pieces.append(self.text[at:first])
            starts.extend(self.starts[at:first])
            ends.extend(self.ends[at:first])
            if new:
                pieces.append(new)
                if len(new) == last - first:
                    starts.extend(self.starts[first:last])
                    ends.extend(self.ends[first:last])
                else:
                    begin, end = self._stretch(first, last)
                    starts.extend([begin] * len(new))
                    ends.extend([end] * len(new))
            at = last
        if not changed:
            return
        pieces.append(self.text[at:])
        starts.extend(self.starts[at:])
        ends.extend(self.ends[at:])
        self.text, self.starts, self.ends = "".join(pieces), starts, ends

    def _stretch(self, first: int, last: int) -> tuple[int, int]:
        if first < last:
            return self.starts[first], self.ends[last - 1]
        at = self.starts[first] if first < len(self.starts) else len(self.raw)
        return at, at

    def finish(self) -> Text:
        """The finished text."""
        return Text(self.raw, self.text, self.starts, self.ends)
