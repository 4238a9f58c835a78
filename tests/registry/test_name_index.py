"""Firms looked for by words of their names: by the index the same as by reading all names."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.registry.test_loading import code, list_of, row

from liantu.registry import Atlas, load_lists, name_index, open_atlas
from liantu.registry.firms import find_firms
from liantu.registry.name_index import firms_named, write_name_index

PARTS = ("晋中", "太原", "法兰", "兰花", "光", "光伏", "ＡＢ", "ab", "AB", "(集团)", "（集团）", "𠮷", "é", "·", "商贸")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry of three hundred firms with all manner of characters in their names, some of the same name."""
    folder = tmp_path_factory.mktemp("names")
    dice = random.Random(7)
    rows = [
        "".join(dice.choices(PARTS, k=dice.randint(1, 4))) + dice.choice(["有限公司", "厂", ""]) for _ in range(300)
    ]
    load_lists([list_of(folder, *(row(n, name) for n, name in enumerate(rows, 1)))], folder / "库")
    return folder / "库"


def found(atlas: Atlas, words: list[str]) -> list[str]:
    source, values = firms_named(atlas, words)
    return sorted(firm for (firm,) in atlas.query(f"SELECT firm FROM {source}", values))


def read_through(atlas: Atlas, words: list[str]) -> list[str]:
    """The same without SQL or index."""
    rows = atlas.query("SELECT firm, name, uscc FROM firms")
    return sorted(firm for firm, name, uscc in rows if all(word in name or uscc == word.upper() for word in words))


characters = st.sampled_from(sorted(set("".join(PARTS)) | set("有限公司厂不")))
words_asked = st.lists(
    st.one_of(
        st.sampled_from(PARTS), st.text(characters, min_size=1, max_size=5), st.just(code(3)), st.just(code(4).lower())
    ),
    min_size=1,
    max_size=3,
)


@pytest.mark.parametrize("common", [10_000, 20])
@settings(max_examples=60, deadline=None)
@given(words=words_asked)
def test_the_index_finds_what_reading_all_names_finds(store: Path, common: int, words: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch, open_atlas(store) as atlas:
        patch.setattr(name_index, "COMMON_FIRMS", common)  # words that more firms have are looked for in all names
        assert found(atlas, words) == read_through(atlas, words)


def test_pairs_of_very_many_firms_have_no_rows(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_atlas(store) as atlas:
        everyone = read_through(atlas, ["公司"])
        every = atlas.query("SELECT pair FROM name_pairs WHERE firms > 50 AND listed")
        monkeypatch.setattr(name_index, "COMMON_FIRMS", 50)
        write_name_index(atlas)
    with open_atlas(store) as atlas:
        with_rows = {pair for (pair,) in atlas.query("SELECT DISTINCT pair FROM name_rows")}
        assert every and not with_rows & {pair for (pair,) in every}
        assert len(everyone) > 50 and found(atlas, ["公司"]) == everyone
        rows = dict(atlas.query("SELECT pair, count(*) FROM name_rows GROUP BY pair"))
        told = dict(atlas.query("SELECT pair, firms FROM name_pairs WHERE listed"))
        assert rows == told
        monkeypatch.undo()  # a later program that lists more reads an earlier index rightly
        assert found(atlas, ["公司"]) == everyone


def test_without_an_index_and_without_firms_the_answer_is_the_same(store: Path, tmp_path: Path) -> None:
    with open_atlas(store) as atlas:
        wanted = found(atlas, ["法兰"])
        for table in ("name_pairs", "name_rows"):
            (atlas.version / f"{table}.parquet").rename(tmp_path / table)
    with open_atlas(store) as older:
        assert wanted and found(older, ["法兰"]) == wanted
        for table in ("name_pairs", "name_rows"):
            (tmp_path / table).rename(older.version / f"{table}.parquet")
    load_lists([list_of(tmp_path)], tmp_path / "空库")
    with open_atlas(tmp_path / "空库") as empty:
        assert empty.count() == 0 and found(empty, ["法兰"]) == []


def test_a_firm_is_found_by_its_former_name_too(tmp_path: Path) -> None:
    for day, name in ((date(2024, 1, 1), "定襄县旧名锻造有限公司"), (date(2025, 1, 1), "山西新名重工有限公司")):
        load_lists([list_of(tmp_path, row(1, name), row(2), name=f"{day}.csv")], tmp_path / "库", as_of=day)
    with open_atlas(tmp_path / "库") as atlas:
        assert [firm.name for firm in find_firms(atlas, "旧名锻造")] == ["山西新名重工有限公司"]
        assert [firm.uscc for firm in find_firms(atlas, code(2).lower())] == [code(2)]
        assert find_firms(atlas, "旧名锻件") == []
