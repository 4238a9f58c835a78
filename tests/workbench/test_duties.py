"""The office's work on its pages: steps by the right people, a week by urgency, letters, exports, no page that grows with its rows."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import docx
import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.ledger.making import findings
from tests.ledger.people import account
from tests.workbench.test_exports import table

from liantu.ledger import services
from liantu.ledger.models import (
    ChainProgramme,
    Duty,
    Escalation,
    Meeting,
    MeetingDecision,
    Person,
    ProgrammeMember,
    SupervisionOrder,
    Task,
)
from liantu.ledger.services import add_record
from liantu.reading import read_document


def make(kind: str, /, by: str = "li", **values: Any) -> int:
    return int(add_record(kind, values, by).row)


def enter(clerk: Client, address: str, **values: str) -> None:
    response = clerk.post(address, values)
    said = re.findall(r'role="alert">(.*?)</div>', response.content.decode(), re.S)
    assert response.status_code == 302, said


@pytest.fixture
def office(db: None) -> dict[str, int]:
    """A programme; its leader who may approve, and a liaison who may edit."""
    account("wang", "chain_leader", "chain_office")
    account("zhao", "chain_office")
    leader = make("person", name="示例链长", unit="示例市政府", post="副市长")
    liaison = make("person", name="示例联络员", unit="示例市工信局")
    make("account", person_id=leader, account="wang")
    make("account", person_id=liaison, account="zhao")
    programme = make("programme", region_code="141100", chain="氢能")
    make("member", programme_id=programme, role="chain_leader", person_id=leader)
    make("member", programme_id=programme, role="liaison", person_id=liaison)
    return {"leader": leader, "liaison": liaison, "programme": programme}


def as_user(name: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username=name))
    return client


PAGES = (
    "/week",
    "/programmes",
    "/meetings",
    "/tasks",
    "/orders",
    "/escalations",
    "/duties",
    "/duties/calendar",
    "/people",
)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_empty_pages_say_so_and_hold_nothing_inline(clerk: Client, address: str, language: str) -> None:
    response = clerk.get(address, headers={"Accept-Language": language})
    html = response.content.decode()
    assert response.status_code == 200
    assert not re.search(r"\sstyle=|\son\w+=", html)
    if language == "en":
        main = re.sub(r"<[^>]+>", "", html.split('id="main"')[1].split("<footer")[0])
        assert (
            not re.search(r"[\u4e00-\u9fff]{3}", main.replace("办公室通行做法；天数可改", ""))
            or address == "/escalations"
        )


def test_from_a_meetings_decision_to_a_closed_task(office: dict[str, int], clerk: Client) -> None:
    enter(
        clerk,
        "/records/meeting/add",
        kind="chain_leader",
        title="第二次链长例会",
        held_on="2026-06-17",
        region_code="吕梁市",
        chain="氢能产业链",
        chair=str(office["leader"]),
        programme=str(office["programme"]),
    )
    meeting = Meeting.objects.get()
    assert (meeting.region_code, meeting.chain) == ("141100", "氢能")
    enter(clerk, f"/records/meeting/{meeting.pk}/decision/add", order="1", text="6月30日前办结储氢瓶项目用地")
    html = clerk.get(f"/meetings/{meeting.pk}").content.decode()
    link = re.search(r'href="(/records/task/add\?[^"]+)"', html)
    assert link is not None and "还没有转为任务" in html
    form = clerk.get(link[1].replace("&amp;", "&")).content.decode()
    given = dict(re.findall(r'<input type="(?:hidden|text)" name="(\w+)" value="([^"]*)"', form))
    assert given["decision"] == str(MeetingDecision.objects.get().pk) and given["region_code"] == "吕梁市"
    enter(
        clerk,
        "/records/task/add",
        title=given["title"],
        decision=given["decision"],
        region_code="吕梁市",
        chain="氢能",
        owner=str(office["liaison"]),
        due="2026-06-30",
        basis="第二次链长例会",
    )
    task = Task.objects.get()
    assert "第二次链长例会" in clerk.get(f"/tasks/{task.pk}").content.decode()
    zhao, wang = as_user("zhao"), as_user("wang")
    for client, action, words in ((zhao, "assign", ""), (zhao, "start", ""), (zhao, "propose", "用地批复已取得")):
        task.refresh_from_db()
        client.post(f"/records/task/{task.pk}/step", {"action": action, "words": words, "version": str(task.version)})
    task.refresh_from_db()
    assert task.state == "verifying"
    assert "要由没有办这件事" in zhao.get(f"/tasks/{task.pk}").content.decode()
    refused = zhao.post(
        f"/records/task/{task.pk}/step", {"action": "verify", "version": str(task.version)}, follow=True
    )
    assert "另一个人核验" in refused.content.decode()
    assert "核验任务" in wang.get("/week").content.decode()
    wang.post(f"/records/task/{task.pk}/step", {"action": "verify", "words": "已看批复", "version": str(task.version)})
    task.refresh_from_db()
    assert task.state == "closed"
    html = clerk.get(f"/tasks/{task.pk}").content.decode()
    assert "核验销号：已看批复" in html and "已销号" in html


def test_who_may_only_edit_cannot_verify(office: dict[str, int]) -> None:
    task = make("task", title="某事", owner_unit="某局", region_code="141100", chain="氢能")
    for action, words in (("assign", ""), ("propose", "好了")):
        services.take_step("task", task, Task.objects.get().version, action, "li", words, date(2026, 6, 8))
    reporter = account("unit", "support_unit")
    client = Client()
    client.force_login(reporter)
    response = client.post(
        f"/records/task/{task}/step", {"action": "verify", "version": str(Task.objects.get().version)}
    )
    assert response.status_code == 403 and Task.objects.get().state == "verifying"


def test_rights_by_region_and_chain_hold_for_work_and_its_changes(office: dict[str, int], client: Client) -> None:
    mine = make("task", title="吕梁的事", owner_unit="某局", region_code="141100", chain="氢能")
    other = make("task", title="晋中的事", owner_unit="某局", region_code="140700", chain="光伏")
    client.force_login(account("luliang", "chain_office", region="141100"))
    html = client.get("/tasks").content.decode()
    assert "吕梁的事" in html and "晋中的事" not in html
    assert client.get(f"/tasks/{other}").status_code == 404
    assert client.get(f"/records/task/{other}").status_code == 404
    assert "新增" in client.get(f"/tasks/{mine}").content.decode()
    assert [row["事项"] for row in table(client, "/exports/tasks.csv")] == ["吕梁的事"]


def test_the_owner_sees_the_own_task_wherever_it_lies(office: dict[str, int], client: Client) -> None:
    user = account("far", "reader", region="140700")
    person = make("person", name="示例跨市联络员")
    make("account", person_id=person, account="far")
    make("task", title="异地的事", owner_id=person, region_code="141100", chain="氢能")
    client.force_login(user)
    assert "异地的事" in client.get("/tasks").content.decode()


def test_only_administrators_link_accounts(office: dict[str, int], clerk: Client) -> None:
    address = f"/records/person/{office['liaison']}/account/add"
    assert as_user("zhao").post(address, {"account": "zhao2"}).status_code == 403
    response = clerk.post(address, {"account": "nobody"})
    assert response.status_code == 422 and "没有账号" in response.content.decode()


def test_login_leads_to_the_week_of_those_who_have_duties_alone(office: dict[str, int], client: Client) -> None:
    for name, where in (("zhao", "/week"), ("wang", "/week")):
        user = get_user_model().objects.get(username=name)
        user.set_password("a-long-pass-phrase")
        user.save()
        assert client.post("/login", {"username": name, "password": "a-long-pass-phrase"}).headers["Location"] == where
        client.post("/logout")
    user = account("reader1", "reader", password="a-long-pass-phrase")
    assert (
        client.post("/login", {"username": user.username, "password": "a-long-pass-phrase"}).headers["Location"] == "/"
    )
    client.post("/logout")
    asked = {"username": "zhao", "password": "a-long-pass-phrase", "next": "/figures"}
    assert client.post("/login", asked).headers["Location"] == "/figures"


def test_the_week_lists_by_urgency_and_says_so_when_empty(office: dict[str, int]) -> None:
    zhao = as_user("zhao")
    assert "这一周没有要您办的事" in zhao.get("/week").content.decode()
    today = timezone.localdate()
    make("task", title="早就该办", owner_id=office["liaison"], due=today - timedelta(days=30))
    make("task", title="今天要办", owner_id=office["liaison"], due=today)
    make("task", title="没说哪天", owner_id=office["liaison"])
    html = zhao.get("/week").content.decode()
    assert html.index("早就该办") < html.index("今天要办") < html.index("没说哪天") and "逾期 30 天" in html
    assert "还没有对应到人员" in as_clerk().get("/week").content.decode()


def as_clerk() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("chief", "", "a-long-pass-phrase"))
    return client


def test_chasing_from_the_page_records_the_ticked_and_makes_the_order(office: dict[str, int], clerk: Client) -> None:
    due = timezone.localdate() - timedelta(days=60)
    task = make("task", title="拖了两个月", owner_id=office["liaison"], due=due, region_code="141100", chain="氢能")
    html = clerk.get("/escalations").content.decode()
    ids = re.findall(r'name="chase" value="([^"]+)"', html)
    assert [i.rsplit(":", 1)[1] for i in ids] == ["reminder", "notice", "order", "report"]
    clerk.post("/escalations", {"chase": ids[:3]})
    assert [e.rung for e in Escalation.objects.order_by("pk")] == ["reminder", "notice", "order"]
    order = SupervisionOrder.objects.get()
    assert (order.task_id, order.owner_unit) == (task, "示例市工信局")
    assert order.number in clerk.get(f"/tasks/{task}").content.decode()
    said = "\n".join(_words(clerk.get(f"/orders/{order.pk}/order.docx").content))
    assert "拖了两个月" in said and order.number in said and "原期限" in said
    clerk.post("/escalations/ladder/task/own")
    assert "修改" in clerk.get("/escalations").content.decode().split("催办层级")[-1]


def _words(content: bytes) -> list[str]:
    made = docx.Document(io.BytesIO(content))
    return [p.text for p in made.paragraphs] + [c.text for t in made.tables for row in t.rows for c in row.cells]


def test_minutes_hold_what_was_entered_and_nothing_else(office: dict[str, int], clerk: Client) -> None:
    meeting = make("meeting", kind="dispatch", title="六月调度会", held_on=date(2026, 6, 10), minutes="通报进度。\x01")
    make("attendee", meeting_id=meeting, person_id=office["leader"], presence="present")
    decision = make("decision", meeting_id=meeting, order=1, text="月底前报方案")
    make("task", title="报方案", decision_id=decision, owner_id=office["liaison"], due=date(2026, 6, 30))
    response = clerk.get(f"/meetings/{meeting}/minutes.docx")
    words = _words(response.content)
    for told in ("六月调度会", "通报进度。", "1. 月底前报方案", "报方案", "示例链长", "到会", "2026-06-30"):
        assert told in words, told
    assert "None" not in " ".join(words)


def test_a_duty_is_handed_in_period_by_period(office: dict[str, int], clerk: Client) -> None:
    enter(
        clerk,
        "/records/duty/add",
        title="月调度",
        cadence="monthly",
        rule="after_working_day",
        number="3",
        shift="before",
        owner=str(office["liaison"]),
        owner_unit="示例市工信局",
        to_whom="链长办",
        since="2026-03-01",
    )
    duty = Duty.objects.get()
    html = clerk.get(f"/duties/{duty.pk}").content.decode()
    assert html.count("登记报送") >= 8 and "漏报" in html
    enter(clerk, f"/records/duty/{duty.pk}/delivery/add", period="2026-03", on="2026-04-03")
    response = clerk.post(f"/records/duty/{duty.pk}/delivery/add", {"period": "三月", "on": "2026-04-03"})
    assert response.status_code == 422 and "没有叫“三月”的一期" in response.content.decode()
    html = clerk.get("/duties/calendar", {"month": "2026-05"}).content.decode()
    assert html.count('class="due-line due-late"') == 1 and "劳动节" in html  # for April: the third working day of May
    assert "放假安排还没有录入" in clerk.get("/duties/calendar", {"month": "2029-01"}).content.decode()
    assert clerk.get("/duties/calendar", {"month": "x"}).status_code == 200


def test_the_kit_shows_what_is_there_and_what_is_missing(office: dict[str, int], page: Callable[..., str]) -> None:
    make("part", programme_id=office["programme"], part="fund", title="示例氢能基金")
    html = page(f"/programmes/{office['programme']}")
    parts = dict(re.findall(r'<li class="(?:there|missing)"><b>([^<]+)</b> <span class="tag \w+">([^<]+)<', html))
    assert parts == {
        "链长": "有",
        "工作专班": "缺",
        "支持政策": "缺",
        "产业图谱": "缺",
        "产业基金": "有",
        "目录清单": "缺",
    }


def test_posts_that_documents_tell_are_accepted_with_their_sentence(office: dict[str, int], clerk: Client) -> None:
    text = "吕梁氢能产业链例会\n会议由副市长、氢能产业链链长孟示例主持。牵头单位为市工业和信息化局。光伏产业链链长王示例出席。\n"
    made = read_document(text.encode(), "吕梁氢能链长例会.txt")
    services.add_findings(made, findings(made))
    address = f"/programmes/{office['programme']}/posts"
    html = clerk.get(address).content.decode()
    assert "孟示例" in html and "会议由副市长" in html
    offer = re.search(r'name="offer" value="([^"]+)"', html)
    assert offer is not None and "王示例" not in html and "市工业和信息化局" in html
    clerk.post(f"{address}/decide", {"offer": offer[1], "action": "accept"})
    member = ProgrammeMember.objects.get(person__name="孟示例")
    assert member.role == "chain_leader" and "主持" in member.basis
    assert text[slice(*(int(n) for n in member.evidence.rsplit(":", 1)[1].split("-")))] == "孟示例"
    html = clerk.get(address).content.decode()
    assert "孟示例" not in html
    for rest in re.findall(r'name="offer" value="([^"]+)"', html):
        clerk.post(f"{address}/decide", {"offer": rest, "action": "refuse"})
    assert "没有新的任职说法" in clerk.get(address).content.decode()


def test_lists_filter_sort_and_leave_as_files(office: dict[str, int], clerk: Client, page: Callable[..., str]) -> None:
    late = timezone.localdate() - timedelta(days=3)
    make("task", title="迟了", owner_unit="甲局", due=late, region_code="141102", chain="氢能")
    make("task", title="不急", owner_unit="乙局", due=late + timedelta(days=90), region_code="140700", chain="光伏")
    for params, shown in (
        ({"late": "1"}, "迟了"), ({"region": "141100"}, "迟了"), ({"chain": "光伏"}, "不急"), ({"unit": "乙局"}, "不急"),
        ({"q": "不急"}, "不急"), ({"until": (late + timedelta(days=1)).isoformat()}, "迟了"), ({"state": "unfinished", "q": "迟"}, "迟了"),
    ):  # fmt: skip
        html = page("/tasks", **params)
        assert (("迟了" in html), ("不急" in html)) == (shown == "迟了", shown == "不急"), params
    rows = table(clerk, "/exports/tasks.csv", late="1")
    assert [(row["事项"], row["逾期天数"]) for row in rows] == [("迟了", "3")]
    assert clerk.get("/exports/tasks.xlsx").status_code == 200
    assert clerk.get("/exports/secrets.xlsx").status_code == 404


@pytest.mark.parametrize(
    "address", ["/tasks", "/orders", "/meetings", "/duties", "/programmes", "/people", "/week", "/escalations"]
)
def test_queries_do_not_grow_with_the_rows(office: dict[str, int], address: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert as_user("zhao").get(address).status_code == 200
        return len(caught)

    def more(n: int) -> None:
        late = timezone.localdate() - timedelta(days=20)
        for at in range(n):
            here = {"region_code": "141100", "chain": "氢能", "owner_id": office["liaison"]}
            make("task", title=f"事{at}", due=late, **here)
            make("order", title=f"督{at}", owner_unit="局", due=late, **here)
            make("duty", title=f"报{at}", owner_unit="局", cadence="monthly", since=late, **here)
            make(
                "meeting",
                kind="dispatch",
                title=f"会{at}",
                region_code="141100",
                chain="氢能",
                chair_id=office["leader"],
            )
            done = make("task", title=f"等核验{at}", owner_unit="局", region_code="141100", chain="氢能")
            for action, words in (("assign", ""), ("propose", "好了")):
                services.take_step("task", done, Task.objects.get(pk=done).version, action, "li", words, late)

    more(2)
    few = queries()
    more(6)
    assert queries() <= few, address


def test_changes_lead_back_to_their_page_when_taken_back(office: dict[str, int], clerk: Client) -> None:
    task = make("task", title="某事", owner_unit="某局", by="clerk")
    enter(clerk, f"/records/task/{task}/note/add", on="2026-06-10", text="已踏勘", percent="30")
    html = clerk.get(f"/tasks/{task}").content.decode()
    assert "已踏勘" in html and "30%" in html
    undo = re.findall(r'action="(/changes/\d+/undo)"', html)
    assert clerk.post(undo[0]).headers["Location"] == f"/tasks/{task}"
    assert "已踏勘" not in clerk.get(f"/tasks/{task}").content.decode().split("改动记录")[0]
    assert Person.objects.count() == 2 and ChainProgramme.objects.count() == 1
