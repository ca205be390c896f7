"""Dates of an event as a café means them: the time on the wall, and the zone it is read in.

A wall time is kept as it stands, whatever the file's own VTIMEZONE says about the zone: files
made before September 2026 still say UTC+01 for Morocco, and the people still come at 18:00. Only
a zone that nobody else knows is read as the file describes it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from cafe_ia import zone
from cafe_ia.calendar import values
from cafe_ia.calendar.repetition import followed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cafe_ia.calendar.stream import Component, Property

__all__ = ["YEARS", "Clock", "When"]

YEARS = range(1900, 2200)
"""The years of a record; a date outside them is a slip."""


@dataclass(frozen=True, slots=True)
class When:
    """A moment as a record keeps it."""

    wall: datetime
    """The naive local time."""
    zone: str
    """The zone's IANA name."""
    all_day: bool
    """Whether only a date was given."""
    remark: str = ""
    """The code of what had to be supposed, if anything had."""
    named: str = ""
    """The zone's name in the file, where it is not the IANA one."""

    @property
    def instant(self) -> datetime:
        """The UTC instant."""
        return zone.instant(self.wall, self.zone)

    def wall_in(self, key: str) -> datetime:
        """The naive local time in another zone; a date and a floating time stand as they are."""
        if self.zone == key or self.all_day or self.remark == "ics-floating-time":
            return self.wall
        return zone.local(self.instant, key)


class Clock:
    """Reads the dates of one file."""

    def __init__(self, default: str, zones: Mapping[str, Component]) -> None:
        """Take the zone of times that say none, and the zones that the file describes."""
        self.default = default
        self._zones = zones
        self._described: dict[str, _Described | None] = {}

    def at_home(self, default: str) -> Clock:
        """The same clock with another zone for times that say none."""
        if default == self.default:
            return self
        return Clock(default, self._zones)

    def read(self, given: Property) -> When:
        """A DTSTART, DTEND, RECURRENCE-ID: one date or one date and time.

        Raises:
            ValueError: it is neither.
        """
        return self._value(given.value, given.parameters.get("TZID", ""))

    def each(self, given: Property) -> Iterator[When]:
        """An EXDATE or RDATE: several of them."""
        for value in given.value.split(","):
            yield self._value(value, given.parameters.get("TZID", ""))

    def _value(self, value: str, key: str) -> When:
        moment = values.moment(value)
        if moment.year not in YEARS:
            raise ValueError(value)
        if not isinstance(moment, datetime):
            return When(datetime.combine(moment, time()), self.default, all_day=True)
        if moment.tzinfo is not None:
            return When(zone.local(moment, self.default), self.default, all_day=False)
        if not key:
            return When(moment, self.default, all_day=False, remark="ics-floating-time")
        known = self._iana(key)
        if known:
            return When(moment, known, all_day=False)
        described = self._description(key)
        if described is not None:
            instant = (moment - described.offset(moment)).replace(tzinfo=UTC)
            moment = zone.local(instant, self.default)
        return When(moment, self.default, all_day=False, remark="ics-zone-unknown", named=key)

    def _iana(self, key: str) -> str:
        """The IANA name that a TZID stands for, or nothing.

        Programs write IANA's names, Windows' names, or an address that ends in IANA's name; some
        say it beside their own name, in X-LIC-LOCATION.
        """
        beside = self._zones[key].first("X-LIC-LOCATION") if key in self._zones else None
        for name in (key, str(WINDOWS_TO_OLSON.get(key, "")), beside.value if beside else ""):
            if zone.is_zone(name):
                return name
        steps = key.strip("/").split("/")[-3:]
        while steps and not zone.is_zone("/".join(steps)):
            del steps[0]
        return "/".join(steps)

    def _description(self, key: str) -> _Described | None:
        if key not in self._described:
            try:
                self._described[key] = _Described(self._zones[key])
            except (KeyError, ValueError):
                self._described[key] = None  # the wall time is what is left
        return self._described[key]


class _Described:
    """A zone as a VTIMEZONE describes it."""

    def __init__(self, component: Component) -> None:
        changes: dict[datetime, timedelta] = {}
        before: dict[datetime, timedelta] = {}
        for observance in component.inside:
            start, after, standing = _observance(observance)
            before[start] = standing
            for at in _begins(observance, start, standing):
                changes[at] = after
        if not changes:
            raise ValueError(component.name)
        self._at = sorted(changes)
        self._after = [before[min(before)], *(changes[at] for at in self._at)]

    def offset(self, wall: datetime) -> timedelta:
        return self._after[bisect_right(self._at, wall)]


def _observance(observance: Component) -> tuple[datetime, timedelta, timedelta]:
    """When it first begins, the offset from then on, and the one before."""
    start, after, standing = (
        given.value if given else ""
        for given in map(observance.first, ("DTSTART", "TZOFFSETTO", "TZOFFSETFROM"))
    )
    return _wall(start), values.offset(after), values.offset(standing)


def _begins(observance: Component, start: datetime, standing: timedelta) -> Iterator[datetime]:
    """Every time at which it begins."""
    yield start
    for given in observance.every("RDATE"):
        yield from map(_wall, given.value.split(","))
    window = start, datetime(YEARS.stop, 1, 1)  # noqa: DTZ001 # local
    for given in observance.every("RRULE"):
        yield from followed(
            given.value, start, window, lambda moment: moment.replace(tzinfo=None) + standing
        ).dates


def _wall(value: str) -> datetime:
    moment = values.moment(value)
    if not isinstance(moment, datetime):
        raise ValueError(value)  # noqa: TRY004 # it is the file's value that is wrong
    return moment.replace(tzinfo=None)
