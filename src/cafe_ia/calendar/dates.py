"""Dates of an event as a café means them: the time on the wall, and the zone it is read in.

A wall time is kept as it stands, whatever the file's own VTIMEZONE says about the zone: files
made before September 2026 still say UTC+01 for Morocco, and the people still come at 18:00.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import islice, takewhile

from dateutil.rrule import rrulestr
from icalendar import Timezone
from icalendar.prop import vDDDTypes, vDuration
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from cafe_ia import zone
from cafe_ia.calendar import lines
from cafe_ia.calendar.stream import Component, Property

__all__ = ["MOST_OCCURRENCES", "Clock", "When", "length", "occurrences"]

MOST_OCCURRENCES = 1_000
"""Dates taken from one repetition."""


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


class Clock:
    """Reads the dates of one file."""

    def __init__(self, default: str, zones: Mapping[str, Component]) -> None:
        self.default = default
        self._zones = zones

    def read(self, given: Property) -> When:
        """A DTSTART, DTEND, RECURRENCE-ID: one date or one date and time.

        Raises:
            ValueError: it is neither.
        """
        return self.value(given.value, given.parameters.get("TZID", ""))

    def values(self, given: Property) -> Iterator[When]:
        """An EXDATE or RDATE: several of them."""
        for value in given.value.split(","):
            yield self.value(value, given.parameters.get("TZID", ""))

    def value(self, value: str, key: str) -> When:
        """One date or date and time, in the zone that its TZID names."""
        moment = _value(value)
        if isinstance(moment, datetime):
            if moment.tzinfo is not None:
                moment = moment.astimezone(UTC)
                return When(zone.local(moment, self.default), self.default, all_day=False)
            if not key:
                return When(moment, self.default, all_day=False, remark="ics-floating-time")
            known = _iana(key)
            if known:
                return When(moment, known, all_day=False)
            return self._by_the_file(moment, key)
        return When(datetime.combine(moment, time()), self.default, all_day=True)

    def _by_the_file(self, moment: datetime, key: str) -> When:
        """A zone that only the file describes: its instant, shown in the default zone."""
        described = self._zones.get(key)
        if described is not None:
            try:
                component = Timezone.from_ical("\r\n".join(described.raw))
                assert isinstance(component, Timezone)  # noqa: S101 # it was cut out as one
                instant = moment.replace(tzinfo=component.to_tz()).astimezone(UTC)
                moment = zone.local(instant, self.default)
            except (ValueError, KeyError, TypeError, AttributeError):
                pass  # the file describes it badly: the wall time is what is left
        return When(moment, self.default, all_day=False, remark="ics-zone-unknown", named=key)


def length(given: Property) -> timedelta:
    """A DURATION.

    Raises:
        ValueError: it is none.
    """
    found: timedelta = vDuration.from_ical(given.value.strip())  # type: ignore[no-untyped-call] # icalendar's
    return found


@dataclass(slots=True)
class Repetition:
    """The dates of a repeated event, and whether there are more outside the window."""

    dates: list[datetime]
    cut: bool


def occurrences(
    start: When,
    rules: list[Property],
    extra: list[datetime],
    without: list[When],
    window: tuple[date, date],
) -> Repetition:
    """The local times at which a repeated event begins, within a window of days.

    Repetition goes by the wall clock (RFC 5545, section 3.3.10), so it is expanded over naive
    local times.

    Raises:
        ValueError: the rule cannot be followed.
    """
    first, last = datetime.combine(window[0], time()), datetime.combine(window[1], time.max)
    dates, cut = {start.wall, *extra}, False
    for given in rules:
        found, more = _followed(given.value, start, last)
        dates.update(found)
        cut = cut or more
    days = {one.wall.date() for one in without if one.all_day}
    times = {one.wall for one in without if not one.all_day}
    kept = [one for one in sorted(dates) if one not in times and one.date() not in days]
    inside = [one for one in kept if first <= one <= last]
    return Repetition(inside, cut or len(inside) < len(kept))


def _followed(rule: str, start: When, last: datetime) -> tuple[list[datetime], bool]:
    """A rule's dates until the last one asked for, and whether it may have more.

    Its UNTIL is put on the wall clock, like the dates that it bounds; without a COUNT it always
    gets one, so that a rule which fits no day ends too.
    """
    parts = {
        name.strip().upper(): value.strip()
        for name, _, value in (part.partition("=") for part in rule.split(";") if part)
    }
    if parts.get("FREQ", "").upper() in ("SECONDLY", "MINUTELY", "HOURLY"):
        raise ValueError(rule)  # no café meets every hour; such a rule has no end worth waiting for
    end = _until(parts["UNTIL"], start) if "UNTIL" in parts else datetime.max  # noqa: DTZ901 # local
    if "COUNT" not in parts:
        parts["UNTIL"] = lines.local_stamp(min(end, last))
    read = rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=start.wall)
    found = list(islice(takewhile(lambda one: one <= last, read), MOST_OCCURRENCES + 1))
    counted = "COUNT" in parts and len(found) == int(parts["COUNT"])
    more = not counted if "COUNT" in parts else end > last
    return found[:MOST_OCCURRENCES], more or len(found) > MOST_OCCURRENCES


def _until(value: str, start: When) -> datetime:
    """The wall time until which a rule goes."""
    until = _value(value)
    if isinstance(until, datetime):
        if until.tzinfo is not None:
            return zone.local(until.astimezone(UTC), start.zone)
        return until
    return datetime.combine(until, time.max)


def _value(value: str) -> date:
    """A DATE or DATE-TIME.

    Raises:
        ValueError: it is something else.
    """
    found = vDDDTypes.from_ical(value.strip())  # type: ignore[no-untyped-call] # icalendar's
    if not isinstance(found, date):
        raise ValueError(value)  # noqa: TRY004 # it is the file's value that is wrong
    return found


def _iana(key: str) -> str:
    """The IANA name that a TZID stands for, or nothing."""
    if zone.is_zone(key):
        return key
    if key in WINDOWS_TO_OLSON:
        return str(WINDOWS_TO_OLSON[key])
    tail = "/".join(key.strip("/").split("/")[-2:])
    return tail if zone.is_zone(tail) else ""
