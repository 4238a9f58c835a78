"""Stages, rates, targets against actuals; what is due when, and what happens when it is late."""

from .cadence import DueRule, Instance, Period, due_day, instances, period_named, period_of, periods
from .events import Progress, StageEvent, Transition, event_stages, implied_by, progress
from .ladder import Owed, Rung, ladder, overdue_days, owed, shipped_ladder
from .phases import phases_in
from .rates import Definition, Rate, change_of_share, cohort_rate, definitions, points_between, rate
from .steps import Step, allowed, find_step, steps
from .targets import Assessment, Measured, Revision, Scope, Target, assess, compare_targets, growth
from .urgency import Urgency, urgency
from .working_days import Stretch, WorkingCalendar, office_day, public_holidays, shipped_calendar

__all__ = [
    "Assessment",
    "Definition",
    "DueRule",
    "Instance",
    "Measured",
    "Owed",
    "Period",
    "Progress",
    "Rate",
    "Revision",
    "Rung",
    "Scope",
    "StageEvent",
    "Step",
    "Stretch",
    "Target",
    "Transition",
    "Urgency",
    "WorkingCalendar",
    "allowed",
    "assess",
    "change_of_share",
    "cohort_rate",
    "compare_targets",
    "definitions",
    "due_day",
    "event_stages",
    "find_step",
    "growth",
    "implied_by",
    "instances",
    "ladder",
    "office_day",
    "overdue_days",
    "owed",
    "period_named",
    "period_of",
    "periods",
    "phases_in",
    "points_between",
    "progress",
    "public_holidays",
    "rate",
    "shipped_calendar",
    "shipped_ladder",
    "steps",
    "urgency",
]
