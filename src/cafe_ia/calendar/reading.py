"""An existing calendar becomes sessions, and nothing is dropped without saying so.

Each event is read by itself: a broken one is reported with its UID and its line, and the good
ones are kept. What a session has no place for is reported too, one property at a time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import TYPE_CHECKING

from cafe_ia import zone
from cafe_ia.calendar import values
from cafe_ia.calendar.dates import YEARS, Clock, When
from cafe_ia.calendar.event import EventReader
from cafe_ia.calendar.repetition import followed
from cafe_ia.calendar.report import Report, uid
from cafe_ia.calendar.stream import Component, stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cafe_ia.problem import Problem
    from cafe_ia.session import Session

__all__ = ["Imported", "from_ics"]

_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Imported:
    """What a calendar gave."""

    sessions: tuple[Session, ...]
    """The sessions, by instant."""
    problems: tuple[Problem, ...]
    """What could not be read, and what a session has no place for, in the order of the file."""


def from_ics(
    content: bytes,
    *,
    timezone: str = "Africa/Casablanca",
    language: str = "fr",
    window: tuple[date, date] | None = None,
    file: str = "calendar.ics",
) -> Imported:
    """The sessions that a calendar's events stand for.

    Args:
        content: The octets of an iCalendar stream; none raise.
        timezone: The zone in which times of UTC are shown and floating times are read.
        language: The language of texts that do not say theirs; words in Arabic or Tifinagh
            letters are then taken for Arabic or Tamazight.
        window: First and last day of the dates taken from repeated events; without one, 366
            days from each event's first date.
        file: The name that problems give to the stream.

    Returns:
        The sessions and the problems; a stream that is no calendar gives one problem.
    """
    report = Report(file)
    found = stream(content)
    if not found.calendars:
        report.say("ics-not-calendar", 1)
        return Imported((), report.problems)
    if found.foreign:
        line, position, octet = found.foreign
        report.say("file-encoding", line, byte=position, hex=f"{octet:02X}")
    clock = Clock(timezone, _zones(found.calendars))
    for calendar in found.calendars:
        _report_calendar(calendar, timezone, report)
    reader = _Reader(clock, EventReader(clock, language, report), report, window)
    sessions = _with_own_names(reader.sessions(found.calendars))
    ordered = sorted(sessions, key=lambda one: (one.starts_at, one.id))
    return Imported(tuple(ordered), report.problems)


def _zones(calendars: Iterable[Component]) -> dict[str, Component]:
    """The zones that a file describes, by their TZID."""
    return {
        key.value: one
        for calendar in calendars
        for one in calendar.inside
        if one.name == "VTIMEZONE" and (key := one.first("TZID"))
    }


_FEED = frozenset({
    "VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "LAST-MODIFIED", "NAME", "X-WR-CALNAME",
    "DESCRIPTION", "X-WR-CALDESC", "REFRESH-INTERVAL", "X-PUBLISHED-TTL",
})  # fmt: skip
"""What a feed says of itself: `to_ics` says it again."""


def _report_calendar(calendar: Component, timezone: str, report: Report) -> None:
    """Say what of a calendar, its events aside, no session has a place for."""
    for given in calendar.properties:
        is_default = given.name == "X-WR-TIMEZONE" and given.value.strip() == timezone
        if given.name not in _FEED and not is_default:
            report.say("ics-property-homeless", given.line, name=given.name, uid="VCALENDAR")
    for line, said in calendar.broken:
        report.say("ics-property-unreadable", line, name=said[:30], uid="VCALENDAR", said=said)
    if calendar.fault:
        line, said = calendar.fault
        report.say("ics-event-unreadable", line, uid="VCALENDAR", said=said)
    for one in calendar.inside:
        if one.name not in ("VEVENT", "VTIMEZONE"):
            report.say("ics-component-homeless", one.line, name=one.name, uid=uid(one))


@dataclass(slots=True)
class _Series:
    """The events of one UID: one, or a repetition with the dates that were changed."""

    masters: list[Component]
    changed: list[Component]
    is_cancelled: bool


class _Reader:
    """Reads the events of one file, those of a UID together."""

    def __init__(
        self, clock: Clock, events: EventReader, report: Report, window: tuple[date, date] | None
    ) -> None:
        self.clock, self.events, self.report, self.window = clock, events, report, window

    def sessions(self, calendars: Iterable[Component]) -> Iterator[Session]:
        """The sessions, in the order of the file."""
        series: dict[str, _Series] = {}
        for calendar in calendars:
            method = calendar.first("METHOD")
            is_cancelled = method is not None and method.value.strip().upper() == "CANCEL"
            for event in calendar.inside:
                if event.name != "VEVENT":
                    continue
                known = uid(event)
                key = f"\n{event.line}" if known == "?" else known
                of = series.setdefault(key, _Series([], [], is_cancelled=is_cancelled))
                of.is_cancelled = of.is_cancelled or is_cancelled
                (of.changed if event.first("RECURRENCE-ID") else of.masters).append(event)
        for of in series.values():
            yield from self._series(of)

    def _series(self, series: _Series) -> Iterator[Session]:
        masters = self._last(series.masters)
        key = self._zone(masters)
        instead: dict[datetime, Component] = {}
        for wall, events in self._by_date(series.changed, key).items():
            instead[wall] = self._last(events)[0]
        for master in masters:
            yield from self._dates(master, instead, is_cancelled=series.is_cancelled)
        for wall, event in instead.items():
            yield from self._one(event, wall, is_cancelled=series.is_cancelled)

    def _last(self, events: list[Component]) -> list[Component]:
        """The last state of one event, where a file holds several."""
        if len(events) <= 1:
            return events
        kept = max(enumerate(events), key=lambda one: (_sequence(one[1]), one[0]))[1]
        for event in events:
            if event is not kept:
                self.report.say("ics-uid-twice", event.line, uid=uid(event))
        return [kept]

    def _zone(self, masters: list[Component]) -> str:
        """The zone by whose clock a repetition goes."""
        start = masters[0].first("DTSTART") if masters else None
        try:
            return self.clock.read(start).zone if start else self.clock.default
        except ValueError:
            return self.clock.default

    def _by_date(self, changed: list[Component], key: str) -> dict[datetime, list[Component]]:
        """Changed dates of a repetition, by the local time that each stands for."""
        found: dict[datetime, list[Component]] = {}
        for event in changed:
            given = event.first("RECURRENCE-ID")
            assert given is not None
            try:
                wall = self.clock.read(given).wall_in(key)
            except ValueError:
                said = f"RECURRENCE-ID:{given.value}"
                self.report.say("ics-event-unreadable", given.line, uid=uid(event), said=said)
                continue
            found.setdefault(wall, []).append(event)
            if "RANGE" in given.parameters:
                said = f"RANGE={given.parameters['RANGE']}"
                self.report.say("ics-recurrence-unreadable", given.line, uid=uid(event), said=said)
        return found

    def _dates(
        self, event: Component, instead: dict[datetime, Component], *, is_cancelled: bool
    ) -> Iterator[Session]:
        """An event at each of its dates that was not changed."""
        repeats = event.every("RRULE") + event.every("RDATE")
        dates = self._repetition(event) if repeats and not event.fault else None
        if dates is None:
            yield from self._one(event, None, is_cancelled=is_cancelled)
            return
        days = {wall.date() for wall in instead if wall.time() == time()}
        for wall in dates:
            if wall not in instead and wall.date() not in days:
                yield from self._one(event, wall, at=wall, is_cancelled=is_cancelled)

    def _one(
        self,
        event: Component,
        wall: datetime | None,
        *,
        at: datetime | None = None,
        is_cancelled: bool,
    ) -> Iterator[Session]:
        suffix = f"{wall:%Y%m%dT%H%M}" if wall else ""
        found = self.events.session(event, at=at, suffix=suffix, is_cancelled=is_cancelled)
        if found:
            yield found

    def _repetition(self, event: Component) -> list[datetime] | None:
        """The dates of a repeated event within the window; nothing where it is unreadable."""
        given = (event.every("RRULE") + event.every("RDATE"))[0]
        start = event.first("DTSTART")
        try:
            if start is None:
                return None
            first = self.clock.read(start)
        except ValueError:
            return None  # the event itself is: that is said elsewhere
        days = self.window or (first.wall.date(), first.wall.date() + _YEAR)
        try:
            dates, others = self._expanded(event, first, days)
        except ValueError:
            self.report.say(
                "ics-recurrence-unreadable", given.line, uid=uid(event), said=given.value
            )
            return None
        if others:
            self.report.say(
                "ics-recurrence-cut",
                given.line,
                uid=uid(event),
                kept=len(dates),
                first=days[0],
                last=days[1],
            )
        return dates

    def _expanded(
        self, event: Component, start: When, days: tuple[date, date]
    ) -> tuple[list[datetime], bool]:
        """The local times of a repetition within some days, and whether it has others.

        Raises:
            ValueError: a rule or a date cannot be read.
        """
        last_day = min(days[1], date(YEARS.stop - 1, 12, 31))
        window = datetime.combine(days[0], time()), datetime.combine(last_day, time.max)
        others = False
        dates = {start.wall}
        for given in event.every("RRULE"):
            found = followed(
                given.value, start.wall, window, lambda moment: zone.local(moment, start.zone)
            )
            dates.update(found.dates)
            others = others or found.others
        for given in event.every("RDATE"):
            dates.update(one.wall_in(start.zone) for one in self.clock.each(given))
        without = [one for given in event.every("EXDATE") for one in self.clock.each(given)]
        gone = {one.wall_in(start.zone) for one in without if not one.all_day}
        gone_days = {one.wall.date() for one in without if one.all_day}
        left = [one for one in sorted(dates) if one not in gone and one.date() not in gone_days]
        inside = [one for one in left if window[0] <= one <= window[1]]
        return inside, others or len(inside) < len(left)


def _sequence(event: Component) -> int:
    given = event.first("SEQUENCE")
    try:
        return values.count(given.value) if given else 0
    except ValueError:
        return 0


def _with_own_names(sessions: Iterable[Session]) -> list[Session]:
    """Two sessions never get one name: the second is told apart by its UID."""
    named: dict[str, Session] = {}
    for session in sessions:
        name = session.id
        if name in named:
            mark = hashlib.sha256((session.uid or "").encode()).hexdigest()[:8]
            names = (f"{session.id[:80]}-{mark}{f'-{n}' if n else ''}" for n in count())
            name = next(one for one in names if one not in named)
        named[name] = session if name == session.id else session.model_copy(update={"id": name})
    return list(named.values())
