"""Our own events: what they carry of their record, and what another calendar changed.

What iCalendar has a property for is in that property; the rest of the record travels in
`X-CAFE-IA`, as JSON in the record's own words. Its parameter `X-SAID` holds a checksum of each
text that was made of the record for one language, and of the times: where one no longer fits,
somebody changed the event, and that is kept.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from pydantic_core import from_json

from cafe_ia.calendar import values
from cafe_ia.calendar.lines import line, local_stamp, text
from cafe_ia.session import Host, Session, Status
from cafe_ia.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ics.grammar.parse import ContentLine

    from cafe_ia.calendar.stream import Component, Property

__all__ = ["NAME", "STATUS", "Own", "address", "categories", "own_line", "own_record", "times_said"]

NAME = "X-CAFE-IA"

STATUS: Mapping[Status, str] = {
    Status.PLANNED: "TENTATIVE",
    Status.CONFIRMED: "CONFIRMED",
    Status.POSTPONED: "CANCELLED",
    Status.CANCELLED: "CANCELLED",
}
"""A postponed café has no time yet, and a calendar must not send people to the old one."""

_OUTSIDE = {"uid", "starts", "minutes", "timezone", "revision", "updated", "all_day"}
"""Fields that the event's own properties hold whole; `X-CAFE-IA` holds the others."""
_OUTSIDE_BUT_EXACT = _OUTSIDE - {"starts", "updated"}
"""The same where a time has fractions of a second, which iCalendar has not."""

_SAID = ("SUMMARY", "DESCRIPTION", "LOCATION", "DTSTART")
"""What the checksums are of, in their order."""

_NEAR = 1e-5
"""Degrees within which two calendars write one point: a metre."""


class Own(NamedTuple):
    """What an event carries of its record."""

    record: dict[str, Any]
    marks: Mapping[str, str]
    """The checksums by the name of the property."""

    def with_exact_times(self, times: Mapping[str, Any]) -> dict[str, Any]:
        """The record with what the event's properties say, down to the fraction of a second."""
        found = {**self.record, **times}
        for field in ("starts", "updated"):
            exact = self.record.get(field)
            if isinstance(exact, str) and _FRACTION.fullmatch(exact):
                moment = datetime.fromisoformat(exact)
                if moment.replace(microsecond=0) == times[field]:
                    found[field] = moment
        return found

    def stands(self, given: Property, session: Session) -> bool:
        """Whether a property still says what was written of the record.

        A property that is missing was not changed: many calendars drop what they do not know.
        """
        if given.name in self.marks:
            return self.marks[given.name] == _mark(values.text(given.value).strip())
        value = given.value.strip()
        if given.name == "STATUS":
            return STATUS[session.status] == value.upper()
        if given.name == "URL":
            return session.url == value
        if given.name == "CONFERENCE":
            return session.online == value
        if given.name == "CATEGORIES":
            return {word.casefold() for word in values.words(value)} <= {
                word.casefold() for word in categories(session)
            }
        if given.name == "ORGANIZER":
            invited = address(session.host) if session.host else None
            return invited is not None and invited.casefold() == value.casefold()
        if given.name == "GEO":
            return _is_near(value, session)
        return False


_FRACTION = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(Z|)")


def own_line(session: Session, *said: str) -> ContentLine:
    """The property that carries the record.

    Args:
        session: The record.
        said: Title, description and place as the event says them, empty where it says none.
    """
    is_exact = session.starts.microsecond or session.updated.microsecond
    left_out = _OUTSIDE_BUT_EXACT if is_exact else _OUTSIDE
    rest = session.model_dump_json(exclude=left_out, exclude_defaults=True)
    marks = [_mark(words) for words in said]
    marks.append(_mark(times_said(session.starts, session.minutes, session.timezone)))
    return line(NAME, text(rest), **{"X-SAID": ".".join(marks)})


def own_record(event: Component) -> Own | None:
    """What an event carries of its record; nothing where it is not one of ours.

    Raises:
        ValueError: what it carries is no record.
    """
    given = event.first(NAME)
    if given is None:
        return None
    record = from_json(values.text(given.value))
    if not isinstance(record, dict) or not isinstance(record.get("id"), str):
        raise ValueError(NAME)  # noqa: TRY004 # it is the file's value that is wrong
    marks = given.parameters.get("X-SAID", "").split(".")
    marks += ["?"] * (len(_SAID) - len(marks))
    outside = _OUTSIDE_BUT_EXACT | {"ends", "language"}
    kept = {name: value for name, value in record.items() if name not in outside}
    return Own(kept, dict(zip(_SAID, marks, strict=False)))


def times_said(starts: datetime, minutes: int, timezone: str) -> str:
    """When an event is, on one line."""
    return f"{local_stamp(starts)} {minutes} {timezone}"


def address(host: Host) -> str | None:
    """The address by which calendars know who invites; a page alone is not one they can use."""
    return f"mailto:{host.email}" if host.email else None


def categories(session: Session) -> list[str]:
    """For whom it is, and the module it is about."""
    words = [audience.upper() for audience in session.audiences]
    return [*words, session.module] if session.module else words


def _mark(words: str) -> str:
    return f"{crc32(words.encode()):08x}"


def _is_near(value: str, session: Session) -> bool:
    if session.venue is None or session.venue.location is None:
        return False
    try:
        lat, lon = map(float, value.split(";"))
    except ValueError:
        return False
    point = session.venue.location
    return abs(point.lat - lat) < _NEAR and abs(point.lon - lon) < _NEAR
