"""Pages of what lies across documents: copies, checks, the sides of a fact, coded phrases."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.test import Client
from tests.ledger.test_checking import GDP
from tests.ledger.test_copies import ARTICLE, add, article
from tests.ledger.test_phrases import FIVE, NAMED, TWO

from liantu.ledger import services
from liantu.ledger.models import Check, CheckWord, Copy, CopyWord, Fact, FigureView, PhraseView, Source

Page = Callable[..., str]


def words(html: str) -> str:
    """What a reader of the page sees, blanks pressed together."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def copies(db: None) -> dict[str, Source]:
    """An article, a reprint, an excerpt and a compilation of two."""
    return add("日报", "转载", "节选", "忻州", "合编")


@pytest.fixture
def communique(db: None) -> Source:
    """A communiqué whose parts do not add up, and its reprint."""
    services.add_findings(*article("盂县要闻\n" + GDP, "转公报", "黄河新闻网", date(2023, 3, 9)))
    return services.add_findings(*article(GDP, "公报", "盂县统计局", date(2023, 3, 5))).source


@pytest.fixture
def phrases(db: None) -> None:
    """Two documents with members of 五张牌, one that only names it."""
    for at, text in enumerate((TWO, FIVE, NAMED), start=1):
        services.add_findings(*article(text, f"{at}", "晋中日报", date(2024, 10, at)))


def table(client: Client, address: str, **params: str) -> list[dict[str, str]]:
    """Rows of a CSV export."""
    text = b"".join(client.get(address, params).streaming_content).decode()  # type: ignore[attr-defined]
    return list(csv.DictReader(StringIO(text[1:], newline="")))


def test_a_copy_names_its_originals_and_they_name_it(copies: dict[str, Source], page: Page) -> None:
    compiled = page(f"/documents/{copies['合编'].pk}")
    for name in ("日报", "忻州"):
        assert f'href="/documents/{copies[name].pk}"' in compiled
        assert f'href="/documents/{copies["合编"].pk}"' in page(f"/documents/{copies[name].pk}")
    assert "节选或合编" in words(compiled) and "全文转载" in words(page("/documents"))


def test_no_copy_says_a_person_and_takes_it_back(copies: dict[str, Source], clerk: Client, page: Page) -> None:
    pk = copies["转载"].pk
    clerk.post(f"/documents/{pk}/own", {"reason": "两家共同采写"})
    assert not Copy.objects.filter(source=pk).exists()
    assert "两家共同采写" in page(f"/documents/{pk}")
    assert "两家共同采写" in page("/review/history")
    clerk.post(f"/review/history/own/{CopyWord.objects.get().pk}/undo")
    assert Copy.objects.filter(source=pk).exists()


def test_reprinted_figures_are_listed_and_counted_once(copies: dict[str, Source], clerk: Client, page: Page) -> None:
    listed = table(clerk, "/figures.csv", q="加注站")
    assert [row["发布者"] for row in listed if row["数值"] == "58.0"] == ["晋中日报"]
    everything = table(clerk, "/figures.csv", q="加注站", copies="1")
    assert len([row for row in everything if row["数值"] == "58.0"]) == 4
    own = table(clerk, "/figures.csv", source=str(copies["转载"].pk))
    assert len(own) == FigureView.objects.filter(source=copies["转载"]).count() > 0
    shown = re.search(r"共 (\d+) 条", words(page("/figures")))
    assert shown is not None and int(shown[1]) == FigureView.objects.filter(repeats=False).count()


def test_a_fact_said_once_tells_how_often_it_was_reprinted(copies: dict[str, Source], page: Page) -> None:
    fact = Fact.objects.get(subject_name="晋中市", value=58)
    seen = words(page(f"/facts/{fact.pk}"))
    assert "一处说过，转载 3 次" in seen and "1 个独立来源，另有 3 次转载" in seen
    row = FigureView.objects.get(fact=fact, source=copies["转载"])
    assert "抄自" in page(f"/statements/{row.pk}")


def test_a_misprint_stands_beside_its_original(copies: dict[str, Source], page: Page) -> None:
    services.add_findings(*article(ARTICLE.replace("5623", "5632"), "误印", "转转网", date(2024, 10, 7)))
    fact = Fact.objects.get(reason="copy_differs")
    seen = words(page(f"/facts/{fact.pk}"))
    assert "转载与原文不一" in seen and "5,632辆" in seen and "5,623辆" in seen
    assert "转载与原文不一" in words(page("/conflicts", reason="copy_differs"))


def test_what_does_not_add_up_is_marked_and_asked_about_once(communique: Source, page: Page) -> None:
    html = page(f"/documents/{communique.pk}")
    checked = re.findall(r'<mark class="m figure checked"[^>]*>([^<]+)</mark>', html)
    assert {"6.18亿", "11.32亿", "6.7亿", "18.6亿"} <= set(checked)
    assert "24.2亿元" in words(html)
    queue = page("/review", kind="check")
    assert queue.count("24.2亿元") == 1 and "盂县统计局" in queue and "转载也这样写" in queue
    check = Check.objects.get(source=communique, rule="parts_sum")
    panel = page(f"/checks/{check.pk}")
    assert re.findall(r"<mark>([^<]+)</mark>", panel) == ["18.6亿", "6.18亿", "11.32亿", "6.7亿"]


def test_what_was_dismissed_leaves_the_queue_until_taken_back(communique: Source, clerk: Client, page: Page) -> None:
    check = Check.objects.get(source=communique, rule="parts_sum")
    answer = clerk.post(f"/checks/{check.pk}/dismiss", {"reason": "口径不同"}, headers={"HX-Request": "true"})
    assert "不用再看" in answer.content.decode()
    assert "24.2亿元" not in page("/review", kind="check")
    seen = words(page(f"/documents/{communique.pk}"))
    assert "口径不同" in seen and "1 处已说明" in seen
    assert "口径不同" in page("/review/history")
    clerk.post(f"/review/history/check/{CheckWord.objects.get().pk}/undo")
    assert "24.2亿元" in page("/review", kind="check")


def test_the_register_lists_promised_found_and_missing(phrases: None, clerk: Client, page: Page) -> None:
    row = PhraseView.objects.get(name="五张牌")
    listed = words(page("/phrases", region="140700"))
    assert "城市牌、汽车牌、大学牌、文旅牌、农高牌" in listed and "成员齐全" in listed
    assert f"/phrases/{row.pk}" not in page("/phrases", state="open")
    html = page(f"/phrases/{row.pk}")
    for name in ("城市牌", "农高牌"):
        assert name in html
    assert "名称说有 5 个，见到 5 个" in words(html) and "3 份文件" in words(html)


def test_missing_members_are_named_where_the_register_knows_them(db: None, page: Page, clerk: Client) -> None:
    services.add_findings(*article(TWO, "两张", "晋中日报", date(2024, 10, 2)))
    row = PhraseView.objects.get(name="五张牌")
    seen = words(page(f"/phrases/{row.pk}"))
    assert "大学牌 文件里没见到" in seen
    (exported,) = table(clerk, "/phrases.csv")
    assert (exported["提法"], exported["应有"], exported["已见"], exported["缺"]) == ("“五张牌”", "5", "2", "3")
    assert exported["缺的成员"] == "大学牌、文旅牌、农高牌" and "“五张牌”" in exported["原句"]
    assert clerk.get("/phrases.xlsx").content[:2] == b"PK"
    assert clerk.get("/phrases.pdf").status_code == 404


def test_the_document_marks_its_phrases(phrases: None, page: Page) -> None:
    source = Source.objects.order_by("published")[1]
    assert re.search(r'<mark class="m phrase"[^>]*>五张牌</mark>', page(f"/documents/{source.pk}"))


@pytest.mark.parametrize("address", ["/phrases", "/review?kind=check", "/conflicts"])
def test_pages_need_no_more_questions_for_more_documents(db: None, clerk: Client, address: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        clerk.get(address)
        with CaptureQueriesContext(connection) as seen:
            clerk.get(address)
        return len(seen)

    def fill(at: int) -> None:
        text = GDP.replace("18.6", f"{40 + at}.6") + FIVE.replace("五张牌", f"{at + 3}大牌")
        services.add_findings(*article(text, f"公报{at}", f"报{at}", date(2023, 3, 5 + at)))

    fill(0)
    fill(1)
    few = queries()
    for at in range(2, 7):
        fill(at)
    assert queries() <= few + 2
