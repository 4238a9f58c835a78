"""Facts and pairs over the figures whose grouping may have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from django.db import connection
from django.db.models import Field, Q

from liantu.ledger.grouping.facts import AKIN, Reading, akin, facts_of, repeated
from liantu.ledger.grouping.indicators import fold, likeness, stem
from liantu.ledger.ids import row_id
from liantu.ledger.models import Fact, FigureView, Judgement, Pair, Pairing, Source
from liantu.ledger.standing import batches, voice_of

KINDRED = 0.6  # likeness of indicators from which equal values of two subjects are shown to a person
SHORTEST = 4  # indicators of fewer characters (投资, 产值) are akin to too many others
ONE_OF_A_KIND = frozenset({"project", "enterprise"})  # equal figures of two of these are two facts
BUCKET = 120  # equal values more common than this say nothing

Verdicts = tuple[set[frozenset[str]], set[frozenset[str]]]


def verdicts(ids: Iterable[str] | None = None) -> Verdicts:
    """Pairs of figures on which people decided: the same, and different. The later word on a pair holds."""
    rows = Pairing.objects.filter(undone_at=None).order_by("pk")
    pairs: dict[frozenset[str], str] = {}
    if ids is None:
        found = list(rows.values_list("left", "right", "verdict"))
    else:
        found = []
        for part in batches(ids, 400):
            found += rows.filter(Q(left__in=part) | Q(right__in=part)).values_list("left", "right", "verdict")
    for left, right, verdict in found:
        pairs[frozenset((left, right))] = verdict
    same = {pair for pair, verdict in pairs.items() if verdict == Judgement.Verdict.SAME}
    return same, {pair for pair, verdict in pairs.items() if verdict == Judgement.Verdict.DIFFERENT}


class Voices(dict[int, str]):
    """The independent voice behind each source, looked up once."""

    def __missing__(self, source: int) -> str:
        found = Source.objects.filter(pk=source).values_list("publisher", flat=True).first()
        self[source] = voice_of(source, found or "")
        return self[source]

    @classmethod
    def all(cls) -> Voices:
        """Every source's."""
        rows = Source.objects.values_list("pk", "publisher")
        return cls({pk: voice_of(pk, publisher) for pk, publisher in rows})

    @classmethod
    def among(cls, rows: Iterable[FigureView]) -> Voices:
        """Those behind some figures, looked up together."""
        found = cls()
        for part in batches(sorted({pk for row in rows if (pk := row.origin_id or row.source_id)})):
            sources = Source.objects.filter(pk__in=part).values_list("pk", "publisher")
            found.update({pk: voice_of(pk, publisher) for pk, publisher in sources})
        return found

    def of(self, row: FigureView) -> str:
        """Whose words a figure is."""
        origin = row.origin_id or row.source_id
        return self[origin] if origin else f"statement:{row.pk}"


def reach(ids: Iterable[str]) -> list[FigureView]:
    """The figures and all that share a fact, a key or an akin equal value with them, however indirectly."""
    rows: dict[str, FigureView] = {}
    equals: dict[str, dict[str, Reading]] = {}  # by value key
    edge: set[str] = set(ids)
    while edge:
        new: dict[str, FigureView] = {}
        for part in batches(sorted(edge)):
            new.update(FigureView.objects.in_bulk(part))
        rows.update(new)
        edge = _beside(new, "key") | _beside(new, "fact") | _akin_to(new.values(), equals)
        same, _ = verdicts(new)
        edge.update(pk for pair in same for pk in pair)
        edge -= rows.keys()
    return [rows[pk] for pk in sorted(rows)]


def _beside(rows: Mapping[str, FigureView], column: str) -> set[str]:
    """Ids of all figures that have the same value in a column as one of the rows."""
    found: set[str] = set()
    values = {getattr(row, "fact_id" if column == "fact" else column) for row in rows.values()} - {""}
    for part in batches(sorted(values)):
        found.update(FigureView.objects.filter(**{f"{column}__in": part}).values_list("pk", flat=True))
    return found


def _akin_to(rows: Iterable[FigureView], equals: dict[str, dict[str, Reading]]) -> set[str]:
    """Ids of figures of equal value and akin wording; `equals` remembers what was looked up."""
    asked = [row for row in rows if row.value_key]
    for part in batches(sorted({row.value_key for row in asked} - equals.keys())):
        equals.update((key, {}) for key in part)
        for row in FigureView.objects.filter(value_key__in=part):
            equals[row.value_key][row.pk] = Reading.of(row, "")
    return {
        pk
        for row in asked
        for pk, other in equals[row.value_key].items()
        if pk != row.pk and akin(equals[row.value_key][row.pk], other)
    }


def regroup(ids: Iterable[str]) -> set[str]:
    """Facts of the given figures and of all they touch, made anew. Gives the pair keys of all of them."""
    rows = reach(ids)
    old = {row.fact_id for row in rows} - {""}
    for part in batches(sorted(old)):
        Fact.objects.filter(pk__in=part).delete()
    store_facts(rows, Voices().of, verdicts([row.pk for row in rows]))
    return {row.pair_key for row in rows} - {""}


def store_facts(rows: list[FigureView], voice: Callable[[FigureView], str], judged: Verdicts) -> None:
    """Group rows that nothing outside them could join, and store their facts."""
    facts, fact_by_row = facts_of(rows, voice, *judged)
    Fact.objects.bulk_create(facts, batch_size=500)
    again = repeated(rows, fact_by_row)
    moved = [
        (fact_by_row[row.pk], row.pk in again, row.pk)
        for row in rows
        if row.fact_id != fact_by_row[row.pk] or row.repeats != (row.pk in again)
    ]
    # One prepared statement for many rows: the ORM's bulk_update is ten times slower here.
    table, fact, key = FigureView._meta.db_table, FigureView._meta.get_field("fact"), FigureView._meta.pk
    assert isinstance(fact, Field) and key is not None
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {fact.column} = %s, repeats = %s WHERE {key.column} = %s", moved)


def refresh_pairs(keys: Iterable[str]) -> None:
    """Pairs among figures of equal value, made anew for each of the given pair keys."""
    for part in batches(sorted(keys), 300):
        Pair.objects.filter(pair_key__in=part).delete()
        buckets: dict[str, list[FigureView]] = defaultdict(list)
        for row in FigureView.objects.filter(pair_key__in=part).order_by("pk"):
            buckets[row.pair_key].append(row)
        store_pairs(buckets)


def store_pairs(buckets: dict[str, list[FigureView]]) -> None:
    """Store the pairs found in buckets of equal values."""
    crowded = [row.pk for rows in buckets.values() if 1 < len(rows) <= BUCKET for row in rows]
    decided = {pair for verdict in verdicts(crowded) for pair in verdict}
    found = [pair for rows in buckets.values() for pair in pairs_among(rows, decided)]
    Pair.objects.bulk_create(found, batch_size=500)


def pairs_among(rows: list[FigureView], decided: set[frozenset[str]]) -> list[Pair]:
    """Figures of equal value that may be one fact: other facts, other sources, one province, kindred indicators."""
    if not 1 < len(rows) <= BUCKET:
        return []
    stems = {row.pk: stem(fold(row.indicator, (row.subject_name, row.subject_name.rstrip("省市县区")))) for row in rows}
    found = []
    for i, left in enumerate(rows):
        for right in rows[i + 1 :]:
            if left.fact_id == right.fact_id or left.source_id == right.source_id:
                continue
            if left.region_code and right.region_code and left.region_code[:2] != right.region_code[:2]:
                continue
            if left.subject_id != right.subject_id and {left.subject_kind, right.subject_kind} <= ONE_OF_A_KIND:
                continue
            alike = likeness(stems[left.pk], stems[right.pk])
            least = KINDRED if left.subject_id != right.subject_id else AKIN
            short = min(len(stems[left.pk]), len(stems[right.pk])) < SHORTEST
            if alike < least or short or frozenset((left.pk, right.pk)) in decided:
                continue
            found.append(
                Pair(
                    id=row_id(left.pk, right.pk),
                    left=left,
                    right=right,
                    likeness=round(alike, 3),
                    pair_key=left.pair_key,
                )
            )
    return found
