"""A finding is only as good as the place it points at."""

from __future__ import annotations

from dataclasses import replace

from liantu.evaluation.evidence import count_evidence, unfaithful
from liantu.extraction.model import Enterprise, Evidence, Figure, Findings
from liantu.reading import read_document

RAW = "晋中市推廣(guǎng)甲醇汽車５６２３輛,建成加注站58座。"
DOCUMENT = read_document(RAW.encode(), "晋中.txt")
SENTENCE = Evidence(RAW, 0, len(RAW))
START = RAW.index("５")
FIGURE = Figure(
    span=(START, START + 4),
    number="5623",
    value=5623,
    unit="辆",
    bound="=",
    kind="level",
    status="actual",
    indicator="推广甲醇汽车",
    subject="晋中市",
    period=None,
    evidence=SENTENCE,
)


def found(figure: Figure) -> Findings:
    return Findings("晋中.txt", None, None, None, figures=(figure,))


def test_a_number_cleaned_for_reading_still_points_at_the_file() -> None:
    assert count_evidence(found(FIGURE)) == 2
    assert unfaithful(DOCUMENT, found(FIGURE)) == []


def test_a_sentence_that_was_retouched_is_not_evidence() -> None:
    retouched = replace(FIGURE, evidence=replace(SENTENCE, text=RAW.replace("58", "59")))
    [wrong] = unfaithful(DOCUMENT, found(retouched))
    assert wrong.there == RAW


def test_a_span_one_character_off_is_caught() -> None:
    [wrong] = unfaithful(DOCUMENT, found(replace(FIGURE, span=(START + 1, START + 4))))
    assert (wrong.wanted, wrong.there) == ("5623", "623")


def test_a_number_outside_its_sentence_is_caught() -> None:
    elsewhere = replace(FIGURE, evidence=Evidence(RAW[:5], 0, 5))
    assert len(unfaithful(DOCUMENT, found(elsewhere))) == 1


def test_names_are_checked_too() -> None:
    empty = Enterprise("美锦能源", (), Evidence("", 3, 3))
    assert len(unfaithful(DOCUMENT, Findings("晋中.txt", None, None, None, enterprises=(empty,)))) == 1
