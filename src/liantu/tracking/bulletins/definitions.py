"""Kinds of bulletins and the indicators they are made of, as data files that are checked when they are read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from liantu.tracking.rates import definitions as rates
from liantu.vocabulary.tables import VocabularyError, read_table

GROUPS = ("city", "county", "zone", "chain")
ORDERS = ("value", "growth", "none")
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TOP = frozenset({"id", "title", "title_en", "period", "issuer", "opening", "alerts", "source", "sections"})
UNITS = ("percent", "money", "count")


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number that bulletins print. `rate` is the definition it follows, where it is a rate of `tracking.rates`."""

    id: str
    name_zh: str
    name_en: str
    unit: str
    rate: str
    numerator_zh: str
    denominator_zh: str
    falling: bool  # the smaller, the better
    decimals: int
    least_base: float  # below it growth is shown and not ranked
    source: str

    @property
    def definition_zh(self) -> str:
        """What divides what, for the notes of a bulletin."""
        if self.denominator_zh:
            return f"{self.name_zh}＝{self.numerator_zh}÷{self.denominator_zh}"
        return f"{self.name_zh}：{self.numerator_zh}"


@dataclass(frozen=True, slots=True)
class Section:
    """One section: an indicator by groups, ranked or not.

    Attributes:
        order: `value`, `growth`, or `none` for a table without ranks.
        below: `elapsed` (the time elapsed), a number, or empty: who lies below it is named.
        least: groups from which a ranking is made at all.
    """

    id: str
    title: str
    indicator: str
    group: str
    order: str
    top: int
    bottom: int
    below: str
    least: int
    growth: bool


@dataclass(frozen=True, slots=True)
class Definition:
    """A kind of bulletin."""

    id: str
    title: str
    title_en: str
    period: str  # month or quarter
    issuer: str
    opening: str
    sections: tuple[Section, ...]
    alerts: bool  # whether it ends with what the alerts say
    source: str


@cache
def indicators() -> MappingProxyType[str, Indicator]:
    """All indicators by id."""
    columns = (
        "indicator", "name_zh", "name_en", "unit", "rate", "numerator_zh", "denominator_zh", "better", "decimals",
        "least_base", "source",
    )  # fmt: skip
    table = read_table("bulletin_indicators.csv", columns, package="liantu.tracking")
    table.require_unique("indicator")
    table.require_unique("name_zh")
    table.require_known("unit", UNITS)
    table.require_known("rate", rates())
    table.require_known("better", ("high", "low"))
    return MappingProxyType(
        {
            r["indicator"]: Indicator(
                r["indicator"], r["name_zh"], r["name_en"], r["unit"], r["rate"], r["numerator_zh"], r["denominator_zh"],
                r["better"] == "low", int(r["decimals"]), float(r["least_base"] or 0), r["source"],
            )
            for _, r in table.rows
        }
    )  # fmt: skip


@cache
def shipped_kinds() -> MappingProxyType[str, tuple[Definition, str]]:
    """The kinds of bulletins that come with the product, each with its text, by id."""
    folder = files("liantu.tracking").joinpath("data", "bulletins")
    found: dict[str, tuple[Definition, str]] = {}
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        text = file.read_text(encoding="utf-8")
        made = read_definition(file.name, text)
        if made.id in found:
            raise _wrong(file.name, "id", f"“{made.id}”重复", f"{made.id!r} stands twice")
        found[made.id] = (made, text)
    return MappingProxyType(found)


@cache
def definitions() -> MappingProxyType[str, Definition]:
    """The kinds of bulletins that come with the product, by id."""
    return MappingProxyType({key: made for key, (made, _text) in shipped_kinds().items()})


def read_definition(file: str, text: str) -> Definition:
    """A kind of bulletin out of its TOML file.

    Raises:
        VocabularyError: with the entry that is wrong.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(file, 1, f"不是 TOML：{error}", f"no TOML: {error}") from None
    for name in ("id", "title", "period", "source"):
        if not isinstance(data.get(name), str) or not data[name].strip():
            raise _wrong(file, name, "要填写", "must be filled")
    if not _ID.fullmatch(data["id"]):
        raise _wrong(file, "id", "用小写字母、数字和下划线，最多 40 个", "lower-case letters, digits and _, 40 at most")
    for name in data.keys() - _TOP:
        raise _wrong(file, name, f"没有这一项，可以写：{'、'.join(sorted(_TOP))}", "no such entry")
    if not isinstance(data.get("sections", ()), list | tuple):
        raise _wrong(file, "sections", "每一节以 [[sections]] 开头", "each section begins with [[sections]]")
    if data["period"] not in ("month", "quarter"):
        raise _wrong(file, "period", "写 month 或 quarter", "month or quarter")
    sections = tuple(_section(file, number, each) for number, each in enumerate(data.get("sections", ()), start=1))
    if not sections:
        raise _wrong(file, "sections", "至少要有一节", "there must be one")
    names = [section.id for section in sections]
    if len(set(names)) < len(names):
        raise _wrong(file, "sections", "节的代号重复", "two sections have one id")
    return Definition(
        data["id"], data["title"], str(data.get("title_en", data["title"])), data["period"], str(data.get("issuer", "")),
        str(data.get("opening", "")), sections, bool(data.get("alerts", False)), data["source"],
    )  # fmt: skip


def _section(file: str, number: int, data: Mapping[str, Any]) -> Section:
    at = f"sections[{number}]"
    if not isinstance(data, Mapping):
        raise _wrong(file, at, "每一节以 [[sections]] 开头", "each section begins with [[sections]]")
    known = {"id", "title", "indicator", "group", "order", "top", "bottom", "below", "least", "growth"}
    for name in data.keys() - known:
        raise _wrong(file, f"{at}.{name}", "没有这一项", "no such entry")
    for name, allowed in (("indicator", indicators()), ("group", GROUPS)):
        if data.get(name) not in allowed:
            raise _wrong(file, f"{at}.{name}", f"可用：{'、'.join(allowed)}", f"one of {', '.join(allowed)}")
    order = data.get("order", "value")
    if order not in ORDERS:
        raise _wrong(file, f"{at}.order", f"可用：{'、'.join(ORDERS)}", f"one of {', '.join(ORDERS)}")
    below = str(data.get("below", ""))
    if below not in ("", "elapsed"):
        try:
            float(below)
        except ValueError:
            raise _wrong(file, f"{at}.below", "写 elapsed 或一个数", "elapsed or a number") from None
    for name in ("top", "bottom", "least"):
        if not isinstance(data.get(name, 3), int) or not 0 <= data.get(name, 3) <= 50:
            raise _wrong(file, f"{at}.{name}", "写 0 到 50 的整数", "a whole number from 0 to 50")
    return Section(
        str(data.get("id", f"s{number}")), str(data.get("title", indicators()[data["indicator"]].name_zh)),
        data["indicator"], data["group"], order, data.get("top", 3), data.get("bottom", 3), below, data.get("least", 3),
        bool(data.get("growth", False)),
    )  # fmt: skip


def _wrong(file: str, entry: str, zh: str, en: str) -> VocabularyError:
    return VocabularyError(file, 1, f"{entry}：{zh}", f"{entry}: {en}")
