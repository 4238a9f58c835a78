"""The overview is computed when the ledger has come to rest, so that nobody waits for it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from tests.workbench.conftest import add_daily

from liantu.diagnosis.reports import kept_basis
from liantu.ledger.registry_counts import counts_now
from liantu.registry import load_lists
from liantu.workbench import cached, warming
from liantu.workbench.views import overview


class Looks(threading.Event):
    """Lets the loop look `n` times."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.n = n

    def wait(self, timeout: float | None = None) -> bool:
        self.n -= 1
        return self.n <= 0


def test_after_a_change_and_a_rest_the_first_page_is_ready(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_daily()
    loop = threading.Thread(target=warming.keep_warm, args=(Looks(3),))
    loop.start()
    loop.join(60)
    assert not loop.is_alive()

    def unexpected(*_args: object) -> str:
        raise AssertionError("computed again")

    for part in ("_counts", "_newest", "_conflicts"):
        monkeypatch.setattr(overview, part, unexpected)
    shown = overview.contents("", "figures", "", cached.revision())
    assert shown["totals"].figures == 2


def test_a_registry_newly_loaded_is_counted_before_anybody_asks(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("企业名称,经营范围,住所\n示例法兰厂,法兰制造,定襄县晋昌镇\n", encoding="utf-8")
    monkeypatch.setenv("LIANTU_HOME", str(tmp_path))
    load_lists([path], tmp_path / "registry")
    loop = threading.Thread(target=warming.keep_warm, args=(Looks(1),))
    loop.start()
    loop.join(60)
    assert not loop.is_alive()
    before = kept_basis.cache_info().misses
    counts = counts_now()
    assert counts is not None and counts.basis.places("city") == {"140900"}
    assert kept_basis.cache_info().misses == before
