"""The array scanner finds what a loop over every position would find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.registry.scan import Scanner, Texts, codes_of

_LETTERS = "铝镁合金板（(ＡAa；"
_WORDS = st.lists(st.text(_LETTERS, min_size=2, max_size=5), min_size=1, max_size=12, unique=True)
_TEXTS = st.lists(st.text(_LETTERS + "\n钢", max_size=30), min_size=1, max_size=6)


def found_slowly(words: list[str], text: str) -> list[tuple[int, int]]:
    """Of words that begin at one place the longest, none inside one that began earlier."""
    plain = {tuple(codes_of(word)) for word in words}
    codes = tuple(codes_of(text))
    found: list[tuple[int, int]] = []
    reach = 0
    for start in range(len(codes)):
        ends = [start + len(word) for word in plain if codes[start : start + len(word)] == word]
        if ends and max(ends) > reach:
            reach = max(ends)
            found.append((start, reach))
    return found


@given(_WORDS, _TEXTS)
def test_the_scanner_finds_what_a_loop_finds(words: list[str], texts: list[str]) -> None:
    texts = [text.replace("\n", "") for text in texts]
    joined = Texts(texts)
    hits = Scanner(words).find(joined)
    numbers = joined.text_of(hits.start)
    for number, text in enumerate(texts):
        mine = numbers == number
        starts = (hits.start[mine] - joined.starts[number]).tolist()
        ends = (hits.end[mine] - joined.starts[number]).tolist()
        assert list(zip(starts, ends, strict=True)) == found_slowly(words, text)
    for start, end, word in zip(hits.start, hits.end, hits.word, strict=True):
        assert codes_of(words[word]).tolist() == joined.codes[start:end].tolist()


def test_a_word_of_one_character_is_refused() -> None:
    with pytest.raises(ValueError, match="不足两个字"):
        Scanner(["铝"])


def test_characters_beyond_the_plane_keep_their_place() -> None:
    hits = Scanner(["法兰"]).find(Texts(["𠮷𠮷法兰"]))
    assert hits.start.tolist() == [2]
