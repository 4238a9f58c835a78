"""Numbers dealt out in turn, goals told on the way, and what goes on over commas, as dispatch notices write them."""

from __future__ import annotations

import pytest
from tests.extraction.reading_of import figures_in, found_in

from liantu.extraction import Figure, extract
from liantu.reading import read_document

HEAD = "随州市项目建设通报\n\n2024-10-16 09:30　来源：随州日报\n\n"


def figures(body: str) -> dict[str, Figure]:
    """The figures of a short text by their number."""
    return figures_in(HEAD + body)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("2023年香菇加工、专用车产业分别实现总产值71亿元、92亿元。", {"71亿": "香菇加工总产值", "92亿": "专用车产业总产值"}),
        (
            "城镇和农村居民人均可支配收入分别达36120元、21350元，分别增长4.5%、6%。",
            {"4.5%": "城镇居民人均可支配收入增长", "6%": "农村居民人均可支配收入增长"},
        ),
        ("经济总量和增速分别居全省第5位、第3位。", {"第5": "经济总量全省排名", "第3": "增速全省排名"}),
        ("比2020年分别提高12.6、8.4个百分点。", {"12.6": "提高", "8.4": "提高"}),
        (
            "实现地区生产总值612亿元、增长6.1%，增速高于全国1.3个百分点、全省0.6个百分点。",
            {"1.3": "高于全国", "0.6": "高于全省"},
        ),
        (
            "通用设备制造业、化学原料及化学制品制造业产值分别占到总数的7.5%、5.2%。",
            {"7.5%": "通用设备制造业产值占总数比重", "5.2%": "化学原料及化学制品制造业产值占总数比重"},
        ),
        (
            "高技术产业和装备制造业增加值同比分别增长9.6%和8.1%，占规模以上工业增加值比重为11.2%和30.6%。",
            {"11.2%": "高技术产业增加值占规模以上工业增加值比重", "30.6%": "装备制造业增加值占规模以上工业增加值比重"},
        ),
    ],
)  # fmt: skip
def test_each_number_of_a_list_gets_the_measure_of_its_member(sentence: str, told: dict[str, str]) -> None:
    found = figures(sentence)
    assert {number: found[number].indicator for number in told if told[number] in found[number].indicator} == {
        number: found[number].indicator for number in told
    }


def test_a_member_that_is_a_place_is_whose_the_number_is() -> None:
    found = figures("随县、广水市分别签约项目13个、15个。")
    assert [(found[n].subject, found[n].indicator) for n in ("13", "15")] == [
        ("随县", "签约项目"),
        ("广水市", "签约项目"),
    ]


def test_a_goal_told_on_the_way_is_a_goal_and_what_follows_goes_on_about_the_measure() -> None:
    found = figures("1—9月，全市到位资金119.22亿元，完成年度目标任务189亿元的63.08%，同比增长8.1%。")
    goal, share, growth = found["189亿"], found["63.08%"], found["8.1%"]
    assert (goal.status, goal.indicator) == ("target", "到位资金目标")
    assert (share.status, share.kind, share.indicator) == ("actual", "share", "到位资金完成目标比例")
    assert growth.indicator == "到位资金增长"


def test_a_share_and_a_rank_that_move_keep_their_names() -> None:
    found = figures("规模以上工业增加值占全省比重由3.9%提升到5.3%，从全省第11位跃升至第7位。")
    assert found["3.9%"].indicator == found["5.3%"].indicator == "规模以上工业增加值占全省比重"
    assert found["第7"].indicator == "规模以上工业增加值全省排名"


def test_the_industry_that_opens_a_part_is_what_its_measures_are_of() -> None:
    found = figures(
        "船舶配套业开足马力，骨干企业赶订单，实现增加值6.8亿元，增长39.9%；石料加工业恢复需求，实现增加值1.1亿元。"
    )
    assert found["6.8亿"].indicator == "船舶配套业实现增加值"
    assert found["39.9%"].indicator == "船舶配套业实现增加值增长"
    assert found["1.1亿"].indicator == "石料加工业实现增加值"


def test_an_estimate_in_a_list_reaches_no_further_than_its_part() -> None:
    found = figures(
        "2021年至2023年，分别完成销售收入36.3亿元、44.5亿元、65亿元，预计年均增长24.5%；分别完成税收1.3亿元、1.8亿元、2.6亿元。"
    )
    assert found["36.3亿"].indicator.endswith("销售收入")
    assert [found[n].period for n in ("1.3亿", "1.8亿", "2.6亿")] == ["2021", "2022", "2023"]
    assert found["24.5%"].status == "plan"
    assert {found[n].status for n in ("36.3亿", "44.5亿", "65亿", "1.3亿", "1.8亿", "2.6亿")} == {"actual"}


def test_in_a_list_of_priced_works_each_price_is_its_own() -> None:
    text = "其中，随岳铁路总投资53亿元、大洪山文化生态园总投资18亿元、曾都区老工业区改造工程总投资6.8亿元。"
    found = figures(text)
    assert [found[n].subject for n in ("53亿", "18亿", "6.8亿")] == [
        "随岳铁路",
        "大洪山文化生态园",
        "曾都区老工业区改造工程",
    ]
    works = {p.name: p.investment for p in found_in(HEAD + text).projects}
    assert works["曾都区老工业区改造工程"] == 6.8e8


def test_the_name_of_a_work_begins_behind_its_price() -> None:
    text = "包括总投资12亿元的人民控股厉山先进制造项目，投资8.9亿元的随县三里岗2×35万千瓦热电项目、投资5亿元的均川轻量化零部件生产项目等一批项目开工。"
    names = {p.name for p in found_in(HEAD + text).projects}
    assert {"人民控股厉山先进制造项目", "随县三里岗2×35万千瓦热电项目"} <= names


def test_a_total_of_many_is_not_one_works_price() -> None:
    text = "今天，我市举行专汽智造产业园项目暨四季度重点项目集中开工仪式，102个投资5000万元以上的重点建设项目集中开工，总投资395亿元。其中，专汽智造产业园项目总投资约13亿元。"
    found = extract(read_document((HEAD + text).encode(), "样例.txt"))
    assert next(f.subject for f in found.figures if f.number == "395亿") == "随州市"
    assert [p.investment for p in found.projects if "专汽智造" in p.name] == [13e8]


def test_a_county_without_a_name_is_not_the_city_that_the_text_mentions() -> None:
    text = "在县域经济座谈会上的发言\n\n我县农产品加工园获评随州市特色园区。今年以来，全县完成工业产值79.2亿元。\n"
    found = {f.number: f for f in extract(read_document(text.encode(), "样例.txt")).figures}
    assert found["79.2亿"].subject == ""


def test_enterprises_that_lead_an_industry_are_told_in_pairs() -> None:
    text = "全市集中力量培育以品源为链主的香菇加工、以程力为链主的专用车、以裕国菇业为链主的食用菌等优势产业。"
    triples = found_in(HEAD + text).triples()
    assert {("品源", "leads", "香菇加工"), ("程力", "leads", "专用车"), ("裕国菇业", "leads", "食用菌")} <= triples
    assert len([t for t in triples if t[1] == "leads"]) == 3


def test_every_work_of_a_row_that_starts_has_its_event() -> None:
    started = {
        e.subject for e in found_in(HEAD + "随岳铁路、封江口水库等重大项目顺利开工。").events if e.kind == "started"
    }
    assert started == {"随岳铁路", "封江口水库"}


def test_a_hundred_millions_told_with_a_counter_are_money() -> None:
    found = figures("企业负责人介绍，年产值争取突破2个亿。")["2个亿"]
    assert (found.value, found.unit, found.indicator) == (2e8, "元", "年产值")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("在随县电子信息产业园禾米智能科技有限公司车间，工人正在赶制订单。", {"禾米智能科技有限公司"}),
        ("世界500强企业中化（青岛）实业有限公司与随州市签约。", {"中化（青岛）实业有限公司"}),
    ],
)
def test_where_a_firm_sits_and_what_it_ranks_as_are_no_part_of_its_name(text: str, names: set[str]) -> None:
    assert names <= {e.name for e in found_in(HEAD + text).enterprises}


def test_the_firm_that_opens_a_sentence_goes_on_over_what_its_goods_are_for() -> None:
    found = figures("随州弘亨电机有限公司生产的微电机用于家用电器、汽车配件、工业自动化等领域，年生产能力2000万台。")
    assert found["2000万"].subject == "随州弘亨电机有限公司"


def test_公司_is_who_the_paragraph_is_about_and_not_whom_it_belongs_to() -> None:
    found = figures(
        "禾米智能科技有限公司坐落在曾都区。禾米智能主要生产智能家居产品，隶属深圳一米阳光集团，是国家高新技术企业。公司今年安装60余台设备。"
    )
    assert found["60"].subject.startswith("禾米智能")


def test_what_is_foretold_in_its_own_clause_is_no_fact() -> None:
    found = figures("一季度预计全市规上工业企业将实现总产值107亿元。")
    assert found["107亿"].status == "plan"


def test_an_event_is_the_works_and_not_where_it_lies() -> None:
    events = found_in(HEAD + "湖北铭德新材料公司铝型材生产线项目在曾都工业园开工建设。").events
    assert [e.subject for e in events if e.kind == "started"] == ["湖北铭德新材料公司铝型材生产线项目"]


def test_a_minus_behind_a_word_is_a_sign() -> None:
    found = figures("全年实际投资额增长-8.92%，人口自然增长率为-3.19‰。")
    assert found["8.92%"].value == -8.92
    assert (found["3.19‰"].value, found["3.19‰"].indicator) == (-3.19, "人口自然增长率")


def test_ages_sort_people_and_are_no_figures() -> None:
    found = figures("0—17岁、18—34岁、35岁及以上户籍人口分别为18891人、19099人和48951人。")
    assert list(found) == ["18891", "19099", "48951"]
    assert found["19099"].indicator == "18—34岁户籍人口"


def test_a_plus_between_counted_things_hides_none() -> None:
    found = figures("全省形成16条省级重点产业链+41家“链主”企业+105家“链核”企业的格局。")
    assert {n: found[n].unit for n in ("16", "41", "105")} == {"16": "条", "41": "家", "105": "家"}


def test_what_a_place_will_do_in_a_row_is_all_to_come() -> None:
    found = figures("随州将培育100家左右龙头企业，打造4个制造业集群、3个千亿级产业链。")
    assert {found[n].status for n in ("100", "4", "3")} == {"target"}


def test_the_same_in_other_money_goes_on_about_the_measure() -> None:
    found = figures("人均地区生产总值39102元，按2017年平均汇率计算为5791美元，增长0.2%。")
    assert found["5791"].indicator == "人均地区生产总值"


def test_members_of_a_row_share_its_step_each_at_its_own_price() -> None:
    text = "总投资13亿元的随汽一厂及发动机项目、总投资 10 亿元的均川光伏盖板项目、总投资5亿元的随州家电产业园项目实现当年开工。"
    found = {
        p.name: (p.investment, p.stage) for p in extract(read_document((HEAD + text).encode(), "样例.txt")).projects
    }
    assert sorted(found.values(), key=str) == sorted([(13e8, "started"), (10e8, "started"), (5e8, "started")], key=str)
    assert figures(text)["10 亿"].value == 10e8


def test_what_a_work_consists_of_is_said_of_the_work() -> None:
    text = "博广环保股份有限公司总投资50亿元建设碳酸钙循环产业化项目，占地1000亩。主要建设200万吨/年氧化钙生产线、80万吨/年碳酸钙生产线。"
    found = figures(text)
    assert found["200万"].subject == found["80万"].subject == "碳酸钙循环产业化项目"
    assert [p.name for p in found_in(HEAD + text).projects] == ["碳酸钙循环产业化项目"]


def test_people_counted_politely_hold_no_place_in_an_order() -> None:
    assert figures("22条产业链由20位市级领导担任链长。")["20"].kind == "level"


def test_将_may_mean_把() -> None:
    found = figures("随州知名民企程力集团在链长协调下，将120家供应商引入园区。")["120"]
    assert (found.status, found.subject) == ("actual", "程力集团")


def test_shares_told_in_turn_are_of_the_levels_and_not_of_their_growth() -> None:
    found = figures("园区完成总收入112亿元，增长12.3%，实现税收1.86亿元，增长9.8%，分别占全市的68%、31%。")
    assert (found["68%"].indicator, found["31%"].indicator) == ("园区完成总收入占全市比重", "实现税收占全市比重")


def test_a_task_fulfilled_in_turn_names_its_measure() -> None:
    found = figures("到位内资21.3亿元、外资2350万美元，分别完成年度任务的71%、63.5%。")
    assert (found["71%"].indicator, found["63.5%"].indicator) == ("到位内资完成目标比例", "外资完成目标比例")


def test_the_steps_of_other_phases_are_not_those_of_the_phase_in_the_name() -> None:
    text = "程力专汽三期项目总投资12.6亿元，占地210亩。目前一期、二期已投产，三期厂房主体完工。"
    assert [p.stage for p in found_in(HEAD + text).projects] == ["building"]
