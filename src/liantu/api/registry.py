"""Answers about who is who: the ledger's enterprises and the firms of the loaded registry."""

from __future__ import annotations

from collections.abc import Collection

from liantu.api.filters import RegistryFilters, as_params
from liantu.api.queries import page_of
from liantu.api.schemas import ListOut, RegistryCandidateOut, RegistryLinkOut
from liantu.ledger.models import EnterpriseView, RegistryLink, RegistryMatch
from liantu.workbench.registry_rows import firms_seen
from liantu.workbench.views.whois import registry_q, rows_of


def registry_links(filters: RegistryFilters) -> ListOut[RegistryLinkOut]:
    """Enterprises with the firm of the registry that each is, what matters most first."""

    def made(batch: list[EnterpriseView]) -> list[RegistryLinkOut]:
        rows = rows_of(batch)
        offered = {str(c["firm"]) for _v, match, _l, _s in rows if match is not None for c in match.candidates}
        open_ones = firms_seen(offered)
        return [_registry_link(*row, open_ones.keys()) for row in rows]

    where = registry_q(as_params(filters))
    return page_of("registry_links", EnterpriseView.objects.all(), where, filters, "-weight", "entity", made)


def _registry_link(
    view: EnterpriseView, match: RegistryMatch | None, link: RegistryLink | None, state: str, seen: Collection[str]
) -> RegistryLinkOut:
    said = link or match
    candidates = match.candidates if match is not None and match.band == RegistryMatch.Band.REVIEW else []
    return RegistryLinkOut(
        entity=view.pk,
        name=view.name,
        region_code=view.region_code,
        state=state,
        firm=link.firm if link is not None else "",
        uscc=link.uscc if link is not None else "",
        firm_name=link.firm_name if link is not None else "",
        flag=link.flag if link is not None else "",
        score=float(link.score) if link is not None and link.score is not None else match.score if match else None,
        reason_zh=said.reason_zh if said is not None else "",
        reason_en=said.reason_en if said is not None else "",
        registry=said.registry if said is not None else "",
        candidates=[
            RegistryCandidateOut(firm=c["firm"], form=c["form"], score=c["score"], reason_zh=c["zh"], reason_en=c["en"])
            for c in candidates
            if c["firm"] in seen
        ],
    )
