"""When two names, two phrases or two units count as the same in an evaluation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

SAME_NAME = 0.84
"""Names at least this alike (0..1) are the same thing."""

_FUZZY_LENGTH = 4  # shorter names must agree exactly: one differing character in three is another place
_NOISE = re.compile(r"[\s“”\"'‘’《》〈〉「」『』【】·,，。、;；:：\-—–()（）\[\]]")
_COMPANY_ENDINGS = ("股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "集团公司", "集团", "公司")
_PLACE_ENDINGS = ("自治区", "省", "市", "县", "区")
_DIGITS = re.compile(r"\d+")
_UNIT_GROUPS = (
    frozenset({"公里", "千米"}),
    frozenset({"平方公里", "平方千米"}),
    frozenset({"m2", "平方米"}),
    frozenset({"gw", "吉瓦"}),
    frozenset({"mw", "兆瓦"}),
    frozenset({"kw", "千瓦"}),
    frozenset({"件", "个"}),
)


def plain(text: object) -> str:
    """`text` without differences of width and case, and without spaces, quotation marks and brackets."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", str(text or "")).lower())


def folded(name: object) -> str:
    """`name` reduced to what tells it from others: plain, without a company's or a place's ending.

    A place keeps its ending when fewer than two characters would be left of it (`祁县` stays).
    """
    text = plain(name)
    ending = next((e for e in _COMPANY_ENDINGS if text.endswith(e)), "")
    text = text.removesuffix(ending)
    ending = next((e for e in _PLACE_ENDINGS if text.endswith(e) and len(text) >= len(e) + 2), "")
    return text.removesuffix(ending)


def likeness(left: Iterable[object], right: Iterable[object]) -> float:
    """How alike the two most alike of two lists of names are, 0..1.

    1.0 when one folded name stands in both lists. Names of four characters and more may also be nearly the same,
    as long as the digits in them agree: phase 1 is never phase 2.
    """
    ours = [f for f in map(folded, left) if f]
    theirs = [f for f in map(folded, right) if f]
    if set(ours) & set(theirs):
        return 1.0
    return max(
        (
            SequenceMatcher(None, a, b, autojunk=False).ratio()
            for a in ours
            for b in theirs
            if min(len(a), len(b)) >= _FUZZY_LENGTH and _DIGITS.findall(a) == _DIGITS.findall(b)
        ),
        default=0.0,
    )


def same_unit(left: str | None, right: str | None) -> bool:
    """Whether two units are written the same, or are two spellings of one unit."""
    a, b = (unicodedata.normalize("NFKC", unit or "").lower() for unit in (left, right))
    return a == b or any(a in group and b in group for group in _UNIT_GROUPS)
