"""`liantu read`: what a clerk types and what a program parses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from liantu.cli import main
from liantu.cli.tables import amount

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "shanxi"
SENTENCE = "晋中市累计推广甲醇汽车5623辆，建成甲醇加注站58座。"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["read", *map(str, arguments)])


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "晋中.txt"
    path.write_text(f"晋中打好五张牌\n2024年10月5日 来源：晋中日报\n{SENTENCE}\n", encoding="utf-8")
    return path


def test_one_json_object_a_document(document: Path) -> None:
    result = run(document, EXAMPLE / "09_太原开发区焕新.txt", "--format", "jsonl")
    first, second = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 0
    assert (first["source"], second["source"]) == ("晋中.txt", "09_太原开发区焕新.txt")
    [vehicles] = [figure for figure in first["figures"] if figure["value"] == 5623]
    assert (vehicles["unit"], vehicles["subject"]) == ("辆", "晋中市")
    raw = document.read_text(encoding="utf-8")
    assert raw[vehicles["evidence"]["start"] : vehicles["evidence"]["end"]] == vehicles["evidence"]["text"]
    assert raw[slice(*vehicles["span"])] == "5623"


def test_tables_for_eyes(document: Path) -> None:
    result = run(document)
    assert result.exit_code == 0
    assert "晋中打好五张牌" in result.stdout
    assert "5,623辆" in result.stdout


def test_results_into_a_file(document: Path, tmp_path: Path) -> None:
    target = tmp_path / "结果.jsonl"
    result = run(document, "--format", "jsonl", "-o", target)
    assert result.stdout == ""
    assert json.loads(target.read_text(encoding="utf-8"))["source"] == "晋中.txt"


def test_a_folder_stands_for_the_documents_in_it(tmp_path: Path, document: Path) -> None:
    inner = tmp_path / "二季度"
    inner.mkdir()
    (inner / "阳泉.md").write_text("# 阳泉\n\n阳泉市新开工项目12个。\n", encoding="utf-8")
    for passed_over in ("标注.json", ".隐藏.txt", "~$正在编辑.docx", "README.md"):
        (tmp_path / passed_over).write_text("阳泉市新开工项目99个。", encoding="utf-8")
    result = run(tmp_path, "--format", "jsonl")
    assert [json.loads(line)["source"] for line in result.stdout.splitlines()] == ["阳泉.md", "晋中.txt"]
    assert result.exit_code == 0


BAD_FILES = {
    "空.txt": b"",
    "噪声.txt": bytes(range(256)) * 40,
    "断.docx": b"PK\x03\x04" + b"\x00" * 300,
    "断.pdf": b"%PDF-1.7\n1 0 obj\n<<",
    "假.xlsx": b"PK\x03\x04 not a workbook at all",
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_gets_one_sentence_and_the_others_are_read(name: str, document: Path, tmp_path: Path) -> None:
    bad = tmp_path / name
    bad.write_bytes(BAD_FILES[name])
    result = run(bad, document, "--format", "jsonl")
    assert result.exit_code == 1
    [good] = result.stdout.splitlines()
    assert json.loads(good)["source"] == "晋中.txt"
    [sentence] = [line for line in result.stderr.splitlines() if name in line]
    chinese, english = sentence.split(" / ", 1)
    assert "请" in chinese
    assert english.isascii() or name in english
    assert "Traceback" not in result.stderr


def test_a_file_that_is_not_there(document: Path, tmp_path: Path) -> None:
    result = run(tmp_path / "没有.txt", document, "--format", "jsonl")
    assert result.exit_code == 1
    assert "没有.txt" in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_a_place_that_cannot_be_written(document: Path, tmp_path: Path) -> None:
    result = run(document, "-o", tmp_path / "没有这个文件夹" / "结果.jsonl")
    assert result.exit_code == 1
    assert "写不了" in result.stderr


def test_a_terminal_without_chinese_does_not_stop_the_command(document: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    command = [sys.executable, "-m", "liantu", "read", str(document)]
    result = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert result.returncode == 0, result.stderr.decode("utf-8", "replace")
    assert b"5,623" in result.stdout


def test_importing_the_package_loads_no_room() -> None:
    code = (
        "import sys, liantu; print([m for m in sys.modules if m.startswith(('liantu.', 'django', 'rjieba', 'numpy'))])"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (5623, "辆", "5,623辆"),
        (2e11, "元", "2,000亿元"),
        (3996000, "亩", "399.6万亩"),
        (17.38, "%", "17.38%"),
        (-2.8, "百分点", "-2.8百分点"),
        (1, "位", "1位"),
        (12.5e8, "元", "12.5亿元"),
        (56, "GW", "56GW"),
    ],
)
def test_amounts_are_written_as_the_field_writes_them(value: float, unit: str, written: str) -> None:
    assert amount(value, unit) == written


def test_an_archive_gives_the_findings_of_each_document_in_it(tmp_path: Path, document: Path) -> None:
    packed = tmp_path / "材料.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(document, "五月/晋中.txt")
        archive.writestr("坏.docx", b"PK\x03\x04")
    result = run(packed, "--format", "jsonl")
    [line] = result.stdout.splitlines()
    assert json.loads(line)["source"] == "材料.zip!五月/晋中.txt"
    assert "材料.zip!坏.docx" in result.stderr
    assert result.exit_code == 1


def test_a_long_table_is_written_line_by_line(tmp_path: Path) -> None:
    paper = tmp_path / "长表.txt"
    paper.write_text("".join(f"晋中市第{n}批建成甲醇加注站{n + 3}座。\n" for n in range(1, 1500)), encoding="utf-8")
    lines = run(paper).stdout.splitlines()
    rows = [line.split("\t") for line in lines if line.count("\t") == 5]
    assert rows[0] == ["指标", "数值", "主体", "时期", "性质", "原句"]
    assert len(rows) > 1000 and all(row[1].replace(",", "") in row[5] for row in rows[1:])
    assert f"数字 figures {len(rows) - 1}" in lines
