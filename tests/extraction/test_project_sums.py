"""Which sum and which owner belong to which project, where several stand in one sentence."""

from __future__ import annotations

import pytest
from tests.extraction.reading_of import found_in


def test_the_sum_of_the_clause_before_and_who_puts_it_up() -> None:
    found = found_in(
        "四川省德阳市招商活动\n\n华铸精工拟投资4.6亿元，在广汉建设西部铸件检测中心；"
        "蜀源投资公司拟投资2.3亿元，在什邡建设锂电隔膜项目；川汇饮料有限公司拟投资1.2亿元，在绵竹建设山泉水灌装项目。"
    )
    told = [(p.name, p.investment, p.owner) for p in found.projects]
    assert told == [
        ("西部铸件检测中心", 4.6e8, "华铸精工"),
        ("锂电隔膜项目", 2.3e8, "蜀源投资公司"),
        ("山泉水灌装项目", 1.2e8, "川汇饮料有限公司"),
    ]


def test_an_intention_told_further_before_holds_for_the_work() -> None:
    found = found_in(
        "某乡项目情况\n\n一个是苏禾农业有限公司拟在西埠村流转滩涂600亩，投资1.6亿元，新上渔光互补发电项目。"
    )
    project = found.project("渔光互补发电项目")
    assert (project.owner, project.investment, project.stage) == ("苏禾农业有限公司", 1.6e8, "idea")


@pytest.mark.parametrize(
    ("row", "sums"),
    [
        ("总投资7亿元的甬能储能电站、总投资3.5亿元的永宁光学膜生产线等2个项目开工。", [7e8, 3.5e8]),
        ("总投资5亿元的“南屿冷链物流园项目”、2.9亿元的“宏润木门加工项目”等2个项目签约。", [5e8, 2.9e8]),
    ],
)
def test_each_member_of_a_row_bears_its_own_sum(row: str, sums: list[float]) -> None:
    assert [p.investment for p in found_in("浙江省宁波市项目进展\n\n" + row).projects] == sums


def test_quotation_marks_hold_the_whole_name() -> None:
    found = found_in(
        "公告\n\n恒谷新材公告称，公司投资30亿元建设“年产50万吨可降解及改性塑料产业化建设项目”。本项目分三期建设。"
    )
    assert [p.name for p in found.projects] == ["年产50万吨可降解及改性塑料产业化建设项目"]


@pytest.mark.parametrize(
    ("text", "no_firm"),
    [
        ("京冀高速怀来至宣化段改扩建工程全面开工。", "京冀"),
        ("日处理规模800立方米污水处理站已建成投用。", "规模"),
        ("由某公司新建600MW光伏发电项目。", "600MW"),
        ("陕西宝鸡石沟水库扩容工程加快推进。", "陕西宝鸡石沟"),
    ],
)
def test_roads_waterworks_and_sizes_name_no_owner(text: str, no_firm: str) -> None:
    found = found_in("重点工程进展\n\n" + text)
    assert no_firm not in {e.name for e in found.enterprises} | {p.owner for p in found.projects}


def test_a_work_named_with_its_village_and_without_is_one() -> None:
    found = found_in(
        "福建省南靖县项目进展\n\n记者在靖安镇溪头村恒兴机械项目建设现场看到，工人正在施工。恒兴机械项目计划总投资1.8亿元。"
    )
    assert [(p.owner, p.investment) for p in found.projects] == [("恒兴机械", 1.8e8)]


def test_what_was_signed_for_a_project_is_its_sum_and_what_was_signed_for_all_is_not() -> None:
    found = found_in(
        "旅游投资大会\n\n88个项目集中签约，签约总金额达1336亿元。泸州市纳溪区和中航旅业集团（四川）有限公司签约的凤凰湖片区综合开发项目签约额达110亿元。"
    )
    assert [(p.name, p.investment, p.owner) for p in found.projects] == [
        ("凤凰湖片区综合开发项目", 1.1e10, "中航旅业集团（四川）有限公司")
    ]


def test_a_batch_told_before_its_list_gives_the_step() -> None:
    found = found_in(
        "无锡高新区招商\n\n一批重特大项目签约落地，包括总投资40亿元的海蓝物联生态网基地项目、总投资20亿元的特瑞科技产业基地项目等。"
    )
    assert [(p.investment, p.stage) for p in found.projects] == [(4e9, "signed"), (2e9, "signed")]


def test_the_sort_that_closes_a_row_gives_the_step() -> None:
    found = found_in("山丹县重点项目集中开工\n\n山丹县图书馆提升改造、云台书院等续建项目2项，总投资0.6亿元。")
    assert {p.stage for p in found.projects} == {"building"}
