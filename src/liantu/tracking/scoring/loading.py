"""Scorecards out of YAML, shipped ones and an office's own. Every mistake is told by its line, all at once."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import cast

from liantu.tracking.lined import Node, Reader, RulesError, read_lined, shipped
from liantu.vocabulary import stages
from liantu.vocabulary.units import units

from .card import METHODS, UNIT_KINDS, Band, Item, Method, Scorecard, Source, SourceKind, UnitKind

TOP = (
    "id", "name_zh", "name_en", "unit_kind", "cadence", "effective_from", "effective_to", "origin", "note", "total", "units",
    "items",
)  # fmt: skip
ITEM = (
    "id", "name", "weight", "method", "bonus", "figure", "target_of", "stage", "unit", "figure_kind", "least", "target",
    "prorate", "cap", "floor", "ceiling", "base", "span", "bands", "per", "each", "above", "places", "rest",
    "less_is_better", "presumed", "basis",
)  # fmt: skip
CADENCES = ("monthly", "quarterly", "half_yearly", "yearly")
_NEEDS: dict[str, tuple[str, ...]] = {"step": ("bands",), "per_unit_capped": ("per",), "rank": ("places",)}


def load_card(text: str, name: str = "YAML") -> Scorecard:
    """A card out of its text. Raises RulesError with every mistake and its line."""
    root = read_lined(text, name)
    reader = Reader()
    top = reader.mapping(root, TOP)
    identity = reader.identity(top.get("id"), root)
    total = reader.number(top.get("total"), root, "total", needed=True)
    items = [_item(reader, node) for node in reader.many(top.get("items"), root, "items")]
    seen: set[str] = set()
    for node, item in zip(top["items"].items or [] if "items" in top else [], items, strict=False):
        if item.id in seen:
            reader.wrong(node, f"考核项“{item.id}”重复", f"the item {item.id} stands twice")
        seen.add(item.id)
    weights = sum(i.weight for i in items if not i.bonus and i.method != "veto")
    if total is not None and items and abs(weights - total) > 1e-9:
        reader.wrong(
            top["total"],
            f"各项分值合计 {weights:g}，与 total {total:g} 不符（加分项、否决项不计）",
            f"the weights sum to {weights:g}, not to the total of {total:g} (bonus and veto left out)",
        )
    since, until = reader.effective(top, root)
    kind = cast(UnitKind, reader.choice(top.get("unit_kind"), root, "unit_kind", UNIT_KINDS))
    named = tuple(reader.text(n, root, "units") for n in ((top["units"].items or []) if "units" in top else []))
    if kind == "office" and not named:
        reader.wrong(
            top.get("units", root),
            "被考核的是单位时，要用 units 列出",
            "offices that are scored are listed under `units`",
        )
    found = Scorecard(
        identity,
        reader.text(top.get("name_zh"), root, "name_zh", needed=True),
        reader.text(top.get("name_en"), root, "name_en", needed=True),
        kind,
        reader.choice(top.get("cadence"), root, "cadence", CADENCES),
        since,
        until,
        reader.text(top.get("origin"), root, "origin", needed=True),
        reader.text(top.get("note"), root, "note"),
        total or 0.0,
        named,
        tuple(items),
    )
    if reader.mistakes:
        raise RulesError(name, reader.mistakes)
    return found


def _item(reader: Reader, node: Node) -> Item:
    said = reader.mapping(node, ITEM)
    method = cast(Method, reader.choice(said.get("method"), node, "method", METHODS))

    def number(key: str, usual: float | None = None) -> float | None:
        value = reader.number(said.get(key), node, key)
        return usual if value is None else value

    def yes(key: str) -> bool:
        return reader.choice(said.get(key), node, key, ("yes", "no", "true", "false"), "no") in ("yes", "true")

    for key in _NEEDS.get(method, ()):
        if key not in said:
            reader.wrong(node, f"{method} 要有 {key}", f"{method} needs {key}")
    identity = reader.identity(said.get("id"), node)
    weight = number("weight", 0.0) or 0.0
    if weight < 0 or (weight == 0 and method != "veto"):
        reader.wrong(said.get("weight", node), "weight 要大于零", "the weight must be above zero")
    bands = tuple(_band(reader, each) for each in ((said["bands"].items or []) if "bands" in said else []))
    if any(b.start <= a.start or b.points < a.points for a, b in pairwise(bands)):
        reader.wrong(said["bands"], "各档的 from 要依次增大，分数不能倒退", "bands ascend, and so do their points")
    if bands and max(b.points for b in bands) > weight:
        reader.wrong(said["bands"], "最高一档多于本项分值", "the highest band gives more than the weight")
    places = tuple(
        value or 0.0
        for each in ((said["places"].items or []) if "places" in said else [])
        if (value := reader.number(each, node, "places", needed=True)) is not None
    )
    rest = number("rest", 0.0) or 0.0
    if places and (max(places) > weight or list(places) != sorted(places, reverse=True) or rest > places[-1]):
        reader.wrong(
            said["places"], "名次得分要由高到低，不超过本项分值", "points of places descend and stay within the weight"
        )
    floor, ceiling = number("floor"), number("ceiling")
    if floor is not None and ceiling is not None and ceiling <= floor:
        reader.wrong(said["ceiling"], "满意值要高于不允许值", "the ceiling lies above the floor")
    target, cap, each_size = number("target"), number("cap", 1.0) or 1.0, number("each", 1.0) or 1.0
    for key, bad in (("target", target is not None and target <= 0), ("cap", cap <= 0), ("each", each_size <= 0)):
        if bad:
            reader.wrong(said[key], f"{key} 要大于零", f"{key} must be above zero")
    source = _source(reader, node, said, method)
    if method == "completion_ratio" and target is None and source.kind != "target":
        reader.wrong(
            node, "完成比例要有 target，或用 target_of 取目标", "a completion ratio needs a target, or target_of"
        )
    return Item(
        identity,
        reader.text(said.get("name"), node, "name", needed=True),
        weight,
        method,
        source,
        yes("bonus"),
        target,
        yes("prorate"),
        cap,
        floor,
        ceiling,
        number("base", 60.0) or 0.0,
        number("span", 40.0) or 0.0,
        bands,
        number("per", 0.0) or 0.0,
        each_size,
        number("above", 0.0) or 0.0,
        places,
        rest,
        yes("less_is_better"),
        reader.choice(said.get("presumed"), node, "presumed", ("no", "unknown"), "unknown") == "no",
        reader.text(said.get("basis"), node, "basis"),
    )


def _band(reader: Reader, node: Node) -> Band:
    said = reader.mapping(node, ("from", "points"))
    start = reader.number(said.get("from"), node, "from", needed=True)
    points = reader.number(said.get("points"), node, "points", needed=True)
    if points is not None and points < 0:
        reader.wrong(said["points"], "分数不能是负数", "points are not negative")
    return Band(start or 0.0, points or 0.0)


def _source(reader: Reader, node: Node, said: dict[str, Node], method: str) -> Source:
    kinds = [key for key in ("figure", "target_of", "stage") if key in said]
    if len(kinds) > 1:
        reader.wrong(
            node, "数据来源 figure、target_of、stage 只能写一个", "one source only: figure, target_of or stage"
        )
    if not kinds or method in ("manual", "peer_rating"):
        return Source("manual", unit=reader.text(said.get("unit"), node, "unit"))
    key = kinds[0]
    if key == "stage":
        stage = reader.choice(said["stage"], node, "stage", stages())
        least = reader.number(said.get("least"), node, "least") or 0.0
        return Source("stage", unit="个", stage=stage, least=least)
    nodes = said[key].items if said[key].items is not None else [said[key]]
    words = tuple(reader.text(each, node, key, needed=True) for each in nodes or [])
    unit = reader.text(said.get("unit"), node, "unit", needed=key == "figure")
    if unit and unit not in units():
        reader.wrong(
            said["unit"], f"没有单位“{unit}”，不带万、亿", f"no such unit: {unit!r}, written without 万 and 亿"
        )
    figure_kind = reader.choice(said.get("figure_kind"), node, "figure_kind", ("level", "change", "share"), "level")
    kind: SourceKind = "figure" if key == "figure" else "target"
    return Source(kind, words, unit, figure_kind)


@cache
def shipped_cards() -> MappingProxyType[str, tuple[Scorecard, str]]:
    """The cards that come with the program, each with its text, by id. Raises RulesError for one that is wrong."""
    return shipped("scorecards", load_card)
