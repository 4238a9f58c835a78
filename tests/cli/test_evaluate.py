"""`liantu evaluate`: the reader measured on documents somebody annotated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from liantu.cli import main

TEXT = "晋中打好五张牌\n2024年10月5日 来源：晋中日报\n晋中市累计推广甲醇汽车5623辆，建成甲醇加注站58座。\n"


def figure(anchor: str, number: str, value: float, unit: str, must: str) -> dict[str, object]:
    fixed = {"bound": "=", "kind": "level", "status": "actual", "period": None, "subject": ["晋中市", "晋中"]}
    return {
        "anchor": anchor,
        "number": number,
        "value": value,
        "unit": unit,
        "indicator": must,
        "must": [must],
        **fixed,
    }


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    (tmp_path / "003_晋中.txt").write_text(TEXT, encoding="utf-8")
    wanted = [figure("汽车5623辆", "5623", 5623, "辆", "甲醇汽车"), figure("加注站58座", "58", 60, "座", "加注站")]
    (tmp_path / "003.json").write_text(json.dumps({"figures": wanted}), encoding="utf-8")
    return tmp_path


def test_numbers_for_programs(annotated: Path) -> None:
    result = CliRunner().invoke(main, ["evaluate", str(annotated), "--json"])
    assert result.exit_code == 0
    figures = json.loads(result.stdout)["figures"]
    assert (figures["complete"]["hit"], figures["complete"]["true"]) == (1, 2)  # 58 is annotated as 60


def test_tables_and_the_worst_mistakes_for_eyes(annotated: Path) -> None:
    result = CliRunner().invoke(main, ["evaluate", str(annotated), "--worst", "3"])
    assert "figures complete" in result.stdout
    [line] = [line for line in result.stdout.splitlines() if line.startswith("003 wrong")]
    assert "60" in line and "58" in line


def test_a_folder_without_annotations(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["evaluate", str(tmp_path)])
    assert result.exit_code == 1
    assert "标注" in result.stderr
