"""What the sources of one fact say against each other: who agrees, and how the others differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from liantu.ledger.grouping.facts import Reading, clusters_of, is_copied
from liantu.ledger.models import FigureView

_PIECE = re.compile(r"\d+(?:\.\d+)?[条个家户项批大市县]?|.")


@dataclass(frozen=True, slots=True)
class Voice:
    """One independent source: the figure in its own words (or the first reprint known), where else it says so itself, and
    those who reprint it."""

    row: FigureView
    again: tuple[FigureView, ...]
    reprints: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One value with all who give it. The first side is the one that the others are compared with.

    `relation` is empty for the first side; of others `value_differs`, `scope_differs` (with the words that only one of the
    two has), `target_revised` or `copy_differs`. `revised` says that a target was given anew at another date, which may be
    so of a difference in scope too. `change` is this value over the first one, less one.
    """

    voices: tuple[Voice, ...]
    relation: str = ""
    own_words: str = ""
    first_words: str = ""
    revised: bool = False
    change: float | None = None

    @property
    def shown(self) -> FigureView:
        """The figure by which the side is called."""
        return self.voices[0].row

    @property
    def change_words(self) -> str:
        """The change as a percentage with its sign."""
        return "" if self.change is None else f"{100 * self.change:+.1f}%"

    @property
    def n_reprints(self) -> int:
        return sum(len(voice.reprints) for voice in self.voices)


def sides_of(rows: Sequence[FigureView], voice: Callable[[FigureView], str]) -> list[Side]:
    """The values that the figures of one fact give, each with its voices.

    First stands the newest of targets that were revised, else what most voices say, of those the newest.
    """
    readings = [Reading.of(row, voice(row)) for row in rows]
    clusters = [(cluster, _voices(cluster)) for cluster in clusters_of(readings)]
    intended = all(r.row.status != "actual" for r in readings)
    clusters.sort(key=lambda pair: _rank(pair[0], pair[1], intended))
    if not clusters:
        return []
    first, first_voices = clusters[0]
    sides = [Side(first_voices)]
    for cluster, voices in clusters[1:]:
        sides.append(_against(cluster, voices, first, first_voices[0].row))
    return sides


def _rank(cluster: list[Reading], voices: tuple[Voice, ...], intended: bool) -> tuple[object, ...]:
    newest = max(r.row.recency for r in cluster)
    own = sum(not is_copied(v.row) for v in voices)
    count = (-newest, -own) if intended else (-own, -newest)
    return (*count, min(r.row.pk for r in cluster))


def _voices(cluster: list[Reading]) -> tuple[Voice, ...]:
    """The independent sources of one value, newest first; of each its own words before reprints of them."""
    said: dict[str, list[FigureView]] = {}
    for r in sorted(cluster, key=lambda r: (is_copied(r.row), -r.row.recency, r.row.pk)):
        said.setdefault(r.voice, []).append(r.row)
    return tuple(
        Voice(
            rows[0],
            tuple(row for row in rows[1:] if not is_copied(row)),
            tuple(row for row in rows[1:] if is_copied(row)),
        )
        for rows in said.values()
    )


def _against(cluster: list[Reading], voices: tuple[Voice, ...], first: list[Reading], shown: FigureView) -> Side:
    row = voices[0].row
    days = {shown.recency, row.recency}
    revised = len(days) > 1 and row.status != "actual" and shown.status != "actual"
    own, other = apart(row.indicator, shown.indicator)
    wordings = {r.words for r in cluster}, {r.words for r in first}
    if {r.voice for r in cluster} <= {r.voice for r in first} and any(is_copied(r.row) for r in (*cluster, *first)):
        relation = "copy_differs"
    elif not wordings[0] & wordings[1] or {r.voice for r in cluster} & {r.voice for r in first}:
        relation = "scope_differs"
    else:
        relation = "target_revised" if revised else "value_differs"
    scoped = relation == "scope_differs"
    base, value = sum(first[0].interval), sum(cluster[0].interval)
    change = value / base - 1 if base and row.figure_kind != "rank" else None
    return Side(voices, relation, own if scoped else "", other if scoped else "", revised, change)


def apart(left: str, right: str) -> tuple[str, str]:
    """The words that only one of two indicators has: 10条产业链, 16条产业链 → 10条, 16条."""
    a, b = _PIECE.findall(left), _PIECE.findall(right)
    ours, theirs = [], []
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            ours.append("".join(a[i:j]))
            theirs.append("".join(b[k:m]))
    return "、".join(filter(None, ours)), "、".join(filter(None, theirs))
