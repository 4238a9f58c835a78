"""How long recognitions hold, by the rules that give them (`data/certificate_terms.csv`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from liantu.vocabulary.tables import read_table


@dataclass(frozen=True, slots=True)
class Term:
    """A recognition whose name holds `word` holds for so many years; `source` is the rule that says so."""

    word: str
    years: int
    source: str


@cache
def terms() -> tuple[Term, ...]:
    """The terms known, longest words first. Raises VocabularyError."""
    table = read_table("certificate_terms.csv", ("word", "years", "source"), package=__package__)
    table.require_unique("word")
    found = []
    for line, row in table.rows:
        if not row["years"].isdecimal() or not 1 <= int(row["years"]) <= 50:
            raise table.error(line, "年数要是 1 到 50 的整数", "years must be a whole number from 1 to 50")
        found.append(Term(row["word"], int(row["years"]), row["source"]))
    return tuple(sorted(found, key=lambda term: -len(term.word)))


def term_of(title: str) -> Term | None:
    """How long a recognition of this name holds, where a rule says so."""
    return next((term for term in terms() if term.word in title), None)


def expiry(title: str, issued_on: date | None, valid_until: date | None) -> date | None:
    """Until when a recognition holds: as its paper says, else so many years from the day it was given; None when neither is known."""
    if valid_until is not None or issued_on is None:
        return valid_until
    term = term_of(title)
    if term is None:
        return None
    year = issued_on.year + term.years
    leap = issued_on.month == 2 and issued_on.day == 29
    return date(year, 2, 28) if leap else issued_on.replace(year=year)
