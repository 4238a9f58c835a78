"""`liantu audit`: old entries of the audit log."""

from __future__ import annotations

from pathlib import Path

import click

from liantu.cli.messages import stop
from liantu.cli.spaces import choose_ledger


@click.group("audit")
def command() -> None:
    """审计日志：清理旧条目。查看和导出在网页“审计日志”里。

    The audit log: take old entries. Looking at it and taking it out as a file is done on its page.
    """


@command.command("prune")
@click.option("--days", type=int, default=365, show_default=True, help="保留最近多少天，不少于 184 / days to keep")
@click.option("--dry-run", is_flag=True, help="只数一数 / only count")
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="哪个文件夹的台账 / whose ledger, by its folder"
)
def prune(days: int, dry_run: bool, folder: Path | None) -> None:
    """清理更早的条目；少于六个月不清。清理本身也记入日志。

    Takes entries older than that many days; never those of the last six months. The taking is noted too.
    """
    choose_ledger(folder)
    from liantu.ledger.people.auditing import prune as taken

    try:
        count = taken(days, "liantu audit", dry=dry_run)
    except ValueError as error:
        zh, _, en = str(error).partition(" / ")
        stop(zh, en, code=2)
    click.echo(
        f"{'可清理' if dry_run else '已清理'} {count} 条 / {count} entries{' would go' if dry_run else ' taken'}"
    )
