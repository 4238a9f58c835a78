"""The stand-in server for every test of proposals."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.proposing.standin import StandIn, running


@pytest.fixture
def model() -> Iterator[StandIn]:
    with running() as stand_in:
        yield stand_in
