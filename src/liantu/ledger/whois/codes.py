"""The credit codes that sources give of enterprises, under all their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from liantu.ledger.models import Entity
from liantu.ledger.standing import batches, standing
from liantu.resolution.uscc import clean_uscc, is_uscc

CODE_COLUMN = "统一社会信用代码"
"""What the ledger calls the column of enterprise lists that holds it (`data/workbook_columns.csv`)."""


def codes_of(canonicals: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The codes of each enterprise, as they are written, in the order of their text. Codes that are wrong are among them."""
    found: dict[int, set[str]] = defaultdict(set)
    for part in batches(canonicals):
        for canonical, context in Entity.objects.filter(canonical__in=part).values_list("canonical", "context"):
            if canonical and (code := str((context or {}).get("uscc") or "").strip()):
                found[canonical].add(code)
        cells = standing().filter(kind="cell", property=CODE_COLUMN, subject__canonical__in=part)
        for canonical, code in cells.values_list("subject__canonical", "text_value"):
            if canonical and code.strip():
                found[canonical].add(code.strip())
    return {canonical: tuple(sorted(codes)) for canonical, codes in found.items()}


def valid_codes(codes: Collection[str]) -> frozenset[str]:
    """Those of them whose check character is right, in their plain form."""
    cleaned = (clean_uscc(code) for code in codes)
    return frozenset(code for code in cleaned if is_uscc(code))
