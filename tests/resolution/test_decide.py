"""The register: judgements are kept, and each can be taken back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liantu.resolution import ResolutionError, Resolver, merge
from liantu.resolution.uscc import check_character

NAMES = ["晶科能源", "美锦能源", "太重集团", "中车太原公司", "紫林醋业", "百度", "鹏飞集团"]


def code(body: str) -> str:
    return body + check_character(body)


def test_a_short_name_joins_its_firm_and_undoing_parts_them() -> None:
    register = Resolver()
    full = register.add("enterprise", "太原太钢大明金属科技有限公司")
    short = register.add("enterprise", "太钢大明")
    assert (full.band, short.band) == ("new", "auto")
    assert short.entity_id == full.entity_id
    explained = register.explain(full.entity_id)
    assert explained.names == ("太原太钢大明金属科技有限公司", "太钢大明")
    (judgement,) = explained.judgements
    assert (judgement.origin, judgement.verdict) == ("auto", "same")
    register.undo(judgement.id, by="王敏")
    assert register.explain(full.entity_id).names == ("太原太钢大明金属科技有限公司",)
    assert register.canonical(judgement.left) == judgement.left
    assert register.explain(full.entity_id).judgements[0].undone_by == "王敏"


def test_the_same_writing_adds_nothing() -> None:
    register = Resolver()
    first, second = (
        register.add("enterprise", n) for n in ("一道新能源科技（忻州）有限公司", "一道新能源科技(忻州)有限公司")
    )
    assert first.entity_id == second.entity_id
    assert len(register.explain(first.entity_id).entities) == 1


def test_a_person_joins_what_the_rules_left_open() -> None:
    register = Resolver()
    one, other = (register.add("project", n) for n in ("雄忻高铁", "雄忻高铁忻州段"))
    assert other.band == "review" and other.candidates[0].entity_id == one.entity_id
    judgement = register.judge(one.entity_id, other.entity_id, "same", "王敏", "同一线路")
    assert register.canonical(other.entity_id) == one.entity_id
    register.undo(judgement.id)
    assert register.canonical(other.entity_id) == other.entity_id


def test_after_undoing_names_are_found_where_they_were() -> None:
    register = Resolver()
    one, other = (register.add("enterprise", n).entity_id for n in ("紫林醋业", "百度"))
    judgement = register.judge(one, other, "same", "王敏", "误操作")
    assert register.add("enterprise", "百度").entity_id == one
    register.undo(judgement.id)
    assert register.add("enterprise", "百度").entity_id == other
    assert register.add("enterprise", "紫林").entity_id == one


def test_two_valid_codes_are_never_merged() -> None:
    register = Resolver()
    one = register.add("enterprise", "美锦能源", context={"uscc": code("91140100000000001")})
    other = register.add("enterprise", "美锦能源", context={"uscc": code("91140100000000002")})
    assert one.entity_id != other.entity_id
    with pytest.raises(ResolutionError, match="有效代码不同"):
        register.judge(one.entity_id, other.entity_id, "same", "王敏", "同名")


def test_a_contrary_judgement_is_refused_until_the_first_is_undone() -> None:
    register = Resolver()
    one, other = (register.add("enterprise", n).entity_id for n in ("紫林醋业", "百度"))
    different = register.judge(one, other, "different", "王敏", "两家")
    with pytest.raises(ResolutionError, match="尚未撤销"):
        register.judge(one, other, "same", "李强", "一家")
    register.undo(different.id)
    register.judge(one, other, "same", "李强", "一家")
    with pytest.raises(ResolutionError, match="已经撤销"):
        register.undo(different.id)


def test_kinds_are_kept_apart() -> None:
    register = Resolver()
    firm, region = register.add("enterprise", "大同"), register.add("region", "大同")
    assert firm.entity_id != region.entity_id
    with pytest.raises(ResolutionError, match="种类不同"):
        register.judge(firm.entity_id, region.entity_id, "same", "王敏", "同名")


def state(register: Resolver, ids: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    return [(register.canonical(i), register.explain(i).names) for i in ids]


PAIRS = st.lists(st.tuples(st.integers(0, len(NAMES) - 1), st.integers(0, len(NAMES) - 1)), max_size=8)


@given(PAIRS, st.tuples(st.integers(0, len(NAMES) - 1), st.integers(0, len(NAMES) - 1)))
@settings(max_examples=60)
def test_merge_then_undo_restores_everything(before: list[tuple[int, int]], last: tuple[int, int]) -> None:
    register = Resolver()
    ids = [register.add("enterprise", name).entity_id for name in NAMES]
    for left, right in before:
        register.judge(ids[left], ids[right], "same", "某人", "试")
    was = state(register, ids)
    judgement = register.judge(ids[last[0]], ids[last[1]], "same", "某人", "试")
    register.undo(judgement.id)
    assert state(register, ids) == was


@given(PAIRS, st.randoms())
def test_the_order_of_judgements_does_not_matter(pairs: list[tuple[int, int]], rng: object) -> None:
    shuffled = list(pairs)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    ids = [str(i) for i in range(len(NAMES))]
    one = merge(ids, [(str(a), str(b)) for a, b in pairs])
    assert one == merge(ids, [(str(b), str(a)) for a, b in shuffled])
    assert all(one[one[i]] == one[i] for i in ids)
