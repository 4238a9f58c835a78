"""What `pip install` brings is whole: data files, templates, translations, migrations and the example region."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    built = subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(target), str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    [path] = target.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel unpacked into a folder of its own, as pip would lay it out."""
    target = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "src", "examples/shanxi"], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a checkout: there is no list of files to compare with")
    wanted = {
        name.removeprefix("src/") if name.startswith("src/") else f"liantu/{name}"
        for name in listed.stdout.decode().split("\0")
        if name and (ROOT / name).is_file()
    }
    names = set(zipfile.ZipFile(wheel).namelist())
    assert not wanted - names
    assert any("/templates/" in name for name in names)
    assert any("/migrations/" in name for name in names)


def test_nothing_but_the_package_is_in_the_wheel(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"liantu"}


def test_an_installed_package_reads_its_own_example(installed: Path, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("LIANTU_", "DJANGO_"))}
    environment |= {"PYTHONPATH": str(installed), "LIANTU_HOME": str(tmp_path), "PYTHONIOENCODING": "utf-8"}

    def run(*arguments: str) -> str:
        command = [sys.executable, "-P", "-m", *arguments]
        done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    where = "import liantu.cli.up as up; print(up.example_folder())"
    folder = subprocess.run(
        [sys.executable, "-P", "-c", where], env=environment, capture_output=True, text=True, check=True
    )
    assert folder.stdout.strip().startswith(str(installed))
    assert "15 新增" in run("liantu", "up", "--once")
    assert "15 未变" in run("liantu", "up", "--once")
    assert "5623" in run("liantu", "export", "figures", "--format", "csv")
