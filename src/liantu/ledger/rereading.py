"""Reading again what an earlier reader read; what people said of it holds."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db.models import QuerySet

from liantu.extraction import READER_VERSION, extract
from liantu.ledger.additions import AddResult, add_findings
from liantu.ledger.intake import digest_of, keep_read
from liantu.ledger.models import Source, SourcePath, SourceText
from liantu.ledger.packing import document_of
from liantu.ledger.reading_task import TASK, ReadFile
from liantu.reading import Member, SafeReader, UnreadableError, WorkerError

Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class RereadReport:
    """What reading again did."""

    sources: int = 0
    added: int = 0  # statements that no earlier reading made
    held: int = 0  # findings that a person's word overruled
    agreed: int = 0  # findings that now say what a person had said
    kept: int = 0  # accepted statements that the reader does not find any longer
    unread: list[tuple[int, str]] = field(default_factory=list)  # id and name of what could not be read again
    stopped: bool = False
    seconds: float = 0.0


def reread(
    source: int | None = None,
    by: str = "",
    *,
    outdated: bool = False,
    progress: Progress | None = None,
    since: datetime | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> RereadReport:
    """Read one source, or all of them, with the reader of today.

    The file is read where it still lies as it was; else the text that was kept of it. Each file is one transaction.

    Args:
        source: id of a source, None for every one that stands in the ledger.
        by: who asked for it.
        outdated: leave out what the reader of today has read already.
        progress: hears how many are done, of how many, and the name of the one just read.
        since: leave out what was read at that moment or later: a run that was cut off goes on.
        is_stopped: asked before each file; what has been read stays.

    Raises Source.DoesNotExist for an unknown id.
    """
    began = time.monotonic()
    report = RereadReport()
    if source is not None:
        ids = [Source.objects.get(pk=source, state=Source.State.READY).pk]
    else:
        ids = list(_chosen(outdated, since).values_list("pk", flat=True))
    reader: list[SafeReader] = []
    try:
        for done, pk in enumerate(ids, start=1):
            if is_stopped():
                report.stopped = True
                break
            row = Source.objects.get(pk=pk)
            result = _reread(row, by, reader)
            if result is None:
                report.unread.append((row.pk, row.name))
            else:
                report.sources += 1
                report.added += result.added
                report.held += result.carried.held
                report.agreed += result.carried.agreed
                report.kept += result.carried.kept
            if progress is not None:
                progress(done, len(ids), row.name)
    finally:
        for each in reader:
            each.close()
    report.seconds = time.monotonic() - began
    return report


def _chosen(outdated: bool, since: datetime | None) -> QuerySet[Source]:
    """The sources to be read again, in the order in which they came."""
    rows = Source.objects.filter(state=Source.State.READY).order_by("pk")
    if outdated:
        rows = rows.exclude(reader_version=READER_VERSION)
    return rows.filter(read_at__lt=since) if since is not None else rows


def _reread(source: Source, by: str, reader: list[SafeReader]) -> AddResult | None:
    """Read one source again; None when neither its file nor its text can be read."""
    for place in source.paths.order_by("pk"):
        try:
            read = _read_at(source, place, reader)
        except (UnreadableError, WorkerError, OSError):
            continue  # the text that was kept can still be read
        if read is not None:
            return keep_read(read, Path(place.path), by, again=True)
    if source.n_cells:
        return None  # the cells of a workbook are in its file alone
    try:
        document = document_of(source)
    except SourceText.DoesNotExist:
        return None
    return add_findings(document, extract(document), by=by, again=True)


def _read_at(source: Source, place: SourcePath, reader: list[SafeReader]) -> ReadFile | None:
    """What one of a source's places holds now; None when its bytes are there no longer."""
    path = Path(place.container or place.path)
    if not path.is_file() or (not place.container and digest_of(path) != source.digest):
        return None
    if not reader:
        reader.append(SafeReader(TASK))
    at: tuple[int, ...] = ()
    if place.container:
        leaves = [leaf for leaf in reader[0].contents(path).leaves if leaf.digest == source.digest]
        if not leaves:
            return None
        at = leaves[0].at
    found: ReadFile = reader[0].read(Member(str(path), at), source.name)
    return found
