"""Both panes of a document: nothing of the text is lost, furniture is pale, mark-up is out of sight."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.making import document, figure, findings
from tests.ledger.people import account

from liantu.ledger import services
from liantu.ledger.models import Source
from liantu.reading import read_document
from liantu.reading.model import Block
from liantu.workbench.documents import PAGE_CHARACTERS, _pieces, pages_of, shown_document

PAGE = """<html><head><title>x</title><style>p{color:red}</style></head><body>
<div class="nav">首页 &gt; 新闻</div><h1>晋中推广甲醇汽车</h1><p>发布时间：2024-10-05 来源：晋中日报</p>
<p>晋中市累计推广<b>甲醇汽车5623辆</b>，建成甲醇加注站58座，全市产业链建设取得新的进展和明显成效。</p>
<p>下一步，晋中市将继续完善加注网络，推动甲醇经济发展，力争在更大范围形成示范效应。</p>
<script>alert(1)</script><div class="footer">版权所有 关于我们</div></body></html>"""

borders = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: (min(pair), max(pair)))


def apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of `spans` that do not overlap one before them."""
    out: list[tuple[int, int]] = []
    for left, right in sorted(spans):
        if left < right and (not out or left >= out[-1][1]):
            out.append((left, right))
    return out


@given(borders, st.lists(borders, max_size=6).map(apart), st.lists(borders, max_size=6).map(apart))
def test_pieces_are_the_stretch_without_what_is_hidden(
    stretch: tuple[int, int], hidden: list[tuple[int, int]], grey: list[tuple[int, int]]
) -> None:
    start, end = stretch
    pieces = _pieces(start, end, hidden, grey)
    shown = {at: pale for left, right, pale in pieces for at in range(left, right)}
    for at in range(start, end):
        assert (at in shown) != any(left <= at < right for left, right in hidden)
        if at in shown:
            assert shown[at] == any(left <= at < right for left, right in grey)


@pytest.mark.django_db
def test_a_web_page_is_shown_as_its_reader_saw_it() -> None:
    read = read_document(PAGE.encode(), "新闻.html")
    source = services.add_findings(read, findings(read)).source
    raw = shown_document(source, read, pages_of(read)[0]).raw
    assert "累计推广甲醇汽车5623辆" in re.sub("<[^>]*>", "", raw) and "首页 &gt; 新闻" in re.sub("<[^>]*>", "", raw)
    assert "alert" not in raw and "color:red" not in raw and "&lt;p" not in raw


@pytest.mark.django_db
def test_an_archive_shows_what_is_in_it_and_each_document_leads_back(tmp_path: Path, client: Client) -> None:
    path = tmp_path / "材料.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("十月/通报.txt", "晋中市累计推广甲醇汽车5623辆，建成甲醇加注站58座。\n")
        archive.writestr("坏.docx", "PK\x03\x04")
    services.ingest_upload(path, "材料.zip", "张三")
    client.force_login(account("张三", "chain_office"))
    held = Source.objects.get(state="unpacked")
    page = client.get(reverse("document", args=[held.pk])).content.decode()
    inside = Source.objects.get(state="ready")
    assert reverse("document", args=[inside.pk]) in page and "材料.zip!坏.docx" in page
    assert "没有可显示的文字" not in page
    page = client.get(reverse("document", args=[inside.pk])).content.decode()
    assert reverse("document", args=[held.pk]) in page
    listed = client.get(reverse("documents"), {"state": "unpacked"}).content.decode()
    assert reverse("document", args=[held.pk]) in listed


@pytest.mark.django_db
def test_plain_text_is_shown_whole_to_the_last_character() -> None:
    text = "晋中市<b>推广</b>甲醇汽车5623辆 & 建成甲醇加注站58座。"
    made = document(text, published=date(2024, 10, 5))
    source = services.add_findings(made, findings(made, [figure(text, "58", 58, "座", "甲醇加注站")])).source
    shown = shown_document(source, made, pages_of(made)[0])
    assert unescape(re.sub(r"</?(mark|span)[^>]*>", "", shown.raw)) == text
    assert shown.counts == {"figure": 1}
    assert 'class="m figure"' in shown.blocks[0].html


def test_a_long_document_is_cut_into_pages_at_its_blocks() -> None:
    length = PAGE_CHARACTERS // 3
    made = document("字" * (length * 10))
    blocks = tuple(Block("paragraph", at * length, (at + 1) * length) for at in range(10))
    pages = pages_of(type(made)(**{f: getattr(made, f) for f in made.__dataclass_fields__} | {"blocks": blocks}))
    assert len(pages) > 1
    assert [page[0] for page in pages[1:]] == [page[1] for page in pages[:-1]]
    assert (pages[0][0], pages[-1][1]) == (0, length * 10)
    assert all(right - left <= PAGE_CHARACTERS for left, right in pages)
