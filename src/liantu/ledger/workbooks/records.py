"""Rows of a recognised list as statements: each filled cell is one, with its file, sheet and cell as evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from liantu.ledger.chain_names import chain_label
from liantu.ledger.content import finished
from liantu.ledger.models import Entity, Source, Statement
from liantu.ledger.naming import EntityFinder
from liantu.ledger.outlines.edges import KINDS, Edge, Edges, find, kind_of, refuse
from liantu.ledger.outlines.tree import Tree, path_of
from liantu.ledger.periods import bounds
from liantu.ledger.places import Place, place_of_name
from liantu.ledger.workbooks.amounts import MAGNITUDES, amount, shown
from liantu.ledger.workbooks.columns import Column, Layout
from liantu.reading.column_letters import column_of
from liantu.reading.model import Document
from liantu.reading.workbook import Cell, Sheet
from liantu.vocabulary.stages import stage_of_label

MONEY = frozenset({"investment", "money", "money_to_date"})
QUANTITY = MONEY | {"people", "percent"}
UNITS = {"people": "人", "percent": "%"}
MONEY_UNIT = re.compile(r"(?:亿|千万|百万|万|千)?(?:元|美元|人民币)")
SEVERAL = re.compile(r"[、;；/，,\n]+")
ROLES = (("链主", "chain_master"), ("链核", "chain_core"), ("龙头", "leading"), ("配套", "supporting"))

Record = dict[str, Cell]


@dataclass(slots=True)
class Spans:
    """Raw offsets of a sheet's cells, where the document's table lies row for row as the sheet does."""

    document: Document
    table: int
    rows: dict[int, int]

    @classmethod
    def of(cls, document: Document, index: int, sheet: Sheet) -> Spans:
        """Spans of a sheet's cells in the document's text. Lines above the header may lie outside the table."""
        filled = [row[0].row for row in sheet.rows if row]
        n = len(document.tables[index].rows) if index < len(document.tables) else 0
        return cls(document, index, {row: i for i, row in enumerate(filled[-n:])} if 0 < n <= len(filled) else {})

    @property
    def unit(self) -> str:
        """The unit stated above the sheet's table."""
        return self.document.tables[self.table].unit if self.table < len(self.document.tables) else ""

    def span(self, cell: Cell) -> tuple[int | None, int | None]:
        """Raw offsets of a cell's text; nothing where the text there is not the cell's."""
        at = self.rows.get(cell.row)
        column = column_of(cell.column)
        table = self.document.tables[self.table] if at is not None else None
        if at is None or table is None or column >= len(table.cells[at]):
            return None, None
        if table.rows[at][column].strip() != shown(cell.value):
            return None, None
        return self.document.text.raw_span(*table.cells[at][column])


@dataclass(slots=True)
class SheetReader:
    """Makes the statements of one sheet."""

    source: Source
    sheet: Sheet
    layout: Layout
    finder: EntityFinder
    spans: Spans
    trees: Mapping[str, Tree] = field(default_factory=dict)  # outlines of the workbook's other sheets, by chain
    without_unit: set[str] = field(default_factory=set)  # headers of amounts whose unit nobody states
    refused: list[tuple[int, str]] = field(default_factory=list)  # rows of relations that cannot be, and why
    _joined: dict[str, Edges] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Statement]:
        named = self.layout.column("name")
        for row, record in self.sheet.records():
            if self.layout.kind == "outline":
                yield from self._outline(record)
            elif self.layout.kind == "edge":
                yield from self._edge(row, record)
            elif named is not None and (cell := record.get(named.header)) is not None and shown(cell.value):
                yield from self._row(row, record, cell)

    def _outline(self, record: Record) -> Iterator[Statement]:
        """One path of a chain's outline: its levels from the chain down to the finest segment given."""
        ordered = sorted(self.layout.columns.values(), key=lambda column: column.property)
        cells = [record[column.header] for column in ordered if column.header in record]
        path = [shown(cell.value) for cell in cells]
        if not path or ordered[0].header not in record:
            return
        yield self._statement(
            "cell",
            cells[-1],
            " / ".join(path),
            subject_name=path[0],
            subject=self.finder.find(path[0], "chain"),
            property="segment",
            object_name=path[-1],
            text_value=" / ".join(path),
            payload={"path": path, "row": cells[0].row},
        )

    def _edge(self, row: int, record: Record) -> Iterator[Statement]:
        """One relation of two segments; a row that cannot be one is refused with its reason, the others stay."""
        told = {column.use: shown(record[h].value) for h, column in self.layout.columns.items() if h in record}
        if not told.get("tail") and not told.get("head"):
            return
        label = chain_label(told["chain"]) if told.get("chain") else next(iter(self.trees), "")
        tree = self.trees.get(label)
        try:
            if tree is None or (not told.get("chain") and len(self.trees) > 1):
                raise ValueError(
                    "看不出是哪条产业链的关系：请加一列“产业链”，并把大纲放在同一个工作簿 / "
                    "nothing says which chain this joins: add a column 产业链 and keep the outline in the same workbook"
                )
            edge = Edge(
                find(tree, told.get("tail", "")), find(tree, told.get("head", "")), kind_of(told.get("relation", ""))
            )
            refuse(tree, self._joined.setdefault(label, {}), edge)
        except ValueError as error:
            self.refused.append((row, str(error)))
            return
        self._joined[label][str(row)] = edge
        cell = next(record[h] for h, column in self.layout.columns.items() if column.use == "tail")
        ends = [" / ".join(path_of(tree, pk)) for pk in (edge.tail, edge.head)]
        yield self._statement(
            "cell",
            cell,
            f"{ends[0]} → {ends[1]}（{KINDS[edge.kind][0]}）",
            subject_name=label,
            subject=self.finder.find(label, "chain"),
            property="segment_edge",
            object_name=ends[1][-255:],
            text_value=f"{ends[0]} → {ends[1]}",
            payload={"tail": ends[0], "head": ends[1], "kind": edge.kind, "note": told.get("text", ""), "row": row},
        )

    def _row(self, row: int, record: Record, name_cell: Cell) -> Iterator[Statement]:
        told = {column.use: record[column.header] for column in self.layout.columns.values() if column.header in record}
        text = {use: shown(cell.value) for use, cell in told.items()}
        sentence = "；".join(f"{header}：{shown(cell.value)}" for header, cell in record.items() if shown(cell.value))
        place, named = self._place(text)
        kind = self.layout.kind
        name = shown(name_cell.value)
        code = "project_code" if kind == "project" else "uscc"
        context = {code: text.get("code", ""), "owner": text.get("owner", ""), "place": named}
        subject = self.finder.find(name, kind, scope=place.city_code if kind == "project" else "", context=context)
        about = {"subject_name": name, "subject": subject}
        unknown = {h: shown(record[h].value) for h in self.layout.unknown if h in record and shown(record[h].value)}
        payload: dict[str, Any] = {"row": row, "place": named, "region_code": place.region_code, "more": unknown}
        payload = {key: value for key, value in payload.items() if value}
        if kind == "project":
            yield self._project(name_cell, sentence, about, told, text, payload)
        else:
            yield self._enterprise(name_cell, sentence, about, text, payload)
        yield from self._relations(kind, told, text, about, sentence, place, named)
        for header, cell in record.items():
            column = self.layout.columns.get(header)
            if column is not None and column.use not in {"ignore", "name"} and shown(cell.value):
                yield self._cell(column, cell, sentence, about)

    def _project(
        self,
        cell: Cell,
        sentence: str,
        about: dict[str, Any],
        told: Record,
        text: dict[str, str],
        payload: dict[str, Any],
    ) -> Statement:
        column = self.layout.column("investment")
        money = amount(told["investment"].value, self._unit(column)) if column and "investment" in told else None
        if chain := text.get("chain"):
            payload["chain"] = chain_label(SEVERAL.split(chain)[0])
        return self._statement(
            "project",
            cell,
            sentence,
            **about,
            property="project",
            object_name=text.get("owner", ""),
            object=self.finder.find(text.get("owner", ""), "enterprise"),
            value=money[0] if money and money[1] else None,
            unit=money[1] if money and money[1] else "",
            text_value=stage_of_label(text.get("stage", "")) or "",
            payload=payload,
        )

    def _enterprise(
        self, cell: Cell, sentence: str, about: dict[str, Any], text: dict[str, str], payload: dict[str, Any]
    ) -> Statement:
        role = next((value for word, value in ROLES if word in text.get("role", "")), "")
        return self._statement(
            "enterprise", cell, sentence, **about, property="enterprise", text_value=role, payload=payload
        )

    def _relations(
        self,
        kind: str,
        told: Record,
        text: dict[str, str],
        about: dict[str, Any],
        sentence: str,
        place: Place,
        named: str,
    ) -> Iterator[Statement]:
        where = told.get("place") or told.get("city")
        if where is not None and named:
            yield self._relation("located_in", named, self.finder.find(named), where, sentence, about, place)
        if "chain" in told:
            for label in filter(None, SEVERAL.split(text["chain"])):
                chain = self.finder.find(label, "chain")
                yield self._relation("belongs_to", label, chain, told["chain"], sentence, about)
                if kind == "enterprise" and "链主" in text.get("role", ""):
                    yield self._relation("leads", label, chain, told["role"], sentence, about)
        if "products" in told:
            for product in filter(None, SEVERAL.split(text["products"])):
                thing = self.finder.find(product, "product")
                yield self._relation("produces", product, thing, told["products"], sentence, about)

    def _relation(
        self,
        relation: str,
        name: str,
        thing: Entity | None,
        cell: Cell,
        sentence: str,
        about: dict[str, Any],
        place: Place | None = None,
    ) -> Statement:
        payload = {"region_code": place.region_code} if place else {}
        return self._statement(
            "relation", cell, sentence, **about, property=relation, object_name=name, object=thing, payload=payload
        )

    def _place(self, text: dict[str, str]) -> tuple[Place, str]:
        """Where a row's thing lies and how that is written: the county or zone when it can be placed, else the city."""
        city, place = text.get("city", ""), text.get("place", "")
        outer = place_of_name(city) if city else Place()
        inner = place_of_name(place, outer.region_code) if place else Place()
        if inner and not (outer.city_code and inner.city_code != outer.city_code):
            return inner, place
        return (outer, city) if outer else (inner, place or city)

    def _cell(self, column: Column, cell: Cell, sentence: str, about: dict[str, Any]) -> Statement:
        found: dict[str, Any] = {"text_value": shown(cell.value)}
        money = amount(cell.value, self._unit(column)) if column.use in QUANTITY else None
        if column.use in QUANTITY and (money is None or not money[1]):
            self.without_unit.add(column.header)
        elif money is not None:
            period = column.year
            if not period and column.use == "money_to_date" and self.source.published:
                period = f"../{self.source.published:%Y-%m}"
            start, end = bounds(period)
            magnitude = next((word for word in MAGNITUDES if self._unit(column).startswith(word)), "")
            if magnitude and isinstance(cell.value, int | float):
                found["text_value"] += magnitude  # as it is to be read: 9.6 under 总投资(亿元) is 9.6亿
            found |= {
                "value": money[0],
                "unit": money[1],
                "bound": "=",
                "figure_kind": "share" if column.use == "percent" else "level",
                "status": column.status or "actual",
                "modality": "fact",
                "period": period,
                "period_start": start,
                "period_end": end,
            }
        elif column.use == "stage" and (stage := stage_of_label(shown(cell.value))):
            found["payload"] = {"stage": stage}
        return self._statement("cell", cell, sentence, **about, property=column.property, **found)

    def _unit(self, column: Column | None) -> str:
        """Unit of a column: from its name, else for money the one stated above the table. Never guessed."""
        if column is None or column.unit or column.use in UNITS:
            return column.unit or UNITS[column.use] if column else ""
        return self.spans.unit if MONEY_UNIT.fullmatch(self.spans.unit) else ""

    def _statement(self, kind: str, cell: Cell, sentence: str, **columns: Any) -> Statement:
        start, end = self.spans.span(cell)
        return finished(
            Statement(
                source=self.source,
                kind=kind,
                sentence=sentence,
                locator=f"{self.sheet.name}!{cell.locator}",
                evidence_start=start,
                evidence_end=end,
                number_start=start,
                number_end=end,
                reader_version=self.source.reader_version,
                at=timezone.now(),
                **columns,
            ),
            self.source.digest,
        )
