"""Bringing a list back from Excel, on the pages."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from tests.ledger.exchange.making import MONEY, NAME, STAGE, row_of, three_projects

from liantu.ledger import services
from liantu.ledger.exchange import working
from liantu.ledger.models import ChangeSet, Import, Job, ProjectView

SHOUYANG, YUCI = "寿阳光伏组件项目", "榆次液压件产业园项目"


@pytest.fixture(autouse=True)
def imports_of_this_test(settings: object, tmp_path: Path) -> None:
    settings.SPACE = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def projects(db: None) -> None:
    three_projects()


def workbook(clerk: Client, **filters: str) -> object:
    return load_workbook(BytesIO(clerk.get("/exchange/project.xlsx", filters).content))


def send(clerk: Client, book: object, name: str = "名单.xlsx") -> str:
    out = BytesIO()
    book.save(out)  # type: ignore[attr-defined]
    return str(
        clerk.post("/exchange/upload", {"kind": "project", "file": SimpleUploadedFile(name, out.getvalue())})[
            "Location"
        ]
    )


def test_a_filtered_list_goes_out_comes_back_and_is_undone(projects: None, clerk: Client) -> None:
    assert "/exchange/project.xlsx?region=140725" in clerk.get("/projects", {"region": "140725"}).content.decode()
    book = workbook(clerk, region="140725")
    sheet = book.worksheets[0]  # type: ignore[attr-defined]
    assert [sheet.cell(row, NAME).value for row in range(2, sheet.max_row + 1)] == [SHOUYANG]
    sheet.cell(2, MONEY).value = 6.5
    address = send(clerk, book)
    page = clerk.get(address).content.decode()
    assert "5.6 亿元" in page and "6.5 亿元" in page and "全部写入（1 行）" in page and "修改 1" in page
    done = clerk.post(f"{address}/write", {"how": "all"}, follow=True).content.decode()
    assert "已写入：修改 1 行" in done and ProjectView.objects.get(name=SHOUYANG).investment == 6.5e8
    changes = ChangeSet.objects.get()
    assert "名单.xlsx" in clerk.get("/exchange/").content.decode()
    assert "6.5 亿元" in clerk.get(f"/exchange/changes/{changes.pk}").content.decode()
    said = clerk.post(f"/exchange/changes/{changes.pk}/undo", follow=True).content.decode()
    assert "已撤回" in said and ProjectView.objects.get(name=SHOUYANG).investment == 5.6e8


def test_bad_rows_are_shown_and_handed_back(projects: None, clerk: Client) -> None:
    book = workbook(clerk)
    sheet = book.worksheets[0]  # type: ignore[attr-defined]
    sheet.cell(row_of(sheet, SHOUYANG), STAGE).value = "飞天"
    sheet.cell(row_of(sheet, YUCI), STAGE).value = "投产"
    address = send(clerk, book)
    page = clerk.get(address).content.decode()
    assert "飞天" in page and "不是可用的阶段" in page and "写入没有问题的 1 行" in page
    assert "还有 1 行有错" in clerk.post(f"{address}/write", {"how": "all"}, follow=True).content.decode()
    clerk.post(f"{address}/write", {"how": "good"})
    assert ProjectView.objects.get(name=YUCI).stage == "in_production"
    back = load_workbook(BytesIO(clerk.get(f"{address}/returned.xlsx").content)).worksheets[0]
    assert back.cell(2, NAME).value == SHOUYANG and "飞天" not in str(back.cell(2, back.max_column).value)


def test_cells_are_pasted_and_an_unknown_header_is_explained(projects: None, clerk: Client) -> None:
    text = f"项目名称\t所在市\t进展（月报）\r\n{SHOUYANG}\t晋中市\t投产\r\n"
    address = clerk.post("/exchange/upload", {"kind": "project", "text": text})["Location"]
    assert "没认出的表头" in clerk.get(address).content.decode()
    page = clerk.post(f"{address}/headers", {"header-进展": "stage"}, follow=True).content.decode()
    assert "投产" in page and "没认出的表头" not in page
    clerk.post(f"{address}/write", {"how": "all"})
    assert ProjectView.objects.get(name=SHOUYANG).stage == "in_production"


def test_both_versions_are_shown_and_a_person_chooses(projects: None, clerk: Client) -> None:
    mine, other = workbook(clerk), workbook(clerk)
    for book, money in ((other, 7), (mine, 8)):
        sheet = book.worksheets[0]  # type: ignore[attr-defined]
        sheet.cell(row_of(sheet, SHOUYANG), MONEY).value = money
    clerk.post(f"{send(clerk, other)}/write", {"how": "all"})
    address = send(clerk, mine, "我的.xlsx")
    page = clerk.get(address).content.decode()
    assert "7 亿元" in page and "8 亿元" in page and "别人也改了" in page and "没有可以写入的行" in page
    row = Import.objects.get(name="我的.xlsx").rows.get()
    clerk.post(f"{address}/side", {"row": row.pk, "mine": "1"})
    clerk.post(f"{address}/write", {"how": "all"})
    assert ProjectView.objects.get(name=SHOUYANG).investment == 8e8


def test_a_long_list_is_work_for_the_reader_and_can_be_stopped(
    projects: None, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "SMALL_BYTES", 0)
    monkeypatch.setattr(working, "SMALL_ROWS", 0)
    book = workbook(clerk)
    sheet = book.worksheets[0]  # type: ignore[attr-defined]
    sheet.cell(row_of(sheet, SHOUYANG), MONEY).value = 7
    address = send(clerk, book)
    assert "排队等待" in clerk.get(address).content.decode()
    services.run_waiting()
    assert clerk.get(f"{address}/state").headers["HX-Refresh"] == "true"
    clerk.post(f"{address}/write", {"how": "all"})
    assert "停止" in clerk.get(f"{address}/state").content.decode()
    clerk.post(f"{address}/stop")
    services.run_waiting()
    assert Job.objects.latest("pk").state == "stopped" and not ChangeSet.objects.exists()
    assert "全部写入" in clerk.get(address).content.decode()
    clerk.post(f"{address}/write", {"how": "all"})
    services.run_waiting()
    assert ProjectView.objects.get(name=SHOUYANG).investment == 7e8
    assert "已写入" in clerk.get(address).content.decode()


def test_a_job_cut_off_after_its_rows_were_written_writes_nothing_twice(projects: None, clerk: Client) -> None:
    book = workbook(clerk)
    sheet = book.worksheets[0]  # type: ignore[attr-defined]
    sheet.cell(2, STAGE).value = "投产"
    batch = Import.objects.get(pk=int(send(clerk, book).rsplit("/", 1)[1]))
    clerk.post(f"/exchange/{batch.pk}/write", {"how": "all"})
    job = Job.objects.create(kind="import", folder="write", by="clerk", state="running")
    Import.objects.filter(pk=batch.pk).update(job=job)
    services.take_up_again()
    services.run_waiting()
    job.refresh_from_db()
    assert job.state == "done" and ChangeSet.objects.count() == 1


def test_nothing_sent_is_told(clerk: Client) -> None:
    assert "没有收到文件" in clerk.post("/exchange/upload", {"kind": "project"}, follow=True).content.decode()
    assert clerk.post("/exchange/upload", {"kind": "x", "text": "y"}).status_code == 404
    assert clerk.get("/exchange/project.pdf").status_code == 404


def test_words_of_a_table_are_never_markup(projects: None, clerk: Client) -> None:
    text = "项目名称\t所在市\t<b>表头</b>\n<img src=x onerror=alert(1)>\t晋中市\t1\n"
    address = clerk.post("/exchange/upload", {"kind": "project", "text": text})["Location"]
    assert "<img" not in clerk.get(address).content.decode() and "<b>表头" not in clerk.get(address).content.decode()
