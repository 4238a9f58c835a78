"""Diagnosis of a place, step by step: what it is, what it becomes, what is near, what is missing, who could do it."""

from __future__ import annotations

from dataclasses import dataclass

from liantu.vocabulary import regions

from ..complexity import Complexity, complexity, project
from ..complexity.matrix import matrix_of_panel
from ..concentration import herfindahl, theil
from ..gaps import chain_gaps
from ..likeness import hachman, krugman
from ..panel import Panel
from ..result import Reason, Result
from ..settings import settings
from ..specialisation import location_quotient, wilson_interval
from .basis import Basis, Count, level_of
from .tidy import Line, region_name

STEPS = ("profile", "growth", "near", "gaps", "fillers")
NEAREST = 10
ELSEWHERE = 3


@dataclass(frozen=True, slots=True)
class PlaceDiagnosis:
    """The lines of a place by step, most telling first.

    Attributes:
        reference: the area compared with, of `peers` places.
        structure: measures of the place as a whole.
        profile: `lq_shrunk` of every segment with a firm there; `growth`: `entry_share` of the same.
        near: `density` of segments in which the place is not specialised.
        gaps: missing and weak segments of chains in which it has a strong one.
        fillers: for every gap the places with most firms on it.
        notes: what the reader must know, as (Chinese, English).
    """

    region: str
    basis: Basis
    reference: str
    peers: int
    structure: tuple[Line, ...]
    profile: tuple[Line, ...]
    growth: tuple[Line, ...]
    near: tuple[Line, ...]
    gaps: tuple[Line, ...]
    fillers: tuple[Line, ...]
    notes: tuple[tuple[str, str], ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines in the order of the steps."""
        return (*self.structure, *self.profile, *self.growth, *self.near, *self.gaps, *self.fillers)


def diagnose_place(basis: Basis, region: str) -> PlaceDiagnosis:
    """Diagnosis of a province, city or county by what `basis` counts.

    Raises:
        BasisError: the place is unknown, virtual, or nothing is counted there.
    """
    reference, peers = basis.peers(region)
    panel = basis.panel(peers, basis.parents)
    structure = [
        Line("profile", result, region)
        for result in (
            herfindahl(panel, region),
            theil(panel, region),
            krugman(panel, region, reference=reference),
            hachman(panel, region, reference=reference),
        )
    ]
    space, near_reference = _space(basis, region, peers, reference)
    structure.append(Line("profile", _complexity_of(space, panel, region), region))
    k = settings().pseudo_firms
    here = [s for s in panel.segments if (panel.firms(region, s) or 0) > 0]
    profile = [
        Line("profile", location_quotient(panel, region, s, reference=reference, pseudo_firms=k), region, segment=s)
        for s in here
    ]
    gaps = _gaps(basis, panel, region, reference)
    notes: list[tuple[str, str]] = []
    if not basis.complete:
        notes.append(
            (
                "台账只记录有人说起过的企业：没有记录不等于没有，所以不说“缺”。载入企业登记后才能判断缺口。",
                "The ledger holds firms that somebody mentioned: silence is not absence, so nothing is called missing. Load a "
                "registry to judge gaps.",
            )
        )
    if not space.enough:
        notes.append(
            (
                f"{near_reference}只有 {len(space.matrix.regions)} 个可比的地方，少于 {space.minimum_regions} 个：关联度和复杂度不计算。",
                f"{len(space.matrix.regions)} comparable places are fewer than {space.minimum_regions}: neither relatedness nor "
                "complexity is given.",
            )
        )
    return PlaceDiagnosis(
        region,
        basis,
        reference,
        len(peers),
        tuple(structure),
        tuple(sorted(profile, key=_largest)),
        tuple(sorted((_entry(basis, panel, region, s, reference) for s in here), key=_largest)),
        _near(space, panel, region),
        gaps,
        _fillers(basis, panel, region, gaps, reference),
        tuple(notes),
    )


def _largest(line: Line) -> tuple[bool, float, str]:
    value = line.result.value
    return value is None, -(value or 0.0), line.segment


def _entry(basis: Basis, panel: Panel, region: str, segment: str, reference: str) -> Line:
    """Share of the firms with a known founding date that were founded lately, with Wilson's interval."""
    count = basis.count(region, segment) or Count(0)
    reason: Reason = "no_data" if not count.dated else "suppressed" if count.firms < settings().minimum_firms else ""
    low, high = wilson_interval(count.recent, count.dated) if count.dated else (0.0, 1.0)
    result = Result(
        "entry_share",
        (region, segment),
        None if reason else count.recent / count.dated,
        "share",
        f"founded after {basis.since}, still there" if basis.since else "founding dates unknown",
        panel.level,
        panel.period,
        count.dated,
        "firms",
        count.dated / count.firms if count.firms else 0.0,
        reference,
        None if reason else (low, high),
        reason=reason,
    )
    return Line("growth", result, region, segment=segment, note=f"{count.recent}/{count.dated}")


def _space(basis: Basis, region: str, peers: tuple[str, ...], reference: str) -> tuple[Complexity, str]:
    """The product space in which the place is read: the counties of its province, else the places like it."""
    gazetteer = regions()
    province = gazetteer.province_of(region)
    counties = sorted(
        c for c in basis.places("county") if province is not None and gazetteer.is_within(c, province.code)
    )
    inside, name = (
        (tuple(counties), f"{reference}各县" if level_of(region) != "province" else f"{region_name(region)}各县")
        if len(counties) >= settings().minimum_regions
        else (peers, reference)
    )
    space: Complexity = basis.kept(
        ("space", inside, name),
        lambda: complexity(matrix_of_panel(basis.panel(inside, basis.parents)), reference=name),
    )
    return space, name


def _complexity_of(space: Complexity, panel: Panel, region: str) -> Result:
    if region in space.matrix.regions:
        return space.result("eci", region)
    return project(space, matrix_of_panel(_only(panel, region))).result("eci", region)


def _only(panel: Panel, region: str) -> Panel:
    return Panel.of(
        [c for (r, _), c in panel.cells.items() if r == region],
        quantity=panel.quantity,
        unit=panel.unit,
        level=panel.level,
        period=panel.period,
        complete=panel.complete,
        regions=[region],
        segments=panel.segments,
    )


def _near(space: Complexity, panel: Panel, region: str) -> tuple[Line, ...]:
    """Density around segments in which the place is not specialised, nearest first; one line with the reason when refused."""
    if not space.enough:
        return (Line("near", _refused(space, panel, region), region),)
    if region in space.matrix.regions:
        i = space.matrix.regions.index(region)
        present, results = space.presence[i], space
    else:
        projected = project(space, matrix_of_panel(_only(panel, region)))
        present, results = projected.presence[0], projected  # type: ignore[assignment]
    absent = [s for j, s in enumerate(space.matrix.segments) if not present[j]]
    lines = [Line("near", results.result("density", region, s), region, segment=s) for s in absent]
    firms = {s: panel.firms(region, s) for s in absent if s in panel.segments}
    lines = [
        Line(x.step, x.result, x.region, segment=x.segment, note=f"{firms.get(x.segment) or 0}")
        for x in lines
        if x.result.value is not None
    ]
    return tuple(sorted(lines, key=_largest)[:NEAREST])


def _refused(space: Complexity, panel: Panel, region: str) -> Result:
    return Result(
        "density", (region,), None, "share", space.convention.name, panel.level, panel.period, len(space.matrix.regions),
        "regions", space.matrix.coverage, space.reference, reason="not_enough_regions",
    )  # fmt: skip


def _gaps(basis: Basis, panel: Panel, region: str, reference: str) -> tuple[Line, ...]:
    """Missing and weak segments of the chains of which the place has a strong one; those of the strongest chains first."""
    found: list[tuple[int, Line]] = []
    if not basis.coarse_level:  # the keys are whole chains: no segments to look at
        return ()
    for chain in sorted(set(basis.parents.values())):
        keys = [key for key, parent in basis.parents.items() if parent == chain]
        nodes = chain_gaps(panel, region, keys, reference=reference).nodes
        strong = sum(node.status == "strong" for node in nodes)
        if not strong or len(keys) < 2:
            continue
        for node in nodes:
            if node.status in ("missing", "weak"):
                found.append(
                    (
                        -strong,
                        Line("gaps", node.lq, region, segment=node.segment, status=node.status, rule=node.rule.id,
                             note=str(node.firms)),
                    )
                )  # fmt: skip
    found.sort(
        key=lambda pair: (pair[0], pair[1].segment.split(" · ")[0], pair[1].status != "missing", pair[1].segment)
    )
    return tuple(line for _, line in found)


def _fillers(basis: Basis, panel: Panel, region: str, gaps: tuple[Line, ...], reference: str) -> tuple[Line, ...]:
    """For every gap the other places of the reference area with most firms on it (small cells left out)."""
    found = []
    for gap in gaps:
        others = [(panel.firms(r, gap.segment) or 0, r) for r in panel.regions if r != region]
        total = sum(n for n, _ in others)
        best = sorted(((n, r) for n, r in others if n >= settings().minimum_firms), key=lambda x: (-x[0], x[1]))
        for n, other in best[:ELSEWHERE]:
            result = Result(
                "firms_elsewhere", (other, gap.segment), float(n), "firms", "placed on the segment", panel.level,
                panel.period, total, "firms", panel.coverage([other]), reference,
            )  # fmt: skip
            found.append(Line("fillers", result, region, partner=other, segment=gap.segment))
    return tuple(found)
