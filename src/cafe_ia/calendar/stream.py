"""An iCalendar stream as components of numbered lines, however it was written.

Calendars come with byte-order marks, with CR CR LF, with a line torn in two. Each component is
cut out with the numbers of its lines, so that one broken event spoils no other and everything
that is left out can be pointed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from icalendar.parser import Contentline

__all__ = ["Component", "Property", "components", "unfolded"]

_BREAK = re.compile(r"\r*\n|\r")


@dataclass(slots=True)
class Property:
    """One property as it stands: its value is not yet read."""

    name: str
    parameters: dict[str, str]
    value: str
    line: int
    """The line of the stream on which it begins, from 1."""


@dataclass(slots=True)
class Component:
    """A component with its properties and what stands inside it."""

    name: str
    line: int
    """The line of its BEGIN."""
    properties: list[Property] = field(default_factory=list)
    inside: list[Component] = field(default_factory=list)
    fault: tuple[int, str] | None = None
    """The line and the reason for which it cannot be read."""
    raw: list[str] = field(default_factory=list)
    """Its lines, unfolded."""

    def first(self, name: str) -> Property | None:
        """The first property of that name."""
        return next((one for one in self.properties if one.name == name), None)


def unfolded(stream: str) -> Iterator[tuple[int, str]]:
    """The lines of a stream with their numbers, folds undone and empty lines left out."""
    number, begins, pieces = 0, 0, list[str]()
    for written in _BREAK.split(stream):
        number += 1
        if written[:1] in (" ", "\t") and pieces:
            pieces.append(written[1:])
            continue
        if pieces:
            yield begins, "".join(pieces)
        begins, pieces = number, [written] if written else []
    if pieces:
        yield begins, "".join(pieces)


def components(stream: str) -> Iterator[Component]:
    """The components just inside each VCALENDAR, and the calendar's own properties.

    A component that never ends is ended by the next one of its kind, with its fault said. The
    calendar's own properties come as a component called VCALENDAR, last.
    """
    calendar = Component("VCALENDAR", 1)
    stack: list[Component] = []
    for number, content in unfolded(stream):
        word = content[:6].upper()
        if word == "BEGIN:":
            name = content[6:].strip().upper()
            if name == "VCALENDAR":
                continue
            if stack and (name == stack[0].name or name == "VEVENT"):
                stack[0].fault = stack[0].fault or (number, f"END:{stack[0].name}")
                yield stack[0]
                stack = []
            opened = Component(name, number)
            if stack:
                stack[-1].inside.append(opened)
                stack[0].raw.append(content)
            else:
                opened.raw.append(content)
            stack.append(opened)
        elif content[:4].upper() == "END:":
            name = content[4:].strip().upper()
            if name == "VCALENDAR":
                continue
            if stack:
                stack[0].raw.append(content)
                if stack[-1].name != name:
                    stack[0].fault = stack[0].fault or (number, content)
                while stack and stack[-1].name != name and len(stack) > 1:
                    stack.pop()
                closed = stack.pop()
                if not stack:
                    yield closed
        else:
            if stack:
                stack[0].raw.append(content)
            _add(stack[-1] if stack else calendar, stack[0] if stack else calendar, number, content)
    if stack:
        stack[0].fault = stack[0].fault or (stack[0].line, f"END:{stack[0].name}")
        yield stack[0]
    yield calendar


def _add(owner: Component, outer: Component, number: int, content: str) -> None:
    try:
        name, parameters, value = Contentline(content).raw_parts()  # type: ignore[no-untyped-call] # icalendar's
    except ValueError:
        outer.fault = outer.fault or (number, content)
        return
    words = {
        key.upper(): word if isinstance(word, str) else ",".join(word)
        for key, word in parameters.items()
    }
    owner.properties.append(Property(name.upper(), words, value, number))
