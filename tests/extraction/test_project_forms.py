"""Projects told line by line: notices on assessments and records, catalogues of projects that seek investors."""

from __future__ import annotations

from tests.extraction.reading_of import found_in

NOTICE = """年产8000套铝合金门窗项目环境影响评价信息公示
现将有关情况公示如下：
一、项目概要
项目名称：年产8000套铝合金门窗项目
建设单位：阳新恒筑门窗有限公司
建设地点：湖北阳新经济开发区城北工业园，综合大道西侧
项目概况：租用3号厂房，新建喷粉线1条、组装线3条，总投资4200万元，建成后年产门窗8000套。
二、环评单位
单位名称：武汉清源环境评价有限公司
联系人：李工
"""

CATALOGUE = """嘉禾县2024年重点招商项目
1.精密铸件智能化改造项目
项目名称：精密铸件智能化改造项目
建设地点：嘉禾县坦坪镇
建设内容：改造砂处理线2条，新建机加工车间1座
总投资（万元）：26000
合作方式：合资
2.锻造余热利用项目
项目名称：锻造余热利用项目
项目单位：嘉禾湘锻机械有限公司
总投资：1.8亿元
"""


def test_a_notice_tells_one_project_with_its_owner_place_and_sum() -> None:
    found = found_in(NOTICE)
    assert len(found.projects) == 1
    project = found.project("年产8000套铝合金门窗项目")
    assert (project.owner, project.investment) == ("阳新恒筑门窗有限公司", 4.2e7)
    assert project.place is not None
    assert "经济开发区" in project.place
    assert ("阳新恒筑门窗有限公司", "owns", project.name) in found.triples()
    assert not any("评价" in (p.owner or "") for p in found.projects)


def test_each_form_of_a_catalogue_keeps_its_own_lines() -> None:
    found = found_in(CATALOGUE)
    assert [p.name for p in found.projects] == ["精密铸件智能化改造项目", "锻造余热利用项目"]
    first, second = found.projects
    assert (first.investment, first.stage, first.owner) == (2.6e8, "idea", None)
    assert (second.investment, second.stage, second.owner) == (1.8e8, "idea", "嘉禾湘锻机械有限公司")


def test_a_record_is_an_approval_and_an_application_is_none() -> None:
    form = "项目名称：醴陵瓷土精选项目\n建设单位：醴陵玉泉瓷土有限公司\n总投资：3000万元\n"
    assert found_in("企业投资项目备案结果公开\n" + form).projects[0].stage == "approved"
    assert found_in("企业投资项目备案申请受理公示\n" + form).projects[0].stage is None


def test_every_form_points_at_its_name() -> None:
    found = found_in(CATALOGUE)
    text = found.document.text.raw
    assert len(found.projects) == 2
    assert all(text[p.evidence.start : p.evidence.end].endswith(p.name) for p in found.projects)
