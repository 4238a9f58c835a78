"""A workbook becomes a source and statements, when any of its sheets is a list known here."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

from liantu.extraction.model import Findings
from liantu.ledger.additions import AddResult, Origin, is_current, keep_source, seen_again, store
from liantu.ledger.chain_names import chain_label
from liantu.ledger.models import Source, Statement
from liantu.ledger.naming import EntityFinder
from liantu.ledger.outlines.edges import ToldEdge
from liantu.ledger.outlines.tree import Tree, of_paths
from liantu.ledger.packing import problem_dict, text_row
from liantu.ledger.places import place_of_name
from liantu.ledger.standing import standing
from liantu.ledger.workbooks.amounts import day, shown
from liantu.ledger.workbooks.columns import Layout, layouts
from liantu.ledger.workbooks.records import SheetReader, Spans
from liantu.ledger.writing import writing
from liantu.reading import read_document, read_workbook
from liantu.reading.model import Document, Problem
from liantu.reading.workbook import Sheet

AS_OF = re.compile(r"(?:数据)?(?:截至|截止|统计)(?:日期|时间|到)?[:：]?\s*([^；;，,　]{4,14})")
FILLED_BY = re.compile(r"(?:填报|报送|编制|制表)(?:单位|部门)[:：]\s*([^；;，,\s　]{2,40})")


def add_workbook(path: Path | str, by: str = "") -> AddResult:
    """Read a workbook here and now, and keep it. A file from others is read through `ingest_upload` instead.

    Raises UnreadableError for a file that cannot be read, ValueError when no sheet is a list known here.
    """
    document, sheets = read_document(Path(path)), read_workbook(path)
    if not layouts(sheets):
        raise ValueError(
            f"《{document.source}》里没有认得的表头（项目台账、企业清单或产业链图谱），请核对表头 / "
            f"no sheet of {document.source} is a project ledger, an enterprise list or a chain outline: check the headers"
        )
    return add_sheets(document, sheets, path=path, by=by)


def add_sheets(
    document: Document, sheets: list[Sheet], *, path: Path | str | None = None, by: str = "", again: bool = False
) -> AddResult:
    """Keep a workbook that has been read; at least one of its sheets must be known (`layouts`)."""
    origin = Origin.of(path or document.path)
    with writing():
        known = Source.objects.filter(digest=document.digest).first()
        if is_current(known) and not again:
            return seen_again(known, origin)
        found = layouts(sheets)
        document = _dated(document, sheets)
        nothing = Findings(document.source, document.title, document.publisher, None)
        source = keep_source(known, document, nothing, origin, by, region=_region(sheets, found))
        finder = EntityFinder(source, source.region_code)
        statements: list[Statement] = []
        trees = _outlines(sheets, found)
        for i, layout in found.items():
            reader = SheetReader(source, sheets[i], layout, finder, Spans.of(document, i, sheets[i]), trees)
            statements += reader
            source.problems += _problems(source.name, sheets[i], layout, reader)
        source.save(update_fields=["problems"])
        return store(source, statements, finder.moved, origin, text=text_row(source, document))


def _outlines(sheets: list[Sheet], found: dict[int, Layout]) -> dict[str, Tree]:
    """The outlines that a workbook holds, by the chain's name: its relations speak of their segments."""
    paths: dict[str, list[list[str]]] = {}
    for i, layout in found.items():
        if layout.kind == "outline":
            ordered = sorted(layout.columns.values(), key=lambda column: column.property)
            for _row, record in sheets[i].records():
                path = [shown(record[column.header].value) for column in ordered if column.header in record]
                if path and ordered[0].header in record:
                    paths.setdefault(chain_label(path[0]), []).append(path)
    return {chain: of_paths(told) for chain, told in paths.items()}


def _dated(document: Document, sheets: list[Sheet]) -> Document:
    """The document with the date that its data are as of and the office that filled it in, as the lines above say."""
    notes = [
        shown(cell.value)
        for sheet in sheets
        for row in sheet.rows
        for cell in row
        if sheet.header is not None and cell.row < sheet.header and isinstance(cell.value, str)
    ]
    as_of = next((d for note in notes if (m := AS_OF.search(note)) and (d := day(m[1]))), None)
    office = next((m[1] for note in notes if (m := FILLED_BY.search(note))), None)
    published = document.published or as_of
    return replace(
        document,
        published=published,
        publisher=document.publisher or office,
        # A list speaks of no 今年 that a date would have to explain.
        problems=tuple(p for p in document.problems if p.code != "no_date"),
    )


def _region(sheets: list[Sheet], found: dict[int, Layout]) -> str:
    """The one region all rows lie in: their city, else their province."""
    votes: Counter[str] = Counter()
    for i, layout in found.items():
        column = layout.column("city") or layout.column("place")
        if column is not None:
            for _, record in sheets[i].records():
                if column.header in record and (place := place_of_name(shown(record[column.header].value))):
                    votes[place.city_code or place.region_code] += 1
    if len(votes) == 1:
        return next(iter(votes))
    provinces = {code[:2] for code in votes}
    return f"{provinces.pop()}0000" if len(provinces) == 1 else ""


def _problems(name: str, sheet: Sheet, layout: Layout, reader: SheetReader) -> list[dict[str, object]]:
    """What a clerk should know of a sheet: columns nobody knows, amounts without a unit."""
    found = []
    if layout.unknown:
        columns = "、".join(layout.unknown)
        found.append(
            Problem(
                "unknown_columns",
                name,
                f"《{name}》工作表“{sheet.name}”有不认得的列：{columns}。内容已随行保存，但不能筛选；如需使用请改用常用列名。",
                f"Sheet {sheet.name} of {name} has unknown columns: {columns}. Their contents are kept with their rows, "
                "but cannot be filtered by; rename them to use them.",
            )
        )
    if reader.without_unit:
        columns = "、".join(sorted(reader.without_unit))
        found.append(
            Problem(
                "no_unit",
                name,
                f"《{name}》工作表“{sheet.name}”的这些列没有写明单位或不是数字：{columns}。请在列名后注明，如“总投资(万元)”。",
                f"Sheet {sheet.name} of {name} states no unit, or no number, in: {columns}. Write it behind the column's name.",
            )
        )
    for row, why in reader.refused:
        chinese, _, english = why.partition(" / ")
        found.append(
            Problem(
                "relation_refused",
                name,
                f"《{name}》工作表“{sheet.name}”第{row}行的关系没有收：{chinese}。其余各行照收。",
                f"Sheet {sheet.name} of {name}, row {row}: this relation was not taken: {english}. The other rows were.",
            )
        )
    return [problem_dict(problem) for problem in found]


def imported_outlines(chain_name: str) -> list[tuple[str, list[tuple[str, ...]]]]:
    """The outlines of a chain by the workbooks they stand in, oldest first: the workbook's name, its paths in order of rows."""
    rows = standing().filter(kind="cell", property="segment").filter(subject__profile__name=chain_label(chain_name))
    found: dict[int, tuple[str, list[tuple[int, tuple[str, ...]]]]] = {}
    for s in rows:
        _name, paths = found.setdefault(s.source_id or 0, (s.source.name if s.source is not None else "", []))
        paths.append((int(s.payload.get("row", 0)), tuple(s.payload["path"])))
    return [(name, list(dict.fromkeys(p for _, p in sorted(paths)))) for _, (name, paths) in sorted(found.items())]


def imported_edges(chain_name: str) -> list[tuple[str, list[ToldEdge]]]:
    """What workbooks say joins the segments of a chain, oldest first: the workbook's name, its relations in order of rows."""
    rows = (
        standing().filter(kind="cell", property="segment_edge").filter(subject__profile__name=chain_label(chain_name))
    )
    found: dict[int, tuple[str, list[tuple[int, ToldEdge]]]] = {}
    for s in rows:
        _name, edges = found.setdefault(s.source_id or 0, (s.source.name if s.source is not None else "", []))
        said = s.payload
        edges.append(
            (int(said.get("row", 0)), ToldEdge(said["tail"], said["head"], said["kind"], said.get("note", "")))
        )
    return [
        (name, [edge for _row, edge in sorted(edges, key=lambda pair: pair[0])])
        for _pk, (name, edges) in sorted(found.items())
    ]
