"""Which sheets of a workbook are lists of a chain office, told by their names and headers alone. Knows nothing of Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from liantu.ledger.workbooks.columns import plain
from liantu.vocabulary import list_kinds
from liantu.vocabulary.kits import kits

DIRECTORY = "清单目录"
"""The sheet that says which sheet of a workbook is which list."""
FEWEST = 2
"""Sheets called like lists that make a workbook without directory one of lists: a single one may be any ledger."""


def kind_of_name(name: str, more: Mapping[str, str] | None = None) -> str | None:
    """The kind of list that a name says (企业清单, 光伏链问题清单; the title of a kit's list), or None.

    Args:
        more: further titles, each with its kind: those of an office's own kits and lists.
    """
    known = {**_names(), **(more or {})}
    name = name.strip()
    fitting = [(len(word), kind) for word, kind in known.items() if name == word or name.endswith(word)]
    return max(fitting)[1] if fitting else None


@cache
def _names() -> Mapping[str, str]:
    found = {item.title: item.kind for kit in kits().values() for item in kit.lists}
    for kind in list_kinds().values():
        for word in (kind.value, kind.name_zh, f"{kind.name_zh}清单", *kind.names):
            found[word] = kind.value
    return found


def list_sheets(sheets: Iterable[tuple[str, Sequence[str]]], more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The sheets (name, headers) that are lists, each with its kind; none when there are fewer than `FEWEST`.

    A sheet is one when its name says a kind of list and a header is the column that rows of this kind are called by.
    """
    found = {}
    for name, headers in sheets:
        kind = kind_of_name(name, more)
        if kind is None:
            continue
        title = list_kinds()[kind].column(list_kinds()[kind].title)
        if {plain(header) for header in headers} & {plain(word) for word in (title.zh, title.en, *title.headers)}:
            found[name] = kind
    return found if len(found) >= FEWEST else {}
