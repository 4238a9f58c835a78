"""The lock files say exactly what pyproject.toml asks for, and nothing of where it was fetched."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]]
EXTRAS = PROJECT["project"]["optional-dependencies"]
SCANS = [*RUNTIME, *EXTRAS["ocr"]]
CASES = [
    ("requirements.lock", RUNTIME),
    ("requirements-ocr.lock", SCANS),
    ("requirements-dev.lock", [*SCANS, *EXTRAS["dev"]]),
]


def locked(name: str) -> list[tuple[Requirement, list[str]]]:
    """Each pinned requirement of a lock file with its hashes."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    rows = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(Requirement(re.split(r"\s--hash", row)[0]), re.findall(r"--hash=(\S+)", row)) for row in rows]


@pytest.mark.parametrize(("name", "wanted"), CASES)
def test_every_dependency_is_locked_at_a_version_it_allows(name: str, wanted: list[str]) -> None:
    pins: dict[str, list[str]] = {}
    for requirement, _ in locked(name):
        [pin] = requirement.specifier
        assert pin.operator == "==", f"{requirement} is not pinned"
        pins.setdefault(canonicalize_name(requirement.name), []).append(pin.version)
    for requirement in map(Requirement, wanted):
        versions = pins.get(canonicalize_name(requirement.name))
        assert versions, f"{requirement.name} is not in {name}: run `make lock`"
        assert all(requirement.specifier.contains(version) for version in versions), (
            f"{name}: {requirement} is at {versions}"
        )


@pytest.mark.parametrize("name", [name for name, _ in CASES])
def test_every_pin_carries_its_hashes(name: str) -> None:
    for requirement, hashes in locked(name):
        assert hashes, f"{requirement} has no hash in {name}"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in hashes)


@pytest.mark.parametrize("name", [name for name, _ in CASES])
def test_a_lock_file_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--extra|--find-links|@ ", text)


def test_tests_run_on_what_users_run_on() -> None:
    runtime = {(r.name, str(r.specifier), str(r.marker)) for r, _ in locked("requirements.lock")}
    for name in ("requirements-ocr.lock", "requirements-dev.lock"):
        assert runtime <= {(r.name, str(r.specifier), str(r.marker)) for r, _ in locked(name)}
