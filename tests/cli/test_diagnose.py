"""`liantu diagnose` and `liantu compare` on a made-up registry, and on a ledger where none is loaded."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cli.conftest import Run

import liantu
from liantu.cli import main
from liantu.registry import load_lists

ROWS = [
    *(f"定襄县示例{n}法兰厂,锻件、法兰制造,定襄县晋昌镇{n}号" for n in range(1, 6)),
    *(f"太原示例{n}钢带有限公司,不锈钢带、精密带钢的生产,太原市尖草坪区{n}号" for n in range(1, 5)),
    "太原示例法兰厂,法兰制造,太原市小店区1号",
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "名单.csv"
    path.write_text("企业名称,经营范围,住所\n" + "\n".join(ROWS) + "\n", encoding="utf-8")
    load_lists([path], tmp_path / "库", as_of=date(2024, 12, 31))
    yield tmp_path / "库"


def ask(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_place_comes_as_json_with_quotient_interval_and_reason(store: Path) -> None:
    said = ask("diagnose", "place", "忻州市", "--registry", str(store), "--format", "json")
    rows = [json.loads(line) for line in said.splitlines()]
    [flange] = [r for r in rows if r["step"] == "profile" and r["segment"] == "特钢材料 · 锻件与法兰"]
    # Five of five there, six of ten in the province.
    assert flange["value"] == pytest.approx((5 + 20 * 0.6) / (25 * 0.6))
    assert flange["low"] < flange["value"] < flange["high"] and flange["n"] == 5
    assert flange["basis"].startswith("企业登记库（10 家")
    assert [r["reason"] for r in rows if r["measure"] == "density"] == ["not_enough_regions"]
    assert rows == liantu.diagnose_place("忻州市", registry=store)


def test_a_chain_and_a_comparison_come_as_csv(store: Path) -> None:
    said = ask("diagnose", "chain", "特钢材料", "--region", "太原市", "--registry", str(store), "--format", "csv")
    status = {row["segment"]: row["status"] for row in csv.DictReader(io.StringIO(said))}
    assert status["特钢与不锈钢冶炼轧制"] == "present"  # (4 + 20 × 0.4) of (25 × 0.4): 1.2, below 1.25
    assert status["锻件与法兰"] == "at_risk"  # one firm below four steelworks
    assert status["铁矿采选"] == "missing"
    said = ask("compare", "太原市", "忻州市", "--registry", str(store), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said)))
    [overlap] = [r for r in rows if r["measure"] == "finger_kreinin" and r["step"] == "similarity"]
    assert float(overlap["value"]) == pytest.approx(0.2)
    assert len(rows) == len(liantu.compare(["太原市", "忻州市"], registry=store))


def test_the_table_names_steps_and_withheld_cells(store: Path) -> None:
    said = ask("diagnose", "place", "太原市", "--registry", str(store))
    assert "一、现在是什么" in said and "样本过少，不予显示" in said and "地区数不够" in said.replace("\n", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("diagnose", "place", "没有市"), "没有叫“没有市”的地区"),
        (("diagnose", "chain", "没有链", "--region", "太原市"), "有环节的链"),
        (("compare", "太原市"), "2至12个"),
        (("diagnose", "place", "阳泉市"), "没有阳泉市的企业"),
    ],
)
def test_bad_questions_say_what_to_do(store: Path, arguments: tuple[str, ...], said: str) -> None:
    result = CliRunner().invoke(main, [*arguments, "--registry", str(store)])
    assert result.exit_code == 1 and said in result.output


def test_without_a_registry_the_ledger_answers_and_says_so(read_region: tuple[Run, Path]) -> None:
    run, folder = read_region
    done = run("compare", "晋中市", "阳泉市", "--folder", folder, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert "台账里说起过的企业" in done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {r["reason"] for r in rows if r["step"] == "similarity"} == {"no_data"}
    done = run("diagnose", "place", "晋中市")
    assert done.returncode == 1 and "不能诊断" in done.stderr
