"""A search finds what a look at every text finds, in any spelling, on each engine; the index keeps step with the ledger."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.making import document, figure, findings, says, snapshot

from liantu.extraction.model import Enterprise, Evidence, Project
from liantu.ledger import services
from liantu.ledger.models import ProjectView, SearchEntry, Source
from liantu.ledger.search import index
from liantu.ledger.search.finding import Query, find
from liantu.ledger.search.folding import fold, place_in, words_of
from liantu.ledger.search.groups import GROUPS, group_of, span_of

SENTENCES = [
    "晋中市光伏产业链完成投资58亿元。",
    "晋中市光伏组件产量达到12GW，比上年增长5%。",
    "忻州市法兰专业镇实现营业收入58亿元。",
    "太原市特钢材料产业链链主企业12家。",
    "晋中市“链长制”专班召开光伏会议12次。",
    "Ａ企业與Ｂ企業簽約５８億元。",
    "𠮷县光伏电站并网12个。",
]
FIRMS = ["一道新能源科技（忻州）有限公司", "晋中光伏电力有限公司", "光伏", "山西光伏", "晋能控股集团", "ABC光伏材料厂"]


def store(number: int, sentence: str, firm: str, published: date | None = None) -> Source:
    """A document with a sentence, its figure, an enterprise and a project."""
    text = f"{sentence}{firm}在建第{number}号光伏项目。"
    made = document(text, f"通报{number}.txt", "晋中日报", published)
    evidence = Evidence(text, 0, len(text))
    found = findings(
        made,
        [figure(text, "5", 5, "亿元", "投资")] if "5" in sentence else [],
        [Project(f"第{number}号光伏项目", (f"{number}号地项目",), evidence, owner=firm, chain="光伏")],
        [Enterprise(firm, (), evidence)],
    )
    return services.add_findings(made, found).source


def scanned(query: Query, group: str) -> set[int]:
    """Ids of the entries of a group that hold every word: every text looked at."""
    low, high = span_of(group)
    rows = SearchEntry.objects.filter(pk__gte=low, pk__lt=high).values_list("pk", "folded")
    return {pk for pk, folded in rows if query.words and all(word in folded for word in query.words)}


def hits(text: str, region: str = "", most: int = 500) -> dict[str, list[int]]:
    """Entries found, by group, best first."""
    return {each.group: [hit.entry for hit in each.hits] for each in find(Query.of(text, region), most=most)}


def queries() -> st.SearchStrategy[str]:
    """Stretches of what was stored, other stretches, and several words."""
    text = "".join(SENTENCES + FIRMS)
    piece = st.integers(0, len(text) - 1).flatmap(lambda at: st.integers(1, 9).map(lambda n: text[at : at + n]))
    other = st.text("光伏晋中市项目5８ABabＡ𠮷 “”()（）。%_\\'", min_size=1, max_size=5)
    return st.lists(st.one_of(piece, other), min_size=1, max_size=3).map(" ".join)


@given(st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_finds_what_a_look_at_every_text_finds(ledger: str, data: st.DataObject) -> None:
    Source.objects.all().delete()
    services.rebuild_views()
    for number, sentence in enumerate(data.draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))):
        store(number, sentence, data.draw(st.sampled_from(FIRMS)), data.draw(st.sampled_from([None, date(2024, 5, 1)])))
    for text in data.draw(st.lists(queries(), min_size=12, max_size=12)):
        query, found = Query.of(text), hits(text)
        for group in GROUPS:
            assert set(found.get(group, [])) == scanned(query, group), (text, group)


@pytest.mark.parametrize(
    "text", ["光", "光伏", "產業鏈", "ａｂｃ", "ABC", "𠮷", "签约５８亿", "(忻州)", "（忻州）", "「链长制」"]
)
def test_width_case_and_traditional_characters_do_not_matter(ledger: str, text: str) -> None:
    for number, sentence in enumerate(SENTENCES):
        store(number, sentence, FIRMS[number % len(FIRMS)])
    found = hits(text)
    assert found
    assert set().union(*map(set, found.values())) == set().union(*(scanned(Query.of(text), g) for g in GROUPS))


@pytest.mark.parametrize(
    "text",
    ["", "  ", "　", "\x02", "\x02\x03", "%", "_", "' OR 1=1 --", "NEAR(a b)", 'a" OR "b', "*", "\0", "光* AND 伏"],
)
def test_nothing_in_a_query_is_a_command(ledger: str, text: str) -> None:
    store(1, SENTENCES[0], FIRMS[0])
    found = hits(text)
    assert found == {} or set().union(*map(set, found.values())) <= {e.pk for e in SearchEntry.objects.all()}
    assert all(set(found.get(g, [])) == scanned(Query.of(text), g) for g in GROUPS)


def test_the_exact_name_comes_first_then_names_that_begin_so_then_the_others_the_newest_first(ledger: str) -> None:
    for number, firm in enumerate(["山西光伏", "晋中光伏电力有限公司", "光伏材料有限公司", "光伏"]):
        store(number, SENTENCES[3], firm, date(2024, 1, 1 + number))
    store(9, SENTENCES[3], "光伏玻璃有限公司", date(2023, 1, 1))
    named = {e.pk: e.shown[0][1] for e in SearchEntry.objects.filter(kind="enterprise")}
    order = [named[pk] for pk in hits("光伏")["enterprise"]]
    assert order == ["光伏", "光伏材料有限公司", "光伏玻璃有限公司", "晋中光伏电力有限公司", "山西光伏"]


def test_the_exact_name_comes_first_even_when_thousands_hold_the_word(ledger: str) -> None:
    store(0, SENTENCES[3], "光伏", date(2001, 1, 1))
    for number in range(1, 12):
        store(number, SENTENCES[3], f"新光伏第{number}公司", date(2024, 1, number))
    (found,) = find(Query.of("光伏"), ["enterprise"], most=4)
    assert found.more and len(found.hits) == 4
    assert found.hits[0].rank == 0
    assert SearchEntry.objects.get(pk=found.hits[0].entry).shown[0][1] == "光伏"


def test_another_name_and_the_owner_lead_to_a_project(ledger: str) -> None:
    store(7, SENTENCES[0], "晋能控股集团")
    (project,) = ProjectView.objects.values_list("pk", flat=True)
    for text in ("7号地", "晋能控股", "7号地 晋能", "第7号光伏项目"):
        assert [hit.ref for hit in find(Query.of(text), ["project"])[0].hits] == [str(project)]


def test_only_what_lies_in_a_region(ledger: str) -> None:
    services.add_findings(*says("58", 58, "亿元", "投资"))
    services.add_findings(*says("59", 59, "亿元", "投资", subject="忻州市"))
    assert len(hits("亿元", "140700")["sentence"]) == len(hits("亿元", "140900")["sentence"]) == 1
    assert len(hits("亿元", "140000")["sentence"]) == len(hits("亿元")["sentence"]) == 2
    assert hits("亿元", "110000") == {}


def test_what_was_removed_is_found_no_longer_and_a_rebuilt_index_is_the_index(ledger: str) -> None:
    gone = store(1, SENTENCES[0], FIRMS[0])
    store(2, SENTENCES[1], FIRMS[4])
    services.remove_source(gone.pk, "某人")
    assert "忻州" not in str(SearchEntry.objects.values_list("folded", flat=True))
    assert set(hits("道新能源")) == set()
    kept, found = snapshot(), hits("光伏")
    services.rebuild_views()
    assert (snapshot(), hits("光伏")) == (kept, found)
    services.rebuild_search()
    assert (snapshot(), hits("光伏")) == (kept, found)


def test_an_index_without_grams_is_filled_at_the_next_start(ledger: str) -> None:
    store(1, SENTENCES[0], FIRMS[0])
    found = hits("光伏")
    assert not services.ensure_search()
    index.clear()
    assert services.ensure_search() and hits("光伏") == found
    SearchEntry.objects.all().delete()
    index.clear()
    assert services.ensure_search() and hits("光伏") == found


def test_it_goes_with_the_transaction(ledger: str) -> None:
    from django.db import transaction

    store(1, SENTENCES[0], FIRMS[0])
    before = hits("光伏"), hits("忻州")
    with transaction.atomic():
        store(2, SENTENCES[2], FIRMS[1])
        assert hits("光伏") != before[0]
        transaction.set_rollback(True)
    assert (hits("光伏"), hits("忻州")) == before


@given(st.text(max_size=30), st.text(max_size=4))
def test_a_place_is_where_the_word_stands(text: str, word: str) -> None:
    place = place_in(text, fold(word))
    if place is None:
        assert not fold(word) or fold(word) not in fold(text)
    else:
        assert fold(word) in fold(text[slice(*place)])


@given(st.text(max_size=20), st.text(max_size=20))
def test_folding_a_part_gives_a_part(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)
    assert fold(fold(one)) == fold(one)


def test_words() -> None:
    assert words_of("光伏 组件") == ["光伏", "组件"]
    assert words_of("“光伏 组件” GW") == ["光伏组件", "gw"]
    assert words_of("光伏　光伏") == ["光伏"]
    assert len(words_of("一 二 三 四 五 六 七 八")) == 6
    assert group_of("policy") == "other" and group_of("zone") == "zone"
