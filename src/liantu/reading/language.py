"""Which language a text is in, as far as this reader needs to know: Chinese or not."""

from __future__ import annotations

import re

_CJK = re.compile("[\u3400-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_LETTER = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f\u0590-\u06ff\u0e00-\u0e7f]")
_ENOUGH = 40  # letters; below this a file is too short to judge
_CHINESE_SHARE = 0.2  # of the letters; tables of figures and model names hold many Latin ones


def language_of(clean: str) -> tuple[str, bool]:
    """BCP 47 tag (`zh`, `ja`, `ko`, or `und`), and whether the text is foreign to a reader of Chinese."""
    sample = clean if len(clean) <= 60_000 else clean[:20_000] + clean[len(clean) // 2 :][:20_000] + clean[-20_000:]
    chinese = len(_CJK.findall(sample))
    kana = len(_KANA.findall(sample))
    hangul = len(_HANGUL.findall(sample))
    others = len(_LETTER.findall(sample))
    letters = chinese + kana + hangul + others
    if letters < _ENOUGH:
        return "zh", False
    if kana > 0.1 * letters:
        return "ja", True
    if hangul > 0.2 * letters:
        return "ko", True
    if chinese < _CHINESE_SHARE * letters:
        return "und", True
    return "zh", False
