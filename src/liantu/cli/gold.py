"""`liantu gold`: what people confirmed in the ledger, as annotated documents that `liantu evaluate` scores."""

from __future__ import annotations

from pathlib import Path

import click

from liantu.cli.messages import note, stop
from liantu.cli.spaces import choose_ledger


@click.command("gold")
@click.argument("target", metavar="GOLD_DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="哪个文件夹的台账 / whose ledger, by its folder"
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="连没有人看过的陈述一起写 / every statement that stands, also those nobody has looked at",
)
@click.option(
    "--source",
    "sources",
    type=int,
    multiple=True,
    metavar="ID",
    help="只要这份文件，可多次 / only this document; repeat it",
)
def command(target: Path, folder: Path | None, everything: bool, sources: tuple[int, ...]) -> None:
    """把人工采信、更正、补录的内容写成标注文件：GOLD_DIR 里每个 003.txt（原文）旁边一个 003.json。

    Writes what people accepted, corrected and added as annotated documents into GOLD_DIR (003.txt, raw, beside 003.json).
    `liantu evaluate GOLD_DIR` then scores the reader on them.
    """
    choose_ledger(folder)
    from liantu.ledger import services

    try:
        report = services.export_gold(sources or None, target, everything=everything)
    except OSError as error:
        stop(
            f"写不了 {target}：{error.strerror}，请换一个位置",
            f"cannot write {target}: {error.strerror}; choose another place",
        )
    for name, source in report.documents.items():
        click.echo(f"{name}  {source}")
    for problem in report.problems:
        chinese, _, english = problem.partition(" / ")
        note(chinese, english or chinese)
    if not report.documents:
        note(
            "还没有采信、更正或补录过任何内容，什么也没写；加 --all 写出全部陈述",
            "nothing has been accepted, corrected or added yet, and nothing was written; --all writes every statement",
        )
        return
    note(
        f"已写 {len(report.documents)} 份文件，{report.figures} 个数字、{report.others} 条其他标注，在 {target}",
        f"{len(report.documents)} documents with {report.figures} figures and {report.others} other annotations in {target}",
    )
