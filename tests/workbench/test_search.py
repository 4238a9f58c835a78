"""The search page, its files and the operations of the same name: what is shown, to whom, and that nothing is run."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.ledger.making import says
from tests.ledger.people import account

from liantu.ledger import services
from liantu.ledger.models import Statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> None:
    """A figure of each of two cities."""
    services.add_findings(*says("58", 58, "亿元", "光伏产业链投资", publisher="晋中日报"))
    services.add_findings(*says("59", 59, "亿元", "光伏产业链投资", publisher="忻州日报", subject="忻州市"))


def test_the_words_are_marked_where_they_stand(clerk: Client, told: None) -> None:
    page = clerk.get("/search", {"q": "光伏產業鏈"}).content.decode()
    assert page.count("<mark>光伏产业链</mark>") >= 4  # two sentences, two documents
    statement = Statement.objects.get(value=58)
    assert f'href="/statements/{statement.pk}"' in page


def test_one_kind_page_by_page_and_one_region(clerk: Client, told: None) -> None:
    page = clerk.get("/search", {"q": "亿元", "kind": "sentence", "region": "140900"}).content.decode()
    assert "59" in page and "晋中市" not in page.split('id="results"')[1].split("</ul>")[0]
    assert clerk.get("/search", {"q": "亿元", "kind": "sentence", "page": "99999"}).status_code == 200


def test_an_empty_search_says_what_to_do(clerk: Client) -> None:
    assert "在上面写下要找的词" in clerk.get("/search").content.decode()
    assert "没有找到" in clerk.get("/search", {"q": "无此词"}).content.decode()


@pytest.mark.parametrize(
    "q", ["<script>alert(1)</script>", "' OR 1=1 --", "%", "\x00", "\ud800", '"', "a" * 5000, "光" * 300]
)
def test_odd_words_are_words(clerk: Client, told: None, q: str) -> None:
    for kind in ("", "sentence", "nonsense"):
        response = clerk.get("/search", {"q": q.encode("utf-8", "replace").decode(), "kind": kind, "region": "x"})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


def test_what_was_found_leaves_as_a_file(clerk: Client, told: None) -> None:
    book = load_workbook(io.BytesIO(clerk.get("/search.xlsx", {"q": "光伏"}).content))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    assert any(row[0] == "句子" and "58" in str(row[1]) for row in rows)
    lines = b"".join(clerk.get("/search.csv", {"q": "光伏"}).streaming_content).decode()
    assert lines.count("\n句子,") == 2 and lines.count("\n文件,") == 2


def test_programs_find_the_same(clerk: Client, told: None) -> None:
    found = clerk.get("/api/search", {"q": "光伏"}).json()
    assert [(group["kind"], group["total"]) for group in found["groups"]] == [("sentence", 2), ("document", 2)]
    assert found["groups"][0]["hits"][0]["page"].startswith("/statements/")
    assert clerk.get("/api/search", {"q": "光伏", "kind": "nonsense"}).status_code == 422
    assert clerk.get("/api/search").status_code == 422


def test_nobody_finds_what_he_may_not_see(told: None, client: Client) -> None:
    client.force_login(account("jinzhong", "reader", region="140700"))
    page = client.get("/search", {"q": "亿元"}).content.decode()
    assert "<mark>亿元</mark>" in page and "晋中市" in page and "忻州" not in page
    found = client.get("/api/search", {"q": "光伏"}).json()
    assert [group["total"] for group in found["groups"]] == [1, 1]
    client.force_login(account("taiyuan", "reader", region="140100"))
    assert client.get("/api/search", {"q": "光伏"}).json()["groups"] == []
    client.force_login(account("new"))
    assert client.get("/search", {"q": "亿元"}).status_code == 403


def test_every_page_has_the_search(clerk: Client) -> None:
    page = clerk.get("/projects").content.decode()
    assert 'action="/search"' in page and "data-search" in page
