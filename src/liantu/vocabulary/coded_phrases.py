"""Slogans whose digits are names (1233, 五张牌): members as far as published, and the count the name promises."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .regions import regions
from .tables import read_table, split


@dataclass(frozen=True, slots=True)
class CodedPhrase:
    """A coded phrase. `status`: `complete`, `partial` (some members named), `not_published` (none named; editable)."""

    phrase: str
    aliases: tuple[str, ...]
    region: str
    level: str
    members: tuple[str, ...]
    expected_count: int | None
    status: str
    source: str

    @property
    def missing(self) -> int | None:
        """How many members are still unknown; None where the name promises no count."""
        return None if self.expected_count is None else self.expected_count - len(self.members)


@cache
def coded_phrases() -> tuple[CodedPhrase, ...]:
    """All coded phrases. A `complete` one has as many members as its name promises."""
    table = read_table(
        "coded_phrases.csv", ("phrase", "aliases", "region", "level", "members", "expected_count", "status", "source")
    )
    table.require_unique("phrase", "region")
    table.require_known("region", (r.code for r in regions()))
    table.require_known("status", ("complete", "partial", "not_published"))
    found = []
    for line, r in table.rows:
        phrase = CodedPhrase(
            r["phrase"],
            split(r["aliases"]),
            r["region"],
            r["level"],
            split(r["members"]),
            int(r["expected_count"]) if r["expected_count"] else None,
            r["status"],
            r["source"],
        )
        if phrase.status == "complete" and phrase.missing != 0:
            raise table.error(
                line, "状态为 complete，但成员数与名称不符", "status is complete, but members and count differ"
            )
        if phrase.status == "not_published" and phrase.members:
            raise table.error(
                line, "状态为 not_published，却列有成员", "status is not_published, but members are listed"
            )
        found.append(phrase)
    return tuple(found)
