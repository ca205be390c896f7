"""A file's tree: each value as the text that was typed, with where it stands.

YAML guesses types: `18:30` becomes 1110, `no` becomes false. Here every value stays text, and the
record decides what it means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cafe_ia.problem import Place, Problem

__all__ = ["MOST_TOLD", "Node", "Source"]

MOST_TOLD = 100
"""Faults of one code told for one file: past that, the file is something else."""


@dataclass(slots=True)
class Node:
    """One value of a file, with where it starts and ends. Lines and columns count from 0."""

    value: str | list[Node] | dict[str, Node] | None
    line: int
    column: int
    start: int
    """Position of the first character in the text."""
    end: int
    """Position after the last character."""
    style: str | None = None
    """`'`, `"`, `|`, `>` for a quoted or block scalar, `{` or `[` for a flow collection."""
    keys: dict[str, Node] = field(default_factory=dict)
    """Of a mapping: where each key stands."""

    def plain(self) -> Any:
        """The value as text, lists and dicts; an empty value is as if it were not written."""
        value = self.value
        if isinstance(value, dict):
            return {key: node.plain() for key, node in value.items() if node.value is not None}
        if isinstance(value, list):
            return [node.plain() for node in value]
        return value

    def find(self, path: tuple[str | int, ...]) -> tuple[Node, int]:
        """The node at the end of a path, or the last one on the way, and how far it went."""
        node = self
        for depth, step in enumerate(path):
            value = node.value
            if isinstance(value, dict) and step in value:
                node = value[str(step)]
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                node = value[step]
            else:
                return node, depth
        return node, len(path)


@dataclass(slots=True)
class Source:
    """A file that was read: its text as it stands, its tree, and what is wrong with its form."""

    file: str
    """The path, as a person should see it."""
    text: str = ""
    """The text, without a byte-order mark."""
    root: Node | None = None
    """The tree, where the form allows one."""
    problems: list[Problem] = field(default_factory=list)
    """Faults of form, in the order of the file."""

    def place(self, node: Node | None) -> Place:
        """Where a node stands, counted from 1."""
        if node is None:
            return Place(self.file)
        return Place(self.file, node.line + 1, node.column + 1)

    def tell(self, code: str, place: Place, **values: Any) -> None:
        """Add a fault of form; the same one at one place is told once, and none endlessly."""
        places = [told.place for told in self.problems if told.code == code]
        if place not in places and len(places) < MOST_TOLD:
            self.problems.append(Problem(code, values, place=place))
