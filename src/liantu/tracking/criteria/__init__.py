"""Tiers and titles as dated sets of conditions: met, not met, or no data, clause by clause."""

from .choosing import set_on
from .evaluate import ClauseResult, GroupResult, SetResult, evaluate
from .loading import load_set, shipped_sets
from .model import Clause, CriterionField, CriterionSet, Group, Known, criterion_fields

__all__ = [
    "Clause",
    "ClauseResult",
    "CriterionField",
    "CriterionSet",
    "Group",
    "GroupResult",
    "Known",
    "SetResult",
    "criterion_fields",
    "evaluate",
    "load_set",
    "set_on",
    "shipped_sets",
]
