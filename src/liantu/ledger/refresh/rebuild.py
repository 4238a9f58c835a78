"""All views made anew from the statements, by the code that keeps them up to date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from liantu.ledger.copies import find_all
from liantu.ledger.grouping.facts import Groups
from liantu.ledger.inserting import insert
from liantu.ledger.models import (
    ChainView,
    EnterpriseView,
    Entity,
    Fact,
    FigureView,
    Membership,
    Pair,
    PhraseView,
    Profile,
    ProjectView,
    SearchEntry,
)
from liantu.ledger.refresh.dossiers import dossiers
from liantu.ledger.refresh.facts import Voices, refresh_pairs, store_facts, verdicts
from liantu.ledger.refresh.figures import figure_rows, standing_figures
from liantu.ledger.refresh.phrases import phrase_statements, refresh_phrases
from liantu.ledger.refresh.things import count_members, refresh_profiles, refresh_things
from liantu.ledger.search.index import clear
from liantu.ledger.search.keeping import chains_with_outline, index_outlines, index_people, rebuild_sources
from liantu.ledger.standing import batches
from liantu.ledger.work.people import all_names
from liantu.ledger.writing import writing

CHUNK = 4000
Progress = Callable[[str, int], None]


def rebuild_views(progress: Progress | None = None) -> None:
    """Empty every view and fill it again. `progress` hears the name of each step and how many rows it has done."""
    tell = progress or (lambda step, done: None)
    with writing():
        for view in (
            Pair,
            FigureView,
            Fact,
            Membership,
            ChainView,
            ProjectView,
            EnterpriseView,
            Profile,
            PhraseView,
            SearchEntry,
        ):
            view.objects.all().delete()
        clear()
        find_all(lambda done: tell("copies", done))
        _things(tell)
        _figures(tell)
        _facts(tell)
        _pairs(tell)
        rebuild_sources(tell)
        index_outlines(chains_with_outline())
        index_people(all_names())
        refresh_phrases(set(phrase_statements().values_list("subject_name", flat=True)))


def _things(tell: Progress) -> None:
    canonicals = sorted({c for c in Entity.objects.values_list("canonical", flat=True) if c is not None})
    for done, part in enumerate(batches(canonicals, CHUNK)):
        refresh_profiles(dossiers(part), ())
        tell("profiles", done * CHUNK + len(part))
    labels: set[str] = set()
    for done, part in enumerate(batches(canonicals, CHUNK)):
        labels |= refresh_things(dossiers(part), ())
        tell("things", done * CHUNK + len(part))
    count_members(labels)


def _figures(tell: Progress) -> None:
    done = 0
    for part in batches(list(standing_figures().values_list("pk", flat=True))):
        rows = figure_rows(standing_figures().filter(pk__in=part))
        insert(rows)
        done += len(rows)
        tell("figures", done)


def _facts(tell: Progress) -> None:
    """Group in sets that no key, value or person joins to another, so that each set fits in memory."""
    groups: Groups[str] = Groups()
    columns = FigureView.objects.order_by("pk").values_list("pk", "key", "value_key")
    for pk, key, value_key in columns.iterator(chunk_size=10_000):
        groups.join(pk, f"k{key}")
        if value_key:
            groups.join(pk, f"v{value_key}")
    same, different = verdicts()
    standing_ids = {node for node in groups if len(node) == 32}
    for pair in same:
        if len(pair) == 2 and pair <= standing_ids:
            groups.join(*pair)
    sets: dict[str, list[str]] = defaultdict(list)
    for pk in standing_ids:
        sets[groups.find(pk)].append(pk)
    voices, done = Voices.all(), 0
    batch: list[str] = []
    for ids in [*(sets[root] for root in sorted(sets)), []]:
        batch += ids
        if not ids or len(batch) >= CHUNK:
            rows = [row for part in batches(sorted(batch)) for row in FigureView.objects.filter(pk__in=part)]
            store_facts(sorted(rows, key=lambda row: row.pk), voices.of, (same, different))
            done += len(batch)
            batch = []
            tell("facts", done)


def _pairs(tell: Progress) -> None:
    keys = FigureView.objects.exclude(pair_key="").order_by("pair_key").values_list("pair_key", flat=True).distinct()
    done = 0
    for part in batches(list(keys)):
        refresh_pairs(part)
        done += len(part)
        tell("pairs", done)
