"""How well and how fast the reader reads a folder of annotated documents, on one core, beside off-the-shelf parts.

    python benchmarks/reading.py FOLDER [--repeat N] [--no-peer] [--json]

FOLDER holds documents with annotations beside them (`003.txt`, `003.json`; docs/evaluation.md). Times are medians over
N rounds in this one process, files already in memory, after one round to warm up; memory is the most the process held
before the parts were loaded. The parts (peer_reading.py; `make peers` installs them) do the same work on the same
documents in the same process; where one is missing, the benchmark names it and shows the reader alone.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import peer_reading
from liantu.cli.evaluate import summary_lines
from liantu.evaluation import TIERS, GoldDocument, GoldError, Score, load_gold, score_documents
from liantu.evaluation.evidence import count_evidence, unfaithful
from liantu.evaluation.gold import gold_pairs
from liantu.evaluation.score import PROJECT_FIELDS
from liantu.evaluation.sets import LIKENESS
from liantu.extraction import extract
from liantu.reading import Document, read_document


def measure(folder: Path, rounds: int) -> tuple[Score, dict[str, Any], list[GoldDocument]]:
    """The score on `folder`, everything as plain JSON types, and the annotations it was measured against."""
    pairs = gold_pairs(folder)
    files = [(path.name, path.read_bytes()) for _, path in pairs]
    documents: list[Document] = []

    def read_all() -> None:
        documents[:] = [read_document(data, name) for name, data in files]

    def extract_all() -> None:
        found[:] = [extract(document) for document in documents]

    found: list[Any] = []
    reading, extraction = [], []
    for _ in range(rounds + 1):
        reading.append(seconds(read_all))
        extraction.append(seconds(extract_all))
    # The first round also loads dictionaries and data files.
    warm_up, reading, extraction = reading[0] + extraction[0], reading[1:], extraction[1:]

    golds = [
        load_gold(annotation, document.text.raw) for (annotation, _), document in zip(pairs, documents, strict=True)
    ]
    score = score_documents(zip(golds, (findings.to_dict() for findings in found), strict=True))
    characters = sum(len(document.text.raw) for document in documents)
    both = [r + e for r, e in zip(reading, extraction, strict=True)]
    wrong = sum(len(unfaithful(document, findings)) for document, findings in zip(documents, found, strict=True))
    result = {
        "documents": len(documents),
        "characters": characters,
        "characters_per_second": {
            "reading": round(characters / statistics.median(reading)),
            "extraction": round(characters / statistics.median(extraction)),
            "both": round(characters / statistics.median(both)),
        },
        "first_round_seconds": round(warm_up, 2),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MAXRSS_PER_MB),
        "evidence": {"places": sum(map(count_evidence, found)), "wrong": wrong},
        "accuracy": score.to_dict(),
    }
    return score, result, golds


def measure_peer(golds: list[GoldDocument], rounds: int) -> dict[str, Any]:
    """The parts on the same documents: `missing` (packages), or versions, speed and accuracy as for the reader."""
    try:
        parts = peer_reading.load_parts()
    except peer_reading.PeerMissing as error:
        return {"missing": error.packages}
    found: list[Any] = []

    def read_all() -> None:
        found[:] = [peer_reading.read(gold.text, parts) for gold in golds]

    first, *times = [seconds(read_all) for _ in range(rounds + 1)]
    characters = sum(len(gold.text) for gold in golds)
    return {
        "packages": peer_reading.versions(),
        "characters_per_second": round(characters / statistics.median(times)),
        "first_round_seconds": round(first, 2),
        "accuracy": score_documents(zip(golds, found, strict=True)).to_dict(),
    }


def compare(ours: dict[str, Any], peer: dict[str, Any]) -> list[dict[str, Any]]:
    """Each measure with the reader's figure, that of the parts, and how many times the one is the other (None over 0)."""
    places = [(f"figures {tier}", ("figures", tier)) for tier in TIERS] + [(key, (key,)) for key in LIKENESS]
    rows = []
    for label, path in places:
        left, right = (_at(side["accuracy"], path)["f1"] for side in (ours, peer))
        rows.append((label, left, right))
    for key in PROJECT_FIELDS:
        # Of the annotated ones among the projects that each found.
        left, right = (_share(side["accuracy"]["project_fields"][key]) for side in (ours, peer))
        rows.append((f"project {key}", left, right))
    rows.append(("characters a second", ours["characters_per_second"]["both"], peer["characters_per_second"]))
    return [
        {"measure": label, "ours": left, "parts": right, "ratio": round(left / right, 2) if right else None}
        for label, left, right in rows
    ]


def _at(tree: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    for key in path:
        tree = tree[key]
    return tree


def _share(field: dict[str, int]) -> float:
    return round(field["right"] / field["of"], 4) if field["of"] else 0.0


def comparison_lines(peer: dict[str, Any], rows: list[dict[str, Any]]) -> list[str]:
    """The table beside the parts, or what is missing for it."""
    if "missing" in peer:
        return [f"off-the-shelf parts: not measured, missing {', '.join(peer['missing'])}; `make peers` installs them"]
    lines = [f"off-the-shelf parts: {', '.join(f'{name} {version}' for name, version in peer['packages'].items())}"]
    lines.append(f"{'same documents, same run':<24} {'ours':>9} {'parts':>9} {'ratio':>7}")
    for row in rows:
        form = ",.0f" if row["measure"] == "characters a second" else ".3f"
        ratio = "-" if row["ratio"] is None else f"{row['ratio']:.2f}"
        lines.append(f"{row['measure']:<24} {row['ours']:>9{form}} {row['parts']:>9{form}} {ratio:>7}")
    return lines


def stay_on_one_core() -> None:
    """Keeps this process on one core where the system allows that: the tagger's engine would start a thread on each."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[os.getpid() % len(cores)]})


def seconds(work: Callable[[], None]) -> float:
    """Processor time of one call: what one core needs, whatever else the machine does."""
    start = time.process_time()
    work()
    return time.process_time() - start


# The peak is reported in kilobytes on Linux and in bytes on macOS.
_MAXRSS_PER_MB = 1024 * 1024 if sys.platform == "darwin" else 1024


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="rounds to take the median of (default 5)")
    parser.add_argument("--no-peer", action="store_true", help="measure the reader alone")
    parser.add_argument("--json", action="store_true", help="print JSON only")
    arguments = parser.parse_args()
    stay_on_one_core()
    try:
        score, result, golds = measure(arguments.folder, max(1, arguments.repeat))
    except GoldError as error:
        parser.exit(1, f"{error}\n")
    if not arguments.no_peer:
        result["peer"] = measure_peer(golds, max(1, arguments.repeat))
        result["comparison"] = [] if "missing" in result["peer"] else compare(result, result["peer"])
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False))
        return
    print("\n".join(summary_lines(score)))
    speed = result["characters_per_second"]
    print(f"{result['documents']} documents, {result['characters']:,} characters")
    print(
        f"characters a second: reading {speed['reading']:,}, extraction {speed['extraction']:,}, both {speed['both']:,}"
    )
    print(f"first round {result['first_round_seconds']} s, peak memory {result['peak_memory_mb']} MB")
    print(f"evidence: {result['evidence']['places']} places, {result['evidence']['wrong']} wrong")
    if not arguments.no_peer:
        print("\n".join(comparison_lines(result["peer"], result["comparison"])))


if __name__ == "__main__":
    main()
