"""One folder for all tests of reading many files, and what a run over it must give."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from bulk.material import mixed, write
from liantu.bulk import LocalEngine, journal_path, read_folders


class Run(NamedTuple):
    """A folder, and the findings and the journal of a run over it that nothing disturbed."""

    folder: Path
    findings: bytes
    journal: bytes


@pytest.fixture(scope="package")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """30 files read by one worker."""
    desk = tmp_path_factory.mktemp("bulk")
    folder = write(desk / "材料", mixed(30))
    output = desk / "findings.jsonl"
    read_folders([folder], output, LocalEngine(1))
    return Run(folder, output.read_bytes(), journal_path(output).read_bytes())
