"""Where an industry's name begins, and whether the words there are one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .firm_book import FirmBook
from .industry_cues import (
    ABOUT_INDUSTRY,
    BARE,
    CALLED,
    CLOSED,
    CLUSTER,
    ENDING,
    FROM,
    HEADS,
    LEAD_WORDS,
    LISTED_TAILS,
    NO_CHAIN_AFTER,
    NO_INDUSTRY,
    NOUN_VERBS,
    ONLY_CLASS,
    SECTORS,
    SINGLE,
)
from .lexicon import Lexicon
from .places import Place
from .spans import is_mark, is_number, opening
from .tokens import Tokens
from .work_base import Work


@dataclass(slots=True)
class ChainName:
    """An industry named at clean [start, end)."""

    name: str
    start: int
    end: int
    aliases: tuple[str, ...] = ()
    kind: str = "chain"  # chain, cluster, town
    cue: str = ""  # what in the text makes it one: the tail or the verb


class IndustryReader:
    """Reads single industries of one document and keeps those it accepts."""

    def __init__(self, tokens: Tokens, lex: Lexicon, places: list[Place], book: FirmBook, works: list[Work]) -> None:
        self.tokens, self.lex = tokens, lex
        self.blocked = {k for w in works for k in range(w.first, w.last + 1)}
        self.blocked |= {k for s in book.spans for k in range(s.first, s.last + 1)}
        self.towns = [p for p in places if p.kind == "town"]
        self.blocked |= {k for p in places if p.kind == "zone" for k in range(p.first, p.last + 1)}
        self.place_first = {p.last: p.first for p in places if p.kind == "region"}
        self.regions = {k for p in places if p.kind == "region" for k in range(p.first, p.last + 1)}
        self.found: dict[int, ChainName] = {}

    def _item_start(self, end: int, town: bool = False) -> int:
        """First word of the industry whose last word is `end`; past `end` when there is none."""
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        first = end + 1
        j = end
        while j >= 0 and end - j <= 7:
            word = words[j]
            if j in self.blocked or (j in self.regions and not town):
                break
            if is_mark(word):
                open_at = opening(self.tokens, j, 6)
                if open_at is None:
                    break
                first, j = open_at, open_at - 1
                continue
            if word in lex.industries or (town and j in self.regions):
                first = j
                j -= 1
                continue
            if word in lex.words["chain_prefix"] and first <= end:
                first = j
                j -= 1
                continue
            breaks = word in lex.words["break_word"] and word not in lex.words["work_word"] and word not in NOUN_VERBS
            verb = (
                tags[j] == "v"
                and word not in NOUN_VERBS
                and lex.jieba.has_word(word)
                and word not in lex.words["work_word"]
            )
            if breaks or verb or word in lex.words["stop_noun"] or tags[j] in CLOSED or is_number(word):
                break
            first = j
            j -= 1
        while first <= end and words[first] in lex.words["chain_lead"]:
            first += 1
        return first

    def _accept(self, first: int, end: int, cue: str, tail: str, town: bool = False, beside: bool = False) -> bool:
        """Enter the industry of words `first` … `end` if it is one; say whether."""
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        start, stop = self.tokens.starts[first], self.tokens.ends[end]
        said = self.tokens.text[start:stop]
        start += len(said) - len(said.lstrip(".·．"))
        lead = LEAD_WORDS.match(self.tokens.text[start:stop])
        start += lead.end() if lead is not None else 0
        start = _behind_quotation(self.tokens.text, start, stop)
        name = self.tokens.text[start:stop].strip("“”‘’")
        if "“" in name and "”" not in name:
            stop = start + self.tokens.text[start:stop].rindex("“")  # 服装皮革“四大千亿产业”
            name = self.tokens.text[start:stop]
        if name in HEADS or ONLY_CLASS.match(name) or FROM.search(self.tokens.text[max(0, start - 34) : start]):
            return False
        if name.endswith("+") or CALLED.search(self.tokens.text[max(0, start - 4) : start]):
            return False
        if name in lex.words["chain_prefix"] or (cue != "是" and name in SECTORS):
            return False
        if NO_CHAIN_AFTER.match(self.tokens.text[stop : stop + 8]):
            return False
        if (
            not 2 <= len(name) <= 16
            and name not in lex.industries
            and not (name in SINGLE and tail in lex.words["chain_tail"])
        ):
            return False
        generic = lex.words["generic_chain"]
        if name + tail in generic or name in generic or (name in lex.words["generic"] and name not in lex.industries):
            return False
        known = name in lex.industries or any(words[k] in lex.industries for k in range(first, end + 1))
        if not known and not ENDING.search(name) and not (name in SINGLE and tail):
            nouns = all(tags[k] in ("n", "nz", "vn", "j", "b", "nr", "l", "ns") for k in range(first, end + 1))
            plain = any(
                words[k] in lex.words["generic"] or words[k] in lex.words["work_word"] for k in range(first, end + 1)
            )
            told = tail == "产业" and len(name) <= 5 and not ABOUT_INDUSTRY.match(self.tokens.text[stop + 2 : stop + 6])
            closes = beside or town or tail in ("产业链", "产业集群") or told
            plain = plain or any(
                words[k] in lex.words["person_title"] or words[k] in NO_INDUSTRY for k in range(first, end + 1)
            )
            if not nouns or plain or not closes:
                return False
        self.enter(name, start, stop, cue, tail, town)
        return True

    def enter(self, name: str, start: int, stop: int, cue: str, tail: str = "", town: bool = False) -> None:
        """Keep the industry `name` at clean [start, stop), under every form it goes by."""
        aliases = {name, BARE.sub("", name)}
        stem = BARE.sub("", name)
        if stem != name and len(stem) >= 2 and stem in self.lex.industries:
            name = stem  # 光伏产业链 goes by 光伏; its other forms are aliases
        if tail and tail not in LISTED_TAILS:
            aliases.add(name + tail)
        if not name.endswith(("业", "产业", "经济")):
            aliases.add(name + "产业")
        aliases -= {name, ""}
        kind = "town" if town else "cluster" if tail in CLUSTER or cue in CLUSTER else "chain"
        self.found.setdefault(start, ChainName(name, start, stop, tuple(sorted(aliases)), kind, cue))


def _behind_quotation(text: str, start: int, stop: int) -> int:
    """Where the name begins behind a coined figure in quotation marks: “1+N”|动力电池."""
    coined = _COINED.match(text, start, stop - 1)
    return coined.end() if coined is not None else start


_COINED = re.compile(r"“[^“”]*[\d+][^“”]*”")
