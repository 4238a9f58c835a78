"""Names of a whole register of firms, frozen on disk: opened in a moment, searched by the same rules as the growing index.

The growing index (`matching.NameIndex`) keeps a Python object for every name; a national register has millions. Here names and
ids lie in one block of bytes each, and the arrays of characters are mapped from their files: memory holds what is asked for.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import tempfile
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import enterprise
from .index import Form, gram_weight, grams
from .model import Named
from .uscc import is_uscc

VERSION = 1
"""Of the form of these files: others are made anew."""
_MET = 65_536
"""Forms, and their firms, that are remembered."""
_ARRAYS = ("held", "held_first", "forms", "first", "squared", "norms")


class FirmName(NamedTuple):
    """One name of a firm. `firm` is its key (the credit code where it is valid), `region` six digits or `""`."""

    firm: str
    name: str
    region: str


class _Texts:
    """Strings one after the other in one block of bytes."""

    def __init__(self, folder: Path, name: str) -> None:
        # Views of the files' memory: a piece of one costs a tenth of a piece of an array.
        self._bytes = memoryview(np.load(folder / f"{name}.npy", mmap_mode="r"))
        self._first = memoryview(np.load(folder / f"{name}_first.npy"))

    def __len__(self) -> int:
        return len(self._first) - 1

    def written(self, number: int) -> bytes:
        """The string as its bytes are."""
        return bytes(self._bytes[self._first[number] : self._first[number + 1]])

    def __getitem__(self, number: int) -> str:
        return str(self._bytes[self._first[number] : self._first[number + 1]], "utf-8")


class _TextsMade:
    """The same while they are written."""

    def __init__(self) -> None:
        self._bytes, self._first = bytearray(), array("q", [0])

    def add(self, text: str) -> None:
        self._bytes += text.encode()
        self._first.append(len(self._bytes))

    def save(self, folder: Path, name: str) -> None:
        np.save(folder / f"{name}.npy", np.frombuffer(bytes(self._bytes), np.uint8))
        np.save(folder / f"{name}_first.npy", np.array(self._first, np.int64))


def freeze(folder: Path, names: Iterable[FirmName]) -> None:
    """Writes the index of `names` into `folder`, which appears when it is whole.

    The names of one firm come one after the other, the present one first; firms in the order of their keys' bytes.

    Raises ValueError when they do not.
    """
    fresh = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
    try:
        _write(fresh, names)
        if not is_frozen(folder):  # another process may have been quicker
            shutil.rmtree(folder, ignore_errors=True)
            os.replace(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _write(folder: Path, names: Iterable[FirmName]) -> None:
    from .compiled import Arrays  # late: its compiler takes a second to load

    firms, texts = _TextsMade(), _TextsMade()
    firm_of, first_of, regions = array("i"), array("i"), array("i")
    held, held_first, hashes = array("i"), array("q", [0]), array("I")
    numbers: dict[str, int] = {}
    before = ""
    for firm, name, region in names:
        if firm != before or not first_of:
            if firm.encode() < before.encode():
                raise ValueError(f"firms must come in order: {firm} after {before}")
            before = firm
            firms.add(firm)
            first_of.append(len(firm_of))
            regions.append(int(region) if region.isdigit() else 0)
        firm_of.append(len(first_of) - 1)
        texts.add(name)
        key = enterprise.key(name)
        hashes.append(zlib.crc32(key.encode()))
        held.extend(numbers.setdefault(gram, len(numbers)) for gram in grams(key))
        held_first.append(len(held))
    first_of.append(len(firm_of))
    words = list(numbers)

    def weights(seen: NDArray[np.int64]) -> list[float]:
        return [gram_weight(gram, int(n), len(firm_of)) for gram, n in zip(words, seen, strict=True)]

    made = Arrays.of(np.array(held, np.int32), np.array(held_first, np.int64), len(words), weights)
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(made, name))
    order = np.argsort(np.array(hashes, np.uint32), kind="stable").astype(np.int32)
    np.save(folder / "by_key.npy", order)
    np.save(folder / "key_hashes.npy", np.array(hashes, np.uint32)[order])
    np.save(folder / "firm_of.npy", np.array(firm_of, np.int32))
    np.save(folder / "first_of.npy", np.array(first_of, np.int32))
    np.save(folder / "regions.npy", np.array(regions, np.int32))
    firms.save(folder, "firms")
    texts.save(folder, "names")
    (folder / "index.json").write_text(json.dumps({"version": VERSION, "grams": words}, ensure_ascii=False), "utf-8")


def is_frozen(folder: Path) -> bool:
    """Whether `folder` holds an index that this version of the program reads."""
    try:
        with (folder / "index.json").open(encoding="utf-8") as file:
            return file.read(32).startswith(f'{{"version": {VERSION},')
    except OSError:
        return False


class _Grams:
    """Forms by the characters they are made of, as `index.GramIndex` gives them."""

    def __init__(self, folder: Path, texts: _Texts, firms: _Texts, firm_of: memoryview) -> None:
        from .compiled import Arrays, CompiledGrams

        said = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        numbers = {gram: number for number, gram in enumerate(said["grams"])}
        arrays = Arrays(*(np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _ARRAYS))
        self._compiled = CompiledGrams(numbers, arrays)
        self._texts, self._firms, self._firm_of = texts, firms, firm_of
        self._hashes = memoryview(np.load(folder / "key_hashes.npy", mmap_mode="r"))
        self._by_key = memoryview(np.load(folder / "by_key.npy", mmap_mode="r"))
        self.weight = lru_cache(maxsize=200_000)(self._weight)
        self._form = lru_cache(maxsize=_MET)(self._make)
        self.met: dict[str, int] = {}
        """Where firms stand whose names were found lately, so that they need not be looked for by their keys."""

    def _weight(self, gram: str) -> float:
        return gram_weight(gram, self._compiled.count(gram), len(self._texts))

    def _make(self, number: int) -> Form:
        name, owner = self._texts[number], self._firm_of[number]
        firm = self._firms[owner]
        if len(self.met) >= _MET:
            self.met.clear()
        self.met[firm] = owner
        return Form(firm, name, enterprise.key(name))

    def nearest(self, key: str, limit: int = 40) -> list[tuple[float, Form]]:
        """Up to `limit` forms that share characters with `key`, with their cosine, nearest first."""
        asked = grams(key)
        norm = math.sqrt(sum(self.weight(gram) ** 2 for gram in asked))
        return [(cosine, self._form(number)) for cosine, number in self._compiled.nearest(asked, norm, limit)]

    def exact(self, key: str) -> tuple[Form, ...]:
        """The forms with exactly this key."""
        asked = zlib.crc32(key.encode())
        low = bisect_left(self._hashes, asked)
        high = bisect_right(self._hashes, asked, low)
        found = map(self._form, self._by_key[low:high])
        return tuple(form for form in found if form.key == key)


class FrozenNames:
    """The firms of a register, ready for `best_match`; read only."""

    def __init__(self, folder: Path) -> None:
        self._firms, texts = _Texts(folder, "firms"), _Texts(folder, "names")
        self._texts = texts
        self._first_of = memoryview(np.load(folder / "first_of.npy", mmap_mode="r"))
        self._regions = memoryview(np.load(folder / "regions.npy", mmap_mode="r"))
        self.grams = _Grams(folder, texts, self._firms, memoryview(np.load(folder / "firm_of.npy", mmap_mode="r")))

    def __len__(self) -> int:
        return len(self._firms)

    def _number(self, firm: str) -> int:
        """Where a firm stands; -1 for one that is not there."""
        if (known := self.grams.met.get(firm)) is not None:
            return known
        wanted, written = firm.encode(), self._firms.written
        at = bisect_left(range(len(self._firms)), wanted, key=written)
        return at if at < len(self._firms) and written(at) == wanted else -1

    def __contains__(self, firm: object) -> bool:
        return isinstance(firm, str) and self._number(firm) >= 0

    def named(self, firm: str) -> Named:
        """A firm with its present and former names, its code and region. Raises KeyError for an unknown one."""
        number = self._number(firm)
        if number < 0:
            raise KeyError(firm)
        present, *former = (self._texts[n] for n in range(self._first_of[number], self._first_of[number + 1]))
        context = {"uscc": firm} if is_uscc(firm) else {}
        if region := self._regions[number]:
            context["region"] = f"{region:06d}"
        return Named(present, tuple(former), context)

    def by_strong_key(self, key: str) -> str:
        """The firm with this credit code, `""` for none."""
        return key if key in self else ""
