"""Zones, regions, projects, chains and towns: what is one, what is two, what is for a person."""

import pytest

from liantu.resolution import Named, compare


def score(kind: str, a: str, b: str, left: dict[str, str] | None = None, right: dict[str, str] | None = None) -> float:
    return compare(kind, Named(a, context=left or {}), Named(b, context=right or {})).score


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("zone", "中北高新区", "太原中北高新技术产业开发区"),
        ("zone", "山西综改示范区", "山西转型综合改革示范区"),
        ("zone", "清徐经开区", "清徐经济开发区"),
        ("zone", "合肥高新区", "合肥高新技术产业开发区"),
        ("zone", "鹿泉经开区", "河北鹿泉经济开发区"),
        ("region", "晋中", "晋中市"),
        ("region", "太谷县", "太谷区"),
        ("region", "太原市杏花岭区", "杏花岭"),
        ("chain", "特钢材料产业链", "特钢"),
        ("chain", "特钢材料", "特钢材料产业链"),
        ("chain", "“药医养健游”产业链", "药医养健游"),
        ("town", "清徐老陈醋省级专业镇", "清徐老陈醋"),
        ("project", "56GW垂直一体化大基地", "晶科能源年产56GW垂直一体化大基地项目"),
        ("project", "精密不锈钢深加工二期项目", "太钢大明精密不锈钢深加工二期项目"),
        ("project", "碳化硅材料产业基地（二期）", "碳化硅材料产业基地"),
        ("project", "美锦氢能", "美锦氢能项目"),
        ("project", "1吉瓦组件厂项目", "1000MW组件厂项目"),
    ],
)
def test_one_thing_in_two_wordings(kind: str, one: str, other: str) -> None:
    assert score(kind, one, other) >= 0.8


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("zone", "太忻一体化经济区", "太忻经济一体化发展"),
        ("zone", "山西综改示范区", "山西综改示范区阳曲产业园区"),
        ("zone", "合肥经开区", "合肥高新区"),
        ("zone", "经开区", "忻州经济开发区"),
        ("region", "太原市", "太谷区"),
        ("chain", "光伏", "光伏电池"),
        ("chain", "氢能", "光伏"),
        ("town", "定襄法兰", "代州黄酒"),
        ("project", "14GW光伏电池项目", "56GW光伏电池项目"),
        ("project", "某产业园一期", "某产业园二期"),
        ("project", "年产20GW单晶硅棒生产线项目", "年产20GW硅片生产线项目"),
    ],
)
def test_two_things_that_sound_alike(kind: str, one: str, other: str) -> None:
    assert score(kind, one, other) < 0.5


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("region", "鼓楼区", "鼓楼区"),
        ("project", "10GW光伏电池项目", "光伏电池项目"),
        ("project", "针状焦项目", "昌盛煤气化年产12万吨针状焦项目"),
    ],
)
def test_what_only_a_person_can_tell(kind: str, one: str, other: str) -> None:
    assert 0.5 <= score(kind, one, other) < 0.8


def test_the_context_settles_a_shared_region_name() -> None:
    nanjing, kaifeng = {"region": "320100"}, {"region": "410200"}
    assert score("region", "鼓楼区", "鼓楼区", nanjing, nanjing) >= 0.8
    assert score("region", "鼓楼区", "鼓楼区", nanjing, kaifeng) < 0.5


def test_the_owner_tells_two_projects_apart_and_joins_two_wordings() -> None:
    owner = {"owner": "一道新能源科技(忻州)有限公司"}
    assert score("project", "14GW光伏电池生产基地项目", "一道新能14GW光伏电池项目", owner) >= 0.8
    assert score("project", "年产10GW光伏电池项目", "10GW光伏电池生产线项目", owner, {"owner": "沐邦高科"}) < 0.5


def test_the_place_tells_two_projects_apart() -> None:
    assert (
        score("project", "污水处理厂提标改造工程", "污水处理厂提标改造工程", {"place": "清徐县"}, {"place": "定襄县"})
        < 0.5
    )


def test_project_codes_decide() -> None:
    one, other = {"project_code": "2401-140181-89-01-123456"}, {"project_code": "2402-140181-89-01-654321"}
    assert score("project", "甲项目", "乙项目", one, one) == 1.0
    assert score("project", "甲项目", "甲项目", one, other) == 0.0
