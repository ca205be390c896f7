"""Days on which people are elsewhere: public holidays, feasts, and sunset in Ramadan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from cafe_ia.checks.almanac import MOROCCO, RABAT, feasts_near, in_ramadan, public_holidays, sunset
from cafe_ia.checks.rules import Finding, Ground, Meeting, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cafe_ia.session import Session

AT_TABLE = timedelta(minutes=45)
"""How long before and after sunset nobody comes to a café in Ramadan."""


@rule("public-holiday")
def public_holiday(ground: Ground) -> Iterator[Finding]:
    """A café in Morocco on a fixed public holiday."""
    for meeting in ground.coming:
        if not _in_morocco(meeting.session):
            continue
        for day in _days(meeting):
            for name in public_holidays(day):
                yield (*meeting.path, "starts"), {"day": day, "holiday": name}


@rule("islamic-feast")
def islamic_feast(ground: Ground) -> Iterator[Finding]:
    """A café on the estimated day of a feast, or a day before or after.

    People keep these feasts wherever they live: the café need not be in Morocco.
    """
    for meeting in ground.coming:
        told: set[str] = set()
        for day in _days(meeting):
            for feast, name in feasts_near(day):
                if name["ar"] not in told:
                    told.add(name["ar"])
                    yield (*meeting.path, "starts"), {"day": feast, "holiday": name}


@rule("ramadan-sunset")
def ramadan_sunset(ground: Ground) -> Iterator[Finding]:
    """A café in Ramadan that begins when the fast is broken, online as in a room."""
    for meeting in ground.coming:
        session, day = meeting.session, meeting.starts.date()
        if session.all_day or not in_ramadan(day):
            continue
        point = _point(session)
        sets = sunset(day, point, session.timezone) if point else None
        if sets is not None and abs(meeting.starts - sets) < AT_TABLE:
            values = {"sunset": f"{sets:%H:%M}", "starts": f"{meeting.starts:%H:%M}"}
            yield (*meeting.path, "starts"), values


def _days(meeting: Meeting) -> list[date]:
    """The local dates that a meeting touches."""
    first = meeting.starts.date()
    last = (meeting.starts + timedelta(minutes=meeting.session.minutes - 1)).date()
    if first == last:
        return [first]
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _in_morocco(session: Session) -> bool:
    return session.timezone in MOROCCO or (
        session.venue is not None and session.venue.region is not None
    )


def _point(session: Session) -> tuple[float, float] | None:
    """Where to look for sunset; nowhere for a room abroad that is not on the map."""
    venue = session.venue
    if venue is not None and venue.location is not None:
        return venue.location.lat, venue.location.lon
    return RABAT if venue is None or _in_morocco(session) else None
