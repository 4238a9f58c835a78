"""Diversity, likeness to a reference, complementarity, two levels, withheld cells: by hand and for any panel."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.diagnosis import (
    Cell,
    Panel,
    PanelError,
    beta_interval,
    compare_at_two_levels,
    complementarity,
    ellison_glaeser,
    hachman,
    herfindahl,
    hoover,
    krugman,
    location_quotient,
    shannon,
    theil,
    withhold,
)

CITIES = ["140100", "140300", "140700"]
TRADES = ["煤炭", "钢铁", "光伏", "法兰"]
tables = st.dictionaries(st.tuples(st.sampled_from(CITIES), st.sampled_from(TRADES)), st.integers(0, 400), min_size=1)


def firms(rows: dict[tuple[str, str], int], **more: object) -> Panel:
    """A complete count of firms."""
    options = {"quantity": "firms", "unit": "家", "level": "小类", "period": "2024", "complete": True} | more
    return Panel.of((Cell(r, s, n, statements=(r + s,)) for (r, s), n in rows.items()), **options)  # type: ignore[arg-type]


def three() -> Panel:
    return firms(
        {
            ("140100", "煤炭"): 20, ("140100", "钢铁"): 60, ("140100", "光伏"): 20,
            ("140300", "煤炭"): 90, ("140300", "法兰"): 10,
            ("140700", "光伏"): 50, ("140700", "法兰"): 50,
        }
    )  # fmt: skip


def test_entropy_by_hand() -> None:
    panel = firms({("140100", "煤炭"): 50, ("140100", "钢铁"): 25, ("140100", "光伏"): 25})
    assert shannon(panel, "140100").value == pytest.approx(1.5 * math.log(2))
    assert theil(panel, "140100").value == pytest.approx(math.log(3) - 1.5 * math.log(2))
    assert theil(firms({("140100", "煤炭"): 5}, segments=TRADES), "140100").value == pytest.approx(math.log(4))


def test_likeness_by_hand() -> None:
    # Of 300 firms 110 煤炭, 60 钢铁, 70 光伏, 60 法兰.
    found = krugman(three(), "140300", reference="三市")
    assert found.value == pytest.approx((0.9 - 110 / 300) + 60 / 300 + 70 / 300 + (60 / 300 - 0.1))
    assert hoover(three(), "140300").value == pytest.approx((found.value or 0) / 2)
    assert (found.reference, found.n, found.coverage) == ("三市", 4, 1.0)
    assert hachman(three(), "140300").value == pytest.approx(1 / (0.81 / (110 / 300) + 0.01 / (60 / 300)))


def test_the_reference_itself_is_unlike_nothing() -> None:
    panel = firms({("140100", "煤炭"): 30, ("140100", "钢铁"): 70})
    assert krugman(panel, "140100").value == 0
    assert hachman(panel, "140100").value == pytest.approx(1)


def test_clustering_needs_plant_sizes() -> None:
    panel = three()
    assert ellison_glaeser(panel, "法兰", None).reason == "no_data"
    one = ellison_glaeser(panel, "法兰", {"140700": [100.0]})
    assert one.reason == "no_data", "one plant says nothing of clustering"
    # Two equal plants in one city of three equal ones: G = (2/3)² + 2(1/3)² = 2/3, 1 - Σx² = 2/3, H = 1/2.
    assert ellison_glaeser(panel, "法兰", {"140700": [5.0, 5.0]}).value == pytest.approx(1.0)
    spread = ellison_glaeser(panel, "法兰", {c: [5.0, 5.0] for c in CITIES})
    assert spread.value == pytest.approx(-(1 / 6) / (5 / 6)) and spread.n == 6


def test_strength_that_feeds_the_neighbours_strength() -> None:
    edges = {("煤炭", "钢铁"): 0.5, ("光伏", "法兰"): 1.0, ("锂矿", "电池"): 1.0}
    found, feeds = complementarity(three(), "140300", "140100", edges)
    lq_coal, lq_steel = 0.9 / (110 / 300), 0.6 / (60 / 300)
    assert found.value == pytest.approx(0.5 * (lq_coal - 1) * (lq_steel - 1))
    assert [(f.supplier, f.user) for f in feeds] == [("煤炭", "钢铁")]
    assert found.coverage == pytest.approx(2 / 3) and found.n == 2
    back, _ = complementarity(three(), "140100", "140300", edges)
    assert back.value == 0, "it goes one way only"


def test_edges_that_nobody_counted_give_a_reason() -> None:
    found, feeds = complementarity(three(), "140300", "140100", {("锂矿", "电池"): 1.0})
    assert (found.value, found.reason, feeds) == (None, "no_data", ())
    with pytest.raises(ValueError, match="权重"):
        complementarity(three(), "140300", "140100", {("煤炭", "钢铁"): -1.0})


def test_similarity_falls_as_the_classification_gets_finer() -> None:
    panel = firms({("140100", "钢铁"): 60, ("140100", "光伏"): 40, ("140700", "法兰"): 60, ("140700", "光伏"): 40})
    parents = {"钢铁": "金属", "法兰": "金属", "光伏": "能源"}
    both = compare_at_two_levels(panel, parents, "大类", "140100", "140700")
    coarse, fine = both.coarse.structure_similarity, both.fine.structure_similarity
    assert coarse.value == pytest.approx(1.0) and coarse.level == "大类"
    assert fine.value == pytest.approx(0.16 / 0.52) and fine.level == "小类"


def test_grouping_keeps_what_is_unknown_and_needs_every_parent() -> None:
    panel = firms({("140100", "钢铁"): 6}, complete=False, segments=["法兰", "光伏"])
    grouped = panel.grouped({"钢铁": "金属", "法兰": "金属", "光伏": "能源"}, "大类")
    assert grouped.value("140100", "金属") == 6 and grouped.value("140100", "能源") is None
    with pytest.raises(PanelError, match="光伏"):
        panel.grouped({"钢铁": "金属", "法兰": "金属"}, "大类")


def test_small_cells_are_withheld_and_no_sum_tells_them() -> None:
    panel = firms(
        {
            ("140100", "煤炭"): 2, ("140100", "钢铁"): 9, ("140100", "光伏"): 7,
            ("140700", "煤炭"): 8, ("140700", "钢铁"): 5, ("140700", "光伏"): 30,
        }
    )  # fmt: skip
    found = withhold(panel)
    assert found.primary == (("140100", "煤炭"),)
    hidden = {*found.primary, *found.secondary}
    for axis in (0, 1):
        for name in {k[axis] for k in hidden}:
            assert sum(1 for k in hidden if k[axis] == name) > 1, f"{name}: one withheld cell alone could be told"
    assert found.panel.value("140100", "煤炭") is None and found.panel.firms("140100", "煤炭") is None
    assert withhold(panel, 0).primary == ()


def test_the_shrunk_quotient_carries_the_interval_of_what_was_seen_and_assumed() -> None:
    panel = firms({("140100", "光伏"): 3, ("140100", "煤炭"): 7, ("140700", "光伏"): 7, ("140700", "煤炭"): 83})
    found = location_quotient(panel, "140100", "光伏", pseudo_firms=20)
    low, high = beta_interval(3 + 2, 7 + 18)
    assert found.interval == pytest.approx((low / 0.1, high / 0.1))
    # Beta(5, 25): the 2.5 % and 97.5 % points of the table.
    assert (low, high) == pytest.approx((0.0585, 0.3177), abs=2e-3)


@given(tables)
def test_ranges_and_laws(rows: dict[tuple[str, str], int]) -> None:
    panel = firms(rows, regions=CITIES, segments=TRADES)
    for city in CITIES:
        h, e, t = herfindahl(panel, city), shannon(panel, city), theil(panel, city)
        if h.value is None:
            assert h.reason == e.reason == t.reason == "empty_row"
            continue
        assert e.value is not None and t.value is not None
        assert e.value + t.value == pytest.approx(math.log(4))
        assert 0.25 - 1e-12 <= h.value <= 1 and math.exp(-e.value) <= h.value + 1e-12, "1/e^H never exceeds HHI"
        k, m = krugman(panel, city).value, hachman(panel, city).value
        assert k is not None and m is not None and 0 <= k <= 2 and 0 < m <= 1
        shrunk = location_quotient(panel, city, "煤炭", pseudo_firms=5, minimum_firms=0)
        if shrunk.value is not None:
            assert shrunk.interval is not None
            assert shrunk.interval[0] - 1e-9 <= shrunk.value <= shrunk.interval[1] + 1e-9


@given(tables, st.integers(1, 9))
def test_a_place_twice_as_large_has_the_same_structure(rows: dict[tuple[str, str], int], times: int) -> None:
    panel, larger = firms(rows), firms({k: v * times for k, v in rows.items()})
    for measure in (herfindahl, shannon, theil, krugman, hachman):
        one, two = measure(panel, panel.regions[0]), measure(larger, panel.regions[0])
        assert one.reason == two.reason
        assert one.value is None or one.value == pytest.approx(two.value)


@given(tables)
def test_nothing_small_is_left_by_withholding(rows: dict[tuple[str, str], int]) -> None:
    found = withhold(firms(rows)).panel
    assert all(c.value is None or c.value == 0 or c.value >= 3 for c in found.cells.values())
