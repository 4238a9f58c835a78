"""Ten people at the pages of a large ledger while a list is imported: how long each kind of page takes, and whether any fails.

    python benchmarks/scale.py --figures 840000 --projects 100000 --enterprises 20000 --home LEDGER   # once
    python benchmarks/load.py --home LEDGER [--users 10] [--seconds 60] [--json]

The pages are served as `liantu up` serves them (one process, eight threads); each person asks for a page, reads for a second, asks
for the next. Meanwhile another process, as polite as the reader in which imports run, imports a list of 5,000 projects and takes it back, again and
again. As a peer the
same words are looked for with a plain LIKE over the sentences, which is what a database browser does.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from scale import PAGES

KINDS = {"overview": ("/", "/?"), "search": ("/search",), "lists": ("/",)}
ROWS = 5000


def main() -> None:
    """Serve, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="a ledger made by scale.py")
    parser.add_argument("--users", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds that a person reads a page")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--role", choices=["serve", "import"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ |= {"LIANTU_HOME": str(options.home), "LIANTU_SPACE": "scale"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liantu.workbench.settings")
    if options.role:
        {"serve": serve, "import": imports}[options.role](options.home)
        return
    import django

    django.setup()
    result = measure(options)
    if options.json:
        print(json.dumps(result, ensure_ascii=False))
        return
    print(
        f"{result['engine']}: {result['requests']} requests, {result['errors']} errors, {result['imports']} imports meanwhile"
    )
    for kind in KINDS:
        print(f"{kind:9} p50 {result[kind]['p50']:7.1f}  p95 {result[kind]['p95']:7.1f} ms of {result[kind]['n']}")
    print(
        f"peer: LIKE over the sentences p50 {result['like']['p50']} ms, the search of the same words {result['alone']['p50']} ms"
    )
    print(f"server: {result['server_mb']} MB; load of the machine {result['load']}")


def serve(_home: Path) -> None:
    """The pages, on a port that is printed."""
    import socket

    import django

    django.setup()
    from liantu.server.web import serve as serve_pages

    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    sock.listen(64)
    print(sock.getsockname()[1], flush=True)
    serve_pages(sock)


def imports(home: Path) -> None:
    """Import a list and take it back, until killed; a line for each."""
    import django

    django.setup()
    from liantu.ledger.exchange import importing
    from liantu.ledger.services import undo_changes
    from liantu.server.reader import give_way

    give_way()
    path = home / "load.csv"
    run, turn = time.time_ns(), 0  # names that no earlier run, cut off in the middle, has left behind
    while True:
        turn += 1
        lines = [f"示例园区{run}第{turn}批{at}号项目,晋中市,签约,{at % 90 + 1}" for at in range(ROWS)]
        path.write_text("项目名称,所在市,阶段,总投资（亿元）\n" + "\n".join(lines) + "\n", encoding="utf-8")
        batch = importing.compare(importing.start_import("project", path, path.name, "load").pk)
        done = importing.write(batch.pk, "load")
        assert done.changes is not None
        undo_changes(done.changes.pk, "load")
        print(turn, flush=True)


def measure(options: Any) -> dict[str, Any]:
    """Everything that is printed."""
    from django.db import connection

    command = [sys.executable, __file__, "--home", str(options.home), "--role"]
    server = subprocess.Popen([*command, "serve"], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    address = f"http://127.0.0.1:{int(server.stdout.readline())}"
    cookie = session()
    importer = None
    try:
        ask(address, "/", cookie)  # `liantu up` computes the first page before anybody asks
        importer = subprocess.Popen([*command, "import"], stdout=subprocess.PIPE, text=True)
        times, errors = people(address, cookie, options)
        importer.terminate()
        assert importer.stdout is not None
        done = len(importer.stdout.read().splitlines())
        importer = None
        alone, like = peers(address, cookie)
        status = Path(f"/proc/{server.pid}/status").read_text()
        peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
    finally:
        server.terminate()
        if importer is not None:
            importer.terminate()
    result: dict[str, Any] = {"engine": connection.vendor, "users": options.users, "errors": errors, "imports": done}
    result["requests"] = sum(map(len, times.values()))
    for kind in KINDS:
        result[kind] = told([ms for path, each in times.items() if kind_of(path) == kind for ms in each])
    result["slowest"] = sorted(((round(max(v)), path) for path, v in times.items()), reverse=True)[:8]
    return result | {"alone": told(alone), "like": told(like), "server_mb": peak // 1024, "load": os.getloadavg()[0]}


def kind_of(path: str) -> str:
    """Overview, search or list."""
    if path == "/" or path.startswith("/?"):
        return "overview"
    return "search" if path.startswith("/search") else "lists"


def told(times: list[float]) -> dict[str, Any]:
    """Percentiles in ms."""
    if len(times) < 2:
        return {"n": len(times), "p50": 0.0, "p95": 0.0}
    cut = statistics.quantiles(times, n=100, method="inclusive")
    return {"n": len(times), "p50": round(cut[49], 1), "p95": round(cut[94], 1)}


def session() -> str:
    """The cookie of an administrator."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    user, _ = get_user_model().objects.get_or_create(username="scale", is_superuser=True)
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def ask(address: str, path: str, cookie: str) -> tuple[float, bool]:
    """Milliseconds of a request read to the end, and whether it was answered."""
    quoted = urllib.request.quote(path, safe="/?&=%-")
    began = time.perf_counter()
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address + quoted, headers={"Cookie": cookie}), timeout=60
        ) as answer:
            answer.read()
            good = answer.status == 200 and "/login" not in answer.url
    except (urllib.error.URLError, TimeoutError):
        good = False
    return (time.perf_counter() - began) * 1000, good


def people(address: str, cookie: str, options: Any) -> tuple[dict[str, list[float]], int]:
    """Let people read pages; milliseconds by page, and how many were not answered."""
    times: dict[str, list[float]] = {}
    errors = 0
    lock = threading.Lock()
    until = time.monotonic() + options.seconds

    def read(number: int) -> None:
        nonlocal errors
        chance = random.Random(number)
        time.sleep(chance.random() * options.pause)
        while time.monotonic() < until:
            path = chance.choice([*PAGES, "/", "/?region=140700"])
            ms, good = ask(address, path, cookie)
            with lock:
                times.setdefault(path, []).append(ms)
                errors += not good
            time.sleep(chance.uniform(0.5, 1.5) * options.pause)

    readers = [threading.Thread(target=read, args=(number,)) for number in range(options.users)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return times, errors


def peers(address: str, cookie: str) -> tuple[list[float], list[float]]:
    """The search of some words with nobody else there, and a plain LIKE for them, newest first, 100 rows."""
    from liantu.ledger.models import Statement

    alone, like = [], []
    for word in ("甲醇加注站", "石楼县", "不存在的词", "光", "比上年同期有所提高"):
        alone.append(ask(address, f"/search?q={word}&kind=sentence", cookie)[0])
        began = time.perf_counter()
        list(Statement.objects.filter(sentence__contains=word).order_by("-source__published", "pk").values("pk")[:100])
        like.append((time.perf_counter() - began) * 1000)
    return alone, like


if __name__ == "__main__":
    main()
