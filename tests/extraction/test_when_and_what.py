"""When a figure is of and what it measures, where the words around it mislead."""

from __future__ import annotations

import pytest
from tests.extraction.reading_of import figures_in, found_in

from liantu.extraction import Figure

HEAD = "湘潭市经济快报\n\n2024-10-16 09:30　来源：湘潭日报\n\n"


def figures(body: str, head: str = HEAD) -> dict[str, Figure]:
    """The figures of a short text by their number."""
    return figures_in(head + body)


@pytest.mark.parametrize(
    ("sentence", "number", "period"),
    [
        ("1-3季度，全市完成投资61亿元。", "61亿", "2024-01/2024-09"),
        ("一季度，全市税收在去年高基数的基础上保持增长，完成4.1亿元。", "4.1亿", "2024-01/2024-03"),
        ("前三季度，全市围绕年初确定的目标任务加快建设，产值达到96亿元。", "96亿", "2024-01/2024-09"),
        ("全市提出‘十四五’期间培育亿元企业30家。", "30", "2021/2025"),
        ("‘十四五’期间，产值争创120亿元。", "120亿", "2025"),
    ],
)
def test_the_time_that_a_figure_is_of(sentence: str, number: str, period: str) -> None:
    assert figures(sentence)[number].period == period


def test_an_honour_dates_its_own_sentence_only() -> None:
    found = figures("2008年获评中国莲城，种莲3.1万亩。\n湘莲年加工能力12万吨，从业人员2.6万人。")
    assert found["3.1万"].period == "2008"
    assert found["12万"].period is None and found["2.6万"].period is None


def test_what_a_quarters_end_counts_up_to_goes_on_in_the_next_sentence() -> None:
    found = figures("截至一季度，园区完成产值84亿元。建成厂房6万平方米。")
    assert found["84亿"].period == found["6万"].period == "../2024-03"


def test_a_text_without_a_day_speaks_from_the_year_it_opens_with() -> None:
    text = "2025年，湘潭市印发招商行动方案。\n茶油产业链，2027年末落地项目9个，到位资金2.7亿元。\n"
    found = figures(text, "招商行动方案要点\n\n")
    assert found["9"].status == found["2.7亿"].status == "target"


def test_a_since_without_a_day_of_publication_goes_no_further() -> None:
    text = "我县2020年以来狠抓招商。今天开工的项目40个，总投资64亿元。\n"
    assert figures(text, "湘潭县项目开工\n\n")["40"].period is None


def test_a_day_alone_is_the_last_one_that_there_was() -> None:
    found = figures("本报讯 31日，全市集中开工项目21个。", "湘潭市项目开工\n\n2023-03-03 09:30　来源：湘潭日报\n\n")
    assert found["21"].period == "2023-01-31", "February had no 31st"


def test_three_sectors_by_their_full_names() -> None:
    found = figures("第一、二、三产业增加值分别增长4.6%、7.9%、3.5%。")
    assert [found[n].indicator for n in ("4.6%", "7.9%", "3.5%")] == [
        f"第{which}产业增加值增长" for which in ("一", "二", "三")
    ]


def test_measures_beside_each_other_are_no_parts_of_each_other() -> None:
    found = figures("前三季度，生猪出栏68万头，增长7.2%，家禽出栏903万只，增长5.4%。")
    assert found["903万"].indicator == "家禽出栏" and found["5.4%"].indicator == "家禽出栏增长"
    found = figures("前三季度，湘莲加工企业实现销售收入3.5亿元，实现利税2680万元。")
    assert found["2680万"].indicator == "湘莲加工企业实现利税"


def test_households_and_people_that_only_their_counters_name() -> None:
    found = figures("全镇有2.8万户，6.5万人。新庄镇辖15个行政村，26500人。")
    assert (found["2.8万"].indicator, found["6.5万"].indicator) == ("户数", "人口")
    assert (found["15"].indicator, found["26500"].indicator) == ("行政村", "人口")


def test_the_only_one_is_no_count() -> None:
    assert not figures("这是全市唯一一家莲子交易市场。")


def test_places_that_are_counted_together_are_not_whom_the_count_is_about() -> None:
    found = figures("韶山、湘乡、雨湖3个园区积极承接产业转移。前三季度，3个园区到位资金增长83.1%。")
    assert found["83.1%"].subject == "湘潭市"


@pytest.mark.parametrize("text", ["全市园区产业加快发展。", "全市形成五大特色产业集群。", "全市全面推行产业链链长制。"])
def test_where_how_many_and_what_is_done_are_no_industries(text: str) -> None:
    assert not found_in(HEAD + text).chains


def test_an_item_of_a_list_is_no_firm() -> None:
    text = "全市打造产业集群。一是湘莲酿造产业集群。以莲香公司等31家企业为龙头，年生产能力9万吨。"
    assert not [e.name for e in found_in(HEAD + text).enterprises if e.name.startswith("一是")]


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("2021年印发的规划提出，到2025年产业规模达到500亿元；2023年，目标上调为800亿元。", "800亿"),
        ("到2025年，力争产值突破600亿元，2022年10月调整为700亿元。", "700亿"),
        ("省里确定我市2025年的任务是200亿元，去年调整为260亿元。", "260亿"),
    ],
)
def test_a_revised_goal_is_for_its_own_year_and_not_for_that_of_its_revision(sentence: str, number: str) -> None:
    told = figures(sentence)[number]
    assert (told.period, told.status) == ("2025", "target")


def test_a_prospect_is_no_part_of_the_measure() -> None:
    assert figures("去年产值5亿元，今年有望突破6亿元。")["6亿"].indicator == "产值"


def test_what_a_cluster_has_is_named_with_the_cluster() -> None:
    found = figures("按集群分，全市果蔬产业集群有70家企业，饮品产业集群有19家企业。")
    assert (found["70"].indicator, found["19"].indicator) == ("果蔬产业集群企业", "饮品产业集群企业")


def test_a_whole_beside_its_growth() -> None:
    found = figures("去年湘莲业实现净增产值43亿元，总产值达到129亿元。")
    assert "净增" not in found["129亿"].indicator and found["129亿"].indicator.endswith("总产值")


def test_a_sentence_that_goes_round_towns_leaves_none_of_them_behind() -> None:
    found = figures("全市培育特色乡镇。花石镇成为湘莲大镇，云湖桥镇成为生猪大镇。农民人均收入3.1万元，增长6%。")
    assert found["3.1万"].subject == "湘潭市"


def test_what_is_made_is_no_owner() -> None:
    text = "即将投产的年产精密零件2亿件项目位于雨湖区，项目总投资1.2亿元。"
    assert not [e.name for e in found_in(HEAD + text).enterprises]


def test_the_next_numbered_item_is_about_the_whole_again() -> None:
    text = "（一）建设推进。其中：韶山经济开发区开工建设，完成投资1000万元。（二）运行平稳。规上企业实现产值88亿元。"
    assert figures(text)["88亿"].subject == "湘潭市"


def test_years_of_an_account_without_a_day_are_not_ahead_of_each_other() -> None:
    found = figures("2018年，户籍人口4.9万人。2020年6月，全县下辖行政村28个。\n", "湘潭县概况\n\n")
    assert found["28"].status == "actual"
