"""The register of coded phrases: slogans whose numbers are names, their members, and those that are missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liantu.ledger.models import PhraseView, Statement
from liantu.ledger.rights import Action
from liantu.ledger.standing import batches, standing
from liantu.reporting import Column
from liantu.reporting.tables import Cell
from liantu.workbench import labels
from liantu.workbench.cached import revision
from liantu.workbench.facets import region_choices
from liantu.workbench.filters import phrases_q
from liantu.workbench.formatting import region_name
from liantu.workbench.listing import listing
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer, file_answer

SORTS = {
    "recency": "recency",
    "name": "name",
    "expected": "expected",
    "found": "n_members",
    "missing": "n_missing",
    "documents": "n_documents",
}
DOCUMENTS_SHOWN = 60


@needs(Action.READ)
@require_safe
def phrases(request: HttpRequest) -> HttpResponse:
    """The phrases the filters let through."""
    at = revision()
    page = listing(
        request,
        PhraseView.objects.all(),
        phrases_q(request.GET),
        name="phrases",
        sorts=SORTS,
        default="-recency",
        last="id",
        at=at,
    )
    context = {
        "listing": page,
        "regions": region_choices(PhraseView, at),
        "states": labels.PHRASE_STATE,
        "kinds": labels.PHRASE_KIND,
        "params": request.GET,
    }
    return answer(request, "workbench/phrases.html", "workbench/parts/phrase_rows.html", "results", context)


@needs(Action.READ)
@require_safe
def phrase(request: HttpRequest, pk: str) -> HttpResponse:
    """One phrase: each member with the sentences that name it, what is missing, and the documents."""
    found = get_object_or_404(PhraseView, pk=pk)
    said = statements_of(found)
    context = {
        "phrase": found,
        "members": _with_statements(found.members, said),
        "others": _with_statements(found.others, said),
        "unnamed": max(0, (found.n_missing or 0) - len(found.missing)),
        "said": sorted(said.values(), key=lambda s: (s.source is None or s.source.published is None, s.pk))[
            :DOCUMENTS_SHOWN
        ],
    }
    return answer(request, "workbench/phrase.html", "workbench/phrase.html", "", context)


def statements_of(found: PhraseView) -> dict[str, Statement]:
    """What stands of a phrase, by id."""
    from liantu.ledger.refresh.phrases import home_of

    rows = standing().filter(kind=Statement.Kind.PHRASE, subject_name=found.name)
    home = found.city_code or found.region_code
    return {s.pk: s for s in rows if home_of(s) == home}


def _with_statements(members: list[Any], said: dict[str, Statement]) -> list[tuple[str, list[Statement]]]:
    return [(name, [said[pk] for pk in ids if pk in said]) for name, ids in members]


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """All phrases that the filters let through, one row a phrase."""
    columns = [
        Column(_("提法"), 24),
        Column(_("种类"), 12),
        Column(_("所指"), 14),
        Column(_("应有"), 8),
        Column(_("已见"), 8),
        Column(_("缺"), 8),
        Column(_("状态"), 12),
        Column(_("成员"), 60),
        Column(_("缺的成员"), 40),
        Column(_("其他写法"), 40),
        Column(_("地区"), 16),
        Column(_("文件"), 8),
        Column(_("独立来源"), 8),
        Column(_("原句"), 70),
        Column(_("来源"), 40),
        Column(_("发布日期"), 12),
    ]
    found = PhraseView.objects.filter(phrases_q(request.GET)).order_by("-recency", "id")
    notes = [_("每行一地一种提法；成员取列得最全的一份文件，缺的成员按通行名录补出名称。")]
    return file_answer(form, _("数字提法"), columns, _export_rows(found), notes)


def _export_rows(found: QuerySet[PhraseView]) -> Iterator[list[Cell]]:
    for batch in batches(found.iterator(chunk_size=500), 300):
        best = best_statements(batch)
        for row in batch:
            statement = best.get(row.pk)
            source = statement.source if statement is not None else None
            yield [
                row.label,
                labels.word(labels.PHRASE_KIND, row.kind),
                row.counted,
                row.expected,
                row.n_members,
                row.n_missing,
                labels.word(labels.PHRASE_STATE, row.state),
                "、".join(name for name, _ids in row.members),
                "、".join(row.missing),
                "、".join(name for name, _ids in row.others),
                region_name(row.region_code or row.city_code),
                row.n_documents,
                row.n_sources,
                statement.sentence if statement is not None else "",
                (source.title or source.name) if source is not None else "",
                source.published if source is not None else None,
            ]


def best_statements(rows: list[PhraseView]) -> dict[str, Statement]:
    """The statement that names the members of each phrase; of one without members any that names the phrase."""
    named = {row.pk: row.members[0][1][0] for row in rows if row.members}
    found = standing().filter(kind=Statement.Kind.PHRASE)
    by_id = {s.pk: s for s in found.filter(pk__in=named.values())}
    best = {row: by_id[pk] for row, pk in named.items() if pk in by_id}
    for row in rows:
        if row.pk not in best and (said := sorted(statements_of(row))):
            best[row.pk] = statements_of(row)[said[0]]
    return best
