"""Lists of rows: sorting and paging in the same way everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest

from liantu.workbench.cached import COUNT_LIMIT, count_of
from liantu.workbench.filters import whole

PAGE_SIZE = 50
LAST_PAGE = COUNT_LIMIT // PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list, and what its table needs to say about the whole."""

    rows: Sequence[Any]
    total: int  # exact up to COUNT_LIMIT
    more_than_counted: bool
    page: int
    has_next: bool
    sort: str

    @property
    def has_previous(self) -> bool:
        return self.page > 1

    @property
    def previous_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1

    @property
    def pages(self) -> int:
        return max(1, min(LAST_PAGE, -(-self.total // PAGE_SIZE)))


def ordering(sort: str, sorts: Mapping[str, str], default: str, last: str) -> tuple[str, list[Any]]:
    """The sort asked for (or the default) and its order_by; empty values come last, `last` settles ties."""
    key = sort.removeprefix("-")
    if key not in sorts:
        sort, key = default, default.removeprefix("-")
    column = F(sorts[key])
    by = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    if sorts[key] in {"recency", "stage_order", "name", "confidence", "n_sources"}:  # never null: let an index serve
        by = f"-{sorts[key]}" if sort.startswith("-") else sorts[key]  # type: ignore[assignment]
    return sort, [by, last]


def listing(
    request: HttpRequest,
    rows: QuerySet[Any],
    where: Q,
    *,
    name: str,
    sorts: Mapping[str, str],
    default: str,
    last: str,
    at: int,
) -> Listing:
    """The page of `rows` that the address asks for.

    Args:
        rows: all rows, with what the template needs joined in.
        where: the filter.
        name: tells this list from others in the memory of counts.
        sorts: sort keys allowed in the address and the columns they stand for.
        default: the sort without a word in the address.
        last: unique column that settles ties.
        at: the ledger's state, `cached.revision()`.
    """
    plain = rows.model._default_manager.filter(where)
    total = count_of(plain, f"{name}:{where!r}", at)
    page = min(max(whole(request.GET, "page") or 1, 1), LAST_PAGE)
    sort, order = ordering(request.GET.get("sort", ""), sorts, default, last)
    start = (page - 1) * PAGE_SIZE
    # Ids first: sorting and filtering then carry no joined and no wide columns along.
    ids = [] if not total else list(plain.order_by(*order).values_list("pk", flat=True)[start : start + PAGE_SIZE + 1])
    by_id = rows.in_bulk(ids[:PAGE_SIZE])
    return Listing(
        rows=[by_id[pk] for pk in ids[:PAGE_SIZE] if pk in by_id],
        total=min(total, COUNT_LIMIT),
        more_than_counted=total > COUNT_LIMIT,
        page=page,
        has_next=len(ids) > PAGE_SIZE and page < LAST_PAGE,
        sort=sort,
    )
