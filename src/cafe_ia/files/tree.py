"""A YAML file becomes a tree of text with positions, in bounded time and memory.

The parts of YAML that no one types by hand (anchors, tags, merges) are refused: they hide where a
value comes from, and they are how a small file fills a memory.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from cafe_ia.entry import plain
from cafe_ia.files.node import Node, Source
from cafe_ia.files.slips import BLOCK, tell_slip
from cafe_ia.problem import Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "DEEPEST", "LARGEST", "MOST", "compose", "decode", "read_source", "read_text", "tell_unseen",
]  # fmt: skip

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
_CUT_BY_HASH = re.compile(r" #[^\r\n]*")
_NAME_TOUCHING = re.compile(r"[^\W\d][\w-]*:(?!//)\S")


def read_source(path: Path, shown: str | None = None) -> Source:
    """Read a record file: one mapping in UTF-8, of a size and a depth that a person writes.

    Args:
        path: The file.
        shown: The path as a person should see it in messages.
    """
    source = read_text(path, shown)
    return source if source.problems else compose(source)


def read_text(path: Path, shown: str | None = None) -> Source:
    """Read a text file in UTF-8, of a size that a person writes, and nothing of its form.

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
        source.tell("file-unreadable", Place(source.file), reason=reason)
        return source
    if len(content) > LARGEST:
        source.tell("file-too-large", Place(source.file), largest=LARGEST)
        return source
    return decode(content, source)


def decode(content: bytes, source: Source) -> Source:
    """Set the source's text from bytes of UTF-8, with or without a byte-order mark."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:2]:  # UTF-16
        byte = 1 + max(content.find(b"\0", 0, 2), 0)
        hexadecimal = f"{content[byte - 1]:02X}"
        source.tell("file-encoding", Place(source.file, 1, byte), byte=byte, hex=hexadecimal)
        return source
    try:
        source.text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line_start = before.rfind(b"\n") + 1
        column = len(before[line_start:].decode("utf-8").removeprefix("\ufeff")) + 1
        place = Place(source.file, before.count(b"\n") + 1, column)
        hexadecimal = f"{content[error.start]:02X}"
        source.tell("file-encoding", place, byte=error.start + 1, hex=hexadecimal)
    return source


def compose(source: Source) -> Source:
    """Set the source's tree from its text."""
    if source.problems:
        return source
    text = source.text
    if tell_unseen(source):
        return source
    if "\u00a0" in text or "\u202f" in text:
        text = "".join(_plainly_spaced(text))
    composer = _Composer(source)
    try:
        root = composer.tree(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        tell_slip(source, error, composer.last, composer.open)
    except _StopError:
        pass
    else:
        if root is None or root.value is None:
            source.tell("file-empty", Place(source.file))
        elif isinstance(root.value, dict):
            source.root = root
        elif not source.problems:
            source.tell("yaml-not-fields", source.place(root))
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
        margin = indent if BLOCK.search(line.rstrip()) else None
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
        self.source.tell(code, place, **values)
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
        self.source.tell(code, place, **values)
        if len(self.source.problems) >= _MOST_PROBLEMS:
            raise _StopError


def tell_unseen(source: Source) -> bool:
    """Add a fault where the text holds a character that no one sees; whether it does."""
    found = _FORBIDDEN.search(source.text)
    if not found:
        return False
    before = source.text[: found.start()]
    place = Place(source.file, before.count("\n") + 1, found.start() - before.rfind("\n"))
    source.tell("file-character", place, character=f"U+{ord(found[0]):04X}")
    return True
