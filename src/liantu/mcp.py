"""Tools for assistants: figures and their evidence, projects, tasks, targets, alerts; over standard input and output.

The same answers as the REST face (`liantu.api.queries`), read-only. Whoever starts it on this machine may read the ledger as
they may read its file, unless it is started for an account: then its grants bind every answer. Import it only when Django is ready (`liantu.server.space.open_space`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Annotated, Any, Literal, ParamSpec, TypeVar

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import close_old_connections
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import BaseModel, Field, ValidationError

from liantu import __version__
from liantu.api import office, outcomes, queries, searching
from liantu.api.filters import FigureFilters, Page, ProjectFilters, SearchFilters
from liantu.api.office_filters import AlertFilters, TargetFilters, TaskFilters
from liantu.api.office_schemas import AlertOut, TargetOut, WorkOut
from liantu.api.schemas import FigureOut, ListOut, ProjectOut, SearchOut, StatementOut
from liantu.ledger.models import SourceText, Statement
from liantu.ledger.rights import as_viewer
from liantu.vocabulary import regions

P = ParamSpec("P")
T = TypeVar("T")
F = TypeVar("F", bound=Page | SearchFilters)

CONTEXT = 200
"""Characters of the document shown before and after the sentence."""
RegionWord = Annotated[str, Field(description="地区名称或代码，如 晋中市、140700 / name or code of a region")]
Words = Annotated[str, Field(description="关键词，空格分开，须全部出现 / words, all of which must occur")]
ChainWord = Annotated[str, Field(description="产业链名称，如 光伏 / name of a chain")]
PageNumber = Annotated[int, Field(ge=1, description="第几页 / page")]
PerPage = Annotated[int, Field(ge=1, le=100, description="每页几条 / rows a page")]


class Opened(BaseModel):
    """A statement with its sentence, the words around it, and whatever else is said of the same thing."""

    said: StatementOut
    before: str = Field(description="the document before the sentence")
    after: str = Field(description="the document behind it")
    others: list[FigureOut] = Field(description="what all sources say of the same fact, this statement left out")


_asking: list[str] = []
"""The account whose rights bind the answers, by name; empty: whoever may read the ledger's file may read all."""
server = MCPServer(
    "liantu",
    title="链图",
    version=__version__,
    instructions=(
        "地方产业链台账：每个数字都有原句和来源。引用数字时请连同原句、发布者和日期一起给出；各源说法不一（state=conflict）时请都列出。"
        " / A ledger of figures, each with its sentence and source. Quote a figure with its sentence, publisher and date; "
        "where sources differ (state=conflict), give them all."
    ),
)


def _tool(function: Callable[P, T]) -> Callable[P, T]:
    """Registers a tool that only reads. Each call runs in a thread of its own: its database connection must not linger."""

    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        close_old_connections()
        try:
            with _answering():
                return function(*args, **kwargs)
        finally:
            close_old_connections()

    hints = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    server.tool(annotations=hints)(call)
    return call


@_tool
def search_figures(
    words: Words = "",
    region: RegionWord = "",
    chain: ChainWord = "",
    status: Literal["", "actual", "target", "plan"] = "",
    state: Literal["", "single", "agreed", "conflict"] = "",
    year: Annotated[int | None, Field(description="数字所属年份 / a year the figure's period touches")] = None,
    page: PageNumber = 1,
    per_page: PerPage = 20,
) -> ListOut[FigureOut]:
    """查找数字，每个带原句与来源 / Find figures, each with the sentence that says it and its source."""
    asked = _asked(
        FigureFilters, q=words, region=_region(region), chain=chain, status=status, state=state, year=year,
        page=page, per_page=per_page,
    )  # fmt: skip
    return queries.figures(asked)


@_tool
def open_evidence(
    statement: Annotated[
        str, Field(description="陈述编号（search_figures 给出）/ id of a statement, as the other tools give it")
    ],
) -> Opened:
    """打开一条陈述：原句、上下文、来源，以及各源对同一事实的说法 / Open a statement: sentence, context, source, and what others say."""
    found = queries.statement(statement)
    if found is None:
        raise ToolError(f"没有编号为 {statement} 的陈述 / no statement has the id {statement}")
    before, after = _around(statement)
    same = queries.fact(found.fact) if found.fact else None
    others = [figure for figure in same.figures if figure.statement != statement] if same is not None else []
    return Opened(said=found, before=before, after=after, others=others)


@_tool
def list_projects(
    words: Words = "",
    region: RegionWord = "",
    chain: ChainWord = "",
    stage: Annotated[str, Field(description="signed, started, building, in_production, at_capacity …")] = "",
    least: Annotated[float | None, Field(description="总投资下限，亿元 / least investment")] = None,
    most: Annotated[float | None, Field(description="总投资上限，亿元 / most investment")] = None,
    page: PageNumber = 1,
    per_page: PerPage = 20,
) -> ListOut[ProjectOut]:
    """列出项目，每个带最新的原句 / List projects, each with the newest sentence about it."""
    asked = _asked(
        ProjectFilters, q=words, region=_region(region), chain=chain, stage=stage, least=least, most=most,
        page=page, per_page=per_page,
    )  # fmt: skip
    return queries.projects(asked)


@_tool
def search(
    words: Annotated[
        str, Field(min_length=1, description="要找的词，一个字也行；空格分开须全部出现 / words, all to be found")
    ],
    kind: Annotated[
        str,
        Field(description="只要一类：enterprise, project, chain, segment, zone, town, person, sentence, document …"),
    ] = "",
    region: RegionWord = "",
    page: PageNumber = 1,
    per_page: PerPage = 10,
) -> SearchOut:
    """检索名称、别名、句子和文件 / Search names, other names, sentences and documents."""
    asked = _asked(SearchFilters, q=words, kind=kind, region=_region(region), page=page, per_page=per_page)
    return searching.search(asked)


@_tool
def list_tasks(
    words: Words = "",
    region: RegionWord = "",
    chain: ChainWord = "",
    late: Annotated[bool, Field(description="只要逾期的 / only what is past its day")] = False,
    state: Annotated[str, Field(description="unfinished: 未办结的 / a state, or `unfinished`")] = "unfinished",
    page: PageNumber = 1,
    per_page: PerPage = 20,
) -> ListOut[WorkOut]:
    """列出任务：谁、哪天前、依据哪句话 / List tasks: who, by which day, resting on which sentence."""
    asked = _asked(
        TaskFilters, q=words, region=_region(region), chain=chain, late=late, state=state, page=page, per_page=per_page
    )
    return office.work("tasks", asked)


@_tool
def list_targets(
    words: Words = "",
    region: RegionWord = "",
    chain: ChainWord = "",
    state: Literal["", "reached", "on_course", "behind", "late", "no_data"] = "",
    year: Annotated[int | None, Field(description="到期的年份 / the year that it is due in")] = None,
    page: PageNumber = 1,
    per_page: PerPage = 20,
) -> ListOut[TargetOut]:
    """列出目标：目标值、完成数、时间已过多少、进展，各带原句 / List targets with actuals and where they stand."""
    asked = _asked(
        TargetFilters,
        q=words,
        region=_region(region),
        chain=chain,
        state=state,
        year=year,
        page=page,
        per_page=per_page,
    )
    return outcomes.targets(asked)


@_tool
def list_alerts(
    words: Words = "",
    region: RegionWord = "",
    chain: ChainWord = "",
    level: Literal["", "blue", "yellow", "red"] = "",
    page: PageNumber = 1,
    per_page: PerPage = 20,
) -> ListOut[AlertOut]:
    """列出待处理的预警：规则、用到的数、出处 / List open alerts: the rule, its numbers, what they rest on."""
    asked = _asked(
        AlertFilters, q=words, region=_region(region), chain=chain, level=level, page=page, per_page=per_page
    )
    return office.alerts(asked)


class NoAccountError(LookupError):
    """The account whose rights are to bind the answers is not there, or is shut."""


def serve(username: str = "") -> None:
    """Answers on standard input and output until the caller hangs up; with the rights of an account, where one is named.

    Raises NoAccountError.
    """
    if username:
        find = get_user_model()._default_manager.filter(username=username, is_active=True)
        if not find.exists():
            raise NoAccountError(username)
        _asking.append(username)
    server.run("stdio")


def _answering() -> AbstractContextManager[object]:
    """Binds one answer to the account's rights as they are now: a grant that ends, or an account that is shut, counts at once."""
    if not _asking:
        return nullcontext()
    user = get_user_model()._default_manager.filter(username=_asking[-1]).first()
    return as_viewer(user if user is not None else AnonymousUser())


def _asked(filters: type[F], **values: Any) -> F:
    try:
        return filters(**values)
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ToolError(f"参数有误，请更正：{told} / wrong arguments: {told}") from error


def _region(word: str) -> str:
    """The code of a region given by name or code."""
    try:
        return regions().code_of(word) if word else ""
    except ValueError as error:
        raise ToolError(str(error)) from error


def _around(statement: str) -> tuple[str, str]:
    """What the document says just before and after a statement's sentence; empty for what was typed in."""
    said = Statement.objects.filter(pk=statement).only("source_id", "evidence_start", "evidence_end").first()
    if said is None or said.source_id is None or said.evidence_start is None or said.evidence_end is None:
        return "", ""
    raw = SourceText.objects.filter(source_id=said.source_id).values_list("raw", flat=True).first() or ""
    return raw[max(0, said.evidence_start - CONTEXT) : said.evidence_start], raw[said.evidence_end :][:CONTEXT]
