"""The answers themselves, for the REST face and for the tools of `liantu.mcp`: one door, one meaning of every filter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from django.db.models import Count, Model, Q, QuerySet

from liantu.api.evidence import evidence_of, newest_of, newest_of_chains
from liantu.api.filters import (
    ChainFilters,
    CheckFilters,
    DocumentFilters,
    EnterpriseFilters,
    FigureFilters,
    Page,
    PhraseFilters,
    ProjectFilters,
    as_params,
)
from liantu.api.schemas import (
    ChainOut,
    CheckOut,
    CopyOut,
    DocumentOut,
    EnterpriseOut,
    FactOut,
    FigureOut,
    ListOut,
    MemberOut,
    OverviewOut,
    PhraseOut,
    ProjectOut,
    StatementOut,
)
from liantu.ledger.models import (
    ChainView,
    Check,
    Copy,
    EnterpriseView,
    Fact,
    FigureView,
    PhraseView,
    ProjectView,
    Source,
    Statement,
)
from liantu.workbench.cached import COUNT_LIMIT, count_of, revision
from liantu.workbench.counted import counted
from liantu.workbench.filters import chains_q, documents_q, enterprises_q, figures_q, phrases_q, projects_q
from liantu.workbench.listing import ordering
from liantu.workbench.views import documents as document_pages
from liantu.workbench.views import enterprises as enterprise_pages
from liantu.workbench.views import figures as figure_pages
from liantu.workbench.views import phrases as phrase_pages
from liantu.workbench.views import projects as project_pages
from liantu.workbench.views import whois as registry_pages

M = TypeVar("M", bound=Model)
T = TypeVar("T")

SORTS: dict[str, Mapping[str, str]] = {
    "figures": figure_pages.SORTS,
    "projects": project_pages.SORTS,
    "enterprises": enterprise_pages.SORTS,
    "documents": document_pages.SORTS,
    "phrases": phrase_pages.SORTS,
    "registry_links": registry_pages.SORTS,
    "checks": {"weight": "weight"},
    "chains": {"name": "name", "sources": "n_sources", "enterprises": "n_enterprises", "projects": "n_projects"},
}
"""Sort keys of each list and the columns they stand for: those of the pages."""


class UnknownSortError(ValueError):
    """A list is asked for in an order that it does not have."""

    def __init__(self, sort: str, known: Mapping[str, str]) -> None:
        keys = "、".join(known)
        super().__init__(f"不能按“{sort}”排序；可用：{keys} / cannot sort by {sort!r}; there are: {', '.join(known)}")


def figures(filters: FigureFilters) -> ListOut[FigureOut]:
    """Figures, newest document first."""
    rows = FigureView.objects.select_related("statement__source", "fact")
    where = figures_q(as_params(filters))
    return page_of("figures", rows, where, filters, "-recency", "statement", lambda batch: [_figure(r) for r in batch])


def fact(pk: str) -> FactOut | None:
    """One fact with all figures said of it, newest first; None when there is none."""
    found = Fact.objects.filter(pk=pk).first()
    if found is None:
        return None
    rows = FigureView.objects.filter(fact_id=pk).select_related("statement__source", "fact")
    said = [_figure(row) for row in rows.order_by("-recency", "statement")]
    return FactOut(**columns_of(FactOut, found, without={"subject", "figures"}), subject=found.subject_id, figures=said)


def statement(pk: str) -> StatementOut | None:
    """One statement with its evidence; None when there is none."""
    found = Statement.objects.select_related("source").filter(pk=pk).first()
    if found is None:
        return None
    view = FigureView.objects.select_related("fact").filter(pk=pk).first()
    columns = columns_of(StatementOut, found, without={"fact", "n_sources", "evidence"})
    return StatementOut(
        **columns,
        fact=view.fact_id if view is not None else "",
        n_sources=view.fact.n_sources if view is not None else 0,
        evidence=evidence_of(found),
    )


def projects(filters: ProjectFilters) -> ListOut[ProjectOut]:
    """Projects, newest first."""

    where = projects_q(as_params(filters))
    return page_of("projects", ProjectView.objects.all(), where, filters, "-recency", "entity", project_rows)


def project_rows(batch: Sequence[ProjectView]) -> list[ProjectOut]:
    """Projects with their newest statement, in a fixed number of queries."""
    said = newest_of([row.pk for row in batch], "project")
    return [
        ProjectOut(
            **columns_of(ProjectOut, row, without={"entity", "conflict", "evidence"}),
            entity=row.pk,
            conflict=[column for column in row.conflict.split(",") if column],
            evidence=said.get(row.pk),
        )
        for row in batch
    ]


def enterprises(filters: EnterpriseFilters) -> ListOut[EnterpriseOut]:
    """Enterprises, newest first."""

    def made(batch: list[EnterpriseView]) -> list[EnterpriseOut]:
        said = newest_of([row.pk for row in batch], "enterprise")
        return [
            EnterpriseOut(
                **columns_of(EnterpriseOut, row, without={"entity", "chains", "evidence"}),
                entity=row.pk,
                chains=row.chain_names,
                evidence=said.get(row.pk),
            )
            for row in batch
        ]

    where = enterprises_q(as_params(filters))
    return page_of("enterprises", EnterpriseView.objects.all(), where, filters, "-recency", "entity", made)


def chains(filters: ChainFilters) -> ListOut[ChainOut]:
    """Chains by name, one row a chain and holder."""

    def made(batch: list[ChainView]) -> list[ChainOut]:
        said = newest_of_chains(batch)
        return [
            ChainOut(
                **columns_of(ChainOut, row, without={"entity", "holder", "evidence"}),
                entity=row.entity_id,
                holder=row.holder_id,
                evidence=said.get(row.pk),
            )
            for row in batch
        ]

    where = chains_q(as_params(filters))
    return page_of("chains", ChainView.objects.all(), where, filters, "name", "id", made)


def phrases(filters: PhraseFilters) -> ListOut[PhraseOut]:
    """Coded phrases, newest first."""

    def members(said: list[tuple[str, list[str]]]) -> list[MemberOut]:
        return [MemberOut(name=name, statements=ids) for name, ids in said]

    def made(batch: list[PhraseView]) -> list[PhraseOut]:
        best = phrase_pages.best_statements(batch)
        return [
            PhraseOut(
                **columns_of(PhraseOut, row, without={"members", "others", "evidence"}),
                members=members(row.members),
                others=members(row.others),
                evidence=evidence_of(best[row.pk]) if row.pk in best else None,
            )
            for row in batch
        ]

    where = phrases_q(as_params(filters))
    return page_of("phrases", PhraseView.objects.all(), where, filters, "-recency", "id", made)


def checks(filters: CheckFilters) -> ListOut[CheckOut]:
    """Comparisons inside documents that stand, those that ask most for a person's eye first."""

    def made(batch: list[Check]) -> list[CheckOut]:
        return [CheckOut(**columns_of(CheckOut, row, without={"source"}), source=row.source_id) for row in batch]

    where = Q(source__state=Source.State.READY)
    if filters.source is not None:
        where &= Q(source=filters.source)
    if filters.verdict:
        where &= Q(verdict=filters.verdict)
    if filters.open:
        where &= Q(weight__gt=0)
    return page_of("checks", Check.objects.all(), where, filters, "-weight", "id", made)


def documents(filters: DocumentFilters) -> ListOut[DocumentOut]:
    """Documents, last read first."""

    def made(batch: list[Source]) -> list[DocumentOut]:
        copies: dict[int, list[CopyOut]] = {row.pk: [] for row in batch}
        for copy in Copy.objects.filter(source__in=batch).order_by("pk"):
            copies[copy.source_id].append(CopyOut(original=copy.original_id, kind=copy.kind, share=copy.share))
        return [DocumentOut(**columns_of(DocumentOut, row, without={"copies"}), copies=copies[row.pk]) for row in batch]

    where = documents_q(as_params(filters))
    return page_of("documents", Source.objects.all(), where, filters, "-read", "-id", made)


def overview(region: str = "") -> OverviewOut:
    """The counts at the top of the overview page."""
    sources = dict(Source.objects.order_by().values_list("state").annotate(n=Count("pk")))
    return OverviewOut(
        region=region,
        documents=sources.get("ready", 0),
        failed_documents=sources.get("failed", 0),
        **asdict(counted(revision()).totals(region)),
    )


def _figure(row: FigureView) -> FigureOut:
    columns = columns_of(FigureOut, row, without={"statement", "fact", "subject", "state", "origin", "evidence"})
    return FigureOut(
        **columns,
        statement=row.pk,
        fact=row.fact_id,
        subject=row.subject_id,
        state=row.fact.state,
        origin=row.origin_id,
        evidence=evidence_of(row.statement),
    )


def columns_of(schema: type[Any], row: Model, without: set[str] | None = None) -> dict[str, Any]:
    """The columns of `row` that `schema` names, as they are."""
    return {name: getattr(row, name) for name in schema.model_fields if name not in (without or set())}


def page_of(
    name: str,
    rows: QuerySet[M],
    where: Q,
    asked: Page,
    default: str,
    last: str,
    made: Callable[[list[M]], list[T]],
    sorts: Mapping[str, str] | None = None,
) -> ListOut[T]:
    """One page of `rows`; `made` turns its rows into what is answered, in a fixed number of queries.

    `sorts` are the orders there are, where they are not those of SORTS under the same name.

    Raises:
        UnknownSortError: the order asked for is none of the list's.
    """
    known = sorts if sorts is not None else SORTS[name]
    if asked.sort and asked.sort.removeprefix("-") not in known:
        raise UnknownSortError(asked.sort, known)
    total = count_of(rows.model._default_manager.filter(where), f"api:{name}:{where!r}")
    _sort, order = ordering(asked.sort, known, default, last)
    start = (asked.page - 1) * asked.per_page
    window = list(rows.filter(where).order_by(*order)[start : start + asked.per_page + 1])
    return ListOut(
        count=min(total, COUNT_LIMIT),
        more_than_counted=total > COUNT_LIMIT,
        page=asked.page,
        per_page=asked.per_page,
        has_next=len(window) > asked.per_page,
        items=made(window[: asked.per_page]),
    )
