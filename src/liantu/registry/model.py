"""What the registry holds of an enterprise, and what it says of a row that is not right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from liantu.vocabulary.tables import read_table

RegionFrom = Literal["address", "place", "name", "streets", "code", ""]
"""What told the region: the address, the columns of the place, the firm's own name, the street or township as other firms of the
list name it with its county, or the digits of the registration authority in the credit code."""


class RegistryError(ValueError):
    """A list that cannot be loaded at all: says which file and what to do."""

    def __init__(self, source: str, zh: str, en: str) -> None:
        super().__init__(f"《{source}》{zh} / {source}: {en}")
        self.source = source


@dataclass(frozen=True, slots=True)
class Capital:
    """Registered capital as written, understood. `yuan` is None for another currency: no exchange rate is assumed."""

    written: str
    amount: float
    currency: str

    @property
    def yuan(self) -> float | None:
        return self.amount if self.currency == "CNY" else None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list, as text under the names of our fields; `row` is its number in the file (header included)."""

    row: int
    values: dict[str, str]

    def get(self, field: str) -> str:
        return self.values.get(field, "")


@dataclass(frozen=True, slots=True)
class Enterprise:
    """One enterprise of a list. `repeats` is the row it repeats, then it counts nowhere."""

    row: int
    name: str
    uscc: str
    uscc_valid: bool
    scope: str
    products: str  # what the list says that it makes
    address: str
    capital: Capital | None
    established: date | None
    region_code: str
    region_from: RegionFrom
    repeats: int | None = None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one row; `refused` rows are not loaded."""

    source: str
    row: int
    code: str
    zh: str
    en: str
    refused: bool

    def __str__(self) -> str:
        return f"《{self.source}》第{self.row}行：{self.zh} / {self.source}, row {self.row}: {self.en}"


@cache
def _messages() -> dict[str, tuple[str, str, bool]]:
    table = read_table("problems.csv", ("code", "refused", "zh", "en", "source"), package=__package__)
    table.require_unique("code")
    table.require_known("refused", ("yes", "no"))
    return {r["code"]: (r["zh"], r["en"], r["refused"] == "yes") for _, r in table.rows}


def row_problem(source: str, row: int, code: str, value: str = "", other: int = 0) -> RowProblem:
    """The problem `code` of row `row`, its message filled in."""
    zh, en, refused = _messages()[code]
    short = value if len(value) <= 40 else value[:40] + "…"
    return RowProblem(
        source, row, code, zh.format(value=short, other=other), en.format(value=short, other=other), refused
    )
