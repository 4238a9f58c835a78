"""Words of the field as data, each row with its source."""

from .chains import ChainTerm, chain_kind, chain_stems, chains, find_chain, generic_chains
from .coded_phrases import CodedPhrase, coded_phrases
from .deictic import Deictic, deictics
from .kit_files import Kit
from .kits import ChartKind, chart_kinds, kits
from .lists import ListKind, list_kinds
from .regions import Gazetteer, Region, region_traps, regions
from .roles import EnterpriseRole, GovernanceRole, enterprise_roles, governance_roles
from .stages import Stage, stage_cues, stage_of_label, stage_schemes, stages
from .tables import VocabularyError
from .towns import Town, find_town, towns
from .zone_names import parse_zone, zone_aliases
from .zones import Zone, find_zone, zones

__all__ = [
    "ChainTerm",
    "ChartKind",
    "CodedPhrase",
    "Deictic",
    "EnterpriseRole",
    "Gazetteer",
    "GovernanceRole",
    "Kit",
    "ListKind",
    "Region",
    "Stage",
    "Town",
    "VocabularyError",
    "Zone",
    "chain_kind",
    "chain_stems",
    "chains",
    "chart_kinds",
    "coded_phrases",
    "deictics",
    "enterprise_roles",
    "find_chain",
    "find_town",
    "find_zone",
    "generic_chains",
    "governance_roles",
    "kits",
    "list_kinds",
    "parse_zone",
    "region_traps",
    "regions",
    "stage_cues",
    "stage_of_label",
    "stage_schemes",
    "stages",
    "towns",
    "zone_aliases",
    "zones",
]
