"""Campaigns followed, months of money, rates with both sides, local words for stages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Q
from tests.ledger.making import document, findings

from liantu.extraction.model import Evidence, Project
from liantu.ledger import services
from liantu.ledger.models import BatchEvent, MonthlyReport, ProjectView, YearPlan
from liantu.ledger.work.cohorts import cohorts_of, months_after
from liantu.ledger.work.money import to_date, years_of
from liantu.ledger.work.rate_lines import counted_lines, money_lines
from liantu.ledger.work.recording import add_record
from liantu.ledger.work.schemes import schemes, take_over
from liantu.tracking import Rate

TODAY = date(2025, 6, 30)


def projects(told: dict[str, str], published: date = date(2024, 3, 1)) -> dict[str, int]:
    """Projects that one document tells, each at a stage; gives their ids by name."""
    text = "".join(f"{name}位于太原市。" for name in told)
    made = document(text, f"{published}.txt", published=published)
    found = [
        Project(name, (), Evidence(text, 0, len(text)), 1e8, stage or None, "太原市", None, "光伏")
        for name, stage in told.items()
    ]
    services.add_findings(made, findings(made, projects=found))
    return dict(ProjectView.objects.values_list("name", "pk"))


def campaign(**columns: object) -> BatchEvent:
    values = {"year": 2024, "number": 1, "held_on": date(2024, 2, 26), "region_code": "140900"} | columns
    return BatchEvent.objects.get(pk=add_record("campaign", values, "li").row)


def shown(rate: Rate | None) -> str:
    return rate.shown if rate is not None else ""


def test_the_rates_of_one_campaign_have_cohorts_of_their_own(ledger: str) -> None:
    """Worked example: 40 of 68 signed projects started, 17 of 57 started ones produce; the two are never chained."""
    event = campaign()
    told = {f"甲{n:02d}号签约光伏组件生产项目": "started" if n < 40 else "signed" for n in range(68)}
    told |= {f"乙{n:02d}号开工储能电池生产项目": "in_production" if n < 17 else "started" for n in range(57)}
    ids = projects(told)
    for name in told:
        kind = "signing" if name.startswith("甲") else "start"
        add_record("item", {"event_id": event.pk, "batch_kind": kind, "name": name, "project_id": ids[name]}, "li")
    signing, start = cohorts_of(event, TODAY)
    assert (shown(signing.followed[0].rate), shown(start.followed[0].rate)) == ("58.82%", "29.82%")
    assert signing.followed[0].rate.definition.id == "start_rate_signed"  # type: ignore[union-attr]
    # Nobody has defined a production rate of a signed cohort: it is counted, and no rate is made of it.
    assert signing.followed[1].stage == "in_production" and signing.followed[1].rate is None


def test_a_cohort_is_followed_by_months_and_tells_what_it_cannot_know(ledger: str) -> None:
    event = campaign()
    ids = projects({"一号项目": "signed", "二号项目": "signed"})
    for name, pk in ids.items():
        add_record("item", {"event_id": event.pk, "batch_kind": "signing", "name": name, "project_id": pk}, "li")
    add_record("item", {"event_id": event.pk, "batch_kind": "signing", "name": "未建档项目"}, "li")
    add_record("stage", {"project_id": ids["一号项目"], "stage": "started", "on": date(2024, 5, 26)}, "li")
    add_record("stage", {"project_id": ids["二号项目"], "stage": "started", "on": date(2024, 5, 27)}, "li")
    (signing,) = cohorts_of(event, TODAY)
    started = signing.followed[0]
    assert (started.count, signing.unlinked) == (2, 1)
    assert dict(started.within) == {3: 1, 6: 2, 12: 2, 24: None}
    assert shown(started.rate) == "66.67%"


def test_an_item_of_a_second_phase_goes_by_that_phase(ledger: str) -> None:
    event = campaign()
    pk = projects({"一号项目": "in_production"})["一号项目"]
    item = {"event_id": event.pk, "batch_kind": "start", "name": "一号项目二期", "project_id": pk, "phase": "二期"}
    add_record("item", item, "li")
    (start,) = cohorts_of(event, TODAY)
    assert start.followed[0].count == 0
    add_record("stage", {"project_id": pk, "stage": "in_production", "phase": "二期", "on": date(2025, 1, 1)}, "li")
    assert cohorts_of(event, TODAY)[0].followed[0].count == 1


def test_what_a_document_says_of_one_phase_is_not_said_of_the_whole(ledger: str) -> None:
    event = campaign()
    text = "一号光伏组件项目一期已经投产，二期设备进场。"
    made = document(text, published=date(2024, 5, 1))
    told = Project("一号光伏组件项目", (), Evidence(text, 0, len(text)), None, "in_production", "太原市", None, "光伏")
    services.add_findings(made, findings(made, projects=[told]))
    pk = ProjectView.objects.get().pk
    for phase in ("", "一期", "二期"):
        item = {"event_id": event.pk, "batch_kind": "signing", "name": f"一号{phase}", "project_id": pk, "phase": phase}
        add_record("item", item, "li")
    (signing,) = cohorts_of(event, TODAY)
    assert [member.reached for member in signing.members] == [("started",), ("started", "in_production"), ("started",)]


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2024, 2, 26), 12, date(2025, 2, 26)),
    ],
)
def test_months_after_a_day(day: date, months: int, after: date) -> None:
    assert months_after(day, months) == after


def test_months_add_up_against_the_plan_of_their_year(ledger: str) -> None:
    pk = projects({"一号项目": "started"})["一号项目"]
    plan = {"project_id": pk, "year": 2025, "invest": Decimal(1000), "carried_completed": Decimal(500)}
    add_record("plan", plan, "li")
    for month, sum_ in ((2, 300), (1, 100), (3, None)):
        add_record("month", {"project_id": pk, "year": 2025, "month": month, "completed": sum_ and Decimal(sum_)}, "li")
    add_record("month", {"project_id": pk, "year": 2024, "month": 12, "completed": Decimal(77)}, "li")
    plans, months = list(YearPlan.objects.all()), list(MonthlyReport.objects.all())
    newest, before = years_of(plans, months)
    assert [(m.report.month, m.completed_so_far, shown(m.rate)) for m in newest.months] == [
        (1, 100, "10.00%"),
        (2, 400, "40.00%"),
        (3, 400, ""),
    ]
    assert before.plan is None and before.months[0].rate is None
    assert to_date(plans, months, "completed") == 900  # what 2025 carries includes December 2024
    assert to_date(plans, months, "received") is None


def test_the_ledgers_rates_say_what_they_count(ledger: str) -> None:
    ids = projects({"一号项目": "started", "二号项目": "signed", "三号项目": "in_production", "四号项目": ""})
    add_record("stage", {"project_id": ids["二号项目"], "stage": "building"}, "li")
    add_record("stage", {"project_id": ids["三号项目"], "stage": "at_target", "on": date(2024, 12, 1)}, "li")
    add_record("detail", {"project_id": ids["四号项目"], "newly_attracted": True}, "li")
    found = {line.definition: line for line in counted_lines(Q())}
    assert shown(found["start_rate_all"].rate) == "75.00%"
    assert shown(found["target_rate_count"].rate) == "100.00%"
    assert "definition_unconfirmed" in found["target_rate_count"].rate.flags  # type: ignore[union-attr]
    assert found["chain_fit_rate"].rate is None  # of which chain?
    none = {line.definition: line.rate for line in counted_lines(Q(name="没有"))}
    assert set(none.values()) == {None}


def test_the_share_of_a_chain_is_of_all_newly_attracted_projects(ledger: str) -> None:
    ids = projects({"一号项目": "signed", "二号项目": "signed", "三号项目": "signed"})
    ProjectView.objects.filter(pk=ids["三号项目"]).update(chain_name="氢能")
    for name in ("一号项目", "三号项目"):
        add_record("detail", {"project_id": ids[name], "newly_attracted": True}, "li")
    found = {line.definition: line for line in counted_lines(Q(), "光伏")}
    assert shown(found["chain_fit_rate"].rate) == "50.00%"
    assert found["start_rate_all"].counted == 2  # other rates are of the chain's own projects


def test_output_reached_is_another_rate_than_projects_at_target(ledger: str) -> None:
    """301.7 of 418.12 亿元 are 72.16 %."""
    ids = projects({"一号项目": "in_production", "二号项目": "in_production"})
    for name, actual, planned in (("一号项目", "200.7", "300.12"), ("二号项目", "101", "118")):
        values = {"actual_output": Decimal(actual) * 10**8, "expected_output": Decimal(planned) * 10**8}
        add_record("detail", {"project_id": ids[name]} | values, "li")
    found = {line.definition: line for line in money_lines(Q(), 2025)}
    assert shown(found["target_rate_output"].rate) == "72.16%"
    assert found["target_rate_output"].counted == 2


def test_a_project_with_one_side_only_is_left_out_and_counted_as_such(ledger: str) -> None:
    ids = projects({"一号项目": "started", "二号项目": "started"})
    add_record("plan", {"project_id": ids["一号项目"], "year": 2025, "invest": Decimal(100)}, "li")
    add_record("month", {"project_id": ids["一号项目"], "year": 2025, "month": 1, "completed": Decimal(130)}, "li")
    add_record("month", {"project_id": ids["二号项目"], "year": 2025, "month": 1, "completed": Decimal(999)}, "li")
    found = {line.definition: line for line in money_lines(Q(), 2025)}
    year = found["invest_completion_year"]
    assert (shown(year.rate), year.counted, year.left_out) == ("130.00%", 1, 1)
    assert "over_100" in year.rate.flags  # type: ignore[union-attr]
    assert found["funds_rate_contract"].rate is None and found["funds_rate_allocated"].rate is None
    total = found["invest_completion_total"].rate
    assert total is not None and (total.numerator, total.denominator) == (1129, 200_000_000)


def test_a_local_word_stands_for_the_stage_reached_by_then(ledger: str) -> None:
    scheme = schemes()["xinzhou_seven"]
    assert [scheme.bucket_of(s) for s in ("idea", "signed", "land", "completed", "at_capacity")] == [
        "", "签约", "落地", "建设", "投产",
    ]  # fmt: skip


def test_a_scheme_that_the_office_takes_over_is_its_own_to_change(ledger: str) -> None:
    take_over("anshan_four_batches", "li")
    scheme = schemes()["anshan_four_batches"]
    assert scheme.own and [b.bucket for b in scheme.buckets] == ["谋划推进", "新开工", "续建", "竣工"]
    with pytest.raises(ValueError, match="已经是本单位"):
        take_over("anshan_four_batches", "li")
    from liantu.ledger.work.recording import change_record

    change_record("bucket", scheme.rows[3].pk, 1, {"stage": "in_production"}, "li")
    assert schemes()["anshan_four_batches"].bucket_of("completed") == "续建"
