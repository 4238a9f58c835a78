"""`liantu export`: the ledger's lists as a workbook or CSV, with the filters of the pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liantu.cli.messages import note, stop
from liantu.cli.spaces import choose_ledger

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

FILTERS: dict[str, tuple[str, ...]] = {
    "figures": ("region", "chain", "status", "kind", "state", "source", "subject", "year", "low", "copies", "q"),
    "projects": ("region", "chain", "stage", "least", "most", "conflict", "q"),
    "enterprises": ("region", "chain", "role", "q"),
    "chains": ("region", "role", "q"),
    "phrases": ("region", "state", "kind", "q"),
}
"""What each list can be narrowed by: the names in the addresses of the pages."""
EDITABLE = ("projects", "enterprises")


@click.command("export")
@click.argument("kind", type=click.Choice(list(FILTERS)))
@click.option(
    "--format", "form", type=click.Choice(["xlsx", "csv"]), default="xlsx", show_default=True, help="格式 / file format"
)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="写到哪里 / where to write")
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="哪个文件夹的台账 / whose ledger, by its folder"
)
@click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="NAME=VALUE",
    help="筛选，可多次，如 region=晋中市、status=target / narrow the list; may be given several times",
)
@click.option(
    "--editable",
    is_flag=True,
    help="带上编号和版本，改好可用 liantu import 导回（项目、企业） / with keys, to be edited and brought back",
)
def command(
    kind: str, form: str, output: Path | None, folder: Path | None, filters: tuple[str, ...], editable: bool
) -> None:
    """把台账里的数字、项目、企业、产业链或数字提法导出为 Excel 或 CSV，筛选与页面相同。

    Exports the ledger's figures, projects, enterprises, chains or coded phrases, each row with its source. FILTERs are those
    of the page: region, chain, status, kind, state, year, copies (reprints too), q for figures; region, chain, stage, least,
    most (亿元), q for projects; region, chain, role, q for enterprises; region, role, q for chains; region, state, kind, q
    for phrases. A region is a name or a code.
    """
    wanted = parse_filters(kind, filters)
    if editable and kind not in EDITABLE:
        stop(f"只有{'、'.join(EDITABLE)}可以改好导回", f"only {', '.join(EDITABLE)} can be brought back", code=2)
    choose_ledger(folder)
    content = b"".join(_streamed(_editable(kind, form, wanted) if editable else _export(kind, form, wanted)))
    if output is None and not sys.stdout.isatty():
        sys.stdout.buffer.write(content)
        return
    target = output or Path(f"liantu-{kind}-{date.today().isoformat()}.{form}")
    try:
        target.write_bytes(content)
    except OSError as error:
        stop(
            f"写不了 {target}：{error.strerror}，请换一个位置",
            f"cannot write {target}: {error.strerror}; choose another place",
        )
    note(f"已写入 {target}", f"written to {target}")


def parse_filters(kind: str, filters: Sequence[str]) -> dict[str, str]:
    """`NAME=VALUE` words as the page's own parameters; ends the command when one is not understood."""
    found = {}
    for text in filters:
        name, equals, value = text.partition("=")
        if not equals or name not in FILTERS[kind]:
            known = "、".join(FILTERS[kind])
            stop(
                f"看不懂筛选“{text}”，应写作 名称=值，名称可用：{known}",
                f"filter {text!r} is not NAME=VALUE with one of the names {', '.join(FILTERS[kind])}",
                code=2,
            )
        found[name] = region_code(value) if name == "region" else value
    return found


def region_code(value: str) -> str:
    """The code of a region given by name or by code; ends the command when there is none, or more than one."""
    from liantu.vocabulary import regions

    if value == "-":
        return value
    try:
        return regions().code_of(value)
    except ValueError as error:
        chinese, _, english = str(error).partition(" / ")
        stop(chinese, english, code=2)


def _export(kind: str, form: str, filters: dict[str, str]) -> HttpResponseBase:
    """What the page's own export answers, so that both always agree."""
    from django.test import RequestFactory

    from liantu.workbench.views import enterprises, figures, phrases, projects

    request = RequestFactory().get(f"/{kind}.{form}", filters)
    views = {
        "figures": figures.export,
        "projects": projects.export,
        "enterprises": enterprises.export,
        "phrases": phrases.export,
    }
    return views[kind](request, form) if kind in views else _chains(request, form)


def _editable(kind: str, form: str, filters: dict[str, str]) -> HttpResponseBase:
    """What the page of imports gives out."""
    from django.test import RequestFactory

    from liantu.workbench.views import exchange

    return exchange.export(RequestFactory().get("/", filters), kind.removesuffix("s"), form)


def _chains(request: HttpRequest, form: str) -> HttpResponseBase:
    from liantu.ledger.models import ChainView
    from liantu.reporting import Column
    from liantu.reporting.tables import Cell
    from liantu.vocabulary import regions
    from liantu.workbench import labels
    from liantu.workbench.filters import chains_q
    from liantu.workbench.views.answers import file_answer

    titles = (("产业链", 24), ("所在", 20), ("地位", 8), ("地区", 14), ("来源数", 8), ("企业数", 8), ("项目数", 8))
    gazetteer = regions()
    rows: Iterator[list[Cell]] = (
        [
            row.name,
            row.holder_name,
            labels.word(labels.CHAIN_ROLE, row.role),
            gazetteer.by_code(code).name if (code := row.region_code or row.city_code) in gazetteer else "",
            row.n_sources,
            row.n_enterprises,
            row.n_projects,
        ]
        for row in ChainView.objects.filter(chains_q(request.GET)).order_by("name", "holder_name")
    )
    return file_answer(form, "产业链", [Column(title, width) for title, width in titles], rows, ["每行一地一链。"])


def _streamed(response: HttpResponseBase) -> Iterator[bytes]:
    if response.streaming:
        yield from response.streaming_content  # type: ignore[attr-defined]
    else:
        yield response.content  # type: ignore[attr-defined]
