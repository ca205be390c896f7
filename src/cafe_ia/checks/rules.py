"""A rule: a question asked to a whole programme, whose answers are problems of one code.

Rules know nothing of each other and of files. What several of them need (the sessions in order,
their instants) is worked out once, in the `Ground` on which they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from cafe_ia.files.library import known_modules
from cafe_ia.problem import Problem, codes

if TYPE_CHECKING:
    from cafe_ia.programme import Programme
    from cafe_ia.session import Session

__all__ = ["Finding", "Ground", "Meeting", "Path", "check", "rule", "ruled"]

Path = tuple[str | int, ...]
"""Where in the programme: `("sessions", id, field…)`, or a field of the programme itself."""

Finding = tuple[Path, Mapping[str, Any]]
"""Where something was found, and the values that the catalogue's sentences name."""

Rule = Callable[["Ground"], Iterable[Finding]]
RuleT = TypeVar("RuleT", bound=Rule)
Made = TypeVar("Made")

_RULES: dict[str, Rule] = {}


class Meeting(NamedTuple):
    """A session with its instants, which are asked for often."""

    session: Session
    starts: datetime
    """Local time of the beginning."""
    starts_at: datetime
    """UTC instant of the beginning."""
    ends_at: datetime
    """UTC instant of the end."""

    @property
    def path(self) -> Path:
        """Where the session stands in its programme."""
        return ("sessions", self.session.id)


class Ground:
    """What the rules stand on: a programme, worked out once for all of them."""

    def __init__(self, programme: Programme, modules: Iterable[str] | None = None) -> None:
        self.programme = programme
        self.meetings = tuple(sorted(map(_meeting, programme.sessions), key=_order))
        """Every session, by instant and then by name, in whatever order they were given."""
        self.coming = tuple(one for one in self.meetings if one.session.takes_place)
        """The sessions to which people should come: neither postponed nor cancelled."""
        self._modules = modules
        self._made: dict[Callable[[Ground], Any], Any] = {}

    @cached_property
    def modules(self) -> tuple[str, ...]:
        """The names of the modules that exist; the library's own where none were given."""
        return known_modules() if self._modules is None else tuple(dict.fromkeys(self._modules))

    def once(self, make: Callable[[Ground], Made]) -> Made:
        """What `make` works out of this ground, made once for all the rules that need it."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made


def rule(code: str) -> Callable[[RuleT], RuleT]:
    """Register a function as the rule of a code of the catalogue."""

    def register(find: RuleT) -> RuleT:
        _RULES[code] = find
        return find

    return register


def ruled() -> tuple[str, ...]:
    """The codes that have a rule, in the order of the catalogue."""
    return tuple(code for code in codes() if code in _RULES)


def check(programme: Programme, *, modules: Iterable[str] | None = None) -> list[Problem]:
    """Every problem that the rules find in a programme.

    The same programme gives the same list, whatever the order in which its sessions were given
    and whatever the day: no clock is read.

    Args:
        programme: The programme.
        modules: The names of the modules that exist. Left out: those of the library's own
            curricula, whose files are then read once.

    Returns:
        What concerns the programme itself, then session by session in order of time, in the
        order of the catalogue. `files.Reading.located` adds the line in the file.
    """
    ground = Ground(programme, modules)
    position = {meeting.session.id: n for n, meeting in enumerate(ground.meetings)}
    found: list[tuple[int, Problem]] = []
    for code in ruled():
        for path, values in _RULES[code](ground):
            whose = position[str(path[1])] if path[0] == "sessions" else -1
            found.append((whose, Problem(code, values, path)))
    found.sort(key=itemgetter(0))
    return [problem for _, problem in found]


def _meeting(session: Session) -> Meeting:
    starts: Any = session.starts  # a `datetime`, though its type has the date that a file may give
    starts_at = session.starts_at
    return Meeting(session, starts, starts_at, starts_at + timedelta(minutes=session.minutes))


def _order(meeting: Meeting) -> tuple[datetime, str]:
    return meeting.starts_at, meeting.session.id
