"""Text that both engines can store: no NUL, no half of a surrogate pair. Lengths stay, so offsets do."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TypeVar

UNSTORABLE = re.compile("[\0\ud800-\udfff]")

T = TypeVar("T")


def storable(value: T) -> T:
    """The value with each character that cannot be stored replaced by U+FFFD, in lists and dictionaries too."""
    if isinstance(value, str):
        return UNSTORABLE.sub("\ufffd", value)  # type: ignore[return-value]
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}  # type: ignore[return-value]
    if isinstance(value, list | tuple):
        return type(value)(storable(item) for item in value)
    return value


def path_text(path: Path | str) -> str:
    """A path as the ledger keeps it: bytes that are no UTF-8 show as U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")
