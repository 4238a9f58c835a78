"""Forms of the records that officials keep: what a field shows, what it gives back, what both versions of a stale edit say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from liantu.ledger.chain_names import chain_label
from liantu.ledger.models.records import (
    ChainField,
    CodeField,
    EvidenceField,
    MeasureField,
    MoneyField,
    RegionField,
    SecrecyField,
    WorkRecord,
)
from liantu.ledger.rights import current_viewer
from liantu.ledger.services import StaleEditError
from liantu.ledger.work.kinds import KINDS, codes_of, field_of
from liantu.ledger.work.secrecy import levels_given
from liantu.tracking.profiles import profiles
from liantu.vocabulary import regions
from liantu.vocabulary.programmes import programme_kits
from liantu.vocabulary.work_words import work_words
from liantu.workbench import labels
from liantu.workbench.correcting import in_language
from liantu.workbench.formatting import chinese, number, quantity, region_name
from liantu.workbench.rights_words import level_words

_AMOUNT = re.compile(r"([\d,]+(?:\.\d+)?)(亿元|亿|万元|万|元)?$")
_SIZES = {"亿": Decimal(10) ** 8, "万": Decimal(10) ** 4, "元": Decimal(1)}
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$")


@dataclass(frozen=True, slots=True)
class RecordField:
    """One field of a form. `clash` holds (mine, theirs) where two people changed it: the person chooses."""

    name: str
    label: str
    value: str
    form: str  # text, long, day, money, number, measure, choice, tick, project, link, region, chain, hidden
    choices: tuple[tuple[str, str | Promise], ...] = ()
    required: bool = False
    clash: tuple[str, str, str, str] | None = None  # mine and theirs as given back, mine and theirs as shown


def code_word(field: models.Field[Any, Any], code: str) -> str:
    """The word for a code of a column, in the page's language."""
    words = field.words if isinstance(field, CodeField) else ""
    if words in ("stage", "canonical_stage"):
        return labels.word({**labels.STAGE, **labels.SIDE}, code)
    if words == "plan_bucket":
        return labels.word(labels.PLAN_BUCKET, code)
    if words == "progress_profile" and code in profiles():
        return profiles()[code].name_zh if chinese() else profiles()[code].name_en
    if words == "programme_kit":
        kit = programme_kits().get(code)
        return (kit.name_zh if chinese() else kit.name_en) if kit is not None else code
    found = work_words()[words].get(code) if words in work_words() else None
    return (found.name_zh if chinese() else found.name_en) if found is not None else code


def label_of(kind: str, column: str) -> str:
    """What a column is called, its unit included."""
    field = field_of(kind, column)
    if isinstance(field, models.ForeignKey):
        return _("台账项目") if column == "project" else str(field.verbose_name)
    name = str(field.verbose_name)
    return _("%(name)s（万元）") % {"name": name} if isinstance(field, MoneyField) else name


def form_of(field: models.Field[Any, Any]) -> str:
    """Which control a column asks for."""
    if field.name in getattr(field.model, "HIDDEN", ()):
        return "hidden"
    if isinstance(field, CodeField | SecrecyField):
        return "choice"
    if isinstance(field, models.ForeignKey):
        return "project" if field.name == "project" else "link"
    for kind, form in (
        (RegionField, "region"),
        (ChainField, "chain"),
        (EvidenceField, "hidden"),
        (models.BooleanField, "tick"),
        (models.DateField, "day"),
        (MoneyField, "money"),
        (MeasureField, "measure"),
        (models.DecimalField, "number"),
        (models.IntegerField, "number"),
        (models.TextField, "long"),
    ):
        if isinstance(field, kind):
            return form
    return "text"


def as_text(field: models.Field[Any, Any], value: Any) -> str:
    """A value as it stands in its field."""
    if value is None or value == "":
        return ""
    if isinstance(field, RegionField):
        return region_text(str(value))
    if isinstance(field, models.BooleanField):
        return "1" if value else ""
    if isinstance(field, MoneyField):
        return number_text(Decimal(value) / 10**4)
    if isinstance(field, MeasureField):
        return measure_text(Decimal(value))
    if isinstance(field, models.DecimalField):
        return number_text(Decimal(value))
    return str(value)


def measure_text(value: Decimal) -> str:
    """A number as it is typed: 8400亿 rather than twelve digits."""
    for size, name in ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")):
        if abs(value) >= size and (value / size * 10**4) % 1 == 0:
            return number_text(value / size) + name
    return number_text(value)


def region_text(code: str) -> str:
    """A region as a form shows it: by name where that is enough to find it again, else by code."""
    name = region_name(code)
    found = regions().by_name(name) if name else None
    return name if found is not None and found.code == code else code


def number_text(value: Decimal) -> str:
    """A number without needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def worded(kind: str, column: str, told: Any) -> str:
    """A value, or what history tells of it, as people read it."""
    field = field_of(kind, column)
    if told in (None, ""):
        return "—"
    if isinstance(field, RegionField):
        return region_name(told) or str(told)
    if isinstance(field, models.BooleanField):
        return _("是") if told else _("否")
    if isinstance(field, CodeField):
        return code_word(field, told)
    if isinstance(field, SecrecyField):
        return level_words(int(told))
    if isinstance(field, MoneyField):
        return quantity(float(told), "元")
    if isinstance(field, MeasureField):
        return measure_text(Decimal(str(told)))
    if isinstance(field, models.DecimalField):
        return number(float(told), 4)
    return str(told)


def form_columns(kind: str) -> list[str]:
    """The columns that people fill in; those that steps alone change are none of them."""
    model = KINDS[kind]
    return [column for column in model.COLUMNS if column not in model.LOCKED]


def fields_for(
    kind: str,
    values: Mapping[str, Any],
    projects: tuple[tuple[str, str], ...] = (),
    stale: StaleEditError | None = None,
    links: Mapping[str, tuple[tuple[str, str], ...]] | None = None,
) -> list[RecordField]:
    """The fields of a form.

    Args:
        values: by column, as texts (what was posted) or as kept.
        projects: choices for a link to a project.
        links: choices for the other links, by column.
        stale: what was posted came too late; fields that both sides changed then ask which holds, and those that only the
            other side changed show what it said.
    """
    found = []
    for column in form_columns(kind):
        field = field_of(kind, column)
        given = values.get(column, values.get(field.attname))
        value = given if isinstance(given, str) and not isinstance(field, CodeField) else as_text(field, given)
        if isinstance(field, RegionField) and value in regions():
            value = region_text(value)
        clash = None
        if stale is not None:
            value, clash = _merged(kind, field, value, stale)
        found.append(
            RecordField(
                column,
                label_of(kind, column),
                value,
                form_of(field),
                _choices(field, projects, links or {}),
                not field.blank and not field.null and not isinstance(field, models.BooleanField),
                clash,
            )
        )
    return found


def _choices(
    field: models.Field[Any, Any],
    projects: tuple[tuple[str, str], ...],
    links: Mapping[str, tuple[tuple[str, str], ...]],
) -> tuple[tuple[str, str | Promise], ...]:
    if field.name in field.model.HIDDEN:  # type: ignore[attr-defined]
        return ()
    if isinstance(field, CodeField):
        return (("", "—"), *((code, code_word(field, code)) for code in codes_of(field)))
    if isinstance(field, SecrecyField):
        return tuple((str(level), level_words(level)) for level in levels_given(current_viewer()))
    form = form_of(field)
    if form == "link":
        return (("", "—"), *links.get(field.name, ()))
    return (("", _("不对应台账里的项目")), *projects) if form == "project" else ()


def _merged(
    kind: str, field: models.Field[Any, Any], mine: str, stale: StaleEditError
) -> tuple[str, tuple[str, str, str, str] | None]:
    theirs = as_text(field, getattr(stale.current, field.attname))
    base = as_text(field, stale.base[field.name])
    try:
        same = _parsed(field, mine) == _parsed(field, base)
    except ValueError:
        same = mine == base
    if same or mine == theirs:
        return theirs, None
    if theirs == base:
        return mine, None

    def shown(text: str) -> str:
        try:
            value = _parsed(field, text)
        except ValueError:
            return text
        return worded(kind, field.name, value)

    return "", (mine, theirs, shown(mine), shown(theirs))


def given(kind: str, post: Mapping[str, Any]) -> dict[str, Any]:
    """What a form gives back, by column. Raises ValueError with one sentence for every field that cannot be read."""
    found: dict[str, Any] = {}
    wrong: list[str] = []
    for column in form_columns(kind):
        field = field_of(kind, column)
        if isinstance(field, SecrecyField) and column not in post:
            continue  # a form that does not ask for the level leaves it
        try:
            found[field.attname] = _parsed(field, str(post.get(column, "")).strip())
        except ValueError as error:
            wrong.append(_("“%(label)s”：%(error)s") % {"label": label_of(kind, column), "error": error})
    if wrong:
        raise ValueError("\n".join(wrong))
    return found


def _parsed(field: models.Field[Any, Any], text: str) -> Any:
    text = unicodedata.normalize("NFKC", text) if form_of(field) in ("day", "money", "number", "measure") else text
    if isinstance(field, models.BooleanField):
        return text in {"1", "on", "true", "True"}
    if not text:
        return None if field.null or not isinstance(field, models.CharField | models.TextField) else ""
    if isinstance(field, RegionField):
        text = unicodedata.normalize("NFKC", text)
        if len(text) == 6 and text.isdecimal():
            return text  # whether there is one is for the ledger's rules to say
        try:
            return regions().code_of(text)
        except ValueError as error:
            raise ValueError(in_language(error)) from None
    if isinstance(field, ChainField):
        return chain_label(text)
    if isinstance(field, models.DateField):
        return day(text)
    if isinstance(field, MoneyField):
        return yuan(text)
    if isinstance(field, MeasureField):
        return measure(text)
    if isinstance(field, models.DecimalField):
        return _decimal(text.replace(",", ""), field.decimal_places)
    if isinstance(field, models.IntegerField | models.ForeignKey):
        if not text.isdecimal() or len(text) > 9:
            raise ValueError(_("要填整数"))
        return int(text)
    return text


def day(text: str) -> date:
    """2024-02-26, 2024/2/26, 2024年2月26日. Raises ValueError with a sentence for the person."""
    found = _DAY.match(text.replace(" ", ""))
    try:
        return date(*(int(part) for part in found.groups())) if found else date.fromisoformat(text)
    except ValueError:
        raise ValueError(_("日期请写作 2024-02-26")) from None


def yuan(text: str) -> Decimal:
    """Money as people write it, in 万元 unless it says otherwise: 3500, 3,500.5万, 1.2亿元. Raises ValueError with a sentence."""
    found = _AMOUNT.match(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if found is None:
        raise ValueError(_("金额请填数字（万元），或写明单位，例如 3500、1.2亿元"))
    return _decimal(found[1].replace(",", ""), 8) * _SIZES[(found[2] or "万")[0]]


def measure(text: str) -> Decimal:
    """A number that may have 万 or 亿 at its end: 8400亿, -7.2, 1.2万. Raises ValueError with a sentence."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace(",", "")
    size = _SIZES.get(plain[-1:], Decimal(1)) if plain[-1:] in ("亿", "万") else Decimal(1)
    return _decimal(plain.rstrip("亿万"), 6) * size


def _decimal(text: str, places: int) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(_("要填数字")) from None
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent > places:
        raise ValueError(_("小数位数太多"))
    return value


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One column before and after a change, as people read it."""

    label: str
    before: str
    after: str


def change_lines(
    kind: str, before: Mapping[str, Any], after: Mapping[str, Any], linked: Mapping[tuple[Any, Any], str] | None = None
) -> list[ChangeLine]:
    """The columns of a change in the order of the form; `linked` gives the names of linked rows, by model and id."""
    called = linked or {}
    found = []
    for column in KINDS[kind].COLUMNS:
        field = field_of(kind, column)
        if column in KINDS[kind].HIDDEN:
            continue
        name = column if column in before or column in after else field.attname
        if name in before or name in after:
            old, new = before.get(name), after.get(name)
            if isinstance(field, EvidenceField):
                continue
            if isinstance(field, models.ForeignKey):
                names = {pk: text for (table, pk), text in called.items() if table == field.related_model}
                found.append(ChangeLine(label_of(kind, column), names.get(old, "—"), names.get(new, "—")))
            else:
                told = (worded(kind, column, old), worded(kind, column, new))
                found.append(ChangeLine(str(field.verbose_name), *told))
    return found


def title_of(row: WorkRecord) -> str:
    """What a kind of record is called."""
    return str(row._meta.verbose_name)


ELSEWHERE = frozenset({"next_step", "next_step_due"})
"""Columns that the project page shows by themselves."""


def told_columns(kind: str, row: WorkRecord) -> list[tuple[str, str]]:
    """The columns of a record that are filled in, as (label, words)."""
    found = []
    for column in row.COLUMNS:
        value = getattr(row, column)
        field = field_of(kind, column)
        hidden = column in row.HIDDEN or isinstance(field, EvidenceField)
        if column not in ELSEWHERE and not hidden and value not in (None, "", False):
            found.append((str(field_of(kind, column).verbose_name), worded(kind, column, value)))
    return found
