"""The fields of a correction or an addition: what a form shows, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liantu.extraction.figures.numbers import find_quantities
from liantu.extraction.model import Bound
from liantu.ledger.corrections import said
from liantu.ledger.models import Review, Statement
from liantu.ledger.services import columns_of
from liantu.workbench import labels
from liantu.workbench.formatting import number, period, quantity

CHOICES: dict[str, dict[str, labels.Words]] = {
    "figure": {
        "status": labels.STATUS,
        "figure_kind": labels.FIGURE_KIND,
        "bound": {code: code if code == "=" else labels.BOUND[code] for code in get_args(Bound)},
    },
    "project": {"text_value": {"": "—", **labels.STAGE}},
    "enterprise": {"text_value": {"": "—", **labels.ENTERPRISE_ROLE}},
    "chain": {"text_value": {"": "—", **labels.CHAIN_ROLE}},
    "relation": {"property": labels.RELATION},
    "event": {"property": labels.EVENT},
}
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str | Promise], ...] = ()
    placeholder: str = ""
    decimal: bool = False


def label_of(kind: str, column: str) -> str:
    """What a column of a kind of finding is called."""
    own = {
        ("project", "subject_name"): _("项目名称"),
        ("project", "text_value"): _("阶段"),
        ("project", "value"): _("总投资（元）"),
        ("project", "object_name"): _("建设单位"),
        ("enterprise", "subject_name"): _("企业名称"),
        ("enterprise", "text_value"): _("角色"),
        ("chain", "subject_name"): _("产业链"),
        ("chain", "object_name"): _("所在"),
        ("chain", "text_value"): _("地位"),
        ("relation", "property"): _("关系"),
        ("relation", "object_name"): _("对象"),
        ("event", "property"): _("事件"),
        ("event", "period"): _("日期"),
    }
    usual = {
        "subject_name": _("主体"),
        "property": _("指标"),
        "value": _("数值"),
        "unit": _("单位"),
        "bound": _("界限"),
        "figure_kind": _("性质"),
        "status": _("状态"),
        "period": _("时期"),
        "place": _("地点"),
        "chain": _("产业链"),
    }
    return own.get((kind, column)) or usual.get(column, column)


def kind_of(statement: Statement) -> str:
    """`figure` for every number, else the statement's kind."""
    return "figure" if statement.figure_kind else statement.kind


def fields(kind: str, columns: tuple[str, ...], values: Mapping[str, Any]) -> list[Field]:
    """The fields of a form, filled in with `values`."""
    hints = {"value": _("如 5623、12.5亿"), "period": "2024 · 2024-01/2024-09 · ../2024-10"}
    return [
        Field(
            name,
            label_of(kind, name),
            shown(values.get(name)),
            tuple(CHOICES.get(kind, {}).get(name, {}).items()),
            hints.get(name, ""),
            name == "value",
        )
        for name in columns
    ]


def fields_of(statement: Statement) -> list[Field]:
    """The fields in which a statement can be corrected."""
    columns = columns_of(statement)
    return fields(kind_of(statement), columns, {name: said(statement, name) for name in columns})


def shown(value: Any) -> str:
    """A value as it stands in a field."""
    if value is None:
        return ""
    return number(float(value), DECIMALS) if isinstance(value, int | float) else str(value)


def given(kind: str, columns: tuple[str, ...], post: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What a form gives another value than `before`. Raises ValueError with a sentence for the person."""
    found: dict[str, Any] = {}
    for name in columns:
        if name not in post:
            continue
        text = str(post[name]).strip()
        if text == shown(before.get(name)):
            continue
        choices = CHOICES.get(kind, {}).get(name)
        if choices is not None and text not in choices:
            raise ValueError(_("“%(text)s”不在可选的%(label)s之内。") % {"text": text, "label": label_of(kind, name)})
        if name != "value":
            found[name] = text
            continue
        value = amount(text, str(post.get("unit", before.get("unit") or "")) or ("元" if kind == "project" else ""))
        if value != before.get(name):
            found[name] = value
    return found


def amount(text: str, unit: str) -> float | None:
    """A number as people write it: 5623, 1,058, 12.5亿. None for none. Raises ValueError with a sentence for the person."""
    plain = text.replace(",", "").replace("，", "").replace(" ", "")
    if not plain:
        return None
    try:
        return float(plain)
    except ValueError:
        pass
    read = find_quantities(plain + unit) or find_quantities(plain)
    if len(read) != 1 or read[0].start != 0:
        raise ValueError(_("数值要填数字，例如 5623、17.38 或 12.5亿。"))
    return float(read[0].value)


def in_language(error: ValueError) -> str:
    """The half of a message in two languages that the page is in."""
    chinese, _slash, english = str(error).partition(" / ")
    return english if english and not (get_language() or "zh").startswith("zh") else chinese


@dataclass(frozen=True, slots=True)
class Change:
    """One column before and after a correction, as people read it."""

    label: str
    before: str
    after: str


def changes(review: Review) -> list[Change]:
    """What a correction changed. `review.statement` and `review.replacement` are read."""
    before, after = review.statement, review.replacement
    if after is None or review.carried_from_id is not None:
        return []
    kind = kind_of(before)
    found = []
    for name in columns_of(before):
        old, new = said(before, name), said(after, name)
        if old != new:
            found.append(Change(label_of(kind, name), worded(kind, name, old, before), worded(kind, name, new, after)))
    return found


def worded(kind: str, column: str, value: Any, statement: Statement) -> str:
    """A value in words."""
    if value in (None, ""):
        return "—"
    if column == "value":
        return quantity(value, statement.unit, "=", statement.figure_kind)
    if column == "period":
        return period(value)
    words = CHOICES.get(kind, {}).get(column)
    return labels.word(words, value) if words else str(value)
