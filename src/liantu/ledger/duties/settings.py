"""The office's calendar and ladder: what is shipped, and what the office says instead."""

from __future__ import annotations

from liantu.ledger.models import DayOff, LadderRung
from liantu.ledger.work.duty_rules import as_rung
from liantu.ledger.writing import writing
from liantu.tracking import Rung, Stretch, WorkingCalendar, ladder, public_holidays, shipped_ladder


def office_calendar() -> WorkingCalendar:
    """Working days by the notices shipped, the office's own days over them."""
    own = DayOff.objects.filter(removed_at=None).order_by("pk")
    return WorkingCalendar(
        [
            *public_holidays(),
            *(Stretch(d.first, d.last, "work" if d.kind == "work" else "off", d.title, d.basis) for d in own),
        ]
    )


def office_ladder() -> tuple[Rung, ...]:
    """The ladder in force: for each subject the office's own rungs if it has any, else those shipped."""
    own = [as_rung(row) for row in LadderRung.objects.filter(removed_at=None)]
    taken = {rung.subject for rung in own}
    return ladder([*own, *(rung for rung in shipped_ladder() if rung.subject not in taken)])


def take_over_ladder(subject: str, by: str) -> int:
    """The rungs shipped for a subject as rows of the office's own, to be changed there; how many.

    Raises ValueError for an unknown subject, or one that the office has rungs for.
    """
    from liantu.ledger.work.recording import add_record

    with writing():
        rungs = [rung for rung in shipped_ladder() if rung.subject == subject]
        if not rungs:
            raise ValueError(f"没有“{subject}”的催办层级 / there is no ladder for {subject!r}")
        if LadderRung.objects.filter(subject=subject, removed_at=None).exists():
            raise ValueError("已经是本单位自己的，直接改即可 / these rungs are the office's own already: change them")
        for rung in rungs:
            values = {"subject": subject, "rung": rung.rung, "days": rung.days, "count": rung.count, "told": rung.told}
            values |= {"kind": rung.kind, "to": rung.to, "else_to": rung.else_to, "basis": rung.source}
            add_record("rung", values, by)
        return len(rungs)
