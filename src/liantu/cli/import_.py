"""`liantu import`: a list that was edited in Excel or WPS comes back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from liantu.cli.messages import note, stop
from liantu.cli.reread import caller, interruptible
from liantu.cli.spaces import choose_ledger

if TYPE_CHECKING:
    from liantu.ledger.models import Import

SHOWN = 200  # rows of each kind that are printed
WORDS = {
    "error": ("有错", "errors"),
    "clash": ("别人也改了", "changed by others too"),
    "changed": ("修改", "changed"),
    "added": ("新增", "added"),
    "removed": ("表里已删", "deleted from the file"),
}


@click.command("import")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--list",
    "kind",
    type=click.Choice(["projects", "enterprises"]),
    default="projects",
    show_default=True,
    help="哪个名单 / which list",
)
@click.option("--write", "is_write", is_flag=True, help="写入；不加则只核对 / write; without it nothing is changed")
@click.option(
    "--good-only", is_flag=True, help="写入没有问题的行，其余退回 / write the good rows, hand the others back"
)
@click.option("--remove", is_flag=True, help="表里删掉的行也移出名单 / deleted rows leave the list")
@click.option("--mine", is_flag=True, help="别人也改过的行以表为准 / where others changed a row too, the file holds")
@click.option(
    "--header",
    "headers",
    multiple=True,
    metavar="HEADER=COLUMN",
    help="某个表头是哪一栏，记住以后不用再说 / what a header means; remembered",
)
@click.option(
    "--returned",
    type=click.Path(path_type=Path, dir_okay=False),
    help="有错的行写到这个文件 / where rows with errors are written",
)
@click.option("--undo", type=int, metavar="NUMBER", help="撤回一批改动 / take a set of changes back")
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="哪个文件夹的台账 / whose ledger, by its folder"
)
def command(
    file: Path | None,
    kind: str,
    is_write: bool,
    good_only: bool,
    remove: bool,
    mine: bool,
    headers: tuple[str, ...],
    returned: Path | None,
    undo: int | None,
    folder: Path | None,
) -> None:
    """把在 Excel 或 WPS 里改过的名单导回台账：先列出所有错误和差异，加 --write 才写入，写入后可整批撤回。

    Brings back a list that was exported with `liantu export projects --editable`, or any table of projects or enterprises
    with a header row (xlsx, xls, ods, csv). Prints every error and every difference; with --write it writes them, all or
    nothing. Rows that somebody else has changed meanwhile are shown with both versions and left alone unless --mine.
    """
    choose_ledger(folder)
    if undo is not None:
        _undo(undo)
        return
    if file is None or not file.exists():
        stop(f"没有文件 {file}，请核对路径" if file else "请写明要导入的文件", "name a file that is there", code=2)
    batch = _compared(file, kind.removesuffix("s"), headers)
    if batch.state == batch.State.REFUSED:
        stop(batch.problems[0]["zh"], batch.problems[0]["en"])
    _show(batch)
    n_errors = batch.rows.filter(action="error").count()
    if n_errors:
        _hand_back(batch, returned or file.with_name(f"退回-{file.stem}.xlsx"))
    if not is_write:
        note("只核对，没有改动台账；加 --write 写入", "nothing was changed; add --write to write")
        raise SystemExit(1 if n_errors else 0)
    _write(batch, good_only=good_only, remove=remove, mine=mine)
    if n_errors:
        raise SystemExit(1)


def _compared(file: Path, kind: str, headers: Sequence[str]) -> Import:
    """The file compared with the ledger; it is kept with the ledger, as an upload is."""
    from django.conf import settings

    from liantu.ledger.exchange import importing
    from liantu.ledger.intake import digest_of
    from liantu.ledger.workbooks.columns import plain

    kept = Path(settings.SPACE) / "imports" / digest_of(file)[:16] / file.name
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(file, kept)
    batch = importing.start_import(kind, kept, file.name, caller())
    said = {}
    for text in headers:
        header, equals, column = text.rpartition("=")
        if not equals:
            stop(f"看不懂“{text}”，应写作 表头=栏目", f"{text!r} is not HEADER=COLUMN", code=2)
        said[plain(header)] = column
    if said:
        try:
            importing.say_headers(batch.pk, said, caller())
        except ValueError as error:
            zh, _, en = str(error).partition(" / ")
            stop(zh, en, code=2)
    with interruptible() as interrupted, _bar("核对 / comparing") as hear:
        try:
            return importing.compare(batch.pk, hear, interrupted.is_set)
        except importing.Stopped:
            importing.cancel_import(batch.pk)
            stop("已停止，台账没有变动", "stopped; nothing was changed", code=130)


@contextmanager
def _bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A moving bar on a terminal; gives what tells it how far the work is."""
    console = Console(stderr=True, highlight=False)
    with Progress(
        TextColumn(label), BarColumn(bar_width=30), TimeRemainingColumn(), console=console, transient=True
    ) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _show(batch: Import) -> None:
    from liantu.ledger.exchange.importing import counts
    from liantu.ledger.exchange.lists import LISTS

    console = Console(highlight=False)
    titles = {column.key: column.zh for column in LISTS[batch.kind].columns}
    found = counts(batch)
    said = "，".join(f"{WORDS[a][0]} {n}" for a, n in found.items() if n) or "没有差异"
    english = ", ".join(f"{n} {WORDS[a][1]}" for a, n in found.items() if n) or "no difference"
    console.print(
        f"《{escape(batch.name)}》共 {batch.n_rows} 行，未变 {batch.n_unchanged}；{said} / "
        f"{batch.n_rows} rows, {batch.n_unchanged} unchanged; {english}",
        soft_wrap=True,
    )
    for problem in batch.problems:
        console.print(
            f"! {escape(problem['column'])} {escape(problem['zh'])} / {escape(problem['en'])}", soft_wrap=True
        )
    unknown = [h["header"] for h in batch.headers if h["column"] is None]
    if unknown:
        console.print(
            f"! 没认出的表头：{escape('、'.join(unknown))}；可用 --header 表头=栏目 说明 / unknown headers; say --header"
        )
    for action in (a for a in WORDS if found[a]):
        table = Table(title=" ".join(WORDS[action]), title_justify="left", show_edge=False, pad_edge=False)
        heads = ("写的是", "哪里不对") if action == "error" else ("改前", "改后")
        for head in ("行", "名称", "栏目", *heads):
            table.add_column(head, overflow="fold")
        for row in batch.rows.filter(action=action).order_by("pk")[:SHOWN]:
            number = str(row.number or "")
            if action == "error":
                for p in row.problems:
                    table.add_row(number, escape(row.name), escape(p["column"]), escape(p["value"]), escape(p["zh"]))
                continue
            for key in titles:
                if row.before.get(key) or row.after.get(key):
                    told = (row.name, titles[key], row.before.get(key, ""), row.after.get(key, ""))
                    table.add_row(number, *map(escape, told))
        console.print(table)
        if found[action] > SHOWN:
            console.print(f"… 另有 {found[action] - SHOWN} 行 / {found[action] - SHOWN} more rows")


def _hand_back(batch: Import, target: Path) -> None:
    from liantu.reporting.exchange import handed_back_xlsx

    try:
        target.write_bytes(handed_back_xlsx(batch))
    except OSError as error:
        stop(f"写不了 {target}：{error.strerror}", f"cannot write {target}: {error.strerror}")
    note(f"有错的行连同原因写在 {target}，改好后可直接导入", f"rows with errors and their reasons are in {target}")


def _write(batch: Import, *, good_only: bool, remove: bool, mine: bool) -> None:
    from liantu.ledger.exchange import importing, namesakes
    from liantu.ledger.jobs import run_waiting

    if mine:
        importing.side_with(batch.pk, None, mine=True)
    with interruptible() as interrupted, _bar("写入 / writing") as hear:
        try:
            batch = importing.write(
                batch.pk,
                caller(),
                good_only=good_only,
                remove=remove,
                progress=hear,
                is_stopped=interrupted.is_set,
            )
        except importing.NotImportable as error:
            zh, _, en = str(error).partition(" / ")
            stop(zh, en)
        except importing.Stopped:
            stop("已停止，一行都没有写入", "stopped; nothing was written", code=130)
    changes = batch.changes
    if changes is None:
        click.echo("没有要改的，台账没有变动 / nothing to change")
        return
    click.echo(
        f"已写入：修改 {changes.n_changed} 行，新增 {changes.n_added} 行，移出 {changes.n_removed} 行；"
        f"撤回请用 liantu import --undo {changes.pk} / written: {changes.n_changed} changed, {changes.n_added} added, "
        f"{changes.n_removed} removed"
    )
    run_waiting(kinds=(namesakes.KIND,))  # at once, where no reader is at work that would do it


def _undo(number: int) -> None:
    from liantu.ledger.models import ChangeSet
    from liantu.ledger.services import undo_changes

    try:
        changes = undo_changes(number, caller())
    except ChangeSet.DoesNotExist:
        stop(f"没有编号为 {number} 的改动", f"there are no changes with the number {number}", code=2)
    except ValueError as error:
        chinese, _, english = str(error).partition(" / ")
        stop(chinese, english)
    click.echo(f"已撤回：{changes.why} / taken back")
