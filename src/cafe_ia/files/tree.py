"""A YAML file as text with positions, and nothing else.

YAML guesses types: `18:30` becomes 1110, `no` becomes false. Here every value stays the text
that a person typed, with its line and column, and the record decides what it means. The parts
of YAML that no one types by hand (anchors, tags, merges) are refused: they hide where a value
comes from, and they are how a small file fills a memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from cafe_ia.entry import plain
from cafe_ia.problem import Place, Problem

__all__ = ["DEEPEST", "LARGEST", "Node", "Source", "compose", "decode", "read_source"]

LARGEST = 1_000_000
"""Bytes of the largest file that is read."""

DEEPEST = 20
"""Levels of the deepest file that is read."""

_MOST_PROBLEMS = 100
"""Faults of form told for one file: past that, the file is something else."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_INNER_BOM = re.compile("\ufeff")
_STRUCTURE = re.compile(r"^[ \u00a0\u202f-]*(?:[\w-]+[ \u00a0\u202f]*:[ \u00a0\u202f])?", re.M)
_HARD_SPACE = {0x00A0: " ", 0x202F: " "}
_CUT_BY_HASH = re.compile(r" #[^\n]*")

_SYNTAX = (
    ("mapping values are not allowed", "yaml-colon"),
    ("cannot start any token", "yaml-character"),
    ("tab character", "yaml-tab"),
    ("could not find expected ':'", "yaml-colon-missing"),
    ("quoted scalar", "yaml-quote"),
    ("escape", "yaml-escape"),
    ("flow", "yaml-bracket"),
    ("node content", "yaml-bracket"),
    ("block", "yaml-indentation"),
    ("anchor", "yaml-anchor"),
    ("alias", "yaml-alias"),
    ("tag", "yaml-tag"),
    ("directive", "yaml-directive"),
    ("document start", "yaml-indentation"),
)
"""What the parser complains about, in its words, and our code; the first that fits."""


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


def read_source(path: Path, shown: str | None = None) -> Source:
    """Read a record file: at most `LARGEST` bytes of UTF-8, one mapping, `DEEPEST` levels.

    Args:
        path: The file.
        shown: The path as a person should see it in messages.
    """
    source = Source(shown or str(path))
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        _add(source, "file-unreadable", Place(source.file), reason=reason)
        return source
    if len(content) > LARGEST:
        _add(source, "file-too-large", Place(source.file), largest=LARGEST)
        return source
    return compose(decode(content, source))


def decode(content: bytes, source: Source) -> Source:
    """Set the source's text from bytes of UTF-8, with or without a byte-order mark."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        _add(source, "file-encoding", Place(source.file), byte=1, hex=f"{content[0]:02X}")
        return source
    try:
        source.text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line_start = before.rfind(b"\n") + 1
        column = len(before[line_start:].decode("utf-8").removeprefix("\ufeff")) + 1
        place = Place(source.file, before.count(b"\n") + 1, column)
        hexadecimal = f"{content[error.start]:02X}"
        _add(source, "file-encoding", place, byte=error.start + 1, hex=hexadecimal)
    return source


def compose(source: Source) -> Source:
    """Set the source's tree from its text."""
    if source.problems:
        return source
    text = source.text
    if not text.isascii():
        for unseen in (_FORBIDDEN.search(text), _INNER_BOM.search(text)):
            if unseen:
                return _forbid(source, unseen)
        if "\u00a0" in text or "\u202f" in text:
            text = _STRUCTURE.sub(lambda found: found[0].translate(_HARD_SPACE), text)
    elif unseen := _FORBIDDEN.search(text):
        return _forbid(source, unseen)
    try:
        source.root = _Composer(source).tree(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        _syntax(source, error)
    except _StopError:
        pass
    else:
        if source.root is None:
            _add(source, "file-empty", Place(source.file))
        elif not isinstance(source.root.value, dict):
            _add(source, "yaml-not-fields", source.place(source.root))
            source.root = None
    return source


class _StopError(Exception):
    """The rest of the file would not be read with profit."""


class _Composer:
    """Builds the tree out of the parser's events, on a stack of its own."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def tree(self, events: Iterator[Any]) -> Node | None:
        root: Node | None = None
        stack: list[Node] = []
        waiting: list[Node | None] = []  # for each open mapping, the key whose value comes next
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                node = self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                node = self._collection(event, len(stack))
            elif kind is yaml.AliasEvent:
                mark = event.start_mark
                node = Node(None, mark.line, mark.column, mark.index, event.end_mark.index)
                self._problem("yaml-alias", node, name=event.anchor)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                stack.pop().end = event.end_mark.index
                waiting.pop()
                continue
            else:
                if kind is yaml.DocumentStartEvent and root is not None:
                    place = Place(self.source.file, event.start_mark.line + 1)
                    _add(self.source, "yaml-several-documents", place)
                    raise _StopError
                continue
            if stack:
                self._attach(stack[-1], node, waiting)
            elif root is None:
                root = node
            if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                stack.append(node)
                waiting.append(None)
        return root

    def _scalar(self, event: Any) -> Node:
        start, style = event.start_mark, event.style
        value: str | None = event.value
        node = Node(value, start.line, start.column, start.index, event.end_mark.index, style)
        if event.anchor is not None or event.tag is not None:
            self._refuse(event, node)
        if not style or style == "plain":
            node.style = None
            if value in ("", "~", "null"):
                node.value = None
            elif cut := _CUT_BY_HASH.match(self.source.text, node.end):
                self._problem("yaml-hash", node, cut=cut[0].strip())
        return node

    def _collection(self, event: Any, depth: int) -> Node:
        start, mapping = event.start_mark, type(event) is yaml.MappingStartEvent
        value: dict[str, Node] | list[Node] = {} if mapping else []
        flow = ("{" if mapping else "[") if event.flow_style else None
        node = Node(value, start.line, start.column, start.index, start.index, flow)
        if depth >= DEEPEST:
            self._problem("yaml-too-deep", node, deepest=DEEPEST)
            raise _StopError
        if event.anchor is not None or event.tag is not None:
            self._refuse(event, node)
        return node

    def _attach(self, parent: Node, node: Node, waiting: list[Node | None]) -> None:
        if isinstance(parent.value, list):
            parent.value.append(node)
            return
        assert isinstance(parent.value, dict)  # noqa: S101 # only collections are on the stack
        key = waiting[-1]
        if key is None:
            waiting[-1] = node
            return
        waiting[-1] = None
        if not isinstance(key.value, str):
            self._problem("yaml-key", key)
            return
        name = plain(key.value)
        if name == "<<":
            self._problem("yaml-merge", key)
        elif name in parent.value:
            self._problem("yaml-key-twice", key, field=name, line=parent.keys[name].line + 1)
        else:
            parent.value[name] = node
            parent.keys[name] = key

    def _refuse(self, event: Any, node: Node) -> None:
        if event.anchor is not None:
            self._problem("yaml-anchor", node, name=event.anchor)
        if event.tag is not None:
            self._problem("yaml-tag", node, name=event.tag)

    def _problem(self, code: str, node: Node, **values: Any) -> None:
        _add(self.source, code, self.source.place(node), **values)
        if len(self.source.problems) >= _MOST_PROBLEMS:
            raise _StopError


def _forbid(source: Source, found: re.Match[str]) -> Source:
    before = source.text[: found.start()]
    place = Place(source.file, before.count("\n") + 1, found.start() - before.rfind("\n"))
    _add(source, "file-character", place, character=f"U+{ord(found[0]):04X}")
    return source


def _syntax(source: Source, error: yaml.MarkedYAMLError) -> None:
    complaint = f"{error.context or ''} {error.problem or ''}"
    code = next((code for words, code in _SYNTAX if words in complaint), "yaml-syntax")
    mark = error.problem_mark or error.context_mark
    if code in ("yaml-quote", "yaml-bracket", "yaml-anchor", "yaml-alias") and error.context_mark:
        mark = error.context_mark  # where it opens helps; where the parser gave up does not
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if code == "yaml-character" and source.text.split("\n")[line][column : column + 1] == "\t":
        code = "yaml-tab"
    _add(source, code, Place(source.file, line + 1, column + 1), said=complaint.strip())


def _add(source: Source, code: str, place: Place, **values: Any) -> None:
    source.problems.append(Problem(code, values, place=place))
