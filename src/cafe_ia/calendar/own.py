"""Our own events: what they carry of their record, and what another calendar changed.

What iCalendar has a property for is in that property; the rest of the record travels in
`X-CAFE-IA`, as JSON in the record's own words. Beside them, `said` holds a checksum of each text
that was made of the record for one language, and the times: where one no longer fits, somebody
changed the event, and that is kept.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from pydantic_core import from_json

from cafe_ia.calendar import values
from cafe_ia.calendar.lines import line, local_stamp, text
from cafe_ia.session import Host, Session, Status
from cafe_ia.zone import is_zone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from ics.grammar.parse import ContentLine

    from cafe_ia.calendar.stream import Component, Property
    from cafe_ia.record import Record

__all__ = [
    "MOST_SHARED",
    "NAME",
    "STATUS",
    "Own",
    "OwnLines",
    "address",
    "categories",
    "own_record",
    "times_said",
]

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

_APART = {*_OUTSIDE, "venue", "host", "facilitators"}
"""The former, and the records that sessions share."""

MOST_SHARED = 4_096
"""Shared records that are remembered: a stream of sessions may bring each its own."""

_MARKS = "said"

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
        return self.marks["DTSTART"] != said

    def stands(self, given: Property, session: Session) -> bool:
        """Whether a property still says what was written of the record.

        A property that is missing was not changed: many calendars drop what they do not know.
        """
        if given.name in self.marks:
            return self.marks[given.name] == _mark(values.text(given.value).strip())
        written = _WRITTEN.get(given.name)
        return written is not None and written(session, given.value.strip())


class OwnLines:
    """Makes the property that carries a record; what sessions share is put into JSON once."""

    def __init__(self) -> None:
        self._shared: dict[int, tuple[Record, str]] = {}

    def line(self, session: Session, said: tuple[str, str, str]) -> ContentLine:
        """The property of one session.

        Args:
            session: The record.
            said: Title, description and place as the event says them, empty where it says none.
        """
        title, description, place = said
        marks = (
            f"{_mark(title)}.{_mark(description)}.{_usual_mark(place)}."
            f"{times_said(session.starts, session.minutes, session.timezone)}"
        )
        rest = _escaped(_json(session, _APART))
        parts = [f'{{"{_MARKS}":"{marks}"', rest[1:-1]]
        if session.venue:
            parts.append(f'"venue":{self._once(session.venue)}')
        if session.host:
            parts.append(f'"host":{self._once(session.host)}')
        if session.facilitators:
            parts.append(f'"facilitators":[{_COMMA.join(map(self._once, session.facilitators))}]')
        parts[-1] += "}"
        return line(NAME, _COMMA.join(parts))

    def _once(self, record: Record) -> str:
        known = self._shared.get(id(record))
        if known is None:
            if len(self._shared) >= MOST_SHARED:
                self._shared.clear()
            known = record, _escaped(_json(record))
            self._shared[id(record)] = known
        return known[1]


_COMMA = text(",")


def _json(record: Record, without: set[str] | None = None) -> str:
    # What `model_dump_json` calls: asked directly, it takes a quarter less time.
    write = record.__pydantic_serializer__.to_json
    return write(record, exclude=without, exclude_defaults=True).decode()


def _escaped(json: str) -> str:
    """JSON as a TEXT value."""
    if "\\" in json:  # some clients take away every backslash before a quotation mark
        json = json.replace("\\\\", "\\u005c").replace('\\"', "\\u0022")
    return text(json)


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
    marks = str(record.pop(_MARKS, "")).split(".", len(_SAID) - 1)
    marks += ["?"] * (len(_SAID) - len(marks))
    outside = _OUTSIDE | Session.input_only.keys()
    kept = {name: value for name, value in record.items() if name not in outside}
    return Own(kept, dict(zip(_SAID, marks, strict=False)))


def times_said(starts: datetime, minutes: int, timezone: str) -> str:
    """When an event is, in letters that JSON and TEXT need not escape."""
    return f"{local_stamp(starts)}-{minutes}-{timezone}"


def address(host: Host) -> str | None:
    """The address by which calendars know who invites; a page alone is not one they can use."""
    return f"mailto:{host.email}" if host.email else None


def categories(session: Session) -> list[str]:
    """For whom it is, and the module it is about."""
    words = [audience.upper() for audience in session.audiences]
    return [*words, session.module] if session.module else words


def _mark(words: str) -> str:
    return str(crc32(words.encode()))


_usual_mark = lru_cache(maxsize=4_096)(_mark)
"""The checksum of words that many events say."""


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
