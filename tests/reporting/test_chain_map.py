"""A chain outline becomes columns of segments that can be read, tested and printed."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.reporting import Edge, Segment, chain_map_of, draw_chain_map, draw_legend, outline_rows
from liantu.reporting.chain_drawing import CHINESE, lay_out
from liantu.reporting.chain_outline import STATUSES, ChainMap, fill_down

METHANOL = [
    ["甲醇经济", "制醇", "焦炉煤气制甲醇"],
    [None, None, "煤制甲醇"],
    [None, "储运", "甲醇罐车"],
    [None, "加注", "甲醇加注站"],
    [None, "整车", "甲醇重卡"],
    [None, None, "甲醇乘用车"],
]

words = st.text("煤焦氢醇硅光镁铝车站", min_size=1, max_size=6)
paths = st.lists(st.lists(words, min_size=1, max_size=6).map(tuple), min_size=1, max_size=40)


def svg_of(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def test_one_root_names_the_chain_and_level_two_gives_the_columns() -> None:
    drawn = chain_map_of("", METHANOL)
    assert drawn.title == "甲醇经济"
    assert drawn.columns == ("制醇", "储运", "加注", "整车")
    assert [s.name for s in drawn.column("整车")] == ["甲醇重卡", "甲醇乘用车"]


def test_several_roots_are_themselves_the_columns() -> None:
    drawn = chain_map_of("不锈钢", [["上游", "镍铁"], ["", "铬铁"], ["下游", "精密带钢", "手撕钢"]])
    assert drawn.columns == ("上游", "下游")
    assert drawn.segments[-1].path == ("下游", "精密带钢", "手撕钢")


def test_an_empty_level_with_nothing_above_names_its_row() -> None:
    with pytest.raises(ValueError, match="第2行第2级"):
        fill_down([["上游"], ["上游", "", "镍铁"]])


@given(paths)
def test_an_outline_written_out_is_read_back_as_it_was(rows: list[tuple[str, ...]]) -> None:
    drawn = chain_map_of("链", [("甲", *row[:5]) for row in rows] + [("乙",)])
    assert chain_map_of("链", outline_rows(drawn)).segments == drawn.segments


@given(paths, st.floats(300, 2000))
def test_no_two_segments_overlap_and_all_lie_on_the_page(rows: list[tuple[str, ...]], width: float) -> None:
    layout = lay_out(chain_map_of("链", rows), width)
    for i, a in enumerate(layout.boxes):
        assert a.x >= 0 and a.x + a.width <= layout.width + 0.01 and a.y + a.height <= layout.height
        for b in layout.boxes[i + 1 :]:
            apart_across = a.x + a.width <= b.x + 0.01 or b.x + b.width <= a.x + 0.01
            apart_down = a.y + a.height <= b.y + 0.01 or b.y + b.height <= a.y + 0.01
            assert apart_across or apart_down, (a, b)


def test_two_hundred_segments_keep_readable_boxes_on_one_page() -> None:
    columns = ["原料", "材料", "部件", "组件", "主机", "系统", "应用"]
    rows = [[columns[i * 7 // 200], f"环节{i:03d}"] for i in range(200)]
    layout = lay_out(chain_map_of("光伏", rows))
    assert len(layout.boxes) == 200
    assert min(box.width for box in layout.boxes) >= 80
    assert layout.height < 800


def test_every_status_is_told_by_more_than_colour() -> None:
    segments = tuple(Segment(("列", status), status) for status in STATUSES)
    drawing = draw_chain_map(ChainMap("链", segments, columns=("列",)))
    for status in STATUSES:
        assert f'data-status="{status}"' in drawing
        assert f"› {status} · {CHINESE[status]}" in drawing  # what pointing at it says
    assert "stroke-dasharray" in drawing


def test_choosing_a_segment_shows_its_supply_and_fades_the_rest() -> None:
    rows = [["上游", "甲"], ["", "乙"], ["下游", "丙"]]
    drawn = chain_map_of("链", rows, [Edge("上游/甲", "下游/丙"), Edge("上游/乙", "下游/丙")])
    plain = svg_of(draw_chain_map(drawn))
    assert all(e.get("opacity") == "0" for e in plain.iter() if "edge" in (e.get("class") or ""))
    chosen = svg_of(draw_chain_map(drawn, selected="上游/甲"))
    faded = {e.get("data-key") for e in chosen.iter() if "faded" in (e.get("class") or "")}
    shown = [e.get("data-tail") for e in chosen.iter() if "shown" in (e.get("class") or "")]
    assert faded == {"上游/乙"}
    assert shown == ["上游/甲"]


def test_words_from_documents_cannot_break_out_of_the_drawing() -> None:
    nasty = '"><script>alert(1)</script>'
    drawing = draw_chain_map(ChainMap(nasty, (Segment((nasty, nasty), note=nasty, href='/"x'),), columns=(nasty,)))
    assert "<script" not in drawing
    svg_of(drawing)


def test_a_map_without_segments_says_so_and_the_legend_names_all() -> None:
    assert "还没有环节" in draw_chain_map(ChainMap("链", ()))
    assert all(word in draw_legend() for word in ("强", "有", "弱", "缺", "险", "未知"))
