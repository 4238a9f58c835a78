"""Places side by side, and the firms behind every count of a diagnosis."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liantu.diagnosis import location_quotient
from liantu.diagnosis.reports import Basis, BasisError, Line, compare
from liantu.diagnosis.reports.basis import level_of
from liantu.diagnosis.settings import settings
from liantu.ledger.diagnosing import stated_chains
from liantu.ledger.models import PhraseView
from liantu.ledger.rights import Action
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
    places_of,
    rows_url,
)
from liantu.workbench.diagnosis_files import lines_answer
from liantu.workbench.formatting import chinese, region_name
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer

PAGE = 50
EXPORTED = 100_000
SIDE_BY_SIDE = 60
"""Segments shown of a pair."""


@needs(Action.READ)
@require_safe
def compared(request: HttpRequest) -> HttpResponse:
    """Places of one level: likeness at two levels, who feeds whom, whose gaps whom fills, what documents say beside it."""
    basis, name = basis_now(request.GET.get("basis", ""))
    inside, unknown = _places(request)
    error, contents = "", {}
    try:
        contents = per_revision(f"diagnosis-compare:{','.join(inside)}:{name}", lambda: _contents(basis, inside))
    except BasisError as refused:
        error = in_language(refused)
    if unknown:
        said = _("没有这些地区，请核对名称或代码：%(words)s") % {"words": "、".join(unknown)[:200]}
        error = "；".join(filter(None, (said, error)))
    context = {
        "basis": basis.name_zh if chinese() else basis.name_en,
        "basis_kind": basis.kind,
        "has_registry": has_registry(),
        "params": request.GET,
        "inside": [(code, region_name(code)) for code in inside],
        "choices": [(code, label, code in inside) for code, label in _choices(basis, inside)],
        "error": error,
        **contents,
    }
    return answer(request, "workbench/diagnosis_compare.html", "workbench/diagnosis_compare.html", "", context)


@needs(Action.READ)
@require_safe
def compared_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same as tidy rows."""
    basis, _name = basis_now(request.GET.get("basis", ""))
    try:
        lines = compare(basis, _places(request)[0]).lines
    except BasisError as error:
        raise Http404(in_language(error)) from None
    return lines_answer(form, _("诊断-比较"), basis, lines)


def _places(request: HttpRequest) -> tuple[list[str], list[str]]:
    """The places asked for, and the words that name none: `region` several times, or `regions` with commas.

    A virtual region stands for its members; without any place it is the five cities.
    """
    said = [*request.GET.getlist("region"), *request.GET.get("regions", "").replace("，", ",").split(",")]
    found: list[str] = []
    unknown: list[str] = []
    for word in filter(None, (each.strip() for each in said)):
        try:
            code = regions().code_of(word)
        except ValueError:
            unknown.append(word)
            continue
        if code in regions() and regions().by_code(code).is_group:
            found += regions().by_code(code).members
        else:
            found.append(code)
    return list(dict.fromkeys(found)) or list(FIVE), unknown


def _choices(basis: Basis, inside: list[str]) -> list[tuple[str, str]]:
    level = level_of(inside[0]) if inside else "city"
    listed = [(code, name) for code, name, _n in places_of(basis) if level_of(code) == level]
    have = {code for code, _name in listed}
    return sorted([*listed, *((code, region_name(code)) for code in inside if code not in have)])


def _contents(basis: Basis, inside: list[str]) -> dict[str, Any]:
    found = compare(basis, inside)
    likeness = _pairs(basis, found.fine, found.coarse, found.excess)
    strengths: dict[str, list[Shown]] = {code: [] for code in inside}
    for line in in_words(basis, found.strengths):
        strengths[line.region].append(line)
    return {
        "pairs": likeness,
        "matrix": _matrix(inside, likeness, "fine"),
        "matrix_coarse": _matrix(inside, likeness, "coarse") if found.coarse else [],
        "feeds": _directed(basis, inside, found.feeds),
        "filled": _directed(basis, inside, found.filled),
        "filling": [line for line in in_words(basis, found.filled) if line.note],
        "feeding": [line for line in in_words(basis, found.feeds) if line.note],
        "strengths": [(code, region_name(code), strengths[code]) for code in inside],
        "refused": in_words(basis, found.refused),
        "positions": _positions(basis, inside),
        "segments": _side_by_side(basis, inside) if len(inside) == 2 else [],
    }


def _side_by_side(basis: Basis, inside: list[str]) -> list[dict[str, Any]]:
    """The counts behind the likeness of a pair, the largest segments first."""
    rows: list[dict[str, Any]] = []
    for key in basis.parents:
        counts = [basis.count(code, key) for code in inside]
        if total := sum(c.firms for c in counts if c is not None):
            cells = [
                (c.firms if c is not None else None, rows_url(basis, code, key))
                for code, c in zip(inside, counts, strict=True)
            ]
            rows.append({"segment": key, "cells": cells, "total": total})
    return sorted(rows, key=lambda row: (-row["total"], row["segment"]))[:SIDE_BY_SIDE]


def _pairs(
    basis: Basis, fine: tuple[Line, ...], coarse: tuple[Line, ...], excess: tuple[Line, ...]
) -> list[dict[str, Any]]:
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for line in (*fine, *coarse, *excess):
        row = rows.setdefault(
            (line.region, line.partner),
            {"a": line.region, "b": line.partner, "names": f"{region_name(line.region)} — {region_name(line.partner)}"},
        )
        level = "coarse" if "coarse" in line.step else "fine"
        tail = "_rest" if line.step.endswith("without_top") else ""
        [shown] = in_words(basis, [line])
        row[f"{level}_{line.result.measure}{tail}"] = shown
        if tail:
            row[f"{level}_top"] = line.segment
    return list(rows.values())


def _matrix(inside: list[str], pairs: list[dict[str, Any]], level: str) -> list[dict[str, Any]]:
    known = {(row["a"], row["b"]): row.get(f"{level}_structure_similarity") for row in pairs}
    return [
        {"name": region_name(a), "cells": [None if a == b else known.get((a, b)) or known.get((b, a)) for b in inside]}
        for a in inside
    ]


def _directed(basis: Basis, inside: list[str], lines: tuple[Line, ...]) -> list[dict[str, Any]]:
    known = {(line.region, line.partner): line for line in in_words(basis, lines)}
    return [{"name": region_name(a), "cells": [known.get((a, b)) for b in inside]} for a in inside]


def _positions(basis: Basis, inside: list[str]) -> list[dict[str, Any]]:
    """What documents say a place is, beside what is measured: chains said to be strong, and their quotients."""
    said = stated_chains(inside)
    panel = basis.panel(inside, basis.parents)
    whole_chains = panel.grouped(basis.parents, basis.coarse_level) if basis.coarse_level else panel
    phrases: dict[str, list[PhraseView]] = {code: [] for code in inside}
    for phrase in PhraseView.objects.filter(city_code__in=inside).order_by("-n_sources", "name", "pk")[:60]:
        phrases[phrase.city_code].append(phrase)
    rows = []
    for code in inside:
        stated = []
        for row in said[code][:12]:
            result = (
                location_quotient(whole_chains, code, row.name, pseudo_firms=settings().pseudo_firms)
                if row.name in whole_chains.segments
                else None
            )
            value = result.value if result is not None else None
            verdict = "unmeasured" if value is None else "agrees" if value >= 1 else "differs"
            stated.append(
                {
                    "name": row.name,
                    "role": row.role,
                    "value": value,
                    "verdict": str(labels.POSITION_VERDICT[verdict]) if row.role == "strong" else "",
                    "kind": verdict,
                }
            )
        rows.append({"code": code, "name": region_name(code), "stated": stated, "phrases": phrases[code][:4]})
    return rows
