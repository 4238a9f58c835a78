"""Projects: one project told in two ways, and two that only sound alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from .alignment import align
from .enterprise_name import parse_enterprise
from .fold import fold
from .index import GramIndex
from .model import Comparison, Named
from .places import code_of_place, places_agree, same_city
from .project_code import parse_project_code

_TAILS = [
    "建设工程项目",
    "建设项目",
    "改造项目",
    "扩建项目",
    "工程项目",
    "产业化项目",
    "生产项目",
    "投资项目",
    "建设工程",
    "项目",
    "工程",
    "生产线",
    "产业园区",
    "产业园",
    "基地",
    "建设",
]
_NUMBER = re.compile(
    r"(\d+(?:\.\d+)?)(万|亿|千|百)?([a-z]+|千瓦时|千瓦|兆瓦|吉瓦|吨|立方米|平方米|公里|米|辆|台|套|只|支|片|件|亩|户|头|升|瓶|条|张|块|个|吨级)"
)
_MAGNITUDE = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_WATT = {
    "gw": ("w", 1e9),
    "mw": ("w", 1e6),
    "kw": ("w", 1e3),
    "千瓦": ("w", 1e3),
    "兆瓦": ("w", 1e6),
    "吉瓦": ("w", 1e9),
}
_HOUR = {"gwh": ("wh", 1e9), "mwh": ("wh", 1e6), "kwh": ("wh", 1e3), "千瓦时": ("wh", 1e3)}
_UNITS = _WATT | _HOUR
_PHASE = re.compile(r"\(?(?:第?([一二三四五六七八九十]|\d)期)(?:工程|项目)?\)?")
_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九十")}
_NOISE = re.compile(r"年产(?:能)?|总投资|智能化?|高性能|(?<!\d)新建|年产值")
_TELLING = 7
"""From this length on a project's core is taken to tell it from others."""
_PRIOR = GramIndex()


@dataclass(frozen=True, slots=True)
class ProjectName:
    """A project's name in parts: quantities in base units, phases, and the core without owner's form, phases and tails."""

    folded: str
    quantities: frozenset[tuple[float, str]]
    phases: frozenset[str]
    core: str


@lru_cache(maxsize=32768)
def parse_project(name: str) -> ProjectName:
    """`name` in parts; what is not understood stays in `core`."""
    folded = fold(name)
    quantities = set()
    for number, magnitude, unit in _NUMBER.findall(folded):
        base, factor = _UNITS.get(unit, (unit, 1.0))
        quantities.add((float(number) * _MAGNITUDE[magnitude] * factor, base))
    phases = frozenset(_DIGITS.get(p, p) for p in _PHASE.findall(folded))
    core = _NOISE.sub("", _NUMBER.sub("", _PHASE.sub("", folded)))
    core = re.sub(r"[()+、,]", "", core)
    return ProjectName(folded, frozenset(quantities), phases, _without_tails(core))


def _without_tails(core: str) -> str:
    while True:
        tail = next((t for t in _TAILS if core.endswith(t) and len(core) - len(t) >= 2), None)
        if tail is None:
            return core
        core = core[: -len(tail)]


def key(name: str) -> str:
    """What a project's name is indexed by: its core, quantities left out."""
    return parse_project(name).core or fold(name)


def compare(a: Named, b: Named, weight: Callable[[str], float] | None = None) -> Comparison:
    """How likely `a` and `b` are one project."""
    decided = strong_key(a, b)
    if decided is not None:
        return decided
    best = max(
        (_compare_forms(x, y, a, b, weight or _PRIOR.weight) for x in a.forms for y in b.forms), key=lambda c: c.score
    )
    return _with_surroundings(best, a, b)


def strong_key(a: Named, b: Named) -> Comparison | None:
    """The verdict of two well-formed project codes, None where one is missing or of another shape."""
    one, other = (parse_project_code(n.context.get("project_code", "")) for n in (a, b))
    if one is None or other is None:
        return None
    if one.code == other.code:
        return Comparison(1.0, f"项目代码相同（{one.code}）", f"same project code ({one.code})", "same")
    return Comparison(0.0, "项目代码不同，不是同一项目", "different project codes: not the same project", "different")


def _compare_forms(left: str, right: str, a: Named, b: Named, weight: Callable[[str], float]) -> Comparison:
    x, y = parse_project(left), parse_project(right)
    if x.folded == y.folded:
        return Comparison(0.97, "名称完全相同", "the same name")
    clash = _clash(x, y)
    if clash is not None:
        return clash
    x_core, y_core = (_without_owner(core.core, named) for core, named in ((x, b), (y, a)))
    short, long = sorted((x_core, y_core), key=lambda core: (len(core), core))
    if not short:
        return Comparison(0.2, "除业主和数字外没有名称", "nothing but owner and numbers")
    inside = align(short, long, 0, weight).matched
    covered = inside * sum(map(weight, short)) / max(sum(map(weight, long)), 1e-9)
    agreed = bool(x.quantities & y.quantities)
    score = 0.62 * inside + 0.28 * min(covered, 1.0) + (0.12 if agreed else 0.0) - 0.02
    if inside < 0.7:
        score = min(score, 0.4)
    elif not agreed and len(short) < 5 and covered < 0.6:
        # 光伏电池 lies in many projects: without a quantity or an owner it names none of them.
        score = min(score, 0.65)
    elif bool(x.quantities) != bool(y.quantities) and len(short) < 6:
        score = min(score, 0.7)
    elif len(short) >= _TELLING and long.endswith(short) and short != long and not code_of_place(long[: -len(short)]):
        # What stands in front is the owner's name: 晶科能源 + 垂直一体化大基地.
        score = max(score, 0.83)
    if x.phases != y.phases:
        score -= 0.05
    zh = "核心名称相合" + ("、规模数字一致" if agreed else "")
    en = "the cores agree" + (", so do the quantities" if agreed else "")
    return (
        Comparison(max(0.0, min(score, 0.95)), zh, en)
        if inside >= 0.7
        else Comparison(max(score, 0.0), "核心名称不同", "different cores")
    )


def _clash(x: ProjectName, y: ProjectName) -> Comparison | None:
    units = {unit for _, unit in x.quantities} & {unit for _, unit in y.quantities}
    for unit in units:
        if not {v for v, u in x.quantities if u == unit} & {v for v, u in y.quantities if u == unit}:
            return Comparison(0.08, "规模数字不同", "the quantities differ", "different")
    if x.phases and y.phases and not x.phases & y.phases:
        return Comparison(0.2, "期次不同", "different phases", "different")
    return None


def _without_owner(core: str, other: Named) -> str:
    """`core` without the owner in front of it that the other side names as its own, when something remains.

    The owner may stand there for short: 一道新能光伏电池 of 一道新能源科技(忻州)有限公司 becomes 光伏电池.
    """
    owner = other.context.get("owner", "")
    parsed = parse_enterprise(owner) if owner else None
    for form in (parsed.text, parsed.core) if parsed else ():
        shared = _shared_head(core, form)
        if shared >= 2 and len(core) - shared >= 2:
            return core[shared:]
    return core


def _shared_head(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _with_surroundings(comparison: Comparison, a: Named, b: Named) -> Comparison:
    """Weigh what is known of owner and place: disagreement is told as such, agreement strengthens."""
    if comparison.verdict:
        return comparison
    score, zh, en = comparison.score, comparison.reason_zh, comparison.reason_en
    owners = [parse_enterprise(n.context["owner"]) for n in (a, b) if n.context.get("owner")]
    if len(owners) == 2 and comparison.score >= 0.3:
        one, other = sorted((o.text for o in owners), key=len)
        if one in other or owners[0].core in owners[1].text or owners[1].core in owners[0].text:
            score, zh, en = min(0.97, score + 0.12), zh + "、业主一致", en + ", so do the owners"
        else:
            score, zh, en = min(score, 0.55) - 0.15, zh + "，但业主不同", en + ", but the owners differ"
    codes = [code_of_place(n.context.get("region", "") or n.context.get("place", "")) for n in (a, b)]
    places = [n.context.get("place", "") for n in (a, b)]
    if not same_city(*codes) or not (places_agree(*places) or any(codes)):
        score, zh, en = min(score, 0.6) - 0.15, zh + "，但地点不同", en + ", but the places differ"
    return Comparison(max(0.0, score), zh, en)
