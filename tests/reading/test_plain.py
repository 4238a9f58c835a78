"""Plain text as news sites, portals and official documents give it."""

from datetime import date

from liantu.reading import Document, read_document

REPOST = """某某网 > 即时新闻 > 地方

晋城打造光机电产业新高地

发布时间:2024-06-03 09:10:00来源: 太行日报

  今年前5个月,晋城市光机电产业完成产值128.6亿元,同比增长7.5%,增速居全市各产业链之首。该市还将推动3个项目投产,确保年底前见效。

厂房内,工人正在调试设备。李四 摄

  抓好服务

  截至5月底,园区入驻企业23家。其中,链主企业2家。

(责编: 王五)

相关链接
· 某县:总投资99亿元的项目开工
版权声明:凡注明“来源:某某网”的作品,未经许可不得转载。
"""


def read(text: str) -> Document:
    return read_document(text.encode(), "新闻.txt")


def kinds(document: Document) -> dict[str, str]:
    return {document.text.clean[b.start : b.end]: b.kind for b in document.blocks}


def test_a_repost_names_its_original_publisher_and_its_host() -> None:
    document = read(REPOST)
    assert document.title == "晋城打造光机电产业新高地"
    assert (document.publisher, document.host) == ("太行日报", "某某网")
    assert document.published == date(2024, 6, 3)
    assert document.published_span is not None
    assert document.text.raw[slice(*document.published_span)] == "2024-06-03"


def test_furniture_is_told_from_the_article() -> None:
    found = kinds(read(REPOST))
    assert found["某某网 > 即时新闻 > 地方"] == "boilerplate"
    assert found["厂房内，工人正在调试设备。李四 摄"] == "caption"
    assert found["抓好服务"] == "heading"
    assert found["（责编： 王五）"] == "byline"
    assert found["· 某县：总投资99亿元的项目开工"] == "boilerplate"
    assert found["截至5月底，园区入驻企业23家。其中，链主企业2家。"] == "paragraph"


def test_blocks_cover_the_clean_text_and_are_parted_by_one_line_break() -> None:
    document = read(REPOST)
    assert "\n".join(document.text.clean[b.start : b.end] for b in document.blocks) == document.text.clean
    assert all("\n" not in document.text.clean[b.start : b.end] for b in document.blocks)


def test_a_date_in_the_body_is_not_the_date_of_publication() -> None:
    document = read(
        "太原实施新行动\n\n“制造业是优势。”5月17日,太原市举行发布会,2024年3月1日启动的行动进展顺利,涉及企业22户。\n"
    )
    assert document.published is None
    assert [p.code for p in document.problems] == ["no_date"]
    assert "新闻.txt" in document.problems[0].message_zh


def test_an_official_document_is_dated_where_it_is_published_else_where_it_is_signed() -> None:
    portal = read(
        "发文机关：晋中市人民政府办公室　　成文日期：2024年8月12日\n文　　号：市政办发〔2024〕37号　　发布日期：2024年8月15日\n\n"
        "关于做好重点产业链工作的通知\n\n各县（区、市）人民政府：\n为做好工作，现就有关事项通知如下。\n"
    )
    assert portal.published == date(2024, 8, 15)
    signed = read(
        "关于做好重点产业链工作的通知\n\n各县（区、市）人民政府：\n为做好工作，现就有关事项通知如下。\n\n某市人民政府办公室\n2024年8月12日\n"
    )
    assert signed.published == date(2024, 8, 12)


def test_sentences_keep_their_closing_quotes_and_semicolons() -> None:
    document = read("标题在这里呢\n\n“链上企业22户；链核企业51户。”他说，产值达612.4亿元。下一步怎么办？抓项目！\n")
    body = [
        document.sentence_text(i)
        for i, s in enumerate(document.sentences)
        if document.blocks[s.block].kind == "paragraph"
    ]
    assert body == ["“链上企业22户；链核企业51户。”", "他说，产值达612.4亿元。", "下一步怎么办？", "抓项目！"]


def test_a_flattened_table_keeps_its_cells() -> None:
    document = read(
        "重点工程调度通报\n\n全市列入盘子的重点工程项目186项，其中建设项目142项、前期项目44项，总投资1268.4亿元，进展顺利。\n\n"
        "表1　投资完成情况\n县（市、区） 建设项目（项） 完成投资（亿元）\n定襄县 12 18.3\n代　县 9 11.5\n"
    )
    rows = [document.text.clean[b.start : b.end] for b in document.blocks if b.kind == "table_row"]
    assert rows == ["县（市、区）\t建设项目（项）\t完成投资（亿元）", "定襄县\t12\t18.3", "代县\t9\t11.5"]
