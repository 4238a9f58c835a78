"""Documents become sources and statements: one transaction a file, nothing half-read, the same file twice adds nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeGuard

from django.utils import timezone

from liantu.extraction import READER_VERSION, extract
from liantu.extraction.model import Findings
from liantu.ledger.carrying import Carried, carry, carry_pairings, words_of
from liantu.ledger.checking import keep_checks
from liantu.ledger.content import StatementMaker
from liantu.ledger.laying import lay_anew
from liantu.ledger.models import Source, SourcePath, SourceText, Statement
from liantu.ledger.moving import Moved, move_words
from liantu.ledger.naming import EntityFinder
from liantu.ledger.openness import take_openness
from liantu.ledger.packing import problem_dict, text_row
from liantu.ledger.places import document_region
from liantu.ledger.publishers import grade_of
from liantu.ledger.refresh import Changes
from liantu.ledger.standing import batches, by_person
from liantu.ledger.storable import path_text, storable
from liantu.ledger.told import tell
from liantu.ledger.work.secrecy import raise_what_names
from liantu.ledger.writing import writing
from liantu.reading.model import Document, Problem
from liantu.vocabulary.access import confidentiality

COUNTED = {
    "project": "n_projects",
    "enterprise": "n_enterprises",
    "chain": "n_chains",
    "relation": "n_relations",
    "event": "n_events",
    "cell": "n_cells",
}


@dataclass(frozen=True, slots=True)
class AddResult:
    """What adding a file did. `state`: `added`, `changed` (a new version of a file), `duplicate` (known bytes at a new
    path), `unchanged`, `failed`."""

    source: Source
    state: str
    added: int = 0
    replaced: Source | None = None
    carried: Carried = field(default_factory=Carried)
    moved: Moved = field(default_factory=Moved)  # what people said of the version before


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file was found; empty for an upload that is kept nowhere."""

    path: str = ""
    size: int = 0
    mtime_ns: int = 0

    @classmethod
    def of(cls, path: Path | str | None) -> Origin:
        """The origin of a file on disk, or none."""
        if not path:
            return cls()
        found = Path(path)
        try:
            status = found.stat()
        except OSError:
            return cls(path_text(path))
        return cls(path_text(path), status.st_size, status.st_mtime_ns)


def add_findings(
    document: Document, findings: Findings, *, path: Path | str | None = None, by: str = "", again: bool = False
) -> AddResult:
    """Keep a document and what was found in it, and bring the views up to date.

    What people said of an earlier reading of the same file holds for this one.

    Args:
        path: where the file lies; a file that changed there replaces the version known before.
        by: name of the user who added it, empty for the reader of a folder.
        again: keep this reading even when the file is known and was read by the reader of today.
    """
    origin = Origin.of(path or document.path)
    with writing():
        known = Source.objects.filter(digest=document.digest).first()
        if is_current(known) and not again:
            return seen_again(known, origin)
        if known is not None and dated_by_person(known) and known.published != document.published:
            document = replace(document, published=known.published, published_span=None)
            findings = extract(document)
        source = keep_source(known, document, findings, origin, by)
        told = tell(document, findings)
        finder = _finder(findings, source)
        statements = list(StatementMaker(source, findings, finder, by, document.text, told.phrases))
        keep_checks(source, told.checks, document.text.raw)
        return store(source, statements, finder.moved, origin, text=text_row(source, document))


def add_failure(name: str, digest: str, problem: Problem, *, path: Path | str | None = None, by: str = "") -> AddResult:
    """Keep that a file could not be read, and why; nothing else of it is kept."""
    origin = Origin.of(path)
    with writing():
        known = Source.objects.filter(digest=digest).first()
        if known is not None and known.state == Source.State.READY:
            return seen_again(known, origin)
        source = known or Source(digest=digest)
        source.name = storable(name)[:255]
        source.media = Path(name).suffix.lstrip(".").lower()[:16]
        source.size = origin.size
        source.state = Source.State.FAILED
        source.problems = [problem_dict(problem)]
        source.reader_version = READER_VERSION
        source.read_at = timezone.now()
        source.added_by = by
        source.save()
        replaced = keep_path(source, origin)
        changes = Changes()
        changes.sources([source, *([replaced] if replaced else [])])
        changes.apply()
        return AddResult(source, "failed", replaced=replaced)


def _finder(findings: Findings, source: Source) -> EntityFinder:
    return EntityFinder.for_findings(findings, source, source.region_code)


def keep_source(
    known: Source | None, document: Document, findings: Findings, origin: Origin, by: str, region: str = ""
) -> Source:
    """The row of a file that could be read. A date that a person gave stays; `region` is the document's, when known."""
    source = known or Source(digest=document.digest)
    source.name = storable(document.source)[:255]
    source.replaced_by = None
    source.media = document.media[:16]
    source.size = origin.size or len(document.text.raw.encode("utf-8", "surrogatepass"))
    source.title = storable(document.title or "")
    source.publisher = storable(document.publisher or "")[:255]
    source.grade = grade_of(source.publisher)
    source.host = storable(document.host or "")[:255]
    if not dated_by_person(source):
        source.published = document.published
        source.published_by = "reader" if document.published else ""
        source.published_start, source.published_end = document.published_span or (None, None)
    source.language = document.language[:8]
    source.region_code = region or document_region(findings)
    source.problems = [problem_dict(problem) for problem in document.problems]
    source.state = Source.State.READY
    source.reader_version = READER_VERSION
    source.read_at = timezone.now()
    source.added_by = source.added_by if known else by
    source.save()
    return source


def dated_by_person(source: Source) -> bool:
    """Whether a person gave the publication date: no reading changes it."""
    return source.published is not None and source.published_by not in {"", "reader"}


def is_current(known: Source | None) -> TypeGuard[Source]:
    """Whether a file is known, live, and read by the reader of today."""
    return known is not None and known.state == Source.State.READY and known.reader_version == READER_VERSION


def seen_again(source: Source, origin: Origin) -> AddResult:
    """Known bytes: a second path at most."""
    if not origin.path:
        return AddResult(source, "unchanged")
    at_path = SourcePath.objects.filter(path=origin.path).first()
    if at_path is not None and at_path.source_id == source.pk:
        keep_path(source, origin)
        return AddResult(source, "unchanged")
    level = source.level
    replaced = keep_path(source, origin)
    words = Moved()
    if source.level != level:
        relevel(source, source.added_by)
    if replaced is not None:
        changes = Changes()
        words = move_words(source, changes)
        changes.sources([replaced])
        changes.apply()
    return AddResult(source, "changed" if replaced else "duplicate", replaced=replaced, moved=words)


def relevel(source: Source, by: str) -> None:
    """Bring the views, and the records of work that rest on it, up to date with a source's new level of confidentiality."""
    changes = Changes()
    changes.add(Statement.objects.filter(source=source, retired=False))
    changes.moved(changes.entities)  # names that only this source used are as open as it is
    changes.apply()
    raise_what_names(by, sources=[source.pk])


def set_level(source_id: int, level: int, by: str) -> Source:
    """Say how confidential a source is, with the documents in it; what is made of it is as confidential from then on.

    Raises Source.DoesNotExist, or ValueError for a level that there is not.
    """
    if level not in confidentiality():
        raise ValueError("没有这一密级，请从列表中选择 / there is no such level: choose one of the list")
    with writing():
        source = Source.objects.get(pk=source_id)
        paths = source.paths.values_list("path", flat=True)
        for each in [source, *Source.objects.filter(paths__container__in=list(paths)).distinct().order_by("pk")]:
            if each.level != level:
                each.level = level
                each.save(update_fields=["level"])
                relevel(each, by)
        source.refresh_from_db()
        return source


def store(
    source: Source, statements: Sequence[Statement], moved: set[int], origin: Origin, text: SourceText | None
) -> AddResult:
    """Write a source's statements; those of an earlier reading that are said no longer are retired.

    What people said of the earlier reading is carried over to this one.
    """
    changes = Changes()
    new = {statement.pk: statement for statement in statements}
    before = list(source.statements.all())
    old = {s.pk: s for s in before if not by_person(s)}
    gone = [s for s in old.values() if s.pk not in new]
    back = [s for s in old.values() if s.pk in new]
    added = [s for s in new.values() if s.pk not in old]
    for part in batches([s.pk for s in gone]):
        Statement.objects.filter(pk__in=part).update(retired=True, kept=False)
    for part in batches([s.pk for s in back]):
        Statement.objects.filter(pk__in=part).update(retired=False, kept=False)
    for s in back:
        if s.clean_sentence != new[s.pk].clean_sentence:
            Statement.objects.filter(pk=s.pk).update(
                clean_sentence=new[s.pk].clean_sentence, clean_at=new[s.pk].clean_at
            )
    Statement.objects.bulk_create(added, batch_size=300)
    carried = Carried()
    if before:
        if text is not None:
            changes.add(lay_anew(source, before, text.raw))
        carried = carry(source, words_of(source))
        changes.add(carried.touched)
        changes.add(carry_pairings(source, gone))
    if text is not None:
        SourceText.objects.filter(source=source).delete()
        text.save(force_insert=True)
    counts = Counter(s.kind for s in new.values())
    for kind, column in COUNTED.items():
        setattr(source, column, counts[kind])
    source.n_figures = sum(s.figure_kind != "" for s in new.values())  # sentences' and cells'
    source.save(update_fields=["n_figures", *COUNTED.values()])
    replaced = keep_path(source, origin)
    changes.sources([source, *([replaced] if replaced else [])])
    changes.add([*gone, *back, *added])
    changes.moved(moved)
    words = move_words(source, changes)
    changes.apply()
    return AddResult(source, "changed" if replaced else "added", len(added), replaced, carried, words)


def keep_path(source: Source, origin: Origin) -> Source | None:
    """Note where a source was seen. Gives the source that lay there before, if it lies nowhere else: it is superseded."""
    take_openness(source, origin.path)
    if not origin.path:
        return None
    before = SourcePath.objects.filter(path=origin.path).select_related("source").first()
    SourcePath.objects.update_or_create(
        path=origin.path,
        defaults={
            "source": source,
            "size": origin.size,
            "mtime_ns": origin.mtime_ns,
            "missing": False,
            "seen_at": timezone.now(),
        },
    )
    if before is None or before.source_id == source.pk or before.source.paths.exists():
        return None
    old = before.source
    was_live = old.is_live
    old.state = Source.State.SUPERSEDED
    old.replaced_by = source
    old.save(update_fields=["state", "replaced_by"])
    return old if was_live else None
