"""A table is pasted, compared and written in a real browser, on a desk and on a telephone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.ledger.exchange.making import three_projects
from tests.workbench.test_browser import DESK, TELEPHONE, browser, served

from liantu.ledger.models import ProjectView

__all__ = ["served"]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [DESK, TELEPHONE])
def test_a_pasted_table_is_compared_written_and_taken_back(
    served: str, settings: Any, tmp_path: Path, size: tuple[int, int]
) -> None:
    settings.SPACE = tmp_path
    three_projects()
    with browser(served, size) as shown:
        page: Any = shown
        page.goto(f"{served}/projects")
        page.click("text=导入 >> nth=0")
        page.fill(
            "[name=text]", "项目名称\t所在市\t阶段\n寿阳光伏组件项目\t晋中市\t投产\n平遥牛肉加工项目\t晋中市\t飞天\n"
        )
        page.click("form[action='/exchange/upload'] button.primary")
        page.wait_for_selector("text=不是可用的阶段")
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, "nothing runs off the side"
        page.click("button[value=good]")
        page.wait_for_selector("text=已写入：修改 1 行")
        page.click("text=看改动、撤回")
        page.click("text=整批撤回")
        page.wait_for_selector("text=已撤回")
    assert ProjectView.objects.get(name="寿阳光伏组件项目").stage == "started"
