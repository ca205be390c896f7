"""Content lines: how a value becomes the octets of an iCalendar stream.

`ics` joins names, parameters and values but neither escapes nor folds what goes into them; a
folded line that cuts an Arabic letter in two is broken in every reader.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from ics.grammar.parse import Container, ContentLine

__all__ = [
    "as_bytes", "duration", "line", "local_stamp", "offset", "parameter", "shared_line", "stamp",
    "text", "without_controls",
]  # fmt: skip

_WIDTH = 75
"""Octets of a line, its break left out (RFC 5545, section 3.1)."""

_PIECE = re.compile(rb"(?s).{1,74}(?![\x80-\xbf])")
"""What stands between two folds: never ended before a continuation octet of UTF-8."""

_NO_PARAMETERS: dict[str, list[str]] = {}

_CARET = {"^": "^^", "\n": "^n", '"': "^'"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_QUOTED = re.compile(r'[\^\n"]')


def line(name: str, value: str, **parameters: str) -> ContentLine:
    """One property. The value and the parameters are already escaped."""
    if not parameters:
        return ContentLine(name, _NO_PARAMETERS, value)
    return ContentLine(name, {key: [word] for key, word in parameters.items()}, value)


class _Shared(ContentLine):  # type: ignore[misc] # ics ships no types
    """A line that stands in many events and is put together once."""

    def __init__(self, name: str, parameters: dict[str, list[str]], value: str) -> None:
        super().__init__(name, parameters, value)
        self._written = str(super().__str__())

    def __str__(self) -> str:
        return self._written


@lru_cache(maxsize=4_096)
def shared_line(name: str, value: str, **parameters: str) -> ContentLine:
    """One property that many events have, with the same value."""
    return _Shared(name, {key: [word] for key, word in parameters.items()}, value)


def text(words: str) -> str:
    """A TEXT value (RFC 5545, section 3.3.11)."""
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def without_controls(words: str) -> str:
    """Words that no record has looked at, without what would end or spoil their line."""
    return _CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def parameter(words: str) -> str:
    """A parameter's value, in quotation marks, with RFC 6868's carets."""
    marked = _QUOTED.sub(lambda found: _CARET[found[0]], words)
    return f'"{marked}"'


@lru_cache(maxsize=4_096)
def stamp(moment: datetime) -> str:
    """An aware time as UTC: `20261128T180000Z`."""
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return f"{local_stamp(moment)[:15]}Z"


def local_stamp(wall: datetime) -> str:
    """A naive time as it stands: `20261128T180000`."""
    return wall.isoformat("T", "seconds").replace("-", "").replace(":", "")


def duration(length: timedelta) -> str:
    """A duration in whole minutes, signed: `PT90M`, `-PT60M`."""
    minutes = length // timedelta(minutes=1)
    return f"{'-' if minutes < 0 else ''}PT{abs(minutes)}M"


def offset(difference: timedelta) -> str:
    """A UTC offset: `+0100`, with seconds only where there are any."""
    seconds = difference // timedelta(seconds=1)
    sign, seconds = ("-" if seconds < 0 else "+"), abs(seconds)
    rest = f"{seconds % 60:02}" if seconds % 60 else ""
    return f"{sign}{seconds // 3600:02}{seconds // 60 % 60:02}{rest}"


def as_bytes(component: Container) -> bytes:
    """A component as octets: UTF-8, lines folded at 75 octets, each ended by CRLF."""
    lines = str(component).encode().split(b"\r\n")
    lines.append(b"")
    return b"\r\n".join(
        [
            octets if len(octets) <= _WIDTH else b"\r\n ".join(_PIECE.findall(octets))
            for octets in lines
        ]
    )
