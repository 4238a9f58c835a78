"""A workbook of several lists on the pages: recognised, its lists made or compared, written at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.ledger.list_making import book
from tests.ledger.people import account

from liantu.ledger.models import ChainList, Import, InstalledKit, ListRow, ListVersion
from liantu.ledger.workbooks.list_sheets import kind_of_name, list_sheets

EXAMPLE = Path(__file__).parents[2] / "examples" / "shanxi" / "清单台账.xlsx"
FIRMS = ["企业名称", "角色"]
PROBLEMS = ["问题描述", "涉及单位", "提出时间"]


@pytest.fixture(autouse=True)
def space_of_this_test(settings: object, tmp_path: Path) -> None:
    settings.SPACE = str(tmp_path / "space")  # type: ignore[attr-defined]
    settings.UPLOADS = str(tmp_path / "uploads")  # type: ignore[attr-defined]


def send(clerk: Client, path: Path) -> str:
    file = SimpleUploadedFile(path.name, path.read_bytes())
    return str(clerk.post("/exchange/upload", {"kind": "book", "file": file})["Location"])


def two_lists(tmp_path: Path, raised: str = "2025-05-12") -> Path:
    firms = [FIRMS, ["甲示例有限公司", "链主"], ["乙示例有限公司", "配套"]]
    return book(tmp_path / "两份.xlsx", 企业清单=firms, 问题清单=[PROBLEMS, ["用地未落实", "甲示例有限公司", raised]])


def test_what_a_sheet_is_called_says_its_kind() -> None:
    assert kind_of_name("光伏链问题清单") == "problem" and kind_of_name("可对接外部资源") == "resource"
    assert kind_of_name("一季度汇总") is None and kind_of_name("本办红榜", {"红榜": "enterprise"}) == "enterprise"
    sheets = [("企业清单", FIRMS), ("问题清单", PROBLEMS), ("项目清单", ["甲", "乙"])]
    assert list_sheets(sheets) == {
        "企业清单": "enterprise",
        "问题清单": "problem",
    }  # the third has no header of its kind
    assert list_sheets(sheets[:1]) == {}  # a single sheet may be any ledger


@pytest.mark.django_db
def test_sheets_called_like_a_kit_become_its_lists(clerk: Client, tmp_path: Path) -> None:
    address = send(clerk, two_lists(tmp_path))
    page = clerk.get(address).content.decode()
    assert "新建后核对" in page and 'value="hunan_5_5" selected' in page
    place = {"region": "晋中市", "chain": "光伏", "owner_unit": "示例市工信局", "kit": "hunan_5_5"}
    assert not ChainList.objects.exists()  # looking makes nothing
    page = clerk.post(f"{address}/take-in", place, follow=True).content.decode()
    assert "逐张核对的结果" in page and InstalledKit.objects.get().lists.count() == 5 and not ListRow.objects.exists()
    page = clerk.post(f"{address}/write", follow=True).content.decode()
    assert "2 份清单有变动" in page and ListRow.objects.count() == 3
    assert Import.objects.get(kind="book").state == "done"
    again = send(clerk, two_lists(tmp_path))  # a second time: the lists are there, nothing differs
    assert "与现有清单核对差异" in clerk.get(again, place).content.decode()
    clerk.post(f"{again}/take-in", place)
    assert "0 份清单有变动" in clerk.post(f"{again}/write", follow=True).content.decode()
    assert ChainList.objects.count() == 5 and ListRow.objects.count() == 3


@pytest.mark.django_db
def test_one_bad_cell_stops_all_sheets_and_a_sheet_may_be_left_out(clerk: Client, tmp_path: Path) -> None:
    address = send(clerk, two_lists(tmp_path, raised="某天"))
    clerk.post(f"{address}/take-in", {"chain": "光伏"})
    page = clerk.post(f"{address}/write", follow=True).content.decode()
    assert "工作表“问题清单”还有错" in page and not ListRow.objects.exists()
    assert "已经处理过" in clerk.post(f"{address}/take-in", {"chain": "光伏"}, follow=True).content.decode()
    clerk.post(f"/exchange/{address.rsplit('/', 1)[1]}/stop")
    assert set(Import.objects.values_list("state", flat=True)) == {"cancelled"}
    address = send(clerk, two_lists(tmp_path, raised="某天"))
    clerk.post(f"{address}/take-in", {"chain": "光伏", "leave": ["问题清单"]})
    assert "1 份清单有变动" in clerk.post(f"{address}/write", follow=True).content.decode()


@pytest.mark.django_db
def test_a_kit_is_not_installed_where_one_may_not_edit(client: Client, tmp_path: Path) -> None:
    client.force_login(account("li", "liaison", region="140700"))
    address = send(client, two_lists(tmp_path))
    told = {"region": "太原市", "chain": "光伏", "kit": "hunan_5_5", "leave": ["企业清单", "问题清单"]}
    assert client.post(f"{address}/take-in", told).status_code == 403
    assert not InstalledKit._base_manager.exists() and not ChainList._base_manager.exists()
    client.post(f"{address}/take-in", told | {"region": "榆次区"})
    assert InstalledKit._base_manager.get().region_code == "140702"


@pytest.mark.django_db
def test_a_directory_loads_what_is_new_and_compares_what_is_there(clerk: Client) -> None:
    address = send(clerk, EXAMPLE)
    page = clerk.get(address).content.decode()
    assert page.count("新建并装入") == 9 and not ChainList.objects.exists() and not ListVersion._base_manager.exists()
    clerk.post(f"{address}/take-in", {"leave": ["光伏企业-2"]})
    assert ChainList.objects.count() == 8 and Import.objects.get(pk=address.rsplit("/", 1)[1]).state == "done"
    ListRow.objects.filter(list__title="光伏链问题清单", name="用气容量不足").delete()
    again = send(clerk, EXAMPLE)
    page = clerk.get(again).content.decode()
    assert page.count("新建并装入") == 1 and page.count("与现有清单核对差异") == 8
    clerk.post(f"{again}/take-in")
    page = clerk.post(f"{again}/write", follow=True).content.decode()
    assert "1 份清单有变动" in page and ChainList.objects.count() == 9


@pytest.mark.django_db
def test_what_is_no_workbook_of_lists_is_refused_and_says_so(clerk: Client, tmp_path: Path) -> None:
    page = clerk.get(send(clerk, book(tmp_path / "表.xlsx", 一月=[["甲", "乙"], ["1", "2"]]))).content.decode()
    assert "名称都不像清单" in page
    path = book(
        tmp_path / "坏.xlsx",
        清单目录=[["清单名称", "工作表"], ["任务清单", "表"]],
        表=[["事项", "时限"], ["开会", "某天"]],
    )
    assert "表 B2（时限）" in clerk.get(send(clerk, path)).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_document_that_is_one_leads_to_its_lists(clerk: Client, tmp_path: Path) -> None:
    path = two_lists(tmp_path)
    page = clerk.post("/documents/upload", {"files": SimpleUploadedFile(path.name, path.read_bytes())}).content.decode()
    assert "是一份清单工作簿" in page and "导入清单" in page
    address = page.split('action="/exchange/book/of/')[1].split('"')[0]
    response = clerk.post(f"/exchange/book/of/{address}", follow=True)
    assert "企业清单" in response.content.decode() and Import.objects.get().kind == "book"
