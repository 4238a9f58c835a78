"""A folder that people and programs write to while it is being followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from liantu.server.watching import FolderWatch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "已有.txt").write_text("晋中市推广甲醇汽车5623辆。", encoding="utf-8")
    return tmp_path


@pytest.fixture
def watch(folder: Path) -> FolderWatch:
    watch = FolderWatch(lambda: folder.glob("*.txt"))
    watch.remember()
    return watch


def test_nothing_new_in_a_quiet_folder(watch: FolderWatch) -> None:
    assert watch.look() == ([], [])


def test_a_dropped_file_is_told_of_once_when_it_has_settled(watch: FolderWatch, folder: Path) -> None:
    dropped = folder / "新到.txt"
    dropped.write_text("建成加注站58座。", encoding="utf-8")
    assert watch.look() == ([], [])
    assert watch.look() == ([dropped], [])
    assert watch.look() == ([], [])


def test_a_file_that_still_grows_is_left_alone(watch: FolderWatch, folder: Path) -> None:
    growing = folder / "正在复制.txt"
    with growing.open("w", encoding="utf-8") as out:
        for part in ("第一段。", "第二段。", "第三段。"):
            out.write(part)
            out.flush()
            assert watch.look() == ([], [])
            assert watch.is_busy
    assert watch.look() == ([growing], [])
    assert not watch.is_busy


def test_a_changed_file_is_told_of_again(watch: FolderWatch, folder: Path) -> None:
    changed = folder / "已有.txt"
    changed.write_text("晋中市推广甲醇汽车6000辆，建成加注站60座。", encoding="utf-8")
    watch.look()
    assert watch.look() == ([changed], [])


def test_a_removed_file_is_told_of_as_gone(watch: FolderWatch, folder: Path) -> None:
    removed = folder / "已有.txt"
    removed.unlink()
    assert watch.look() == ([], [removed])
    assert watch.look() == ([], [])


def test_a_file_that_vanishes_before_it_settles_is_never_told_of(watch: FolderWatch, folder: Path) -> None:
    fleeting = folder / "临时.txt"
    fleeting.write_text("x", encoding="utf-8")
    watch.look()
    fleeting.unlink()
    assert watch.look() == ([], [])


def test_without_remembering_everything_is_new(folder: Path) -> None:
    watch = FolderWatch(lambda: folder.glob("*.txt"))
    watch.look()
    assert watch.look() == ([folder / "已有.txt"], [])
