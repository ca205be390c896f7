"""A value changed inside a record file that a person wrote, and nothing else in it.

A session that is moved from the command line keeps its remarks, its order, its blank lines and
its way of quoting: only the characters of the changed values are new. Whatever the edit was, its
result is read again and must say exactly the old record with those values changed; otherwise the
file is left alone and the person is told what to write.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cafe_ia.files.node import Node, Source
from cafe_ia.files.saving import replace_file
from cafe_ia.files.tree import compose, read_source
from cafe_ia.files.writing import quoted
from cafe_ia.problem import Problem, RecordError, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["edit_file", "edited"]

_NOWHERE: Mapping[str, str] = MappingProxyType({})

_LINE_END = re.compile(r"\r\n|\n|\r")

_BYTE_ORDER_MARK = "\ufeff".encode()


def edit_file(
    path: Path,
    changes: Mapping[str, str],
    *,
    after: Mapping[str, str] = _NOWHERE,
    shown: str | None = None,
) -> None:
    """Change top-level values of a record file; its byte-order mark and line ends stay.

    Args:
        path: The file.
        changes: The new values as a person would type them, by field.
        after: For a field that may be missing, the field that it then follows.
        shown: The path as a person should see it in messages.

    Raises:
        RecordError: the file cannot be read, `edit-refused`, `output-unwritable`. The file is
            untouched then.
    """
    source = read_source(path, shown)
    text = edited(source, changes, after=after)
    if text == source.text:
        return
    with path.open("rb") as stream:
        mark = stream.read(len(_BYTE_ORDER_MARK))
    kept = _BYTE_ORDER_MARK if mark == _BYTE_ORDER_MARK else b""
    replace_file(path, kept + text.encode())


def edited(
    source: Source, changes: Mapping[str, str], *, after: Mapping[str, str] = _NOWHERE
) -> str:
    """The text of a record file with some top-level values changed.

    A value keeps its way of quoting where that can hold the new one, else it gets double
    quotation marks. A missing field gets a line of its own after the field that `after` names,
    or after the last one.

    Args:
        source: The file as it was read.
        changes: The new values as a person would type them, by field.
        after: For a field that may be missing, the field that it then follows.

    Raises:
        RecordError: the file's own errors; `edit-refused`, when a value is a block or a
            collection, or when the result would not be the old record with those values changed.
    """
    if any(one.severity is Severity.ERROR for one in source.problems):
        raise RecordError(source.problems)
    for field, value in changes.items():
        source = _changed(source, field, value, after.get(field))
    return source.text


def _changed(source: Source, field: str, value: str, sibling: str | None) -> Source:
    """The source with one value changed, by the first way of writing it that reads back."""
    root = source.root
    if root is None or not isinstance(root.value, dict):
        raise RecordError(source.problems)
    node = root.value.get(field)
    if node is not None and node.value == value:
        return source
    if node is None:
        sibling = sibling if sibling in root.value else next(reversed(root.value), None)
        texts = _inserted(source.text, root, sibling, field, value) if sibling else iter(())
    else:
        texts = _replaced(source.text, node, value)
    wanted = _wanted(root, field, value, sibling)
    codes = [problem.code for problem in source.problems]
    for text in texts:
        new = compose(Source(source.file, text))
        same = [problem.code for problem in new.problems] == codes
        if same and new.root is not None and _shape(new.root) == wanted:
            return new
    values = {"field": field, "value": value}
    raise RecordError([Problem("edit-refused", values, (field,), source.place(node or root))])


def _replaced(text: str, node: Node, value: str) -> Iterator[str]:
    """The text with another value in a node's place, each way that may do."""
    if isinstance(node.value, dict | list) or node.style in ("|", ">"):
        return
    gap = " " if node.start == node.end else ""  # nothing stands after the colon yet
    for scalar in _scalars(value, node.style):
        yield f"{text[: node.start]}{gap}{scalar}{text[node.end :]}"


def _inserted(text: str, root: Node, sibling: str, field: str, value: str) -> Iterator[str]:
    """The text with a new field after its sibling, each way that may do."""
    assert isinstance(root.value, dict)  # the caller looked
    key, end = root.keys[sibling], _end(root.value[sibling])
    if root.style == "{":
        name = quoted(field) if key.style == '"' else field
        for scalar in _scalars(value, key.style):
            yield f"{text[:end]}, {name}: {scalar}{text[end:]}"
        return
    margin = text[key.start - key.column : key.start]
    close = _LINE_END.search(text, len(text[:end].rstrip(" \t\r\n")))
    line_end = (close or _LINE_END.search(text) or ["\n"])[0]
    for scalar in _scalars(value, None):
        line = f"{margin}{field}: {scalar}"
        at = close.start() if close else len(text)
        yield f"{text[:at]}{line_end}{line}{text[at:]}"
        # A block that keeps its last empty lines (`|+`) ends after them.
        yield f"{text[:end]}{line}{line_end}{text[end:]}"


def _end(node: Node) -> int:
    """Where the last character of a value stands, remarks that follow a block not counted."""
    while node.value and node.style is None and not isinstance(node.value, str):
        values = node.value
        node = values[-1] if isinstance(values, list) else next(reversed(values.values()))
    return node.end


def _scalars(value: str, style: str | None) -> Iterator[str]:
    """The value as it was quoted before, then between double quotation marks."""
    if style is None:
        yield value
    elif style == "'":
        yield "'" + value.replace("'", "''") + "'"
    yield quoted(value)


def _wanted(root: Node, field: str, value: str, sibling: str | None) -> Any:
    """The shape of the old tree with one value changed, or one field more."""
    pairs: list[tuple[str, Any]] = []
    for name, shape in _shape(root):
        pairs.append((name, value if name == field else shape))
        if name == sibling and isinstance(root.value, dict) and field not in root.value:
            pairs.append((field, value))
    return pairs


def _shape(node: Node) -> Any:
    """What a tree says, in its order: fields as pairs, and nothing as nothing."""
    if isinstance(node.value, dict):
        return [(name, _shape(one)) for name, one in node.value.items()]
    if isinstance(node.value, list):
        return [[_shape(one)] for one in node.value]
    return node.value
