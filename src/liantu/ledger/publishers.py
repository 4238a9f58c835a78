"""Who says it: one spelling for one publisher, and the grade of a source."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files

ADDED = re.compile(r"(?:社|客户端|官网|网站|微信|微信公众号|公众号|新媒体|记者.*)$")
GRADES = frozenset("abcd")


@lru_cache(maxsize=8192)
def publisher_key(name: str) -> str:
    """One spelling for one publisher: 晋中日报社 and 晋中日报客户端 are 晋中日报."""
    text = re.sub(r"[\s《》“”（）()]", "", name)
    short = ADDED.sub("", text)
    return short if len(short) >= 3 else text


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    found = []
    with (files("liantu.ledger") / "data" / "publisher_kinds.csv").open(encoding="utf-8") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            if row["grade"] not in GRADES or not row["ending"] or not row["source"]:
                raise ValueError(f"publisher_kinds.csv:{line}: {row}")
            found.append((row["ending"], row["grade"]))
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def grade_of(publisher: str) -> str:
    """Grade of a source by its original publisher.

    `a` a government body, `b` named official media, `c` anybody else, `d` nobody named. The host does not count: what an
    aggregator reprints is as good as where it was said first.
    """
    name = publisher_key(publisher)
    if not name:
        return "d"
    return next((grade for ending, grade in _endings() if name.endswith(ending)), "c")
