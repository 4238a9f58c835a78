"""Two programs, one port."""

from __future__ import annotations

import pytest

from liantu.server.ports import PortTakenError, listen

HOST = "127.0.0.1"


def test_a_free_port_is_taken_as_asked() -> None:
    with listen(HOST, 0) as sock:
        assert sock.getsockname()[0] == HOST


def test_a_taken_port_is_refused() -> None:
    with listen(HOST, 0) as first, pytest.raises(PortTakenError):
        listen(HOST, first.getsockname()[1])


def test_the_next_free_port_on_request() -> None:
    with listen(HOST, 0) as first:
        taken = first.getsockname()[1]
        with listen(HOST, taken, next_free=True) as second:
            assert taken < second.getsockname()[1] <= taken + 50
