"""The same reading as a Spark job, on a Spark inside this machine: not a byte differs."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from bulk.conftest import Run
from bulk.material import document, write
from liantu.bulk.spark import SparkMissingError, check_spark

HAS_SPARK = find_spec("pyspark") is not None


def can_run_spark() -> bool:
    """Whether the extra and Java are installed."""
    try:
        check_spark()
    except SparkMissingError:
        return False
    return True


needs_spark = pytest.mark.skipif(
    not can_run_spark(), reason="needs PySpark (the extra `spark`) and Java 17 or later; one of them is not installed"
)


def read(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "liantu", "read", *map(str, words)]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, check=False)


@needs_spark
@pytest.mark.slow
def test_findings_and_journal_are_those_of_the_local_engine(undisturbed: Run, tmp_path: Path) -> None:
    output = tmp_path / "findings.jsonl"
    result = read(undisturbed.folder, "--engine", "spark", "-j", "2", "-o", output)
    assert result.returncode == 1, result.stderr.decode()  # some files cannot be read, and are named
    assert "断5.docx" in result.stderr.decode()
    assert output.read_bytes() == undisturbed.findings
    assert (tmp_path / "findings.files.jsonl").read_bytes() == undisturbed.journal


@needs_spark
@pytest.mark.slow
def test_to_standard_output(undisturbed: Run) -> None:
    assert read(undisturbed.folder, "--engine", "spark").stdout == undisturbed.findings


@needs_spark
@pytest.mark.slow
def test_either_engine_goes_on_where_the_other_stopped(tmp_path: Path) -> None:
    folder = write(tmp_path / "材料", {f"{n}.txt": document(n).encode() for n in range(40)})
    output, whole = tmp_path / "findings.jsonl", tmp_path / "whole.jsonl"
    assert read(folder, "-j", "2", "-o", whole).returncode == 0
    lines = whole.read_bytes().splitlines(keepends=True)
    journal = (tmp_path / "whole.files.jsonl").read_bytes().replace(b'"whole.jsonl"', b'"findings.jsonl"')
    output.write_bytes(b"".join(lines[:20]) + lines[20][:100])
    (tmp_path / "findings.files.jsonl").write_bytes(b"".join(journal.splitlines(keepends=True)[:22]))
    result = read(folder, "--engine", "spark", "-o", output)
    assert result.returncode == 0, result.stderr.decode()
    assert "20 of them before" in result.stderr.decode()
    assert output.read_bytes() == whole.read_bytes()


@needs_spark
@pytest.mark.slow
def test_a_spark_that_cannot_be_reached_is_one_sentence(tmp_path: Path) -> None:
    folder = write(tmp_path / "材料", {"1.txt": document(1).encode()})
    result = read(folder, "--engine", "spark", PYSPARK_SUBMIT_ARGS="--master nonsense pyspark-shell")
    assert result.returncode == 1
    assert "读取没有完成" in result.stderr.decode()
    assert "Traceback" not in result.stderr.decode()


@pytest.mark.skipif(HAS_SPARK, reason="PySpark is installed")
def test_without_the_extra_the_command_says_how_to_get_it(tmp_path: Path) -> None:
    folder = write(tmp_path / "材料", {"1.txt": document(1).encode()})
    result = read(folder, "--engine", "spark")
    assert result.returncode == 1
    [sentence] = result.stderr.decode().splitlines()
    assert 'pip install "liantu[spark]"' in sentence


@pytest.mark.skipif(not HAS_SPARK, reason="PySpark is not installed")
def test_without_java_the_command_says_what_is_missing(tmp_path: Path) -> None:
    folder = write(tmp_path / "材料", {"1.txt": document(1).encode()})
    result = read(folder, "--engine", "spark", JAVA_HOME=str(tmp_path / "no java"))
    assert result.returncode == 1
    [sentence] = result.stderr.decode().splitlines()
    assert "Java 17" in sentence
