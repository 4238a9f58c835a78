"""Projects, enterprises, chains and relations: sets of names matched one to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from liantu.evaluation.likeness import SAME_NAME, likeness

Pair = tuple[int, int]


def match(golds: Sequence[Any], said: Sequence[Mapping[str, Any]], alike: Callable[[Any, Any], float]) -> list[Pair]:
    """Index pairs of what was wanted and what was said, the most alike first, each used once."""
    ranked = sorted(
        ((alike(gold, answer), g, s) for g, gold in enumerate(golds) for s, answer in enumerate(said)),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    free_golds, free_said, pairs = set(range(len(golds))), set(range(len(said))), []
    for ratio, g, s in ranked:
        if ratio < SAME_NAME:
            break
        if g in free_golds and s in free_said:
            free_golds.remove(g)
            free_said.remove(s)
            pairs.append((g, s))
    return pairs


def project_likeness(gold: Mapping[str, Any], said: Mapping[str, Any]) -> float:
    """Any name of one against any name of the other."""
    return likeness(gold["name"], _names(said))


def enterprise_likeness(gold: Sequence[str], said: Mapping[str, Any]) -> float:
    """Any name of one against any name of the other."""
    return likeness(gold, _names(said))


def chain_likeness(gold: Mapping[str, Any], said: Mapping[str, Any]) -> float:
    """Both the chain and its holder must be right."""
    return min(likeness(gold["name"], _names(said)), likeness(gold["holder"], _listed(said.get("holder"))))


def relation_likeness(gold: Mapping[str, Any], said: Mapping[str, Any]) -> float:
    """The relation, its head and its tail must be right."""
    if gold["relation"] != said.get("relation"):
        return 0.0
    return min(likeness(gold["head"], _listed(said.get("head"))), likeness(gold["tail"], _listed(said.get("tail"))))


LIKENESS: dict[str, Callable[[Any, Any], float]] = {
    "projects": project_likeness,
    "enterprises": enterprise_likeness,
    "chains": chain_likeness,
    "relations": relation_likeness,
}


def _names(said: Mapping[str, Any]) -> list[str]:
    return _listed(said.get("name")) + _listed(said.get("aliases"))


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)
