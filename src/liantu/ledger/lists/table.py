"""An office's list as a table that goes out to Excel and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from liantu.ledger.exchange.lists import Column, Known, NumberedList, Row
from liantu.ledger.lists.cells import cell_words, exchange_columns, key_of, problems_of
from liantu.ledger.models import ChainList, ListRow
from liantu.ledger.standing import batches

PREFIX = "list-"


def list_named(kind: str) -> ChainList:
    """The list of the name `list-12`. Raises KeyError."""
    number = kind.removeprefix(PREFIX)
    if not kind.startswith(PREFIX) or not (number.isascii() and number.isdigit() and len(number) < 18):
        raise KeyError(kind)
    found = ChainList.objects.filter(pk=int(number), removed_at=None).first()
    if found is None:
        raise KeyError(kind)
    return found


@dataclass(frozen=True, slots=True)
class ListTable(NumberedList):
    """One list's rows. Their keys hold the number of the row, and a check over the list's own number."""

    of_list: ChainList = field(default_factory=ChainList)

    @staticmethod
    def of(chain_list: ChainList) -> ListTable:
        """The table of a list."""
        return ListTable(f"{PREFIX}{chain_list.pk}", chain_list.title, chain_list.title, ListRow, {}, chain_list)

    @property
    def title(self) -> str:
        return self.of_list.kind.title

    @property
    def apart(self) -> tuple[str, ...]:
        return tuple(key for key in self.of_list.kind.key if key != self.title)

    @property
    def whole(self) -> ChainList:
        return self.of_list

    @property
    def letter(self) -> str:
        return "L"

    @property
    def words_kind(self) -> str:
        return f"list.{self.of_list.list_kind}"

    @property
    def columns(self) -> tuple[Column, ...]:
        known = exchange_columns(self.of_list.list_kind)
        return tuple(known[key] for key in self.of_list.columns)

    def read(self, views: QuerySet[Any]) -> Iterator[Known]:
        rows = views.filter(list_id=self.of_list.pk, removed_at=None)
        keys = [column.key for column in self.columns]
        empty = {column.key: None if column.type in _NUMBERS else "" for column in self.columns}
        for pk, cells in rows.values_list("pk", "cells").iterator(chunk_size=2000):
            yield Known(pk, (self.kind, ""), "", {key: cells.get(key, empty[key]) for key in keys})

    def everything(self) -> Iterator[Known]:
        return self.read(ListRow.objects.order_by("position", "pk"))

    def identity(self, values: Row) -> tuple[str, str]:
        return key_of(self.of_list.kind, values), ""

    def of_identities(self, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], Known]:
        found: dict[tuple[str, str], int] = {}
        for part in batches(sorted(key for key, _ in wanted)):
            rows = ListRow.objects.filter(list_id=self.of_list.pk, removed_at=None, key__in=part)
            found |= {(key, ""): pk for key, pk in rows.values_list("key", "pk")}
        known = self.rows(sorted(found.values()))
        return {identity: known[pk] for identity, pk in found.items() if pk in known}

    def wrong(self, values: Row, pk: int | None) -> list[tuple[str, str, str]]:
        kind = self.of_list.kind
        found = problems_of(kind, values)
        if pk is not None:
            same = ListRow.objects.filter(list_id=self.of_list.pk, key=key_of(kind, values), removed_at=None)
            other = same.exclude(pk=pk).first()
            if other is not None:
                found.append(
                    (
                        self.title,
                        f"清单里另有一行也是“{other.name}”，请先改那一行或删去一行",
                        f"another row of the list is {other.name} too; change or drop one of them first",
                    )
                )
        return found

    def called(self, value: Any) -> str:
        return cell_words(self.of_list.list_kind, self.title, value) or str(value)


_NUMBERS = frozenset({"money", "number", "whole", "percent", "readiness"})
