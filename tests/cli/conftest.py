"""A home of its own for every command line test, so that ledgers never meet."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def write_region(path: Path) -> Path:
    """A small region: two documents that a person can check by eye."""
    path.mkdir()
    (path / "通讯.txt").write_text(
        "晋中打好五张牌\n2024年10月5日 来源：晋中日报\n晋中市累计推广甲醇汽车5623辆，建成甲醇加注站58座。\n",
        encoding="utf-8",
    )
    (path / "通报.md").write_text(
        "# 阳泉市项目通报\n\n2024年9月2日 来源：阳泉日报\n\n阳泉市新开工项目12个。到2025年，全市高新技术企业要达到180家。\n",
        encoding="utf-8",
    )
    return path


def environment_at(home: Path) -> dict[str, str]:
    """The environment of a user whose ledgers are kept in `home`."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LIANTU_", "DJANGO_", "DATABASE_"))}
    return {**kept, "LIANTU_HOME": str(home), "PYTHONIOENCODING": "utf-8", "COLUMNS": "140"}


def runner(environment: dict[str, str], desk: Path) -> Run:
    """Runs `liantu` with the words given, in the folder `desk`."""

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "liantu", *map(str, words)]
        return subprocess.run(command, env=environment, cwd=desk, capture_output=True, text=True, check=False)

    return run


@pytest.fixture
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return environment_at(tmp_path_factory.mktemp("home"))


@pytest.fixture
def liantu(environment: dict[str, str], tmp_path: Path) -> Run:
    return runner(environment, tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_region(tmp_path / "晋中材料")


@pytest.fixture(scope="module")
def read_region(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Path]:
    """The small region, read once for all tests of a file: how to run `liantu`, and the folder."""
    desk = tmp_path_factory.mktemp("desk")
    run = runner(environment_at(desk / "home"), desk)
    folder = write_region(desk / "晋中材料")
    done = run("up", "--once", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return run, folder
