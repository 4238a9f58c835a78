"""Candidates, reasons, ranking: which firms elsewhere fill a link of a chain that a place lacks."""

from .fillers import find_fillers
from .model import Abstention, Candidate, Chain, Firm, Reason, Said, Segment, Shortlist, evidence_kinds
from .sources import firms_of

__all__ = [
    "Abstention",
    "Candidate",
    "Chain",
    "Firm",
    "Reason",
    "Said",
    "Segment",
    "Shortlist",
    "evidence_kinds",
    "find_fillers",
    "firms_of",
]
