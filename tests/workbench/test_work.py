"""What people do on the pages: date, review, judge, remove, upload, and take back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.ledger.making import says
from tests.registry.test_loading import code

from liantu.ledger import services
from liantu.ledger.models import Entity, FigureView, Judgement, Pair, Pairing, Review, Source, Statement

Page = Callable[..., str]


def told(response: object) -> str:
    return " ".join(str(message) for message in response.wsgi_request._messages)  # type: ignore[attr-defined]


def test_a_missing_date_is_asked_for_and_kept_with_who_gave_it(filled: dict[str, Source], clerk: Client) -> None:
    source = filled["project"]
    assert f'action="/documents/{source.pk}/date"' in clerk.get("/review").content.decode()
    clerk.post(f"/documents/{source.pk}/date", {"published": "2024-08-19"})
    source.refresh_from_db()
    assert (source.published, source.published_by) == (date(2024, 8, 19), "clerk")
    assert f'action="/documents/{source.pk}/date"' not in clerk.get("/review").content.decode()


@pytest.mark.parametrize("given", ["", "昨天", "2024-13-01", "1900-01-01", "2999-01-01"])
def test_an_impossible_date_is_refused_with_a_sentence(filled: dict[str, Source], clerk: Client, given: str) -> None:
    response = clerk.post(f"/documents/{filled['project'].pk}/date", {"published": given}, follow=True)
    assert "日期" in "".join(str(m) for m in response.context["messages"])
    assert Source.objects.get(pk=filled["project"].pk).published is None


def test_accepting_takes_a_figure_out_of_the_queue(filled: dict[str, Source], clerk: Client) -> None:
    row = FigureView.objects.get(number="58")
    assert row.pk in clerk.get("/review").content.decode()
    clerk.post(f"/statements/{row.pk}/review", {"verdict": "accepted"})
    assert f"row-{row.pk}" not in clerk.get("/review").content.decode()
    assert Review.objects.get().by == "clerk"


def test_rejecting_ends_the_conflict_and_taking_back_restores_it(filled: dict[str, Source], clerk: Client) -> None:
    row = FigureView.objects.get(number="56", unit="座")
    clerk.post(f"/statements/{row.pk}/review", {"verdict": "rejected", "reason": "口径不同"})
    assert not FigureView.objects.filter(pk=row.pk).exists()
    assert "没有发现说法不一" in clerk.get("/conflicts").content.decode()
    assert "口径不同" in clerk.get("/review/history").content.decode()
    clerk.post(f"/review/history/review/{Review.objects.get().pk}/undo")
    assert "<mark>56</mark>" in clerk.get("/conflicts").content.decode()


def test_a_correction_is_a_new_statement_by_a_person(filled: dict[str, Source], clerk: Client) -> None:
    row = FigureView.objects.get(number="58")
    clerk.post(f"/statements/{row.pk}/review", {"verdict": "corrected", "value": "1,058", "unit": "座"})
    corrected = Statement.objects.get(payload__corrects=row.pk)
    assert (corrected.value, corrected.by) == (1058, "clerk")
    assert FigureView.objects.get(pk=corrected.pk).value == 1058
    assert Statement.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("fields", [{"value": "许多"}, {"value": "58", "unit": "座"}])
def test_a_correction_that_corrects_nothing_is_refused(
    filled: dict[str, Source], clerk: Client, fields: dict[str, str]
) -> None:
    row = FigureView.objects.get(number="58")
    clerk.post(f"/statements/{row.pk}/review", {"verdict": "corrected", **fields})
    assert not Review.objects.exists()


def test_two_names_are_joined_parted_and_joined_again(filled: dict[str, Source], clerk: Client) -> None:
    firm = Entity.objects.get(name="晶科能源", kind="enterprise")
    other = Entity.objects.create(kind="enterprise", name="晶科", folded="晶科")
    other.canonical = other
    other.save()
    found = services.judge(firm.pk, other.pk, "unsure", by="").judgement
    Judgement.objects.filter(pk=found.pk).update(origin="auto", score=0.7)
    assert f"pair-{found.pk}" in clerk.get("/review").content.decode()
    answer = clerk.post(f"/review/pairs/{found.pk}", {"verdict": "same"}, headers={"HX-Request": "true"})
    assert "晶科能源" in answer.content.decode()
    other.refresh_from_db()
    firm.refresh_from_db()
    assert other.canonical_id == firm.canonical_id
    mine = Judgement.objects.get(origin="user", verdict="same")
    clerk.post(f"/review/history/judgement/{mine.pk}/undo")
    other.refresh_from_db()
    firm.refresh_from_db()
    assert other.canonical_id != firm.canonical_id


def test_two_enterprises_of_different_codes_are_not_joined_and_the_page_says_why(
    filled: dict[str, Source], clerk: Client
) -> None:
    firm = Entity.objects.get(name="晶科能源", kind="enterprise")
    other = Entity.objects.create(kind="enterprise", name="晶科", folded="晶科", context={"uscc": code(2)})
    Entity.objects.filter(pk=other.pk).update(canonical=other.pk)
    Entity.objects.filter(pk=firm.pk).update(context={"uscc": code(1)})
    found = services.judge(firm.pk, other.pk, "unsure", by="").judgement
    address = f"/review/pairs/{found.pk}"
    answer = clerk.post(address, {"verdict": "same"}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/review"
    assert f"不能合并：晶科能源（{code(1)}）、晶科（{code(2)}）" in clerk.get("/review").content.decode()
    assert not Judgement.objects.filter(verdict="same").exists()
    clerk.post(address, {"verdict": "different"})
    assert Judgement.objects.get(verdict="different", origin="user")


def test_two_figures_of_other_subjects_are_judged_one_fact(db: None, clerk: Client) -> None:
    services.add_findings(*says("225", 225, "户", "链上企业", subject="太原市", publisher="太原日报"))
    services.add_findings(*says("225", 225, "户", "链上企业", subject="山西省", publisher="山西日报"))
    pair = Pair.objects.get()
    clerk.post(f"/review/facts/{pair.pk}", {"verdict": "same"})
    assert Pairing.objects.get().by == "clerk"
    assert not Pair.objects.exists()


def test_removing_first_says_what_would_be_lost_and_changes_nothing(filled: dict[str, Source], clerk: Client) -> None:
    source, before = filled["project"], FigureView.objects.count()
    html = clerk.get(f"/documents/{source.pk}/remove").content.decode()
    assert "垂直一体化大基地" in html and "晶科能源" in html
    assert FigureView.objects.count() == before
    clerk.post(f"/documents/{source.pk}/remove")
    source.refresh_from_db()
    assert source.state == "removed"
    assert FigureView.objects.count() == before - 2
    assert "现已" not in clerk.get("/projects").content.decode()


def test_good_and_bad_files_dropped_together_each_get_their_answer(db: None, clerk: Client) -> None:
    text = "晋中日报 2024年10月5日\n截至目前，晋中市累计推广甲醇汽车5623辆，建成甲醇加注站58座。"
    files = [
        SimpleUploadedFile("晋中.txt", text.encode()),
        SimpleUploadedFile("空.txt", b""),
        SimpleUploadedFile("坏.docx", b"PK\x03\x04 cut short"),
    ]
    response = clerk.post("/documents/upload", {"files": files}, headers={"HX-Request": "true"})
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count('class="tag failed"') == 2 and html.count('class="tag added"') == 1
    assert "空.txt" in html and "坏.docx" in html
    assert Source.objects.filter(state="ready").count() == 1
    assert "5,623" in clerk.get("/figures").content.decode()


def test_the_same_file_twice_adds_nothing(db: None, clerk: Client) -> None:
    for _turn in range(2):
        file = SimpleUploadedFile("甲.txt", "2024年，晋中市粮食播种面积399.6万亩。".encode())
        clerk.post("/documents/upload", {"files": [file]})
    assert Source.objects.count() == 1
    assert "文件" in clerk.post("/documents/upload", {}, headers={"HX-Request": "true"}).content.decode()


def test_a_file_over_the_limit_is_refused_by_name(db: None, clerk: Client, settings: object) -> None:
    settings.UPLOAD_LIMIT_BYTES = 10  # type: ignore[attr-defined]
    file = SimpleUploadedFile("大.txt", b"x" * 11)
    response = clerk.post("/documents/upload", {"files": [file]}, headers={"HX-Request": "true"})
    assert response.status_code == 400
    assert "大.txt" in response.content.decode()
