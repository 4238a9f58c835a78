"""Taking a source out of the views, and saying what nobody says any longer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from liantu.ledger.models import ChainView, EnterpriseView, FigureView, ProjectView, Source, SourcePath, Statement
from liantu.ledger.refresh import Changes
from liantu.ledger.refresh.things import canonical_of
from liantu.ledger.standing import batches
from liantu.ledger.writing import writing


@dataclass(slots=True)
class RemovalReport:
    """What nobody says any longer once a source is gone, by name."""

    source: Source
    statements: int = 0
    facts: list[str] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)
    enterprises: list[str] = field(default_factory=list)
    chains: list[str] = field(default_factory=list)
    weakened: list[str] = field(default_factory=list)  # facts that had other sources and lost this one


def remove_source(source_id: int, by: str) -> RemovalReport:
    """Take a source out of the views and say what became unsupported. Its statements stay.

    Its paths stay known too, so that the next look at the folder does not bring it back; uploading the file does.
    With an archive or an e-mail go the documents in it that lie nowhere else.

    Raises Source.DoesNotExist.
    """
    with writing():
        source = Source.objects.get(pk=source_id)
        report = RemovalReport(source)
        if source.state == Source.State.REMOVED:
            return report
        gone = [source, *_inside(source)]
        statements = list(Statement.objects.filter(source__in=gone))
        changes = Changes()
        changes.add(statements)
        canonical = canonical_of(changes.entities)
        figures = [s.pk for s in statements if s.figure_kind]
        before = _shown(figures, canonical)
        for each in gone:
            each.state = Source.State.REMOVED
        Source.objects.bulk_update(gone, ["state"])
        changes.sources(gone)
        changes.apply()
        after = _shown(before.figures, canonical)
        report.statements = sum(not s.retired for s in statements)
        for name in ("projects", "enterprises", "chains"):
            kept = getattr(after, name)
            getattr(report, name).extend(sorted(v for k, v in getattr(before, name).items() if k not in kept))
        for members, label in before.facts.values():
            left = members & after.figures.keys()
            (report.weakened if left else report.facts).append(label)
        return report


def _inside(source: Source) -> list[Source]:
    """The documents that lie in a file and nowhere else."""
    containers = list(source.paths.values_list("path", flat=True))
    inside = Source.objects.filter(paths__container__in=containers).distinct().order_by("pk")
    elsewhere = SourcePath.objects.exclude(container__in=containers).exclude(missing=True)
    live = inside.filter(state__in=[Source.State.READY, Source.State.FAILED])
    return list(live.exclude(pk=source.pk).exclude(paths__in=elsewhere))


@dataclass(slots=True)
class _Shown:
    figures: dict[str, str] = field(default_factory=dict)
    facts: dict[str, tuple[set[str], str]] = field(default_factory=dict)
    projects: dict[int, str] = field(default_factory=dict)
    enterprises: dict[int, str] = field(default_factory=dict)
    chains: dict[str, str] = field(default_factory=dict)


def _shown(figures: Iterable[str], canonical: set[int]) -> _Shown:
    """What the views show of the given figures (with those that share their facts) and things."""
    shown = _Shown()
    for part in batches(figures):
        facts = set(FigureView.objects.filter(pk__in=part).values_list("fact", flat=True))
        for row in FigureView.objects.filter(fact__in=facts):
            shown.figures[row.pk] = row.fact_id
            members, _ = shown.facts.setdefault(row.fact_id, (set(), str(row)))
            members.add(row.pk)
    for things in batches(canonical):
        shown.projects.update(ProjectView.objects.filter(pk__in=things).values_list("pk", "name"))
        shown.enterprises.update(EnterpriseView.objects.filter(pk__in=things).values_list("pk", "name"))
        shown.chains.update((c.pk, str(c)) for c in ChainView.objects.filter(entity__in=things))
    return shown
