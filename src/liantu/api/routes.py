"""The addresses under `/api/`: GET only, for whoever is logged in to the workbench."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from ninja.errors import AuthenticationError
from ninja.security import django_auth

from liantu import __version__
from liantu.api import queries, registry, searching, work
from liantu.api.asked import ERRORS, check, found
from liantu.api.filters import (
    CampaignFilters,
    ChainFilters,
    CheckFilters,
    DocumentFilters,
    EnterpriseFilters,
    FigureFilters,
    OverviewFilters,
    PhraseFilters,
    ProjectFilters,
    RateFilters,
    RegistryFilters,
    SearchFilters,
)
from liantu.api.history import project_history
from liantu.api.office_routes import router
from liantu.api.schemas import (
    ChainOut,
    CheckOut,
    DocumentOut,
    EnterpriseOut,
    FactOut,
    FigureOut,
    ListOut,
    OverviewOut,
    PhraseOut,
    ProjectHistoryOut,
    ProjectOut,
    RegistryLinkOut,
    SearchOut,
    StatementOut,
)
from liantu.api.work_schemas import CampaignOut, ProjectRecordsOut, RateOut

api = NinjaAPI(
    title="liantu",
    version=__version__,
    description="链图只读接口：数字、事实、项目、企业、产业链和文件，每条都带原句。/ Read-only: every row with its sentence.",
    # The bundled documentation pages load scripts from the internet; the schema is enough for any client.
    docs_url=None,
    urls_namespace="api",
    auth=django_auth,
)


@api.exception_handler(AuthenticationError)
def not_logged_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """401, not the way to the login page: a program cannot fill in a form."""
    return api.create_response(
        request,
        {"detail": "请先登录工作台，并带上会话 Cookie / log in to the workbench and send its session cookie"},
        status=401,
    )


@api.exception_handler(queries.UnknownSortError)
def unknown_sort(request: HttpRequest, error: queries.UnknownSortError) -> HttpResponse:
    """422 with the orders there are."""
    return api.create_response(request, {"detail": str(error)}, status=422)


@api.get("/overview", response={200: OverviewOut, **ERRORS}, operation_id="overview", tags=["overview"])
def overview(request: HttpRequest, filters: Query[OverviewFilters]) -> OverviewOut:
    """Counts of what was read, of one region or all."""
    check(request, filters)
    return queries.overview(filters.region)


@api.get("/figures", response={200: ListOut[FigureOut], **ERRORS}, operation_id="figures", tags=["figures"])
def figures(request: HttpRequest, filters: Query[FigureFilters]) -> ListOut[FigureOut]:
    """Figures, each with the sentence that says it."""
    check(request, filters)
    return queries.figures(filters)


@api.get("/facts/{pk}", response={200: FactOut, **ERRORS}, operation_id="fact", tags=["figures"])
def fact(request: HttpRequest, pk: str) -> FactOut:
    """All that the sources say of one subject, indicator, period, kind and status."""
    return found(queries.fact(pk), pk)


@api.get("/statements/{pk}", response={200: StatementOut, **ERRORS}, operation_id="statement", tags=["figures"])
def statement(request: HttpRequest, pk: str) -> StatementOut:
    """One statement and its evidence."""
    return found(queries.statement(pk), pk)


@api.get("/projects", response={200: ListOut[ProjectOut], **ERRORS}, operation_id="projects", tags=["projects"])
def projects(request: HttpRequest, filters: Query[ProjectFilters]) -> ListOut[ProjectOut]:
    """Projects, each with its newest statement."""
    check(request, filters)
    return queries.projects(filters)


@api.get("/projects/{entity}", response={200: ProjectHistoryOut, **ERRORS}, operation_id="project", tags=["projects"])
def project(request: HttpRequest, entity: int) -> ProjectHistoryOut:
    """One project: where it stands, and every stage that is said of it with its sentence."""
    return found(project_history(entity), str(entity))


@api.get(
    "/projects/{entity}/records",
    response={200: ProjectRecordsOut, **ERRORS},
    operation_id="project_records",
    tags=["projects"],
)
def project_records(request: HttpRequest, entity: int) -> ProjectRecordsOut:
    """What officials keep of one project: stages entered, plans, months, problems, factors, permits, people; and every change."""
    return found(work.project_records(entity), str(entity))


@api.get("/campaigns", response={200: ListOut[CampaignOut], **ERRORS}, operation_id="campaigns", tags=["projects"])
def campaigns(request: HttpRequest, filters: Query[CampaignFilters]) -> ListOut[CampaignOut]:
    """Three-batch campaigns, each batch followed to full output."""
    check(request, filters)
    return work.campaigns(filters)


@api.get("/rates", response={200: list[RateOut], **ERRORS}, operation_id="rates", tags=["projects"])
def rates(request: HttpRequest, filters: Query[RateFilters]) -> list[RateOut]:
    """The rates of the projects chosen, each with numerator, denominator and its definition."""
    check(request, filters)
    return work.rates(filters)


@api.get(
    "/enterprises", response={200: ListOut[EnterpriseOut], **ERRORS}, operation_id="enterprises", tags=["enterprises"]
)
def enterprises(request: HttpRequest, filters: Query[EnterpriseFilters]) -> ListOut[EnterpriseOut]:
    """Enterprises, each with its newest statement."""
    check(request, filters)
    return queries.enterprises(filters)


@api.get(
    "/registry-links",
    response={200: ListOut[RegistryLinkOut], **ERRORS},
    operation_id="registry_links",
    tags=["enterprises"],
)
def registry_links(request: HttpRequest, filters: Query[RegistryFilters]) -> ListOut[RegistryLinkOut]:
    """Enterprises and the firm of the loaded registry that each is: linked by itself or by a person, for review, or none."""
    check(request, filters)
    return registry.registry_links(filters)


@api.get("/chains", response={200: ListOut[ChainOut], **ERRORS}, operation_id="chains", tags=["chains"])
def chains(request: HttpRequest, filters: Query[ChainFilters]) -> ListOut[ChainOut]:
    """Chains and who holds them."""
    check(request, filters)
    return queries.chains(filters)


@api.get("/phrases", response={200: ListOut[PhraseOut], **ERRORS}, operation_id="phrases", tags=["phrases"])
def phrases(request: HttpRequest, filters: Query[PhraseFilters]) -> ListOut[PhraseOut]:
    """Coded phrases, each with its members and those that are missing."""
    check(request, filters)
    return queries.phrases(filters)


@api.get("/checks", response={200: ListOut[CheckOut], **ERRORS}, operation_id="checks", tags=["documents"])
def checks(request: HttpRequest, filters: Query[CheckFilters]) -> ListOut[CheckOut]:
    """Comparisons between figures of one document."""
    check(request, filters)
    return queries.checks(filters)


@api.get("/documents", response={200: ListOut[DocumentOut], **ERRORS}, operation_id="documents", tags=["documents"])
def documents(request: HttpRequest, filters: Query[DocumentFilters]) -> ListOut[DocumentOut]:
    """Documents and what was read from each."""
    check(request, filters)
    return queries.documents(filters)


@api.get("/search", response={200: SearchOut, **ERRORS}, operation_id="search", tags=["search"])
def search(request: HttpRequest, filters: Query[SearchFilters]) -> SearchOut:
    """Names, other names, sentences and documents that hold some words, by kind, best first."""
    check(request, filters)
    return searching.search(filters)


api.add_router("", router)
