"""Near-duplicates among many texts, one text at a time."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b

from .compare import SHORTEST, Prepared, compare
from .model import DuplicatePair, Match, Overlap, Passage
from .postings import Postings, fingerprints

_FEWEST_SHARED = 2  # fingerprints
_SHARED = 0.1  # of the fingerprints of the text that has fewer
_PATIENCE = 8  # candidates in a row that are no copies before the rest, which share less, are left


def worth_comparing(shared: int, left: int, right: int) -> bool:
    """Whether two texts with `left` and `right` fingerprints, `shared` of them in common, may be copies."""
    return shared >= _FEWEST_SHARED and shared >= _SHARED * min(left, right)


class DuplicateIndex:
    """The texts seen so far; each new one is told which of them it copies.

    A text is compared in full only with those that share fingerprints with it (sampled runs of five characters), so the
    work grows with the number of texts and of real copies, not with the number of pairs. A text of 2,000 characters takes
    about 6 KB: 200 fingerprints of 16 bytes and the packed text. With `text_of`, which gives the text of an id back,
    the texts themselves are not kept.

    A fingerprint is noted for its first 64 texts only: of an article reposted more often, a later copy that is not
    identical is matched to the earliest ones.
    """

    def __init__(self, text_of: Callable[[str], str] | None = None) -> None:
        self._text_of = text_of
        self._postings = Postings()
        self._ids: list[list[str]] = []  # of each different key: the texts that have it, the first one noted
        self._sizes: list[int] = []
        self._packed: dict[str, bytes] = {}
        self._by_key: dict[bytes, int] = {}
        self._known: set[str] = set()

    def __len__(self) -> int:
        return len(self._known)

    def add(self, id: str, text: str) -> tuple[Match, ...]:
        """Take `text` in and give the earlier texts that are near-duplicates of it, those most alike first.

        `text` is clean body text (`body_text` of a document gives it).

        Raises:
            ValueError: `id` was added before.
        """
        if id in self._known:
            raise ValueError(f"文本 {id} 已经收入，请换一个编号 / text {id} was added before; use another id")
        self._known.add(id)
        ours = Prepared(text)
        key = ours.key
        digest = blake2b(key.encode("utf-16-le"), digest_size=16).digest()
        twin = self._by_key.get(digest) if key else None
        found = fingerprints(key) if len(key) >= SHORTEST else []
        number = None
        if key and twin is None:
            number = len(self._ids)
            self._by_key[digest] = number
            self._ids.append([id])
            self._sizes.append(len(found))
        counts = self._postings.exchange(found, number)
        matches = [] if twin is None else self._matches(twin, ours, None)
        failures = 0
        for other in self._candidates(counts, len(found)):
            if other in (twin, number):
                continue
            overlap = compare(ours, Prepared(self._text(self._ids[other][0])))
            failures = 0 if overlap else failures + 1
            if failures >= _PATIENCE:
                break
            if overlap:
                matches += self._matches(other, ours, overlap)
        if twin is not None:
            self._ids[twin].append(id)
        if self._text_of is None:
            self._packed[id] = zlib.compress(text.encode("utf-16-le", "surrogatepass"), 1)
        return tuple(sorted(matches, key=lambda m: -m.overlap.share))

    def _candidates(self, counts: dict[int, int], own: int) -> list[int]:
        """Earlier texts by the share of fingerprints that the smaller one has in common with the larger."""
        shares = []
        for other, count in counts.items():
            smaller = min(own, self._sizes[other])
            if worth_comparing(count, own, self._sizes[other]):
                shares.append((-count / smaller, -count, other))
        return [other for _, _, other in sorted(shares)]

    def _matches(self, number: int, ours: Prepared, overlap: Overlap | None) -> list[Match]:
        """The overlap with the first text of a key, carried over to the texts that have the same key."""
        matches = []
        for at, id in enumerate(self._ids[number]):
            if overlap is not None and at == 0:
                matches.append(Match(id, overlap))
                continue
            exact = compare(ours, Prepared(self._text(id))) if overlap else _identical(ours.text, self._text(id))
            if exact is not None:
                matches.append(Match(id, exact))
        return matches

    def _text(self, id: str) -> str:
        if self._text_of is not None:
            return self._text_of(id)
        return zlib.decompress(self._packed[id]).decode("utf-16-le", "surrogatepass")


def _identical(left: str, right: str) -> Overlap:
    return Overlap("identical", 1.0, 1.0, (Passage((0, len(left)), (0, len(right))),))


def find_duplicates(texts: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[DuplicatePair, ...]:
    """All near-duplicate pairs among texts given by id, in the order of the later text of each pair.

    Raises:
        ValueError: the same id twice.
    """
    index = DuplicateIndex()
    pairs: list[DuplicatePair] = []
    for id, text in texts.items() if isinstance(texts, Mapping) else texts:
        pairs += [DuplicatePair(match.id, id, match.overlap.turned()) for match in index.add(id, text)]
    return tuple(pairs)
