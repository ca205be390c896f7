"""The report of a reading: what could not be read, and what a session has no place for."""

from __future__ import annotations

from typing import Any

from cafe_ia.calendar import values
from cafe_ia.calendar.stream import Component
from cafe_ia.problem import Place, Problem

__all__ = ["Report", "uid"]


class Report:
    """Collects the problems of one file."""

    def __init__(self, file: str) -> None:
        """Take the name that the problems give to the file."""
        self._file = file
        self._said: dict[tuple[str, int, str], Problem] = {}

    def say(self, code: str, line: int, **found: Any) -> None:
        """Report a problem; what was said of a line is not said of it again."""
        key = (code, line, str(found.get("name", "")))
        self._said.setdefault(key, Problem(code, found, place=Place(self._file, line)))

    def add(self, other: Report) -> None:
        """Take over the problems of another report."""
        for key, problem in other._said.items():
            self._said.setdefault(key, problem)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them, in the order of the file."""
        return tuple(sorted(self._said.values(), key=lambda one: one.place or Place(self._file)))


def uid(event: Component) -> str:
    """The UID by which a problem names an event."""
    given = event.first("UID")
    return values.text(given.value).strip() if given and given.value.strip() else "?"
