"""`liantu backup`: the ledger and its documents in one file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from liantu.cli.messages import note, stop
from liantu.cli.spaces import choose_ledger, explained


@click.command("backup")
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="哪个文件夹的台账 / whose ledger, by its folder"
)
@click.option("--force", is_flag=True, help="覆盖同名文件 / replace a file of that name")
def command(target: Path | None, folder: Path | None, force: bool) -> None:
    """把台账、上传的文件和读过的文档存成一个文件，写完逐项校验；工作台开着也可以备份。

    Writes the ledger, the files it was given and the documents it has read into TARGET (a file, or a folder to put it into),
    and reads it through. The workbench may be running. `liantu restore` brings it back, on either database.
    """
    space = choose_ledger(folder)
    from liantu.server.safekeeping.backup import write_backup
    from liantu.server.safekeeping.manifests import BackupError

    name = f"liantu-backup-{space.name}-{datetime.now():%Y%m%d-%H%M%S}.zip"
    path = Path(name) if target is None else target / name if target.is_dir() else target
    if path.exists() and not force:
        stop(f"{path} 已存在，换个名字或加 --force", f"{path} exists; choose another name or add --force", code=2)
    with explained():
        try:
            manifest = write_backup(space, documents_of(space), path)
        except BackupError as error:
            zh, _, en = str(error).partition(" / ")
            stop(zh, en)
        except OSError as error:
            stop(
                f"写不了 {path}：{error.strerror}，请换一个位置",
                f"cannot write {path}: {error.strerror}; choose another place",
            )
    for line in manifest["missing"]:
        note(f"没能存入 {line}", f"could not be kept: {line}")
    rows = sum(table["rows"] for table in manifest["tables"])
    size = path.stat().st_size / 1e6
    click.echo(
        f"已备份并校验：{len(manifest['tables'])} 张表 {rows} 行，{len(manifest['files'])} 个文件，{size:.1f} MB → {path} / "
        f"backed up and verified: {len(manifest['tables'])} tables, {rows} rows, {len(manifest['files'])} files"
    )


def documents_of(space: Path) -> Path | None:
    """The folder of documents that a ledger was made of."""
    from liantu.server.space import known_folders

    return next((Path(path) for name, path in known_folders() if name == space.name), None)
