"""Alerts: rules as data, evaluated over plain rows; what becomes of an alert when the rule is run again."""

from .evaluate import Finding, Ref, Row, evaluate, read_numbers, said, sentence
from .expressions import Column, ExpressionError, Value, columns
from .lifecycle import Event, Standing, close, note, reopen, seen, snooze
from .rules import LEVELS, Rule, RuleProblem, read_rules, shipped_rules

__all__ = [
    "LEVELS",
    "Column",
    "Event",
    "ExpressionError",
    "Finding",
    "Ref",
    "Row",
    "Rule",
    "RuleProblem",
    "Standing",
    "Value",
    "close",
    "columns",
    "evaluate",
    "note",
    "read_numbers",
    "read_rules",
    "reopen",
    "said",
    "seen",
    "sentence",
    "shipped_rules",
    "snooze",
]
