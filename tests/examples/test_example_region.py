"""The bundled example region: complete, rebuilt from its sources, and read as its README says."""

import csv
import importlib.util
import json
import re
import unicodedata
from pathlib import Path
from types import ModuleType
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest

import liantu.extraction
from liantu.extraction.model import Figure, Findings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "shanxi"
EXPECTED = json.loads((Path(__file__).parent / "expected.json").read_text(encoding="utf-8"))
# What the reader is held to on any folder: numbers found, and given to the right subject.
PROMISED_FOUND, PROMISED_ATTRIBUTED = 0.93, 0.78
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

needs_reader = pytest.mark.skipif(not hasattr(liantu.extraction, "extract"), reason="the extractor is not there yet")


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("examples_build", ROOT / "examples" / "build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def words(path: Path) -> str:
    """All text of a file without white space, taken by its own library and not by the reader."""
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        text = "".join(p.text for p in document.paragraphs)
        text += "".join(cell.text + " " for table in document.tables for row in table.rows for cell in row.cells)
    elif path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pages:
            text = "".join(page.get_textpage().get_text_range() for page in pages)
    elif path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        text = "|".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    else:
        text = path.read_text(encoding="utf-8")
    return squeeze(text)


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def table(name: str, header_row: int) -> list[dict[str, object]]:
    rows = list(openpyxl.load_workbook(FOLDER / name).worksheets[0].iter_rows(values_only=True))
    header = [str(cell) for cell in rows[header_row - 1]]
    return [dict(zip(header, row, strict=True)) for row in rows[header_row:]]


def test_folder_holds_every_kind_of_file() -> None:
    suffixes = {path.suffix for path in FOLDER.iterdir()}
    assert suffixes == {".txt", ".html", ".md", ".docx", ".pdf", ".xlsx"}
    assert {path.name for path in FOLDER.iterdir() if path.suffix != ".xlsx"} == {*EXPECTED, "README.md"}


def test_packaged_files_are_those_of_the_sources(builder: ModuleType, tmp_path: Path) -> None:
    for made in builder.build(tmp_path):
        assert words(made) == words(FOLDER / made.name), f"{made.name}: run examples/build.py"


def test_building_twice_gives_the_same_bytes(builder: ModuleType, tmp_path: Path) -> None:
    first, second = builder.build(tmp_path / "first"), builder.build(tmp_path / "second")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


@pytest.mark.parametrize("name", EXPECTED)
def test_expected_figures_stand_in_the_file(name: str) -> None:
    text = words(FOLDER / name)
    for figure in EXPECTED[name]["figures"]:
        assert squeeze(figure["sentence"]) in text
        assert figure["number"] in figure["sentence"]


def test_credit_codes_have_right_check_characters_and_belong_to_nobody() -> None:
    codes = [str(row["统一社会信用代码"]) for row in table("重点企业清单.xlsx", header_row=3)]
    assert len(set(codes)) == 26
    for code in codes:
        total = sum(USCC_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(code[:17]))
        assert code[17] == USCC_ALPHABET[-total % 31]
        assert "EXAMPLE" in code


def test_project_ledger_has_title_unit_row_and_merged_cities() -> None:
    sheet = openpyxl.load_workbook(FOLDER / "项目台账.xlsx").worksheets[0]
    assert "亿元" in str(sheet["A2"].value) and "万元" in str(sheet["A2"].value)
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A1:T1", "A2:T2"} <= merged and len(merged) == 2 + 5
    rows = table("项目台账.xlsx", header_row=3)
    assert len(rows) == 32
    assert all("示例" in f"{row['项目名称']}{row['建设单位']}" for row in rows)


def test_outline_has_six_levels_and_three_chains() -> None:
    with (ROOT / "examples" / "sources" / "产业链图谱.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [f"level{depth}" for depth in range(1, 7)]
    assert {row["level1"] for row in rows} == {"光伏", "特钢材料", "新能源汽车（甲醇）"}
    assert any(row["level6"] for row in rows)


def matching(figure: dict[str, Any], findings: Findings) -> list[Figure]:
    """What was found with the figure's value and unit in its sentence."""
    return [
        found
        for found in findings.figures
        if found.value == pytest.approx(figure["value"])
        and found.unit == figure["unit"]
        and squeeze(figure["sentence"]) in squeeze(found.evidence.text)
    ]


@pytest.fixture(scope="module")
def read_folder() -> dict[str, Findings]:
    return {name: liantu.read(FOLDER / name) for name in EXPECTED}


@needs_reader
def test_reader_finds_the_expected_figures_in_their_sentences(read_folder: dict[str, Findings]) -> None:
    wanted = [(name, figure) for name, expected in EXPECTED.items() for figure in expected["figures"]]
    missed = [(name, figure["sentence"]) for name, figure in wanted if not matching(figure, read_folder[name])]
    assert len(missed) <= (1 - PROMISED_FOUND) * len(wanted), missed


@needs_reader
def test_reader_says_whom_the_expected_figures_are_about(read_folder: dict[str, Findings]) -> None:
    wanted = [(name, figure) for name, expected in EXPECTED.items() for figure in expected["figures"]]
    wrong = []
    for name, figure in wanted:
        subjects = {found.subject for found in matching(figure, read_folder[name])}
        if not subjects & set(figure["subject"]):
            wrong.append((name, figure["sentence"], subjects))
    assert len(wrong) <= (1 - PROMISED_ATTRIBUTED) * len(wanted), wrong


@needs_reader
@pytest.mark.parametrize("name", EXPECTED)
def test_reader_finds_date_and_publisher(name: str) -> None:
    findings = liantu.read(FOLDER / name)
    assert findings.published == EXPECTED[name]["published"]
    if EXPECTED[name]["publisher"]:
        assert findings.publisher == EXPECTED[name]["publisher"]
