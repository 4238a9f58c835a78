"""Projects in a ledger and their workbook, for tests of what goes out and comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.ledger.making import document, findings

from liantu.extraction.model import Evidence, Project
from liantu.ledger import services
from liantu.ledger.exchange import importing
from liantu.ledger.exchange.lists import LISTS
from liantu.ledger.models import Import, ProjectView
from liantu.reporting.exchange import exchange_xlsx

PROJECTS = LISTS["project"]
KEY, VERSION, NAME, STAGE, MONEY, REGION, PLACE, OWNER, CHAIN = range(1, 10)


def say(name: str, money: float | None = None, stage: str | None = None, place: str | None = None,
        owner: str | None = None, chain: str | None = None, on: date = date(2024, 5, 1)) -> None:  # fmt: skip
    """Let a paper say something of a project."""
    text = f"{name}：{money} {stage} {place} {owner}。"
    made = document(text, f"{name}{on}.txt", "山西日报", on)
    project = Project(name, (), Evidence(text, 0, len(text)), money, stage, place, owner, chain)  # type: ignore[arg-type]
    services.add_findings(made, findings(made, projects=[project]))


def three_projects() -> None:
    """A ledger of three projects."""
    say("寿阳光伏组件项目", 5.6e8, "started", "晋中市寿阳县", "寿阳新能源有限公司", "光伏")
    say("榆次液压件产业园项目", 12e8, "signed", "晋中市榆次区", "榆次液压有限公司")
    say("平遥牛肉加工项目", None, None, "晋中市平遥县")


def book() -> Workbook:
    """The ledger's projects as they go out."""
    rows = PROJECTS.read(ProjectView.objects.order_by("name"))
    return load_workbook(BytesIO(exchange_xlsx(PROJECTS, rows)))


def row_of(sheet: Worksheet, name: str) -> int:
    """The row of a project."""
    return next(cells[0].row for cells in sheet.iter_rows(min_row=2) if cells[NAME - 1].value == name)


def bring_back(content: Workbook | bytes | str, folder: Path, name: str = "名单.xlsx", kind: str = "project") -> Import:
    """Compare a workbook, or the text of a table, with the ledger."""
    path = folder / name
    if isinstance(content, Workbook):
        content.save(path)
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    batch = importing.start_import(kind, path, name, "李明")
    return importing.compare(batch.pk)


def edited(folder: Path, edit: Callable[[Worksheet], Any]) -> Import:
    """Export, edit, compare."""
    made = book()
    edit(made.worksheets[0])
    return bring_back(made, folder)
