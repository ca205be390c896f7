"""`cafe-ia calendar export | import`: a programme out to calendars and in from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cafe_ia.cli.help import SpeakingCommand, SpeakingGroup
from cafe_ia.cli.screen import (
    As,
    Failure,
    Json,
    Lang,
    ProgrammeFolder,
    Screen,
    reading_of,
    write_out,
)

if TYPE_CHECKING:
    from datetime import date

    from cafe_ia.programme import Programme

__all__ = ["app"]

app = typer.Typer(cls=SpeakingGroup, rich_markup_mode=None, no_args_is_help=True)


class Format(StrEnum):
    """What a programme can be exported to."""

    ICS = "ics"
    JSONLD = "jsonld"
    CSV = "csv"
    HTML = "html"


class Each(StrEnum):
    """What gets a file of its own."""

    SESSION = "session"
    CITY = "city"
    LANGUAGE = "language"


@app.command(cls=SpeakingCommand)
def export(  # noqa: PLR0913 # one flag for each choice
    context: typer.Context,
    to: Annotated[Format, typer.Option("--to", metavar="ics|jsonld|csv|html")] = Format.ICS,
    session: Annotated[str | None, typer.Option(metavar="SESSION")] = None,
    city: Annotated[str | None, typer.Option(metavar="CITY")] = None,
    spoken: Annotated[str | None, typer.Option(metavar="LANG")] = None,
    each: Annotated[Each | None, typer.Option(metavar="session|city|language")] = None,
    reminder: Annotated[int | None, typer.Option(metavar="MINUTES", min=0)] = None,
    output: As = None,
    programme: ProgrammeFolder = None,
    lang: Lang = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Write the programme as a calendar, a table, JSON-LD or a page."""
    from cafe_ia.problem import Problem, RecordError, Severity

    del json
    screen: Screen = context.obj
    reading = reading_of(programme)
    errors = [one for one in reading.problems if one.severity is Severity.ERROR]
    if errors:  # a feed without the broken sessions would cancel them in silence
        raise RecordError(errors)
    record = reading.programme
    assert record is not None  # noqa: S101 # reading_of raises otherwise
    chosen = record.only(session=session, city=city, spoken=spoken)
    if not chosen.sessions:
        raise RecordError([Problem("nothing-to-export")])
    language = _text_language(lang, screen.language)
    if each is None:
        if screen.json and output is None:
            raise RecordError([Problem("answer-missing", {"name": "output", "flag": "-o FILE"})])
        write_out(screen, _made(chosen, to, language, reminder), output)
        return
    folder = output or Path()
    folder.mkdir(parents=True, exist_ok=True)
    for name, part, tag in _parts(chosen, each, language):
        write_out(screen, _made(part, to, tag, reminder), folder / f"{name}.{to.value}")


def _text_language(asked: str | None, interface: str) -> str:
    """The language of the texts: any tag, where messages only speak three."""
    from pydantic_core import PydanticCustomError

    from cafe_ia.problem import Problem, RecordError
    from cafe_ia.text import language_tag

    try:
        return language_tag(asked) if asked else interface
    except PydanticCustomError as error:
        raise RecordError([Problem(error.type, error.context or {})]) from None


def _made(programme: Programme, to: Format, language: str, reminder: int | None) -> bytes:
    from cafe_ia.calendar import to_ics
    from cafe_ia.exchange import to_csv, to_jsonld
    from cafe_ia.page import to_html
    from cafe_ia.phrases import interface_language

    if to is Format.ICS:
        return to_ics(programme, language=language, reminder=reminder)
    if to is Format.HTML:
        return to_html(programme)
    make: Callable[..., bytes] = to_jsonld if to is Format.JSONLD else to_csv
    return make(programme, language=interface_language(language, {}))


def _parts(
    programme: Programme, each: Each, language: str
) -> Iterator[tuple[str, Programme, str]]:
    """A name, the sessions and the language of each file."""
    from cafe_ia.files import slug
    from cafe_ia.phrases import LANGUAGES

    if each is Each.LANGUAGE:
        for tag in LANGUAGES:
            yield f"{programme.id}.{tag}", programme, tag
    elif each is Each.SESSION:
        for session in programme.sessions:
            yield session.id, programme.only(session=session.id), language
    else:
        towns: dict[str, None] = {}
        for session in programme.sessions:
            if session.venue and session.venue.city:
                towns[next(iter(session.venue.city.values()))] = None
        for town in towns:
            yield slug(town) or f"city-{len(towns)}", programme.only(city=town), language


@app.command("import", cls=SpeakingCommand)
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    first: Annotated[str | None, typer.Option("--from", metavar="DATE")] = None,
    last: Annotated[str | None, typer.Option("--until", metavar="DATE")] = None,
    programme: ProgrammeFolder = None,
    lang: Lang = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Make session files of a calendar's events."""
    from cafe_ia.calendar import from_ics
    from cafe_ia.calendar.writing import uid_of
    from cafe_ia.files import add_session
    from cafe_ia.problem import Place, Problem, RecordError

    del lang, json
    screen: Screen = context.obj
    reading = reading_of(programme)
    record = reading.programme
    assert record is not None  # noqa: S101 # reading_of raises otherwise
    try:
        content = file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RecordError([Problem("file-unreadable", {"reason": reason}, place=Place(str(file)))]) from None
    found = from_ics(
        content,
        timezone=record.timezone,
        language=record.language,
        window=_window(first, last),
        file=str(file),
    )
    screen.problems(found.problems)
    known = {uid_of(one): one.id for one in record.sessions}
    written = []
    for session in found.sessions:
        if uid_of(session) in known:
            values = {"uid": uid_of(session), "name": known[uid_of(session)]}
            screen.problems([Problem("ics-session-known", values, place=Place(str(file)))])
            continue
        venue = next((key for key, one in record.venues.items() if one == session.venue), None)
        host = next((key for key, one in record.hosts.items() if one == session.host), None)
        written.append(
            add_session(reading.folder, session, venue=venue, host=host, timezone=record.timezone)
        )
    screen.answer |= {"written": [str(path) for path in written]}
    screen.say("imported", count=len(written), folder=reading.folder)
    if any(one.code in ("ics-not-calendar", "file-encoding") for one in found.problems):
        raise Failure(2)
    if any(one.severity.value == "error" for one in found.problems):
        raise Failure(1)


def _window(first: str | None, last: str | None) -> tuple[date, date] | None:
    """The days from and until which repeated events are taken."""
    from datetime import datetime, timedelta

    from cafe_ia.files.starting import read_field
    from cafe_ia.session import Session

    days = []
    for typed in (first, last):
        moment = read_field(Session, "updated", typed, language="fr") if typed else None
        days.append(moment.date() if isinstance(moment, datetime) else None)
    start, end = days
    if start is None and end is None:
        return None
    if start is None:
        assert end is not None  # noqa: S101 # one of the two is given
        start = end - timedelta(days=366)
    return start, end or start + timedelta(days=366)
