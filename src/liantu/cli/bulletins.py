"""`liantu bulletins`: draft an issue, list them, write one as a Word paper or a workbook."""

from __future__ import annotations

from pathlib import Path

import click

from liantu.cli.messages import note, stop
from liantu.cli.spaces import choose_ledger

FOLDER = click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="哪个文件夹的台账 / whose ledger, by its folder"
)


@click.group("bulletins")
def command() -> None:
    """通报：起草月调度、季通报，导出 Word 和 Excel。

    Bulletins: draft the monthly dispatch or the quarterly bulletin, write it as Word or Excel.
    """


@command.command("make")
@click.argument("definition")
@click.argument("period")
@FOLDER
@click.option("--region", default="", help="只编这个地区的，名称或代码 / for one region, by name or code")
@click.option("--chain", default="", help="只编这条产业链的 / for one chain")
def make(definition: str, period: str, folder: Path | None, region: str, chain: str) -> None:
    """起草一期：DEFINITION 如 monthly_dispatch，PERIOD 如 2025-05 或 2025Q2。

    Drafts an issue: DEFINITION is monthly_dispatch or quarterly_bulletin, PERIOD 2025-05 or 2025Q2.
    """
    from liantu.cli.export import region_code

    choose_ledger(folder)
    from liantu.ledger import services
    from liantu.ledger.bulletins.kinds import bulletin_kinds

    if definition not in (kinds := bulletin_kinds()):
        known = "、".join(kinds)
        stop(f"没有“{definition}”这种通报，可用：{known}", f"no such kind; there are {', '.join(kinds)}", code=2)
    try:
        row = services.make_bulletin(
            definition, period, "liantu", region=region_code(region) if region else "", chain=chain
        )
    except ValueError as error:
        chinese, _, english = str(error).partition(" / ")
        stop(chinese, english or chinese)
    counted = len(row.body["sections"])
    note(f"已起草第 {row.pk} 号《{row.title}》{row.period}，{counted} 节", f"drafted as {row.pk}, {counted} sections")
    if row.body["empty"]:
        note("没有数据、未列的：" + "、".join(row.body["empty"]), f"{len(row.body['empty'])} sections have no data")


@command.command("list")
@FOLDER
def show(folder: Path | None) -> None:
    """列出各期，新的在前。

    Lists the issues, the newest first.
    """
    choose_ledger(folder)
    from liantu.ledger.models import Bulletin

    for row in Bulletin.objects.order_by("-period_end", "-pk"):
        issue = f"{row.year}年第{row.number}期" if row.number else ""
        click.echo(f"{row.pk}\t{row.period}\t{row.get_state_display()}\t{issue}\t{row.title}")


@command.command("write")
@click.argument("number", type=int)
@FOLDER
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), required=True, help=".docx / .xlsx")
def write(number: int, folder: Path | None, output: Path) -> None:
    """把第 NUMBER 号写成 .docx 或 .xlsx；Excel 里有每个数计入的行。

    Writes issue NUMBER; the workbook holds the rows behind every figure.
    """
    if output.suffix not in (".docx", ".xlsx"):
        stop("通报只能写成 .docx 或 .xlsx", "a bulletin is written as .docx or .xlsx", code=2)
    choose_ledger(folder)
    from liantu.ledger.models import Bulletin
    from liantu.workbench.bulletin_files import bulletin_file

    row = Bulletin.objects.filter(pk=number).first()
    if row is None:
        stop(
            f"没有第 {number} 号通报，先看 liantu bulletins list", f"there is no bulletin {number}: see bulletins list"
        )
    try:
        output.write_bytes(bulletin_file(row, output.suffix.removeprefix(".")))
    except OSError as error:
        stop(f"写不了 {output}：{error.strerror}，请换一个位置", f"cannot write {output}: {error.strerror}")
    note(f"已写入 {output}", f"written to {output}")
