"""The office's work out of one workbook: people, programmes, meetings, tasks, orders, duties, campaigns, plans and months of projects …

A sheet each. All of it, or nothing.

Each sheet is named after its kind of record, and its first row names the columns as forms do. Rows refer to others by what people
call them: a person by name, a programme as 吕梁市·氢能, a task, meeting, order or duty by its title, a project by its name, a campaign
as 2025年第1次. How cells are written is in `office_cells`. What is there already is left as it is, so that loading again adds only what
is new. Projects are those of the documents: what is about them can only be loaded when these are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.contrib.auth import get_user_model
from django.db import models, transaction

from liantu.ledger.duties.office_cells import cell_value, period_key
from liantu.ledger.models import BatchEvent, Duty, Entity, Person
from liantu.ledger.models.records import EvidenceField, MoneyField, WorkRecord
from liantu.ledger.work.by_name import exact_projects
from liantu.ledger.work.kinds import KINDS, field_of
from liantu.ledger.work.recording import add_record
from liantu.ledger.writing import writing
from liantu.reading.workbook import Sheet
from liantu.tracking.cadence import Kind

OF_OFFICE = (
    "person", "account", "programme", "member", "part", "meeting", "attendee", "decision", "task", "note", "order", "reply", "duty",
    "delivery", "certificate", "window",
)  # fmt: skip
"""Kinds of sheets that stand by themselves, so that what others refer to comes first."""
OF_PROJECTS = (
    "campaign",
    "total",
    "item",
    "detail",
    "phase",
    "stage",
    "plan",
    "month",
    "problem",
    "permit",
    "factor",
    "official",
)
"""Kinds of sheets about projects and campaigns."""
ORDER = (*OF_OFFICE, *OF_PROJECTS)
"""All kinds of sheets."""
_PARENTS = {"project": "项目", "event": "活动"}
"""Headers of what a row belongs to, where the column has no name of its own."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in one cell (or row): sheet, row, column as its header says it, the value, and a sentence in both languages."""

    sheet: str
    row: int
    column: str
    value: str
    message: str


@dataclass(slots=True)
class OfficeReport:
    """What loading did, by the kind's name; and what is wrong. With a problem nothing was kept."""

    added: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)


class _NothingKeptError(Exception):
    """Takes a transaction back."""


def load_office(
    sheets: Sequence[Sheet], by: str, today: date, dry: bool = False, kinds: Sequence[str] = ORDER
) -> OfficeReport:
    """Load what sheets hold. With `dry`, or when anything is wrong, nothing is kept and the report says what would be.

    Args:
        sheets: of a workbook; those with other names are left out.
        today: the day that 今天 stands for.
        kinds: which sheets, some of `ORDER` in that order; the others are left out.
    """
    loader = _Loader(by, today)
    try:
        with writing(), transaction.atomic():
            by_name = {sheet.name.strip(): sheet for sheet in sheets}
            for kind in kinds:
                if (sheet := by_name.get(sheet_name(kind))) is not None:
                    loader.load(kind, sheet)
            if not by_name.keys() & {sheet_name(kind) for kind in ORDER}:
                names = "、".join(sheet_name(kind) for kind in ORDER)
                loader.wrong(
                    "", 1, "", "", f"没有认得的工作表，应有：{names} / no sheet is known; there should be: {names}"
                )
            if dry or loader.report.problems:
                raise _NothingKeptError
    except _NothingKeptError:
        pass
    return loader.report


def has_no_work() -> bool:
    """Whether the ledger holds none of the office's work yet."""
    return not any(KINDS[kind]._base_manager.exists() for kind in ("person", "programme", "meeting", "task", "duty"))


def has_no_project_work() -> bool:
    """Whether the ledger holds no records of projects and campaigns yet."""
    return not any(KINDS[kind]._base_manager.exists() for kind in OF_PROJECTS)


def sheet_name(kind: str) -> str:
    """What the sheet of a kind is called, in Chinese whatever the language of pages."""
    from django.utils import translation

    with translation.override("zh-hans"):
        return str(KINDS[kind]._meta.verbose_name)


def headers_of(kind: str) -> dict[str, str]:
    """The headers of a kind's sheet and the columns they stand for: what the row belongs to, then the columns of its form."""
    from django.utils import translation

    model = KINDS[kind]
    names = [*([model.PARENT] if model.PARENT else []), *model.COLUMNS]
    fields = [model._meta.get_field(name) for name in names]
    with translation.override("zh-hans"):
        return {
            _header(field): name
            for name, field in zip(names, fields, strict=True)
            if not isinstance(field, EvidenceField)
        }


def _header(field: Any) -> str:
    if field.name in _PARENTS:
        return _PARENTS[field.name]
    return f"{field.verbose_name}（万元）" if isinstance(field, MoneyField) else str(field.verbose_name)


class _Loader:
    def __init__(self, by: str, today: date) -> None:
        self.by, self.today = by, today
        self.report = OfficeReport()
        self.known: dict[type[models.Model], dict[str, int]] = {}
        self.projects: dict[str, int] = {}

    def wrong(self, sheet: str, row: int, column: str, value: Any, message: str) -> None:
        self.report.problems.append(CellProblem(sheet, row, column, str(value)[:60], message))

    def load(self, kind: str, sheet: Sheet) -> None:
        model, heads = KINDS[kind], headers_of(kind)
        columns, body = self._columns(kind, sheet, heads)
        for row in body:
            values: dict[str, Any] = {}
            clean = True
            for cell in row:
                if (header := columns.get(cell.column)) is None:
                    continue
                column = field_of(kind, heads[header])
                try:
                    values[column.attname] = self._value(column, cell.value)
                except ValueError as error:
                    self.wrong(sheet.name, cell.row, header, cell.value, str(error))
                    clean = False
            if clean and any(value not in (None, "") for value in values.values()):
                self._keep(kind, model, sheet.name, row[0].row, values)

    def _columns(self, kind: str, sheet: Sheet, heads: Mapping[str, str]) -> tuple[dict[str, str], list[Any]]:
        if not sheet.rows:
            return {}, []
        first, *body = sheet.rows
        columns = {}
        for cell in first:
            header = str(cell.value).strip()
            if header in heads:
                columns[cell.column] = header
            else:
                told = "、".join(heads)
                self.wrong(
                    sheet.name, cell.row, header, header, f"不认得的表头，应是：{told} / unknown header; use: {told}"
                )
        return columns, body

    def _keep(self, kind: str, model: type[WorkRecord], sheet: str, row: int, values: dict[str, Any]) -> None:
        name = sheet_name(kind)
        if kind == "delivery" and "duty_id" in values:
            values["period"] = self._period(values["duty_id"], str(values.get("period", "")))
        locked = {column: values.pop(column) for column in model.LOCKED if column in values}
        if kind == "item" and not values.get("project_id"):
            values["project_id"] = exact_projects([str(values.get("name", ""))]).get(str(values.get("name", "")))
        kept = {key: value for key, value in values.items() if value not in (None, "")}
        if kind == "account" and not get_user_model().objects.filter(username=values.get("account")).exists():
            return  # an account that this installation does not have
        if model._default_manager.filter(**kept, removed_at=None).exists():
            self.report.unchanged[name] = self.report.unchanged.get(name, 0) + 1
            return
        try:
            with transaction.atomic():
                add_record(kind, kept, self.by, "", as_it_stands={k: v for k, v in locked.items() if v})
        except ValueError as error:
            self.wrong(sheet, row, "", "", str(error))
            return
        self.report.added[name] = self.report.added.get(name, 0) + 1
        self.known.pop(model, None)

    def _value(self, column: models.Field[Any, Any], value: Any) -> Any:
        if not isinstance(column, models.ForeignKey):
            return cell_value(column, value, self.today)
        text = str(value).strip()
        return self._project(text) if column.related_model is Entity else self._linked(column.related_model, text)

    def _project(self, text: str) -> int:
        if text not in self.projects:
            self.projects |= exact_projects([text])
        if text not in self.projects:
            raise ValueError(
                f"台账里没有叫“{text}”的项目，或有几个同名；请先读入文件或写全称 / "
                f"no project or several are called {text!r}: read the documents first, or write the full name"
            )
        return self.projects[text]

    def _period(self, duty: int, text: str) -> str:
        kind = cast(Kind, Duty.objects.values_list("cadence", flat=True).get(pk=duty))
        return period_key(kind, text, self.today)

    def _linked(self, model: type[models.Model], text: str) -> int:
        if model not in self.known:
            self.known[model] = {
                _called(row): row.pk for row in model._default_manager.filter(removed_at=None).order_by("-pk")
            }
        found = self.known[model].get(_squeezed(text))
        if found is None:
            name = model._meta.verbose_name
            raise ValueError(f"{name}里没有“{text}”，请先登记或改正名称 / there is no {text!r} among {name}")
        return found


def _called(row: Any) -> str:
    if isinstance(row, Person):
        return _squeezed(row.name)
    if isinstance(row, BatchEvent):
        return _squeezed(f"{row.year}年第{row.number}次")
    decision = getattr(row, "order", None)
    if decision is not None and hasattr(row, "meeting"):
        return _squeezed(f"{row.meeting.title}#{decision}")
    return _squeezed(str(getattr(row, "title", "") or row))


def _squeezed(text: str) -> str:
    return "".join(text.split())


__all__ = [
    "OF_OFFICE",
    "OF_PROJECTS",
    "ORDER",
    "CellProblem",
    "OfficeReport",
    "has_no_project_work",
    "has_no_work",
    "headers_of",
    "load_office",
    "sheet_name",
]
