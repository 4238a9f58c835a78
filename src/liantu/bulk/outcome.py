"""One file read: the lines it gives. Every engine does this, so that all give the same bytes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liantu.extraction import Findings, extract
from liantu.reading import Limits, Member, Problem, SafeReader, UnreadableError, read_document, read_through
from liantu.reading.limits import DEFAULT_LIMITS

_TASK = "liantu.bulk.outcome:read_lines"
_FILES_PER_CHILD = 2_000  # starting a child costs as much as reading fifty pages


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    lines: bytes = b""  # one JSON object a document, each ended by a line break
    documents: int = 0
    characters: int = 0  # of the raw texts
    problems: tuple[Problem, ...] = ()

    @property
    def is_failed(self) -> bool:
        """Whether the file, or a document in it, could not be read."""
        return any(problem.fatal for problem in self.problems)


def json_line(content: dict[str, Any]) -> bytes:
    """One line of JSON in utf-8; half characters, which utf-8 does not know, are written as escapes."""
    try:
        return (json.dumps(content, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:
        return (json.dumps(content) + "\n").encode()


def findings_line(found: Findings) -> bytes:
    """One document in the published format (`docs/reader-format.md`)."""
    return json_line(found.to_dict())


def read_lines(path: str | Path | Member, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Outcome:
    """Reads one document. Raises `UnreadableError`."""
    document = read_document(path, name, limits)
    return Outcome(findings_line(extract(document)), 1, len(document.text.raw), document.problems)


def new_reader(limits: Limits = DEFAULT_LIMITS) -> SafeReader:
    """A child process that reads files whole: parsing, extraction and writing all happen in it."""
    return SafeReader(_TASK, limits, files_per_child=_FILES_PER_CHILD)


def read_file(reader: SafeReader, path: str) -> Outcome:
    """The outcome of one file, with the documents in it if it is an archive or an e-mail; what cannot be read is an
    outcome too. Raises `WorkerError`."""
    parts: list[Outcome] = []
    try:
        for _, read in read_through(reader, path):
            parts.append(Outcome(problems=(read,)) if isinstance(read, Problem) else read)
    except UnreadableError as error:
        return Outcome(problems=(error.problem,))
    return Outcome(
        b"".join(part.lines for part in parts),
        sum(part.documents for part in parts),
        sum(part.characters for part in parts),
        tuple(problem for part in parts for problem in part.problems),
    )
