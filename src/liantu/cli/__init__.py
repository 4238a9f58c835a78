"""The command line: `liantu up`, `read`, `export`, `mcp`, `evaluate`.

Commands are loaded when they are called, so that `liantu --help` does not wait for Django.
"""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "up": ("liantu.cli.up", "读入一个文件夹并打开工作台 / read a folder and serve the workbench"),
    "read": ("liantu.cli.read", "读出文件里的数字、项目、企业和链 / print what files say"),
    "reread": ("liantu.cli.reread", "用现在的读取程序重读台账里的文件 / read the ledger's documents again"),
    "export": ("liantu.cli.export", "导出台账为 Excel 或 CSV / export the ledger"),
    "import": ("liantu.cli.import_", "把在 Excel 里改过的名单导回台账 / bring back a list edited in Excel"),
    "registry": ("liantu.cli.registry", "企业登记库：载入名单、归地、归链 / the registry of enterprises"),
    "diagnose": ("liantu.cli.diagnose", "诊断一个地方、一条链在一个地方 / diagnose a place, or a chain in a place"),
    "compare": ("liantu.cli.compare", "几个地方比结构、比互补 / compare places"),
    "alerts": ("liantu.cli.alerts", "按规则核对台账，列出预警 / check the ledger by its rules"),
    "bulletins": ("liantu.cli.bulletins", "起草和导出月调度、季通报 / draft and write bulletins"),
    "office": (
        "liantu.cli.office",
        "从一个工作簿载入链长工作、会议、任务、职责 / load the office's work from a workbook",
    ),
    "kit": ("liantu.cli.kit", "成套模板：检查、列出、安装 / kits of charts, lists and duties"),
    "lists": ("liantu.cli.lists", "链长办的各种清单 / the office's lists"),
    "backup": ("liantu.cli.backup", "把台账和文档存成一个文件并校验 / back the ledger up"),
    "restore": ("liantu.cli.restore", "从备份恢复，逐表核对 / bring a backup back"),
    "move": ("liantu.cli.move", "把台账移到 PostgreSQL，逐表核对 / move the ledger to PostgreSQL"),
    "gold": ("liantu.cli.gold", "把人工核实过的内容写成标注文件 / write what people confirmed as annotated documents"),
    "user": ("liantu.cli.user", "账号：新建、列出、停用、重设密码 / accounts"),
    "audit": ("liantu.cli.audit", "审计日志：清理旧条目 / old entries of the audit log"),
    "mcp": ("liantu.cli.mcp", "把台账提供给支持 MCP 的助手 / serve the ledger to assistants over MCP"),
    "evaluate": ("liantu.cli.evaluate", "用人工标注检验读取质量 / score the reader against annotations"),
}


class Commands(click.Group):
    """A group whose commands live in modules of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names, in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command `name`, loaded now; None when there is none."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line a command, without loading any."""
        with formatter.section("命令 / Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from liantu import __version__

        click.echo(f"liantu {__version__}")
        ctx.exit()


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="显示版本 / show the version",
)
def main() -> None:
    """链图：读一个地区的文件和台账，每个数字都带着它的原句。

    liantu reads a region's documents and ledgers and keeps every figure with the sentence that says it.
    """
