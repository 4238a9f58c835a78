"""The register of coded phrases, made from what documents say of each: one row a phrase and city."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from liantu.extraction.coded import counted_by
from liantu.ledger.copies import Origins
from liantu.ledger.grouping.indicators import likeness
from liantu.ledger.ids import row_id
from liantu.ledger.likeness import fold
from liantu.ledger.models import PhraseView, Statement
from liantu.ledger.places import Place, place_of_code
from liantu.ledger.refresh.dossiers import level_of
from liantu.ledger.standing import batches, recency, said_on, standing
from liantu.vocabulary.coded_phrases import CodedPhrase, coded_phrases

ALIKE = 0.8  # likeness of two wordings of one member: 城市牌, 打好城市牌
EVIDENCE = 8  # statements kept with one member

Member = tuple[str, list[str]]


def phrase_statements() -> QuerySet[Statement]:
    """What stands of coded phrases, in the order of ids."""
    return standing().filter(kind=Statement.Kind.PHRASE).order_by("pk")


def names_of(statements: Iterable[str]) -> set[str]:
    """Names of the coded phrases among statements, whether they stand or not."""
    found: set[str] = set()
    for part in batches(sorted(statements)):
        rows = Statement.objects.filter(pk__in=part, kind=Statement.Kind.PHRASE)
        found.update(rows.values_list("subject_name", flat=True))
    return found


def refresh_phrases(names: set[str]) -> None:
    """Make the rows of the phrases with these names anew."""
    for part in batches(sorted(names), 300):
        PhraseView.objects.filter(name__in=part).delete()
        said = list(phrase_statements().filter(subject_name__in=part))
        origins = Origins.of_statements(said)
        groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        for s in said:
            groups[s.subject_name, home_of(s)].append(s)
        rows = [phrase_row(name, home, group, origins) for (name, home), group in sorted(groups.items())]
        PhraseView.objects.bulk_create(rows, batch_size=300)


def home_of(statement: Statement) -> str:
    """The city, else the province, that a phrase belongs to: one slogan of two cities is two."""
    known = _registered(statement)
    code = known.region if known is not None else statement.source.region_code if statement.source else ""
    place = place_of_code(code)
    return place.city_code or place.region_code


def _registered(statement: Statement) -> CodedPhrase | None:
    phrase = statement.payload.get("register")
    return next((known for known in coded_phrases() if known.phrase == phrase), None) if phrase else None


def phrase_row(name: str, home: str, said: Sequence[Statement], origins: Origins) -> PhraseView:
    """One phrase of one city: the members that the fullest document names, others in other words, and what is missing."""
    level = min(map(level_of, said))
    said = [s for s in said if level_of(s) == level]
    first = min(said, key=lambda s: (origins.copied(s), s.pk))
    expected = next((int(s.value) for s in said if s.value is not None), None)
    members, others = _members(said, expected)
    known = next((k for s in said if (k := _registered(s)) is not None), None)
    named = [m for m in known.members if not _among(m, [*members, *others])] if known is not None else []
    missing = None if expected is None else max(0, expected - len(members))
    place = place_of_code(home) if home else Place()
    return PhraseView(
        id=row_id("phrase", name, home),
        name=name,
        label=first.text_value[:255],
        kind=first.property,
        number=str(first.payload.get("number", ""))[:64],
        counted=counted_by(name, first.text_value, first.property)[:64],
        expected=expected,
        members=[list(member) for member in members],
        others=[list(member) for member in others],
        missing=named[:missing] if missing is not None else named,
        n_members=len(members),
        n_missing=missing,
        n_documents=len({origins.origin(s) for s in said}),
        n_sources=origins.count_voices(said),
        state=_state(len(members), expected),
        register=known.phrase if known is not None else "",
        region_code=place.region_code,
        city_code=place.city_code,
        recency=max(recency(said_on(s)) for s in said),
        level=level,
    )


def _members(said: Sequence[Statement], expected: int | None) -> tuple[list[Member], list[Member]]:
    """Members as the fullest document names them, each with all statements that name it; and names that fit none of them.

    A list that is longer than the name promises counts only where no document has a fitting one.
    """
    lists: list[tuple[Any, Statement, list[str]]] = []
    for s in said:
        names = [str(member["name"]) for member in s.payload.get("members", ())]
        fits = expected is None or len(names) <= expected
        lists.append(((not fits, -len(names), s.pk), s, names))
    lists.sort(key=lambda row: row[0])
    members: list[Member] = [(name, [lists[0][1].pk]) for name in lists[0][2]]
    others: list[Member] = []
    for _, s, names in lists[1:]:
        for name in names:
            same = _among(name, members) or _among(name, others)
            if same is None:
                others.append((name, [s.pk]))
            elif s.pk not in same[1] and len(same[1]) < EVIDENCE:
                same[1].append(s.pk)
    return members, others


def _among(name: str, members: Sequence[Member]) -> Member | None:
    """The member that a name is another wording of."""
    own = fold(name)
    return next((m for m in members if fold(m[0]) == own or likeness(fold(m[0]), own) >= ALIKE), None)


def _state(members: int, expected: int | None) -> str:
    if not members:
        return PhraseView.State.NOT_PUBLISHED
    if expected is None or members < expected:
        return PhraseView.State.OPEN
    return PhraseView.State.COMPLETE if members == expected else PhraseView.State.DIFFERS
