"""`liantu export`: the ledger's lists in files, filtered as on the pages."""

from __future__ import annotations

import csv
from pathlib import Path
from zipfile import is_zipfile

import pytest

pytestmark = pytest.mark.slow


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_every_figure_with_its_sentence(read_region, tmp_path: Path) -> None:
    liantu, _ = read_region
    target = tmp_path / "数字.csv"
    assert liantu("export", "figures", "--format", "csv", "--output", target).returncode == 0
    [vehicles] = [row for row in rows(target) if float(row["数值"]) == 5623]
    assert vehicles["主体"] == "晋中市"
    assert "推广甲醇汽车5623辆" in vehicles["原句"]


def test_filters_narrow_as_on_the_page(read_region, tmp_path: Path) -> None:
    liantu, _ = read_region
    target = tmp_path / "目标.csv"
    words = ("--filter", "region=阳泉市", "--filter", "status=target", "--format", "csv", "-o", target)
    assert liantu("export", "figures", *words).returncode == 0
    assert [float(row["数值"]) for row in rows(target)] == [180]


def test_without_a_name_the_file_goes_to_a_pipe(read_region) -> None:
    liantu, _ = read_region
    assert "5623" in liantu("export", "figures", "--format", "csv").stdout


@pytest.mark.parametrize("kind", ["figures", "projects", "enterprises", "chains", "phrases"])
def test_every_list_becomes_a_workbook(read_region, tmp_path: Path, kind: str) -> None:
    liantu, _ = read_region
    target = tmp_path / f"{kind}.xlsx"
    assert liantu("export", kind, "--output", target).returncode == 0
    assert is_zipfile(target)


def test_with_several_ledgers_one_has_to_be_named(liantu, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一处"
    other.mkdir()
    for each in (folder, other):
        assert liantu("up", "--once", each).returncode == 0
    result = liantu("export", "figures", "--format", "csv")
    assert result.returncode == 2
    assert str(other) in result.stderr and str(folder) in result.stderr
    assert "5623" in liantu("export", "figures", "--format", "csv", "--folder", folder).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--filter", "颜色=红"), "看不懂筛选"),
        (("--filter", "region=亚特兰蒂斯"), "没有叫“亚特兰蒂斯”的地区"),
        (("--filter", "region=鼓楼区"), "不止一个"),
        (("--folder", "没有读过"), "liantu up"),
    ],
)
def test_what_cannot_be_understood_is_said(read_region, words: tuple[str, ...], said: str) -> None:
    liantu, _ = read_region
    result = liantu("export", "figures", *words)
    assert result.returncode in (1, 2)
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_before_anything_was_read(liantu) -> None:
    result = liantu("export", "figures")
    assert result.returncode == 1
    assert "liantu up" in result.stderr
