"""Files dropped on a page: kept, read in a child process with limits, and put into the ledger one by one."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from liantu.extraction import extract
from liantu.extraction.model import Findings
from liantu.ledger import services
from liantu.ledger.models import IngestItem, Job
from liantu.ledger.packing import problem_dict
from liantu.reading import SafeReader, read_document, safe_name
from liantu.reading.model import Document, UnreadableError

STATES = {
    "added": IngestItem.State.ADDED,
    "changed": IngestItem.State.CHANGED,
    "duplicate": IngestItem.State.DUPLICATE,
    "unchanged": IngestItem.State.DUPLICATE,
    "failed": IngestItem.State.FAILED,
}


def read_and_extract(path: str | Path | bytes, name: str | None = None) -> tuple[Document, Findings]:
    """What the child process does with one file: neither a parser nor the reader can take the server with it."""
    document = read_document(path, name)
    return document, extract(document)


_reader = SafeReader(f"{__name__}:read_and_extract")


def receive(files: Iterable[UploadedFile[bytes]], by: str) -> list[IngestItem]:
    """Keeps and reads each file; one that cannot be read leaves the others untouched."""
    received = list(files)
    job = Job.objects.create(
        kind="upload", state=Job.State.RUNNING, total=len(received), by=by, started_at=timezone.now()
    )
    items = [_receive(file, job, by) for file in received]
    job.done = len(items)
    job.failed = sum(item.state == IngestItem.State.FAILED for item in items)
    job.state, job.finished_at = Job.State.DONE, timezone.now()
    job.save()
    return items


def _receive(file: UploadedFile[bytes], job: Job, by: str) -> IngestItem:
    began = time.monotonic()
    name = safe_name(file.name or "")
    path, digest = _keep(file, name)
    try:
        document, findings = _reader.read(path, name)
    except UnreadableError as error:
        result = services.add_failure(name, digest, error.problem, path=path, by=by)
        problems = [problem_dict(error.problem)]
    else:
        result = services.add_findings(document, findings, path=path, by=by)
        problems = list(result.source.problems)
    return IngestItem.objects.create(
        job=job,
        path=name,
        size=file.size or 0,
        state=STATES[result.state],
        source=result.source,
        problems=problems,
        seconds=round(time.monotonic() - began, 3),
    )


def _keep(file: UploadedFile[bytes], name: str) -> tuple[Path, str]:
    """Writes the file under a folder named by its digest: no two files meet, whatever they are called."""
    hasher = hashlib.sha256()
    for chunk in file.chunks():
        hasher.update(chunk)
    digest = hasher.hexdigest()
    folder = Path(settings.UPLOADS) / digest[:16]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    with path.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    return path, digest
