"""Kits and lists on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.management import call_command
from tests.ledger.list_making import book, make_list

from liantu.cli import main
from liantu.ledger.lists.loading import CannotLoadError, load_lists
from liantu.ledger.models import ChainList, InstalledKit, ListVersion
from liantu.server.office import load_lists_of

EXAMPLE = Path(__file__).parents[2] / "examples" / "lists" / "清单.yaml"
FOLDER = EXAMPLE.parents[1] / "shanxi"


def test_a_kit_file_is_checked(tmp_path: Path) -> None:
    file = tmp_path / "模板.yaml"
    file.write_text(
        "id: a\ntitle: 甲\nstatus: skeleton\nsource: 某\nlists: []\ncharts:\n  - {kind: maps, title: 图}\n",
        encoding="utf-8",
    )
    done = CliRunner().invoke(main, ["kit", "check", str(file)])
    assert done.exit_code == 1 and "第7行 charts[1].kind" in done.output
    file.write_bytes("id: a\ntitle: 甲".encode("gbk"))
    assert CliRunner().invoke(main, ["kit", "check", str(file)]).exit_code == 2
    assert CliRunner().invoke(main, ["kit", "check", str(tmp_path / "没有.yaml")]).exit_code == 2


def test_the_ready_kits_are_listed() -> None:
    done = CliRunner().invoke(main, ["kit", "list"])
    assert done.exit_code == 0 and len(done.output.strip().splitlines()) == 7


@pytest.mark.django_db
def test_the_example_has_lists_of_two_versions_each(settings: object, tmp_path: Path) -> None:
    settings.SPACE = str(tmp_path)  # type: ignore[attr-defined]
    done = list(load_lists(EXAMPLE, "li"))
    assert [one.n_versions for one in done] == [2, 2, 2, 2, 1, 1, 1, 1, 1]
    firms = ChainList.objects.get(list_kind="enterprise", chain="光伏")
    second = ListVersion.objects.get(list=firms, number=2)
    assert (second.n_added, second.n_removed, second.n_changed, second.net) == (4, 1, 1, 3)
    assert firms.confirmed_on == second.published_on
    assert all(one.n_versions == 0 for one in load_lists(EXAMPLE, "li"))  # a second time changes nothing
    assert ListVersion.objects.count() == 13
    assert set(InstalledKit.objects.get().lists.values_list("chain", flat=True)) == {"氢能"}


def _lists() -> list[tuple[object, ...]]:
    heads = ("title", "list_kind", "region_code", "chain", "owner_unit", "rhythm", "kit__kit_id", "confirmed_on")
    found = []
    for row in ChainList.objects.order_by("pk"):
        versions = [
            (
                v.number,
                v.published_on,
                v.n_added,
                v.n_removed,
                v.n_changed,
                [r.cells for r in v.rows.order_by("position")],
            )
            for v in row.versions.order_by("number")
        ]
        found.append((*ChainList.objects.filter(pk=row.pk).values_list(*heads)[0], versions))
    return found


@pytest.mark.django_db(transaction=True)
def test_the_workbook_of_the_example_says_what_its_yaml_says(settings: object, tmp_path: Path) -> None:
    settings.SPACE = str(tmp_path)  # type: ignore[attr-defined]
    assert load_lists_of(EXAMPLE.parent) == ""  # a folder without such a workbook
    assert "9 份清单" in load_lists_of(FOLDER)
    of_book = _lists()
    assert load_lists_of(FOLDER) == ""  # once
    call_command("flush", interactive=False, verbosity=0)
    assert len(list(load_lists(EXAMPLE, "li"))) == 9
    assert _lists() == of_book


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("directory", "said"),
    [
        ([["清单名称", "颜色"], ["任务清单", "红"]], "颜色”不认得"),
        ([["清单名称", "工作表"], ["任务清单", "没有"]], "清单目录 第2行：没有工作表“没有”"),
        ([["清单名称", "工作表"], ["", "表"]], "第2行：缺清单名称"),
        ([["清单名称", "工作表", "发布日期"], ["任务清单", "表", "某天"]], "第2行：发布日期写作"),
        ([["清单名称", "工作表"], ["愿望", "表"]], "看不出“愿望”是哪一种清单"),
        ([["清单名称", "工作表", "更新周期"], ["任务清单", "表", "有空时"]], "更新周期没有“有空时”"),
        ([["清单名称", "工作表", "模板"], ["任务清单", "表", "十全十美"]], "没有模板“十全十美”"),
        ([["清单名称", "工作表"], ["任务清单", "表"]], "表 E2（时限）.*表 E3（时限）"),
    ],
)
def test_what_is_wrong_in_a_workbook_of_lists_is_named_and_nothing_is_kept(
    directory: list[list[object]], said: str, settings: object, tmp_path: Path
) -> None:
    settings.SPACE = str(tmp_path)  # type: ignore[attr-defined]
    rows: list[list[object]] = [["事项", "目标", "牵头单位", "配合单位", "时限"]]
    rows += [["建群", "好", "工信局", "", "某天"], ["开会", "好", "工信局", "", "改天"]]
    path = book(tmp_path / "清单.xlsx", 清单目录=directory, 表=rows)
    with pytest.raises(CannotLoadError, match=said):
        list(load_lists(path, "li"))
    assert not ChainList.objects.exists() and not InstalledKit.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lists: [", "不是 YAML"),
        ("- a", "没有 lists 一节"),
        ("lists:\n  - {title: 甲, kind: wishes}", "看不懂"),
        ("lists:\n  - {title: 甲, kind: matter, colour: red}", "看不懂 colour"),
        ("lists:\n  - {title: 甲, kind: matter, region: 没有这个市}", "“甲”：没有"),
        ("lists:\n  - {title: 甲, kind: matter, versions: [{file: 没有.csv}]}", "“甲”："),
        ("lists:\n  - {title: 甲, kind: matter, versions: [{file: 表.csv}]}", "表.csv E2（时限）"),
    ],
)
def test_what_cannot_be_loaded_leaves_nothing_behind(text: str, said: str, settings: object, tmp_path: Path) -> None:
    settings.SPACE = str(tmp_path)  # type: ignore[attr-defined]
    make_list("matter", title="别的")
    (tmp_path / "表.csv").write_text("事项,目标,牵头单位,配合单位,时限\n建群,好,工信局,,某天\n", encoding="utf-8")
    (tmp_path / "清单.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CannotLoadError, match=said):
        list(load_lists(tmp_path / "清单.yaml", "li"))
    assert ChainList.objects.count() == 1
