"""Regions by segments: the one input of the measures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace


class PanelError(ValueError):
    """A panel that cannot be measured: says where and what to do."""

    def __init__(self, where: str, zh: str, en: str) -> None:
        super().__init__(f"{where}：{zh} / {where}: {en}" if where else f"{zh} / {en}")
        self.where = where


@dataclass(frozen=True, slots=True)
class Cell:
    """How much of a segment a region has.

    Attributes:
        region: region code.
        segment: name or key of a segment, a chain or a class of industry.
        value: in the panel's unit; None when nobody has said (never zero for want of data).
        firms: number of firms behind it; None when unknown.
        statements: ids of the statements that say it.
        where: file and line, for messages.
    """

    region: str
    segment: str
    value: float | None
    firms: int | None = None
    statements: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over some regions: by segment, of everything, the share of their cells that have data, and the statements behind them."""

    by_segment: Mapping[str, float]
    grand: float
    coverage: float
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """Cells of one quantity in one unit, at one level of classification, of one period: what may be compared.

    Attributes:
        quantity: what is counted (`firms`, `revenue`, `output`, `employment`, `capital`).
        unit: of the values (`家`, `元`, `人`).
        complete: the source is a full count, so that a cell it does not list is zero. Otherwise such a cell is unknown.
    """

    quantity: str
    unit: str
    level: str
    period: str
    complete: bool
    regions: tuple[str, ...]
    segments: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell] = field(repr=False)
    _totals: dict[tuple[str, ...], Totals] = field(default_factory=dict, init=False, repr=False, compare=False)
    _rows: dict[str, dict[str, float]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _said: list[Cell] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # A registry's counts rest on no statement: nobody need look for them cell by cell.
        object.__setattr__(self, "_said", [cell for cell in self.cells.values() if cell.statements])

    @classmethod
    def of(
        cls,
        cells: Iterable[Cell],
        *,
        quantity: str,
        unit: str,
        level: str,
        period: str,
        complete: bool = False,
        regions: Iterable[str] = (),
        segments: Iterable[str] = (),
    ) -> Panel:
        """A panel of `cells`, and of the `regions` and `segments` that were looked at though no cell names them.

        Raises:
            PanelError: a cell twice, a negative or not a number value, or a number of firms that is none.
        """
        found: dict[tuple[str, str], Cell] = {}
        for cell in cells:
            key = (cell.region, cell.segment)
            if key in found:
                first = found[key].where or "另一行"
                raise PanelError(
                    cell.where,
                    f"地区 {cell.region} 的“{cell.segment}”与{first}重复，请只留一行",
                    f"region {cell.region}, segment {cell.segment} is there twice (see {first}); keep one row",
                )
            if cell.value is not None and not (math.isfinite(cell.value) and cell.value >= 0):
                raise PanelError(
                    cell.where,
                    f"“{cell.segment}”的数值 {cell.value} 不是非负数，请更正",
                    f"value {cell.value} of {cell.segment} is not a number of zero or more; correct it",
                )
            if quantity == "firms" and cell.value is not None and cell.value != round(cell.value):
                raise PanelError(
                    cell.where,
                    f"企业数 {cell.value} 不是整数，请更正",
                    f"{cell.value} firms is not a whole number; correct it",
                )
            if cell.firms is not None and cell.firms < 0:
                raise PanelError(cell.where, "企业数不能为负，请更正", "the number of firms is below zero; correct it")
            found[key] = cell
        return cls(
            quantity,
            unit,
            level,
            period,
            complete,
            tuple(sorted({*regions, *(r for r, _ in found)})),
            tuple(sorted({*segments, *(s for _, s in found)})),
            found,
        )

    def value(self, region: str, segment: str) -> float | None:
        """The value of a cell; None when unknown. Zero for an unlisted cell only in a complete panel."""
        cell = self.cells.get((region, segment))
        if cell is None:
            known = self.complete and region in self.regions and segment in self.segments
            return 0.0 if known else None
        return cell.value

    def firms(self, region: str, segment: str) -> int | None:
        """The number of firms behind a cell; None when unknown."""
        cell = self.cells.get((region, segment))
        if cell is None:
            return 0 if self.value(region, segment) is not None else None
        if cell.firms is None and self.quantity == "firms" and cell.value is not None:
            return round(cell.value)
        return cell.firms

    def row(self, region: str) -> dict[str, float]:
        """The known values of a region by segment; kept, so not to be changed."""
        if (found := self._rows.get(region)) is None:
            row = {s: self.value(region, s) for s in self.segments}
            found = self._rows[region] = {s: v for s, v in row.items() if v is not None}
        return found

    def totals(self, regions: Iterable[str] | None = None) -> Totals:
        """Sums over `regions` (all by default), kept, because every segment of a chain asks for the same ones."""
        inside = self.regions if regions is None else tuple(regions)
        if (found := self._totals.get(inside)) is None:
            rows = [self.row(r) for r in inside]
            columns: dict[str, list[float]] = {s: [] for s in self.segments}
            for row in rows:
                for segment, value in row.items():
                    columns[segment].append(value)
            found = Totals(
                {s: math.fsum(values) for s, values in columns.items()},
                math.fsum(v for row in rows for v in row.values()),
                self.coverage(inside),
                self.statements(inside),
            )
            self._totals[inside] = found
        return found

    def coverage(self, regions: Iterable[str]) -> float:
        """Share of the cells of `regions` that have data; 0 for no cell at all."""
        wanted = list(regions)
        cells = len(wanted) * len(self.segments)
        return sum(len(self.row(r)) for r in wanted) / cells if cells else 0.0

    def statements(self, regions: Iterable[str], segments: Iterable[str] | None = None) -> tuple[str, ...]:
        """Ids of the statements behind the cells of `regions` (and `segments`), each once, sorted."""
        if not self._said:
            return ()
        wanted = frozenset(self.segments if segments is None else segments)
        inside = frozenset(regions)
        cells: Iterable[Cell]
        if len(inside) * len(wanted) < len(self._said):
            cells = (c for r in inside for s in wanted if (c := self.cells.get((r, s))) is not None)
        else:
            cells = (c for c in self._said if c.region in inside and c.segment in wanted)
        return tuple(sorted({i for c in cells for i in c.statements}))

    def grouped(self, parents: Mapping[str, str], level: str) -> Panel:
        """The same panel at a coarser level: values and firms of segments with one parent summed.

        A group is unknown only where none of its segments is known.

        Args:
            parents: parent of each segment.
            level: name of the coarser level.

        Raises:
            PanelError: a segment without a parent.
        """
        if missing := [s for s in self.segments if s not in parents]:
            raise PanelError(
                "",
                f"以下环节没有上级分类：{'、'.join(missing[:10])}",
                f"segments without a parent: {', '.join(missing[:10])}",
            )
        summed: dict[tuple[str, str], list[Cell]] = {}
        for (region, segment), cell in self.cells.items():
            summed.setdefault((region, parents[segment]), []).append(cell)
        cells = []
        for (region, parent), group in summed.items():
            values = [c.value for c in group if c.value is not None]
            firms = [c.firms for c in group if c.firms is not None]
            cells.append(
                Cell(
                    region,
                    parent,
                    math.fsum(values) if values else None,
                    sum(firms) if len(firms) == len(group) else None,
                    tuple(sorted({i for c in group for i in c.statements})),
                    group[0].where,
                )
            )
        return Panel.of(
            cells,
            quantity=self.quantity,
            unit=self.unit,
            level=level,
            period=self.period,
            complete=self.complete,
            regions=self.regions,
            segments={parents[s] for s in self.segments},
        )

    def without(self, segments: Iterable[str]) -> Panel:
        """The same panel without some segments, to see what remains when a giant is left out."""
        dropped = frozenset(segments)
        return replace(
            self,
            segments=tuple(s for s in self.segments if s not in dropped),
            cells={k: c for k, c in self.cells.items() if k[1] not in dropped},
        )
