"""Phases that a sentence speaks of: 一期投入运营、二期设备进场."""

from __future__ import annotations

import re

from liantu.vocabulary.stages import stage_cues

_PHASE = re.compile(r"(?:项目)?([一二三四五六七八九十]|\d{1,2})期")
_CLAUSE = re.compile(r"[，、；。！？\n]")


def phases_in(sentence: str) -> tuple[tuple[str, str], ...]:
    """Phases that a sentence speaks of, each with its stage: (一期, in_production), (二期, building)."""
    found: dict[str, str] = {}
    for clause in _CLAUSE.split(sentence):
        phase = _PHASE.search(clause)
        if phase is None:
            continue
        stage = next((stage for cue, stage in stage_cues() if cue in clause[phase.end() :]), "")
        if stage:
            found.setdefault(f"{phase[1]}期", stage)
    return tuple(found.items())
