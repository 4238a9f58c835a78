"""Placing measured on 600 firms that were read and labelled: 200 for each of three chains.

The labels name a firm by a hash of its credit code and hold no row of the registry, which may not be handed on; the registry itself
is looked for in LIANTU_DATA. Firms were drawn in three strata before the weights were set: placed on the chain by the first
dictionary, near misses (a word of the field somewhere in the row), and any firm. One half developed the words and weights, the
other was kept for judging. Segments about which the reader was unsure count neither way.
"""

from __future__ import annotations

import csv
import hashlib
import os
from collections import Counter
from functools import cache
from pathlib import Path

import duckdb
import pytest

from liantu.registry import place

DATA = Path(os.environ.get("LIANTU_DATA", Path(__file__).parents[3] / "shared" / "data"))
LABELS = Path(__file__).parent / "labels" / "firms.csv"


@cache
def labels() -> list[dict[str, str]]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()[:16]


@cache
def found_rows(wanted: frozenset[str], columns: str) -> list[tuple[str, ...]]:
    """`columns` (`uscc` first) of the registry's firms whose hashes are `wanted`, the first row of each."""
    file = DATA / "registry" / "shanxi.parquet"
    if not file.is_file():
        pytest.skip(f"no registry at {file}; set LIANTU_DATA to the folder of real data")
    rows = duckdb.connect().execute(f"SELECT {columns} FROM read_parquet(?) ORDER BY uscc, name", [str(file)])
    found: dict[str, tuple[str, ...]] = {}
    for row in rows.fetchall():
        if row[0] is not None and hashed(row[0]) in wanted:
            found.setdefault(row[0], row)
    return list(found.values())


@cache
def firms() -> dict[str, tuple[str, str]]:
    """Hash → name and scope of the labelled firms."""
    wanted = frozenset(row["firm"] for row in labels())
    return {hashed(code): (name, scope) for code, name, scope in found_rows(wanted, "uscc, name, coalesce(scope, '')")}


def score(half: str, chain: str = "") -> tuple[float, float, Counter[str]]:
    """Precision, recall and counts over pairs of firm and segment."""
    rows = [row for row in labels() if row["half"] == half and chain in ("", row["chain"])]
    placed = place([firms()[row["firm"]][0] for row in rows], [firms()[row["firm"]][1] for row in rows])
    counts: Counter[str] = Counter()
    for number, row in enumerate(rows):
        said = {p.segment for p in placed.of(number) if p.chain == row["chain"] and p.state == "placed"}
        right, unsure = ({s for s in row[c].split("|") if s} for c in ("segments", "unsure"))
        counts["hit"] += len(said & right)
        counts["false"] += len(said - right - unsure)
        counts["missed"] += len(right - said)
    precision = counts["hit"] / max(counts["hit"] + counts["false"], 1)
    recall = counts["hit"] / max(counts["hit"] + counts["missed"], 1)
    return precision, recall, counts


def test_there_are_600_labels_in_two_halves() -> None:
    assert len(labels()) == 600 == len({row["firm"] for row in labels()})
    assert Counter(row["chain"] for row in labels()) == {"特钢材料": 200, "现代医药": 200, "废弃资源综合利用": 200}
    assert {row["half"] for row in labels()} == {"develop", "judge"}


@pytest.mark.parametrize("half", ["develop", "judge"])
def test_placing_is_right_and_finds_most(half: str) -> None:
    precision, recall, counts = score(half)
    assert precision >= 0.90, (half, precision, counts)
    assert recall >= 0.80, (half, recall, counts)
