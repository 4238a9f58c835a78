"""Region maps for pages: which boundaries, which level, which links."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from liantu.reporting import BoundarySet, children_of, draw_choropleth
from liantu.vocabulary import regions


def region_boundaries(code: str) -> BoundarySet:
    """Outlines of the regions below `code`; for a virtual region, of its members of city level."""
    path = Path(settings.LIANTU_BOUNDARIES) if settings.LIANTU_BOUNDARIES else None
    gazetteer = regions()
    if code in gazetteer and gazetteer.by_code(code).is_group:
        members = [m for m in gazetteer.by_code(code).members if m.endswith("00")]
        province = gazetteer.province_of(code)
        if members and province is not None:
            return children_of(province.code, path, only=members)
    return children_of(code, path)


def region_map(
    code: str, values: Mapping[str, float], title: str, links: Callable[[str], str], selected: str = ""
) -> str:
    """The SVG of the regions below `code` shaded by `values`."""
    return draw_choropleth(
        region_boundaries(code),
        values,
        title=title,
        note=_("底图为试用边界，非审定地图"),
        no_data=_("无"),
        links=links,
        selected=selected,
        width=440.0,
        max_height=590.0,
    )
