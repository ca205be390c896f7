"""A YAML file as text with positions, and nothing else.

YAML guesses types: `18:30` becomes 1110, `no` becomes false. Here every value stays the text
that a person typed, with its line and column, and the record decides what it means. The parts
of YAML that no one types by hand (anchors, tags, merges) are refused: they hide where a value
comes from, and they are how a small file fills a memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from cafe_ia.entry import plain
from cafe_ia.problem import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["DEEPEST", "LARGEST", "MOST", "Node", "Source", "compose", "decode", "read_source"]

LARGEST = 1_000_000
"""Bytes of the largest file that is read."""

DEEPEST = 20
"""Levels of the deepest file that is read."""

MOST = 20_000
"""Values of the longest file that is read."""

_MOST_PROBLEMS = 100
"""Faults of form told for one file: past that, the file is something else."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_HARD = "[ \u00a0\u202f]"
_STRUCTURE = re.compile(rf"(?:{_HARD}|-{_HARD})*(?:[\w-]+{_HARD}*:(?:{_HARD}+|$))?", re.MULTILINE)
_HARD_SPACE = {0x00A0: " ", 0x202F: " "}
_BLOCK = re.compile(r"(?:^|[ \u00a0\u202f])[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
_CUT_BY_HASH = re.compile(r" #[^\r\n]*")
_NAME = re.compile(r"[\w-]+")
_NAME_TOUCHING = re.compile(r"[^\W\d][\w-]*:(?!//)\S")

_AT_START = frozenset({
    "yaml-alias", "yaml-anchor", "yaml-bracket", "yaml-colon-missing", "yaml-directive",
    "yaml-quote", "yaml-tag",
})  # fmt: skip
"""The codes for which the place where it begins helps; where the parser gave up does not."""

_SYNTAX = (
    ("mapping values are not allowed", "yaml-colon"),
    ("block sequence entries are not allowed", "yaml-character"),
    ("mapping keys are not allowed", "yaml-character"),
    ("cannot start any token", "yaml-character"),
    ("tab character", "yaml-tab"),
    ("could not find expected ':'", "yaml-colon-missing"),
    ("found unexpected ':'", "yaml-bracket"),
    ("escape", "yaml-escape"),
    ("hexdecimal", "yaml-escape"),
    ("quoted scalar", "yaml-quote"),
    ("flow", "yaml-bracket"),
    ("node content", "yaml-bracket"),
    ("directive", "yaml-directive"),
    ("comment or line break", "yaml-character"),
    ("block", "yaml-indentation"),
    ("anchor", "yaml-anchor"),
    ("alias", "yaml-alias"),
    ("tag", "yaml-tag"),
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
    """Read a record file: one mapping in UTF-8, of a size and a depth that a person writes.

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
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:2]:  # UTF-16
        byte = 1 + max(content.find(b"\0", 0, 2), 0)
        hexadecimal = f"{content[byte - 1]:02X}"
        _add(source, "file-encoding", Place(source.file, 1, byte), byte=byte, hex=hexadecimal)
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
    if unseen := _FORBIDDEN.search(text):
        return _forbid(source, unseen)
    if "\u00a0" in text or "\u202f" in text:
        text = "".join(_plainly_spaced(text))
    composer = _Composer(source)
    try:
        root = composer.tree(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        _syntax(source, error, composer)
    except _StopError:
        pass
    else:
        if root is None or root.value is None:
            _add(source, "file-empty", Place(source.file))
        elif isinstance(root.value, dict):
            source.root = root
        elif not source.problems:
            _add(source, "yaml-not-fields", source.place(root))
    return source


def _plainly_spaced(text: str) -> Iterator[str]:
    """The text's lines with plain spaces around what YAML takes for structure.

    A word processor puts hard spaces at the beginning of a line and around colons. Prose in a
    block keeps its own.
    """
    margin: int | None = None  # of the field whose block of prose we are in
    for line in text.splitlines(keepends=True):
        bare = line.lstrip(" \u00a0\u202f")
        indent = len(line) - len(bare)
        if margin is not None and (indent > margin or not bare.strip()):
            yield " " * indent + bare
            continue
        margin = indent if _BLOCK.search(line.rstrip()) else None
        yield _STRUCTURE.sub(lambda found: found[0].translate(_HARD_SPACE), line, count=1)


class _StopError(Exception):
    """The rest of the file would not be read with profit."""


class _Composer:
    """Builds the tree out of the parser's events, on a stack of its own."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.last: Node | None = None
        """The last value that was read to its end."""
        self.count = 0
        self.open: list[Node] = []
        """The collections that are not read to their end, the outermost first."""

    def tree(self, events: Iterator[Any]) -> Node | None:
        root: Node | None = None
        stack = self.open
        waiting: list[Node | None] = []  # for each open mapping, the key whose value comes next
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                node = self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                node = self._collection(event, len(stack))
            elif kind is yaml.AliasEvent:
                node = self._alias(event, waiting[-1] if waiting else None)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.last = stack.pop()
                self.last.end = event.end_mark.index
                waiting.pop()
                continue
            else:
                if kind is yaml.DocumentStartEvent and root is not None:
                    self._stop("yaml-several-documents", event.start_mark)
                continue
            self.count += 1
            if self.count > 2 * MOST:  # a name and its value
                self._stop("file-too-long", event.start_mark, most=MOST)
            self._attach(stack, node, waiting)
            root = root or node
            if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                stack.append(node)
                waiting.append(None)
        return root

    def _stop(self, code: str, mark: Any, **values: Any) -> NoReturn:
        place = Place(self.source.file, mark.line + 1, mark.column + 1)
        _add(self.source, code, place, **values)
        raise _StopError

    def _alias(self, event: Any, key: Node | None) -> Node:
        mark, value = event.start_mark, f"*{event.anchor}"
        node = Node(value, mark.line, mark.column, mark.index, event.end_mark.index, "*")
        if key is None or key.value != "<<":  # the merge itself is told
            self._problem("yaml-alias", node, name=event.anchor)
        return node

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
            elif _NAME_TOUCHING.match(value or "") and self._begins_line(node):
                self._problem("yaml-colon-missing", node)
            if cut := _CUT_BY_HASH.match(self.source.text, node.end):
                end = event.end_mark
                place = Place(self.source.file, end.line + 1, end.column + 2)
                self._told("yaml-hash", place, cut=cut[0].strip())
        return node

    def _begins_line(self, node: Node) -> bool:
        """Whether only the hyphens of a list stand before a value on its line."""
        if node.column > 4 * DEEPEST:
            return False
        before = self.source.text[node.start - node.column : node.start]
        return not before.strip(" \u00a0\u202f-")

    def _collection(self, event: Any, depth: int) -> Node:
        start, mapping = event.start_mark, type(event) is yaml.MappingStartEvent
        value: dict[str, Node] | list[Node] = {} if mapping else []
        flow = ("{" if mapping else "[") if event.flow_style else None
        node = Node(value, start.line, start.column, start.index, start.index, flow)
        if depth >= DEEPEST:
            self._stop("yaml-too-deep", start, deepest=DEEPEST)
        if event.anchor is not None or event.tag is not None:
            self._refuse(event, node)
        return node

    def _attach(self, stack: list[Node], node: Node, waiting: list[Node | None]) -> None:
        if not stack:
            self.last = node
            return
        parent = stack[-1]
        if isinstance(parent.value, list):
            self.last = node
            parent.value.append(node)
            return
        assert isinstance(parent.value, dict)  # only collections are on the stack
        key = waiting[-1]
        if key is None:
            waiting[-1] = node
            return
        waiting[-1], self.last = None, node
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
        self._told(code, self.source.place(node), **values)

    def _told(self, code: str, place: Place, **values: Any) -> None:
        _add(self.source, code, place, **values)
        if len(self.source.problems) >= _MOST_PROBLEMS:
            raise _StopError


def _forbid(source: Source, found: re.Match[str]) -> Source:
    before = source.text[: found.start()]
    place = Place(source.file, before.count("\n") + 1, found.start() - before.rfind("\n"))
    _add(source, "file-character", place, character=f"U+{ord(found[0]):04X}")
    return source


def _syntax(source: Source, error: yaml.MarkedYAMLError, composer: _Composer) -> None:
    """Tell what the parser stumbled over, at the place where a person would look."""
    complaint = f"{error.context or ''} {error.problem or ''}".strip()
    code = next((code for words, code in _SYNTAX if words in complaint), "yaml-syntax")
    mark, last = error.problem_mark, composer.last
    if last and mark and not _LINE_END.search(source.text, last.end, mark.index):
        if last.style == "*":
            return  # the alias is told; the words behind it are the rest of a text
        half = {"'": "yaml-quote", '"': "yaml-quote", "[": "yaml-bracket", "{": "yaml-bracket"}
        if last.style in half and code in ("yaml-colon", "yaml-indentation"):
            _add(source, half[last.style], source.place(last), said=complaint)
            return
    if code == "yaml-bracket" and composer.open and composer.open[-1].style:
        _add(source, code, source.place(composer.open[-1]), said=complaint)
        return
    if code in _AT_START or "block scalar" in complaint:
        mark = error.context_mark or mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    code, line, column = _slip(code, [*_LINE_END.split(source.text), ""], line, column)
    _add(source, code, Place(source.file, line + 1, column + 1), said=complaint)


def _slip(code: str, lines: list[str], line: int, column: int) -> tuple[str, int, int]:
    """What a person did, where several slips of the hand look the same to the parser."""
    if not lines[line].strip():  # past the end: the last thing written is what matters
        line, written = _written_before(lines, line)
        column = _indent(written)
    if code == "yaml-colon":
        return _colon(lines, line, column)
    if code == "yaml-character" and lines[line][column : column + 1] == "\t":
        code = "yaml-tab"
    elif code == "yaml-colon-missing" and _BLOCK.search(_written_before(lines, line)[1]):
        code = "yaml-indentation"
    elif code == "yaml-indentation" and lines[line].startswith("%"):
        code = "yaml-directive"
    return code, line, column


_LINE_END = re.compile(r"\r\n|\r|\n")


def _colon(lines: list[str], line: int, column: int) -> tuple[str, int, int]:
    """What a colon means that the parser did not expect: three slips look the same to it."""
    indent = _indent(lines[line])
    if not _NAME.fullmatch(lines[line][indent:column].strip()):
        return "yaml-colon", line, column
    earlier, before = _written_before(lines, line)
    if _indent(before) == indent and not re.search(r":(?:\s|$)", before):
        return "yaml-colon-missing", earlier, indent
    return "yaml-indentation", line, indent


def _written_before(lines: list[str], line: int) -> tuple[int, str]:
    """The nearest line above that is neither blank nor a remark."""
    for number in range(line - 1, -1, -1):
        if (text := lines[number].strip()) and not text.startswith("#"):
            return number, lines[number]
    return 0, ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _add(source: Source, code: str, place: Place, **values: Any) -> None:
    if not any(told.code == code and told.place == place for told in source.problems):
        source.problems.append(Problem(code, values, place=place))
