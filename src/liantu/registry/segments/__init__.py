"""Placing firms on the segments of chains, by a dictionary that is data.

>>> placed = place(["定襄县示例法兰有限公司"], ["法兰、锻件加工、销售"])
>>> placed.of(0)[0].segment
'锻件与法兰'
"""

from ..own_words import DictionaryError
from .dictionary import Segment, SegmentDictionary, default_dictionary, read_dictionary
from .placing import Placement, Placements, explain, place

__all__ = [
    "DictionaryError",
    "Placement",
    "Placements",
    "Segment",
    "SegmentDictionary",
    "default_dictionary",
    "explain",
    "place",
    "read_dictionary",
]
