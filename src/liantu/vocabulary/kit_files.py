"""Kits as YAML files: read with the line of every value, so that each mistake is named by line and field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from difflib import get_close_matches

import yaml

from .lists import ListKind

KIT_STATUSES = ("complete", "partial", "provisional", "skeleton")
"""`provisional`: names not published, defaults are ours; `skeleton`: the parts are not at hand."""
KEPT = ("lists", "charts")
"""What a duty of a kit may keep current."""
NODE_STATES = ("strong", "present", "weak", "missing")
"""States of segments that a view of a kit may be read from; the other views are over kinds of list."""
LONGEST = 200_000  # characters of a kit file
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,47}")
_TITLE = 128


@dataclass(frozen=True, slots=True)
class KitChart:
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class KitList:
    """A list of a kit; `columns` is empty where the kind's own columns apply, `rhythm` where the kind's own one does."""

    kind: str
    title: str
    owner_role: str
    columns: tuple[str, ...] = ()
    rhythm: str = ""


@dataclass(frozen=True, slots=True)
class KitView:
    """A list of the kit that is read from others (`over`: list kinds or node states), not stored."""

    title: str
    over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KitDuty:
    """What is to be done again and again, by whom, and on what ground; `keeps`: the lists or charts that it keeps current."""

    title: str
    rhythm: str
    role: str
    basis: str
    keeps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kit:
    """The set of charts, lists and duties that a place uses."""

    id: str
    title: str
    place: str
    status: str
    note: str
    source: str
    charts: tuple[KitChart, ...]
    lists: tuple[KitList, ...]
    views: tuple[KitView, ...]
    duties: tuple[KitDuty, ...]


@dataclass(frozen=True, slots=True)
class KitProblem:
    """What is wrong with a kit file: line (from 1), field (`lists[2].kind`), and the sentence in both languages."""

    line: int
    field: str
    zh: str
    en: str

    def __str__(self) -> str:
        return f"第{self.line}行 {self.field}：{self.zh} / line {self.line}, {self.field}: {self.en}"


def read_kit(
    text: str, lists: Mapping[str, ListKind], charts: Set[str], roles: Set[str], rhythms: Set[str]
) -> tuple[Kit | None, tuple[KitProblem, ...]]:
    """A kit, or None and everything that is wrong with it, in the order of the lines."""
    if len(text) > LONGEST:
        return None, (KitProblem(1, "", f"文件过长，最多 {LONGEST} 字", f"longer than {LONGEST} characters"),)
    try:
        # Aliases are refused below: a few lines of them can stand for a million rows.
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = str(getattr(error, "problem", "") or "not YAML")
        return None, (
            KitProblem(
                mark.line + 1 if mark else 1,
                "",
                "不是 YAML：请检查缩进、冒号和引号",
                f"not YAML ({said}): check indents, colons and quotes",
            ),
        )
    except (ValueError, RecursionError):
        return None, (KitProblem(1, "", "不是文字文件", "not a text file"),)
    reader = _Reader(lists, charts, roles, rhythms)
    kit = reader.kit(root)
    problems = tuple(sorted(reader.problems, key=lambda p: p.line))
    return (None, problems) if problems else (kit, ())


class _Reader:
    """Reads the nodes of one file, and collects what is wrong on the way."""

    def __init__(self, lists: Mapping[str, ListKind], charts: Set[str], roles: Set[str], rhythms: Set[str]) -> None:
        self.lists, self.charts, self.roles, self.rhythms = lists, charts, roles, rhythms
        self.problems: list[KitProblem] = []
        self._seen: set[int] = set()

    def wrong(self, node: yaml.Node | None, field: str, zh: str, en: str) -> None:
        line = node.start_mark.line + 1 if node is not None else 1
        self.problems.append(KitProblem(line, field, zh, en))

    def kit(self, root: yaml.Node | None) -> Kit | None:
        if not isinstance(root, yaml.MappingNode):
            self.wrong(
                root, "", "应是一组“名称: 值”，第一行如 id: my_kit", "must be fields, the first such as id: my_kit"
            )
            return None
        at = self.fields(
            root, "", ("id", "title", "status", "source"), ("place", "note", "charts", "lists", "views", "duties")
        )
        kit_id = self.text(at.get("id"), "id", 48)
        if kit_id and not _ID.fullmatch(kit_id):
            self.wrong(
                at["id"],
                "id",
                f"“{kit_id}”只能用小写字母、数字、_ 和 -，最多 48 个",
                f"{kit_id!r} may have lower-case letters, digits, _ and - only, 48 at most",
            )
        status = self.choice(at.get("status"), "status", KIT_STATUSES, "状态", "status")
        charts = [self.chart(node, f"charts[{n}]") for n, node in self.items(at.get("charts"), "charts")]
        lists = [self.a_list(node, f"lists[{n}]") for n, node in self.items(at.get("lists"), "lists")]
        views = [self.view(node, f"views[{n}]") for n, node in self.items(at.get("views"), "views")]
        duties = [self.duty(node, f"duties[{n}]") for n, node in self.items(at.get("duties"), "duties")]
        self.once(at.get("lists"), "lists", [item.title for item in lists])
        if status == "complete" and not lists:
            self.wrong(
                at.get("lists") or root,
                "lists",
                "状态是 complete，却一张清单都没有；名称未取得请写 skeleton",
                "complete, yet without a list; write skeleton when the names are not at hand",
            )
        return Kit(
            kit_id,
            self.text(at.get("title"), "title"),
            self.text(at.get("place"), "place"),
            status,
            self.text(at.get("note"), "note", 500),
            self.text(at.get("source"), "source", 500),
            tuple(charts),
            tuple(lists),
            tuple(views),
            tuple(duties),
        )

    def chart(self, node: yaml.Node, field: str) -> KitChart:
        at = self.fields(node, field, ("kind", "title"), ())
        kind = self.choice(at.get("kind"), f"{field}.kind", sorted(self.charts), "图的种类", "chart kind")
        return KitChart(kind, self.text(at.get("title"), f"{field}.title"))

    def a_list(self, node: yaml.Node, field: str) -> KitList:
        at = self.fields(node, field, ("kind", "title", "owner_role"), ("columns", "rhythm"))
        kind = self.choice(at.get("kind"), f"{field}.kind", tuple(self.lists), "清单种类", "list kind")
        role = self.choice(at.get("owner_role"), f"{field}.owner_role", sorted(self.roles), "角色", "role")
        rhythm = (
            self.choice(at["rhythm"], f"{field}.rhythm", sorted(self.rhythms), "周期", "rhythm")
            if "rhythm" in at
            else ""
        )
        columns = [
            (self.text(item, f"{field}.columns[{n}]"), item)
            for n, item in self.items(at.get("columns"), f"{field}.columns")
        ]
        if kind:
            known = [column.key for column in self.lists[kind].all_columns]
            for n, (column, item) in enumerate(columns, start=1):
                if column and column not in known:
                    hint_zh, hint_en = _hint(column, known)
                    self.wrong(
                        item,
                        f"{field}.columns[{n}]",
                        f"{self.lists[kind].name_zh}清单没有栏目“{column}”{hint_zh}",
                        f"{kind} lists have no column {column!r}{hint_en}",
                    )
            given = {column for column, _ in columns}
            missing = [
                k for k in self.lists[kind].key if columns and k not in given and self.lists[kind].column(k).required
            ]
            if missing:
                self.wrong(
                    at["columns"],
                    f"{field}.columns",
                    f"缺少必填栏目 {'、'.join(missing)}",
                    f"required columns are missing: {', '.join(missing)}",
                )
        return KitList(kind, self.text(at.get("title"), f"{field}.title"), role, tuple(c for c, _ in columns), rhythm)

    def view(self, node: yaml.Node, field: str) -> KitView:
        at = self.fields(node, field, ("title", "over"), ())
        over = [
            self.choice(
                item, f"{field}.over[{n}]", (*self.lists, *NODE_STATES), "清单种类或环节状态", "list kind or state"
            )
            for n, item in self.items(at.get("over"), f"{field}.over")
        ]
        return KitView(self.text(at.get("title"), f"{field}.title"), tuple(over))

    def duty(self, node: yaml.Node, field: str) -> KitDuty:
        at = self.fields(node, field, ("title", "rhythm", "role"), ("basis", "keeps"))
        rhythm = self.choice(at.get("rhythm"), f"{field}.rhythm", sorted(self.rhythms), "周期", "rhythm")
        role = self.choice(at.get("role"), f"{field}.role", sorted(self.roles), "角色", "role")
        return KitDuty(
            self.text(at.get("title"), f"{field}.title"),
            rhythm,
            role,
            self.text(at.get("basis"), f"{field}.basis", 500),
            tuple(
                self.choice(item, f"{field}.keeps[{n}]", list(KEPT), "更新的对象", "kept thing")
                for n, item in self.items(at.get("keeps"), f"{field}.keeps")
            ),
        )

    # One node.

    def fields(
        self, node: yaml.Node, field: str, required: tuple[str, ...], optional: tuple[str, ...]
    ) -> dict[str, yaml.Node]:
        """The fields of a mapping; unknown, repeated and missing ones are noted."""
        if not isinstance(node, yaml.MappingNode):
            self.wrong(node, field, "应是一组“名称: 值”", "must be a set of fields")
            return {}
        if id(node) in self._seen:
            self.wrong(node, field, "不支持引用（* 与 &），请写全", "references (* and &) are not taken; write it out")
            return {}
        self._seen.add(id(node))
        found: dict[str, yaml.Node] = {}
        allowed = (*required, *optional)
        for key, value in node.value:
            name = str(getattr(key, "value", ""))
            at = f"{field}.{name}" if field else name
            if name not in allowed:
                hint_zh, hint_en = _hint(name, allowed)
                self.wrong(
                    key,
                    at,
                    f"没有这一项{hint_zh}；可写：{'、'.join(allowed)}",
                    f"no such field{hint_en}; there are {', '.join(allowed)}",
                )
            elif name in found:
                self.wrong(key, at, "写了两次，请只留一处", "stands twice; keep one")
            else:
                found[name] = value
        for name in required:
            if name not in found:
                self.wrong(node, f"{field}.{name}" if field else name, "缺这一项，请补上", "is missing; add it")
        return found

    def items(self, node: yaml.Node | None, field: str) -> list[tuple[int, yaml.Node]]:
        """The items of a list with their numbers from 1; none where there is no list."""
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(
                node, field, "应是列表：每行以“- ”开头，或写 [ ]", "must be a list: lines that begin with “- ”, or [ ]"
            )
            return []
        if id(node) in self._seen:
            self.wrong(node, field, "不支持引用（* 与 &），请写全", "references (* and &) are not taken; write it out")
            return []
        self._seen.add(id(node))
        return list(enumerate(node.value, start=1))

    def text(self, node: yaml.Node | None, field: str, longest: int = _TITLE) -> str:
        """A plain text; empty where the field is missing (that is said elsewhere)."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.wrong(node, field, "应是一段文字", "must be a text")
            return ""
        text = str(node.value).strip()
        if not text and not field.endswith(("note", "place", "basis")):
            self.wrong(node, field, "不能为空", "must not be empty")
        if len(text) > longest:
            self.wrong(node, field, f"最多 {longest} 个字，现在 {len(text)} 个", f"{longest} characters at most")
        return text

    def choice(self, node: yaml.Node | None, field: str, allowed: tuple[str, ...] | list[str], zh: str, en: str) -> str:
        """One of some words; empty where it is none of them."""
        said = self.text(node, field) if node is not None else ""
        if said and said not in allowed:
            hint_zh, hint_en = _hint(said, allowed)
            self.wrong(
                node,
                field,
                f"{zh}“{said}”没有定义{hint_zh}；可写：{'、'.join(allowed)}",
                f"unknown {en} {said!r}{hint_en}; there are {', '.join(allowed)}",
            )
            return ""
        return said

    def once(self, node: yaml.Node | None, field: str, titles: list[str]) -> None:
        """Two lists of one name could not be told apart."""
        seen: set[str] = set()
        for n, title in enumerate(titles):
            if title and title in seen and isinstance(node, yaml.SequenceNode):
                self.wrong(
                    node.value[n],
                    f"{field}[{n + 1}].title",
                    f"已有一张清单叫“{title}”，请换个名字",
                    f"there is a list called {title!r} already",
                )
            seen.add(title)


def _hint(said: str, allowed: tuple[str, ...] | list[str]) -> tuple[str, str]:
    near = get_close_matches(said, list(allowed), n=1, cutoff=0.6)
    return (f"（是否想写 {near[0]}？）", f" (did you mean {near[0]}?)") if near else ("", "")
