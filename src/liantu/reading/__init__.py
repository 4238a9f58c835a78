"""Bytes to clean text that still points at the original."""

from liantu.reading.document import read_document
from liantu.reading.model import (
    BODY_KINDS,
    Block,
    BlockKind,
    Document,
    Problem,
    Sentence,
    Table,
    Text,
    UnreadableError,
)

__all__ = [
    "BODY_KINDS",
    "Block",
    "BlockKind",
    "Document",
    "Problem",
    "Sentence",
    "Table",
    "Text",
    "UnreadableError",
    "read_document",
]
