"""Stages, lists, charts, kits, roles and coded phrases as the offices use them."""

from itertools import pairwise

import pytest

from liantu.vocabulary import (
    chart_kinds,
    coded_phrases,
    deictics,
    enterprise_roles,
    governance_roles,
    kits,
    list_kinds,
    stage_cues,
    stage_of_label,
    stage_schemes,
    stages,
)
from liantu.vocabulary.kits import check_kit
from liantu.vocabulary.lists import rhythms
from liantu.vocabulary.stages import plan_buckets, side_states


def test_stages_run_from_idea_to_target() -> None:
    assert list(stages()) == [
        "idea",
        "packaged",
        "negotiating",
        "signed",
        "registered",
        "approved",
        "land",
        "started",
        "building",
        "completed",
        "in_production",
        "in_statistics",
        "at_capacity",
        "at_target",
    ]
    assert [s.order for s in stages().values()] == list(range(1, 15))


@pytest.mark.parametrize(
    ("label", "stage"),
    [("签约", "signed"), ("新开工", "started"), ("在建/续建", "building"), ("投产", "in_production"), ("烧烤", None)],
)
def test_a_ledger_label_means_a_stage(label: str, stage: str | None) -> None:
    assert stage_of_label(label) == stage


def test_the_longest_cue_comes_first() -> None:
    lengths = [len(cue) for cue, _ in stage_cues()]
    assert lengths == sorted(lengths, reverse=True)
    assert dict(stage_cues())["建成投产"] == "in_production"


def test_local_schemes_keep_the_canonical_order() -> None:
    for buckets in stage_schemes().values():
        orders = [stages()[b.stage].order for b in buckets]
        assert orders == sorted(orders)
    assert [b.bucket for b in stage_schemes()["shanxi_three_batches"]] == ["签约", "开工", "投产"]


def test_side_states_and_plan_buckets_are_no_stages() -> None:
    assert {s.value for s in side_states()} == {"paused", "cancelled", "changed"}
    assert not {s.value for s in side_states()} & set(stages())
    assert len(plan_buckets()) == 7


def test_there_are_twelve_lists_nine_charts_seven_kits() -> None:
    assert (len(list_kinds()), len(chart_kinds()), len(kits())) == (12, 9, 7)


def test_a_kit_whose_lists_are_not_published_says_so() -> None:
    assert kits()["taiyuan_generic"].status == "provisional"
    assert kits()["zhengzhou_1_10"].status == "skeleton" and kits()["zhengzhou_1_10"].lists == ()
    assert kits()["shandong_1_5_n"].status == "partial"
    assert [item.kind for item in kits()["hunan_5_5"].lists] == [
        "enterprise",
        "project",
        "carrier",
        "problem",
        "policy",
    ]


KIT = """\
id: own_1
title: 我市一图三清单
status: complete
source: 本市文件
charts:
  - {kind: chain_panorama, title: 产业图谱}
lists:
  - {kind: enterprise, title: 企业清单, owner_role: lead_agency, columns: [name, uscc, revenue]}
  - {kind: problem, title: 问题清单, owner_role: chain_office, rhythm: weekly}
views:
  - {title: 短板清单, over: [weak, missing]}
duties:
  - {title: 月调度, rhythm: monthly, role: lead_agency, basis: 本市文件}
"""


def test_an_own_kit_is_read() -> None:
    kit, problems = check_kit(KIT)
    assert not problems and kit is not None
    assert [item.title for item in kit.lists] == ["企业清单", "问题清单"]
    assert kit.lists[0].columns == ("name", "uscc", "revenue") and kit.lists[1].rhythm == "weekly"
    assert kit.duties[0].role == "lead_agency" and kit.views[0].over == ("weak", "missing")


@pytest.mark.parametrize(
    ("was", "now", "line", "field", "said"),
    [
        ("kind: problem", "kind: wishes", 9, "lists[2].kind", "清单种类“wishes”没有定义"),
        ("kind: problem", "kind: problm", 9, "lists[2].kind", "是否想写 problem？"),
        ("owner_role: chain_office", "owner_role: boss", 9, "lists[2].owner_role", "角色“boss”没有定义"),
        ("[name, uscc, revenue]", "[name, usc]", 8, "lists[1].columns[2]", "没有栏目“usc”（是否想写 uscc？）"),
        ("[name, uscc, revenue]", "[uscc]", 8, "lists[1].columns", "缺少必填栏目 name"),
        ("rhythm: weekly", "rhythm: hourly", 9, "lists[2].rhythm", "周期“hourly”没有定义"),
        ("title: 问题清单", "title: 企业清单", 9, "lists[2].title", "已有一张清单叫“企业清单”"),
        ("source: 本市文件", "sauce: 本市文件", 4, "sauce", "是否想写 source？"),
        ("status: complete", "status: complete\nstatus: partial", 4, "status", "写了两次"),
        ("over: [weak, missing]", "over: weak", 11, "views[1].over", "应是列表"),
        ("basis: 本市文件}", "basis: 本市文件", 13, "", "不是 YAML"),
        ("id: own_1", "id: 我的", 1, "id", "只能用小写字母"),
    ],
)
def test_what_is_wrong_with_a_kit_is_named_by_line_and_field(
    was: str, now: str, line: int, field: str, said: str
) -> None:
    kit, problems = check_kit(KIT.replace(was, now, 1))
    assert kit is None
    assert any(p.line >= line and p.line <= line + 1 and p.field == field and said in p.zh for p in problems), problems


def test_a_kit_cannot_be_a_bomb_of_references() -> None:
    text = KIT + "note: &a [x, x]\n"
    assert check_kit(text)[0] is None
    lines = ["a: &a [x,x,x,x,x,x,x,x,x]"] + [
        f"{c}: &{c} [{','.join(['*' + p] * 9)}]" for p, c in pairwise("abcdefghij")
    ]
    kit, problems = check_kit("\n".join(lines))
    assert kit is None and len(problems) < 30


def test_every_kind_of_list_has_its_columns_key_and_headers() -> None:
    for kind in list_kinds().values():
        headers = [h for c in kind.all_columns for h in dict.fromkeys((c.zh, c.en, *c.headers))]
        twice = {h for h in headers if headers.count(h) > 1}
        assert not twice, (kind.value, twice)
        assert kind.title in kind.key and any(c.required for c in kind.own_columns)


def test_freshness_is_counted_in_rhythms() -> None:
    monthly = rhythms()["monthly"]
    assert [monthly.freshness(days) for days in (None, 0, 31, 32, 62, 63)] == [
        "never", "fresh", "fresh", "due", "due", "stale",
    ]  # fmt: skip
    assert rhythms()["on_demand"].freshness(4000) == "open"


def test_coded_phrases_are_checked_against_their_number() -> None:
    by_name = {p.phrase: p for p in coded_phrases()}
    assert len(by_name["1233"].members) == 9
    assert by_name["四大战略"].missing == 2
    assert by_name["六大节点"].missing == 1
    assert by_name["5个3"].members == () and by_name["5个3"].status == "not_published"


def test_roles_and_pointing_words() -> None:
    assert governance_roles()["chain_leader"].name_zh == "链长"
    assert enterprise_roles()["master"].reader_role == "chain_master"
    assert deictics()["该公司"].points_to == ("enterprise",)
    assert deictics()["我市"].level == "city"
