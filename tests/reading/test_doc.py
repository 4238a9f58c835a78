"""Word 97-2003 documents, made by LibreOffice (`files/make.py`): text, headings, tables, what is hidden, what is broken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liantu.extraction import extract
from liantu.reading import Document, UnreadableError, read_document

FILES = Path(__file__).parent / "files"
REPORT = (FILES / "report.doc").read_bytes()
REVISED = (FILES / "revised.doc").read_bytes()


@pytest.fixture(scope="module")
def report() -> Document:
    return read_document(REPORT, "通报.doc")


def test_head_and_headings(report: Document) -> None:
    assert (report.media, report.title, report.published) == ("doc", "晋中市产业链工作通报", date(2024, 10, 5))
    headings = [(report.text.clean[b.start : b.end], b.level) for b in report.blocks if b.kind == "heading"]
    assert ("一、总体情况", 1) in headings
    assert report.problems == ()


def test_a_table_keeps_its_merged_cells_and_its_unit(report: Document) -> None:
    [table] = report.tables
    assert table.rows == (
        ("县区", "产值", "产值", "增速（%）"),
        ("县区", "2022年", "2023年", "增速（%）"),
        ("榆次区", "120.5", "133.1", "10.5"),
        ("太谷区", "80.2", "", "-2.1"),
        ("平遥县", "60", "66.6", "11.0"),
    )
    assert (table.unit, table.locator) == ("亿元", "表1")


def test_its_figures_stand_in_its_text(report: Document) -> None:
    figures = extract(report).figures
    assert {(f.value, f.unit) for f in figures} >= {(5623, "辆"), (1234.5e8, "元"), (8.5, "%")}
    assert all(report.text.raw[f.evidence.start : f.evidence.end] == f.evidence.text for f in figures)


def test_what_word_does_not_show_is_not_read() -> None:
    lines = read_document(REVISED, "修订.wps").text.clean.split("\n")
    assert lines == ["全市完成产值88.8亿元，增长8.5%。𠮷县完成3.2亿元。", "见第1页。", "Total 12.5 GW."]


def test_a_document_under_a_password_or_of_word_95_says_so() -> None:
    main = REPORT.index(b"\xec\xa5\x01\x01")
    for place, value, code in ((main + 11, REPORT[main + 11] | 1, "encrypted"), (main, 0xDC, "old_format")):
        data = bytearray(REPORT)
        data[place] = value
        with pytest.raises(UnreadableError) as caught:
            read_document(bytes(data), "旧.doc")
        assert caught.value.problem.code == code


@pytest.mark.parametrize("cut", [600, 5_000, 9_000, 15_000])
def test_a_document_cut_off_says_so(cut: int) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_document(REPORT[:cut], "通报.doc")
    assert caught.value.problem.code == "truncated"


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=200)
@given(st.lists(st.tuples(st.integers(0, len(REPORT) - 9), st.binary(min_size=1, max_size=8)), max_size=8))
def test_a_damaged_document_is_read_or_refused(damages: list[tuple[int, bytes]]) -> None:
    data = bytearray(REPORT)
    for at, new in damages:
        data[at : at + len(new)] = new
    try:
        document = read_document(bytes(data), "通报.doc")
    except UnreadableError as error:
        assert error.problem.message_zh
        return
    assert len(document.text.starts) == len(document.text.clean)
