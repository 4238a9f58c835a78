"""Views after many rows of a list were written at once: each thing is made anew once, a part at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from liantu.ledger.models import Statement
from liantu.ledger.refresh.dossiers import dossiers
from liantu.ledger.refresh.facts import refresh_pairs, regroup
from liantu.ledger.refresh.figures import refresh_figures
from liantu.ledger.refresh.things import canonical_of, count_members, refresh_profiles, refresh_things
from liantu.ledger.search.keeping import index_sources, sources_about
from liantu.ledger.standing import batches

PART = 500  # things whose statements are in memory at once


def refresh_projects(projects: Iterable[int], owners: Iterable[int], step: Callable[[int], None]) -> None:
    """Bring views up to date with what was written of projects and their owners.

    `Changes` does the same whatever has changed; this one knows that no enterprise reads otherwise for what was said of its
    project, so that an owner of a hundred projects is not made anew a hundred times.

    Args:
        step: hears how many projects were brought up to date, after each part.
    """
    labels: set[str] = set()
    for part in batches(sorted(set(owners)), PART):
        labels |= _refresh(part)  # before the projects, which show their owners' names
    for part in batches(sorted(set(projects)), PART):
        labels |= _refresh(part)
        step(len(part))
    count_members(labels)


def _refresh(part: list[int]) -> set[str]:
    """Rows of some things and the figures that show where they lie. Gives the labels of the chains concerned."""
    found = dossiers(canonical_of(part))
    changed = refresh_profiles(found, part)
    labels = refresh_things(found, part)
    members = [entity.pk for pk in changed for entity in found[pk].members]
    for some in batches(members):
        figures = Statement.objects.filter(subject__in=some).exclude(figure_kind="").values_list("pk", flat=True)
        touched, keys = refresh_figures(sorted(figures))
        refresh_pairs(regroup(touched) | keys)
    index_sources(sources_about(changed))
    return labels
