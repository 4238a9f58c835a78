"""`liantu registry industries`: what a place lives on, by divisions of GB/T 4754, beside its province."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from liantu.cli.messages import note, show_table, stop

LEVELS = {1: "门类", 2: "大类", 3: "中类", 4: "小类"}


@click.command("industries")
@click.argument("place")
@click.option(
    "--digits",
    type=click.IntRange(1, 4),
    default=2,
    show_default=True,
    help="1 门类、2 大类、3 中类、4 小类 / sections, divisions, groups, classes",
)
@click.option(
    "--registry",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="登记库所在的文件夹，默认在 LIANTU_HOME 里 / folder of the registry, in LIANTU_HOME by default",
)
def industries_command(place: str, digits: int, folder: Path | None) -> None:
    """一个市或县有哪些行业，区位商多少 / the industries of a city or county, with location quotients."""
    from liantu.cli.registry import opened
    from liantu.diagnosis import location_quotient, panel_of_counts
    from liantu.diagnosis.settings import settings
    from liantu.ledger.home import registry_folder
    from liantu.registry import count_industries
    from liantu.registry.counts import PlaceLevel
    from liantu.registry.industries import industry_name
    from liantu.vocabulary import regions

    region = regions().by_code(place) if place in regions() else regions().by_name(place)
    if region is None or region.level not in ("city", "county"):
        stop(f"“{place}”不是一个市或县，请写全称或代码", f"{place} is no city or county; write its full name or code")
    level: PlaceLevel = "city" if region.level == "city" else "county"
    with opened(folder or registry_folder()) as atlas:
        counts = [one for one in count_industries(atlas, level, digits) if one.region_code[:2] == region.code[:2]]
        [(as_of, known)] = atlas.query("SELECT max(as_of), avg(CASE WHEN gb_code <> '' THEN 1 ELSE 0 END) FROM firms")
    here = sorted((one for one in counts if one.region_code == region.code), key=lambda one: -one.firms)
    if not here:
        stop(
            f"登记库里没有{region.name}的已归类企业；旧库请先运行 liantu registry place --all",
            f"no classed firm of {region.name}; for an older registry run liantu registry place --all first",
        )
    panel = panel_of_counts(counts, level=f"GB/T 4754 {LEVELS[digits]}", period=str(as_of or date.today()))
    rows = []
    for one in here:
        told = location_quotient(panel, region.code, one.label, pseudo_firms=settings().pseudo_firms)
        low, high = told.interval or (0.0, 0.0)
        rows.append(
            (
                one.label,
                industry_name(one.label),
                f"{one.firms:,}",
                "—" if told.value is None else f"{told.value:.2f}",
                f"{low:.2f}–{high:.2f}" if told.interval else "",
            )
        )
    show_table(("代码 / code", "行业 / industry", "企业 / firms", "区位商 / LQ", "区间 / interval"), rows)
    note(
        f"参照：本省登记库里的同级地方；全库 {known:.0%} 的企业判得出行业，判不出的不计",
        f"beside the places of that level in the province; {known:.0%} of all firms have a class, the others count nowhere",
    )
