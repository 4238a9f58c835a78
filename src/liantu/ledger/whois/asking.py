"""What is asked of the registry about each enterprise, and how much it matters."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from django.db.models import Max

from liantu.ledger.attention import importance
from liantu.ledger.models import EnterpriseView, EntityName, FigureView, RegistryLink
from liantu.ledger.models.registry_links import STANDING
from liantu.ledger.standing import batches
from liantu.ledger.whois.codes import codes_of
from liantu.registry.who import Asked

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Question:
    """One enterprise: what is asked of it, what people said of it, and how much it matters who it is."""

    entity: int
    asked: Asked
    links: tuple[RegistryLink, ...]  # all that stand of it, under all its names
    taken_back: frozenset[str]
    weight: float

    @property
    def refused(self) -> frozenset[str]:
        """Firms that a person said it is not."""
        return frozenset(link.firm for link in self.links if link.how == "rejected")

    @property
    def standing(self) -> list[RegistryLink]:
        """The links that say who it is: one, or several where names were merged since."""
        return [link for link in self.links if link.how in STANDING]

    @property
    def digest(self) -> str:
        """Of all that the answer depends on but the registry."""
        a = self.asked
        said = sorted((link.pk, link.version) for link in self.links)
        told = [a.name, sorted(a.aliases), sorted(a.codes), a.region, said, sorted(self.taken_back)]
        return blake2b(json.dumps(told, ensure_ascii=False).encode(), digest_size=16).hexdigest()


def questions(entities: Collection[int] | None = None) -> Iterator[list[Question]]:
    """The questions of some enterprises (canonical ids), or of all, so many at once."""
    rows = EnterpriseView.objects.order_by("pk")
    ids = sorted(entities) if entities is not None else list(rows.values_list("pk", flat=True))
    for part in batches(ids, AT_ONCE):
        yield _questions(list(rows.filter(pk__in=part)))


def _questions(views: list[EnterpriseView]) -> list[Question]:
    ids = [view.pk for view in views]
    forms: dict[int, list[str]] = defaultdict(list)
    named = EntityName.objects.filter(entity__canonical__in=ids).order_by("name")
    for canonical, name in named.values_list("entity__canonical", "name").distinct():
        if canonical is not None:
            forms[canonical].append(name)
    codes = codes_of(ids)
    links: dict[int, list[RegistryLink]] = defaultdict(list)
    gone: dict[int, set[str]] = defaultdict(set)
    for link in RegistryLink.objects.filter(entity__canonical__in=ids).select_related("entity").order_by("pk"):
        whole = link.entity.canonical_id or link.entity_id
        if link.removed_at is None:
            links[whole].append(link)
        elif link.how in STANDING:
            gone[whole].add(link.firm)
    largest = (
        FigureView.objects.filter(subject__in=ids, unit="元", figure_kind="level", repeats=False)
        .order_by()
        .values_list("subject")
        .annotate(most=Max("value"))
    )
    money = dict(largest)
    return [
        Question(
            view.pk,
            Asked(
                view.name,
                tuple(form for form in forms[view.pk] if form != view.name),
                codes.get(view.pk, ()),
                "" if view.region_assumed else view.region_code or view.city_code,
            ),
            tuple(links[view.pk]),
            frozenset(gone[view.pk] - {link.firm for link in links[view.pk]}),
            (1 + view.n_statements) * importance(money.get(view.pk), "元", "level", "")[0],
        )
        for view in views
    ]
