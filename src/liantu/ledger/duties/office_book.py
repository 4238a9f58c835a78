"""The office's work out of one workbook: people, programmes, meetings, tasks, orders, duties, a sheet each. All of it, or nothing.

Each sheet is named after its kind of record, and its first row names the columns as forms do. Rows refer to others by what people
call them: a person by name, a programme as 吕梁市·氢能, a task, meeting, order or duty by its title. A day may be written as 今天,
今天-10 or 今天+5: so many days from the day of loading; a period as 本期 or 本期-2. What is there already is left as it is, so that loading again adds only
what is new.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from django.contrib.auth import get_user_model
from django.db import models, transaction

from liantu.ledger.chain_names import chain_label
from liantu.ledger.models import Duty, Person
from liantu.ledger.models.records import ChainField, CodeField, EvidenceField, MoneyField, RegionField, WorkRecord
from liantu.ledger.work.kinds import KINDS, codes_of, field_of
from liantu.ledger.work.recording import add_record
from liantu.ledger.writing import writing
from liantu.reading.workbook import Sheet
from liantu.tracking import period_of
from liantu.tracking.cadence import Kind
from liantu.vocabulary import regions
from liantu.vocabulary.programmes import programme_kits
from liantu.vocabulary.work_words import work_words

ORDER = (
    "person", "account", "programme", "member", "part", "meeting", "attendee", "decision", "task", "note", "order", "reply", "duty",
    "delivery",
)  # fmt: skip
"""Kinds of sheets, so that what others refer to comes first."""
_DAY = re.compile(r"今天(?:([+-])(\d{1,4}))?")
_PERIOD = re.compile(r"本期(?:-(\d{1,3}))?")
_WRITTEN_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")


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


def load_office(sheets: Sequence[Sheet], by: str, today: date, dry: bool = False) -> OfficeReport:
    """Load what sheets hold. With `dry`, or when anything is wrong, nothing is kept and the report says what would be.

    Args:
        sheets: of a workbook; those with other names are left out.
        today: the day that 今天 stands for.
    """
    loader = _Loader(by, today)
    try:
        with writing(), transaction.atomic():
            by_name = {sheet.name.strip(): sheet for sheet in sheets}
            for kind in ORDER:
                if (sheet := by_name.get(sheet_name(kind))) is not None:
                    loader.load(kind, sheet)
            if not loader.report.added and not loader.report.unchanged and not loader.report.problems:
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
    with translation.override("zh-hans"):
        return {
            str(model._meta.get_field(name).verbose_name): name  # type: ignore[union-attr]
            for name in names
            if not isinstance(model._meta.get_field(name), EvidenceField)
        }


class _Loader:
    def __init__(self, by: str, today: date) -> None:
        self.by, self.today = by, today
        self.report = OfficeReport()
        self.known: dict[type[models.Model], dict[str, int]] = {}

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
        text = str(value).strip() if not isinstance(value, date | datetime) else ""
        if isinstance(column, models.ForeignKey):
            return self._linked(column.related_model, text)
        if isinstance(column, models.DateField):
            return self._day(value, text)
        if isinstance(column, models.BooleanField):
            return text in {"是", "1", "True", "√"}
        if isinstance(column, RegionField):
            return regions().code_of(text)
        if isinstance(column, ChainField):
            return chain_label(text)
        if isinstance(column, CodeField):
            return _code(column, text)
        if isinstance(column, models.IntegerField):
            number = text.removesuffix(".0")
            if not number.isdecimal():
                raise ValueError("要填整数 / a whole number is needed")
            return int(number)
        if isinstance(column, MoneyField | models.DecimalField):
            return Decimal(text)
        return text.removesuffix(".0") if isinstance(value, float) else text

    def _day(self, value: Any, text: str) -> date:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if (relative := _DAY.fullmatch(text)) is not None:
            days = int(relative[2] or 0)
            return self.today + timedelta(days=-days if relative[1] == "-" else days)
        written = _WRITTEN_DAY.fullmatch(text)
        try:
            if written is not None:
                return date(*(int(part) for part in written.groups()))
        except ValueError:
            pass
        raise ValueError("日期请写作 2026-06-30 / write days as 2026-06-30")

    def _period(self, duty: int, text: str) -> str:
        found = _PERIOD.fullmatch(text)
        if found is None:
            return text
        kind = cast(Kind, Duty.objects.values_list("cadence", flat=True).get(pk=duty))
        period = period_of(kind, self.today)
        for _back in range(int(found[1] or 0)):
            period = period_of(kind, period.first - timedelta(days=1))
        return period.key

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
    decision = getattr(row, "order", None)
    if decision is not None and hasattr(row, "meeting"):
        return _squeezed(f"{row.meeting.title}#{decision}")
    return _squeezed(str(getattr(row, "title", "") or row))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _code(column: CodeField, text: str) -> str:
    if text in codes_of(column):
        return text
    if column.words == "programme_kit":
        names = {kit.name_zh: code for code, kit in programme_kits().items()}
    else:
        names = {word.name_zh: code for code, word in work_words().get(column.words, {}).items()}
    if text not in names:
        told = "、".join(names)
        raise ValueError(f"没有“{text}”这一项，可填：{told} / {text!r} is no choice; use one of: {told}")
    return names[text]


__all__ = ["ORDER", "CellProblem", "OfficeReport", "has_no_work", "headers_of", "load_office", "sheet_name"]
