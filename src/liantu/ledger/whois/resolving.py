"""Comparing the ledger's enterprises with the loaded registry: what is certain is linked, the rest waits for a person.

Only what changed is asked again: names, codes, place, links, or the registry. What a person said is never overruled; where the
registry or the names no longer bear it, the link is flagged and stays.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from liantu.ledger.home import registry_folder
from liantu.ledger.models import EnterpriseView, RegistryLink, RegistryMatch, WorkChange
from liantu.ledger.standing import batches
from liantu.ledger.whois.asking import Question, questions
from liantu.ledger.whois.codes import valid_codes
from liantu.ledger.whois.standing import band_of
from liantu.ledger.work.recording import noted
from liantu.ledger.writing import writing
from liantu.registry.names import names_of
from liantu.registry.who import Answer, who_is
from liantu.resolution import default_bands
from liantu.resolution.frozen import FrozenNames
from liantu.resolution.uscc import is_uscc

BY = "liantu"
"""Who makes automatic links."""
_NEARNESS = 0.3
"""Candidates so far below the threshold of automatic links count as near to it."""


@dataclass(slots=True)
class ResolveReport:
    """What a comparison did: enterprises looked at and asked about, and how many stand where now."""

    registry: str = ""
    enterprises: int = 0
    asked: int = 0
    linked: int = 0
    """Links made now."""
    flagged: int = 0
    """Links flagged now."""
    bands: dict[str, int] = field(default_factory=dict)
    looking_up: float = 0.0
    """Seconds spent on looking names up in the registry."""
    stopped: bool = False


def resolve(
    entities: Collection[int] | None = None,
    *,
    everything: bool = False,
    folder: Path | None = None,
    tell: Callable[[int, int], None] = lambda done, total: None,
    is_ending: Callable[[], bool] = lambda: False,
) -> ResolveReport:
    """Compare enterprises (canonical ids; all by default) with the registry; those alone that changed since the last time.

    Args:
        everything: ask of all again, changed or not.
        folder: of the registry; this installation's by default.
        tell: hears how many of how many were looked at.
        is_ending: asked between some hundred of them: whether to stop; what is done stays.

    Raises:
        RegistryError: no registry is loaded.
    """
    names, state = names_of(folder or registry_folder())
    report = ResolveReport(state)
    total = len(entities) if entities is not None else EnterpriseView.objects.count()
    if entities is None:
        _forget_gone()
    for part in questions(entities):
        if is_ending():
            report.stopped = True
            break
        report.enterprises += len(part)
        _resolve_part(part, names, state, everything, report)
        tell(report.enterprises, total)
    rows = RegistryMatch.objects.order_by().values_list("band", flat=True)
    report.bands = {band: rows.filter(band=band).count() for band in RegistryMatch.Band.values}
    return report


def _forget_gone() -> None:
    """Comparisons of what is no enterprise of its own any more: names that were merged, documents that were taken out."""
    there = EnterpriseView.objects.values("pk")
    gone = list(RegistryMatch.objects.exclude(pk__in=there).values_list("pk", flat=True))
    for part in batches(gone):
        RegistryMatch.objects.filter(pk__in=part).delete()


def _resolve_part(
    part: list[Question], names: FrozenNames, state: str, everything: bool, report: ResolveReport
) -> None:
    known = RegistryMatch.objects.in_bulk([q.entity for q in part])
    asked, moved = [], []
    for question in part:
        match = known.get(question.entity)
        if everything or match is None or match.digest != question.digest or match.registry != state:
            asked.append(question)
        elif abs(match.weight - _weight(question, match.score)) > 1e-6 * (1 + match.weight):
            match.weight = _weight(question, match.score)
            moved.append(match)
    began = time.perf_counter()
    answers = [
        who_is(question.asked, names, refused=question.refused, taken_back=question.taken_back) for question in asked
    ]
    report.looking_up += time.perf_counter() - began
    report.asked += len(asked)
    if not asked and not moved:
        return
    with writing():
        # What a person said while the names were looked up is not overwritten: such questions are asked the next time.
        fresh = {q.entity: q.digest for part_ in questions([q.entity for q in asked]) for q in part_}
        kept = [(q, a) for q, a in zip(asked, answers, strict=True) if fresh.get(q.entity) == q.digest]
        _keep(kept, names, state, report)
        RegistryMatch.objects.bulk_update(moved, ["weight"], batch_size=400)


def _weight(question: Question, score: float) -> float:
    """What stands first in the queue: much said of it, large sums, and almost certain."""
    far = abs(score - default_bands().auto)
    return round(question.weight * (1 + max(0.0, 1 - far / _NEARNESS)), 6)


def _keep(kept: list[tuple[Question, Answer]], names: FrozenNames, state: str, report: ResolveReport) -> None:
    now = timezone.now()
    links: list[RegistryLink] = []
    flags: list[tuple[RegistryLink, str]] = []
    matches: dict[int, tuple[Question, Answer, list[RegistryLink]]] = {}
    for question, answer in kept:
        standing = list(question.links)
        for link in question.links:
            flag = _flag(link, question, answer, names)
            if flag != link.flag:
                flags.append((link, flag))
        if answer.band == "auto" and not question.standing and not any(link.how == "no_firm" for link in standing):
            made = _link(question, answer, names, state)
            links.append(made)
            standing.append(made)
        matches[question.entity] = (question, answer, standing)
    changes = [_flagged(link, flag) for link, flag in flags]
    if flags:
        RegistryLink.objects.bulk_update([link for link, _flag in flags], ["flag", "version"], batch_size=400)
    for link, made in zip(links, RegistryLink.objects.bulk_create(links, batch_size=400), strict=True):
        changes.append(noted("link", made, WorkChange.Action.ADDED, {}, link.kept(), BY))
    WorkChange.objects.bulk_create(changes, batch_size=400)
    report.linked += len(links)
    report.flagged += sum(1 for _link, flag in flags if flag)
    RegistryMatch.objects.filter(pk__in=list(matches)).delete()
    after = {q.entity: q.digest for part in questions(list(matches)) for q in part}
    RegistryMatch.objects.bulk_create(
        [
            RegistryMatch(
                entity_id=question.entity,
                band=band_of(standing, told := _candidates(answer)),
                digest=after[question.entity],
                registry=state,
                score=answer.score,
                weight=_weight(question, answer.score),
                candidates=told,
                reason_zh=answer.reason_zh,
                reason_en=answer.reason_en,
                at=now,
            )
            for question, answer, standing in matches.values()
        ],
        batch_size=400,
    )


def _link(question: Question, answer: Answer, names: FrozenNames, state: str) -> RegistryLink:
    """An automatic link. That it crosses no credit codes `who_is` sees to; `check_link` asks once more for those of people."""
    told = valid_codes(question.asked.codes)
    code = answer.firm if is_uscc(answer.firm) else ""
    assert not (told and code and code not in told), (question, answer)
    return RegistryLink(
        entity_id=question.entity,
        how="automatic",
        firm=answer.firm,
        uscc=code,
        firm_name=names.named(answer.firm).name,
        score=Decimal(str(round(answer.score, 4))),
        reason_zh=answer.reason_zh,
        reason_en=answer.reason_en,
        registry=state,
    )


def _flag(link: RegistryLink, question: Question, answer: Answer, names: FrozenNames) -> str:
    """What no longer fits; empty for nothing."""
    if link.how == "rejected":
        return ""
    if link.how == "no_firm":
        return "found" if answer.band == "auto" else ""
    if len({one.firm for one in question.standing}) > 1:
        return "two"
    told = valid_codes(question.asked.codes)
    if link.uscc and told and link.uscc not in told:
        return "codes"
    if link.firm not in names:
        return "gone"
    if link.how == "automatic" and answer.firm != link.firm:
        return "doubt"
    return "renamed" if names.named(link.firm).name != link.firm_name else ""


def _flagged(link: RegistryLink, flag: str) -> WorkChange:
    before, link.flag = link.flag, flag
    link.version += 1
    return noted("link", link, WorkChange.Action.CHANGED, {"flag": before}, {"flag": flag}, BY)


def _candidates(answer: Answer) -> list[dict[str, Any]]:
    return [
        {"firm": c.entity_id, "form": c.form, "score": round(c.score, 4), "zh": c.reason_zh, "en": c.reason_en}
        for c in answer.candidates
    ]
