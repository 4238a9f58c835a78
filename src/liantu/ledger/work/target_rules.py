"""What targets and what hangs on them must satisfy. Amounts are brought to base units here: 8400 亿元 is kept as 8.4e11 元."""

from __future__ import annotations

import re
from decimal import Decimal

from liantu.ledger.models import Statement
from liantu.ledger.models.records import WorkRecord
from liantu.ledger.models.targets import TargetActual, TargetPart, TargetRecord, TargetRevision
from liantu.ledger.periods import bounds
from liantu.vocabulary.units import comparable, units

_SIZED = re.compile(r"(万亿|千万|百万|亿|万|千)(.+)$")
_SIZES = {"万亿": 10**12, "千万": 10**7, "百万": 10**6, "亿": 10**8, "万": 10**4, "千": 10**3}
_QUARTER = re.compile(r"(\d{4})(?:-?Q|年第?)([1-4一二三四])(?:季度)?$", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月?$")


def base_unit(unit: str) -> tuple[str, int]:
    """(unit without its magnitude, the magnitude): 亿元 → 元, 10^8; 千瓦 stays what it is."""
    plain = unit.strip()
    found = _SIZED.match(plain)
    if plain in units() or found is None or found[2] not in units():
        return plain, 1
    return found[2], _SIZES[found[1]]


def plain_period(text: str) -> str:
    """A period as the ledger writes it: 2025, 2025-03, 2025年3月; quarters in words or as 2025Q1. Raises ValueError."""
    said = text.strip()
    quarter = _QUARTER.match(said)
    if quarter is not None:
        number = int(quarter[2]) if quarter[2].isdecimal() else "一二三四".index(quarter[2]) + 1
        return f"{quarter[1]}-{3 * number - 2:02d}/{quarter[1]}-{3 * number:02d}"
    month = _MONTH.match(said)
    if month is not None:
        said = f"{month[1]}-{int(month[2]):02d}"
    if said and bounds(said) == (None, None):
        raise ValueError(f"时期“{text}”请写作 2025、2025-03 或 2025Q1 / write the period as 2025, 2025-03 or 2025Q1")
    return said


def check_target(row: WorkRecord) -> None:
    """Raises ValueError for a target that cannot be kept."""
    assert isinstance(row, TargetRecord)
    if not row.bound:
        raise ValueError("请选“界限” / choose the bound")
    row.unit, size = base_unit(row.unit)
    for name in ("value", "upper", "base"):
        if size != 1 and getattr(row, name) is not None:
            setattr(row, name, getattr(row, name) * size)
    if row.value is None:
        if row.upper is not None or row.base is not None:
            raise ValueError(
                "定性目标没有目标值，也就没有上限和期初值 / a target without a number has no upper end and no base"
            )
    else:
        if not row.unit:
            raise ValueError("有目标值就要写单位 / a value needs its unit")
        if row.state:
            raise ValueError(
                "有目标值的由完成值判断进展，不填“定性目标的进展” / a target with a number is judged by its figures: leave the state of qualitative targets empty"
            )
        if (row.bound == "..") != (row.upper is not None):
            raise ValueError("区间要填上限，不是区间不填上限 / a range, and only a range, needs its upper end")
        if row.upper is not None and row.upper < row.value:
            raise ValueError("区间的上限低于下限 / the upper end is below the lower one")
    if row.state and not (row.state_basis.strip() or row.state_note.strip()):
        raise ValueError("写明进展的说明或依据 / say what the state rests on")
    if row.start is not None and row.due is not None and row.due <= row.start:
        raise ValueError("期限要晚于起算日 / the deadline comes after the beginning")
    if not row.statement and not row.basis.strip():
        raise ValueError("手工录入的目标要写依据（文件、会议） / a target entered by hand needs what it rests on")
    _check_said(row.statement)


def _check_said(statement: str) -> None:
    if statement and not Statement.objects.filter(pk=statement).exists():
        raise ValueError("没有找到那句话，请重新打开目标页 / the sentence was not found: open the page again")


def check_revision(row: WorkRecord) -> None:
    """Raises ValueError for a revision that makes no chain: of itself, in a ring, or of a target that was removed."""
    assert isinstance(row, TargetRevision)
    if row.removed_at is not None:
        return
    if row.earlier_id == row.target_id:
        raise ValueError("目标不能调整自己 / a target cannot revise itself")
    if not row.kind:
        raise ValueError("请选调整了什么 / choose what was changed")
    if row.kind == "unrelated":
        return
    if row.earlier.removed_at is not None:
        raise ValueError("原目标已删除 / the earlier target was removed")
    for one, other in (
        TargetRevision.objects.filter(removed_at=None).exclude(kind="unrelated").values_list("target", "earlier")
    ):
        if (one, other) == (row.earlier_id, row.target_id):
            raise ValueError("这两个目标已按相反次序记过 / the two are kept in the other order already")
    seen = {row.target_id}
    before: int | None = row.earlier_id
    links = dict(
        TargetRevision.objects.filter(removed_at=None)
        .exclude(kind="unrelated")
        .exclude(pk=row.pk)
        .values_list("target", "earlier")
    )
    while before is not None:
        if before in seen:
            raise ValueError("调整关系成了一个圈 / the revisions would make a ring")
        seen.add(before)
        before = links.get(before)


def check_actual(row: WorkRecord) -> None:
    """Raises ValueError for a figure that cannot count: other unit, no day, nothing it rests on."""
    assert isinstance(row, TargetActual)
    if not row.verdict:
        raise ValueError("请选是否计入 / choose whether it counts")
    row.unit, size = base_unit(row.unit)
    if size != 1 and row.value is not None:
        row.value = Decimal(row.value) * size
    _check_said(row.statement)
    if row.statement:
        return
    if row.value is None or row.on is None:
        raise ValueError("手工录入的完成情况要有完成值和截至日期 / a figure entered by hand needs value and day")
    if not comparable(row.unit, row.target.unit):
        raise ValueError(
            f"单位“{row.unit}”与目标的单位“{row.target.unit}”不能换算 / {row.unit!r} does not convert to {row.target.unit!r}"
        )
    if not row.basis.strip():
        raise ValueError("请写依据（报表、会议、现场） / say what the figure rests on")


def check_part(row: WorkRecord) -> None:
    """Raises ValueError for a part in another unit, or of a period that cannot be read."""
    assert isinstance(row, TargetPart)
    row.unit, size = base_unit(row.unit or row.target.unit)
    row.value = Decimal(row.value) * size
    row.period = plain_period(row.period)
    if row.target.value is None:
        raise ValueError("定性目标没有可分解的数 / a target without a number cannot be broken down")
    if not comparable(row.unit, row.target.unit):
        raise ValueError(
            f"单位“{row.unit}”与目标的单位“{row.target.unit}”不能换算 / {row.unit!r} does not convert to {row.target.unit!r}"
        )
