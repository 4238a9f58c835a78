"""The clean form: characters, marks, scripts."""

import pytest

from liantu.reading import read_document


def clean(raw: str) -> str:
    return read_document(raw.encode(), "a.txt").text.clean


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("产值增长4.0%,其中5户达产;目标:翻番(二期)!成吗?", "产值增长4.0%，其中5户达产；目标：翻番（二期）！成吗？"),
        ("营业收入1,200万元,出口10,500吨", "营业收入1,200万元，出口10,500吨"),
        ("三次产业比为4.5:68.9:26.6,10:28开会", "三次产业比为4.5:68.9:26.6，10:28开会"),
        ("见https://a.gov.cn/x?id=1,2页面", "见https://a.gov.cn/x?id=1,2页面"),
        ("签约12个,51.6亿元,开工2022,2023", "签约12个，51.6亿元，开工2022，2023"),
        ("２０２４年完成１２．５％，ＧＤＰ增长", "2024年完成12.5%，GDP增长"),
        ("(不锈钢)、钢材(板)品类,忻州(山西(北部))", "（不锈钢）、钢材（板）品类，忻州（山西（北部））"),
        ("「鏈主」企業帶動產業發展", "“链主”企业带动产业发展"),
        ("⻓治市⼭西省⾦融", "长治市山西省金融"),
        ('他说"完成投资"了', "他说“完成投资”了"),
        ("零宽\u200b字符\ufeff与\u00ad软连字符", "零宽字符与软连字符"),
        ("全省第一。。、", "全省第一。"),
    ],
)
def test_marks_and_widths(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_english_keeps_its_own_marks() -> None:
    text = "The Regional Comprehensive Economic Partnership (RCEP), signed: 2020; in force?"
    assert clean(text) == text


def test_pinyin_glosses_go_and_real_brackets_stay() -> None:
    raw = "新質(zhì)生產(chǎn)力加快發(fā)展,,鋼材(板)、碳(C)、技術(shù)。著力打造,、隨著項(xiàng)目推進(jìn),。顯著成效,;著名品牌"
    assert clean(raw) == "新质生产力加快发展，钢材（板）、碳（C）、技术。着力打造、随着项目推进。显著成效；著名品牌"


def test_toneless_glosses_go_only_where_the_text_is_glossed_throughout() -> None:
    glossed = "產(chǎn)業(yè)發(fā)展項(xiàng)目質(zhì)量，平遙的(de)牛肉"
    assert clean(glossed) == "产业发展项目质量，平遥的牛肉"
    assert clean("这是普通文本里的(de)括号") == "这是普通文本里的（de）括号"


def test_a_simplified_text_that_quotes_a_traditional_name_is_left_alone() -> None:
    raw = "公司董事长陳國華表示，项目将于年内投产，带动本地配套企业二十余家，产值可达五十亿元以上，税收过亿。" * 2
    assert "陳國華" in clean(raw)


def test_doubled_marks_point_at_the_mark_that_stays() -> None:
    text = read_document("項目落地,。企業發展".encode(), "a.txt").text
    at = text.clean.index("。")
    assert text.raw[slice(*text.raw_span(at, at + 1))] == "。"


def test_notes_of_a_communique_do_not_stand_between_name_and_number() -> None:
    raw = "全年地区生产总值[2]563.82亿元，增长1.6%。\n\n注释：\n[2]按现价计算。\n参见[3]文献\n"
    assert clean(raw).startswith("全年地区生产总值563.82亿元")
    assert "参见[3]文献" in clean(raw)


def test_words_padded_to_a_column_are_closed_up() -> None:
    assert clean("索 引 号：1114\n代　县 9 11.5\n原　煤　　万吨　　2214.6").split("\n")[0] == "索引号：1114"
