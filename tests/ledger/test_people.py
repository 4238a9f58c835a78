"""What people say: judgements, reviews, dates; and taking each of them back."""

from __future__ import annotations

from datetime import date

import pytest
from tests.ledger.making import document, figure, findings, says, snapshot

from liantu.extraction import extract
from liantu.extraction.model import Enterprise, Evidence, Project
from liantu.ledger import services
from liantu.ledger.models import EnterpriseView, Entity, FigureView, Judgement, ProjectView, Review, Source, Statement
from liantu.reading import read_document


def firm(name: str, *aliases: str, number: int = 0) -> Source:
    """A document that names a firm and gives a figure of it."""
    text = f"第{number}号：{name}今年投入58万元。"
    made = document(text, name=f"{number}.txt", publisher=f"第{number}报")
    rows = [figure(text, "58万", 580000, "元", "技改投入", name, subject_kind="enterprise")]
    said = Enterprise(name, aliases, Evidence(text, 0, len(text)))
    return services.add_findings(made, findings(made, rows, enterprises=[said])).source


def test_short_and_full_name_are_one_and_can_be_parted(ledger: str) -> None:
    firm("一道新能源科技（忻州）有限公司", number=1)
    firm("一道新能源科技（忻州）", number=2)
    assert EnterpriseView.objects.get().n_sources == 2
    judgement = Judgement.objects.get(verdict="same")
    assert judgement.origin == "auto" and judgement.reason
    before = snapshot()
    services.undo_judgement(judgement.pk, "张三")
    assert EnterpriseView.objects.count() == 2
    assert FigureView.objects.values("subject").distinct().count() == 2
    services.judge(judgement.left_id, judgement.right_id, "same", "张三", "同一法人")
    assert snapshot() == before


def test_a_persons_word_outweighs_the_resolver(ledger: str) -> None:
    firm("一道新能源科技（忻州）有限公司", number=1)
    firm("一道新能源科技（忻州）", number=2)
    judgement = Judgement.objects.get(verdict="same")
    parted = services.judge(judgement.left_id, judgement.right_id, "different", "张三")
    assert not parted.joined and EnterpriseView.objects.count() == 2
    firm("一道新能源科技（忻州）", number=3)
    assert EnterpriseView.objects.count() == 2


def test_two_kinds_of_thing_cannot_be_one(ledger: str) -> None:
    firm("美锦氢能科技有限公司", number=1)
    services.add_findings(*says("58", 58, "座", "甲醇加注站"))
    pks = list(Entity.objects.order_by("pk").values_list("pk", flat=True))
    with pytest.raises(ValueError, match="类别不同"):
        services.judge(pks[0], pks[1], "same", "张三")
    assert not Judgement.objects.exists()


def test_a_rejected_figure_leaves_the_views_until_taken_back(ledger: str) -> None:
    services.add_findings(*says("5623", 5623, "辆", "推广甲醇汽车"))
    before = snapshot()
    review = services.review_statement(Statement.objects.get().pk, "rejected", "张三", "看错了表")
    assert not FigureView.objects.exists()
    services.undo_review(review.pk, "张三")
    assert snapshot() == before


def test_a_correction_is_a_further_statement_with_the_same_evidence(ledger: str) -> None:
    services.add_findings(*says("5623", 5623, "辆", "推广甲醇汽车"))
    original = Statement.objects.get()
    review = services.review_statement(
        original.pk, "corrected", "张三", corrections={"value": 5632.0, "text_value": "5632"}
    )
    row = FigureView.objects.get()
    assert (row.value, row.review, row.statement.by) == (5632.0, "corrected", "张三")
    assert (row.statement.number_start, row.statement.sentence) == (original.number_start, original.sentence)
    assert Statement.objects.get(pk=original.pk).value == 5623
    services.undo_review(review.pk, "张三")
    assert FigureView.objects.get().value == 5623
    assert Review.objects.get().undone_by == "张三"


def test_an_accepted_figure_says_so(ledger: str) -> None:
    services.add_findings(*says("5623", 5623, "辆", "推广甲醇汽车"))
    services.review_statement(Statement.objects.get().pk, "accepted", "张三")
    assert FigureView.objects.get().review == "accepted"


@pytest.mark.parametrize(
    ("verdict", "corrections"),
    [("maybe", None), ("corrected", None), ("accepted", {"value": 1}), ("corrected", {"id": "x"})],
)
def test_an_unclear_review_is_refused(ledger: str, verdict: str, corrections: dict[str, object] | None) -> None:
    services.add_findings(*says("5623", 5623, "辆", "推广甲醇汽车"))
    with pytest.raises(ValueError, match="/"):
        services.review_statement(Statement.objects.get().pk, verdict, "张三", corrections=corrections)
    assert not Review.objects.exists()


def test_a_date_given_later_resolves_this_year(ledger: str) -> None:
    read = read_document(
        "晋中市通报\n\n今年以来，晋中市累计推广甲醇汽车5623辆，建成甲醇加注站58座。\n".encode(), "通报.txt"
    )
    source = services.add_findings(read, extract(read)).source
    assert source.published is None
    assert set(FigureView.objects.values_list("period", flat=True)) == {""}
    services.set_published(source.pk, date(2024, 10, 5), "张三")
    source.refresh_from_db()
    assert (source.published, source.published_by) == (date(2024, 10, 5), "张三")
    assert all("2024" in row.period and row.recency == 20241005 for row in FigureView.objects.all())
    assert Statement.objects.filter(retired=True).exists()
    services.set_published(source.pk, date(2023, 10, 5), "张三")
    assert all("2023" in row.period for row in FigureView.objects.all())
    before = snapshot()
    services.rebuild_views()
    assert snapshot() == before


def test_the_newest_stage_and_sum_stand_and_a_difference_is_marked(ledger: str) -> None:
    for number, (published, stage, money) in enumerate(
        [(date(2024, 3, 1), "in_production", 1e9), (date(2024, 9, 1), "building", 2e9)]
    ):
        text = f"第{number}号：示例光伏组件项目进展。"
        made = document(text, name=f"{number}.txt", publisher=f"第{number}报", published=published)
        said = Project(
            "寿阳县示例光伏组件项目", (), Evidence(text, 0, len(text)), investment=money, stage=stage, place="寿阳县"
        )
        services.add_findings(made, findings(made, projects=[said]))
    project = ProjectView.objects.get()
    assert (project.stage, project.investment, project.conflict) == ("building", 2e9, "investment")
    assert (project.region_code, project.city_code) == ("140725", "140700")
