"""What a person says of an enterprise and the registry: it is this firm, it is not, or it is none of them."""

from __future__ import annotations

from decimal import Decimal

from liantu.ledger.home import registry_folder
from liantu.ledger.models import Entity, RegistryLink, RegistryMatch, WorkChange
from liantu.ledger.models.registry_links import STANDING
from liantu.ledger.work.recording import add_record, change_record, remove_record
from liantu.ledger.writing import writing
from liantu.registry import open_atlas
from liantu.registry.firms import Firm, firms_of
from liantu.registry.names import state_of


def confirm_link(entity: int, firm: str, by: str, reason: str = "") -> WorkChange:
    """An enterprise is a firm of the registry, by its key. An automatic link to another one gives way.

    Raises:
        ValueError: the registry has no such firm, its credit code is another one than the enterprise's, or a person linked the
            enterprise to another firm: that link is to be taken back first.
        RegistryError: no registry is loaded.
    """
    there = _firm(firm)
    with writing():
        links = links_of(entity)
        for link in links:
            if link.how == "automatic" and link.firm != firm:
                change_record("link", link.pk, link.version, {"how": "rejected", "flag": ""}, by, reason)
            if link.how == "no_firm":
                remove_record("link", link.pk, link.version, by, reason)
        said = {"how": "confirmed", "firm_name": there.name, "uscc": there.code, "flag": "", "registry": _state()}
        own = next((link for link in links if link.firm == firm), None)
        if own is not None:
            return change_record("link", own.pk, own.version, said, by, reason)
        return add_record("link", {"entity_id": entity, "firm": firm} | said | _found(entity, firm), by, reason)


def refuse_link(entity: int, firm: str, by: str, reason: str = "") -> WorkChange:
    """An enterprise is not this firm: it is offered no more. Raises as `confirm_link` does, and for what was refused before."""
    with writing():
        own = next((link for link in links_of(entity) if link.firm == firm), None)
        if own is not None:
            return change_record("link", own.pk, own.version, {"how": "rejected", "flag": ""}, by, reason)
        there = _firm(firm)
        said = {"how": "rejected", "firm": firm, "firm_name": there.name, "uscc": there.code, "registry": _state()}
        return add_record("link", {"entity_id": entity} | said | _found(entity, firm), by, reason)


def say_unlisted(entity: int, by: str, reason: str = "") -> WorkChange:
    """An enterprise is no firm of the registry. Automatic links give way.

    Raises ValueError when a person linked it to one, or said so before.
    """
    with writing():
        links = links_of(entity)
        for link in links:
            if link.how == "automatic":
                change_record("link", link.pk, link.version, {"how": "rejected", "flag": ""}, by, reason)
        if any(link.how == "confirmed" for link in links):
            raise ValueError(
                "有人确认过它是登记库里的企业，请先撤回那一条 / a person linked it to a firm: take that back first"
            )
        own = next((link for link in links if link.how == "no_firm"), None)
        if own is not None:
            return change_record("link", own.pk, own.version, {"flag": "", "registry": _state()}, by, reason)
        return add_record("link", {"entity_id": entity, "how": "no_firm", "registry": _state()}, by, reason)


def links_of(entity: int) -> list[RegistryLink]:
    """What was decided of an enterprise, under all its names, the standing links first."""
    whole = Entity.objects.filter(pk=entity).values_list("canonical", flat=True).first() or entity
    found = RegistryLink.objects.filter(entity__canonical=whole, removed_at=None).order_by("-pk")
    return sorted(found, key=lambda link: link.how not in STANDING)


def _state() -> str:
    return state_of(registry_folder())


def _firm(key: str) -> Firm:
    with open_atlas(registry_folder()) as atlas:
        found = firms_of(atlas, [key]).get(key)
    if found is None:
        raise ValueError(
            "登记库里没有这家企业，可能刚换过版本，请刷新 / the registry has no such firm: reload the page"
        )
    return found


def _found(entity: int, firm: str) -> dict[str, object]:
    """How the comparison explained a candidate, to be kept with the person's word on it."""
    match = RegistryMatch.objects.filter(pk=entity).first()
    told = next((c for c in match.candidates if c["firm"] == firm), None) if match is not None else None
    if told is None:
        return {"reason_zh": "人工查找", "reason_en": "looked up by a person"}
    return {"score": Decimal(str(told["score"])), "reason_zh": told["zh"], "reason_en": told["en"]}
