"""What an office's own rules, known values and scores must satisfy."""

from __future__ import annotations

from decimal import Decimal

from liantu.ledger.models.records import WorkRecord
from liantu.ledger.models.rules_kept import KnownValue, OfficeRules, ScoreEntry
from liantu.ledger.work.target_rules import base_unit, plain_period
from liantu.tracking.bulletins import definitions, read_definition
from liantu.tracking.criteria import criterion_fields, load_set, shipped_sets
from liantu.tracking.scoring import load_card
from liantu.vocabulary.units import comparable


def check_rules(row: WorkRecord) -> None:
    """Raises ValueError (RulesError, with every mistake by its line) for a text that cannot be used."""
    assert isinstance(row, OfficeRules)
    if row.rule_kind == "criteria":
        made = load_set(row.text)
        if made.id in shipped_sets():
            raise ValueError(
                f"代号“{made.id}”是自带的，请换一个 id 另存 / {made.id} comes with the program: save yours under another id"
            )
        row.key = made.id
    elif row.rule_kind == "bulletin":
        kind = read_definition("TOML", row.text)
        if kind.id in definitions():
            raise ValueError(
                f"代号“{kind.id}”是自带的，请换一个 id 另存 / {kind.id} comes with the program: save yours under another id"
            )
        row.key = kind.id
    else:
        row.key = load_card(row.text).id


def check_known(row: WorkRecord) -> None:
    """Raises ValueError for a value that does not fit its field: unit, kind, or the kind of thing it is said of."""
    assert isinstance(row, KnownValue)
    field = criterion_fields().get(row.field)
    if field is None:
        raise ValueError(f"没有“{row.field}”这个字段 / there is no field {row.field!r}")
    given = {"number": row.value is not None, "word": bool(row.word.strip()), "yes_no": bool(row.yes)}
    if not given[field.kind] or sum(given.values()) != 1:
        want = {"number": "数值", "word": "文字", "yes_no": "是否"}[field.kind]
        raise ValueError(f"“{field.name_zh}”要填“{want}”一栏 / {field.name_en} takes the column {field.kind}")
    if field.kind != "number":
        row.unit = ""
        return
    row.unit, size = base_unit(row.unit or field.unit)
    if row.value is not None:
        row.value = Decimal(row.value) * size
    if not comparable(row.unit, field.unit):
        raise ValueError(
            f"“{field.name_zh}”的单位是“{field.unit}”，“{row.unit}”不能换算 / {row.unit!r} does not convert to {field.unit!r}"
        )


def check_score(row: WorkRecord) -> None:
    """Raises ValueError for an entry of a period that cannot be read."""
    assert isinstance(row, ScoreEntry)
    row.period = plain_period(row.period)
