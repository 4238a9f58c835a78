"""A changed version of a file comes in: what people said of the old one holds where the same sentence stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.ledger.making import snapshot

from liantu.extraction import extract
from liantu.ledger import services
from liantu.ledger.left_words import drop_word, left_behind
from liantu.ledger.models import FigureView, Pairing, Review, Source, Statement
from liantu.reading import read_document

HEAD = "晋中市产业链工作通报\n\n2024-10-05 来源：晋中日报\n\n"
SENTENCES = (
    "晋中市累计推广甲醇汽车5623辆。",
    "晋中市建成甲醇加注站58座。",
    "晋中市规模以上工业企业达到812家。",
    "晋中市新增就业岗位3400个。",
)


class Paper:
    """A file that is written again and again."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "通报.txt"
        self.folder = folder

    def holds(self, *sentences: str, head: str = HEAD) -> services.AddResult:
        self.path.write_text(head + "\n".join(sentences) + "\n", encoding="utf-8")
        document = read_document(self.path)
        return services.add_findings(document, extract(document), path=self.path)


@pytest.fixture
def paper(ledger: str, tmp_path: Path) -> Iterator[Paper]:
    yield Paper(tmp_path)


def at(number: str) -> FigureView:
    return FigureView.objects.get(number=number)


def shown() -> dict[str, tuple[float, str]]:
    return {row.number: (row.value, row.review) for row in FigureView.objects.all()}


def rebuilt_alike() -> None:
    before = snapshot()
    services.rebuild_views()
    assert snapshot() == before


def test_accepted_corrected_and_rejected_hold_in_the_new_version(paper: Paper) -> None:
    paper.holds(*SENTENCES)
    services.review_statement(at("5623").pk, "accepted", "张三")
    services.review_statement(at("58").pk, "rejected", "李四", "口径不同")
    services.review_statement(at("812").pk, "corrected", "王五", corrections={"value": 815.0, "status": "plan"})
    result = paper.holds("前面加了一句话。", SENTENCES[2], SENTENCES[1], SENTENCES[0], "晋中市签约项目7个。")
    assert (result.state, result.moved.moved, result.moved.left) == ("changed", 3, 0)
    assert left_behind() == []
    assert shown() == {"5623": (5623, "accepted"), "812": (815, "corrected"), "7": (7, "")}
    held = Review.objects.filter(statement__source__state="ready").exclude(moved_from=None)
    assert sorted((r.by, r.verdict, r.reason) for r in held) == [
        ("张三", "accepted", ""),
        ("李四", "rejected", "口径不同"),
        ("王五", "corrected", ""),
    ]
    rebuilt_alike()


def test_a_word_on_a_sentence_that_changed_waits_for_a_person(paper: Paper) -> None:
    paper.holds(*SENTENCES)
    services.review_statement(at("58").pk, "corrected", "李四", corrections={"value": 60.0})
    paper.holds(SENTENCES[0], "晋中市建成甲醇加注站59座。")
    [left] = left_behind()
    assert (left.statement.text_value, left.source.name, left.word.by) == ("58", "通报.txt", "李四")
    assert shown() == {"5623": (5623, ""), "59": (59, "")}
    drop_word(left.kind, left.word.pk, "张三")
    assert left_behind() == []
    assert Review.objects.get(pk=left.word.pk).dropped_by == "张三"
    rebuilt_alike()


def test_what_could_not_be_moved_is_moved_when_the_sentence_comes_back(paper: Paper) -> None:
    paper.holds(*SENTENCES)
    services.review_statement(at("58").pk, "rejected", "李四")
    paper.holds(SENTENCES[0])
    assert len(left_behind()) == 1
    paper.holds("又改了一稿。", SENTENCES[0], SENTENCES[1])
    assert left_behind() == [] and set(shown()) == {"5623"}


def test_a_version_that_cannot_be_read_loses_nothing(paper: Paper) -> None:
    paper.holds(*SENTENCES)
    services.review_statement(at("812").pk, "rejected", "李四")
    paper.path.write_bytes(b"")
    report = services.ingest_folder(paper.folder)
    assert len(report.failed) == 1
    [note] = [problem for problem in report.problems if problem.code == "words_left"]
    assert "1 条人工结论" in note.message_zh
    assert [left.statement.text_value for left in left_behind()] == ["812"]
    paper.holds("改好了。", *SENTENCES)
    assert left_behind() == [] and "812" not in shown()


def test_going_back_to_the_old_version_keeps_the_last_word(paper: Paper) -> None:
    paper.holds(*SENTENCES)
    services.review_statement(at("58").pk, "rejected", "李四")
    paper.holds("改了一稿。", *SENTENCES)
    [held] = Review.objects.exclude(moved_from=None)
    services.undo_review(held.pk, "李四")
    services.review_statement(at("812").pk, "rejected", "王五")
    paper.holds(*SENTENCES)
    assert set(shown()) == {"5623", "58", "3400"}
    assert left_behind() == []
    rebuilt_alike()


def test_what_the_reader_missed_and_what_it_no_longer_finds_stay(paper: Paper) -> None:
    text = "“一泓清水入黄河”工程惠及数十万人。"
    paper.holds(SENTENCES[0], text)
    source = Source.objects.get(state="ready")
    start = source.text.raw.index("数十万")
    columns = {"subject_name": "晋中市", "property": "惠及人口", "value": 300000.0, "unit": "人", "bound": "≈"}
    added = services.add_missed(source.pk, start, start + 3, "figure", columns, "张三", clean=False)
    paper.holds("开头。", text, SENTENCES[0])
    view = FigureView.objects.get(indicator="惠及人口")
    raw = Source.objects.get(state="ready").text.raw
    assert view.statement.number_start is not None
    assert raw[view.statement.number_start : view.statement.number_end] == "数十万"
    assert (view.value, view.statement.by) == (300000, "张三")
    [again] = Review.objects.filter(moved_from=added)
    assert again.verdict == "added"
    services.reread(Source.objects.get(state="ready").pk)
    assert FigureView.objects.filter(indicator="惠及人口").count() == 1
    services.undo_review(again.pk, "张三")
    assert not FigureView.objects.filter(indicator="惠及人口").exists()
    rebuilt_alike()


def test_an_accepted_sentence_that_means_another_period_now_is_not_accepted(paper: Paper) -> None:
    sentence = "今年，晋中市建成甲醇加注站58座。"
    paper.holds(sentence)
    services.review_statement(at("58").pk, "accepted", "张三")
    paper.holds(sentence, head=HEAD.replace("2024", "2023"))
    assert Source.objects.get(state="ready").published == date(2023, 10, 5)
    assert (at("58").period, at("58").review) == ("2023", "")
    assert len(left_behind()) == 1


def test_of_a_sentence_that_stands_twice_the_same_one_is_meant(paper: Paper) -> None:
    twice = (SENTENCES[1], SENTENCES[0], SENTENCES[1])
    paper.holds(*twice)
    _, second = FigureView.objects.filter(number="58").order_by("statement__number_start")
    services.review_statement(second.pk, "rejected", "李四")
    paper.holds("多了一句。", *twice)
    [kept] = FigureView.objects.filter(number="58")
    raw = Source.objects.get(state="ready").text.raw
    assert kept.statement.number_start == raw.index("58")
    paper.holds("三处。", *twice, SENTENCES[1])
    assert len(left_behind()) == 1 and FigureView.objects.filter(number="58").count() == 3


def test_the_word_on_two_figures_moves_with_them(paper: Paper) -> None:
    paper.holds(*SENTENCES)
    services.pair_figures(at("58").pk, at("812").pk, "different", "张三")
    paper.holds("改了一稿。", *SENTENCES)
    [pairing] = Pairing.objects.filter(undone_at=None)
    assert {pairing.left_id, pairing.right_id} == {at("58").pk, at("812").pk} and pairing.by == "张三"
    paper.holds(SENTENCES[1])
    assert [left.kind for left in left_behind()] == ["pairing"]


def test_cells_of_a_workbook_keep_what_was_said_of_them(ledger: str, tmp_path: Path) -> None:
    rows = [
        ["项目名称", "建设单位", "所在市", "总投资(亿元)", "阶段"],
        ["和顺示例光伏边框项目", "和顺示例铝材有限公司", "晋中市", 3.1, "在建"],
        ["寿阳示例储能项目", "寿阳示例储能有限公司", "晋中市", 2.5, "投产"],
    ]

    def save(*lines: list[object]) -> None:
        book = Workbook()
        for line in lines:
            book.active.append(line)  # type: ignore[union-attr]
        book.save(tmp_path / "台账.xlsx")
        services.ingest_folder(tmp_path)

    save(*rows)
    services.review_statement(FigureView.objects.get(value=3.1e8).pk, "corrected", "张三", corrections={"value": 3.2e8})
    services.review_statement(FigureView.objects.get(value=2.5e8).pk, "accepted", "张三")
    save(rows[0], ["太谷示例项目", "", "晋中市", 1, "在建"], rows[2], rows[1])
    assert sorted((row.value, row.review) for row in FigureView.objects.all()) == [
        (1e8, ""),
        (2.5e8, "accepted"),
        (3.2e8, "corrected"),
    ]
    save(rows[0], [*rows[1][:3], 3.3, "投产"])
    assert {left.statement.value for left in left_behind()} == {3.1e8, 2.5e8}


VERDICTS = st.sampled_from(["", "accepted", "rejected", "corrected"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VERDICTS, min_size=4, max_size=4), st.permutations(range(4)), st.integers(0, 4))
def test_every_word_is_moved_or_listed(
    ledger: str, tmp_path: Path, verdicts: list[str], order: list[int], kept: int
) -> None:
    with transaction.atomic():
        paper = Paper(tmp_path)
        paper.holds(*SENTENCES, "原稿。")
        numbers = ["5623", "58", "812", "3400"]
        for number, verdict in zip(numbers, verdicts, strict=True):
            if verdict:
                changed = {"value": 1.0} if verdict == "corrected" else None
                services.review_statement(at(number).pk, verdict, "张三", corrections=changed)
        paper.holds(*(SENTENCES[i] for i in order[:kept]), "新稿。")
        there = {numbers[i]: verdicts[i] for i in order[:kept]}
        assert {number: review for number, (_, review) in shown().items()} == {
            number: verdict for number, verdict in there.items() if verdict != "rejected"
        }
        gone = {numbers[i] for i in order[kept:] if verdicts[i]}
        assert {left.statement.text_value for left in left_behind()} == gone
        assert Statement.objects.filter(source__state="ready", retired=False, by="").count() >= len(there)
        transaction.set_rollback(True)
