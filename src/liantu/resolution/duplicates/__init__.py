"""Near-duplicates: reposts, excerpts and reworded copies of a text, also Traditional or garbled ones.

`DuplicateIndex` keeps all in memory. A room with tables of its own keeps the `signature` of each text there, looks for texts
that share enough of it (`may_be_copies`), and asks `compare`.
"""

from .compare import Prepared, compare, compare_texts
from .index import DuplicateIndex, find_duplicates
from .key import body_text
from .model import CopyKind, DuplicatePair, Match, Overlap, Passage
from .signature import Signature, may_be_copies, signature

__all__ = [
    "CopyKind",
    "DuplicateIndex",
    "DuplicatePair",
    "Match",
    "Overlap",
    "Passage",
    "Prepared",
    "Signature",
    "body_text",
    "compare",
    "compare_texts",
    "find_duplicates",
    "may_be_copies",
    "signature",
]
