"""Stages, rates, targets against actuals."""

from .events import Progress, StageEvent, Transition, event_stages, implied_by, progress
from .phases import phases_in
from .rates import Definition, Rate, change_of_share, cohort_rate, definitions, points_between, rate
from .targets import Assessment, Measured, Revision, Scope, Target, assess, compare_targets, growth

__all__ = [
    "Assessment",
    "Definition",
    "Measured",
    "Progress",
    "Rate",
    "Revision",
    "Scope",
    "StageEvent",
    "Target",
    "Transition",
    "assess",
    "change_of_share",
    "cohort_rate",
    "compare_targets",
    "definitions",
    "event_stages",
    "growth",
    "implied_by",
    "phases_in",
    "points_between",
    "progress",
    "rate",
]
