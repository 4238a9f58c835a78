"""From what records name as evidence to the sentences, for many rows at once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from liantu.api.evidence import evidence_of
from liantu.api.schemas import EvidenceOut
from liantu.ledger.models import Statement

_STATEMENT = re.compile(r"statement:([0-9a-z]+)")


def statements_told(ids: Iterable[str]) -> dict[str, EvidenceOut]:
    """The evidence of statements by id, in one query; what is not there, or not to be seen, is left out."""
    wanted = {pk for pk in ids if pk}
    rows = Statement.objects.select_related("source").in_bulk(list(wanted)) if wanted else {}
    return {pk: evidence_of(row) for pk, row in rows.items()}


def statement_in(evidence: str) -> str:
    """The id of the statement that an evidence column names; empty where it names a place of a document, or nothing."""
    found = _STATEMENT.fullmatch(evidence)
    return found[1] if found else ""
