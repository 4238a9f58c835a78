"""Profiles, projects, enterprises, chains and memberships of the things that changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Count, F

from liantu.ledger.inserting import insert
from liantu.ledger.models import ChainView, EnterpriseView, Entity, Membership, Profile, ProjectView
from liantu.ledger.refresh.dossiers import Dossier
from liantu.ledger.refresh.figures import profiles_of
from liantu.ledger.refresh.rows import chain_rows, enterprise_row, membership_rows, profile_row, project_row
from liantu.ledger.search.keeping import Listed, index_new_things, index_outlines, index_things, outlined
from liantu.ledger.standing import batches

PROFILE = ("kind", "name", "region_code", "city_code", "region_assumed", "chain_name", "level")


def refresh_profiles(found: dict[int, Dossier], touched: Iterable[int]) -> set[int]:
    """Profiles of the given things, made anew; those of entities that are no longer canonical go.

    Gives the canonical ids of the profiles that changed.
    """
    new = {canonical: profile_row(dossier) for canonical, dossier in found.items()}
    changed: set[int] = set()
    raised: set[int] = set()
    for part in batches(sorted({*touched, *new})):
        old = {row.pk: row for row in Profile.objects.filter(pk__among=part)}
        stale = [pk for pk in part if pk in old and pk not in new]
        if stale:
            Profile.objects.filter(pk__in=stale).delete()
            # What named the one now names the other.
            merged = Entity._base_manager.filter(pk__in=stale).exclude(canonical=F("pk"))
            raised.update(filter(None, merged.values_list("canonical", flat=True)))
        differing = [
            pk
            for pk in part
            if pk in new and (pk not in old or any(getattr(old[pk], c) != getattr(new[pk], c) for c in PROFILE))
        ]
        if replaced := [pk for pk in differing if pk in old]:
            Profile.objects.filter(pk__in=replaced).delete()
        insert(new[pk] for pk in differing)
        changed.update(differing)
        raised.update(pk for pk in differing if new[pk].level > (old[pk].level if pk in old else 0))
    if raised:
        from liantu.ledger.work.secrecy import raise_what_names  # late: records are kept by way of views made here

        raise_what_names("", things=raised)
    return changed


def refresh_things(found: dict[int, Dossier], touched: Iterable[int]) -> set[str]:
    """Rows of projects, enterprises, chains and memberships of the given things, made anew.

    Profiles must be up to date. Gives the labels of the chains whose members changed.
    """
    labels: set[str] = set()
    for part in batches(sorted({*touched, *found})):
        labels.update(Membership.objects.filter(entity__among=part).values_list("chain_name", flat=True))
        labels.update(ChainView.objects.filter(entity__among=part).values_list("name", flat=True))
        Membership.objects.filter(entity__among=part).delete()
        ChainView.objects.filter(entity__among=part).delete()
        ProjectView.objects.filter(pk__among=part).delete()
        EnterpriseView.objects.filter(pk__among=part).delete()
    others = {
        pk
        for dossier in found.values()
        for s in (*dossier.all, *dossier.above)
        for pk in (s.subject_id, s.object_id)
        if pk is not None
    }
    profiles = profiles_of({*others, *found})
    owners = {pk: (profile.entity_id, profile.name) for pk, profile in profiles.items()}
    listed, more = _store(found, profiles, owners)
    index_things(found, touched, listed, profiles)
    index_outlines(outlined(found))
    return labels | more


def add_things(found: dict[int, Dossier], owners: Mapping[int, tuple[int, str]]) -> set[str]:
    """Profiles, rows and search entries of things made in this transaction: none of theirs has to make room.

    Args:
        owners: canonical id and name of the owners of projects, by their ids.

    Gives the labels of the chains that they are on.
    """
    profiles = {canonical: profile_row(dossier) for canonical, dossier in found.items()}
    insert(profiles.values())
    listed, labels = _store(found, profiles, owners)
    index_new_things(found, listed, profiles)
    return labels


def _store(
    found: dict[int, Dossier], profiles: Mapping[int, Profile], owners: Mapping[int, tuple[int, str]]
) -> tuple[dict[int, Listed], set[str]]:
    """Write the rows of some things. Gives what search shows of those on lists, and the labels of the chains concerned."""
    projects: list[ProjectView] = []
    enterprises: list[EnterpriseView] = []
    chains: list[ChainView] = []
    members: list[Membership] = []
    for canonical, dossier in found.items():
        profile = profiles[canonical]
        if dossier.kind == "project" and (project := project_row(dossier, profile, owners)):
            projects.append(project)
            members += membership_rows(dossier, profile)
        elif dossier.kind == "enterprise" and (enterprise := enterprise_row(dossier, profile)):
            enterprises.append(enterprise)
            members += membership_rows(dossier, profile)
        elif dossier.kind == "chain":
            chains += chain_rows(dossier, profiles)
    insert(projects)
    insert(enterprises)
    insert(chains)
    insert(members)
    listed = {row.entity_id: Listed(row.recency, (row.owner, row.place)) for row in projects}
    listed |= {row.entity_id: Listed(row.recency) for row in enterprises}
    return listed, {row.chain_name for row in members} | {row.name for row in chains}


def count_members(labels: Iterable[str]) -> None:
    """Enterprises and projects of each chain at each holder: those that lie in the holder's region."""
    for part in batches(sorted(labels), 200):
        counts: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
        rows = (
            Membership.objects.filter(chain_name__in=part)
            .values_list("chain_name", "kind", "region_code", "city_code")
            .annotate(n=Count("pk"))
            .order_by()
        )
        for label, kind, region, city, n in rows:
            counts.setdefault((label, kind), []).append((region, city, n))
        views = list(ChainView.objects.filter(name__in=part))
        for view in views:
            view.n_enterprises = _inside(counts.get((view.name, "enterprise"), []), view)
            view.n_projects = _inside(counts.get((view.name, "project"), []), view)
        ChainView.objects.bulk_update(views, ["n_enterprises", "n_projects"], batch_size=300)


def _inside(rows: list[tuple[str, str, int]], view: ChainView) -> int:
    code = view.region_code
    if not code:
        return 0
    if code == view.city_code:
        return sum(n for _, city, n in rows if city == code)
    if not view.city_code:
        return sum(n for region, _, n in rows if region[:2] == code[:2])
    return sum(n for region, _, n in rows if region == code)


def canonical_of(entities: Iterable[int]) -> set[int]:
    """Canonical ids of the given entities."""
    found: set[int] = set()
    for part in batches(entities):
        found.update(
            c for c in Entity.objects.filter(pk__among=part).values_list("canonical", flat=True) if c is not None
        )
    return found
