"""The one search: everything that bears or holds some words, in groups, the best first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liantu.ledger.models import ChainView
from liantu.ledger.rights import Action
from liantu.ledger.search.finding import MOST
from liantu.ledger.search.groups import GROUPS
from liantu.ledger.services import Found, Query, find
from liantu.ledger.standing import batches
from liantu.reporting import Column
from liantu.reporting.tables import Cell
from liantu.vocabulary import regions
from liantu.workbench import labels
from liantu.workbench.cached import revision
from liantu.workbench.facets import region_choices
from liantu.workbench.filters import chosen, whole
from liantu.workbench.rights import needs
from liantu.workbench.searching import Result, results
from liantu.workbench.views.answers import answer, file_answer

SHOWN = 6  # hits of a group on the page of all groups
COUNTED = 99  # and so many are counted there
PAGE_SIZE = 30
EXPORTED = 10_000


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind as the page shows them."""

    kind: str
    label: str
    total: int
    more: bool
    rows: list[Result]


@dataclass(frozen=True, slots=True)
class Paging:
    """What the links to other pages need to know."""

    page: int
    pages: int

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before."""
        return self.page > 1

    @property
    def has_next(self) -> bool:
        """Whether there is a page behind."""
        return self.page < self.pages

    @property
    def previous_page(self) -> int:
        """The page before."""
        return self.page - 1

    @property
    def next_page(self) -> int:
        """The page behind."""
        return self.page + 1


def asked(request: HttpRequest) -> tuple[Query, str]:
    """The query and the one group that an address asks for (empty: all)."""
    region = chosen(request.GET, "region", regions())
    if region and regions().by_code(region).is_group:
        region = ""
    return Query.of(request.GET.get("q", ""), region), chosen(request.GET, "kind", GROUPS)


@needs(Action.READ)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found, a few of every kind, or one kind page by page."""
    query, kind = asked(request)
    paging = Paging(1, 1)
    if kind:
        found = find(query, [kind])
        total = sum(len(each.hits) for each in found)
        pages = max(1, -(-total // PAGE_SIZE))
        paging = Paging(min(max(whole(request.GET, "page") or 1, 1), pages), pages)
        first = (paging.page - 1) * PAGE_SIZE
        groups = [_group(each, query, first, PAGE_SIZE) for each in found]
    else:
        groups = [_group(each, query, 0, SHOWN) for each in find(query, most=COUNTED)]
    context = {
        "params": request.GET,
        "query": query,
        "kind": kind,
        "kinds": labels.SEARCH_GROUP,
        "groups": groups,
        "listing": paging,
        "most": MOST,
        "regions": region_choices(ChainView, revision()),
    }
    return answer(request, "workbench/search.html", "workbench/parts/search_results.html", "results", context)


def _group(found: Found, query: Query, first: int, size: int) -> Group:
    rows = results(found.hits[first : first + size], query)
    return Group(found.group, labels.word(labels.SEARCH_GROUP, found.group), len(found.hits), found.more, rows)


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Everything that was found, up to 10,000 rows of each kind."""
    query, kind = asked(request)
    columns = [
        Column(_("类别"), 10),
        Column(_("名称或句子"), 70),
        Column(_("命中之处"), 50),
        Column(_("地区"), 16),
        Column(_("产业链"), 18),
        Column(_("来源"), 40),
        Column(_("发布日期"), 12),
        Column(_("链接"), 30),
    ]
    found = find(query, [kind] if kind else tuple(GROUPS), most=EXPORTED)
    notes = [_("检索：%(words)s") % {"words": request.GET.get("q", "")[:200]}]
    return file_answer(form, _("检索结果"), columns, _rows(found, query), notes)


def _rows(found: list[Found], query: Query) -> Iterator[list[Cell]]:
    for each in found:
        for part in batches(each.hits, 500):
            for row in results(part, query):
                yield [
                    row.label,
                    row.title_text,
                    row.excerpt_text,
                    row.place,
                    row.chain,
                    row.source,
                    row.published,
                    row.url,
                ]
