"""Near-duplicates: reposts, excerpts and reworded copies of a text, also Traditional or garbled ones.

`DuplicateIndex` keeps all in memory. A room with tables of its own may keep `text_fingerprints` there, look for texts
that share some (`worth_comparing`), and ask `compare_texts`.
"""

from .compare import compare_texts
from .index import DuplicateIndex, find_duplicates, text_fingerprints, worth_comparing
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
    "compare_texts",
    "find_duplicates",
    "text_fingerprints",
    "worth_comparing",
]
