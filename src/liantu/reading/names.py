"""File names as they may be shown and stored."""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffd\ud800-\udfff]")
_LONGEST = 150
_BYTES = 255  # of a name, that file systems keep


def safe_name(name: str) -> str:
    """A bare file name: no folders, no control or direction characters, not empty, not endless."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/")
    name = _UNSAFE.sub("", name).strip()
    parts = [part for part in name.split("/") if part.strip(". ")]
    name = parts[-1].strip() if parts else ""
    name = re.sub(r'[<>:"|?*]', "_", name)
    if len(name) > _LONGEST or len(name.encode()) > _BYTES:
        stem, dot, ending = name.rpartition(".")
        ending = f".{ending[:10]}" if dot else ""
        name = _first_bytes((stem or name)[: _LONGEST - len(ending)], _BYTES - len(ending.encode())) + ending
    return name or "未命名"


def _first_bytes(text: str, most: int) -> str:
    """As many characters from the start as fit into so many bytes."""
    return text.encode()[:most].decode("utf-8", "ignore")
