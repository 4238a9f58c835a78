"""Stages, lists, charts, kits, roles and coded phrases as the offices use them."""

import pytest

from liantu.vocabulary import (
    VocabularyError,
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
from liantu.vocabulary.kits import kit_from
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


def test_a_kit_with_an_unknown_list_is_refused() -> None:
    data = {
        "id": "x",
        "title": "某",
        "place": "某市",
        "status": "complete",
        "note": "",
        "source": "某文件",
        "charts": [],
        "lists": [{"kind": "wishes", "title": "愿望清单", "owner_role": "lead_agency"}],
    }
    with pytest.raises(VocabularyError, match="清单种类“wishes”没有定义"):
        kit_from("x.toml", data)


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
