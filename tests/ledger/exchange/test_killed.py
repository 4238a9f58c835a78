"""The process is killed while an import is written: nothing of it is in, and the next one writes all of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

ROWS = 400
SCRIPT = """
import os, signal, sys
from liantu.server.space import open_space, migrate
open_space(None); migrate()
from pathlib import Path
from liantu.ledger.exchange import importing
from liantu.ledger.models import ChangeSet, Import, ProjectView, RowChange
if sys.argv[1] == "compare":
    print(importing.compare(importing.start_import("project", Path(sys.argv[2]), "名单.xlsx", "李明").pk).pk)
elif sys.argv[1] == "count":
    print(ProjectView.objects.count(), ChangeSet.objects.count(), RowChange.objects.count())
else:
    left = int(sys.argv[3])
    def hear(done, total):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    importing.write(int(sys.argv[2]), "李明", progress=hear)
"""


@pytest.mark.slow
@pytest.mark.parametrize("step", [1, 2])
def test_all_of_it_or_nothing(tmp_path: Path, step: int) -> None:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LIANTU_", "DJANGO_", "DATABASE_"))}

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", SCRIPT, *map(str, words)]
        return subprocess.run(
            command, env={**kept, "LIANTU_HOME": str(tmp_path)}, capture_output=True, text=True, check=False
        )

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["项目名称", "所在市", "阶段", "总投资（亿元）"])
    for at in range(ROWS):
        sheet.append([f"示例第{at}号项目", "晋中市", "签约", at])
    book.save(tmp_path / "名单.xlsx")
    number = run("compare", tmp_path / "名单.xlsx").stdout.strip()
    assert number.isdigit()
    killed = run("write", number, step)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert run("count").stdout.split() == ["0", "0", "0"]
    assert run("write", number, 0).returncode == 0
    assert run("count").stdout.split() == [str(ROWS), "1", str(ROWS)]
