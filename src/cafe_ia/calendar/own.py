"""Our own events: what they carry of their record, and what another calendar changed.

What iCalendar has a property for is in that property; the rest of the record travels in
`X-CAFE-IA`, as JSON in the record's own words. Its parameter `X-SAID` holds a checksum of each
text that was made of the record for one language, and of the times: where one no longer fits,
somebody changed the event, and that is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from pydantic_core import from_json

from cafe_ia.calendar import values
from cafe_ia.calendar.lines import line, text
from cafe_ia.session import Host, Session, Status
from cafe_ia.zone import is_zone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

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

_OUTSIDE = {"uid", "starts", "minutes", "revision", "updated", "all_day"}
"""Fields that the event's own properties hold whole; `X-CAFE-IA` holds the others."""

_SAID = ("SUMMARY", "DESCRIPTION", "LOCATION", "DTSTART")
"""What the checksums are of, in their order."""

_NEAR = 1e-5
"""Degrees within which two calendars write one point: a metre."""


class Own(NamedTuple):
    """What an event carries of its record."""

    record: dict[str, Any]
    marks: Mapping[str, str]
    """The checksums by the name of the property."""

    @property
    def zone(self) -> str:
        """The zone of the record, where the event's own times say none: days, and UTC."""
        known = self.record.get("timezone")
        if isinstance(known, str) and is_zone(known):
            return known
        return str(Session.model_fields["timezone"].default)

    def is_moved(self, said: str) -> bool:
        """Whether the event is at other times than those that were written."""
        return self.marks["DTSTART"] != _mark(said)

    def stands(self, given: Property, session: Session) -> bool:
        """Whether a property still says what was written of the record.

        A property that is missing was not changed: many calendars drop what they do not know.
        """
        if given.name in self.marks:
            return self.marks[given.name] == _mark(values.text(given.value).strip())
        written = _WRITTEN.get(given.name)
        return written is not None and written(session, given.value.strip())


def own_line(session: Session, *said: str) -> ContentLine:
    """The property that carries the record.

    Args:
        session: The record.
        said: Title, description and place as the event says them, empty where it says none.
    """
    rest = session.model_dump_json(exclude=_OUTSIDE, exclude_defaults=True)
    if "\\" in rest:  # some clients take away every backslash before a quotation mark
        rest = rest.replace("\\\\", "\\u005c").replace('\\"', "\\u0022")
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
    outside = _OUTSIDE | Session.input_only.keys()
    kept = {name: value for name, value in record.items() if name not in outside}
    return Own(kept, dict(zip(_SAID, marks, strict=False)))


def times_said(starts: datetime, minutes: int, timezone: str) -> str:
    """When an event is, on one line."""
    return f"{starts} {minutes} {timezone}"


def address(host: Host) -> str | None:
    """The address by which calendars know who invites; a page alone is not one they can use."""
    return f"mailto:{host.email}" if host.email else None


def categories(session: Session) -> list[str]:
    """For whom it is, and the module it is about."""
    words = [audience.upper() for audience in session.audiences]
    return [*words, session.module] if session.module else words


def _mark(words: str) -> str:
    return f"{crc32(words.encode()):08x}"


def _has_categories(session: Session, value: str) -> bool:
    known = {word.casefold() for word in categories(session)}
    return all(word.casefold() in known for word in values.words(value))


def _is_invited_by(session: Session, value: str) -> bool:
    known = address(session.host) if session.host else None
    return known is not None and known.casefold() == value.casefold()


def _is_near(session: Session, value: str) -> bool:
    if session.venue is None or session.venue.location is None:
        return False
    try:
        lat, lon = map(float, value.split(";"))
    except ValueError:
        return False
    point = session.venue.location
    return abs(point.lat - lat) < _NEAR and abs(point.lon - lon) < _NEAR


_WRITTEN: Mapping[str, Callable[[Session, str], bool]] = {
    "CATEGORIES": _has_categories,
    "CONFERENCE": lambda session, value: session.online == values.text(value),
    "GEO": _is_near,
    "ORGANIZER": _is_invited_by,
    "STATUS": lambda session, value: STATUS[session.status] == value.upper(),
    "URL": lambda session, value: session.url == values.text(value),
}
"""Whether a value is the one that the record gives."""
