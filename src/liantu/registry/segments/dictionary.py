"""Segments of chains and the words that tell them: ours as data files, and the office's own beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from liantu.vocabulary.tables import Table, read_table

from ..classify import ACTIVITIES, Activity
from ..own_words import DictionaryError, read_own_table
from ..scan import Scanner

_PACKAGE = "liantu.registry"
SEGMENT_COLUMNS = ("chain", "stream", "segment", "activities", "same_as", "source")
WORD_COLUMNS = ("chain", "segment", "word", "strength", "source")
STREAMS = ("upstream", "midstream", "downstream")
STRENGTHS = ("strong", "weak", "made", "grown")
"""`made` and `grown`: strong where the scope says that the firm makes, or grows or raises, the thing; else weak."""
NO_VERB = -1


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of a chain. `activities`: what a firm must do with its things to stand there; `ours` marks the shipped ones."""

    chain: str
    segment: str
    stream: str
    activities: tuple[Activity, ...]
    ours: bool = True


class SegmentDictionary:
    """Segments with their words, ready to be looked for together with the verbs of business scopes.

    Attributes:
        segments: in the order of the files.
        words: every word looked for: those of segments and the verbs.
        digest: changes whenever a segment, word or verb does.
        borrowed: (chain, segment) of segments that share another's words, and that other one: whoever stands there stands here.
    """

    def __init__(
        self,
        segments: Sequence[Segment],
        words: Iterable[tuple[int, str, str]],
        borrowed: Mapping[tuple[str, str], tuple[str, str]] | None = None,
    ) -> None:
        """`words`: (number of the segment, word, one of `STRENGTHS`)."""
        self.segments = tuple(segments)
        self.borrowed = dict(borrowed or {})
        meanings: dict[str, dict[int, int]] = {}
        for segment, word, strength in words:
            known = meanings.setdefault(word, {})
            known[segment] = min(known.get(segment, WEAK), _RANK[strength])
        verbs = verb_numbers()
        self.words = tuple(dict.fromkeys([*meanings, *verbs]))
        self.scanner = Scanner(self.words)
        self.verb: NDArray[np.int8] = np.array([verb_of(word, verbs) for word in self.words], np.int8)
        lists = [sorted(meanings.get(word, {}).items()) for word in self.words]
        self.first: NDArray[np.int64] = np.concatenate(([0], np.cumsum([len(found) for found in lists]))).astype(
            np.int64
        )
        self.meant: NDArray[np.int32] = np.array([s for found in lists for s, _ in found], np.int32)
        self.strength: NDArray[np.int8] = np.array([strength for found in lists for _, strength in found], np.int8)
        self.allowed: NDArray[np.bool_] = np.array(
            [[activity in segment.activities for activity in ACTIVITIES] for segment in self.segments], np.bool_
        ).reshape(len(self.segments), len(ACTIVITIES))
        said = repr(
            (self.segments, sorted((w, tuple(sorted(m.items()))) for w, m in meanings.items()), sorted(verbs.items()))
        )
        self.digest = hashlib.sha256(said.encode()).hexdigest()[:16]

    def words_of(self, segment: int) -> list[tuple[str, str]]:
        """The words of a segment and the strength of each."""
        found = []
        for number, word in enumerate(self.words):
            for at in range(int(self.first[number]), int(self.first[number + 1])):
                if int(self.meant[at]) == segment:
                    found.append((word, next(s for s, rank in _RANK.items() if rank == int(self.strength[at]))))
        return found


_RANK = {"strong": 0, "made": 1, "grown": 2, "weak": 3}
STRONG, MADE, GROWN, WEAK = range(4)
EXCEPT = len(ACTIVITIES)
NONE = len(ACTIVITIES) + 1
GROW = len(ACTIVITIES) + 2
GOODS = len(ACTIVITIES) + 3


def verb_of(word: str, verbs: dict[str, int]) -> int:
    """The verb that `word` is or ends in (药材种植, 废旧金属回收), `NO_VERB` for none; only verbs of making and serving."""
    if word in verbs:
        return verbs[word]
    ends = (verbs.get(word[at:], NO_VERB) for at in range(1, len(word) - 1))
    return next((verb for verb in ends if verb in (GROW, *_OWN)), NO_VERB)


_OWN = tuple(ACTIVITIES.index(activity) for activity in ("make", "serve"))


@cache
def verb_numbers() -> dict[str, int]:
    """Word → number of its activity in `ACTIVITIES`, or one of those above it.

    `EXCEPT` takes things out, `NONE` is a noun that only holds a verb or a word of ours, `GROW` makes by growing or raising,
    `GOODS` is what shops list.
    """
    table = read_table("scope_verbs.csv", ("word", "activity", "source"), package=_PACKAGE)
    table.require_unique("word")
    order: dict[str, int] = {activity: number for number, activity in enumerate(ACTIVITIES)}
    order |= {"except": EXCEPT, "none": NONE, "grow": GROW, "goods": GOODS}
    table.require_known("activity", order)
    return {row["word"]: order[row["activity"]] for _, row in table.rows}


@cache
def default_dictionary() -> SegmentDictionary:
    """The shipped dictionary: the 16 provincial chains of Shanxi and the nine of Taiyuan."""
    return read_dictionary(())


def read_dictionary(files: Sequence[Path]) -> SegmentDictionary:
    """The shipped dictionary with the office's own files laid over it.

    A file is a CSV with the columns of `segment_words.csv` and may add `stream` and `activities` for segments of its own; a row
    whose `strength` is `drop` takes a word of ours away, and a `drop` without a word the whole segment.

    Raises:
        DictionaryError: a file that breaks these rules, with its line.
    """
    draft = _Draft()
    for file in files:
        draft.read(file)
    return draft.finish()


class _Draft:
    """Segments and words while files are laid over each other."""

    def __init__(self) -> None:
        segments = read_table("segments.csv", SEGMENT_COLUMNS, package=_PACKAGE)
        segments.require_unique("chain", "segment")
        segments.require_known("stream", STREAMS)
        segments.require_known("activities", ACTIVITIES, many=True)
        words = read_table("segment_words.csv", WORD_COLUMNS, package=_PACKAGE)
        words.require_unique("chain", "segment", "word")
        words.require_known("strength", STRENGTHS)
        self.words: dict[tuple[str, str], dict[str, str]] = {}
        self.segments: dict[tuple[str, str], Segment] = {}
        self._same: dict[tuple[str, str], tuple[str, str]] = {}
        self._take_segments(segments)
        for line, row in words.rows:
            key = (row["chain"], row["segment"])
            if key not in self.segments or key in self._same:
                raise words.error(line, f"没有环节“{key[0]}/{key[1]}”", f"no segment {key[0]}/{key[1]} of its own")
            self.words[key][row["word"]] = row["strength"]

    def _take_segments(self, table: Table) -> None:
        for line, row in table.rows:
            key = (row["chain"], row["segment"])
            self.words[key] = {}
            activities = tuple(a for a in ACTIVITIES if a in row["activities"].split("|"))
            if row["same_as"]:
                chain, _, segment = row["same_as"].partition("/")
                other = self.segments.get((chain, segment))
                if other is None:
                    raise table.error(line, f"没有环节“{row['same_as']}”", f"no segment {row['same_as']}")
                self._same[key] = (chain, segment)
                activities = other.activities
            self.segments[key] = Segment(*key, row["stream"], activities)

    def read(self, file: Path) -> None:
        table = read_own_table(file, WORD_COLUMNS[:4], "segment_words.csv")
        for line, row in table.rows:
            self._row(file.name, line, row)

    def _row(self, file: str, line: int, row: dict[str, str]) -> None:
        key = (row["chain"].strip(), row["segment"].strip())
        word, strength = row["word"].strip(), row["strength"].strip() or "strong"
        if not all(key):
            raise DictionaryError(file, line, "链或环节为空，请补填", "the chain or segment is blank; fill it in")
        if strength == "drop":
            self._drop(file, line, key, word)
            return
        if strength not in STRENGTHS:
            raise DictionaryError(
                file,
                line,
                f"strength“{strength}”应为 {'、'.join(STRENGTHS)} 或 drop",
                f"strength {strength!r} is not {', '.join(STRENGTHS)} or drop",
            )
        if len(word) < 2 or "\n" in word:
            raise DictionaryError(file, line, f"词“{word}”至少要有两个字", f"{word!r} must have two characters or more")
        if key not in self.segments:
            stream = row.get("stream", "").strip() or "midstream"
            wanted = (row.get("activities", "") or "make|serve").split("|")
            if stream not in STREAMS or set(wanted) - set(ACTIVITIES):
                raise DictionaryError(
                    file,
                    line,
                    f"stream 应为 {'、'.join(STREAMS)}，activities 应为 {'、'.join(ACTIVITIES)}（用 | 隔开）",
                    f"stream is one of {', '.join(STREAMS)}, activities of {', '.join(ACTIVITIES)}",
                )
            self.segments[key] = Segment(*key, stream, tuple(a for a in ACTIVITIES if a in wanted), ours=False)
            self.words[key] = {}
        self._own(key)[word] = strength

    def _drop(self, file: str, line: int, key: tuple[str, str], word: str) -> None:
        if key not in self.segments or (word and word not in self._own(key)):
            said = "/".join((*key, word)) if word else "/".join(key)
            raise DictionaryError(
                file, line, f"没有“{said}”可删，请核对写法", f"there is no {said} to drop; check how it is written"
            )
        if word:
            del self._own(key)[word]
        else:
            del self.segments[key]

    def _own(self, key: tuple[str, str]) -> dict[str, str]:
        """The words of a segment that may be changed: one that borrows another's words gets its own copy first."""
        if key in self._same:
            self.words[key] = dict(self.words[self._same.pop(key)])
        return self.words[key]

    def finish(self) -> SegmentDictionary:
        words = []
        for number, key in enumerate(self.segments):
            for word, strength in self.words[self._same.get(key, key)].items():
                words.append((number, word, strength))
        borrowed = {key: other for key, other in self._same.items() if key in self.segments}
        return SegmentDictionary(tuple(self.segments.values()), words, borrowed)
