"""Criteria sets out of YAML, shipped ones and an office's own. Every mistake is told by its line, all at once."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import cast

from liantu.tracking.lined import Node, Reader, RulesError, read_lined, shipped
from liantu.vocabulary.units import comparable

from .model import OPERATORS, STATES, SUBJECTS, Clause, CriterionSet, Group, Operator, State, Subject, criterion_fields

TOP = (
    "id", "scheme", "name_zh", "name_en", "subject", "effective_from", "effective_to", "origin", "complete", "note", "all",
)  # fmt: skip
CLAUSE = ("id", "text", "field", "operator", "value", "unit", "words", "state", "cite")
GROUP = ("text", "all", "any", "at_least", "of", "cite")


def load_set(text: str, name: str = "YAML") -> CriterionSet:
    """A set out of its text. Raises RulesError with every mistake and its line."""
    root = read_lined(text, name)
    reader = Reader()
    top = reader.mapping(root, TOP)
    identity = reader.identity(top.get("id"), root)
    subject = cast(Subject, reader.choice(top.get("subject"), root, "subject", SUBJECTS))
    since, until = reader.effective(top, root)
    seen: set[str] = set()
    parts = tuple(
        part
        for node in reader.many(top.get("all"), root, "all")
        if (part := _part(reader, node, subject, seen)) is not None
    )
    found = CriterionSet(
        identity,
        reader.text(top.get("scheme"), root, "scheme", needed=True),
        reader.text(top.get("name_zh"), root, "name_zh", needed=True),
        reader.text(top.get("name_en"), root, "name_en", needed=True),
        subject,
        since,
        until,
        reader.text(top.get("origin"), root, "origin", needed=True),
        reader.choice(top.get("complete"), root, "complete", ("yes", "no"), "no") == "yes",
        reader.text(top.get("note"), root, "note"),
        Group("", len(parts), parts),
    )
    if reader.mistakes:
        raise RulesError(name, reader.mistakes)
    return found


def _part(reader: Reader, node: Node, subject: str, seen: set[str]) -> Clause | Group | None:
    if node.columns is not None and "field" not in node.columns:
        return _group(reader, node, subject, seen)
    said = reader.mapping(node, CLAUSE)
    if not said:
        return None
    field = criterion_fields().get(reader.text(said.get("field"), node, "field", needed=True))
    if field is None:
        told = "、".join(f.id for f in criterion_fields().values() if subject in f.subjects)
        reader.wrong(said.get("field", node), f"没有这个字段，可以写：{told}", f"no such field; known are {told}")
        return None
    if subject not in field.subjects:
        reader.wrong(said["field"], f"“{field.name_zh}”不是{subject}的字段", f"{field.id} is no field of a {subject}")
    state = cast(State, reader.choice(said.get("state"), node, "state", STATES, "entered"))
    operator = cast(Operator, reader.choice(said.get("operator"), node, "operator", OPERATORS, _usual(field.kind)))
    value = reader.number(said.get("value"), node, "value")
    unit = reader.text(said.get("unit"), node, "unit", field.unit)
    words = tuple(reader.text(w, node, "words") for w in ((said["words"].items or []) if "words" in said else []))
    _check(reader, node, said, field.kind, field.unit, state, operator, value, unit, words)
    identity = reader.text(said.get("id"), node, "id", field.id)
    if identity in seen:
        reader.wrong(
            said.get("id", node),
            f"条款“{identity}”重复，请写不同的 id",
            f"clause {identity} stands twice: give it an id",
        )
    seen.add(identity)
    text = reader.text(said.get("text"), node, "text", field.name_zh)
    cite = reader.text(said.get("cite"), node, "cite")
    return Clause(identity, text, field.id, operator, value, unit, words, state, cite, node.line)


def _usual(kind: str) -> str:
    return {"number": ">=", "yes_no": "yes", "word": "one_of"}[kind]


def _check(
    reader: Reader, node: Node, said: dict[str, Node], kind: str, own_unit: str, state: str, operator: str,
    value: float | None, unit: str, words: tuple[str, ...],
) -> None:  # fmt: skip
    fitting = {"yes_no": ("yes",), "word": ("one_of",)}.get(kind, (">=", ">", "<=", "<", "="))
    if operator not in fitting:
        reader.wrong(
            said.get("operator", node), f"这个字段用：{'、'.join(fitting)}", f"this field takes {', '.join(fitting)}"
        )
    if kind == "number":
        if not comparable(unit, own_unit):
            reader.wrong(
                said.get("unit", node),
                f"单位“{unit}”与字段的单位“{own_unit}”不能换算",
                f"the unit {unit!r} does not convert to the field's {own_unit!r}",
            )
        open_state = state in ("not_published", "not_at_hand")
        if value is None and not open_state:
            reader.wrong(
                node,
                "没有门槛值；门槛未公布的写 state: not_published",
                "there is no threshold; one that is not published has state: not_published",
            )
        if value is not None and open_state:
            reader.wrong(said["state"], "写了门槛值，就不是未公布", "with a threshold it is not unknown")
    if kind == "word" and not words and state in ("entered", "common_usage"):
        reader.wrong(node, "请用 words 列出可以接受的词", "list the accepted words under `words`")


def _group(reader: Reader, node: Node, subject: str, seen: set[str]) -> Group | None:
    said = reader.mapping(node, GROUP)
    kinds = [key for key in ("all", "any", "of") if key in said]
    if len(kinds) != 1:
        reader.wrong(
            node,
            "条款要有 field；分组要有 all、any 或 at_least 加 of 之一",
            "a clause has a field; a group has all, any, or at_least with of",
        )
        return None
    parts = tuple(
        part
        for each in reader.many(said[kinds[0]], node, kinds[0])
        if (part := _part(reader, each, subject, seen)) is not None
    )
    least = len(parts) if kinds[0] == "all" else 1
    if kinds[0] == "of":
        number = reader.number(said.get("at_least"), node, "at_least", needed=True)
        least = int(number or 0)
        if number is not None and (number != least or not 1 <= least <= max(len(parts), 1)):
            reader.wrong(
                said["at_least"], f"at_least 要在 1 到 {len(parts)} 之间", f"at_least lies between 1 and {len(parts)}"
            )
            least = 1
    elif "at_least" in said:
        reader.wrong(said["at_least"], "at_least 要和 of 一起写", "at_least goes with of")
    return Group(reader.text(said.get("text"), node, "text"), least, parts, reader.text(said.get("cite"), node, "cite"))


@cache
def shipped_sets() -> MappingProxyType[str, tuple[CriterionSet, str]]:
    """The sets that come with the program, each with its text, by id. Raises RulesError for one that is wrong."""
    return shipped("criteria", load_set)
