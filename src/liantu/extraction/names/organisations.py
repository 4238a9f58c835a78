"""Bureaux, universities, banks, media: named, but no enterprises."""

from __future__ import annotations

from .lexicon import Lexicon
from .places import Place
from .spans import is_mark
from .tokens import Tokens

# 华北电力大学: the segmenter may know the whole name.
_WHOLE = ("大学", "学院", "研究院", "研究所", "科学院")


def find_organisations(tokens: Tokens, lex: Lexicon, places: list[Place]) -> list[Place]:
    """Names that close with 局, 委员会, 大学, 研究院, 银行 …, from the place or the first noun they begin with."""
    words, tails = tokens.words, lex.words["organisation_tail"]
    ends = {p.last: p for p in places}
    found: list[Place] = []
    for i in tokens.spots["organisation"]:
        word = words[i]
        bureau = len(word) >= 3 and word[-1] in "局厅委" and tokens.tags[i] in ("n", "nt", "nr", "j")
        if word not in tails and not bureau and not (len(word) >= 4 and word.endswith(_WHOLE)):
            continue
        if i + 1 < len(words) and words[i + 1] in tails:
            continue
        first = i
        j = i - 1
        while j >= 0 and i - j <= 6:
            if j in ends:
                first = ends[j].first
                break
            if (
                is_mark(words[j])
                or tokens.tags[j] not in ("n", "nt", "ns", "nz", "nr", "j", "vn", "b", "k", "an")
                or words[j] in lex.words["firm_tail"]
                or words[j] in lex.words["stop_noun"]
            ):
                break
            first = j
            j -= 1
        name = tokens.text[tokens.starts[first] : tokens.ends[i]]
        if len(name) >= 3 and (first < i or len(word) >= 3):
            found.append(Place("organisation", name, first, i))
    return found
