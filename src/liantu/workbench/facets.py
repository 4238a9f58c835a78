"""What the filter lists offer: only what occurs in the ledger, computed once for each of its states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Model

from liantu.ledger.models import FigureView, Source
from liantu.ledger.rights import scope_key, unrestricted
from liantu.vocabulary import regions
from liantu.workbench.cached import per_tables

MAX_SOURCES = 400


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a filter list."""

    value: str
    label: str
    depth: int = 0

    @property
    def indented(self) -> str:
        return "\u3000" * self.depth + self.label


def region_choices(model: type[Model], at: int) -> list[Choice]:
    """Provinces, cities and counties that occur in `model`, and the virtual regions they make up."""
    return per_tables(f"regions:{model.__name__}", lambda: regions_above(_codes(model)), at)


def distinct_values(model: type[Model], field: str) -> list[str]:
    """Different non-empty values of an indexed text column, found by leaping along its index.

    `SELECT DISTINCT` reads every row on both engines; this reads one index entry a value.
    """
    quote = connection.ops.quote_name
    table, column = quote(model._meta.db_table), quote(_column(model, field))
    if scope_key():  # the leap sees all rows: ask of each value whether the reader may see one of its rows
        with unrestricted():
            every = distinct_values(model, field)
        return [value for value in every if model._default_manager.filter(**{field: value}).order_by().exists()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE leap(value) AS (SELECT MIN({column}) FROM {table} WHERE {column} > '' UNION ALL "
            f"SELECT (SELECT MIN({column}) FROM {table} WHERE {column} > leap.value) FROM leap WHERE leap.value IS NOT NULL) "
            "SELECT value FROM leap WHERE value IS NOT NULL"
        )
        return [row[0] for row in cursor.fetchall()]


def _column(model: type[Model], field: str) -> str:
    return next(str(f.column) for f in model._meta.concrete_fields if f.name == field)


def _codes(model: type[Model]) -> set[str]:
    return {*distinct_values(model, "city_code"), *distinct_values(model, "region_code")}


def regions_above(codes: Iterable[str]) -> list[Choice]:
    """The regions with these codes and all above them, as a filter list offers them."""
    gazetteer = regions()
    known = {c for c in codes if c in gazetteer and not gazetteer.by_code(c).is_group}
    for code in list(known):
        known.update(above.code for above in gazetteer.parents(code))
    out = []
    for region in gazetteer:
        if region.is_group and any(member in known for member in region.members):
            out.append(Choice(region.code, region.name))
    for code in sorted(known):
        depth = 0 if code.endswith("0000") else 1 if code.endswith("00") else 2
        out.append(Choice(code, gazetteer.by_code(code).name, depth))
    return out


def chain_choices(model: type[Model], at: int, field: str = "chain_name") -> list[Choice]:
    """Chains that occur in `model`."""

    def compute() -> list[Choice]:
        return [Choice(name, name) for name in sorted(distinct_values(model, field))]

    return per_tables(f"chains:{model.__name__}", compute, at)


def year_choices(at: int) -> list[int]:
    """Years that the periods of figures touch, newest first."""

    def compute() -> list[int]:
        # The two ends apart: each is then one step along the index.
        ends = FigureView.objects.filter(period_end__isnull=False).values_list("period_end", flat=True)
        first, last = ends.order_by("period_end").first(), ends.order_by("-period_end").first()
        if first is None or last is None:
            return []
        # A few figures look far back; a list of more than forty years helps nobody.
        return list(range(last.year, max(first.year, last.year - 40) - 1, -1))

    return per_tables("years", compute, at)


def source_choices(at: int) -> list[Choice]:
    """The newest sources in the ledger."""

    def compute() -> list[Choice]:
        rows = Source.objects.filter(state=Source.State.READY).order_by("-read_at")
        return [
            Choice(str(pk), title or name) for pk, title, name in rows.values_list("pk", "title", "name")[:MAX_SOURCES]
        ]

    return per_tables("sources", compute, at)
