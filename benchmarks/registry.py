"""The registry of enterprises on real registers: loading, places, segments, certified towns, beside what is commonly used.

    python benchmarks/registry.py [--data FOLDER] [--rows 3000000] [--json]

Needs `registry/shanxi.parquet` and `registry/national_sample.parquet` in the folder of optional real data (setting LIANTU_DATA,
default `../shared/data` beside the checkout) and ends with a reason where they are absent. `--rows` repeats them to so many rows,
each with a credit code and a name of its own, and loads that as well. Peers are looked for in `.venv/peers` (`make peers`): cpca
for addresses, scikit-learn for learned classes (the same five folds, several seeds); without them their rows say so. Processor seconds stand beside elapsed ones: other work on the machine does not count there.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

import duckdb

DEFAULT_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
PEERS = Path(__file__).resolve().parents[1] / ".venv" / "peers"
ADDRESSES = 6_000


def child(code: str, *arguments: str) -> dict[str, Any]:
    """Runs `code` in a process of its own, so that its memory is its own; it prints one line of JSON."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=environment)
    if done.returncode:
        return {"note": done.stderr.strip().splitlines()[-1]}
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


LOAD = """
import json, resource, sys, time
from liantu.registry import load_lists
folder, *files = sys.argv[1:]
began, used = time.perf_counter(), time.process_time()
report = load_lists(files, folder)
print(json.dumps({"rows": sum(one.rows for one in report.lists), "firms": report.firms,
    "seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - used,
    "gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6}))
"""


def loading(files: Sequence[Path], rows: int, folder: Path) -> list[dict[str, Any]]:
    """The files as they are, the same again, and repeated to `rows`."""
    names = [str(file) for file in files]
    found = [{"what": "load", **child(LOAD, str(folder / "a"), *names)}]
    found.append({"what": "load again", **child(LOAD, str(folder / "a"), *names)})
    if rows:
        many = folder / "many.parquet"
        repeat(files, rows, many)
        found.append({"what": "load, repeated", **child(LOAD, str(folder / "b"), str(many))})
    return found


def repeat(files: Sequence[Path], rows: int, target: Path) -> None:
    """The rows of `files` over and over, each time as other firms: ten characters of the code and two of the name differ.

    The check character is made right again, so that the codes count as valid.
    """
    connection = duckdb.connect()
    listed = ", ".join(f"'{file}'" for file in files)
    connection.execute("CREATE MACRO v(c) AS strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', c) - 1")
    total = " + ".join(f"{pow(3, i, 31)} * v(body[{i + 1}])" for i in range(17))
    connection.execute(f"""
        COPY (WITH source AS (SELECT *, row_number() OVER () AS n FROM read_parquet([{listed}], union_by_name = true)),
            copied AS (SELECT s.*, k.range AS k FROM source s, range(({rows} // (SELECT count(*) FROM source)) + 1) k),
            coded AS (SELECT *, uscc[1:8] || lpad(CAST(k * 1000000 + n AS VARCHAR), 9, '0') AS body FROM copied LIMIT {rows})
        SELECT CASE WHEN k = 0 THEN name ELSE name[1:2] || chr(CAST(19968 + k AS INTEGER)) || name[3:] END AS name,
            body || '0123456789ABCDEFGHJKLMNPQRTUWXY'[((31 - ({total}) % 31) % 31) + 1] AS uscc,
            reg_date, capital, scope, province, city, address FROM coded) TO '{target}' (FORMAT parquet)""")


def places(data: Path) -> list[dict[str, Any]]:
    """Address to county, the third to eighth digits of the credit code being the truth and not shown to anybody."""
    from liantu.registry import locate, region_of_address
    from liantu.registry.places import former_codes
    from liantu.vocabulary import regions

    rows = duckdb.connect().execute(
        "SELECT name, uscc[3:8], address, province, coalesce(city, '') FROM read_parquet(?) WHERE address IS NOT NULL ORDER BY md5(uscc)",
        [str(data / "registry" / "shanxi.parquet")],
    )
    known = regions()
    asked = []
    for name, code, address, province, city in rows.fetchall():
        now = former_codes().get(code, code)
        if now in known and known.by_code(now).level == "county":
            asked.append((name, now, address, province, city))

    def ours(name: str, address: str, province: str, city: str) -> str:
        return locate(address, (province, city, "", ""), "", name)[0]

    results = []
    for what, answer in (
        ("liantu, address alone", lambda n, a, p, c: region_of_address(a)),
        ("liantu, address and name", lambda n, a, p, c: ours(n, a, "", "")),
        ("liantu, address, name and city column", ours),
    ):
        began = time.process_time()
        hits = sum(answer(n, a, p, c) == code for n, code, a, p, c in asked)
        used = time.process_time() - began
        results.append(
            {"method": what, "rows": len(asked), "exact": hits / len(asked), "per_second": len(asked) / used}
        )
    results.append(cpca([(code, address) for _, code, address, _, _ in asked[:ADDRESSES]]))
    return results


CPCA = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
import cpca
rows = json.load(open(sys.argv[2]))
began = time.process_time()
found = cpca.transform([address for _, address in rows])["adcode"].tolist()
used = time.process_time() - began
print(json.dumps({"method": "cpca 0.5.5", "rows": len(rows), "per_second": len(rows) / used,
    "exact": sum(str(a) == code for (code, _), a in zip(rows, found)) / len(rows)}))
"""


def cpca(rows: list[tuple[str, str]]) -> dict[str, Any]:
    """The peer on the first rows; its table of regions is older than ours, so that renamed counties count against it."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(rows, file)
        file.flush()
        return {"method": "cpca 0.5.5", **child(CPCA, str(PEERS), file.name)}


PLACE = """
import json, sys, time
import duckdb
from liantu.registry import place
from liantu.registry.industries import class_firms
rows = duckdb.connect().execute("SELECT name, coalesce(scope, '') FROM read_parquet(?)", [sys.argv[1]]).fetchall()
names, scopes = [r[0] for r in rows], [r[1] for r in rows]
place(names[:1000], scopes[:1000])
used, began = time.process_time(), time.perf_counter()
for first in range(0, len(names), 50_000):
    place(names[first : first + 50_000], scopes[first : first + 50_000])
placed, elapsed = time.process_time() - used, time.perf_counter() - began
class_firms(names[:1000], scopes[:1000])
used, began = time.process_time(), time.perf_counter()
for first in range(0, len(names), 50_000):
    class_firms(names[first : first + 50_000], scopes[first : first + 50_000])
classed, also = time.process_time() - used, time.perf_counter() - began
print(json.dumps({"firms": len(names), "per_cpu_second": len(names) / placed, "per_second": len(names) / elapsed,
    "classed_per_cpu_second": len(names) / classed, "both_per_cpu_second": len(names) / (placed + classed),
    "both_per_second": len(names) / (elapsed + also)}))
"""


def segments(data: Path) -> dict[str, Any]:
    """Firms placed a second on one core, and the labels of tests/registry."""
    root = str(Path(__file__).resolve().parents[1])
    if root not in sys.path:
        sys.path.insert(0, root)
    os.environ["LIANTU_DATA"] = str(data)
    from tests.registry.test_labels import score

    quality = {}
    for half in ("develop", "judge"):
        precision, recall, counts = score(half)
        quality[half] = {"precision": precision, "recall": recall, **counts}
    return {**child(PLACE, str(data / "registry" / "shanxi.parquet")), "labels": quality}


def industries() -> dict[str, dict[str, float]]:
    """Divisions of GB/T 4754 on the labels of tests/registry: share told, share right, share right or defensible."""
    from tests.registry.test_industries import score

    return {half: dict(zip(("told", "right", "fair"), score(half), strict=True)) for half in ("develop", "judge")}


def zones_and_towns() -> dict[str, dict[str, float]]:
    """Zones and townships on the labelled addresses of tests/registry."""
    from tests.registry.test_zoning import labelled

    found = {}
    for half in ("develop", "judge"):
        rows = list(labelled(half))
        found[half] = {
            "rows": len(rows),
            "zone": sum(zone == row["zone"] for row, zone, _town, _address in rows) / len(rows),
            "town": sum(town == row["town"] for row, _zone, town, _address in rows) / len(rows),
        }
    return found


SEEDS = (0, 1, 2, 3, 4, 5, 6)
CLASSED = 10_000
PEER = """
import json, sys
sys.path.insert(0, sys.argv[1])
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.svm import LinearSVC
texts, answers, splits = json.load(open(sys.argv[2]))
answers, right, f1 = np.array(answers), [], []
for parts in splits:
    told = np.zeros(len(answers), int)
    for unseen in parts:
        seen = np.setdiff1d(np.arange(len(answers)), unseen)
        vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True, min_df=2)
        known = vectors.fit_transform([texts[i] for i in seen])
        told[unseen] = LinearSVC(C=0.5).fit(known, answers[seen]).predict(vectors.transform([texts[i] for i in unseen]))
    right.append(float((told == answers).mean()))
    f1.append(float(f1_score(answers, told, average="macro")))
print(json.dumps({"accuracy": right, "macro_f1": f1}))
"""


def learned(data: Path, folder: Path) -> list[dict[str, Any]]:
    """Shenwan level 1 from name and scope: five folds, the same for all, once a seed; with and without the loaded registry, of which no
    class is known, for the senses of words."""
    import numpy as np

    from liantu.registry import open_atlas
    from liantu.registry.learning import learn, read_labelled, senses_of
    from liantu.registry.learning.classifier import folds

    rows = read_labelled(data / "chains" / "listed_scope_industry_gold.csv", "level1", name="full_name", scope="scope")
    labels = sorted({row.label for row in rows})
    answers = np.array([labels.index(row.label) for row in rows])
    splits = [[part.tolist() for part in folds(answers, 5, seed)] for seed in SEEDS]
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump([[f"{row.name} {row.scope}" for row in rows], answers.tolist(), splits], file)
        file.flush()
        peer = {"method": "scikit-learn 1.9, characters and linear SVM", **child(PEER, str(PEERS), file.name)}
    used = time.process_time()
    with open_atlas(folder / "a") as atlas:
        senses = senses_of(atlas)
        asked = atlas.query("SELECT name, coalesce(scope, '') FROM firms ORDER BY md5(firm) LIMIT ?", [CLASSED])
    unlabelled = [name for name, _ in asked], [scope for _, scope in asked]
    reading = time.process_time() - used
    results = []
    for method, known in (("liantu learn-classes", senses), ("liantu learn-classes, no registry", None)):
        used = time.process_time()
        learned_each = [learn(rows, "level1", seed=seed, senses=known) for seed in SEEDS]
        used = time.process_time() - used
        trials = [trial for trial, _ in learned_each]
        telling = time.process_time()
        learned_each[0][1].classify(*unlabelled)
        telling = time.process_time() - telling
        results.append(
            {
                "method": method,
                "accuracy": [trial.accuracy for trial in trials],
                "macro_f1": [trial.macro_f1 for trial in trials],
                "at_80_percent": [trial.at_coverage[0.8] for trial in trials],
                "cpu_seconds_each": used / len(SEEDS) + (reading if known else 0.0),
                "told_per_cpu_second": len(unlabelled[0]) / telling,
            }
        )
    return [*results, peer]


def rediscovered(folder: Path) -> list[dict[str, Any]]:
    """Certified towns and the rank of their county."""
    from liantu.registry import open_atlas
    from liantu.registry.rediscovery import rediscover

    with open_atlas(folder / "a") as atlas:
        return [{"town": one.town.name, "makers": one.makers, "rank": one.rank} for one in rediscover(atlas)]


def show(figures: dict[str, Any]) -> None:
    """The figures as lines, each beside its goal."""
    goals = {"load": "20 s", "load again": "—", "load, repeated": "120 s, 2 GB"}
    for row in figures["loading"]:
        if "note" in row:
            print(f"{row['what']}: {row['note']}")
            continue
        print(
            f"{row['what']:16} {row['rows']:>10,} rows  {row['seconds']:7.1f} s elapsed  {row['cpu_seconds']:7.1f} s of processor time"
            f"  {row['gigabytes']:.2f} GB  (goal {goals[row['what']]})"
        )
    for row in figures["places"]:
        said = row.get("note") or f"{row['exact']:.4f} exact of {row['rows']:,}, {row['per_second']:,.0f} a second"
        print(f"address → county  {row['method']:40} {said}  (goal 0.96)")
    placed = figures["segments"]
    print(
        f"segments          {placed['per_cpu_second']:,.0f} firms a second of processor time, {placed['per_second']:,.0f} elapsed (goal 50,000)"
    )
    print(
        f"classes           {placed['classed_per_cpu_second']:,.0f} firms a second of processor time; segments and classes "
        f"together {placed['both_per_cpu_second']:,.0f}, {placed['both_per_second']:,.0f} elapsed (goal 50,000)"
    )
    for half, told in figures["industries"].items():
        print(
            f"GB/T 4754         {half:8} told {told['told']:.3f}, division right {told['right']:.3f}, or defensible {told['fair']:.3f}"
        )
    for half, told in figures["zones_and_towns"].items():
        print(
            f"zone and town     {half:8} of {told['rows']} addresses: zone {told['zone']:.3f}, town {told['town']:.3f}"
        )
    for row in figures["learned"]:
        said = row.get("note") or (
            f"accuracy {mean(row['accuracy']):.3f} ({', '.join(f'{a:.3f}' for a in row['accuracy'])}), "
            f"macro F1 {mean(row['macro_f1']):.3f}"
            + (f", {row['told_per_cpu_second']:,.0f} firms told a second" if "told_per_cpu_second" in row else "")
        )
        print(f"Shenwan level 1   {row['method']:44} {said}  (goal 0.72 against 0.650)")
    for half, scores in placed["labels"].items():
        print(
            f"600 labels        {half:8} precision {scores['precision']:.3f} recall {scores['recall']:.3f}  (goal 0.90 / 0.80)"
        )
    towns = figures["towns"]
    print(f"certified towns   {sum(t['rank'] == 1 for t in towns)} of {len(towns)} first")
    for town in towns:
        print(f"                  {town['town']}: {town['rank'] or '—'} of {town['makers']} makers")
    print(f"memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point; 0 also where the data is absent."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("LIANTU_DATA", DEFAULT_DATA)))
    parser.add_argument("--rows", type=int, default=0, help="repeat the rows to so many and load them too")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args(arguments)
    files = [options.data / "registry" / name for name in ("shanxi.parquet", "national_sample.parquet")]
    if missing := [file for file in files if not file.is_file()]:
        print(f"skipped: no {missing[0]}; set LIANTU_DATA to the folder of real data", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        figures = {
            "loading": loading(files, options.rows, folder),
            "places": places(options.data),
            "segments": segments(options.data),
            "industries": industries(),
            "zones_and_towns": zones_and_towns(),
            "learned": learned(options.data, folder),
            "towns": rediscovered(folder),
        }
    if options.json:
        json.dump(figures, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        show(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
