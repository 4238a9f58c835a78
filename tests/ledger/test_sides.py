"""The sources of one fact against each other: who agrees, and how each other value differs."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from benchmarks.facts import measure
from tests.ledger.making import document, figure, findings, says
from tests.ledger.test_copies import ARTICLE, add, article

from liantu.ledger import services
from liantu.ledger.grouping.sides import Side, apart, sides_of
from liantu.ledger.models import Fact, FigureView
from liantu.ledger.refresh.facts import Voices

DATA = Path(os.environ.get("LIANTU_DATA", Path(__file__).parents[3] / "shared" / "data"))


def sides(fact: Fact | None = None) -> list[Side]:
    """The sides of a fact, or of the only one."""
    rows = FigureView.objects.filter(fact=fact or Fact.objects.get()).order_by("-recency", "statement")
    return sides_of(list(rows), Voices().of)


def test_one_value_is_one_side_with_its_voices_and_reprints(ledger: str) -> None:
    add("日报", "转载", "繁体")
    (side,) = sides(Fact.objects.get(subject_name="晋中市", value=58))
    (voice,) = side.voices
    assert voice.row.source is not None and voice.row.source.publisher == "晋中日报"
    assert (side.relation, side.n_reprints) == ("", 2)


def test_what_most_say_stands_first(ledger: str) -> None:
    services.add_findings(*says("58", 58, "座", "甲醇加注站", publisher="晋中日报"))
    services.add_findings(*says("58", 58, "座", "甲醇加注站", publisher="山西日报"))
    services.add_findings(*says("56", 56, "座", "甲醇加注站", publisher="某网", on=date(2024, 12, 1)))
    first, other = sides()
    assert (first.shown.value, len(first.voices)) == (58, 2)
    assert (other.shown.value, other.relation) == (56, "value_differs")
    assert other.change == pytest.approx(-2 / 58)


def test_a_revised_target_tells_the_old_and_the_new_with_their_dates(ledger: str) -> None:
    columns = {"subject": "山西省", "status": "target", "period": "2025"}
    services.add_findings(
        *says("8400亿", 8.4e11, "元", "产业链营业收入", on=date(2022, 9, 1), publisher="山西日报", **columns)
    )
    services.add_findings(
        *says("8000亿", 8.0e11, "元", "产业链营业收入", on=date(2025, 3, 27), publisher="山西经济日报", **columns)
    )
    new, old = sides()
    assert (new.shown.published, old.shown.published) == (date(2025, 3, 27), date(2022, 9, 1))
    assert (old.relation, old.revised) == ("target_revised", True)


def test_another_scope_names_the_words_that_differ(ledger: str) -> None:
    columns = {"subject": "山西省", "status": "target", "period": "2025"}
    services.add_findings(
        *says("8400亿", 8.4e11, "元", "10条省级重点产业链营收", on=date(2022, 9, 1), publisher="山西日报", **columns)
    )
    services.add_findings(
        *says("8000亿", 8.0e11, "元", "16条省级重点产业链营收", on=date(2025, 3, 27), publisher="省工信厅", **columns)
    )
    _new, old = sides()
    assert (old.relation, old.own_words, old.first_words, old.revised) == ("scope_differs", "10条", "16条", True)


def test_within_one_document_two_scopes_are_told_apart(ledger: str) -> None:
    text = "建设10个市级专业镇，年内培育认定5个以上市级专业镇。"
    made = document(text, publisher="太原日报")
    columns = {"subject": "太原市", "status": "target"}
    said = [
        figure(text, "10", 10, "个", "市级专业镇", **columns),
        figure(text, "5", 5, "个", "培育认定市级专业镇", bound=">=", **columns),
    ]
    services.add_findings(made, findings(made, said))
    _first, other = sides()
    assert other.relation == "scope_differs"
    assert "培育认定" in {other.own_words, other.first_words}


def test_a_reprint_with_another_number_is_set_against_its_original(ledger: str) -> None:
    add("日报")
    services.add_findings(*article(ARTICLE.replace("5623", "5632"), "误印", "转转网", date(2024, 10, 7)))
    first, other = sides(Fact.objects.get(state="conflict"))
    assert (first.shown.value, other.shown.value, other.relation) == (5623, 5632, "copy_differs")


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ("10条产业链营收", "16条产业链营收", ("10条", "16条")),
        ("市级专业镇", "培育认定市级专业镇", ("", "培育认定")),
        ("规上工业企业", "工业企业", ("规上", "")),
        ("企业", "企业", ("", "")),
    ],
)
def test_the_words_that_only_one_has(left: str, right: str, words: tuple[str, str]) -> None:
    assert apart(left, right) == words


def test_facts_noted_from_real_pages(db: None) -> None:
    """Every value that two real pages give for one thing is one fact, and the only conflict is the one that was noted."""
    path = DATA / "facts" / "facts.csv"
    if not path.is_file():
        pytest.skip(f"no real data at {DATA}; set LIANTU_DATA")
    found = measure(path)
    assert found["equal_found"] == found["equal_pairs"] >= 60
    (conflict,) = found["conflicts"]
    assert conflict[0] == "scope_differs"
    assert any("10条" in row for row in conflict[1:]) and any("16条" in row for row in conflict[1:])
