"""Make the packaged files of the example region from the plain texts and tables in `sources/`.

    python examples/build.py [TARGET]

TARGET is `examples/shanxi` unless named. The same sources give the same bytes on the same library versions:
time stamps are fixed, so that a rebuilt file that did not change does not show up as changed.

A source text is one block a line: `# ` title, `## ` heading, `> ` head line, `|` table row (cells parted by `|`),
anything else a paragraph.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path

import docx
import xlsxwriter
import yaml
from opencc_pyo3 import OpenCC
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

HERE = Path(__file__).parent
SOURCES = HERE / "sources"
LISTS = HERE / "lists"
STAMP = datetime(2025, 6, 20, 9, 0, 0)
FONT = "STSong-Light"  # one of Acrobat's own Chinese fonts: named in the file, not embedded in it
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CITY_CODES = {"太原市": "140100", "阳泉市": "140300", "晋中市": "140700", "忻州市": "140900", "吕梁市": "141100"}

# Pinyin that some copying sites print behind Traditional characters, as a guard against scraping.
GLOSSES = {
    "產": "chǎn",
    "業": "yè",
    "經": "jīng",
    "濟": "jì",
    "開": "kāi",
    "發": "fā",
    "區": "qū",
    "項": "xiàng",
    "質": "zhì",
    "實": "shí",
    "現": "xiàn",
    "綜": "zōng",
    "轉": "zhuǎn",
    "達": "dá",
    "設": "shè",
    "領": "lǐng",
}

# Headers of the directory of a workbook of lists, and what `lists/清单.yaml` calls them.
DIRECTORY = {
    "清单名称": "title",
    "工作表": "sheet",
    "种类": "kind",
    "地区": "region",
    "产业链": "chain",
    "模板": "kit",
    "责任单位": "owner_unit",
    "责任人": "owner_person",
    "更新周期": "rhythm",
    "发布日期": "published_on",
    "版本说明": "version_note",
    "退出": "leave",
}

Lines = Iterator[tuple[str, str]]


def read_source(name: str) -> Lines:
    """(kind, text) of each line of a source; kind is title, heading, head, row or paragraph."""
    marks = {"# ": "title", "## ": "heading", "> ": "head", "|": "row"}
    for line in (SOURCES / name).read_text(encoding="utf-8").splitlines():
        for mark, kind in marks.items():
            if line.startswith(mark):
                yield kind, line[len(mark) :]
                break
        else:
            if line:
                yield "paragraph", line


def write_docx(name: str, target: Path) -> None:
    """A Word file; runs of table rows become real tables, the first row a header."""
    document = docx.Document()
    for is_row, run in groupby(read_source(name), key=lambda line: line[0] == "row"):
        if is_row:
            rows = [text.split("|") for _, text in run]
            table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
            for cells, values in zip(table.rows, rows, strict=True):
                for cell, value in zip(cells.cells, values, strict=True):
                    cell.text = value
            continue
        for kind, text in run:
            if kind in ("title", "heading"):
                document.add_heading(text, level=0 if kind == "title" else 1)
            else:
                document.add_paragraph(text)
    properties = document.core_properties
    properties.author, properties.title = "链图示例", next(text for kind, text in read_source(name) if kind == "title")
    properties.created = properties.modified = STAMP
    raw = io.BytesIO()
    document.save(raw)
    write_zip_with_fixed_times(raw, target)


def write_zip_with_fixed_times(raw: io.BytesIO, target: Path) -> None:
    """Copy an archive with the build stamp on every member."""
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            info = zipfile.ZipInfo(item.filename, STAMP.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(item))


def write_pdf(name: str, target: Path) -> None:
    """A PDF with a text layer. Table rows are flattened into spaced lines, as print drivers leave them."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    body = ParagraphStyle("body", fontName=FONT, fontSize=10.5, leading=18, firstLineIndent=21, wordWrap="CJK")
    plain = ParagraphStyle("plain", parent=body, firstLineIndent=0)
    styles = {
        "title": ParagraphStyle("title", parent=plain, fontSize=16, leading=26, alignment=TA_CENTER),
        "head": ParagraphStyle("head", parent=plain, alignment=TA_CENTER),
        "heading": ParagraphStyle("heading", parent=plain, fontSize=12, leading=22, spaceBefore=6),
        "row": plain,
        "paragraph": body,
    }
    story: list[Paragraph | Spacer] = []
    for kind, text in read_source(name):
        # Full-width spaces keep the gaps between flattened cells.
        shown = text.replace("|", "\u3000\u3000") if kind == "row" else text
        story.append(Paragraph(shown, styles[kind]))
    story.append(Spacer(1, 6))
    template = SimpleDocTemplate(
        str(target), pagesize=A4, title=Path(name).stem, author="链图示例", invariant=1, topMargin=64, bottomMargin=64
    )
    template.build(story)


def write_traditional(name: str, target: Path) -> None:
    """A text as guarded sites serve it: Traditional characters, pinyin in brackets, ASCII and doubled marks."""
    marks = 0
    out: list[str] = []
    for char in OpenCC("s2t").convert((SOURCES / name).read_text(encoding="utf-8")):
        if char in "，。、":
            marks += 1
            ascii_mark = "," if char == "，" else char
            out.append("," + ascii_mark if marks % 3 else ascii_mark)
        else:
            out.append(char + (f"({GLOSSES[char]})" if char in GLOSSES else ""))
    target.write_text("".join(out), encoding="utf-8")


def credit_code(city: str, number: int) -> str:
    """A unified social credit code with a right check character (GB 32100) and a body that no registry issues."""
    body = f"91{CITY_CODES[city]}EXAMPLE{number:02d}"
    total = sum(USCC_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return body + USCC_ALPHABET[(31 - total % 31) % 31]


def read_table(name: str) -> tuple[list[str], list[dict[str, str]]]:
    """Header and rows of a source table."""
    with (SOURCES / name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    return list(reader.fieldnames or ()), rows


def cell_value(text: str) -> str | float | None:
    """A number where the text is one, so that the workbook holds numbers as offices type them."""
    try:
        return float(text)
    except ValueError:
        return text or None


def write_workbook(
    target: Path,
    sheet_name: str,
    title: str,
    note: str,
    header: list[str],
    rows: list[dict[str, str]],
    merged: str = "",
) -> None:
    """A workbook as offices keep it: merged title, a line with unit and date, header, rows, merged `merged` column."""
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "author": "链图示例", "created": STAMP})
    sheet = book.add_worksheet(sheet_name)
    centre = book.add_format({"align": "center", "valign": "vcenter", "border": 1, "text_wrap": True})
    bold = book.add_format({"align": "center", "valign": "vcenter", "border": 1, "bold": True, "text_wrap": True})
    heading = book.add_format({"align": "center", "valign": "vcenter", "bold": True, "font_size": 16})
    first = 0
    if title:
        sheet.merge_range(0, 0, 0, len(header) - 1, title, heading)
        sheet.merge_range(1, 0, 1, len(header) - 1, note)
        first = 2
    sheet.write_row(first, 0, header, bold)
    for index, row in enumerate(rows, first + 1):
        for column, field in enumerate(header):
            if field != merged:
                sheet.write(index, column, cell_value(row[field]), centre)
    if merged:
        column, index = header.index(merged), first + 1
        for value, run in groupby(row[merged] for row in rows):
            length = len(list(run))
            if length > 1:
                sheet.merge_range(index, column, index + length - 1, column, value, centre)
            else:
                sheet.write(index, column, value, centre)
            index += length
    sheet.freeze_panes(first + 1, 2 if title else 0)
    sheet.set_column(0, len(header) - 1, 14)
    book.close()


def write_office(name: str, target: Path) -> None:
    """The office's workbook: a sheet for each section `[…]` of the source, its first line the headers."""
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "链长办台账（示例）", "author": "链图示例", "created": STAMP})
    bold = book.add_format({"bold": True, "border": 1})
    sheet, at = None, 0
    for line in (SOURCES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            sheet, at = book.add_worksheet(line.strip("[]")), 0
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, 15, 16)
            continue
        assert sheet is not None
        for column, cell in enumerate(next(csv.reader([line]))):
            if cell:
                sheet.write_string(at, column, cell, *([bold] if at == 0 else []))
        at += 1
    book.close()


def write_lists(target: Path) -> None:
    """The workbook of the office's lists: its directory, and a sheet for each version of the lists that `lists/清单.yaml` names."""
    told = yaml.safe_load((LISTS / "清单.yaml").read_text(encoding="utf-8"))["lists"]
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "清单台账（示例）", "author": "链图示例", "created": STAMP})
    bold = book.add_format({"bold": True, "border": 1})
    directory = book.add_worksheet("清单目录")
    directory.write_row(0, 0, list(DIRECTORY), bold)
    directory.freeze_panes(1, 1)
    directory.set_column(0, len(DIRECTORY) - 1, 16)
    at = 0
    for one in told:
        for version in one["versions"]:
            at += 1
            name = Path(version["file"]).stem
            said = one | version | {"sheet": name, "version_note": version["note"], "note": one.get("note", "")}
            said["leave"] = "；".join(version.get("leave", ()))
            for column, key in enumerate(DIRECTORY.values()):
                directory.write_string(at, column, str(said.get(key, "")))
            with (LISTS / version["file"]).open(encoding="utf-8", newline="") as file:
                header, *rows = csv.reader(file)
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, header, bold)
            for index, row in enumerate(rows, 1):
                for column, cell in enumerate(row):
                    sheet.write(index, column, cell_value(cell))
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, len(header) - 1, 16)
    book.close()


def build(target: Path) -> list[Path]:
    """Write every packaged example into `target` and name what was written."""
    target.mkdir(parents=True, exist_ok=True)
    written = [
        *(target / f"{name}.docx" for name in ("02_中部城市群发布会", "03_晋中项目调度通报")),
        *(target / f"{name}.pdf" for name in ("05_省级重点产业链运行公报", "06_产业链协作配套若干措施")),
        target / "09_太原开发区焕新.txt",
        *(target / f"{name}.xlsx" for name in ("项目台账", "重点企业清单", "产业链图谱")),
        target / "链长办台账.xlsx",
        target / "清单台账.xlsx",
    ]
    for path in written[:2]:
        write_docx(f"{path.stem}.txt", path)
    for path in written[2:4]:
        write_pdf(f"{path.stem}.txt", path)
    write_traditional("09_太原开发区焕新.txt", written[4])

    header, rows = read_table("项目台账.csv")
    for number, row in enumerate(rows, 1):
        row["序号"] = str(number)
    write_workbook(
        written[5],
        "项目台账",
        "山西中部城市群重点产业链项目台账（示例）",
        "填报单位：产业链链长制办公室（示例）　　数据截至：2025年5月31日　　单位：总投资为亿元，其余金额为万元",
        ["序号", *header],
        rows,
        merged="所在市",
    )
    header, rows = read_table("重点企业清单.csv")
    for number, row in enumerate(rows, 1):
        row["统一社会信用代码"] = credit_code(row["所在市"], number)
    write_workbook(
        written[6],
        "重点企业清单",
        "山西中部城市群重点产业链企业清单（示例）",
        "填报单位：产业链链长制办公室（示例）　　数据截至：2024年12月31日　　企业均为虚构",
        [header[0], "统一社会信用代码", *header[1:]],
        rows,
    )
    header, rows = read_table("产业链图谱.csv")
    write_workbook(written[7], "产业链图谱", "", "", header, rows)
    write_office("链长办台账.txt", written[-2])
    write_lists(written[-1])
    return written


if __name__ == "__main__":
    for made in build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "shanxi"):
        print(made)
