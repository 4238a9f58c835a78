"""Scorecards on pages: values of the ledger with evidence, entries by hand, files, published results that stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from docx import Document
from openpyxl import load_workbook
from tests.ledger.making import document, figure, findings
from tests.ledger.people import account
from tests.workbench.test_exports import table

from liantu.ledger import services
from liantu.ledger.models import OfficeRules, PublishedScores, ScoreEntry, Source

WHERE = "region=140700&period=2024"
SAID = "榆次区完成投资13.9亿元，完成率76.4%。"
CARD = """id: own_card
name_zh: 县区投资
name_en: Counties
unit_kind: region
cadence: yearly
origin: 市里的办法
total: 100
items:
  - {id: rate, name: 完成率, weight: 60, method: completion_ratio, figure: 完成率, unit: "%", figure_kind: share, target: 100}
  - {id: reports, name: 报送, weight: 40, method: manual}
"""


@pytest.fixture
def told(db: None) -> None:
    """What a bulletin says of two counties of Jinzhong."""
    for name, rate in (("榆次区", 76.4), ("太谷区", 71.6)):
        text = SAID.replace("榆次区", name).replace("76.4", str(rate))
        made = document(text, f"{name}.txt", "市链长办", date(2025, 1, 10))
        one = figure(text, str(rate), rate, "%", "完成率", name, kind="share")
        services.add_findings(made, findings(made, [one]))


def test_a_card_shows_points_with_evidence_and_no_data_as_a_range(
    told: None, clerk: Client, page: Callable[..., str]
) -> None:
    made = clerk.get(f"/scorecards/region_dispatch?{WHERE}").context["made"]
    lines = {unit.name: one for unit, one in made.lines}
    rate = {i.item.id: i for i in lines["榆次区"].items}["year_rate"]
    assert (rate.low, rate.formula) == (pytest.approx(30.56), "76.4 ÷ 100 × 40, ≤ 40 = 30.56")
    assert (lines["榆次区"].low, lines["榆次区"].high) == (pytest.approx(30.56), pytest.approx(90.56))
    assert lines["左权县"].low == 0 and lines["左权县"].high == 100 and lines["左权县"].missing == 4
    assert (lines["榆次区"].first, lines["榆次区"].last) == (1, 11)  # nothing is certain yet
    html = page("/scorecards/region_dispatch", region="140700", period="2024", unit="region:140702")
    assert 'hx-get="/statements/' in html and "无数据" in html and "未报告" in html


def test_values_entered_complete_a_card_and_places_become_certain(told: None, clerk: Client) -> None:
    assert clerk.post("/scorecards/region_dispatch/edit", {"text": CARD}).headers["Location"] == "/scorecards/own_card"
    for code, value in (("140702", "40"), ("140703", "10")):
        row = {
            "card": "own_card",
            "item": "reports",
            "unit_key": f"region:{code}",
            "period": "2024",
            "region_code": code,
        }
        response = clerk.post("/scorecards/own_card/enter", row | {"value": value, "basis": "月报记录"})
        assert response.status_code == 302, response.content.decode()[:1500]
    lines = {u.name: one for u, one in clerk.get(f"/scorecards/own_card?{WHERE}").context["made"].lines}
    assert (lines["榆次区"].exact, lines["榆次区"].low) == (True, pytest.approx(85.84))
    assert lines["太谷区"].low == pytest.approx(52.96) and lines["太谷区"].first == 2
    assert ScoreEntry.objects.count() == 2
    again = {
        "card": "own_card",
        "item": "reports",
        "unit_key": "region:140702",
        "period": "2024",
        "region_code": "140702",
    }
    double = clerk.post("/scorecards/own_card/enter", again | {"value": "1", "basis": "x"})
    assert double.status_code == 422 and "已经有了" in double.content.decode()


def test_files_hold_formulas_and_sentences(told: None, clerk: Client) -> None:
    rows = [r for r in table(clerk, f"/scorecards/region_dispatch.csv?{WHERE}") if r["单位"] == "榆次区"]
    rate = next(r for r in rows if r["考核项"] == "年度投资完成率")
    assert rate["数值"] == "76.4" and rate["依据"].startswith("榆次区完成投资")
    assert next(r for r in rows if r["考核项"] == "重点项目开工率")["说明"] == "没有数"
    book = load_workbook(BytesIO(clerk.get(f"/scorecards/region_dispatch.xlsx?{WHERE}").content))
    assert book.worksheets[0].max_row > 50
    word = Document(BytesIO(clerk.get(f"/scorecards/region_dispatch.docx?{WHERE}").content))
    cells = [cell.text for table_ in word.tables for row in table_.rows for cell in row.cells]
    assert "30.56–90.56" in cells and any(SAID[:8] in cell for cell in cells)


def test_published_results_stay_whatever_changes(told: None, clerk: Client, page: Callable[..., str]) -> None:
    clerk.post("/scorecards/region_dispatch/edit", {"text": CARD})
    response = clerk.post("/scorecards/own_card/publish", {"region": "140700", "period": "2024", "note": "定稿"})
    kept = PublishedScores.objects.get()
    assert response.headers["Location"] == f"/scorecards/published/{kept.pk}"
    before = page(f"/scorecards/published/{kept.pk}")
    own = OfficeRules.objects.get()
    changed = CARD.replace("weight: 60", "weight: 50").replace("weight: 40", "weight: 50")
    assert clerk.post("/scorecards/own_card/edit", {"text": changed, "version": str(own.version)}).status_code == 302
    now = {u.name: one for u, one in clerk.get(f"/scorecards/own_card?{WHERE}").context["made"].lines}
    assert now["榆次区"].low == pytest.approx(38.2)
    after = page(f"/scorecards/published/{kept.pk}")
    assert "45.84" in before and "45.84" in after and "与发布时一致" in after and "38.2" not in after
    rows = table(clerk, f"/scorecards/published/{kept.pk}.csv")
    assert any(r["最低得分"].startswith("45.84") for r in rows)
    PublishedScores.objects.update(rows=[])
    assert "校验码不符" in page(f"/scorecards/published/{kept.pk}")


def test_results_made_from_confidential_papers_are_as_closed_as_they(told: None, clerk: Client, client: Client) -> None:
    clerk.post("/scorecards/region_dispatch/publish", {"region": "140700", "period": "2024"})
    for source in Source.objects.all():
        services.set_level(source.pk, 1, "chief")
    clerk.post("/scorecards/region_dispatch/publish", {"region": "140700", "period": "2024"})
    first, second = PublishedScores.objects.order_by("pk")
    assert (first.secrecy, second.secrecy) == (0, 1)
    for level, status in ((0, 404), (1, 200)):
        client.force_login(account(f"reader{level}", "reader", region="140700", level=level))
        assert client.get(f"/scorecards/published/{second.pk}").status_code == status
        assert client.get(f"/scorecards/published/{first.pk}").status_code == 200
        assert (f"/scorecards/published/{second.pk}" in client.get("/scorecards").content.decode()) == (status == 200)
    assert 'class="tag grade"' in client.get(f"/scorecards/published/{second.pk}").content.decode()


def test_published_results_and_entries_follow_the_region(told: None, clerk: Client, client: Client) -> None:
    clerk.post("/scorecards/region_dispatch/publish", {"region": "140700", "period": "2024"})
    kept = PublishedScores.objects.get().pk
    client.force_login(account("jinzhong", "liaison", region="140700"))
    assert client.get(f"/scorecards/published/{kept}").status_code == 200
    row = {"card": "region_dispatch", "item": "reporting", "period": "2024", "value": "9", "basis": "记录"}
    own, other = ({"unit_key": f"region:{code}", "region_code": code} for code in ("140702", "140105"))
    assert client.post("/scorecards/region_dispatch/enter", row | own).status_code == 302
    assert client.post("/scorecards/region_dispatch/enter", row | other).status_code == 403
    assert client.post("/scorecards/region_dispatch/publish", {"region": "140700", "period": "2024"}).status_code == 403
    assert client.post("/scorecards/region_dispatch/edit", {"text": CARD}).status_code == 403
    client.force_login(account("taiyuan", "reader", region="140100"))
    assert client.get(f"/scorecards/published/{kept}").status_code == 404
    made = client.get(f"/scorecards/region_dispatch?{WHERE}").context["made"]
    assert all(not raws for raws in made.raws.values())


def test_a_wrong_card_is_told_by_line(clerk: Client) -> None:
    response = clerk.post("/scorecards/region_dispatch/edit", {"text": CARD.replace("weight: 60", "weight: 61")})
    assert response.status_code == 422 and "第7行：各项分值合计 101，与 total 100 不符" in response.content.decode()
    assert not OfficeRules.objects.exists()


@pytest.mark.parametrize(
    "address", ["/scorecards/nothing", "/scorecards/nothing.csv", "/criteria/nothing", "/scorecards/nothing/edit"]
)
def test_what_is_not_there_is_not_found(clerk: Client, address: str) -> None:
    assert clerk.get(address).status_code == 404
