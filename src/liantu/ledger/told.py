"""What a document tells beside its findings: comparisons between its own figures, and its coded phrases."""

from __future__ import annotations

from dataclasses import dataclass

from liantu.extraction import Findings
from liantu.extraction.checks import CheckResult, check_document
from liantu.extraction.coded import CodedPhraseMention, find_coded_phrases
from liantu.reading import Document


@dataclass(frozen=True, slots=True)
class Told:
    """Found with no database: the child process of the reading room does it."""

    checks: tuple[CheckResult, ...]
    phrases: tuple[CodedPhraseMention, ...]


def tell(document: Document, findings: Findings) -> Told:
    """Check a document's figures against each other, and find its coded phrases."""
    return Told(check_document(document, findings), find_coded_phrases(document))
