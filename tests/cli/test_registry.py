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


def test_industries_of_a_place_come_with_quotients(tmp_path: Path, store: Path) -> None:
    rows = [row(n) for n in range(1, 7)]
    rows += [row(n, f"太原示例{n}餐饮有限公司", "餐饮服务", "太原市小店区") for n in range(11, 18)]
    rows += [row(18, "太原示例法兰厂", "法兰加工", "太原市小店区"), row(19, "太原甲", "承揽业务", "太原市小店区")]
    run(store, "load", str(list_of(tmp_path, *rows)))
    exit_code, said = run(store, "industries", "忻州市")
    assert exit_code == 0 and "金属制品业" in said and "餐饮业" not in said and "93%" in said
    assert "锻件及粉末冶金制品制造" in run(store, "industries", "140100", "--digits", "4")[1]
    for place in ("山西省", "没有这里"):
        exit_code, said = run(store, "industries", place)
        assert exit_code == 1 and "不是一个市或县" in said
    exit_code, said = run(store, "industries", "阳泉市")
    assert exit_code == 1 and "没有阳泉市的已归类企业" in said


def test_a_scheme_is_learned_tried_and_used(tmp_path: Path, store: Path) -> None:
    run(store, "load", str(list_of(tmp_path, row(1), row(2, "甲乙酿造有限公司", "食醋生产"), row(3, "丙丁", "承揽"))))
    labelled = tmp_path / "已分类.csv"
    lines = [
        f"示例{n}厂,{thing}生产、销售,{label}" for n in range(12) for thing, label in (("法兰", "一"), ("陈醋", "二"))
    ]
    labelled.write_text("\n".join(["企业名称,经营范围,本办分类", *lines, "独家,古玩,三"]), encoding="utf-8")
    exit_code, said = run(store, "learn-classes", str(labelled), "--label", "本办分类")
    assert exit_code == 0 and "24 家，每五分之一由其余四份判：准确率 1.000" in said and "三 1" in said
    out = tmp_path / "结果.csv"
    exit_code, said = run(store, "classify", "本办分类", "--out", str(out))
    assert exit_code == 0 and "3 家企业中 3 家归了类" in said
    assert "3 家企业中 2 家归了类" in run(store, "classify", "本办分类", "--out", str(out), "--least", "0.99")[1]
    told = {line.split(",")[0]: line.split(",")[2] for line in out.read_text(encoding="utf-8-sig").splitlines()[1:]}
    assert told == {"定襄县示例1法兰有限公司": "一", "甲乙酿造有限公司": "二", "丙丁": ""}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["classify", "没学过", "--out", "x.csv"], "没有学过“没学过”（学过的有：—）"),
        (["classify", "../别处", "--out", "x.csv"], "不能作分类的名字"),
    ],
)
def test_a_scheme_that_is_none_is_refused(store: Path, arguments: list[str], said: str) -> None:
    exit_code, told = run(store, *arguments)
    assert exit_code == 1 and said in told


def test_a_table_without_the_column_of_classes_says_what_there_is(tmp_path: Path, store: Path) -> None:
    exit_code, said = run(store, "learn-classes", str(list_of(tmp_path, row(1))), "--label", "类别")
    assert exit_code == 1 and "三列，现有：企业名称" in said
