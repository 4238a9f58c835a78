"""Headings nest by their numbers; lists, speeches and cards are not headings."""

import pytest

from liantu.reading import Document, read_document

BODY = (
    "今年以来，全市重点产业链完成产值612.4亿元，同比增长8.5%，增速快于规上工业3.2个百分点，"
    "链主企业稳定在22户，投资持续加大。"
)


def outline(*lines: str) -> list[tuple[str, int, str]]:
    text = "\n".join(("太原产业链跑出加速度", "2024-05-06 来源：太原日报", BODY, *lines)) + "\n"
    document: Document = read_document(text.encode(), "稿.txt")
    words = [document.text.clean[b.start : b.end] for b in document.blocks]
    return [(b.kind, b.level, word) for b, word in zip(document.blocks, words, strict=True) if word != BODY][2:]


def test_sections_nest_by_the_style_of_their_numbers() -> None:
    found = outline(
        *("一、总体进展", BODY, "（一）项目建设", BODY, "1. 手机镜头扩产项目", BODY),
        *("2. 煤层气储备项目", BODY, "（二）企业培育", BODY, "二、下步打算", "1. 链长制工作", BODY),
    )
    assert [(kind, level) for kind, level, _ in found] == [
        *[("heading", level) for level in (1, 2, 3, 3, 2, 1, 2)],
    ]


def test_chapters_stand_above_sections() -> None:
    found = outline("第一章 发展基础", BODY, "第一节 总体成效", BODY, "一、产业", BODY, "第二章 重点任务", BODY)
    assert [level for _, level, _ in found] == [1, 2, 3, 1]


def test_short_numbered_lines_in_a_row_are_a_list() -> None:
    found = outline("重点项目如下：", "1.镜头项目", "2.储备项目", "3.家纺产业园", BODY)
    assert [kind for kind, _, _ in found] == ["paragraph", *["list_item"] * 3]


def test_long_numbered_sentences_are_items_and_those_of_an_inner_style_lie_deeper() -> None:
    found = outline(
        "（一）项目建设。1—6月，新开工46个、投产21个。",
        "1. 芯片扩产项目（高新区）。总投资6.4亿元，已完成2.1亿元。",
        "2. 液压支架生产线，4月起满负荷运行，日产支架14架，达产。",
    )
    assert [(kind, level) for kind, level, _ in found] == [("list_item", 1), ("list_item", 2), ("list_item", 2)]


@pytest.mark.parametrize(
    "line",
    [
        "问：为什么出台这份政策？",
        "记者：具体到项目呢？",
        "【主持人】新能源消纳怎么办？",
        "建设地点：晋城经开区　　投资规模：8亿元　　合作方式：独资、合资",
        "建设地点：沁水县",
        "过去吃亏在“三道关”。现在怎么样？",
    ],
)
def test_speech_and_cards_are_text(line: str) -> None:
    assert [kind for kind, _, _ in outline(line, BODY)] == ["paragraph"]


@pytest.mark.parametrize(
    "line", ["老园子怎么办？", "平遥：一票难求", "【推介项目】", "■ 铜管：从水龙头到飞机翼", "整机有多大，配套就有多近"]
)
def test_headings_of_features(line: str) -> None:
    assert [kind for kind, _, _ in outline(line, BODY)] == ["heading"]


def test_ticked_lines_and_many_short_lines_are_lists() -> None:
    assert [kind for kind, _, _ in outline("✔ 2025年：冲900亿元", "✔ 海外门店再开200家以上", BODY)] == ["list_item"] * 2
    assert [kind for kind, _, _ in outline("太原重工", "山西钢科", "烁科晶体", "大明金属", BODY)] == ["list_item"] * 4


def test_a_table_of_contents_is_furniture() -> None:
    found = outline("目　录", "一、总体进展……………3", "二、下步打算......12", "一、总体进展", BODY)
    assert [kind for kind, _, _ in found] == [*["boilerplate"] * 3, "heading"]
