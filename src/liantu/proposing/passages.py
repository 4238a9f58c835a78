"""What is sent: the body of a document in passages, each between marks that the document cannot know."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from liantu.proposing.client import Limits
from liantu.reading.model import BODY_KINDS, Document


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole blocks of body text: clean [start, end) of each."""

    blocks: tuple[tuple[int, int], ...]

    def text(self, document: Document) -> str:
        """The passage as it is sent."""
        return "\n".join(document.text.clean[start:end] for start, end in self.blocks)


def passages(document: Document, limits: Limits) -> Iterator[Passage]:
    """The body of a document, page furniture left out, cut at blocks; a block that is too long is cut at its sentences."""
    held: list[tuple[int, int]] = []
    size = 0
    for start, end in _pieces(document, limits.passage_characters):
        if held and size + end - start > limits.passage_characters:
            yield Passage(tuple(held))
            held, size = [], 0
        held.append((start, end))
        size += end - start
    if held:
        yield Passage(tuple(held))


def _pieces(document: Document, most: int) -> Iterator[tuple[int, int]]:
    sentences = iter(document.sentences)
    sentence = next(sentences, None)
    for block in document.blocks:
        if block.kind not in BODY_KINDS:
            continue
        if block.end - block.start <= most:
            yield block.start, block.end
            continue
        while sentence is not None and sentence.end <= block.start:
            sentence = next(sentences, None)
        while sentence is not None and sentence.start < block.end:
            if sentence.end - sentence.start <= most:  # no reader, human or other, takes in a longer one
                yield sentence.start, sentence.end
            sentence = next(sentences, None)


@cache
def instructions() -> str:
    """What the model is told to do (`data/prompt.txt`)."""
    return (files("liantu.proposing") / "data" / "prompt.txt").read_text(encoding="utf-8")


def messages(text: str) -> list[dict[str, str]]:
    """The question about one passage. Its marks are made anew each time: no document can close them."""
    mark = f"=== {secrets.token_hex(12)} ==="
    return [
        {"role": "system", "content": instructions()},
        {"role": "user", "content": f"{mark}\n{text}\n{mark}"},
    ]
