"""Levels of the records of work on forms, pages, files and tables: given, shown, brought back, and kept from those not cleared."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from tests.ledger.exchange.making import bring_back
from tests.ledger.level_making import HOME, VALUES, again, kept, raised
from tests.ledger.list_making import book
from tests.ledger.people import account

from liantu.ledger import services
from liantu.ledger.duties.office_book import headers_of
from liantu.ledger.exchange import importing
from liantu.ledger.exchange.lists import list_of
from liantu.ledger.models import AuditEntry, Certificate, ChainList, Duty, InstalledKit, Task, WorkChange
from liantu.ledger.rights import as_viewer
from liantu.ledger.services import load_office
from liantu.ledger.work.secrecy import graded
from liantu.reading import read_workbook
from liantu.reporting.exchange import exchange_xlsx
from liantu.server.office import blank_book

PAGES = {
    "campaign": "campaigns", "programme": "programmes", "meeting": "meetings", "task": "tasks", "order": "orders",
    "escalation": "escalations", "duty": "duties", "certificate": "certificates", "window": "windows", "target": "targets",
    "list": "lists/",
}  # fmt: skip
"""The page that lists each kind."""
EXPORTED = {
    "campaign": "campaigns.csv",
    "target": "targets.csv",
    "list": "lists/all.csv",
    "escalation": "",
}
MARK = "天知地知"
CALLED = {"programme": "aim", "campaign": "venue", "target": "indicator"}
"""The column that a record is known by, where it has no title."""


def secret(kind: str, level: int, **more: Any) -> Any:
    """A record whose words give it away."""
    return kept(kind, secrecy=level, **{CALLED.get(kind, "title"): MARK}, **more)


def text_of(response: Any) -> str:
    """All that an answer says."""
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            raw = b"\n".join(packed.read(name) for name in packed.namelist())
    return str(raw.decode("utf-8", "replace"))


@pytest.mark.parametrize("kind", PAGES)
def test_a_list_marks_it_and_keeps_it_from_those_not_cleared(ledger: str, client: Client, kind: str) -> None:
    assert PAGES.keys() == graded().keys()
    row = secret(kind, 1)
    if kind == "campaign":
        services.add_record("item", {"event_id": row.pk, "name": "某项目", "batch_kind": "signing"}, "clerk")
    client.force_login(account("cleared", "chain_office", region="140700", level=1))
    page = text_of(client.get(f"/{PAGES[kind]}"))
    shown = "2026年" if kind == "campaign" else "光伏" if kind == "programme" else MARK
    assert shown in page and '<span class="tag grade" title="密级">内部</span>' in page
    exported = EXPORTED.get(kind, f"exports/{PAGES[kind]}.csv")
    if exported:
        head, *lines = text_of(client.get(f"/{exported}")).lstrip("\ufeff").splitlines()
        assert "密级" in head.split(",") and any("内部" in line for line in lines)
    client.force_login(account("other", "chain_office", region="140700", level=0))
    for address in filter(None, (PAGES[kind], exported)):
        assert MARK not in text_of(client.get(f"/{address}"))
    assert client.get(f"/records/{kind}/{row.pk}").status_code == 404


@pytest.mark.parametrize("kind", sorted(PAGES.keys() - {"escalation", "list", "campaign", "target", "programme"}))
def test_the_form_offers_the_levels_one_may_give_and_keeps_history(ledger: str, client: Client, kind: str) -> None:
    client.force_login(account("clerk", "chain_office", level=1, **HOME))
    form = text_of(client.get(f"/records/{kind}/add"))
    assert '<option value="1">内部</option>' in form and '<option value="2">敏感</option>' not in form
    told = {name: str(value) for name, value in VALUES[kind].items()} | {
        "region_code": "晋中市",
        "secrecy": "2",
        "rank": "ordinary",
    }
    refused = client.post(f"/records/{kind}/add", told)
    assert refused.status_code == 422 and "高于您能看的密级" in text_of(refused)
    address = client.post(f"/records/{kind}/add", told | {"secrecy": "1"})["Location"]
    row = graded()[kind]._base_manager.get()
    assert row.secrecy == 1
    page = text_of(client.get(address))
    assert '<span class="tag grade" title="密级">内部</span>' in page and "<dt>密级</dt><dd>内部</dd>" in page
    without = {name: value for name, value in told.items() if name != "secrecy"} | {"version": "1", "reason": "改"}
    client.post(f"/records/{kind}/{row.pk}", without | {CALLED.get(kind, "title"): "改名"})
    assert again(row).secrecy == 1  # a form that does not ask for it leaves it
    client.post(f"/records/{kind}/{row.pk}", without | {"version": "2", "secrecy": "0"})
    assert again(row).secrecy == 0
    change = WorkChange.objects.filter(kind=kind, row=row.pk).order_by("-pk")[0]
    assert "内部" in text_of(client.get(f"/records/{kind}/{row.pk}")) and change.after["secrecy"] == 0
    client.post(f"/changes/{change.pk}/undo")
    assert again(row).secrecy == 1


def test_papers_of_a_meeting_and_an_order_say_how_confidential_they_are(ledger: str, client: Client) -> None:
    client.force_login(account("clerk", "chain_office", level=2, **HOME))
    meeting = secret("meeting", 2)
    decision = services.add_record("decision", {"meeting_id": meeting.pk, "order": 1, "text": "抓紧"}, "clerk").row
    task = kept("task", decision_id=decision)
    order = kept("order", task_id=task.pk)
    for address in (f"/meetings/{meeting.pk}/minutes.docx", f"/orders/{order.pk}/order.docx"):
        assert "敏感" in text_of(client.get(address))
    form = text_of(client.get(f"/meetings/{meeting.pk}"))
    assert "secrecy=2" in form  # a task made of the decision begins at the meeting's level
    looked = AuditEntry.objects.filter(kind="view", path=f"/meetings/{meeting.pk}")
    assert looked.exists() and not AuditEntry.objects.filter(kind="view", path="/meetings").exists()


def test_the_week_alerts_and_their_digest_hold_what_one_is_cleared_for(ledger: str, client: Client) -> None:
    today = timezone.localdate()
    person = services.add_record("person", {"name": "王同志"}, "chief").row
    user = account("wang", "chain_office", level=1, **HOME)
    services.add_record("account", {"person_id": person, "account": "wang"}, "chief")
    late = {"owner_id": person, "due": today - timedelta(days=20)}
    kept("task", title="公开的事", **late)
    kept("task", title="内部的事", secrecy=1, **late)
    hidden = [secret(kind, 2, **late) for kind in ("task", "order")]
    secret("duty", 2, owner_id=person, since=today - timedelta(days=60))
    services.run_alerts(today, force=True)
    client.force_login(user)
    for address in (
        "/week",
        "/alerts",
        "/alerts/digest",
        "/escalations",
        "/",
        "/tasks",
        "/api/tasks",
        "/api/alerts",
        "/api/duties",
        "/api/orders",
    ):
        said = text_of(client.get(address))
        assert MARK not in said and "敏感" not in said, address
    assert client.get("/api/tasks").json()["count"] == 2 and client.get("/api/orders").json()["count"] == 0
    week = text_of(client.get("/week"))
    assert "公开的事" in week and "内部的事" in week
    chased = {chase.late.title for chase in _chases(user, today)}
    assert chased == {"公开的事", "内部的事"}
    services.escalate(today, "chief")
    assert {row.secrecy for row in _chased(hidden[0].pk)} == {2}
    assert MARK not in text_of(client.get("/escalations"))


def _chases(user: Any, today: date) -> list[Any]:
    with as_viewer(user):
        return list(services.chases(today))


def _chased(task: int) -> list[Any]:
    return list(graded()["escalation"]._base_manager.filter(subject="task", row=task))


def out(kind: str) -> Any:
    """The table of a kind as it goes out."""
    listed = list_of(kind)
    return load_workbook(BytesIO(exchange_xlsx(listed, listed.everything())))


def column_of(sheet: Any, header: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == header)


@pytest.mark.parametrize("kind", ["certificate", "window"])
def test_a_level_goes_out_to_excel_and_comes_back(ledger: str, tmp_path: Path, kind: str) -> None:
    row, other = kept(kind), secret(kind, 1)
    book_ = out(kind)
    sheet = book_.worksheets[0]
    at = column_of(sheet, "密级")
    assert [sheet.cell(n, at).value for n in (2, 3)] == ["公开", "内部"]
    assert not bring_back(book_, tmp_path, kind=kind).rows.exists()
    sheet.cell(2, at).value, sheet.cell(3, at).value = "敏感", None
    batch = bring_back(book_, tmp_path, kind=kind)
    assert importing.counts(batch)["changed"] == 2
    changes = importing.write(batch.pk, "李明").changes
    assert (again(row).secrecy, again(other).secrecy) == (2, 0)
    assert changes is not None
    services.undo_changes(changes.pk, "李明")
    assert (again(row).secrecy, again(other).secrecy) == (0, 1)
    sheet.cell(2, at).value = "非公开"
    (wrong,) = bring_back(book_, tmp_path, kind=kind).rows.filter(action="error")
    assert "可写：公开、内部、敏感" in str(wrong.problems)


def test_an_import_gives_no_level_that_its_person_may_not(ledger: str, tmp_path: Path) -> None:
    account("li", "task_force", level=1, **HOME)
    row = kept("certificate", holder="甲厂", secrecy=1)
    secret("certificate", 2, holder="乙厂")
    head, place = "称号或证书,持有者,认定日期,密级,地区,产业链\n", "晋中市,光伏\n"
    told = (
        head + f"专精特新,甲厂,,公开,{place}" + f"{MARK},乙厂,2025-01-02,内部,{place}"
        + f"小巨人,丙厂,2025-01-02,敏感,{place}" + f"小巨人,丁厂,2025-01-02,内部,{place}" + f"小巨人,戊厂,2025-01-02,,{place}"
    )  # fmt: skip
    path = tmp_path / "证书.csv"
    path.write_text(told, encoding="utf-8")
    batch = importing.compare(importing.start_import("certificate", path, path.name, "li").pk)
    refused = {row.number: row for row in batch.rows.filter(action="error")}
    assert refused.keys() == {2, 3, 4}
    assert refused[3].before == {} and refused[3].record is None
    importing.write(batch.pk, "li", good_only=True)
    made = Certificate.objects.filter(holder__in=["丁厂", "戊厂"]).order_by("holder")
    assert dict(made.values_list("holder", "secrecy")) == {"丁厂": 1, "戊厂": 0} and again(row).secrecy == 1


def test_a_table_cannot_bring_a_record_below_what_it_rests_on(ledger: str, tmp_path: Path) -> None:
    meeting = kept("meeting")
    window = secret("window", 1)
    graded()["window"]._base_manager.filter(pk=window.pk).update(evidence=f"source:{_source()}:0-4")
    book_ = out("window")
    sheet = book_.worksheets[0]
    sheet.cell(2, column_of(sheet, "密级")).value = "公开"
    (wrong,) = bring_back(book_, tmp_path, kind="window").rows.filter(action="error")
    assert "密级不能更低" in str(wrong.problems) and "密级" in wrong.problems[0]["column"]
    assert again(meeting).secrecy == 0


def _source() -> int:
    from tests.workbench.conftest import add_daily

    source = add_daily()
    services.set_level(source.pk, 1, "chief")
    return int(source.pk)


def test_the_offices_workbook_holds_levels(ledger: str, tmp_path: Path) -> None:
    tasks = [
        ["事项", "责任单位", "密级"],
        ["公开的", "专班", None],
        ["内部的", "专班", "内部"],
        ["写错的", "专班", "绝密"],
    ]
    path = book(tmp_path / "台账.xlsx", 任务=tasks)
    report = load_office(read_workbook(path), "li", date(2026, 6, 17))
    (wrong,) = report.problems
    assert (wrong.row, wrong.column) == (4, "密级") and "可填：公开、内部、敏感" in wrong.message
    path = book(tmp_path / "二.xlsx", 任务=tasks[:3])
    load_office(read_workbook(path), "li", date(2026, 6, 17))
    assert dict(Task.objects.values_list("title", "secrecy")) == {"公开的": 0, "内部的": 1}
    for kind in ("meeting", "task", "order", "duty", "programme", "certificate", "window", "campaign"):
        assert headers_of(kind)["密级"] == "secrecy"
    notes = [cell.comment.text for cell in load_workbook(BytesIO(blank_book()))["任务"][1] if cell.value == "密级"]
    assert notes == ["公开、内部、敏感"]


def test_a_workbook_of_lists_gives_each_list_its_level(ledger: str, tmp_path: Path, settings: Any) -> None:
    settings.SPACE = str(tmp_path / "space")
    firms = [["企业名称", "角色"], ["甲示例有限公司", "链主"]]
    directory = [["清单名称", "种类", "密级"], ["企业清单", "企业清单", "内部"], ["问题清单", "问题清单", ""]]
    path = book(
        tmp_path / "清单.xlsx",
        清单目录=directory,
        企业清单=firms,
        问题清单=[["问题描述", "涉及单位"], ["用地未落实", "甲示例有限公司"]],
    )
    assert len(list(services.load_lists(path, "li"))) == 2
    assert dict(ChainList.objects.values_list("title", "secrecy")) == {"企业清单": 1, "问题清单": 0}


def test_what_a_kit_makes_does_not_tell_of_hidden_lists_and_duties(ledger: str) -> None:
    office = account("office", "chain_office", level=0, region="140700")
    first = services.install_kit("hunan_5_5", "140700", "光伏", "chief")
    for row in first.made:
        raised(row, 2)
    services.make_duties(first.kit.pk, "chief", date(2026, 6, 17))
    hidden = set(Duty.objects.values_list("pk", flat=True))
    assert set(Duty.objects.filter(of_list__isnull=False).values_list("secrecy", flat=True)) == {2}
    with as_viewer(office):
        again_ = services.install_kit("hunan_5_5", "140700", "光伏", "office")
        assert again_.there == () and len(again_.made) == len(first.made)
        made = services.make_duties(InstalledKit.objects.get().pk, "office", date(2026, 6, 17))
        assert made and not {duty.pk for duty in made} & hidden
        gone, stay = services.take_back_duties(InstalledKit.objects.get().pk, "office")
        assert gone == len(made) and stay == 0
    assert set(Duty.objects.filter(removed_at=None).values_list("pk", flat=True)) == hidden
