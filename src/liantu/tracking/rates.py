"""Rates as offices print them: always with numerator, denominator and the definition they follow.

One name has several definitions (开工率 of all projects, or of a signed cohort), so a rate is known by the id of its definition
(`data/rates.csv`), and two rates of different definitions are never compared or chained.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from types import MappingProxyType
from typing import Literal

from liantu.vocabulary.tables import read_table

from .events import Progress

Number = int | str | Decimal
Flag = Literal["over_100", "definition_unconfirmed", "differs_from_published", "rounding_difference"]
STATES = ("entered", "common_usage", "not_published", "not_at_hand")


@dataclass(frozen=True, slots=True)
class Definition:
    """What a rate divides by what. `state` says how sure the definition is; all but `entered` are to be confirmed."""

    id: str
    name_zh: str
    name_en: str
    numerator_zh: str
    denominator_zh: str
    unit: Literal["count", "money"]
    basis: str
    state: str
    source: str


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate. `value` and `published` are percentages; `value` is None when the denominator is zero.

    `low` and `high` bound what the numbers as printed can mean: 301.7 stands for anything from 301.65 to 301.75.
    """

    definition: Definition
    numerator: Decimal
    denominator: Decimal
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    published: Decimal | None = None
    flags: tuple[Flag, ...] = ()
    statements: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """To two decimals, the published figure beside it where the two differ: `72.16%（公布 72.17%）`."""
        if self.value is None:
            return "—"
        own = f"{rounded(self.value)}%"
        return own if self.published in (None, rounded(self.value)) else f"{own}（公布 {self.published}%）"


@cache
def definitions() -> MappingProxyType[str, Definition]:
    """All definitions by id."""
    columns = ("rate", "name_zh", "name_en", "numerator_zh", "denominator_zh", "unit", "basis", "state", "source")
    table = read_table("rates.csv", columns, package=__package__)
    table.require_unique("rate")
    table.require_known("unit", ("count", "money"))
    table.require_known("state", STATES)
    return MappingProxyType(
        {
            r["rate"]: Definition(
                r["rate"],
                r["name_zh"],
                r["name_en"],
                r["numerator_zh"],
                r["denominator_zh"],
                "count" if r["unit"] == "count" else "money",
                r["basis"],
                r["state"],
                r["source"],
            )
            for _, r in table.rows
        }
    )


def rate(
    definition: str,
    numerator: Number,
    denominator: Number,
    *,
    published: Number | None = None,
    statements: Iterable[str] = (),
) -> Rate:
    """numerator / denominator in percent under one definition.

    Args:
        definition: id in `data/rates.csv`.
        numerator, denominator: as printed (`"301.7"`), so that their precision is known; both in one unit.
        published: the percentage that the source prints, if it does. It is kept beside ours: a difference that the
            rounding of the printed numbers explains is flagged `rounding_difference`, any other `differs_from_published`.
        statements: ids of the statements used.

    A rate above 100 % is kept and flagged: it may be true, and it should be checked.

    Raises:
        KeyError: no such definition.
        ValueError: a number that is none or is negative, or a count that is not whole.
    """
    meaning = definitions()[definition]
    top, bottom = _number(numerator, meaning), _number(denominator, meaning)
    printed = None if published is None else _decimal(published)
    flags: list[Flag] = [] if meaning.state == "entered" else ["definition_unconfirmed"]
    if bottom == 0:
        return Rate(meaning, top, bottom, None, None, None, printed, tuple(flags), tuple(statements))
    value = 100 * top / bottom
    low, high = value, value
    if meaning.unit == "money":
        least = bottom - _half(bottom)
        low = 100 * max(Decimal(0), top - _half(top)) / (bottom + _half(bottom))
        high = 100 * (top + _half(top)) / least if least > 0 else value
    if value > 100:
        flags.append("over_100")
    if printed is not None and rounded(value, printed) != printed:
        within = low < printed + _half(printed) and high > printed - _half(printed)
        flags.append("rounding_difference" if within else "differs_from_published")
    return Rate(meaning, top, bottom, value, low, high, printed, tuple(flags), tuple(statements))


def cohort_rate(definition: str, cohort: Iterable[Progress], stage: str) -> Rate:
    """The share of a cohort of projects that has reached `stage`: count rates out of the project ledger.

    The cohort is the denominator; who belongs to it (a batch's signed projects, all projects) is the caller's to say, and must
    be what the definition's basis names.

    Raises:
        ValueError: the definition does not count projects.
    """
    if definitions()[definition].unit != "count":
        raise ValueError(f"{definition} 不是按项目数计算的比率 / {definition} does not count projects")
    members = list(cohort)
    return rate(definition, sum(1 for p in members if p.has_reached(stage)), len(members))


def points_between(earlier: Rate, later: Rate) -> tuple[Decimal, Decimal | None]:
    """(change in percentage points, relative change in percent) from one rate to a later one; they are two different things.

    Raises:
        ValueError: the two follow different definitions, or one has no value.
    """
    if earlier.definition.id != later.definition.id:
        raise ValueError(
            f"两个比率口径不同（{earlier.definition.name_zh}／{later.definition.name_zh}），不能比较 / "
            f"the rates follow different definitions ({earlier.definition.id}, {later.definition.id})"
        )
    if earlier.value is None or later.value is None:
        raise ValueError("其中一个比率没有数值 / one of the rates has no value")
    return change_of_share(earlier.value, later.value)


def change_of_share(earlier: Number, later: Number) -> tuple[Decimal, Decimal | None]:
    """The same for two percentages as printed: 11.3 → 22.3 is 11.0 points and 97.3 % more. None where the earlier is zero."""
    before, after = _decimal(earlier), _decimal(later)
    return after - before, 100 * (after - before) / before if before else None


def rounded(value: Decimal, like: Decimal = Decimal("0.01")) -> Decimal:
    """`value` rounded half up to the decimals of `like`."""
    return value.quantize(Decimal(1).scaleb(_exponent(like)), rounding=ROUND_HALF_UP)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _half(value: Decimal) -> Decimal:
    """Half a unit of the last digit printed."""
    return Decimal("0.5").scaleb(min(0, _exponent(value)))


def _decimal(value: Number) -> Decimal:
    try:
        found = Decimal(str(value).replace(",", "")) if not isinstance(value, Decimal) else value
    except InvalidOperation:
        raise ValueError(f"不是数字：{value} / not a number: {value}") from None
    if not found.is_finite():
        raise ValueError(f"不是数字：{value} / not a number: {value}")
    return found


def _number(value: Number, meaning: Definition) -> Decimal:
    found = _decimal(value)
    if found < 0:
        raise ValueError(f"{meaning.name_zh}：{value} 是负数 / {meaning.id}: {value} is negative")
    if meaning.unit == "count" and found != found.to_integral_value():
        raise ValueError(f"{meaning.name_zh}：个数 {value} 不是整数 / {meaning.id}: {value} is not a whole number")
    return found
