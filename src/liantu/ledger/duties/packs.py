"""What belongs to a chain programme, and which of it is there: 一链一长, 一班, 一策, 一图, 一基金 …"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from liantu.ledger.duties.people import current_q
from liantu.ledger.duties.places import region_prefix_q
from liantu.ledger.models import ChainProgramme, Membership, ProgrammeMember, ProgrammePart
from liantu.vocabulary.programmes import programme_kits
from liantu.vocabulary.work_words import work_words

DEFAULT_KIT = "taiyuan"
BY_ROLE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "leader": ("chain_leader",),
        "lead_agency": ("lead_agency",),
        "team": ("team_head", "team_member"),
        "alliance": ("alliance_head",),
        "guidance": ("guidance_officer",),
        "carrier": ("carrier_region",),
    }
)
"""Parts that the members of a programme make up."""


@dataclass(frozen=True, slots=True)
class PartStanding:
    """One part of a programme's kit: there or missing, by whom or what, and where the page finds it."""

    part: str
    there: bool
    members: tuple[ProgrammeMember, ...] = ()
    entries: tuple[ProgrammePart, ...] = ()
    outline: bool = False
    firms: tuple[tuple[int, str], ...] = ()


def pack_of(programme: ChainProgramme, today: date) -> list[PartStanding]:
    """The parts of a programme's kit (Taiyuan's where none is chosen), each with what there is of it."""
    kit = programme_kits()[programme.kit or DEFAULT_KIT]
    members = list(
        ProgrammeMember.objects.filter(current_q(today), programme=programme).select_related("person").order_by("pk")
    )
    entries = list(ProgrammePart.objects.filter(programme=programme, removed_at=None).order_by("pk"))
    extra = [part for part in work_words()["programme_part"] if any(e.part == part for e in entries)]
    found = []
    for part in dict.fromkeys((*kit.parts, *extra)):
        own = tuple(m for m in members if m.role in BY_ROLE.get(part, ()))
        kept = tuple(e for e in entries if e.part == part)
        outline = part == "map" and has_outline(programme.chain)
        firms = _leading_firms(programme) if part == "leading_firm" else ()
        found.append(PartStanding(part, bool(own or kept or outline or firms), own, kept, outline, firms))
    return found


def has_outline(chain: str) -> bool:
    """Whether the ledger holds an outline of a chain, drawn by hand or imported."""
    from liantu.ledger.outlines.keeping import chain_outline

    return bool(chain_outline(chain))


def _leading_firms(programme: ChainProgramme) -> tuple[tuple[int, str], ...]:
    rows = Membership.objects.filter(
        region_prefix_q(programme.region_code), chain_name=programme.chain, kind="enterprise", role="chain_master"
    )
    return tuple(rows.order_by("entity_id").values_list("entity_id", "entity__name")[:6])
