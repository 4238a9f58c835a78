"""Relations between the segments of a chain: kept with the outline, refused when they cannot be, there and back through Excel."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.workbench.conftest import add_outline
from tests.workbench.test_chain_outline import NAME, Page, node, post, take_back

from liantu.ledger import services
from liantu.ledger.models import ChainOutline, Source, WorkChange
from liantu.ledger.outlines.edges import (
    KINDS,
    Edge,
    Edges,
    carried,
    edges_of_json,
    edges_to_json,
    find,
    join,
    kind_of,
    supply_cycles,
)
from liantu.ledger.outlines.shipped import shipped_chains, shipped_edges, shipped_paths
from liantu.ledger.outlines.tree import Tree, merge, of_paths, remove
from liantu.ledger.removal import remove_source
from liantu.reporting import Column, Sheet, book_bytes
from liantu.vocabulary.chains import chains

MAKING, FUELING, TRUCKS = "焦炉煤气制甲醇", "甲醇加注站", "甲醇重卡"


@pytest.fixture
def outline(db: None, tmp_path: Path) -> Source:
    """The imported outline of the methanol chain."""
    return add_outline(tmp_path)


def said(chain: str = NAME) -> set[tuple[str, str, str]]:
    """The relations of a chain, by names."""
    now = services.outline_now(chain)
    return {(now.tree[e.tail].name, now.tree[e.head].name, e.kind) for e in now.edges.values()}


def workbook(folder: Path, edges: list[tuple[str, ...]], name: str = "带关系.xlsx") -> Source:
    path = folder / name
    levels = [Column(f"level{n}") for n in (1, 2, 3)]
    rows = [(NAME, "制醇", MAKING), (NAME, "加注", FUELING), (NAME, "整车", TRUCKS)]
    heads = [Column(head) for head in ("起点环节", "终点环节", "关系", "说明")]
    path.write_bytes(book_bytes([Sheet("大纲", levels, rows), Sheet("环节关系", heads, edges)]))
    return services.add_workbook(path).source


def test_a_relation_is_added_shown_and_taken_back(clerk: Client, outline: Source, page: Page) -> None:
    assert post(clerk, "join", node(MAKING), other=node(FUELING), kind="supply", note="槽车送到")[0] == 302
    assert said() == {(MAKING, FUELING, "supply")}
    html = page(f"/chains/{NAME}", node=node(MAKING))
    assert f"{MAKING} → {FUELING}" in html and "槽车送到" in html
    assert re.search(rf'<path[^>]*data-tail="制醇/{MAKING}"[^>]*data-head="加注/{FUELING}"', html)
    change = WorkChange.objects.get()
    assert change.action == "added" and change.after["paths"] == [f"{MAKING} → {FUELING}（供应）：槽车送到"]
    take_back(clerk, change)
    assert said() == set()


def test_what_no_relation_can_be_is_refused_in_words(clerk: Client, outline: Source) -> None:
    assert "它自己" in post(clerk, "join", node(MAKING), other=node(MAKING))[1]
    assert "一个包含另一个" in post(clerk, "join", node("制醇"), other=node(MAKING))[1]
    assert "不画在产业链本身上" in post(clerk, "join", node(NAME), other=node(MAKING))[1]
    assert "没有“friend”这种关系" in post(clerk, "join", node(MAKING), other=node(FUELING), kind="friend")[1]
    assert post(clerk, "join", node(MAKING), other="nobody")[0] == 409
    assert not ChainOutline.objects.exists()
    post(clerk, "join", node(MAKING), other=node(FUELING), kind="substitute")
    assert "已经有了" in post(clerk, "join", node(FUELING), other=node(MAKING), kind="substitute")[1]
    assert post(clerk, "join", node(FUELING), other=node(MAKING), kind="supply")[0] == 302  # another kind of thing


def test_a_ring_of_supply_is_kept_and_pointed_out(clerk: Client, outline: Source, page: Page) -> None:
    for tail, head in ((MAKING, FUELING), (FUELING, TRUCKS)):
        post(clerk, "join", node(tail), other=node(head))
    assert "供应关系成了环" not in page(f"/chains/{NAME}")
    post(clerk, "join", node(TRUCKS), other=node(MAKING), note="废醇回收")
    html = page(f"/chains/{NAME}")
    ring = re.search(r"供应关系成了环：(.*?)。", html)
    assert ring and set(ring[1].split(" → ")) == {MAKING, FUELING, TRUCKS}


def test_removing_a_segment_takes_its_relations_and_undo_brings_both_back(clerk: Client, outline: Source) -> None:
    post(clerk, "join", node(MAKING), other=node(FUELING))
    post(clerk, "join", node(FUELING), other=node(TRUCKS))
    post(clerk, "remove", node(FUELING))
    assert said() == set()
    take_back(clerk, WorkChange.objects.latest("id"))
    assert said() == {(MAKING, FUELING, "supply"), (FUELING, TRUCKS, "supply")}


def test_a_removal_is_not_undone_into_a_relation_without_its_end(clerk: Client, outline: Source) -> None:
    post(clerk, "join", node(MAKING), other=node(FUELING))
    joined = WorkChange.objects.latest("id")
    post(clerk, "remove", node(FUELING))
    take_back(clerk, joined)  # the relation is gone with its segment: there is nothing of it to take back
    joined.refresh_from_db()
    assert joined.undone_at is None


def test_a_merged_segment_hands_its_relations_over(clerk: Client, outline: Source) -> None:
    post(clerk, "join", node(MAKING), other=node(FUELING))
    post(clerk, "join", node(FUELING), other=node(TRUCKS))
    post(clerk, "merge", node(FUELING), into=node(TRUCKS))
    assert said() == {(MAKING, TRUCKS, "supply")}  # and the one between the two is none any more


def test_a_relation_somebody_removed_meanwhile_is_a_conflict(clerk: Client, outline: Source) -> None:
    post(clerk, "join", node(MAKING), other=node(FUELING))
    (edge,) = services.outline_now(NAME).edges
    assert post(clerk, "unjoin", node(MAKING), edge=edge)[0] == 302
    assert post(clerk, "unjoin", node(MAKING), edge=edge)[0] == 409


def test_relations_leave_with_the_outline_and_come_back(clerk: Client, outline: Source, tmp_path: Path) -> None:
    post(clerk, "join", node(MAKING), other=node(FUELING), note="槽车")
    post(clerk, "join", node(TRUCKS), other=node(FUELING), kind="tech_depends")
    mine = said()
    path = tmp_path / "回来.xlsx"
    path.write_bytes(BytesIO(clerk.get(f"/chains/{NAME}/outline.xlsx").content).read())
    source = services.add_workbook(path).source
    assert not source.problems and not services.outline_now(NAME).differs
    ChainOutline.objects.all().delete()
    remove_source(outline.pk, "clerk")
    assert said() == mine
    assert {e.note for e in services.outline_now(NAME).edges.values()} == {"槽车", ""}


def test_bad_rows_of_a_sheet_are_named_and_the_others_stay(db: None, tmp_path: Path) -> None:
    rows = [
        (MAKING, FUELING, "供应", ""),
        (MAKING, MAKING, "供应", ""),
        ("风筝", FUELING, "供应", ""),
        (FUELING, f"整车 / {TRUCKS}", "", "不写关系即供应"),
        (MAKING, TRUCKS, "喜欢", ""),
        (MAKING, FUELING, "supply", "又一次"),
    ]
    source = workbook(tmp_path, rows)
    assert said() == {(MAKING, FUELING, "supply"), (FUELING, TRUCKS, "supply")}
    told = [p["message"] if "message" in p else str(p) for p in source.problems]
    assert len(told) == 4
    for row, words in ((3, "它自己"), (4, "没有环节“风筝”"), (6, "不认得关系“喜欢”"), (7, "已经有了")):
        assert any(f"第{row}行" in text and words in text for text in told), (row, told)


def test_the_relations_of_a_newer_workbook_are_taken_over_when_asked(
    clerk: Client, outline: Source, tmp_path: Path
) -> None:
    post(clerk, "join", node(MAKING), other=node(TRUCKS))
    workbook(tmp_path, [(MAKING, FUELING, "供应", ""), (MAKING, TRUCKS, "供应", "管道")])
    assert said() == {(MAKING, TRUCKS, "supply")} and services.outline_now(NAME).differs
    (kept,) = services.outline_now(NAME).edges
    assert post(clerk, "adopt", "")[0] == 302
    assert said() == {(MAKING, FUELING, "supply"), (MAKING, TRUCKS, "supply")}
    assert services.outline_now(NAME).edges[kept].note == "管道"  # the same one, not one more


def test_names_that_are_not_enough_ask_for_the_level_above() -> None:
    tree = of_paths([("链", "上游", "材料"), ("链", "下游", "材料"), ("链", "下游", "A/B 线")])
    assert tree[find(tree, "下游 / 材料")].parent == find(tree, "下游")
    assert tree[find(tree, "A/B 线")].name == "A/B 线"
    with pytest.raises(ValueError, match="2个环节叫“材料”"):
        find(tree, "材料")
    with pytest.raises(ValueError, match="没有环节“中游/材料”"):
        find(tree, "中游/材料")
    assert kind_of("") == "supply" and kind_of("替代") == "substitute"


def test_every_published_chain_comes_with_an_outline_and_relations_of_ours() -> None:
    published = {term.name for term in chains() if term.level in ("provincial", "city")}
    assert published == set(shipped_chains()) and len(published) == 25
    for chain in published:
        paths = shipped_paths(chain)
        tree = of_paths(paths)
        assert len(paths) >= 3 and len({path[1] for path in paths}) >= 2, chain
        ends = {find(tree, end) for told in shipped_edges(chain) for end in (told.tail, told.head)}
        assert shipped_edges(chain) and len(ends) >= len(paths) / 2, chain
        edges: Edges = {}
        for told in shipped_edges(chain):
            edges, _pk = join(tree, edges, Edge(find(tree, told.tail), find(tree, told.head), kind_of(told.kind)))
        assert not supply_cycles(edges.values()), chain


def test_our_outline_is_shown_as_ours_until_somebody_edits_it(clerk: Client, db: None, page: Page) -> None:
    html = page("/chains/氢能")
    assert "软件自带的参考大纲" in html and "制氢" in html
    assert services.chain_outline("氢能") == []  # nobody here has said it
    now = services.outline_now("氢能")
    (pk,) = [pk for pk, told in now.tree.items() if told.name == "制氢"]
    form = {"does": "under", "node": pk, "name": "绿电制氢", "version": "0", "basis": now.basis}
    assert clerk.post("/chains/氢能/outline", form).status_code == 302
    assert ("氢能", "上游", "制氢", "绿电制氢") in services.chain_outline("氢能")
    assert "软件自带的参考大纲" not in page("/chains/氢能")
    assert ("制氢", "储运与加氢", "supply") in said("氢能")


PATHS = st.lists(st.lists(st.sampled_from("甲乙丙丁"), min_size=1, max_size=4), min_size=2, max_size=10)


@given(PATHS, st.data())
def test_whatever_is_merged_or_removed_every_relation_has_both_its_ends(
    paths: list[list[str]], data: st.DataObject
) -> None:
    tree: Tree = of_paths([["链", *path] for path in paths])
    edges: Edges = {}
    for _n in range(8):
        ends = [data.draw(st.sampled_from(sorted(tree))) for _ in range(2)]
        try:
            edges, _pk = join(tree, edges, Edge(*ends, data.draw(st.sampled_from(sorted(KINDS)))))
        except ValueError:
            continue
    for _step in range(data.draw(st.integers(1, 4))):
        pk, other = data.draw(st.sampled_from(sorted(tree))), data.draw(st.sampled_from(sorted(tree)))
        merging = data.draw(st.booleans())
        try:
            made = merge(tree, pk, other) if merging else remove(tree, pk, True)
        except ValueError:
            continue
        kept = carried(tree, made, edges, *((pk, other) if merging else ()))
        assert kept.keys() <= edges.keys()
        for edge in kept.values():
            assert edge.tail in made and edge.head in made and edge.tail != edge.head
        untouched = {key for key, e in edges.items() if {e.tail, e.head} <= made.keys()}
        if not merging:
            assert kept.keys() == untouched
        tree, edges = made, edges_of_json(edges_to_json(kept))
