"""Arithmetic inside a document: whether its own figures agree with each other."""

from __future__ import annotations

from liantu.extraction.model import Findings
from liantu.reading.model import Document

from .columns import check_columns
from .growth import check_growth
from .lists import check_lists
from .model import RULES, CheckResult, Verdict
from .parts import check_parts
from .rates import check_rates
from .shares import check_shares
from .sheet import Sheet
from .slips import check_slips
from .targets import check_targets

__all__ = ["RULES", "CheckResult", "Verdict", "check_document"]


def check_document(document: Document, findings: Findings) -> tuple[CheckResult, ...]:
    """All comparisons that the figures of a document allow, in text order.

    `ok` results are given too, so that a page can say what was checked. A rule keeps silent where the words do not say
    which figures belong together.
    """
    sheet = Sheet(document, findings)
    found = [
        *check_parts(sheet),
        *check_lists(sheet),
        *check_rates(sheet),
        *check_shares(sheet),
        *check_growth(sheet),
        *check_targets(sheet),
        *check_slips(sheet),
        *check_columns(document),
    ]
    return tuple(sorted(found, key=lambda r: (r.spans[-1], r.rule)))
