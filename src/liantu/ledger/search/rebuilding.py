"""All entries made anew from what they are made of, by the code that keeps them up to date; and a look whether that is needed."""

from __future__ import annotations

from collections.abc import Callable

from liantu.ledger.models import EnterpriseView, Profile, ProjectView, SearchEntry
from liantu.ledger.refresh.dossiers import dossiers
from liantu.ledger.search import index
from liantu.ledger.search.keeping import (
    Listed,
    chains_with_outline,
    index_outlines,
    index_people,
    index_things,
    rebuild_sources,
)
from liantu.ledger.standing import batches
from liantu.ledger.work.people import all_names
from liantu.ledger.writing import writing

Progress = Callable[[str, int], None]
CHUNK = 2000


def rebuild_search(progress: Progress | None = None) -> None:
    """Empty the entries and make them anew; the views must be up to date."""
    tell = progress or (lambda step, done: None)
    with writing():
        SearchEntry.objects.all().delete()
        index.clear()
        done = 0
        for part in batches(Profile.objects.order_by("pk").values_list("pk", flat=True), CHUNK):
            _things(part)
            done += len(part)
            tell("names", done)
        rebuild_sources(tell)
        index_outlines(chains_with_outline())
        index_people(all_names())


def _things(part: list[int]) -> None:
    listed: dict[int, Listed] = {}
    for some in batches(part):
        for pk, recency, owner, place in ProjectView.objects.filter(pk__in=some).values_list(
            "pk", "recency", "owner", "place"
        ):
            listed[pk] = Listed(recency, (owner, place))
        for pk, recency in EnterpriseView.objects.filter(pk__in=some).values_list("pk", "recency"):
            listed[pk] = Listed(recency)
    profiles = {pk: row for some in batches(part) for pk, row in Profile.objects.in_bulk(some).items()}
    index_things(dossiers(part), (), listed, profiles)


def ensure_search(progress: Progress | None = None) -> bool:
    """Make good what is missing: a ledger of an earlier version has no entries, one that was moved has no grams.

    Gives whether anything had to be done.
    """
    if not SearchEntry.objects.exists():
        if not Profile.objects.exists():
            return False
        rebuild_search(progress)
        return True
    if index.is_current():
        return False
    with writing():
        index.fill()
    return True
