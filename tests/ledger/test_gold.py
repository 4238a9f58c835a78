"""What people confirmed leaves the ledger as annotated documents, and the reader is scored on them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples.test_example_region import FOLDER as EXAMPLE

from liantu.evaluation import load_gold, score_documents
from liantu.evaluation.gold import gold_pairs
from liantu.extraction import extract
from liantu.ledger import services
from liantu.ledger.gold.anchors import anchor_of, occurrences
from liantu.ledger.gold.annotation import must_of, reader_stage
from liantu.ledger.gold.check import problems_of
from liantu.ledger.models import FigureView, Source, Statement
from liantu.reading import read_document

TEXT = (
    "晋中日报 2024年10月5日\n2024年，晋中市推广甲醇汽车5623辆，建成甲醇加注站58座。总投资58亿元的寿阳光伏项目已经开工。"
)


def ingested(text: str = TEXT, name: str = "晋中.txt") -> Source:
    made = read_document(text.encode(), name)
    return services.add_findings(made, extract(made)).source


def annotation(folder: Path, name: str = "000") -> dict[str, object]:
    return json.loads((folder / f"{name}.json").read_text("utf-8"))  # type: ignore[no-any-return]


def found(folder: Path) -> float:
    """F1 of `found` of the reader on a gold folder."""
    pairs = []
    for told, path in gold_pairs(folder):
        made = read_document(path)
        pairs.append((load_gold(told, made.text.raw), extract(made).to_dict()))
    return score_documents(pairs).total("figures", "found").f1


def test_what_nobody_touched_is_left_out_unless_asked_for(ledger: str, tmp_path: Path) -> None:
    ingested()
    assert services.export_gold(None, tmp_path / "confirmed").documents == {}
    assert services.export_gold(None, tmp_path / "all", everything=True).documents == {"000": "晋中.txt"}


def test_accepted_corrected_and_added_ones_are_gold(ledger: str, tmp_path: Path) -> None:
    source = ingested()
    row = FigureView.objects.get(number="58", unit="座")
    services.review_statement(row.pk, "corrected", "张三", corrections={"property": "甲醇燃料加注站"})
    services.review_statement(FigureView.objects.get(number="5623").pk, "accepted", "张三")
    start = TEXT.index("寿阳光伏项目")
    Statement.objects.filter(kind="project").update(retired=True)
    services.add_missed(
        source.pk, start, start + 6, "project", {"text_value": "started", "value": 5.8e9}, "张三", clean=False
    )
    report = services.export_gold([source.pk], tmp_path)
    gold = annotation(tmp_path)
    assert report.problems == [] and report.figures == 2
    figures = {figure["indicator"]: figure for figure in gold["figures"]}  # type: ignore[attr-defined]
    assert figures["甲醇燃料加注站"]["value"] == 58 and "晋中市" in figures["甲醇燃料加注站"]["subject"]
    [project] = gold["projects"]  # type: ignore[misc]
    assert project["name"][0] == "寿阳光伏项目"
    assert (project["investment"], project["stage"], project["place"]) == (5800000000, "started", None)
    assert gold["published"] == "2024-10-05"
    assert (tmp_path / "000.txt").read_text("utf-8") == TEXT


def test_exporting_again_annotates_the_same_documents_anew(ledger: str, tmp_path: Path) -> None:
    ingested()
    ingested("2023年，吕梁市粮食播种面积399.6万亩。", "吕梁.txt")
    for _turn in range(2):
        assert sorted(services.export_gold(None, tmp_path, everything=True).documents) == ["000", "001"]
    assert len(list(tmp_path.iterdir())) == 4


def test_the_reader_finds_all_of_the_gold_that_nobody_rejected(ledger: str, tmp_path: Path) -> None:
    services.ingest_folder(EXAMPLE)
    report = services.export_gold(None, tmp_path, everything=True)
    assert report.problems == []
    texts = {"txt", "md", "html"}
    kept = {n for n, name in report.documents.items() if name.rsplit(".")[-1] in texts}
    assert len(kept) >= 8
    for path in tmp_path.iterdir():
        if path.stem not in kept:
            path.unlink()
    assert found(tmp_path) == 1.0


def test_a_rejected_figure_is_an_answer_too_many(ledger: str, tmp_path: Path) -> None:
    ingested()
    services.review_statement(FigureView.objects.get(number="5623").pk, "rejected", "张三")
    services.export_gold(None, tmp_path, everything=True)
    assert found(tmp_path) < 1.0


@given(st.text("58座，站\n", min_size=1, max_size=40), st.integers(0, 39), st.integers(1, 2))
def test_an_anchor_leads_back_to_its_number(raw: str, start: int, length: int) -> None:
    end = min(start + length, len(raw))
    if start >= end or not raw[start:end].isdigit():
        return
    anchor = anchor_of(raw, start, end)
    assert anchor.start(raw) >= 0
    if occurrences(anchor.text, raw[start:end]) == 1:
        assert anchor.start(raw) + anchor.text.find(raw[start:end]) == start


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"anchor": "没有这句"}, "锚文字"),
        ({"number": "59"}, "数字"),
        ({"value": True}, "数值"),
        ({"bound": "~"}, "bound"),
        ({"must": ["煤"]}, "must"),
        ({"subject": []}, "主体"),
        ({"period": "去年"}, "时期"),
    ],
)
def test_an_annotation_that_breaks_a_rule_is_told(change: dict[str, object], problem: str) -> None:
    figure = {
        "anchor": "58座", "number": "58", "value": 58, "unit": "座", "bound": "=", "kind": "level", "status": "actual",
        "indicator": "加注站", "must": ["加注站"], "subject": ["晋中市"], "period": "2024",
    }  # fmt: skip
    head = {"title": None, "published": None, "projects": [], "enterprises": [], "chains": [], "relations": []}
    assert problems_of("建成加注站58座。", {**head, "figures": [figure]}) == []
    assert any(problem in told for told in problems_of("建成加注站58座。", {**head, "figures": [figure | change]}))


def test_an_indicator_is_held_to_its_words_that_carry_meaning() -> None:
    assert must_of("战略性新兴产业增加值")[-1] in "战略性新兴产业增加值"
    for indicator in ("推广甲醇汽车", "GDP", "建成甲醇加注站", "率"):
        told = must_of(indicator)
        assert 1 <= len(told) <= 2 and all(word in indicator for word in told)


def test_stages_of_ledgers_are_told_in_the_readers_words() -> None:
    assert reader_stage("completed") == "building"
    assert reader_stage("at_target") == "at_capacity"
    assert reader_stage("packaged") == "idea"
    assert reader_stage("") is None
