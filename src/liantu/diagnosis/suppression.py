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
    `protect_totals` the smallest other non-zero cell of that row or column is withheld too, until none is alone. Cells
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
    """What must go besides, so that no line has one withheld cell alone. Empty when nothing is left to withhold."""
    extra: set[tuple[str, str]] = set()
    for axis in (0, 1):
        lines: dict[str, list[tuple[str, str]]] = {}
        for key in hidden:
            lines.setdefault(key[axis], []).append(key)
        for name, keys in lines.items():
            if len(keys) > 1:
                continue
            others = [
                (value, k)
                for k, c in panel.cells.items()
                if k[axis] == name and k not in hidden and (value := c.value) is not None and value > 0
            ]
            if others:
                extra.add(min(others)[1])
    return extra
