"""An official's walk in a real browser, on a desk and on a telephone: stage, month, campaign, rate, and taking a change back."""

from __future__ import annotations

import pytest
from tests.workbench.test_browser import DESK, TELEPHONE, browser, fits, served  # noqa: F401

pytestmark = pytest.mark.browser
NAME = "晶科能源年产56GW垂直一体化大基地项目"


@pytest.mark.parametrize("size", [DESK, TELEPHONE], ids=["desk", "telephone"])
def test_from_a_stage_to_the_rate_of_its_campaign(served: str, size: tuple[int, int]) -> None:  # noqa: F811
    from playwright.sync_api import expect

    with browser(served, size) as page:
        page.goto(f"{served}/projects")
        page.click("#results td.lead a")
        project = page.url
        page.click("text=登记阶段 >> nth=0")
        page.select_option("[name=stage]", "started")
        page.fill("[name=on]", "2023-05-20")
        page.click("text=保存")
        expect(page.locator(".steps li.entered")).to_have_count(1)
        assert "2023-05-20" in page.inner_text(".timeline .entered")
        page.click(".steps li:not(.entered) a.hint >> nth=0")  # what a document says opens its sentence
        page.wait_for_selector("#panel.open .quote")
        page.keyboard.press("Escape")

        page.click("text=年度计划 >> nth=0")
        page.fill("[name=year]", "2025")
        page.fill("[name=invest]", "1.2亿元")
        page.click("text=保存")
        page.click("#month >> text=填月报")
        page.fill("[name=year]", "2025")
        page.fill("[name=month]", "3")
        page.fill("[name=completed]", "3500")
        page.click("text=保存")
        assert "29.17%" in page.inner_text("#month")

        page.goto(f"{served}/campaigns")
        page.click("text=登记一次活动")
        page.fill("[name=year]", "2023")
        page.fill("[name=number]", "1")
        page.fill("[name=held_on]", "2023-02-26")
        page.click("text=保存")
        page.fill("[name=lines]", f"{NAME}\t5600000\n别的项目\t3500")
        page.click("text=加入这一批")
        campaign = page.url
        row = page.locator(".cohort .rate-lines tbody tr").first
        assert "50.00%" in row.inner_text() and "签约批次中已开工的项目数" in row.inner_text()
        page.click(".cohort .items a:text('晶科能源') >> nth=1")
        assert page.url == project

        page.goto(f"{served}/rates?year=2025")
        page.click("tr:has-text('年度投资进度') a.figure >> nth=0")
        expect(page.locator("td.lead a")).to_have_text(NAME)

        page.goto(f"{project}/changes")
        page.click("li:has-text('2023-05-20') >> text=撤回")
        page.goto(project)
        expect(page.locator(".steps li.entered")).to_have_count(0)

        addresses = [
            project,
            f"{project}/changes",
            campaign,
            f"{served}/campaigns",
            f"{served}/rates",
            f"{served}/schemes",
        ]
        addresses += [f"{project}/records/{kind}/add" for kind in ("detail", "problem", "permit", "month", "factor")]
        assert [a for a in addresses if not (page.goto(a).ok and fits(page))] == []
