"""Diagnosis of a place, step by step, and of a chain in a place, segment by segment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liantu.diagnosis.reports import (
    Basis,
    BasisError,
    ChainDiagnosis,
    diagnose_chain,
    diagnose_place,
)
from liantu.ledger.models import Membership
from liantu.ledger.rights import Action
from liantu.reporting import Bar, Segment, bar_chart, chain_map_of, draw_chain_map, draw_legend
from liantu.reporting.chain_outline import STATUSES
from liantu.vocabulary import regions
from liantu.workbench import labels
from liantu.workbench.cached import per_revision
from liantu.workbench.correcting import in_language
from liantu.workbench.diagnosing import (
    FIVE,
    Shown,
    basis_now,
    has_registry,
    in_words,
    local_sourcing,
    places_of,
    rows_url,
    words_of,
)
from liantu.workbench.diagnosis_files import lines_answer
from liantu.workbench.filters import chosen
from liantu.workbench.formatting import chinese, region_name
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer

CHARTED = 12


@needs(Action.READ)
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """The places that can be diagnosed, and what the diagnosis rests on."""
    basis, _name = basis_now(request.GET.get("basis", ""))
    rows = places_of(basis)
    cities = [row for row in rows if row[0].endswith("00")]
    counties = [
        (code, region_name(code), n, regions().city_of(code)) for code, _name, n in rows if not code.endswith("00")
    ]
    context = {**_about(basis, request), "cities": cities, "counties": counties}
    return answer(request, "workbench/diagnosis_places.html", "workbench/diagnosis_places.html", "", context)


@needs(Action.READ)
@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """One place: what it is, what it becomes, what is near, what is missing, who could do it."""
    basis, name = basis_now(request.GET.get("basis", ""))
    _known(code)
    try:
        contents = per_revision(f"diagnosis-place:{code}:{name}", lambda: _place(basis, code))
    except BasisError as error:
        return _cannot(request, basis, error, region_name(code))
    context = {**_about(basis, request), "code": code, "name": region_name(code), **contents}
    return answer(request, "workbench/diagnosis_place.html", "workbench/diagnosis_place.html", "", context)


@needs(Action.READ)
@require_safe
def place_export(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """The lines of a place as tidy rows."""
    basis, _name = basis_now(request.GET.get("basis", ""))
    _known(code)
    try:
        lines = diagnose_place(basis, code).lines
    except BasisError as error:
        raise Http404(in_language(error)) from None
    return lines_answer(form, _("诊断-%(name)s") % {"name": region_name(code)}, basis, lines)


@needs(Action.READ)
@require_safe
def chains(request: HttpRequest) -> HttpResponse:
    """Every chain with segments, by how many of them each of the places has."""
    basis, name = basis_now(request.GET.get("basis", ""))
    region = _region(request)
    rows = per_revision(f"diagnosis-chains:{region}:{name}", lambda: _tallies(basis, region))
    context = {**_about(basis, request), "rows": rows, "region": region, "choices": _choices(basis)}
    return answer(request, "workbench/diagnosis_chains.html", "workbench/diagnosis_chains.html", "", context)


@needs(Action.READ)
@require_safe
def chain(request: HttpRequest, name: str) -> HttpResponse:
    """One chain in one place: its map, every segment with status, rule and numbers, and what cannot be said."""
    basis, basis_name = basis_now(request.GET.get("basis", ""), name)
    region = _region(request)
    try:
        contents = per_revision(f"diagnosis-chain:{name}:{region}:{basis_name}", lambda: _chain(basis, name, region))
    except BasisError as error:
        known = name in basis.chains or Membership.objects.filter(chain_name=name).exists()
        return _cannot(request, basis, error, name, 200 if known else 404)
    context = {
        **_about(basis, request),
        "name": name,
        "region": region,
        "choices": _choices(basis),
        "sourcing": local_sourcing(name, region),
        "legend": draw_legend({code: str(word) for code, word in labels.SEGMENT_STATUS.items()}),
        **contents,
    }
    return answer(request, "workbench/diagnosis_chain.html", "workbench/diagnosis_chain.html", "", context)


@needs(Action.READ)
@require_safe
def chain_export(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """The segments of a chain at a place as tidy rows."""
    basis, _name = basis_now(request.GET.get("basis", ""), name)
    region = _region(request)
    try:
        lines = diagnose_chain(basis, name, region).lines
    except BasisError as error:
        raise Http404(in_language(error)) from None
    title = _("诊断-%(name)s-%(place)s") % {"name": name, "place": region_name(region)}
    return lines_answer(form, title, basis, lines)


def _about(basis: Basis, request: HttpRequest) -> dict[str, Any]:
    return {
        "basis": basis.name_zh if chinese() else basis.name_en,
        "basis_kind": basis.kind,
        "has_registry": has_registry(),
        "params": request.GET,
    }


def _cannot(request: HttpRequest, basis: Basis, error: BasisError, name: str, status: int = 200) -> HttpResponse:
    context = {**_about(basis, request), "name": name, "error": in_language(error)}
    response = answer(request, "workbench/diagnosis_none.html", "workbench/diagnosis_none.html", "", context)
    response.status_code = status
    return response


def _known(code: str) -> None:
    if code not in regions() or regions().by_code(code).is_group:
        raise Http404(_("没有代码为“%(code)s”的省、市、县；虚拟区域请把成员放在一起比较。") % {"code": code})


def _region(request: HttpRequest) -> str:
    code = chosen(request.GET, "region") or FIVE[0]
    _known(code)
    return code


def _choices(basis: Basis) -> list[tuple[str, str]]:
    found = [(code, name) for code, name, _n in places_of(basis) if code.endswith("00")]
    return found or [(code, region_name(code)) for code in FIVE]


def _place(basis: Basis, code: str) -> dict[str, Any]:
    found = diagnose_place(basis, code)
    profile = in_words(basis, found.profile)
    bars = [
        Bar(line.segment.split(" · ")[-1], round(line.number, 2), None, line.url)
        for line in profile[:CHARTED]
        if line.number is not None
    ]
    fillers: dict[str, list[Any]] = {}
    for line in in_words(basis, found.fillers):
        fillers.setdefault(line.segment, []).append(line)
    return {
        "reference": found.reference,
        "peers": found.peers,
        "notes": [zh if chinese() else en for zh, en in found.notes],
        "structure": in_words(basis, found.structure),
        "profile": profile,
        # One chart for every width: drawing is what takes longest here.
        "chart": bar_chart(bars, width=225, step=24),
        "growth": [line for line in in_words(basis, found.growth) if line.number is not None],
        "growth_hidden": sum(line.result.value is None for line in found.growth),
        "near": in_words(basis, found.near),
        "gaps": in_words(basis, found.gaps),
        "fillers": fillers,
        "chains": _tallies(basis, code),
    }


def _tallies(basis: Basis, region: str) -> list[dict[str, Any]]:
    """Chains by how many segments have each status at the place; chains without segments or data left out."""
    rows = []
    for name in basis.chains:
        try:
            found = diagnose_chain(basis, name, region)
        except BasisError:
            continue
        tally = found.tally()
        firms = sum(s.firms or 0 for s in found.segments)
        rows.append(
            {
                "name": name,
                "url": f"{reverse('diagnosis-chain', args=[name])}?{urlencode({'region': region})}",
                "tally": [(status, words_of(status), n) for status, n in tally.items() if n],
                "segments": len(found.segments),
                "firms": firms,
                "order": (-tally["strong"], -firms, name),
            }
        )
    return sorted(rows, key=lambda row: row["order"])


def _chain(basis: Basis, name: str, region: str) -> dict[str, Any]:
    found = diagnose_chain(basis, name, region)
    rows: list[dict[str, Any]] = []
    for segment, line in zip(found.segments, in_words(basis, found.lines), strict=True):
        rows.append(
            {
                "line": replace(line, url=rows_url(basis, region, segment.link.key)),
                "stream": str(labels.STREAM.get(segment.link.stream, "")),
                "firms": segment.firms,
                "rule": segment.rule_zh if chinese() else segment.rule_en,
                "source": segment.source,
                "elsewhere": [
                    (region_name(code), n, rows_url(basis, code, segment.link.key)) for code, n in segment.elsewhere
                ],
            }
        )
    return {
        "reference": found.reference,
        "coverage": f"{found.coverage:.0%}",
        "rows": rows,
        "tally": [(status, words_of(status), n) for status, n in found.tally().items()],
        "single": [row for row, s in zip(rows, found.segments, strict=True) if s.line.status == "at_risk"],
        "map": _map(found, rows),
    }


def _map(found: ChainDiagnosis, rows: list[dict[str, Any]]) -> str:
    """The chain drawn with its statuses; a click opens the firms of a segment."""
    drawn = chain_map_of(found.chain, [(found.chain, row["stream"] or _("环节"), row["line"].segment) for row in rows])
    marks = {}
    for segment, row in zip(drawn.segments, rows, strict=False):
        line: Shown = row["line"]
        marks[segment.key] = Segment(
            segment.path,
            next((status for status in STATUSES if status == line.status), "unknown"),
            f"{line.status_word}：{row['rule']}",
            line.url,
            row["firms"] or 0,
        )
    words = {code: str(word) for code, word in labels.SEGMENT_STATUS.items()}
    return draw_chain_map(drawn.marked(marks), words=words)
