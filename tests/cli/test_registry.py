"""`liantu registry` on small made-up lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.registry.test_loading import code, list_of, row

from liantu.cli import main


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "库"


def run(store: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["registry", *arguments, "--registry", str(store)])
    return result.exit_code, result.output


def test_load_tells_what_became_of_the_list_and_lists_its_problems(tmp_path: Path, store: Path) -> None:
    path = list_of(tmp_path, row(1), row(2), row(2), f",{code(3)},,,,")
    listing = tmp_path / "问题.csv"
    exit_code, said = run(store, "load", str(path), "--problems", str(listing))
    assert exit_code == 0
    assert "新增 2" in said and "登记库现有企业 2 家" in said and "第5行" in said
    assert len(listing.read_text(encoding="utf-8-sig").splitlines()) == 3
    exit_code, said = run(store, "load", str(path))
    assert exit_code == 0 and "以前载入过" in said
    exit_code, said = run(store, "status")
    assert exit_code == 0 and "名单.csv" in said and "按地址" in said


def test_a_failed_load_says_that_the_registry_is_as_it_was(tmp_path: Path, store: Path) -> None:
    exit_code, said = run(store, "load", str(list_of(tmp_path, "1,2", header="序号,备注")))
    assert exit_code == 1 and "没有“企业名称”一列" in said and "登记库没有变动" in said
    exit_code, said = run(store, "status")
    assert exit_code == 1 and "还没有载入" in said


def test_place_explains_and_a_tried_dictionary_shows_what_it_would_change(tmp_path: Path, store: Path) -> None:
    run(store, "load", str(list_of(tmp_path, row(1), row(2, "甲乙有限公司", "示例特品生产"))))
    exit_code, said = run(store, "place", "示例1", "--explain")
    assert exit_code == 0 and "锻件与法兰" in said and "【法兰】加工" in said
    exit_code, said = run(store, "place", "没有这家")
    assert exit_code == 1 and "核对名称" in said
    exit_code, said = run(store, "place", "甲乙厂", "--scope", "锻件制造")
    assert exit_code == 0 and "锻件与法兰" in said
    words = tmp_path / "词表.csv"
    words.write_text("chain,segment,word,strength\n特钢材料,锻件与法兰,示例特品,strong\n", encoding="utf-8")
    exit_code, said = run(store, "test-dictionary", str(words))
    assert exit_code == 0 and "甲乙有限公司" in said
    (store / "dictionary").mkdir()
    words.rename(store / "dictionary" / "词表.csv")
    assert "重新归链" in run(store, "status")[1]
    exit_code, said = run(store, "place", "--all")
    assert exit_code == 0 and "2 家企业在链上" in said
    assert "锻件与法兰" in run(store, "place", "甲乙有限公司")[1]
    bad = tmp_path / "坏词表.csv"
    bad.write_text("chain,segment,word,strength\n特钢材料,锻件与法兰,锻,strong\n", encoding="utf-8")
    exit_code, said = run(store, "test-dictionary", str(bad))
    assert exit_code == 1 and "第2行" in said


def test_place_tells_the_industry_and_the_words_that_voted(store: Path) -> None:
    exit_code, said = run(store, "place", "甲乙厂", "--scope", "锻件制造；道路货物运输", "--explain")
    assert exit_code == 0 and "GB/T 4754-2017 C3393 锻件及粉末冶金制品制造" in said
    assert "【锻件】制造；" in said and "5431" in said
    assert "判不准" in run(store, "place", "甲乙", "--scope", "承揽业务")[1]


def test_own_words_of_industries_count_after_placing_anew(tmp_path: Path, store: Path) -> None:
    run(store, "load", str(list_of(tmp_path, row(1, "甲乙厂", "示例特品"))))
    folder = store / "industries"
    folder.mkdir()
    (folder / "词.csv").write_text("word,make\n示例特品,3562\n", encoding="utf-8")
    assert "重新归链" in run(store, "status")[1]
    assert run(store, "place", "--all")[0] == 0
    assert "C3562" in run(store, "place", "甲乙厂")[1] and "重新归链" not in run(store, "status")[1]
    (folder / "词.csv").write_text("word,make\n示例特品,1\n", encoding="utf-8")
    exit_code, said = run(store, "place", "甲乙厂")
    assert exit_code == 1 and "第2行" in said and "industries" in said
