"""The second opinion on a number's status: a linear model over the words around it.

Multinomial logistic regression (softmax over three classes, L2 penalty), trained by `scripts/train_status.py` on the
annotated documents of `tests/gold/develop` and on nothing else. Its weights are plain rows that can be read.
"""

from __future__ import annotations

import csv
import math
from functools import cache, lru_cache
from importlib.resources import files

from liantu.extraction.figures.situation import Situation, heading_traces, near_traces
from liantu.extraction.model import Status

STATUSES: tuple[Status, ...] = ("actual", "plan", "target")
WEIGHTS = "data/status_weights.csv"
SURE = 0.7
"""From this probability on the model overrules a rule that reaches far; flat between 0.6 and 0.85."""


@cache
def weights() -> dict[str, tuple[float, float, float]]:
    """Weights of `STATUSES` by trace; the empty trace holds the intercepts."""
    rows = csv.reader(files("liantu.extraction").joinpath(WEIGHTS).read_text(encoding="utf-8").splitlines())
    next(rows)
    return {trace: (float(a), float(b), float(c)) for trace, a, b, c in rows}


@lru_cache(maxsize=256)
def _by_heading(heading: str) -> tuple[float, float, float]:
    """Intercepts and what a heading adds to them: the same for all numbers of a section."""
    rows = [row for trace in ("", *heading_traces(heading)) if (row := weights().get(trace)) is not None]
    actual, plan, target = (sum(column) for column in zip(*rows, strict=True))
    return actual, plan, target


def propose(situation: Situation) -> tuple[Status, float]:
    """The likeliest status and its probability."""
    table = weights()
    actual, plan, target = _by_heading(situation.heading)
    for row in map(table.get, near_traces(situation)):
        if row is not None:
            actual, plan, target = actual + row[0], plan + row[1], target + row[2]
    scores = (actual, plan, target)
    top = max(scores)
    total = sum(math.exp(score - top) for score in scores)
    return STATUSES[scores.index(top)], 1 / total
