"""Rules run over the ledger: who alerts, with which evidence; runs repeated, answers kept, digests."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.ledger.making import says
from tests.ledger.test_work_rates import campaign, projects

from liantu.ledger import services
from liantu.ledger.alerts.days import deadline_of
from liantu.ledger.alerts.digest import digest
from liantu.ledger.alerts.rules import all_rules, bring_rules
from liantu.ledger.alerts.watching import AlertWatch
from liantu.ledger.models import Alert, AlertEvent, AlertRun, OwnAlertRule
from liantu.ledger.services import add_record, answer_alert, judge, run_alerts
from liantu.ledger.watching import REST
from liantu.tracking.alerts import shipped_rules
from liantu.tracking.alerts.rules import RULE_COLUMNS, rule_lines

TODAY = date(2025, 6, 30)
QUIET = frozenset({"not_heard"})
"""Rules that the day of these tests' documents would set off everywhere."""


def standing() -> dict[tuple[str, str], str]:
    rows = Alert.objects.exclude(state="resolved").exclude(rule__in=QUIET)
    return {(row.rule, row.name): row.level for row in rows}


def snapshot() -> list[tuple[object, ...]]:
    return sorted(Alert.objects.values_list("key", "state", "level", "measure", "since", "until", "first_on", "text"))


def test_a_project_late_against_its_plan_alerts_with_the_entry_that_plans_it(ledger: str) -> None:
    pk = projects({"一号项目": "signed"}, TODAY)["一号项目"]
    plan = add_record("stage", {"project_id": pk, "stage": "started", "on": date(2025, 5, 1), "planned": True}, "li")
    add_record("detail", {"project_id": pk, "owner_unit": "发改局"}, "li")
    run_alerts(TODAY)
    row = Alert.objects.get(rule="start_late")
    assert (row.level, row.measure, row.since, row.owner) == ("yellow", 60, date(2025, 5, 1), "发改局")
    assert ["stage", str(plan.row)] in row.evidence
    assert row.numbers["start_planned"] == "2025-05-01" and "60天" in row.text
    # A new plan stands in place of the first, and the alert goes away by itself.
    add_record("stage", {"project_id": pk, "stage": "started", "on": date(2025, 9, 1), "planned": True}, "li")
    run_alerts(TODAY)
    assert Alert.objects.get(rule="start_late").state == "resolved"


def test_money_behind_the_year_and_months_not_reported(ledger: str) -> None:
    pk = projects({"一号项目": "started"}, TODAY)["一号项目"]
    add_record("plan", {"project_id": pk, "year": 2025, "invest": Decimal(1000)}, "li")
    for month in (1, 2, 3):
        add_record("month", {"project_id": pk, "year": 2025, "month": month, "completed": Decimal(20)}, "li")
    run_alerts(TODAY)
    behind = Alert.objects.get(rule="year_behind")
    assert (behind.level, behind.measure) == ("yellow", 19)  # a quarter of the year, 6 % of the plan
    missing = Alert.objects.get(rule="no_report")
    assert (missing.since, missing.measure) == (date(2025, 4, 30), 61)
    assert ["months", str(pk)] in missing.evidence


def test_a_plan_without_any_month_owes_january_and_an_unstarted_project_owes_none(ledger: str) -> None:
    ids = projects({"一号项目": "started", "二号项目": "signed"}, TODAY)
    for pk in ids.values():
        add_record("plan", {"project_id": pk, "year": 2025, "invest": Decimal(1000)}, "li")
    run_alerts(TODAY)
    assert [(row.name, row.since) for row in Alert.objects.filter(rule="no_report")] == [
        ("一号项目", date(2025, 1, 31))
    ]


def test_permits_factors_and_problems_run_out(ledger: str) -> None:
    pk = projects({"一号项目": "started"}, TODAY)["一号项目"]
    about = {"project_id": pk}
    add_record("permit", {**about, "item": "环评", "due": TODAY + timedelta(5), "owner": "环保局"}, "li")
    add_record("permit", {**about, "item": "安评", "due": TODAY - timedelta(20)}, "li")
    add_record("permit", {**about, "item": "能评", "due": TODAY - timedelta(20), "done_on": TODAY}, "li")
    add_record("factor", {**about, "factor": "land", "due": TODAY - timedelta(2)}, "li")
    problem = {**about, "text": "用地未落实", "owner": "自然资源局", "raised_on": date(2025, 1, 1)}
    add_record("problem", {**problem, "due": TODAY - timedelta(70)}, "li")
    add_record("problem", {**problem, "text": "已解决的", "solved_on": TODAY - timedelta(40)}, "li")
    run_alerts(TODAY)
    assert standing() == {
        ("permit_near", "环评"): "yellow",
        ("permit_late", "安评"): "red",
        ("factor_late", "土地"): "blue",
        ("problem_late", "用地未落实"): "red",
        ("problem_unverified", "已解决的"): "yellow",
    }
    assert Alert.objects.get(rule="permit_near").owner == "环保局"


def test_signed_at_a_campaign_and_never_started(ledger: str) -> None:
    pk = projects({"一号项目": "signed"}, TODAY)["一号项目"]
    event = campaign(held_on=date(2024, 2, 26))
    item = {"event_id": event.pk, "batch_kind": "signing", "name": "一号项目", "project_id": pk}
    item_row = add_record("item", item, "li").row
    run_alerts(TODAY)
    row = Alert.objects.get(rule="signed_idle")
    assert (row.level, row.since) == ("yellow", date(2024, 2, 26))
    assert ["item", str(item_row)] in row.evidence


def test_a_pause_that_lasts(ledger: str) -> None:
    pk = projects({"一号项目": "started"}, TODAY)["一号项目"]
    add_record("stage", {"project_id": pk, "stage": "paused", "on": TODAY - timedelta(100)}, "li")
    run_alerts(TODAY)
    assert standing() == {("side_long", "一号项目"): "yellow"}


def test_a_conflict_that_nobody_settles_and_units_that_may_be_wrong(ledger: str) -> None:
    services.add_findings(*says("58", 58, "座", "加注站", publisher="甲报", on=date(2024, 10, 5)))
    services.add_findings(*says("580", 580, "座", "加注站", publisher="乙报", on=date(2024, 12, 31)))
    run_alerts(TODAY)
    rows = {row.rule: row for row in Alert.objects.all()}
    assert rows["conflict_open"].since == date(2024, 12, 31) and rows["conflict_open"].level == "yellow"
    assert rows["conflict_magnitude"].measure == 10
    assert rows["conflict_open"].evidence[0][0] == "fact"


def test_a_source_falls_silent_only_when_its_usual_interval_is_known(ledger: str) -> None:
    for number, month in enumerate((1, 2, 3, 4)):
        services.add_findings(
            *says(f"{number + 5}", 5, "座", f"第{month}月", publisher="月报", on=date(2024, month, 5))
        )
    for month in (1, 2):
        services.add_findings(*says("9", 9, "座", f"另{month}", publisher="偶尔", on=date(2023, month, 5)))
    run_alerts(TODAY)
    (row,) = Alert.objects.filter(rule="source_silent")
    assert row.name == "月报" and row.level == "red" and row.numbers["usual_gap"] == 31


def test_a_share_above_the_whole_is_doubted(ledger: str) -> None:
    services.add_findings(*says("1738", 1738, "%", "占全省比重", kind="share", on=TODAY))
    services.add_findings(*says("82", 82, "%", "覆盖率", kind="share", on=TODAY))
    run_alerts(TODAY)
    (row,) = Alert.objects.filter(rule="share_implausible")
    assert row.level == "red" and row.evidence[0][0] == "statement"


def test_targets_are_held_against_actuals_of_the_same_scope_only(ledger: str) -> None:
    """A stock has no pace: 56 of 70 stations are neither behind nor ahead of time. A flow of the same year has."""
    said = (
        ("70", 70, "座", "加注站", "target", "2025"),
        ("56", 56, "座", "加注站", "actual", "../2025-06"),
        ("100", 100, "户", "新增企业", "target", "2025"),
        ("20", 20, "户", "新增企业", "actual", "2025-01/2025-06"),
        ("9", 9, "家", "平台", "target", "2024"),
    )
    for number, value, unit, indicator, status, period in said:
        about = {"status": status, "period": period, "publisher": indicator + status, "on": date(2025, 6, 1)}
        services.add_findings(*says(number, value, unit, indicator, **about))  # type: ignore[arg-type]
    run_alerts(TODAY)
    found = {row.rule: row for row in Alert.objects.filter(watch="target")}
    assert set(found) == {"target_behind", "target_unknown"}
    assert found["target_behind"].numbers["indicator"] == "新增企业"
    # The page of targets and the alert judge by one rule.
    assert found["target_behind"].numbers["expected_share"] == pytest.approx(100 * 181 / 365, abs=0.5)
    assert found["target_unknown"].numbers["indicator"] == "平台"


def test_an_alert_is_as_confidential_as_the_actual_it_tells(ledger: str) -> None:
    target = {"status": "target", "period": "2025", "publisher": "规划", "on": date(2025, 6, 1)}
    actual = {"status": "actual", "period": "2025-01/2025-06", "publisher": "内部", "on": date(2025, 6, 2)}
    services.add_findings(*says("100", 100, "户", "新增企业", **target))  # type: ignore[arg-type]
    secret = services.add_findings(*says("20", 20, "户", "新增企业", **actual)).source  # type: ignore[arg-type]
    services.set_level(secret.pk, 2, "chief")
    run_alerts(TODAY)
    assert Alert.objects.get(rule="target_behind").secrecy == 2


def test_what_somebody_owes_and_did_not_do(ledger: str) -> None:
    person = add_record("person", {"name": "张三", "unit": "发改局"}, "li").row
    about = {"owner_id": person, "owner_unit": "发改局", "region_code": "140700", "chain": "光伏"}
    task = add_record("task", {**about, "title": "协调用地", "due": TODAY - timedelta(20)}, "li").row
    add_record("task", {**about, "title": "办结入规", "due": TODAY + timedelta(2)}, "li")
    add_record("task", {**about, "title": "不急", "due": TODAY + timedelta(20)}, "li")
    duty = {**about, "title": "月调度", "cadence": "monthly", "since": date(2025, 5, 1), "to_whom": "链长办"}
    add_record("duty", duty, "li")
    run_alerts(TODAY + timedelta(1))
    found = standing()
    assert found["task_late", "协调用地"] == "yellow" and found["task_near", "办结入规"] == "yellow"
    assert ("task_near", "不急") not in found
    late = Alert.objects.filter(rule="duty_late")
    assert {row.numbers["period"] for row in late} == {"2025-05", "2025-06"}
    row = Alert.objects.get(rule="task_late")
    assert (row.owner, row.city_code, row.chain, row.evidence) == ("发改局", "140700", "光伏", [["task", str(task)]])


def test_a_second_run_adds_nothing_and_a_forced_one_neither(ledger: str) -> None:
    pk = projects({"一号项目": "signed"}, TODAY)["一号项目"]
    add_record("stage", {"project_id": pk, "stage": "started", "on": date(2025, 5, 1), "planned": True}, "li")
    first = run_alerts(TODAY)
    before, events = snapshot(), AlertEvent.objects.count()
    assert first.raised == 1 and not first.skipped
    assert run_alerts(TODAY).skipped
    again = run_alerts(TODAY, force=True)
    assert not again.skipped and (again.raised, again.worsened, again.resolved) == (0, 0, 0)
    assert (snapshot(), AlertEvent.objects.count()) == (before, events)
    assert AlertRun.objects.count() == 2


def test_answers_outlive_runs_and_what_returns_brings_its_notes(ledger: str) -> None:
    pk = projects({"一号项目": "started"}, TODAY)["一号项目"]
    added = add_record("permit", {"project_id": pk, "item": "安评", "due": TODAY - timedelta(2)}, "li")
    run_alerts(TODAY)
    row = Alert.objects.get(rule="permit_late")
    answer_alert(row.pk, "close", "wang", TODAY, why="企业已补件")
    run_alerts(TODAY + timedelta(1))
    row.refresh_from_db()
    assert row.state == "closed"
    done = services.change_record("permit", added.row, 1, {"done_on": TODAY}, "li")
    run_alerts(TODAY + timedelta(1))
    row.refresh_from_db()
    assert row.state == "resolved"
    services.undo_change(done.pk, "li")
    run_alerts(TODAY + timedelta(2))
    row.refresh_from_db()
    assert row.state == "open"
    told = list(row.events.order_by("pk").values_list("action", "by", "note"))
    assert told == [
        ("raised", "", ""), ("closed", "wang", "企业已补件"), ("resolved", "", ""), ("returned", "", ""),
    ]  # fmt: skip


def test_an_alert_follows_its_project_into_a_merger(ledger: str) -> None:
    ids = projects({"一号光伏组件项目": "signed", "壹号光伏组件生产项目": "signed"}, TODAY)
    for pk in ids.values():
        add_record("stage", {"project_id": pk, "stage": "paused", "on": date(2025, 1, 1)}, "li")
        break
    run_alerts(TODAY)
    row = Alert.objects.get(rule="side_long")
    answer_alert(row.pk, "note", "wang", TODAY, why="已联系")
    from liantu.ledger.models import Judgement

    first, second = ids.values()
    judge(first, second, Judgement.Verdict.SAME, by="wang")
    run_alerts(TODAY)
    rows = list(Alert.objects.filter(rule="side_long").exclude(state="resolved"))
    assert len(rows) == 1 and rows[0].events.filter(note="已联系").exists()


def test_own_rules_replace_shipped_ones_and_switching_off_resolves(ledger: str) -> None:
    pk = projects({"一号项目": "started"}, TODAY)["一号项目"]
    add_record("permit", {"project_id": pk, "item": "安评", "due": TODAY - timedelta(2)}, "li")
    cells = dict(zip(RULE_COLUMNS, rule_lines([shipped_rules()["permit_late"]])[1], strict=True))
    lines = "\t".join(RULE_COLUMNS) + "\n" + "\t".join({**cells, "yellow": "", "red": "2"}[c] for c in RULE_COLUMNS)
    assert bring_rules(lines, "wang", "本办从严") == (1, [])
    assert bring_rules(lines, "wang") == (0, [])  # the same table again changes nothing
    run_alerts(TODAY)
    assert Alert.objects.get(rule="permit_late").level == "red"
    own = OwnAlertRule.objects.get()
    services.change_record("alert_rule", own.pk, own.version, {"off": True}, "wang")
    run_alerts(TODAY)
    assert Alert.objects.get(rule="permit_late").state == "resolved"
    assert [each.off for each in all_rules() if each.rule.id == "permit_late"] == [True]


def test_a_table_of_rules_with_one_mistake_changes_nothing(ledger: str) -> None:
    rows = [dict(zip(RULE_COLUMNS, line, strict=True)) for line in rule_lines(shipped_rules().values())[1:3]]
    rows[0]["red"], rows[1]["measure"] = "999", "days_since(side)"
    text = "\n".join(["\t".join(RULE_COLUMNS), *("\t".join(row[c] for c in RULE_COLUMNS) for row in rows)])
    changed, problems = bring_rules(text, "wang")
    assert changed == 0 and [(p.line, p.column) for p in problems] == [(3, "measure")]
    assert not OwnAlertRule.objects.exists()
    assert bring_rules("甲\t乙\n1\t2", "wang")[1][0].line == 1


def test_a_digest_tells_what_changed_and_not_what_came_and_went(ledger: str) -> None:
    ids = projects({"一号项目": "started", "二号项目": "started", "三号项目": "started"}, TODAY)
    permits = {
        name: add_record("permit", {"project_id": pk, "item": name, "due": TODAY - timedelta(2)}, "li").row
        for name, pk in ids.items()
    }
    run_alerts(TODAY)
    services.change_record("permit", permits["一号项目"], 1, {"done_on": TODAY}, "li")
    run_alerts(TODAY + timedelta(3))
    made = digest(TODAY + timedelta(3), 7)
    assert (made.count("new"), made.count("resolved"), dict(made.standing)) == (2, 0, {"yellow": 2})
    services.change_record("permit", permits["二号项目"], 1, {"done_on": TODAY}, "li")
    run_alerts(TODAY + timedelta(14))  # the third is red by now
    later = digest(TODAY + timedelta(14), 7, "owner")
    assert (later.count("new"), later.count("worsened"), later.count("resolved")) == (0, 1, 1)


def test_the_rules_run_when_the_ledger_has_come_to_rest_and_when_a_day_begins(ledger: str) -> None:
    now, today = [0.0], [TODAY]
    watch = AlertWatch(lambda: today[0], lambda: now[0])
    ids = projects({"一号项目": "started"}, TODAY)
    assert watch.look() is None  # something has just changed
    now[0] += REST + 1
    made = watch.look()
    assert made is not None and not made.skipped
    now[0] += 100
    assert watch.look() is None
    add_record("permit", {"project_id": ids["一号项目"], "item": "安评", "due": TODAY}, "li")
    assert watch.look() is None
    now[0] += REST + 1
    made = watch.look()
    assert made is not None and made.raised == 1
    now[0] += 100
    assert watch.look() is None  # what the run itself wrote is no change to look at
    today[0] += timedelta(1)
    assert watch.look() is not None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025年10月", date(2025, 10, 31)),
        ("2025-12", date(2025, 12, 31)),
        ("2026.06", date(2026, 6, 30)),
        ("2024年2月15日", date(2024, 2, 15)),
        ("2024/2/30", None),
        ("2025.1", None),
        ("年内", None),
        ("2025年13月", None),
    ],
)
def test_days_as_ledgers_write_them(text: str, day: date | None) -> None:
    assert deadline_of(text) == day
