"""The way there and back of a long list: dry run, commit, export, a second dry run with differences and its commit; time and memory.

    python benchmarks/exchange.py [--rows 100000] [--json]
    DATABASE_URL=postgres://… python benchmarks/exchange.py

Makes a workbook of projects with 12 columns (8 that the list has, 4 that it has not), each third with an owner of its own,
imports it into an empty ledger, exports the list for editing, changes a cell in every row, and brings it back. Each step runs
in a process of its own, so that its memory is its own; `worker` is the largest of its children (workbooks are read apart).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SEED = 11
HEADERS = [
    "项目名称",
    "阶段",
    "总投资（亿元）",
    "所在市",
    "所在区县",
    "建设单位",
    "产业链",
    "备注",
    "联系人",
    "电话",
    "序号",
    "填报单位",
]
MEANT = {"备注": "", "联系人": "", "电话": "", "序号": "", "填报单位": ""}
PLACES = [
    ("晋中市", "寿阳县"),
    ("晋中市", "榆次区"),
    ("忻州市", "定襄县"),
    ("太原市", "小店区"),
    ("长治市", "潞城区"),
    ("运城市", "盐湖区"),
]
STAGES = ["签约", "备案", "开工", "在建", "投产", "达产"]
CHAINS = ["光伏", "氢能", "特钢材料", "新能源汽车", "现代医药", "铝镁精深加工"]
STEPS = ("dry_run", "commit", "export", "change", "dry_run_again", "commit_again")


def main() -> None:
    """Run the steps one after the other, each in a process of its own, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--home", type=Path, help="where the ledger and the workbooks lie (default: a new folder)")
    parser.add_argument("--profile", help="also print where this step spends its time")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--step", choices=[*STEPS, "make"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    home = options.home or Path(tempfile.mkdtemp(prefix="liantu-exchange-"))
    os.environ |= {"LIANTU_HOME": str(home), "LIANTU_SPACE": "exchange"}
    if options.step:
        print(json.dumps(run(options.step, home, options.rows, options.profile)))
        return
    result: dict[str, Any] = {"rows": options.rows}
    for step in ("make", *STEPS):
        command = [sys.executable, __file__, "--rows", str(options.rows), "--home", str(home), "--step", step]
        if options.profile == step:
            command += ["--profile", step]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        result[step] = json.loads(done.stdout.splitlines()[-1])
        if not options.json:
            told = result[step]
            print(
                f"{step:14} {told['wall_s']:8.1f} s  {told['cpu_s']:8.1f} s of CPU {told['mb']:8.0f} MB, worker {told['worker_mb']:6.0f} MB  {told['said']}"
            )
    if options.json:
        print(json.dumps(result, ensure_ascii=False))


def run(step: str, home: Path, rows: int, profile: str | None) -> dict[str, Any]:
    """One step; what it took."""
    from liantu.server.space import migrate, open_space

    open_space(None)
    migrate()
    began, cpu = time.perf_counter(), time.process_time()
    if profile:
        import cProfile
        import pstats

        watch = cProfile.Profile()
        said = watch.runcall(globals()[step], home, rows)
        pstats.Stats(watch, stream=sys.stderr).sort_stats("cumulative").print_stats(60)
        pstats.Stats(watch, stream=sys.stderr).sort_stats("tottime").print_stats(40)
    else:
        said = globals()[step](home, rows)
    wall, spent = time.perf_counter() - began, time.process_time() - cpu
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "said": said,
        "wall_s": round(wall, 1),
        "cpu_s": round(spent + children.ru_utime + children.ru_stime, 1),
        "mb": round(peak_kilobytes() / 1024),
        "worker_mb": round(children.ru_maxrss / 1024),
    }


def make(home: Path, rows: int) -> str:
    """The office's workbook."""
    import xlsxwriter

    chance = random.Random(SEED)
    with xlsxwriter.Workbook(home / "名单.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet("项目")
        sheet.write_row(0, 0, HEADERS)
        for at in range(rows):
            city, county = PLACES[at % len(PLACES)]
            chain = chance.choice(CHAINS)
            name = f"{county}{chain}第{at}号示例项目"
            owner = f"山西示例{county[:-1]}{at // 3}号实业有限公司"
            told = [name, chance.choice(STAGES), chance.randint(1, 9000) / 100, city, county, owner, chain]
            sheet.write_row(at + 1, 0, [*told, f"备注{at}", f"联系人{at % 97}", "0354-0000000", at + 1, "示例单位"])
    return "名单.xlsx"


def dry_run(home: Path, rows: int) -> str:
    """Compare the office's workbook with the empty ledger."""
    return _compared("名单.xlsx", home)


def commit(home: Path, rows: int) -> str:
    """Write it."""
    return _written(rows)


def export(home: Path, rows: int) -> str:
    """The list as it goes out."""
    from liantu.ledger.exchange.lists import LISTS
    from liantu.ledger.models import ProjectView
    from liantu.reporting.exchange import exchange_xlsx

    listed = LISTS["project"]
    data = exchange_xlsx(listed, listed.read(ProjectView.objects.order_by("-recency", "entity")))
    (home / "导出.xlsx").write_bytes(data)
    return f"{len(data) / 1e6:.1f} MB"


def change(home: Path, rows: int) -> str:
    """Edit a cell of every row, as somebody does in Excel."""
    import xlsxwriter
    from openpyxl import load_workbook

    source = load_workbook(home / "导出.xlsx", read_only=True)
    with xlsxwriter.Workbook(home / "改.xlsx", {"constant_memory": True, "strings_to_formulas": False}) as book:
        for sheet in source:
            made = book.add_worksheet(sheet.title)
            if sheet.sheet_state != "visible":
                made.hide()
            at = None
            for number, row in enumerate(sheet.iter_rows(values_only=True)):
                values = list(row)
                if number == 0:
                    at = next((i for i, v in enumerate(values) if v and "总投资" in str(v)), None)
                elif at is not None:
                    values[at] = round((values[at] or 0) + 1, 2)
                made.write_row(number, 0, ["" if v is None else v for v in values])
    return "改.xlsx"


def dry_run_again(home: Path, rows: int) -> str:
    """Compare the edited list with the full ledger: every row differs."""
    return _compared("改.xlsx", home)


def commit_again(home: Path, rows: int) -> str:
    """Write the changes."""
    return _written(rows)


def _compared(name: str, home: Path) -> str:
    from liantu.ledger.exchange import importing

    batch = importing.start_import("project", home / name, name, "示例")
    importing.say_headers(batch.pk, MEANT, "示例")
    done = importing.compare(batch.pk)
    return f"{done.state} { {k: v for k, v in importing.counts(done).items() if v} }"


def _written(rows: int) -> str:
    from liantu.ledger.exchange import importing
    from liantu.ledger.models import Import, ProjectView

    batch = Import.objects.order_by("-pk")[0]
    done = importing.write(batch.pk, "示例")
    if ProjectView.objects.count() != rows:
        raise SystemExit(f"{ProjectView.objects.count()} projects, not {rows}")
    changes = done.changes
    return f"{changes.n_added} added, {changes.n_changed} changed" if changes else "nothing"


def peak_kilobytes() -> int:
    """Peak resident memory of this process alone."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
