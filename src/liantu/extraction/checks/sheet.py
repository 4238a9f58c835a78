"""A document's figures laid out for checking: each with its place in the clean text and the words around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from liantu.extraction.evidence import evidence_at
from liantu.extraction.model import Figure, Findings
from liantu.reading.model import BODY_KINDS, Document

from .interval import Interval, rounding, stated
from .model import CheckResult, Verdict


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A figure at its clean place [start, end). `lead` are the words of its sentence since the figure before."""

    figure: Figure
    start: int
    end: int
    sentence: int
    block: int
    lead: str

    @property
    def value(self) -> float:
        return self.figure.value

    @property
    def unit(self) -> str:
        return self.figure.unit

    @property
    def level(self) -> bool:
        return self.figure.kind == "level"

    @property
    def written(self) -> Interval:
        return rounding(self.figure)

    @property
    def stated(self) -> Interval:
        return stated(self.figure)

    def __str__(self) -> str:
        number = self.figure.number
        if number.endswith(("%", "‰", "成", "半")) or self.unit in ("%", "位"):
            return number
        if number.replace(",", "").replace(".", "").isdigit() and abs(self.value) >= 1e4:
            return show(self.value, self.unit)  # a table cell, its 亿元 in the header
        return number + self.unit


class Sheet:
    """The figures of a document in text order, by sentence and by block (paragraph or table row)."""

    def __init__(self, document: Document, findings: Findings) -> None:
        self.document = document
        self.text = document.text.clean
        self.spots: list[Spot] = []
        self.by_block: dict[int, list[Spot]] = {}
        self.by_sentence: dict[int, list[Spot]] = {}
        sentence_starts = [s.start for s in document.sentences]
        block_starts = [b.start for b in document.blocks]
        seen: set[tuple[int, int]] = set()
        before = 0
        for figure in sorted(findings.figures, key=lambda f: f.span):
            if figure.span in seen:
                continue
            seen.add(figure.span)
            start, end = document.text.clean_span(*figure.span)
            sentence = max(0, bisect_right(sentence_starts, start) - 1)
            block = max(0, bisect_right(block_starts, start) - 1)
            since = max(before, sentence_starts[sentence] if sentence_starts else 0)
            spot = Spot(figure, start, end, sentence, block, self.text[since:start])
            self.spots.append(spot)
            self.by_block.setdefault(block, []).append(spot)
            self.by_sentence.setdefault(sentence, []).append(spot)
            before = end

    def is_row(self, block: int) -> bool:
        return self.document.blocks[block].kind == "table_row"

    def body_blocks(self) -> Iterator[tuple[int, str, int]]:
        """(index, text, clean start) of each block of body text that is no table row."""
        for index, block in enumerate(self.document.blocks):
            if block.kind in BODY_KINDS and block.kind != "table_row":
                yield index, self.text[block.start : block.end], block.start

    def before(self, spot: Spot, reach: int) -> list[Spot]:
        """The spots of the same block that begin within `reach` characters before `spot`, nearest first."""
        spots = self.by_block[spot.block]
        found: list[Spot] = []
        for at in range(self.place(spot) - 1, -1, -1):
            if spot.start - spots[at].end > reach:
                break
            found.append(spots[at])
        return found

    def place(self, spot: Spot) -> int:
        """Index of a spot among those of its block."""
        return bisect_left(self.by_block[spot.block], spot.start, key=lambda s: s.start)

    def around(self, spot: Spot, count: int) -> list[Spot]:
        """Up to `count` spots of the document on either side of `spot`, itself among them."""
        at = bisect_left(self.spots, spot.start, key=lambda s: s.start)
        return self.spots[max(0, at - count) : at + count]

    def between(self, left: Spot, right: Spot) -> str:
        """The words from the end of one number (its unit included) to the beginning of another."""
        return self.text[left.end : right.start]

    def result(
        self,
        rule: str,
        verdict: Verdict,
        spots: list[Spot],
        computed: float | None,
        written: float | None,
        unit: str,
        tolerance: float,
        zh: str,
        en: str,
    ) -> CheckResult:
        """A result whose last spot is the stated figure."""
        last = spots[-1]
        return CheckResult(
            rule,
            verdict,
            tuple(s.figure.span for s in spots),
            computed,
            written,
            unit,
            tolerance,
            zh,
            en,
            evidence_at(self.document, last.start, last.end),
        )


def same_measure(left: Spot, right: Spot) -> bool:
    """Whether two levels are in one unit, so that they may be added or divided."""
    return left.level and right.level and left.unit == right.unit


def show(value: float, unit: str) -> str:
    """A computed value as a clerk writes it: 24.2亿元, 61.5%."""
    for factor, name in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= factor and unit not in ("%", "百分点"):
            return f"{round(value / factor, 2):g}{name}{unit}"
    return f"{round(value, 2):g}{unit}"


def verdict_of(computed: Interval, written: Interval) -> Verdict:
    return "ok" if computed.meets(written) else "differs"
