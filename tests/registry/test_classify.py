"""Business scopes onto chains, with the words that say so."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from liantu.registry import Lexicon, classify

SOLAR = Lexicon(
    {"光伏": ["光伏", "太阳能光伏"], "氢能": ["氢能", "制氢"], "医药": ["医药"], "中药": ["中药材", "医药"]}
)


def found(scope: str, name: str = "") -> dict[tuple[str, str], tuple[str, str]]:
    """(label, where) → (word, activity)."""
    return {(m.label, m.where): (m.word, m.activity) for m in classify(name, scope, SOLAR)}


def test_the_verb_of_the_clause_tells_makers_from_shops() -> None:
    assert found("太阳能光伏组件的生产、销售；氢能设备批发。") == {
        ("光伏", "scope"): ("太阳能光伏", "make"),
        ("氢能", "scope"): ("氢能", "sell"),
    }
    assert found("光伏电站的安装、维修") == {("光伏", "scope"): ("光伏", "serve")}
    assert found("光伏") == {("光伏", "scope"): ("光伏", "unstated")}


def test_making_it_in_one_clause_outweighs_selling_it_in_another() -> None:
    assert found("光伏设备销售；制造：光伏玻璃") == {("光伏", "scope"): ("光伏", "make")}


def test_what_a_bracket_takes_out_does_not_count() -> None:
    assert found("化工产品生产（不含氢能设备）") == {}
    assert found("新能源设备（氢能）生产") == {("氢能", "scope"): ("氢能", "make")}


def test_the_name_counts_apart_from_the_scope() -> None:
    assert found("技术咨询", "太原示例光伏科技有限公司") == {("光伏", "name"): ("光伏", "unstated")}


def test_a_product_named_as_such_is_made() -> None:
    [match] = classify("某公司", "", SOLAR, products="单晶、光伏组件")
    assert (match.label, match.where, match.start, match.activity) == ("光伏", "products", 3, "make")


def test_a_word_of_two_labels_means_both() -> None:
    assert {label for label, _ in found("医药制造")} == {"医药", "中药"}


def test_every_reason_points_at_its_word() -> None:
    scope = "机械加工；太阳能光伏组件（不含氢能）制造"
    for match in classify("某光伏公司", scope, SOLAR):
        text = scope if match.where == "scope" else "某光伏公司"
        assert text[match.start : match.start + len(match.word)] == match.word


def test_the_vocabularys_own_chains_are_the_default() -> None:
    assert {m.label for m in classify("", "单晶硅片、光伏组件的研发制造；氢能装备制造")} >= {"光伏", "氢能"}


@given(st.text(alphabet="光伏氢能医药中材制造销售不含（）();；。，太阳 ", max_size=60))
def test_any_scope_gives_each_label_at_most_once_and_words_that_stand_there(scope: str) -> None:
    matches = classify("", scope, SOLAR)
    assert len({m.label for m in matches}) == len(matches)
    assert all(scope[m.start : m.start + len(m.word)] == m.word for m in matches)
    assert matches == classify("", scope, SOLAR)


def test_an_empty_lexicon_finds_nothing() -> None:
    assert classify("光伏", "光伏制造", Lexicon({})) == ()
