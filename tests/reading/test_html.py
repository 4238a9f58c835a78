"""Web pages: the article found, every offset in the source itself."""

from datetime import date

import pytest

from liantu.reading import Document, read_document

PAGE = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>一只法兰的旅程_示例产业网</title>
<meta name="PubDate" content="2024-11-22 08:30"><script>var a = "总投资99亿元";</script>
<style>p {{ color: red }}</style></head>
<body>
<div class="nav"><a href="/">首页</a> | <a href="/a">要闻</a> | <a href="/b">园区</a></div>
<div class="crumb">您的位置：<a href="/">首页</a> &gt; <a href="/x">园区</a></div>
<div id="content">
<h1>一只法兰的旅程</h1>
<p class="info">2024-11-22 08:30&nbsp;&nbsp;来源：忻州日报</p>
<p>定襄法兰专业镇聚集企业<b>133</b>户，从业人员1.05万人&mdash;&mdash;占全县四成，
是省级重点专业镇。</p>
<p>按照规划，到2027年，产值要突破<span>200</span>亿元，本地配套率提高到60&#37;，带动更多企业。</p>
<h2>链上企业</h2>
<table><caption>表1 主要产品产量</caption>
<tr><th rowspan="2">产品</th><th colspan="2">2024年</th></tr>
<tr><th>产量（万吨）</th><th>增长（%）</th></tr>
<tr><td>法兰</td><td>35.6</td><td></td></tr>
<tr><td>锻件</td><td>12.1</td><td>4.2</td></tr>
</table>
</div>
<div class="related"><h3>相关链接</h3><ul><li><a href="/1">某县24个项目集中开工，总投资88.5亿元</a></li></ul></div>
<footer>版权所有：示例产业网 晋ICP备00000000号</footer>
</body></html>"""


def read(charset: str = "utf-8", encoding: str = "utf-8") -> Document:
    return read_document(PAGE.format(charset=charset).encode(encoding), "法兰.html")


def body(document: Document) -> list[str]:
    return [
        document.text.clean[b.start : b.end] for b in document.blocks if b.kind in ("paragraph", "heading", "table_row")
    ]


def test_title_publisher_host_and_day() -> None:
    document = read()
    assert (document.title, document.publisher, document.host) == ("一只法兰的旅程", "忻州日报", "示例产业网")
    assert document.published == date(2024, 11, 22)
    assert document.published_span is not None
    assert document.text.raw[slice(*document.published_span)] == "2024-11-22"


def test_only_the_article_is_body() -> None:
    found = "\n".join(body(read()))
    assert "聚集企业133户" in found and "200亿元" in found and "60%" in found
    assert "88.5亿元" not in found and "首页" not in found and "ICP" not in found and "99亿元" not in found


def test_raw_offsets_point_into_the_source() -> None:
    document = read()
    at = document.text.clean.index("133户")
    assert document.text.raw[slice(*document.text.raw_span(at, at + 3))] == "133"
    at = document.text.clean.index("60%")
    assert document.text.raw[slice(*document.text.raw_span(at, at + 3))] == "60&#37;"


def test_merged_cells_stand_in_every_place_they_cover() -> None:
    (table,) = read().tables
    assert table.caption == "表1 主要产品产量"
    assert table.rows == (
        ("产品", "2024年", "2024年"),
        ("产品", "产量（万吨）", "增长（%）"),
        ("法兰", "35.6", ""),
        ("锻件", "12.1", "4.2"),
    )


def test_cell_offsets_lie_on_their_text() -> None:
    document = read()
    for table in document.tables:
        for texts, spans in zip(table.rows, table.cells, strict=True):
            assert [document.text.clean[a:b] for a, b in spans] == list(texts)


@pytest.mark.parametrize(("charset", "encoding"), [("gb2312", "gb18030"), ("gb2312", "utf-8"), ("utf-8", "utf-8-sig")])
def test_pages_labelled_one_way_and_written_another(charset: str, encoding: str) -> None:
    assert read(charset, encoding).title == "一只法兰的旅程"


def test_the_day_of_a_meta_tag_counts_when_the_page_shows_none() -> None:
    page = PAGE.format(charset="utf-8").replace("2024-11-22 08:30&nbsp;&nbsp;", "")
    document = read_document(page.encode(), "法兰.html")
    assert document.published == date(2024, 11, 22)
    assert document.published_span is not None
    assert document.text.raw[slice(*document.published_span)] == "2024-11-22 08:30"


def test_layout_tables_are_no_data() -> None:
    prose = "全市重点产业链企业二百二十五户，其中链主企业二十二户，今年计划投资三百亿元，力争年底前全部开工。" * 3
    page = f"<html><body><table><tr><td><table><tr><td>首页</td><td>要闻</td></tr></table></td></tr><tr><td><h1>重点产业链提质</h1><p>{prose}</p></td><td>侧栏</td></tr></table></body></html>"
    document = read_document(page.encode(), "a.htm")
    assert document.title == "重点产业链提质"
    assert prose in body(document)
    assert document.tables == ()


def test_broken_mark_up_is_read_all_the_same() -> None:
    document = read_document("<html><body><h1>标题在这里<p>产值达5亿元，增长3%。<div>配套<b>率37%".encode(), "a.html")
    assert "产值达5亿元，增长3%。" in document.text.clean and "配套率37%" in document.text.clean


def test_a_page_saved_with_a_spreadsheet_ending_is_read_as_a_page() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>{v}</td></tr>" for n, v in (("项目", "投资"), ("甲", "3.5"), ("乙", "4.5")))
    document = read_document(f"<html><body><table>{rows}</table></body></html>".encode(), "台账.xls")
    assert document.media == "html"
    assert "wrong_extension" in [p.code for p in document.problems]
    assert document.tables[0].rows[1] == ("甲", "3.5")


def test_what_never_closes_is_text_and_a_comment_without_end_hides_the_rest() -> None:
    assert read_document("<p>产值5亿元，比上年增长</p><p>增速a<b，全年</p".encode(), "a.html").text.clean.startswith(
        "产值5亿元"
    )
    assert "隐藏" not in read_document("<p>产值5亿元。</p><!-- 隐藏 <p>隐藏9亿元".encode(), "a.html").text.clean


BODY = "今年以来，晋中市累计推广甲醇汽车5623辆，同比增长4.3%，建成甲醇加注站58座，全市产业链建设取得新进展。"
ORDERLY = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>晋中市推广甲醇汽车_晋中市人民政府</title>'
    "</head><body><h1>晋中市推广甲醇汽车</h1><p>发布时间：2024-10-05 来源：晋中日报</p><p>"
    + BODY
    + "</p></body></html>"
)
NESTED = (
    "<table><tr><td><table><tr><td><a href=#>首页</a></td><td><a href=#>政务公开</a></td></tr></table></td></tr><tr><td><a href=1>通知公告</a>"
    "<br><a href=2>工作动态</a></td><td><table><tr><td align=center><b>晋中市推广甲醇汽车</b></td></tr><tr><td>2024-10-05 来源：晋中日报</td></tr>"
    "<tr><td><font>"
    + BODY
    + "<br><br>　　"
    + BODY
    + "</font></td></tr></table></td></tr><tr><td>版权所有</td></tr></table>"
)
HIDDEN = (
    '<span style="display:none">隐藏9999亿元</span><div hidden>藏8888亿元</div><p style="font-size:0">藏7777亿元</p>'
    '<p style="visibility: hidden">藏6666亿元</p><template>模板5555亿元</template><script>"完成4444亿元"</script>'
)


@pytest.mark.parametrize(
    "page",
    [
        ORDERLY.format(charset="utf-8").encode("gbk"),
        ORDERLY.format(charset="gb2312").encode(),
        b"\xef\xbb\xbf" + ORDERLY.format(charset="gbk").encode(),
        ORDERLY.format(charset="utf-8").replace(BODY, "".join(f"&#{ord(char)};" for char in BODY)).encode(),
        ORDERLY.format(charset="utf-8").replace(BODY, "".join(f"&#x{ord(char):x};" for char in BODY)).encode(),
        NESTED.encode("gbk"),
        ORDERLY.format(charset="utf-8").replace(BODY, BODY + HIDDEN).encode(),
        ORDERLY.format(charset="utf-8").replace("</p>", "").replace("</h1>", "").encode(),
        f"<div>晋中市推广甲醇汽车<br>2024年10月5日<br>{BODY}<br>&nbsp;&nbsp;{BODY}</div><div>上一篇：无</div>".encode(),
    ],
    ids=["gbk as utf-8", "utf-8 as gb2312", "mark and gbk", "entities", "hexadecimal", "nested tables", "hidden", "unclosed", "breaks"],
)  # fmt: skip
def test_pages_in_disorder(page: bytes) -> None:
    document = read_document(page, "新闻.html")
    assert (document.title, document.published) == ("晋中市推广甲醇汽车", date(2024, 10, 5))
    body = [document.text.clean[b.start : b.end] for b in document.blocks if b.kind == "paragraph"]
    assert body and set(body) == {BODY}
