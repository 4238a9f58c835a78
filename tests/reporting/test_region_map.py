"""Maps of regions: boundaries from a replaceable file, values written on them."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.reporting import BoundaryFileError, children_of, draw_choropleth
from liantu.reporting.choropleth import class_breaks, shade
from liantu.reporting.palette import NO_DATA, SEQUENTIAL

FIVE_CITIES = ("140100", "140300", "140700", "140900", "141100")


def test_shanxi_has_its_eleven_cities_and_the_cluster_its_five() -> None:
    assert len(children_of("140000").regions) == 11
    names = {b.name for b in children_of("140000", only=FIVE_CITIES).regions}
    assert names == {"太原市", "阳泉市", "晋中市", "忻州市", "吕梁市"}


def test_a_city_shows_its_counties() -> None:
    assert {"榆次区", "和顺县", "灵石县"} <= {b.name for b in children_of("140700").regions}


def test_the_map_writes_names_values_and_that_its_boundaries_are_on_trial() -> None:
    drawing = draw_choropleth(
        children_of("140000"),
        {"140700": 5623.0, "140100": 22.0},
        title="各市数字",
        note="底图为试用边界，非审定地图",
        links=lambda code: f"/figures?region={code}&x=1",
    )
    root = ElementTree.fromstring(drawing)
    text = "".join(root.itertext())
    assert "晋中" in text and "5,623" in text and "非审定地图" in text
    assert "/figures?region=140700&amp;x=1" in drawing


def square(code: str, west: float) -> dict[str, object]:
    ring = [[west, 37.0], [west + 1, 37.0], [west + 1, 38.0], [west, 38.0], [west, 37.0]]
    return {
        "type": "Feature",
        "properties": {"adcode": code, "name": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def test_a_reviewed_file_takes_the_place_of_the_trial_one(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.geojson"
    path.write_text(json.dumps({"features": [square("140100", 112), square("140700", 113), square("130100", 114)]}))
    found = children_of("140000", path)
    assert [b.code for b in found.regions] == ["140100", "140700"]
    assert not found.trial
    assert "试用" not in draw_choropleth(found, {}, title="图", note="试用")


def test_a_broken_boundary_file_says_which_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "broken.geojson"
    path.write_text("not json")
    with pytest.raises(BoundaryFileError, match=r"broken\.geojson"):
        children_of("140000", path)


@given(st.lists(st.floats(0, 1e12), max_size=40))
def test_classes_rise_and_more_is_never_lighter(values: list[float]) -> None:
    breaks = class_breaks(values)
    assert breaks == sorted(set(breaks))
    steps = [NO_DATA, *SEQUENTIAL]
    shades = [steps.index(shade(v, breaks)) for v in sorted(values)]
    assert shades == sorted(shades)


def test_nothing_known_is_not_the_same_as_little() -> None:
    assert shade(None, [10.0]) == NO_DATA
    assert shade(1.0, [10.0]) != NO_DATA
