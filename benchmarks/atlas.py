"""Pages of the atlas over a registry of three million firms: chain map, place, comparison, and the firms behind a number.

    python benchmarks/atlas.py [--data FOLDER] [--rows 3000000] [--registry FOLDER] [--rounds 3] [--json]

The real registers of the folder of optional data (setting LIANTU_DATA) are repeated to so many rows, as `benchmarks/registry.py` does,
and loaded into a folder for the time being; `--registry` takes one loaded before. The pages are asked of the workbench in this
process, one by one: after a new load (nothing is remembered: not the counts, not a page), for the first time (the counts are in
memory), and again. Processor time stands beside the clock's: other work on the machine does not count there.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from registry import DEFAULT_DATA, LOAD, child, repeat

CHAIN = "高端装备制造"
SEGMENTS, LINKS = 200, 400
GOALS = {"chain map": 300, "place": 500, "comparison": 500, "firms behind a number": 500, "firms of the registry": 500}
"""Milliseconds at 95 %; the last two are our own."""
WHEN = ("after a load", "first", "again")


def main(arguments: Sequence[str] | None = None) -> int:
    """Load, ask, print; 0 also where the data is absent."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("LIANTU_DATA", DEFAULT_DATA)))
    parser.add_argument("--rows", type=int, default=3_000_000)
    parser.add_argument("--registry", type=Path, help="a registry loaded before, instead of making one")
    parser.add_argument("--rounds", type=int, default=3, help="how often every address is asked in each way")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args(arguments)
    files = [options.data / "registry" / name for name in ("shanxi.parquet", "national_sample.parquet")]
    if options.registry is None and (missing := [file for file in files if not file.is_file()]):
        print(f"skipped: no {missing[0]}; set LIANTU_DATA to the folder of real data", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory(prefix="liantu-atlas-") as made:
        home = Path(made)
        result: dict[str, Any] = {}
        if options.registry is not None:
            (home / "registry").symlink_to(options.registry.absolute())
        else:
            repeat(files, options.rows, home / "many.parquet")
            result["load"] = child(LOAD, str(home / "registry"), str(home / "many.parquet"))
        os.environ |= {"LIANTU_HOME": made, "LIANTU_SPACE": "atlas", "LIANTU_HOSTS": "testserver"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "liantu.workbench.settings"
        result |= pages(options.rounds)
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        show(result)
    return 0


def pages(rounds: int) -> dict[str, Any]:
    """The figures of every kind of page, in ms."""
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0, skip_checks=True)
    user, _ = get_user_model().objects.get_or_create(username="atlas", is_superuser=True, is_staff=True)
    client = Client()
    client.force_login(user)
    asked = addresses(outline())
    for (
        paths
    ) in asked.values():  # templates, the gazetteer and compiled code are loaded once for the process, not for a page
        timed(client, paths[0])
    found: dict[str, Any] = {"firms": registered(), "load_of_machine": os.getloadavg()[0]}
    for kind, paths in asked.items():
        times: dict[str, list[tuple[float, float]]] = {when: [] for when in WHEN}
        for _round in range(rounds):
            for path in paths:
                forget(everything=True)
                times["after a load"].append(timed(client, path))
                forget(everything=False)
                times["first"].append(timed(client, path))
                times["again"].append(timed(client, path))
        found[kind] = {when: told(each) for when, each in times.items()}
    return found


def outline() -> list[str]:
    """An outline of two hundred segments in seven columns with four hundred supplies; the ids of its segments."""
    from liantu.ledger.models import ChainOutline
    from liantu.ledger.outlines.edges import Edge, edges_to_json
    from liantu.ledger.outlines.tree import of_paths, to_json
    from liantu.registry import default_dictionary

    counted = [one.segment for one in default_dictionary().segments if one.chain == CHAIN]
    names = [*counted, *(f"环节{n:03d}" for n in range(SEGMENTS - len(counted)))]
    tree = of_paths([(CHAIN, f"第{n * 7 // SEGMENTS}段", name) for n, name in enumerate(names)])
    inner = {node.parent for node in tree.values()}
    leaves = [pk for pk in tree if pk not in inner]
    pairs = [(leaves[n], leaves[(n + step) % SEGMENTS]) for step in (29, 31) for n in range(LINKS // 2)]
    edges = {f"e{n}": Edge(*pair) for n, pair in enumerate(pairs)}
    ChainOutline.objects.create(chain=CHAIN, nodes=to_json(tree), edges=edges_to_json(edges), basis="")
    return leaves


def addresses(leaves: list[str]) -> dict[str, list[str]]:
    """Addresses of every kind of page: of the map with a segment chosen, of small places and large ones, of likely groups."""
    from liantu.workbench.diagnosing import FIVE, basis_now

    basis, _name = basis_now()
    cities = sorted({code for code, _key in basis.at_level("city") if code.startswith("14")})
    counties = sorted({code for code, _key in basis.at_level("county") if code.startswith("14")})
    largest = sorted(basis.at_level("city").items(), key=lambda item: -item[1].firms)[:8]
    groups = [FIVE, cities[:2], cities[-3:], [*cities, "410100"], counties[:5]]
    return {
        "chain map": [f"/chains/{CHAIN}/map", *(f"/chains/{CHAIN}/map?node={pk}" for pk in leaves[::25])],
        "place": [f"/diagnosis/place/{code}" for code in [*cities, *counties[::20], "140000"]],
        "comparison": [f"/diagnosis/compare?regions={','.join(group)}" for group in groups],
        "firms behind a number": [
            f"/diagnosis/firms?{urlencode({'region': code, 'segment': key, 'page': page})}"
            for (code, key), _count in largest
            for page in (1, 3)
        ],
        "firms of the registry": [
            f"/diagnosis/firms?{urlencode(asked)}"
            for asked in (
                {},
                {"region": "140100"},
                {"region": "140921", "industry": "C"},
                {"q": "法兰"},
                {"sort": "name"},
            )
        ],
    }


def registered() -> int:
    """Firms of the registry."""
    from liantu.ledger.home import registry_folder
    from liantu.registry import open_atlas

    with open_atlas(registry_folder()) as atlas:
        return atlas.count()


def forget(*, everything: bool) -> None:
    """Every page computed so far; with `everything` the counts of the registry as well, as after a new load."""
    from django.core.cache import cache

    from liantu.diagnosis.reports import kept_basis

    cache.clear()
    if everything:
        kept_basis.cache_clear()


def timed(client: Any, path: str) -> tuple[float, float]:
    """Milliseconds of a request by the clock and of the processor."""
    began, used = time.perf_counter(), time.process_time()
    response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path}: {response.status_code}")
    return (time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000


def told(times: list[tuple[float, float]]) -> dict[str, Any]:
    """Percentiles."""
    by: Callable[[int, int], float] = lambda at, n: round(  # noqa: E731
        statistics.quantiles([one[at] for one in times], n=100, method="inclusive")[n - 1], 1
    )
    return {"n": len(times), "p50": by(0, 50), "p95": by(0, 95), "cpu_p50": by(1, 50), "cpu_p95": by(1, 95)}


def show(result: dict[str, Any]) -> None:
    """The table a person reads."""
    if "load" in result:
        print(f"loaded: {result['load']}")
    print(f"{result['firms']:,} firms; load of the machine {result['load_of_machine']:.1f}")
    print(f"{'':24}{'':14}{'n':>5}{'clock p50':>11}{'p95':>8}{'CPU p50':>10}{'p95':>8} ms  goal (p95)")
    for kind, goal in GOALS.items():
        for when in WHEN:
            row = result[kind][when]
            print(
                f"{kind:24}{when:14}{row['n']:5}{row['p50']:11.1f}{row['p95']:8.1f}{row['cpu_p50']:10.1f}{row['cpu_p95']:8.1f}"
                f"     {goal}"
            )


if __name__ == "__main__":
    sys.exit(main())
