"""Starting twice on one ledger."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from liantu.server.running import AlreadyRunningError, claimed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="file locks of this kind are Unix's")


def test_a_second_start_learns_where_the_first_one_serves(tmp_path: Path) -> None:
    with (
        claimed(tmp_path, "http://127.0.0.1:8000"),
        pytest.raises(AlreadyRunningError) as refused,
        claimed(tmp_path, "http://127.0.0.1:8001"),
    ):
        raise AssertionError("both were let in")
    assert refused.value.address == "http://127.0.0.1:8000"


def test_after_the_first_has_stopped_another_may_start(tmp_path: Path) -> None:
    with claimed(tmp_path, "http://127.0.0.1:8000"):
        pass
    with claimed(tmp_path, "http://127.0.0.1:80"):
        assert (tmp_path / "running").read_text() == "http://127.0.0.1:80"
