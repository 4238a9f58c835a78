"""Packages that `make peers` puts into a folder of its own: found by tests, never by the product."""

from __future__ import annotations

import importlib
import sys
import warnings
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(sys.prefix) / "peers"


def peer(module: str, package: str, version: str) -> Any:
    """The module, at the version with which it was compared; the test is skipped, saying why, where there is none."""
    if not FOLDER.is_dir():
        pytest.skip(f"{package} {version} is not installed; `make peers` installs it")
    found = {d.metadata["Name"].lower(): d.version for d in distributions(path=[str(FOLDER)])}
    if found.get(package.lower()) != version:
        pytest.skip(f"{package} is {found.get(package.lower(), 'absent')}, compared with {version}; `make peers`")
    if str(FOLDER) not in sys.path:
        sys.path.append(str(FOLDER))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(module)
