"""What a model proposed against the text: an exact place for everything, and the reader's own reading of every number."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from liantu.extraction.evidence import evidence_at
from liantu.extraction.figures.at_place import NumberAt, number_at
from liantu.extraction.figures.numbers import find_quantities
from liantu.extraction.model import Chain, Enterprise, Figure, Project, Relation
from liantu.proposing.answer import Item, shortened
from liantu.proposing.model import Finding, Proposed, ProposedKind, Reason, Refusal
from liantu.proposing.passages import Passage
from liantu.reading.model import Document

CONFIDENCE = 0.5
"""Of everything proposed, until a person accepts it."""
_PERIOD = re.compile(r"(\d{4})(?:-(?:0[1-9]|1[0-2]))?")


class Refused(Exception):
    """A proposal does not stand; `reason` is one of `model.Reason`."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that a model quoted, found in what was sent: clean offsets."""

    document: Document
    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its clean text."""
        return self.document.text.clean[self.start : self.end]

    def place(self, said: str) -> tuple[int, int]:
        """Clean place of a name in it. Raises Refused."""
        at = self.text.find(said)
        if at < 0 or not self.is_verbatim(self.start + at, self.start + at + len(said)):
            raise Refused("no_name")
        return self.start + at, self.start + at + len(said)

    def is_verbatim(self, start: int, end: int) -> bool:
        """Whether the raw file holds a clean stretch as it is: a character for each, nothing in between."""
        first, last = self.document.text.raw_span(start, end)
        return last - first == end - start

    def nearby(self, said: str | None) -> str:
        """A word that stands in the document, stripped. Raises Refused."""
        word = (said or "").strip()
        if word and word not in self.document.text.clean:
            raise Refused("no_name")
        return word


def checked(item: Item, document: Document, passage: Passage) -> Proposed | Refusal:
    """A finding of the model with its place in the raw text; a refusal when anything in it does not stand there."""
    try:
        quote = _quote(item["sentence"], document, passage)
        kind: ProposedKind = item["kind"]
        finding, start, end = _MAKERS[kind](item, quote)
    except Refused as error:
        return Refusal(error.reason, shortened(item))
    return Proposed(kind, finding, *document.text.raw_span(start, end))


def _quote(said: str, document: Document, passage: Passage) -> Quote:
    said = said.strip()
    for start, end in passage.blocks:
        at = document.text.clean.find(said, start, end)
        if at >= 0:
            return Quote(document, passage, at, at + len(said))
    raise Refused("no_sentence")


def _figure(item: Item, quote: Quote) -> tuple[Finding, int, int]:
    number = _number(item["number"], quote)
    _agree(item, number)
    indicator = item["indicator"].strip()
    if indicator not in quote.passage.text(quote.document):
        raise Refused("no_name")
    figure = Figure(
        span=quote.document.text.raw_span(number.start, number.end),
        number=number.text,
        value=number.value,
        unit=number.unit,
        bound=number.bound,
        kind="change" if item.get("change") and number.kind == "level" else number.kind,
        status=item["status"],
        indicator=indicator,
        subject=quote.nearby(item["subject"]),
        period=_period(item.get("period"), quote.document),
        evidence=evidence_at(quote.document, quote.start, quote.end),
        confidence=CONFIDENCE,
        reasons=("model",),
    )
    return figure, number.start, number.end


def _number(said: str, quote: Quote) -> NumberAt:
    """The number that the model means, as the reader reads it: the whole number, not a part of its digits."""
    said = said.strip()
    at = quote.text.find(said)
    while at >= 0:
        start, end = quote.start + at, quote.start + at + len(said)
        found = number_at(quote.document, start, end)
        if found is not None and found.start == start and found.end <= quote.end:
            beyond = quote.document.text.clean[end : found.end]
            if not any(c.isdigit() or c in ".,，" for c in beyond) and quote.is_verbatim(found.start, found.end):
                return found
        at = quote.text.find(said, at + 1)
    raise Refused("no_number")


def _agree(item: Item, number: NumberAt) -> None:
    """Raises Refused when the value or the unit that the model gives is not what the number says."""
    value, unit = item.get("value"), (item.get("unit") or "").strip()
    if value is None:
        if unit and not unit.endswith(number.unit):
            raise Refused("contradiction")
        return
    if math.isclose(value, number.value, rel_tol=1e-9) and unit in {"", number.unit}:
        return
    written = f"共{Decimal(repr(value)):f}{unit}。"
    for q in find_quantities(written):
        if q.start == 1 and math.isclose(q.value, number.value, rel_tol=1e-9) and q.unit == number.unit:
            return
    raise Refused("contradiction")


def _period(said: str | None, document: Document) -> str | None:
    """A year or month whose year the text or its date names; else none: a person will say it."""
    match = _PERIOD.fullmatch((said or "").strip())
    if match is None:
        return None
    named = match[1] in document.text.clean
    return match[0] if named or (document.published and str(document.published.year) == match[1]) else None


def _project(item: Item, quote: Quote) -> tuple[Finding, int, int]:
    start, end = quote.place(item["name"].strip())
    investment = None
    if item.get("investment"):
        number = _number(item["investment"], quote)
        if number.unit != "元":
            raise Refused("contradiction")
        investment = number.value
    project = Project(
        name=item["name"].strip(),
        aliases=(),
        evidence=evidence_at(quote.document, quote.start, quote.end),
        investment=investment,
        stage=item.get("stage"),
        place=quote.nearby(item.get("place")) or None,
        owner=quote.nearby(item.get("owner")) or None,
        confidence=CONFIDENCE,
    )
    return project, start, end


def _enterprise(item: Item, quote: Quote) -> tuple[Finding, int, int]:
    name = item["name"].strip()
    evidence = evidence_at(quote.document, quote.start, quote.end)
    return Enterprise(name, (), evidence, item.get("role"), CONFIDENCE), *quote.place(name)


def _chain(item: Item, quote: Quote) -> tuple[Finding, int, int]:
    name = item["name"].strip()
    evidence = evidence_at(quote.document, quote.start, quote.end)
    chain = Chain(name, (), quote.nearby(item["holder"]), item.get("role"), evidence, confidence=CONFIDENCE)
    return chain, *quote.place(name)


def _relation(item: Item, quote: Quote) -> tuple[Finding, int, int]:
    head, tail = item["head"].strip(), item["tail"].strip()
    quote.place(tail)
    evidence = evidence_at(quote.document, quote.start, quote.end)
    return Relation(head, item["relation"], tail, evidence, CONFIDENCE), *quote.place(head)


_MAKERS: dict[ProposedKind, Callable[[dict[str, Any], Quote], tuple[Finding, int, int]]] = {
    "figure": _figure,
    "project": _project,
    "enterprise": _enterprise,
    "chain": _chain,
    "relation": _relation,
}
