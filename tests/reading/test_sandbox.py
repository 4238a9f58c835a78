"""Reading in a child process: whatever happens there, here it is one message and the next file is read."""

import ctypes
import os
import threading
import time
from pathlib import Path

import pytest

from liantu.reading import Document, Limits, SafeReader, UnreadableError, WorkerError, read_safely

TEXT = "晋中打造汽车产业\n\n来源：晋中日报 2024年10月5日\n\n截至9月底，累计推广甲醇汽车5623辆。\n".encode()


def behave(path: bytes, name: str | None) -> str:
    """A task that does what the file's text says."""
    match path.decode().strip():
        case "crash":
            ctypes.string_at(0)
        case "hang":
            time.sleep(60)
        case "exit":
            os._exit(3)
        case "eat":
            _ = bytearray(8 << 30)
        case "fail":
            raise KeyError("a mistake in the task")
        case "print":
            print("noise between the answers", flush=True)
    return f"{name}: {os.getpid()}"


BEHAVE = f"{behave.__module__}:behave"


def code(reader: SafeReader, deed: str) -> str:
    with pytest.raises(UnreadableError) as caught:
        reader.read(deed.encode(), f"{deed}.txt")
    assert f"{deed}.txt" in caught.value.problem.message_zh
    return caught.value.problem.code


def test_a_document_comes_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "新闻.txt"
    path.write_bytes(TEXT)
    document = read_safely(path)
    assert isinstance(document, Document)
    assert (document.title, document.publisher) == ("晋中打造汽车产业", "晋中日报")
    assert document.text.raw_span(0, 4) == (0, 4)


def test_problems_come_back_as_problems() -> None:
    with SafeReader() as reader:
        with pytest.raises(UnreadableError) as caught:
            reader.read(b"", "空.txt")
        assert caught.value.problem.code == "empty"
        assert reader.read(TEXT, "新闻.txt").title == "晋中打造汽车产业"


def test_limits_reach_the_child() -> None:
    with SafeReader(limits=Limits(text_bytes=10)) as reader, pytest.raises(UnreadableError) as caught:
        reader.read(TEXT, "新闻.txt")
    assert caught.value.problem.code == "too_large"


def test_one_child_serves_many_files() -> None:
    with SafeReader(task=BEHAVE) as reader:
        pids = {reader.read(b"well", "a") for _ in range(5)}
    assert len(pids) == 1
    assert pids != {f"a: {os.getpid()}"}


@pytest.mark.parametrize(
    ("deed", "expected"),
    [("crash", "crashed"), ("exit", "crashed"), ("hang", "timeout"), ("eat", "memory"), ("fail", "crashed")],
)
def test_after_a_disaster_the_next_file_is_read(deed: str, expected: str) -> None:
    limits = Limits(seconds=1.5, memory_bytes=1 << 30)
    with SafeReader(task=BEHAVE, limits=limits) as reader:
        reader.read(b"well", "a.txt")
        assert code(reader, deed) == expected
        assert reader.read(b"well", "b.txt").startswith("b.txt")


def test_what_a_library_prints_does_not_get_between_the_answers() -> None:
    with SafeReader(task=BEHAVE) as reader:
        assert reader.read(b"print", "a").startswith("a: ")
        assert reader.read(b"well", "b").startswith("b: ")


def test_threads_share_a_reader() -> None:
    found: list[str] = []
    with SafeReader(task=BEHAVE) as reader:
        threads = [
            threading.Thread(target=lambda n=n: found.append(reader.read(b"well", str(n)).split(":")[0]))
            for n in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(found) == [str(n) for n in range(8)]


@pytest.mark.parametrize("task", ["no.such.module:f", "liantu.reading:nothing", "no colon"])
def test_a_task_that_is_none_is_the_programmers_mistake(task: str) -> None:
    with SafeReader(task=task) as reader, pytest.raises(WorkerError):
        reader.read(TEXT, "a.txt")
