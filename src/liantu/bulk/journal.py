"""The journal beside the findings: one line a file, so that a run that was cut off, or repeated, reads only what is new.

The first line says what the findings depend on besides the files. Each later one tells of one file, in the order of the
findings: what it was, how many bytes of findings it gave and their check sum, and what was wrong with it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

from liantu.bulk.files import File
from liantu.bulk.outcome import Outcome, json_line
from liantu.reading.scans import can_recognise

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that has been read."""

    root: int
    path: str
    size: int
    mtime_ns: int
    documents: int
    characters: int
    bytes: int  # of its lines in the findings
    crc32: int
    failed: bool
    problems: tuple[dict[str, Any], ...]

    @property
    def file(self) -> File:
        """The file as it was then."""
        return File(self.root, self.path, self.size, self.mtime_ns)


_FIELDS = frozenset(field.name for field in fields(Entry))


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry of an earlier run, and where its lines begin in that run's findings."""

    entry: Entry
    start: int


def entry_of(file: File, outcome: Outcome) -> Entry:
    """What the journal keeps of a file."""
    return Entry(
        file.root,
        file.path,
        file.size,
        file.mtime_ns,
        outcome.documents,
        outcome.characters,
        len(outcome.lines),
        zlib.crc32(outcome.lines),
        outcome.is_failed,
        tuple(
            {"code": p.code, "source": p.source, "zh": p.message_zh, "en": p.message_en, "fatal": p.fatal}
            for p in outcome.problems
        ),
    )


def entry_line(entry: Entry) -> bytes:
    """An entry as its line."""
    return json_line({field.name: getattr(entry, field.name) for field in fields(Entry)})


def header_line(roots: list[str], name: str) -> bytes:
    """What findings depend on besides the files: another header, and nothing of the earlier run is used."""
    return json_line({"journal": 1, "findings": name, "roots": roots, "reader": reader_digest()})


@cache
def reader_digest() -> str:
    """Digest of the reader's own rules and code, so that findings of another version are never taken for its own."""
    digest = sha256()
    for room in ("vocabulary", "reading", "extraction"):
        _add(digest, files(f"liantu.{room}"))
    digest.update(b"scans" if can_recognise() else b"")
    return digest.hexdigest()[:16]


def _add(digest: Any, folder: Any) -> None:
    for item in sorted(folder.iterdir(), key=lambda item: str(item.name)):
        if item.is_dir():
            if item.name != "__pycache__":
                _add(digest, item)
        elif not item.name.endswith((".pyc", ".po")):
            digest.update(item.name.encode() + b"\0" + item.read_bytes())


def entries(stream: BinaryIO) -> Iterator[tuple[Entry, int]]:
    """The whole lines of a journal whose header has been read, with the offset behind each; ends at one that is cut."""
    while (line := stream.readline()).endswith(b"\n"):
        entry = _entry(line)
        if entry is None:
            return
        yield entry, stream.tell()


def _entry(line: bytes) -> Entry | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    if not isinstance(row, dict) or set(row) != _FIELDS:
        return None
    return Entry(**{**row, "problems": tuple(row["problems"])})


def is_intact(stream: BinaryIO, start: int, entry: Entry) -> bool:
    """Whether the lines of `entry` stand at `start`, as they were written."""
    stream.seek(start)
    left, crc = entry.bytes, 0
    while left:
        piece = stream.read(min(left, _CHUNK))
        if not piece:
            return False
        crc = zlib.crc32(piece, crc)
        left -= len(piece)
    return crc == entry.crc32


def journal_path(output: Path) -> Path:
    """`findings.files.jsonl` for `findings.jsonl`."""
    return output.with_name(f"{output.stem}.files.jsonl")


def old_path(path: Path) -> Path:
    """Where a file of the earlier run waits until the new one is complete."""
    return path.with_name(f"{path.name}.old")
