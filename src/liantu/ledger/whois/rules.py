"""What a link to the registry must satisfy: no link across different credit codes, and one firm for one enterprise."""

from __future__ import annotations

from liantu.ledger.models import Entity
from liantu.ledger.models.records import WorkRecord
from liantu.ledger.models.registry_links import STANDING, RegistryLink
from liantu.ledger.whois.codes import codes_of, valid_codes
from liantu.resolution.uscc import is_uscc


def check_link(row: WorkRecord) -> None:
    """Raises ValueError for a link that cannot stand."""
    assert isinstance(row, RegistryLink)
    if (row.how == "no_firm") == bool(row.firm):
        raise ValueError(
            "要么指明登记库中的企业，要么说明登记库里没有 / name a firm of the registry, or say that there is none"
        )
    if row.uscc and not is_uscc(row.uscc):
        raise ValueError(f"信用代码 {row.uscc} 的校验位不对 / the check character of {row.uscc} is wrong")
    if row.how not in STANDING:
        return
    canonical = Entity._base_manager.filter(pk=row.entity_id).values_list("canonical", flat=True).first()
    whole = canonical or row.entity_id
    told = valid_codes(codes_of([whole]).get(whole, ()))
    if row.uscc and told and row.uscc not in told:
        raise ValueError(
            f"各来源给出的信用代码是 {'、'.join(sorted(told))}，不能对应到 {row.uscc}；请先核对代码 / "
            f"its sources give {', '.join(sorted(told))}: it cannot be {row.uscc}; check the codes first"
        )
    others = RegistryLink._base_manager.filter(entity__canonical=whole, how__in=STANDING, removed_at=None)
    other = others.exclude(pk=row.pk).exclude(firm=row.firm).first()
    if other is not None:
        raise ValueError(
            f"已经对应到“{other.firm_name}”，请先撤回那一条 / it is linked to {other.firm_name}: take that back first"
        )
