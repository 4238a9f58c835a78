"""Large, visible and doubtful figures ask for a person's eye before the others."""

from __future__ import annotations

import pytest
from tests.ledger.making import says

from liantu.ledger import services
from liantu.ledger.attention import attention, importance, low_confidence, weights
from liantu.ledger.models import Fact, FigureView, Review


def test_every_rule_has_its_weight_and_its_source() -> None:
    assert {weight.rule for weight in weights()} == {"doubt", "money", "large", "target", "several"}
    assert 0 < low_confidence() < 1


@pytest.mark.parametrize(
    ("value", "unit", "kind", "status", "sources", "reasons"),
    [
        (58, "座", "level", "actual", 1, []),
        (5.8e9, "元", "level", "plan", 1, ["money"]),
        (5623, "辆", "level", "target", 1, ["target"]),
        (56_230, "辆", "level", "actual", 3, ["several", "large"]),
        (50, "%", "share", "actual", 1, []),
    ],
)
def test_size_targets_and_several_sources_weigh(
    value: float, unit: str, kind: str, status: str, sources: int, reasons: list[str]
) -> None:
    factor, told = importance(value, unit, kind, status, sources)
    assert told == reasons
    assert (factor > 1) == bool(reasons)


def test_only_a_doubtful_figure_that_nobody_reviewed_asks() -> None:
    row = FigureView(confidence=0.5, value=2e10, unit="元", figure_kind="level", status="target", review="")
    small = FigureView(confidence=0.5, value=20, unit="个", figure_kind="level", status="actual", review="")
    assert attention(row) > attention(small) > 0
    row.review = "accepted"
    small.confidence = 0.9
    assert attention(row) == attention(small) == 0


def test_saying_which_value_is_right_ends_a_conflict_and_can_be_taken_back(ledger: str) -> None:
    for number, publisher in ((58, "晋中日报"), (56, "链长办"), (58, "山西日报")):
        services.add_findings(*says(str(number), number, "座", "甲醇加注站", publisher=publisher))
    fact = Fact.objects.get(state="conflict")
    right = FigureView.objects.filter(value=58).order_by("pk")[0]
    reviews = services.settle_conflict(fact.pk, right.pk, "张三", "电话核实")
    assert sorted(review.verdict for review in reviews) == ["accepted", "accepted", "rejected"]
    assert Fact.objects.get().state == "agreed"
    services.undo_review(Review.objects.get(verdict="rejected").pk, "张三")
    assert Fact.objects.get().state == "conflict"


def test_a_statement_of_another_fact_settles_nothing(ledger: str) -> None:
    services.add_findings(*says("58", 58, "座", "甲醇加注站"))
    services.add_findings(*says("5623", 5623, "辆", "推广甲醇汽车"))
    with pytest.raises(ValueError, match=" / "):
        services.settle_conflict(
            FigureView.objects.get(value=58).fact_id, FigureView.objects.get(value=5623).pk, "张三"
        )
    assert not Review.objects.exists()
