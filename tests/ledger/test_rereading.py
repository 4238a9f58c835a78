"""A file is read again by a newer reader: what people said of it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.making import document, figure, findings, snapshot

from liantu.extraction.model import Enterprise, Evidence, Figure, Project
from liantu.ledger import services
from liantu.ledger.carrying import words_of
from liantu.ledger.models import FigureView, ProjectView, Review, Source, Statement

TEXT = "晋中市推广甲醇汽车5623辆，建成甲醇加注站58座，2025年达到70座，总投资12.5亿元。"
MADE = document(TEXT, publisher="晋中日报", published=date(2024, 10, 5))
WHOLE = Evidence(TEXT, 0, len(TEXT))
FIRST = (
    figure(TEXT, "5623", 5623, "辆", "推广甲醇汽车"),
    figure(TEXT, "58", 58, "座", "甲醇加注站", confidence=0.5),
    figure(TEXT, "70", 70, "座", "甲醇加注站", status="target", period="2025"),
    figure(TEXT, "12.5", 1.25e9, "元", "总投资", status="plan", period=None),
)


def read(*rows: Figure, again: bool = False, **more: Any) -> services.AddResult:
    """The document, read with these figures."""
    return services.add_findings(MADE, findings(MADE, rows, **more), again=again)


def at(number: str) -> Statement:
    """The figure of the present reading at a number."""
    start = TEXT.index(number)
    return Statement.objects.get(number_start=start, retired=False, kept=False, by="")


def shown() -> dict[str, tuple[float, str]]:
    """Value and review of every figure in the views, by the number as written."""
    return {row.number: (row.value, row.review) for row in FigureView.objects.order_by("pk")}


def rebuilt_alike() -> None:
    before = snapshot()
    services.rebuild_views()
    assert snapshot() == before


def test_a_rejected_figure_does_not_come_back(ledger: str) -> None:
    read(*FIRST)
    services.review_statement(at("58").pk, "rejected", "张三", "口径不同")
    result = read(replace(FIRST[1], indicator="加注站", unit="个"), FIRST[0], again=True)
    assert result.carried.held == 1
    assert set(shown()) == {"5623"}
    rebuilt_alike()


def test_a_corrected_figure_stays_corrected_whatever_the_reader_finds(ledger: str) -> None:
    read(*FIRST)
    services.review_statement(at("70").pk, "corrected", "张三", corrections={"value": 72.0, "status": "plan"})
    for reading in (replace(FIRST[2], kind="change", value=7), replace(FIRST[2], subject="太原市")):
        read(FIRST[0], reading, again=True)
        assert shown()["70"] == (72.0, "corrected")
        assert FigureView.objects.count() == 2
        rebuilt_alike()


def test_what_the_reader_missed_is_not_doubled_when_it_is_found_later(ledger: str) -> None:
    source = read(FIRST[0]).source
    start = TEXT.index("58")
    review = services.add_missed(
        source.pk,
        start,
        start + 3,
        "figure",
        {"subject_name": "晋中市", "property": "甲醇加注站", "value": 58, "unit": "座", "period": "2024"},
        "张三",
    )
    assert shown()["58"] == (58, "added")
    assert (review.statement.by, review.statement.text_value) == ("张三", "58")
    result = read(*FIRST, again=True)
    assert (result.carried.held, result.carried.agreed) == (1, 1)
    assert FigureView.objects.filter(number="58").count() == 1
    assert shown()["58"] == (58, "added")
    rebuilt_alike()
    services.undo_review(review.pk, "李四")
    assert shown()["58"] == (58, "")
    rebuilt_alike()


def test_when_the_new_reader_agrees_with_the_correction_that_is_said(ledger: str) -> None:
    read(*FIRST)
    review = services.review_statement(at("12.5").pk, "corrected", "张三", corrections={"subject_name": "寿阳县"})
    assert not review.carried.exists()
    read(*FIRST[:3], replace(FIRST[3], subject="寿阳县", reasons=("新规则",)), again=True)
    carried = review.carried.get()
    assert carried.agrees and carried.by == "张三"
    assert FigureView.objects.get(number="12.5").subject_name == "寿阳县"


def test_an_accepted_figure_is_kept_when_no_reading_finds_it(ledger: str) -> None:
    read(*FIRST)
    review = services.review_statement(at("58").pk, "accepted", "张三")
    result = read(FIRST[0], again=True)
    assert result.carried.kept == 1
    assert shown()["58"] == (58, "accepted")
    rebuilt_alike()
    read(*FIRST, again=True)
    assert FigureView.objects.filter(number="58").count() == 1
    read(FIRST[0], again=True)
    services.undo_review(review.pk, "张三")
    assert "58" not in shown()
    rebuilt_alike()


def test_an_accepted_figure_outweighs_another_reading_until_taken_back(ledger: str) -> None:
    read(*FIRST)
    review = services.review_statement(at("58").pk, "accepted", "张三")
    read(FIRST[0], replace(FIRST[1], value=580), again=True)
    assert shown()["58"] == (58, "accepted")
    read(FIRST[0], replace(FIRST[1], value=580), again=True)
    assert shown()["58"] == (58, "accepted")
    services.undo_review(review.pk, "张三")
    assert shown()["58"] == (580, "")
    rebuilt_alike()


def test_taking_back_what_was_carried_takes_it_back_everywhere(ledger: str) -> None:
    read(*FIRST)
    review = services.review_statement(at("58").pk, "corrected", "张三", corrections={"value": 60.0})
    read(FIRST[0], replace(FIRST[1], unit="个"), again=True)
    again = services.review_statement(
        Review.objects.get(pk=review.pk).replacement_id, "corrected", "李四", corrections={"value": 61.0}
    )  # type: ignore[arg-type]
    assert shown()["58"] == (61.0, "corrected")
    services.undo_review(again.pk, "李四")
    assert shown()["58"] == (60.0, "corrected")
    services.undo_review(review.carried.get().pk, "李四")
    assert shown()["58"] == (58, "")
    assert not Review.objects.filter(undone_at=None).exists()
    rebuilt_alike()


def test_a_corrected_project_stays_corrected(ledger: str) -> None:
    project = Project("寿阳光伏项目", (), WHOLE, investment=1e9, stage="started")
    read(FIRST[0], projects=[project])
    told = Statement.objects.get(kind="project")
    changed = {"text_value": "building", "value": 1.25e9, "object_name": "晶科能源", "place": "寿阳县"}
    services.review_statement(told.pk, "corrected", "张三", corrections=changed)
    read(FIRST[0], projects=[replace(project, stage="signed", aliases=("光伏项目",))], again=True)
    row = ProjectView.objects.get()
    assert (row.stage, row.investment, row.owner, row.place) == ("building", 1.25e9, "晶科能源", "寿阳县")
    services.review_statement(Statement.objects.get(payload__corrects=told.pk).pk, "rejected", "张三")
    assert not ProjectView.objects.exists()
    rebuilt_alike()


def test_a_rejected_enterprise_stays_away_under_another_of_its_names(ledger: str) -> None:
    read(enterprises=[Enterprise("美锦能源股份有限公司", ("美锦",), WHOLE)])
    services.review_statement(Statement.objects.get().pk, "rejected", "张三", "不是企业")
    read(enterprises=[Enterprise("美锦", (), WHOLE)], again=True)
    from liantu.ledger.models import EnterpriseView

    assert not EnterpriseView.objects.exists()


def test_a_date_given_by_a_person_holds_when_the_file_is_read_again(ledger: str, tmp_path: Path) -> None:
    path = tmp_path / "通报.txt"
    path.write_text("晋中市通报\n\n今年以来，晋中市累计推广甲醇汽车5623辆，建成甲醇加注站58座。\n", "utf-8")
    services.ingest_folder(tmp_path)
    source = Source.objects.get()
    services.set_published(source.pk, date(2024, 10, 5), "张三")
    before = snapshot()
    report = services.reread(source.pk, "李四")
    assert (report.sources, report.added, report.unread) == (1, 0, [])
    assert snapshot() == before
    source.refresh_from_db()
    assert (source.published, source.published_by) == (date(2024, 10, 5), "张三")


def test_a_folder_reads_again_what_an_older_reader_read_and_corrections_hold(
    ledger: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "晋中.txt").write_text(
        "晋中日报 2024年10月5日\n2024年，晋中市推广甲醇汽车5623辆，建成甲醇加注站58座。", "utf-8"
    )
    services.ingest_folder(tmp_path)
    row = FigureView.objects.get(number="58")
    services.review_statement(row.pk, "corrected", "张三", corrections={"value": 85.0})
    assert services.ingest_folder(tmp_path).unchanged == 1
    for room in ("additions", "ingest", "rereading", "missed"):
        monkeypatch.setattr(f"liantu.ledger.{room}.READER_VERSION", "next")
    assert services.ingest_folder(tmp_path).unchanged == 0
    assert Source.objects.get().reader_version == "next"
    assert FigureView.objects.get(number="58").value == 85.0
    assert services.reread(outdated=True).sources == 0


def test_reading_again_falls_back_to_the_text_that_was_kept(ledger: str) -> None:
    from liantu.extraction import extract
    from liantu.reading import read_document

    made = read_document("晋中日报 2024年10月5日\n2024年，晋中市推广甲醇汽车5623辆。".encode(), "晋中.txt")
    services.add_findings(made, extract(made))
    before = snapshot()
    report = services.reread(by="张三")
    assert (report.sources, report.added, report.unread) == (1, 0, [])
    assert snapshot() == before


def test_what_people_said_follows_its_sentence_when_the_text_is_laid_out_anew(ledger: str) -> None:
    read(*FIRST)
    services.review_statement(at("58").pk, "corrected", "张三", corrections={"value": 60.0})
    moved = f"第1页\n{TEXT}"
    later = replace(document(moved), digest=MADE.digest)
    rows = [figure(moved, "5623", 5623, "辆", "推广甲醇汽车"), figure(moved, "58", 58, "座", "加注站")]
    rows = [replace(row, evidence=Evidence(TEXT, 4, 4 + len(TEXT))) for row in rows]
    services.add_findings(later, findings(later, rows), again=True)
    row = FigureView.objects.select_related("statement").get(number="58")
    assert (row.value, row.review) == (60.0, "corrected")
    assert moved[row.statement.number_start : row.statement.number_end] == "58"
    assert moved[row.statement.evidence_start : row.statement.evidence_end] == TEXT


NUMBERS = ("5623", "58", "70", "12.5")


@st.composite
def readings(draw: st.DrawFn) -> list[Figure]:
    """What some reader makes of the text: any of its numbers, with any fields."""
    found = []
    for row in FIRST:
        if draw(st.booleans()):
            found.append(
                replace(
                    row,
                    value=draw(st.sampled_from([row.value, row.value * 10])),
                    kind=draw(st.sampled_from(["level", "change"])),
                    indicator=draw(st.sampled_from([row.indicator, "别的指标"])),
                    subject=draw(st.sampled_from(["晋中市", "太原市"])),
                )
            )
    return found


said = st.lists(
    st.one_of(
        st.tuples(st.just("read"), readings()),
        st.tuples(st.sampled_from(["rejected", "accepted", "corrected", "added"]), st.sampled_from(NUMBERS)),
        st.tuples(st.just("undo"), st.integers(0, 50)),
    ),
    min_size=2,
    max_size=9,
)


class Undone(Exception):
    """Ends an example: what it did is rolled back."""


def _figure_at(number: str) -> FigureView | None:
    start = TEXT.index(number)
    return FigureView.objects.filter(statement__number_start=start).order_by("pk").first()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=readings(), steps=said)
def test_a_persons_word_holds_through_any_readings(
    ledger: str, first: list[Figure], steps: list[tuple[str, Any]]
) -> None:
    with pytest.raises(Undone), transaction.atomic():
        source = read(*first).source
        word: dict[str, tuple[str, float | None]] = {}  # by number: what was said last, and the value that must show
        for step, argument in steps:
            if step == "read":
                read(*argument, again=True)
            elif step == "undo":
                reviews = list(Review.objects.filter(undone_at=None).order_by("pk"))
                if reviews:
                    chosen = reviews[argument % len(reviews)]
                    services.undo_review(chosen.pk, "张三")
                    word.pop(next(n for n in NUMBERS if TEXT.index(n) == chosen.statement.number_start), None)
            elif step == "added":
                if _figure_at(argument) is None and argument not in word:
                    start = TEXT.index(argument)
                    told = {"subject_name": "晋中市", "property": "补的", "value": 7.0, "unit": "个"}
                    services.add_missed(source.pk, start, start + len(argument), "figure", told, "张三")
                    word[argument] = ("added", 7.0)
            elif (row := _figure_at(argument)) is not None:
                changed = {"value": row.value + 1} if step == "corrected" else None
                services.review_statement(row.pk, step, "张三", corrections=changed)
                word[argument] = (step, None if step == "rejected" else row.value + (step == "corrected"))
            for number, (verdict, value) in word.items():
                rows = list(FigureView.objects.filter(statement__number_start=TEXT.index(number)))
                assert [r.value for r in rows] == ([] if verdict == "rejected" else [value]), (number, verdict)
            per_place = [r.statement.number_start for r in FigureView.objects.select_related("statement")]
            assert len(per_place) == len(set(per_place))
        rebuilt_alike()
        assert all(w.review.undone_at is None for w in words_of(source))
        raise Undone


def test_a_word_on_two_figures_holds_for_the_next_reading(ledger: str) -> None:
    read(*FIRST)
    other = document("太原市甲醇加注站58座。", publisher="太原日报", published=date(2024, 10, 5))
    services.add_findings(other, findings(other, [figure(other.text.raw, "58", 58, "座", "加注站", "太原市")]))
    there = Statement.objects.get(source__publisher="太原日报")
    pairing = services.pair_figures(at("58").pk, there.pk, "same", "张三", "同一批站")
    assert FigureView.objects.get(pk=there.pk).fact.n_statements == 2
    read(*(replace(row, reasons=("新规则",)) for row in FIRST), again=True)
    assert FigureView.objects.get(pk=there.pk).fact.n_statements == 2
    pairing.refresh_from_db()
    assert pairing.undone_at is not None
    rebuilt_alike()
