"""What resolution takes and gives: names with their surroundings, comparisons, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Band = Literal["auto", "review", "new"]
"""`auto`: the same, taken without asking; `review`: a person decides; `new`: an entity of its own."""

_NO_CONTEXT: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it was found, with what is known around it.

    `context` keys that count: `uscc` and `project_code` (strong keys), `region` (code of GB/T 2260, or a region's name), `owner` and
    `place` (of a project), `holder` (of a chain). Others are ignored.
    """

    name: str
    aliases: tuple[str, ...] = ()
    context: Mapping[str, str] = field(default_factory=lambda: _NO_CONTEXT)

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.name, *self.aliases)))


@dataclass(frozen=True, slots=True)
class Comparison:
    """How likely two names mean one thing: `score` from 0 to 1 as a calibrated probability, and why.

    `verdict` is set where a rule above any string decides: `same` or `different`; such a pair is never offered for review.
    `basis` tells what the score rests on: a `rule`, the `alignment` of a short name with a long one, or an alignment held
    down by a rule (`limit`).
    """

    score: float
    reason_zh: str
    reason_en: str
    verdict: Literal["same", "different", ""] = ""
    basis: Literal["rule", "alignment", "limit"] = "rule"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be meant, with the form of its name that came nearest."""

    entity_id: str
    form: str
    score: float
    reason_zh: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided for one name.

    `entity_id` is the entity chosen (`auto`), the best one to ask about (`review`), or `""` (`new`; the caller makes one).
    `score` is the best candidate's; `candidates` come best first.
    """

    entity_id: str
    band: Band
    score: float
    candidates: tuple[Candidate, ...]
    reason_zh: str
    reason_en: str
