"""Which segment next: chances of becoming specialised, back-tested at every origin beside the naive bars."""

from .forecast import Candidate, Origin, Ranking, Score, back_test, rank_segments, reasons_zh, train
from .logistic import Logistic, auc, average_precision, calibration_slope
from .series import Series, read_series, series_of

__all__ = [
    "Candidate",
    "Logistic",
    "Origin",
    "Ranking",
    "Score",
    "Series",
    "auc",
    "average_precision",
    "back_test",
    "calibration_slope",
    "rank_segments",
    "read_series",
    "reasons_zh",
    "series_of",
    "train",
]
