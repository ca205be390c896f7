"""Repetition: a rule of RFC 5545 as local times, always within a window and always ending.

It is expanded by dateutil over naive local times, because repetition goes by the clock on the
wall (section 3.3.10). A stranger's rule may never match, or every second: neither may hold up
the events beside it.
"""

from __future__ import annotations

from calendar import isleap
from datetime import MAXYEAR, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from dateutil.rrule import rrulestr

from cafe_ia.calendar import lines, values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["MOST_OCCURRENCES", "Followed", "followed"]

MOST_OCCURRENCES = 1_000
"""Dates taken from one repetition."""

_MOST_LOOKED_AT = 200_000
"""Dates gone through to find them: five centuries of days."""

_SLOWER_THAN_HOURS = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})


class Followed(NamedTuple):
    """The dates of a rule within a window, and whether it has others."""

    dates: list[datetime]
    others: bool


def followed(
    rule: str,
    start: datetime,
    window: tuple[datetime, datetime],
    local: Callable[[datetime], datetime],
) -> Followed:
    """A rule's dates within a window, at most `MOST_OCCURRENCES` of them.

    Args:
        rule: The value of an RRULE.
        start: The local time from which it counts.
        window: The first and the last local time that are asked for.
        local: What the clock on the wall shows at an instant of UTC: UNTIL may be one.

    Raises:
        ValueError: the rule cannot be followed.
    """
    parts = {
        name.strip().upper(): "".join(value.split())
        for name, _, value in (part.partition("=") for part in rule.split(";") if part.strip())
    }
    # No café meets every hour, and an interval of nothing never gets on.
    if parts.get("FREQ", "").upper() not in _SLOWER_THAN_HOURS or int(parts.get("INTERVAL", 1)) < 1:
        raise ValueError(rule)
    end = _until(parts.pop("UNTIL"), local) if "UNTIL" in parts else None
    first, last = window
    bound = last if end is None else min(end, last)
    years = _years_alike(start.year, max(bound.year, start.year)) - start.year
    if "COUNT" not in parts:
        parts["UNTIL"] = lines.local_stamp(_shifted(bound, years))
    try:
        moments: Iterable[datetime] = rrulestr(
            ";".join(f"{name}={value}" for name, value in parts.items()),
            dtstart=_shifted(start, years),
        )
        dates, others = list[datetime](), "COUNT" not in parts and (end is None or end > last)
        for moment in islice(moments, _MOST_LOOKED_AT):
            wall = _shifted(moment, -years)
            if wall > bound or len(dates) == MOST_OCCURRENCES:
                others = others or end is None or wall <= end
                break
            if wall < first:
                others = True
            else:
                dates.append(wall)
    except (ArithmeticError, AttributeError, LookupError, TypeError) as error:
        raise ValueError(rule) from error
    return Followed(dates, others)


def _until(value: str, local: Callable[[datetime], datetime]) -> datetime:
    """The local time until which a rule goes: a DATE, or a time of the wall or of UTC."""
    until = values.moment(value)
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max.replace(microsecond=0))
    try:
        return until if until.tzinfo is None else local(until)
    except OverflowError:  # the year 9999 stands for ever
        return until.replace(tzinfo=None)


def _years_alike(first: int, last: int) -> int:
    """The latest year from which the calendar runs as it does from `first` to `last`.

    dateutil follows a rule that no day fits until the year 9999, which takes it up to twenty
    seconds. Moved to the end of time, where weekdays and leap years fall alike, it is there soon.
    """
    return next(
        year
        for year in range(MAXYEAR - 1 - (last - first), 1, -1)
        if all(
            isleap(year + n) == isleap(first + n)
            and date(year + n, 1, 1).weekday() == date(first + n, 1, 1).weekday()
            for n in range(-1, last - first + 2)
        )
    )


def _shifted(wall: datetime, years: int) -> datetime:
    if not years:
        return wall
    return wall + timedelta(days=_days_before(wall.year + years) - _days_before(wall.year))


def _days_before(year: int) -> int:
    return date(year, 1, 1).toordinal()
