"""`liantu reread`: what an earlier reader read, read again; what people said of it holds."""

from __future__ import annotations

import getpass
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from liantu.cli.messages import note, stop
from liantu.cli.spaces import choose_ledger

if TYPE_CHECKING:
    from liantu.ledger.services import RereadReport


@click.command("reread")
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="哪个文件夹的台账 / whose ledger, by its folder"
)
@click.option(
    "--source", type=int, metavar="ID", help="只重读这一份（页面地址里的编号）/ only this document, by its id"
)
@click.option("--outdated", is_flag=True, help="只重读旧版程序读过的 / only what an older reader read")
def command(folder: Path | None, source: int | None, outdated: bool) -> None:
    """用现在的读取程序重读台账里的文件；人工的采信、更正、补录都保留。

    Reads the ledger's documents again with the reader of today; what people said of them holds. Ctrl-C stops after the
    document at hand, and what was read stays.
    """
    choose_ledger(folder)
    from liantu.ledger.models import Source
    from liantu.ledger.services import reread

    with interruptible() as interrupted, _bar() as bar:
        task = bar.add_task("", total=None, name="")

        def hear(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, name=escape(name[:36]))

        try:
            report = reread(source, caller(), outdated=outdated, progress=hear, is_stopped=interrupted.is_set)
        except Source.DoesNotExist:
            stop(f"没有编号为 {source} 的文件", f"there is no document with the id {source}", code=2)
    _sum_up(report)
    if report.stopped:
        note(
            "已停止；已重读的都在，再运行时加 --outdated 可跳过它们",
            "stopped; what was read stays, --outdated passes over it next time",
        )
        raise SystemExit(130)
    if report.unread:
        raise SystemExit(1)


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C sets; the second one ends the command at once."""
    interrupted = threading.Event()

    def hear(_signal: int, _frame: FrameType | None) -> None:
        if interrupted.is_set():
            raise KeyboardInterrupt
        interrupted.set()

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)


def _bar() -> Progress:
    return Progress(
        TextColumn("重读 / reading again"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TextColumn("剩余 / left"),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[name]}"),
        console=Console(stderr=True, highlight=False),
        transient=True,
    )


def caller() -> str:
    """Who runs the command, as the ledger notes it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        return ""


def _sum_up(report: RereadReport) -> None:
    click.echo(
        f"重读 {report.sources} 份，新增 {report.added} 条；人工结论压住 {report.held} 条，其中现已读成一致 {report.agreed} 条；"
        f"读不到而按采信保留 {report.kept} 条 / {report.sources} read again, {report.added} statements new; "
        f"{report.held} held by people's word, {report.agreed} of them agree now; {report.kept} kept as accepted"
    )
    for _pk, name in report.unread:
        note(
            f"《{name}》没能重读：原文件已不在原处或打不开",
            f"{name} was not read again: the file is gone or does not open",
        )
