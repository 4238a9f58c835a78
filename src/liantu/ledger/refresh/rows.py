"""Rows of the views over one thing, made from its dossier."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from liantu.ledger.ids import row_id
from liantu.ledger.inserting import made
from liantu.ledger.models import ChainView, EnterpriseView, Membership, Profile, ProjectView, Statement
from liantu.ledger.places import place_of_code
from liantu.ledger.refresh.dossiers import Dossier, level_of
from liantu.ledger.refresh.typed import is_withdrawn, typed_columns, word_on
from liantu.ledger.standing import recency, said_on
from liantu.vocabulary.roles import enterprise_roles
from liantu.vocabulary.stages import stages

STAGE_ORDER = {stage.value: stage.order for stage in stages().values()}
ROLES = tuple(dict.fromkeys(role.reader_role for role in enterprise_roles().values() if role.reader_role))
CHAIN_ROLES = ("strong", "growing", "planned")
SAME_MONEY = 0.01  # investments nearer than this are one figure, rounded differently


def profile_row(dossier: Dossier) -> Profile:
    """How to call a thing, where it lies, which chain it is of."""
    dossier = dossier.bare
    if (word := word_on(dossier, "region")) is not None:
        place, assumed = place_of_code(word.payload.get("region_code", "")), False
    else:
        place, assumed = dossier.place()
    named = word_on(dossier, "name")
    return made(
        Profile,
        entity_id=dossier.canonical,
        kind=dossier.kind,
        name=named.payload["name"] if named is not None else dossier.name,
        region_code=place.region_code,
        city_code=place.city_code,
        region_assumed=bool(place) and assumed,
        chain_name=next(iter(chains_of(dossier)), "")[:64],
        level=dossier.level,
    )


def chains_of(dossier: Dossier) -> list[str]:
    """Labels of the chains that a thing is on: those that a person wrote, else those that files name."""
    word = word_on(dossier, "chain")
    return list(word.payload.get("chains", ())) if word is not None else dossier.chains()


def newest(statements: list[Statement]) -> Statement | None:
    """The statement published last; of one day the one with the larger value, then id."""
    return max(statements, key=lambda s: (recency(said_on(s)), s.value or 0.0, s.pk), default=None)


def project_row(dossier: Dossier, profile: Profile, owners: Mapping[int, tuple[int, str]]) -> ProjectView | None:
    """One project; `owners` gives canonical id and name of each entity. None when nothing is said of it."""
    said = [s for s in dossier.said if s.kind == "project"]
    if not said or is_withdrawn(dossier):
        return None
    read = [s for s in said if not typed_columns(s)]
    staged = [s for s in read if s.text_value in STAGE_ORDER]
    last = max(staged, key=lambda s: (recency(said_on(s)), STAGE_ORDER[s.text_value]), default=None)
    last = word_on(dossier, "stage", staged) or last
    stage = last.text_value if last else ""
    priced = [s for s in read if s.value is not None]
    settled = word_on(dossier, "investment", priced)
    price = settled or newest(priced)
    owner_id, owner_name = _owner(dossier, owners)
    places: Counter[str] = Counter()
    for s in read:
        if s.payload.get("place"):
            places[s.payload["place"]] += dossier.votes(s)
    for s in dossier.said:
        if s.property == "located_in":
            places[s.object_name] += dossier.votes(s)
    place = min(places, key=lambda p: (-places[p], -len(p), p))[:255] if places else ""
    if (word := word_on(dossier, "place")) is not None:
        place = word.payload.get("place", "")[:255]
    return made(
        ProjectView,
        entity_id=dossier.canonical,
        name=profile.name,
        stage=stage,
        stage_order=STAGE_ORDER.get(stage, 0),
        region_code=profile.region_code,
        city_code=profile.city_code,
        region_assumed=profile.region_assumed,
        place=place,
        owner=owner_name,
        owner_entity_id=owner_id,
        chain_name=profile.chain_name,
        investment=price.value if price else None,
        n_statements=len(dossier.all),
        n_sources=dossier.count_voices(),
        conflict="investment" if settled is None and _money_differs(dossier, priced) else "",
        recency=dossier.last_said(),
        level=dossier.level,
    )


def _owner(dossier: Dossier, owners: Mapping[int, tuple[int, str]]) -> tuple[int | None, str]:
    if (word := word_on(dossier, "owner")) is not None:
        known = owners.get(word.object_id) if word.object_id is not None else None
        return known[0] if known else None, word.object_name
    votes: Counter[tuple[int, str]] = Counter()
    for s in dossier.said:
        if typed_columns(s):
            continue
        if s.kind == "project" and s.object_id is not None and s.object_id in owners:
            votes[owners[s.object_id]] += dossier.votes(s)
    for s in dossier.regarding:
        if s.property == "owns" and s.subject_id is not None and s.subject_id in owners:
            votes[owners[s.subject_id]] += dossier.votes(s)
    if not votes:
        return None, ""
    return min(votes, key=lambda pair: (-votes[pair], pair))


def _money_differs(dossier: Dossier, priced: list[Statement]) -> bool:
    """Whether independent voices, each by its newest word, give different investments."""
    by_voice: dict[str, list[Statement]] = defaultdict(list)
    for s in priced:
        by_voice[dossier.origins.voice(s)].append(s)
    values = [last.value or 0.0 for last in map(newest, by_voice.values()) if last]
    return len(values) > 1 and max(values) - min(values) > SAME_MONEY * max(values)


def enterprise_row(dossier: Dossier, profile: Profile) -> EnterpriseView | None:
    """One enterprise; None when nothing is said of it."""
    if not dossier.all or is_withdrawn(dossier):
        return None
    chains = chains_of(dossier)
    return made(
        EnterpriseView,
        entity_id=dossier.canonical,
        name=profile.name,
        role=enterprise_role(dossier),
        region_code=profile.region_code,
        city_code=profile.city_code,
        region_assumed=profile.region_assumed,
        chains=f"|{'|'.join(chains)}|" if chains else "",
        n_statements=len(dossier.all),
        n_sources=dossier.count_voices(),
        recency=dossier.last_said(),
        level=dossier.level,
    )


def enterprise_role(dossier: Dossier) -> str:
    """The highest role an enterprise is said to have; one that leads a chain is leading."""
    if (word := word_on(dossier, "role")) is not None:
        return word.text_value
    said = {s.text_value for s in dossier.said if s.kind == "enterprise" and not typed_columns(s)}
    if any(s.property == "leads" for s in dossier.said):
        said.add("leading")
    return next((role for role in ROLES if role in said), "")


def membership_rows(dossier: Dossier, profile: Profile) -> Iterator[Membership]:
    """The chains that an enterprise or project is on."""
    for label in chains_of(dossier):
        yield made(
            Membership,
            id=row_id(label, dossier.canonical),
            chain_name=label[:64],
            entity_id=dossier.canonical,
            kind=dossier.kind,
            role=enterprise_role(dossier) if dossier.kind == "enterprise" else "",
            region_code=profile.region_code,
            city_code=profile.city_code,
            level=dossier.level,
        )


def chain_rows(dossier: Dossier, holders: Mapping[int, Profile]) -> Iterator[ChainView]:
    """One chain at each of its holders; `holders` gives the profile of each entity that holds it."""
    by_holder: dict[int, list[Statement]] = defaultdict(list)
    for s in (*dossier.said, *dossier.above):
        if s.kind == "chain" and s.object_id is not None and s.object_id in holders:
            by_holder[holders[s.object_id].entity_id].append(s)
    profiles = {profile.entity_id: profile for profile in holders.values()}
    for holder, said in by_holder.items():
        profile = profiles[holder]
        level = min(map(level_of, said))
        said = [s for s in said if level_of(s) == level]
        ranked = [s for s in said if s.text_value in CHAIN_ROLES]
        role = max(ranked, key=lambda s: (recency(said_on(s)), -CHAIN_ROLES.index(s.text_value)), default=None)
        yield ChainView(
            id=row_id(dossier.canonical, holder),
            entity_id=dossier.canonical,
            name=dossier.name[:64],
            holder_id=holder,
            holder_name=profile.name,
            region_code=profile.region_code,
            city_code=profile.city_code,
            role=role.text_value if role else "",
            n_statements=len(said),
            n_sources=dossier.count_voices(said),
            recency=dossier.last_said(said),
            level=level,
        )
