"""The small programs around the product do what the documentation says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_benchmark_measures_accuracy_speed_memory_and_evidence(tmp_path: Path) -> None:
    text = "晋中打好五张牌\n2024年10月5日 来源：晋中日报\n晋中市累计推广甲醇汽车5623辆。\n"
    figure = {"anchor": "汽车5623辆", "number": "5623", "value": 5623, "unit": "辆", "bound": "=", "kind": "level"}
    figure |= {"status": "actual", "indicator": "甲醇汽车", "must": ["甲醇汽车"], "subject": ["晋中市"], "period": None}
    (tmp_path / "000.txt").write_text(text, encoding="utf-8")
    (tmp_path / "000.json").write_text(json.dumps({"figures": [figure]}), encoding="utf-8")
    command = [sys.executable, str(ROOT / "benchmarks" / "reading.py"), str(tmp_path), "--repeat", "1", "--json"]
    result = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert result["accuracy"]["figures"]["complete"]["f1"] == 1
    assert result["characters"] == len(text)
    assert set(result["characters_per_second"]) == {"reading", "extraction", "both"}
    assert result["peak_memory_mb"] > 0
    assert result["evidence"]["places"] >= 2 and result["evidence"]["wrong"] == 0
    # The parts it is compared with are there, with a figure for every measure, or named as missing.
    assert result["peer"].get("missing") or {row["measure"] for row in result["comparison"]} >= {
        "figures found",
        "chains",
    }


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_without_a_python_that_will_do_the_installation_says_what_to_install(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    for tool in ("bash", "env"):
        found = next(p for p in ("/bin", "/usr/bin") if os.path.exists(f"{p}/{tool}"))
        (tmp_path / tool).symlink_to(f"{found}/{tool}")
    found_none = subprocess.run(
        [ROOT / "scripts" / "find-python"], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert found_none.returncode == 1
    assert "没有找到可用的 Python" in found_none.stderr and "apt-get install" in found_none.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_a_python_named_by_hand_is_taken() -> None:
    named = {**os.environ, "PYTHON": sys.executable}
    run = subprocess.run([ROOT / "scripts" / "find-python"], env=named, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == sys.executable
