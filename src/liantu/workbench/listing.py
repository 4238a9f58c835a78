"""Lists of rows: sorting and paging in the same way everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Transform
from django.http import HttpRequest

from liantu.workbench.cached import COUNT_LIMIT, count_of, per_tables
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
    if sorts[key] in {
        "recency",
        "stage_order",
        "name",
        "confidence",
        "n_sources",
        "value",
    }:  # never null: let an index serve
        by = f"-{sorts[key]}" if sort.startswith("-") else sorts[key]  # type: ignore[assignment]
    return sort, [by, last]


WALKED = {"region_code__gte": "region_code__walked__gte", "region_code__lt": "region_code__walked__lt"}
WALKED |= {"fact__state": "fact__state__walked"}


@CharField.register_lookup
class Walked(Transform):
    """A column that no index is to be used for. SQLite does not know that half of a table lies in one range of a column: it
    would fetch and sort that half, where the first rows along the index of the order are enough."""

    lookup_name = "walked"
    template = "%(expressions)s"
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """The plus is SQLite's own way of saying so."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **more)


def walked(where: Q) -> Q:
    """The same filter for a list that goes down its order until a page is full: that of many rows."""
    made = Q()
    made.connector, made.negated = where.connector, where.negated
    for child in where.children:
        if isinstance(child, Q):
            made.children.append(walked(child))
        elif isinstance(child, tuple):
            made.children.append((WALKED.get(child[0], child[0]), child[1]))
        else:
            made.children.append(child)
    return made


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
    if total > COUNT_LIMIT:
        plain = rows.model._default_manager.filter(walked(where))
    page = min(max(whole(request.GET, "page") or 1, 1), LAST_PAGE)
    sort, order = ordering(request.GET.get("sort", ""), sorts, default, last)
    start = (page - 1) * PAGE_SIZE
    # Ids first: sorting and filtering then carry no joined and no wide columns along.
    keys = plain.order_by(*order).values_list("pk", flat=True)[start : start + PAGE_SIZE + 1]
    shown = f"page:{name}:{where!r}:{sort}:{page}"
    ids = per_tables(shown, lambda: list(keys), at, may_lag=False) if total else []
    by_id = rows.in_bulk(ids[:PAGE_SIZE])
    return Listing(
        rows=[by_id[pk] for pk in ids[:PAGE_SIZE] if pk in by_id],
        total=min(total, COUNT_LIMIT),
        more_than_counted=total > COUNT_LIMIT,
        page=page,
        has_next=len(ids) > PAGE_SIZE and page < LAST_PAGE,
        sort=sort,
    )
