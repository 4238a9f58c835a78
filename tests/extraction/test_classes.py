"""Thresholds that name a class of projects or firms are no figures; what is counted in the class is, and keeps its name."""

import pytest
from tests.extraction.reading_of import figures_in


def told(sentence: str) -> dict[str, str]:
    text = f"2023年产业运行简报\n2024-01-15 来源：广安日报\n\n2023年，广安市{sentence}\n"
    return {number: f.indicator for number, f in figures_in(text, "简报.txt").items()}


@pytest.mark.parametrize(
    ("sentence", "number", "within"),
    [
        ("税收过80万元的企业有14家。", "14", "税收过80万元的企业"),
        ("产值超亿元企业达到26家。", "26", "产值超亿元企业"),
        ("投资3000万元以上项目45个。", "45", "3000万元以上项目"),
        ("500万元以上项目投资增长7.3%。", "7.3%", "500万元以上项目投资"),
        ("新签约投资额5亿元及以上项目9个。", "9", "5亿元及以上项目"),
        ("产值不足2000万元的小微企业有41家。", "41", "产值不足2000万元的小微企业"),
        ("进出口额上千万美元的外贸企业3家。", "3", "外贸企业"),
        ("增速超过20%的行业有5个。", "5", "增速超过20%的行业"),
        ("利润下降10%以上的企业7家。", "7", "利润下降10%以上的企业"),
        ("限额500万元及以上固定资产投资增长9.1%。", "9.1%", "固定资产投资"),
        ("产值超亿元的163家企业完成了技术改造。", "163", "企业"),
        ("总投资2000万元（含）以上的技改项目27项。", "27", "技改项目"),
    ],
)
def test_the_count_is_the_figure(sentence: str, number: str, within: str) -> None:
    found = told(sentence)
    assert set(found) == {number}
    assert within in found[number]


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("万元GDP能耗下降3.2%。", "3.2%"),
        ("工业产值超过120亿元。", "120亿"),
        ("签约项目总投资超过60亿元。", "60亿"),
        ("税收增长20%以上。", "20%"),
        ("华蓥山新材料项目总投资超10亿元，项目总额居全市前列。", "10亿"),
        ("规上工业企业利润总额达到5亿元以上。", "5亿"),
    ],
)
def test_what_is_measured_stays_a_figure(sentence: str, number: str) -> None:
    assert number in told(sentence)
