"""Files of an office's own words, laid over the shipped ones."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from liantu.vocabulary.tables import Table, VocabularyError, parse_table


class DictionaryError(VocabularyError):
    """A file of words that cannot be used: which file, which line, what to do."""

    def __init__(self, file: str, line: int, zh: str, en: str) -> None:
        ValueError.__init__(self, f"《{file}》第{line}行：{zh} / {file}, line {line}: {en}")
        self.file = file
        self.line = line


class OwnTable(Table):
    """The rows of such a file."""

    def error(self, line: int, zh: str, en: str) -> DictionaryError:
        return DictionaryError(self.file, line, zh, en)


def read_own_table(file: Path, wanted: Sequence[str], pattern: str) -> OwnTable:
    """The rows of `file` (UTF-8 or GB 18030) under its own headings, which must hold `wanted`; `pattern` names the shipped example.

    Raises:
        DictionaryError: a heading is missing.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = file.read_text(encoding="gb18030", errors="replace")
    header = next(csv.reader(text.splitlines()[:1]), [])
    if missing := [c for c in wanted if c not in header]:
        listed = "、".join(missing)
        raise DictionaryError(
            file.name,
            1,
            f"缺少列 {listed}；请按 {pattern} 的表头填写",
            f"no column {listed}; see the header of {pattern}",
        )
    return OwnTable(file.name, parse_table(file.name, text, header).rows)
