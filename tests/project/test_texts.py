"""What no file of the project may carry, and what every module must."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Put together from parts, so that this file does not hold what it looks for.
PACKAGE_HOSTS = re.compile(
    "|".join([r"pypi\." + "org", "python" + r"hosted\.org", r"files\.python", "simple" + r"/[a-z0-9-]+/"])
)
DEVELOPER_PATHS = re.compile(
    r"(?<![\w.~])/(?:" + "|".join(["work", "home/" + r"\w+", "Users/" + r"\w+", "root"]) + r")/\w"
)
LICENCE_TEXTS = {"LICENSE"}


def tracked_files() -> list[Path]:
    """Every file under version control; every file of the source tree where there is no version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
    folders = ("src", "tests", "docs", "benchmarks", "examples", "scripts")
    return [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]


def text_files() -> list[tuple[str, str]]:
    found = []
    for path in tracked_files():
        try:
            found.append((str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


@pytest.mark.parametrize(
    ("what", "pattern"), [("a package host", PACKAGE_HOSTS), ("a developer's path", DEVELOPER_PATHS)]
)
def test_no_text_names(what: str, pattern: re.Pattern[str]) -> None:
    guilty = [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in text_files()
        for number, line in enumerate(text.splitlines(), start=1)
        if name not in LICENCE_TEXTS and pattern.search(line)
    ]
    assert not guilty, f"{what} is named in:\n" + "\n".join(guilty)


def test_the_search_finds_what_it_looks_for() -> None:
    assert PACKAGE_HOSTS.search("--index-url https://pypi." + "org/simple")
    assert DEVELOPER_PATHS.search("see /" + "home/li/notes")
    assert not DEVELOPER_PATHS.search("see ~/work/main and /path/to/my/files")


def test_every_module_says_what_it_is_about() -> None:
    modules = sorted((ROOT / "src").rglob("*.py"))
    sources = {path: path.read_text(encoding="utf-8") for path in modules if "migrations" not in path.parts}
    # An empty file only marks a folder as a package and has nothing to say.
    silent = [
        str(p.relative_to(ROOT)) for p, text in sources.items() if text and not ast.get_docstring(ast.parse(text))
    ]
    assert modules and not silent, f"modules without a docstring: {silent}"
