"""Documents inside other files: how they are named, and how one of them is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from liantu.reading.model import Problem

WITHIN = "!"
"""Parts the name of an archive or an e-mail from the name of what is in it: `材料.zip!5月/通报.txt`."""


@dataclass(frozen=True, slots=True)
class Member:
    """One document inside the file at `path`: the number of its part, and so on inwards; empty for the file itself."""

    path: str
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A document that a file holds, before it is read; `problem` says why it cannot be opened at all."""

    source: str  # its name, that of the file in front
    at: tuple[int, ...]
    size: int  # bytes
    digest: str  # sha256 of its bytes; of its place where there are none
    problem: Problem | None = None


@dataclass(slots=True)
class Contents:
    """The documents that a file holds, in order, and how many of its parts are none."""

    leaves: list[Leaf] = field(default_factory=list)
    skipped: int = 0
