"""One event becomes one session, or is said to be unreadable with its line."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from cafe_ia.calendar import values
from cafe_ia.calendar.fields import HOMES, Fields
from cafe_ia.calendar.own import NAME, Own, own_record, times_said
from cafe_ia.calendar.report import Report, uid
from cafe_ia.phrases import LANGUAGES
from cafe_ia.session import Session
from cafe_ia.text import Text
from cafe_ia.wording import status_title

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cafe_ia.calendar.dates import Clock, When
    from cafe_ia.calendar.stream import Component, Property

__all__ = ["EventReader"]

_READ_WITH_THE_TIMES = frozenset({
    "DTSTART", "DTEND", "DURATION", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "UID",
    "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", NAME,
})  # fmt: skip

_WITHOUT_END = 60
"""Minutes of an event that does not say when it ends."""


class _UnreadableError(Exception):
    """What an event cannot do without is missing or broken."""

    def __init__(self, line: int, said: str) -> None:
        super().__init__(said)
        self.line, self.said = line, said

    @classmethod
    def lacking(cls, event: Component, name: str) -> _UnreadableError:
        """The error where a property is missing, at the line of what stands in its place."""
        for line, said in event.broken:
            if said.upper().startswith(name):
                return cls(line, said)
        given = event.first(name)
        return cls(given.line, f"{name}:{given.value}") if given else cls(event.line, name)


class EventReader:
    """Reads the events of one file, each by itself."""

    def __init__(self, clock: Clock, language: str, report: Report) -> None:
        """Take what reads dates, the language of texts that say none, and where to report."""
        self.clock, self.language, self.report = clock, language, report

    def session(
        self,
        event: Component,
        *,
        at: datetime | None = None,
        suffix: str = "",
        is_cancelled: bool = False,
    ) -> Session | None:
        """The session that an event stands for; nothing where it is reported as unreadable.

        Args:
            event: A VEVENT.
            at: The local time of one date of a repetition, instead of the event's own.
            suffix: What tells that date from the others of the same UID.
            is_cancelled: The whole calendar is a cancellation (METHOD:CANCEL, RFC 5546).
        """
        line, said = event.fault or (event.line, "")
        found = None
        try:
            found = None if event.fault else self._reported(event, at, suffix)
        except _UnreadableError as error:
            line, said = error.line, error.said
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            said = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        if found is None:
            self.report.say("ics-event-unreadable", line, uid=uid(event), said=said)
            return None
        if is_cancelled and found.takes_place:
            found = Session.model_validate({**dict(found), "status": "cancelled"})
        return found

    def _reported(self, event: Component, at: datetime | None, suffix: str) -> Session:
        """The session, read as one of ours where that is possible, with what was left out said."""
        own, report = self._own(event), self.report.another()
        try:
            found = self._read(event, own, report, at, suffix)
        except ValidationError:
            if own is None:
                raise
            self._unreadable_property(self.report, event, event.first(NAME))
            report = self.report.another()
            found = self._read(event, None, report, at, suffix)
        self.report.add(report.problems)
        return found

    def _own(self, event: Component) -> Own | None:
        try:
            return own_record(event)
        except ValueError:
            self._unreadable_property(self.report, event, event.first(NAME))
            return None

    def _read(
        self, event: Component, own: Own | None, report: Report, at: datetime | None, suffix: str
    ) -> Session:
        """The session.

        Raises:
            _UnreadableError: what an event cannot do without is missing or broken.
            ValidationError: what it says is no session.
        """
        # A date of a repetition was reckoned by the file's clock: it must be read by that one.
        clock = self.clock.at_home(own.zone) if own and at is None else self.clock
        times = _Times(event, clock, report).fields()
        own_id = own.record["id"] if own else None
        dated = {**times, **_dated(event, own_id, at, suffix)}
        session = None
        if own:
            session = Session.model_validate({**own.record, **dated})
            said = times_said(times["starts"], session.minutes, session.timezone)
            given = event.first("DTSTART")
            if given and own.is_moved(said):
                report.say("ics-changed-outside", given.line, name=given.name, uid=uid(event))
        fields = Fields(self.language, dict(session) if session else dated)
        is_changed = self._fill(fields, event, own, session, report)
        for broken in event.broken:
            name = re.split("[:;]", broken.said, maxsplit=1)[0][:30]
            self._say_unreadable(report, event, broken.line, name, broken.said)
        for inner in event.inside:
            if own is None or inner.name != "VALARM":  # a feed's reminder is asked for anew
                report.say("ics-property-homeless", inner.line, name=inner.name, uid=uid(event))
        if session is None:
            if "title" not in fields.known:
                raise _UnreadableError.lacking(event, "SUMMARY")
            name = _name(dated["starts"], fields.known["title"], uid(event))
            session = Session.model_validate({"id": name, **fields.with_venue()})
        elif is_changed:
            session = Session.model_validate(fields.with_venue())
        return session

    def _fill(
        self,
        fields: Fields,
        event: Component,
        own: Own | None,
        session: Session | None,
        report: Report,
    ) -> bool:
        """Put each property where it belongs; whether another calendar changed one of ours."""
        is_changed = False
        for given in event.properties:
            read = HOMES.get(given.name)
            if given.name in _READ_WITH_THE_TIMES or (read and not given.value.strip()):
                continue
            if read and own and session and own.stands(given, session):
                continue
            try:
                has_home = read is not None and read(fields, given)
            except (KeyError, ValueError):
                self._unreadable_property(report, event, given)
                continue
            if not has_home:
                report.say("ics-property-homeless", given.line, name=given.name, uid=uid(event))
                continue
            if given.name == "ORGANIZER":
                self._tell_published(report, event, given)
            if session:
                is_changed = True
                report.say("ics-changed-outside", given.line, name=given.name, uid=uid(event))
                if given.name == "SUMMARY":
                    fields.known["title"] = _bare_title(fields.known["title"], session)
        return is_changed

    @staticmethod
    def _tell_published(report: Report, event: Component, given: Property) -> None:
        """Say that an address which was shared with the invited will be shown to everyone."""
        if given.value.strip().lower().startswith("mailto:"):
            report.say("ics-organiser-public", given.line, uid=uid(event))

    def _unreadable_property(
        self, report: Report, event: Component, given: Property | None
    ) -> None:
        if given:
            self._say_unreadable(report, event, given.line, given.name, given.value)

    @staticmethod
    def _say_unreadable(report: Report, event: Component, line: int, name: str, said: str) -> None:
        report.say("ics-property-unreadable", line, name=name, uid=uid(event), said=said)


class _Times:
    """When an event is, when it changed, and how often."""

    def __init__(self, event: Component, clock: Clock, report: Report) -> None:
        self.event, self.clock, self.report = event, clock, report

    def fields(self) -> dict[str, Any]:
        """The fields of a session.

        Raises:
            _UnreadableError: the event has no beginning, or ends before it.
        """
        given, start = self._when("DTSTART")
        if given is None or start is None:
            raise _UnreadableError.lacking(self.event, "DTSTART")
        if start.remark:
            self._say(start.remark, given.line, zone=start.named, used=start.zone)
        found: dict[str, Any] = {"starts": start.wall, "timezone": start.zone}
        if start.all_day:
            found["all_day"] = True
        minutes = self._minutes(start)
        if minutes:
            found["minutes"] = minutes
        elif not start.all_day:
            found["minutes"] = _WITHOUT_END
            self._say("ics-end-missing", self.event.line, minutes=_WITHOUT_END)
        found["updated"] = self._updated(start)
        revision = self._revision()
        if revision is not None:
            found["revision"] = revision
        return found

    def _minutes(self, start: When) -> int:
        """How long it lasts, begun minutes counted; 0 where it does not say."""
        ends, until = self._when("DTEND")
        lasts = self.event.first("DURATION")
        given, length = ends or lasts, timedelta()
        if ends and until:
            is_days = start.all_day and until.all_day
            length = until.wall - start.wall if is_days else until.instant - start.instant
            if lasts:
                self._say("ics-property-homeless", lasts.line, name=lasts.name)
        elif lasts:
            try:
                length = values.length(lasts.value)
            except ValueError:
                raise _UnreadableError(lasts.line, f"DURATION:{lasts.value}") from None
        if given and length < timedelta():
            raise _UnreadableError(given.line, f"{given.name}:{given.value}")
        return -(-length // timedelta(minutes=1))

    def _when(self, name: str) -> tuple[Property, When] | tuple[None, None]:
        every = self.event.every(name)
        for other in every[1:]:
            self._say("ics-property-homeless", other.line, name=name)
        if not every:
            return None, None
        given = every[0]
        try:
            return given, self.clock.read(given)
        except ValueError:
            raise _UnreadableError(given.line, f"{name}:{given.value}") from None

    def _updated(self, start: When) -> datetime:
        """The last change. DTSTAMP may be no more than the moment of the export."""
        for name in ("LAST-MODIFIED", "DTSTAMP"):
            given = self.event.first(name)
            try:
                if given:
                    return self.clock.read(given).instant
            except ValueError:
                self._unreadable(given)
        used = start.instant
        self._say("ics-stamp-missing", self.event.line, used=f"{used:%Y-%m-%d %H:%M}Z")
        return used

    def _revision(self) -> int | None:
        given = self.event.first("SEQUENCE")
        try:
            return values.count(given.value) if given else None
        except ValueError:
            self._unreadable(given)
            return None

    def _unreadable(self, given: Property | None) -> None:
        if given:
            self._say("ics-property-unreadable", given.line, name=given.name, said=given.value)

    def _say(self, code: str, line: int, **found: Any) -> None:
        self.report.say(code, line, uid=uid(self.event), **found)


def _dated(
    event: Component, own_id: str | None, at: datetime | None, suffix: str
) -> dict[str, Any]:
    """The UID that the event has, and its beginning, at one date of its repetition."""
    found: dict[str, Any] = {} if at is None else {"starts": at}
    known = uid(event)
    if known != "?":
        known += f"#{suffix}" if suffix else ""
        if own_id is None or known != f"{own_id}@cafe-ia":
            found["uid"] = known
    return found


def _bare_title(title: Mapping[str, str], session: Session) -> Text:
    """The title without the words by which a calendar says that a café does not take place."""
    bare = dict(title)
    for tag, words in title.items():
        for language in LANGUAGES:
            before, after = status_title("\0", session.status, language).split("\0")
            inner = words.removeprefix(before).removesuffix(after)
            if inner != words and words.startswith(before) and words.endswith(after) and inner:
                bare[tag] = inner
                break
    return Text(bare)


def _name(starts: datetime, title: Mapping[str, str], known: str) -> str:
    """A session's name, always the same for the same event."""
    letters = unicodedata.normalize("NFKD", next(iter(title.values()))).encode("ascii", "ignore")
    slug = re.sub(r"[^a-z0-9]+", "-", letters.decode().lower()).strip("-")[:60].strip("-")
    mark = slug or hashlib.sha256(known.encode()).hexdigest()[:8]
    return f"{starts:%Y-%m-%d}-{mark}"
