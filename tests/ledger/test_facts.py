"""What two sources both say is one fact with two sources; what they say differently is shown as such."""

from __future__ import annotations

from datetime import date

import pytest
from tests.ledger.making import document, figure, findings, says

from liantu.ledger import services
from liantu.ledger.grouping.indicators import fold, likeness, stem
from liantu.ledger.grouping.measures import interval, meet
from liantu.ledger.models import Fact, FigureView, Pair

JINZHONG, SHANXI = {"publisher": "晋中日报"}, {"publisher": "山西日报"}


def state() -> list[tuple[str, str, int]]:
    """State, reason and independent sources of every fact."""
    return sorted(Fact.objects.values_list("state", "reason", "n_sources"))


def test_two_wordings_of_one_fact_agree(ledger: str) -> None:
    services.add_findings(*says("5623", 5623, "辆", "累计推广甲醇汽车", period="../2024-10", **JINZHONG))
    services.add_findings(*says("5623", 5623, "辆", "全市推广甲醇汽车", period="../2024-10", **SHANXI))
    assert state() == [("agreed", "", 2)]


def test_one_publisher_counts_once(ledger: str) -> None:
    services.add_findings(*says("58", 58, "座", "甲醇加注站", on=date(2024, 10, 5), **JINZHONG))
    services.add_findings(*says("58", 58, "座", "甲醇加注站", on=date(2024, 10, 6), **JINZHONG))
    assert state() == [("single", "", 1)]
    assert Fact.objects.get().n_documents == 2


def test_two_values_of_one_indicator_are_a_conflict(ledger: str) -> None:
    services.add_findings(*says("5623", 5623, "辆", "推广甲醇汽车", **JINZHONG))
    services.add_findings(*says("6000", 6000, "辆", "累计推广甲醇汽车", **SHANXI))
    assert state() == [("conflict", "value_differs", 2)]
    assert (Fact.objects.get().value_low, Fact.objects.get().value_high) == (5623, 6000)


def test_another_indicator_is_no_conflict(ledger: str) -> None:
    services.add_findings(*says("22", 22, "户", "重点产业链链主企业", subject="太原市", **JINZHONG))
    services.add_findings(*says("225", 225, "户", "重点产业链企业清单涵盖企业", subject="太原市", **SHANXI))
    assert state() == [("single", "", 1)] * 2


@pytest.mark.parametrize(
    "changed",
    [
        {"period": "2023"},
        {"status": "target"},
        {"kind": "share"},
        {"subject": "忻州市"},
    ],
)
def test_another_period_status_kind_or_subject_is_another_fact(ledger: str, changed: dict[str, str]) -> None:
    services.add_findings(*says("200", 200, "个", "省级专业镇", **JINZHONG))
    services.add_findings(*says("300", 300, "个", "省级专业镇", **SHANXI, **changed))
    assert state() == [("single", "", 1)] * 2


def test_rounding_and_bounds_are_no_conflict(ledger: str) -> None:
    services.add_findings(*says("240.8万", 2_408_000, "亩", "高标准农田", **JINZHONG))
    services.add_findings(*says("240万", 2_400_000, "亩", "高标准农田", bound=">", **SHANXI))
    assert state() == [("agreed", "", 2)]


def test_units_of_one_measure_are_compared(ledger: str) -> None:
    services.add_findings(*says("1200万", 12_000_000, "千瓦", "新能源装机", **JINZHONG))
    services.add_findings(*says("12", 12, "GW", "新能源装机", **SHANXI))
    assert state() == [("agreed", "", 2)]


def test_a_later_target_revises_an_earlier_one(ledger: str) -> None:
    columns = {"subject": "山西省", "status": "target", "period": "2025"}
    services.add_findings(
        *says("8400亿", 8.4e11, "元", "产业链营业收入", on=date(2022, 9, 1), publisher="山西日报", **columns)
    )
    services.add_findings(
        *says("8000亿", 8.0e11, "元", "产业链营业收入", on=date(2025, 3, 27), publisher="山西经济日报", **columns)
    )
    assert state() == [("conflict", "target_revised", 2)]
    assert Fact.objects.get().value == 8.0e11


def test_the_ten_towns_and_the_five_or_more_differ_in_scope(ledger: str) -> None:
    text = "建设10个市级专业镇，年内培育认定5个以上市级专业镇。"
    made = document(text, publisher="太原日报")
    columns = {"subject": "太原市", "status": "target"}
    services.add_findings(
        made,
        findings(
            made,
            [
                figure(text, "10", 10, "个", "市级专业镇", **columns),
                figure(text, "5", 5, "个", "培育认定市级专业镇", bound=">=", **columns),
            ],
        ),
    )
    assert state() == [("conflict", "scope_differs", 1)]


def test_a_range_is_no_conflict(ledger: str) -> None:
    text = "给予20万元至100万元创业启动资助。"
    made = document(text)
    rows = [
        figure(text, "20万", 200_000, "元", "创业启动资助", bound=">=", status="plan"),
        figure(text, "100万", 1_000_000, "元", "创业启动资助", bound="<=", status="plan"),
    ]
    services.add_findings(made, findings(made, rows))
    assert state() == [("single", "", 1)] * 2


def test_the_hundred_services_of_two_cities_ask_a_person(ledger: str) -> None:
    services.add_findings(*says("100", 100, "个", "政务服务事项跨市通办", **JINZHONG))
    services.add_findings(*says("100", 100, "项", "服务事项跨域通办", subject="忻州市", period=None, **SHANXI))
    assert state() == [("single", "", 1)] * 2
    pair = Pair.objects.get()
    pairing = services.pair_figures(pair.left_id, pair.right_id, "same", "张三")
    assert state() == [("agreed", "", 2)]
    assert not Pair.objects.exists()
    services.undo_pairing(pairing.pk, "张三")
    assert state() == [("single", "", 1)] * 2
    assert Pair.objects.exists()
    services.pair_figures(pair.left_id, pair.right_id, "different", "张三")
    assert state() == [("single", "", 1)] * 2
    assert not Pair.objects.exists()


def test_the_words_of_a_person_part_two_equal_figures(ledger: str) -> None:
    services.add_findings(*says("5623", 5623, "辆", "推广甲醇汽车", **JINZHONG))
    services.add_findings(*says("5623", 5623, "辆", "推广甲醇汽车", **SHANXI))
    left, right = FigureView.objects.values_list("pk", flat=True)
    services.pair_figures(left, right, "different", "张三")
    assert state() == [("single", "", 1)] * 2


@pytest.mark.parametrize(
    ("indicator", "folded"),
    [
        ("累计推广甲醇汽车", "推广甲醇汽车"),
        ("全市“专精特新”企业数量", "专精特新企业"),
        ("完成投资额", "投资"),
        ("累计", "累计"),
    ],
)
def test_words_that_other_columns_say_do_not_count(indicator: str, folded: str) -> None:
    assert fold(indicator) == folded


def test_the_subject_is_no_part_of_the_indicator() -> None:
    assert fold("晋中市推广甲醇汽车", ("晋中市", "晋中")) == "推广甲醇汽车"
    assert stem(fold("培育认定市级专业镇")) == "市级专业镇"


def test_likeness_is_symmetrical() -> None:
    assert (
        likeness("政务服务事项跨市通办", "服务事项跨域通办")
        == likeness("服务事项跨域通办", "政务服务事项跨市通办")
        > 0.6
    )
    assert likeness("链主企业", "甲醇汽车") == 0


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ((5623, "=", "5623"), (5624, "=", "5624"), False),
        ((2_408_000, "=", "240.8万"), (2_410_000, "=", "241万"), True),
        ((100, ">", "100"), (104, "=", "104"), True),
        ((100, ">", "100"), (5000, "=", "5000"), False),
        ((2e11, "≈", "2000亿"), (1.98e11, "=", "1980亿"), True),
        ((8, "=", "8"), (5, ">=", "5"), False),
    ],
)
def test_written_numbers_stand_for_intervals(
    first: tuple[float, str, str], second: tuple[float, str, str], agree: bool
) -> None:
    assert meet(interval(*first), interval(*second)) is agree
