"""What the ledger suggests for a list: rows to add, rows to take off, cells that read otherwise by now. A person decides."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from liantu.ledger.exchange.values import same
from liantu.ledger.likeness import fold
from liantu.ledger.lists.cells import cell_words, exchange_columns, key_of, name_of, problems_of
from liantu.ledger.lists.fill_sources import Found, found_for
from liantu.ledger.lists.publishing import next_position
from liantu.ledger.models import ChainList, Entity, EntityName, FillWord, ListRow, Profile
from liantu.ledger.standing import batches
from liantu.ledger.work.recording import add_record, change_record, remove_record
from liantu.ledger.writing import writing

ADD, CHANGE, REMOVE = "add", "change", "remove"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion: what, for which row, why; `cells` are the columns it would set, `before` how they read now."""

    action: str
    name: str
    reason: str
    cells: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    row: int | None = None
    version: int = 0
    entity: int | None = None
    statement: str = ""

    @property
    def digest(self) -> str:
        """Tells it from others: the same as long as it suggests the same."""
        said = json.dumps([self.action, self.row, self.name, dict(self.cells)], ensure_ascii=False, sort_keys=True)
        return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()


def suggestions(chain_list: ChainList, *, refused: bool = False) -> list[Suggestion]:
    """What the ledger suggests for a list, additions first; those that a person would not follow are left out unless asked for."""
    found = list(_suggested(chain_list, *found_for(chain_list)))
    if refused:
        return found
    said = set(FillWord.objects.filter(list=chain_list, undone_at=None).values_list("digest", flat=True))
    return [one for one in found if one.digest not in said]


def _suggested(chain_list: ChainList, found: list[Found], is_all: bool) -> Iterator[Suggestion]:
    kind = chain_list.kind
    rows = list(chain_list.rows.filter(removed_at=None).select_related("entity").order_by("position", "pk"))
    by_key = {row.key: row for row in rows}
    by_thing = {row.entity.canonical_id or row.entity_id: row for row in rows if row.entity is not None}
    aliases = _aliases(found) if found and found[0].is_thing else {}
    matched: set[int] = set()
    for one in found:
        row = by_key.get(key_of(kind, one.cells))
        if row is None and one.is_thing and one.entity is not None:
            row = by_thing.get(one.entity) or next(
                (by_key[alias] for alias in aliases.get(one.entity, ()) if alias in by_key), None
            )
        if row is None:
            if not problems_of(kind, one.cells):
                yield Suggestion(
                    ADD, name_of(kind, one.cells), one.reason, one.cells, entity=one.entity, statement=one.statement
                )
            continue
        matched.add(row.pk)
        told = {
            c: value
            for c, value in one.cells.items()
            if c not in kind.key
            and c in one.moving
            and not same(exchange_columns(kind.value)[c], value, row.cells.get(c))
        }
        if told:
            before = {c: row.cells.get(c) for c in told}
            yield Suggestion(CHANGE, row.name, one.reason, told, before, row.pk, row.version, one.entity, one.statement)
    if is_all:  # else what was not found may be among the others
        yield from _leaving(chain_list, [row for row in rows if row.pk not in matched and row.entity is not None])


def _leaving(chain_list: ChainList, rows: Sequence[ListRow]) -> Iterator[Suggestion]:
    """Rows about a thing of the ledger that would not be on the list if it were filled now. What the reader may not see may
    well belong on it."""
    things = {row.pk: row.entity.canonical_id or row.entity.pk for row in rows if row.entity is not None}
    seen: set[int] = set()
    for part in batches(set(things.values())):
        seen.update(Profile.objects.filter(pk__in=part).values_list("pk", flat=True))
    where = "、".join(part for part in (chain_list.chain, _role(chain_list)) if part)
    for row in rows:
        if things[row.pk] not in seen:
            continue
        reason = _("台账里它现在不在这份清单的范围内（%(where)s）") % {"where": where or chain_list.title}
        yield Suggestion(REMOVE, row.name, reason, {}, row.cells, row.pk, row.version, row.entity_id)


def _role(chain_list: ChainList) -> str:
    return cell_words("enterprise", "enterprise_role", chain_list.fill_role) if chain_list.fill_role else ""


def _aliases(found: Iterable[Found]) -> dict[int, list[str]]:
    """Names that the ledger knows for things, folded, by thing."""
    told: dict[int, list[str]] = {}
    for part in batches([one.entity for one in found if one.entity is not None]):
        names = EntityName.objects.filter(entity__canonical_id__in=part).values_list("entity__canonical_id", "name")
        for pk, name in names:
            assert pk is not None
            told.setdefault(pk, []).append(fold(name))
    return told


def follow(list_id: int, digests: Iterable[str], by: str) -> tuple[int, int]:
    """Do what the ledger suggests: those of these digests that it still suggests. Gives how many were done, and how many not."""
    wanted = set(digests)
    with writing():
        chain_list = ChainList.objects.select_for_update().get(pk=list_id, removed_at=None)
        open_now = {one.digest: one for one in suggestions(chain_list)}
        for digest in wanted & open_now.keys():
            _carry_out(chain_list, open_now[digest], by)
    return len(wanted & open_now.keys()), len(wanted - open_now.keys())


def _carry_out(chain_list: ChainList, one: Suggestion, by: str) -> None:
    reason = _("采纳台账的建议：%(reason)s") % {"reason": one.reason}
    if one.action == REMOVE and one.row is not None:
        remove_record("listrow", one.row, one.version, by, reason)
        return
    if one.action == CHANGE and one.row is not None:
        change_record("listrow", one.row, one.version, one.cells, by, reason)
        ListRow.objects.filter(pk=one.row).update(entity_id=one.entity, statement=one.statement)
        return
    owners = {"owner_unit": chain_list.owner_unit, "owner_person": chain_list.owner_person}
    beside = {
        "list_id": chain_list.pk,
        "position": next_position(chain_list),
        "entity_id": one.entity if one.entity and Entity.objects.filter(pk=one.entity).exists() else None,
        "statement": one.statement,
    }
    values = {k: v for k, v in owners.items() if v} | {"row_state": "listed", "basis": one.reason[:500]}
    add_record("listrow", values | dict(one.cells) | beside, by, reason)


def refuse(list_id: int, digests: Iterable[str], by: str, reason: str = "") -> int:
    """Note that suggestions are not to be followed, so that they are not made again. Gives how many."""
    wanted = set(digests)
    with writing():
        chain_list = ChainList.objects.get(pk=list_id, removed_at=None)
        told = [one for one in suggestions(chain_list) if one.digest in wanted]
        for one in told:
            FillWord.objects.create(
                list=chain_list,
                digest=one.digest,
                said=f"{ACTION_WORDS[one.action]}：{one.name}",
                by=by,
                at=timezone.now(),
                reason=reason[:500],
            )
    return len(told)


def suggest_again(word_id: int, by: str) -> None:
    """Let a suggestion that was not followed be made again."""
    with writing():
        FillWord.objects.get(pk=word_id, undone_at=None).take_back(by)


ACTION_WORDS = {ADD: "新增", CHANGE: "变更", REMOVE: "移出"}
