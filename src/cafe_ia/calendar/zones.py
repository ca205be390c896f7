"""VTIMEZONE: a zone's clocks, written out so that a reader needs no database of its own.

One observance for each change of clocks, with neither RRULE nor RDATE: Morocco's changes
followed the moon and then ended by decree, and no rule says that.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ics.grammar.parse import Container

from cafe_ia.calendar.lines import line, local_stamp, offset
from cafe_ia.zone import transitions, zone

__all__ = ["vtimezone"]


def vtimezone(key: str, first: datetime, last: datetime) -> Container:
    """The zone's clocks, exact from the year before `first` to the year after `last`.

    Args:
        key: A name of the IANA database.
        first: The earliest local time that the calendar uses, naive.
        last: The latest one.
    """
    start, end = first.year - 1, last.year + 1
    before = datetime(start, 1, 1, tzinfo=UTC).astimezone(zone(key))
    offset_before = before.utcoffset() or timedelta()
    component = Container("VTIMEZONE", line("TZID", key))
    since = f"{min(start, 1970)}0101T000000"  # 1970 is where most readers look first
    component.append(_observance("STANDARD", since, offset_before, offset_before, before.tzname()))
    for change in transitions(key, start, end):
        kind = "DAYLIGHT" if change.daylight else "STANDARD"
        at = local_stamp(change.at)
        component.append(_observance(kind, at, change.before, change.after, change.name))
    return component


def _observance(
    kind: str, start: str, before: timedelta, after: timedelta, name: str | None
) -> Container:
    return Container(
        kind,
        line("DTSTART", start),
        line("TZOFFSETFROM", offset(before)),
        line("TZOFFSETTO", offset(after)),
        line("TZNAME", name or offset(after)),
    )
