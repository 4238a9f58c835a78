"""The overview is computed when the ledger has come to rest, so that nobody waits for it."""

from __future__ import annotations

import threading

import pytest
from tests.workbench.conftest import add_daily

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
