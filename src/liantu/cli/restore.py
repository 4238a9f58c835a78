"""`liantu restore`: a backup becomes a ledger again."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import click

from liantu.cli.messages import note, stop
from liantu.cli.spaces import explained


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="文档放到哪个文件夹，默认是备份时的 / where the documents go; where they were unless named",
)
@click.option(
    "--force", is_flag=True, help="覆盖已有的台账（SQLite 的旧库会留一份） / replace the ledger that is there"
)
@click.option("--check", is_flag=True, help="只校验备份，不恢复 / only verify the backup")
def command(file: Path, folder: Path | None, force: bool, check: bool) -> None:
    """从备份恢复台账和文档：先校验备份，恢复后逐表核对行数和内容，不符就不动原来的台账。

    Verifies FILE, loads it, and compares every table with it; a ledger that is there already is replaced only with --force.
    Documents that lie in the folder already are left alone.
    """
    if not file.exists():
        stop(f"没有文件 {file}，请核对路径", f"there is no file {file}; check the path", code=2)
    manifest = _manifest(file)
    if check:
        _checked(file)
        return
    where = folder or (Path(manifest["folder"]) if manifest["folder"] else None)
    from liantu.server.running import AlreadyRunningError, claimed
    from liantu.server.space import migrate, open_space

    with explained():
        if where is not None:
            where.mkdir(parents=True, exist_ok=True)
            where = where.resolve()
        space = open_space(where)
        try:
            with claimed(space, "restore"):
                migrate()
                _restore(file, space, where, force)
        except AlreadyRunningError as running:
            stop(
                f"这本台账正在使用（{running.address}），请先停止 liantu up 再恢复",
                f"the ledger is in use ({running.address}); stop liantu up first",
            )


def _manifest(file: Path) -> dict[str, Any]:
    from liantu.server.safekeeping.manifests import BackupError, read_manifest

    try:
        with zipfile.ZipFile(file) as archive:
            return read_manifest(archive)
    except (BackupError, zipfile.BadZipFile) as error:
        zh, _, en = str(error).partition(" / ")
        stop(zh if en else f"{file} 不是备份，或没有存完：{error}", en or f"{file} is no backup, or cut off: {error}")
    except OSError as error:
        stop(f"读不了 {file}：{error.strerror}", f"cannot read {file}: {error.strerror}")


def _checked(file: Path) -> None:
    from liantu.server.safekeeping.manifests import BackupError, verify

    try:
        manifest = verify(file)
    except BackupError as error:
        zh, _, en = str(error).partition(" / ")
        stop(zh, en)
    rows = sum(table["rows"] for table in manifest["tables"])
    click.echo(
        f"备份完好：{manifest['at']}，{len(manifest['tables'])} 张表 {rows} 行，{len(manifest['files'])} 个文件 / the backup is sound"
    )


def _restore(file: Path, space: Path, folder: Path | None, force: bool) -> None:
    from liantu.server.safekeeping.manifests import BackupError
    from liantu.server.safekeeping.restore import restore_backup

    try:
        manifest = restore_backup(file, space, folder, force=force)
    except BackupError as error:
        zh, _, en = str(error).partition(" / ")
        stop(zh, en)
    if manifest.get("kept"):
        note(f"原来的库留在 {manifest['kept']}", f"the old database is kept as {manifest['kept']}")
    for path in manifest["skipped"]:
        note(f"{path} 已有内容不同的同名文件，没有动它", f"{path} holds something else and was left alone")
    rows = sum(table["rows"] for table in manifest["tables"])
    click.echo(
        f"已恢复并逐表核对：{len(manifest['tables'])} 张表 {rows} 行，{len(manifest['files'])} 个文件；"
        f"现在可以运行 liantu up {folder or ''} / restored and compared, table by table"
    )
