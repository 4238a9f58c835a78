"""The pages say the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth import get_user_model
from django.test import Client
from tests.workbench.conftest import add_bulletin, add_daily, add_outline, add_project

ADDRESSES = (
    "/", "/?region=140700", "/documents?sort=-published", "/figures?region=140000&year=2024&sort=-value", "/figures?q=甲醇",
    "/figures?state=conflict&sort=subject", "/targets", "/projects?least=1&sort=-investment", "/enterprises?chain=光伏",
    "/chains", "/chains/甲醇经济", "/zones", "/conflicts", "/review", "/review/history", "/figures.csv", "/projects.xlsx",
)  # fmt: skip


def test_every_page_answers_on_each_engine(ledger: str, client: Client, tmp_path: Path) -> None:
    for add in (add_daily, add_bulletin, add_project):
        add()
    add_outline(tmp_path)
    client.force_login(get_user_model().objects.create_superuser("clerk"))
    failed = {
        address: response.status_code for address in ADDRESSES if (response := client.get(address)).status_code != 200
    }
    assert failed == {}
    rows = client.get("/figures", {"sort": "-value", "q": "甲醇"}).context["listing"].rows
    assert [row.number for row in rows] == ["5623", "5623", "70", "58", "56"]
    regions = [choice.label for choice in client.get("/figures").context["regions"]]
    assert {"山西省", "晋中市"} <= set(regions)
    assert client.get("/figures").context["years"][0] == 2024
