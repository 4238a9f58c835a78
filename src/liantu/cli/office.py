"""`liantu office`: the office's work out of one workbook; a blank one to fill in; what is late, chased on a day."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from liantu.cli.messages import note, stop
from liantu.cli.spaces import choose_ledger


@click.command("office")
@click.argument("book", metavar="FILE.xlsx", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="哪个文件夹的台账 / whose ledger, by its folder"
)
@click.option("--blank", is_flag=True, help="写一个空表供填写 / write a blank workbook to fill in")
@click.option("--dry-run", "dry", is_flag=True, help="只核对，不写入 / check only, keep nothing")
@click.option("--by", default="office", show_default=True, help="记在谁名下 / in whose name")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="“今天”是哪天 / the day that 今天 stands for")
def command(book: Path, folder: Path | None, blank: bool, dry: bool, by: str, today: datetime | None) -> None:
    """从一个工作簿载入人员、链长工作、会议、任务、督办、周期职责：要么全部写入，要么列出每一处错误。

    Loads people, programmes, meetings, tasks, orders and duties from one workbook: all of it, or a list of every error.
    Loading it again adds only what is new.
    """
    choose_ledger(folder)
    if blank:
        from liantu.server.office import blank_book

        book.write_bytes(blank_book())
        note(f"已写出空表 {book}", f"wrote a blank workbook: {book}")
        return
    from liantu.ledger.services import load_office
    from liantu.reading import UnreadableError, read_workbook

    try:
        sheets = read_workbook(book)
    except FileNotFoundError:
        stop(f"没有文件 {book}，请核对路径", f"there is no file {book}; check the path")
    except UnreadableError as error:
        stop(str(error), "")
    report = load_office(sheets, by, today.date() if today else date.today(), dry)
    for p in report.problems:
        click.echo(f"  ✗ {p.sheet} 第{p.row}行 {p.column} {p.value}：{p.message}")
    if report.problems:
        stop(
            f"有 {len(report.problems)} 处要改，什么也没有写入",
            f"{len(report.problems)} things to put right; nothing was kept",
        )
    for name, n in report.added.items():
        click.echo(f"  {name} +{n}")
    had = sum(report.unchanged.values())
    added = sum(report.added.values())
    if dry:
        note(
            f"核对无误：可新增 {added} 条，已有 {had} 条；没有写入",
            f"all is well: {added} to add, {had} there; nothing kept",
        )
    else:
        note(f"已载入：新增 {added} 条，已有 {had} 条", f"loaded: {added} added, {had} there already")
