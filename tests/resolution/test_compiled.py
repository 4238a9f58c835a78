"""A large index finds through its arrays what a small one finds by walking its lists."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liantu.resolution import Named, NameIndex, best_match, index
from liantu.resolution.index import GramIndex

_NAMES = st.lists(st.text("太原忻州华新科技光伏材料", min_size=2, max_size=8), min_size=1, max_size=40, unique=True)


def grams_of(names: list[str]) -> GramIndex:
    made = GramIndex()
    for number, name in enumerate(names):
        made.add(f"e{number}", name, name)
    return made


@settings(deadline=None)  # the loops are compiled when they are first run
@given(_NAMES, st.text("太原忻州华新科技光伏材料", min_size=1, max_size=6))
def test_arrays_and_lists_give_the_same_names(names: list[str], asked: str) -> None:
    plain = grams_of(names)
    frozen = grams_of(names)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "COMPILED_FROM", 1)
        by_arrays = frozen.nearest(asked, 100)
    by_lists = plain.nearest(asked, 100)
    assert {f.name: pytest.approx(c, abs=1e-5) for c, f in by_lists} == {f.name: c for c, f in by_arrays}


def test_names_added_and_forgotten_after_freezing_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "COMPILED_FROM", 1)
    made = grams_of(["太原华新科技", "忻州光伏材料"] + [f"示例{n}" for n in range(50)])
    assert made.nearest("华新")[0][1].name == "太原华新科技"
    made.add("late", "华新新材", "华新新材")
    assert {form.name for _, form in made.nearest("华新")} >= {"太原华新科技", "华新新材"}
    made.discard("e0")
    assert "太原华新科技" not in {form.name for _, form in made.nearest("华新")}


def test_among_very_many_names_the_right_one_is_found() -> None:
    draw = random.Random(7)
    letters = "东西南北中华新兴盛达源通和顺安康泰隆昌宏远大正天地金银铜铁钢石木水火"
    names = {"".join(draw.choices(letters, k=4)) for _ in range(26_000)}
    rows = [(f"e{n}", Named(f"太原{name}商贸有限公司")) for n, name in enumerate(sorted(names))]
    rows.append(("right", Named("一道新能源科技(忻州)有限公司")))
    made = NameIndex("enterprise", rows)
    assert len(made) > index.COMPILED_FROM
    decision = best_match("enterprise", Named("一道新能"), made)
    assert (decision.band, decision.entity_id) == ("auto", "right")
