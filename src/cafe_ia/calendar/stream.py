"""An iCalendar stream as components of numbered lines, however it was written.

Calendars come with byte-order marks, with CR CR LF, folded in the middle of a letter, torn in
two. Each component is cut out with the numbers of its lines, so that one broken event spoils no
other and everything that is left out can be pointed at.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from icalendar.parser import Contentline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Broken", "Component", "Property", "Stream", "stream"]

_BREAK = re.compile(rb"\r*\n|\r")
_HEAD = re.compile(r'[^:;"\\]++(?:;[^:"\\]*+(?:"[^"]*+"[^:"\\]*+)*+)?:')
"""Name and parameters, where no backslash makes icalendar's grammar think twice."""

_NEVER_INSIDE = frozenset({"VEVENT", "VFREEBUSY", "VJOURNAL", "VTIMEZONE", "VTODO"})
"""What stands only directly in a calendar: where one begins, the one before has ended."""

_DEEPEST = 8
"""Components inside components; a calendar needs three."""


class Property(NamedTuple):
    """One property as it stands: its value is not yet read."""

    name: str
    parameters: Mapping[str, str]
    value: str
    line: int
    """The line of the stream on which it begins, from 1."""


class Broken(NamedTuple):
    """A line that is no property."""

    line: int
    said: str
    """What stands there; octets that are not UTF-8 as `\\xe9`."""


@dataclass(slots=True)
class Component:
    """A component with its properties and what stands inside it."""

    name: str
    line: int
    """The line of its BEGIN."""
    properties: list[Property] = field(default_factory=list)
    inside: list[Component] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    """Its lines, and those of what stands inside it, that could not be read."""
    fault: Broken | None = None
    """Why it cannot be read at all."""

    def first(self, name: str) -> Property | None:
        """The first property of that name."""
        return next((one for one in self.properties if one.name == name), None)

    def every(self, name: str) -> list[Property]:
        """All properties of that name."""
        return [one for one in self.properties if one.name == name]


class Stream(NamedTuple):
    """What octets hold."""

    calendars: list[Component]
    foreign: tuple[int, int, int] | None
    """The first octet that is not UTF-8: its line, its place from 1 and its value."""


def stream(content: bytes) -> Stream:
    """The calendars of a stream. No octets raise; without a VCALENDAR there is no calendar."""
    if content[:2] in (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE):
        content = content.decode("utf-16", "replace").encode()
    content = content.removeprefix(codecs.BOM_UTF8)
    nesting, foreign = _Nesting(), None
    for number, offset, octets in _unfolded(content):
        try:
            written = octets.decode()
        except UnicodeDecodeError as error:
            nesting.broken(Broken(number, octets.decode(errors="backslashreplace")))
            if foreign is None:
                octet = octets[error.start]
                foreign = (number, content.index(octet, offset + error.start) + 1, octet)
            continue
        word = written[:6].upper()
        if word == "BEGIN:":
            nesting.begin(number, written)
        elif word.startswith("END:"):
            nesting.end(number, written)
        else:
            nesting.add(number, written)
    return Stream(nesting.finished(), foreign)


def _unfolded(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The lines with their numbers and places, folds undone before any letter is read."""
    start = 0
    begins, offset, pieces = 0, 0, list[bytes]()
    ends = [(found.start(), found.end()) for found in _BREAK.finditer(content)]
    ends.append((len(content), len(content)))
    for number, (end, following) in enumerate(ends, 1):
        written = content[start:end]
        if written[:1] in (b" ", b"\t") and pieces:
            pieces.append(written[1:])
        elif written:
            if pieces:
                yield begins, offset, b"".join(pieces)
            begins, offset, pieces = number, start, [written]
        start = following
    if pieces:
        yield begins, offset, b"".join(pieces)


class _Nesting:
    """The components that are open while the lines go by, the calendar first."""

    def __init__(self) -> None:
        self._calendars: list[Component] = []
        self._open: list[Component] = []
        self._before: list[Broken] = []
        self._is_strewn = False

    def begin(self, number: int, written: str) -> None:
        name = written[6:].strip().upper()
        if name == "VCALENDAR":
            self._close(0, number, written)
            self._calendars.append(Component(name, number, broken=self._before))
            self._before = []
            self._open, self._is_strewn = [self._calendars[-1]], False
            return
        if not self._calendars or len(self._open) >= _DEEPEST:
            self.broken(Broken(number, written))
            return
        if not self._open:  # after the calendar's end
            self._calendars.append(Component("VCALENDAR", number))
            self._open, self._is_strewn = [self._calendars[-1]], True
        if name in _NEVER_INSIDE:
            self._close(1, number, written)
        component = Component(name, number)
        self._open[-1].inside.append(component)
        self._open.append(component)

    def end(self, number: int, written: str) -> None:
        name = written[4:].strip().upper()
        depth = next((n for n, one in enumerate(self._open) if one.name == name), None)
        if depth is None:
            self.broken(Broken(number, written))
            return
        self._close(depth + 1, number, written)
        self._open.pop()

    def add(self, number: int, written: str) -> None:
        if not self._open:
            self.broken(Broken(number, written))
            return
        try:
            name, parameters, value = _parts(written)
        except ValueError:
            self.broken(Broken(number, written))
            return
        self._open[-1].properties.append(Property(name, parameters, value, number))

    def broken(self, line: Broken) -> None:
        """A line that says nothing: its component is read without it."""
        if self._open:
            self._open[min(1, len(self._open) - 1)].broken.append(line)
        elif self._calendars:
            self._calendars[-1].broken.append(line)
        else:
            self._before.append(line)

    def finished(self) -> list[Component]:
        if self._open:
            calendar, last = self._open[0], self._open[min(1, len(self._open) - 1)]
            self._close(1, last.line, f"END:{last.name}")
            if not self._is_strewn:
                calendar.fault = Broken(calendar.line, "END:VCALENDAR")
        return self._calendars

    def _close(self, depth: int, number: int, written: str) -> None:
        """Close what stands deeper than that and has not ended; its event is then at fault."""
        if len(self._open) > max(depth, 1):
            outer = self._open[1]
            outer.fault = outer.fault or Broken(number, written)
        del self._open[depth:]


def _parts(written: str) -> tuple[str, Mapping[str, str], str]:
    """Name, parameters and value by icalendar's grammar.

    Heads repeat from event to event, and a value may be long: each head is read once.

    Raises:
        ValueError: it is no content line.
    """
    found = _HEAD.match(written)
    if found is None:
        return _whole(written)
    head = found[0]
    name, parameters, _ = _known(head) if len(head) < 200 else _whole(head)  # noqa: PLR2004 # memory
    return name, parameters, written[found.end() :]


def _whole(written: str) -> tuple[str, Mapping[str, str], str]:
    name, parameters, value = Contentline(written).raw_parts()  # type: ignore[no-untyped-call] # icalendar's
    words = {
        key.upper(): word if isinstance(word, str) else ",".join(word)
        for key, word in parameters.items()
    }
    return name.upper(), MappingProxyType(words), value


_known = lru_cache(maxsize=1_000)(_whole)
