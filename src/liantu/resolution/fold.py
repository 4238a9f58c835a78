"""One written form for names that differ only in width, case, brackets, quotes and spaces."""

from __future__ import annotations

import re
import unicodedata

_BRACKETS = str.maketrans(
    {"〔": "(", "〕": ")", "［": "(", "］": ")", "[": "(", "]": ")", "【": "(", "】": ")", "{": "(", "}": ")"}
)
_DROPPED = str.maketrans("", "", "“”‘’\"'「」『』《》〈〉<>·•・‧∙—–-_ \t\r\n\u3000\u00a0\u200b\ufeff")

_ODD = re.compile("[^\u4e00-\u9fff0-9a-z()]")
"""What folding may change; ideographs of the basic block stay as they are."""


def fold(name: str) -> str:
    """`name` in half width, lower case, with round brackets, and without quotation marks, dashes, dots and spaces.

    Folding twice changes nothing. 一道新能源科技（忻州）有限公司 → 一道新能源科技(忻州)有限公司.
    """
    plain = name.replace("（", "(").replace("）", ")")
    if not _ODD.search(plain):  # most names of firms
        return plain
    folded = name
    for _ in range(4):
        before = folded
        folded = unicodedata.normalize("NFKC", folded.translate(_BRACKETS).translate(_DROPPED)).casefold()
        folded = unicodedata.normalize("NFKC", folded).translate(_BRACKETS).translate(_DROPPED)
        if folded == before:
            break
    return folded
