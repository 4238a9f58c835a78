"""A document that repeats another is no second voice, whatever a host did to it and whichever came in first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opencc_pyo3 import OpenCC
from tests.ledger.making import snapshot

from liantu.extraction import extract
from liantu.extraction.model import Findings
from liantu.ledger import services
from liantu.ledger.models import Copy, CopyWord, Fact, FigureView, Fingerprint, ProjectView, Source, TextKey
from liantu.reading import read_document
from liantu.reading.model import Document

ARTICLE = """晋中市甲醇经济提速
晋中市把发展甲醇经济作为能源转型的突破口，围绕制、储、运、加、用全链条布局。截至2024年9月底，晋中市累计推广甲醇汽车5623辆，建成甲醇加注站58座。
吉利晋中基地今年前三季度生产整车91786辆，其中新能源汽车50354辆，实现产值109.2亿元，带动省内配套企业60余户。
下一步，晋中市将建设国家级甲醇经济示范区，到2025年甲醇汽车年产量达到10万辆，甲醇加注站达到100座。
在介休市，焦炉煤气制甲醇项目总投资27.3亿元，达产后年产甲醇45.6万吨，目前主体工程已经完工，正在安装设备，计划年底点火试车。
"""
HALF = "\n".join(ARTICLE.split("\n")[1:3])
OWN = """忻州市加快发展法兰锻造
定襄县现有法兰锻造企业133户，从业人员10500人，2023年实现产值120.89亿元，产品销往87个国家和地区。
当地建成国家级检测中心，与多所大学共建研究院，推动锻造从粗放走向精密，并在德国和印度设立了服务站。
忻州市提出，到2025年法兰锻造产值突破200亿元，培育国家级专精特新小巨人企业12户，省级专精特新企业60户。
"""
TEMPLATE = ARTICLE.replace("5623", "7104").replace("58座", "77座").replace("91786", "83125").replace("50354", "61207")
TEMPLATE = TEMPLATE.replace("109.2", "131.7").replace("27.3", "19.8").replace("45.6", "30.4").replace("晋中", "吕梁")


def article(text: str, name: str, publisher: str, published: date | None) -> tuple[Document, Findings]:
    """A text as its paper prints it, read and with all that is found in it."""
    head = f"来源：{publisher}\n发布时间：{published}\n" if published else f"来源：{publisher}\n"
    title, _, body = text.partition("\n")
    made = read_document(f"{title}\n{head}{body}".encode(), f"{name}.txt")
    return made, extract(made)


READ = {
    "日报": article(ARTICLE, "日报", "晋中日报", date(2024, 10, 5)),
    "转载": article(ARTICLE, "转载", "黄河新闻网", date(2024, 10, 6)),
    "繁体": article(OpenCC("s2t").convert(ARTICLE), "繁体", "香港商报", date(2024, 10, 8)),
    "节选": article("甲醇汽车上路\n" + HALF, "节选", "山西经济日报", date(2024, 10, 7)),
    "无日期": article(ARTICLE, "无日期", "转转网", None),
    "忻州": article(OWN, "忻州", "忻州日报", date(2024, 10, 6)),
    "合编": article("两市产业快讯\n" + HALF + "\n" + OWN, "合编", "山西日报", date(2024, 10, 9)),
    "模板": article(TEMPLATE, "模板", "吕梁日报", date(2024, 10, 6)),
}


def add(*names: str) -> dict[str, Source]:
    """Take documents in, in this order."""
    return {name: services.add_findings(*READ[name]).source for name in names}


def relation() -> set[tuple[str, str, str]]:
    """Who copies whom, and how."""
    return {(row.source.name[:-4], row.kind, row.original.name[:-4]) for row in Copy.objects.all()}


def stations() -> tuple[str, int, int, int]:
    """What is said of the 58 filling stations: state, independent sources, documents, reprints."""
    fact = Fact.objects.get(subject_name="晋中市", value=58)
    return fact.state, fact.n_sources, fact.n_documents, fact.n_reprints


def seen() -> set[tuple[Any, ...]]:
    """The figures and facts that pages show, without the ids that depend on the order of coming in."""
    facts = Fact.objects.values_list(
        "subject_name", "value", "unit", "status", "state", "reason", "n_sources", "n_documents", "n_reprints"
    )
    rows = FigureView.objects.values_list("source__name", "number", "subject_name", "origin__name", "repeats")
    return {*facts, *rows, *ProjectView.objects.values_list("name", "stage", "n_sources", "investment")}


def test_a_repost_is_no_second_voice(ledger: str) -> None:
    add("日报", "转载", "繁体")
    assert relation() == {("转载", "identical", "日报"), ("繁体", "identical", "日报")}
    assert stations() == ("single", 1, 3, 2)
    assert FigureView.objects.filter(repeats=False, number="58").count() == 1


def test_what_others_say_in_their_own_words_is_a_second_voice(ledger: str) -> None:
    add("日报", "转载")
    text = "山西省甲醇产业调度\n据省工信厅消息，截至2024年9月底，晋中市累计推广甲醇汽车5623辆，建成甲醇加注站58座，走在全省前列。"
    services.add_findings(*article(text, "调度", "山西省工信厅", date(2024, 10, 20)))
    assert stations() == ("agreed", 2, 3, 1)


def test_of_a_compilation_each_passage_is_its_own_original_s(ledger: str) -> None:
    add("日报", "忻州", "合编")
    assert relation() == {("合编", "excerpt", "日报"), ("合编", "excerpt", "忻州")}
    assert stations() == ("single", 1, 2, 1)
    assert Fact.objects.get(value=12_089_000_000).n_sources == 1


def test_an_excerpt_comes_from_the_first_that_had_it(ledger: str) -> None:
    add("合编", "节选", "转载", "日报")
    assert {pair for pair in relation() if pair[0] in {"节选", "转载"}} == {
        ("节选", "excerpt", "日报"),
        ("转载", "identical", "日报"),
    }


def test_another_month_on_the_same_template_is_no_copy(ledger: str) -> None:
    add("日报", "模板")
    assert relation() == set()
    assert stations() == ("single", 1, 1, 0)


def test_when_the_original_goes_the_next_takes_its_place(ledger: str) -> None:
    sources = add("日报", "转载", "无日期", "繁体")
    services.remove_source(sources["日报"].pk, "张三")
    assert relation() == {("繁体", "identical", "转载"), ("无日期", "identical", "转载")}
    assert stations() == ("single", 1, 3, 2)
    services.add_findings(*READ["日报"])
    assert {original for _, _, original in relation()} == {"日报"}


def test_a_date_that_a_person_gives_may_make_an_original(ledger: str) -> None:
    sources = add("日报", "无日期")
    assert relation() == {("无日期", "identical", "日报")}
    services.set_published(sources["无日期"].pk, date(2024, 10, 1), "张三")
    assert relation() == {("日报", "identical", "无日期")}


def test_a_person_says_that_it_is_no_copy(ledger: str) -> None:
    sources = add("日报", "转载")
    word = services.say_own(sources["转载"].pk, "张三", "两家共同采写")
    assert relation() == set()
    assert stations() == ("agreed", 2, 2, 0)
    services.reread(by="李四")
    add("繁体")
    assert relation() == {("繁体", "identical", "日报")}
    assert stations() == ("agreed", 2, 3, 1)
    services.undo_own(word.pk, "张三")
    assert stations() == ("single", 1, 3, 2)


class Place:
    """One path of a folder, at which files are saved over each other."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "转载.txt"

    def holds(self, document: Document, findings: Findings) -> Source:
        self.path.write_text(document.text.raw, encoding="utf-8")
        return services.add_findings(document, findings, path=self.path).source


CHANGED = article(ARTICLE + "记者从现场了解到，首批设备已于国庆前运抵。\n", "转载", "黄河新闻网", date(2024, 10, 6))
CHANGED_AGAIN = article(ARTICLE + "记者了解到，点火试车推迟到明年一月。\n", "转载", "黄河新闻网", date(2024, 10, 6))


def test_the_word_that_it_is_no_copy_follows_the_file_to_its_next_versions(ledger: str, tmp_path: Path) -> None:
    add("日报")
    place = Place(tmp_path)
    first = place.holds(*READ["转载"])
    services.say_own(first.pk, "张三", "两家共同采写")
    second = place.holds(*CHANGED)
    assert relation() == set()
    assert stations() == ("agreed", 2, 2, 0)
    word = CopyWord.objects.get(undone_at=None)
    assert (word.source, word.by, word.reason) == (second, "张三", "两家共同采写")
    before = seen()
    services.rebuild_views()
    assert seen() == before
    services.undo_own(word.pk, "李四")
    assert relation() == {("转载", "repost", "日报")}
    place.holds(*CHANGED_AGAIN)  # what was taken back does not return
    assert relation() == {("转载", "repost", "日报")}
    assert not CopyWord.objects.filter(undone_at=None).exists()


def test_the_word_returns_with_the_version_it_was_said_of(ledger: str, tmp_path: Path) -> None:
    add("日报")
    place = Place(tmp_path)
    services.say_own(place.holds(*READ["转载"]).pk, "张三")
    place.holds(*CHANGED)
    first = place.holds(*READ["转载"])
    assert relation() == set()
    assert CopyWord.objects.get(undone_at=None).source == first


def test_another_article_saved_under_the_name_starts_without_the_word(ledger: str, tmp_path: Path) -> None:
    add("日报", "忻州")
    place = Place(tmp_path)
    said = place.holds(*READ["转载"])
    services.say_own(said.pk, "张三")
    place.holds(*article(OWN, "转载", "黄河新闻网", date(2024, 10, 8)))
    assert relation() == {("转载", "identical", "忻州")}
    assert CopyWord.objects.get(undone_at=None).source == said


def test_a_reprint_with_another_number_is_shown_against_its_original(ledger: str) -> None:
    add("日报")
    services.add_findings(*article(ARTICLE.replace("5623", "5632"), "误印", "转转网", date(2024, 10, 7)))
    fact = Fact.objects.get(state="conflict")
    assert (fact.reason, fact.value_low, fact.value_high, fact.n_sources) == ("copy_differs", 5623, 5632, 1)


def test_only_what_stands_is_in_the_index(ledger: str) -> None:
    sources = add("日报", "转载")
    assert TextKey.objects.count() == 2
    services.remove_source(sources["转载"].pk, "张三")
    assert set(Fingerprint.objects.values_list("source", flat=True)) == {sources["日报"].pk}


def test_a_new_document_is_compared_with_its_likes_alone(ledger: str) -> None:
    add("日报", "忻州", "模板")
    with CaptureQueriesContext(connection) as queries:
        add("转载")
    texts = [q["sql"] for q in queries if 'FROM "ledger_sourcetext"' in q["sql"] and '"raw"' in q["sql"]]
    assert len(texts) <= 2  # its own and the original's


class Undone(Exception):
    """Ends an example: what it did is rolled back."""


def taken(names: Iterable[str]) -> tuple[list[tuple[Any, ...]], set[tuple[Any, ...]]]:
    """What the ledger holds when documents came in this order; the same when all views are made anew."""
    add(*names)
    views, copies, shown = snapshot(), passages(), seen()
    services.rebuild_views()
    assert (snapshot(), passages()) == (views, copies)
    return copies, shown


def passages() -> list[tuple[Any, ...]]:
    """The copy relation with all its passages."""
    rows = Copy.objects.values_list("source__name", "original__name", "kind", "share", "original_share", "passages")
    return sorted(rows, key=repr)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.lists(st.sampled_from(sorted(READ)), min_size=2, max_size=8, unique=True), data=st.data())
def test_the_order_of_coming_in_does_not_matter(ledger: str, names: list[str], data: st.DataObject) -> None:
    results = []
    for order in (sorted(names), data.draw(st.permutations(names))):
        with pytest.raises(Undone), transaction.atomic():
            results.append(taken(order))
            raise Undone
    assert results[0] == results[1]
