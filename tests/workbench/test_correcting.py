"""Correcting in place, marking what was missed, reading again, and gold, as a clerk does them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation
from tests.workbench.conftest import DAILY, PROJECT

from liantu.ledger import services
from liantu.ledger.models import (
    ChainView,
    EnterpriseView,
    FigureView,
    ProjectView,
    Review,
    Source,
    SourceText,
    Statement,
)
from liantu.workbench.correcting import amount, in_language

Page = Callable[..., str]
HTMX = {"HX-Request": "true"}


def correct(clerk: Client, pk: str, **fields: str) -> str:
    response = clerk.post(f"/statements/{pk}/review", {"verdict": "corrected", **fields}, headers=HTMX)
    return response.content.decode()


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("5623", "辆", 5623),
        ("1,058", "座", 1058),
        ("12.5亿", "元", 1.25e9),
        ("2.3万", "亩", 23000),
        ("", "元", None),
        ("-2.8", "百分点", -2.8),
    ],
)
def test_amounts_are_taken_as_people_write_them(text: str, unit: str, value: float | None) -> None:
    assert amount(text, unit) == value


@pytest.mark.parametrize("text", ["许多", "5623辆和58座", "亿"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="数值"):
        amount(text, "元")


def test_messages_come_in_the_language_of_the_page() -> None:
    error = ValueError("不行 / no")
    assert in_language(error) == "不行"
    with translation.override("en"):
        assert in_language(error) == "no"


def test_a_correction_applies_at_once_and_history_says_what_changed(filled: dict[str, Source], clerk: Client) -> None:
    row = FigureView.objects.get(number="58")
    html = correct(clerk, row.pk, value="1.2万", subject_name="寿阳县", reason="看错一位")
    assert "<del>58座</del> → <ins>12,000座</ins>" in html
    assert FigureView.objects.get(number="58").region_code == "140725"
    history = clerk.get("/review/history").content.decode()
    for told in ("看错一位", "<del>晋中市</del>", "<ins>寿阳县</ins>", "clerk"):
        assert told in history
    again = FigureView.objects.get(number="58")
    page = clerk.get(f"/statements/{again.pk}").content.decode()
    assert "<ins>12,000座</ins>" in page and f"/statements/{row.pk}" in page
    clerk.post(f"/review/history/review/{Review.objects.get().pk}/undo")
    assert FigureView.objects.get(number="58").value == 58


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"value": ""}, "一个数"),
        ({"period": "去年"}, "时期"),
        ({"status": "done"}, "状态"),
        ({"property": " "}, "不能为空"),
        ({}, "没有改动"),
    ],
)
def test_an_impossible_correction_comes_back_with_its_form(
    filled: dict[str, Source], clerk: Client, fields: dict[str, str], problem: str
) -> None:
    html = correct(clerk, FigureView.objects.get(number="58").pk, **fields)
    assert problem in html and 'name="subject_name"' in html
    assert not Review.objects.exists()


def test_a_project_is_corrected_in_every_column(filled: dict[str, Source], clerk: Client) -> None:
    told = Statement.objects.get(kind="project")
    form = clerk.get(f"/statements/{told.pk}/correct").content.decode()
    assert "建设单位" in form and "56,000,000,000" in form and "<html" in form
    assert "<html" not in clerk.get(f"/statements/{told.pk}/correct", headers=HTMX).content.decode()
    correct(
        clerk,
        told.pk,
        text_value="building",
        value="600亿",
        object_name="隆基绿能",
        place="太原市小店区",
        chain="新能源",
    )
    view = ProjectView.objects.get()
    assert (view.stage, view.investment, view.owner, view.place) == ("building", 6e10, "隆基绿能", "太原市小店区")
    assert view.chain_name == "新能源" and view.city_code == "140100"


def test_enterprises_chains_and_relations_are_corrected(filled: dict[str, Source], clerk: Client) -> None:
    correct(clerk, Statement.objects.get(kind="enterprise").pk, text_value="supporting")
    assert EnterpriseView.objects.get().role == "supporting"
    correct(clerk, Statement.objects.get(kind="chain").pk, object_name="寿阳县", text_value="planned")
    chain = ChainView.objects.get(role="planned")
    assert chain.holder_name == "寿阳县"
    correct(clerk, Statement.objects.get(kind="relation").pk, property="partners_with")
    assert Statement.objects.get(payload__has_key="corrects", kind="relation").property == "partners_with"


def test_the_queue_puts_conflicts_first_and_says_why(filled: dict[str, Source], clerk: Client) -> None:
    items = clerk.get("/review").context["items"]
    assert [item.kind for item in items[:2]] == ["conflict", "figure"]
    html = clerk.get("/review").content.decode()
    assert "各来源说法不一" in html and "多个来源说到" in html
    assert [item.kind for item in clerk.get("/review", {"kind": "date"}).context["items"]] == ["date", "date"]


def test_among_doubtful_figures_the_large_ones_come_first(db: None, clerk: Client) -> None:
    from tests.ledger.making import says

    for number, value, unit, name in (
        ("20", 20, "个", "服务点"),
        ("200亿", 2e10, "元", "总产值"),
        ("30", 30, "户", "企业"),
    ):
        services.add_findings(*says(number, value, unit, name, confidence=0.5))
    items = clerk.get("/review", {"kind": "figure"}).context["items"]
    assert items[0].row.number == "200亿" and "money" in items[0].reasons


def test_choosing_the_right_side_settles_a_conflict(filled: dict[str, Source], clerk: Client) -> None:
    [item] = clerk.get("/review", {"kind": "conflict"}).context["items"]
    right = next(row for row in item.sides if row.value == 58)
    answer = clerk.post(f"/review/conflicts/{item.row.pk}", {"right": right.pk}, headers=HTMX)
    assert "以 58座 为准" in answer.content.decode()
    assert clerk.get("/review", {"kind": "conflict"}).context["items"] == []
    assert set(FigureView.objects.filter(number="58").values_list("review", flat=True)) == {"accepted"}


def test_two_different_things_are_no_conflict(filled: dict[str, Source], clerk: Client) -> None:
    [item] = clerk.get("/review", {"kind": "conflict"}).context["items"]
    clerk.post(f"/review/conflicts/{item.row.pk}", {"verdict": "different"}, headers=HTMX)
    assert clerk.get("/review", {"kind": "conflict"}).context["items"] == []
    assert FigureView.objects.filter(unit="座", status="actual").count() == 2


def test_marked_text_opens_a_filled_form_and_is_added(filled: dict[str, Source], clerk: Client) -> None:
    source = filled["daily"]
    start = DAILY.index("58座")
    services.review_statement(FigureView.objects.get(number="58").pk, "rejected", "clerk")
    place = {"start": str(start), "end": str(start + 3), "kind": "figure", "side": "clean"}
    form = clerk.get(f"/documents/{source.pk}/mark", place, headers=HTMX | {"HX-Target": "panel-body"}).content.decode()
    assert 'name="value" value="58"' in form and "<html" not in form
    told = {"subject_name": "晋中市", "property": "甲醇加注站", "value": "58", "unit": "座", "bound": "=", "status": "actual",
            "figure_kind": "level", "period": "2024"}  # fmt: skip
    refused = clerk.post(f"/documents/{source.pk}/mark", place | told | {"value": "很多"}, headers=HTMX)
    assert "数值要填数字" in refused.content.decode()
    answer = clerk.post(f"/documents/{source.pk}/mark", place | told, headers=HTMX)
    row = FigureView.objects.get(number="58")
    assert answer.headers["HX-Redirect"] == f"/documents/{source.pk}?statement={row.pk}"
    assert (row.review, row.statement.by) == ("added", "clerk")
    assert "clerk 核定" in clerk.get(f"/statements/{row.pk}").content.decode()


@pytest.mark.parametrize(
    "place", [{}, {"start": "5", "end": "2", "kind": "figure"}, {"start": "0", "end": "9", "kind": "x"}]
)
def test_marking_nothing_says_so(filled: dict[str, Source], clerk: Client, place: dict[str, str]) -> None:
    response = clerk.get(f"/documents/{filled['daily'].pk}/mark", place, headers=HTMX)
    assert response.status_code == 200 and "选中一段文字" in response.content.decode()


def test_reading_again_keeps_the_correction_and_says_how_many(filled: dict[str, Source], clerk: Client) -> None:
    correct(clerk, FigureView.objects.get(number="58").pk, value="85")
    response = clerk.post(f"/documents/{filled['daily'].pk}/reread", follow=True)
    assert "重读" in "".join(str(message) for message in response.context["messages"])
    assert FigureView.objects.get(number="58").value == 85
    assert FigureView.objects.filter(source=filled["daily"], number="58").count() == 1


def test_gold_is_one_archive_of_texts_and_annotations(filled: dict[str, Source], clerk: Client) -> None:
    address = f"/documents/{filled['project'].pk}/gold"
    assert "没有可导出" in "".join(str(m) for m in clerk.get(address, follow=True).context["messages"])
    answer = clerk.get(address, {"all": "1"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["000.json", "000.txt"]
        assert archive.read("000.txt").decode() == PROJECT
        assert len(json.loads(archive.read("000.json"))["figures"]) == 2
    correct(clerk, FigureView.objects.get(number="58").pk, value="85")
    with zipfile.ZipFile(io.BytesIO(clerk.get("/review/gold").content)) as archive:
        assert [f["value"] for f in json.loads(archive.read("000.json"))["figures"]] == [85]


def test_rejected_findings_are_not_marked_or_told_any_longer(filled: dict[str, Source], page: Page) -> None:
    told = Statement.objects.get(kind="project")
    services.review_statement(told.pk, "rejected", "clerk")
    assert f"/statements/{told.pk}" not in page(f"/documents/{filled['project'].pk}")
    assert f"/statements/{told.pk}" not in page(f"/projects/{told.subject_id}")


def test_a_quote_shows_the_clean_sentence_and_keeps_the_original_a_click_away(db: None, clerk: Client) -> None:
    from liantu.extraction import extract
    from liantu.reading import read_document

    raw = "晉中市累計推廣(guǎng)甲醇(chún)汽車５６２３輛,,建成甲醇加注站58座。"
    made = read_document(raw.encode(), "晋中.txt")
    services.add_findings(made, extract(made))
    row = FigureView.objects.get(value=5623)
    html = clerk.get(f"/statements/{row.pk}").content.decode()
    clean, _, original = html.partition("文件里的写法")
    assert "推广甲醇汽车<mark>5623</mark>辆，建成" in clean
    assert "<mark>５６２３</mark>輛" in original


NEW_PAGES = 18
"""Queries that each of these may need at most."""
PROJECT_PAGE = 26
"""The same for a project: one more for each kind of record that officials keep of it, and for its alerts and steps."""


@pytest.mark.parametrize("name", ["correct", "mark", "document", "project", "statement"])
def test_the_pages_of_correcting_ask_a_fixed_number_of_questions(
    filled: dict[str, Source], clerk: Client, django_assert_max_num_queries: Callable[..., object], name: str
) -> None:
    row = FigureView.objects.get(number="58")
    correct(clerk, row.pk, value="85")
    again = FigureView.objects.get(number="58").pk
    start = DAILY.index("58")
    address = {
        "correct": f"/statements/{again}/correct",
        "mark": f"/documents/{filled['daily'].pk}/mark?start={start}&end={start + 2}&kind=figure",
        "document": f"/documents/{filled['daily'].pk}?statement={again}",
        "project": f"/projects/{ProjectView.objects.get().pk}",
        "statement": f"/statements/{again}",
    }[name]
    clerk.get(address)
    with django_assert_max_num_queries(PROJECT_PAGE if name == "project" else NEW_PAGES):
        assert clerk.get(address).status_code == 200


def test_a_document_without_kept_text_is_not_read_again_silently(filled: dict[str, Source], clerk: Client) -> None:
    SourceText.objects.filter(source=filled["daily"]).delete()
    response = clerk.post(f"/documents/{filled['daily'].pk}/reread", follow=True)
    assert "没能重读" in "".join(str(message) for message in response.context["messages"])
