"""Supervision orders and minutes of meetings as Word files."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liantu.ledger.models import Meeting, SupervisionOrder, Task
from liantu.ledger.rights import Action
from liantu.reporting.letters import Grid, Pairs, Passage, letter
from liantu.workbench.record_forms import label_of, told_columns, worded
from liantu.workbench.rights import needs
from liantu.workbench.work_pages import said_of

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@needs(Action.READ, on=SupervisionOrder)
@require_safe
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """The supervision order (督办单), with its evidence and the replies so far."""
    row = get_object_or_404(SupervisionOrder.objects.select_related("owner", "issuer"), pk=pk, removed_at=None)
    left_out = {label_of("order", c) for c in ("requirement", "basis", "task", "problem")}
    said = said_of(row.evidence)
    basis = [text for text in (row.basis, f"“{said.sentence}”（{said.source}）" if said is not None else "") if text]
    replies = row.replies.filter(removed_at=None).order_by("on", "pk")
    made = letter(
        _("督办单"),
        [
            Pairs([pair for pair in told_columns("order", row) if pair[0] not in left_out]),
            Passage(_("督办要求"), [row.requirement]),
            Passage(_("依据"), basis),
            Grid(
                _("答复"), [_("日期"), _("单位"), _("内容")],
                [[r.on.isoformat(), r.unit, r.text] for r in replies],
            ),
        ],
    )  # fmt: skip
    return _file(made, f"{_('督办单')}-{row.number or row.pk}")


@needs(Action.READ, on=Meeting)
@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes of a meeting, with who came, what was decided and the tasks made of it."""
    row = get_object_or_404(Meeting.objects.select_related("chair", "programme"), pk=pk, removed_at=None)
    attendees = row.attendees.filter(removed_at=None).select_related("person").order_by("pk")
    decisions = list(row.decisions.filter(removed_at=None).order_by("order"))
    tasks = Task.objects.filter(decision__in=decisions, removed_at=None).select_related("owner", "decision")
    left_out = {label_of("meeting", c) for c in ("minutes", "title")}
    made = letter(
        row.title,
        [
            Pairs([pair for pair in told_columns("meeting", row) if pair[0] not in left_out]),
            Grid(
                _("参会"), [_("人员"), _("单位"), _("到会")],
                [
                    [a.person.name if a.person else "", a.unit or (a.person.unit if a.person else ""),
                     worded("attendee", "presence", a.presence)]
                    for a in attendees
                ],
            ),
            Passage(_("会议内容"), [row.minutes]),
            Passage(_("议定事项"), [f"{d.order}. {d.text}" for d in decisions]),
            Grid(
                _("任务分工"), [_("事项"), _("责任人"), _("责任单位"), _("期限"), _("状态")],
                [
                    [t.title, t.owner.name if t.owner else "", t.owner_unit, t.due.isoformat() if t.due else "",
                     worded("task", "state", t.state)]
                    for t in tasks.order_by("decision__order", "pk")
                ],
            ),
        ],
    )  # fmt: skip
    return _file(made, f"{_('会议纪要')}-{row.title[:40]}")


def _file(made: bytes, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type=_DOCX)
    stamp = timezone.localdate().isoformat()
    response.headers["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{quote(f'链图-{name}-{stamp}.docx', safe='')}"
    )
    return response
