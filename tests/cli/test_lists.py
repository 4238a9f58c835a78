"""Kits and lists on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.ledger.list_making import make_list

from liantu.cli import main
from liantu.ledger.lists.loading import CannotLoadError, load_lists
from liantu.ledger.models import ChainList, ListVersion

EXAMPLE = Path(__file__).parents[2] / "examples" / "lists" / "清单.yaml"


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
    assert [one.n_versions for one in done] == [2, 2, 2, 2]
    firms = ChainList.objects.get(list_kind="enterprise")
    second = ListVersion.objects.get(list=firms, number=2)
    assert (second.n_added, second.n_removed, second.n_changed, second.net) == (4, 1, 1, 3)
    assert firms.confirmed_on == second.published_on
    assert all(one.n_versions == 0 for one in load_lists(EXAMPLE, "li"))  # a second time changes nothing
    assert ListVersion.objects.count() == 8


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
