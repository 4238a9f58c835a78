"""Named choices among ways of computing the same measure: well-known packages disagree in silence, so each has its name here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from liantu.vocabulary.tables import read_table

Diagonal = Literal["zero", "own"]
Proximity = Literal["minimum", "association"]
Eci = Literal["eigenvector", "reflections", "kci"]
Pci = Literal["eci_scale", "own_z", "reflections", "none"]
Cog = Literal["atlas", "contributor", "target", "gain", "none"]
Coi = Literal["z", "raw", "none"]


@dataclass(frozen=True, slots=True)
class Convention:
    """One line of `data/conventions.csv`.

    Attributes:
        presence_digits: digits to which a quotient is rounded before it is compared with the threshold; None for none.
        proximity: `minimum` of the two conditional probabilities, or `association` strength.
        diagonal: whether a segment counts as near to itself (`own`), so that a place's own presence raises its density.
        density_scale, density_digits: factor and rounding of densities.
        eci: second `eigenvector`; 20 `reflections`; `kci`: eigenvector of the co-occurrence rounded to 4 digits, as shares.
        ddof: of the standard deviation in z-scores.
        pci: on the places' scale (their mean is then the place's ECI), or standardised by itself.
        cog: see `measures.outlook`. coi: standardised or not. `none`: the package has no such measure.
    """

    name: str
    presence_digits: int | None
    proximity: Proximity
    diagonal: Diagonal
    density_scale: float
    density_digits: int | None
    eci: Eci
    ddof: int
    pci: Pci
    cog: Cog
    coi: Coi
    source: str


@cache
def conventions() -> dict[str, Convention]:
    """All conventions by name."""
    columns = (
        "name", "presence_digits", "proximity", "diagonal", "density_scale", "density_digits", "eci", "ddof", "pci",
        "cog", "coi", "source",
    )  # fmt: skip
    table = read_table("conventions.csv", columns, package="liantu.diagnosis")
    table.require_unique("name")
    for column, kind in (
        ("proximity", Proximity), ("diagonal", Diagonal), ("eci", Eci), ("pci", Pci), ("cog", Cog), ("coi", Coi),
    ):  # fmt: skip
        table.require_known(column, get_args(kind))
    found = {}
    for _, row in table.rows:
        found[row["name"]] = Convention(
            row["name"],
            int(row["presence_digits"]) if row["presence_digits"] else None,
            cast(Proximity, row["proximity"]),
            cast(Diagonal, row["diagonal"]),
            float(row["density_scale"]),
            int(row["density_digits"]) if row["density_digits"] else None,
            cast(Eci, row["eci"]),
            int(row["ddof"]),
            cast(Pci, row["pci"]),
            cast(Cog, row["cog"]),
            cast(Coi, row["coi"]),
            row["source"],
        )
    return found


def convention_named(name: str) -> Convention:
    """The convention. Raises ValueError for another name, saying which there are."""
    if name not in conventions():
        raise ValueError(f"没有名为“{name}”的约定，可选：{'、'.join(conventions())} / no convention is called {name!r}")
    return conventions()[name]
