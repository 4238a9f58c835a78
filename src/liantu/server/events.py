"""What the reader tells whoever shows its progress: one JSON object a line between the two processes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

EventKind = Literal["begin", "file", "end", "note", "following"]


@dataclass(frozen=True, slots=True)
class Event:
    """A step of the reader.

    `begin` and `end` enclose a pass over the folder; `file` says what became of one file (`state` as in the ledger's
    `IngestItem`); `note` has something to say in `name`; `following` says that the reader now waits for changes.
    """

    kind: EventKind
    total: int = 0
    done: int = 0
    name: str = ""
    state: str = ""
    problems: tuple[str, ...] = ()
    unchanged: int = 0  # with `end`: files that were passed over
    missing: int = 0  # with `end`: files read once that are no longer there

    def to_line(self) -> str:
        """As one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False) + "\n"

    @classmethod
    def from_line(cls, line: str) -> Event:
        """The event that `to_line` wrote."""
        data = json.loads(line)
        return cls(**{**data, "problems": tuple(data["problems"])})
