"""Corroboration and conflict on facts noted by hand from real pages: which of them the ledger says agree, and which differ.

    python benchmarks/facts.py [FILE] [--json]

FILE is a table with the columns region, subject, metric, period, value, unit, kind, source, pub_date (default
`facts/facts.csv` in LIANTU_DATA). Each source becomes a document with one sentence a row, as if the reader had read it, and
enters an empty ledger. Two rows of different sources speak of one thing when region, subject, metric, period and kind are the
same; they should be one fact, agreed where the values are equal and in conflict where they are not. A conflict between rows
of different subject and metric is a false alarm unless their words differ in scope alone; those are printed to be judged.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import re
import sys
import tempfile
from collections import Counter, defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

DATA = Path(os.environ.get("LIANTU_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
SCALES = {"亿元": (1e8, "元"), "万元": (1e4, "元"), "万吨": (1e4, "吨"), "万台": (1e4, "台")}
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_PERIOD = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows that state a number."""
    with path.open(encoding="utf-8") as handle:
        return [row for row in csv.DictReader(handle) if re.fullmatch(r"-?\d+(?:\.\d+)?", row["value"])]


def fill(rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    """Put the rows into the ledger, a document a source; gives the row behind each statement."""
    from liantu.extraction.model import Evidence, Figure, Findings
    from liantu.ledger import services
    from liantu.ledger.models import Statement
    from liantu.reading.model import Block, Document, Sentence, Text

    by_source: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        by_source[row["source"]].append(row)
    found: dict[str, dict[str, str]] = {}
    for source, said in by_source.items():
        text, figures, places = "", [], {}
        for row in said:
            factor, unit = SCALES.get(row["unit"], (1.0, row["unit"]))
            number = row["value"] + (row["unit"][0] if row["unit"] in SCALES else "")
            lead = f"{row['region']}{row['subject']}{row['metric']}"
            start, at = len(text), len(text) + len(lead)
            sentence = f"{lead}{number}{unit}。"
            text += sentence
            figures.append(
                Figure(
                    span=(at, at + len(number)),
                    number=number,
                    value=float(row["value"]) * factor,
                    unit=unit,
                    indicator=row["subject"] + row["metric"],
                    subject=row["region"],
                    subject_kind="region",
                    bound="=",
                    kind="change" if row["metric"].endswith("增速") else "share" if unit == "%" else "level",
                    status=row["kind"],  # type: ignore[arg-type]
                    period=row["period"] if _PERIOD.fullmatch(row["period"]) else None,
                    evidence=Evidence(sentence, start, len(text)),
                )
            )
            places[at] = row
        day = _DAY.match(said[0]["pub_date"])
        published = date(int(day[1]), int(day[2] or 1), int(day[3] or 1)) if day else None
        made = Document(
            source=f"{len(found)}.txt",
            digest=hashlib.sha256(source.encode()).hexdigest(),
            media="txt",
            text=Text.identity(text),
            blocks=(Block("paragraph", 0, len(text)),),
            sentences=(Sentence(0, len(text), 0),),
            title=None,
            publisher=None,
            published=published,
        )
        day_text = published.isoformat() if published else None
        kept = services.add_findings(made, Findings(made.source, None, None, day_text, figures=tuple(figures))).source
        for pk, stands in Statement.objects.filter(source=kept, kind="figure").values_list("pk", "number_start"):
            found[pk] = places[stands or 0]
    return found


def measure(path: Path) -> dict[str, Any]:
    """Counts over pairs of rows of different sources, and the conflicts to be judged. The ledger must be empty."""
    from liantu.ledger.models import Fact, FigureView

    row_of = fill(rows_of(path))
    fact_of = {pk: (fact, state) for pk, fact, state in FigureView.objects.values_list("pk", "fact", "fact__state")}
    counts: Counter[str] = Counter()
    missed = []
    for left, right in combinations(sorted(row_of), 2):
        a, b = row_of[left], row_of[right]
        if a["source"] == b["source"] or left not in fact_of or right not in fact_of:
            continue
        one = all(a[column] == b[column] for column in ("region", "subject", "metric", "period", "kind"))
        joined = fact_of[left][0] == fact_of[right][0]
        if not one:
            counts["joined_of_other_words"] += joined
            continue
        sort = "equal" if float(a["value"]) == float(b["value"]) else "different"
        counts[f"{sort}_pairs"] += 1
        counts[f"{sort}_found"] += joined
        if not joined:
            missed.append([_short(a), _short(b)])
    conflicts = [
        [fact.reason, *[_short(row_of[pk]) for pk in fact.figures.values_list("pk", flat=True)]]
        for fact in Fact.objects.filter(state="conflict").order_by("pk")
    ]
    from liantu.ledger.models import Copy

    return {"rows": len(row_of), **counts, "copies": Copy.objects.count(), "missed": missed, "conflicts": conflicts}


def _short(row: dict[str, str]) -> str:
    words = f"{row['region']} {row['subject']} {row['metric']} {row['period']} {row['value']}{row['unit']}"
    return f"{words} {row['kind']} ({row['pub_date']})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=DATA / "facts" / "facts.csv")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if not asked.file.is_file():
        sys.exit(f"没有这个文件：{asked.file}，请给出路径或设置 LIANTU_DATA / no such file: {asked.file}")
    with tempfile.TemporaryDirectory() as home:
        os.environ["LIANTU_HOME"] = home
        from liantu.server.space import migrate, open_space

        open_space(None)
        migrate()
        found = measure(asked.file)
    if asked.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for name, value in found.items():
        if not isinstance(value, list):
            print(f"{name:>24} {value}")
    for title in ("missed", "conflicts"):
        print(f"\n{title}:")
        for row in found[title]:
            print("  " + "\n    ".join(row))


if __name__ == "__main__":
    main()
