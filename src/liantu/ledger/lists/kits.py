"""Kits of an office: the ready ones and its own, and installing one for a chain in a region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from liantu.ledger.models import ChainList, InstalledKit, OwnKit
from liantu.ledger.rights import as_asked
from liantu.ledger.work.recording import add_record, change_record
from liantu.ledger.writing import writing
from liantu.vocabulary import list_kinds
from liantu.vocabulary.kit_files import Kit, KitProblem
from liantu.vocabulary.kits import check_kit, kits


class NoKitError(ValueError):
    """A kit file that cannot be taken; `problems` names every line and field."""

    def __init__(self, problems: tuple[KitProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class OfferedKit:
    """A kit to choose from; `own` is the office's row when it wrote it itself."""

    kit: Kit
    own: OwnKit | None = None


@dataclass(frozen=True, slots=True)
class Installation:
    """What installing a kit did."""

    kit: InstalledKit
    made: tuple[ChainList, ...]
    there: tuple[str, ...]  # titles of lists that there were already


def offered() -> list[OfferedKit]:
    """All kits, the office's own first. An own file that a newer program can no longer read is left out."""
    own = []
    for row in OwnKit.objects.filter(removed_at=None).order_by("kit_id"):
        kit, _problems = check_kit(row.text)
        if kit is not None:
            own.append(OfferedKit(kit, row))
    return own + [OfferedKit(kit) for kit in kits().values()]


def kit_named(kit_id: str) -> OfferedKit:
    """The kit of this id. Raises KeyError."""
    for offer in offered():
        if offer.kit.id == kit_id:
            return offer
    raise KeyError(kit_id)


def keep_kit(text: str, by: str) -> OwnKit:
    """Keep an office's own kit; one of the same id is replaced by it, and its former text stays in the history.

    Raises NoKitError, and ValueError for the id of a ready kit.
    """
    kit, problems = check_kit(text)
    if kit is None:
        raise NoKitError(problems)
    if kit.id in kits():
        raise ValueError(
            f"代号 {kit.id} 是现成模板的，请换一个 / {kit.id} is the id of a ready kit: choose another one"
        )
    with writing():
        row = OwnKit.objects.filter(kit_id=kit.id, removed_at=None).first()
        if row is None:
            return OwnKit.objects.get(pk=add_record("ownkit", {"kit_id": kit.id, "text": text}, by).row)
        if row.text != text:
            change_record("ownkit", row.pk, row.version, {"text": text}, by)
            row.refresh_from_db()
        return row


def install(kit_id: str, region: str, chain: str, by: str, owner_unit: str = "") -> Installation:
    """Make the lists of a kit for a chain in a region. Lists that are there already stay as they are.

    Raises KeyError for an unknown kit, ValueError for an unknown region or a kit without lists.
    """
    kit = kit_named(kit_id).kit
    if not kit.lists:
        raise ValueError(
            f"“{kit.title}”的清单名称尚未取得，请先补成自有模板 / the lists of {kit_id} are not at hand: write an own kit first"
        )
    with writing(), as_asked():
        row = installed_kit(kit.id, region, chain, by)
        made, there = [], []
        for item in kit.lists:
            kind = list_kinds()[item.kind]
            same = {"title": item.title, "list_kind": item.kind, "region_code": region, "chain": chain}
            if ChainList.objects.filter(**same, removed_at=None).exists():
                there.append(item.title)
                continue
            values = same | {
                "rhythm": item.rhythm or kind.rhythm,
                "owner_unit": owner_unit,
                "shown": list(item.columns),
                "kit_id": row.pk,
            }
            made.append(ChainList.objects.get(pk=add_record("list", values, by, f"安装模板“{kit.title}”").row))
        return Installation(row, tuple(made), tuple(there))


def installed_kit(called: str, region: str, chain: str, by: str) -> InstalledKit:
    """The installation of a kit (by id or title) for a chain in a region; made when there is none, without its lists.

    Raises ValueError for an unknown kit.
    """
    kit = next((offer.kit for offer in offered() if called in (offer.kit.id, offer.kit.title)), None)
    if kit is None:
        raise ValueError(f"没有模板“{called}” / there is no kit {called!r}")
    place = {"kit_id": kit.id, "region_code": region, "chain": chain}
    with writing():
        row = InstalledKit.objects.filter(**place, removed_at=None).first()
        if row is None:
            change = add_record("kit", place | {"title": kit.title, "content": content_of(kit)}, by)
            row = InstalledKit.objects.get(pk=change.row)
        return row


def content_of(kit: Kit) -> dict[str, Any]:
    """What an installed kit keeps: its charts, views and duties, as they were then."""
    return {
        "charts": [{"kind": c.kind, "title": c.title} for c in kit.charts],
        "views": [{"title": v.title, "over": list(v.over)} for v in kit.views],
        "duties": [
            {"title": d.title, "rhythm": d.rhythm, "role": d.role, "basis": d.basis, "keeps": list(d.keeps)}
            for d in kit.duties
        ],
        "status": kit.status,
        "note": kit.note,
        "source": kit.source,
    }
