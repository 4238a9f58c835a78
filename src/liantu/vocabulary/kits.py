"""Chart kinds, and the kits that places make of lists and charts: ready ones, and what a kit file may say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from .kit_files import Kit, KitProblem, read_kit
from .tables import VocabularyError, read_table, split, yaml_texts


@dataclass(frozen=True, slots=True)
class ChartKind:
    """One of the kinds of chart; all are drawings of one chain map."""

    value: str
    order: int
    name_zh: str
    name_en: str
    names: tuple[str, ...]
    source: str


@cache
def chart_kinds() -> MappingProxyType[str, ChartKind]:
    """The chart kinds by value, in order."""
    table = read_table("chart_kinds.csv", ("kind", "order", "name_zh", "name_en", "names", "source"))
    table.require_unique("kind")
    return MappingProxyType(
        {
            r["kind"]: ChartKind(r["kind"], int(r["order"]), r["name_zh"], r["name_en"], split(r["names"]), r["source"])
            for _, r in table.rows
        }
    )


@cache
def kits() -> MappingProxyType[str, Kit]:
    """The ready kits by id. Raises VocabularyError for a file that breaks the rules of kits."""
    found = {}
    for name, text in yaml_texts("kits"):
        kit, problems = check_kit(text)
        if kit is None or name != f"{kit.id}.yaml":
            said = (
                problems[0] if problems else KitProblem(1, "id", "id 应与文件名一致", "the id must be the file's name")
            )
            raise VocabularyError(name, said.line, f"{said.field}：{said.zh}", f"{said.field}: {said.en}")
        found[kit.id] = kit
    return MappingProxyType(found)


def check_kit(text: str) -> tuple[Kit | None, tuple[KitProblem, ...]]:
    """A kit file's content: the kit, or everything that is wrong with it, each with its line and field."""
    from .lists import list_kinds, rhythms
    from .roles import governance_roles

    return read_kit(text, list_kinds(), frozenset(chart_kinds()), frozenset(governance_roles()), frozenset(rhythms()))
