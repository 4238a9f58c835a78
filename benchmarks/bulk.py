"""Reading folders: documents and characters a second, and the memory of the process that leads, by size of the folder.

    python benchmarks/bulk.py [--documents N …] [--jobs N] [--engine local|spark] [--folder FOLDER] [--json]

Makes folders of N documents (default 1,000 and 10,000) out of the texts in FOLDER (default tests/gold): each copy has other
numbers and leaves some paragraphs out. Reads each folder in a process of its own with `liantu.bulk`, then once more, when
nothing is left to read. The peak memory of that process should not depend on N; `worker` is the largest of its children.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from liantu.bulk import Engine, LocalEngine, read_folders
from liantu.cli.bulk import usable_cores

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold"
FILES_A_FOLDER = 500
SEED = 5


def main() -> None:
    """Make, read, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[1_000, 10_000], help="sizes of the folders")
    parser.add_argument("--jobs", type=int, default=usable_cores(), help="processes that read (default: one a core)")
    parser.add_argument("--engine", choices=["local", "spark"], default="local")
    parser.add_argument("--folder", type=Path, default=GOLD, help="where the texts come from")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--measure", nargs=2, metavar=("FOLDER", "OUTPUT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        folder, output = map(Path, options.measure)
        print(json.dumps(measure(folder, output, options.engine, options.jobs)))
        return
    texts = [path.read_text(encoding="utf-8") for path in sorted(options.folder.rglob("*.txt"))]
    if not texts:
        parser.error(f"there are no texts in {options.folder}")
    runs = [run(texts, count, options.engine, options.jobs) for count in options.documents]
    result = {"engine": options.engine, "jobs": options.jobs, "runs": runs}
    if options.json:
        print(json.dumps(result))
    else:
        show(result)


def show(result: dict[str, Any]) -> None:
    """The table a person reads."""
    print(f"{result['engine']}, {result['jobs']} jobs")
    print("documents  characters  seconds  documents/s  characters/s  leader MB  worker MB  again s  leader MB")
    for row in result["runs"]:
        print(
            f"{row['documents']:9,} {row['characters']:11,} {row['seconds']:8.1f} {row['documents_per_second']:12.1f} "
            f"{row['characters_per_second']:13,.0f} {row['leader_mb']:10.1f} {row['worker_mb']:10.1f} "
            f"{row['again']['seconds']:8.2f} {row['again']['leader_mb']:10.1f}"
        )


def run(texts: list[str], count: int, engine: str, jobs: int) -> dict[str, Any]:
    """A folder of `count` documents, read twice."""
    with tempfile.TemporaryDirectory(prefix="liantu-bulk-") as desk:
        folder, output = Path(desk, "documents"), Path(desk, "findings.jsonl")
        make(texts, count, folder)
        first, again = (measured(folder, output, engine, jobs) for _ in range(2))
        with output.open("rb") as lines:
            written = sum(1 for _ in lines)
    if not written == first["documents"] == again["kept"] == count:
        raise SystemExit(f"{count} documents were made, {first['documents']} read, {written} written")
    return {**first, "again": again}


def make(texts: list[str], count: int, folder: Path) -> None:
    """`count` documents in folders of 500, always the same ones for the same texts."""
    chance = random.Random(SEED)
    for number in range(count):
        parent = folder / f"{number // FILES_A_FOLDER:04}"
        parent.mkdir(parents=True, exist_ok=True)
        (parent / f"{number:06}.txt").write_text(varied(texts[number % len(texts)], chance), encoding="utf-8")


def varied(text: str, chance: random.Random) -> str:
    """`text` with other digits after the first of each number, without some of its paragraphs."""
    head, *rest = text.splitlines()
    kept = [line for line in rest if chance.random() < 0.9] or rest
    body = "\n".join(kept)
    digits = [
        str(chance.randrange(10)) if sign in "0123456789" and before in "0123456789" and before else sign
        for before, sign in zip(" " + body, body, strict=False)
    ]
    return f"{head}\n{''.join(digits)}\n"


def measured(folder: Path, output: Path, engine: str, jobs: int) -> dict[str, Any]:
    """`measure` in a process of its own."""
    command = [sys.executable, __file__, "--engine", engine, "--jobs", str(jobs), "--measure", str(folder), str(output)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def measure(folder: Path, output: Path, engine: str, jobs: int) -> dict[str, Any]:
    """Reads `folder` into `output`; peak memory of this process and of the largest it has started, in MB."""
    began = time.perf_counter()
    report = read_folders([folder], output, engine_named(engine, jobs))
    seconds = time.perf_counter() - began
    return {
        "documents": report.documents,
        "characters": report.characters,
        "kept": report.kept,
        "seconds": round(seconds, 2),
        "documents_per_second": round((report.done - report.kept) / seconds, 1),
        "characters_per_second": round(report.read_characters / seconds),
        "leader_mb": round(peak_kilobytes() / 1024, 1),
        "worker_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 1),
    }


def engine_named(name: str, jobs: int) -> Engine:
    """The engine of the command line's `--engine`."""
    if name == "local":
        return LocalEngine(jobs)
    from liantu.bulk.spark import SparkEngine

    return SparkEngine(jobs)


def peak_kilobytes() -> int:
    """Peak resident memory of this process alone; what getrusage tells may be that of the one it was started from."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
