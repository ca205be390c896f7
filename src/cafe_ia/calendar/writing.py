"""A programme's sessions become one iCalendar feed: the same records give the same bytes.

One VEVENT for each session, never an RRULE, because each café can move by itself. What
iCalendar has a property for is in that property; the rest of the record travels in `X-CAFE-IA`,
so that our own feed read back is the same records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from ics.grammar.parse import Container, ContentLine

from cafe_ia.calendar.lines import (
    as_bytes,
    line,
    stamp,
    text,
    usual,
    without_controls,
)
from cafe_ia.calendar.own import address
from cafe_ia.calendar.saying import Wording, uid_of
from cafe_ia.calendar.zones import vtimezone
from cafe_ia.programme import Programme
from cafe_ia.text import FALLBACK, Said

if TYPE_CHECKING:
    from datetime import datetime

    from cafe_ia.session import Session

__all__ = ["to_ics", "write_ics"]

_REFRESH = "PT6H"
"""How often a reader is asked to look again; a hint, no more."""

_PRODUCT = "-//cafe-ia//cafe_ia//FR"


def to_ics(
    sessions: Programme | Iterable[Session],
    *,
    language: str = "fr",
    name: str | None = None,
    reminder: int | None = None,
) -> bytes:
    """The sessions as one iCalendar feed, in the order of their instants.

    Args:
        sessions: A programme, or sessions in any order.
        language: The language of titles and texts, as a BCP 47 tag; where a text lacks it, the
            nearest one it has, marked with its true language.
        name: The calendar's name, instead of the programme's title.
        reminder: Minutes before the beginning at which a calendar should remind people.

    Returns:
        The octets of a `text/calendar` stream (RFC 5545). No clock is read.
    """
    stream = BytesIO()
    if not isinstance(sessions, Programme):
        sessions = sorted(sessions, key=_order)
    write_ics(stream, sessions, language=language, name=name, reminder=reminder)
    return stream.getvalue()


def write_ics(
    stream: BinaryIO,
    sessions: Programme | Iterable[Session],
    *,
    language: str = "fr",
    name: str | None = None,
    reminder: int | None = None,
) -> None:
    """Write the feed as it is made, in the order given: memory does not grow with its length.

    Args:
        stream: Where the octets go.
        sessions: A programme, or something that can be walked twice and gives the same
            sessions each time: zones stand before the events that use them.
        language: As for `to_ics`.
        name: As for `to_ics`.
        reminder: As for `to_ics`.

    Raises:
        TypeError: `sessions` can be walked only once.
    """
    stream.writelines(_pieces(sessions, language, name, reminder))


def _order(session: Session) -> tuple[datetime, str, str]:
    return session.starts_at, session.id, uid_of(session)


def _pieces(
    sessions: Programme | Iterable[Session],
    language: str,
    name: str | None,
    reminder: int | None,
) -> Iterator[bytes]:
    programme = sessions if isinstance(sessions, Programme) else None
    walk = sessions.sessions if isinstance(sessions, Programme) else sessions
    if isinstance(walk, Iterator):
        raise TypeError("sessions are walked twice: give a list, or an iterable made anew")
    wording = Wording(
        language,
        programme.fallbacks if programme else FALLBACK,
        notice=programme.notice if programme else None,
    )
    spans, invited, latest = _survey(walk)
    head = list(_head(programme, wording, name, method=invited, latest=latest))
    opening = as_bytes(Container("VCALENDAR", *head))
    yield opening.removesuffix(b"END:VCALENDAR\r\n")
    for key in sorted(spans):
        yield as_bytes(vtimezone(key, *spans[key]))
    for session in walk:
        yield as_bytes(wording.event(session, reminder))
    yield b"END:VCALENDAR\r\n"


def _survey(
    sessions: Iterable[Session],
) -> tuple[dict[str, tuple[datetime, datetime]], bool, datetime | None]:
    """Each zone's first and last beginning, whether all name a host, the last change.

    Sessions end within weeks, and a VTIMEZONE holds a year more.
    """
    starts: dict[str, list[datetime]] = {}
    invited, latest = True, None
    for session in sessions:
        invited = invited and session.host is not None and address(session.host) is not None
        if latest is None or session.updated > latest:
            latest = session.updated
        if session.all_day or session.timezone == "UTC":
            continue
        known = starts.get(session.timezone)
        if known is None:
            starts[session.timezone] = [session.starts, session.starts]
        elif session.starts < known[0]:
            known[0] = session.starts
        elif session.starts > known[1]:
            known[1] = session.starts
    spans = {key: (first, last) for key, (first, last) in starts.items()}
    return spans, invited and latest is not None, latest


def _head(
    programme: Programme | None,
    wording: Wording,
    name: str | None,
    *,
    method: bool,
    latest: datetime | None,
) -> Iterator[ContentLine]:
    yield line("VERSION", "2.0")
    yield line("PRODID", _PRODUCT)
    yield line("CALSCALE", "GREGORIAN")
    if method:  # RFC 5546 wants an ORGANIZER in each event of a published calendar
        yield line("METHOD", "PUBLISH")
    if programme and not name:  # under a name of its own it is another calendar
        yield line("UID", f"{programme.id}.cafe-ia")
    if latest:
        yield line("LAST-MODIFIED", stamp(latest))
    title = Said(without_controls(name), wording.language, "") if name else None
    if title is None and programme:
        title = wording.said(programme.title)
    if title:
        yield line("NAME", text(title.words), usual("LANGUAGE", title.language))
        yield line("X-WR-CALNAME", text(title.words))
    if programme:
        parts = [wording.said(part) for part in (programme.notice, programme.summary) if part]
        if parts:
            about = text("\n\n".join(part.words for part in parts))
            yield line("DESCRIPTION", about, usual("LANGUAGE", parts[0].language))
            yield line("X-WR-CALDESC", about)
    yield line("REFRESH-INTERVAL", _REFRESH, usual("VALUE", "DURATION"))
    yield line("X-PUBLISHED-TTL", _REFRESH)
