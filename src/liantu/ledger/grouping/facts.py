"""Figures grouped into facts: one fact for what several sources say of one thing, agreeing or not.

Two figures of one subject belong together when subject, indicator, period, kind, status and measure are the same
(`key`), or when their values are equal and telling and their indicators akin. Precision goes before recall: indicators
that differ in more than words of scope are never called a conflict, and a source that gives two values of its own
for one key is taken to speak of two things.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from liantu.ledger.grouping.indicators import fold, likeness, stem
from liantu.ledger.grouping.measures import interval, measure, meet
from liantu.ledger.ids import row_id
from liantu.ledger.models import Fact, FigureView
from liantu.ledger.periods import comparable, may_be_one

AKIN = 0.7  # likeness of indicators from which equal, telling values of one subject are one fact

T = TypeVar("T", bound=str)


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure with what grouping asks of it."""

    row: FigureView
    voice: str  # whose words they are
    speaker: str  # who gives them here: the same, or the document that copied them
    words: str  # folded indicator
    stem: str
    period: str
    interval: tuple[float, float]

    @classmethod
    def of(cls, row: FigureView, voice: str) -> Reading:
        """A figure as grouping sees it. `row.source` is not touched."""
        _, factor = measure(row.unit, row.figure_kind)
        name = row.subject_name
        words = fold(row.indicator, (name, name.rstrip("省市县区")))
        span = interval(row.value, row.bound, row.number, factor)
        speaker = f"copy:{row.source_id}" if is_copied(row) else voice
        return cls(row, voice, speaker, words, stem(words), comparable(row.period), span)


class Groups(dict[T, T]):
    """Disjoint sets of ids; the smallest id stands for its set."""

    def find(self, item: T) -> T:
        """The set an item is in, by its representative."""
        root = item
        while self.setdefault(root, root) != root:
            root = self[root]
        while self[item] != root:
            self[item], item = root, self[item]
        return root

    def join(self, first: T, second: T) -> None:
        """Make two sets one."""
        a, b = self.find(first), self.find(second)
        if a != b:
            self[max(a, b)] = min(a, b)


def partition(items: Sequence[T], together: Iterable[tuple[T, T]]) -> list[list[T]]:
    """Items in sets that the pairs join, in the order of their first members."""
    groups: Groups[T] = Groups()
    for first, second in together:
        groups.join(first, second)
    sets: dict[T, list[T]] = defaultdict(list)
    for item in items:
        sets[groups.find(item)].append(item)
    return list(sets.values())


def is_copied(row: FigureView) -> bool:
    """Whether the words of a figure are another document's."""
    return row.origin_id is not None and row.origin_id != row.source_id


def repeated(rows: Iterable[FigureView], fact_by_row: Mapping[str, str]) -> set[str]:
    """Ids of figures that only repeat what their fact holds already: it is counted once for each document that said it first.

    Of copies whose original does not stand, or was not read so, the first by id is counted.
    """
    said: dict[tuple[str, int], list[FigureView]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (is_copied(r), r.pk)):
        if row.origin_id is not None:
            said[fact_by_row[row.pk], row.origin_id].append(row)
    return {row.pk for group in said.values() for row in group if row.source_id != group[0].source_id}


def akin(first: Reading, second: Reading) -> bool:
    """Whether two equal, telling values of one subject speak of one thing."""
    return may_be_one(first.period, second.period) and likeness(first.stem, second.stem) >= AKIN


def components(
    readings: Sequence[Reading], same: set[frozenset[str]], different: set[frozenset[str]]
) -> list[list[Reading]]:
    """Readings in sets that may speak of one thing; `same` and `different` are pairs of ids on which people decided."""
    by_id = {r.row.pk: r for r in readings}
    pairs: list[tuple[str, str]] = []
    for column in ("key", "value_key"):
        shared: dict[str, list[str]] = defaultdict(list)
        for r in readings:
            if value := getattr(r.row, column):
                shared[value].append(r.row.pk)
        for ids in shared.values():
            pairs.extend(_joined([by_id[pk] for pk in ids], column, different))
    pairs += [(min(p), max(p)) for p in same if len(p) == 2 and p <= by_id.keys() and _of_one_level(p, by_id)]
    return [[by_id[pk] for pk in ids] for ids in partition(sorted(by_id), pairs)]


def _of_one_level(pair: frozenset[str], by_id: Mapping[str, Reading]) -> bool:
    """Whether both figures are equally confidential: a person's word does not bring what few may read to all."""
    return len({by_id[pk].row.level for pk in pair}) == 1


def _joined(readings: list[Reading], column: str, different: set[frozenset[str]]) -> Iterable[tuple[str, str]]:
    if column == "key" and not any(len(p & {r.row.pk for r in readings}) == 2 for p in different):
        yield from ((readings[0].row.pk, r.row.pk) for r in readings[1:])
        return
    for i, first in enumerate(readings):
        for second in readings[i + 1 :]:
            if frozenset((first.row.pk, second.row.pk)) in different:
                continue
            if column == "key" or akin(first, second):
                yield first.row.pk, second.row.pk


def clusters_of(readings: list[Reading]) -> list[list[Reading]]:
    """Readings whose intervals overlap, directly or through others, from the lowest up."""
    clusters: list[list[Reading]] = []
    highest = (0.0, 0.0)
    for r in sorted(readings, key=lambda r: (r.interval, r.row.pk)):
        if clusters and meet(highest, r.interval):
            clusters[-1].append(r)
            highest = (highest[0], max(highest[1], r.interval[1]))
        else:
            clusters.append([r])
            highest = r.interval
    return clusters


def split(readings: list[Reading]) -> list[tuple[list[Reading], str]]:
    """The facts in a set of readings, each with its state's reason (empty where nothing conflicts)."""
    clusters = clusters_of(readings)
    if len(clusters) == 1:
        return [(clusters[0], "")]
    spoken: dict[str, set[int]] = defaultdict(set)
    for n, cluster in enumerate(clusters):
        for r in cluster:
            spoken[r.speaker].add(n)
    wordings = [{r.words for r in cluster} for cluster in clusters]
    if all(len(said) == 1 for said in spoken.values()):
        if len({r.voice for r in readings}) == 1:
            return [(readings, "copy_differs")]
        if not set.intersection(*wordings) and len(set.union(*wordings)) > 1:
            return [(readings, "scope_differs")]
        days = {r.row.recency for r in readings}
        revised = len(days) > 1 and all(r.row.status != "actual" for r in readings)
        return [(readings, "target_revised" if revised else "value_differs")]
    if not set.intersection(*wordings) and all(len(words) == 1 for words in wordings) and len(clusters) == 2:
        return [(readings, "scope_differs")]
    return [(cluster, "") for cluster in clusters]


def fact_of(readings: list[Reading], reason: str, part: bool) -> Fact:
    """The row for readings of one thing. `part`: one of several facts under one key, so its value is part of its id."""
    rows = sorted((r.row for r in readings), key=lambda r: r.pk)
    voices: dict[str, set[str]] = defaultdict(set)
    for r in readings:
        voices[r.voice].add(r.row.pk)
    # Shown for the fact: an exact number before a rounded or open one, the newest word before older ones.
    shown = min(rows, key=lambda r: (r.bound != "=", -len(r.number), -r.recency, r.pk))
    if reason == "target_revised":
        shown = min(rows, key=lambda r: (-r.recency, r.pk))
    _, factor = measure(shown.unit, shown.figure_kind)
    values = [r.value * measure(r.unit, r.figure_kind)[1] / factor for r in rows]
    anchor = min(r.key for r in rows)
    state = Fact.State.CONFLICT if reason else Fact.State.AGREED if len(voices) > 1 else Fact.State.SINGLE
    return Fact(
        id=row_id(anchor, min(r.pk for r in rows)) if part else row_id(anchor),
        subject_id=shown.subject_id,
        subject_name=shown.subject_name,
        region_code=shown.region_code,
        city_code=shown.city_code,
        indicator=shown.indicator,
        figure_kind=shown.figure_kind,
        status=shown.status,
        period=shown.period,
        value=shown.value,
        value_low=min(values),
        value_high=max(values),
        unit=shown.unit,
        bound=shown.bound,
        n_statements=len(rows),
        n_documents=len({r.source_id or r.pk for r in rows}),
        n_sources=len(voices),
        n_reprints=len({r.source_id for r in rows if is_copied(r)}),
        state=state,
        reason=reason,
        recency=max(r.recency for r in rows),
        chain_name=shown.chain_name,
        level=max(r.level for r in rows),
    )


def facts_of(
    rows: Sequence[FigureView],
    voice: Callable[[FigureView], str],
    same: set[frozenset[str]],
    different: set[frozenset[str]],
) -> tuple[list[Fact], Mapping[str, str]]:
    """Facts over rows that no other row could join, and the fact of each row."""
    facts: list[Fact] = []
    taken: set[str] = set()
    fact_by_row: dict[str, str] = {}
    for component in components([Reading.of(row, voice(row)) for row in rows], same, different):
        found = split(component)
        for readings, reason in found:
            fact = fact_of(readings, reason, part=len(found) > 1)
            if fact.pk in taken:  # people parted figures of one key
                fact.pk = row_id(fact.pk, min(r.row.pk for r in readings))
            taken.add(fact.pk)
            facts.append(fact)
            fact_by_row.update(dict.fromkeys((r.row.pk for r in readings), fact.pk))
    return facts, fact_by_row
