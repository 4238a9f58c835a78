"""What the documentation shows is what happens: its commands are run, its links are followed.

A fenced block whose opening line is ```` ```console tested ```` is run from a folder that holds a copy of `examples/`:
each line that begins with `$ ` is a command that must succeed (one followed by `# fails` must not); the lines under it must occur
in what it prints, in that order, `…` standing for anything. A ```` ```python tested ```` block is run there too.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.cli.conftest import environment_at

from liantu.ledger.home import space_name

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "examples" / "shanxi" / "README.md"])
FENCE = re.compile(r"^```(console|python) tested[^\n]*\n(.*?)^```$", re.M | re.S)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*src=\"([^\"]+)\"")


@dataclass(frozen=True)
class Example:
    """One tested block: where it stands, its language, its lines."""

    place: str
    language: str
    text: str


def examples() -> list[Example]:
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in FENCE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(Example(f"{page.relative_to(ROOT)}:{line}", match[1], match[2]))
    return found


def steps(text: str) -> Iterator[tuple[str, bool, list[str]]]:
    """(command, whether it is to fail, lines it must print) of a console block."""
    command, expected = "", []
    for line in text.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, command.endswith("# fails"), expected
            command, expected = line[2:].rstrip(), []
        elif line.strip():
            expected.append(line.rstrip())
    if command:
        yield command, command.endswith("# fails"), expected


def assert_printed(expected: list[str], printed: str, place: str) -> None:
    at = 0
    for line in expected:
        pattern = r"[^\n]*".join(re.escape(" ".join(part.split())) for part in line.split("…"))
        match = re.compile(pattern).search(printed, at)
        assert match, f"{place}: this was not printed (after what came before it):\n{line}\n\nPrinted:\n{printed}"
        at = match.end()


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder as a reader of the documentation has it: the examples, and nothing in the ledger yet."""
    for name in ("shanxi", "registry", "lists"):
        shutil.copytree(ROOT / "examples" / name, tmp_path / "examples" / name)
    shutil.copytree(ROOT / "benchmarks", tmp_path / "benchmarks")
    return tmp_path


FIRST_START = ("README", "docs/getting-started")
"""Pages that begin with nothing at all; the others' ledger has its empty tables already, which takes seconds to make."""


@pytest.fixture(scope="session")
def empty_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger's database with nothing in it."""
    folder, home = tmp_path_factory.mktemp("empty"), tmp_path_factory.mktemp("empty-home")
    command = [sys.executable, "-m", "liantu", "up", "--once", str(folder)]
    subprocess.run(command, env=environment_at(home), check=True, capture_output=True, timeout=120)
    return home / space_name(folder) / "liantu.sqlite3"


@pytest.fixture
def environment(
    tmp_path_factory: pytest.TempPathFactory, desk: Path, empty_ledger: Path, example: Example
) -> dict[str, str]:
    kept = environment_at(tmp_path_factory.mktemp("home"))
    scripts = str(Path(sys.executable).parent)
    if not example.place.startswith(FIRST_START):
        space = Path(kept["LIANTU_HOME"]) / space_name(desk / "examples" / "shanxi")
        space.mkdir()
        shutil.copy(empty_ledger, space)
    path = os.pathsep.join((scripts, kept["PATH"]))
    return {**kept, "PATH": path}


@pytest.mark.slow
@pytest.mark.parametrize("example", examples(), ids=lambda example: example.place)
def test_the_examples_do_what_they_show(example: Example, desk: Path, environment: dict[str, str]) -> None:
    if example.language == "python":
        run = subprocess.run(
            [sys.executable, "-c", example.text], cwd=desk, env=environment, capture_output=True, text=True, timeout=120
        )
        assert run.returncode == 0, f"{example.place}\n{run.stderr}"
        return
    for command, fails, expected in steps(example.text):
        run = subprocess.run(
            ["bash", "-c", command],
            cwd=desk,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
        )
        printed = run.stdout + run.stderr
        assert (run.returncode != 0) == fails, f"{example.place}: `{command}` gave {run.returncode}\n{printed}"
        assert_printed(expected, re.sub(r"[ \t]+", " ", printed), example.place)


def test_there_are_examples_to_run() -> None:
    assert {example.language for example in examples()} == {"console", "python"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_inside_the_project_lead_somewhere(page: Path) -> None:
    broken = []
    for match in LINK.finditer(page.read_text(encoding="utf-8")):
        target = (match[1] or match[2]).split("#")[0]
        if target and "://" not in target and not (page.parent / target).exists():
            broken.append(target)
    assert not broken, f"{page.relative_to(ROOT)} links to {broken}"


@pytest.mark.parametrize(
    ("expected", "printed", "fits"),
    [
        (["共 3 条"], "读完\n共 3 条\n", True),
        (["a", "b"], "b\na\n", False),
        (["读了 … 个文件"], "读了 15 个文件\n", True),
        (["读了 … 个文件"], "读了\n15 个文件\n", False),
    ],
)
def test_what_counts_as_printed(expected: list[str], printed: str, fits: bool) -> None:
    if fits:
        assert_printed(expected, printed, "here")
    else:
        with pytest.raises(AssertionError):
            assert_printed(expected, printed, "here")


def test_the_decisions_are_all_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    missing = [page.name for page in folder.glob("*.md") if page.name != "README.md" and f"({page.name})" not in index]
    assert not missing, f"docs/decisions/README.md does not list {missing}"
