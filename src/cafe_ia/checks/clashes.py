"""Clashes: two cafés that want the same room or the same person, and hours that are no hours."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from cafe_ia.checks.rules import Finding, Ground, Meeting, Path, rule
from cafe_ia.zone import Standing, standing, transitions

if TYPE_CHECKING:
    from cafe_ia.session import Facilitator, Session, Venue
    from cafe_ia.text import Text

Claim = tuple[Meeting, Path, Hashable]
"""A meeting, where it says so, and what it needs for itself alone."""


@rule("venue-busy")
def venue_busy(ground: Ground) -> Iterator[Finding]:
    """Two cafés in one place at one time; told of the later one."""
    places = _places(
        meeting.session.venue for meeting in ground.coming if meeting.session.venue is not None
    )
    claims = (
        (meeting, (*meeting.path, "venue"), places[id(meeting.session.venue)])
        for meeting in ground.coming
        if meeting.session.venue is not None
    )
    for path, _, other in _overlaps(claims):
        yield path, {"other": other.id}


@rule("facilitator-busy")
def facilitator_busy(ground: Ground) -> Iterator[Finding]:
    """One person who leads two cafés at one time; told of the later one.

    A name is a person, unless the programme's own table holds two people of that name: these
    are then told apart by the languages that they speak.
    """
    names = Counter(_folded(one.name) for one in ground.programme.facilitators.values())
    shared = {name for name, people in names.items() if people > 1}
    claims = (
        (meeting, (*meeting.path, "facilitators", n), _person(one, shared))
        for meeting in ground.coming
        for n, one in enumerate(meeting.session.facilitators)
    )
    for path, session, other in _overlaps(claims):
        name = session.facilitators[int(path[-1])].name
        yield path, {"facilitator": name, "other": other.id}


@rule("time-never")
def time_never(ground: Ground) -> Iterable[Finding]:
    """A beginning that the clocks jump over.

    An end is never jumped over: it is counted in minutes that really pass.
    """
    return ground.once(_odd_hours)["never"]


@rule("time-twice")
def time_twice(ground: Ground) -> Iterable[Finding]:
    """A beginning, or else an end, that the clocks show twice."""
    return ground.once(_odd_hours)["twice"]


def _odd_hours(ground: Ground) -> dict[Standing, list[Finding]]:
    """The hours that are not there once, of which each café has one at most."""
    found: dict[Standing, list[Finding]] = {"never": [], "twice": []}
    for meeting in ground.meetings:
        session, key = meeting.session, meeting.session.timezone
        if session.all_day:
            continue
        ends = meeting.starts + timedelta(minutes=session.minutes)
        odd = _odd_days(key, ends.year)
        if ends.date() not in odd and meeting.starts.date() not in odd:
            continue
        for moment in (meeting.starts, session.ends):
            kind = standing(moment, key)
            if kind != "once":
                values = {"timezone": key, "starts": f"{moment:%Y-%m-%d %H:%M}"}
                found[kind].append(((*meeting.path, "starts"), values))
                break
    return found


@cache
def _odd_days(key: str, year: int) -> frozenset[date]:
    """The days around each change of clocks in that year, the one before and the one after."""
    changes = (
        change.at.date()
        for near in (year - 1, year, year + 1)
        for change in transitions(key, near, near)
    )
    return frozenset(day + timedelta(days=n) for day in changes for n in (-1, 0, 1))


def _overlaps(claims: Iterable[Claim]) -> Iterator[tuple[Path, Session, Session]]:
    """The claims that overlap an earlier one, each with one session that it overlaps.

    Claims come by instant. A meeting overlaps some earlier one exactly when it overlaps the one
    that ends last: so one look at each is enough, however many there are.
    """
    last: dict[Hashable, Meeting] = {}
    for meeting, path, wanted in claims:
        other = last.get(wanted)
        if other is None:
            last[wanted] = meeting
        elif other is not meeting:
            if meeting.starts_at < other.ends_at:
                yield path, meeting.session, other.session
            if meeting.ends_at > other.ends_at:
                last[wanted] = meeting


def _places(venues: Iterable[Venue]) -> dict[int, int]:
    """The number of the place that each venue (by `id()`) stands for.

    Two venues are one place when they share a name and a city, in whatever language each is
    written: a venue in French and one in Arabic meet in a third that has both.
    """
    distinct = {id(venue): venue for venue in venues}
    joined: list[int] = []  # for each place, the place that it turned out to be
    place_of: dict[tuple[str, str], int] = {}

    def settled(place: int) -> int:
        while joined[place] != place:
            place = joined[place]
        return place

    first_mark: dict[int, tuple[str, str]] = {}
    for key, venue in distinct.items():
        marks = list(product(_written(venue.name), _written(venue.city)))
        known = {settled(place_of[mark]) for mark in marks if mark in place_of}
        place = min(known, default=len(joined))
        if not known:
            joined.append(place)
        for other in known:
            joined[other] = place
        place_of.update(dict.fromkeys(marks, place))
        first_mark[key] = marks[0]
    return {key: settled(place_of[mark]) for key, mark in first_mark.items()}


def _written(text: Text | None) -> list[str]:
    """Each way of writing a text, without capital letters; nothing is written in one way."""
    return sorted({_folded(words) for words in text.values()}) if text else [""]


def _person(facilitator: Facilitator, shared: Iterable[str]) -> Hashable:
    name = _folded(facilitator.name)
    return facilitator if name in shared else name


def _folded(words: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(words.split())).casefold()
