"""A walk in a real browser, on a desk and on a telephone: from the overview to a highlighted sentence, and nothing leaves."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from tests.workbench.conftest import PASSWORD, add_bulletin, add_daily, add_outline, add_project

pytestmark = pytest.mark.browser

CHROMIUM = os.environ.get("LIANTU_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
DESK, TELEPHONE = (1440, 900), (390, 844)
PATIENCE = 45_000
"""Milliseconds that a page is waited for: other tests run beside these."""


@pytest.fixture
def served(transactional_db: None, live_server: object, tmp_path: Path) -> str:
    """Address of the workbench with the small ledger in it."""
    for add in (add_daily, add_bulletin, add_project):
        add()
    add_outline(tmp_path)
    get_user_model().objects.create_superuser("clerk", "", PASSWORD)
    return str(live_server.url)  # type: ignore[attr-defined]


@contextmanager
def browser(address: str, size: tuple[int, int]) -> Iterator[object]:
    """A page logged in at `address`. Afterwards: every request went there, and no script or policy complained."""
    from playwright.sync_api import expect, sync_playwright

    if CHROMIUM is None:
        pytest.skip("no Chromium here: install one, or name it in LIANTU_CHROMIUM")
    asked: list[str] = []
    complaints: list[str] = []
    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = chromium.new_page(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.goto(address)
        page.fill("[name=username]", "clerk")
        page.fill("[name=password]", PASSWORD)
        page.click("form[action='/login'] button")
        page.wait_for_url(f"{address}/")
        try:
            yield page
        finally:
            chromium.close()
    here = urlsplit(address).netloc
    assert asked
    assert [url for url in asked if urlsplit(url).scheme != "data" and urlsplit(url).netloc != here] == []
    assert complaints == []


def fits(page: object) -> bool:
    """Whether the page needs no sideways scrolling."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [DESK, TELEPHONE], ids=["desk", "telephone"])
def test_from_the_overview_to_the_highlighted_sentence(served: str, size: tuple[int, int]) -> None:
    from playwright.sync_api import expect

    with browser(served, size) as page:
        assert page.inner_text("[data-kpi=figures]") == "7"
        page.click("a.kpi:has([data-kpi=figures])")
        page.fill(".filters [name=q]", "推广甲醇")
        expect(page.locator("#results tbody tr")).to_have_count(2)
        page.click("#results a.figure >> nth=0")
        page.wait_for_selector("#panel.open .quote mark")
        assert page.inner_text("#panel .quote mark >> nth=0") == "5623"
        assert "2 个独立来源说法一致" in page.inner_text("#panel")
        page.click("#panel .quote footer a >> nth=0")
        page.wait_for_selector("html[data-found=yes]")
        found = page.locator(".pane-clean .m.found")
        assert found.inner_text() == "5623"
        assert found.evaluate(
            "e => { const r = e.getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight }"
        )
        found.click()
        page.wait_for_selector("#panel.open .evidence")
        page.keyboard.press("Escape")
        page.wait_for_selector("#panel:not(.open)")


@pytest.mark.parametrize("size", [DESK, TELEPHONE], ids=["desk", "telephone"])
def test_every_page_fits_its_screen(served: str, size: tuple[int, int]) -> None:
    addresses = ["/", "/documents", "/figures", "/targets", "/projects", "/enterprises", "/chains",
                 "/chains/甲醇经济", "/phrases", "/conflicts", "/review", "/review/history"]  # fmt: skip
    with browser(served, size) as page:
        page.goto(f"{served}/documents")
        addresses += [a.get_attribute("href") for a in page.locator("td.lead a").all()]
        unfit = [a for a in addresses if not (page.goto(served + a).ok and fits(page))]
        assert unfit == []


def test_dropping_files_shows_what_became_of_each(served: str, tmp_path: Path) -> None:
    good, bad = tmp_path / "吕梁.txt", tmp_path / "空.txt"
    good.write_text("吕梁日报 2024年3月1日\n2023年，吕梁市粮食播种面积399.6万亩。", "utf-8")
    bad.write_bytes(b"")
    with browser(served, DESK) as page:
        page.goto(f"{served}/documents")
        page.set_input_files("#files", [str(good), str(bad)])
        page.wait_for_selector("#upload-results .tag.failed")
        assert page.locator("#upload-results li").count() == 2
        assert "空.txt" in page.inner_text("#upload-results")
        page.click("#upload-results a >> nth=0")
        page.wait_for_selector(".pane-clean .m.figure")


def test_a_conflict_ends_when_one_side_is_rejected(served: str) -> None:
    with browser(served, DESK) as page:
        page.goto(f"{served}/conflicts")
        page.click(".pair a.figure:has-text('56')")
        page.wait_for_selector("#panel.open")
        page.click("#panel button[value=rejected]")
        page.wait_for_selector("#panel .note.success")
        page.goto(f"{served}/conflicts")
        assert "没有发现说法不一" in page.inner_text("#results")
        page.goto(f"{served}/review/history")
        page.click("button:has-text('撤回')")
        page.goto(f"{served}/conflicts")
        assert page.locator(".pair a.figure").count() == 2


def test_pointing_at_the_map_and_changing_the_language(served: str) -> None:
    with browser(served, DESK) as page:
        page.click(".choropleth a:has([data-code='140700'])")
        page.wait_for_url("**/?region=140700*")
        assert "晋中市" in page.inner_text("h1")
        page.click("button[value=en]")
        page.wait_for_selector("html[lang=en]")
        assert "Overview" in page.inner_text("h1")


MARK = """number => {
  const walk = document.createTreeWalker(document.querySelector('.pane-clean'), NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.data.indexOf(number);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + number.length);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return true;
  }
  return false;
}"""


@pytest.mark.parametrize("size", [DESK, TELEPHONE], ids=["desk", "telephone"])
def test_marking_what_the_reader_missed_adds_it(served: str, size: tuple[int, int]) -> None:
    from liantu.ledger.models import FigureView, Source, Statement

    missed = Statement.objects.get(text_value="58", by="")
    source = Source.objects.get(pk=missed.source_id)
    from liantu.ledger import services

    Statement.objects.filter(pk=missed.pk).update(retired=True)  # as if no reader had found it
    services.rebuild_views()
    assert not FigureView.objects.filter(number="58").exists()
    with browser(served, size) as page:
        page.goto(f"{served}/documents/{source.pk}")
        assert page.evaluate(MARK, "加注站58座")
        page.wait_for_selector("#marking:not([hidden])")
        assert fits(page)
        page.click("[data-mark-kind=figure]")
        page.wait_for_selector("#panel.open [name=value]")
        assert page.input_value("[name=value]") == "58"
        assert page.input_value("[name=unit]") == "座"
        page.fill("#panel [name=property]", "甲醇加注站")
        page.fill("#panel [name=subject_name]", "晋中市")
        page.click("#panel button.primary")
        page.wait_for_selector("html[data-found=yes]")
        assert page.inner_text(".pane-clean .m.found") == "58"
    row = FigureView.objects.select_related("statement").get(number="58")
    assert (row.value, row.unit, row.review, row.statement.by) == (58, "座", "added", "clerk")


@pytest.mark.parametrize("size", [DESK, TELEPHONE], ids=["desk", "telephone"])
def test_the_queue_is_worked_through_by_keyboard(served: str, size: tuple[int, int]) -> None:
    from liantu.ledger.models import FigureView

    with browser(served, size) as page:
        page.goto(f"{served}/review")
        kinds = page.eval_on_selector_all(".item", "items => items.map(item => item.dataset.item)")
        assert kinds == ["conflict", "figure", "date", "date"]
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.wait_for_selector(".item[data-item=figure]:focus")
        page.keyboard.press("c")
        page.wait_for_selector(".item[data-item=figure] form.correction [name=value]")
        assert page.locator(".item header.top, .item footer.foot").count() == 0
        page.fill(".item form.correction [name=value]", "1.2万")
        page.fill(".item form.correction [name=reason]", "看错一位")
        assert fits(page)
        page.click(".item form.correction button.primary")
        page.wait_for_selector(".item.done [data-judged] ins")
        assert page.inner_text(".item.done ins") == "12,000座"
        page.wait_for_selector(".item[data-item=date]:focus")
        page.goto(f"{served}/review/history")
        assert "看错一位" in page.inner_text("table")
        page.click("button:has-text('撤回')")
        page.goto(f"{served}/review")
        page.keyboard.press("j")
        page.wait_for_selector(".item[data-item=conflict]:focus")
        page.keyboard.press("1")
        page.wait_for_selector(".item.done [data-judged]")
    assert set(FigureView.objects.filter(unit="座", status="actual").values_list("review", flat=True)) == {"accepted"}


def test_leaving_the_words_of_a_filter_does_not_take_the_click(served: str) -> None:
    """Words filter as they are typed: leaving the field for a figure asks for nothing again under the hand."""
    from playwright.sync_api import expect

    with browser(served, DESK) as page:
        page.goto(f"{served}/figures")
        page.fill(".filters [name=q]", "推广甲醇")
        expect(page.locator("#results tbody tr")).to_have_count(2)
        page.wait_for_load_state("networkidle")
        page.hover("#results a.figure >> nth=0")
        page.mouse.down()
        page.wait_for_timeout(1000)  # a slow hand
        page.mouse.up()
        page.wait_for_selector("#panel.open .quote mark")
