"""Near-duplicates: reposts, excerpts and reworded copies of a text, also Traditional or garbled ones."""

from .index import DuplicateIndex, find_duplicates
from .key import body_text
from .model import CopyKind, DuplicatePair, Match, Overlap, Passage

__all__ = [
    "CopyKind",
    "DuplicateIndex",
    "DuplicatePair",
    "Match",
    "Overlap",
    "Passage",
    "body_text",
    "find_duplicates",
]
