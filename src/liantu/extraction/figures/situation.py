"""The words around a number as a statistical model of status sees them: short traces, no rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from liantu.vocabulary.tables import alternatives, read_table

_NEAR = 30  # characters of its clause before a number that leave traces
_BEHIND = 12  # characters behind it
_PART = re.compile(r"[，；。]")


@dataclass(frozen=True, slots=True)
class Situation:
    """A number in its sentence. Offsets are within `sentence`; `clause` is where its clause begins."""

    sentence: str
    start: int
    stop: int
    clause: int
    unit: str
    unit_class: str
    kind: str
    bound: str
    inherited: bool
    genre: str
    outlook: str
    heading: str
    is_project: bool
    commissioned: bool | None
    terms: bool
    time_kind: str  # empty where no time governs it
    time_sign: str  # year of that time against the year of publication: "<", "=", ">" or empty


@lru_cache(maxsize=1)
def _cue() -> re.Pattern[str]:
    return re.compile(rf"到20\d\d年|{alternatives(_ways())}")


@lru_cache(maxsize=1)
def _ways() -> dict[str, str]:
    """Cue words with whether they may look ahead: `ahead` or `any`."""
    table = read_table("status_cues.csv", ("cue", "way", "source"), "liantu.extraction")
    table.require_unique("cue")
    table.require_known("way", ("ahead", "any"))
    return {row["cue"]: row["way"] for _, row in table.rows}


@lru_cache(maxsize=256)
def cues_of(sentence: str) -> tuple[tuple[int, int, str], ...]:
    """Cue words of a sentence as (start, end, word); a year to come by 到 counts as one word."""
    return tuple(
        (m.start(), m.end(), "到年" if m.group().startswith("到20") else m.group()) for m in _cue().finditer(sentence)
    )


def looks_ahead(s: Situation) -> bool:
    """Whether anything about `s` speaks of what is not yet: only then has the model something to say against the rules."""
    ways = _ways()
    return (
        s.is_project
        or s.terms
        or s.time_sign == ">"
        or s.outlook in ("future", "terms")
        or any(ways.get(word, "ahead") == "ahead" for _, _, word in cues_of(s.sentence))
    )


def traces(s: Situation) -> set[str]:
    """What `s` leaves for the model. Their names are the rows of `status_weights.csv`."""
    return near_traces(s) | heading_traces(s.heading)


def heading_traces(heading: str) -> set[str]:
    """What the heading of its section leaves: every two characters."""
    return {f"t{heading[i : i + 2]}" for i in range(len(heading) - 1)}


def near_traces(s: Situation) -> set[str]:
    """What the number itself and its sentence leave."""
    found: set[str] = set()
    left = s.sentence[s.clause : s.start][-_NEAR:]
    right = s.sentence[s.stop : s.stop + _BEHIND]
    found.update(f"L{left[-n:]}" for n in range(1, min(4, len(left)) + 1))
    found.update(f"l{left[i : i + 2]}" for i in range(len(left) - 1))
    found.update(f"r{right[i : i + 2]}" for i in range(len(right) - 1))
    found.update(f"R{right[:n]}" for n in (1, 2))
    _add_cues(s, found)
    project = f"{s.is_project:d}{'' if s.commissioned is None else int(s.commissioned)}"
    found.update(
        (
            f"=unit {s.unit}",
            f"=class {s.unit_class}",
            f"=kind {s.kind}",
            f"=bound {s.bound}",
            f"=genre {s.genre}",
            f"=outlook {s.outlook}",
            f"=both {s.outlook} {s.genre}",
            f"=project {project}",
            f"=works {s.unit_class} {project}",
            f"=terms {s.terms:d}",
            f"=inherited {s.inherited:d}",
            f"=time {s.time_kind}",
            f"=year {s.time_sign}",
        )
    )
    return found


def _add_cues(s: Situation, found: set[str]) -> None:
    """Cue words by where they stand: in the clause, in the sentence, behind ；, behind the number; the last two in order."""
    ahead: list[str] = []
    for start, end, word in cues_of(s.sentence):
        if end <= s.start:
            ahead.append(word)
            near = "c" if start >= s.clause else "s" if "；" not in s.sentence[end : s.start] else "f"
            found.add(f"<{near}{word}")
        elif start >= s.stop:
            found.add(f">{'s' if _PART.search(s.sentence[s.stop : start]) else 'c'}{word}")
    for place, word in enumerate(reversed(ahead[-2:])):
        found.add(f"<{place}{word}")
