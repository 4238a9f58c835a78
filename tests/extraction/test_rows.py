"""Rows of names end where trying every parting says they end, and are as quick on rows that can be parted in ever so many ways."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from liantu.extraction.rows import row_ends

NAME = re.compile(r"[一-鿿]{2,6}")


def tried(text: str, least: int, most: int) -> set[int]:
    """Ends found by trying every parting."""
    ends = set()

    def go_on(at: int, count: int) -> None:
        if least <= count <= most:
            ends.add(at)
        if count < most and text[at : at + 1] in {"、", "和", "及", "与"}:
            for stop in range(at + 3, min(at + 7, len(text)) + 1):
                if NAME.fullmatch(text, at + 1, stop):
                    go_on(stop, count + 1)

    go_on(0, 0)
    return ends


@given(st.text("、和与晋顺1", max_size=14), st.integers(0, 2), st.integers(2, 3))
def test_a_row_ends_where_every_parting_says(text: str, least: int, most: int) -> None:
    assert set(row_ends(text, 0, len(text), NAME, least, most)) == tried(text, least, most)


def test_a_row_of_nothing_but_joints_is_gone_through_once() -> None:
    assert len(list(row_ends("和" * 5000, 0, 5000, NAME, 2, 40))) <= 2 * 40 * 6
