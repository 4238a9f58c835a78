"""Pages of an office's lists: filled by hand and from Excel, published, compared, brought up to date by the ledger's suggestions."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.ledger.list_making import add_row, make_list
from tests.ledger.people import account

from liantu.ledger.models import ChainList, Import, InstalledKit, ListRow, ListVersion, OwnKit
from liantu.ledger.services import change_record, publish_list
from liantu.vocabulary import list_kinds

pytestmark = pytest.mark.django_db


def html(clerk: Client, address: str, status: int = 200) -> str:
    response = clerk.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def test_a_list_is_made_filled_published_and_compared(clerk: Client) -> None:
    made = clerk.post(
        "/lists/new",
        {
            "title": "光伏链主企业清单",
            "list_kind": "enterprise",
            "region_code": "晋中市",
            "chain": "光伏产业链",
            "rhythm": "monthly",
        },
    )
    chain_list = ChainList.objects.get()
    assert made.headers["Location"] == f"/lists/{chain_list.pk}"
    assert (chain_list.region_code, chain_list.chain) == ("140700", "光伏")
    address = f"/lists/{chain_list.pk}"
    assert clerk.post(f"{address}/rows/add", {"name": "", "revenue": "多"}).status_code == 422
    clerk.post(f"{address}/rows/add", {"name": "示例光伏有限公司", "revenue": "1.2亿元", "employees": "1,200"})
    row = ListRow.objects.get()
    assert row.cells == {"name": "示例光伏有限公司", "revenue": 1.2e8, "employees": 1200}
    page = html(clerk, address)
    assert "12,000" in page and "无责任人" in page and "从未确认" in page
    clerk.post(f"{address}/publish", {"note": "首次"})
    clerk.post(
        f"/lists/rows/{row.pk}",
        {"version": row.version, "name": "示例光伏有限公司", "revenue": "15000", "owner_unit": "工信局"},
    )
    clerk.post(f"{address}/rows/add", {"name": "示例逆变器有限公司"})
    assert "净增 1 户" in html(clerk, f"{address}/draft")
    clerk.post(f"{address}/publish", {"note": "第二次"})
    version = ListVersion.objects.get(number=2)
    page = html(clerk, f"/lists/versions/{version.pk}")
    assert "净增 1 户" in page and "<del>12,000</del>" in page and "<ins>15,000</ins>" in page and "未被改动" in page
    assert "首次" in html(clerk, address)
    changes = html(clerk, f"{address}/changes")
    assert "12,000" in changes and "示例逆变器有限公司" in changes
    undo = re.findall(r'action="(/changes/\d+/undo)"', changes)[0]
    assert clerk.post(undo).headers["Location"] == f"{address}/changes"


def test_the_index_filters_by_kind_place_owner_and_freshness(clerk: Client) -> None:
    make_list(title="甲清单", region_code="140723", chain="光伏", owner_unit="工信局", confirmed_on=date(2020, 1, 2))
    make_list("problem", title="乙清单", region_code="140100", rhythm="on_demand")
    for query, shown, hidden in (
        ("kind=problem", "乙清单", "甲清单"),
        ("region=140700", "甲清单", "乙清单"),
        ("chain=光伏", "甲清单", "乙清单"),
        ("owner=工信局", "甲清单", "乙清单"),
        ("owner=-", "乙清单", "甲清单"),
        ("fresh=stale", "甲清单", "乙清单"),
        ("fresh=open", "乙清单", "甲清单"),
        ("q=甲", "甲清单", "乙清单"),
    ):
        page = html(clerk, f"/lists/?{query}")
        assert shown in page and f">{hidden}<" not in page, query
    book = load_workbook(BytesIO(clerk.get("/lists/all.xlsx?region=140700").content))
    assert [cell.value for cell in book.worksheets[0]["A"]] == ["清单名称", "甲清单"]


def test_every_kind_has_its_page_form_and_exports(clerk: Client) -> None:
    for kind in list_kinds():
        chain_list = make_list(kind)
        for address in (f"/lists/{chain_list.pk}", f"/lists/{chain_list.pk}/rows/add", f"/lists/{chain_list.pk}/edit"):
            html(clerk, address)
        for form in ("xlsx", "csv"):
            assert clerk.get(f"/lists/{chain_list.pk}/rows.{form}").status_code == 200
            assert clerk.get(f"/exchange/list-{chain_list.pk}.{form}").status_code == 200
        if list_kinds()[kind].fills_from:
            html(clerk, f"/lists/{chain_list.pk}/fill")


def test_a_list_comes_back_from_excel_and_by_paste(clerk: Client, settings: object, tmp_path: Path) -> None:
    settings.SPACE = str(tmp_path)  # type: ignore[attr-defined]
    firms = make_list()
    add_row(firms, name="甲厂")
    add_row(firms, name="乙厂")
    exported = clerk.get(f"/exchange/list-{firms.pk}.xlsx?q=甲")
    book = load_workbook(BytesIO(exported.content))
    assert [cell.value for cell in book.worksheets[0]["C"]] == ["企业名称", "甲厂"]  # the filtered view alone
    preview = clerk.post(
        "/exchange/upload", {"kind": f"list-{firms.pk}", "text": "企业名称\t责任单位\n甲厂\t工信局\n丙厂\t\n"}
    )
    page = html(clerk, preview.headers["Location"])
    assert "工信局" in page and "丙厂" in html(clerk, f"{preview.headers['Location']}?show=added")
    assert clerk.post(f"{preview.headers['Location']}/write", {"how": "all"}).status_code == 302
    assert sorted(ListRow.objects.values_list("name", flat=True)) == ["丙厂", "乙厂", "甲厂"]
    changes = Import.objects.get().changes
    assert changes is not None
    assert "丙厂" in html(clerk, f"/exchange/changes/{changes.pk}")
    clerk.post(f"/exchange/changes/{changes.pk}/undo")
    assert set(ListRow.objects.filter(removed_at=None).values_list("name", flat=True)) == {"甲厂", "乙厂"}


def test_text_that_looks_like_a_formula_stays_text(clerk: Client) -> None:
    firms = make_list()
    add_row(firms, name='=HYPERLINK("http://example.org")', requests="+1\n-2\n@x")
    version = publish_list(firms.pk, "li")
    for address in (
        f"/lists/{firms.pk}/rows.xlsx",
        f"/exchange/list-{firms.pk}.xlsx",
        f"/lists/versions/{version.pk}.xlsx",
    ):
        book = load_workbook(BytesIO(clerk.get(address).content))
        kinds = {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line}
        assert "f" not in kinds, address
    text = b"".join(clerk.get(f"/lists/{firms.pk}/rows.csv").streaming_content).decode()
    assert "'=HYPERLINK" in text


def test_a_version_leaves_as_a_document_to_sign(clerk: Client) -> None:
    firms = make_list(title="示例清单", owner_unit="晋中市工信局", region_code="140700", chain="光伏")
    add_row(firms, name="甲厂", revenue=1e8, owner_unit="工信局")
    version = publish_list(firms.pk, "li", "说明文字")
    made = docx.Document(BytesIO(clerk.get(f"/lists/versions/{version.pk}.docx").content))
    text = "\n".join(p.text for p in made.paragraphs)
    assert "示例清单" in text and "第 1 版" in text and "责任单位：晋中市工信局" in text and "签字" in text
    cells = [[cell.text for cell in line.cells] for line in made.tables[0].rows]
    assert cells[0][:3] == ["序号", "企业名称", "营业收入（万元）"] and cells[1][:3] == ["1", "甲厂", "10,000"]
    sheet = load_workbook(BytesIO(clerk.get(f"/lists/versions/{version.pk}.xlsx").content)).worksheets[0]
    told = [str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value]
    assert told[0] == "示例清单" and any("签字" in word for word in told)


def test_a_stale_edit_of_a_row_shows_both_versions(clerk: Client) -> None:
    firms = make_list()
    row = add_row(firms, name="甲厂", main_products="法兰")
    change_record("listrow", row.pk, 1, {"main_products": "风电法兰", "owner_unit": "工信局"}, "wang")
    answer = clerk.post(f"/lists/rows/{row.pk}", {"version": 1, "name": "甲厂", "main_products": "大型法兰"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "您填的：大型法兰" in page and "现在的：风电法兰" in page
    assert 'value="工信局"' in page


def test_the_ledger_suggests_and_a_person_decides(clerk: Client, filled: object) -> None:
    from liantu.ledger.models import ProjectView

    projects = make_list("project")
    names = set(ProjectView.objects.values_list("name", flat=True))
    page = html(clerk, f"/lists/{projects.pk}/fill")
    assert names and all(name in page for name in names)
    digests = re.findall(r'name="suggestion" value="(\w+)"', page)
    clerk.post(f"/lists/{projects.pk}/fill/decide", {"how": "follow", "suggestion": digests})
    row = ListRow.objects.get(name=next(iter(names)))
    assert row.entity_id is not None and row.statement and row.cells["row_state"] == "listed"
    assert "没有建议" in html(clerk, f"/lists/{projects.pk}/fill")
    change_record("listrow", row.pk, 1, {"stage": "idea"}, "wang")
    page = html(clerk, f"/lists/{projects.pk}/fill")
    assert "谋划" in page
    digest = re.findall(r'name="suggestion" value="(\w+)"', page)
    clerk.post(f"/lists/{projects.pk}/fill/decide", {"how": "refuse", "suggestion": digest, "reason": "按现场"})
    page = html(clerk, f"/lists/{projects.pk}/fill")
    assert "没有建议" in page and "按现场" in page
    again = re.findall(r'action="(/lists/fill/\d+/again)"', page)[0]
    clerk.post(again)
    assert "谋划" in html(clerk, f"/lists/{projects.pk}/fill")


def test_what_left_the_ledgers_scope_is_suggested_for_removal(clerk: Client, filled: object) -> None:
    projects = make_list("project")
    page = html(clerk, f"/lists/{projects.pk}/fill")
    digests = re.findall(r'name="suggestion" value="(\w+)"', page)
    clerk.post(f"/lists/{projects.pk}/fill/decide", {"how": "follow", "suggestion": digests})
    add_row(projects, name="手工项目")
    change_record("list", projects.pk, projects.version, {"region_code": "140300"}, "li")
    page = html(clerk, f"/lists/{projects.pk}/fill")
    assert "移出" in page and "手工项目" not in page  # what a person entered is a person's to remove


def test_gaps_of_a_chain_are_questions_for_the_list(clerk: Client, filled: object) -> None:
    gaps = make_list("investment_target", chain="甲醇经济", region_code="140700")
    page = html(clerk, f"/lists/{gaps.pk}/fill")
    assert "焦炉煤气制甲醇" in page and "没有人说过不等于没有" in page


def test_a_kit_is_installed_once_for_a_chain_and_a_region(clerk: Client) -> None:
    assert "五图五清单" in html(clerk, "/lists/kits")
    html(clerk, "/lists/kits/hunan_5_5")
    html(clerk, "/lists/kits/nothing", 404)
    for _time in range(2):
        clerk.post("/lists/kits/hunan_5_5/install", {"region": "晋中市", "chain": "光伏产业链", "owner_unit": "工信局"})
    assert InstalledKit.objects.count() == 1
    assert sorted(ChainList.objects.values_list("title", flat=True)) == sorted(
        ["企业清单", "项目清单", "集群清单", "问题清单", "政策清单"]
    )
    firms = ChainList.objects.get(list_kind="enterprise")
    assert firms.columns[:5] == ("name", "uscc", "enterprise_role", "segment", "revenue")
    assert (firms.region_code, firms.chain, firms.owner_unit, firms.rhythm) == ("140700", "光伏", "工信局", "monthly")
    answer = clerk.post("/lists/kits/zhengzhou_1_10/install", {"region": "晋中市"}, follow=True)
    assert "清单名称尚未取得" in answer.content.decode()
    answer = clerk.post("/lists/kits/hunan_5_5/install", {"region": "没有这个市"}, follow=True)
    assert ChainList.objects.count() == 5


def test_an_own_kit_is_checked_line_by_line_and_kept(clerk: Client) -> None:
    text = "id: ours\ntitle: 我市一图两清单\nstatus: complete\nsource: 本市文件\nlists:\n  - {kind: enterprise, title: 甲, owner_role: lead_agency}\n"
    answer = clerk.post("/lists/kits/keep", {"text": text.replace("enterprise", "enterprize")})
    page = answer.content.decode()
    assert answer.status_code == 422 and "第 6 行" in page and "lists[1].kind" in page and "是否想写 enterprise" in page
    assert clerk.post("/lists/kits/keep", {"text": text.replace("ours", "hunan_5_5")}).status_code == 422
    assert clerk.post("/lists/kits/keep", {"text": text}).headers["Location"] == "/lists/kits/ours"
    clerk.post("/lists/kits/keep", {"text": text.replace("一图两", "一图三")})
    assert OwnKit.objects.count() == 1 and "我市一图三清单" in html(clerk, "/lists/kits/ours")


def test_who_may_read_edit_and_publish(client: Client) -> None:
    here = make_list(title="晋中清单", region_code="140700")
    there = make_list(title="太原清单", region_code="140100")
    row = add_row(here, name="甲厂")
    add_row(there, name="乙厂")
    version = publish_list(there.pk, "li")
    client.force_login(account("reader", "reader", region="140700"))
    assert "晋中清单" in html(client, "/lists/") and "太原清单" not in html(client, "/lists/")
    assert client.get(f"/lists/{there.pk}").status_code == 404
    assert client.get(f"/lists/versions/{version.pk}").status_code == 404
    assert client.get(f"/lists/versions/{version.pk}.xlsx").status_code == 404
    assert client.get(f"/exchange/list-{there.pk}.xlsx").status_code in (403, 404)
    assert client.post(f"/lists/{here.pk}/publish").status_code == 403
    assert client.post(f"/lists/rows/{row.pk}", {"version": 1, "name": "丙厂"}).status_code == 403
    assert client.post("/exchange/upload", {"kind": f"list-{here.pk}", "text": "企业名称\n丙厂\n"}).status_code == 403
    assert not ListRow.objects.filter(name="丙厂").exists()


def test_pages_ask_the_database_no_more_for_more_rows(clerk: Client) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            html(clerk, address)
        return len(caught)

    lists = [make_list(title=f"清单{n}", owner_unit=f"单位{n}") for n in range(3)]
    for chain_list in lists:
        add_row(chain_list, name="甲厂")
    html(clerk, "/lists/")
    few, few_rows = asked("/lists/?sort=title"), asked(f"/lists/{lists[0].pk}?sort=name")
    for n in range(20):
        make_list(title=f"又一清单{n}", owner_unit=f"单位{n}")
        add_row(lists[0], name=f"厂{n}")
    html(clerk, "/lists/")  # what is reckoned once for each state of the ledger
    assert asked("/lists/?sort=-title") <= few + 1 and asked(f"/lists/{lists[0].pk}?sort=-name") <= few_rows + 1
