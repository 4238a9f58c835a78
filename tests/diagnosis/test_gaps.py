"""断点与弱项: what a place has of a chain, told by rules that are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.diagnosis import Cell, Panel, chain_gaps, gap_filled_by, node_rules

CHAIN = ["硅片", "电池", "组件", "逆变器"]


def counted(rows: dict[tuple[str, str], int], complete: bool = True) -> Panel:
    """Firms by city and segment, beside all other industry."""
    cells = [Cell(r, s, n, statements=(f"{r}{s}",)) for (r, s), n in rows.items()]
    return Panel.of(
        cells, quantity="firms", unit="家", level="环节", period="2024", complete=complete, segments=[*CHAIN, "其他"]
    )


def cities() -> Panel:
    """太原 strong in 组件, with one maker of 电池; 晋中 strong in 硅片."""
    return counted(
        {
            ("140100", "组件"): 30, ("140100", "电池"): 1, ("140100", "其他"): 100,
            ("140700", "硅片"): 20, ("140700", "组件"): 4, ("140700", "其他"): 400,
        }
    )  # fmt: skip


def test_status_of_every_node_with_the_rule_that_gave_it() -> None:
    found = chain_gaps(cities(), "140100", CHAIN)
    assert [n.status for n in found.nodes] == ["missing", "weak", "strong", "missing"]
    assert found.nodes[2].rule.id == "specialised" and found.nodes[2].firms == 30
    assert found.nodes[2].lq.measure == "lq_shrunk" and found.nodes[2].statements == ("140100组件",)
    assert "一两家" in found.nodes[1].rule.zh


def test_few_for_its_size_is_weak() -> None:
    found = chain_gaps(cities(), "140700", ["组件"])
    assert (found.nodes[0].status, found.nodes[0].rule.id) == ("weak", "under_represented")


def test_what_nobody_counted_is_no_data_and_not_missing() -> None:
    found = chain_gaps(counted({("140100", "组件"): 5}, complete=False), "140100", [*CHAIN, "边框"])
    assert [n.status for n in found.nodes] == ["no_data", "no_data", "present", "no_data", "no_data"]
    assert found.coverage == pytest.approx(1 / 5)


def test_how_far_the_neighbour_fills_the_gaps() -> None:
    panel = cities()
    share, which = gap_filled_by(chain_gaps(panel, "140100", CHAIN), chain_gaps(panel, "140700", CHAIN))
    assert (share.value, which, share.n) == (pytest.approx(1 / 3), ("硅片",), 3)


def test_a_place_without_gaps_has_nothing_to_fill() -> None:
    panel = cities()
    share, which = gap_filled_by(chain_gaps(panel, "140100", ["组件"]), chain_gaps(panel, "140700", CHAIN))
    assert (share.value, share.reason, which) == (None, "no_data", ())


def test_output_in_yuan_does_not_tell_strength() -> None:
    panel = Panel.of([Cell("140100", "组件", 5e8)], quantity="output", unit="元", level="环节", period="2024")
    with pytest.raises(ValueError, match="企业数"):
        chain_gaps(panel, "140100", CHAIN)


@given(st.none() | st.integers(0, 10_000), st.none() | st.floats(0, 1000))
def test_the_rules_have_no_hole(firms: int | None, lq: float | None) -> None:
    fitting = [rule for rule in node_rules() if rule.holds(firms, lq)]
    assert fitting
    assert (fitting[0].status == "missing") == (firms == 0)
    assert (fitting[0].status == "no_data") == (firms is None)
