"""The register of coded phrases: what each counts, the members that documents name, and those that are missing."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from django.db import transaction
from tests.ledger.making import snapshot
from tests.ledger.test_copies import Undone, article

from liantu.ledger import services
from liantu.ledger.models import FigureView, PhraseView, Source, Statement

TWO = "晋中打好五张牌\n晋中市着力打好城市牌、汽车牌等“五张牌”，推动高质量发展，全市上下一心抓落实，项目建设热潮涌动。\n"
FIVE = "晋中谋新篇\n今年以来，晋中市围绕城市牌、汽车牌、大学牌、文旅牌、农高牌“五张牌”谋篇布局，各县区竞相发力，成效逐步显现。\n"
NAMED = "晋中市委全会召开\n会议强调，晋中市要继续打好“五张牌”，为全省转型综改作出更大贡献。\n"
TAIYUAN = "太原部署\n太原市提出打好“五张牌”，即创新牌、开放牌、绿色牌、人才牌、民生牌，建设宜居城市。\n"


def add(text: str, name: str, day: int, publisher: str = "晋中日报") -> Source:
    """A document, read."""
    return services.add_findings(*article(text, name, publisher, date(2024, 10, day))).source


def row(city: str = "140700") -> PhraseView:
    """The row of 五张牌 in a city."""
    return PhraseView.objects.get(name="五张牌", city_code=city)


def test_members_are_gathered_over_documents(ledger: str) -> None:
    add(NAMED, "全会", 1)
    assert (row().state, row().n_members, row().n_missing, row().counted) == ("not_published", 0, 5, "牌")
    assert row().missing == ["城市牌", "汽车牌", "大学牌", "文旅牌", "农高牌"]
    add(TWO, "两张", 2)
    assert (row().state, [name for name, _ in row().members], row().n_missing) == ("open", ["城市牌", "汽车牌"], 3)
    assert row().missing == ["大学牌", "文旅牌", "农高牌"]
    last = add(FIVE, "五张", 3, "山西日报")
    assert (row().state, row().n_members, row().missing, row().n_documents, row().n_sources) == (
        "complete",
        5,
        [],
        3,
        2,
    )
    said = Statement.objects.get(source=last, kind="phrase")
    assert [said.pk in ids for _, ids in row().members] == [True] * 5
    assert [len(ids) for _, ids in row().members] == [2, 2, 1, 1, 1]


def test_every_member_stands_at_its_place(ledger: str) -> None:
    source = add(FIVE, "五张", 3)
    raw = services.document_of(source).text.raw
    said = Statement.objects.get(kind="phrase")
    assert [raw[m["start"] : m["end"]] for m in said.payload["members"]] == [name for name, _ in row().members]
    assert raw[said.number_start : said.number_end] == "五张牌"


def test_one_slogan_of_two_cities_is_two(ledger: str) -> None:
    add(FIVE, "五张", 3)
    add(TAIYUAN, "太原", 4, "太原日报")
    assert row("140700").n_documents == row("140100").n_documents == 1
    assert next(name for name, _ in row("140100").members) == "创新牌"


def test_a_phrase_is_no_figure(ledger: str) -> None:
    add(FIVE, "五张", 3)
    assert not FigureView.objects.exists()


def test_a_reprint_is_not_another_document(ledger: str) -> None:
    add(FIVE, "五张", 3)
    add(FIVE, "转载", 4, "黄河新闻网")
    assert (row().n_documents, row().n_sources) == (1, 1)


def test_what_a_person_rejects_leaves_the_register(ledger: str) -> None:
    source = add(FIVE, "五张", 3)
    review = services.review_statement(Statement.objects.get(kind="phrase").pk, "rejected", "张三")
    assert not PhraseView.objects.exists()
    services.undo_review(review.pk, "张三")
    assert row().n_members == 5
    services.remove_source(source.pk, "张三")
    assert not PhraseView.objects.exists()


def test_the_order_of_documents_does_not_matter(ledger: str) -> None:
    rows = []
    for order in permutations([(TWO, "两张", 2), (FIVE, "五张", 3), (NAMED, "全会", 1)]):
        with pytest.raises(Undone), transaction.atomic():
            for text, name, day in order:
                add(text, name, day)
            before = snapshot()
            services.rebuild_views()
            assert snapshot() == before
            rows.append(PhraseView.objects.values().get())
            raise Undone
    assert rows == rows[:1] * 6
