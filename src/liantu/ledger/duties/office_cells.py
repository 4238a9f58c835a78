"""Cells of the office's workbook: what they say, by the kind of their column.

A day may be written as 今天, 今天-10 or 今天+5: so many days from the day of loading. A year and a month may be written as 上月 or 上月-3: those
of that month; a period of a duty as 本期 or 本期-2. Money is in 万元 unless it says otherwise, as on forms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models

from liantu.ledger.chain_names import chain_label
from liantu.ledger.models.records import ChainField, CodeField, MeasureField, MoneyField, RegionField, SecrecyField
from liantu.ledger.work.kinds import codes_of
from liantu.tracking import period_of
from liantu.tracking.cadence import Kind
from liantu.tracking.profiles import profiles
from liantu.vocabulary import regions
from liantu.vocabulary.access import confidentiality, level_named
from liantu.vocabulary.programmes import programme_kits
from liantu.vocabulary.stages import plan_buckets, side_states, stages
from liantu.vocabulary.work_words import work_words

_DAY = re.compile(r"今天(?:([+-])(\d{1,4}))?")
_MONTH = re.compile(r"上月(?:-(\d{1,3}))?")
_PERIOD = re.compile(r"本期(?:-(\d{1,3}))?")
_WRITTEN_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_AMOUNT = re.compile(r"([\d,]+(?:\.\d+)?)(亿|万|)元?")
_SIZES = {"亿": 10**8, "万": 10**4, "": 10**4}


def cell_value(column: models.Field[Any, Any], value: Any, today: date) -> Any:
    """What a cell says in a column that is no link. Raises ValueError, in both languages, for what cannot stand there."""
    text = str(value).strip() if not isinstance(value, date | datetime) else ""
    if isinstance(column, models.DateField):
        return _day(value, text, today)
    if isinstance(column, models.BooleanField):
        return text in {"是", "1", "True", "√"}
    if isinstance(column, RegionField) or column.name == "region_code":
        return regions().code_of(text)
    if isinstance(column, ChainField):
        return chain_label(text)
    if isinstance(column, CodeField):
        return _code(column, text)
    if isinstance(column, SecrecyField):
        return level_named(text.removesuffix(".0"))
    if isinstance(column, models.IntegerField):
        return _whole(column.name, text.removesuffix(".0"), today)
    if isinstance(column, MoneyField):
        return _money(text)
    if isinstance(column, MeasureField | models.DecimalField):
        try:
            return Decimal(text.replace(",", ""))
        except InvalidOperation:
            raise ValueError("要填数字 / a number is needed") from None
    return text.removesuffix(".0") if isinstance(value, float) else text


def period_key(kind: Kind, text: str, today: date) -> str:
    """The period of a duty: 本期-2 is the one two before that of today; anything else is left as it is written."""
    found = _PERIOD.fullmatch(text)
    if found is None:
        return text
    period = period_of(kind, today)
    for _back in range(int(found[1] or 0)):
        period = period_of(kind, period.first - timedelta(days=1))
    return period.key


def _day(value: Any, text: str, today: date) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if (relative := _DAY.fullmatch(text)) is not None:
        days = int(relative[2] or 0)
        return today + timedelta(days=-days if relative[1] == "-" else days)
    written = _WRITTEN_DAY.fullmatch(text)
    try:
        if written is not None:
            return date(*(int(part) for part in written.groups()))
    except ValueError:
        pass
    raise ValueError("日期请写作 2026-06-30 / write days as 2026-06-30")


def _whole(name: str, text: str, today: date) -> int:
    back = _MONTH.fullmatch(text) if name in ("year", "month") else None
    if back is not None:
        months = today.year * 12 + today.month - 2 - int(back[1] or 0)
        return months // 12 if name == "year" else months % 12 + 1
    if not text.isdecimal() or len(text) > 9:
        raise ValueError("要填整数 / a whole number is needed")
    return int(text)


def _money(text: str) -> Decimal:
    found = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if found is None:
        raise ValueError("金额请填数字（万元），或写明单位，例如 3500、1.2亿元 / give a number of 万元, or its unit")
    if text.endswith("元") and not found[2]:
        return Decimal(found[1].replace(",", ""))
    return Decimal(found[1].replace(",", "")) * _SIZES[found[2]]


def _code(column: CodeField, text: str) -> str:
    if text in codes_of(column):
        return text
    names = choices_of(column)
    if text not in names:
        told = "、".join(names)
        raise ValueError(f"没有“{text}”这一项，可填：{told} / {text!r} is no choice; use one of: {told}")
    return names[text]


def words_of(column: models.Field[Any, Any]) -> tuple[str, ...]:
    """The Chinese words that a column may hold; none where it is not a matter of choosing one."""
    if isinstance(column, SecrecyField):
        return tuple(each.name_zh for each in confidentiality().values())
    return tuple(choices_of(column)) if isinstance(column, CodeField) else ()


def choices_of(column: CodeField) -> dict[str, str]:
    """The Chinese words of a column of codes, each with its code."""
    words: Mapping[str, Any]
    if column.words == "programme_kit":
        words = programme_kits()
    elif column.words == "plan_bucket":
        words = {bucket.value: bucket for bucket in plan_buckets()}
    elif column.words in ("stage", "canonical_stage"):
        words = {**stages(), **{state.value: state for state in side_states()}}
    elif column.words == "progress_profile":
        words = profiles()
    else:
        words = work_words().get(column.words, {})
    return {words[code].name_zh: code for code in codes_of(column)}
