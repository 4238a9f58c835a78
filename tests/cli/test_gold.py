"""`liantu gold`: what people confirmed, as documents that `liantu evaluate` scores."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def test_what_stands_is_found_again_by_the_reader(read_region, tmp_path: Path) -> None:
    liantu, folder = read_region
    done = liantu("gold", tmp_path / "标注", "--all", "--folder", folder)
    assert done.returncode == 0, done.stderr
    assert "已写 2 份文件" in done.stderr
    score = json.loads(liantu("evaluate", tmp_path / "标注", "--json").stdout)
    assert score["figures"]["found"]["f1"] == 1.0
    assert score["documents"] == 2


def test_without_a_word_of_anybody_there_is_nothing_to_write(read_region, tmp_path: Path) -> None:
    liantu, _ = read_region
    done = liantu("gold", tmp_path / "标注")
    assert done.returncode == 0
    assert "还没有采信" in done.stderr
    assert list((tmp_path / "标注").iterdir()) == []
