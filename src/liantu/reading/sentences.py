"""Sentences of a block: up to 。！？ or …, with the quotes and brackets that close behind the mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from liantu.reading.model import Block, Sentence

_END = re.compile("[。！？…]+[”’）】〕》]*")
_GOES_ON = frozenset("，、；：）》等")


def split_sentences(clean: str, blocks: Sequence[Block]) -> tuple[Sentence, ...]:
    """All sentences of the blocks in order. `；` does not end a sentence; a table row is one sentence."""
    return tuple(
        Sentence(start, end, index)
        for index, block in enumerate(blocks)
        for start, end in _spans(clean, block.start, block.end, block.kind == "table_row")
    )


def _spans(clean: str, start: int, end: int, whole: bool) -> Iterator[tuple[int, int]]:
    at = start
    if not whole:
        for match in _END.finditer(clean, start, end):
            stop = match.end()
            if stop < end and (clean[stop] in _GOES_ON or clean[stop - 1] == "》"):
                continue
            yield at, stop
            at = stop
            while at < end and clean[at] == " ":
                at += 1
    if at < end:
        yield at, end
