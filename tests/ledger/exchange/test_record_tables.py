"""Recognitions and times to apply in as tables: out and back, row by row with rights, errors by cell, taken back as one."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.ledger.exchange.making import bring_back
from tests.ledger.people import account

from liantu.ledger import services
from liantu.ledger.exchange import importing
from liantu.ledger.exchange.lists import list_of
from liantu.ledger.models import Certificate, Import, PolicyWindow, WorkChange
from liantu.reporting.exchange import exchange_xlsx


@pytest.fixture
def kept(ledger: str) -> dict[str, int]:
    """Two recognitions, of two cities, and a time to apply in."""
    services.add_record("person", {"name": "示例甲", "unit": "科技局"}, "li")
    person = services.add_record("person", {"name": "示例乙"}, "li").row
    add = services.add_record
    own = {"title": "高新技术企业", "holder": "示例光伏有限公司", "level": "national", "issued_on": date(2023, 10, 16)}
    return {
        "here": add("certificate", own | {"owner_id": person, "region_code": "140723", "chain": "光伏"}, "li").row,
        "there": add(
            "certificate",
            {"title": "绿色工厂", "holder": "示例钢铁有限公司", "issued_on": date(2024, 1, 5), "region_code": "140100"},
            "li",
        ).row,
        "window": add(
            "window", {"title": "技改补助", "closes_on": date(2026, 9, 30), "region_code": "140700"}, "li"
        ).row,
    }


def out(kind: str) -> Any:
    """The table as it goes out."""
    listed = list_of(kind)
    return load_workbook(BytesIO(exchange_xlsx(listed, listed.everything())))


def at(sheet: Any, header: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == header)


@pytest.mark.parametrize("kind", ["certificate", "window"])
def test_out_and_back_is_no_change(kept: dict[str, int], tmp_path: Path, kind: str) -> None:
    batch = bring_back(out(kind), tmp_path, kind=kind)
    assert batch.state == Import.State.CHECKED and batch.n_unchanged == batch.n_rows > 0 and not batch.rows.exists()


def test_an_owner_who_stays_is_not_asked_for_again(kept: dict[str, int], tmp_path: Path) -> None:
    services.add_record("person", {"name": "示例乙", "unit": "工信局"}, "li")  # of two of that name one is the owner
    book = out("certificate")
    sheet = book.worksheets[0]
    sheet.cell(2, at(sheet, "级别")).value = "省级"
    batch = bring_back(book, tmp_path, kind="certificate")
    assert importing.counts(batch) == {"error": 0, "clash": 0, "changed": 1, "added": 0, "removed": 0}
    importing.write(batch.pk, "李明")
    row = Certificate.objects.select_related("owner").get(pk=kept["here"])
    assert row.level == "provincial" and row.owner.unit == ""
    sheet.cell(3, at(sheet, "责任人")).value = "示例乙"
    (wrong,) = bring_back(book, tmp_path, kind="certificate").rows.filter(action="error")
    assert "有几位“示例乙”" in str(wrong.problems)


def test_rows_are_changed_added_and_removed_and_all_of_it_taken_back(kept: dict[str, int], tmp_path: Path) -> None:
    book = out("certificate")
    sheet = book.worksheets[0]
    until, owner, level = (at(sheet, header) for header in ("有效期至", "责任人", "级别"))
    sheet.cell(2, until).value, sheet.cell(2, owner).value = "2026年10月16日", "示例甲"
    sheet.cell(3, level).value = "省级"
    sheet.append([None, None, "专精特新中小企业", "示例储氢有限公司", None, None, None, "2025-03-01"])
    batch = bring_back(book, tmp_path, kind="certificate")
    assert importing.counts(batch) == {"error": 0, "clash": 0, "changed": 2, "added": 1, "removed": 0}
    changes = importing.write(batch.pk, "李明").changes
    assert changes is not None
    row = Certificate.objects.select_related("owner").get(pk=kept["here"])
    assert (row.valid_until, row.version, row.chain) == (date(2026, 10, 16), 2, "光伏") and row.owner.name == "示例甲"
    assert Certificate.objects.get(pk=kept["there"]).level == "provincial"
    assert WorkChange.objects.filter(kind="certificate", by="李明").count() == 3
    services.undo_changes(changes.pk, "王芳")
    row.refresh_from_db()
    assert row.valid_until is None and Certificate.objects.filter(removed_at=None).count() == 2
    book = out("certificate")
    book.worksheets[0].delete_rows(3)
    changes = importing.write(bring_back(book, tmp_path, kind="certificate").pk, "李明", remove=True).changes
    assert changes is not None and Certificate.objects.get(removed_at=None).pk == kept["here"]
    services.undo_changes(changes.pk, "王芳")
    assert Certificate.objects.filter(removed_at=None).count() == 2


def test_what_was_changed_again_is_named_when_a_set_is_taken_back(kept: dict[str, int], tmp_path: Path) -> None:
    batch = bring_back("称号或证书,持有者,证书编号\n绿色工厂,示例钢铁有限公司,甲1\n", tmp_path, "改.csv", "certificate")
    changes = importing.write(batch.pk, "李明").changes
    services.change_record("certificate", kept["there"], 2, {"number": "甲2"}, "li")
    assert changes is not None
    with pytest.raises(ValueError, match=r"绿色工厂.*后来又改过"):
        services.undo_changes(changes.pk, "李明")
    assert Certificate.objects.get(pk=kept["there"]).number == "甲2"


def test_every_error_names_its_cell(kept: dict[str, int], tmp_path: Path) -> None:
    table = (
        "政策或申报事项,申报截止,责任人,地区\n甲补助,2026-13-01,,\n乙补助,2026-09,,\n丙补助,2026-09-30,没有这个人,\n"
        "丁补助,,,\n戊补助,2026-09-30,,火星市\n己补助,2026-10-01,,晋中市\n"
    )
    batch = bring_back(table, tmp_path, "窗口.csv", "window")
    wrong = {row.name: row.problems[0]["column"] for row in batch.rows.filter(action="error")}
    assert set(wrong) == {"甲补助", "乙补助", "丙补助", "丁补助", "戊补助"}
    assert all("申报截止" in wrong[name] for name in ("甲补助", "乙补助")) and "责任人" in wrong["丙补助"]
    importing.write(batch.pk, "李明", good_only=True)
    assert set(PolicyWindow.objects.values_list("title", flat=True)) == {"技改补助", "己补助"}


def test_a_person_writes_no_row_outside_his_right(kept: dict[str, int], tmp_path: Path) -> None:
    account("li", "chain_office", region="140700")
    table = (
        "称号或证书,持有者,证书编号,地区,认定日期\n高新技术企业,示例光伏有限公司,甲1,,\n绿色工厂,示例钢铁有限公司,甲2,,\n"
        "新称号,示例一有限公司,,太原市,2025-01-02\n新称号,示例二有限公司,,,2025-01-02\n新称号,示例三有限公司,,榆次区,2025-01-02\n高新技术企业,示例四有限公司,,晋中市,2025-01-02\n"
    )
    path = tmp_path / "证书.csv"
    path.write_text(table, encoding="utf-8")
    batch = importing.compare(importing.start_import("certificate", path, path.name, "li").pk)
    refused = {row.name: row for row in batch.rows.filter(action="error")}
    assert importing.counts(batch)["error"] == 3 and set(refused) == {"绿色工厂", "新称号"}
    assert refused["绿色工厂"].before == {} and refused["绿色工厂"].record is None
    importing.write(batch.pk, "li", good_only=True)
    assert Certificate.objects.get(pk=kept["there"]).number == ""
    assert set(Certificate.objects.filter(version=1).exclude(pk__in=kept.values()).values_list("holder", flat=True)) == {
        "示例三有限公司", "示例四有限公司",
    }  # fmt: skip


def test_a_forged_key_tells_nothing_of_the_record_it_names(kept: dict[str, int], tmp_path: Path) -> None:
    """Neither its title, nor its level in what is wrong with the row."""
    account("li", "chain_office", region="140700", level=0)
    secret = services.add_record(
        "certificate",
        {
            "title": "涉密称号",
            "holder": "示例某厂",
            "region_code": "140700",
            "issued_on": date(2025, 1, 2),
            "secrecy": 2,
        },
        "chief",
    ).row
    book = out("certificate")
    sheet = book.worksheets[0]
    key = next(
        row for row in range(2, sheet.max_row + 1) if sheet.cell(row, at(sheet, "称号或证书")).value == "涉密称号"
    )
    forged = sheet.cell(key, 1).value
    sheet.delete_rows(key)
    for change in ({"级别": "省级"}, {"称号或证书": None, "级别": "省级"}, {"密级": "公开"}, {"认定日期": "没有这天"}):
        sheet.cell(2, 1).value = forged
        for header, value in change.items():
            sheet.cell(2, at(sheet, header)).value = value
        path = tmp_path / f"{len(change)}.xlsx"
        book.save(path)
        batch = importing.compare(importing.start_import("certificate", path, path.name, "li").pk)
        (row,) = batch.rows.filter(number=2)
        said = f"{row.name} {row.told} {row.before} {row.after} {row.problems}"
        assert row.action == "error" and "涉密称号" not in said and "示例某厂" not in said and "高于" not in said
        assert "不在您可以登记的" in said and row.cells
    assert Certificate.objects.get(pk=secret).level == ""


def test_the_pages_offer_it_and_an_export_holds_what_may_be_seen(kept: dict[str, int], client: Client) -> None:
    client.force_login(account("jinzhong", "chain_office", region="140700"))
    page = client.get("/certificates").content.decode()
    assert "/exchange/certificate.xlsx" in page and "?kind=certificate" in page
    told = client.get("/exchange/certificate.csv")
    text = b"".join(told.streaming_content).decode()  # type: ignore[attr-defined]
    assert "示例光伏有限公司" in text and "示例钢铁有限公司" not in text
    assert "技改补助" in b"".join(client.get("/exchange/window.csv?q=技改").streaming_content).decode()  # type: ignore[attr-defined]
    assert 'value="certificate" selected' in client.get("/exchange/?kind=certificate").content.decode()
