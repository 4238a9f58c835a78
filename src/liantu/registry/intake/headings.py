"""Where a list's headings stand: below a title, on one line or on two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import RegistryError
from ..rows import field_of


@dataclass(frozen=True, slots=True)
class Headings:
    """`fields`: column (from 0) → field; `rows`: how many of the rows looked at are above the data; `width`: columns in all.

    `cells` are the headings as written: the same line again in the middle of the data is no firm.
    """

    fields: dict[int, str]
    unit: str
    rows: int
    width: int
    cells: tuple[str, ...]


def find_headings(source: str, head: Sequence[tuple[int, list[str]]]) -> Headings:
    """The headings among the first rows of a list: the row, or pair of rows, that names most of our fields and the name.

    Raises:
        RegistryError: no column holds the enterprise's name.
    """
    best: Headings | None = None
    for at, (_, cells) in enumerate(head):
        for count in (1, 2):
            if at + count > len(head):
                continue
            joined = cells if count == 1 else _joined(cells, head[at + 1][1])
            found = _read(joined, at + count)
            if "name" in found.fields.values() and (best is None or len(found.fields) > len(best.fields)):
                best = found
    if best is None:
        seen = "、".join(cell for cell in next((cells for _, cells in head if any(cells)), []) if cell) or "—"
        raise RegistryError(
            source,
            f"没有“企业名称”一列（表头为：{seen}）；请核对表头，或在 headers.csv 中补上同义表头。",
            f"no column holds the enterprise's name (headings: {seen}); check the heading row or add a synonym to headers.csv.",
        )
    return best


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    """Two heading lines as one: the lower where it says something, else the upper (a heading over several columns)."""
    width = max(len(upper), len(lower))
    padded = [(row + [""] * width)[:width] for row in (upper, lower)]
    # A second line that is data would lend its cells as headings; it names none of our fields then.
    return [low if field_of(low)[0] else (low and f"{high}{low}") or high for high, low in zip(*padded, strict=True)]


def _read(cells: Sequence[str], rows: int) -> Headings:
    fields: dict[int, str] = {}
    unit = ""
    for at, cell in enumerate(cells):
        field, own = field_of(cell)
        if field and field not in fields.values():
            fields[at] = field
            unit = own or unit
    return Headings(fields, unit, rows, len(cells), tuple(cells))
