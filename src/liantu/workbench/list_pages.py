"""What the pages of an office's lists show: lines of the index, cells, forms of rows, differences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from liantu.ledger.chain_names import chain_label
from liantu.ledger.exchange.lists import Column
from liantu.ledger.exchange.unusable import Unusable
from liantu.ledger.exchange.values import choices_of, shown
from liantu.ledger.lists.cells import cell_words, exchange_columns, read_cell
from liantu.ledger.lists.publishing import days_since, freshness_of
from liantu.ledger.models import ChainList, ChainView, ListRow, ListVersion
from liantu.ledger.services import StaleEditError
from liantu.tracking.list_versions import Difference, VersionRow
from liantu.vocabulary import regions
from liantu.vocabulary.lists import ListKind, list_kinds, rhythms
from liantu.workbench.formatting import chinese, region_name
from liantu.workbench.record_forms import ChangeLine, RecordField

NUMBERS = frozenset({"money", "number", "percent", "whole", "readiness"})


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list as the index shows it."""

    row: ChainList
    kind: str
    region: str
    rhythm: str
    freshness: str
    days: int | None
    n_rows: int
    n_without_owner: int
    latest: ListVersion | None
    net: str


def kind_word(kind: ListKind) -> str:
    """A kind's name in the page's language."""
    return kind.name_zh if chinese() else kind.name_en


def counter_word(kind: ListKind) -> str:
    """The word that rows of a kind are counted in."""
    return kind.counter_zh if chinese() else f" {kind.counter_en}"


def rhythm_word(value: str) -> str:
    """A rhythm's name in the page's language."""
    return rhythms()[value].name_zh if chinese() else rhythms()[value].name_en


def net_words(kind: ListKind, net: int) -> str:
    """`净增 3 户`, `净减 1 户`, `数量未变`."""
    counted = f"{abs(net)}{counter_word(kind)}" if not chinese() else f"{abs(net)} {counter_word(kind)}"
    if net == 0:
        return _("数量未变")
    return _("净增 %(n)s") % {"n": counted} if net > 0 else _("净减 %(n)s") % {"n": counted}


def lines_of(lists: Sequence[ChainList], today: date) -> list[ListLine]:
    """Lists with their counts and newest versions, in a fixed number of queries."""
    ids = [row.pk for row in lists]
    counted = ListRow.objects.filter(list_id__in=ids, removed_at=None).order_by().values_list("list_id")
    counts = {pk: (n, bare) for pk, n, bare in counted.annotate(n=Count("pk"), bare=Count("pk", Q(has_owner=False)))}
    newest = ListVersion.objects.filter(list_id__in=ids).order_by().values("list_id").annotate(n=Max("number"))
    wanted = {row["list_id"]: row["n"] for row in newest}
    versions = {v.list_id: v for v in ListVersion.objects.filter(list_id__in=ids) if v.number == wanted.get(v.list_id)}
    return [
        ListLine(
            row,
            kind_word(row.kind),
            region_name(row.region_code),
            rhythm_word(row.rhythm),
            freshness_of(row, today),
            days_since(row, today),
            *counts.get(row.pk, (0, 0)),
            latest=versions.get(row.pk),
            net=net_words(row.kind, v.net) if (v := versions.get(row.pk)) is not None else "",
        )
        for row in lists
    ]


def headings(kind: str, columns: Iterable[str]) -> list[tuple[str, str, str]]:
    """Columns as (key, heading, css class)."""
    known = exchange_columns(kind)
    return [
        (key, known[key].zh if chinese() else known[key].en, "num" if known[key].type in NUMBERS else "")
        for key in columns
        if key in known
    ]


def cells_for(kind: str, columns: Sequence[str], cells: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """A row's cells as (heading, words, css class)."""
    return [
        (word, cell_words(kind, key, cells.get(key), english=not chinese()), css)
        for key, word, css in headings(kind, columns)
    ]


def edit_text(column: Column, value: Any) -> str:
    """A cell as it stands in its field; of a word the code."""
    if value in (None, ""):
        return ""
    if choices_of(column):
        return str(value)
    said = shown(column, value)
    return f"{said:.15g}" if isinstance(said, int | float) else str(said or "")


def row_fields(
    chain_list: ChainList, values: Mapping[str, Any], *, posted: bool = False, stale: StaleEditError | None = None
) -> list[RecordField]:
    """The fields of a row's form: `values` as stored, or (`posted`) as texts; `stale`: what was posted came too late."""
    known, found = exchange_columns(chain_list.list_kind), []
    for key in chain_list.columns:
        column = known[key]
        text = str(values.get(key, "")) if posted else edit_text(column, values.get(key))
        clash = None
        if stale is not None:
            text, clash = _merged(chain_list, column, text, stale)
        words = choices_of(column)
        choices = tuple((w.value, w.zh if chinese() else w.en) for w in words.values())
        found.append(
            RecordField(
                key,
                column.zh if chinese() else column.en,
                text,
                "long" if column.type == "long" else "number" if column.type in NUMBERS else "text",
                (("", "—"), *choices) if choices else (),
                column.required,
                clash,
            )
        )
    return found


def _merged(
    chain_list: ChainList, column: Column, mine: str, stale: StaleEditError
) -> tuple[str, tuple[str, str, str, str] | None]:
    theirs = edit_text(column, stale.current.column_value(column.key))
    base = edit_text(column, stale.base[column.key])
    if mine in (base, theirs):
        return theirs, None
    if theirs == base:
        return mine, None
    kind = chain_list.list_kind
    return "", (mine, theirs, mine or "—", cell_words(kind, column.key, stale.current.column_value(column.key)) or "—")


def given_cells(chain_list: ChainList, post: Mapping[str, Any]) -> dict[str, Any]:
    """What a row's form gives back, as stored. Raises ValueError with one sentence for every cell that cannot be read."""
    found: dict[str, Any] = {}
    wrong: list[str] = []
    for key in chain_list.columns:
        column = exchange_columns(chain_list.list_kind)[key]
        try:
            found[key] = read_cell(chain_list.list_kind, key, str(post.get(key, "")).strip())
        except Unusable as error:
            label = column.zh if chinese() else column.en
            wrong.append(_("“%(label)s”：%(error)s") % {"label": label, "error": error.zh if chinese() else error.en})
    if wrong:
        raise ValueError("\n".join(wrong))
    return found


def row_change_lines(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[ChangeLine]:
    """The cells of a change of a row of a kind, in the order of its columns."""
    found = []
    for key, word, _css in headings(kind, exchange_columns(kind)):
        if key in before or key in after:
            told = (cell_words(kind, key, side.get(key), english=not chinese()) or "—" for side in (before, after))
            found.append(ChangeLine(word, *told))
    return found


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row of a difference: its name, and its cells before and after."""

    name: str
    number: int
    lines: list[ChangeLine]


def told_difference(kind: str, change: Difference) -> dict[str, Any]:
    """A difference for its page: rows added and removed with what they hold, changed ones cell by cell, the net change."""
    own = list_kinds()[kind]

    def whole(rows: Sequence[VersionRow], *, gone: bool) -> list[ChangedRow]:
        none: dict[str, Any] = {}
        rows = [replace(r, cells={c: v for c, v in r.cells.items() if c != own.title}) for r in rows]
        return [
            ChangedRow(r.name, r.number, row_change_lines(kind, r.cells if gone else none, none if gone else r.cells))
            for r in rows
        ]

    changed = [
        ChangedRow(
            one.after.name,
            one.after.number,
            row_change_lines(
                kind, {c: t[0] for c, t in one.columns.items()}, {c: t[1] for c, t in one.columns.items()}
            ),
        )
        for one in change.changed
    ]
    return {
        "added": whole(change.added, gone=False),
        "removed": whole(change.removed, gone=True),
        "changed": changed,
        "net": net_words(own, change.net),
        "counter": counter_word(own),
        "empty": change.is_empty,
    }


CHAINS_SHOWN = 400


def chains_offered() -> list[str]:
    """Chains to choose from, by name."""
    return list(ChainView.objects.order_by("name").values_list("name", flat=True).distinct()[:CHAINS_SHOWN])


def place_given(place: str, chain: str) -> tuple[str, str]:
    """The code of a place that was written by name or code, and a chain as it is kept; empty where nothing was written.

    Raises ValueError for a place that is none, or more than one.
    """
    place, chain = place.strip(), chain.strip()
    return regions().code_of(place) if place else "", chain_label(chain) if chain else ""
