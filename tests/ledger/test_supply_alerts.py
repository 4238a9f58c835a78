"""Chains that somebody leads, as the registry counts them: a single source, a segment supplied from outside alone."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest
from tests.registry.test_loading import code, list_of

from liantu.ledger.models import Alert, AlertRun
from liantu.ledger.services import AlertWatch, RegistryWatch, add_record, ask_to_resolve, run_alerts
from liantu.registry import load_lists
from liantu.server.following import do_waiting_work

TODAY = date(2025, 6, 30)
HOME = "忻州市忻府区新建路{}号"


def firms(start: int, n: int, does: str, address: str) -> list[str]:
    """Rows of a list of firms that all do the same."""
    return [
        f"示例{address[:2]}第{i}有限公司,{code(i)},2011-05-07,500,{does},{address.format(i)}"
        for i in range(start, start + n)
    ]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ledger: str) -> Path:
    monkeypatch.setenv("LIANTU_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def loaded(home: Path, tmp_path: Path, *, wafers: int) -> None:
    rows = [
        *firms(1, wafers, "硅片制造", HOME),
        *firms(100, 24, "光伏组件制造", HOME),
        *firms(200, 6, "硅片制造", "阳泉市城区南大街{}号"),
        *firms(300, 3, "光伏电站运营", "阳泉市城区南大街{}号"),
    ]
    load_lists([list_of(tmp_path, *rows, name=f"{wafers}.csv")], home / "registry", as_of=date(2024, wafers + 1, 1))


def told() -> dict[str, tuple[str, str]]:
    """(rule, level) by segment of what is open."""
    rows = Alert.objects.filter(watch="supply").exclude(state="resolved")
    return {row.numbers.get("segment") or row.name.split(" · ")[-1]: (row.rule, row.level) for row in rows}


def test_a_led_chain_alerts_where_one_firm_or_none_supplies_its_neighbours(home: Path, tmp_path: Path) -> None:
    led = add_record("programme", {"region_code": "140900", "chain": "光伏"}, "li").root_id
    assert run_alerts(TODAY).found == 0, "documents are no count: without a registry nothing is said"
    loaded(home, tmp_path, wafers=1)
    assert not run_alerts(TODAY).skipped, "a registry was loaded, though the ledger stayed as it was"
    assert told() == {"硅料硅片": ("supply_single", "yellow"), "电站开发与运维": ("supply_outside", "blue")}
    single = Alert.objects.get(rule="supply_single")
    assert (single.region_code, single.city_code, single.chain) == ("140900", "140900", "光伏")
    assert "登记在册的只有1家，相邻环节24家要靠它" in single.text and "阳泉市 6" in single.text
    assert single.evidence == [["programme", str(led)], ["map", "140900:光伏"]]
    assert run_alerts(TODAY).skipped

    loaded(home, tmp_path, wafers=3)
    run_alerts(TODAY)
    assert "硅料硅片" not in told()
    assert AlertRun.objects.count() == 3


def test_a_chain_that_nobody_leads_any_more_alerts_no_more(home: Path, tmp_path: Path) -> None:
    loaded(home, tmp_path, wafers=1)
    run_alerts(TODAY)
    assert told() == {}
    add_record("programme", {"region_code": "140900", "chain": "光伏", "until": "2025-06-30"}, "li")
    add_record("programme", {"region_code": "140100", "chain": "没有环节的链"}, "li")
    run_alerts(TODAY)
    assert len(told()) == 2
    run_alerts(date(2025, 7, 1))
    assert told() == {}


def test_words_of_the_office_that_break_a_rule_stop_no_other_work(home: Path, tmp_path: Path) -> None:
    loaded(home, tmp_path, wafers=1)
    (home / "registry" / "dictionary").mkdir()
    (home / "registry" / "dictionary" / "本办.csv").write_text("什么,都不是\n1,2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="本办"):
        run_alerts(TODAY)
    job = ask_to_resolve("li")
    hours = itertools.count(step=3600.0)
    registry, alerts = RegistryWatch(), AlertWatch(clock=lambda: next(hours))
    for _ in range(3):
        do_waiting_work(registry, alerts, lambda: False)
    job.refresh_from_db()
    assert job.state == job.State.DONE
