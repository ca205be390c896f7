"""Slips of the hand: what a person did where the YAML parser only says that it is lost.

Several slips look the same to the parser, and it gives up far behind the place where they were
made. The fault is told where a person would look for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cafe_ia.problem import Place

if TYPE_CHECKING:
    import yaml

    from cafe_ia.files.node import Node, Source

__all__ = ["BLOCK", "tell_slip"]

BLOCK = re.compile(r"(?:^|[ \u00a0\u202f])[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
"""The end of a line that opens a block of prose."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_NAME = re.compile(r"[\w-]+")

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


def tell_slip(
    source: Source, error: yaml.MarkedYAMLError, last: Node | None, unended: list[Node]
) -> None:
    """Tell what the parser stumbled over, at the place where a person would look.

    Args:
        source: The file; the fault is added to its problems.
        error: What the parser says.
        last: The last value that was read to its end.
        unended: The collections that were not, the outermost first.
    """
    complaint = f"{error.context or ''} {error.problem or ''}".strip()
    code = next((code for words, code in _SYNTAX if words in complaint), "yaml-syntax")
    mark = error.problem_mark
    if last and mark and not _LINE_END.search(source.text, last.end, mark.index):
        if last.style == "*":
            return  # the alias is told; the words behind it are the rest of a text
        half = {"'": "yaml-quote", '"': "yaml-quote", "[": "yaml-bracket", "{": "yaml-bracket"}
        if last.style in half and code in ("yaml-colon", "yaml-indentation"):
            source.tell(half[last.style], source.place(last), said=complaint)
            return
    if code == "yaml-bracket" and unended and unended[-1].style:
        source.tell(code, source.place(unended[-1]), said=complaint)
        return
    if code in _AT_START or "block scalar" in complaint:
        mark = error.context_mark or mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    code, line, column = _slip(code, [*_LINE_END.split(source.text), ""], line, column)
    source.tell(code, Place(source.file, line + 1, column + 1), said=complaint)


def _slip(code: str, lines: list[str], line: int, column: int) -> tuple[str, int, int]:
    """What a person did, where several slips of the hand look the same to the parser."""
    if not lines[line].strip():  # past the end: the last thing written is what matters
        line, written = _written_before(lines, line)
        column = _indent(written)
    if code == "yaml-colon":
        return _colon(lines, line, column)
    if code == "yaml-character" and lines[line][column : column + 1] == "\t":
        code = "yaml-tab"
    elif code == "yaml-colon-missing" and BLOCK.search(_written_before(lines, line)[1]):
        code = "yaml-indentation"
    elif code == "yaml-indentation" and lines[line].startswith("%"):
        code = "yaml-directive"
    return code, line, column


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
