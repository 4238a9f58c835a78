"""Portraits of one firm: whom 公司, a quotation and somebody of the firm speak of."""

from __future__ import annotations

from tests.extraction.reading_of import figures_in

FIRM = "浙江帆影体育用品股份有限公司"
PORTRAIT = f"""冲刺四季度

“今年我们公司的泳镜订单有120万片，比去年多了一半。”在位于温岭市松门镇的{FIRM}，泳镜车间负责人潘信达欣喜地说。
潘信达介绍，去年泳镜订单65万副，前10个月销售产值1亿元。
为赶订单，去年这家公司新增切割机4台。今年，又扩招员工，达到260名。
温岭日报 2024年11月26日
"""


def test_who_speaks_for_a_firm_speaks_of_it() -> None:
    found = figures_in(PORTRAIT)
    assert {found[n].subject for n in ("120万", "65万", "1亿", "4", "260")} == {FIRM}


def test_somebody_of_another_office_speaks_of_his_own_place() -> None:
    text = f"温岭市泳镜产业观察\n\n{FIRM}今年订单120万片。\n“全市泳镜产值21亿元。”市经信局局长李达海说。\n李达海介绍，规上企业38家。\n"
    found = figures_in(text)
    assert found["21亿"].subject == found["38"].subject == "温岭市"


def test_a_firm_meant_before_it_is_named() -> None:
    text = "半年度经营评述\n\n报告期内，公司实现营业收入1.1亿元，比上年同期减少27.9%。\n帆影科技有限公司是一家做泳镜的企业，可生产1500种零件。\n"
    found = figures_in(text)
    assert {f.subject for f in found.values()} == {"帆影科技有限公司"}


def test_where_several_firms_are_named_a_firm_not_yet_named_is_none_of_them() -> None:
    text = "温岭市企业近况\n\n报告期内公司营业收入1.1亿元。\n帆影科技有限公司订单增多。\n海棠泵业有限公司产值4亿元。\n"
    assert figures_in(text)["1.1亿"].subject == "温岭市"


def test_what_money_is_told_with() -> None:
    assert figures_in("帆影科技有限公司以41.8亿元的营收总额入围百强。\n")["41.8亿"].indicator.startswith("营收总额")


def test_households_and_people_right_behind_each_other() -> None:
    found = figures_in("绥江县5个乡镇17万人。\n")
    assert (found["5"].indicator, found["17万"].indicator) == ("乡镇", "人口")
