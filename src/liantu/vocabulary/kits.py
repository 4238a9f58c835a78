"""List kinds, chart kinds, and the kits that places make of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from .tables import VocabularyError, read_table, read_toml, split

KIT_STATUSES = ("complete", "partial", "provisional", "skeleton")
"""`provisional`: names not published, defaults are ours; `skeleton`: the parts are not at hand."""


@dataclass(frozen=True, slots=True)
class ListKind:
    """One of the 12 kinds of list, with its names in use and the least columns a row needs."""

    value: str
    order: int
    name_zh: str
    name_en: str
    names: tuple[str, ...]
    columns: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ChartKind:
    """One of the kinds of chart; all are drawings of one chain map."""

    value: str
    order: int
    name_zh: str
    name_en: str
    names: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class KitChart:
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class KitList:
    """A list of a kit; `columns` is empty where the kind's own columns apply."""

    kind: str
    title: str
    owner_role: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KitView:
    """A list of the kit that is read from others (`over`: list kinds or node states), not stored."""

    title: str
    over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kit:
    """The set of charts and lists that a place uses."""

    id: str
    title: str
    place: str
    status: str
    note: str
    source: str
    charts: tuple[KitChart, ...]
    lists: tuple[KitList, ...]
    views: tuple[KitView, ...]


@cache
def list_kinds() -> MappingProxyType[str, ListKind]:
    """The list kinds by value, in order."""
    table = read_table("list_kinds.csv", ("kind", "order", "name_zh", "name_en", "names", "columns", "source"))
    table.require_unique("kind")
    return MappingProxyType(
        {
            r["kind"]: ListKind(
                r["kind"],
                int(r["order"]),
                r["name_zh"],
                r["name_en"],
                split(r["names"]),
                split(r["columns"]),
                r["source"],
            )
            for _, r in table.rows
        }
    )


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
    """The ready kits by id."""
    folder = files(__package__).joinpath("data", "kits")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return MappingProxyType({kit.id: kit for kit in (kit_from(name, read_toml("kits", name)) for name in names)})


def kit_from(file: str, data: dict[str, Any]) -> Kit:
    """The kit described by `data` (a kit file's content). Raises VocabularyError for unknown kinds, roles or a blank source."""
    from .roles import governance_roles

    def refuse(zh: str, en: str) -> VocabularyError:
        return VocabularyError(file, 1, zh, en)

    if f"{data['id']}.toml" != file:
        raise refuse(f"id“{data['id']}”应与文件名一致", f"id {data['id']} must be the file's name")
    if not str(data.get("source", "")).strip():
        raise refuse("来源（source）为空，请填写出处", "source is blank; say where the kit comes from")
    if data["status"] not in KIT_STATUSES:
        raise refuse(f"状态“{data['status']}”没有定义", f"unknown status {data['status']}")
    for chart in data["charts"]:
        if chart["kind"] not in chart_kinds():
            raise refuse(f"图的种类“{chart['kind']}”没有定义", f"unknown chart kind {chart['kind']}")
    for item in data["lists"]:
        if item["kind"] not in list_kinds():
            raise refuse(f"清单种类“{item['kind']}”没有定义", f"unknown list kind {item['kind']}")
        if item["owner_role"] not in governance_roles():
            raise refuse(f"角色“{item['owner_role']}”没有定义", f"unknown role {item['owner_role']}")
    return Kit(
        data["id"],
        data["title"],
        data["place"],
        data["status"],
        data["note"],
        data["source"],
        tuple(KitChart(c["kind"], c["title"]) for c in data["charts"]),
        tuple(KitList(i["kind"], i["title"], i["owner_role"], tuple(i.get("columns", ()))) for i in data["lists"]),
        tuple(KitView(v["title"], tuple(v["over"])) for v in data.get("views", ())),
    )
