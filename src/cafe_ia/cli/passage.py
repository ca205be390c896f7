"""What the calendar commands do between reading a programme and writing files."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from cafe_ia.calendar import to_ics
from cafe_ia.calendar.saying import uid_of
from cafe_ia.cli.given import chosen
from cafe_ia.entry import plain, whole_number
from cafe_ia.exchange import to_csv, to_jsonld
from cafe_ia.files import add_session, session_of, slug
from cafe_ia.files.starting import read_field
from cafe_ia.page import to_html
from cafe_ia.phrases import LANGUAGES, interface_language
from cafe_ia.problem import Place, Problem, RecordError
from cafe_ia.session import Session
from cafe_ia.text import language_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from cafe_ia.calendar.reading import Imported
    from cafe_ia.cli.screen import Screen
    from cafe_ia.files import Reading
    from cafe_ia.programme import Programme

__all__ = ["made", "minutes_before", "part_of", "parts_of", "tag", "taken", "window"]

_YEAR = timedelta(days=366)

_LONGEST = 366 * 24 * 60
"""Minutes of the longest reminder: a year."""


def minutes_before(typed: str | None) -> int | None:
    """How long before a café people are reminded.

    Raises:
        RecordError: it is no whole number, a negative one, or more than a year.
    """
    try:
        minutes: int | None = whole_number(typed)
    except PydanticCustomError as error:
        raise RecordError([Problem(error.type, error.context or {}, ("--reminder",))]) from None
    if minutes is None or 0 <= minutes <= _LONGEST:
        return minutes
    bound, code = (0, "number-too-small") if minutes < 0 else (_LONGEST, "number-too-large")
    raise RecordError([Problem(code, {"field": "--reminder", "typed": minutes, "bound": bound})])


def tag(typed: str, flag: str = "--lang") -> str:
    """A language of texts: any tag, where messages only speak three.

    Raises:
        RecordError: `language-unknown`.
    """
    try:
        return language_tag(typed)
    except PydanticCustomError as error:
        raise RecordError([Problem(error.type, error.context or {}, (flag,))]) from None


def part_of(
    reading: Reading,
    programme: Programme,
    session: str | None,
    city: str | None,
    spoken: str | None,
) -> Programme:
    """The sessions that a person asks for.

    Raises:
        RecordError: there is none; no session or town has that name.
    """
    if not programme.sessions:
        raise RecordError([Problem("programme-empty")])
    if session is not None:
        session = session_of(reading, plain(session)).id
    if city is not None:
        towns = [one.venue.city for one in programme.sessions if one.venue and one.venue.city]
        city = chosen(
            city, dict.fromkeys(name for town in towns for name in town.values()), "--city"
        )
    if spoken is not None:
        spoken = tag(spoken, "--spoken")
    part = programme.only(session=session, city=city, spoken=spoken)
    if not part.sessions:
        raise RecordError([Problem("nothing-to-export")])
    return part


def made(
    programme: Programme, to: str, language: str, reminder: int | None, name: str | None = None
) -> bytes:
    """A programme in one of the formats. What speaks only three languages takes the nearest one."""
    if to == "ics":
        return to_ics(programme, language=language, name=name, reminder=reminder)
    spoken = interface_language(language, {})
    if to == "html":
        return to_html(programme, languages=(spoken, *LANGUAGES))
    make: Callable[..., bytes] = to_jsonld if to == "jsonld" else to_csv
    return make(programme, language=spoken)


def parts_of(
    programme: Programme, each: str, language: str
) -> Iterator[tuple[str, Programme, str, str | None]]:
    """The file's name, the sessions, the language and the calendar's own name of each part.

    No two files have the same name, and every session is in one: those without a town, online
    for example, come last.
    """
    title = programme.say(programme.title, language).words
    if each == "language":
        for texts in LANGUAGES:
            yield f"{programme.id}.{texts}", programme, texts, None
    elif each == "session":
        for session in programme.sessions:
            about = programme.say(session.title, language).words
            yield session.id, programme.only(session=session.id), language, about
    else:
        venues = [session.venue for session in programme.sessions if session.venue]
        towns = dict.fromkeys(next(iter(one.city.values())) for one in venues if one.city)
        used = Counter[str]()
        for town in towns:
            name = slug(town) or "city"  # a town that is written in Arabic alone
            used[name] += 1
            number = f"-{used[name]}" if used[name] > 1 else ""
            part = programme.only(city=town)
            said = next(
                programme.say(one.venue.city, language).words
                for one in part.sessions
                if one.venue and one.venue.city
            )
            yield f"{name}{number}", part, language, f"{title} · {said}"
        rest = tuple(one for one in programme.sessions if not (one.venue and one.venue.city))
        if rest:
            name = "online" if all(one.online for one in rest) else "elsewhere"
            yield name, programme.model_copy(update={"sessions": rest}), language, title


def taken(
    screen: Screen, reading: Reading, programme: Programme, found: Imported, file: str
) -> list[Path]:
    """The files of the sessions that are new; what a person wrote already is told and kept."""
    known = {uid_of(one): one.id for one in programme.sessions}
    written = []
    for session in found.sessions:
        uid = uid_of(session)
        if uid in known:
            values = {"uid": uid, "name": known[uid]}
            screen.problems([Problem("ics-session-known", values, place=Place(file))])
            continue
        venue = next((key for key, one in programme.venues.items() if one == session.venue), None)
        host = next((key for key, one in programme.hosts.items() if one == session.host), None)
        people = {one: key for key, one in programme.facilitators.items()}
        names = [people[one] for one in session.facilitators if one in people]
        try:
            path = add_session(
                reading.folder,
                session,
                venue=venue,
                host=host,
                facilitators=names if len(names) == len(session.facilitators) else (),
                timezone=programme.timezone,
            )
        except RecordError as error:
            if any(one.code != "file-exists" for one in error.problems):
                raise
            screen.problems(error.problems)
        else:
            written.append(path)
    return written


def window(first: str | None, last: str | None) -> tuple[date, date] | None:
    """The days from and until which repeated events are taken; a year where one is not said.

    Raises:
        RecordError: a day cannot be read; `ends-before-start`.
    """
    start, end = _day("--from", first), _day("--until", last)
    if start is None and end is None:
        return None
    start = start or (end - _YEAR if end else None)
    assert start is not None  # one of the two is given
    end = end or start + _YEAR
    if end < start:
        values = {"starts": f"--from {start}", "ends": f"--until {end}"}
        raise RecordError([Problem("ends-before-start", values)])
    return start, end


def _day(flag: str, typed: str | None) -> date | None:

    if typed is None:
        return None
    try:
        moment: date = read_field(Session, "updated", typed, language="fr").date()
    except RecordError as error:
        raise RecordError([replace(one, path=(flag,)) for one in error.problems]) from None
    return moment
