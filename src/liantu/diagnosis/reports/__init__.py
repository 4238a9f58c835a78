"""Whole diagnoses out of single measures: of a place, of a chain in a place, of several places side by side.

A `Basis` says who is counted where (a registry, or what the ledger has been told); the three functions below ask the measures
and hand back lines, each a `Result` with the step that it belongs to. `rows_of` makes tidy rows of them.

Asked for by its own name: it loads NumPy.
"""

from .basis import Basis, BasisError, Count, Link
from .chain import ChainDiagnosis, diagnose_chain
from .compared import Comparison, compare
from .place import PlaceDiagnosis, diagnose_place
from .registry_basis import basis_of_registry, kept_basis
from .tidy import COLUMNS, Line, region_name, rows_of, words

__all__ = [
    "COLUMNS",
    "Basis",
    "BasisError",
    "ChainDiagnosis",
    "Comparison",
    "Count",
    "Line",
    "Link",
    "PlaceDiagnosis",
    "basis_of_registry",
    "compare",
    "diagnose_chain",
    "diagnose_place",
    "kept_basis",
    "region_name",
    "rows_of",
    "words",
]
