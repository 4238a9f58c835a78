"""Where a statement's number stands in the sentence that is shown for it."""

from __future__ import annotations

import re

from liantu.ledger.models import Statement

_NOWHERE = (0, 0)
_DIGITS = re.compile(r"[\d.,]+")


def number_place(statement: Statement) -> tuple[int, int]:
    """Start and end of the number in `statement.sentence`; (0, 0) when it does not stand there.

    The sentence of a text is the evidence itself, so offsets tell. A workbook's sentence is its row written out
    (`总投资(亿元)：9.6；阶段：在建`), while its offsets are those of the one cell: there the cell is looked up by its heading.
    """
    start, end = statement.evidence_start, statement.evidence_end
    if start is None or end is None or statement.number_start is None or statement.number_end is None:
        return _NOWHERE
    if end - start == len(statement.sentence):
        whole = (statement.number_start, statement.number_end) == (start, end)
        return _NOWHERE if whole else (statement.number_start - start, statement.number_end - start)
    return _cell_place(statement)


def clean_place(statement: Statement) -> tuple[int, int]:
    """Start and end of the number in `statement.clean_sentence`; (0, 0) when it is not told."""
    at, number = statement.clean_at, statement.text_value
    if at is None or not number or not statement.clean_sentence.startswith(number, at):
        return _NOWHERE
    return at, at + len(number)


def _cell_place(statement: Statement) -> tuple[int, int]:
    written = statement.text_value
    number = _DIGITS.match(written) if statement.figure_kind else None
    wanted = {written, number[0] if number else written}
    found = []
    at = 0
    for part in statement.sentence.split("；"):
        heading, colon, value = part.partition("：")
        if colon and value in wanted:
            place = (at + len(heading) + 1, at + len(part))
            if statement.property in heading:
                return place
            found.append(place)
        at += len(part) + 1
    return found[0] if len(found) == 1 else _NOWHERE
