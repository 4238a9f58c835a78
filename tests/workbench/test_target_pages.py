"""Targets: what documents give, taking up, revisions, figures, parts, and taking it all back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.ledger.making import document, figure, findings
from tests.workbench.test_exports import table

from liantu.ledger import services
from liantu.ledger.models import TargetActual, TargetPart, TargetRecord, TargetRevision, WorkChange

OLD = "按原来的部署，到2025年10条产业链营业收入达到8400亿元。"
NEW = "新方案改为16条产业链，2025年营业收入目标8000亿元。"
NOW = "2025年上半年，16条产业链营业收入4100亿元。"
TEN = "2025年一季度，10条产业链营业收入1500亿元。"


@pytest.fixture
def told(db: None) -> dict[str, str]:
    """The statement ids of two targets and two figures of a province, by their numbers."""
    said = [
        (OLD, "8400", 8.4e11, "target", "2025", date(2022, 7, 1)),
        (NEW, "8000", 8e11, "target", "2025", date(2025, 3, 27)),
        (NOW, "4100", 4.1e11, "actual", "2025-01/2025-06", date(2025, 7, 20)),
        (TEN, "1500", 1.5e11, "actual", "2025-01/2025-03", date(2025, 4, 20)),
    ]
    for sentence, number, value, status, period, on in said:
        made = document(sentence, f"{number}.txt", f"省报{number}", on)
        one = figure(sentence, number, value, "元", "产业链营业收入", "山西省", status=status, period=period)
        services.add_findings(made, findings(made, [one]))
    return {v.number: v.pk for v in _figures()}


def _figures() -> list:  # type: ignore[type-arg]
    from liantu.ledger.models import FigureView

    return list(FigureView.objects.all())


def take(clerk: Client, statement: str) -> TargetRecord:
    assert clerk.post("/targets/take", {"statement": statement}).status_code == 302
    return TargetRecord.objects.get(statement=statement, removed_at=None)


def test_targets_of_documents_stand_there_without_a_click(told: dict[str, str], clerk: Client) -> None:
    lines = {line.value: line for line in clerk.get("/targets").context["listing"].rows}
    assert set(lines) == {8.4e11, 8e11}
    new = lines[8e11]
    # the figure of sixteen chains fits, that of ten is told to be another scope and never counts
    assert new.actual.value == 4.1e11 and new.provisional
    assert {a.value: a.link.fit for a in new.actuals} == {4.1e11: "fits", 1.5e11: "scope_differs"}
    assert new.state == "no_data" and new.course.reason == "awaiting_final"
    assert lines[8.4e11].actual.value == 1.5e11


def test_taking_up_confirming_a_change_of_scope_and_taking_it_back(
    told: dict[str, str], clerk: Client, page: Callable[..., str]
) -> None:
    record = take(clerk, told["8000"])
    html = page(f"/targets/{record.pk}")
    assert "可能是它的原目标" in html and "涵盖的数目（产业链）：10 → 16" in html
    (offered,) = clerk.get(f"/targets/{record.pk}").context["earlier"]
    assert offered.proposal.kind == "scope" and offered.proposal.change is None
    clerk.post(f"/targets/{record.pk}/revisions", {"earlier": told["8400"], "kind": "scope", "note": "链数增加"})
    old = TargetRecord.objects.get(statement=told["8400"])
    steps = clerk.get(f"/targets/{old.pk}").context["chain"]
    assert [step.record.pk for step, _line in steps] == [old.pk, record.pk]
    lines = {line.key: line for line in clerk.get("/targets", {"kept": "kept"}).context["listing"].rows}
    assert lines[str(old.pk)].replaced and lines[str(record.pk)].revised == "scope"
    change = WorkChange.objects.get(kind="revision")
    assert clerk.post(f"/changes/{change.pk}/undo").headers["Location"] == f"/targets/{record.pk}/changes"
    assert clerk.get(f"/targets/{record.pk}").context["chain"] == []
    assert "口径调整" in page(f"/targets/{record.pk}/changes")


def test_revisions_make_no_ring(told: dict[str, str], clerk: Client) -> None:
    new, old = take(clerk, told["8000"]), take(clerk, told["8400"])
    services.confirm_revision(new.pk, str(old.pk), "scope", "clerk")
    with pytest.raises(ValueError, match="相反次序"):
        services.confirm_revision(old.pk, str(new.pk), "value", "clerk")
    with pytest.raises(ValueError, match="自己"):
        services.confirm_revision(old.pk, str(old.pk), "value", "clerk")
    assert TargetRevision.objects.count() == 1


def test_a_person_decides_which_figure_counts(told: dict[str, str], clerk: Client) -> None:
    record = take(clerk, told["8000"])
    address = f"/targets/{record.pk}"
    clerk.post(f"{address}/actuals", {"statement": told["4100"], "verdict": "other", "note": "口径待核"})
    assert clerk.get(address).context["line"].actual is None
    clerk.post(f"{address}/actuals", {"statement": told["4100"], "verdict": "counts", "seen": '{"verdict": "other"}'})
    line = clerk.get(address).context["line"]
    assert line.actual.value == 4.1e11 and not line.provisional
    assert TargetActual.objects.count() == 1  # the word was changed, not doubled
    values = {"value": "8100亿", "unit": "元", "on": "2025-12-31", "verdict": "counts", "basis": "省统计快报"}
    assert clerk.post(f"{address}/records/actual/add", values).status_code == 302
    line = clerk.get(address).context["line"]
    assert (line.state, line.actual.value, round(line.percent, 2)) == ("reached", 8.1e11, 101.25)


@pytest.mark.parametrize(
    ("values", "told_words"),
    [
        ({"value": "12", "unit": "户"}, "要写依据"),
        ({"value": "12", "unit": "", "basis": "会议"}, "有目标值就要写单位"),
        ({"value": "12", "unit": "户", "basis": "会议", "bound": ".."}, "区间要填上限"),
        ({"value": "12", "unit": "户", "basis": "会议", "state": "reached"}, "由完成值判断"),
        ({"basis": "会议", "state": "reached"}, "写明进展"),
        ({"value": "很多", "basis": "会议"}, "要填数字"),
        ({"value": "12", "unit": "户", "basis": "会议", "region_code": "999999"}, "没有代码 999999"),
        ({"value": "12", "unit": "户", "basis": "会议", "start": "2025-06-01", "due": "2025-01-01"}, "期限要晚于"),
    ],
)
def test_what_cannot_be_kept_is_told(clerk: Client, values: dict[str, str], told_words: str) -> None:
    usual = {"indicator": "链上企业", "subject_name": "山西省", "bound": ">=", "figure_kind": "level"}
    response = clerk.post("/records/target/add", usual | values)
    assert response.status_code == 422 and told_words in response.content.decode()
    assert not TargetRecord.objects.exists()


def test_a_qualitative_target_is_judged_by_a_person(clerk: Client, page: Callable[..., str]) -> None:
    values = {
        "indicator": "建成产业链图谱", "subject_name": "太原市", "bound": "=", "figure_kind": "level",
        "basis": "年度要点", "state": "on_course", "state_note": "已完成初稿",
    }  # fmt: skip
    assert clerk.post("/records/target/add", values).status_code == 302
    (line,) = clerk.get("/targets").context["listing"].rows
    assert line.state == "on_course" and "已完成初稿" in page(f"/targets/{line.record.pk}")
    assert "定性" in page("/targets", state="on_course")


def test_parts_are_pasted_all_or_none_and_their_sum_is_told(told: dict[str, str], clerk: Client) -> None:
    record = take(clerk, told["8000"])
    address = f"/targets/{record.pk}"
    bad = clerk.post(f"{address}/parts", {"lines": "太原市\t\t3000亿\n大同市\t2025年5季度\t1"})
    assert bad.status_code == 422 and "第 2 行" in bad.content.decode() and not TargetPart.objects.exists()
    clerk.post(
        f"{address}/parts",
        {"lines": "太原市\t\t3000亿\n大同市\t\t4000亿\n太原市\t2025Q1\t10亿元".replace("亿元", "亿")},
    )
    assert set(TargetPart.objects.values_list("period", flat=True)) == {"", "2025-01/2025-03"}
    first, months = clerk.get(address).context["sums"]
    assert (first.state, first.difference) == ("short", -1_000 * 10**8)
    assert (months.period, months.state) == ("+", "short")
    rows = table(clerk, f"{address}/parts.csv")
    assert [row["承担单位"] for row in rows] == ["太原市", "大同市", "太原市"]


def test_all_of_a_filter_are_taken_up_and_leave_as_a_file(told: dict[str, str], clerk: Client) -> None:
    clerk.post("/targets/take?year=2025")
    assert TargetRecord.objects.count() == 2
    rows = table(clerk, "/targets.csv", year="2025")
    assert {row["台账"] for row in rows} == {"已纳入台账"} and {row["目标依据"] for row in rows} == {OLD, NEW}
    assert table(clerk, "/targets.csv", kept="said") == [] and table(clerk, "/targets.csv", year="2031") == []


def test_the_page_asks_no_more_for_more_targets(told: dict[str, str], clerk: Client) -> None:
    clerk.get("/targets")
    with CaptureQueriesContext(
        connection,
    ) as few:
        clerk.get("/targets?q=")
    for number in range(12):
        text = f"到2027年第{number}类专业镇达到{number + 20}个。"
        made = document(text, f"{number}.txt", "省报", date(2025, 1, 1))
        one = figure(
            text, str(number + 20), number + 20, "个", f"第{number}类专业镇", "山西省", status="target", period="2027"
        )
        services.add_findings(made, findings(made, [one]))
    clerk.get("/targets")
    with CaptureQueriesContext(connection) as many:
        assert len(clerk.get("/targets?q=").context["listing"].rows) == 14
    assert len(many) <= len(few)
