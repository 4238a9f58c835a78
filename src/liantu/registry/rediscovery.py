"""Do certified specialty towns come out of the registry by themselves? Makers of a trade by county, against what is to be expected.

The measure is the location quotient of the makers' size, the size of a firm being the square root of its registered capital
(a works of a hundred times the capital does not make a hundred times as much), and it is shrunk: `PRIOR` firms spread as all
firms are stand beside those counted, so that two firms in a small county are no speciality. A county with fewer than
`LEAST_FIRMS` makers is not ranked at all: the quotient of one firm says nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from liantu.vocabulary import regions
from liantu.vocabulary.tables import read_table, split
from liantu.vocabulary.towns import Town, towns

from .counting import Placing, Rows, firms_by_county
from .segments import Segment, SegmentDictionary, place
from .segments.settings import weights

PRIOR = 4.0
LEAST_FIRMS = 3
SMALLEST_CAPITAL = 1e5
"""In yuan: what a firm of unknown or no capital counts as."""


@dataclass(frozen=True, slots=True)
class CountyScore:
    """A county's makers of one trade. `quotient` is the shrunk location quotient of their size, `firms` how many they are."""

    region_code: str
    firms: int
    share: float
    quotient: float


@dataclass(frozen=True, slots=True)
class Rediscovery:
    """A certified town and the counties of its province in the order of the measure.

    `rank` is the town's own county's, from 1; None where it has too few makers to be ranked. `makers` counts all of the
    province.
    """

    town: Town
    words: tuple[str, ...]
    makers: int
    rank: int | None
    counties: tuple[CountyScore, ...]


@cache
def trade_words() -> dict[str, tuple[str, ...]]:
    """Trade of a town → the words that firms use for it."""
    table = read_table("trade_words.csv", ("trade", "words", "source"), package=__package__)
    table.require_unique("trade")
    return {row["trade"]: tuple(split(row["words"])) for _, row in table.rows}


def certified_towns() -> list[Town]:
    """Towns that a province has published and whose place is a county: what the check is made of."""
    return [
        town
        for town in towns()
        if town.tier == "provincial" and town.status == "published" and regions().by_code(town.region).level == "county"
    ]


def rediscover(registry: Placing, wanted: Sequence[Town] | None = None) -> list[Rediscovery]:
    """The certified towns (or those `wanted`) against the registry, in their order."""
    wanted = certified_towns() if wanted is None else list(wanted)
    trades = list(dict.fromkeys(town.trade for town in wanted))
    words = {trade: trade_words().get(trade, (trade,)) for trade in trades}
    dictionary = SegmentDictionary(
        [Segment("专业镇", trade, "midstream", ("make",)) for trade in trades],
        [(number, word, "strong") for number, trade in enumerate(trades) for word in words[trade]],
    )
    provinces = sorted({town.region[:2] + "0000" for town in wanted})
    everyone: dict[str, Counter[str]] = defaultdict(Counter)
    for province, county, firms in registry.rows(firms_by_county(provinces)):
        everyone[province][county] = firms
    found: dict[tuple[str, str], list[tuple[str, float]]] = defaultdict(list)
    for makers in registry.batches(_COLUMNS, partial(_makers, dictionary), provinces):
        for province, trade, county, size in makers:
            found[province, trade].append((county, size))
    return [_judge(town, words[town.trade], found, everyone) for town in wanted]


_COLUMNS = ("name", "scope", "province_code", "region_code", "capital_yuan")


def _makers(dictionary: SegmentDictionary, rows: Rows) -> list[tuple[str, str, str, float]]:
    """(province, trade, county, size) of the firms that surely make the things of a trade."""
    known = [row for row in rows if not row[3].endswith("00")]
    if not known:
        return []
    names, scopes, provinces, counties, capital = (list(column) for column in zip(*known, strict=True))
    sizes = np.sqrt(np.maximum([c or 0.0 for c in capital], SMALLEST_CAPITAL)).tolist()
    placed = place(names, scopes, None, dictionary)
    sure = placed.score >= weights().placed
    return [
        (provinces[firm], dictionary.segments[segment].segment, counties[firm], sizes[firm])
        for firm, segment in zip(placed.firm[sure].tolist(), placed.segment[sure].tolist(), strict=True)
    ]


def _judge(
    town: Town, words: tuple[str, ...], found: dict[tuple[str, str], list[tuple[str, float]]],
    everyone: dict[str, Counter[str]],
) -> Rediscovery:  # fmt: skip
    province = town.region[:2] + "0000"
    makers = found[province, town.trade]
    scores = score_counties(makers, everyone[province])
    rank = next((n for n, score in enumerate(scores, 1) if score.region_code == town.region), None)
    return Rediscovery(town, words, len(makers), rank, tuple(scores))


def score_counties(makers: Sequence[tuple[str, float]], everyone: Counter[str]) -> list[CountyScore]:
    """Counties by the shrunk location quotient of their makers' size, the highest first.

    quotient = (s + PRIOR·m) ÷ (S·n/N + PRIOR·m), with s the size of the county's makers, S of all, m the mean size of one, n
    all firms of the county and N of all counties.

    Args:
        makers: county and size of each maker.
        everyone: all firms by county.
    """
    firms = Counter(place for place, _ in makers)
    sizes: dict[str, float] = defaultdict(float)
    for place_code, size in makers:
        sizes[place_code] += size
    total, every = sum(sizes.values()), sum(everyone.values())
    prior = PRIOR * total / max(len(makers), 1)
    scores = [
        CountyScore(
            county,
            firms[county],
            sizes[county] / total,
            (sizes[county] + prior) / (total * everyone[county] / every + prior),
        )
        for county in firms
        if firms[county] >= LEAST_FIRMS
    ]
    return sorted(scores, key=lambda s: (-s.quotient, s.region_code))
