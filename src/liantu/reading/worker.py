"""The child process of the sandbox: one job after another from standard input, answers to standard output.

A message is a pickled object behind its length in eight bytes. The first message is (task, limits); each later one is
(`TASK` or `CONTENTS`, path or bytes or member, name) and is answered by ("done", result), ("problem", Problem),
("memory", "") or ("error", traceback). While a long job goes on page by page, each page is told by ("going_on", "").
"""

from __future__ import annotations

import inspect
import os
import pickle
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO

from liantu.reading.limits import Limits
from liantu.reading.model import UnreadableError

TASK, CONTENTS = "task", "contents"
"""What is asked for of a file: the task's result, or the documents it holds."""

_LENGTH = struct.Struct(">Q")


def send(stream: BinaryIO, message: object) -> None:
    """Write one message."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read one message; EOFError when the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


def resolve(task: str) -> Callable[..., Any]:
    """The function that `package.module:function` names."""
    module, colon, name = task.partition(":")
    if not colon:
        raise ValueError(f"a task is written package.module:function, not {task!r}")
    function = getattr(import_module(module), name)
    if not callable(function):
        raise TypeError(f"{task} is no function")
    return function  # type: ignore[no-any-return]


def main() -> None:
    """Serve jobs until standard input ends."""
    inward = sys.stdin.buffer
    # Whatever a library prints must not get between the answers.
    outward = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer: it ends the child as it sees fit
    task, limits = receive(inward)
    _limit_memory(limits)
    try:
        function = resolve(task)
    except Exception:
        send(outward, ("error", traceback.format_exc()))
        return
    extra = {"limits": limits} if "limits" in inspect.signature(function).parameters else {}
    from liantu.reading.bundle import contents_of
    from liantu.reading.ticking import on_tick

    on_tick(lambda: _go_on(outward, limits))
    send(outward, ("ready", ""))
    while True:
        try:
            job, path, name = receive(inward)
        except EOFError:
            return
        _limit_time(limits)
        if job == CONTENTS:
            send(outward, _answer(contents_of, path, name, {"limits": limits}))
        else:
            send(outward, _answer(function, path, name, extra))


def _go_on(outward: BinaryIO, limits: Limits) -> None:
    _limit_time(limits)
    send(outward, ("going_on", ""))


def _answer(function: Callable[..., Any], path: Any, name: str | None, extra: dict[str, Any]) -> tuple[str, Any]:
    try:
        return "done", function(path, name, **extra)
    except UnreadableError as error:
        return "problem", error.problem
    except MemoryError:
        return "memory", ""
    except Exception:
        return "error", traceback.format_exc()


def _limit_memory(limits: Limits) -> None:
    """Limit the address space, and write no core files; a system without such limits goes without."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = limits.memory_bytes if hard == resource.RLIM_INFINITY else min(limits.memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def _limit_time(limits: Limits) -> None:
    """Processor time for one job, in case the parent that watches the clock is gone."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + 2 * limits.seconds) + 2, hard))
