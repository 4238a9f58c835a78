"""Names in the text: who and what a document speaks of.

`find_mentions` gives every name once, in text order and without overlap; all extractors build on it.
"""

from __future__ import annotations

from liantu.extraction.model import Mention
from liantu.reading.model import Document

from .scene import Scene, scene_of

__all__ = ["Scene", "find_mentions", "scene_of"]


def find_mentions(document: Document) -> tuple[Mention, ...]:
    """Every name of `document` in text order, without overlap, in clean offsets.

    Where names overlap the one that says most wins: project, enterprise, town, zone, chain, organisation, region.
    Words that stand for a name (我市, 该公司) are mentions whose key is the name they stand for.
    """
    return scene_of(document).mentions()
