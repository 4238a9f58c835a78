"""Characters strewn into a text against copying: dropped where they come often enough to be no writing."""

from __future__ import annotations

import re

from liantu.reading.draft import Edit

_CJK = "\u4e00-\u9fff"
# Signs and foreign letters that no writer puts between two Chinese characters, and lower-case Latin ones, which stand
# there now and then (a类, x轴). Signs that do stand there (+ - / · & = ~ | >) are left alone.
_STREWN = re.compile(
    rf"(?<=[{_CJK}])(?:[#^*`$@\\_¤§¦◆◇■□▲△▼▽★☆●○※∥♀♂\u0370-\u03ff\u0400-\u04ff\u0590-\u06ff\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\uac00-\ud7af]|[a-z]){{1,3}}(?=[{_CJK}])"
)
_FEWEST = 8
_SHARE = 0.002  # of a text's characters
_AD = re.compile(r"(?<=[^\n])>>>[^\n<>]{1,200}<<<|>>>[^\n<>]{1,200}<<<(?=[^\n])")


def strewn(text: str) -> list[Edit]:
    """Edits that drop strewn characters; none unless they are many and of several kinds."""
    found = list(_STREWN.finditer(text))
    if len(found) < max(_FEWEST, _SHARE * len(text)) or len({m[0] for m in found}) < 4:
        return []
    kana = sum("\u3040" <= c <= "\u30ff" for m in found for c in m[0])
    if kana * 2 > len(found):  # Japanese
        return []
    return [(m.start(), m.end(), "") for m in found]


def inline_ads(text: str) -> list[Edit]:
    """Advertisements set into a line between `>>>` and `<<<`; those on a line of their own become furniture."""
    return [(m.start(), m.end(), "") for m in _AD.finditer(text)] if "<<<" in text else []
