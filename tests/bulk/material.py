"""Folders to read: small documents, each with its own figures, and files that cannot be read."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Mapping
from pathlib import Path

CITIES = ("晋中市", "阳泉市", "太原市", "大同市", "长治市")


def document(seed: int) -> str:
    """A few sentences with figures that no other seed has."""
    chance = random.Random(seed)
    city = CITIES[seed % len(CITIES)]
    lines = [f"{city}项目建设通报", f"2024年{1 + seed % 12}月5日 来源：{city[:-1]}日报"]
    for _ in range(1 + seed % 4):
        lines.append(f"{city}新开工项目{chance.randint(2, 999)}个，总投资{chance.randint(10, 9999)}亿元。")
    return "\n".join(lines) + "\n"


def archive(seed: int) -> bytes:
    """A zip of two documents and a picture."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name, content in (("一.txt", document(seed)), ("二.md", "# 通报\n\n" + document(seed + 1)), ("图.gif", "")):
            target.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def mixed(count: int) -> dict[str, bytes]:
    """`count` files by their paths in the folder: texts in several folders, archives, and some that cannot be read."""
    files: dict[str, bytes] = {}
    for number in range(count):
        folder = ("", "二季度/", "二季度/县区/", "二季度.旧/")[number % 4]
        if number % 11 == 5:
            files[f"{folder}断{number}.docx"] = b"PK\x03\x04" + bytes(200)
        elif number % 11 == 7:
            files[f"{folder}包{number}.zip"] = archive(number)
        elif number % 11 == 9:
            files[f"{folder}空{number}.txt"] = b""
        else:
            files[f"{folder}通报{number}.txt"] = document(number).encode()
    return files


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Puts `files` into `folder`."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
