"""Who is who in a real browser: deciding by keyboard, taking back, on a desk and on a telephone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.ledger.test_registry_links import CRYSTAL, FORGE, firm, listed
from tests.registry.test_loading import code, list_of
from tests.workbench.test_browser import DESK, TELEPHONE, browser, fits, served  # noqa: F401

from liantu.ledger import services
from liantu.ledger.models import RegistryLink
from liantu.registry import load_lists

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [DESK, TELEPHONE], ids=["desk", "telephone"])
def test_the_review_by_keyboard_and_taking_a_decision_back(
    served: str,  # noqa: F811
    size: tuple[int, int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from playwright.sync_api import expect

    monkeypatch.setenv("LIANTU_HOME", str(tmp_path / "home"))
    rows = (
        listed(1, CRYSTAL),
        listed(2, FORGE, "忻州市忻府区新建路3号"),
        listed(3, "阳泉示例宏远锻造有限公司", "阳泉市城区南大街4号"),
    )
    load_lists([list_of(tmp_path, *rows)], tmp_path / "home" / "registry", as_of=date(2024, 1, 1))
    forge, crystal = firm("示例宏远锻造", place="忻州市"), firm("太原示例晶体股份有限公司", place="太原市")
    services.resolve()
    with browser(served, size) as page:
        page.goto(f"{served}/registry/review")
        assert fits(page)
        expect(page.locator(".item")).to_have_count(2)
        page.keyboard.press("j")
        expect(page.locator(f"#firm-{crystal}")).to_be_focused()  # almost certain: it comes first
        page.keyboard.press("j")
        page.keyboard.press("k")
        page.keyboard.press("d")
        expect(page.locator(f"#firm-{crystal}.done [data-judged]")).to_contain_text("不再提示")
        expect(page.locator(f"#firm-{forge}")).to_be_focused()
        page.keyboard.press("s")
        expect(page.locator(f"#firm-{forge} [data-judged]")).to_contain_text(FORGE)
        page.click(f"#firm-{forge} [data-judged] >> text=撤回")
        page.wait_for_url(f"**/enterprises/{forge}")
        assert "待认定" in page.inner_text("#registry") and fits(page)
        page.click("#registry >> text=按名称或代码查找")
        page.fill(".filters [name=q]", "宏远")
        page.click(".filters >> text=查找")
        expect(page.locator(".rival")).to_have_count(2)
        assert fits(page)
        page.click(".rival:has-text('忻州') >> text=是这家")
        page.wait_for_selector("[data-judged]")
        page.goto(f"{served}/registry?state=confirmed")
        assert fits(page) and FORGE in page.inner_text("#results")
    held = RegistryLink.objects.filter(removed_at=None)
    assert set(held.values_list("entity", "how", "firm")) == {
        (forge, "confirmed", code(2)),
        (crystal, "rejected", code(1)),
    }
