"""`cafe-ia calendar export | import`: a programme out to calendars and in from them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cafe_ia.cli.given import As, Json, Lang, ProgrammeFolder, chosen, opened, write_out
from cafe_ia.cli.help import SpeakingCommand, SpeakingGroup
from cafe_ia.cli.screen import Failure, Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from cafe_ia.calendar.reading import Imported
    from cafe_ia.files import Reading
    from cafe_ia.programme import Programme

__all__ = ["app"]

app = typer.Typer(cls=SpeakingGroup, rich_markup_mode=None, no_args_is_help=True)

_FORMATS = ("ics", "jsonld", "csv", "html")
"""What a programme can be exported to."""

_EACH = ("session", "city", "language")
"""What can get a file of its own."""


@app.command(cls=SpeakingCommand)
def export(  # noqa: PLR0913 # one flag for each choice
    context: typer.Context,
    *,
    to: Annotated[str, typer.Option(metavar="|".join(_FORMATS))] = "ics",
    session: Annotated[str | None, typer.Option(metavar="SESSION")] = None,
    city: Annotated[str | None, typer.Option(metavar="CITY")] = None,
    spoken: Annotated[str | None, typer.Option(metavar="LANG")] = None,
    each: Annotated[str | None, typer.Option(metavar="|".join(_EACH))] = None,
    reminder: Annotated[str | None, typer.Option(metavar="MINUTES")] = None,
    output: As = None,
    programme: ProgrammeFolder = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Write the programme as a calendar, a table, JSON-LD or a page."""
    from cafe_ia.files.starting import make_folder
    from cafe_ia.problem import Problem, RecordError, Severity

    del json
    screen: Screen = context.obj
    to = chosen(to, _FORMATS, "--to")
    each = chosen(each, _EACH, "--each") if each is not None else None
    minutes = _minutes(reminder)
    language = _tag(lang) if lang else screen.language
    reading, record = opened(programme)
    errors = [one for one in reading.problems if one.severity is Severity.ERROR]
    if errors:  # a feed without the broken sessions would cancel them in silence
        raise RecordError(errors)
    part = _part(reading, record, session, city, spoken)
    if each is None:
        content = _made(part, to, language, minutes)
        if screen.json and output is None:
            screen.answer["content"] = content.decode()
        else:
            write_out(screen, content, output)
        return
    if screen.json and output is None:
        raise RecordError([Problem("option-missing", {"flags": "-o"})])
    folder = output or Path()
    make_folder(folder)
    for name, one, tag in _parts(part, each, language):
        write_out(screen, _made(one, to, tag, minutes), folder / f"{name}.{to}")


def _minutes(typed: str | None) -> int | None:
    """How long before a café people are reminded.

    Raises:
        RecordError: it is no whole number, or a negative one.
    """
    from pydantic_core import PydanticCustomError

    from cafe_ia.entry import whole_number
    from cafe_ia.problem import Problem, RecordError

    try:
        minutes: int | None = whole_number(typed)
    except PydanticCustomError as error:
        raise RecordError([Problem(error.type, error.context or {}, ("--reminder",))]) from None
    for bound, code in ((0, "number-too-small"), (366 * 24 * 60, "number-too-large")):
        if minutes is not None and (minutes < bound if bound == 0 else minutes > bound):
            values = {"field": "--reminder", "typed": minutes, "bound": bound}
            raise RecordError([Problem(code, values)])
    return minutes


def _tag(typed: str, flag: str = "--lang") -> str:
    """A language of texts: any tag, where messages only speak three.

    Raises:
        RecordError: `language-unknown`.
    """
    from pydantic_core import PydanticCustomError

    from cafe_ia.problem import Problem, RecordError
    from cafe_ia.text import language_tag

    try:
        return language_tag(typed)
    except PydanticCustomError as error:
        raise RecordError([Problem(error.type, error.context or {}, (flag,))]) from None


def _part(
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
    from cafe_ia.entry import plain
    from cafe_ia.files import session_of
    from cafe_ia.problem import Problem, RecordError

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
        spoken = _tag(spoken, "--spoken")
    part = programme.only(session=session, city=city, spoken=spoken)
    if not part.sessions:
        raise RecordError([Problem("nothing-to-export")])
    return part


def _made(programme: Programme, to: str, language: str, reminder: int | None) -> bytes:
    from cafe_ia.calendar import to_ics
    from cafe_ia.exchange import to_csv, to_jsonld
    from cafe_ia.page import to_html
    from cafe_ia.phrases import interface_language

    if to == "ics":
        return to_ics(programme, language=language, reminder=reminder)
    if to == "html":
        return to_html(programme)
    make: Callable[..., bytes] = to_jsonld if to == "jsonld" else to_csv
    return make(programme, language=interface_language(language, {}))


def _parts(programme: Programme, each: str, language: str) -> Iterator[tuple[str, Programme, str]]:
    """A name, the sessions and the language of each file; no two have the same name."""
    from cafe_ia.files import slug
    from cafe_ia.phrases import LANGUAGES

    if each == "language":
        for tag in LANGUAGES:
            yield f"{programme.id}.{tag}", programme, tag
    elif each == "session":
        for session in programme.sessions:
            yield session.id, programme.only(session=session.id), language
    else:
        venues = [session.venue for session in programme.sessions if session.venue]
        towns = dict.fromkeys(next(iter(one.city.values())) for one in venues if one.city)
        used = Counter[str]()
        for town in towns:
            name = slug(town) or "city"  # a town that is written in Arabic alone
            used[name] += 1
            number = f"-{used[name]}" if used[name] > 1 else ""
            yield f"{name}{number}", programme.only(city=town), language


@app.command("import", cls=SpeakingCommand)
def import_(  # noqa: PLR0913 # one flag for each choice
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    *,
    first: Annotated[str | None, typer.Option("--from", metavar="DATE")] = None,
    last: Annotated[str | None, typer.Option("--until", metavar="DATE")] = None,
    programme: ProgrammeFolder = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Make session files of a calendar's events."""
    from cafe_ia.calendar import from_ics
    from cafe_ia.problem import Place, Problem, RecordError

    del lang, json
    screen: Screen = context.obj
    window = _window(first, last)
    reading, record = opened(programme)
    try:
        content = file.read_bytes()
    except OSError as error:
        values = {"reason": error.strerror or type(error).__name__}
        raise RecordError([Problem("file-unreadable", values, place=Place(str(file)))]) from None
    found = from_ics(
        content,
        timezone=record.timezone,
        language=record.language,
        window=window,
        file=str(file),
    )
    screen.problems(found.problems)
    codes = {one.code for one in found.problems}
    if codes & {"ics-not-calendar", "file-encoding"}:
        raise Failure(2)
    written = _taken(screen, reading, record, found, str(file))
    screen.answer["written"] = [str(path) for path in written]
    screen.say("imported", count=len(written), folder=reading.folder)
    if any(one.severity.value == "error" for one in found.problems):
        raise Failure(1)


def _taken(
    screen: Screen, reading: Reading, programme: Programme, found: Imported, file: str
) -> list[Path]:
    """The files of the sessions that are new; what a person wrote already is told and kept."""
    from cafe_ia.calendar.writing import uid_of
    from cafe_ia.files import add_session
    from cafe_ia.problem import Place, Problem, RecordError

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
        zone = programme.timezone
        try:
            path = add_session(reading.folder, session, venue=venue, host=host, timezone=zone)
        except RecordError as error:
            if any(one.code != "file-exists" for one in error.problems):
                raise
            screen.problems(error.problems)
        else:
            written.append(path)
    return written


def _window(first: str | None, last: str | None) -> tuple[date, date] | None:
    """The days from and until which repeated events are taken; a year where one is not said.

    Raises:
        RecordError: a day cannot be read; `ends-before-start`.
    """
    from datetime import timedelta

    from cafe_ia.problem import Problem, RecordError

    start, end = _day("--from", first), _day("--until", last)
    if start is None and end is None:
        return None
    year = timedelta(days=366)
    start = start or (end - year if end else None)
    assert start is not None  # one of the two is given
    end = end or start + year
    if end < start:
        values = {"starts": f"--from {start}", "ends": f"--until {end}"}
        raise RecordError([Problem("ends-before-start", values)])
    return start, end


def _day(flag: str, typed: str | None) -> date | None:
    from dataclasses import replace

    from cafe_ia.files.starting import read_field
    from cafe_ia.problem import RecordError
    from cafe_ia.session import Session

    if typed is None:
        return None
    try:
        moment: date = read_field(Session, "updated", typed, language="fr").date()
    except RecordError as error:
        raise RecordError([replace(one, path=(flag,)) for one in error.problems]) from None
    return moment
