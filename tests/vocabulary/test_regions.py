"""Regions: any name that prose uses leads to one code, and what is doubtful stays doubtful."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.vocabulary.region_names import short_name
from liantu.vocabulary.regions import region_traps, regions

GAZETTEER = regions()
CODES = [r.code for r in GAZETTEER]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("晋中市", "晋中"),
        ("寿阳县", "寿阳"),
        ("内蒙古自治区", "内蒙古"),
        ("恩施土家族苗族自治州", "恩施"),
        ("杏花岭区", "杏花岭"),
        ("盂县", "盂县"),
        ("城区", "城区"),
        ("新疆维吾尔自治区", "新疆"),
        ("土默特左旗", "土默特左旗"),
        ("东乡族自治县", "东乡"),
    ],
)
def test_the_short_name_follows_from_the_full_one(full: str, short: str) -> None:
    assert short_name(full) == short


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("晋中", "140700"),
        ("寿阳", "140725"),
        ("太谷县", "140703"),
        ("吉林", "220000"),
        ("太原市杏花岭区", "140107"),
        ("阳泉郊区", "140311"),
        ("山西省太原市清徐县", "140121"),
        ("中部城市群", "G:shanxi-central-cluster"),
        ("山西综改区", "G:zonggai"),
        ("代州", "140923"),
    ],
)
def test_a_name_leads_to_its_region(name: str, code: str) -> None:
    region = GAZETTEER.by_name(name)
    assert region is not None and region.code == code


def test_an_ambiguous_name_is_settled_by_its_surroundings_or_not_at_all() -> None:
    assert GAZETTEER.by_name("鼓楼区") is None
    inside = GAZETTEER.by_name("鼓楼区", within="320100")
    assert inside is not None and inside.parent == "320100"
    suburb = GAZETTEER.by_name("郊区", within="140300")
    assert suburb is not None and suburb.code == "140311"


def test_the_way_up() -> None:
    assert [r.name for r in GAZETTEER.parents("140725")] == ["晋中市", "山西省"]
    city, municipality, direct = (GAZETTEER.city_of(c) for c in ("140725", "110108", "419001"))
    assert city is not None and city.name == "晋中市"
    assert municipality is not None and municipality.name == "北京市"
    assert direct is not None and direct.name == "济源市"
    assert GAZETTEER.city_of("140000") is None
    assert GAZETTEER.is_within("140725", "140000")
    assert GAZETTEER.is_within("140725", "G:shanxi-central-cluster")
    assert not GAZETTEER.is_within("140400", "G:shanxi-central-cluster")


def test_a_group_of_unpublished_extent_has_no_members() -> None:
    assert GAZETTEER.by_code("G:taixin").members == ()
    assert not GAZETTEER.is_within("140100", "G:taixin")
    assert GAZETTEER.is_within("G:taixin", "140000")
    assert GAZETTEER.is_within("G:jingjinji", "G:north-china")


def test_ordinary_words_need_their_suffix() -> None:
    needs = {form for form, _, need in GAZETTEER.names() if need}
    assert {"城区", "郊区", "矿区", "和平", "新城", "长安", "五台", "盐湖"} <= needs
    sure = {form for form, _, need in GAZETTEER.names() if not need}
    assert {"阳泉市郊区", "阳泉郊区", "和平区", "五台县", "晋中", "和顺"} <= sure
    assert not {"城区", "郊区"} & sure


def test_counties_far_from_home_need_their_suffix() -> None:
    sure = {form for form, _, need in GAZETTEER.names(home="140000") if not need}
    assert {"和顺", "昔阳", "保定", "苏州"} <= sure
    assert not {"秦淮", "鹿泉"} & sure
    assert {"秦淮", "鹿泉"} <= {form for form, _, need in GAZETTEER.names() if not need}


def test_every_trap_holds_a_name_of_the_gazetteer() -> None:
    forms = {form for form, _, _ in GAZETTEER.names()}
    for trap in region_traps():
        assert any(trap[i:j] in forms for i in range(len(trap)) for j in range(i + 2, len(trap) + 1)), trap


@given(st.sampled_from(CODES))
def test_every_region_is_found_inside_its_parent_by_name(code: str) -> None:
    region = GAZETTEER.by_code(code)
    found = GAZETTEER.by_name(region.name, within=region.parent or region.code)
    assert found is not None and found.code == code
    assert region.source


@given(st.sampled_from(CODES))
def test_provinces_hold_what_lies_in_them(code: str) -> None:
    province = GAZETTEER.province_of(code)
    region = GAZETTEER.by_code(code)
    if not region.is_group:
        assert province is not None and GAZETTEER.is_within(code, province.code)
