"""Values of iCalendar properties, each read by icalendar's own type.

What a stranger's file may hold in their place ends in one way only, a `ValueError`: the reader
then knows that this value, and nothing else, is at fault.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from icalendar.parser.property import split_on_unescaped_comma, unescape_backslash
from icalendar.prop import vDDDTypes, vDuration, vUTCOffset

__all__ = ["count", "length", "moment", "offset", "text", "words"]


def moment(value: str) -> date | datetime:
    """A DATE, a local DATE-TIME, or one of UTC, which is then aware.

    Raises:
        ValueError: it is something else.
    """
    found = vDDDTypes.from_ical(value.strip())  # type: ignore[no-untyped-call] # icalendar's
    if isinstance(found, datetime):
        return found if found.tzinfo is None else found.replace(tzinfo=UTC)
    if isinstance(found, date):
        return found
    raise ValueError(value)


def length(value: str) -> timedelta:
    """A DURATION.

    Raises:
        ValueError: it is none.
    """
    found = vDuration.from_ical(value.strip())  # type: ignore[no-untyped-call] # icalendar's
    assert isinstance(found, timedelta)
    return found


def count(value: str) -> int:
    """An INTEGER that is not negative.

    Raises:
        ValueError: it is none, or too large for iCalendar.
    """
    number = int(value) if value.strip().isascii() and len(value) < 20 else -1  # noqa: PLR2004
    if 0 <= number < 2**31:
        return number
    raise ValueError(value)


def offset(value: str) -> timedelta:
    """A UTC-OFFSET.

    Raises:
        ValueError: it is none.
    """
    found = vUTCOffset.from_ical(value.strip())  # type: ignore[no-untyped-call] # icalendar's
    assert isinstance(found, timedelta)
    return found


def text(value: str) -> str:
    """A TEXT: its escapes undone, and a word processor's own line breaks made plain ones."""
    return str(unescape_backslash(value)).replace("\v", "\n").replace("\f", "\n")


def words(value: str) -> list[str]:
    """Several TEXTs between commas."""
    return [word.strip() for word in split_on_unescaped_comma(value)]
