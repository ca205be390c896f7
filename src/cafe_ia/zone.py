"""Time zones, read from the tzdata wheel and never from the machine.

Morocco keeps UTC+00 for good since 20 September 2026 (decree 2.26.530); machines with an older
zone database still say UTC+01, and Python's own `ZoneInfo("Africa/Casablanca")` believes the
machine first. Everything here goes to the wheel (2026.3 or later), so that a café is at the
same instant everywhere.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

__all__ = [
    "Transition",
    "instant",
    "is_zone",
    "later",
    "local",
    "standing",
    "transitions",
    "zone",
]

_DAY = timedelta(days=1)

Standing = Literal["once", "never", "twice"]


class Transition(NamedTuple):
    """A change of clocks."""

    at: datetime
    """The local time shown just before the change, naive: RFC 5545's DTSTART of an observance."""
    before: timedelta
    """Offset from UTC until then."""
    after: timedelta
    """Offset from UTC from then on."""
    name: str
    """The abbreviation from then on, for example `+01`."""
    daylight: bool
    """Whether the zone database calls it daylight saving time."""


@cache
def zone(key: str) -> ZoneInfo:
    """The zone of that IANA name, from the tzdata wheel.

    Raises:
        KeyError: the wheel has no such zone.
    """
    if not is_zone(key):
        raise KeyError(key)
    with files("tzdata").joinpath("zoneinfo", *key.split("/")).open("rb") as source:
        return ZoneInfo.from_file(source, key=key)


@cache
def _keys() -> frozenset[str]:
    return frozenset(files("tzdata").joinpath("zones").read_text("ascii").split())


def is_zone(key: str) -> bool:
    """Whether the wheel knows a zone of that name (capital letters count)."""
    return key in _keys()


def instant(wall: datetime, key: str) -> datetime:
    """The UTC instant of a local time.

    A time that exists twice is the first of the two; one that does not exist is read with the
    offset before the gap (RFC 5545, section 3.3.5).
    """
    offset = steady_offset(wall.date(), key)
    if offset is not None:
        return wall.replace(tzinfo=UTC) - offset
    return wall.replace(tzinfo=zone(key)).astimezone(UTC)


def local(moment: datetime, key: str) -> datetime:
    """The naive local time in a zone of an aware instant."""
    return moment.astimezone(zone(key)).replace(tzinfo=None)


def later(wall: datetime, elapsed: timedelta, key: str) -> datetime:
    """The naive local time that the clocks show when so much time has really passed."""
    end = wall + elapsed
    if elapsed <= _DAY and steady_offset(wall.date(), key) is not None:
        return end
    return local(instant(wall, key) + elapsed, key)


@lru_cache(maxsize=4_096)
def steady_offset(day: date, key: str) -> timedelta | None:
    """The offset from UTC of a local day, where no clock changes from its eve to two days later.

    Nothing on the few other days: there, each time has to be asked for. Most times of a calendar
    are on steady days, and this is remembered for each.
    """
    wall = datetime.combine(day, time())
    first, last = wall - _DAY, wall + 3 * _DAY
    changes = transitions(key, first.year, last.year)
    if any(first <= change.at <= last for change in changes):
        return None
    return wall.replace(tzinfo=zone(key)).utcoffset()


def standing(wall: datetime, key: str) -> Standing:
    """Whether a local time exists once, never (clocks jump over it) or twice (they go back)."""
    if steady_offset(wall.date(), key) is not None:
        return "once"
    first, second = (wall.replace(tzinfo=zone(key), fold=fold).utcoffset() for fold in (0, 1))
    if first is None or second is None or first == second:
        return "once"
    return "twice" if first > second else "never"


@cache
def transitions(key: str, first_year: int, last_year: int) -> tuple[Transition, ...]:
    """Every change of clocks in those years (UTC, both ends included), in order.

    Zones change at most once in a day, so each day is looked at and the minute found by
    halving: exact for all zones of the wheel since they went to whole minutes.
    """
    place, day = zone(key), timedelta(days=1)
    found: list[Transition] = []
    low = datetime(first_year, 1, 1, tzinfo=UTC)
    end = datetime(last_year + 1, 1, 1, tzinfo=UTC)
    before = low.astimezone(place).utcoffset() or timedelta()
    while low < end:
        high = low + day
        after = high.astimezone(place).utcoffset() or timedelta()
        if after != before:
            found.append(_between(low, high, place))
        low, before = high, after
    return tuple(found)


def _between(low: datetime, high: datetime, place: ZoneInfo) -> Transition:
    """The one change between two UTC instants, by halving to the minute."""
    before = low.astimezone(place).utcoffset() or timedelta()
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) // 2
        middle = middle.replace(second=0, microsecond=0)
        if (middle.astimezone(place).utcoffset() or timedelta()) == before:
            low = middle
        else:
            high = middle
    new = high.astimezone(place)
    return Transition(
        at=(high + before).replace(tzinfo=None),
        before=before,
        after=new.utcoffset() or timedelta(),
        name=new.tzname() or "",
        daylight=bool(new.dst()),
    )
