"""YAML that people write, read with the line of every value, so that each mistake is told by its line, all at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Protocol, TypeVar

import yaml

from liantu.vocabulary.tables import yaml_texts

MOST_CHARACTERS = 200_000
MOST_DEPTH = 12
_ID = re.compile(r"[a-z][a-z0-9_]{1,60}$")


class Identified(Protocol):
    """What a text of rules makes: it has an id."""

    @property
    def id(self) -> str:
        """Lower-case letters, digits and _."""


Made = TypeVar("Made", bound=Identified)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong with a text, and its line (from 1)."""

    line: int
    zh: str
    en: str

    def __str__(self) -> str:
        return f"第{self.line}行：{self.zh} / line {self.line}: {self.en}"


class RulesError(ValueError):
    """A text of rules cannot be used. `mistakes` are all of them, in the order of lines."""

    def __init__(self, name: str, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes, key=lambda m: m.line))
        zh = "；".join(f"第{m.line}行：{m.zh}" for m in self.mistakes)
        en = "; ".join(f"line {m.line}: {m.en}" for m in self.mistakes)
        super().__init__(f"{name} {zh} / {name} {en}")


@dataclass(slots=True)
class Node:
    """A value of the text: a scalar (`text`), a list (`items`) or a mapping (`columns`), with its line."""

    line: int
    text: str | None = None
    items: list[Node] | None = None
    columns: dict[str, Node] | None = None


@dataclass(slots=True)
class Reader:
    """Takes values out of nodes and collects what is wrong. What is wrong gives the default, so that reading goes on."""

    mistakes: list[Mistake] = field(default_factory=list)

    def wrong(self, node: Node | int, zh: str, en: str) -> None:
        """Note a mistake."""
        self.mistakes.append(Mistake(node if isinstance(node, int) else node.line, zh, en))

    def mapping(self, node: Node, allowed: Iterable[str]) -> dict[str, Node]:
        """The columns of a mapping; a column that is not known is told."""
        if node.columns is None:
            self.wrong(node, "这里要写成“名称: 值”", "this must be `name: value` lines")
            return {}
        known = tuple(allowed)
        for name, value in node.columns.items():
            if name not in known:
                told = "、".join(known)
                self.wrong(value, f"没有“{name}”这一项，可以写：{told}", f"{name!r} is not known; known are {told}")
        return node.columns

    def text(self, node: Node | None, at: Node, name: str, default: str = "", *, needed: bool = False) -> str:
        """A piece of text."""
        if node is None or node.text is None or not node.text.strip():
            if needed or (node is not None and node.text is None):
                self.wrong(node or at, f"缺“{name}”", f"{name} is missing")
            return default
        return node.text.strip()

    def number(self, node: Node | None, at: Node, name: str, *, needed: bool = False) -> float | None:
        """A number, or None when there is none."""
        said = self.text(node, at, name, needed=needed)
        if not said:
            return None
        try:
            value = float(said.replace(",", ""))
        except ValueError:
            value = float("nan")
        if value != value or value in (float("inf"), float("-inf")):
            self.wrong(node or at, f"“{name}”要填数字，现在是“{said}”", f"{name} must be a number, not {said!r}")
            return None
        return value

    def day(self, node: Node | None, at: Node, name: str, *, needed: bool = False) -> date | None:
        """A day, 2024-02-26."""
        said = self.text(node, at, name, needed=needed)
        if not said:
            return None
        try:
            return date.fromisoformat(said)
        except ValueError:
            self.wrong(node or at, f"“{name}”要写成 2024-02-26", f"{name} is written 2024-02-26")
            return None

    def identity(self, node: Node | None, at: Node) -> str:
        """An id: lower-case letters, digits and _."""
        said = self.text(node, at, "id", needed=True)
        if said and not _ID.match(said):
            self.wrong(node or at, "id 用小写字母、数字和下划线", "the id takes lower-case letters, digits and _")
        return said

    def effective(self, top: Mapping[str, Node], at: Node) -> tuple[date | None, date | None]:
        """From which day to which a text holds: `effective_from` and `effective_to`."""
        since, until = (self.day(top.get(key), at, key) for key in ("effective_from", "effective_to"))
        if since and until and until < since:
            self.wrong(top["effective_to"], "失效日早于生效日", "it ends before it begins")
        return since, until

    def choice(self, node: Node | None, at: Node, name: str, known: Iterable[str], default: str = "") -> str:
        """One of the known words."""
        said = self.text(node, at, name, default, needed=not default)
        words = tuple(known)
        if said and said not in words:
            told = "、".join(words)
            self.wrong(node or at, f"“{name}”没有“{said}”，可以写：{told}", f"{name}: {said!r} is none of {told}")
            return default or words[0]
        return said

    def many(self, node: Node | None, at: Node, name: str) -> list[Node]:
        """The members of a list that must not be empty."""
        if node is None or not node.items:
            self.wrong(node or at, f"“{name}”要是一个列表，至少一项", f"{name} must be a list of at least one")
            return []
        return node.items


def read_lined(text: str, name: str) -> Node:
    """The text as nodes. Raises RulesError for what is no YAML, has references (&, *), is too large or too deep."""
    if len(text) > MOST_CHARACTERS:
        raise RulesError(name, [Mistake(1, "文件太大", "the file is too large")])
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AliasToken | yaml.AnchorToken):
                raise RulesError(
                    name,
                    [Mistake(token.start_mark.line + 1, "不能用 & 和 * 引用", "references (& and *) are not taken")],
                )
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 1
        raise RulesError(
            name, [Mistake(line, "写法不对，请检查缩进、冒号和引号", f"this is no YAML: {error.problem}")]
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise RulesError(name, [Mistake(1, "含有不能读的字符", "there are characters that cannot be read")]) from error
    if root is None:
        raise RulesError(name, [Mistake(1, "是空的", "it is empty")])
    mistakes: list[Mistake] = []
    found = _node(root, mistakes, 0)
    if mistakes:
        raise RulesError(name, mistakes)
    return found


def _node(node: yaml.Node, mistakes: list[Mistake], depth: int) -> Node:
    line = node.start_mark.line + 1
    if depth > MOST_DEPTH:
        mistakes.append(Mistake(line, "嵌套太深", "it is nested too deeply"))
        return Node(line, text="")
    if isinstance(node, yaml.ScalarNode):
        return Node(line, text=str(node.value))
    if isinstance(node, yaml.SequenceNode):
        return Node(line, items=[_node(item, mistakes, depth + 1) for item in node.value])
    columns: dict[str, Node] = {}
    for key, value in _pairs(node):
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if not name or name in columns:
            at = key.start_mark.line + 1
            mistakes.append(Mistake(at, f"“{name}”写了两次或没有名称", f"{name!r} stands twice or has no name"))
            continue
        columns[name] = _node(value, mistakes, depth + 1)
    return Node(line, columns=columns)


def _pairs(node: yaml.Node) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    yield from node.value


def shipped(folder: str, load: Callable[[str, str], Made]) -> MappingProxyType[str, tuple[Made, str]]:
    """What the YAML files of a data folder of this room make, each with its text, by id. Raises RulesError for one that is wrong."""
    found = {}
    for name, text in yaml_texts(folder, package=__package__):
        made = load(text, name)
        found[made.id] = (made, text)
    return MappingProxyType(found)
