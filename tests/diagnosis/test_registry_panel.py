"""From an enterprise list to the strengths and gaps of a place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from liantu.diagnosis import Panel, chain_gaps, location_quotient, panel_of_counts
from liantu.registry import Count, Lexicon, count_firms, count_industries, load_lists, load_registry, open_atlas

DATA = Path(os.environ.get("LIANTU_DATA", Path(__file__).parents[3] / "shared" / "data"))
TRADES = {
    "法兰": ("140921", 1),  # 定襄
    "液压": ("140702", 1),  # 榆次
    "耐火材料": ("140311", 3),  # 阳泉郊区
    "水泵": ("140802", 3),  # 盐湖
}
"""Trades of certified specialty towns, the county of each, and the rank in which it is found at least."""


def test_counts_become_a_complete_panel_without_firms_of_no_known_place() -> None:
    counts = [Count("140100", "光伏", 3, 9, 0.0, 0), Count("", "光伏", 5, 5, 0.0, 0)]
    panel = panel_of_counts(counts, level="产业链", period="2019", regions=["140700"])
    assert panel.regions == ("140100", "140700")
    assert panel.value("140700", "光伏") == 0.0 and panel.firms("140700", "光伏") == 0


def test_a_list_leads_to_gaps_with_numbers_behind_them(tmp_path: Path) -> None:
    rows = ["企业名称,经营范围,地址"]
    rows += [f"太原甲{i}厂,光伏组件制造,太原市小店区" for i in range(6)]
    rows += [f"太原乙{i}厂,水泥制造,太原市小店区" for i in range(20)]
    rows += [f"晋中丙{i}厂,石英坩埚制造,晋中市寿阳县" for i in range(4)]
    rows += [f"晋中丁{i}厂,水泥制造,晋中市寿阳县" for i in range(60)]
    path = tmp_path / "名单.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    lexicon = Lexicon({"石英坩埚": ["石英坩埚"], "光伏组件": ["光伏组件"], "逆变器": ["逆变器"], "其他": ["水泥"]})
    counts = count_firms(load_registry(path, lexicon=lexicon))
    panel = panel_of_counts(counts, level="环节", period="2024", segments=["逆变器"])
    found = chain_gaps(panel, "140100", ["石英坩埚", "光伏组件", "逆变器", "银浆"])
    assert [(n.status, n.firms) for n in found.nodes] == [
        ("missing", 0),
        ("strong", 6),
        ("missing", 0),
        ("no_data", None),
    ]


def test_industries_of_the_registry_become_a_panel(tmp_path: Path) -> None:
    rows = ["企业名称,经营范围,地址"]
    rows += [f"太原甲{i}厂,光伏组件制造,太原市小店区" for i in range(6)]
    rows += [f"晋中丁{i}厂,水泥制造,晋中市寿阳县" for i in range(6)]
    rows += ["晋中戊,承揽业务,晋中市", "晋中己厂,食醋酿造,晋中市"]
    path = tmp_path / "名单.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    load_lists([path], tmp_path / "库")
    with open_atlas(tmp_path / "库") as atlas:
        cities = count_industries(atlas)
        assert [(c.region_code, c.label, c.firms, c.region_firms) for c in cities] == [
            ("140100", "38", 6, 6), ("140700", "14", 1, 8), ("140700", "30", 6, 8),
        ]  # fmt: skip
        assert {c.label for c in count_industries(atlas, digits=1)} == {"C"}
        assert {c.label for c in count_industries(atlas, digits=4)} == {"3825", "3011", "1462"}
        assert [c.region_code for c in count_industries(atlas, "county")] == ["", "140105", "140725"]
    panel = panel_of_counts(cities, level="国民经济行业大类", period="2024")
    # 6 of 7 firms with a class beside 6 of 13.
    assert location_quotient(panel, "140700", "30").value == pytest.approx((6 / 7) / (6 / 13))


@pytest.fixture(scope="module")
def counties() -> Panel:
    """Makers by county in the real registry of a province."""
    path = DATA / "registry" / "shanxi.parquet"
    if not path.exists():
        pytest.skip(f"no real data at {DATA}; set LIANTU_DATA")
    counts = count_firms(load_registry(path, lexicon=_trades()), "county", ["make"])
    return panel_of_counts(counts, level="专业镇产业", period="2019")


def _trades() -> Lexicon:
    """The towns' trades beside what other makers make, so that a place's own size counts."""
    others = ["水泥", "煤炭", "食品", "服装", "饲料", "建材", "化工", "机械", "钢材", "木材", "种植", "养殖", "粮食"]
    return Lexicon({trade: [trade] for trade in TRADES} | {"其他": others})


@pytest.mark.slow
@pytest.mark.parametrize("trade", TRADES)
def test_specialty_towns_are_rediscovered_in_the_real_registry(counties: Panel, trade: str) -> None:
    county, rank = TRADES[trade]
    quotients = {r: location_quotient(counties, r, trade, pseudo_firms=20).value or 0.0 for r in counties.regions}
    assert county in sorted(quotients, key=lambda r: -quotients[r])[:rank]
