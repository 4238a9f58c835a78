"""Enterprises, each once under its fullest name."""

from __future__ import annotations

import pytest
from tests.extraction.reading_of import found_in


def names(text: str) -> list[str]:
    return [e.name for e in found_in("广东省佛山市制造业观察\n\n" + text).enterprises]


def test_full_and_short_name_are_one_enterprise() -> None:
    found = found_in(
        "广东动态\n\n佛山海盈精密机械股份有限公司（以下简称“海盈精密”）扩产。海盈精密今年产值增长两成。"
    ).enterprises
    assert [e.name for e in found] == ["佛山海盈精密机械股份有限公司"]
    assert "海盈精密" in found[0].aliases


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("岭粤照明、南粤电控等12家企业参展。", {"岭粤照明", "南粤电控"}),
        ("粤禾食品投资6800万元新建冷库。", {"粤禾食品"}),
        ("整车换上了桂扬精工生产的齿轮。", {"桂扬精工"}),
        ("比亚迪、宁德时代先后落户。", {"比亚迪", "宁德时代"}),
        ("由骏腾集团牵头建设。", {"骏腾集团"}),
        ("粤磷新材总经理李明介绍了订单。", {"粤磷新材"}),
        ("粤芯微电子总部基地奠基，总投资38亿元。", {"粤芯微电子"}),
        ("由衡川企业管理有限公司拿下。", {"衡川企业管理有限公司"}),
        ("入园企业四川和骏汽车部件有限公司扩租厂房。", {"四川和骏汽车部件有限公司"}),
        ("包括中信证券、浙江骏博乐、联创投资等行业龙头。", {"中信证券", "浙江骏博乐", "联创投资"}),
        ("佛山齿轮有限责任公司、佛山长城、骏格米特等8家企业领跑。", {"佛山齿轮有限责任公司", "佛山长城", "骏格米特"}),
        ("邦普循环、宁德时代、江升新材料等一批行业头部企业相继落户。", {"邦普循环", "宁德时代", "江升新材料"}),
    ],
)
def test_short_names_that_the_sentence_gives_away(text: str, expected: set[str]) -> None:
    assert set(names(text)) == expected


def test_a_place_before_a_count_of_enterprises_is_none() -> None:
    assert names("顺德四家企业入选国家专精特新“小巨人”。") == []


def test_a_group_and_its_company_behind_it_are_one_name() -> None:
    found = found_in("广东动态\n\n由骏泰神禾集团佛山炭素公司出资8亿元建设。").enterprises
    assert [e.name for e in found] == ["骏泰神禾集团佛山炭素公司"]
    assert "佛山炭素公司" in found[0].aliases


def test_a_group_may_be_international() -> None:
    assert names("总部位于深圳的骏威国际集团落户佛山。") == ["骏威国际集团"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学院与中天电气、亚骏机械、万骏电气签署协议。", {"中天电气", "亚骏机械", "万骏电气"}),
        ("以“链主”企业骏创时代为核心，引进18家配套企业。", {"骏创时代"}),
        ("骏能新材是骏泰神禾集团控股的上市公司。", {"骏能新材", "骏泰神禾集团"}),
        ("大型省属国企广东骏能集团有限公司出资。", {"广东骏能集团有限公司"}),
        ("由骏钼集团、佛山双骏钛业有限公司、市天骏环保工程有限公司等投资建设的3个重点项目开工。", None),
        ("骏山县人民政府年产10万吨负极材料项目开工。", set()),
    ],
)
def test_firms_by_their_neighbours_and_their_forms(text: str, expected: set[str] | None) -> None:
    if expected is None:
        assert {"佛山双骏钛业有限公司", "市天骏环保工程有限公司"} <= set(names(text))
        assert found_in("广东省佛山市制造业观察\n\n" + text).projects == ()
    else:
        assert set(names(text)) == expected


def test_a_river_is_no_owner_of_its_works() -> None:
    assert names("佛山市有心璧江环境综合整治工程PPP项目、顺港环珠东大街工程等8个项目开工。") == []


def test_a_text_of_captions_alone_names_nobody() -> None:
    assert (
        found_in("茶园2.98万亩，骏驰食品投资3亿元，总投资5亿元的南园项目开工。洪 专 摄\n责编:刘明\n").enterprises == ()
    )


def test_a_short_form_tells_where_the_name_begins() -> None:
    assert names("盛事达门业集团（下称“盛事达”）产值41亿元。") == ["盛事达门业集团"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("赣驰汽车出口整车8.2万辆，占其总销量的三成。", {"赣驰汽车"}),
        ("下游　浔锻智铸。“链主”企业，去年营业收入32亿元。", {"浔锻智铸"}),
        ("项目业主为庐岳新能源，首批20万千瓦已并网。", {"庐岳新能源"}),
        ("该县依托赣锻精工等企业发展阀门配套。", {"赣锻精工"}),
        ("由东部映科出资4.5亿元建设。", {"东部映科"}),
        ("基地由园区与三湘绿电按60%、40%的比例出资。", {"三湘绿电"}),
        ("另一家是顺德的天岭储控，今年前4个月订单翻番。", {"天岭储控"}),
        ("开发区企业章阳储能承建，10月开工。", {"章阳储能"}),
        ("产业链促成鑫海鸿等企业与链主美的集团配套。", {"鑫海鸿", "美的集团"}),
        ("先后引入晶岭、晶科、一心等头部企业。", {"晶岭", "晶科", "一心"}),
        ("引进桃花生物在园建成玉米年加工能力30万吨。", {"桃花生物"}),
        ("金江集团铜合金有限公司投资3亿元。", {"金江集团铜合金有限公司"}),
        ("由岭南集团与中科海镁公司合作实施。", {"岭南集团", "中科海镁公司"}),
        ("成功引进八头鹰车业、中粤精工等20余家配套企业。", {"八头鹰车业", "中粤精工"}),
        ("光子精密仪表公司便是一例：去年销售额900万元。", {"光子精密仪表公司"}),
    ],
)
def test_short_names_that_their_place_in_the_text_gives_away(text: str, expected: set[str]) -> None:
    assert set(names(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "房地产开发投资下降一成，仍下拉全部投资2.3个百分点。",
        "单看快递，每天寄出300万单。",
        "由市工业和信息化局牵头，县财政投资3亿元。",
        "乡镇政府牵头，村集体出资200万元。",
        "市统计局局长龚明宏：各位记者，企业效益好转。",
        "大力发展新能源汽车，年产永磁电机120万台。",
        "全市农林牧渔业增加值19亿元。",
        "一是稀土资源丰富。全市是重要的稀土产地。",
        "佛山市二〇三五年远景目标纲要印发。",
        "新上2条高压线束自动化产线。",
        "建设银行佛山分行拟以供应链金融方式放贷。",
        "一是企业盈利空间收窄。全市工业企业利润下降。",
        "（三）梯次育企。新增上市公司15家。",
    ],
)
def test_the_same_places_hold_others_than_enterprises(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "全市规上工业企业达到318户。",
        "佛山市市场监督管理局发布公告。",
        "华南理工大学与南海区共建研究院。",
        "家电、陶瓷等企业订单饱满。",
        "专精特新“小巨人”企业新增10家。",
    ],
)
def test_classes_bureaux_and_universities_are_no_enterprises(text: str) -> None:
    assert names(text) == []


def test_the_role_beside_the_name() -> None:
    found = found_in("广东动态\n\n省级机器人产业链“链主”企业粤衡机器人股份有限公司扩产。").enterprises
    assert found[0].role == "chain_master"


def test_a_bracket_before_the_legal_form_does_not_cut_a_name() -> None:
    found = found_in("四川省泸州市签约\n\n纳溪区与中航旅业集团（四川）有限公司签约。")
    assert [e.name for e in found.enterprises] == ["中航旅业集团（四川）有限公司"]
