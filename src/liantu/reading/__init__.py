"""Bytes to clean text that still points at the original."""

from liantu.reading.bundle import Bundle, may_hold_documents, read_documents
from liantu.reading.document import read_document
from liantu.reading.endings import is_document_name
from liantu.reading.folder import documents_in
from liantu.reading.limits import Limits
from liantu.reading.member import WITHIN, Contents, Leaf, Member
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
from liantu.reading.names import safe_name
from liantu.reading.sandbox import SafeReader, WorkerError, read_safely, read_through
from liantu.reading.workbook import Cell, Sheet, read_workbook

__all__ = [
    "BODY_KINDS",
    "WITHIN",
    "Block",
    "BlockKind",
    "Bundle",
    "Cell",
    "Contents",
    "Document",
    "Leaf",
    "Limits",
    "Member",
    "Problem",
    "SafeReader",
    "Sentence",
    "Sheet",
    "Table",
    "Text",
    "UnreadableError",
    "WorkerError",
    "documents_in",
    "is_document_name",
    "may_hold_documents",
    "read_document",
    "read_documents",
    "read_safely",
    "read_through",
    "read_workbook",
    "safe_name",
]
