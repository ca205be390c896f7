"""Content lines: how a value becomes the octets of an iCalendar stream.

`ics` joins names, parameters and values but neither escapes nor folds what goes into them; a
folded line that cuts an Arabic letter in two is broken in every reader.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from ics.grammar.parse import Container, ContentLine

__all__ = [
    "Parameters", "as_bytes", "day_stamp", "duration", "line", "local_stamp", "offset",
    "parameter", "shared_line", "stamp", "text", "usual", "without_controls",
]  # fmt: skip

_WIDTH = 75
"""Octets of a line, its break left out (RFC 5545, section 3.1)."""

_PIECE = re.compile(rb"(?s).{1,74}(?![\x80-\xbf])")
"""What stands between two folds: never ended before a continuation octet of UTF-8."""

_CARET = {"^": "^^", "\n": "^n", '"': "^'"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_QUOTED = re.compile(r'[\^\n"]')


class Parameters(dict[str, list[str]]):
    """A line's parameters as ics wants them, with what they look like put together once."""

    def __init__(self, **words: str) -> None:
        """Take each parameter's one value, already escaped."""
        super().__init__({name: [word] for name, word in words.items()})
        self.written = "".join(f";{name}={word}" for name, word in words.items())


@lru_cache(maxsize=4_096)
def usual(name: str, word: str) -> Parameters:
    """A parameter that many lines have; nobody changes it."""
    return Parameters(**{name: word})


_NONE = Parameters()


class _Line(ContentLine):  # type: ignore[misc] # ics ships no types
    """ics's content line, which would put its parameters together anew for each line."""

    def __init__(self, name: str, params: Parameters, value: str) -> None:
        self.name, self.params, self.value = name, params, value

    def __str__(self) -> str:
        return f"{self.name}{self.params.written}:{self.value}"


def line(name: str, value: str, parameters: Parameters = _NONE) -> ContentLine:
    """One property. The value and the parameters are already escaped."""
    return _Line(name, parameters, value)


@lru_cache(maxsize=4_096)
def shared_line(name: str, value: str) -> ContentLine:
    """One property that many events have, with the same value."""
    return _Line(name, _NONE, value)


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
    """A naive time of whole seconds as it stands: `20261128T180000`."""
    return wall.isoformat().replace("-", "").replace(":", "")


def day_stamp(day: date) -> str:
    """A date as it stands: `20261128`."""
    return day.isoformat().replace("-", "")


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
