"""Where an enterprise stands after a person's word: by the links that hold and the candidates found before."""

from __future__ import annotations

from collections.abc import Collection

from liantu.ledger.models import Entity, RegistryLink, RegistryMatch
from liantu.ledger.models.registry_links import STANDING
from liantu.resolution import default_bands

Band = RegistryMatch.Band


def stand_again(entities: Collection[int]) -> None:
    """Put the matches of some entities where their links say. The next comparison asks anew of each."""
    wholes = set(Entity._base_manager.filter(pk__in=entities).values_list("canonical", flat=True)) - {None}
    for match in RegistryMatch._base_manager.filter(pk__in=wholes):
        kept = RegistryLink._base_manager.filter(entity__canonical=match.pk, removed_at=None)
        links = list(kept.only("how", "firm", "flag"))
        match.band = band_of(links, match.candidates)
        match.digest = ""
        match.save(update_fields=["band", "digest"])


def band_of(links: Collection[RegistryLink], candidates: Collection[dict[str, object]]) -> str:
    """Linked where a link holds that nothing speaks against; else for a person while there is somebody to choose from."""
    if any(link.flag for link in links if link.how != "rejected"):
        return Band.REVIEW
    if any(link.how in STANDING for link in links):
        return Band.LINKED
    if any(link.how == "no_firm" for link in links):
        return Band.NEW
    refused = {link.firm for link in links if link.how == "rejected"}
    least = default_bands().review
    open_ones = [c for c in candidates if c["firm"] not in refused and float(str(c["score"])) >= least]
    return Band.REVIEW if open_ones else Band.NEW
