"""File names as they may be shown and stored."""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffd\ud800-\udfff]")
_LONGEST = 150


def safe_name(name: str) -> str:
    """A bare file name: no folders, no control or direction characters, not empty, not endless."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/")
    name = _UNSAFE.sub("", name).strip()
    parts = [part for part in name.split("/") if part.strip(". ")]
    name = parts[-1].strip() if parts else ""
    name = re.sub(r'[<>:"|?*]', "_", name)
    if len(name) > _LONGEST:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: _LONGEST - 12]}.{ending[:10]}" if dot else name[:_LONGEST]
    return name or "未命名"
