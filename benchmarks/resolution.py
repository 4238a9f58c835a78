"""Short names of listed firms against their full names: accuracy, abstention and speed, beside two common methods.

    python benchmarks/resolution.py [--data FOLDER] [--json] [--limit N] [--distractors N,N]

Needs `chains/company.csv` (columns code, short_name, full_name) in the folder of optional real data (setting LIANTU_DATA,
default `../shared/data` beside the checkout) and ends with a reason where it is absent. rapidfuzz comes with the project;
the character TF-IDF row needs scikit-learn, which is no dependency: without it the row says so.

A hit counts when the firm found has the asked firm's code; `strict` asks for the very full name (firms that changed their
name have several). Precision at 90 % coverage: the surest nine tenths of the answers. `open` repeats our own run with each
right answer taken away in turn for half of the names, as it is in practice when a firm is not known yet. The few weights
of our method were set on these same names: expect a little less elsewhere.

`--distractors 200000,500000` repeats our run with so many names of the registry (`registry/*.parquet`) beside the full names;
where the registry holds fewer, names of it with two characters exchanged fill up, which serve for speed and not for accuracy.
The index on disk that links a ledger's enterprises to the loaded registry is measured on the same names.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from liantu.resolution import Named, NameIndex, best_match

DEFAULT_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Firm:
    """A row of company.csv."""

    code: str
    short: str
    full: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a method said for one short name: the full name found, and how sure it was."""

    full: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Row:
    """A method's figures; rates are shares of all names asked, `names_per_second` on one thread."""

    method: str
    r_at_1: float | None
    r_at_1_strict: float | None
    precision_at_90: float | None
    names_per_second: float | None
    note: str = ""


def load(file: Path) -> list[Firm]:
    """The firms of company.csv."""
    with file.open(encoding="utf-8") as handle:
        return [Firm(r["code"], r["short_name"], r["full_name"]) for r in csv.DictReader(handle)]


def measure(method: str, firms: Sequence[Firm], answer_all: Callable[[], list[Answer]]) -> Row:
    """Run `answer_all` once, timed, and count hits."""
    codes: dict[str, set[str]] = defaultdict(set)
    for firm in firms:
        codes[firm.full].add(firm.code)
    started = time.perf_counter()
    answers = answer_all()
    seconds = time.perf_counter() - started
    hits = [firm.code in codes[a.full] for firm, a in zip(firms, answers, strict=True)]
    strict = sum(firm.full == a.full for firm, a in zip(firms, answers, strict=True))
    surest = sorted(zip((a.confidence for a in answers), hits, strict=True), reverse=True)[: len(firms) * 9 // 10]
    return Row(
        method,
        sum(hits) / len(firms),
        strict / len(firms),
        sum(hit for _, hit in surest) / len(surest),
        len(firms) / seconds,
    )


def ours(firms: Sequence[Firm], index: NameIndex) -> list[Answer]:
    """liantu's best match; building the index is timed apart."""
    answers = []
    for firm in firms:
        decision = best_match("enterprise", Named(firm.short), index)
        found = decision.candidates[0].entity_id if decision.candidates else ""
        answers.append(Answer(found, decision.score))
    return answers


def jaro_winkler(firms: Sequence[Firm], fulls: Sequence[str]) -> list[Answer]:
    """rapidfuzz Jaro–Winkler against every full name; confidence is the lead over the second."""
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.process import extract

    answers = []
    for firm in firms:
        best, second = extract(firm.short, fulls, scorer=JaroWinkler.similarity, limit=2)
        answers.append(Answer(best[0], best[1] - second[1]))
    return answers


def tf_idf(firms: Sequence[Firm], fulls: Sequence[str]) -> list[Answer]:
    """Cosine of character TF-IDF, one and two characters; confidence is the lead over the second."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 2))
    known = vectorizer.fit_transform(fulls)
    answers: list[Answer] = []
    for start in range(0, len(firms), 512):
        asked = vectorizer.transform([firm.short for firm in firms[start : start + 512]])
        for row in (asked @ known.T).toarray():
            best = int(row.argmax())
            value, row[best] = float(row[best]), -1.0
            answers.append(Answer(fulls[best], value - float(row.max())))
    return answers


def open_world(firms: Sequence[Firm], index: NameIndex) -> dict[str, float]:
    """Half of the names asked as they are, half with their firm taken out of the index: are automatic merges right?"""
    codes: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for firm in firms:
        codes[firm.full].add(firm.code)
        names[firm.code].add(firm.full)
    bands: dict[str, list[bool]] = defaultdict(list)
    for number, firm in enumerate(firms):
        hidden = names[firm.code] if number % 2 else set()
        for full in hidden:
            index.discard(full)
        decision = best_match("enterprise", Named(firm.short), index)
        for full in sorted(hidden):
            index.add(full, Named(full))
        found = decision.candidates[0].entity_id if decision.candidates else ""
        bands[decision.band].append(firm.code in codes[found] and found not in hidden)
    known = sum(number % 2 == 0 for number in range(len(firms)))
    return {
        "auto_precision": sum(bands["auto"]) / max(len(bands["auto"]), 1),
        "auto_share_of_known": sum(bands["auto"]) / known,
        "review_share": len(bands["review"]) / len(firms),
        "review_holds_the_right_one": sum(bands["review"]) / max(len(bands["review"]), 1),
    }


def run(firms: Sequence[Firm]) -> dict[str, object]:
    """All figures as plain data."""
    fulls = sorted({firm.full for firm in firms})
    started = time.perf_counter()
    index = NameIndex("enterprise", ((full, Named(full)) for full in fulls))
    adds = len(fulls) / (time.perf_counter() - started)
    rows = [measure("liantu", firms, lambda: ours(firms, index))]
    rows.append(measure("rapidfuzz Jaro-Winkler", firms, lambda: jaro_winkler(firms, fulls)))
    try:
        rows.append(measure("TF-IDF (1,2) cosine", firms, lambda: tf_idf(firms, fulls)))
    except ImportError:
        rows.append(Row("TF-IDF (1,2) cosine", None, None, None, None, "scikit-learn is not installed"))
    return {
        "names": len(firms),
        "candidates": len(fulls),
        "adds_per_second": adds,
        "rows": [asdict(row) for row in rows],
        "open": open_world(firms, index),
    }


def registry_names(data: Path, wanted: int) -> list[str]:
    """Names of registry firms, in an order that has nothing to do with them."""
    import duckdb

    file = str(data / "registry" / "*.parquet")
    rows = duckdb.connect().execute(
        "SELECT DISTINCT name FROM read_parquet(?, union_by_name = true) ORDER BY md5(name) LIMIT ?", [file, wanted]
    )
    names = [name for (name,) in rows.fetchall()]
    for name in names[: wanted - len(names)]:
        if len(name) > 6:
            names.append(name[:2] + name[4:6] + name[2:4] + name[6:])
    return names


def crowded(firms: Sequence[Firm], data: Path, count: int) -> dict[str, object]:
    """Our figures with `count` registry names beside the right ones."""
    fulls = {firm.full for firm in firms}
    others = [name for name in registry_names(data, count) if name not in fulls]
    started = time.perf_counter()
    index = NameIndex("enterprise", ((name, Named(name)) for name in (*sorted(fulls), *others)))
    best_match("enterprise", Named(firms[0].short), index)  # freezes the index
    built = time.perf_counter() - started
    used = time.process_time()
    row = measure("liantu", firms, lambda: ours(firms, index))
    used = time.process_time() - used
    return {
        "distractors": len(others),
        "build_seconds": built,
        "names_per_cpu_second": len(firms) / used,
        **asdict(row),
    }


def on_disk(firms: Sequence[Firm], data: Path, count: int) -> dict[str, object]:
    """The index of a loaded registry (`registry.names`): made, opened, and asked for short and for full names, a second of processor time."""
    from liantu.registry.who import Asked, who_is
    from liantu.resolution.frozen import FirmName, FrozenNames, freeze

    fulls = {firm.full for firm in firms}
    names = sorted(fulls | set(registry_names(data, count)), key=str.encode)
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        freeze(Path(folder) / "names", (FirmName(name, name, "") for name in names))
        built = time.process_time() - started
        index = FrozenNames(Path(folder) / "names")
        who_is(Asked(firms[0].short), index)  # compiles the search
        rates = {}
        for form in ("short", "full"):
            started = time.process_time()
            bands = [who_is(Asked(getattr(firm, form)), index).band for firm in firms]
            rates[form] = len(firms) / (time.process_time() - started)
            rates[f"{form}_linked"] = bands.count("auto") / len(firms)
    return {"names": len(names), "build_seconds": built, **rates}


def show(figures: dict[str, object]) -> None:
    """The figures as a table."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"short → full name, {figures['names']} names, {figures['candidates']} candidates, one thread")
    for column in ("method", "R@1", "R@1 strict", "precision at 90 %", "names/s", "note"):
        table.add_column(column, justify="left" if column in ("method", "note") else "right")
    rows = figures["rows"]
    assert isinstance(rows, list)
    for row in rows:
        rates = [row[key] for key in ("r_at_1", "r_at_1_strict", "precision_at_90")]
        speed = row["names_per_second"]
        table.add_row(
            row["method"],
            *("–" if rate is None else f"{rate:.4f}" for rate in rates),
            "–" if speed is None else f"{speed:,.0f}",
            row["note"],
        )
    console = Console()
    console.print(table)
    console.print(f"names added to the index per second: {figures['adds_per_second']:,.0f}")
    open_figures = figures["open"]
    assert isinstance(open_figures, dict)
    console.print("half of the firms unknown: " + ", ".join(f"{k} {v:.4f}" for k, v in open_figures.items()))
    crowds = figures["crowded"]
    assert isinstance(crowds, list)
    for crowd in crowds:
        console.print(
            f"with {crowd['distractors']:,} registry names: R@1 {crowd['r_at_1']:.4f}, {crowd['names_per_second']:,.0f} names/s "
            f"({crowd['names_per_cpu_second']:,.0f} a second of processor time), built in {crowd['build_seconds']:.1f} s"
        )

    disks = figures["on_disk"]
    assert isinstance(disks, list)
    for disk in disks:
        console.print(
            f"index on disk of {disk['names']:,} names: made in {disk['build_seconds']:.1f} s of processor time; a second of it answers "
            f"{disk['short']:,.0f} short names ({disk['short_linked']:.0%} linked) or {disk['full']:,.0f} full ones "
            f"({disk['full_linked']:.0%} linked)"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point; 0 also where the data is absent."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("LIANTU_DATA", DEFAULT_DATA)))
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--distractors", default="", help="numbers of registry names, with commas between")
    parser.add_argument("--limit", type=int, help="take only the first N firms")
    options = parser.parse_args(arguments)
    file = options.data / "chains" / "company.csv"
    if not file.is_file():
        print(f"skipped: no {file}; set LIANTU_DATA to the folder of real data", file=sys.stderr)
        return 0
    firms = load(file)[: options.limit]
    figures = run(firms)
    counts = [int(count) for count in options.distractors.split(",") if count]
    figures["crowded"] = [crowded(firms, options.data, count) for count in counts]
    figures["on_disk"] = [on_disk(firms, options.data, count) for count in counts]
    if options.json:
        json.dump(figures, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        show(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
