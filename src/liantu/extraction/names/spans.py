"""Walking over words: where a name may begin, and what its words are like."""

from __future__ import annotations

from .lexicon import Lexicon
from .tokens import Tokens

OPENERS = {"）": "（", "”": "“", "’": "‘", "》": "《", ")": "("}
_PUNCTUATION = frozenset("，。；：、！？…—\n\t|·>《》“”‘’（）()【】[]/+ ■>-,;:!?%.．")


_PLACE_ENDINGS = frozenset("镇村乡街路县市省州化性型区县旗山河湖湾")


# An unknown word that begins with one of these is a clause's beginning (仍下拉, 单看, 专做), no name.
_ADVERBS = frozenset("拟未仍单专仅只均皆再更最很较曾虽若如每该各其此这那")


def in_document_name(text: str, low: int, at: int) -> bool:
    """Whether `at` lies in the name of a document that opens in [low, at): 根据《…示范区建设方案》."""
    opens = text.rfind("《", low, at)
    return opens >= 0 and text.find("》", opens, at) < 0


def is_mark(word: str) -> bool:
    return len(word) == 1 and word in _PUNCTUATION


def is_number(word: str) -> bool:
    return word[0].isdigit()


def is_proper(tokens: Tokens, i: int, lex: Lexicon) -> bool:
    """Whether word `i` looks like a proper name: tagged so, or unknown to the dictionary, and no word of the trade."""
    word = tokens.words[i]
    if len(word) < 2 or len(word) > 5 or is_number(word):
        return False
    if lex.is_a(word, "brand"):
        return True
    if (
        word in lex.industries
        or word in lex.words["firm_word"]
        or word in lex.words["stop_noun"]
        or word in lex.words["break_word"]
        or word in lex.words["generic"]
        or word in lex.words["project_head"]
        or word in lex.words["zone_tail"]
        or word in lex.words["work_word"]
        or word in lex.words["organisation_tail"]
        or word in lex.regions
    ):
        return False
    if (
        word[-1] in _PLACE_ENDINGS
        or word[-1] in "至到入在给向往"
        or (word[0] in "第三五七九多各某" and word[-1] in "个条批大是家")
        or word[-1] == "是"
        or (word[0] in _ADVERBS and not lex.jieba.has_word(word))
    ):
        return False
    if word in tokens.townships:
        return False
    tag = tokens.tags[i]
    if tag in ("m", "q", "mq"):
        return False
    if tag in ("nr", "nz", "nt", "nrt", "nrfg", "ns"):
        return (tag != "ns" or word not in lex.guarded) and len(word) <= 3 and lex.is_rare(word)
    return tag in ("n", "v", "a", "d", "j", "i", "vn", "vg", "ng", "ag", "zg", "x") and not lex.jieba.has_word(word)


def opening(tokens: Tokens, i: int, limit: int = 10) -> int | None:
    """Index of the mark that opens the bracket or quotation closed at `i`, if near."""
    mark = OPENERS.get(tokens.words[i])
    if mark is None:
        return None
    for j in range(i - 1, max(-1, i - 1 - limit), -1):
        if tokens.words[j] == mark:
            # （一）, （1） number a list and open no name.
            inner = tokens.text[tokens.ends[j] : tokens.starts[i]]
            return None if mark == "（" and (inner.isdigit() or all(c in "一二三四五六七八九十" for c in inner)) else j
        if tokens.words[j] in "，。；\n":
            return None
    return None
