"""Bulletins: what each kind of bulletin says, as data; the tables and sentences made of what was measured."""

from .composing import Composed, Line, Measured, RowRef, SectionMade, compose
from .definitions import Definition, Indicator, Section, definitions, indicators, read_definition, shipped_kinds
from .periods import Period, months_of, period_of
from .prose import Token, loose_numbers, read_prose, tokens_in

__all__ = [
    "Composed",
    "Definition",
    "Indicator",
    "Line",
    "Measured",
    "Period",
    "RowRef",
    "Section",
    "SectionMade",
    "Token",
    "compose",
    "definitions",
    "indicators",
    "loose_numbers",
    "months_of",
    "period_of",
    "read_definition",
    "read_prose",
    "shipped_kinds",
    "tokens_in",
]
