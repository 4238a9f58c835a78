"""Figure statements as rows of `FigureView`, with the keys that bring figures of one thing together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.db.models import Q, QuerySet

from liantu.ledger.attention import attention
from liantu.ledger.chain_names import chain_in
from liantu.ledger.copies import Origins
from liantu.ledger.grouping.indicators import fold, stem
from liantu.ledger.grouping.measures import measure, telling_digits
from liantu.ledger.ids import row_id
from liantu.ledger.inserting import insert
from liantu.ledger.models import Entity, Fact, FigureView, Pairing, Profile, Statement
from liantu.ledger.periods import comparable
from liantu.ledger.places import place_of_code
from liantu.ledger.standing import batches, corrects, recency, said_on, standing
from liantu.vocabulary.regions import regions

TELLING = 2  # digits from which two equal values are a reason to compare wordings
LEAST_PAIRED = 10  # smaller values are equal by chance


def intended(status: str) -> str:
    """Targets and plans are one group: writers use both words for one intention."""
    return "actual" if status == "actual" else "intended"


@lru_cache(maxsize=4096)
def _region_names(code: str) -> tuple[str, ...]:
    table = regions()
    if code not in table:
        return ()
    region = table.by_code(code)
    return (region.name, region.short, *region.aliases)


def figure_row(statement: Statement, profile: Profile | None, origins: Origins) -> FigureView:
    """The view of one standing figure. Without a region of its own the subject lies where its document speaks of."""
    source = statement.source
    region, city, assumed = (
        (profile.region_code, profile.city_code, profile.region_assumed) if profile else ("", "", False)
    )
    if not region and source and source.region_code:
        place = place_of_code(source.region_code)
        region, city, assumed = place.region_code, place.city_code, True
    published = said_on(statement)
    called = (profile.name, *_region_names(region)) if profile else ()
    names = tuple(dict.fromkeys((statement.subject_name, *called)))
    words = stem(fold(statement.property, names))
    dimension, factor = measure(statement.unit, statement.figure_kind)
    value = f"{(statement.value or 0.0) * factor:.6g}"
    level = source.level if source else 0
    # Figures of different levels make different facts: a row that all may read must not change with a paper that few may.
    group = (statement.figure_kind, intended(statement.status), dimension, *([f"level {level}"] if level else ()))
    subject = profile.entity_id if profile else statement.subject_name
    period = comparable(statement.period)
    if statement.status == "plan" and profile and profile.kind == "project":
        period = ""  # what a project is to cost or to make is no matter of the day on which it is told
    elif not period and statement.status == "actual":
        # What "now" was, when no time is stated: two dates of publication are two times.
        written = origins.said_on(statement)
        period = f"~{written:%Y-%m}" if written else f"~{origins.origin(statement)}"
    telling = statement.figure_kind != "rank" and telling_digits(statement.value or 0.0) >= TELLING
    paired = statement.figure_kind != "rank" and abs(statement.value or 0.0) >= LEAST_PAIRED
    row = FigureView(
        statement=statement,
        source=source,
        origin_id=origins.origin(statement),
        fact_id="",  # until it is grouped
        subject_id=profile.entity_id if profile else None,
        subject_name=profile.name if profile else statement.subject_name,
        subject_kind=profile.kind if profile else "",
        region_code=region,
        city_code=city,
        region_assumed=assumed,
        chain_name=(profile.chain_name if profile else "") or chain_in(statement.property)[:64],
        indicator=statement.property,
        number=statement.text_value[:64],
        value=statement.value or 0.0,
        unit=statement.unit,
        bound=statement.bound or "=",
        figure_kind=statement.figure_kind,
        status=statement.status,
        period=statement.period,
        period_start=statement.period_start,
        period_end=statement.period_end,
        published=published,
        recency=recency(published),
        confidence=statement.confidence,
        review=getattr(statement, "verdict", None) or ("corrected" if corrects(statement) else ""),
        level=level,
        key=row_id(subject, words, period, *group),
        value_key=row_id(subject, value, *group) if telling else "",
        pair_key=row_id(value, *group) if paired else "",
    )
    row.attention = attention(row)
    return row


def figure_rows(statements: Iterable[Statement]) -> list[FigureView]:
    """Views of standing figures; profiles of their subjects must be up to date."""
    said = list(statements)
    profiles = profiles_of({s.subject_id for s in said if s.subject_id})
    origins = Origins.of_statements(said)
    return [figure_row(s, profiles.get(s.subject_id or 0), origins) for s in said]


def profiles_of(entities: Iterable[int]) -> Mapping[int, Profile]:
    """The profile of each entity, under whichever of its names it is asked for."""
    found: dict[int, Profile] = {}
    for part in batches(entities):
        canonical = dict(Entity.objects.filter(pk__among=part).values_list("pk", "canonical"))
        wanted = [c for c in set(canonical.values()) if c is not None]
        profiles = {row.pk: row for row in Profile.objects.filter(pk__among=wanted)}
        found.update({pk: profiles[c] for pk, c in canonical.items() if c in profiles})
    return found


def standing_figures() -> QuerySet[Statement]:
    """The statements that are figures and stand, by id."""
    return standing().exclude(figure_kind="").filter(value__isnull=False).order_by("pk")


def partners(ids: list[str]) -> set[str]:
    """Figures that a person said to be the same as one of the given."""
    rows = Pairing.objects.filter(Q(left__in=ids) | Q(right__in=ids)).values_list("left", "right")
    return {pk for pair in rows for pk in pair}


def refresh_figures(ids: Iterable[str]) -> tuple[list[str], set[str]]:
    """Make the views of the given statements anew, each for now under no fact.

    Gives the ids of all figures whose grouping may have changed (the new ones, and those that the old ones touched) and the pair keys that the old ones had.
    """
    affected: set[str] = set()
    pair_keys: set[str] = set()
    for part in batches(ids, 300):
        old = list(FigureView.objects.filter(pk__in=part))
        pair_keys.update(row.pair_key for row in old if row.pair_key)
        # What shared a key with the old rows may have been parted or joined because of them.
        near = (
            Q(fact__in={row.fact_id for row in old})
            | Q(key__in={row.key for row in old})
            | Q(value_key__in={row.value_key for row in old} - {""})
        )
        affected.update(FigureView.objects.filter(near).values_list("pk", flat=True))
        affected.update(partners(part))
        Fact.objects.filter(pk__in={row.fact_id for row in old}).delete()
        FigureView.objects.filter(pk__in=part).delete()
        rows = figure_rows(standing_figures().filter(pk__in=part))
        insert(rows)
        affected.update(row.pk for row in rows)
    return sorted(affected), pair_keys
