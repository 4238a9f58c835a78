"""Bulletins over the ledger: measured, drafted, edited, published and frozen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.ledger.making import says
from tests.ledger.test_work_rates import projects

from liantu.ledger import services
from liantu.ledger.bulletins.keeping import changes_of, loose_in, prose_of, shown_of
from liantu.ledger.models import Bulletin, BulletinEvent, ProjectView
from liantu.ledger.services import add_record, edit_prose, make_bulletin, publish_bulletin, recompute_bulletin

CITIES = {"一号项目": "140100", "二号项目": "140300", "三号项目": "140700", "四号项目": "140900"}
SHARES = {"一号项目": 500, "二号项目": 400, "三号项目": 300, "四号项目": 100}


def monthly() -> dict[str, int]:
    """Four cities with one project each, a plan of 1,000 and what was completed by May 2025."""
    ids = projects(dict.fromkeys(CITIES, "started"), date(2024, 3, 1))
    for name, code in CITIES.items():
        ProjectView.objects.filter(pk=ids[name]).update(city_code=code, region_code=code)
        add_record("plan", {"project_id": ids[name], "year": 2025, "invest": Decimal(1000) * 10**4}, "li")
        for month in (1, 2, 3, 4, 5):
            done = Decimal(SHARES[name]) * 10**4 / 5
            add_record("month", {"project_id": ids[name], "year": 2025, "month": month, "completed": done}, "li")
    return ids


def section(row: Bulletin, name: str) -> dict[str, object]:
    return next(each for each in row.body["sections"] if each["id"] == name)


def lines(row: Bulletin, name: str) -> list[tuple[object, object, object]]:
    return [(x["rank"], x["name"], x["shown"]) for x in section(row, name)["lines"]]  # type: ignore[attr-defined]


def test_a_month_ranks_cities_and_every_figure_keeps_its_rows(ledger: str) -> None:
    ids = monthly()
    row = make_bulletin("monthly_dispatch", "2025-05", "li")
    assert lines(row, "year") == [
        (1, "太原市", "50.00%"), (2, "阳泉市", "40.00%"), (3, "晋中市", "30.00%"), (4, "忻州市", "10.00%"),
    ]  # fmt: skip
    assert [x["below"] for x in section(row, "year")["lines"]] == [False, True, True, True]  # type: ignore[attr-defined]
    figure = row.figures.get(name="年度投资进度·太原市")
    assert figure.rows == [["project", str(ids["一号项目"]), "一号项目", 5e6, 1e7]]
    assert (figure.top, figure.bottom) == (5e6, 1e7)
    assert shown_of(row)["年度投资进度·合计"] == "32.50%"
    assert lines(row, "month")[0][2] == "100.00万元"
    assert "增速上年同期没有数据" in section(row, "month")["lines"][0]["note"]  # type: ignore[index]


def test_only_months_up_to_the_period_count(ledger: str) -> None:
    monthly()
    row = make_bulletin("monthly_dispatch", "2025-02", "li")
    assert lines(row, "year")[0] == (1, "太原市", "20.00%")


def test_a_quarter_with_a_month_missing_is_no_quarter(ledger: str) -> None:
    ids = monthly()
    add_record("month", {"project_id": ids["一号项目"], "year": 2025, "month": 6, "completed": Decimal(10**6)}, "li")
    row = make_bulletin("quarterly_bulletin", "2025Q2", "li")
    assert [x[1] for x in lines(row, "quarter")] == ["太原市"]
    assert "不足3个，不排名" in str(section(row, "quarter")["prose"])


def test_growth_compares_the_same_projects_and_guards_small_bases(ledger: str) -> None:
    ids = monthly()
    for name, before in (("一号项目", 10**8), ("二号项目", 10**4)):
        about = {"project_id": ids[name], "year": 2024, "month": 5}
        add_record("month", {**about, "completed": Decimal(before)}, "li")
    row = make_bulletin("monthly_dispatch", "2025-05", "li")
    by_name = {x["name"]: x for x in section(row, "month")["lines"]}  # type: ignore[attr-defined]
    assert (by_name["太原市"]["growth"], by_name["太原市"]["growth_reason"]) == ("-99.0%", "")
    assert (by_name["阳泉市"]["growth"], by_name["阳泉市"]["growth_reason"]) == ("+7,900.0%", "small_base")
    assert by_name["晋中市"]["growth_reason"] == "no_base"


def test_start_rate_is_as_of_the_end_of_the_period(ledger: str) -> None:
    ids = projects(dict.fromkeys(CITIES, "signed"), date(2024, 3, 1))
    add_record("stage", {"project_id": ids["一号项目"], "stage": "started", "on": date(2025, 5, 31)}, "li")
    add_record("stage", {"project_id": ids["二号项目"], "stage": "started", "on": date(2025, 6, 1)}, "li")
    row = make_bulletin("monthly_dispatch", "2025-05", "li")
    assert shown_of(row)["开工情况·合计"] == "25.00%"
    assert shown_of(row)["新开工项目·合计"] == "1个"
    later = make_bulletin("monthly_dispatch", "2025-06", "li")
    assert shown_of(later)["开工情况·合计"] == "50.00%"


def test_published_figures_of_other_periods_are_not_taken(ledger: str) -> None:
    """What is said in October of a year is not the year's result, and 2024 and 2025 are not one ranking."""
    told = (("榆次区", 76.4, "2024", date(2025, 1, 20)), ("太谷区", 71.6, "2024", date(2025, 1, 20)),
            ("祁县", 64.8, "2024", date(2024, 10, 12)), ("平遥县", 67.2, "2025", date(2025, 1, 20)))  # fmt: skip
    for place, value, period, on in told:
        about = {"kind": "share", "subject": place, "period": period, "publisher": place, "on": on}
        services.add_findings(*says(str(value), value, "%", "完成率", **about))  # type: ignore[arg-type]
    row = make_bulletin("quarterly_bulletin", "2024Q4", "li")
    assert [x[1] for x in lines(row, "published")] == ["榆次区", "太谷区"]
    figure = row.figures.get(name="各县（市、区）公布的完成率·榆次区")
    assert figure.rows[0][0] == "statement" and figure.shown == "76.4%"


def test_confidential_projects_stay_out(ledger: str) -> None:
    ids = monthly()
    ProjectView.objects.filter(pk=ids["一号项目"]).update(level=1)
    row = make_bulletin("monthly_dispatch", "2025-05", "li")
    assert "太原市" not in [x[1] for x in lines(row, "year")]


def test_edited_prose_keeps_its_numbers_linked_and_hand_written_ones_are_told(ledger: str) -> None:
    ids = monthly()
    row = make_bulletin("monthly_dispatch", "2025-05", "li")
    text = "太原市完成{年度投资进度·太原市}，居首位；另有3个项目未报。"
    with pytest.raises(ValueError, match=r"year，第1行：没有“{年度投资进度·大同市}”这个数"):
        edit_prose(row.pk, row.version, {"year": "{年度投资进度·大同市}"}, "wang")
    row = edit_prose(row.pk, row.version, {"year": text}, "wang")
    assert prose_of(row)["year"] == text and loose_in(row) == ["3个"]
    add_record("month", {"project_id": ids["四号项目"], "year": 2025, "month": 6, "completed": Decimal(1)}, "li")
    assert changes_of(row) == []  # June is not May
    month = {"completed": Decimal(700) * 10**4}
    from liantu.ledger.models import MonthlyReport

    may = MonthlyReport.objects.get(project_id=ids["一号项目"], year=2025, month=5)
    services.change_record("month", may.pk, may.version, month, "li")
    changed = {c.name: (c.before, c.after) for c in changes_of(row)}
    assert changed["年度投资进度·太原市"] == ("50.00%", "110.00%")
    with pytest.raises(ValueError, match="请先重算"):
        publish_bulletin(row.pk, row.version, "zhao")
    recompute_bulletin(row.pk, row.version, "wang")
    row.refresh_from_db()
    assert prose_of(row)["year"] == text and shown_of(row)["年度投资进度·太原市"] == "110.00%"


def test_a_published_issue_is_numbered_frozen_and_told_when_the_ledger_moves_on(ledger: str) -> None:
    ids = monthly()
    first = make_bulletin("monthly_dispatch", "2025-04", "li")
    publish_bulletin(first.pk, first.version, "zhao")
    row = make_bulletin("monthly_dispatch", "2025-05", "li")
    row = publish_bulletin(row.pk, row.version, "zhao")
    assert (row.number, row.year, row.published_by) == (2, 2025, "zhao")
    before = shown_of(row)
    add_record("stage", {"project_id": ids["一号项目"], "stage": "cancelled", "on": date(2025, 1, 1)}, "li")
    ProjectView.objects.filter(pk=ids["一号项目"]).update(level=1)
    assert shown_of(row) == before and changes_of(row)
    for broken in (
        lambda: edit_prose(row.pk, row.version, {"year": "x"}, "wang"),
        lambda: recompute_bulletin(row.pk, row.version, "wang"),
        lambda: publish_bulletin(row.pk, row.version, "wang"),
    ):
        with pytest.raises(ValueError, match="不能再改"):
            broken()
    assert [e.action for e in BulletinEvent.objects.filter(bulletin=row).order_by("pk")] == ["made", "published"]


def test_an_issue_is_compared_with_the_one_before_it(ledger: str) -> None:
    ids = monthly()
    for code in ("2025-03", "2025-04"):
        row = make_bulletin("monthly_dispatch", code, "li")
        publish_bulletin(row.pk, row.version, "zhao")
    from liantu.ledger.models import MonthlyReport

    may = MonthlyReport.objects.get(project_id=ids["四号项目"], year=2025, month=5)
    services.change_record("month", may.pk, may.version, {"completed": Decimal(900) * 10**4}, "li")
    row = make_bulletin("monthly_dispatch", "2025-05", "li")
    by_name = {x["name"]: x for x in section(row, "year")["lines"]}  # type: ignore[attr-defined]
    assert (by_name["忻州市"]["rank"], by_name["忻州市"]["moved"]) == (1, 3)
    assert by_name["太原市"]["moved"] == -1
    assert "忻州市（上升3位）" in str(section(row, "year")["prose"])
    # A gap ends the comparison: July has no issue of June before it.
    gap = make_bulletin("monthly_dispatch", "2025-07", "li")
    assert all(x["moved"] is None for x in section(gap, "year")["lines"])  # type: ignore[attr-defined]


def test_a_stale_edit_a_second_draft_and_a_wrong_period_are_refused(ledger: str) -> None:
    monthly()
    row = make_bulletin("monthly_dispatch", "2025-05", "li")
    with pytest.raises(ValueError, match="已有草稿"):
        make_bulletin("monthly_dispatch", "2025-05", "wang")
    with pytest.raises(ValueError, match="按月编"):
        make_bulletin("monthly_dispatch", "2025Q2", "wang")
    with pytest.raises(ValueError, match="没有这个地区"):
        make_bulletin("monthly_dispatch", "2025-05", "wang", region="999999")
    edit_prose(row.pk, row.version, {"opening": "通报如下。"}, "wang")
    with pytest.raises(ValueError, match="别人刚改过"):
        edit_prose(row.pk, row.version, {"opening": "又如下。"}, "li")


def test_a_bulletin_of_one_city_holds_that_city_alone(ledger: str) -> None:
    monthly()
    row = make_bulletin("monthly_dispatch", "2025-05", "li", region="140700")
    assert row.title.startswith("晋中市") and [x[1] for x in lines(row, "year")] == ["晋中市"]
