"""The lists that can go out and come back, and their columns (`data/exchange_columns.csv`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from django.db.models import Model, QuerySet

from liantu.ledger.likeness import fold
from liantu.ledger.models import EnterpriseView, ProjectView
from liantu.ledger.naming import NAME_LENGTH
from liantu.ledger.places import place_of_code
from liantu.ledger.standing import batches
from liantu.vocabulary.tables import read_table

Type = Literal["text", "stage", "role", "money", "region", "chain", "chains"]
COLUMNS = ("list", "column", "type", "zh", "en", "headers", "width", "format", "source")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its heading in both languages, further headings it is known by, and what its cells hold."""

    key: str
    type: Type
    zh: str
    en: str
    headers: tuple[str, ...]
    width: float
    format: str


Row = dict[str, Any]  # column → value as the ledger stores it


@dataclass(frozen=True, slots=True)
class Known:
    """A row as it stands in the ledger."""

    entity: int
    identity: tuple[str, str]  # folded name and scope of its entity
    city_code: str
    values: Row


@dataclass(frozen=True, slots=True)
class ExchangeList:
    """A list: the view whose rows it shows, and where each column's value stands in it."""

    kind: str
    zh: str
    en: str
    view: type[Model]
    fields: Mapping[str, str]

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns, in the order in which they are written."""
        return columns_of(self.kind)

    def rows(self, entities: Iterable[int]) -> dict[int, Known]:
        """The rows of some entities, by entity; those that are not on the list are left out."""
        found: dict[int, Known] = {}
        for part in batches(entities):
            found |= {row.entity: row for row in self.read(self.view._default_manager.filter(pk__in=part))}
        return found

    def read(self, views: QuerySet[Any]) -> Iterator[Known]:
        """The rows of a query over the view."""
        names = ["pk", "entity__folded", "entity__scope", "region_code", "city_code", *self.fields.values()]
        for pk, folded, scope, region, city, *told in views.values_list(*names).iterator(chunk_size=2000):
            values: Row = dict(zip(self.fields, told, strict=True))
            values["region"] = region or city
            if self.kind == "enterprise":
                values["chain"] = tuple(label for label in values["chain"].split("|") if label)
            yield Known(pk, (folded, scope), city, {column.key: values[column.key] for column in self.columns})


def identity_of(list_: ExchangeList, name: str, region: str) -> tuple[str, str]:
    """The identity that an entity of this name gets: its folded name, and of a project the prefecture."""
    return fold(name)[:NAME_LENGTH], place_of_code(region).city_code if list_.kind == "project" and region else ""


@cache
def columns_of(kind: str) -> tuple[Column, ...]:
    """The columns of a list. Raises VocabularyError or ValueError for data that breaks its own rules."""
    table = read_table("exchange_columns.csv", COLUMNS, "liantu.ledger")
    table.require_unique("list", "column")
    table.require_known("type", get_args(Type))
    return tuple(
        Column(
            row["column"],
            row["type"],  # type: ignore[arg-type]
            row["zh"],
            row["en"],
            tuple(filter(None, row["headers"].split("|"))),
            float(row["width"]),
            row["format"],
        )
        for _, row in table.rows
        if row["list"] == kind
    )


LISTS: dict[str, ExchangeList] = {
    "project": ExchangeList(
        "project",
        "项目",
        "projects",
        ProjectView,
        {
            "name": "name",
            "stage": "stage",
            "investment": "investment",
            "place": "place",
            "owner": "owner",
            "chain": "chain_name",
        },
    ),
    "enterprise": ExchangeList(
        "enterprise", "企业", "enterprises", EnterpriseView, {"name": "name", "role": "role", "chain": "chains"}
    ),
}
