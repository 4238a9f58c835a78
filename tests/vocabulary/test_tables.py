"""Data files: every row says where it comes from, and a wrong file is refused with file and line."""

import csv
from importlib.resources import files

import pytest

from liantu.vocabulary.tables import VocabularyError, parse_table

DATA = files("liantu.vocabulary").joinpath("data")
CSV_FILES = sorted(entry.name for entry in DATA.iterdir() if entry.name.endswith(".csv"))


@pytest.mark.parametrize("name", CSV_FILES)
def test_every_row_has_a_source(name: str) -> None:
    rows = list(csv.DictReader(DATA.joinpath(name).read_text(encoding="utf-8").splitlines()))
    assert rows
    assert all(row["source"].strip() for row in rows)


def test_a_row_without_source_is_refused_with_its_line() -> None:
    with pytest.raises(VocabularyError, match=r"towns\.csv 第3行") as caught:
        parse_table("towns.csv", "name,source\n甲,报纸\n乙, \n", ("name", "source"))
    assert caught.value.line == 3


def test_a_wrong_header_is_refused() -> None:
    with pytest.raises(VocabularyError, match="表头应为 name,source"):
        parse_table("x.csv", "nom,source\n甲,报纸\n", ("name", "source"))


def test_a_row_of_another_length_is_refused() -> None:
    for text in ("name,source\n甲\n", "name,source\n甲,报纸,多\n"):
        with pytest.raises(VocabularyError, match="列数与表头不符"):
            parse_table("x.csv", text, ("name", "source"))


def test_repeated_keys_and_unknown_references_are_refused() -> None:
    table = parse_table("x.csv", "name,stage,source\n甲,idea,a\n甲,signd,a\n", ("name", "stage", "source"))
    with pytest.raises(VocabularyError, match="与第2行重复"):
        table.require_unique("name")
    with pytest.raises(VocabularyError, match="“signd”没有定义"):
        table.require_known("stage", ("idea", "signed"))
