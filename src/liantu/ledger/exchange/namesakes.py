"""New enterprises of a long import, compared with the known ones once it is written: a job of the reader's, some names at a time.

It is what happens to every new name of a document, in the order in which the names came; a cut-off job goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from liantu.ledger.likeness import KnownNames
from liantu.ledger.models import Entity, Job
from liantu.ledger.naming import EntityFinder
from liantu.ledger.refresh import Changes
from liantu.ledger.writing import writing

KIND = "namesakes"
AT_ONCE = 100  # names compared with the ledger in hand; others write in between


def ask_to_compare(entities: Sequence[int], by: str) -> Job | None:
    """Let new enterprises, made one after the other, be compared. To be used inside `writing()`: the job comes with them."""
    if not entities:
        return None
    return Job.objects.create(kind=KIND, folder=f"{min(entities)}-{max(entities)}", total=len(entities), by=by)


def compare_waiting(job: Job, is_stopped: Callable[[], bool] = lambda: False) -> bool:
    """Do such a job from where it stands; False when it was stopped before its end."""
    first, last = map(int, job.folder.split("-"))
    names = KnownNames()
    ids = Entity.objects.filter(kind="enterprise", pk__gte=first, pk__lte=last).order_by("pk")
    left = list(ids.values_list("pk", flat=True)[job.done :])
    names.catch_up("enterprise", left[0] if left else None)
    for at in range(0, len(left), AT_ONCE):
        if is_stopped():
            return False
        part = left[at : at + AT_ONCE]
        with writing():
            _compare(part, names)
            Job.objects.filter(pk=job.pk).update(done=job.done + at + len(part))
    return True


def _compare(part: Sequence[int], names: KnownNames) -> None:
    finder = EntityFinder(None)
    found = Entity.objects.filter(pk__in=part).prefetch_related("names").order_by("pk")
    for entity in found:
        forms = [name.name for name in entity.names.all()]
        finder.judge(entity, names.likely(entity.kind, entity.name, forms, entity.context))
        names.add(entity, forms)
    if finder.moved:
        changes = Changes()
        changes.moved(finder.moved)
        changes.apply()
