"""Slogans whose numbers are names: found by form, with their members, and never taken for figures."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liantu.evaluation import load_gold
from liantu.extraction import extract
from liantu.extraction.coded import CodedPhraseMention, find_coded_phrases, read_name
from liantu.extraction.coded_words import words
from liantu.reading import Document, read_document
from liantu.vocabulary import coded_phrases

GOLD = Path(__file__).parents[1] / "gold"
ANNOTATED = sorted(path for path in GOLD.glob("*/*.txt") if path.with_suffix(".json").exists())


def read(text: str) -> Document:
    return read_document(text.encode(), "文.txt")


def found(text: str) -> list[CodedPhraseMention]:
    return list(find_coded_phrases(read(text)))


def only(text: str) -> CodedPhraseMention:
    (phrase,) = found(text)
    return phrase


@pytest.mark.parametrize(
    ("text", "label", "kind", "number", "expected"),
    [
        ("全市上下紧扣市委“156”战略举措。", "“156”战略举措", "digit_code", "156", None),
        ("深入实施“22510”行动。", "“22510”行动", "digit_code", "22510", None),
        ("按照市委“3724”总体思路和部署。", "“3724”总体思路", "digit_code", "3724", None),
        ("壮大“3+5”产业链。", "“3+5”产业链", "digit_code", "3+5", 8),
        ("落实“1+3+N”助企机制。", "“1+3+N”助企机制", "digit_code", "1+3+N", None),
        ("加快“5个3”项目建设。", "“5个3”项目", "digit_code", "5个3", 5),
        ("坚持“一主两翼”布局。", "“一主两翼”布局", "numbered_groups", "一两", 3),
        ("引深“双融双创”，优化生态。", "“双融双创”", "numbered_groups", "双双", 4),
        ("谋定“三集群、两基地”布局。", "“三集群、两基地”布局", "numbered_groups", "三两", 5),
        ("推进“一群两区三圈”新布局。", "“一群两区三圈”", "numbered_groups", "一两三", 6),
        ("落实“五个一”包联机制。", "“五个一”包联机制", "numbered_set", "五", 5),
        ("开展“三个一批”活动。", "“三个一批”活动", "numbered_set", "三", 3),
        ("出台“钛十条”。", "“钛十条”", "numbered_set", "十", 10),
        ("赋予阳泉“三大定位”。", "“三大定位”", "numbered_set", "三", 3),
    ],
)
def test_the_form_tells_a_coded_phrase(text: str, label: str, kind: str, number: str, expected: int | None) -> None:
    phrase = only(text)
    assert (phrase.label, phrase.kind, phrase.number, phrase.expected) == (label, kind, number, expected)
    assert phrase.status == "not_published"


@pytest.mark.parametrize(
    ("text", "members", "status"),
    [
        ("打好城市、汽车、大学、文旅、农高“五张牌”，因地制宜。", ["城市", "汽车", "大学", "文旅", "农高"], "complete"),
        (
            "我们聚焦‘产业、开放、创新、城市、改革、市场、安全’七大能级同步跃升。",
            ["产业", "开放", "创新", "城市", "改革", "市场", "安全"],
            "complete",
        ),
        (
            "紧紧围绕产业数字化、数字产业化、数字价值化、数字治理化‘四条路径’，扩大应用场景。",
            ["产业数字化", "数字产业化", "数字价值化", "数字治理化"],
            "complete",
        ),
        ("过去，怀仁瓷吃亏在“三道关”：原料、釉料和包装。", ["原料", "釉料", "包装"], "complete"),
        ("建设国家级食醋产品检测认证平台等“五大中心”。", ["国家级食醋产品检测认证平台"], "open"),
        ("打好城市、汽车、大学“五张牌”。", ["城市", "汽车", "大学"], "open"),
        ("打好城市、汽车、大学“两张牌”。", ["城市", "汽车", "大学"], "differs"),
        ("“车、醇、运、站、捕”生态基本构建。", ["车", "醇", "运", "站", "捕"], "complete"),
        (
            "谋定“三集群、两基地”布局。一是数字经济产业集群，集聚企业多。二是新能源电池产业集群，产值高。",
            ["数字经济产业集群", "新能源电池产业集群"],
            "open",
        ),
    ],
)
def test_members_beside_the_phrase(text: str, members: list[str], status: str) -> None:
    document = read(text)
    (phrase,) = find_coded_phrases(document)
    assert list(phrase.members) == members
    assert [document.text.raw[a:b] for a, b in phrase.member_spans] == members
    assert phrase.status == status


def test_members_named_one_by_one_further_on() -> None:
    text = (
        "太原实施“八大行动”\n\n重点实施“八大行动”，持续提升水平。\n\n其中，太原市将实施产业转型升级行动，改造提升传统产业。\n\n"
        "在实施产业集群壮大行动方面，太原市将延伸产业。\n\n与此同时，还将实施经营主体提升行动、科技创新引领行动、智改数转赋能行动、"
        "强基础提质量行动、绿色低碳转型行动、开放融合促进行动等。"
    )
    phrase = only(text)
    assert phrase.status == "complete"
    assert phrase.members[0] == "产业转型升级行动" and phrase.members[-1] == "开放融合促进行动"
    assert len(phrase.spans) == 2


def test_what_carries_the_noun_in_quotation_marks() -> None:
    text = "今后五年实施的“四大战略”紧扣部署。\n\n“四大战略”中的“一廊两带”战略，围绕黄河。\n\n“一城两核”战略则是以城市为目标。"
    phrase = next(p for p in found(text) if p.name == "四大战略")
    assert (phrase.members, phrase.status) == (("一廊两带", "一城两核"), "open")


@pytest.mark.parametrize(
    "text",
    [
        "“十四五”规划确定的目标。",
        "“双十一”预售首日接单11.4万单。",
        "粮食生产实现了“八连丰”。",
        "推广孝义“一枚印章管审批”经验。",
        "“一泓清水入黄河”工程建设。",
        "明年“五一”前投用。",
        "吕梁市“两会”胜利闭幕。",
        "“2024”年度报告。",
        "拨打“12345”热线。",
        "世界“500强”项目落地。",
        "“三成”产品外销。",
        "新建三大块厂房。",
        "全市有3大型企业。",
    ],
)
def test_other_quotations_are_no_coded_phrases(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("焦化、铝镁两大支柱产业企稳。", "两大支柱产业", 2),
        ("重点打造先进制造、新能源、新材料、电子信息、健康医疗、文化创意等6大专业化产业园区。", "6大专业化产业园区", 6),
        ("石化、装备制造两大支柱行业增加值分别增长。", "两大支柱行业", 2),
    ],
)
def test_without_quotation_marks_an_enumeration_must_stand_beside(text: str, name: str, expected: int) -> None:
    phrase = only(text)
    assert (phrase.name, phrase.expected, phrase.status) == (name, expected, "complete")
    assert found(text[text.index(name) :]) == []


def test_a_measure_inside_a_name_is_still_a_figure() -> None:
    document = read("通过持续推进“三个100万亩”生态工程，林草覆盖率提高。")
    (phrase,) = find_coded_phrases(document)
    assert [document.text.raw[a:b] for a, b in phrase.spans] == ["三个100万亩"]
    assert [document.text.raw[a:b] for a, b in phrase.code_spans] == ["三"]
    assert phrase.number == "三"


def test_the_register_is_named_only_where_its_region_is() -> None:
    assert only("晋中市打好“五张牌”。").register == "五张牌"
    assert only("襄阳市打好“五张牌”。").register is None
    assert only("太原市聚焦“1233”重点产业链。").expected == 9


@pytest.mark.parametrize("phrase", coded_phrases(), ids=lambda p: p.phrase)
def test_every_registered_phrase_is_known_in_quotation_marks(phrase: object) -> None:
    assert read_name(phrase.phrase) is not None  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ANNOTATED, ids=lambda p: p.stem)
def test_no_figure_is_a_coded_phrase(path: Path) -> None:
    """Neither those that people annotated nor those that the reader finds."""
    document = read_document(path)
    text = document.text.raw
    phrases = find_coded_phrases(document)
    annotated = [f.span for f in load_gold(path.with_suffix(".json"), text).figures]
    read_ = [f.span for f in extract(document).figures]
    for phrase in phrases:
        for start, end in phrase.code_spans:
            assert [text[a:b] for a, b in [*annotated, *read_] if a < end and start < b] == []


@pytest.mark.parametrize("path", ANNOTATED, ids=lambda p: p.stem)
def test_every_occurrence_and_member_has_its_characters(path: Path) -> None:
    document = read_document(path)
    for phrase in find_coded_phrases(document):
        assert phrase.spans and all(0 <= a < b <= len(document.text.raw) for a, b in phrase.spans)
        assert len(phrase.members) == len(phrase.member_spans)
        evidence = phrase.evidence
        assert document.text.raw[evidence.start : evidence.end] == evidence.text
        if phrase.status == "complete":
            assert len(phrase.members) == phrase.expected


@given(st.text(alphabet="“”‘’一二三两双五八十大张牌条个行动、，。：；（）1235+N和与等实施年成", max_size=120))
@settings(max_examples=100, deadline=None)
def test_any_text_is_searched(text: str) -> None:
    if not text.strip():
        return
    document = read("文\n" + text)
    for phrase in find_coded_phrases(document):
        assert phrase.name
        assert all(a < b for a, b in (*phrase.spans, *phrase.member_spans))


def test_an_unknown_role_is_refused() -> None:
    assert "战略" in words("noun")
    with pytest.raises(KeyError):
        words("no such role")
