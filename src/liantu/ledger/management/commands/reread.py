"""`manage.py reread`: sources read again by the reader of today; what people said of them holds."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from liantu.ledger.models import Source
from liantu.ledger.services import reread


class Command(BaseCommand):
    """Read again, and say what came of it."""

    help = "用现在的读取程序重读文件，人工的采信、更正、补录都保留 / read sources again; what people said of them holds"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which sources."""
        parser.add_argument(
            "source", nargs="?", type=int, help="来源编号，不写为全部 / id of one source; all without it"
        )
        parser.add_argument(
            "--outdated", action="store_true", help="只重读旧版程序读过的 / only what an older reader read"
        )
        parser.add_argument("--by", default="", help="由谁发起 / who asks for it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read; progress goes to standard output."""
        try:
            report = reread(
                options["source"],
                options["by"],
                outdated=options["outdated"],
                progress=lambda done, of, name: self.stdout.write(f"{done}/{of} {name}"),
            )
        except Source.DoesNotExist as error:
            raise CommandError("没有这个来源 / no such source") from error
        self.stdout.write(
            f"重读 {report.sources} 份，新增 {report.added} 条；人工结论压住 {report.held} 条，其中现已读成一致 {report.agreed} 条；"
            f"读不到而按采信保留 {report.kept} 条 / {report.sources} read again, {report.added} statements new; "
            f"{report.held} held by people's word, {report.agreed} of them agree now; {report.kept} kept as accepted"
        )
        for name in report.unread:
            self.stdout.write(f"未能重读 / not read again: {name}")
