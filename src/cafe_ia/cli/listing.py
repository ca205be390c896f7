"""A programme in the terminal: what comes next comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cafe_ia.phrases import say
from cafe_ia.session import Session, Status
from cafe_ia.wording import (
    access_sentences,
    joined,
    language_names,
    phrase,
    place_line,
    status_title,
    when,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from cafe_ia.cli.screen import Screen
    from cafe_ia.programme import Programme

__all__ = ["show_programme"]


def show_programme(screen: Screen, programme: Programme, today: datetime, *, whole: bool) -> None:
    """Print the cafés to come in order, then those that are past, the latest first.

    Args:
        screen: Where it is shown.
        programme: The programme.
        today: The present, aware.
        whole: Show all that a session says, not only when, what and where.
    """
    coming = [one for one in programme.sessions if one.ends_at > today]
    past = [one for one in reversed(programme.sessions) if one.ends_at <= today]
    screen.answer["sessions"] = [
        one.model_dump(mode="json", exclude_defaults=True) for one in coming + past
    ]
    if screen.json:
        return
    language = screen.language
    if not whole:
        screen.styled(programme.say(programme.title, language).words, "bold")
        if programme.notice:
            screen.styled(programme.say(programme.notice, language).words, "italic")
        if not programme.sessions:
            screen.say("no_session")
    for heading, sessions in (("coming", coming), ("past", past)):
        if sessions and not whole:
            screen.styled(f"\n{say('screens', f'say.{heading}', language)}", "bold")
        for session in sessions:
            screen.line()
            screen.styled(
                when(session, language, home=programme.timezone),
                "bold cyan" if session.takes_place else "dim",
            )
            title = status_title(
                programme.say(session.title, language).words, session.status, language
            )
            screen.styled(f"  {title}", "strike" if session.status is Status.CANCELLED else "bold")
            for fact in _facts(programme, session, language, whole=whole):
                screen.styled(f"  {fact}")
            screen.styled(f"  {session.id}", "dim")


def _facts(programme: Programme, session: Session, language: str, *, whole: bool) -> list[str]:
    """Where, in which languages; and all the rest where the whole is asked for."""
    facts = []
    if whole and session.summary:
        facts.append(programme.say(session.summary, language).words)
    if session.venue:
        facts.append(place_line(session.venue, language, fallback=programme.fallbacks))
    if session.online:
        facts.append(session.online)
    if session.spoken:
        facts.append(language_names(session.spoken, language))
    return facts + list(_more(programme, session, language)) if whole else facts


def _more(programme: Programme, session: Session, language: str) -> Iterator[str]:
    """What a person needs to decide and to come, then the steps."""
    if session.audiences:
        names = [phrase(f"audience.{one.value}", language) for one in session.audiences]
        yield phrase("list.separator", language).join(names)
    if session.facilitators:
        people = [one.name for one in session.facilitators]
        yield say("screens", "say.led_by", language, names=joined(people, language))
    if session.seats:
        yield say("screens", "say.seats", language, count=session.seats)
    if session.venue and session.venue.how_to_come:
        way = programme.say(session.venue.how_to_come, language).words
        yield phrase("calendar.how_to_come", language, way=way)
    yield from access_sentences(session, language)
    if session.access and session.access.notes:
        yield programme.say(session.access.notes, language).words
    if session.registration:
        yield phrase("calendar.registration", language, url=session.registration)
    if session.url:
        yield session.url
    for step in session.agenda:
        title = programme.say(step.title, language).words
        yield say("screens", "say.step", language, minutes=step.minutes, title=title)
