"""`liantu reread`: the ledger's documents read again by the reader of today."""

from __future__ import annotations


def test_all_are_read_again_and_nothing_changes(read_region) -> None:
    liantu, _ = read_region
    before = liantu("export", "figures", "--format", "csv").stdout
    result = liantu("reread")
    assert result.returncode == 0 and "重读 2 份，新增 0 条" in result.stdout
    assert liantu("export", "figures", "--format", "csv").stdout == before


def test_what_the_reader_of_today_read_may_be_left_out(read_region) -> None:
    liantu, _ = read_region
    assert "重读 0 份" in liantu("reread", "--outdated").stdout


def test_one_document_by_its_id(read_region) -> None:
    liantu, _ = read_region
    assert "重读 1 份" in liantu("reread", "--source", "1").stdout
    result = liantu("reread", "--source", "999")
    assert result.returncode == 2 and "没有编号为 999 的文件" in result.stderr
