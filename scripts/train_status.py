"""Train the model of status on annotated documents and write its weights.

    python scripts/train_status.py tests/gold/develop [--to FILE]

Deterministic: the same documents give the same file. Softmax regression with an L2 penalty, fitted by full-batch
gradient descent with momentum (numpy alone); traces seen fewer than three times and weights near zero are left out.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

import numpy as np

from liantu.evaluation import load_gold
from liantu.evaluation.gold import gold_pairs
from liantu.extraction import extract
from liantu.extraction.figures.learned import STATUSES, WEIGHTS
from liantu.extraction.figures.situation import Situation, traces
from liantu.reading import read_document

SEEN = 3  # times a trace must occur
PENALTY = 1.0  # of the squared weights, against the summed loss
SMALLEST = 0.02  # weights of a trace that are all smaller are left out
ROUNDS = 600


def examples(folder: Path) -> list[tuple[set[str], int]]:
    """Traces and status of every annotated number that the reader finds."""
    found: list[tuple[set[str], int]] = []
    for annotation, path in gold_pairs(folder):
        document = read_document(path.read_bytes(), path.name)
        seen: dict[tuple[int, int], Situation] = {}
        extract(document, seen.__setitem__)
        for figure in load_gold(annotation, document.text.raw).figures:
            start, end = figure.span
            situation = next((s for (a, z), s in seen.items() if a < end and z > start), None)
            if situation is not None:
                found.append((traces(situation), STATUSES.index(figure.status)))
    return found


def fit(rows: list[tuple[set[str], int]]) -> dict[str, np.ndarray]:
    """Weights by trace, the intercepts under the empty name."""
    counts = Counter(trace for found, _ in rows for trace in found)
    names = sorted(trace for trace, count in counts.items() if count >= SEEN)
    place = {trace: i for i, trace in enumerate(names)}
    x = np.zeros((len(rows), len(names) + 1))
    y = np.zeros((len(rows), len(STATUSES)))
    for i, (found, status) in enumerate(rows):
        x[i, [place[t] for t in found if t in place]] = 1.0
        x[i, -1] = 1.0
        y[i, status] = 1.0
    held = np.full(len(names) + 1, PENALTY)
    held[-1] = 0.0  # intercepts are not held back
    step = 1.0 / (0.5 * np.linalg.eigvalsh(x @ x.T)[-1] + PENALTY)
    w = np.zeros((len(names) + 1, len(STATUSES)))
    ahead, t = w, 1.0
    for _ in range(ROUNDS):
        scores = x @ ahead
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        scores /= scores.sum(axis=1, keepdims=True)
        new = ahead - step * (x.T @ (scores - y) + held[:, None] * ahead)
        later = (1 + (1 + 4 * t * t) ** 0.5) / 2
        ahead, w, t = new + (t - 1) / later * (new - w), new, later
    weights = {name: w[i] for i, name in enumerate(names) if np.abs(w[i]).max() >= SMALLEST}
    return {"": w[-1], **weights}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--to", type=Path, default=Path("src/liantu/extraction") / WEIGHTS)
    options = parser.parse_args()
    rows = examples(options.folder)
    weights = fit(rows)
    with options.to.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("trace", *STATUSES))
        writer.writerows((name, *(f"{value:.3f}" for value in row)) for name, row in weights.items())
    print(f"{len(rows)} numbers, {len(weights)} rows → {options.to}")


if __name__ == "__main__":
    main()
