"""`liantu backup`: one file that holds a ledger and its documents, looked through again after it was written."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.apps import apps

import liantu
from liantu.server.safekeeping.manifests import FORM, MANIFEST, Step, summed, verify
from liantu.server.safekeeping.snapshots import snapshot
from liantu.server.safekeeping.tables import lines_of, migrations_of, models_of

KEPT = ("uploads", "imports")  # folders of the ledger's own folder


def write_backup(space: Path, folder: Path | None, target: Path, step: Step = lambda name: None) -> dict[str, Any]:
    """Write the ledger, the files it was given and the documents it has read into one file, then read it through.

    Args:
        space: the ledger's own folder.
        folder: the folder of documents, where there is one.
        target: the file; written under another name first, so that it is never half there.

    Gives the manifest. Raises BackupError, OSError.
    """
    part = target.with_name(f"{target.name}.part")
    manifest: dict[str, Any] = {
        "form": FORM,
        "liantu": liantu.__version__,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "folder": str(folder) if folder else "",
        "space": space.name,
        "space_path": str(space),
        "tables": [],
        "files": [],
        "missing": [],
    }
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            with snapshot(space) as alias:
                manifest["migrations"] = migrations_of(alias)
                for model in models_of(apps):
                    name = model._meta.db_table
                    step(name)
                    with archive.open(f"tables/{name}.jsonl", "w", force_zip64=True) as out:
                        told = summed(name, _written(lines_of(model, alias), out))
                    manifest["tables"].append(asdict(told))
            for name, path in _files(space, folder):
                step(name)
                try:
                    manifest["files"].append(_add(archive, name, path))
                except OSError as error:
                    manifest["missing"].append(f"{path}: {error.strerror}")
            archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        verify(part, step)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _written(lines: Iterable[str], out: IO[bytes]) -> Iterator[str]:
    for line in lines:
        out.write(f"{line}\n".encode())
        yield line


def _files(space: Path, folder: Path | None) -> Iterator[tuple[str, Path]]:
    """Name in the backup and place of each file: what was given to the ledger, then the documents in its folder."""
    from liantu.ledger.models import SourcePath

    for kept in KEPT:
        for path in sorted((space / kept).rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield f"files/{path.relative_to(space).as_posix()}", path
    if folder is None:
        return
    known = SourcePath.objects.filter(container="", missing=False).order_by("path").values_list("path", flat=True)
    for text in known:
        path = Path(text)
        if path.is_relative_to(folder):
            yield f"documents/{path.relative_to(folder).as_posix()}", path


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> dict[str, Any]:
    hasher, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as out:
        while chunk := source.read(1 << 20):
            hasher.update(chunk)
            size += len(chunk)
            out.write(chunk)
    return {"name": name, "size": size, "sha256": hasher.hexdigest()}
