"""Whole diagnoses on a world small enough to reckon by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from liantu.diagnosis.reports import (
    COLUMNS,
    Basis,
    BasisError,
    Count,
    Link,
    basis_of_registry,
    compare,
    diagnose_chain,
    diagnose_place,
    rows_of,
)
from liantu.diagnosis.reports.basis import Kind
from liantu.registry import load_lists

TAIYUAN, JINZHONG, XINZHOU = "140100", "140700", "140900"
ORE, STEEL, FLANGE, GLASS = "钢 · 矿石", "钢 · 炼钢", "钢 · 法兰", "光 · 玻璃"
FIRMS = {
    TAIYUAN: {STEEL: 60, FLANGE: 2, ORE: 0, GLASS: 38},
    JINZHONG: {STEEL: 10, FLANGE: 0, ORE: 1, GLASS: 89},
    XINZHOU: {STEEL: 10, FLANGE: 80, ORE: 10, GLASS: 0},
}
STEEL_CHAIN = (Link("矿石", ORE, "upstream"), Link("炼钢", STEEL, "midstream"), Link("法兰", FLANGE, "downstream"))


def basis(kind: Kind = "registry") -> Basis:
    counts = {
        (city, key): Count(n, dated=n, recent=n // 4) for city, row in FIRMS.items() for key, n in row.items() if n
    }
    parents = {ORE: "钢", STEEL: "钢", FLANGE: "钢", GLASS: "光"}
    chains = {"钢": STEEL_CHAIN, "光": (Link("玻璃", GLASS, "midstream"),)}
    return Basis(
        kind, "手工例子", "made by hand", "2024", "环节", "产业链", counts, parents, chains, date(2024, 12, 31)
    )


def test_a_place_is_told_by_shrunk_quotients_and_small_cells_are_withheld() -> None:
    found = diagnose_place(basis(), TAIYUAN)
    quotients = {line.segment: line.result for line in found.profile}
    # 太原: 60 of 100 in steel, the three cities together 80 of 300; k = 20 firms of the province's structure.
    share = 80 / 300
    assert quotients[STEEL].value == pytest.approx((60 + 20 * share) / (120 * share))
    low, high = quotients[STEEL].interval or (0, 0)
    assert low < quotients[STEEL].value < high  # type: ignore[operator]
    assert quotients[STEEL].n == 100 and quotients[STEEL].reference == "山西省"
    assert (quotients[FLANGE].value, quotients[FLANGE].reason) == (None, "suppressed")
    assert ORE not in quotients  # nothing there
    assert found.profile[0].segment == STEEL  # the largest first
    hhi = next(line.result for line in found.structure if line.result.measure == "hhi")
    assert hhi.value == pytest.approx(0.6**2 + 0.02**2 + 0.38**2)


def test_growth_is_the_share_of_new_firms_among_the_dated_ones() -> None:
    growth = {line.segment: line for line in diagnose_place(basis(), TAIYUAN).growth}
    assert growth[STEEL].result.value == pytest.approx(15 / 60) and growth[STEEL].note == "15/60"
    assert growth[FLANGE].result.reason == "suppressed"


def test_few_places_get_no_complexity_and_no_relatedness_but_the_reason() -> None:
    found = diagnose_place(basis(), XINZHOU)
    reasons = {line.result.measure: line.result.reason for line in (*found.structure, *found.near)}
    assert reasons["eci"] == reasons["density"] == "not_enough_regions"
    assert any("少于 30 个" in zh for zh, _ in found.notes)
    assert {line.result.reason for line in compare(basis(), [TAIYUAN, XINZHOU]).refused} == {"not_enough_regions"}


def test_gaps_are_those_of_chains_with_a_strong_segment_and_name_who_has_them() -> None:
    found = diagnose_place(basis(), TAIYUAN)
    # Steel is strong there, so of its chain ore is missing and flanges (two firms) are weak; glass is present.
    assert [(line.segment, line.status) for line in found.gaps] == [(ORE, "missing"), (FLANGE, "weak")]
    assert [(line.segment, line.partner, line.result.value) for line in found.fillers] == [
        (ORE, XINZHOU, 10),  # 晋中's only firm stays unnamed
        (FLANGE, XINZHOU, 80),
    ]


def test_a_chain_shows_status_rule_and_numbers() -> None:
    found = diagnose_chain(basis(), "钢", TAIYUAN)
    assert [(s.link.name, s.line.status, s.firms) for s in found.segments] == [
        ("矿石", "missing", 0),
        ("炼钢", "strong", 60),
        ("法兰", "weak", 2),
    ]
    assert found.segments[1].line.rule == "specialised" and found.segments[1].elsewhere[0] == (XINZHOU, 10)
    assert found.coverage == 1.0
    # 晋中's ten steelworks have one mine: it is there and may fail.
    assert [s.line.status for s in diagnose_chain(basis(), "钢", JINZHONG).segments] == ["at_risk", "weak", "missing"]


def test_a_single_firm_that_nobody_next_to_it_needs_is_weak_only() -> None:
    alone = Basis(
        "registry", "", "", "2024", "环节", "产业链", {(JINZHONG, ORE): Count(1), (JINZHONG, GLASS): Count(50)},
        {ORE: "钢", STEEL: "钢", GLASS: "光"}, {"钢": STEEL_CHAIN},
    )  # fmt: skip
    assert diagnose_chain(alone, "钢", JINZHONG).segments[0].line.status == "weak"


def test_what_nobody_counted_is_no_data_in_a_ledger() -> None:
    found = diagnose_chain(basis("ledger"), "钢", TAIYUAN)
    assert found.segments[0].line.status == "no_data" and found.segments[0].firms is None
    assert found.coverage == pytest.approx(2 / 3)
    # Of what is no full count neither strength nor weakness nor risk is told, and nobody fills a gap that nobody has counted.
    assert {s.line.status for s in found.segments[1:]} == {"present"}
    assert [s.line.status for s in diagnose_chain(basis("ledger"), "钢", JINZHONG).segments] == [
        "present",
        "present",
        "no_data",
    ]
    assert {x.result.reason for x in compare(basis("ledger"), [TAIYUAN, XINZHOU]).filled} == {"no_data"}
    assert diagnose_place(basis("ledger"), TAIYUAN).notes
    # Of a place that nobody spoke of every segment is unknown, and that is an answer.
    assert {s.line.status for s in diagnose_chain(basis("ledger"), "钢", "140300").segments} == {"no_data"}


def test_cities_are_compared_at_two_levels_with_and_without_the_largest() -> None:
    found = compare(basis(), [TAIYUAN, JINZHONG, XINZHOU])
    fine = {(x.region, x.partner, x.step, x.result.measure): x.result.value for x in found.fine}
    assert fine[TAIYUAN, JINZHONG, "similarity", "finger_kreinin"] == pytest.approx(0.10 + 0.38)
    assert fine[TAIYUAN, JINZHONG, "similarity", "krugman_pair"] == pytest.approx(2 * (1 - 0.48))
    cosine = (0.6 * 0.1 + 0.38 * 0.89) / ((0.6**2 + 0.02**2 + 0.38**2) * (0.1**2 + 0.01**2 + 0.89**2)) ** 0.5
    assert fine[TAIYUAN, JINZHONG, "similarity", "structure_similarity"] == pytest.approx(cosine)
    # Without glass: 60 and 2 of 62 beside 10 and 1 of 11.
    left = fine[TAIYUAN, JINZHONG, "similarity_without_top", "finger_kreinin"]
    assert left == pytest.approx(min(60 / 62, 10 / 11))
    coarse = {(x.region, x.partner, x.result.measure): x.result.value for x in found.coarse if x.step[-1] == "e"}
    assert coarse[TAIYUAN, JINZHONG, "finger_kreinin"] == pytest.approx(0.11 + 0.38)
    assert all(x.result.interval for x in found.excess if x.result.value is not None)


def test_who_feeds_whom_and_who_fills_whose_gaps_go_both_ways() -> None:
    found = compare(basis(), [TAIYUAN, XINZHOU])
    fed = {(x.region, x.partner): x for x in found.feeds}
    # Edges ore → steel and steel → flanges weigh a half each. In the two cities' world of 200 firms: quotient of steel in 太原
    # 0.6/(70/200), of flanges in 忻州 0.8/(82/200).
    steel, flanges = 0.6 / (70 / 200), 0.8 / (82 / 200)
    ore = 0.1 / (10 / 200)
    assert fed[TAIYUAN, XINZHOU].result.value == pytest.approx(0.5 * (steel - 1) * (flanges - 1))
    assert fed[XINZHOU, TAIYUAN].result.value == pytest.approx(0.5 * (ore - 1) * (steel - 1))
    assert fed[TAIYUAN, XINZHOU].note == f"{STEEL} → {FLANGE}"
    filled = {(x.region, x.partner): x for x in found.filled}
    # 太原 lacks ore and is weak in flanges: both strong in 忻州.
    assert filled[TAIYUAN, XINZHOU].result.value == 1.0 and FLANGE in filled[TAIYUAN, XINZHOU].note


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([TAIYUAN], "2至12个"),
        ([TAIYUAN, "140921"], "同一级"),
        ([TAIYUAN, "999999"], "不是省、市、县"),
        ([TAIYUAN, TAIYUAN], "2至12个"),
    ],
)
def test_what_cannot_be_compared_says_why(places: list[str], said: str) -> None:
    with pytest.raises(BasisError, match=said):
        compare(basis(), places)


def test_unknown_places_and_chains_say_what_there_is() -> None:
    with pytest.raises(BasisError, match="不能诊断"):
        diagnose_place(basis(), "140300")
    with pytest.raises(BasisError, match="有环节的链：光、钢"):
        diagnose_chain(basis(), "铜", TAIYUAN)


def test_rows_are_tidy_and_say_what_is_needed_to_judge_them() -> None:
    rows = rows_of(diagnose_place(basis(), TAIYUAN).lines, "手工例子")
    assert all(tuple(row) == COLUMNS for row in rows)
    assert all((row["value"] is None) == bool(row["reason"]) for row in rows)
    assert all(row["reason_zh"] for row in rows if row["reason"])
    assert {row["region_name"] for row in rows} == {"太原市"}


def test_a_registry_counts_by_place_segment_and_date(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(
        "企业名称,成立日期,经营范围,住所\n"
        + "".join(
            f"定襄县示例{n}法兰厂,{year}-05-01,锻件、法兰制造,定襄县晋昌镇{n}号\n"
            for n, year in enumerate((2001, 2010, 2023, 2024), start=1)
        )
        + "太原示例钢带有限公司,2015-05-01,不锈钢带、精密带钢的生产,太原市尖草坪区1号\n",
        encoding="utf-8",
    )
    load_lists([path], tmp_path / "库", as_of=date(2024, 12, 31))
    found = basis_of_registry(tmp_path / "库")
    key = "特钢材料 · 锻件与法兰"
    assert found.count(XINZHOU, key) == found.count("140921", key) == Count(4, dated=4, recent=2)
    assert found.count("140300", key) == Count(0)  # a full count: nobody there
    assert basis_of_registry(tmp_path / "库", date(2012, 1, 1)).count(XINZHOU, key) == Count(2, dated=2, recent=1)
    # A chain that borrows the segment of another is told by the same firms.
    borrowed = [(chain, link.name) for chain, links in found.chains.items() for link in links if link.key == key]
    assert ("特钢材料", "锻件与法兰") in borrowed
