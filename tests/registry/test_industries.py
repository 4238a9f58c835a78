"""Classes of GB/T 4754-2017: what a firm lives on, told by its words, or not told."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.registry.test_labels import found_rows, hashed

from liantu.registry.industries import (
    IndustryClass,
    class_firms,
    default_industry_words,
    industries,
    industry_name,
    read_industry_words,
    votes_of,
)
from liantu.registry.own_words import DictionaryError

LABELS = Path(__file__).parent / "labels" / "gb_firms.csv"


def told(name: str, scope: str, products: str = "") -> IndustryClass:
    return class_firms([name], [scope], [products]).of(0)


def test_the_standard_is_whole() -> None:
    counts = {digits: sum(code.isdigit() and len(code) == digits for code in industries()) for digits in (2, 3, 4)}
    assert counts == {2: 97, 3: 473, 4: 1381}
    assert len({one.section for one in industries().values()}) == 20
    assert industry_name("3393") == "锻件及粉末冶金制品制造" and industries()["3393"].section == "C"


@pytest.mark.parametrize(
    ("name", "scope", "code"),
    [
        ("定襄县甲乙有限公司", "法兰、锻件加工、销售", "3393"),
        ("太原市甲乙有限公司", "法兰、锻件的销售", "5174"),
        ("清徐县甲乙洗煤有限公司", "道路普通货物运输，洗选精煤", "0610"),
        ("甲乙县某某养猪专业合作社", "生猪养殖、销售", "0313"),
        ("中国某某银行股份有限公司某某支行", "办理人民币存款、贷款", "6621"),
        ("某某石油分公司东关加油站", "汽油、柴油零售；便利店经营", "5265"),
        ("某某光伏电力有限公司", "光伏电力生产", "4416"),
        ("某某物业管理有限公司", "物业管理；停车服务", "7020"),
    ],
)
def test_the_verb_and_the_name_tell_the_class(name: str, scope: str, code: str) -> None:
    assert told(name, scope).code == code


@pytest.mark.parametrize(
    ("name", "scope"), [("甲乙有限公司", ""), ("甲乙有限公司", "在总公司范围内承揽业务"), ("", "")]
)
def test_where_nothing_tells_nothing_is_said(name: str, scope: str) -> None:
    found = told(name, scope)
    assert (found.code, found.section, found.word) == ("", "", "")


def test_a_shop_sells_retail_and_a_trading_house_wholesale() -> None:
    assert told("甲乙医药门市部", "中成药销售").code == "5251"
    assert told("甲乙医药贸易有限公司", "中成药销售").code == "5152"
    assert told("甲乙有限公司", "零售：中成药").code == "5251"
    assert told("甲乙有限公司", "批发、零售：中成药").code == "5152"


def test_only_as_many_digits_as_the_words_agree_on() -> None:
    assert told("甲乙有限公司", "水泥制造；粉煤灰砖制造；玻璃制造").code == "30"
    assert told("甲乙养殖场", "猪、牛、羊养殖").code[:2] == "03"


def test_the_word_that_decided_stands_where_it_is_said_to() -> None:
    name, scope = "太原市甲乙有限公司", "技术服务；锻件制造"
    found = told(name, scope)
    assert scope[found.start : found.start + len(found.word)] == found.word == "锻件"
    votes = votes_of(name, scope)
    assert votes[0].word == "锻件" and votes == sorted(votes, key=lambda v: -v.weight)
    assert sum(v.weight for v in votes if v.code[:2] == "33") / (sum(v.weight for v in votes) + 0.5) == pytest.approx(
        found.score, abs=2e-3
    )


def test_what_the_list_says_it_makes_counts() -> None:
    assert told("甲乙有限公司", "", "锻件").code == "3393"


@given(
    st.lists(
        st.tuples(st.text("法兰锻件销售加工煤炭；、（）不含厂店", max_size=30), st.text("甲乙厂店贸易", max_size=8)),
        max_size=8,
    )
)
def test_one_batch_gives_what_single_firms_give(rows: list[tuple[str, str]]) -> None:
    scopes, names = [scope for scope, _ in rows], [name for _, name in rows]
    together = class_firms(names, scopes)
    assert [together.of(i) for i in range(len(rows))] == [class_firms([name], [scope]).of(0) for scope, name in rows]


def test_the_offices_words_take_the_place_of_ours(tmp_path: Path) -> None:
    file = tmp_path / "本办行业词.csv"
    file.write_text("word,make,any\n示例特品,3562,\n法兰,3484,\n家政服务,,\n", encoding="gb18030")
    words = read_industry_words([file])
    assert class_firms(["甲乙厂"], ["示例特品"], None, words).of(0).code == "3562"
    assert class_firms(["甲乙厂"], ["法兰"], None, words).of(0).code == "3484"
    assert class_firms(["甲乙"], ["家政服务"], None, words).of(0).code == ""
    assert words.digest != default_industry_words().digest


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("word,make\n某物,9999\n", "第2行：make 列的“9999”不是"),
        ("word,make\n某,3393\n", "至少要有两个字"),
        ("word,make,strength\n某物,3393,很强\n", "应为 plain、weak、sure"),
        ("make\n3393\n", "缺少列 word"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "词.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DictionaryError, match=message):
        read_industry_words([file])


@cache
def score(half: str) -> tuple[float, float, float]:
    """(share told, share of those right, share of those right or defensible), by division."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = {row["firm"]: row for row in csv.DictReader(file) if row["half"] == half}
    firms = found_rows(frozenset(rows), "uscc, name, coalesce(scope, '')")
    classes = class_firms([firm[1] for firm in firms], [firm[2] for firm in firms])
    said = [(rows[hashed(firm[0])], classes.of(at).code[:2]) for at, firm in enumerate(firms)]
    answered = [(row, division) for row, division in said if division]
    right = sum(division == row["division"] for row, division in answered)
    fair = sum(division in (row["division"], *row["also"].split("|")) for row, division in answered)
    return len(answered) / len(rows), right / len(answered), fair / len(answered)


@pytest.mark.parametrize("half", ["develop", "judge"])
def test_labelled_firms_stand_in_their_division(half: str) -> None:
    coverage, right, fair = score(half)
    assert coverage >= 0.88
    assert right >= 0.88 and fair >= 0.94
