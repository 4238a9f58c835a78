"""What a backup says it holds, and whether it does."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

FORM = 1
MANIFEST = "manifest.json"
Step = Callable[[str], None]


class BackupError(ValueError):
    """A backup cannot be made, or is not what it should be; says why in both languages."""


@dataclass(frozen=True, slots=True)
class TableSum:
    """A table's number of rows, and a hash of them in the order of their keys."""

    name: str
    rows: int
    sha256: str


def summed(name: str, lines: Iterable[str]) -> TableSum:
    """Count and hash the lines of a table."""
    hasher, rows = hashlib.sha256(), 0
    for line in lines:
        hasher.update(line.encode())
        hasher.update(b"\n")
        rows += 1
    return TableSum(name, rows, hasher.hexdigest())


def read_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """What a backup says it holds. Raises BackupError for what is no backup, or a later form of one."""
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        form = manifest["form"]
    except (KeyError, ValueError, TypeError):
        raise BackupError("这不是链图的备份文件 / this is no backup of liantu") from None
    if form != FORM:
        raise BackupError(
            "备份出自更新版本的链图，请先升级程序 / the backup was made by a later version; update the program first"
        )
    return manifest


def verify(path: Path, step: Step = lambda name: None) -> dict[str, Any]:
    """Read a backup through: every table and file must be what its manifest says. Raises BackupError, OSError."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = read_manifest(archive)
            for table in manifest["tables"]:
                step(table["name"])
                with archive.open(f"tables/{table['name']}.jsonl") as lines:
                    told = summed(table["name"], text_lines(lines))
                if asdict(told) != table:
                    raise BackupError(
                        f"备份里的表 {table['name']} 与清单不符，文件已损坏 / table {table['name']} is damaged"
                    )
            for file in manifest["files"]:
                step(file["name"])
                with archive.open(file["name"]) as source:
                    digest = hashlib.file_digest(source, "sha256").hexdigest()  # type: ignore[arg-type]
                if digest != file["sha256"]:
                    raise BackupError(f"备份里的文件 {file['name']} 已损坏 / {file['name']} is damaged")
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, OverflowError, zlib.error) as error:
        raise BackupError(f"备份文件打不开或不完整：{error} / the backup is damaged or cut off: {error}") from error
    return manifest


def text_lines(stream: IO[bytes]) -> Iterator[str]:
    """The lines of a table in a backup."""
    for line in stream:
        yield line.decode("utf-8").rstrip("\n")
