"""The outlines that the program brings along: segments of the dictionary by stream, and the relations between them, all ours.

They stand in until an office imports its own or edits these; they are data files that anybody may change.
"""

from __future__ import annotations

from functools import cache

from liantu.ledger.outlines.edges import ToldEdge, kind_of
from liantu.vocabulary.tables import read_table

STREAMS = {"upstream": "上游", "midstream": "中游", "downstream": "下游"}


@cache
def _segments() -> dict[str, dict[str, list[str]]]:
    """Chain → stream → its segments in the order of the file."""
    columns = ("chain", "stream", "segment", "activities", "same_as", "source")
    table = read_table("segments.csv", columns, package="liantu.registry")
    table.require_known("stream", STREAMS)
    found: dict[str, dict[str, list[str]]] = {}
    for _line, row in table.rows:
        found.setdefault(row["chain"], {stream: [] for stream in STREAMS})[row["stream"]].append(row["segment"])
    return found


@cache
def _edges() -> dict[str, tuple[ToldEdge, ...]]:
    """Chain → relations of its segments. Raises TableError, naming the line, for a segment or a kind that is none."""
    table = read_table(
        "segment_edges.csv", ("chain", "tail", "head", "kind", "note", "source"), package="liantu.ledger"
    )
    table.require_unique("chain", "tail", "head", "kind")
    known = {chain: {name for names in by.values() for name in names} for chain, by in _segments().items()}
    found: dict[str, list[ToldEdge]] = {}
    for line, row in table.rows:
        for end in ("tail", "head"):
            if row[end] not in known.get(row["chain"], ()):
                said = f"{row['chain']}/{row[end]}"
                raise table.error(line, f"没有环节“{said}”", f"no segment {said}")
        try:
            kind = kind_of(row["kind"])
        except ValueError as error:
            chinese, _, english = str(error).partition(" / ")
            raise table.error(line, chinese, english) from None
        found.setdefault(row["chain"], []).append(ToldEdge(row["tail"], row["head"], kind, row["note"]))
    return {chain: tuple(edges) for chain, edges in found.items()}


def shipped_chains() -> tuple[str, ...]:
    """The chains that have an outline of ours: the sixteen of the province and the nine of Taiyuan."""
    return tuple(_segments())


def shipped_paths(chain: str) -> list[tuple[str, ...]]:
    """Paths of our outline of a chain (chain, stream, segment); none for another chain."""
    by_stream = _segments().get(chain, {})
    return [(chain, STREAMS[stream], name) for stream, names in by_stream.items() for name in names]


def shipped_edges(chain: str) -> tuple[ToldEdge, ...]:
    """Relations of the segments of our outline of a chain."""
    return _edges().get(chain, ())
