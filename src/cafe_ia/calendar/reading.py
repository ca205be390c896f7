"""An existing calendar becomes sessions, and nothing is dropped without saying so.

Each event is read by itself: a broken one is reported with its UID and its line, and the good
ones are kept. What a session has no place for is reported too, one property at a time.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from icalendar.parser import unescape_char
from pydantic import ValidationError

from cafe_ia import zone
from cafe_ia.calendar.dates import Clock, When, length, occurrences
from cafe_ia.calendar.stream import Component, Property, components
from cafe_ia.calendar.writing import STATUS, Wording
from cafe_ia.phrases import LANGUAGES
from cafe_ia.problem import Place, Problem
from cafe_ia.session import Audience, Session
from cafe_ia.text import direction

__all__ = ["Imported", "from_ics"]

_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Imported:
    """What a calendar gave."""

    sessions: tuple[Session, ...]
    """The sessions, by instant."""
    problems: tuple[Problem, ...]
    """What could not be read, and what a session has no place for, in the order of the file."""


def from_ics(
    content: bytes,
    *,
    timezone: str = "Africa/Casablanca",
    language: str = "fr",
    window: tuple[date, date] | None = None,
    file: str = "calendar.ics",
) -> Imported:
    """The sessions that a calendar's events stand for.

    Args:
        content: The octets of an iCalendar stream.
        timezone: The zone in which times of UTC are shown and floating times are read.
        language: The language of texts that do not say theirs; words in Arabic letters are then
            taken for Arabic.
        window: First and last day of the dates taken from repeated events; without one, 366
            days from each event's first date.
        file: The name that problems give to the stream.

    Returns:
        The sessions and the problems; a stream that is no calendar gives one problem.
    """
    return _Reader(timezone, language, window, file).read(content)


class _UnreadableError(Exception):
    """An event that cannot be read, with the line and the words that are at fault."""

    def __init__(self, line: int, said: str) -> None:
        super().__init__(said)
        self.line, self.said = line, said


class _Reader:
    def __init__(
        self, timezone: str, language: str, window: tuple[date, date] | None, file: str
    ) -> None:
        self.timezone, self.language, self.window, self.file = timezone, language, window, file
        self.problems: list[Problem] = []
        self.wordings = [Wording(tag) for tag in LANGUAGES]
        self.clock = Clock(timezone, {})

    def read(self, content: bytes) -> Imported:
        try:
            stream = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            self._say("file-encoding", line, byte=error.start + 1, hex=f"{content[error.start]:02X}")
            return Imported((), tuple(self.problems))
        if not re.search(r"(?im)^BEGIN:VCALENDAR\s*$", stream):
            self._say("ics-not-calendar", 1)
            return Imported((), tuple(self.problems))
        found = list(components(stream))
        zones = {key.value: one for one in found if one.name == "VTIMEZONE" and (key := one.first("TZID"))}
        self.clock = Clock(self.timezone, zones)
        groups: dict[str, list[Component]] = {}
        for one in found:
            if one.name == "VEVENT":
                uid = one.first("UID")
                groups.setdefault(uid.value if uid else f"\n{one.line}", []).append(one)
            elif one.name == "VCALENDAR":
                self._calendar(one)
            elif one.name != "VTIMEZONE":
                self._say("ics-component-homeless", one.line, name=one.name)
        sessions = [session for group in groups.values() for session in self._group(group)]
        sessions = self._with_own_names(sessions)
        self.problems.sort(key=lambda problem: problem.place or Place(self.file))
        ordered = sorted(sessions, key=lambda one: (one.starts_at, one.id))
        return Imported(tuple(ordered), tuple(self.problems))

    def _group(self, events: list[Component]) -> Iterator[Session]:
        """The events of one UID: a date by itself, or a repetition with its exceptions."""
        masters = [one for one in events if one.first("RECURRENCE-ID") is None]
        changed = [one for one in events if one.first("RECURRENCE-ID") is not None]
        if len(masters) > 1:
            masters.sort(key=_sequence)
            kept = masters[-1]
            self._say("ics-uid-twice", kept.line, uid=_uid(kept))
            masters = [kept]
        instead: dict[datetime, Component] = {}
        for one in changed:
            given = one.first("RECURRENCE-ID")
            assert given is not None  # noqa: S101 # it is what `changed` was chosen by
            try:
                instead[self.clock.read(given).wall] = one
                if "RANGE" in given.parameters:
                    self._say("ics-recurrence-unreadable", given.line, uid=_uid(one),
                              said="RANGE=THISANDFUTURE")
            except (ValueError, TypeError):
                self._unreadable(one, given.line, given.value)
        for master in masters:
            yield from self._master(master, instead)
        for wall, one in instead.items():
            yield from self._one(one, suffix=f"{wall:%Y%m%dT%H%M}")

    def _master(self, event: Component, instead: dict[datetime, Component]) -> Iterator[Session]:
        rules = [one for one in event.properties if one.name == "RRULE"]
        added = [one for one in event.properties if one.name == "RDATE"]
        if not rules and not added:
            yield from self._one(event)
            return
        start = event.first("DTSTART")
        try:
            if start is None or event.fault:
                raise ValueError
            when = self.clock.read(start)
            extra = [one.wall for given in added for one in self.clock.values(given)]
            without = [one for given in event.properties if given.name == "EXDATE"
                       for one in self.clock.values(given)]
            window = self.window or (when.wall.date(), when.wall.date() + _YEAR)
            repeated = occurrences(when, rules, extra, without, window)
        except (ValueError, TypeError) as error:
            line = (rules or added)[0].line
            self._say("ics-recurrence-unreadable", line, uid=_uid(event), said=str(error))
            yield from self._one(event)
            return
        if repeated.cut:
            self._say("ics-recurrence-cut", (rules or added)[0].line, uid=_uid(event),
                      kept=len(repeated.dates), first=window[0], last=window[1])
        for n, wall in enumerate(repeated.dates):
            if wall not in instead:
                yield from self._one(event, at=wall, suffix=f"{wall:%Y%m%dT%H%M}", again=n > 0)

    def _one(
        self,
        event: Component,
        *,
        at: datetime | None = None,
        suffix: str = "",
        again: bool = False,
    ) -> Iterator[Session]:
        """One event as a session; `again` keeps what was said once from being said again."""
        said_before = len(self.problems)
        try:
            if event.fault:
                raise _UnreadableError(*event.fault)
            yield _Event(event, self, at, suffix).session()
        except _UnreadableError as error:
            self._unreadable(event, error.line, error.said)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            self._unreadable(event, event.line, f"{where}: {first['msg']}")
        if again:
            del self.problems[said_before:]

    def _calendar(self, calendar: Component) -> None:
        """The calendar's own properties belong to the feed, not to its sessions."""
        for given in calendar.properties:
            if given.name not in _FEED:
                self._say("ics-property-homeless", given.line, name=given.name, uid="VCALENDAR")
        if calendar.fault:
            line, said = calendar.fault
            self._say("ics-event-unreadable", line, uid="VCALENDAR", said=said)

    def _unreadable(self, event: Component, line: int, said: str) -> None:
        self._say("ics-event-unreadable", line, uid=_uid(event), said=said)

    def _say(self, code: str, line: int, **values: Any) -> None:
        self.problems.append(Problem(code, values, place=Place(self.file, line)))

    @staticmethod
    def _with_own_names(sessions: list[Session]) -> list[Session]:
        """Two sessions never get one name: the second is told apart by its UID."""
        seen: set[str] = set()
        named = []
        for session in sessions:
            one = session
            if session.id in seen:
                mark = hashlib.sha256((session.uid or "").encode()).hexdigest()[:8]
                one = session.model_copy(update={"id": f"{session.id[:90]}-{mark}"})
            seen.add(one.id)
            named.append(one)
        return named


_FEED = frozenset({
    "VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "LAST-MODIFIED", "NAME", "X-WR-CALNAME",
    "DESCRIPTION", "X-WR-CALDESC", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "X-WR-TIMEZONE",
})  # fmt: skip
"""What a feed says of itself: `to_ics` says it again."""


class _Event:
    """One VEVENT on its way to being a session."""

    def __init__(
        self, event: Component, reader: _Reader, at: datetime | None, suffix: str
    ) -> None:
        self.event, self.reader, self.at, self.suffix = event, reader, at, suffix
        self.data: dict[str, Any] = {}
        self.own = False
        self.words: dict[str, Property] = {}
        self.lasts: timedelta | None = None
        self.until: When | None = None

    def session(self) -> Session:
        """The session.

        Raises:
            _UnreadableError: what an event cannot do without is missing or broken.
            ValidationError: what it says is no session.
        """
        self._own_record()
        for given in self.event.properties:
            read = _HOMES.get(given.name)
            if read is None:
                self._homeless(given)
                continue
            try:
                read(self, given)
            except (ValueError, TypeError, KeyError):
                if given.name in ("DTSTART", "DTEND", "DURATION"):
                    raise _UnreadableError(given.line, f"{given.name}:{given.value}") from None
                self._say("ics-property-unreadable", given, said=given.value)
        for inner in self.event.inside:
            if self.own and inner.name == "VALARM":
                continue  # the feed's reminder: whoever writes the feed again asks for it again
            self.reader._say("ics-property-homeless", inner.line, name=inner.name, uid=_uid(self.event))
        self._complete()
        session = Session.model_validate(self.data, context={"language": self.reader.language})
        return self._as_changed_outside(session) if self.own else session

    def _own_record(self) -> None:
        given = self.event.first("X-CAFE-IA")
        if given is None:
            return
        try:
            record = json.loads(unescape_char(given.value))
        except ValueError:
            record = None
        if isinstance(record, dict) and isinstance(record.get("id"), str):
            self.data, self.own = record, True
        else:
            self._say("ics-property-unreadable", given, said=given.value)

    def _complete(self) -> None:
        """What the properties only say together."""
        data, event = self.data, self.event
        if "starts" not in data:
            raise _UnreadableError(event.line, "DTSTART")
        start: datetime = data["starts"]
        if self.until is not None and self.lasts is None:
            if data.get("all_day"):
                self.lasts = self.until.wall - start
            else:
                end = zone.instant(self.until.wall, self.until.zone)
                self.lasts = end - zone.instant(start, data["timezone"])
        if self.lasts is not None:
            if self.lasts <= timedelta():
                raise _UnreadableError(event.line, "DTEND")
            data["minutes"] = max(1, -(-self.lasts // timedelta(minutes=1)))
        elif not data.get("all_day"):
            self.reader._say("ics-end-missing", event.line, uid=_uid(event), minutes=60)
        if self.at is not None:
            data["starts"] = self.at
        uid = event.first("UID")
        if uid is not None:
            data["uid"] = unescape_char(uid.value) + (f"#{self.suffix}" if self.suffix else "")
        if not self.own:
            if "title" not in data:
                raise _UnreadableError(event.line, "SUMMARY")
            data["id"] = _name(data["starts"], data["title"], data.get("uid", ""))
        if data.get("uid") == f"{data['id']}@cafe-ia":
            del data["uid"]
        if "updated" not in data:
            used = zone.instant(start, data.get("timezone", self.reader.timezone))
            data["updated"] = used
            self.reader._say("ics-stamp-missing", event.line, uid=_uid(event), used=f"{used:%Y-%m-%d %H:%M}Z")

    def _as_changed_outside(self, session: Session) -> Session:
        """Our own record, with what another calendar changed in the event's properties."""
        changes: dict[str, Any] = {}
        for name, field in (("SUMMARY", "title"), ("DESCRIPTION", "summary"), ("LOCATION", "venue")):
            given = self.words.get(name)
            if given is None:
                continue
            actual = unescape_char(given.value)
            tag = given.parameters.get("LANGUAGE", self.reader.language)
            expected = (self._expected(name, session, wording) for wording in self._wordings(tag))
            if any(actual == words for words in expected):
                continue
            self._say("ics-changed-outside", given)
            if field == "venue":
                changes["venue"] = {"name": {tag: actual}}
            else:
                known = getattr(session, field) or {}
                changes[field] = {**known, tag: actual}
        if not changes:
            return session
        return Session.model_validate({**dict(session), **changes})

    def _wordings(self, tag: str) -> list[Wording]:
        known = self.reader.wordings
        if all(wording.language != tag for wording in known):
            known.append(Wording(tag))
        return known

    @staticmethod
    def _expected(name: str, session: Session, wording: Wording) -> str:
        if name == "SUMMARY":
            return wording.title(session).words
        if name == "DESCRIPTION":
            return wording.description(session)
        if session.venue is not None:
            return wording.place(session.venue).words
        return session.online or ""

    def _homeless(self, given: Property) -> None:
        self._say("ics-property-homeless", given)

    def _say(self, code: str, given: Property, **values: Any) -> None:
        values = {"name": given.name, "uid": _uid(self.event), **values}
        self.reader._say(code, given.line, **values)

    # One reader for each property that has a home in a session.

    def _start(self, given: Property) -> None:
        when = self.reader.clock.read(given)
        self.data["starts"], self.data["timezone"] = when.wall, when.zone
        if when.all_day:
            self.data["all_day"] = True
        if when.remark:
            self._say(when.remark, given, zone=when.named, used=when.zone)

    def _end(self, given: Property) -> None:
        self.until = self.reader.clock.read(given)

    def _duration(self, given: Property) -> None:
        self.lasts = length(given)

    def _updated(self, given: Property) -> None:
        when = zone.instant(*_instant(self.reader.clock.read(given)))
        known = self.data.get("updated")
        self.data["updated"] = max(known, when) if isinstance(known, datetime) else when

    def _revision(self, given: Property) -> None:
        self.data["revision"] = int(given.value)

    def _status(self, given: Property) -> None:
        word = given.value.strip().upper()
        states = {"TENTATIVE": "planned", "CONFIRMED": "confirmed", "CANCELLED": "cancelled"}
        if self.own and STATUS[self.data.get("status", "planned")] == word:
            return
        if self.own:
            self._say("ics-changed-outside", given)
        self.data["status"] = states[word]

    def _text(self, given: Property) -> None:
        if given.name in self.words:
            self._homeless(given)
            return
        self.words[given.name] = given
        if self.own:
            return
        words = unescape_char(given.value).strip()
        if not words:
            return
        tag = given.parameters.get("LANGUAGE") or _language_of(words, self.reader.language)
        if given.name == "LOCATION":
            if re.fullmatch(r"https?://\S+", words):
                self.data.setdefault("online", words)
            else:
                self.data.setdefault("venue", {})["name"] = {tag: words}
        else:
            self.data["title" if given.name == "SUMMARY" else "summary"] = {tag: words}

    def _geo(self, given: Property) -> None:
        lat, lon = (float(part) for part in given.value.split(";"))
        if not self.own:
            venue = self.data.setdefault("venue", {})
            venue.setdefault("name", {self.reader.language: f"{lat}, {lon}"})
            venue["location"] = {"lat": lat, "lon": lon}

    def _url(self, given: Property) -> None:
        self.data["url"] = given.value.strip()

    def _conference(self, given: Property) -> None:
        self.data["online"] = given.value.strip()

    def _organiser(self, given: Property) -> None:
        if self.own:
            return
        address = given.value.strip()
        host: dict[str, Any] = {}
        if address.lower().startswith("mailto:"):
            host["email"] = address[len("mailto:") :]
        elif address.startswith("http"):
            host["url"] = address
        name = given.parameters.get("CN") or host.get("email") or address
        host["name"] = {_language_of(name, self.reader.language): name}
        self.data["host"] = host

    def _categories(self, given: Property) -> None:
        if self.own:
            return
        words = [word.strip() for word in unescape_char(given.value).split(",")]
        known = {audience.value.upper(): audience for audience in Audience}
        found = [known[word.upper()] for word in words if word.upper() in known]
        self.data["audiences"] = [*self.data.get("audiences", []), *found]
        if len(found) < len(words):
            self._homeless(given)

    def _seen(self, _: Property) -> None:
        """Read elsewhere."""


_HOMES: Mapping[str, Callable[[_Event, Property], None]] = {
    "UID": _Event._seen,
    "RRULE": _Event._seen,
    "RDATE": _Event._seen,
    "EXDATE": _Event._seen,
    "RECURRENCE-ID": _Event._seen,
    "X-CAFE-IA": _Event._seen,
    "DTSTART": _Event._start,
    "DTEND": _Event._end,
    "DURATION": _Event._duration,
    "DTSTAMP": _Event._updated,
    "LAST-MODIFIED": _Event._updated,
    "SEQUENCE": _Event._revision,
    "STATUS": _Event._status,
    "SUMMARY": _Event._text,
    "DESCRIPTION": _Event._text,
    "LOCATION": _Event._text,
    "GEO": _Event._geo,
    "URL": _Event._url,
    "CONFERENCE": _Event._conference,
    "ORGANIZER": _Event._organiser,
    "CATEGORIES": _Event._categories,
}


def _uid(event: Component) -> str:
    uid = event.first("UID")
    return unescape_char(uid.value) if uid else "?"


def _sequence(event: Component) -> int:
    given = event.first("SEQUENCE")
    return int(given.value) if given and given.value.strip().isdigit() else 0


def _instant(when: When) -> tuple[datetime, str]:
    return when.wall, when.zone


def _language_of(words: str, default: str) -> str:
    """The language of words that do not say theirs, as far as their letters tell."""
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in words)
    latin = sum(letter.isalpha() and letter < "\u0250" for letter in words)
    if arabic > latin:
        return default if direction(default) == "rtl" else "ar"
    return default if direction(default) == "ltr" or not latin else "fr"


def _name(starts: datetime, title: Mapping[str, str], uid: str) -> str:
    """A session's name, always the same for the same event."""
    letters = unicodedata.normalize("NFKD", next(iter(title.values()))).encode("ascii", "ignore")
    slug = re.sub(r"[^a-z0-9]+", "-", letters.decode().lower()).strip("-")[:60].strip("-")
    mark = slug or hashlib.sha256(uid.encode()).hexdigest()[:8]
    return f"{starts:%Y-%m-%d}-{mark}"
