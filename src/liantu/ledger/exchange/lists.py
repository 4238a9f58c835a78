"""The lists that can go out and come back, and their columns (`data/exchange_columns.csv`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from django.db.models import Model, QuerySet

from liantu.ledger.likeness import fold
from liantu.ledger.models import EnterpriseView, Entity, ImportRow, ProjectView
from liantu.ledger.naming import NAME_LENGTH
from liantu.ledger.places import place_of_code
from liantu.ledger.standing import batches
from liantu.vocabulary.tables import read_table

Type = Literal[
    "text", "stage", "role", "money", "region", "chain", "chains",
    "long", "whole", "number", "percent", "readiness", "when", "word", "uscc", "day",
    "secrecy",
]  # fmt: skip
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
    words: str = ""  # of a word: the set that it is one of
    unit: str = ""  # of a number; of a sum the size in which it is written
    required: bool = False


Row = dict[str, Any]  # column → value as the ledger stores it


@dataclass(frozen=True, slots=True)
class Known:
    """A row as it stands in the ledger."""

    entity: int  # of an office's list: the number of its row
    identity: tuple[str, str]  # folded name and scope of its entity; of an office's list its key
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
    def title(self) -> str:
        """The column that a row is called by."""
        return "name"

    @property
    def apart(self) -> tuple[str, ...]:
        """Columns that tell rows of one name apart within a table."""
        return "region", "city"

    @property
    def whole(self) -> Model | None:
        """The record whose rights decide over all rows; None where each row has its own."""
        return None

    @property
    def by_name(self) -> bool:
        """Whether a row without key is looked for by its name."""
        return True

    @property
    def letter(self) -> str:
        """What keys of its rows begin with."""
        return self.kind[0].upper()

    @property
    def words_kind(self) -> str:
        """Under what name an office's words for headers are remembered."""
        return self.kind

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

    def everything(self) -> Iterator[Known]:
        """All its rows."""
        return self.read(self.view._default_manager.all())

    def identity(self, values: Row) -> tuple[str, str]:
        """The identity that a new row of these values gets."""
        return identity_of(self, values.get("name") or "", values.get("region") or "")

    def moved(self, ids: Iterable[int]) -> dict[int, Known]:
        """Rows under the numbers of names that were merged into theirs."""
        found: dict[int, Known] = {}
        for part in batches(ids):
            told = dict(Entity.objects.filter(pk__in=part, kind=self.kind).values_list("pk", "canonical"))
            rows = self.rows(sorted({pk for pk in told.values() if pk is not None}))
            found |= {old: rows[new] for old, new in told.items() if new in rows}
        return found

    def of_identities(self, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], Known]:
        """Rows of these identities, though they bear another name by now."""
        found: dict[tuple[str, str], int] = {}
        for part in batches(sorted({folded for folded, _ in wanted})):
            rows = Entity.objects.filter(kind=self.kind, folded__in=part).values_list("folded", "scope", "canonical")
            found |= {(folded, scope): pk for folded, scope, pk in rows if pk is not None and (folded, scope) in wanted}
        known = self.rows(sorted(set(found.values())))
        return {identity: known[pk] for identity, pk in found.items() if pk in known}

    def pinned(self, pk: int | None) -> dict[str, Any]:
        """The column of an import's row that says which row of the list it is."""
        return {"entity_id": pk}

    def pin_of(self, row: ImportRow) -> int | None:
        """Which row of the list an import's row is."""
        return row.entity_id

    def wrong(self, values: Row, pk: int | None) -> list[tuple[str, str, str]]:
        """What is wrong with a row as a whole: column, and the sentence in both languages."""
        return []

    def called(self, value: Any) -> str:
        """A row's title as people read it."""
        return str(value)

    def read(self, views: QuerySet[Any]) -> Iterator[Known]:
        """The rows of a query over the view."""
        names = ["pk", "entity__folded", "entity__scope", "region_code", "city_code", *self.fields.values()]
        for pk, folded, scope, region, city, *told in views.values_list(*names).iterator(chunk_size=2000):
            values: Row = dict(zip(self.fields, told, strict=True))
            values["region"] = region or city
            if self.kind == "enterprise":
                values["chain"] = tuple(label for label in values["chain"].split("|") if label)
            yield Known(pk, (folded, scope), city, {column.key: values[column.key] for column in self.columns})


@dataclass(frozen=True, slots=True)
class NumberedList(ExchangeList):
    """A list whose rows are no things of the ledger: each is known by its own number."""

    @property
    def by_name(self) -> bool:
        return False

    def moved(self, ids: Iterable[int]) -> dict[int, Known]:
        return {}

    def pinned(self, pk: int | None) -> dict[str, Any]:
        return {"record": pk}

    def pin_of(self, row: ImportRow) -> int | None:
        return row.record


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


def list_of(kind: str) -> ExchangeList:
    """The list of this name: `project`, `enterprise`, `list-12`, an office's own, or records of a kind. Raises KeyError when there is none."""
    if kind in LISTS:
        return LISTS[kind]
    from liantu.ledger.exchange.record_tables import TABLED, RecordTable
    from liantu.ledger.lists.table import ListTable, list_named

    if kind in TABLED:
        return RecordTable.of(kind)
    return ListTable.of(list_named(kind))
