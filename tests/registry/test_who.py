"""Which firm of the registry is meant: by code, by name, by a former name; and rather none than a wrong one."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.registry.test_loading import code, list_of

from liantu.registry import RegistryError, load_lists, open_atlas
from liantu.registry.firms import find_firms, firms_of, kept_apart
from liantu.registry.names import names_of, state_of
from liantu.registry.who import Asked, who_is
from liantu.resolution import Named, NameIndex, best_match, frozen
from liantu.resolution.frozen import FirmName, FrozenNames, freeze
from liantu.resolution.uscc import check_character

FIRMS = {
    1: ("太原示例晶体有限公司", "太原市小店区平阳路1号"),
    2: ("太原示例晶体有限公司古交分公司", "古交市桃园路2号"),
    3: ("示例晶体集团有限公司", "太原市小店区平阳路1号"),
    4: ("忻州宏远锻造有限公司", "忻州市忻府区新建路3号"),
    5: ("阳泉宏远锻造有限公司", "阳泉市城区南大街4号"),
    6: ("一道示例新能源科技（忻州）有限公司", "忻州市忻府区新建路5号"),
}


def written(number: int, name: str = "", address: str = "", coded: bool = True) -> str:
    known, at = FIRMS.get(number, ("", ""))
    return f"{name or known},{code(number) if coded else ''},2011-05-07,500,法兰加工,{address or at}"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    old = list_of(tmp_path, written(4, "忻州老宏远锻造有限公司"), name="旧.csv")
    new = list_of(
        tmp_path,
        *(written(n) for n in FIRMS),
        written(7, "寿阳示例无码建材厂", "晋中市寿阳县朝阳镇", coded=False),
        name="新.csv",
    )
    load_lists([old], tmp_path / "库", as_of=date(2020, 1, 1))
    load_lists([new], tmp_path / "库", as_of=date(2024, 1, 1))
    return tmp_path / "库"


@pytest.fixture
def names(store: Path) -> FrozenNames:
    return names_of(store)[0]


def test_a_credit_code_decides_above_any_name(names: FrozenNames) -> None:
    found = who_is(Asked("改了名的示例公司", codes=(f" {code(4).lower()} ",)), names)
    assert (found.band, found.firm, found.score) == ("auto", code(4), 1.0)
    assert "登记名称是“忻州宏远锻造有限公司”" in found.reason_zh


def test_a_code_that_the_registry_lacks_leads_to_no_firm_with_another(names: FrozenNames) -> None:
    found = who_is(Asked("太原示例晶体有限公司", codes=(code(99),)), names)
    assert (found.band, found.firm, found.candidates) == ("new", "", ())
    assert code(99) in found.reason_zh


def test_a_firm_without_a_code_may_be_it_but_a_person_decides(names: FrozenNames) -> None:
    found = who_is(Asked("寿阳示例无码建材厂", codes=(code(99),)), names)
    assert found.band == "review" and [c.form for c in found.candidates] == ["寿阳示例无码建材厂"]
    assert who_is(Asked("寿阳示例无码建材厂"), names).band == "auto"


def test_two_codes_of_one_enterprise_are_for_a_person(names: FrozenNames) -> None:
    found = who_is(Asked("太原示例晶体有限公司", codes=(code(1), code(3))), names)
    assert (found.band, found.firm) == ("review", "")
    assert {c.entity_id for c in found.candidates} == {code(1), code(3)}


def test_a_code_with_a_wrong_check_character_counts_as_none(names: FrozenNames) -> None:
    wrong = code(3)[:-1] + ("0" if code(3)[-1] != "0" else "1")
    assert who_is(Asked("太原示例晶体有限公司", codes=(wrong,)), names).firm == code(1)


@pytest.mark.parametrize(
    ("name", "firm"),
    [
        ("太原示例晶体有限公司", 1),
        ("太原示例晶体有限公司古交分公司", 2),
        ("示例晶体集团有限公司", 3),
        ("一道示例新能", 6),
    ],
)
def test_names_find_their_own_firm_and_neither_its_branch_nor_its_group(
    names: FrozenNames, name: str, firm: int
) -> None:
    found = who_is(Asked(name), names)
    assert (found.band, found.firm) == ("auto", code(firm)), found


def test_namesakes_in_two_cities_are_for_a_person_unless_the_place_is_told(names: FrozenNames) -> None:
    asked = who_is(Asked("宏远锻造"), names)
    assert asked.band != "auto" and {c.entity_id for c in asked.candidates} >= {code(4), code(5)}
    assert who_is(Asked("阳泉宏远锻造有限公司"), names).firm == code(5)
    assert who_is(Asked("阳泉宏远锻造有限公司", region="140900"), names).band != "auto"


def test_a_former_name_finds_the_firm_and_says_so(names: FrozenNames) -> None:
    whole = who_is(Asked("忻州老宏远锻造有限公司"), names)
    assert (whole.band, whole.firm) == ("auto", code(4))
    assert "曾用名" in whole.reason_zh and "忻州宏远锻造有限公司" in whole.reason_zh
    short = who_is(Asked("忻州老宏远锻造"), names)
    assert short.band == "review" and short.candidates[0].entity_id == code(4)


def test_what_a_person_said_is_not_offered_again_and_what_was_taken_back_not_taken(names: FrozenNames) -> None:
    asked = Asked("太原示例晶体有限公司")
    refused = who_is(asked, names, refused={code(1)})
    assert refused.band != "auto" and code(1) not in {c.entity_id for c in refused.candidates}
    back = who_is(asked, names, taken_back={code(1)})
    assert (back.band, back.firm) == ("review", "") and back.candidates[0].entity_id == code(1)
    coded = Asked("太原示例晶体有限公司", codes=(code(1),))
    assert who_is(coded, names, refused={code(1)}).band == "new"
    assert who_is(coded, names, taken_back={code(1)}).band == "review"


_CORES = st.text("宏远示例晶体新锻", min_size=2, max_size=4)
_NAMED = st.tuples(
    st.sampled_from(["太原", "忻州", ""]), _CORES, st.sampled_from(["有限公司", "集团有限公司", "厂", ""])
)
_FIRM = st.tuples(st.integers(0, 30), st.booleans(), _NAMED)


@cache
def _coded(number: int) -> str:
    body = f"91140100MA0{number:06d}"
    return body + check_character(body)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(_FIRM, min_size=1, max_size=12),
    _NAMED,
    st.lists(_NAMED, max_size=2),
    st.lists(st.integers(0, 40), max_size=2),
)
def test_no_answer_and_no_offer_ever_crosses_credit_codes(
    tmp_path_factory: pytest.TempPathFactory,
    firms: list[tuple[int, bool, tuple[str, str, str]]],
    name: tuple[str, str, str],
    aliases: list[tuple[str, str, str]],
    codes: list[int],
) -> None:
    """Whatever the names: who has a valid code is linked to the firm with that code or to none, and offered no other coded one."""
    rows = {(_coded(n) if coded else f"{''.join(named)}@140100"): "".join(named) for n, coded, named in firms}
    folder = tmp_path_factory.mktemp("names") / "index"
    freeze(folder, [FirmName(key, rows[key], "140100") for key in sorted(rows, key=str.encode)])
    told = {_coded(n) for n in codes}
    asked = Asked("".join(name), tuple("".join(a) for a in aliases), tuple(told))
    found = who_is(asked, FrozenNames(folder))
    offered = {found.firm, *(c.entity_id for c in found.candidates)} - {""}
    coded_ones = {key for key in offered if "@" not in key}
    if told:
        assert coded_ones <= told
        assert not found.firm or found.firm in told
    if len(told) > 1:
        assert not found.firm
    if found.band == "auto":
        assert found.firm in rows
    else:
        assert found.firm == ""


@settings(max_examples=60, deadline=None)
@given(st.lists(_NAMED, min_size=1, max_size=20, unique=True), _NAMED)
def test_the_frozen_index_answers_as_the_growing_one(
    tmp_path_factory: pytest.TempPathFactory, firms: list[tuple[str, str, str]], asked: tuple[str, str, str]
) -> None:
    rows = sorted({"".join(named) for named in firms}, key=str.encode)
    folder = tmp_path_factory.mktemp("names") / "index"
    freeze(folder, [FirmName(name, name, "") for name in rows])
    growing = NameIndex("enterprise", ((name, Named(name)) for name in rows))
    one = best_match("enterprise", Named("".join(asked)), growing)
    other = best_match("enterprise", Named("".join(asked)), FrozenNames(folder))
    assert (one.band, one.entity_id) == (other.band, other.entity_id)
    assert other.score == pytest.approx(one.score, abs=1e-3)


def test_the_index_is_made_once_for_a_version_and_anew_for_the_next(store: Path, tmp_path: Path) -> None:
    names_of(store)
    before = state_of(store)
    file = next(store.glob("v*/names/index.json"))
    made = file.stat().st_mtime_ns
    names_of(store)
    assert file.stat().st_mtime_ns == made
    load_lists([list_of(tmp_path, written(20, "定襄新来法兰有限公司"), name="再.csv")], store)
    names, now = names_of(store)
    assert now != before and code(20) in names and code(1) in names
    with pytest.raises(RegistryError, match="还没有载入"):
        names_of(tmp_path / "没有")
    assert state_of(tmp_path / "没有") == ""


def test_an_index_of_another_form_is_made_anew(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names_of(store)
    monkeypatch.setattr(frozen, "VERSION", frozen.VERSION + 1)
    assert len(names_of(store)[0]) == 7
    with pytest.raises(ValueError, match="in order"):
        freeze(store / "unsorted", [FirmName("b", "乙公司", ""), FirmName("a", "甲公司", "")])
    assert not (store / "unsorted").exists()


def test_one_firm_with_all_that_the_lists_say_and_its_relatives_apart(store: Path) -> None:
    with open_atlas(store) as atlas:
        firm = firms_of(atlas, [code(4)])[code(4)]
        assert (firm.name, firm.code, firm.source, firm.row) == ("忻州宏远锻造有限公司", code(4), "新.csv", 5)
        assert [name for name, _until in firm.former] == ["忻州老宏远锻造有限公司"]
        assert firm.chains
        own = firms_of(atlas, [code(1)])[code(1)]
        near = {relative.firm.name: relative.kin for relative in kept_apart(atlas, own)}
        assert near == {"太原示例晶体有限公司古交分公司": "branch"}
        assert kept_apart(atlas, own, "region_code = ?", ["140000"]) == []
        assert [f.firm for f in find_firms(atlas, "老宏远")] == [code(4)]
        assert [f.firm for f in find_firms(atlas, code(5))] == [code(5)]
        assert find_firms(atlas, "宏") == []
