"""Whom does a name mean among many: automatic, for a person, or new."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liantu.resolution import Bands, Named, NameIndex, best_match, matching
from liantu.resolution.uscc import check_character

FIRMS = {
    "taigang_daming": "太原太钢大明金属科技有限公司",
    "yidao": "一道新能源科技(忻州)有限公司",
    "mubang": "江西沐邦高科技股份有限公司",
    "shuoke": "山西烁科晶体有限公司",
    "zhonglai": "山西中来光能电池科技有限公司",
    "zhonglai_parent": "苏州中来光伏新材股份有限公司",
    "yunhai": "五台云海镁业有限公司",
}
SHORT = {
    "太钢大明": "taigang_daming",
    "一道新能": "yidao",
    "沐邦高科": "mubang",
    "烁科晶体": "shuoke",
    "中来光能": "zhonglai",
    "中来股份": "zhonglai_parent",
    "云海镁业": "yunhai",
}


def index_of(firms: dict[str, str]) -> NameIndex:
    return NameIndex("enterprise", ((entity, Named(name)) for entity, name in firms.items()))


@pytest.mark.parametrize(("short", "entity"), SHORT.items())
def test_a_short_name_finds_its_firm(short: str, entity: str) -> None:
    decision = best_match("enterprise", Named(short), index_of(FIRMS))
    assert (decision.band, decision.entity_id) == ("auto", entity)
    assert decision.candidates[0].entity_id == entity


@given(st.permutations(list(FIRMS)))
@settings(max_examples=25)
def test_the_order_of_adding_does_not_matter(order: list[str]) -> None:
    index = index_of({entity: FIRMS[entity] for entity in order})
    assert {short: best_match("enterprise", Named(short), index).entity_id for short in SHORT} == SHORT


def test_two_that_fit_equally_well_are_for_a_person() -> None:
    index = index_of({"a": "安徽华信国际有限公司", "b": "江苏华信国际有限公司"})
    decision = best_match("enterprise", Named("华信国际"), index)
    assert decision.band != "auto" and decision.entity_id == ""
    assert {c.entity_id for c in decision.candidates[:2]} == {"a", "b"}


def test_another_province_is_another_firm_even_where_the_short_name_is_known() -> None:
    index = index_of(FIRMS)
    index.add("mubang", Named("沐邦高科"))
    decision = best_match("enterprise", Named("山西沐邦高科"), index)
    assert decision.band == "new"


def test_a_short_name_merged_into_a_firm_does_not_let_its_namesakes_in() -> None:
    index = index_of(FIRMS)
    index.add("mubang_short", Named("沐邦高科"))
    merged = {"mubang_short": "mubang"}
    decision = best_match("enterprise", Named("山西沐邦高科"), index, canonical=lambda e: merged.get(e, e))
    assert decision.band == "new"


def test_an_unknown_name_is_new_and_an_empty_index_knows_nobody() -> None:
    assert best_match("enterprise", Named("富士康"), index_of(FIRMS)).band == "new"
    empty = best_match("enterprise", Named("富士康"), NameIndex("enterprise"))
    assert (empty.band, empty.entity_id, empty.candidates) == ("new", "", ())


def test_the_credit_code_finds_a_firm_under_any_name() -> None:
    code = "9114010000000000X"
    code += check_character(code)
    index = index_of(FIRMS)
    index.add("shuoke", Named("山西烁科晶体有限公司", context={"uscc": code}))
    decision = best_match("enterprise", Named("改名后的公司", context={"uscc": code}), index)
    assert (decision.band, decision.entity_id, decision.score) == ("auto", "shuoke", 1.0)


def test_what_is_discarded_is_found_no_more() -> None:
    index = index_of(FIRMS)
    index.discard("yidao")
    assert best_match("enterprise", Named("一道新能"), index).band == "new"
    assert "yidao" not in index and len(index) == len(FIRMS) - 1


def test_stricter_bands_leave_more_to_people() -> None:
    index = index_of(FIRMS)
    assert best_match("enterprise", Named("一道新能"), index, Bands(0.999, 0.5, 0.0)).band == "review"
    assert best_match("enterprise", Named("一道新能"), index, Bands(0.8, 0.5, 0.0)).band == "auto"


def test_entities_merged_into_one_do_not_compete() -> None:
    index = index_of({"a": "安徽华信国际有限公司", "b": "江苏华信国际有限公司"})
    assert best_match("enterprise", Named("华信国际"), index).band == "review"
    assert best_match("enterprise", Named("华信国际"), index, canonical=lambda _: "a").band == "auto"


def test_an_index_grown_by_thousands_still_finds_the_same() -> None:
    rng = random.Random(7)
    syllables = "华兴隆盛泰安康达瑞丰源恒通信诚远博宏伟志明德润嘉禾"
    index = index_of(FIRMS)
    for number in range(3000):
        core = "".join(rng.sample(syllables, 3))
        index.add(f"x{number}", Named(f"{rng.choice(['太原', '忻州', '江西', '苏州'])}{core}科技有限公司"))
    found = {short: best_match("enterprise", Named(short), index) for short in SHORT}
    assert {short: d.candidates[0].entity_id for short, d in found.items()} == SHORT
    assert sum(d.band == "auto" for d in found.values()) >= len(SHORT) - 1


def measured_all(name: Named, index: NameIndex) -> object:
    """The decision where every candidate is measured, however little hope there is for it."""

    def as_they_come(kind: str, name: str, near: list, index: object) -> list:  # type: ignore[type-arg]
        return [(math.inf, cosine, form) for cosine, form in near]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "_hopeful_first", as_they_come)
        return best_match("enterprise", name, index)


_PLACES = ("", "太原", "山西", "沪", "上海市", "渝")
_CORES = st.text("华新晶电光科农商行大明", min_size=2, max_size=5)
_ENDS = ("有限公司", "股份有限公司", "集团有限公司", "(集团)有限公司", "(忻州)有限公司", "厂", "", "集团", "股份")


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.tuples(st.sampled_from(_PLACES), _CORES, st.sampled_from(_ENDS)), min_size=8, max_size=40, unique=True),
    st.tuples(st.sampled_from(_PLACES), _CORES, st.sampled_from(_ENDS)),
)
def test_passing_over_the_hopeless_changes_no_answer(
    firms: list[tuple[str, str, str]], asked: tuple[str, str, str]
) -> None:
    names = ["".join(parts) for parts in firms]
    index = NameIndex("enterprise", ((f"e{number}", Named(name)) for number, name in enumerate(names)))
    name = Named("".join(asked))
    assert best_match("enterprise", name, index) == measured_all(name, index)
