"""One label for one chain, whatever form of its name is written."""

from __future__ import annotations

from functools import cache, lru_cache

import ahocorasick

from liantu.vocabulary.chains import chain_stems, chains, find_chain

SHORTEST = 3  # shorter forms (法兰, 光伏) in the words of an indicator may be a product or a part of another word


@lru_cache(maxsize=16384)
def chain_label(name: str) -> str:
    """The vocabulary's name for a chain, else the name without 产业链, 产业集群 and the like."""
    known = find_chain(name)
    return known.name if known is not None else chain_stems(name)[-1]


@cache
def _forms() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for term in chains():
        for form in term.forms:
            if len(form) >= SHORTEST or term.level:
                automaton.add_word(form, (len(form), term.name))
    automaton.make_automaton()
    return automaton


@lru_cache(maxsize=65536)
def chain_in(words: str) -> str:
    """Label of the chain that an indicator or name speaks of: the longest form found in it, else an empty string."""
    found = [(length, end, label) for end, (length, label) in _forms().iter(words)]
    return max(found, key=lambda hit: (hit[0], -hit[1]))[2] if found else ""
