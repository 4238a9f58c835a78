"""`liantu diagnose place`, `liantu diagnose chain` and `liantu compare`: tidy rows for a person or a program."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from liantu.cli.engines import ENGINE, spark_explained
from liantu.cli.messages import note, stop

Rows = list[dict[str, Any]]
NOTED = ("complementarity", "gap_filled_by")
"""Steps whose note names the segments behind the number."""
REGISTRY = click.option(
    "--registry",
    type=click.Path(path_type=Path, file_okay=False),
    help="登记库在哪个文件夹，默认本机的 / folder of the registry",
)
FOLDER = click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="没有登记库时用哪个文件夹的台账 / whose ledger, where no registry is loaded",
)
DAY = click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="只计到这一天成立的企业 / leave out firms founded later",
)
FORM = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="表格、CSV 或每行一个 JSON 对象 / table, csv, or JSON lines",
)


@click.group("diagnose")
def command() -> None:
    """诊断一个地方，或一条链在一个地方：区位商、增长、邻近、缺口、谁能补。

    Diagnose a place, or a chain in a place.
    """


@command.command("place")
@click.argument("place")
@REGISTRY
@FOLDER
@DAY
@ENGINE
@FORM
def place_command(
    place: str, registry: Path | None, folder: Path | None, day: datetime | None, engine: str, form: str
) -> None:
    """诊断一个省、市或县 / diagnose a province, city or county."""
    from liantu.server.diagnosing import place_rows

    def ask() -> Rows:
        return place_rows(place, registry=registry, on=_day(day), ledger=folder, engine=engine)

    _print(_asked(ask, registry, folder), form)


@command.command("chain")
@click.argument("chain")
@click.option("--region", required=True, metavar="地区", help="在哪个地方 / where")
@REGISTRY
@FOLDER
@DAY
@ENGINE
@FORM
def chain_command(
    chain: str, region: str, registry: Path | None, folder: Path | None, day: datetime | None, engine: str, form: str
) -> None:
    """一条链在一个地方：各环节强、有、弱、缺、险 / a chain in a place, segment by segment."""
    from liantu.server.diagnosing import chain_rows

    def ask() -> Rows:
        return chain_rows(chain, region, registry=registry, on=_day(day), ledger=folder, engine=engine)

    _print(_asked(ask, registry, folder), form)


@click.command("compare")
@click.argument("places", nargs=-1, required=True)
@REGISTRY
@FOLDER
@DAY
@ENGINE
@FORM
def compare_command(
    places: tuple[str, ...], registry: Path | None, folder: Path | None, day: datetime | None, engine: str, form: str
) -> None:
    """比较几个地方：同构、互补、谁补谁的缺口 / compare places: likeness, complementarity, who fills whose gaps."""
    from liantu.server.diagnosing import compared_rows

    def ask() -> Rows:
        return compared_rows(places, registry=registry, on=_day(day), ledger=folder, engine=engine)

    _print(_asked(ask, registry, folder), form)


def _day(day: datetime | None) -> date | None:
    return day.date() if day is not None else None


def _asked(ask: Callable[[], Rows], registry: Path | None, folder: Path | None) -> Rows:
    """The rows; the ledger is opened only where no registry is loaded."""
    from liantu.diagnosis.reports import BasisError
    from liantu.ledger.home import registry_folder
    from liantu.registry import RegistryError, Shelf
    from liantu.vocabulary.tables import VocabularyError

    if registry is None and (folder is not None or Shelf(registry_folder()).version is None):
        from liantu.cli.spaces import choose_ledger

        choose_ledger(folder)
    try:
        with spark_explained():
            return ask()
    except (BasisError, RegistryError, VocabularyError) as error:
        chinese, _, english = str(error).partition(" / ")
        stop(chinese, english or chinese)


def _print(rows: Rows, form: str) -> None:
    if rows:
        note(f"依据：{rows[0]['basis']}", "what it rests on")
    if form == "json":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    elif form == "csv":
        writer = csv.DictWriter(sys.stdout, list(rows[0]) if rows else [])
        writer.writeheader()
        writer.writerows(rows)
    else:
        _table(rows)


def _table(rows: Rows) -> None:
    from liantu.diagnosis.reports import words

    console = Console(highlight=False)
    for step, lines in groupby(rows, key=lambda row: row["step"]):
        table = Table(box=None, pad_edge=False, title=words()[step][0], title_justify="left")
        table.add_column("指标 · 地区 · 环节", overflow="fold", ratio=3)
        for heading in ("数值", "95%区间", "n", "覆盖", "状态"):
            table.add_column(heading, no_wrap=True, justify="left" if heading == "状态" else "right")
        table.add_column("参照 · 约定；无值的原因", overflow="fold", ratio=2)
        for row in lines:
            table.add_row(*map(escape, _cells(row, words())))
        console.print(table)


def _cells(row: dict[str, Any], names: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    pair = row["region_name"] + (f" → {row['partner_name']}" if row["partner"] else "")
    value = row["value"]
    told = (row["reference"], row["reason_zh"] or row["convention"], row["note"] if row["step"] in NOTED else "")
    return (
        " · ".join(filter(None, (names[row["measure"]][0], pair, row["segment"]))),
        "—" if value is None else f"{value:.0f}" if row["unit"] == "firms" else f"{value:.3g}",
        "" if row["low"] is None else f"{row['low']:.2f}–{row['high']:.2f}",
        str(row["n"]),
        "" if row["coverage"] is None else f"{row['coverage']:.0%}",
        names[row["status"]][0] if row["status"] else "",
        " · ".join(filter(None, told)),
    )
