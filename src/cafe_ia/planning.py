"""A plan: a module fitted to the minutes and the people that there are.

A module is written for sixty and for ninety minutes; a room is free for seventy. What is shown
gives way before what is said: in no plan do the people talk for less than half of the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from cafe_ia.curriculum import Moment
from cafe_ia.problem import Problem, RecordError
from cafe_ia.session import TALK, Mode, Step
from cafe_ia.text import Text

if TYPE_CHECKING:
    from cafe_ia.curriculum import Module

__all__ = ["BREAK_PAST", "LONGEST", "SHORTEST", "Agenda", "Planned", "fitted", "plan"]

SHORTEST = 30
"""Minutes under which nobody would have time to speak."""

LONGEST = 150
"""Minutes past which people no longer listen."""

BREAK_PAST = 75
"""Minutes past which people need a break."""

_BREAK_MINUTES = 10
_REST = 5
"""A break takes at most one minute in so many: in a longer one, people go home."""

_BREAK_TITLE = Text(fr="Pause", ar="استراحة", en="Break", ary="استراحة")

_CAFE = (60, 90)
"""The lengths for which a café's module is written."""

_SMALL = 15
"""People for whom an hour is enough."""

_ONE_CIRCLE = 8
"""People who can all talk with each other; more sit down at tables."""

_TABLE = 5
"""People at one table."""

_LEAST = 3
"""Minutes of the shortest step."""

_FEWEST = 3
"""Steps that are always left: welcome, talk, closing."""

_DROPPED_FIRST = (Mode.EXPLAIN, Mode.WRITE, Mode.SHARE, Mode.SHOW)
"""What is left out where even the shortest steps are too many: what was explained can be asked."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One step of a plan."""

    minutes: int
    mode: Mode
    title: Text
    moment: Moment
    """The module's step, or the break that the plan has put in."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a room does with its minutes."""

    steps: tuple[Planned, ...]
    """In order; their minutes add up to those that were asked for."""
    version: int
    """The module's version from which it was made, in minutes."""
    dropped: tuple[Moment, ...]
    """The steps of that version that found no place."""
    tables: int
    """Tables of four or five for the talk; 1 where all sit in one circle."""

    @property
    def minutes(self) -> int:
        """The whole length."""
        return sum(step.minutes for step in self.steps)

    @property
    def talk(self) -> int:
        """The minutes in which the people write, discuss and share."""
        return sum(step.minutes for step in self.steps if step.mode in TALK)

    def session_steps(self) -> tuple[Step, ...]:
        """The agenda of a session."""
        return tuple(
            Step(minutes=one.minutes, mode=one.mode, title=one.title) for one in self.steps
        )


def plan(module: Module, people: int, minutes: int) -> Agenda:
    """An agenda for so many people and so many minutes, made of one of the module's versions.

    A version of just that length is taken as it is, if the people talk enough in it. Else the
    version of 60 minutes (up to 15 people) or of 90 is stretched or cut. Steps keep at least half
    of their minutes, and three; where that is still too long, or leaves the talk less than its
    half, steps are left out: first what only the longer version has, then what is explained.
    Welcome and closing do not grow. Past 75 minutes there is a break.

    Args:
        module: The module.
        people: How many come.
        minutes: The whole length, 30 to 150.

    Raises:
        RecordError: `number-too-small`, where nobody comes; `plan-too-short`, `plan-too-long`;
            `plan-without-talk`, where the people neither write, discuss nor share in any step.
    """
    if people < 1:
        values = {"field": "people", "typed": people, "bound": 1}
        raise RecordError([Problem("number-too-small", values)])
    if minutes < SHORTEST:
        raise RecordError([Problem("plan-too-short", {"minutes": minutes, "least": SHORTEST})])
    if minutes > LONGEST:
        raise RecordError([Problem("plan-too-long", {"minutes": minutes, "most": LONGEST})])
    version = _version(module, people, minutes)
    steps = [one for one in module.steps if version in one.minutes]
    tables = 1 if people <= _ONE_CIRCLE else ceil(people / _TABLE)
    rests = [step for step in steps if step.mode is Mode.BREAK]
    working = [step for step in steps if step.mode is not Mode.BREAK]
    if not any(step.mode in TALK for step in working):
        raise RecordError([Problem("plan-without-talk", {"module": module.id})])
    talk = sum(step.minutes[version] for step in working if step.mode in TALK)
    work = sum(step.minutes[version] for step in working)
    rest_minutes = sum(step.minutes[version] for step in rests)
    sound = 2 * talk >= work and (rests or minutes <= BREAK_PAST)
    if work + rest_minutes == minutes == version and sound:
        whole = tuple(_planned(step, step.minutes[version]) for step in steps)
        return Agenda(whole, version, (), tables)
    pause = 0
    if minutes > BREAK_PAST:
        pause = min(rests[0].minutes[version], minutes // _REST) if rests else _BREAK_MINUTES
    kept = _fitting(working, version, minutes - pause)
    shares = _shares(kept, version, minutes - pause)
    planned = [_planned(step, share) for step, share in zip(kept, shares, strict=True)]
    rest = rests[0] if pause and rests else None
    if pause:
        planned.insert(*_break(planned, pause, rest))
    dropped = tuple(step for step in steps if step not in kept and step is not rest)
    return Agenda(tuple(planned), version, dropped, tables)


def fitted(module: Module, agenda: Agenda) -> Module:
    """A module that has one version, which is an agenda's: its sheets are the agenda's sheets.

    Args:
        module: The module.
        agenda: A plan of it.
    """
    steps = tuple(
        one.moment.model_copy(update={"minutes": {agenda.minutes: one.minutes}})
        for one in agenda.steps
    )
    return module.model_copy(update={"steps": steps})


def _version(module: Module, people: int, minutes: int) -> int:
    """The version to begin from: the one of that length, else the hour or the hour and a half."""
    if minutes in module.versions:
        return minutes
    known = [one for one in _CAFE if one in module.versions] or list(module.versions)
    shorter = [one for one in known if one <= minutes]
    longer = [one for one in known if one >= minutes]
    if not shorter or not longer:
        return (shorter or longer)[-1 if shorter else 0]
    return shorter[-1] if people <= _SMALL else longer[0]


def _planned(step: Moment, minutes: int) -> Planned:
    return Planned(minutes, step.mode, step.title, step)


def _floor(step: Moment, version: int) -> int:
    """The fewest minutes in which a step can still be done."""
    whole = step.minutes[version]
    return min(whole, max(_LEAST, ceil(whole / 2)))


def _fitting(steps: list[Moment], version: int, minutes: int) -> list[Moment]:
    """The steps that can be done in so many minutes, in their order."""
    kept = list(steps)
    while len(kept) > _FEWEST and (free := _too_many(kept, version, minutes)):
        kept.remove(_first_to_go(free, version))
    return kept


def _too_many(steps: list[Moment], version: int, minutes: int) -> list[Moment]:
    """Of steps that do not fit, those that may go: not the first, the last, the longest talk.

    They do not fit where the shortest that they can be is too long, or leaves the talk less than
    its half.
    """
    heart = max((step for step in steps if step.mode in TALK), key=lambda one: one.minutes[version])
    free = [step for step in steps[1:-1] if step is not heart]
    quiet = [step for step in steps if step.mode not in TALK]
    if sum(_floor(step, version) for step in steps) > minutes:
        return free
    if 2 * sum(_floor(step, version) for step in quiet) > minutes:
        return [step for step in free if step.mode not in TALK]
    return []


def _first_to_go(free: list[Moment], version: int) -> Moment:
    """The step that a room misses least."""
    extra = [step for step in free if min(step.minutes) == version and version > _CAFE[0]]
    if extra:
        return extra[-1]
    for mode in _DROPPED_FIRST:
        found = [step for step in free if step.mode is mode]
        if found:
            return found[-1]
    return free[-1]


def _shares(steps: list[Moment], version: int, minutes: int) -> list[int]:
    """Whole minutes for each step: in proportion, none under its floor, talk at least half."""
    own = [step.minutes[version] for step in steps]
    spare = minutes - sum(own)
    if spare >= 0:  # welcome and closing do not grow
        weights = [0 if step.mode is Mode.FRAME else step.minutes[version] for step in steps]
        shares = [n + extra for n, extra in zip(own, _split(spare, weights), strict=True)]
    else:
        floors = [_floor(step, version) for step in steps]
        if sum(floors) > minutes:  # a few long steps: each gives in proportion, and keeps a minute
            parts = _split(minutes - len(own), [n - 1 for n in own])
            return _talkative(steps, [1 + part for part in parts], version)
        room = [n - floor for n, floor in zip(own, floors, strict=True)]
        given = _split(minutes - sum(floors), room)
        shares = [floor + extra for floor, extra in zip(floors, given, strict=True)]
    return _talkative(steps, shares, version)


def _split(whole: int, weights: list[int]) -> list[int]:
    """A whole number cut in proportion to weights; the largest remainders get what is left."""
    total = sum(weights)
    if not total:
        return [whole if n == 0 else 0 for n in range(len(weights))]
    parts = [whole * weight // total for weight in weights]
    order = sorted(range(len(weights)), key=lambda n: (-(whole * weights[n] % total), n))
    for n in order[: whole - sum(parts)]:
        parts[n] += 1
    return parts


def _talkative(steps: list[Moment], shares: list[int], version: int) -> list[int]:
    """The same minutes, some of them moved from what is shown to what is said."""
    talk = [n for n, step in enumerate(steps) if step.mode in TALK]
    other = [n for n, step in enumerate(steps) if step.mode not in TALK]
    while 2 * sum(shares[n] for n in talk) < sum(shares):
        longest = max(
            other, key=lambda n: (max(shares[n] - _floor(steps[n], version), 0), shares[n])
        )
        heart = max(talk, key=lambda n: steps[n].minutes[version])
        shares[longest] -= 1
        shares[heart] += 1
    return shares


def _break(planned: list[Planned], pause: int, rest: Moment | None) -> tuple[int, Planned]:
    """Where the break comes: between two steps, the nearest to the middle of the minutes."""
    half = sum(one.minutes for one in planned) / 2
    elapsed, best, nearest = 0, 1, half
    for n, one in enumerate(planned[:-1], 1):
        elapsed += one.minutes
        if abs(elapsed - half) < nearest:
            best, nearest = n, abs(elapsed - half)
    if rest is None:
        rest = Moment(id="break", mode=Mode.BREAK, minutes={pause: pause}, title=_BREAK_TITLE)
    return best, _planned(rest, pause)
