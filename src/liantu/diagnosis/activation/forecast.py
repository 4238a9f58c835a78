"""Which segment next: the chance that a place which is not specialised in a segment will be, in some years.

Relatedness alone loses to the naive bar (the level of today's quotient), so the score is a calibrated probability of several
features, and the naive bars are printed beside it, in the ranking and in the back-test.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ..complexity.matrix import Array, Flags
from ..result import Result
from ..settings import settings
from .features import NAMES, NAMES_ZH, Features, features_of
from .logistic import Logistic, auc, average_precision, calibration_slope, fit
from .series import Series

BASELINES = ("rca", "density", "density_continuous", "ubiquity")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A segment that a place may come to be specialised in.

    Attributes:
        probability: with n and coverage. reasons: (feature, its part of the log-odds), strongest first.
        naive: value and rank among the place's candidates by each baseline, so that everybody sees what the model adds.
        check_fairness: an offer to a firm of this segment must pass the review of fair competition.
    """

    segment: str
    probability: Result
    rank: int
    reasons: tuple[tuple[str, float], ...]
    naive: dict[str, tuple[float, int]]
    check_fairness: bool = True


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates of a place, likeliest first; `not_judged`: segments without data for it; `held`: already specialised in."""

    region: str
    year: int
    horizon: int
    candidates: tuple[Candidate, ...]
    not_judged: tuple[str, ...]
    held: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How a scorer did at one origin: AUC, average precision, precision of a place's first five."""

    name: str
    auc: float
    average_precision: float
    p_at_5: float


@dataclass(frozen=True, slots=True)
class Origin:
    """One back-test: trained on what was known at `year`, asked about `year` + horizon.

    Attributes:
        model: of the model. naive: of the baselines, in the order of BASELINES. slope: of the calibration.
        rows, happened: cells asked about, and those that became specialised. noise: standard error of the model's AUC.
    """

    year: int
    horizon: int
    model: Score
    naive: tuple[Score, ...]
    slope: float
    rows: int
    happened: int
    noise: float
    trained_on: tuple[int, ...]

    @property
    def gain(self) -> float:
        """AUC above the level of the quotient."""
        return self.model.auc - self.naive[0].auc


def train(series: Series, year: int, horizon: int | None = None, *, minimum_regions: int | None = None) -> Logistic:
    """A model from what was known at `year`: pairs of years a and a + horizon, or a year less, that both lie behind it.

    The shorter pairs are there because panels are short: they add an origin, and what happens in four years is much of what
    happens in five.

    Raises:
        ValueError: no such origin, nothing to learn from, or too few regions.
    """
    years = settings().activation_years if horizon is None else horizon
    parts = [_outcome(series, a, h, minimum_regions) for a, h in _pairs(series, year, years)]
    if not parts:
        raise ValueError(f"{year}年以前没有相隔{years}年的两期数据 / no two years {years} apart before {year}")
    x, y, groups = (np.concatenate([p[k] for p in parts]) for k in range(3))
    return fit(x, y.astype(bool), groups)


def rank_segments(
    series: Series,
    region: str,
    year: int | None = None,
    horizon: int | None = None,
    *,
    minimum_regions: int | None = None,
) -> Ranking:
    """Where `region` may become specialised within the horizon.

    Raises:
        KeyError: no such region or year. ValueError: as `train`.
    """
    when = max(series.years) if year is None else year
    years = settings().activation_years if horizon is None else horizon
    if region not in series.regions:
        raise KeyError(f"{region}：面板里没有这个地区 / the panel has no such region")
    i = series.regions.index(region)
    model = train(series, when, years, minimum_regions=minimum_regions)
    now = features_of(series, when, minimum_regions=minimum_regions)
    places = np.flatnonzero(now.open[i])
    chance, parts = model.probability(now.values[i]), model.parts(now.values[i])
    naive = {name: _baseline(now, name)[i] for name in BASELINES}
    ranks = {name: {int(j): k for k, j in enumerate(_ordered(values, places), 1)} for name, values in naive.items()}
    matrix = series.years[when]
    candidates = []
    for k, j in enumerate(_ordered(chance, places), 1):
        candidates.append(
            Candidate(
                series.segments[j],
                Result(
                    "activation",
                    (region, series.segments[j]),
                    float(chance[j]),
                    "probability",
                    f"ridge logit, {years} years ahead, ridge {model.ridge:g}",
                    matrix.level,
                    str(when),
                    len(series.regions),
                    "regions",
                    matrix.coverage,
                    "panel",
                ),
                k,
                tuple(sorted(((NAMES[f], float(parts[j, f])) for f in range(len(NAMES))), key=lambda r: -abs(r[1]))),
                {name: (float(naive[name][j]), ranks[name][int(j)]) for name in BASELINES},
            )
        )
    held = now.judged[i] & (now.rca[i] >= 1)
    return Ranking(
        region,
        when,
        years,
        tuple(candidates),
        tuple(s for s, judged in zip(series.segments, now.judged[i], strict=True) if not judged),
        tuple(s for s, has in zip(series.segments, held, strict=True) if has),
    )


def back_test(series: Series, horizon: int | None = None, *, minimum_regions: int | None = None) -> tuple[Origin, ...]:
    """Every origin for which there is something to train on and something to be asked about."""
    years = settings().activation_years if horizon is None else horizon
    found = []
    for year in series.years:
        trained = _pairs(series, year, years)
        if not any(h == years for _, h in trained) or year + years not in series.years:
            continue
        model = train(series, year, years, minimum_regions=minimum_regions)
        now = features_of(series, year, minimum_regions=minimum_regions)
        x, y, groups = _outcome(series, year, years, minimum_regions)
        asked = _asked(series, year, years, now)
        happened = y.astype(bool)
        score = model.score(x)
        n1, n0 = int(happened.sum()), int((~happened).sum())
        found.append(
            Origin(
                year,
                years,
                _scored("model", score, happened, groups),
                tuple(_scored(name, _baseline(now, name)[asked], happened, groups) for name in BASELINES),
                calibration_slope(score, happened),
                happened.size,
                n1,
                _standard_error(auc(score, happened), n1, n0),
                tuple(sorted({a for a, _ in trained})),
            )
        )
    return tuple(found)


def _pairs(series: Series, year: int, horizon: int) -> list[tuple[int, int]]:
    """(first year, years between) of what may be learned from at `year`."""
    spans = [h for h in (horizon, horizon - 1) if h > 0]
    return [(a, h) for h in spans for a in series.years if a + h <= year and a + h in series.years]


def _asked(series: Series, year: int, horizon: int, now: Features) -> Flags:
    later = series.years[year + horizon]
    return np.asarray(now.open & later.known & (later.values.sum(0) > 0)[None, :])


def _outcome(series: Series, year: int, horizon: int, minimum_regions: int | None) -> tuple[Array, Array, Array]:
    """Features, whether it happened, and the region, of every cell that was open at `year` and known at the end."""
    now = features_of(series, year, minimum_regions=minimum_regions)
    then = features_of(series, year + horizon, minimum_regions=minimum_regions)
    asked = _asked(series, year, horizon, now)
    regions = np.broadcast_to(np.arange(asked.shape[0])[:, None], asked.shape)
    return now.values[asked], (then.rca[asked] >= 1).astype(float), regions[asked].astype(float)


def _standard_error(area: float, n1: int, n0: int) -> float:
    """Of an AUC (Hanley & McNeil 1982)."""
    q1, q2 = area / (2 - area), 2 * area * area / (1 + area)
    spread = area * (1 - area) + (n1 - 1) * (q1 - area * area) + (n0 - 1) * (q2 - area * area)
    return float(np.sqrt(max(spread, 0.0) / max(n1 * n0, 1)))


def _baseline(features: Features, name: str) -> Array:
    return np.asarray(features.rca if name == "rca" else features.values[:, :, NAMES.index(name)])


def _ordered(values: Array, places: Iterable[int]) -> list[int]:
    return sorted((int(j) for j in places), key=lambda j: (-values[j], j))


def _scored(name: str, score: Array, happened: Flags, groups: Array) -> Score:
    firsts = []
    for region in np.unique(groups):
        of = np.flatnonzero(groups == region)
        firsts.append(happened[of[np.argsort(-score[of], kind="stable")[:5]]].mean())
    return Score(name, auc(score, happened), average_precision(score, happened), float(np.mean(firsts)))


def reasons_zh(candidate: Candidate, first: int = 3) -> str:
    """The strongest reasons in words: 当前区位商（+0.84）、…"""
    names = dict(zip(NAMES, NAMES_ZH, strict=True))
    return "、".join(f"{names[name]}（{part:+.2f}）" for name, part in candidate.reasons[:first])
