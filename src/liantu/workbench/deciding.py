"""What was decided before of what a person decides now, for `opened.met`: verdicts on statements, names, figures, conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from liantu.ledger import corrections
from liantu.ledger.models import (
    Alert,
    AlertEvent,
    FigureView,
    Judgement,
    Pairing,
    Review,
    Statement,
    TargetActual,
    TargetRecord,
    WorkChange,
)
from liantu.ledger.services import links_of
from liantu.workbench import labels
from liantu.workbench.correcting import kind_of, label_of, shown
from liantu.workbench.formatting import quantity
from liantu.workbench.opened import Told

UNSURE = Judgement.Verdict.UNSURE


def review_of(statement: Statement) -> Review | None:
    """The person's word that holds of a statement."""
    said = Review.objects.filter(statement=statement, undone_at=None).exclude(verdict=Review.Verdict.ADDED)
    return said.select_related("replacement").order_by("-id").first()


def seen_review(statement: Statement) -> dict[str, str]:
    """What a form about a statement shows of earlier words on it."""
    now = review_of(statement)
    return {"verdict": now.verdict if now is not None else ""}


def told_of_review(statement: Statement, verdict: str, post: Mapping[str, Any]) -> tuple[list[Told], str]:
    """The verdict that holds and the one that is given; of two corrections, every column. With who gave the former."""
    now = review_of(statement)
    told = [
        Told(
            "verdict",
            _("结论"),
            now.verdict if now is not None else "",
            verdict,
            decision=True,
            words=lambda value: labels.word(labels.REVIEW, value) if value else "",
        )
    ]
    if now is not None and now.replacement is not None and verdict == Review.Verdict.CORRECTED:
        kind = kind_of(statement)
        told += [
            Told(
                name,
                label_of(kind, name),
                shown(corrections.said(now.replacement, name)),
                str(post[name]).strip(),
                shown(corrections.said(statement, name)),
            )
            for name in corrections.columns_of(statement)
            if name in post
        ]
    return told, by_whom(now)


def told_of_pair(left: Any, right: Any, verdict: str, model: type[Judgement | Pairing]) -> tuple[list[Told], str]:
    """The verdict on two names or figures that a person gave, and the one given now. One that left it open decided nothing."""
    both = Q(left=left, right=right) | Q(left=right, right=left)
    if model is Judgement:
        both &= Q(origin="user")
    now = model._default_manager.filter(both, undone_at=None).exclude(verdict=UNSURE).order_by("-id").first()
    told = Told(
        "verdict",
        _("结论"),
        now.verdict if now is not None else "",
        verdict,
        decision=True,
        words=lambda value: labels.word(labels.VERDICT, value) if value else "",
    )
    return [told], by_whom(now)


def told_of_conflict(rows: list[FigureView], chosen: str) -> tuple[list[Told], str]:
    """Which value of a conflict was said to hold, and which is said to hold now (`different`: they speak of several things)."""
    words = {row.pk: quantity(row.value, row.unit, row.bound, row.figure_kind) for row in rows}
    words["different"] = _("不是一件事")
    if (
        chosen not in words
        and (other := Statement.objects.filter(pk=chosen).first()) is not None
        and other.value is not None
    ):
        words[chosen] = quantity(other.value, other.unit, other.bound, other.figure_kind)  # ruled out meanwhile
    said = Review.objects.filter(statement__in=list(words), undone_at=None, verdict=Review.Verdict.ACCEPTED)
    now = said.order_by("-id").first()
    same = now is not None and words.get(now.statement_id) == words.get(chosen)
    told = Told(
        "right",
        _("以哪一个为准"),
        "" if now is None else chosen if same else now.statement_id,
        chosen,
        decision=True,
        words=lambda pk: words.get(pk, pk),
    )
    return [told], by_whom(now)


def last_answer(alert: Alert) -> AlertEvent | None:
    """What a person last did with an alert."""
    return AlertEvent.objects.filter(alert=alert).exclude(by="").order_by("-pk").first()


def told_of_alert(alert: Alert, answer: str) -> tuple[list[Told], str]:
    """What was last done with an alert, and what is to be done."""
    now = last_answer(alert)
    words = {"snooze": _("缓办"), "close": _("关闭"), "reopen": _("重新打开"), "note": _("只记备注")}
    told = Told(
        "answer",
        _("处理"),
        str(now.pk) if now is not None else "",
        answer,
        decision=True,
        words=lambda value: words.get(value, value),
        now_words=f"{now.get_action_display()} {now.note}" if now is not None else "",
    )
    return [told], by_whom(now)


def told_of_actual(target: TargetRecord, statement: str, verdict: str) -> tuple[list[Told], str]:
    """Whether a figure was said to count for a target, and whether it is to."""
    now = TargetActual.objects.filter(target=target, statement=statement, removed_at=None).first()
    words = {"counts": _("计入"), "other": _("不计入")}
    told = Told(
        "verdict",
        _("判断"),
        now.verdict if now is not None else "",
        verdict,
        decision=True,
        words=lambda value: words.get(value, value),
    )
    return [told], by_whom(_last_change("actual", now))


def told_of_link(entity: int, verdict: str, firm: str) -> tuple[list[Told], str]:
    """Which firm of the registry a person said an enterprise is (`none`: none of them), and what is said now.

    An automatic link decided nothing, and that it is not one firm decides nothing of the others.
    """
    links = links_of(entity)
    now = next((link for link in links if link.how in ("confirmed", "no_firm")), None)
    mine = {"same": firm, "none": "none"}.get(verdict, "")
    was = "" if now is None else now.firm or "none"
    if verdict == "not":
        was, mine = ("", "") if was != firm else (was, "not")
    names = {link.firm: link.firm_name for link in links}
    words = {"none": _("登记库里没有"), "not": _("不是同一家"), "": ""}
    told = Told(
        "link",
        _("登记企业"),
        was,
        mine,
        decision=True,
        words=lambda value: words.get(value) or names.get(value) or value,
    )
    return [told], by_whom(_last_change("link", now))


def _last_change(kind: str, row: Model | None) -> WorkChange | None:
    return None if row is None else WorkChange.objects.filter(kind=kind, row=row.pk).order_by("-id").first()


def by_whom(word: Model | None) -> str:
    """`王 2024-11-01 09:30 缘由`; empty for none."""
    if word is None:
        return ""
    at = timezone.localtime(word.at).strftime("%Y-%m-%d %H:%M")  # type: ignore[attr-defined]
    return " ".join(filter(None, [str(getattr(word, "by", "")), at, str(getattr(word, "reason", ""))]))
