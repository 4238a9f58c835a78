"""The product space: relatedness, density, complexity, outlook, under named conventions, on arrays of a whole panel."""

from .conventions import Convention, convention_named, conventions
from .formulas import continuous_proximity, density_of, fitness_of, presence_of, proximity_of, rca_of
from .matrix import Matrix, matrix_of_columns, matrix_of_panel
from .measures import Complexity, complexity, complexity_of_presence
from .projection import Projection, project
from .whatif import Supposed, WhatIf, similarities

__all__ = [
    "Complexity",
    "Convention",
    "Matrix",
    "Projection",
    "Supposed",
    "WhatIf",
    "complexity",
    "complexity_of_presence",
    "continuous_proximity",
    "convention_named",
    "conventions",
    "density_of",
    "fitness_of",
    "matrix_of_columns",
    "matrix_of_panel",
    "presence_of",
    "project",
    "proximity_of",
    "rca_of",
    "similarities",
]
