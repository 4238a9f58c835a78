"""What an engine is given and what it gives back."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import Protocol

from liantu.bulk.files import File
from liantu.bulk.journal import Kept
from liantu.bulk.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Work:
    """A file of a run; `kept` when an earlier run has read it as it is now."""

    file: File
    kept: Kept | None = None


class EngineError(RuntimeError):
    """The engine gave up; the message is its last word."""


class Engine(Protocol):
    """Reads files somewhere: on this machine, or on a cluster."""

    def read(self, works: Iterable[Work]) -> Generator[tuple[Work, Outcome | None], None, None]:
        """Each work with its outcome, in the order given; None for one that is kept."""
