"""The tutorial of an office's month, walked in a real browser over a `liantu up` of the example; then the journey of each role.

What the tutorial puts in 【 】 are the words that are clicked, in that order: `Walk.press` takes the next of them, so that neither the
page nor the tutorial can change without the other. Only what is typed, and where among equals, is said here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.cli.test_up import free_port
from tests.workbench.test_browser import CHROMIUM, DESK, PATIENCE, QUIET, TELEPHONE, fits

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
WORD = re.compile(r"【([^】]+)】")
GROUPS, PAGES = "nav.nav", "nav.subnav"
"""The two lines of the head."""
JINZHONG, STEEL = "晋中示例甲醇重卡四大工艺项目", "示例不锈钢管件项目"
NEW_PASSWORD = "云冈-大同-3417-石窟"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def words_of(page: str) -> list[str]:
    """What a tutorial says to click, in order. What stands alone in the first paragraphs explains the brackets."""
    return [word for word in WORD.findall((DOCS / page).read_text(encoding="utf-8")) if word.strip()]


@dataclass
class Office:
    """The example, served; everything of it lies below `desk`."""

    address: str
    password: str
    desk: Path
    environment: dict[str, str]

    def run(self, *arguments: str) -> str:
        """A `liantu` command beside the running workbench."""
        done = subprocess.run(
            [sys.executable, "-m", "liantu", *arguments],
            cwd=self.desk, env=self.environment, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """`liantu up examples/shanxi`, as the tutorial begins, until everything is read."""
    desk = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "examples" / "shanxi", desk / "examples" / "shanxi")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LIANTU_", "DJANGO_", "DATABASE_"))}
    environment = {**kept, "LIANTU_HOME": str(desk / "home"), "PYTHONIOENCODING": "utf-8", "COLUMNS": "140"}
    command = [sys.executable, "-m", "liantu", "up", "examples/shanxi", "--port", str(port := free_port())]
    process = subprocess.Popen(
        command, cwd=desk, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        printed = ""
        assert process.stdout is not None
        for line in process.stdout:
            printed += line
            if "正在关注文件夹" in line:
                break
        assert "192 条办理记录" in printed, printed
        password = re.search(r"password\s+(\S+)", printed)
        assert password, printed
        yield Office(f"http://127.0.0.1:{port}", password[1], desk, environment)
    finally:
        process.terminate()
        process.communicate(timeout=60)


@dataclass
class Walk:
    """A page, and the words of the tutorial that are still to be clicked."""

    page: Any
    words: list[str]
    pressed: list[str] = field(default_factory=list)

    def press(self, word: str, within: str = "body", *, leads_on: bool = True) -> None:
        """Click the first visible link, button or label that says `word`, which must be the tutorial's next.

        `leads_on`: waits for the page that it leads to.
        """
        assert self.words and self.words[0] == word, f"the tutorial says {self.words[:1]}, not {word}"
        self.pressed.append(self.words.pop(0))
        text = re.compile(rf"^\s*{word}\s*\d*\s*$") if within in (GROUPS, PAGES) else word
        said = self.page.locator(within).locator("a, button, summary, label[for]").filter(has_text=text, visible=True)
        if not leads_on:
            said.first.click()
            return
        with self.page.expect_navigation():
            said.first.click()

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"main [name={name}]").first.fill(value)

    def choose(self, name: str, label: str) -> None:
        self.page.locator(f"main select[name={name}]").first.select_option(label=label)


@contextmanager
def chromium(size: tuple[int, int] = DESK) -> Iterator[Any]:
    """A page that complains of nothing."""
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        pytest.skip("no Chromium here: install one, or name it in LIANTU_CHROMIUM")
    complaints: list[str] = []
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.set_default_timeout(PATIENCE)
        try:
            yield page
        finally:
            browser.close()
    assert complaints == []


def test_both_tongues_click_the_same() -> None:
    assert words_of("office-month.md") == words_of("office-month.zh.md")
    assert len(words_of("office-month.md")) > 40


def test_the_month_as_the_tutorial_tells_it(office: Office, tmp_path: Path) -> None:
    with chromium() as page:
        walk = Walk(page, words_of("office-month.zh.md"))
        page.goto(office.address)
        page.fill("[name=username]", "admin")
        page.fill("[name=password]", office.password)
        walk.press("登录")
        page.wait_for_selector("h1:has-text('示例丙 的本周')")
        reading_the_news(walk, tmp_path)
        ledger_through_excel(walk, tmp_path)
        settling(walk)
        own_week(walk)
        monthly_dispatch(walk)
        alerts_targets_scores(walk)
        bulletin(walk, tmp_path)
        walk.press("退出")
        page.wait_for_selector("[name=password]")
        assert walk.words == []
    assert "已备份并校验" in office.run("backup", str(tmp_path / "month.zip"), "--folder", "examples/shanxi")


def reading_the_news(walk: Walk, folder: Path) -> None:
    page = walk.page
    news = re.search(r"```text\n(.*?)```", (DOCS / "office-month.zh.md").read_text(encoding="utf-8"), re.S)
    assert news
    (paper := folder / "晋中要闻.txt").write_text(news[1], encoding="utf-8")
    walk.press("文件与数字", GROUPS)
    with page.expect_file_chooser() as chooser:
        walk.press("选择文件", leads_on=False)
    chooser.value.set_files(str(paper))
    page.click("#upload-results a >> nth=0")
    page.click(".pane-clean .m.figure:has-text('61')")
    page.wait_for_selector("#panel.open .quote:has-text('甲醇加注站61座')")
    page.keyboard.press("Escape")
    walk.press("数字", PAGES)
    page.fill("main [name=q]", "甲醇加注站")
    page.wait_for_selector("#results:has-text('共 3 条')")
    assert {"56", "58", "61"} <= set(re.findall(r"\d+", page.inner_text("#results")))
    walk.press("分歧", PAGES)
    page.wait_for_selector(".pair:has-text('甲醇加注站')")


def ledger_through_excel(walk: Walk, folder: Path) -> None:
    page = walk.page
    walk.press("项目与企业", GROUPS)
    with page.expect_download() as coming:
        walk.press("导出修改", "main", leads_on=False)
    coming.value.save_as(path := folder / "项目.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "阶段" for cell in row))
    columns = {cell.value: cell.column for cell in head}
    name = next(column for title, column in columns.items() if title and "名称" in str(title))
    rows = {sheet.cell(at, name).value: at for at in range(head[0].row + 1, sheet.max_row + 1)}
    sheet.cell(rows["示例不锈钢管件项目"], columns["阶段"]).value = "开工"
    sheet.cell(rows["示例杂粮精深加工园"], columns["阶段"]).value = "飞天"
    book.save(path)
    walk.press("导入", "main")
    page.set_input_files("[name=file]", str(path))
    walk.press("核对", "main")
    page.wait_for_selector("text=不是可用的阶段")
    walk.press("写入没有问题的", "main")
    page.wait_for_selector("text=已写入：修改 1 行")


def settling(walk: Walk) -> None:
    page = walk.page
    walk.press("核实", GROUPS)
    item = page.locator("#queue > li").filter(has_text="建成甲醇加注站").filter(has_text="各来源说法不一").first
    assert "56座" in item.inner_text() and "58座" in item.inner_text()
    before = int(re.findall(r"全部 (\d+)", page.inner_text("main"))[0])
    number = item.get_attribute("id")
    walk.press("以此为准", f"#{number}", leads_on=False)
    page.wait_for_selector(f"#{number} >> text=撤回")
    walk.press("核实记录", PAGES)
    assert "甲醇加注站" in page.inner_text("main")
    page.goto(page.url.replace("/history", ""))
    assert int(re.findall(r"全部 (\d+)", page.inner_text("main"))[0]) < before


def own_week(walk: Walk) -> None:
    page = walk.page
    walk.press("工作", GROUPS)
    page.wait_for_selector("h1:has-text('示例丙 的本周')")
    page.click("main a:has-text('列出链主企业配套需求清单')")
    walk.press("开始办理", "main")
    page.fill("main form.step-form:has(button:text('办结申请销号')) [name=words]", "四户的需求都已列出")
    walk.press("办结申请销号", "main")
    page.wait_for_selector(".about .tag:has-text('待核验')")
    assert page.locator("main form.step-form button:has-text('核验')").count() == 0, "nobody closes their own work"


def monthly_dispatch(walk: Walk) -> None:
    page, today = walk.page, date.today()
    walk.press("会议", PAGES)
    walk.press("登记会议", "main")
    walk.choose("kind", "调度会")
    walk.choose("programme", "吕梁市 · 氢能")
    walk.fill(title="氢能链月调度会（示例）", held_on=today.isoformat(), region_code="吕梁市", chain="氢能")
    walk.press("保存", "main")
    walk.press("加一条", "#decision")
    walk.fill(order="1", text="一周内报齐储氢瓶项目补正材料")
    walk.press("保存", "main")
    walk.press("转为任务", "#decision")
    assert "储氢瓶" in page.input_value("main [name=title]")
    walk.fill(owner_unit="吕梁市规划和自然资源局（示例）", due=(today + timedelta(days=7)).isoformat())
    walk.press("保存", "main")
    walk.press("派发", "main")
    page.wait_for_selector(".about .tag:has-text('已派发')")
    walk.press("催办", PAGES)
    due = page.locator("main form tr:has-text('下督办单')").count()
    assert due >= 1
    walk.press("记下勾选的催办", "main")
    page.wait_for_selector("#results tr:has-text('督办')")
    walk.press("督办", PAGES)
    assert page.locator("#results tbody tr").count() == 2 + due


def alerts_targets_scores(walk: Walk) -> None:
    page = walk.page
    walk.press("目标与考评", GROUPS)
    walk.press("预警", PAGES)
    walk.press("现在核对", "main")
    page.click("#results tbody a:has-text('文水示例车载储氢瓶项目') >> nth=0")
    said = page.inner_text("h1")
    walk.fill(why="用地批复在办，月底再看", until=(date.today() + timedelta(days=20)).isoformat())
    walk.press("缓办", "main")
    page.wait_for_selector("main :text('用地批复在办，月底再看')")
    walk.press("预警摘要", PAGES)
    assert "储氢瓶" in said and page.locator("main li, main tr").count() > 3
    walk.press("目标", PAGES)
    page.click("#results tbody a[href*='/targets/said/'] >> nth=0")
    walk.press("纳入目标台账", "main")
    page.wait_for_url("**/targets/*")
    assert "/said/" not in page.url
    walk.press("考核", PAGES)
    page.click("main a:has-text('市县项目建设考核')")
    walk.choose("region", "山西省")
    walk.press("计算", "main")
    page.wait_for_selector("main tbody tr")
    assert "晋中市" in page.inner_text("main table >> nth=0")


def bulletin(walk: Walk, folder: Path) -> None:
    page = walk.page
    last = date.today().replace(day=1) - timedelta(days=1)
    walk.press("通报", PAGES)
    page.fill("main [name=period]", f"{last:%Y-%m}")
    walk.press("起草", "main form[action*=make]")
    page.wait_for_selector("h1:has-text('月调度通报') .tag:has-text('草稿')")
    page.click("#month a.figure >> nth=0")
    page.wait_for_selector("#panel.open")
    page.keyboard.press("Escape")
    walk.press("改文字", "main")
    opening = page.locator("main [name=prose-opening]")
    opening.fill(opening.input_value() + "请各单位对照整改。")
    walk.press("保存", "main")
    walk.press("发布", "main .actions")
    page.wait_for_selector("h1 .tag:has-text('已发布')")
    assert "请各单位对照整改。" in page.inner_text("main") and "第1期" in page.inner_text("main")
    with page.expect_download() as coming:
        walk.press("Word", "main", leads_on=False)
    assert Path(coming.value.path()).read_bytes()[:2] == b"PK"


def account(office: Office, name: str, *grant: str) -> str:
    """Make an account as the tutorial does; gives the address of its invitation."""
    told = office.run("user", "add", name, *grant, "--folder", "examples/shanxi")
    link = re.search(r"/invitation/[\w-]+", told)
    assert link, told
    return office.address + link[0]


def arrive(page: Any, link: str) -> None:
    """Set the password, and be in."""
    page.goto(link)
    page.fill("[name=password]", NEW_PASSWORD)
    page.fill("[name=again]", NEW_PASSWORD)
    page.click("button:has-text('设置并登录')")
    page.wait_for_selector("nav.nav")


def offered(page: Any, words: str) -> bool:
    return bool(page.locator("main").locator("a, button, summary").filter(has_text=words, visible=True).count())


def count_of(page: Any, address: str) -> int:
    page.goto(address)
    told = re.search(r"共 ([\d,]+) 条", page.inner_text("#results"))
    assert told, page.inner_text("#results")[:200]
    return int(told[1].replace(",", ""))


def refused(page: Any, address: str) -> str:
    """What the page says that does not open."""
    assert page.goto(address).status == 403
    return str(page.inner_text("main"))


def projects_seen(page: Any, office: Office) -> dict[str, str]:
    page.goto(f"{office.address}/projects")
    links = page.locator("#results td.lead a").all()
    return {link.inner_text(): link.get_attribute("href") for link in links}


def test_a_reader_sees_all_and_enters_nothing(office: Office) -> None:
    link = account(office, "chaxun", "--role", "reader")
    with chromium(TELEPHONE) as page:
        arrive(page, link)
        assert "管理" not in page.inner_text("nav.nav")
        assert len(projects_seen(page, office)) >= 47
        for address, words in (
            ("/meetings", "登记会议"), ("/tasks", "交办任务"), ("/bulletins", "起草一期"),
            ("/campaigns", "登记一次活动"), ("/targets", "登记一个目标"),
        ):  # fmt: skip
            assert page.goto(office.address + address).ok and not offered(page, words), address
            assert fits(page), address
        said = refused(page, f"{office.address}/records/meeting/add")
        assert "登记" in said and "admin" in said, "what is missing, and whom to ask"
        page.goto(f"{office.address}/projects")
        with page.expect_download() as coming:
            page.click("main a:text-is('CSV')")
        assert STEEL in Path(coming.value.path()).read_text("utf-8-sig")


def test_an_editor_keeps_the_ledger_of_one_city(office: Office) -> None:
    link = account(office, "jinzhong", "--role", "chain_office", "--region", "140700")
    with chromium() as page:
        arrive(page, link)
        seen = projects_seen(page, office)
        assert JINZHONG in seen and STEEL not in seen and len(seen) < 20
        page.goto(office.address + seen[JINZHONG])
        page.click("text=登记问题 >> nth=0")
        page.fill("main [name=text]", "涂装线进口件到货晚（示例）")
        page.fill("main [name=owner]", "晋中经开区管委会")
        page.click("main button:has-text('保存')")
        page.wait_for_selector("main :text('涂装线进口件到货晚（示例）')")
        assert count_of(page, f"{office.address}/tasks") == 1, "the tasks of Jinzhong alone"
        assert offered(page, "交办任务") and "管理" not in page.inner_text("nav.nav")
        assert "管理" in refused(page, f"{office.address}/accounts")
    with chromium() as page:  # the neighbour
        arrive(page, account(office, "lvliang", "--role", "chain_office", "--region", "141100"))
        theirs = projects_seen(page, office)
        assert theirs and not theirs.keys() & seen.keys()
        assert page.goto(office.address + seen[JINZHONG]).status == 404
        page.goto(f"{office.address}/search?q=涂装线")
        assert "涂装线进口件" not in page.inner_text("main")


def test_a_chain_leader_does_not_enter(office: Office) -> None:
    with chromium() as page:
        arrive(page, account(office, "lianzhang", "--role", "chain_leader", "--region", "140700"))
        assert JINZHONG in projects_seen(page, office)
        assert "登记" in refused(page, f"{office.address}/records/task/add")
        assert page.goto(f"{office.address}/tasks").ok and not offered(page, "交办任务")


def test_an_administrator_sees_who_did_what(office: Office) -> None:
    with chromium() as page:
        page.goto(office.address)
        page.fill("[name=username]", "admin")
        page.fill("[name=password]", office.password)
        page.click("button:text-is('登录')")
        page.click("nav.nav a:has-text('管理')")
        page.wait_for_selector("h1:has-text('账号与权限')")
        listed = page.inner_text("main .results")
        page.click("nav.subnav a:has-text('审计日志')")
        page.wait_for_selector("h1:has-text('审计日志')")
        log = page.inner_text("main")
        for name in re.findall(r"(chaxun|jinzhong|lianzhang|lvliang)", listed):
            assert name in log
