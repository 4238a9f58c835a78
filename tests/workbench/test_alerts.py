"""The pages of alerts: list, one alert with its evidence, answers, rules, digest."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Literal

import docx
import openpyxl
import pytest
from django.test import Client
from django.utils import timezone, translation
from tests.ledger.test_work_rates import projects

from liantu.ledger.duties.addressing import Addressee
from liantu.ledger.duties.escalating import Chase, Late
from liantu.ledger.models import Alert, OwnAlertRule
from liantu.ledger.services import add_record, run_alerts
from liantu.tracking.alerts.rules import RULE_COLUMNS
from liantu.tracking.ladder import Owed, Rung
from liantu.workbench.alert_digest import chase_line

Page = Callable[..., str]


@pytest.fixture
def late(db: None) -> Alert:
    """A procedure twenty days late, and one that runs out."""
    today = timezone.localdate()
    pk = projects({"一号光伏项目": "started"}, today)["一号光伏项目"]
    for item, due in (("安评", today - timedelta(20)), ("环评", today + timedelta(5))):
        add_record("permit", {"project_id": pk, "item": item, "due": due, "owner": "应急局"}, "li")
    run_alerts(today)
    return Alert.objects.get(rule="permit_late")


def test_the_list_shows_the_gravest_first_and_counts_levels(late: Alert, page: Page) -> None:
    html = page("/alerts")
    assert html.index("安评") < html.index("环评")
    assert "应急局" in html and "太原" in html
    assert "环评" not in page("/alerts", level="red")
    assert "安评" not in page("/alerts", state="closed")
    assert "安评" in page("/alerts", region="140100", chain="光伏", owner="应急局", q="安评")
    assert "安评" not in page("/alerts", region="140700")


def test_an_alert_opens_rule_numbers_and_record(late: Alert, page: Page) -> None:
    html = page(f"/alerts/{late.pk}")
    permit = late.evidence[0]
    assert f'href="/records/permit/{permit[1]}"' in html
    assert "missing(done_on)" in html and "20 天" in html and "办结期限" in html


def test_the_days_of_a_sentence_go_on_by_themselves(late: Alert) -> None:
    from liantu.workbench.alert_words import Wording

    today = timezone.localdate()
    assert "逾期20天" in Wording(today).text(late) and "逾期27天" in Wording(today + timedelta(7)).text(late)
    run_alerts(today + timedelta(1))
    before = Alert.objects.get(pk=late.pk)
    assert before.last_on == late.last_on  # nothing but a day went by: nothing was written
    with translation.override("en"):
        assert "21 days ago" in Wording(today + timedelta(1)).text(before)


def test_a_project_page_leads_to_its_alerts(late: Alert, page: Page) -> None:
    assert f"/alerts?project={late.project_id}" in page(f"/projects/{late.project_id}")
    assert "安评" in page("/alerts", project=str(late.project_id))
    assert "安评" not in page("/alerts", project="999999")


def seen(late: Alert) -> dict[str, str]:
    """What the form of an alert carries along: the answer that it showed."""
    last = late.events.exclude(by="").latest("pk")
    return {"seen": json.dumps({"answer": str(last.pk)})}


def test_answers_are_kept_with_who_gave_them(late: Alert, clerk: Client) -> None:
    until = timezone.localdate() + timedelta(7)
    clerk.post(f"/alerts/{late.pk}/answer", {"answer": "snooze", "until": until.isoformat(), "why": "等批复"})
    late.refresh_from_db()
    assert (late.state, late.until) == ("snoozed", until)
    response = clerk.post(f"/alerts/{late.pk}/answer", {"answer": "close", "why": "", **seen(late)}, follow=True)
    assert "理由" in response.content.decode()
    clerk.post(f"/alerts/{late.pk}/answer", {"answer": "close", "why": "已办", **seen(late)})
    late.refresh_from_db()
    assert late.state == "closed"
    html = clerk.get(f"/alerts/{late.pk}").content.decode()
    assert "等批复" in html and "已办" in html and "clerk" in html
    clerk.post(f"/alerts/{late.pk}/answer", {"answer": "reopen", **seen(late)})
    late.refresh_from_db()
    assert late.state == "open"
    assert clerk.post("/alerts/999999/answer", {"answer": "note", "why": "x"}).status_code == 404


def test_the_number_in_the_head_line_is_that_of_red_ones(late: Alert, page: Page) -> None:
    assert 'href="/alerts"' in page("/") and '<span class="pip">1</span>' in page("/alerts")


def test_lists_and_digests_leave_as_files(late: Alert, clerk: Client) -> None:
    sheet = openpyxl.load_workbook(BytesIO(clerk.get("/alerts.xlsx").content)).worksheets[0]
    assert sheet.max_row == 3
    assert "安评" in b"".join(clerk.get("/alerts.csv?level=red").streaming_content).decode()  # type: ignore[attr-defined]
    paper = docx.Document(BytesIO(clerk.get("/alerts/digest.docx").content))
    assert paper.paragraphs[0].text == "预警摘要"
    assert any("安评" in cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    book = openpyxl.load_workbook(BytesIO(clerk.get("/alerts/digest.xlsx?by=owner").content))
    assert book.worksheets[0].max_row == 3 and book.worksheets[1]["A2"].value == "应急局"
    assert clerk.get("/alerts/digest.pdf").status_code == 404
    assert "安评" in clerk.get("/alerts/digest?by=chain&days=1").content.decode()


def test_rules_are_switched_off_changed_and_brought_back(late: Alert, clerk: Client) -> None:
    assert "permit_late" in clerk.get("/alerts/rules").content.decode()
    clerk.post("/alerts/rules/permit_late/switch", {"off": "1"})
    own = OwnAlertRule.objects.get()
    assert own.off
    clerk.post("/alerts/run")
    late.refresh_from_db()
    assert late.state == "resolved"
    clerk.post("/alerts/rules/permit_late/switch", {"off": "0"})
    clerk.post("/alerts/run")
    late.refresh_from_db()
    assert late.state == "open"
    assert clerk.post("/alerts/rules/none/switch").status_code == 404
    bad = (
        "\t".join(RULE_COLUMNS)
        + "\nown_rule\tpermit\tdue <\tdays_since(due)\t>=\t1\t\t\tdays\t\t迟\t\t{name}\t\t\t\t本办"
    )
    response = clerk.post("/alerts/rules/bring", {"table": bad})
    assert response.status_code == 422 and "第 2 行 when" in response.content.decode()
    good = bad.replace("due <", "missing(done_on)")
    assert clerk.post("/alerts/rules/bring", {"table": good}).status_code == 302
    assert OwnAlertRule.objects.filter(rule="own_rule").exists()
    form = clerk.get(f"/records/alert_rule/{own.pk}")
    assert form.status_code == 200 and "days_since(due)" in form.content.decode()


def test_a_page_of_alerts_asks_the_database_a_fixed_number_of_times(
    late: Alert, clerk: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    pk = projects({"二号光伏项目": "started"}, date(2025, 1, 1))["二号光伏项目"]
    for number in range(40):
        add_record("permit", {"project_id": pk, "item": f"手续{number}", "due": date(2025, 1, 1)}, "li")
    run_alerts(timezone.localdate())
    clerk.get("/alerts")
    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
        clerk.get("/alerts", {"sort": "since"})


@pytest.mark.parametrize(
    ("count", "chinese", "english"),
    [
        ("working", "逾期 8 个工作日，满 7 个工作日即到这一级", "8 working days late, 7 working days bring it"),
        ("calendar", "逾期 8 天，满 7 天即到这一级", "8 days late, 7 days bring it"),
    ],
)
def test_what_is_to_be_chased_says_which_days_are_counted(
    count: Literal["working", "calendar"], chinese: str, english: str
) -> None:
    late = Late("task", 1, "办结手续", date(2026, 6, 5), "", "", None, "")
    owed = Owed(Rung("task", 7, count, "order", "责任单位", "示例"), date(2026, 6, 16), 8)
    chase = Chase(late, owed, Addressee("示例乙"), "请抓紧办理")
    assert chinese in chase_line(chase)
    with translation.override("en"):
        assert english in chase_line(chase)
