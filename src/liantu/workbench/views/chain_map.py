"""The map of a chain: for one place or several side by side, what a segment rests on, as a sheet for A3 and as a table."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liantu.ledger.registry_counts import counts_now, registry_state
from liantu.ledger.rights import Action
from liantu.reporting import Column, draw_chain_map, draw_legend
from liantu.reporting.chain_outline import STATUSES
from liantu.reporting.chain_paths import supply_paths
from liantu.reporting.chain_sheet import draw_chain_sheet
from liantu.vocabulary import regions
from liantu.workbench import labels
from liantu.workbench.cached import per_revision
from liantu.workbench.chain_maps import (
    DEFAULT_GROUP,
    MapData,
    Row,
    drawn,
    drawn_map,
    map_data,
    places_asked,
    reason,
)
from liantu.workbench.chain_registry import firms_there
from liantu.workbench.correcting import in_language
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import file_answer

NAMED = 12


@needs(Action.READ)
@require_safe
def chain_map(request: HttpRequest, name: str) -> HttpResponse:
    """The map of a chain with the segment `node` chosen: its supply paths stay bright, the panel says what each status rests on."""
    asked, data = _asked(request, name)
    row = data.by_pk.get(request.GET.get("node", ""))
    return render(request, "workbench/chain_map.html", _context(data, asked, row))


def _asked(request: HttpRequest, name: str) -> tuple[str, MapData]:
    asked = request.GET.get("region", "")[:200]
    try:
        places = places_asked(asked)
    except ValueError as error:
        raise Http404(in_language(error)) from None
    if not places:
        raise Http404(_("“%(asked)s”里没有已公布的市、县，不能画图；请改选市、县。") % {"asked": asked})
    data = map_data(name, places)
    if data is None:
        raise Http404(_("还没有“%(name)s”的大纲：请在产业链页面导入 Excel 大纲，或手工添加环节。") % {"name": name})
    return asked, data


def _context(data: MapData, asked: str, row: Row | None) -> dict[str, Any]:
    words = {code: str(text) for code, text in labels.SEGMENT_STATUS.items()}
    here = reverse("chain-map", args=[data.chain])

    def link(one: Row) -> str:
        chosen = {"region": asked, "node": one.pk} if asked else {"node": one.pk}
        return f"{here}?{urlencode(chosen)}#segment"

    title = _title(data)

    def draw() -> str:
        return draw_chain_map(
            drawn_map(data, title, link), selected=row.key if row is not None else None, width=1376.0, words=words
        )

    chosen = row.pk if row is not None else ""
    kept = f"chain-map-svg:{data.chain}:{asked}:{chosen}:{registry_state()}"
    return {
        "name": data.chain,
        "data": data,
        "title": title,
        "asked": asked,
        "query": urlencode({"region": asked}) if asked else "",
        "map": per_revision(kept, draw),
        "legend": draw_legend(words),
        "choices": _choices(),
        "group": DEFAULT_GROUP,
        "today": timezone.localdate(),
        "basis": _basis(data),
        "coverage": f"{data.coverage:.0%}",
        "statuses": [(code, word) for code, word in labels.SEGMENT_STATUS.items() if code in STATUSES],
        "table": [
            (one, link(one), [(place, drawn(state), state, reason(state)) for place, state in _zip(data, one)])
            for one in data.rows
        ],
        "chosen": _chosen(data, row) if row is not None else None,
    }


def _zip(data: MapData, row: Row) -> list[tuple[Any, Any]]:
    return list(zip(data.places, row.states, strict=True))


def _title(data: MapData) -> str:
    places = "、".join(place.name for place in data.places)
    return _("%(chain)s产业链图谱 · %(places)s") % {"chain": data.chain, "places": places}


def _basis(data: MapData) -> str:
    """What the statuses rest on, in a line."""
    if not data.counted:
        return _("还没有载入企业登记：只按文件和台账所说，没人说起的是“未知”，不是“缺”。")
    return _("企业数按登记库（名单截至 %(day)s），与%(ref)s各地相比；企业、项目、投资按文件和台账。") % {
        "day": data.as_of,
        "ref": data.reference,
    }


def _choices() -> list[tuple[str, str]]:
    """Places to choose: virtual regions of several cities, then the cities of their provinces."""
    gazetteer = regions()
    groups = [r for r in gazetteer if r.is_group and sum(code.endswith("00") for code in r.members) > 1]
    provinces = {p.code for group in groups if (p := gazetteer.province_of(group.code)) is not None}
    cities = [r for r in gazetteer if r.level == "city" and r.parent in provinces]
    return [(r.code, r.name) for r in (*groups, *cities)]


def _chosen(data: MapData, row: Row) -> dict[str, Any]:
    """The panel of a segment: supply paths, and for each place why, who, and where it is said."""
    by_key = {one.key: one for one in data.rows}
    paths = supply_paths(data.edges, row.key)
    counts = counts_now()
    key = counts.key(data.chain, *row.names) if counts is not None else ""
    registered = firms_there(key, [place.code for place, state in _zip(data, row) if state.firms])
    places = []
    for place, state in _zip(data, row):
        there = [thing for thing in row.things if thing.lies_in(place.code)]
        places.append(
            {
                "place": place,
                "status": drawn(state),
                "state": state,
                "reason": reason(state),
                "relying": [by_key[k] for k in state.relying if k in by_key],
                "registered": registered.get(place.code, []),
                "firms": [thing for thing in there if thing.kind != "project"][:NAMED],
                "projects": [thing for thing in there if thing.kind == "project"][:NAMED],
                "diagnosis": f"{reverse('diagnosis-chain', args=[data.chain])}?{urlencode({'region': place.code})}",
            }
        )
    codes = [place.code for place in data.places]
    return {
        "row": row,
        "up": [one for one in data.rows if one.key in paths.up],
        "down": [one for one in data.rows if one.key in paths.down],
        "beside": [one for one in data.rows if one.key in paths.beside],
        "places": places,
        "wider": [
            (" › ".join(path), things[:NAMED]) for path, things in data.wider.items() if path == row.path[: len(path)]
        ],
        "elsewhere": [thing for thing in row.things if not any(thing.lies_in(code) for code in codes)][:NAMED],
    }


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """The map as a picture (`svg`), or its segments with all numbers as a table (`xlsx`, `csv`)."""
    _said, data = _asked(request, name)
    if form == "svg":
        return _picture(data)
    columns = [
        Column(_("环节"), 40), Column(_("地区"), 12), Column(_("状态"), 8), Column(_("依据"), 60), Column(_("登记库企业数"), 14),
        Column(_("区位商"), 10, "0.00"), Column(_("有名有姓的企业"), 14), Column(_("项目"), 8), Column(_("总投资（元）"), 18, "#,##0"),
        Column(_("说到它的语句"), 60),
    ]  # fmt: skip
    rows = (
        [
            " / ".join(row.path), place.name, str(labels.SEGMENT_STATUS[drawn(state)]), reason(state), state.firms,
            state.lq.value if state.lq is not None else None, state.said.firms, state.said.projects,
            state.said.investment if state.said.summed else None,
            "\n".join(thing.sentence for thing in row.things if thing.lies_in(place.code))[:2000],
        ]
        for row in data.rows
        for place, state in _zip(data, row)
    )  # fmt: skip
    notes = [_title(data), _basis(data), _("“未知”是没有数据，不是“缺”。")]
    return file_answer(form, _("%(name)s图谱") % {"name": data.chain}, columns, rows, notes)


def _picture(data: MapData) -> HttpResponse:
    words = {code: str(text) for code, text in labels.SEGMENT_STATUS.items()}
    about = _("制图 %(day)s · 数据覆盖 %(share)s · 链图") % {
        "day": timezone.localdate().isoformat(),
        "share": f"{data.coverage:.0%}",
    }
    notes = [_basis(data)]
    if len(data.places) > 1:
        cells = "，".join(f"{place.letter}={place.name}" for place in data.places)
        notes.insert(0, _("每个环节下的小格：%(cells)s") % {"cells": cells})
    if data.ours:
        notes.append(_("环节和关系是软件自带的参考大纲（自编），可改。"))
    svg = draw_chain_sheet(drawn_map(data, _title(data)), about=about, notes=notes, words=words)
    response = HttpResponse(
        '<?xml version="1.0" encoding="UTF-8"?>\n' + svg, content_type="image/svg+xml; charset=utf-8"
    )
    name = f"链图-{data.chain}图谱-{timezone.localdate().isoformat()}.svg"
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
