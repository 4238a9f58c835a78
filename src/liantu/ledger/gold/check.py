"""Does an annotation keep the rules of its format? Each problem is one sentence in Chinese and English."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from liantu.extraction.model import Bound, Kind, RelationName, Role, Stage, Status
from liantu.ledger.gold.anchors import Anchor, occurrences
from liantu.ledger.periods import is_period

FIGURE = ("anchor", "number", "value", "unit", "bound", "kind", "status", "indicator", "must", "subject", "period")
HEAD = ("title", "published", "figures", "projects", "enterprises", "chains", "relations")
CHOICES = {"bound": get_args(Bound), "kind": get_args(Kind), "status": get_args(Status)}


def problems_of(raw: str, gold: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with an annotation of `raw`; empty when it keeps the rules."""
    found = [f"缺“{key}” / {key} is missing" for key in HEAD if key not in gold]
    places: dict[tuple[int, str, str], int] = {}
    for number, figure in enumerate(gold.get("figures", [])):
        found += [f"figure {number} {figure.get('anchor', '')!r}：{problem}" for problem in _figure(raw, figure)]
        place = (_place(raw, figure), str(figure.get("number")), str(figure.get("kind")))
        if place in places:
            found.append(
                f"figure {number}：与第 {places[place]} 条是同一处 / the same number as figure {places[place]}"
            )
        places.setdefault(place, number)
    return found + list(_others(gold))


def _place(raw: str, figure: Mapping[str, Any]) -> int:
    anchor, number = str(figure.get("anchor", "")), str(figure.get("number", ""))
    at = Anchor(anchor, int(figure.get("nth", 1))).start(raw) if anchor else -1
    return at if at < 0 else at + anchor.find(number)


def _figure(raw: str, figure: Mapping[str, Any]) -> Iterator[str]:
    missing = [key for key in FIGURE if key not in figure]
    if missing:
        yield f"缺 {'、'.join(missing)} / lacks {', '.join(missing)}"
        return
    if _place(raw, figure) < 0:
        yield "原文里没有这处锚文字 / the anchor does not stand in the document"
    elif occurrences(raw, figure["anchor"]) > 1 and "nth" not in figure:
        yield "锚文字不止一处，须写 nth / the anchor stands in several places: say which"
    if occurrences(figure["anchor"], figure["number"]) != 1:
        yield "锚文字里须恰有一处数字 / the anchor must hold its number once"
    for key, allowed in CHOICES.items():
        if figure[key] not in allowed:
            yield f"{key} 不能是 {figure[key]!r} / {key} cannot be {figure[key]!r}"
    value = figure["value"]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        yield "数值须是一个数 / the value must be a number"
    if not figure["must"] or not all(any(w in figure["indicator"] for w in m.split("|")) for m in figure["must"]):
        yield "指标里没有它自己的 must / the indicator lacks its own must"
    if not figure["subject"] or not all(figure["subject"]):
        yield "没有主体 / there is no subject"
    if figure["period"] is not None and not is_period(figure["period"]):
        yield f"时期写法不对：{figure['period']} / not a period: {figure['period']}"


def _others(gold: Mapping[str, Any]) -> Iterator[str]:
    for project in gold.get("projects", []):
        if not project.get("name") or project.get("stage") not in (None, *get_args(Stage)):
            yield f"项目：{project} / project: name and stage"
    for names in gold.get("enterprises", []):
        if not isinstance(names, list) or not names or not all(names):
            yield f"企业须列出名称：{names} / an enterprise is a list of its names"
    for chain in gold.get("chains", []):
        if not chain.get("name") or not chain.get("holder") or chain.get("role") not in (None, *get_args(Role)):
            yield f"产业链：{chain} / chain: name, holder and role"
    for relation in gold.get("relations", []):
        if (
            relation.get("relation") not in get_args(RelationName)
            or not relation.get("head")
            or not relation.get("tail")
        ):
            yield f"关系：{relation} / relation: head, relation and tail"
