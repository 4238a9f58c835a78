"""What the example region gives the office: alerts, a monthly dispatch and a quarterly bulletin with content."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from liantu.ledger import services
from liantu.ledger.bulletins.keeping import shown_of
from liantu.ledger.models import Alert

EXAMPLE = Path(__file__).parents[2] / "examples" / "shanxi"


@pytest.fixture
def example(ledger: str) -> None:
    """The example region, read."""
    services.ingest_folder(EXAMPLE)


def test_the_ledger_of_may_alerts_in_september(example: None) -> None:
    services.run_alerts(date(2025, 9, 30))
    found = {(row.rule, row.name): row for row in Alert.objects.all()}
    late = found["completion_late", "阳泉示例钠离子电池Pack项目"]
    assert (late.level, late.since, late.owner) == ("yellow", date(2025, 7, 31), "阳泉高新区管委会")
    assert late.evidence[0][0] == "statement"  # the cell that plans it
    assert found["over_total", "清徐示例老陈醋智能酿造车间"].measure == pytest.approx(102.73, abs=0.01)
    assert ("side_long", "祁县示例玻璃器皿全电熔窑改造项目") in found  # 停缓建 in the ledger's own column
    assert ("start_late", "祁县示例玻璃器皿全电熔窑改造项目") not in found
    assert any(rule == "conflict_open" and "甲醇加注站" in name for rule, name in found)


def test_a_monthly_dispatch_and_a_quarterly_bulletin_have_content(example: None) -> None:
    month = services.make_bulletin("monthly_dispatch", "2025-05", "li")
    shown = shown_of(month)
    assert shown["台账所载投资完成率·合计"] == "36.81%"
    assert shown["台账所载投资完成率·忻州市·位次"] == "第1位"
    assert month.figures.get(name="台账所载投资完成率·忻州市").rows[0][0] == "statement"
    assert "年度投资进度" in month.body["empty"]  # no month has been entered: nothing is made up
    quarter = services.make_bulletin("quarterly_bulletin", "2024Q4", "li")
    lines = {x["name"]: x for x in quarter.body["sections"][0]["lines"]}
    assert lines["特钢材料"]["rank"] == 1 and lines["光伏"]["growth"] == "-7.2%"
    assert lines["第三代半导体"]["growth_reason"] == "small_base"
    # Counties' rates of 2024 were published in October: they are not the year's result.
    assert "各县（市、区）公布的完成率" in quarter.body["empty"]
