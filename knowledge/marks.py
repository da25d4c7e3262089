"""YAML files read with the line of every node kept, so that a fault can name its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from knowledge.faults import Fault

try:
    from yaml import CSafeLoader as FastLoader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as FastLoader  # type: ignore[assignment]

TAG = "tag:yaml.org,2002:"
NULL, BOOL, INT, FLOAT = TAG + "null", TAG + "bool", TAG + "int", TAG + "float"
NUMBER = [(INT, re.compile(r"[-+]?(0|[1-9]\d*)$")), (FLOAT, re.compile(r"[-+]?\d+\.\d+$"))]
EMPTY = [(NULL, re.compile(r"(~|null|)$"))]
TRUTH = [(BOOL, re.compile(r"(true|false)$"))]
CONVERT: dict[str, Any] = {NULL: lambda text: None, BOOL: "true".__eq__, INT: int, FLOAT: float}


class PlainLoader(FastLoader):
    """YAML without surprises: dates, `no` and `on` stay text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the name and shape are PyYAML's
        **dict.fromkeys("-+0123456789", NUMBER),
        **dict.fromkeys(("~", "n", ""), EMPTY),
        **dict.fromkeys("tf", TRUTH),
    }


@dataclass
class YamlFile:
    """One file of a dossier: its tree of nodes, None when empty, broken or dropped."""

    name: str
    node: Node | None = None
    faults: list[Fault] = field(default_factory=list)
    text: str = ""

    def drop(self) -> None:
        """Let the tree go, many times larger than the text: it is made again should the line of a fault be asked."""
        self.node = None

    @property
    def broken(self) -> bool:
        """Whether the text could not be parsed at all."""
        return self.node is None and bool(self.faults)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: its file and, where that is a list, its number in it."""

    file: YamlFile
    number: int | None = None

    def line(self, path: Sequence[str | int] = ()) -> int:
        """The line that a path of keys and indexes reaches inside the entry."""
        if self.file.node is None:
            self.file.node = yaml.compose(self.file.text, Loader=PlainLoader)
        node = self.file.node
        if node is None:
            return 1
        return line_at(node if self.number is None else node.value[self.number], path)


def read_yaml(path: Path, name: str) -> YamlFile:
    """Parse one file; text that is no YAML becomes a fault."""
    try:
        text = path.read_text("utf-8-sig")
        return YamlFile(name, yaml.compose(text, Loader=PlainLoader), text=text)
    except UnicodeDecodeError as error:
        what, line, remedy = f"not UTF-8 (byte {error.start})", 1, "save the file as UTF-8"
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what, line = f"not YAML: {error.problem or error.context}", mark.line + 1 if mark else 1
        remedy = "check indentation, colons and quotation marks on this line and the one before"
    except yaml.YAMLError as error:
        what, line, remedy = f"not YAML: {str(error).splitlines()[0]}", 1, "remove characters that cannot be printed"
    return YamlFile(name, None, [Fault(name, line, what, remedy)])


class Builder:
    """Turns nodes into plain values and notes doubled keys."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self._built: dict[int, Any] = {}

    def build(self, node: Node) -> Any:
        """The node as dict, list or scalar; an alias gives the value it stands for."""
        if type(node) is ScalarNode:
            convert = CONVERT.get(node.tag)
            return convert(node.value) if convert else node.value
        key = id(node)
        if key in self._built:
            return self._built[key]
        self._built[key] = None  # what an alias inside its own value gives
        build = self.build
        value = [build(item) for item in node.value] if type(node) is SequenceNode else self._mapping(node)
        self._built[key] = value
        return value

    def _mapping(self, node: Node) -> dict[Any, Any]:
        built: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if type(key) is not str:
                self._fault(key_node, "a key that is no word", "use a plain word before the colon")
                continue
            if key in built:
                self._fault(key_node, f"key `{key}` twice in one entry", "keep one of them")
            built[key] = self.build(value_node)
        return built

    def _fault(self, node: Node, what: str, remedy: str) -> None:
        self.faults.append(Fault(self.file, line_of(node), what, remedy))


def line_of(node: Node) -> int:
    """The 1-based line on which a node starts."""
    return int(node.start_mark.line) + 1


def line_at(node: Node, path: Sequence[str | int]) -> int:
    """The line of the deepest node that a path of keys and indexes reaches; a key's line for a mapping."""
    line = line_of(node)
    for step in path:
        if isinstance(node, MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == step), None)
            if pair is None:
                break
            line, node = line_of(pair[0]), pair[1]
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = line_of(node)
        else:
            break
    return line
