"""Long work that a page asks for and the reader's process does: reading everything again, asking a language model,
bringing a long list back from Excel, comparing the enterprises with the registry.

A job can be stopped; it ends with the file at hand. One that was cut off goes on where it was when the reader starts again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.utils import timezone

from liantu.ledger.exchange import namesakes
from liantu.ledger.exchange.working import run_import
from liantu.ledger.models import IngestItem, Job, Source, SourceText
from liantu.ledger.packing import problem_dict
from liantu.ledger.proposals import propose_for
from liantu.ledger.rereading import reread
from liantu.ledger.whois.resolving import resolve
from liantu.proposing import ProposingError, endpoint_of
from liantu.reading import Problem
from liantu.registry import RegistryError

KINDS = ("reread", "propose", "import", namesakes.KIND, "registry")
UNDER_WAY = (Job.State.WAITING, Job.State.RUNNING)
log = logging.getLogger(__name__)


def ask_to_reread(by: str, *, outdated: bool = False) -> Job:
    """Let every source be read again, or those that an earlier reader read. A job of the kind that is under way is given instead."""
    running = Job.objects.filter(kind="reread", state__in=UNDER_WAY).first()
    folder = "outdated" if outdated else ""
    return running or Job.objects.create(kind="reread", folder=folder, by=by)


def ask_to_propose(source_id: int, by: str) -> Job:
    """Let the model that the environment names be asked about a source.

    Raises ProposingError when it names none, or Source.DoesNotExist.
    """
    if endpoint_of() is None:
        raise ProposingError("没有设置模型地址 LIANTU_LLM_ADDRESS / no model is set: LIANTU_LLM_ADDRESS")
    source = Source.objects.get(pk=source_id, state=Source.State.READY)
    running = Job.objects.filter(kind="propose", state__in=UNDER_WAY, items__source=source).first()
    if running is not None:
        return running
    job = Job.objects.create(kind="propose", total=1, by=by)
    IngestItem.objects.create(job=job, path=source.name, source=source, size=source.size)
    return job


def ask_to_resolve(by: str, *, everything: bool = False) -> Job:
    """Let the enterprises be compared with the registry: those that changed, or all. One that is under way is given instead."""
    running = Job.objects.filter(kind="registry", state__in=UNDER_WAY).first()
    return running or Job.objects.create(kind="registry", folder="all" if everything else "", by=by)


def stop_job(job_id: int) -> Job:
    """Stop a job that waits or runs; what it has done stays. Raises Job.DoesNotExist."""
    Job.objects.filter(pk=job_id, kind__in=KINDS, state__in=UNDER_WAY).update(
        state=Job.State.STOPPED, finished_at=timezone.now()
    )
    return Job.objects.get(pk=job_id)


def take_up_again() -> None:
    """Let jobs that were cut off wait again; for the start of the reader."""
    Job.objects.filter(kind__in=KINDS, state=Job.State.RUNNING).update(state=Job.State.WAITING)


def run_waiting(is_ending: Callable[[], bool] = lambda: False, kinds: tuple[str, ...] = KINDS) -> int:
    """Do the jobs of some kinds that wait, the oldest first; gives how many were finished.

    Args:
        is_ending: whether this process is to end: the job at hand then waits for the next.
    """
    finished = 0
    while not is_ending():
        job = Job.objects.filter(kind__in=kinds, state=Job.State.WAITING).order_by("created_at").first()
        if job is None or not Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(
            state=Job.State.RUNNING, started_at=job.started_at or timezone.now()
        ):
            break
        _run(job, is_ending)
        finished += 1
    return finished


def _run(job: Job, is_ending: Callable[[], bool]) -> None:
    try:
        if job.kind == "import":
            ended = run_import(job, is_ending)
            Job.objects.filter(pk=job.pk).update(state=ended, finished_at=timezone.now())
            return
        if job.kind == namesakes.KIND:
            done = namesakes.compare_waiting(job, lambda: is_ending() or _is_stopped(job))
        elif job.kind == "registry":
            done = _resolve(job, is_ending)
        else:
            done = _reread(job, is_ending) if job.kind == "reread" else _propose(job)
    except Exception as error:  # a job that fails must not end the reader
        log.exception("job %s failed", job.pk)
        _finish(job, Job.State.FAILED, f"{type(error).__name__}: {error}")
        return
    if done:
        _finish(job, Job.State.DONE)
    else:
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(state=Job.State.WAITING)


def _is_stopped(job: Job) -> bool:
    return not Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).exists()


def _finish(job: Job, state: str, message: str = "") -> None:
    """End a job that nobody stopped meanwhile."""
    told = {"message": message} if message else {}
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(state=state, finished_at=timezone.now(), **told)


def _reread(job: Job, is_ending: Callable[[], bool]) -> bool:
    """Read again what this job has not read; False when it is to go on later."""
    before = job.done

    def is_over() -> bool:
        return is_ending() or not Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).exists()

    def hear(done: int, total: int, name: str) -> None:
        Job.objects.filter(pk=job.pk).update(done=before + done, total=before + total, message=name)

    report = reread(
        by=job.by, outdated=job.folder == "outdated", progress=hear, since=job.created_at, is_stopped=is_over
    )
    for pk, name in report.unread:
        problem = Problem(
            "unread",
            name,
            f"《{name}》没能重读：原文件已不在原处或打不开，也没有留存的文字；先前读出的内容不变。",
            f"{name} could not be read again: the file is gone or does not open, and no text was kept; "
            "what was read before stays.",
        )
        IngestItem.objects.create(
            job=job, path=name, state=IngestItem.State.FAILED, source_id=pk, problems=[problem_dict(problem)]
        )
    Job.objects.filter(pk=job.pk).update(failed=job.failed + len(report.unread), message="")
    return not report.stopped or not is_ending()


def _resolve(job: Job, is_ending: Callable[[], bool]) -> bool:
    """Compare with the registry; False when it is to go on later."""

    def hear(done: int, total: int) -> None:
        Job.objects.filter(pk=job.pk).update(done=done, total=total)

    try:
        made = resolve(everything=job.folder == "all", tell=hear, is_ending=lambda: is_ending() or _is_stopped(job))
    except RegistryError as error:
        _finish(job, Job.State.FAILED, str(error))
        return True
    Job.objects.filter(pk=job.pk).update(message=f"{made.asked} {made.linked} {made.flagged}")
    return not made.stopped or not is_ending()


def _propose(job: Job) -> bool:
    """Ask the model about the job's source."""
    item = job.items.select_related("source").get()
    item.state = IngestItem.State.READING
    item.save(update_fields=["state"])
    endpoint = endpoint_of()
    try:
        if endpoint is None or item.source is None:
            raise ProposingError("没有设置模型地址 LIANTU_LLM_ADDRESS / no model is set: LIANTU_LLM_ADDRESS")
        new, found = propose_for(
            item.source.pk,
            endpoint,
            lambda done, total: _heard(job, done, total),
        )
    except (ProposingError, SourceText.DoesNotExist, Source.DoesNotExist) as error:
        chinese, _, english = str(error).partition(" / ")
        item.state = IngestItem.State.FAILED
        item.problems = [problem_dict(Problem("not_proposed", item.path, chinese, english or chinese))]
        item.save(update_fields=["state", "problems"])
        Job.objects.filter(pk=job.pk).update(failed=1, done=1, total=1)
        return True
    item.state = IngestItem.State.ADDED
    item.save(update_fields=["state"])
    Job.objects.filter(pk=job.pk).update(message=f"{new} {len(found.refused)}")
    return True


class _Stopped(ProposingError):
    """A person stopped the job."""


def _heard(job: Job, done: int, total: int) -> None:
    if not Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(done=done, total=total):
        raise _Stopped("已停止 / stopped")
