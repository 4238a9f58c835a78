"""Title, publisher, host and day, as the kinds of page put them."""

from datetime import date

import pytest

from liantu.reading import Document, read_document

BODY = (
    "今年以来，全市重点产业链完成产值612.4亿元，同比增长8.5%，增速快于规上工业3.2个百分点，"
    "链主企业稳定在22户，投资持续加大。"
)


def read(text: str) -> Document:
    return read_document(text.encode(), "页面.txt")


def kind_of(document: Document, start: str) -> str:
    return next(b.kind for b in document.blocks if document.text.clean.startswith(start, b.start))


@pytest.mark.parametrize(
    ("head", "publisher", "host"),
    [
        ("2024-05-06 来源：太原日报", "太原日报", None),
        ("2024年05月06日 14:22 新浪财经", "新浪财经", None),
        ("发布时间：2024-05-06 | 来源：清徐县融媒体中心 | 浏览次数：123", "清徐县融媒体中心", None),
        ("太原发布 2024-05-06 18:30 山西", "太原发布", None),
        ("原创 张三 太原发布 2024年05月06日 18:30 山西", "太原发布", None),
        ("2024-05-06 18:30 山西", None, None),
    ],
)
def test_date_lines(head: str, publisher: str | None, host: str | None) -> None:
    document = read(f"太原产业链跑出加速度\n\n{head}\n\n{BODY}\n")
    assert document.title == "太原产业链跑出加速度"
    assert (document.publisher, document.host) == (publisher, host)
    assert document.published == date(2024, 5, 6)


def test_a_wechat_account_that_reprints_a_paper_is_the_host() -> None:
    document = read(
        f"太原产业链跑出加速度\n太原发布 2024-05-06 18:30 山西\n点击蓝字关注我们\n{BODY}\n{BODY}\n来源：太原日报\n编辑：王五\nEND\n往期推荐\n某市：总投资99亿元\n"
    )
    assert (document.publisher, document.host) == ("太原日报", "太原发布")
    assert kind_of(document, "某市") == "boilerplate"
    assert kind_of(document, "来源") == "byline"


def test_a_page_of_a_paper() -> None:
    document = read(
        f"山西日报\n2024年5月6日 星期一 第1版 要闻\n\n产业链跑出加速度\n——来自太原的报告\n本报记者 张三 李四\n\n{BODY}\n"
    )
    assert document.title == "产业链跑出加速度——来自太原的报告"
    assert (document.publisher, document.published) == ("山西日报", date(2024, 5, 6))


def test_a_wire_story() -> None:
    assert read(f"山西产业链稳步发展\n\n新华社太原5月6日电（记者张三）{BODY}\n").publisher == "新华社"


def test_a_notice_that_issues_a_plan_has_the_plans_title() -> None:
    document = read(
        "晋政办发〔2024〕18号\n\n山西省人民政府办公厅\n关于印发山西省重点产业链提质行动方案的通知\n\n各市、县人民政府：\n"
        f"《山西省重点产业链提质行动方案》已经同意，现印发给你们。\n\n山西省人民政府办公厅\n2024年5月6日\n（此件公开发布）\n\n山西省重点产业链提质行动方案\n\n{BODY}\n"
    )
    assert document.title == "山西省重点产业链提质行动方案"
    assert document.publisher == "山西省人民政府办公厅"
    assert document.published == date(2024, 5, 6)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("二〇二四年八月十二日", date(2024, 8, 12)),
        ("二○一九年十二月三十一日", date(2019, 12, 31)),
        ("（二〇二〇年十月十日）", date(2020, 10, 10)),
        ("二〇二一年二月二十日", date(2021, 2, 20)),
    ],
)
def test_dates_written_out(written: str, day: date) -> None:
    document = read(f"关于重点产业链的通知\n\n{BODY}\n\n太原市工业和信息化局\n{written}\n")
    assert document.published == day
    assert document.published_span is not None
    assert document.text.raw[slice(*document.published_span)] == written.strip("（）")


def test_an_impossible_date_is_no_date() -> None:
    assert read(f"太原产业链跑出加速度\n\n2024-13-45 来源：太原日报\n\n{BODY}\n").published is None


def test_interview_questions_are_text_not_credits() -> None:
    document = read(
        f"发布会实录\n\n2024-05-06 来源：太原发布\n\n{BODY}\n记者：请问有哪些突破？\n市长：谢谢提问，新增链主企业3户。\n"
    )
    assert kind_of(document, "记者：请问") == "paragraph"
    assert kind_of(document, "市长") == "paragraph"
