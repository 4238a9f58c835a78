"""What a person marks in a text becomes a finding with its characters as evidence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.making import document, figure, findings, snapshot

from liantu.ledger import services
from liantu.ledger.models import EnterpriseView, FigureView, ProjectView, Review, Source, Statement
from liantu.reading import read_document

TRADITIONAL = "晉中市推廣(guǎng)甲醇汽車５６２３輛,,建成甲醇(chún)加注站近58座。總投資(zī)12.5億元的壽陽(yáng)光伏項目由晶科能源建設(shè)。"


@pytest.fixture
def source(ledger: str) -> Source:
    """A document in Traditional characters with glosses, of which the reader found nothing."""
    made = read_document(TRADITIONAL.encode(), "晋中.txt")
    return services.add_findings(made, findings(made, [])).source


def clean_place(source: Source, words: str) -> tuple[int, int]:
    clean = services.document_of(source).text.clean
    start = clean.index(words)
    return start, start + len(words)


def test_the_readers_own_scanner_fills_the_form(source: Source) -> None:
    place = services.marked(source, *clean_place(source, "建成甲醇加注站近58座"), "figure")
    assert (place.number, place.columns["value"], place.columns["unit"], place.columns["bound"]) == (
        "58",
        58,
        "座",
        "≈",
    )
    assert "加注站" in place.columns["property"]
    place = services.marked(source, *clean_place(source, "12.5"), "figure")
    assert (place.number, place.columns["value"], place.columns["unit"]) == ("12.5亿", 1.25e9, "元")


def test_a_figure_stands_with_the_person_as_its_origin_and_raw_offsets(source: Source) -> None:
    told = {"subject_name": "晋中市", "property": "推广甲醇汽车", "value": 5623, "unit": "辆"}
    review = services.add_missed(source.pk, *clean_place(source, "甲醇汽车5623辆"), "figure", told, "张三", "漏读")
    row = review.statement
    assert TRADITIONAL[row.number_start : row.number_end] == "５６２３"
    assert TRADITIONAL[row.evidence_start : row.evidence_end] == row.sentence
    assert row.clean_sentence[row.clean_at :].startswith("5623辆")
    assert [TRADITIONAL[a:b] for a, b in [row.payload["marked"]]] == ["甲醇汽車５６２３輛"]
    view = FigureView.objects.get()
    assert (view.review, view.city_code, view.statement.by) == ("added", "140700", "张三")
    services.undo_review(review.pk, "李四")
    assert not FigureView.objects.exists()


def test_the_same_place_marked_in_the_raw_text_is_the_same_place(source: Source) -> None:
    start = TRADITIONAL.index("５６２３")
    raw = services.marked(source, start, start + 4, "figure", clean=False)
    clean = services.marked(source, *clean_place(source, "5623"), "figure")
    assert (raw.number_start, raw.number_end) == (clean.number_start, clean.number_end) == (start, start + 4)


def test_a_project_and_an_enterprise_enter_their_views(source: Source) -> None:
    told = {"value": 1.25e9, "text_value": "building", "object_name": "晶科能源", "place": "寿阳县"}
    services.add_missed(source.pk, *clean_place(source, "寿阳光伏项目"), "project", told, "张三")
    services.add_missed(source.pk, *clean_place(source, "晶科能源"), "enterprise", {"text_value": "leading"}, "张三")
    project, firm = ProjectView.objects.get(), EnterpriseView.objects.get()
    assert (project.name, project.investment, project.stage) == ("寿阳光伏项目", 1.25e9, "building")
    assert project.owner_entity_id == firm.pk and firm.role == "leading"
    before = snapshot()
    services.rebuild_views()
    assert snapshot() == before


@pytest.mark.parametrize(
    ("words", "kind", "columns"),
    [
        ("58", "figure", {"subject_name": "晋中市", "property": "加注站", "unit": "座"}),
        ("58", "figure", {"subject_name": "晋中市", "property": "", "value": 58, "unit": "座"}),
        (
            "58",
            "figure",
            {"subject_name": "晋中市", "property": "加注站", "value": 58, "unit": "座", "period": "2024-13"},
        ),
        ("58", "figure", {"subject_name": "晋中市", "property": "加注站", "value": 58, "status": "done"}),
        ("58", "figure", {"subject_name": "晋中市", "property": "加注站", "value": float("nan"), "unit": "座"}),
        ("58", "relation", {}),
        ("晶科能源", "enterprise", {"id": "x"}),
    ],
)
def test_what_cannot_be_said_is_refused_in_both_languages(
    source: Source, words: str, kind: str, columns: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=" / "):
        services.add_missed(source.pk, *clean_place(source, words), kind, columns, "张三")
    assert not Statement.objects.exists() and not Review.objects.exists()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_stretch_gives_a_place_that_holds_its_number(source: Source, data: st.DataObject) -> None:
    length = len(services.document_of(source).text.clean)
    start = data.draw(st.integers(-2, length + 2))
    end = data.draw(st.integers(-2, length + 2))
    try:
        place = services.marked(source, start, end, "figure")
    except ValueError:
        return
    assert 0 <= place.number_start < place.number_end <= len(TRADITIONAL)
    assert place.text and place.text in place.sentence
    assert place.sentence in services.document_of(source).text.clean


def test_a_number_that_is_read_already_is_told(ledger: str) -> None:
    text = "晋中市建成甲醇加注站58座。"
    made = document(text)
    source = services.add_findings(made, findings(made, [figure(text, "58", 58, "座", "甲醇加注站")])).source
    place = services.marked(source, text.index("58"), text.index("58") + 2, "figure")
    assert [row.property for row in place.known] == ["甲醇加注站"]
    assert place.columns["subject_name"] == "晋中市" and place.columns["period"] == "2024"
