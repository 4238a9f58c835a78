"""What a model proposes and what becomes of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Literal

from liantu.extraction.model import Chain, Enterprise, Figure, Project, Relation

Finding = Figure | Project | Enterprise | Chain | Relation
ProposedKind = Literal["figure", "project", "enterprise", "chain", "relation"]
Reason = Literal[
    "schema",  # not the shape that was asked for
    "no_sentence",  # its sentence does not stand in the text
    "no_number",  # its number does not stand in the sentence, or the reader sees no number there
    "contradiction",  # its value or unit is not what the number says
    "no_name",  # a name in it does not stand in the text
    "known",  # the reader has found it already
]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A finding that a model proposed and that stood the checks; `start` and `end` are raw, of its number or name."""

    kind: ProposedKind
    finding: Finding
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something a model answered that was not taken up, and why."""

    reason: Reason
    said: str  # the beginning of what it said, for a person to look at


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that a model proposed for one document. `origin` is the model's name as the user gave it."""

    origin: str
    items: tuple[Proposed, ...]
    refused: tuple[Refusal, ...] = ()
    unsent: int = 0  # characters of a very long document that were not sent

    @property
    def reasons(self) -> dict[str, int]:
        """How many were refused, by reason."""
        return dict(Counter(refusal.reason for refusal in self.refused))

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, for `liantu read --llm --format jsonl`."""
        items = [{"kind": item.kind, **asdict(item.finding)} for item in self.items]
        return {"origin": self.origin, "items": items, "refused": self.reasons, "unsent": self.unsent}
