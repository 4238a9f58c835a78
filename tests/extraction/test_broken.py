"""Masked digits, broken decimals and numbers split over lines never become clean figures without a flag."""

from __future__ import annotations

from pathlib import Path

import pytest

from liantu.extraction import extract
from liantu.extraction.broken import DOUBT, REASON
from liantu.reading import read_document

HEAD = "晋中市工作通报\n2024-10-05 来源：晋中日报\n\n"
GOLD = Path(__file__).parents[1] / "gold" / "develop"


def amounts(said: str) -> list[tuple[str, float, bool]]:
    """(number, confidence, whether flagged) of each sum of money."""
    document = read_document((HEAD + said + "\n").encode(), "通报.txt")
    return [(f.number, f.confidence, REASON in f.reasons) for f in extract(document).figures if f.unit == "元"]


@pytest.mark.parametrize(
    "number",
    ["2112.*亿", "2112.**亿", "21**.36亿", "2112.亿", "2112..36亿", "12.3.4亿", "211□.3亿", "2112.3x亿", "2*12亿", "XX.5亿", "×12.5亿", "2112.3…亿"],
)  # fmt: skip
def test_a_masked_number_is_none(number: str) -> None:
    assert amounts(f"今年以来，晋中市完成地区生产总值{number}元。") == []


@pytest.mark.parametrize(
    "number",
    ["21 12.36亿", "2112. 36亿", "2112，36亿", "2112。36亿", "2112·36亿", "1 234.5亿", "1，234.5亿", "1,23.5亿", "2112.\n36亿", "21\n12.36亿", "?12.5亿", "■12亿"],
)  # fmt: skip
def test_the_rest_of_a_broken_number_is_flagged(number: str) -> None:
    for _, confidence, is_flagged in amounts(f"今年以来，晋中市完成地区生产总值{number}元。"):
        assert is_flagged and confidence <= DOUBT


@pytest.mark.parametrize("number", ["1,234.5亿", "1234.5亿", "12.5亿", " 12.5亿"])
def test_a_whole_number_is_not(number: str) -> None:
    [(_, confidence, is_flagged)] = amounts(f"2024年，晋中市完成地区生产总值{number}元。")
    assert not is_flagged and confidence > DOUBT


def test_no_number_of_real_documents_is_flagged() -> None:
    for path in sorted(GOLD.glob("0*.txt")):
        assert not any(REASON in figure.reasons for figure in extract(read_document(path)).figures), path.name
