"""`liantu move`: the ledger goes over to PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import click

from liantu.cli.messages import stop
from liantu.cli.spaces import choose_ledger, explained


@click.command("move")
@click.option(
    "--to", "url", required=True, metavar="URL", help="postgresql://用户:密码@主机:端口/库名 / the database to move to"
)
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="哪个文件夹的台账 / whose ledger, by its folder"
)
@click.option("--force", is_flag=True, help="覆盖目标库里已有的台账 / replace a ledger that the database holds")
def command(url: str, folder: Path | None, force: bool) -> None:
    """把台账复制到 PostgreSQL，逐表核对行数和每一行的内容；有一张表不一致就全部退回。原来的台账不动。

    Copies the ledger into the PostgreSQL database at URL and compares table by table; if one differs, everything there is
    taken back. The ledger itself stays as it is. Then start with DATABASE_URL set to the same address.
    """
    space = choose_ledger(folder)
    from liantu.server.running import AlreadyRunningError, claimed
    from liantu.server.safekeeping.manifests import BackupError
    from liantu.server.safekeeping.move import Moved, move_to

    def show(moved: Moved) -> None:
        word = "一致 / same" if moved.is_same else "不一致 / DIFFERENT"
        click.echo(f"{moved.table:<36} {moved.rows:>9}  {word}")

    with explained():
        try:
            with claimed(space, "move"):
                moved = move_to(url, space, force=force, step=show)
        except AlreadyRunningError as running:
            stop(
                f"这本台账正在使用（{running.address}），请先停止 liantu up，免得移动之后的改动丢在旧库里",
                f"the ledger is in use ({running.address}); stop liantu up first",
            )
        except BackupError as error:
            zh, _, en = str(error).partition(" / ")
            stop(zh, en)
    click.echo(
        f"已移到 PostgreSQL：{len(moved)} 张表全部一致。以后启动前请设置 DATABASE_URL 为这个地址 / "
        f"moved: {len(moved)} tables, all the same. Start with DATABASE_URL set to this address"
    )
