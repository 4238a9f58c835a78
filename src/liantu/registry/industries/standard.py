"""The codes and names of GB/T 4754-2017: 20 sections, their divisions, groups and classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from liantu.vocabulary.tables import read_table

_PACKAGE = "liantu.registry"


@dataclass(frozen=True, slots=True)
class Industry:
    """A section (letter), division (two digits), group (three) or class (four)."""

    code: str
    name: str
    section: str


@cache
def industries() -> Mapping[str, Industry]:
    """Code → industry, in the order of the standard."""
    table = read_table("gb4754.csv", ("code", "name", "section", "source"), package=_PACKAGE)
    table.require_unique("code")
    found = {r["code"]: Industry(r["code"], r["name"], r["section"]) for _, r in table.rows}
    for line, row in table.rows:
        code = row["code"]
        above = code[:-1] if len(code) > 2 else row["section"]
        if above not in found:
            raise table.error(line, f"没有“{code}”的上一级“{above}”", f"{code} has nothing above it: no {above}")
    return MappingProxyType(found)


def industry_name(code: str) -> str:
    """The standard's name of `code`; empty for none."""
    industry = industries().get(code)
    return industry.name if industry is not None else ""
