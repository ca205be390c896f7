"""One session as a VEVENT, in one language.

What a reader of the calendar needs in order to come stands in the description; what many sessions
share (a venue, a host, the languages) is put into words once.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ics.grammar.parse import Container, ContentLine

from cafe_ia import zone
from cafe_ia.calendar.lines import (
    Parameters,
    day_stamp,
    duration,
    line,
    local_stamp,
    parameter,
    shared_line,
    stamp,
    text,
    usual,
)
from cafe_ia.calendar.own import MOST_SHARED, STATUS, OwnLines, address, categories
from cafe_ia.phrases import interface_language
from cafe_ia.text import FALLBACK, Said, Text, direction
from cafe_ia.wording import access_sentences, language_names, phrase, status_title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cafe_ia.session import Access, Host, Session, Venue

__all__ = ["Wording", "uid_of"]

_DAY = 24 * 60


def uid_of(session: Session) -> str:
    """The UID by which calendars know a session; it never changes."""
    return session.uid or f"{session.id}@cafe-ia"


KeyT = TypeVar("KeyT")
KnownT = TypeVar("KnownT")


class _Place(NamedTuple):
    """What is said of a venue."""

    venue: Venue
    said: Said
    """Name, address and town."""
    way: str
    """How to come."""
    lines: list[ContentLine]
    """LOCATION and GEO."""


class Wording:
    """How sessions are said in one language; what many sessions share is said once."""

    def __init__(
        self,
        language: str,
        fallbacks: Mapping[str, Sequence[str]] = FALLBACK,
        *,
        notice: Text | None = None,
    ) -> None:
        self.language = language
        self.direction = direction(language)
        self.fallbacks = fallbacks
        self.notice = self.said(notice).words if notice else ""
        self.interface = interface_language(language, {})
        # By id(): hashing a venue costs more than saying it. Each is kept, so its id() is its own.
        self._places: dict[int, _Place] = {}
        self._own = OwnLines()
        self._hosts: dict[int, tuple[Host, list[ContentLine]]] = {}
        self._said: dict[tuple[object, ...], tuple[Venue | None, Access | None, list[str]]] = {}

    def said(self, words: Text) -> Said:
        """A text in this language, or in the nearest that it has."""
        if self.language in words:
            return Said(words[self.language], self.language, self.direction)
        return words.best(self.language, fallback=self.fallbacks)

    def title(self, session: Session) -> Said:
        """The title; that a café does not take place is said in words too."""
        title = self.said(session.title)
        if session.takes_place:
            return title
        return title._replace(words=status_title(title.words, session.status, self.interface))

    def place(self, venue: Venue) -> Said:
        """Name, address and town, on one line."""
        return self._known(venue).said

    def description(self, session: Session) -> str:
        """The invitation, then what a person needs to come."""
        parts = [self.notice] if self.notice else []  # whoever opens one event sees no other page
        if session.summary:
            parts.append(self.said(session.summary).words)
        facts = list(self._facts(session))
        if session.registration:
            facts.append(self._label("registration", url=session.registration))
        if facts:
            parts.append("\n".join(facts))
        if session.agenda:
            steps = [
                f"{step.minutes} min · {self.said(step.title).words}" for step in session.agenda
            ]
            parts.append("\n".join([self._label("agenda"), *steps]))
        return "\n\n".join(parts)

    def event(self, session: Session, reminder: int | None = None) -> Container:
        """One session as a VEVENT, its properties in a fixed order."""
        changed = stamp(session.updated)
        title = self.title(session)
        event = Container(
            "VEVENT",
            line("UID", text(uid_of(session))),
            shared_line("DTSTAMP", changed),
            *_times(session),
            shared_line("SEQUENCE", str(session.revision)),
            shared_line("LAST-MODIFIED", changed),
            shared_line("STATUS", STATUS[session.status]),
            line("SUMMARY", text(title.words), usual("LANGUAGE", title.language)),
        )
        description = self.description(session)
        if description:
            tag = session.summary.language(self.language) if session.summary else self.interface
            event.append(line("DESCRIPTION", text(description), usual("LANGUAGE", tag)))
        place, where = self._where(session, title.words)
        event.extend(where)
        if session.audiences or session.module:
            event.append(shared_line("CATEGORIES", ",".join(categories(session))))
        if session.host:
            event.extend(self._organiser(session.host))
        event.append(self._own.line(session, (title.words, description, place)))
        if reminder is not None and session.takes_place:
            event.append(_alarm(title.words, reminder))
        return event

    def _where(self, session: Session, title: str) -> tuple[str, list[ContentLine]]:
        """Where it is, in words and in properties."""
        place, lines = "", list[ContentLine]()
        if session.venue:
            known = self._known(session.venue)
            place = known.said.words
            lines += known.lines
        elif session.online:
            place = session.online
            lines.append(line("LOCATION", text(place)))
        if session.url:
            lines.append(line("URL", session.url))
        if session.online:
            label = parameter(title)
            lines.append(
                line(
                    "CONFERENCE",
                    session.online,
                    Parameters(VALUE="URI", FEATURE="VIDEO", LABEL=label),
                )
            )
        return place, lines

    def _organiser(self, host: Host) -> list[ContentLine]:
        known = self._hosts.get(id(host))
        if known is None:
            invited, name = address(host), parameter(self.said(host.name).words)
            known = host, [line("ORGANIZER", invited, usual("CN", name))] if invited else []
            _remember(self._hosts, id(host), known)
        return known[1]

    def _known(self, venue: Venue) -> _Place:
        known = self._places.get(id(venue))
        if known is None:
            name = self.said(venue.name)
            parts = [name.words]
            parts += [self.said(part).words for part in (venue.address, venue.city) if part]
            comma = "، " if name.direction == "rtl" else ", "
            said = name._replace(words=comma.join(parts))
            lines = [line("LOCATION", text(said.words), usual("LANGUAGE", said.language))]
            if point := venue.location:
                lines.append(line("GEO", f"{point.lat:f};{point.lon:f}"))
            way = self.said(venue.how_to_come).words if venue.how_to_come else ""
            way = self._label("how_to_come", way=way) if way else ""
            known = _remember(self._places, id(venue), _Place(venue, said, way, lines))
        return known

    def _facts(self, session: Session) -> list[str]:
        """How to come, how to join, in which languages, who can come in."""
        venue, access = session.venue, session.access
        key = (id(venue), id(access), session.online, session.spoken)
        known = self._said.get(key)
        if known is None:
            facts = [self._known(venue).way] if venue else []
            if session.online:
                facts.append(self._label("online", url=session.online))
            if session.spoken:
                names = language_names(session.spoken, self.interface)
                facts.append(self._label("spoken", languages=names))
            facts += access_sentences(session, self.interface)
            if access and access.notes:
                facts.append(self.said(access.notes).words)
            known = venue, access, [fact for fact in facts if fact]
            _remember(self._said, key, known)
        return known[2]

    def _label(self, key: str, **values: str) -> str:
        return phrase(f"calendar.{key}", self.interface, **values)


def _remember(shared: dict[KeyT, KnownT], key: KeyT, known: KnownT) -> KnownT:
    """Keep what was made of a shared record, of the last few thousand at most."""
    if len(shared) >= MOST_SHARED:
        shared.clear()
    shared[key] = known
    return known


def _times(session: Session) -> tuple[ContentLine, ContentLine]:
    """DTSTART and DTEND, in UTC where the clocks on the wall show one of them twice.

    Readers disagree on which of the two hours is meant, and on the length of a DURATION over
    them; of an instant of UTC there is only one.
    """
    starts, key = session.starts, session.timezone
    if session.all_day:
        first = starts.date()
        last = first + timedelta(minutes=session.minutes)
        return (
            line("DTSTART", day_stamp(first), usual("VALUE", "DATE")),
            line("DTEND", day_stamp(last), usual("VALUE", "DATE")),
        )
    if session.minutes <= _DAY and zone.steady_offset(starts.date(), key) is not None:
        ends = starts + timedelta(minutes=session.minutes)
        is_plain = key != "UTC"
    else:
        ends = session.ends
        is_plain = "twice" not in (zone.standing(starts, key), zone.standing(ends, key))
    if not is_plain:
        return line("DTSTART", stamp(session.starts_at)), line("DTEND", stamp(session.ends_at))
    return (
        line("DTSTART", local_stamp(starts), usual("TZID", key)),
        line("DTEND", local_stamp(ends), usual("TZID", key)),
    )


def _alarm(title: str, minutes: int) -> Container:
    return Container(
        "VALARM",
        line("ACTION", "DISPLAY"),
        line("DESCRIPTION", text(title)),
        line("TRIGGER", duration(-timedelta(minutes=minutes))),
    )
