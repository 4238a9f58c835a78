"""The raw pane of a web page: what is shown without its mark-up still knows its place in the file."""

from __future__ import annotations

import re
from html import escape, unescape

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.workbench.test_browser import DESK, TELEPHONE, browser, served  # noqa: F401

from liantu.extraction import extract
from liantu.ledger import services
from liantu.ledger.models import FigureView, Source, Statement
from liantu.reading import read_document
from liantu.workbench.documents import pages_of, shown_document

PIECE = re.compile(r'<span data-side="raw" data-start="(\d+)">(.*?)</span>', re.DOTALL)
PAGE = """<html><head><title>晋中打好五张牌</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/x">登录</a></div>
<h1>晋中打好五张牌</h1>
<p>2024年10月5日&nbsp;来源：晋中日报</p>
<p>晋中市推广<b>甲醇</b>汽车5623辆&#65292;  建成甲醇加注站58座&ldquo;样板&rdquo;。</p>


<p>一泓清水惠及群众，<i>绿道</i>连起好地方。</p>
</body></html>
"""


def kept(page: str) -> Source:
    document = read_document(page.encode(), "网页.html")
    return services.add_findings(document, extract(document)).source


def shown_raw(source: Source) -> str:
    document = services.document_of(source)
    return shown_document(source, document, pages_of(document)[0]).raw


def every_piece_is_in_its_place(source: Source) -> int:
    raw = source.text.raw
    pieces = PIECE.findall(shown_raw(source))
    last = -1
    for start, html in pieces:
        at, text = int(start), re.sub(r"<[^>]*>", "", html)
        plain = unescape(text)
        assert at > last
        last = at
        written = raw[at : at + len(plain)]
        assert written == plain or unescape(raw[at : at + 9]).startswith(plain), (at, plain, written)
    return len(pieces)


def test_every_piece_shown_knows_where_it_stands(ledger: str) -> None:
    assert every_piece_is_in_its_place(kept(PAGE)) > 10


WORDS = st.sampled_from(
    [
        "晋中市建成加注站58座。",
        "<b>",
        "</b>",
        "<br>",
        "\n\n",
        "  ",
        "&nbsp;",
        "&amp;",
        "&lt;p&gt;",
        "<!-- 注 -->",
        "<p>",
        "</p>",
        "甲 乙",
        "&#160;",
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=1, max_size=25).map("".join))
def test_whatever_the_mark_up(db: None, inside: str) -> None:
    source = kept(f"<html><body><p>{escape('头')}{inside}尾。</p></body></html>")
    every_piece_is_in_its_place(source)


def test_a_place_in_the_raw_pane_gives_the_number_there(clerk: Client) -> None:
    source = kept(PAGE)
    raw = source.text.raw
    start = raw.index("建成甲醇加注站58座")
    asked = {"side": "raw", "start": start, "end": start + 10, "kind": "figure"}
    answer = clerk.get(f"/documents/{source.pk}/mark", asked).content.decode()
    assert 'value="58"' in answer and 'value="座"' in answer


MARK = """words => {
  const pane = document.querySelector('.pane-raw .doc-text');
  const walk = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walk.nextNode()) nodes.push(walk.currentNode);
  const find = word => { const node = nodes.find(n => n.data.includes(word)); return [node, node.data.indexOf(word)]; };
  const [first, at] = find(words[0]);
  const [last, end] = find(words[1]);
  const range = document.createRange();
  range.setStart(first, at);
  range.setEnd(last, end + words[1].length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return getSelection().toString();
}"""


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESK, TELEPHONE], ids=["desk", "telephone"])
def test_marking_in_the_raw_pane_of_a_web_page(served: str, size: tuple[int, int]) -> None:  # noqa: F811
    source = kept(PAGE)
    Statement.objects.filter(source=source, text_value="58").update(retired=True)
    services.rebuild_views()
    with browser(served, size) as page:
        page.goto(f"{served}/documents/{source.pk}")  # type: ignore[attr-defined]
        if size == TELEPHONE:
            page.click("[data-pane=raw]")  # type: ignore[attr-defined]
        assert page.evaluate(MARK, ["汽车", "58"])  # type: ignore[attr-defined]
        page.wait_for_selector("#marking:not([hidden])")  # type: ignore[attr-defined]
        assert page.evaluate(MARK, ["建成", "58"])  # type: ignore[attr-defined]
        page.wait_for_timeout(100)  # type: ignore[attr-defined]
        page.click("[data-mark-kind=figure]")  # type: ignore[attr-defined]
        page.wait_for_selector("#panel.open [name=value]")  # type: ignore[attr-defined]
        assert page.input_value("[name=value]") == "58"  # type: ignore[attr-defined]
        page.fill("#panel [name=property]", "甲醇加注站")  # type: ignore[attr-defined]
        page.fill("#panel [name=subject_name]", "晋中市")  # type: ignore[attr-defined]
        page.click("#panel button.primary")  # type: ignore[attr-defined]
        page.wait_for_selector("html[data-found=yes]")  # type: ignore[attr-defined]
    row = FigureView.objects.select_related("statement").get(source=source, number="58")
    start = PAGE.index("58座")
    assert (row.value, row.statement.number_start, row.review) == (58, start, "added")
