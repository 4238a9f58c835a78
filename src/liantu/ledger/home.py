"""Where the ledger keeps its files: one folder for each document folder served, under LIANTU_HOME."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

DEFAULT_SPACE = "default"


def home() -> Path:
    """LIANTU_HOME, else `$XDG_DATA_HOME/liantu`, else `~/.local/share/liantu`."""
    chosen = os.environ.get("LIANTU_HOME")
    if chosen:
        return Path(chosen).expanduser()
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "liantu"


def registry_folder() -> Path:
    """Where the registry of this installation is kept."""
    return home() / "registry"


def space_name(folder: Path | str) -> str:
    """The name under which a document folder is kept: its own name, and a digest of its full path against namesakes."""
    path = Path(folder).expanduser().resolve()
    readable = re.sub(r"[^\w-]+", "-", path.name).strip("-") or "root"
    return f"{readable}-{hashlib.sha256(str(path).encode()).hexdigest()[:8]}"


def space() -> Path:
    """The folder of the document folder being served (`LIANTU_SPACE`, default `default`); made when missing."""
    name = os.environ.get("LIANTU_SPACE") or DEFAULT_SPACE
    if name in {".", ".."} or not re.fullmatch(r"[\w.-]+", name):
        raise ValueError(
            f"LIANTU_SPACE 只能用文字、数字、点、横线和下划线，现为 {name!r} / "
            f"LIANTU_SPACE may hold only letters, digits, dots, hyphens and underscores, not {name!r}"
        )
    folder = home() / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret_key(folder: Path) -> str:
    """The signing key kept in `folder`, made at the first start and readable by its owner alone."""
    path = folder / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(50))
    key = path.read_text(encoding="ascii").strip()
    if not key:
        raise ValueError(f"密钥文件是空的，请删除后重新启动：{path} / The secret key file is empty, delete it: {path}")
    return key
