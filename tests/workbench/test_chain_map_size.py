"""The map of a chain of two hundred segments at five cities: whole, and of as few queries as a small one."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.workbench.test_chain_map_page import registry  # noqa: F401

from liantu.ledger.models import ChainOutline
from liantu.ledger.outlines.edges import Edge, edges_to_json
from liantu.ledger.outlines.tree import of_paths, to_json
from liantu.registry import default_dictionary

CHAIN = "高端装备制造"


@pytest.fixture
def wide(db: None) -> list[str]:
    """An outline of two hundred segments in seven columns, half of them such as the registry counts, with 400 relations; its ids."""
    names = [segment.segment for segment in default_dictionary().segments if segment.chain == CHAIN]
    names += [f"环节{n:03d}" for n in range(200 - len(names))]
    tree = of_paths([(CHAIN, f"第{n * 7 // 200}段", name) for n, name in enumerate(names)])
    inner = {node.parent for node in tree.values()}
    leaves = [pk for pk in tree if pk not in inner]
    pairs = {(leaves[n], leaves[n + step]) for step in (29, 31) for n in range(200 - step)}
    edges = {f"e{n}": Edge(*pair) for n, pair in enumerate(sorted(pairs))}
    ChainOutline.objects.create(chain=CHAIN, nodes=to_json(tree), edges=edges_to_json(edges), basis="")
    return leaves


def test_two_hundred_segments_at_five_cities(clerk: Client, registry: Path, wide: list[str]) -> None:  # noqa: F811
    """The drawing is made once and kept: whoever clicks where gets all of its cells. `benchmarks/atlas.py` tells how quickly."""
    clerk.get(f"/chains/{CHAIN}/map")
    for pk in wide[::40]:
        html = clerk.get(f"/chains/{CHAIN}/map", {"node": pk}).content.decode()
        assert html.count('class="cell"') == 1000


def test_the_number_of_queries_does_not_grow_with_the_segments(
    clerk: Client,
    registry: Path,  # noqa: F811
    wide: list[str],
) -> None:
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as many:
        clerk.get(f"/chains/{CHAIN}/map", {"node": wide[0]})
    cache.clear()
    with CaptureQueriesContext(connection) as few:
        clerk.get("/chains/氢能/map", {"node": "3"})
    assert len(many) <= len(few) + 2, [q["sql"][:90] for q in many]
