"""Files dropped on a page: kept under a folder of their own, then read into the ledger one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from liantu.ledger import services
from liantu.ledger.models import IngestItem, Job
from liantu.reading import safe_name


def receive(files: Iterable[UploadedFile[bytes]], by: str, level: int = 0) -> list[IngestItem]:
    """Keeps and reads each file, with the documents in it; one that cannot be read leaves the others untouched.

    `level` is of confidentiality: the files lie in the folder that gives it, and so do the documents of an archive.
    """
    received = list(files)
    job = Job.objects.create(
        kind="upload", state=Job.State.RUNNING, total=len(received), by=by, started_at=timezone.now()
    )
    for file in received:
        name = safe_name(file.name or "")
        services.ingest_upload(_keep(file, name, level), name, by=by, job=job)
    items = job.items.exclude(state=IngestItem.State.MISSING).select_related("source")
    return list(items.order_by("pk"))


def _keep(file: UploadedFile[bytes], name: str, level: int) -> Path:
    """Writes the file under a folder named by its digest: no two files meet, whatever they are called."""
    hasher = hashlib.sha256()
    for chunk in file.chunks():
        hasher.update(chunk)
    folder = Path(settings.UPLOADS) / services.folder_of_level(level) / hasher.hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    with path.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    return path
