"""How many figures, projects, enterprises, chains and facts there are at each place, for one state of the ledger.

Everything that the overview counts is added up from these few thousand groups, whatever region it is asked for and whoever
asks. They are counted along indexes that hold every column asked for (`figure_counted`, `project_counts`, `fact_city`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

from django.db.models import Count, Sum

from liantu.ledger.models import ChainView, EnterpriseView, Fact, FigureView, ProjectView
from liantu.ledger.rights import current_scope, unrestricted
from liantu.ledger.rights.filters import cell_test
from liantu.vocabulary import regions
from liantu.workbench.cached import per_tables
from liantu.workbench.filters import region_test


class Group(NamedTuple):
    """Rows of one place that are alike."""

    city: str
    region: str
    kind: str  # status of figures, stage of projects, state of facts
    chain: str
    level: int  # of confidentiality
    n: int
    money: float = 0.0  # of projects


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers at the top of the page, for one region or all."""

    figures: int
    targets: int
    projects: int
    investment: float
    enterprises: int
    chains: int
    facts: int
    agreed: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What one reader may see, in groups."""

    figures: Sequence[Group]  # without those that repeat others
    projects: Sequence[Group]
    enterprises: Sequence[Group]
    chains: Sequence[Group]
    facts: Sequence[Group]

    def totals(self, region: str) -> Totals:
        """The numbers of a region and all below it; of everything without one."""
        inside = region_test(region)
        figures = self._by_kind(self.figures, inside)
        facts = self._by_kind(self.facts, inside)
        projects = [group for group in self.projects if inside(group.city, group.region)]
        return Totals(
            figures=figures.total(),
            targets=figures["target"],
            projects=sum(group.n for group in projects),
            investment=sum(group.money for group in projects),
            enterprises=self._by_kind(self.enterprises, inside).total(),
            chains=len({group.chain for group in self.chains if inside(group.city, group.region)}),
            facts=facts.total(),
            agreed=facts["agreed"],
            conflicts=facts["conflict"],
        )

    @staticmethod
    def _by_kind(groups: Iterable[Group], inside: Callable[[str, str], bool]) -> Counter[str]:
        found: Counter[str] = Counter()
        for group in groups:
            if inside(group.city, group.region):
                found[group.kind] += group.n
        return found

    def stages(self, region: str) -> Counter[str]:
        """Projects of a region by stage."""
        return self._by_kind(self.projects, region_test(region))

    def chains_of_figures(self, region: str) -> Counter[str]:
        """Figures of a region by the chain they speak of; those that speak of none are left out."""
        inside = region_test(region)
        found: Counter[str] = Counter()
        for group in self.figures:
            if group.chain and inside(group.city, group.region):
                found[group.chain] += group.n
        return found

    def cities(self, measure: str) -> Counter[str]:
        """Rows of one measure (`figures`, `projects`, …) by prefecture; those without one are left out."""
        found: Counter[str] = Counter()
        for group in getattr(self, measure):
            if group.city:
                found[group.city] += group.n
        return found

    def counties(self, measure: str, city: str) -> Counter[str]:
        """Rows of one measure in a prefecture by the finest region known."""
        found: Counter[str] = Counter()
        for group in getattr(self, measure):
            if group.city == city:
                found[group.region] += group.n
        return found

    def base_region(self) -> str:
        """The province that most figures speak of; empty when none is known."""
        found: Counter[str] = Counter()
        for city, n in self.cities("figures").items():
            if (province := regions().province_of(city)) is not None:
                found[province.code] += n
        return max(found, key=lambda code: found[code]) if found else ""


_once = Lock()  # whoever comes while it is being counted waits for that count


def counted(at: int) -> Counted:
    """What the reader may see of the ledger's state `at`. All is counted once for all readers; nothing lags."""
    with _once, unrestricted():
        groups = [per_tables(f"overview:{name}", count, at, may_lag=False) for name, count in _GROUPS.items()]
    figures, projects, facts = map(_open_to_reader, groups)
    firms = EnterpriseView.objects.values_list("city_code", "region_code").order_by().annotate(n=Count("*"))
    chains = ChainView.objects.values_list("city_code", "region_code", "name").order_by().annotate(n=Count("*"))
    return Counted(
        figures,
        projects,
        tuple(Group(city, region, "", "", 0, n) for city, region, n in firms),
        tuple(Group(city, region, "", name, 0, n) for city, region, name, n in chains),
        facts,
    )


def _figures() -> list[Group]:
    # The index begins with `repeats`, so that no list of a region's figures is sorted out of it: hence no filter, but a column.
    alike = ("repeats", "city_code", "status", "chain_name", "region_code", "level")
    figures = FigureView._base_manager.order_by().values_list(*alike).annotate(n=Count("*"))
    return [
        Group(city, region, status, chain, level, n)
        for repeats, city, status, chain, region, level, n in figures
        if not repeats
    ]


def _projects() -> list[Group]:
    alike = ("city_code", "stage", "region_code", "chain_name", "level")
    projects = ProjectView._base_manager.order_by().values_list(*alike)
    return [
        Group(city, region, stage, chain, level, n, money or 0.0)
        for city, stage, region, chain, level, n, money in projects.annotate(n=Count("*"), money=Sum("investment"))
    ]


def _facts() -> list[Group]:
    alike = ("city_code", "state", "region_code", "chain_name", "level")
    facts = Fact._base_manager.order_by().values_list(*alike).annotate(n=Count("*"))
    return [Group(city, region, state, chain, level, n) for city, state, region, chain, level, n in facts]


_GROUPS: dict[str, Callable[[], list[Group]]] = {"figures": _figures, "projects": _projects, "facts": _facts}
"""Each counted along an index; whoever asks, all of them."""


def _open_to_reader(groups: Sequence[Group]) -> Sequence[Group]:
    scope = current_scope()
    if scope is None or scope.everything:
        return groups
    tests = [cell_test(cell) for cell in scope.cells]
    return [g for g in groups if any(test(g.city, g.region, g.chain, g.level) for test in tests)]
