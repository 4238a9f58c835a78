"""Cells of tables read with the right header, unit and row: tables of many shapes, as docx, xlsx, pdf with rules and without.

    python benchmarks/tables.py [--tables N] [--misses N] [--json]

Each cell with a number counts. It is right when a figure of that number has the value in its base unit, the header's words
(or, under a year, its period) and the row's subject, or, in a transposed table, the column's.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from liantu.extraction import Figure, extract
from liantu.reading import read_document

COUNTIES = ["清徐县", "阳曲县", "娄烦县", "古交市", "小店区", "迎泽区", "杏花岭区", "尖草坪区", "万柏林区", "晋源区"]
CHAINS = ["特钢材料", "新能源汽车", "光伏", "氢能", "高端装备制造", "合成生物", "碳基新材料", "铝镁精深加工"]
MONEY = ["营业收入", "产值", "固定资产投资", "税收", "研发经费", "利润总额"]
COUNTS = [("企业数", "户"), ("从业人员", "人"), ("新签约项目", "个"), ("专利授权", "件")]


@dataclass(slots=True)
class Cell:
    """What one number of a table says."""

    number: str
    value: float
    unit: str
    words: str  # that its indicator holds
    subject: str  # its subject, or words of its indicator
    period: str = ""


@dataclass(slots=True)
class Table:
    """A table: rows of texts, merges as (top, left, bottom, right), what stands above it, and what its cells say."""

    shape: str
    rows: list[list[str]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    header_rows: int = 1


class Numbers:
    """Numbers that come only once."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._given: set[str] = set()

    def next(self, low: float, high: float, digits: int) -> str:
        """A number as written, with `digits` behind its point."""
        while True:
            text = f"{self._chance.uniform(low, high):.{digits}f}"
            if text not in self._given and not text.endswith("0") and not 1900 < float(text) < 2100:
                self._given.add(text)
                return text


def plain(chance: random.Random, numbers: Numbers) -> Table:
    """Units in the header, places in the rows."""
    money, (count, unit) = chance.choice(MONEY), chance.choice(COUNTS)
    table = Table("units in the header", [["县区", f"{money}（亿元）", "同比增长（%）", f"{count}（{unit}）"]])
    for place in chance.sample(COUNTIES, 5):
        a, b, c = numbers.next(10, 900, 1), numbers.next(1, 30, 2), numbers.next(11, 999, 0)
        table.rows.append([place, a, b, c])
        table.cells += [
            Cell(a, float(a) * 1e8, "元", money, place),
            Cell(b, float(b), "%", "增长", place),
            Cell(c, float(c), unit, count, place),
        ]
    return table


def unit_above(chance: random.Random, numbers: Numbers) -> Table:
    """单位：亿元 above, no unit in the header; a total below."""
    names = chance.sample(MONEY, 3)
    table = Table("unit above", [["县区", *names]], above=["表1　各县区主要指标", "单位：亿元"])
    for place in [*chance.sample(COUNTIES, 5), "合计"]:
        said = [numbers.next(10, 900, 2) for _ in names]
        table.rows.append([place, *said])
        if place != "合计":
            table.cells += [Cell(n, float(n) * 1e8, "元", name, place) for n, name in zip(said, names, strict=True)]
        else:
            table.cells += [Cell(n, float(n) * 1e8, "元", name, "") for n, name in zip(said, names, strict=True)]
    return table


def grouped(chance: random.Random, numbers: Numbers) -> Table:
    """Two header rows: years over measures, merged."""
    name = chance.choice(MONEY)
    table = Table(
        "two header rows",
        [
            ["产业链", "2023年", "", "2024年", ""],
            ["", f"{name}（亿元）", "增速（%）"] * 1 + [f"{name}（亿元）", "增速（%）"],
        ],
    )
    table.header_rows = 2
    table.merges = [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)]
    for chain in chance.sample(CHAINS, 5):
        said = [numbers.next(10, 900, 1) if i % 2 == 0 else numbers.next(1, 30, 2) for i in range(4)]
        table.rows.append([chain, *said])
        for i, number in enumerate(said):
            year = "2023" if i < 2 else "2024"
            if i % 2 == 0:
                table.cells.append(Cell(number, float(number) * 1e8, "元", name, chain, year))
            else:
                table.cells.append(Cell(number, float(number), "%", "增速", chain, year))
    return table


def merged_rows(chance: random.Random, numbers: Numbers) -> Table:
    """A first column merged downwards over several rows."""
    money = chance.choice(MONEY)
    table = Table("rows merged", [["片区", "县区", f"{money}（亿元）", "企业数（户）"]])
    places = chance.sample(COUNTIES, 6)
    for i, place in enumerate(places):
        a, b = numbers.next(10, 900, 1), numbers.next(11, 999, 0)
        table.rows.append([("北片" if i < 3 else "南片") if i % 3 == 0 else "", place, a, b])
        table.cells += [Cell(a, float(a) * 1e8, "元", money, place), Cell(b, float(b), "户", "企业", place)]
    table.merges = [(1, 0, 3, 0), (4, 0, 6, 0)]
    return table


def transposed(chance: random.Random, numbers: Numbers) -> Table:
    """Measures in the rows, places in the columns, the unit in a column of its own."""
    places = chance.sample(COUNTIES, 3)
    table = Table("transposed", [["指标", "单位", *places]])
    for name in chance.sample(MONEY, 3):
        said = [numbers.next(10, 900, 1) for _ in places]
        table.rows.append([name, "亿元", *said])
        table.cells += [Cell(n, float(n) * 1e8, "元", name, place) for n, place in zip(said, places, strict=True)]
    for name, unit in chance.sample(COUNTS, 2):
        said = [numbers.next(11, 999, 0) for _ in places]
        table.rows.append([name, unit, *said])
        table.cells += [Cell(n, float(n), unit, name, place) for n, place in zip(said, places, strict=True)]
    return table


def years(chance: random.Random, numbers: Numbers) -> Table:
    """Measures in the rows, years in the columns."""
    table = Table("years in columns", [["指标", "2021年", "2022年", "2023年"]])
    for name in chance.sample(MONEY, 4):
        said = [numbers.next(10, 900, 1) for _ in range(3)]
        table.rows.append([f"{name}（亿元）", *said])
        table.cells += [Cell(n, float(n) * 1e8, "元", name, "", str(2021 + i)) for i, n in enumerate(said)]
    return table


def unit_column(chance: random.Random, numbers: Numbers) -> Table:
    """A column of units, done so far, growth; sub-rows behind 其中."""
    table = Table("unit column", [["指标", "计量单位", "1—10月累计", "同比增长（%）"]], above=["主要经济指标"])
    rows = [(name, "亿元", 1e8, "元") for name in chance.sample(MONEY, 3)]
    rows += [(name, unit, 1.0, unit) for name, unit in chance.sample(COUNTS, 2)]
    for name, unit, factor, base in rows:
        a, b = numbers.next(110, 9000, 0 if factor == 1 else 1), numbers.next(1, 30, 2)
        table.rows.append([name, unit, a, b])
        table.cells += [Cell(a, float(a) * factor, base, name, ""), Cell(b, float(b), "%", name, "")]
    return table


def continued(chance: random.Random, numbers: Numbers) -> Table:
    """More rows than a page holds; a pdf repeats the header on the next."""
    table = Table(
        "over two pages", [["序号", "产业链", "营业收入（亿元）", "增长（%）"]], above=["表2　重点产业链运行情况"]
    )
    for i in range(44):
        chain = CHAINS[i % len(CHAINS)] + "甲乙丙丁戊己"[i // len(CHAINS)] + "段"
        a, b = numbers.next(10, 900, 1), numbers.next(1, 60, 2)
        table.rows.append([str(i + 1), chain, a, b])
        table.cells += [Cell(a, float(a) * 1e8, "元", "营业收入", chain), Cell(b, float(b), "%", "增长", chain)]
    return table


def gaps(chance: random.Random, numbers: Numbers) -> Table:
    """Cells without a number: blank, a dash, words; negative numbers."""
    table = Table("blanks and dashes", [["县区", "工业增加值增速（%）", "外贸进出口（万元）", "备注"]])
    for i, place in enumerate(chance.sample(COUNTIES, 6)):
        a, b = numbers.next(1, 30, 1), numbers.next(100, 9000, 1)
        texts = [place, a if i % 3 else "—", b if i % 4 else "", "待核" if i % 2 else ""]
        negative = i % 3 == 2
        if negative:
            texts[1] = f"-{a}"
        table.rows.append(texts)
        if i % 3:
            table.cells.append(Cell(texts[1], float(texts[1]), "%", "增速", place))
        if i % 4:
            table.cells.append(Cell(b, float(b) * 1e4, "元", "进出口", place))
    return table


SHAPES: list[Callable[[random.Random, Numbers], Table]] = [
    plain, unit_above, grouped, merged_rows, transposed, years, unit_column, continued, gaps,
]  # fmt: skip
HEAD = [
    "太原市重点产业链运行通报",
    "2024年11月5日　来源：太原市工信局",
    "一、总体情况",
    "今年以来，全市重点产业链运行平稳。",
]


def as_docx(table: Table) -> bytes:
    """A Word document with the table."""
    import docx

    document = docx.Document()
    for line in (*HEAD, *table.above):
        document.add_paragraph(line)
    made = document.add_table(rows=len(table.rows), cols=len(table.rows[0]))
    for r, row in enumerate(table.rows):
        for c, text in enumerate(row):
            made.cell(r, c).text = text
    for top, left, bottom, right in table.merges:
        text = table.rows[top][left]
        made.cell(top, left).merge(made.cell(bottom, right)).text = text
    document.add_paragraph("二、下一步安排")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_xlsx(table: Table) -> bytes:
    """A workbook with the table."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    for line in (*HEAD[:2], *table.above):
        sheet.append([line])
    first = sheet.max_row + 1
    for row in table.rows:
        sheet.append([_typed(text) for text in row])
    for top, left, bottom, right in table.merges:
        sheet.merge_cells(start_row=first + top, start_column=left + 1, end_row=first + bottom, end_column=right + 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _typed(text: str) -> object:
    try:
        return float(text) if text else None
    except ValueError:
        return text


def as_pdf(table: Table, rules: bool = True) -> bytes:
    """A pdf with the table, its header repeated on every page; with ruled cells or without."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate
    from reportlab.platypus import Table as Printed

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("body", fontName="STSong-Light", fontSize=11, leading=18)
    commands: list[Any] = [
        ("FONT", (0, 0), (-1, -1), "STSong-Light", 10),
        ("ALIGN", (1, 0), (-1, -1), "CENTER"),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    if rules:
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    commands += [("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in table.merges]
    out = io.BytesIO()
    width = 460 / len(table.rows[0])
    printed = Printed(table.rows, colWidths=[width] * len(table.rows[0]), repeatRows=table.header_rows)
    printed.setStyle(commands)
    lines = [Paragraph(line, style) for line in (*HEAD, *table.above)]
    SimpleDocTemplate(out, pagesize=A4).build([*lines, printed, Paragraph("二、下一步安排", style)])
    return out.getvalue()


FORMATS: dict[str, tuple[str, Callable[[Table], bytes]]] = {
    "docx": ("表.docx", as_docx),
    "xlsx": ("表.xlsx", as_xlsx),
    "pdf, ruled": ("表.pdf", as_pdf),
    "pdf, not ruled": ("表.pdf", lambda table: as_pdf(table, rules=False)),
}


def faults(cell: Cell, figures: list[Figure]) -> list[str]:
    """What is wrong with the best reading of a cell; nothing when it is right."""
    number = cell.number.lstrip("-")
    found = [f for f in figures if f.number.lstrip("-−").rstrip("%") == number]
    if not found:
        return ["not found"]
    return min((_faults(cell, figure) for figure in found), key=len)


def _faults(cell: Cell, figure: Figure) -> list[str]:
    wrong = []
    if figure.unit != cell.unit or abs(figure.value - cell.value) > 1e-6 * abs(cell.value):
        wrong.append(f"unit: {figure.value:g} {figure.unit}")
    if cell.words not in figure.indicator and not (cell.words in ("增长", "增速") and figure.kind == "change"):
        wrong.append(f"header: {figure.indicator}")
    if cell.subject and cell.subject != figure.subject and cell.subject not in figure.indicator:
        wrong.append(f"row: {figure.subject} · {figure.indicator}")
    if cell.period and (figure.period or "")[:4] != cell.period:
        wrong.append(f"period: {figure.period}")
    return wrong


def main() -> None:
    """Makes, reads, prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tables", type=int, default=6, help="tables of each shape")
    parser.add_argument("--misses", type=int, default=0, help="print that many cells read wrongly")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    right: Counter[tuple[str, str]] = Counter()
    cells: Counter[tuple[str, str]] = Counter()
    misses: list[str] = []
    for seed in range(given.tables):
        for make in SHAPES:
            chance = random.Random(f"{make.__name__} {seed}")
            table = make(chance, Numbers(chance))
            for form, (name, write) in FORMATS.items():
                figures = list(extract(read_document(write(table), name)).figures)
                for cell in table.cells:
                    wrong = faults(cell, figures)
                    cells[table.shape, form] += 1
                    right[table.shape, form] += not wrong
                    if wrong:
                        misses.append(
                            f"{form} · {table.shape} · {cell.number} {cell.words} {cell.subject}: {'; '.join(wrong)}"
                        )
    whole = sum(right.values()) / max(1, sum(cells.values()))
    if given.json:
        shares = {
            shape: {form: right[shape, form] / n for (s, form), n in cells.items() if s == shape} for shape, _ in cells
        }
        json.dump(
            {"cells": sum(cells.values()), "right": whole, "shapes": shares}, sys.stdout, ensure_ascii=False, indent=1
        )
        sys.stdout.write("\n")
        return
    print(f"{'':<24}" + "".join(f"{form:>16}" for form in FORMATS))
    for shape in dict.fromkeys(shape for shape, _ in cells):
        print(f"{shape:<24}" + "".join(f"{right[shape, form] / cells[shape, form]:>16.3f}" for form in FORMATS))
    for form in FORMATS:
        of = [key for key in cells if key[1] == form]
        print(f"{form:<24}{sum(right[key] for key in of) / sum(cells[key] for key in of):>16.3f}")
    print(f"{'all cells':<24}{whole:>16.3f}   of {sum(cells.values())}")
    for miss in misses[: given.misses]:
        print(miss)


if __name__ == "__main__":
    main()
