"""`liantu lists`: the office's lists with their freshness; lists loaded from files, with the versions they were published in."""

from __future__ import annotations

from pathlib import Path

import click

from liantu.cli.kit import FOLDER
from liantu.cli.messages import note, stop
from liantu.cli.reread import caller
from liantu.cli.spaces import choose_ledger


@click.group("lists")
def command() -> None:
    """链长办的各种清单：现状，以及从文件装入。 The office's lists: how they stand, and loading them from files."""


@command.command("show")
@FOLDER
def show(folder: Path | None) -> None:
    """列出全部清单：行数、无责任人的行、新旧、最新版本和净变化。

    All lists with their rows, rows without owner, freshness, newest version and net change.
    """
    choose_ledger(folder)
    from django.utils import timezone

    from liantu.ledger.models import ChainList
    from liantu.workbench.labels import FRESHNESS
    from liantu.workbench.list_pages import lines_of

    rows = list(ChainList.objects.filter(removed_at=None).order_by("title", "pk"))
    for line in lines_of(rows, timezone.localdate()):
        version = f"第{line.latest.number}版 {line.net}" if line.latest else "未发布"
        place = " ".join(part for part in (line.region, line.row.chain) if part)
        click.echo(
            f"{line.row.pk}\t{line.row.title}\t{place}\t{line.n_rows}行\t无责任人{line.n_without_owner}\t"
            f"{FRESHNESS[line.freshness]}\t{version}"
        )


@command.command("load")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@FOLDER
def load(file: Path, folder: Path | None) -> None:
    """从一个清单工作簿（有“清单目录”工作表），或一份说明文件（YAML）和它旁边的表格装入清单，逐版导入、逐版发布；已有的清单不动。

    Loads lists from a workbook with a sheet 清单目录, or from a YAML file and the tables beside it: each version is imported as an
    Excel file would be, then published. Lists that are there already stay as they are. A row that cannot be taken stops the list
    it belongs to.
    """
    if not file.exists():
        stop(f"没有文件 {file}，请核对路径", f"there is no file {file}", code=2)
    file = file.resolve()
    choose_ledger(folder)
    from liantu.ledger.lists.loading import CannotLoadError, load_lists

    try:
        for done in load_lists(file, caller()):
            said = f"{done.n_versions} 版、{done.n_rows} 行" if done.n_versions or done.n_rows else "已经有了，没有动"
            click.echo(f"{done.title}：{said}")
    except CannotLoadError as error:
        zh, _, en = str(error).partition(" / ")
        stop(zh, en)
    note("装入完毕；在“清单”页查看", "loaded; see the page of lists")
