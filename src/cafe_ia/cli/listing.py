"""A programme in the terminal: what comes next comes first."""

from __future__ import annotations

import textwrap
from datetime import datetime
from typing import TYPE_CHECKING

from cafe_ia.cli.screen import Screen
from cafe_ia.phrases import say
from cafe_ia.programme import Programme
from cafe_ia.session import Session, Status
from cafe_ia.wording import access_sentences, language_names, place_line, status_title, when

if TYPE_CHECKING:
    from rich.console import Console

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
    console = _console()
    if not whole:
        title = programme.say(programme.title, screen.language)
        console.print(title.words, style="bold")
        if programme.notice:
            for line in _wrapped(programme.say(programme.notice, screen.language).words, console):
                console.print(line, style="italic")
    for heading, sessions in (("coming", coming), ("past", past)):
        if sessions:
            if not whole:
                console.print(f"\n{say('screens', f'say.{heading}', screen.language)}", style="bold")
            for session in sessions:
                _print(console, screen, programme, session, whole=whole)


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False, soft_wrap=True)


def _wrapped(words: str, console: Console, indent: str = "") -> list[str]:
    width = min(console.width, 100)
    return textwrap.wrap(words, width, initial_indent=indent, subsequent_indent=indent) or [""]


def _print(
    console: Console, screen: Screen, programme: Programme, session: Session, *, whole: bool
) -> None:
    language = screen.language
    console.print()
    style = "dim" if not session.takes_place else "bold cyan"
    console.print(when(session, language, home=programme.timezone), style=style)
    title = programme.say(session.title, language).words
    words = status_title(title, session.status, language)
    for line in _wrapped(words, console, "  "):
        console.print(line, style="strike" if session.status is Status.CANCELLED else "")
    facts = []
    if session.venue:
        facts.append(place_line(session.venue, language, fallback=programme.fallbacks))
    if session.online:
        facts.append(session.online)
    if session.spoken:
        facts.append(language_names(session.spoken, language))
    if whole:
        if session.summary:
            facts.insert(0, programme.say(session.summary, language).words)
        facts += access_sentences(session, language)
        facts += [f"{step.minutes:>3} min · {programme.say(step.title, language).words}" for step in session.agenda]
    for fact in facts:
        for line in _wrapped(fact, console, "  "):
            console.print(line)
    console.print(f"  {session.id}", style="dim")
