"""What people say of entities and figures: the same, different, unsure; and taking it back."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from liantu.ledger.canonical import joined_to, settle
from liantu.ledger.models import Entity, Judgement, Pairing
from liantu.ledger.refresh import Changes
from liantu.ledger.whois.codes import codes_of, valid_codes
from liantu.ledger.writing import writing


@dataclass(frozen=True, slots=True)
class JudgementResult:
    """A judgement, and whether the two are one thing now. `different` may leave two entities joined through a third."""

    judgement: Judgement
    joined: bool


def judge(left: int, right: int, verdict: str, by: str, reason: str = "") -> JudgementResult:
    """Say that two entities are the `same`, `different`, or that it is `unsure`.

    Raises ValueError for an unknown verdict, two names for one entity row, or entities of two kinds, or enterprises of different
    credit codes, said to be the same.
    """
    if verdict not in Judgement.Verdict.values:
        raise ValueError(
            f"判定只能是 same、different、unsure / the verdict must be same, different or unsure, not {verdict!r}"
        )
    if left == right:
        raise ValueError("同一个实体不用判定 / an entity is itself already")
    with writing():
        pair = [Entity.objects.get(pk=left), Entity.objects.get(pk=right)]
        if verdict == Judgement.Verdict.SAME and pair[0].kind != pair[1].kind:
            raise ValueError(
                f"类别不同，不能合并：{pair[0].name}、{pair[1].name} / two kinds of thing cannot be one: {pair[0].name}, {pair[1].name}"
            )
        if verdict == Judgement.Verdict.SAME and pair[0].kind == "enterprise":
            _ensure_one_code(*pair)
        judgement = Judgement.objects.create(
            left=pair[0], right=pair[1], verdict=verdict, origin="user", by=by, reason=reason, at=timezone.now()
        )
        return JudgementResult(judgement, _resettle(judgement))


def _ensure_one_code(left: Entity, right: Entity) -> None:
    """A credit code is a legal person's alone (GB 32100-2015): enterprises whose sources give different ones stay two."""
    ends = [end.canonical_id or end.pk for end in (left, right)]
    given = codes_of(ends)
    ours, theirs = (valid_codes(given.get(end, ())) for end in ends)
    if ours and theirs and not ours & theirs:
        first, second = "、".join(sorted(ours)), "、".join(sorted(theirs))
        raise ValueError(
            f"统一社会信用代码不同，是两家企业，不能合并：{left.name}（{first}）、{right.name}（{second}）；哪个代码写错了，请先更正 / "
            f"different credit codes are two enterprises and cannot be one: {left.name} ({first}), {right.name} ({second}); "
            "where a code is wrong, correct it first"
        )


def undo_judgement(judgement_id: int, by: str) -> JudgementResult:
    """Take a judgement back; the one before it on the same pair holds again."""
    with writing():
        judgement = Judgement.objects.get(pk=judgement_id)
        if judgement.undone_at is None:
            judgement.take_back(by)
        return JudgementResult(judgement, _resettle(judgement))


def _resettle(judgement: Judgement) -> bool:
    changes = Changes()
    changes.moved(settle([judgement.left_id, judgement.right_id]))
    changes.apply()
    return judgement.right_id in joined_to(judgement.left_id)


def pair_figures(left: str, right: str, verdict: str, by: str, reason: str = "") -> Pairing:
    """Say that two figures speak of the `same` thing or of `different` ones, whatever their wording."""
    if verdict not in Judgement.Verdict.values or left == right:
        raise ValueError("并读判定无效 / not a verdict on two figures")
    with writing():
        pairing = Pairing.objects.create(
            left_id=left, right_id=right, verdict=verdict, by=by, reason=reason, at=timezone.now()
        )
        _regroup_pair(pairing)
        return pairing


def undo_pairing(pairing_id: int, by: str) -> Pairing:
    """Take a pairing back."""
    with writing():
        pairing = Pairing.objects.get(pk=pairing_id)
        if pairing.undone_at is None:
            pairing.take_back(by)
            _regroup_pair(pairing)
        return pairing


def _regroup_pair(pairing: Pairing) -> None:
    Changes(statements={pairing.left_id, pairing.right_id}).apply()
