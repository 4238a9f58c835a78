"""Recognitions that run out and times to apply in: entered, brought in from Excel, listed, and alerted of by the day given."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from liantu.ledger import services
from liantu.ledger.models import Alert, Certificate, PolicyWindow
from liantu.ledger.services import add_record, change_record
from liantu.tracking.terms import expiry, term_of, terms

TODAY = date(2026, 6, 17)
PLACE = {"region_code": "141100", "chain": "氢能"}


def make(kind: str, /, **values: Any) -> int:
    return int(add_record(kind, values | PLACE, "li").row)


def alerted(today: date = TODAY) -> dict[tuple[str, str], str]:
    services.run_alerts(today, force=True)
    rows = Alert.objects.filter(state="open", rule__regex="^(certificate|window)")
    return {(row.rule, row.name): row.level for row in rows}


def test_a_term_follows_from_the_name_where_a_rule_says_so() -> None:
    assert term_of("国家级专精特新“小巨人”企业") is not None and term_of("驰名商标") is None
    assert expiry("专精特新小巨人", date(2023, 7, 14), None) == date(2026, 7, 14)
    assert expiry("高新技术企业", date(2024, 2, 29), None) == date(2027, 2, 28)
    assert expiry("高新技术企业", date(2024, 2, 29), date(2026, 1, 1)) == date(2026, 1, 1)  # the paper before the rule
    assert expiry("驰名商标", date(2024, 2, 29), None) is None and expiry("高新技术企业", None, None) is None
    assert all(term.source for term in terms())


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.sampled_from([term.word for term in terms()]))
def test_a_recognition_holds_for_whole_years(issued: date, word: str) -> None:
    until, term = expiry(word, issued, None), term_of(word)
    assert until is not None and term is not None and until.year == issued.year + term.years
    assert 0 <= (until - issued).days - 365 * term.years <= term.years // 4 + 1


def test_recognitions_run_out_by_level_and_their_renewal_ends_it(ledger: str) -> None:
    firms = {}
    for holder, days in (("远", 400), ("蓝", 170), ("黄", 80), ("红", 20), ("过", -2), ("久过", -40)):
        firms[holder] = make("certificate", title="小巨人", holder=holder, valid_until=TODAY + timedelta(days=days))
    make("certificate", title="小巨人", holder="推算", issued_on=date(2023, 6, 20))  # three years: in three days
    make("certificate", title="驰名商标", holder="不知", issued_on=date(2003, 6, 20))
    assert alerted() == {
        ("certificate_near", "蓝：小巨人"): "blue",
        ("certificate_near", "黄：小巨人"): "yellow",
        ("certificate_near", "红：小巨人"): "red",
        ("certificate_near", "推算：小巨人"): "red",
        ("certificate_expired", "过：小巨人"): "yellow",
        ("certificate_expired", "久过：小巨人"): "red",
    }
    change_record("certificate", firms["红"], 1, {"renewal": "applied"}, "li")
    change_record("certificate", firms["过"], 1, {"renewal": "renewed"}, "li")
    change_record(
        "certificate", firms["久过"], 1, {"renewal": "applied"}, "li"
    )  # applied for, and run out all the same
    left = alerted()
    assert ("certificate_near", "红：小巨人") not in left and ("certificate_expired", "过：小巨人") not in left
    assert left["certificate_expired", "久过：小巨人"] == "red"


def test_windows_close_and_are_missed_unless_somebody_applied_or_said_why_not(ledger: str) -> None:
    rows = {}
    for title, days in (("早", 60), ("蓝", 25), ("红", 4), ("错过", -1), ("旧事", -400)):
        rows[title] = make("window", title=title, closes_on=TODAY + timedelta(days=days))
    assert alerted() == {
        ("window_closing", "蓝"): "blue", ("window_closing", "红"): "red", ("window_missed", "错过"): "yellow",
    }  # fmt: skip
    change_record("window", rows["红"], 1, {"applied_on": TODAY}, "li")
    with pytest.raises(ValueError, match="写缘由"):
        change_record("window", rows["错过"], 1, {"waived": True}, "li")
    change_record("window", rows["错过"], 1, {"waived": True, "note": "没有符合条件的企业"}, "li")
    assert alerted() == {("window_closing", "蓝"): "blue"}


def test_what_cannot_be_is_refused(ledger: str) -> None:
    with pytest.raises(ValueError, match="至少写一个"):
        make("certificate", title="小巨人", holder="甲")
    with pytest.raises(ValueError, match="早于认定日期"):
        make("certificate", title="小巨人", holder="甲", issued_on=TODAY, valid_until=TODAY - timedelta(days=1))
    with pytest.raises(ValueError, match="截止早于开始"):
        make("window", title="甲", opens_on=TODAY, closes_on=TODAY - timedelta(days=1))


def test_pages_list_filter_export_and_tell_the_day_that_follows_from_the_rule(ledger: str, client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("admin"))
    firm = make("certificate", title="小巨人", holder="示例装备", issued_on=date(2023, 6, 20), level="national")
    make("certificate", title="高新技术企业", holder="别家", valid_until=TODAY)
    make("window", title="首台套奖励", closes_on=TODAY, department="省工信厅")
    page = client.get("/certificates", {"level": "national"}).content.decode()
    assert "示例装备" in page and "别家" not in page
    assert "推算至 2026-06-20" in client.get(f"/certificates/{firm}").content.decode()
    assert "首台套奖励" in client.get("/windows", {"q": "工信厅"}).content.decode()
    csv = b"".join(client.get("/exports/certificates.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "有效期至" in csv and "别家" in csv
    form = {"title": "专精特新中小企业", "holder": "新家", "issued_on": "2025-01-01", "region_code": "吕梁市"}
    client.post("/records/certificate/add", form)
    assert Certificate.objects.get(holder="新家").region_code == "141100"
    client.post("/records/window/add", {"title": "技改补助", "closes_on": "2026-07-01"})
    assert PolicyWindow.objects.filter(title="技改补助").exists()
