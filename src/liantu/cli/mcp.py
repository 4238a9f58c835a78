"""`liantu mcp`: the ledger as tools for an assistant, over standard input and output."""

from __future__ import annotations

from pathlib import Path

import click

from liantu.cli.messages import stop
from liantu.cli.spaces import choose_ledger


@click.command("mcp")
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="哪个文件夹的台账 / whose ledger, by its folder"
)
@click.option(
    "--user", default="", help="以哪个账号的权限回答；不填为全部 / answer with an account's rights; empty: all"
)
def command(folder: Path | None, user: str) -> None:
    """把台账作为工具提供给支持 MCP 的助手：查数字、看原句、列项目。只读，经标准输入输出通信，不联网。

    Serves the ledger to assistants that speak the Model Context Protocol: search figures, open evidence, list projects.
    Read-only, over standard input and output, no network.
    """
    choose_ledger(folder)
    from liantu.mcp import NoAccountError, serve  # Django must be ready before it is imported

    try:
        serve(user)
    except NoAccountError:
        stop(f"没有账号“{user}”，或已停用", f"there is no account {user}, or it is shut", code=2)
