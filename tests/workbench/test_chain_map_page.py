"""The map of a chain: every segment once with its reason, places side by side, supply paths, sheets and tables, two versions."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.workbench.conftest import add_outline
from tests.workbench.test_chain_edges import FUELING, MAKING, TRUCKS
from tests.workbench.test_chain_outline import NAME, node, post

from liantu.ledger import services
from liantu.ledger.models import Source
from liantu.ledger.outlines.edges import Edge as Join
from liantu.ledger.outlines.tree import add, merge, move, of_paths, remove, rename
from liantu.ledger.outlines.versions import Version, compared, versions_of
from liantu.reporting import Column, Edge, chain_map_of, draw_chain_map, xlsx_bytes
from liantu.reporting.chain_paths import supply_paths
from liantu.workbench.chain_maps import map_data, places_asked

Page = Callable[..., str]
FIVE = ("140100", "140300", "140700", "140900", "141100")


@pytest.fixture
def outline(db: None, tmp_path: Path) -> Source:
    """The imported outline of the methanol chain."""
    return add_outline(tmp_path)


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry of made-up firms: one hydrogen maker in Jinzhong, one who carries it, three users; four makers in Taiyuan."""
    from liantu.registry import load_lists

    monkeypatch.setenv("LIANTU_HOME", str(tmp_path / "home"))
    rows = [
        ("晋中示例制氢有限公司", "焦炉煤气制氢、氢气生产", "山西省晋中市榆次区示例路1号"),
        ("晋中示例加氢有限公司", "加氢站建设运营、加氢站服务", "山西省晋中市榆次区示例路4号"),
        *(
            (f"晋中示例燃料电池{n}有限公司", "氢燃料电池、燃料电池电堆制造", "山西省晋中市榆次区示例路2号")
            for n in "甲乙丙"
        ),
        *((f"太原示例氢气{n}有限公司", "氢气生产、电解水制氢", "山西省太原市小店区示例路3号") for n in "甲乙丙丁"),
    ]
    path = tmp_path / "登记.xlsx"
    path.write_bytes(xlsx_bytes("企业", [Column(h) for h in ("企业名称", "经营范围", "地址")], rows))
    load_lists([path], tmp_path / "home" / "registry")
    return path


def cells(html: str) -> dict[tuple[str, str], str]:
    """(segment's key, place's letter) → status, as drawn."""
    found = {}
    for group in re.findall(r'<g class="segment[^"]*"[^>]*data-key="([^"]+)"[^>]*>(.*?)</g></g>', html, re.S):
        for status, letter in re.findall(r'class="cell" data-status="(\w+)" data-place="(.)"', group[1]):
            found[group[0], letter] = status
    return found


def test_five_cities_stand_side_by_side_and_every_segment_stands_once(
    clerk: Client, outline: Source, page: Page
) -> None:
    html = page(f"/chains/{NAME}/map")
    keys = re.findall(r'data-key="([^"]+)"', html)
    assert sorted(keys) == sorted([f"制醇/{MAKING}", f"加注/{FUELING}", f"整车/{TRUCKS}"])
    assert {letter for _key, letter in cells(html)} == set("太阳晋忻吕")
    assert set(cells(html).values()) == {"unknown"}  # nobody counted and nobody said: unknown, not missing
    assert "没有人清点过，也没有文件说起，不能说缺" in html and "数据覆盖 0%" in html


def test_what_a_list_says_is_there_with_its_sentence_and_its_reason(
    clerk: Client, outline: Source, page: Page, tmp_path: Path
) -> None:
    path = tmp_path / "企业.xlsx"
    heads = [Column(head) for head in ("企业名称", "所在市", "所属环节", "主要产品")]
    path.write_bytes(xlsx_bytes("企业", heads, [("晋中甲醇有限公司", "晋中市", MAKING, "甲醇")]))
    services.add_workbook(path)
    data = map_data(NAME, FIVE)
    assert data is not None
    (row,) = [row for row in data.rows if row.path[-1] == MAKING]
    assert [state.status for state in row.states] == ["no_data", "no_data", "present", "no_data", "no_data"]
    html = page(f"/chains/{NAME}/map", node=row.pk)
    (thing,) = row.things
    assert (
        "有名有姓的企业 1 家" in html and f"/statements/{thing.statement}" in html and f"/entities/{thing.pk}" in html
    )
    assert cells(html)[f"制醇/{MAKING}", "晋"] == "present"


def test_who_is_on_a_wider_segment_is_told_there_and_on_none_of_its_parts(
    clerk: Client, outline: Source, page: Page, tmp_path: Path
) -> None:
    post(clerk, "under", node("整车"), name="乘用车")
    path = tmp_path / "企业.xlsx"
    heads = [Column(head) for head in ("企业名称", "所在市", "所属环节", "主要产品")]
    rows = [("晋中整车有限公司", "晋中市", "整车", "汽车"), ("晋中加注有限公司", "晋中市", "加注", "加注")]
    path.write_bytes(xlsx_bytes("企业", heads, rows))
    services.add_workbook(path)
    drawn = cells(page(f"/chains/{NAME}/map"))
    assert drawn[f"加注/{FUELING}", "晋"] == "present"  # its only part: there is nowhere else to be
    assert drawn[f"整车/{TRUCKS}", "晋"] == drawn["整车/乘用车", "晋"] == "unknown"
    assert "晋中整车有限公司" in page(f"/chains/{NAME}/map", node=node("乘用车"))


def test_counted_places_are_strong_missing_or_hang_on_one_firm(
    clerk: Client, registry: Path, db: None, page: Page
) -> None:
    data = map_data("氢能", FIVE)
    assert data is not None and data.counted
    found = {
        (place.name, row.path[-1]): state
        for row in data.rows
        for place, state in zip(data.places, row.states, strict=True)
    }
    alone = found["晋中市", "制氢"]
    assert (alone.status, alone.rule, alone.firms) == ("at_risk", "single_source", 1)
    assert alone.relying == ("中游/储运与加氢",)  # which it supplies, not those two steps on
    assert found["太原市", "制氢"].status in ("strong", "present") and found["太原市", "制氢"].firms == 4
    assert found["太原市", "燃料电池与应用"].status == "missing"  # its registry was counted: there is none
    assert found["忻州市", "制氢"].status == "no_data"  # of Xinzhou there is no registry at all
    html = page("/chains/氢能/map", region="140700", node=next(r.pk for r in data.rows if r.path[-1] == "制氢"))
    assert "晋中示例制氢有限公司" in html and "清点到的只有一家" in html


def test_choosing_a_segment_follows_supply_to_both_ends(clerk: Client, outline: Source, page: Page) -> None:
    post(clerk, "join", node(MAKING), other=node(FUELING))
    post(clerk, "join", node(FUELING), other=node(TRUCKS))
    html = page(f"/chains/{NAME}/map", node=node(TRUCKS))
    assert "faded" not in html and html.count('class="edge shown"') == 2  # the maker two steps up is on the way
    html = page(f"/chains/{NAME}/map", node=node(MAKING))
    down = re.search(r"<dt>供应给谁</dt><dd>(.*?)</dd>", html, re.S)
    assert down and FUELING in down[1] and TRUCKS in down[1]
    assert f"node={node(FUELING)}" in html  # a click goes on from there


def test_a_place_nobody_knows_is_refused_and_any_places_may_be_asked(
    clerk: Client, outline: Source, page: Page
) -> None:
    assert clerk.get(f"/chains/{NAME}/map", {"region": "桃花源"}).status_code == 404
    assert clerk.get("/chains/没有的链/map").status_code == 404
    assert places_asked("晋中市,140100") == ("140700", "140100")
    assert places_asked("") == FIVE
    html = page(f"/chains/{NAME}/map", region="晋中市,榆次区")
    assert "晋中市、榆次区" in html


def test_the_map_leaves_as_a_sheet_and_as_a_table(clerk: Client, outline: Source) -> None:
    sheet = clerk.get(f"/chains/{NAME}/map.svg")
    root = ElementTree.fromstring(sheet.content)
    assert root.get("width") == "400mm"
    text = "".join(root.itertext())
    assert f"{NAME}产业链图谱" in text and "制图" in text and "晋=晋中市" in text and "缺" in text
    assert b"<script" not in sheet.content and b"style=" not in sheet.content
    book = openpyxl.load_workbook(BytesIO(clerk.get(f"/chains/{NAME}/map.xlsx", {"region": "140700"}).content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][:3] == ("环节", "地区", "状态") and len(rows) == 1 + 3
    assert {row[0] for row in rows[1:]} == {f"制醇 / {MAKING}", f"加注 / {FUELING}", f"整车 / {TRUCKS}"}
    assert clerk.get(f"/chains/{NAME}/map.pdf").status_code == 404


def test_versions_are_compared_and_names_the_same_segment(clerk: Client, outline: Source, page: Page) -> None:
    assert "还没有改过" in page(f"/chains/{NAME}/versions")
    post(clerk, "rename", node(FUELING), name="补能站")
    post(clerk, "under", node("整车"), name="乘用车")
    post(clerk, "move", node("补能站"), parent=node("整车"))
    post(clerk, "join", node(MAKING), other=node(TRUCKS))
    post(clerk, "remove", node("加注"))
    html = page(f"/chains/{NAME}/versions", old=1, new=6)
    rows = re.findall(r'<span class="tag">(.*?)</span></td><td>(.*?)</td><td>(.*?)</td>', html)
    assert ("改名", f"{NAME} › 加注 › {FUELING}", f"{NAME} › 整车 › 补能站") in rows
    assert ("移动", f"{NAME} › 加注 › {FUELING}", f"{NAME} › 整车 › 补能站") in rows
    assert ("新增", "—", f"{NAME} › 整车 › 乘用车") in rows and ("删除", f"{NAME} › 加注", "—") in rows
    assert ("加关系", "—", f"{MAKING} → {TRUCKS}（供应）") in rows and len(rows) == 5
    first = versions_of(NAME)[-1]
    assert first.number == 1 and not first.edges and {n.name for n in first.tree.values()} >= {"加注", FUELING}


def test_a_change_of_the_outline_that_changes_a_status_is_told(
    clerk: Client, outline: Source, page: Page, tmp_path: Path
) -> None:
    path = tmp_path / "企业.xlsx"
    heads = [Column(head) for head in ("企业名称", "所在市", "所属环节", "主要产品")]
    path.write_bytes(xlsx_bytes("企业", heads, [("晋中加注有限公司", "晋中市", FUELING, "加注")]))
    services.add_workbook(path)
    post(clerk, "merge", node(FUELING), into=node(TRUCKS))
    html = page(f"/chains/{NAME}/versions")
    assert re.search(rf"<td>{TRUCKS}</td><td>晋中市</td><td>未知</td><td>有</td>", html)


WORDS = st.lists(st.lists(st.sampled_from("甲乙丙丁"), min_size=1, max_size=4), min_size=1, max_size=10)


@given(WORDS, st.data())
def test_every_node_of_the_outline_is_drawn_exactly_once(paths: list[list[str]], data: st.DataObject) -> None:
    drawn = chain_map_of("链", [["链", *path] for path in paths])
    keys = [s.key for s in drawn.segments]
    ends = st.sampled_from(keys)
    edges = data.draw(st.lists(st.builds(Edge, ends, ends), max_size=8))
    svg = draw_chain_map(chain_map_of("链", [["链", *path] for path in paths], edges), selected=data.draw(ends))
    assert sorted(re.findall(r'data-key="([^"]+)"', svg)) == sorted(set(keys)) == sorted(keys)
    tree = of_paths([["链", *path] for path in paths])
    inner = {n.parent for n in tree.values()}
    assert len(keys) == sum(pk not in inner for pk in tree)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20), st.integers(0, 7))
def test_supply_paths_are_what_can_be_reached(pairs: list[tuple[int, int]], start: int) -> None:
    edges = [Edge(str(a), str(b)) for a, b in pairs]
    paths = supply_paths(edges, str(start))
    reach = {start}
    while True:
        more = reach | {b for a, b in pairs if a in reach}
        if more == reach:
            break
        reach = more
    assert paths.down == {str(n) for n in reach - {start}}
    back = supply_paths([Edge(e.head, e.tail) for e in edges], str(start))
    assert back.up == paths.down and back.down == paths.up


@given(WORDS, st.data())
def test_a_comparison_tells_every_change_and_nothing_else(paths: list[list[str]], data: st.DataObject) -> None:
    tree = of_paths([["链", *path] for path in paths])
    old = Version(1, tree, {}, None)
    assert compared(old, old) == []
    pk, other = (data.draw(st.sampled_from(sorted(tree))) for _ in range(2))
    does = data.draw(st.sampled_from(["add", "rename", "move", "merge", "remove"]))
    try:
        made = {
            "add": lambda: add(tree, "新", other)[0],
            "rename": lambda: rename(tree, pk, "新"),
            "move": lambda: move(tree, pk, other),
            "merge": lambda: merge(tree, pk, other),
            "remove": lambda: remove(tree, pk, True),
        }[does]()
    except ValueError:
        return
    told = compared(old, Version(2, made, {}, None))
    kinds = [one.kind for one in told]
    if does in ("add", "rename", "move"):
        assert kinds == [{"add": "added", "rename": "renamed", "move": "moved"}[does]]
    gone = [one for one in told if one.kind in ("removed", "merged")]
    assert {one.node for one in gone} == tree.keys() - made.keys()
    joined = Version(2, tree, {"x": Join(pk, other)}, None)
    assert [one.kind for one in compared(old, joined)] == ["joined"]
