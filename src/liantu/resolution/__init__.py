"""Names to entities: fold, find candidates, compare, decide, explain, undo."""

from .calibration import Bands, default_bands
from .decide import Entity, Explanation, Judgement, ResolutionError, Resolver, merge
from .fold import fold
from .matching import NameIndex, best_match, compare, name_key
from .model import Band, Candidate, Comparison, Decision, Named
from .project_code import ProjectCode, parse_project_code
from .uscc import is_uscc

__all__ = [
    "Band",
    "Bands",
    "Candidate",
    "Comparison",
    "Decision",
    "Entity",
    "Explanation",
    "Judgement",
    "NameIndex",
    "Named",
    "ProjectCode",
    "ResolutionError",
    "Resolver",
    "best_match",
    "compare",
    "default_bands",
    "fold",
    "is_uscc",
    "merge",
    "name_key",
    "parse_project_code",
]
