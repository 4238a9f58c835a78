"""A file becomes statements once, and views follow."""

from __future__ import annotations

from datetime import date

from tests.ledger.making import document, figure, findings, says, snapshot

from liantu.ledger import services
from liantu.ledger.models import Fact, FigureView, Source, SourcePath, Statement


def test_the_same_file_twice_adds_nothing(ledger: str) -> None:
    made, found = says("5623", 5623, "辆", "累计推广甲醇汽车", publisher="晋中日报", on=date(2024, 10, 5))
    first = services.add_findings(made, found)
    before = snapshot()
    again = services.add_findings(made, found)
    assert (first.state, first.added, again.state, again.added) == ("added", 1, "unchanged", 0)
    assert Statement.objects.count() == Source.objects.count() == 1
    assert snapshot() == before


def test_a_figure_keeps_its_place_region_and_evidence(ledger: str) -> None:
    services.add_findings(*says("5623", 5623, "辆", "累计推广甲醇汽车", publisher="晋中日报", on=date(2024, 10, 5)))
    row = FigureView.objects.select_related("statement__source__text").get()
    assert (row.city_code, row.region_code, row.subject_name) == ("140700", "140700", "晋中市")
    raw = row.statement.source.text.raw
    assert raw[row.statement.number_start : row.statement.number_end] == "5623"
    assert raw[row.statement.evidence_start : row.statement.evidence_end] == row.statement.sentence


def test_a_document_comes_back_as_it_was_read(ledger: str) -> None:
    made, found = says("5623", 5623, "辆", "推广甲醇汽车", publisher="晋中日报", on=date(2024, 10, 5))
    source = services.add_findings(made, found).source
    back = services.document_of(Source.objects.get(pk=source.pk))
    assert (back.text.raw, back.text.clean) == (made.text.raw, made.text.clean)
    assert (list(back.text.starts), list(back.text.ends)) == (list(made.text.starts), list(made.text.ends))
    assert (back.blocks, back.sentences, back.published, back.digest) == (
        made.blocks,
        made.sentences,
        made.published,
        made.digest,
    )


def test_the_same_bytes_under_another_name_are_a_second_path(ledger: str, tmp_path) -> None:
    made, found = says("5623", 5623, "辆", "推广甲醇汽车")
    services.add_findings(made, found, path=tmp_path / "甲.txt")
    assert services.add_findings(made, found, path=tmp_path / "乙.txt").state == "duplicate"
    assert SourcePath.objects.count() == 2
    assert Source.objects.count() == 1


def test_a_changed_file_supersedes_what_lay_there(ledger: str, tmp_path) -> None:
    services.add_findings(*says("5623", 5623, "辆", "推广甲醇汽车"), path=tmp_path / "甲.txt")
    result = services.add_findings(*says("6000", 6000, "辆", "推广甲醇汽车"), path=tmp_path / "甲.txt")
    assert result.state == "changed"
    assert result.replaced is not None and result.replaced.state == Source.State.SUPERSEDED
    assert [row.value for row in FigureView.objects.all()] == [6000]


def test_a_character_that_postgresql_cannot_store_does_not_stop_a_file(ledger: str) -> None:
    text = "晋中\0市建成站58座。"
    made = document(text)
    services.add_findings(made, findings(made, [figure(text, "58", 58, "座", "建成站")]))
    assert Statement.objects.get().sentence == "晋中\ufffd市建成站58座。"


def test_removing_a_source_says_what_became_unsupported(ledger: str) -> None:
    one = services.add_findings(*says("5623", 5623, "辆", "推广甲醇汽车", publisher="晋中日报")).source
    services.add_findings(*says("5623", 5623, "辆", "累计推广甲醇汽车", publisher="山西日报"))
    other = services.add_findings(*says("58", 58, "座", "甲醇加注站", publisher="黄河新闻网")).source
    assert Fact.objects.get(n_sources=2).state == "agreed"
    lost = services.remove_source(other.pk, "张三")
    assert lost.facts == ["晋中市 · 甲醇加注站 · 58座"] and not lost.weakened
    weaker = services.remove_source(one.pk, "张三")
    assert weaker.weakened == ["晋中市 · 推广甲醇汽车 · 5623辆"] and not weaker.facts
    assert Fact.objects.get().state == "single"
    back = services.add_findings(*says("58", 58, "座", "甲醇加注站", publisher="黄河新闻网"))
    assert back.added == 0 and FigureView.objects.count() == 2
