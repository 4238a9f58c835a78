"""The life of a project on its page, entering work, both sides of a stale edit, campaigns and rates."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.workbench.conftest import add_project
from tests.workbench.test_exports import table

from liantu.ledger.models import (
    BatchEvent,
    MonthlyReport,
    ProjectBatchItem,
    ProjectProblem,
    ProjectView,
    StageEntry,
    WorkChange,
)
from liantu.ledger.services import add_record

NAME = "晶科能源年产56GW垂直一体化大基地项目"


@pytest.fixture
def pk(db: None) -> int:
    """A project that a document tells."""
    add_project()
    return int(ProjectView.objects.get().pk)


def enter(clerk: Client, pk: int, kind: str, **values: str) -> None:
    response = clerk.post(f"/projects/{pk}/records/{kind}/add", values)
    assert response.status_code == 302, re.findall(r'role="alert">(.*?)</div>', response.content.decode(), re.S)


def test_the_life_shows_documents_and_entries_apart_with_plans_beside(
    clerk: Client, page: Callable[..., str], pk: int
) -> None:
    enter(clerk, pk, "stage", stage="signed", on="2023-02-26", basis="签约清单")
    enter(clerk, pk, "stage", stage="started", on="2023-07-01", planned="1")
    enter(clerk, pk, "stage", stage="started", on="2023年8月12日")
    enter(clerk, pk, "stage", stage="paused", on="2024-01-01")
    html = page(f"/projects/{pk}")
    assert re.search(r'class="reached entered">签约<span class="sub">2023-02-26', html)
    assert "一期已经投产" in html and 'hx-get="/statements/' in html  # what documents say opens its sentence
    assert "晚 42 天" in html and "依据：" in html and "已登记：停缓建" in html
    entries = re.findall(r'<li class="entered( plan)?">.*?<b>(\w+)</b>', html, re.S)
    assert entries == [("", "签约"), (" plan", "开工"), ("", "开工"), ("", "停缓建")]


def test_phases_have_stages_of_their_own(clerk: Client, page: Callable[..., str], pk: int) -> None:
    enter(clerk, pk, "stage", stage="building", on="2024-03-01", phase="二期")
    html = page(f"/projects/{pk}")
    rows = dict(re.findall(r'<td class="lead">(.期)</td><td[^>]*>(.*?)</td>', html, re.S))
    assert "—" in rows["一期"] and "在建" in rows["二期"]


def test_months_give_the_rate_of_the_year_with_both_sides(clerk: Client, page: Callable[..., str], pk: int) -> None:
    enter(clerk, pk, "plan", year="2025", invest="1.2亿元", bucket="start")
    enter(clerk, pk, "month", year="2025", month="1", completed="3,500")
    assert MonthlyReport.objects.get().completed == 35_000_000
    assert re.search(r'title="3,500万元 ÷ 1.2亿元">29.17%<', page(f"/projects/{pk}"))
    assert page("/projects", bucket="start", year="2025").count(NAME) == 1
    assert NAME not in page("/projects", bucket="start", year="2024")


@pytest.mark.parametrize(
    ("kind", "values", "told"),
    [
        ("month", {"year": "2025", "month": "1", "completed": "很多"}, "“本月完成投资（万元）”：金额请填数字"),
        ("stage", {"stage": "started", "on": "2025-02-30"}, "日期请写作 2024-02-26"),
        ("stage", {"stage": ""}, "请填写“阶段”"),
        ("problem", {"text": "缺地", "owner": ""}, "请填写“责任人或单位”"),
        ("official", {"role": "owner", "name": "张" * 65}, "最多 64 个字"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_of_the_form_is_lost(
    clerk: Client, pk: int, kind: str, values: dict[str, str], told: str
) -> None:
    response = clerk.post(f"/projects/{pk}/records/{kind}/add", {**values, "note": "已写的话", "solution": "已写的话"})
    html = response.content.decode()
    assert response.status_code == 422 and told in html
    assert "已写的话" in html or kind == "official"
    assert not WorkChange.objects.exists()


def test_a_stale_edit_shows_both_sides_and_merges_the_rest(clerk: Client, pk: int) -> None:
    enter(clerk, pk, "problem", text="缺 50 亩地", owner="规自局", due="2025-03-01")
    row = ProjectProblem.objects.get()
    mine = {"version": "1", "text": "缺 50 亩地", "owner": "城投公司", "due": "2025-04-01"}
    theirs = {"version": "1", "text": "缺 50 亩地", "owner": "住建局", "due": "2025-03-01", "solution": "调剂指标"}
    assert clerk.post(f"/records/problem/{row.pk}", theirs).status_code == 302
    response = clerk.post(f"/records/problem/{row.pk}", mine)
    html = response.content.decode()
    assert response.status_code == 409
    assert "您填的：城投公司" in html and "现在的：住建局" in html  # both changed the owner: choose
    assert 'value="2025-04-01"' in html and "调剂指标" in html  # one side each: merged
    assert ProjectProblem.objects.get().owner == "住建局"
    version = re.search(r'name="version" value="(\d+)"', html)
    assert version is not None
    settled = {
        "version": version[1],
        "text": "缺 50 亩地",
        "owner": "城投公司",
        "due": "2025-04-01",
        "solution": "调剂指标",
    }
    assert clerk.post(f"/records/problem/{row.pk}", settled).status_code == 302
    now = ProjectProblem.objects.get()
    assert (now.owner, now.due, now.solution) == ("城投公司", date(2025, 4, 1), "调剂指标")


def test_a_change_is_taken_back_on_the_page_of_changes(clerk: Client, page: Callable[..., str], pk: int) -> None:
    enter(clerk, pk, "problem", text="缺地", owner="甲", reason="周调度")
    row = ProjectProblem.objects.get()
    assert clerk.post(f"/records/problem/{row.pk}/remove", {"version": "1"}).status_code == 302
    assert "没有登记过问题" in page(f"/projects/{pk}")
    assert (
        clerk.post(f"/changes/{WorkChange.objects.latest('id').pk}/undo").headers["Location"]
        == f"/projects/{pk}/changes"
    )
    html = page(f"/projects/{pk}/changes")
    assert "周调度" in html and "clerk 已撤回" in html
    assert "缺地" in page(f"/projects/{pk}")
    assert NAME in page("/projects", work="problems") and NAME not in page("/projects", work="late")


def test_a_list_pasted_from_excel_becomes_a_cohort(clerk: Client, page: Callable[..., str], pk: int) -> None:
    made = clerk.post("/records/campaign/add", {"year": "2023", "number": "1", "held_on": "2023-02-26"})
    address = made.headers["Location"]
    assert "还没有列出项目" in page(address)
    bad = clerk.post(f"{address}/paste", {"batch_kind": "start", "lines": f"{NAME}\t560亿\n另一项目\t若干\n"})
    assert bad.status_code == 422 and "第 2 行" in bad.content.decode() and not ProjectBatchItem.objects.exists()
    clerk.post(f"{address}/paste", {"batch_kind": "start", "lines": f"{NAME}\t560亿\t\n另一项目\t3500\t1.5亿元\n"})
    assert list(ProjectBatchItem.objects.values_list("project_id", "investment")) == [(pk, 56e9), (None, 35e6)]
    assert "<b>0.00%</b>" in page(address)  # the paper says it of the first phase alone
    enter(clerk, pk, "stage", stage="in_production", on="2024-05-01")
    html = page(address)
    assert "50.00%" in html and "投产率（开工批次）" in html and "开工批次中已投产的项目数 ÷ 该批次开工项目数" in html
    assert "1/2 = 50.00%" in page("/campaigns")
    rows = table(clerk, "/campaigns.csv")
    assert [(r["跟踪到"], r["已达到"], r["比率"]) for r in rows] == [
        ("投产", "1", "50.00%"),
        ("达产", "0", ""),
        ("达效", "0", ""),
    ]
    items = table(clerk, f"{address}/items.csv")
    assert [(r["项目名称"], r["台账项目"]) for r in items] == [(NAME, NAME), ("另一项目", "")]
    item = ProjectBatchItem.objects.get(project=None)
    assert f'<option value="{pk}"' in page(f"/records/item/{item.pk}", find="晶科能源")
    linked = {"version": "1", "batch_kind": "start", "name": "另一项目", "project": str(pk)}
    assert clerk.post(f"/records/item/{item.pk}", linked).status_code == 302
    assert f"<ins>{NAME}</ins>" in page(f"{address}/changes")
    assert "2/2 = 100.00%" in page("/campaigns")


def test_a_rate_opens_the_projects_it_counts(clerk: Client, page: Callable[..., str], pk: int) -> None:
    html = page("/rates")
    assert 'href="/rates/start_rate_all?part=top"' in html
    assert "请先选一条产业链" in html and "口径待核实" in html
    assert NAME in page("/rates/start_rate_all", part="top")
    assert NAME not in page("/rates/target_rate_count", part="top")
    assert clerk.get("/rates/no_such").status_code == 404
    rows = {row["口径代号"]: row for row in table(clerk, "/rates.csv")}
    assert (rows["start_rate_all"]["数值（%）"], rows["start_rate_all"]["分母是"]) == ("100.0", "全部项目数")


def test_records_of_all_projects_are_listed_and_leave_as_files(
    clerk: Client, page: Callable[..., str], pk: int
) -> None:
    assert "还没有这样的登记" in page("/records/problem")
    enter(clerk, pk, "problem", text="缺地", owner="规自局", due="2020-03-01", blocker="land")
    enter(clerk, pk, "problem", text="缺工", owner="人社局", due="2099-03-01")
    enter(clerk, pk, "month", year="2025", month="1", completed="3500.5")
    html = page("/records/problem")
    assert html.index("缺地") < html.index("缺工") and html.count("逾期</span>") == 1
    assert "缺工" not in page("/records/problem", late="1") and "缺工" in page("/records/problem", open="1")
    assert "缺地" not in page("/records/problem", chain="氢能") and "缺地" in page("/records/problem", chain="光伏")
    rows = table(clerk, "/records/problem.csv")
    assert [(r["项目"], r["问题"], r["堵点"], r["解决期限"]) for r in rows] == [
        (NAME, "缺地", "土地", "2020-03-01"),
        (NAME, "缺工", "", "2099-03-01"),
    ]
    (project,) = table(clerk, "/projects.csv")
    assert (project["阶段"], project["未销号问题"], project["最近期限"]) == ("投产", "2", "2020-03-01")
    assert table(clerk, "/records/month.csv")[0]["本月完成投资（万元）"] == "3500.5"
    for kind in ("permit", "factor", "plan", "stage", "official", "detail"):
        assert clerk.get(f"/records/{kind}").status_code == 200, kind
        assert clerk.get(f"/records/{kind}.xlsx").status_code == 200, kind
    assert clerk.get("/records/campaign").status_code == 404 and clerk.get("/records/problem.pdf").status_code == 404


def test_local_words_are_data_that_an_office_changes(clerk: Client, page: Callable[..., str], pk: int) -> None:
    enter(clerk, pk, "stage", stage="at_capacity", on="2025-01-01")
    assert "三个一批 <b>投产</b>" in page(f"/projects/{pk}")
    clerk.post("/schemes/shanxi_three_batches/own")
    bucket = {
        "scheme": "shanxi_three_batches",
        "title": "三个一批",
        "order": "4",
        "bucket": "达产达效",
        "stage": "at_capacity",
        "source": "本办",
    }
    assert clerk.post("/records/bucket/add", bucket).status_code == 302
    assert "三个一批 <b>达产达效</b>" in page(f"/projects/{pk}")
    assert "达产达效" in page("/schemes")


def test_unknown_kinds_and_rows_are_not_found(clerk: Client, pk: int) -> None:
    for address in ("/projects/999/records/stage/add", f"/projects/{pk}/records/no/add", f"/projects/{pk}/records/item/add",
                    "/records/stage/999", "/records/no/1", "/records/stage/add", "/campaigns/999"):  # fmt: skip
        assert clerk.get(address).status_code == 404, address
    for address in ("/records/stage/1/remove", "/changes/1/undo", "/campaigns/1/paste", "/schemes/x/own"):
        assert clerk.get(address).status_code == 405, address
    assert clerk.post("/schemes/x/own").status_code == 404


def test_what_people_type_is_never_markup(clerk: Client, page: Callable[..., str], pk: int) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    enter(clerk, pk, "problem", text=nasty, owner=nasty, reason=nasty)
    enter(clerk, pk, "stage", stage="started", note=nasty, basis=nasty, phase="一期")
    made = clerk.post("/records/campaign/add", {"year": "2023", "venue": nasty})
    for address in (
        f"/projects/{pk}",
        f"/projects/{pk}/changes",
        made.headers["Location"],
        f"/records/stage/{StageEntry.objects.get().pk}",
    ):
        html = page(address)
        assert nasty not in html and "&lt;img" in html, address


def test_more_records_need_no_more_queries(clerk: Client, pk: int) -> None:
    def asked(address: str) -> int:
        clerk.get(address)
        with CaptureQueriesContext(connection) as seen:
            clerk.get(address)
        return len(seen)

    def add(at: int) -> None:
        add_record("problem", {"project_id": pk, "text": f"问题{at}", "owner": "甲"}, "li")
        add_record("month", {"project_id": pk, "year": 2025, "month": at, "completed": 100}, "li")
        event = BatchEvent.objects.get(pk=add_record("campaign", {"year": 2020 + at}, "li").row)
        item = {"event_id": event.pk, "batch_kind": "start", "name": f"项目{at}", "project_id": pk}
        add_record("item", item, "li")

    add(1)
    addresses = (f"/projects/{pk}", "/projects", "/campaigns", "/rates", f"/projects/{pk}/changes")
    few = {address: asked(address) for address in addresses}
    for at in range(2, 8):
        add(at)
    for address in addresses:
        assert asked(address) <= few[address] + 1, address
    assert max(few.values()) <= 36
