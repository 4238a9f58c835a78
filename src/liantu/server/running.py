"""One `liantu up` at a time on one ledger."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: two starts on one folder are caught by the port instead
    fcntl = None  # type: ignore[assignment]

FILE_NAME = "running"


class AlreadyRunningError(RuntimeError):
    """The ledger is being served; `address` says where."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@contextmanager
def claimed(space: Path, address: str) -> Iterator[None]:
    """Holds the ledger kept in `space` for this process, and leaves `address` for the next one to find.

    The operating system lets go of it however the process ends. Raises `AlreadyRunningError`.
    """
    descriptor = os.open(space / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if fcntl is not None:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise AlreadyRunningError(os.read(descriptor, 200).decode("utf-8", "replace").strip()) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, address.encode(), 0) if hasattr(os, "pwrite") else os.write(descriptor, address.encode())
        yield
    finally:
        os.close(descriptor)
