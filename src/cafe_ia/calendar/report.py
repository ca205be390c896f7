"""The report of a reading: what could not be read, and what a session has no place for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cafe_ia.calendar import values
from cafe_ia.problem import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cafe_ia.calendar.stream import Component

__all__ = ["Report", "uid"]


class Report:
    """Collects the problems of one file; the dates of one event say theirs only once."""

    def __init__(self, file: str) -> None:
        """Take the name that the problems give to the file."""
        self._file = file
        self._said: dict[tuple[str, Place, str, str], Problem] = {}

    def say(self, code: str, line: int, **found: Any) -> None:
        """Report a problem of a line."""
        self.add([Problem(code, found, place=Place(self._file, line))])

    def add(self, problems: Iterable[Problem]) -> None:
        """Take over problems; one that was said of a line is not said of it again."""
        for problem in problems:
            assert problem.place is not None
            of = str(problem.values.get("uid")), str(problem.values.get("name"))
            self._said.setdefault((problem.code, problem.place, *of), problem)

    def another(self) -> Report:
        """An empty report of the same file, for what may yet be read otherwise."""
        return Report(self._file)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them, in the order of the file."""
        return tuple(self._said[key] for key in sorted(self._said, key=lambda key: key[1]))


def uid(event: Component) -> str:
    """The UID by which a problem names an event."""
    given = event.first("UID")
    return (values.text(given.value).strip() if given else "") or "?"
