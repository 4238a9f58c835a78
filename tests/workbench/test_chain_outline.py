"""A chain's outline edited by hand on its page: what is kept, what is refused, what two people at once are told."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.workbench.conftest import add_daily, add_outline
from tests.workbench.test_browser import DESK, TELEPHONE, browser, fits, served  # noqa: F401

from liantu.ledger import services
from liantu.ledger.models import ChainOutline, Source, WorkChange
from liantu.ledger.outlines.tree import Tree, checked, merge, move, of_json, of_paths, paths_of, subtree, to_json
from liantu.ledger.removal import remove_source
from liantu.reporting import Column, xlsx_bytes

NAME = "甲醇经济"
Page = Callable[..., str]
IMPORTED = [(NAME, "制醇", "焦炉煤气制甲醇"), (NAME, "加注", "甲醇加注站"), (NAME, "整车", "甲醇重卡")]


@pytest.fixture
def outline(db: None, tmp_path: Path) -> Source:
    """The imported outline of the methanol chain."""
    return add_outline(tmp_path)


def node(name: str) -> str:
    """Id of the only segment of a name."""
    (found,) = [pk for pk, told in services.outline_now(NAME).tree.items() if told.name == name]
    return found


def post(clerk: Client, does: str, at: str, version: int | None = None, **said: str) -> tuple[int, str]:
    """Status and message of an edit of the segment `at`, from a page opened just now or at `version`."""
    now = services.outline_now(NAME)
    form = {"does": does, "node": at, "version": str(now.version if version is None else version), "basis": now.basis}
    response = clerk.post(f"/chains/{NAME}/outline", form | said)
    found = re.search(r'role="alert"><p>(.*?)</p>', response.content.decode())
    return response.status_code, found[1] if found else ""


def take_back(clerk: Client, change: WorkChange) -> None:
    clerk.post(f"/chains/{NAME}/outline/{change.pk}/undo")


def test_segments_are_added_below_and_after_one_another(clerk: Client, outline: Source, page: Page) -> None:
    assert post(clerk, "under", node("制醇"), name=" 绿氢制甲醇 ", reason="新增技术路线")[0] == 302
    assert post(clerk, "after", node("加注"), name="运输")[0] == 302
    assert services.chain_outline(NAME) == [
        (NAME, "制醇", "焦炉煤气制甲醇"),
        (NAME, "制醇", "绿氢制甲醇"),
        (NAME, "加注", "甲醇加注站"),
        (NAME, "运输"),
        (NAME, "整车", "甲醇重卡"),
    ]
    html = page(f"/chains/{NAME}")
    assert "制醇/绿氢制甲醇" in re.findall(r'data-key="([^"]+)"', html)  # the drawing has it too
    assert "clerk ·" in html and "新增技术路线" in html and "再导入、再读取都不会覆盖它" in html


def test_a_change_is_kept_with_both_sides_and_taken_back(clerk: Client, outline: Source) -> None:
    post(clerk, "rename", node("加注"), name="加注与储运", reason="按省里口径")
    change = WorkChange.objects.get()
    assert (change.by, change.reason, change.version) == ("clerk", "按省里口径", 2)
    assert "加注 " in change.before["paths"][0] and "加注与储运" in change.after["paths"][0]
    take_back(clerk, change)
    assert services.chain_outline(NAME) == IMPORTED
    change.refresh_from_db()
    assert change.undone_by == "clerk" and WorkChange.objects.filter(undoes=change).exists()


def test_what_a_later_edit_stands_on_is_not_taken_back_first(clerk: Client, outline: Source) -> None:
    post(clerk, "under", node("制醇"), name="原料")
    added = WorkChange.objects.get()
    post(clerk, "under", node("原料"), name="焦炉煤气")
    take_back(clerk, added)
    assert (NAME, "制醇", "原料", "焦炉煤气") in services.chain_outline(NAME)
    take_back(clerk, WorkChange.objects.latest("id"))
    take_back(clerk, added)
    assert services.chain_outline(NAME) == IMPORTED


def test_segments_move_up_down_and_elsewhere(clerk: Client, outline: Source) -> None:
    assert post(clerk, "up", node("整车"))[0] == 302
    assert [path[1] for path in services.chain_outline(NAME)] == ["制醇", "整车", "加注"]
    assert post(clerk, "down", node("制醇"))[0] == 302
    assert [path[1] for path in services.chain_outline(NAME)] == ["整车", "制醇", "加注"]
    assert "最前或最后" in post(clerk, "down", node("加注"))[1]
    assert post(clerk, "move", node("甲醇加注站"), parent=node("整车"))[0] == 302
    assert services.chain_outline(NAME)[1] == (NAME, "整车", "甲醇加注站")


def test_merging_takes_the_parts_along_and_keeps_who_is_on_the_old_name(
    clerk: Client, outline: Source, page: Page, tmp_path: Path
) -> None:
    path = tmp_path / "企业.xlsx"
    heads = [Column(head) for head in ("企业名称", "所属环节", "主要产品")]
    path.write_bytes(xlsx_bytes("企业", heads, [("晋中甲醇有限公司", "甲醇加注站", "甲醇")]))
    services.add_workbook(path)
    before = page(f"/chains/{NAME}").count("晋中甲醇有限公司")
    assert post(clerk, "merge", node("加注"), into=node("整车"))[0] == 302
    post(clerk, "rename", node("甲醇加注站"), name="补能站")
    assert services.chain_outline(NAME)[1:] == [(NAME, "整车", "甲醇重卡"), (NAME, "整车", "补能站")]
    html = page(f"/chains/{NAME}")
    assert "原名或并入：加注" in html and html.count("晋中甲醇有限公司") == before > 0


def test_removing_asks_when_something_is_below(clerk: Client, outline: Source, page: Page) -> None:
    assert "连同下级 1 个环节一起删除" in page(f"/chains/{NAME}", node=node("加注"))
    status, said = post(clerk, "remove", node("加注"))
    assert status == 422 and "下面还有1个环节" in said
    assert not ChainOutline.objects.exists()  # nothing is half done
    assert post(clerk, "remove", node("加注"), below="yes")[0] == 302
    assert services.chain_outline(NAME) == [IMPORTED[0], IMPORTED[2]]
    take_back(clerk, WorkChange.objects.get())
    assert services.chain_outline(NAME) == IMPORTED


def test_what_an_outline_cannot_be_is_refused_in_words(clerk: Client, outline: Source) -> None:
    assert "它自己或它的下级" in post(clerk, "move", node("加注"), parent=node("甲醇加注站"))[1]
    assert "它自己或它的下级" in post(clerk, "merge", node("加注"), into=node("甲醇加注站"))[1]
    assert "产业链本身" in post(clerk, "remove", node(NAME), below="yes")[1]
    assert "这条链的名称" in post(clerk, "rename", node(NAME), name="光伏")[1]
    assert "已有“整车”" in post(clerk, "rename", node("加注"), name="整车")[1]
    assert "请填写" in post(clerk, "under", node("加注"), name="  ")[1]
    at = node("甲醇加注站")
    for level in ("四级", "五级", "六级"):
        assert post(clerk, "under", at, name=level)[0] == 302
        at = node(level)
    assert "最多六级" in post(clerk, "under", at, name="七级")[1]
    assert "最多六级" in post(clerk, "move", node("加注"), parent=node("制醇"))[1]


def test_an_edit_of_a_segment_that_somebody_just_changed_is_not_written_over_it(clerk: Client, outline: Source) -> None:
    opened = services.outline_now(NAME)
    fueling, making = node("加注"), node("制醇")
    say = {"does": "rename", "node": fueling, "name": "加注站网"}
    services.edit_outline(NAME, opened.version, opened.basis, say, "李四", "")
    status, said = post(clerk, "rename", fueling, version=opened.version, name="储运")
    assert status == 409 and "李四" in said and "没有保存" in said
    assert services.chain_outline(NAME)[1][1] == "加注站网"
    assert post(clerk, "rename", making, version=opened.version, name="甲醇制备")[0] == 302  # another one is free
    version = services.outline_now(NAME).version
    post(clerk, "under", fueling, name="撬装站")
    assert post(clerk, "remove", fueling, version=version, below="yes")[0] == 409  # not what was seen to go
    post(clerk, "remove", fueling, below="yes")
    assert post(clerk, "rename", fueling, name="储运")[0] == 409


def test_the_outline_leaves_as_excel_and_comes_back_the_same(clerk: Client, outline: Source, tmp_path: Path) -> None:
    post(clerk, "under", node("甲醇加注站"), name="撬装站")
    post(clerk, "after", node("制醇"), name="=运输")
    post(clerk, "up", node("整车"))
    edited = services.chain_outline(NAME)
    response = clerk.get(f"/chains/{NAME}/outline.xlsx")
    path = tmp_path / "回来.xlsx"
    path.write_bytes(BytesIO(response.content).read())
    services.add_workbook(path)
    now = services.outline_now(NAME)
    assert now.newest_paths == edited and not now.differs  # beside the edited one
    ChainOutline.objects.all().delete()
    remove_source(outline.pk, "clerk")
    assert services.chain_outline(NAME) == edited  # and in its place


def test_importing_again_leaves_hand_edits_and_says_so(
    clerk: Client, outline: Source, page: Page, tmp_path: Path
) -> None:
    post(clerk, "rename", node("加注"), name="储运")
    mine = services.chain_outline(NAME)
    path = tmp_path / "新大纲.xlsx"
    rows = [(NAME, "制醇", "焦炉煤气制甲醇"), (NAME, "捕集", "")]
    path.write_bytes(xlsx_bytes("图谱", [Column(f"level{n}") for n in (1, 2, 3)], rows))
    services.add_workbook(path)
    assert services.chain_outline(NAME) == mine
    assert "又导入了大纲《新大纲.xlsx》，没有覆盖" in page(f"/chains/{NAME}")
    assert post(clerk, "adopt", "")[0] == 302
    assert services.chain_outline(NAME) == [(NAME, "制醇", "焦炉煤气制甲醇"), (NAME, "捕集")]
    take_back(clerk, WorkChange.objects.latest("id"))
    assert services.chain_outline(NAME) == mine


def test_an_outline_begun_on_another_import_is_stale(clerk: Client, outline: Source) -> None:
    form = {"does": "under", "node": node("加注"), "name": "储运", "version": "0", "basis": "older"}
    assert clerk.post(f"/chains/{NAME}/outline", form).status_code == 409
    assert not ChainOutline.objects.exists()


def test_a_chain_without_a_workbook_is_drawn_by_hand(clerk: Client, db: None, page: Page) -> None:
    add_daily()
    assert "还没有这条链的大纲" in page(f"/chains/{NAME}")
    assert post(clerk, "under", node(NAME), name="制醇")[0] == 302
    assert services.chain_outline(NAME) == [(NAME, "制醇")]
    assert 'data-key="制醇"' in page(f"/chains/{NAME}")


def test_the_changes_of_records_leave_an_outline_alone(clerk: Client, outline: Source) -> None:
    post(clerk, "rename", node("加注"), name="储运")
    assert clerk.post(f"/changes/{WorkChange.objects.get().pk}/undo").status_code == 404


PATHS = st.lists(st.lists(st.sampled_from("甲乙丙丁"), min_size=1, max_size=5), min_size=1, max_size=12)


@given(PATHS, st.data())
def test_moving_and_merging_always_leave_a_tree_and_lose_no_name(paths: list[list[str]], data: st.DataObject) -> None:
    tree = of_paths([["链", *path] for path in paths])
    for _step in range(data.draw(st.integers(1, 6))):
        pk, other = data.draw(st.sampled_from(sorted(tree))), data.draw(st.sampled_from(sorted(tree)))
        edit = data.draw(st.sampled_from([move, merge]))
        inside = set(subtree(tree, pk))
        try:
            made: Tree = edit(tree, pk, other)
        except ValueError:
            continue
        assert other not in inside
        checked(made)
        words = {word for node in tree.values() for word in (node.name, *node.former)}
        assert words == {word for node in made.values() for word in (node.name, *node.former)}
        assert len(subtree(made, next(p for p, n in made.items() if not n.parent))) == len(made)  # all hang together
        assert made.keys() == tree.keys() if edit is move else pk not in made
        tree = of_json(to_json(made))
        assert paths_of(of_paths(paths_of(tree))) == paths_of(tree)


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESK, TELEPHONE], ids=["desk", "telephone"])
def test_on_the_page_a_segment_is_chosen_added_to_and_moved(served: str, size: tuple[int, int]) -> None:  # noqa: F811
    with browser(served, size) as page:
        page.goto(f"{served}/chains/{NAME}")
        page.click(".outline-tree >> text='加注'")
        form = page.locator("#outline-edit form:has([name=does][value=under])")
        form.locator("[name=name]").fill("储运")
        form.locator("button").click()
        page.click("#outline-edit button[value=down]")
        page.wait_for_selector(".record-changes b >> text=下移")
        assert page.locator(".outline-tree li").all_inner_texts()[-3:] == ["加注", "甲醇加注站", "储运"]
        page.click(".outline-tree >> text='储运'")
        page.click("#outline-edit button.danger")
        page.wait_for_selector(".record-changes b >> text=删除")
        page.click(".record-changes button >> nth=0")
        page.wait_for_selector(".record-changes li.undone")
        assert "储运" in page.inner_text(".drawing.chain") and fits(page)
