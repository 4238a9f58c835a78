"""Small cells: one or two units would be recognisable, so they do not leave the house."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .panel import Panel
from .settings import settings


@dataclass(frozen=True, slots=True)
class Withheld:
    """A panel fit for export, and which cells were withheld: `primary` for their size, `secondary` so that no sum tells them."""

    panel: Panel
    primary: tuple[tuple[str, str], ...]
    secondary: tuple[tuple[str, str], ...]


def withhold(panel: Panel, minimum_firms: int | None = None, *, protect_totals: bool = True) -> Withheld:
    """The panel without the values of cells with 1 … minimum - 1 firms.

    A single withheld cell of a row or column whose total is published could be told by subtraction, so with
    `protect_totals` further non-zero cells of that row or column are withheld too, as little as will do, until none is alone. Cells
    whose number of firms is unknown are left as they are: nobody can say that they are small.

    Args:
        minimum_firms: the secrecy threshold; the setting by default.
    """
    least = settings().minimum_firms if minimum_firms is None else minimum_firms
    small = {k for k, c in panel.cells.items() if 0 < (panel.firms(*k) or 0) < least and c.value is not None}
    hidden = set(small)
    if protect_totals:
        while extra := _alone(panel, hidden):
            hidden |= extra
    cells = {k: replace(c, value=None, firms=None) if k in hidden else c for k, c in panel.cells.items()}
    return Withheld(replace(panel, cells=cells), tuple(sorted(small)), tuple(sorted(hidden - small)))


def _alone(panel: Panel, hidden: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """What must go besides, so that the first line with one withheld cell has two. Empty when nothing is left to withhold.

    Best is a rectangle of least amount: with (r, c) alone go (r, c'), (r', c) and (r', c'), and no line is left alone.
    """
    shown = {
        k: value for k, c in panel.cells.items() if k not in hidden and (value := c.value) is not None and value > 0
    }

    def cost(key: tuple[str, str]) -> float:
        return 0.0 if key in hidden else shown.get(key, float("inf"))

    for region, segment in sorted(hidden):
        alone = [sum(1 for k in hidden if k[axis] == name) < 2 for axis, name in enumerate((region, segment))]
        if not any(alone):
            continue
        corners = [
            ((region, s), (r, segment), (r, s))
            for r in panel.regions
            for s in panel.segments
            if r != region and s != segment
        ]
        best = min(corners, key=lambda three: (sum(map(cost, three)), three), default=())
        if best and sum(map(cost, best)) < float("inf"):
            return {k for k in best if k not in hidden}
        rest = [k for k in shown if (alone[0] and k[0] == region) or (alone[1] and k[1] == segment)]
        if rest:
            return {min(rest, key=lambda k: (shown[k], k))}
    return set()
