"""A number on its way to becoming a figure, and the small words about its phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from liantu.extraction.figures import phrases
from liantu.extraction.figures.quantity import Quantity
from liantu.extraction.model import Bound, Kind
from liantu.vocabulary.cues import cues


@dataclass(slots=True)
class Draft:
    """A number on its way to becoming a figure. Texts are clean; `left` and `right` are the words around the number."""

    quantity: Quantity
    left: str
    right: str
    clause: int  # where its clause begins
    phrase: str = ""  # its own noun phrase, empty when inherited
    head: str = ""  # what later numbers of the sentence inherit
    indicator: str = ""
    kind: Kind = "level"
    bound: Bound = "="
    value: float = 0.0
    inherited: bool = False
    item: str = ""  # the member of a list this number belongs to (分别)
    parent: int = -1  # the number whose head it took over, as an index in the sentence
    before: str = ""  # the clause before, when the number's own clause names nothing
    rules: list[str] = field(default_factory=list)


_COMPARISON_ONLY = re.compile(r"^(?:比|较|同|与|每年|每天|每月|年均|最后|先上|剩余|首期|单户|每户|一家|目前)")


_PHASE = re.compile(
    r"^(?:第?[一二三四五六]期|首批|首期|第[一二三]批|[一二三]至[二三四]期|[一二三]、[二三四]期|其余|前者|后者|超?大型|中型|小型|其他|剩余)(?:合计|共|各)?$"
)


def is_phase(phrase: str) -> bool:
    """Whether the phrase only names a part of what was measured before (一期, 首批, 其余)."""
    return bool(_PHASE.match(phrase))


def is_generic(phrase: str) -> bool:
    return phrase in cues("generic") or is_phase(phrase) or len(phrase) < 2 or bool(_COMPARISON_ONLY.match(phrase))


def noun_of(clause: str) -> str:
    """A clause without number reduced to what a later number may measure."""
    bare, _, _ = phrases.strip_value_words(clause)
    return bare[-20:]


def last_words(phrase: str) -> str:
    return phrase[-6:]


def join(left: str, right: str, tail_first: bool = False) -> str:
    """`left` + `right` within the limit; `tail_first` cuts the left part."""
    if not right or left.endswith(right):
        return left
    limit = phrases.INDICATOR_LIMIT
    if len(left) + len(right) > limit:
        room = max(4, limit - len(right))
        left = left[-room:] if not tail_first or len(right) < limit else ""
    return left + right
