"""`liantu kit`: kits of charts, lists and duties: all of them, one file checked, one installed for a chain in a region."""

from __future__ import annotations

from pathlib import Path

import click

from liantu.cli.messages import note, stop
from liantu.cli.reread import caller
from liantu.cli.spaces import choose_ledger

FOLDER = click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="哪个文件夹的台账 / whose ledger, by its folder"
)


@click.group("kit")
def command() -> None:
    """成套模板：一条链在一个地区用哪些图、哪些清单、哪些职责。

    Kits: which charts, lists and duties a place uses. Seven are ready; an office writes its own as a YAML file.
    """


@command.command("check")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def check(file: Path) -> None:
    """检查一份模板文件，写错的地方逐行指出。

    Checks a kit file; every mistake is named by line and field. The exit code is 1 when there is one.
    """
    from liantu.vocabulary.kits import check_kit

    kit, problems = check_kit(_text(file))
    if kit is None:
        for problem in problems:
            click.echo(f"{file.name} {problem}")
        raise SystemExit(1)
    click.echo(
        f"“{kit.title}”没有错误：{len(kit.charts)} 图、{len(kit.lists)} 清单、{len(kit.duties)} 职责 / "
        f"{kit.id}: no mistakes, {len(kit.charts)} charts, {len(kit.lists)} lists, {len(kit.duties)} duties"
    )


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        stop(f"读不了 {file}：{error.strerror}", f"cannot read {file}: {error.strerror}", code=2)
    except UnicodeDecodeError:
        stop(f"{file} 不是 UTF-8 编码，请另存为 UTF-8", f"{file} is not UTF-8; save it as UTF-8", code=2)


@command.command("list")
def show() -> None:
    """列出现成的模板。 The ready kits, with what is known of their names."""
    from liantu.vocabulary import kits

    for kit in kits().values():
        click.echo(
            f"{kit.id:18} {kit.title}（{kit.place}）{len(kit.charts)} 图 {len(kit.lists)} 清单 {len(kit.duties)} 职责 {kit.status}"
        )


@command.command("install")
@click.argument("kit_id", metavar="KIT")
@click.option("--region", default="", help="地区，名称或代码 / region by name or code")
@click.option("--chain", default="", help="产业链 / chain")
@click.option("--owner", default="", help="责任单位 / owner unit of the lists")
@FOLDER
def install(kit_id: str, region: str, chain: str, owner: str, folder: Path | None) -> None:
    """为一条链、一个地区建立一套模板的全部清单；KIT 是代号，或一份自有模板文件。

    Makes the lists of a kit; KIT is the id of one, or the file of an own kit, which is kept first. Lists that are there
    already stay as they are.
    """
    from liantu.cli.export import region_code

    code = region_code(region) if region else ""
    text = _text(Path(kit_id)) if kit_id.endswith((".yaml", ".yml")) else ""
    choose_ledger(folder)
    from liantu.ledger.chain_names import chain_label
    from liantu.ledger.services import install_kit, keep_kit

    try:
        if text:
            kit_id = keep_kit(text, caller()).kit_id
        done = install_kit(kit_id, code, chain_label(chain) if chain else "", caller(), owner)
    except KeyError:
        stop(f"没有模板 {kit_id}；现有的见 liantu kit list", f"there is no kit {kit_id}; see liantu kit list", code=2)
    except ValueError as error:
        zh, _, en = str(error).partition(" / ")
        stop(zh, en)
    for row in done.made:
        click.echo(f"+ {row.title}")
    note(
        f"已建立 {len(done.made)} 份清单，原有 {len(done.there)} 份没有动",
        f"{len(done.made)} lists were made, {len(done.there)} were there",
    )
