"""Words and the classes they tell, by what a firm does with the thing: ours as data, the standard's own names, the office's files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from liantu.vocabulary.tables import Table, read_table, read_toml

from ..own_words import read_own_table
from ..scan import Scanner
from ..segments.dictionary import verb_numbers, verb_of
from .standard import industries

_PACKAGE = "liantu.registry"
DEEDS = ("make", "wholesale", "retail", "serve")
"""What is done with a thing, in the order of `IndustryWords.code`."""
MAKE, WHOLESALE, RETAIL, SERVE = range(len(DEEDS))
WORD_COLUMNS = ("word", *DEEDS, "any", "strength", "source")
STRENGTHS = ("plain", "weak", "sure")
PLAIN, WEAK, SURE = range(len(STRENGTHS))
NO_CODE = -1
_MAKES = re.compile("(?:制造|生产|加工|种植|养殖|的?饲养|印刷)$")
_SELLS = re.compile("(批发|零售)$")
_PARTS = re.compile("[、()]|及|和|与")
_VAGUE = re.compile(
    "^(?:其他|类似|专用|通用|相关|配套|零件|零部件|配件|器材|设备|制品|材料|用品|辅助|产品|物品|管理|系统|装置|服务|活动|组织|研究)|未列明|类似"
)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much words count: see the comments of `data/gb4754.toml`."""

    stated: float
    by_name: float
    open: float
    weak: float
    against: float
    reach: float
    name_sure: float
    name_plain: float
    name_open: float
    products: float
    doubt: float
    accept: float
    finer: float
    shops: tuple[str, ...]


@cache
def weights() -> Weights:
    """The weights of the data file."""
    data = read_toml("gb4754.toml", package=_PACKAGE)
    return Weights(**{name: data[name] for name in Weights.__slots__ if name != "shops"}, shops=tuple(data["shops"]))


class IndustryWords:
    """Words ready to be looked for together with the verbs of business scopes.

    Attributes:
        codes: the codes of the standard that words tell.
        code: word × deed → number in `codes`, `NO_CODE` for none.
        any: whether the word is an activity of its own, whatever the verb beside it.
        strength: `PLAIN`, `WEAK` or `SURE`.
        first, verb, scanner: as of `SegmentDictionary`, for reading scopes.
        digest: changes whenever a word or verb does.
    """

    def __init__(self, words: Mapping[str, Mapping[str, str]]) -> None:
        """`words`: word → its cells under `DEEDS`, `any` and `strength`, each a code of the standard or empty."""
        verbs = verb_numbers()
        self.words = tuple(dict.fromkeys([*words, *verbs]))
        self.scanner = Scanner(self.words)
        self.verb: NDArray[np.int8] = np.array([verb_of(word, verbs) for word in self.words], np.int8)
        told = [words.get(word, {}) for word in self.words]
        self.first: NDArray[np.int64] = np.concatenate(([0], np.cumsum([bool(row) for row in told]))).astype(np.int64)
        self.codes = tuple(sorted({row[c] for row in told for c in (*DEEDS, "any") if row.get(c)}))
        number = {code: at for at, code in enumerate(self.codes)}
        self.code: NDArray[np.int16] = np.array(
            [[number.get(row.get(deed) or row.get("any", ""), NO_CODE) for deed in DEEDS] for row in told], np.int16
        ).reshape(len(told), len(DEEDS))
        self.any: NDArray[np.bool_] = np.array([bool(row.get("any")) for row in told], np.bool_)
        self.strength: NDArray[np.int8] = np.array(
            [STRENGTHS.index(row.get("strength") or "plain") for row in told], np.int8
        )
        said = repr((sorted((w, sorted(row.items())) for w, row in words.items()), sorted(verbs.items()), weights()))
        self.digest = hashlib.sha256(said.encode()).hexdigest()[:16]


@cache
def default_industry_words() -> IndustryWords:
    """The shipped words and those of the standard's names."""
    return read_industry_words(())


def read_industry_words(files: Sequence[Path]) -> IndustryWords:
    """The shipped words with the office's own files laid over them.

    A file is a CSV with the columns `word`, some of `make`, `wholesale`, `retail`, `serve` and `any`, and `strength` if wanted; a
    row takes the place of our row of that word, and one without a code takes the word away.

    Raises:
        DictionaryError: a file that breaks these rules, with its line.
    """
    words = {**_of_names(), **_shipped()}
    for file in files:
        table = read_own_table(file, ("word",), "gb4754_words.csv")
        for line, row in table.rows:
            word = row["word"].strip()
            cells = {column: row.get(column, "").strip() for column in (*DEEDS, "any", "strength")}
            _check(table, line, word, cells)
            words.pop(word, None)
            if any(cells[column] for column in (*DEEDS, "any")):
                words[word] = cells
    return IndustryWords(words)


def _check(table: Table, line: int, word: str, cells: Mapping[str, str]) -> None:
    if len(word) < 2:
        raise table.error(line, f"词“{word}”至少要有两个字", f"{word!r} must have two characters or more")
    for column in (*DEEDS, "any"):
        code = cells[column]
        if code and (code not in industries() or not code.isdigit()):
            raise table.error(
                line,
                f"{column} 列的“{code}”不是 GB/T 4754-2017 的大类、中类或小类代码",
                f"{column} {code!r} is no division, group or class of GB/T 4754-2017",
            )
    if cells["strength"] not in ("", *STRENGTHS):
        raise table.error(
            line,
            f"strength“{cells['strength']}”应为 {'、'.join(STRENGTHS)}",
            f"strength {cells['strength']!r} is not one of {', '.join(STRENGTHS)}",
        )


@cache
def _shipped() -> Mapping[str, Mapping[str, str]]:
    table = read_table("gb4754_words.csv", WORD_COLUMNS, package=_PACKAGE)
    table.require_unique("word")
    for line, row in table.rows:
        _check(table, line, row["word"], row)
    return {row["word"]: {column: row[column] for column in WORD_COLUMNS[1:-1]} for _, row in table.rows}


@cache
def _of_names() -> Mapping[str, Mapping[str, str]]:
    """Words that the standard's own names hold: 稻谷 is grown in 稻谷种植, 锯材 made in 锯材加工, 乐器 sold in 乐器批发.

    A word that two classes hold for one deed tells neither.
    """
    found: dict[str, dict[str, set[str]]] = {}
    for code, industry in industries().items():
        if len(code) != 4 or industry.name.startswith("其他"):
            continue
        sold = _SELLS.search(industry.name)
        made = _MAKES.search(industry.name)
        if sold:
            deed, body = ("wholesale" if sold[1] == "批发" else "retail"), industry.name[: sold.start()]
        elif made:
            deed, body = "make", industry.name[: made.start()]
        else:
            deed, body = "any", industry.name
            if _PARTS.search(body):
                continue
        for part in _PARTS.split(body):
            if len(part) >= 2 and not _VAGUE.search(part):
                found.setdefault(part, {}).setdefault(deed, set()).add(code)
    return {
        word: {deed: next(iter(codes)) for deed, codes in deeds.items() if len(codes) == 1}
        for word, deeds in found.items()
        if any(len(codes) == 1 for codes in deeds.values())
    }
