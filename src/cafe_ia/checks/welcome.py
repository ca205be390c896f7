"""The welcome: whether everyone who comes finds the place, a way in, a turn and their language.

These rules speak of people who are about to come: a café that is cancelled, or whose new date
is not known yet, is not asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cafe_ia.checks.rules import Finding, Ground, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cafe_ia.session import Access

CIRCLE = 20
"""People in a circle in which each can still speak (the Cafés IA's own format)."""

SMALL_CIRCLE = 15
"""People for whom an hour is enough."""


def needed_minutes(seats: int) -> int:
    """The minutes that so many people need for each to speak."""
    return 60 if seats <= SMALL_CIRCLE else 90


@rule("group-too-large")
def group_too_large(ground: Ground) -> Iterator[Finding]:
    """More seats than a circle holds."""
    for meeting in ground.coming:
        seats = meeting.session.seats
        if seats is not None and seats > CIRCLE:
            yield (*meeting.path, "seats"), {"seats": seats}


@rule("time-too-short")
def time_too_short(ground: Ground) -> Iterator[Finding]:
    """Fewer minutes than so many people need."""
    for meeting in ground.coming:
        session = meeting.session
        if session.seats is None:
            continue
        needed = needed_minutes(session.seats)
        if session.minutes < needed:
            values = {"seats": session.seats, "needed": needed, "minutes": session.minutes}
            yield (*meeting.path, "seats"), values


@rule("language-without-facilitator")
def language_without_facilitator(ground: Ground) -> Iterator[Finding]:
    """A language that people may speak, and that none of the named facilitators speaks.

    Tags are compared by their language alone (`ary-Latn` is Darija), and no language stands in
    for another: who speaks Darija may not be at ease in standard Arabic (`ar`), nor the other
    way round, and Tachelhit is not Tamazight. Where no one is named, or the languages of one of
    them are not given, nothing is known, and nothing is said.
    """
    for meeting in ground.coming:
        people = meeting.session.facilitators
        if not people or not all(one.speaks for one in people):
            continue
        heard = {_language(tag) for one in people for tag in one.speaks}
        for n, tag in enumerate(meeting.session.spoken):
            if _language(tag) not in heard:
                yield (*meeting.path, "spoken", n), {"language": tag}


@rule("access-missing")
def access_missing(ground: Ground) -> Iterator[Finding]:
    """A café in a room of which nothing says who can come in."""
    for meeting in ground.coming:
        venue = meeting.session.venue
        if venue is not None and venue.step_free is None and not _says(meeting.session.access):
            yield (*meeting.path, "venue"), {}


@rule("place-missing")
def place_missing(ground: Ground) -> Iterator[Finding]:
    """A café that is nowhere: neither in a room nor online."""
    for meeting in ground.coming:
        if meeting.session.venue is None and meeting.session.online is None:
            yield meeting.path, {}


def _language(tag: str) -> str:
    return tag.partition("-")[0]


def _says(access: Access | None) -> bool:
    return access is not None and any(value is not None for _, value in access)
