"""Criteria on pages: candidates from documents, one thing clause by clause, values entered, an office's own set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from tests.ledger.making import document, figure, findings
from tests.workbench.test_exports import table

from liantu.extraction.model import Enterprise, Evidence
from liantu.ledger import services
from liantu.ledger.models import EnterpriseView, KnownValue, OfficeRules, WorkChange
from liantu.tracking.criteria import shipped_sets

FIRM = "山西示例精密锻造有限公司上下游配套企业18户，资产负债率45%。"


@pytest.fixture
def firm(db: None) -> int:
    """A firm of which a paper tells how many firms supply it, and its debt ratio."""
    made = document(FIRM, "企业.txt", "省报", date(2025, 3, 1))
    name = "山西示例精密锻造有限公司"
    columns = {"subject": name, "subject_kind": "enterprise", "period": "2024"}
    said = [
        figure(FIRM, "18", 18, "户", "上下游配套企业", **columns),
        figure(FIRM, "45", 45, "%", "资产负债率", kind="share", **columns),
    ]
    one = Enterprise(name, (), Evidence(FIRM, 0, len(FIRM)), "chain_master")
    services.add_findings(made, findings(made, said, enterprises=[one]))
    return int(EnterpriseView.objects.get().pk)


def enter(clerk: Client, firm: int, field: str, **values: str) -> None:
    response = clerk.post(f"/entities/{firm}/known?field={field}", {"field": field, "basis": "企业申报表"} | values)
    assert response.status_code == 302, response.content.decode()[:2000]


def test_a_firm_is_held_against_each_clause_with_its_sentence(firm: int, page: Callable[..., str]) -> None:
    html = page(f"/entities/{firm}/criteria/chain_master_shanxi_2023")
    assert "数据不全" in html and "门槛未公布" in html and FIRM[:20] in html and 'hx-get="/statements/' in html
    assert "≥ 15户" in html and "4 条中 1 条有数据" in html
    assert "对照认定标准" in page(f"/enterprises/{firm}")


def test_the_candidates_of_a_set_are_filtered_and_leave_as_a_file(
    firm: int, clerk: Client, page: Callable[..., str]
) -> None:
    (one,) = clerk.get("/criteria/chain_master_shanxi_2023").context["listing"].rows
    assert (one.name, one.result.verdict, one.result.n_known) == ("山西示例精密锻造有限公司", "no_data", 1)
    assert not clerk.get("/criteria/chain_master_shanxi_2023", {"state": "met"}).context["listing"].rows
    (row,) = table(clerk, "/criteria/chain_master_shanxi_2023.csv")
    assert row["结论"] == "数据不全" and "18户" in row.values() and "满足" in row.values()


def test_what_an_office_knows_counts_and_can_be_taken_back(firm: int, clerk: Client) -> None:
    address = "/criteria/chain_core_shanxi_2023"
    enter(clerk, firm, "trade_with_master", value="900万", unit="元")
    (one,) = clerk.get(address).context["listing"].rows
    # the other way (潜在链主) is not known yet: nobody may say no
    assert one.result.verdict == "no_data"
    enter(clerk, firm, "potential_master", yes="no")
    assert clerk.get(address).context["listing"].rows[0].result.verdict == "one_short"
    assert clerk.post(f"/changes/{WorkChange.objects.latest('pk').pk}/undo").headers["Location"] == f"/entities/{firm}"
    assert clerk.get(address).context["listing"].rows[0].result.verdict == "no_data"
    enter(clerk, firm, "trade_with_master", value="1200", unit="万元", on="2025-12-31")
    assert KnownValue.objects.latest("pk").value == 12_000_000
    assert clerk.get(address).context["listing"].rows[0].result.verdict == "met"


@pytest.mark.parametrize(
    ("field", "values", "told"),
    [
        ("debt_ratio", {"value": "5", "unit": "亩"}, "不能换算"),
        ("debt_ratio", {"word": "高"}, "要填“数值”"),
        ("lead_plan", {"value": "5"}, "要填“是否”"),
        ("debt_ratio", {"value": "5", "basis": ""}, "请填写“依据”"),
    ],
)
def test_a_value_that_does_not_fit_is_told(
    firm: int, clerk: Client, field: str, values: dict[str, str], told: str
) -> None:
    response = clerk.post(f"/entities/{firm}/known?field={field}", {"field": field, "basis": "表"} | values)
    assert response.status_code == 422 and told in response.content.decode() and not KnownValue.objects.exists()


def test_the_set_in_force_on_a_day_is_shown(firm: int, clerk: Client) -> None:
    def shown(day: str) -> set[str]:
        groups = clerk.get("/criteria", {"on": day}).context["groups"]
        return {s.id for _kind, sets in groups for s in sets if s.scheme == "chain_master_shanxi"}

    assert shown("2022-12-01") == {"chain_master_shanxi_2022"} and shown("2024-12-01") == {"chain_master_shanxi_2023"}
    assert shown("2019-01-01") == set()


def test_an_own_set_is_checked_by_line_and_takes_effect(firm: int, clerk: Client, page: Callable[..., str]) -> None:
    key = "chain_master_shanxi_2023"
    assert "id: own_chain_master_shanxi_2023" in page(f"/criteria/{key}/edit")
    text = shipped_sets()[key][1].replace(f"id: {key}", "id: own_masters")
    bad = clerk.post(f"/criteria/{key}/edit", {"text": text.replace("value: 15, unit: 户", "value: 15, unit: 亩")})
    assert bad.status_code == 422 and "第11行：单位“亩”" in bad.content.decode() and not OfficeRules.objects.exists()
    taken = clerk.post(f"/criteria/{key}/edit", {"text": text.replace("id: own_masters", f"id: {key}")})
    assert taken.status_code == 422 and "请换一个 id" in taken.content.decode()
    # without the threshold that nobody knows, and with the others left out, the firm meets the office's own set
    own = "\n".join(
        line for line in text.split("\n") if not any(f in line for f in ("chain_revenue", "proof", "lead_plan"))
    )
    response = clerk.post(f"/criteria/{key}/edit", {"text": own, "reason": "本市办法"})
    assert response.headers["Location"] == "/criteria/own_masters"
    assert clerk.get("/criteria/own_masters").context["listing"].rows[0].result.verdict == "met"
    own_rules = OfficeRules.objects.get()
    stale = clerk.post("/criteria/own_masters/edit", {"text": own.replace("value: 15", "value: 20"), "version": "0"})
    assert stale.status_code == 409 and OfficeRules.objects.get().text == own_rules.text
    raised = {"text": own.replace("value: 15", "value: 20"), "version": str(own_rules.version)}
    assert clerk.post("/criteria/own_masters/edit", raised).status_code == 302
    assert clerk.get("/criteria/own_masters").context["listing"].rows[0].result.verdict == "one_short"
