"""Single sources, dependence on outside, substitutes, stock against recovery: the checks that need no model of a cascade.

*No supplier known* is not *single supplier*: links read from news and statements are few and sometimes reversed. A flag needs
at least one known supplier and the setting's coverage of what is bought; below that the answer is `no_data`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..result import Reason, Result
from ..settings import settings

Ring = Literal["cluster", "province", "nation", "abroad", "unknown"]
"""How far away a supplier is, from the office's own cluster outwards."""
RINGS: tuple[Ring, ...] = ("cluster", "province", "nation", "abroad", "unknown")
WARNING = "链接来自文件和新闻，并不完整，方向也可能写反；没有已知供应商不等于单一来源"


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a firm or segment buys of one input from one supplier.

    Attributes:
        amount: in one unit for all purchases of an input; None where only the relation is known.
        place: county or country of the supplier, "" when unknown. statements: ids that say so.
    """

    buyer: str
    input: str
    supplier: str
    amount: float | None = None
    place: str = ""
    ring: Ring = "unknown"
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InputRisk:
    """One input of one buyer, checked.

    Attributes:
        suppliers: known ones. top_share: of the largest. hhi: Σ share². outside: share that comes from beyond the nation,
            `beyond_province` and `beyond_cluster` likewise; each with its reason where it cannot be said.
        one_place: all known suppliers are in this one county or country.
        flags: of single_supplier, dominant_supplier, one_place, abroad_only, with the numbers above as reasons.
        assumed: amounts were missing, so suppliers count alike.
    """

    buyer: str
    input: str
    suppliers: tuple[str, ...]
    top_share: Result
    hhi: Result
    beyond_cluster: Result
    beyond_province: Result
    outside: Result
    one_place: str
    flags: tuple[str, ...]
    assumed: bool
    warning: str = WARNING


def input_risks(
    purchases: Iterable[Purchase], *, coverage: Mapping[tuple[str, str], float] | None = None, period: str = ""
) -> tuple[InputRisk, ...]:
    """Every (buyer, input) of the purchases, most concentrated first.

    Args:
        coverage: share of what the buyer buys of the input that the purchases hold, where known. Unknown coverage is not
            full coverage: it is reported as 0 and no flag is raised, but the numbers over the known suppliers are given.

    Raises:
        ValueError: a supplier twice for one input, an amount that is not above zero, or amounts for some suppliers only.
    """
    groups: dict[tuple[str, str], list[Purchase]] = {}
    for purchase in purchases:
        groups.setdefault((purchase.buyer, purchase.input), []).append(purchase)
    found = [_checked(key, group, (coverage or {}).get(key), period) for key, group in groups.items()]
    return tuple(sorted(found, key=lambda r: (-(r.hhi.value or 0.0), r.buyer, r.input)))


def _checked(key: tuple[str, str], group: list[Purchase], coverage: float | None, period: str) -> InputRisk:
    names = [p.supplier for p in group]
    if len(set(names)) != len(names):
        twice = next(n for n in names if names.count(n) > 1)
        raise ValueError(f"{key[0]}的“{key[1]}”：供应商{twice}出现两次，请合并 / supplier {twice} is there twice")
    known = [p.amount for p in group if p.amount is not None]
    if any(a <= 0 for a in known):
        raise ValueError(f"{key[0]}的“{key[1]}”：金额应为正数 / amounts must be above zero")
    if known and len(known) < len(group):
        raise ValueError(
            f"{key[0]}的“{key[1]}”：有的供应商有金额、有的没有 / some suppliers have amounts and some have none"
        )
    total = sum(known) if known else float(len(group))
    shares = [(1.0 if p.amount is None else p.amount) / total for p in group]
    limits = settings()
    enough = coverage is not None and coverage >= limits.supply_coverage
    statements = tuple(sorted({s for p in group for s in p.statements}))

    def result(measure: str, value: float | None, reason: Reason = "") -> Result:
        return Result(
            measure, key, value, "share" if measure != "hhi" else "index",
            "known suppliers" + ("" if known else ", counted alike"), "环节", period, len(group), "suppliers",
            coverage or 0.0, statements=statements, reason=reason,
        )  # fmt: skip

    def beyond(rings: Sequence[Ring], measure: str) -> Result:
        if any(p.ring == "unknown" for p in group):
            return result(measure, None, "no_data")
        return result(measure, sum(s for s, p in zip(shares, group, strict=True) if p.ring in rings))

    outside = beyond(("abroad",), "share_abroad")
    places = {p.place for p in group}
    one_place = places.pop() if len(places) == 1 else ""
    flags = []
    if enough:
        if len(group) == 1:
            flags.append("single_supplier")
        elif max(shares) >= limits.dominant_share:
            flags.append("dominant_supplier")
        if one_place:
            flags.append("one_place")
        if outside.value is not None and outside.value > 1 - 1e-9:
            flags.append("abroad_only")
    return InputRisk(
        key[0],
        key[1],
        tuple(sorted(names)),
        result("top_share", max(shares)),
        result("hhi", sum(s * s for s in shares)),
        beyond(("province", "nation", "abroad"), "share_beyond_cluster"),
        beyond(("nation", "abroad"), "share_beyond_province"),
        outside,
        one_place,
        tuple(flags),
        not known,
    )


@dataclass(frozen=True, slots=True)
class Survival:
    """Stock against recovery (Simchi-Levi et al. 2014): days that stocks last less days until supply is back."""

    margin: Result
    light: Literal["red", "green", "no_data"]


def survival(buyer: str, input: str, time_to_survive: float | None, time_to_recover: float | None) -> Survival:
    """Red when stocks end before supply is back. Either number missing: `no_data`, never green.

    Raises:
        ValueError: a number of days below zero.
    """
    for days in (time_to_survive, time_to_recover):
        if days is not None and not days >= 0:
            raise ValueError("天数不得为负 / days must be zero or more")
    known = time_to_survive is not None and time_to_recover is not None
    value = time_to_survive - time_to_recover if time_to_survive is not None and time_to_recover is not None else None
    margin = Result(
        "survival_margin", (buyer, input), value, "days", "time to survive - time to recover", "环节", "", 1, "inputs",
        1.0 if known else 0.0, reason="" if known else "no_data",
    )  # fmt: skip
    return Survival(margin, "no_data" if value is None else "red" if value < 0 else "green")


@dataclass(frozen=True, slots=True)
class Substitutes:
    """Other firms able to make an input, ring by ring outwards; `spare` of them say that they have capacity left."""

    input: str
    able: dict[Ring, tuple[str, ...]]
    spare: dict[Ring, tuple[str, ...]]
    nearest: Ring | None


def substitutes(
    input: str, makers: Iterable[tuple[str, Ring, bool | None]], *, instead_of: Iterable[str] = ()
) -> Substitutes:
    """Who else could make it.

    Args:
        makers: (firm, ring, spare capacity: True, False, or None when nobody has said).
        instead_of: present suppliers, who do not count.
    """
    present = set(instead_of)
    others = [(f, r, s) for f, r, s in makers if f not in present]
    able = {ring: tuple(sorted(f for f, r, _ in others if r == ring)) for ring in RINGS}
    spare = {ring: tuple(sorted(f for f, r, s in others if r == ring and s)) for ring in RINGS}
    return Substitutes(input, able, spare, next((ring for ring in RINGS[:4] if able[ring]), None))


@dataclass(frozen=True, slots=True)
class Chokepoint:
    """卡脖子: essential, from abroad only, nobody at home could make it, and long until supply is back.

    `verdict`: `yes`, `no`, or `no_data` when no condition is false but some are unknown. Each condition is True, False or None.
    """

    input: str
    verdict: Literal["yes", "no", "no_data"]
    conditions: dict[str, bool | None]


def chokepoint(
    risk: InputRisk, *, essential: bool | None, others: Substitutes | None, time_to_recover: float | None
) -> Chokepoint:
    """The four conditions in three-valued logic: one that is false decides, one that is unknown leaves it open."""
    abroad = None if risk.outside.value is None else risk.outside.value > 1 - 1e-9
    home = None if others is None else not any(others.able[ring] for ring in ("cluster", "province", "nation"))
    slow = None if time_to_recover is None else time_to_recover >= settings().long_recovery_days
    conditions = {"essential": essential, "abroad_only": abroad, "no_substitute": home, "long_recovery": slow}
    values = conditions.values()
    verdict: Literal["yes", "no", "no_data"] = (
        "no" if any(v is False for v in values) else "no_data" if any(v is None for v in values) else "yes"
    )
    return Chokepoint(risk.input, verdict, conditions)
