"""How well and how fast the reader reads a folder of annotated documents, on one core.

    python benchmarks/reading.py FOLDER [--repeat N] [--json]

FOLDER holds documents with annotations beside them (`003.txt`, `003.json`; docs/evaluation.md). Times are medians over
N rounds in this one process, files already in memory, after one round to warm up; memory is the most the process held.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from liantu.cli.evaluate import summary_lines
from liantu.evaluation import GoldError, Score, load_gold, score_documents
from liantu.evaluation.evidence import count_evidence, unfaithful
from liantu.evaluation.gold import gold_pairs
from liantu.extraction import extract
from liantu.reading import Document, read_document


def measure(folder: Path, rounds: int) -> tuple[Score, dict[str, Any]]:
    """The score on `folder`, and everything as plain JSON types."""
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
    return score, {
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
    parser.add_argument("--json", action="store_true", help="print JSON only")
    arguments = parser.parse_args()
    try:
        score, result = measure(arguments.folder, max(1, arguments.repeat))
    except GoldError as error:
        parser.exit(1, f"{error}\n")
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


if __name__ == "__main__":
    main()
