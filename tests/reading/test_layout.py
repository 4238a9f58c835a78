"""Lines: wrapped ones joined, strewn characters and inserted advertisements left out."""

from liantu.reading import read_document

WRAPPED = """太原市重点产业链发展情况
太原市工业和信息化局
2024年8月12日
　　今年以来，全市重点产业链完成产值612.4亿元，同比增长
8.5%，增速快于规上工业3.2个百分点，链主企业稳定在22户，投
资持续加大，企业信心不断增强，发展质量稳步提升，为全年目标
打下基础。
　　截至6月底，全市建成公共服务平台15个，服务企业1200家，组
建产业基金7支，总规模126亿元，实际投放38.7亿元，撬动社会资
本超过200亿元。
"""


def clean(raw: str) -> str:
    return read_document(raw.encode(), "a.txt").text.clean


def test_hard_wrapped_lines_become_paragraphs() -> None:
    lines = clean(WRAPPED).split("\n")
    assert lines[3].startswith("今年以来") and lines[3].endswith("为全年目标打下基础。")
    assert "同比增长8.5%，" in lines[3] and "投资持续加大" in lines[3]
    assert lines[4].startswith("截至6月底") and lines[4].endswith("社会资本超过200亿元。")
    assert len(lines) == 5


def test_headings_of_equal_length_stay_apart() -> None:
    raw = "优化产业体系\n壮大经济优势\n加快开放步伐\n凝聚发展合力\n厚植绿色底色\n塑造生态格局\n开拓惠民境界\n"
    assert clean(raw) == raw.strip()


def test_strewn_characters_go_where_they_are_many() -> None:
    raw = "今#年以来全市重k点产业链完^成产值612.4亿元，同q比增长8.5%，链★主企业※稳定在22户，投*资持续w加大，协z作配套率m提高到37%。"
    assert clean(raw) == (
        "今年以来全市重点产业链完成产值612.4亿元，同比增长8.5%，链主企业稳定在22户，投资持续加大，协作配套率提高到37%。"
    )


def test_a_few_signs_between_characters_are_writing() -> None:
    raw = "企业实行a类管理，文旅+康养、产业链+专业镇齐头并进，x轴为时间，产业/科技★级"
    assert clean(raw) == raw


def test_an_advertisement_inside_a_line_goes_and_one_on_its_own_line_is_furniture() -> None:
    assert clean("产值达5亿元，>>>【广告】加盟热线400，日赚500元<<<增长3%。") == "产值达5亿元，增长3%。"
    document = read_document(
        "标题在这里\n\n产值达5亿元，增长3%。\n>>>【广告】日赚500元<<<\n配套率37%。\n".encode(), "a.txt"
    )
    kinds = {document.text.clean[b.start : b.end]: b.kind for b in document.blocks}
    assert kinds[">>>【广告】日赚500元<<<"] == "boilerplate"
    assert kinds["配套率37%。"] == "paragraph"
