"""What the search for near-duplicates gives: which two texts, what sort of copy, and the passages they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CopyKind = Literal["identical", "repost", "excerpt", "spun"]
"""`identical`: the same characters once marks, script and spaces are set aside; `repost`: the same article in other dress
(page furniture, a cut sentence, strewn characters); `excerpt`: one is a part of the other; `spun`: the same sentences in
another order or lightly reworded."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch that both texts have, in offsets (end exclusive) of each text as it was given."""

    left: tuple[int, int]
    right: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of two texts is the same; shares are of each text's own characters (Chinese characters and digits), 0 to 1."""

    kind: CopyKind
    left_share: float
    right_share: float
    passages: tuple[Passage, ...]

    @property
    def share(self) -> float:
        """The share of the text that is copied more completely."""
        return max(self.left_share, self.right_share)

    def turned(self) -> Overlap:
        """The same overlap with left and right exchanged."""
        turned = tuple(sorted((Passage(p.right, p.left) for p in self.passages), key=lambda p: p.left))
        return Overlap(self.kind, self.right_share, self.left_share, turned)


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier text that a new one copies, or is copied by. `left` in the overlap is the new text, `right` the earlier one."""

    id: str
    overlap: Overlap


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two texts of a collection that are near-duplicates; `left` came before `right`."""

    left: str
    right: str
    overlap: Overlap
