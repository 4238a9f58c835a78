"""Everything but figures that is said of some entities, gathered in a few queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Q

from liantu.ledger.chain_names import chain_label
from liantu.ledger.copies import Origins
from liantu.ledger.models import Entity, EntityName, Source, Statement
from liantu.ledger.places import Place, finest, place_of_code, place_of_enterprise, place_of_name
from liantu.ledger.standing import batches, by_person, recency, said_on, standing, votes_of

KINDS = ("project", "enterprise", "chain", "relation", "cell", "event")


@dataclass(slots=True)
class Dossier:
    """One thing under all its names: its entities, what is said of it, and what is said of others with regard to it."""

    canonical: int
    kind: str
    members: list[Entity]
    origins: Origins
    said: list[Statement] = field(default_factory=list)  # it is the subject
    regarding: list[Statement] = field(default_factory=list)  # it is the object
    level: int = 0  # of confidentiality: the lowest that anything said of it has; what is said above it is left out
    lowest: int = 0  # the lowest at which it is so much as named
    above: list[Statement] = field(default_factory=list)  # what was left out
    plain: list[Entity] = field(default_factory=list)  # its names at `lowest`; empty where all are
    _all: list[Statement] | None = None

    @property
    def all(self) -> list[Statement]:
        """Both, each statement once."""
        if self._all is None:
            self._all = list({s.pk: s for s in (*self.said, *self.regarding)}.values())
        return self._all

    @property
    def name(self) -> str:
        """The fullest of its names; of two equally full ones the plainer, then the older."""
        if self.kind == "chain":
            return chain_label(self.members[0].name)
        return max(self.plain or self.members, key=lambda e: (len(e.folded), -len(e.name), -e.pk)).name

    @property
    def bare(self) -> Dossier:
        """The same thing with no more than those may know who may not read what is said of it."""
        return self if self.lowest >= self.level else replace(self, said=[], regarding=[], level=self.lowest, _all=None)

    def place(self) -> tuple[Place, bool]:
        """Where it lies, and whether that is only assumed from its name or from the documents that speak of it."""
        region = next((e.region_code for e in self.members if e.kind == "region" and e.region_code), "")
        if region:
            return place_of_code(region), False
        stated = []
        for s in self.said:
            if "typed" in s.payload:  # a person's word on the region holds by itself
                continue
            within = s.source.region_code if s.source else ""
            if s.payload.get("region_code"):
                stated.append(place_of_code(s.payload["region_code"]))
            elif s.property == "located_in":
                stated.append(place_of_name(s.object_name, within))
            elif s.kind == "project" and s.payload.get("place"):
                stated.append(place_of_name(s.payload["place"], within))
        place = finest(stated)
        if place:
            return place, False
        if self.kind in {"zone", "town"}:
            return place_of_name(self.name), False
        spoken = finest(place_of_code(s.source.region_code) for s in self.all if s.source and s.source.region_code)
        named = (
            place_of_enterprise(self.name, spoken.region_code) if self.kind in {"project", "enterprise"} else Place()
        )
        return (named or spoken), True

    def chains(self) -> list[str]:
        """Labels of the chains it is said to be on, the most often named first."""
        if self.kind == "chain":
            return [self.name]
        votes: Counter[str] = Counter()
        for s in self.said:
            if s.property in {"belongs_to", "leads"} and s.object_name:
                votes[chain_label(s.object_name)] += self.votes(s)
            elif s.kind == "project" and s.payload.get("chain"):
                votes[chain_label(s.payload["chain"])] += self.votes(s)
        return sorted(votes, key=lambda label: (-votes[label], label))

    def votes(self, statement: Statement) -> int:
        """Votes of a statement where statements are counted: a reprint has none, a person's word outweighs them all."""
        return 0 if self.origins.copied(statement) and not by_person(statement) else votes_of(statement)

    def count_voices(self, statements: Sequence[Statement] | None = None) -> int:
        """Number of independent voices; those who reprint are none."""
        return self.origins.count_voices(self.all if statements is None else statements)

    def last_said(self, statements: Sequence[Statement] | None = None) -> int:
        """Recency of the newest statement."""
        return max((recency(said_on(s)) for s in (self.all if statements is None else statements)), default=0)


def dossiers(canonicals: Iterable[int]) -> dict[int, Dossier]:
    """Dossiers of canonical entities. Statements come in the order of their ids, so that what is made of them is the same
    every time."""
    wanted = list(canonicals)
    entities = {e.pk: e for e in Entity.objects.filter(canonical__among=wanted).order_by("pk")}
    owner = {pk: entity.canonical_id or pk for pk, entity in entities.items()}
    found: dict[int, Dossier] = {}
    grouped: dict[int, list[Entity]] = defaultdict(list)
    for entity in entities.values():
        grouped[entity.canonical_id or entity.pk].append(entity)
    parts = [set(part) for part in batches(entities, 400)]
    said = [
        list(standing().filter(Q(subject__among=list(part)) | Q(object__among=list(part)), kind__in=KINDS))
        for part in parts
    ]
    origins = Origins.of_statements(s for rows in said for s in rows)
    for canonical, members in grouped.items():
        found[canonical] = Dossier(canonical, members[0].kind, members, origins)
    for part, rows in zip(parts, said, strict=True):
        for s in rows:
            if s.subject_id is not None and s.subject_id in part:
                found[owner[s.subject_id]].said.append(s)
            if s.object_id is not None and s.object_id in part:
                found[owner[s.object_id]].regarding.append(s)
    _leave_out_above(found)
    for dossier in found.values():
        dossier._all = None
        dossier.said.sort(key=lambda s: s.pk)
        dossier.regarding.sort(key=lambda s: s.pk)
    return found


def new_dossiers(
    entities: Iterable[Entity], said: Mapping[int, list[Statement]], regarding: Mapping[int, list[Statement]]
) -> dict[int, Dossier]:
    """Dossiers of entities made in this transaction: nothing is said of them but what is given, by people, and nothing looked up."""
    origins = Origins(())
    found = {
        entity.pk: Dossier(
            entity.pk,
            entity.kind,
            [entity],
            origins,
            sorted(said.get(entity.pk, ()), key=lambda s: s.pk),
            sorted(regarding.get(entity.pk, ()), key=lambda s: s.pk),
        )
        for entity in entities
    }
    _leave_out_above(found)
    return found


def level_of(statement: Statement) -> int:
    """How confidential a statement is: as its source; what a person wrote into a row, as that row was."""
    return statement.source.level if statement.source else int(statement.payload.get("level", 0))


def levels_given(entities: Collection[int]) -> dict[tuple[int, str], int]:
    """How confidential the names are that people gave to some things, by thing and name: as the least confidential of what
    they wrote under it. What was taken back counts too, for the name outlives it."""
    found: dict[tuple[int, str], int] = {}
    for part in batches(sorted(entities)):
        rows = Statement.objects.filter(Q(subject__among=part) | Q(object__among=part), source=None)
        for s in rows.only("subject", "subject_name", "object", "object_name", "payload", "source"):
            for bearer in ((s.subject_id, s.subject_name), (s.object_id, s.object_name)):
                if bearer[0] is not None:
                    key = (bearer[0], bearer[1])
                    found[key] = min(found.get(key, level_of(s)), level_of(s))
    return found


def _leave_out_above(found: dict[int, Dossier]) -> None:
    """Rows of lists are made of what is open to most: a confidential paper adds nothing to the row of a thing that open ones
    speak of. Whoever may read the paper finds what it says in the figures and on the page of the thing."""
    if not Source.objects.filter(level__gt=0).exists():
        return
    named: dict[int, int] = {}
    for part in batches((e.pk for dossier in found.values() for e in dossier.members), 400):
        rows = EntityName.objects.filter(entity__in=part, source__isnull=False)
        for entity, level in rows.values_list("entity", "source__level"):
            named[entity] = min(named.get(entity, level), level)
    for dossier in found.values():
        for statement in dossier.all:  # it names what it is of as openly as it is itself
            for end in (statement.subject_id, statement.object_id):
                if end is not None:
                    named[end] = min(named.get(end, level_of(statement)), level_of(statement))
        dossier.level = min(map(level_of, dossier.all), default=0)
        lowest = min((named.get(e.pk, 0) for e in dossier.members), default=0)
        dossier.lowest = min(lowest, dossier.level) if dossier.all else lowest
        dossier.plain = [e for e in dossier.members if named.get(e.pk, 0) <= dossier.lowest]
        if not dossier.all:
            dossier.level = dossier.lowest
        dossier._all = None
        dossier.above = [s for s in dossier.said if level_of(s) > dossier.level]
        dossier.said = [s for s in dossier.said if level_of(s) == dossier.level]
        dossier.regarding = [s for s in dossier.regarding if level_of(s) == dossier.level]
