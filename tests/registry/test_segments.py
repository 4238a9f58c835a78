"""Firms on segments of chains: what their names and scopes say, and what they do not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from liantu.registry import explain, place, read_dictionary
from liantu.registry.segments import DictionaryError, default_dictionary


def segments(name: str, scope: str, state: str = "placed") -> set[str]:
    return {p.segment for p in explain(name, scope)[2] if p.state == state and p.chain == "特钢材料"}


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("定襄县甲乙有限公司", "法兰、锻件加工、销售"),
        ("定襄县甲乙有限公司", "生产、加工、销售：法兰、锻件"),
        ("定襄县甲乙有限公司", "制造：法兰；批发零售钢材"),
        ("定襄县甲乙有限公司", "法兰的生产及销售；钢材批发"),
        ("定襄县甲乙法兰厂", "法兰、锻件"),
    ],
)
def test_a_maker_stands_on_the_segment_however_the_verb_is_placed(name: str, scope: str) -> None:
    assert "锻件与法兰" in segments(name, scope)


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("太原市甲乙商贸有限公司", "法兰、锻件、阀门的销售"),
        ("太原市甲乙有限公司", "销售法兰、锻件；机械加工"),
        ("太原市甲乙有限公司", "机械加工（不含法兰、锻件）"),
        ("太原市甲乙有限公司", "钢材销售，生产资料、法兰批发"),
        ("太原市甲乙商贸有限公司", "五金、法兰、锻件"),
    ],
)
def test_a_shop_and_what_is_taken_out_do_not(name: str, scope: str) -> None:
    assert "锻件与法兰" not in segments(name, scope)


def test_a_bare_list_of_things_is_for_a_person_unless_the_name_tells() -> None:
    assert segments("忻州市甲乙有限公司", "法兰、锻件") == set()
    assert "锻件与法兰" in segments("忻州市甲乙有限公司", "法兰、锻件", "review")


def test_the_reason_points_at_its_word() -> None:
    scope = "钢材批发；不锈钢制品、法兰加工"
    _, _, placements = explain("忻州市甲乙有限公司", scope)
    assert placements
    for one in placements:
        assert scope[one.start : one.start + len(one.word)] == one.word
        assert one.where == "scope"


def test_a_firm_stands_on_several_segments_and_trade_is_one_of_its_own() -> None:
    placed = {
        p.segment for p in explain("晋中市甲乙大药房有限公司", "药品零售；医疗器械销售")[2] if p.state == "placed"
    }
    assert "医药流通" in placed and "医疗器械制造" not in placed


def test_the_primary_activity_is_told_from_the_scope_and_the_name() -> None:
    assert explain("甲乙商贸有限公司", "钢材、建材销售；货物运输")[1] == "sell"
    assert explain("甲乙有限公司", "锻件制造、销售；钢材销售")[1] == "make"
    assert explain("甲乙物业服务有限公司", "物业管理；停车服务")[1] == "serve"
    assert explain("甲乙", "")[1] == "unstated"


def test_one_batch_gives_what_single_firms_give() -> None:
    names = ["甲乙法兰厂", "丙丁药房", "戊己有限公司"]
    scopes = ["法兰加工", "药品零售", ""]
    together = place(names, scopes)
    assert [together.of(i) for i in range(3)] == [explain(n, s)[2] for n, s in zip(names, scopes, strict=True)]


def test_every_chain_of_province_and_capital_has_segments_with_words() -> None:
    dictionary = default_dictionary()
    chains = {segment.chain for segment in dictionary.segments}
    assert len(chains) == 25
    assert all(dictionary.words_of(number) for number in range(len(dictionary.segments)))


def test_the_offices_words_add_to_ours_and_take_away(tmp_path: Path) -> None:
    file = tmp_path / "本办词表.csv"
    file.write_text(
        "chain,segment,word,strength,activities\n定襄专业镇,法兰镇企业,锻造法兰,strong,make\n特钢材料,锻件与法兰,锻件,drop,\n",
        encoding="gb18030",
    )
    dictionary = read_dictionary([file])
    found = explain("甲乙有限公司", "锻造法兰加工；锻件生产", dictionary=dictionary)[2]
    assert {p.word for p in found if p.segment == "锻件与法兰"} <= {"锻造", "法兰"}
    assert "法兰镇企业" in {p.segment for p in found}
    assert dictionary.digest != default_dictionary().digest


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",锻件与法兰,锻件,strong", "链或环节为空"),
        ("特钢材料,锻件与法兰,锻,strong", "至少要有两个字"),
        ("特钢材料,锻件与法兰,锻件,很强", "应为 strong、weak、made、grown 或 drop"),
        ("特钢材料,锻件与法兰,没有的词,drop", "可删"),
    ],
)
def test_a_bad_row_of_the_office_is_told_with_its_line(tmp_path: Path, row: str, told: str) -> None:
    file = tmp_path / "词表.csv"
    file.write_text(f"chain,segment,word,strength\n{row}\n", encoding="utf-8")
    with pytest.raises(DictionaryError, match=told) as caught:
        read_dictionary([file])
    assert caught.value.line == 2
