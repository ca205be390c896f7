"""`cafe-ia session new | show | move | postpone | cancel`: one café."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cafe_ia.cli.given import Json, Lang, Name, ProgrammeFolder, Text, now, opened
from cafe_ia.cli.help import SpeakingCommand, SpeakingGroup
from cafe_ia.cli.screen import Failure, Screen

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from cafe_ia.files import Reading
    from cafe_ia.session import Session, Step

__all__ = ["app"]

app = typer.Typer(cls=SpeakingGroup, rich_markup_mode=None, no_args_is_help=True)


@app.command(cls=SpeakingCommand)
def new(  # noqa: PLR0913 # one flag for each question
    context: typer.Context,
    *,
    title: Text = None,
    starts: Annotated[str | None, typer.Option(metavar="TIME")] = None,
    seats: Annotated[str | None, typer.Option(metavar="NUMBER")] = None,
    minutes: Annotated[str | None, typer.Option(metavar="NUMBER")] = None,
    venue: Text = None,
    spoken: Text = None,
    module: Text = None,
    name: Annotated[str | None, typer.Option("--id", metavar="ID")] = None,
    programme: ProgrammeFolder = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Write a new session."""
    from cafe_ia.checks.welcome import needed_minutes
    from cafe_ia.files import add_session, new_record, slug
    from cafe_ia.files.changing import venue_named
    from cafe_ia.files.starting import read_field
    from cafe_ia.session import Session

    del lang, json
    screen: Screen = context.obj
    reading, record = opened(programme)
    language = record.language
    screen.need({"--title": title, "--starts": starts})

    def field(name: str) -> Any:
        return lambda typed: read_field(Session, name, typed, language=language)

    def unless_none(name: str) -> Any:
        return lambda typed: None if typed == "-" else field(name)(typed)

    def short_name(typed: str) -> str | None:
        return None if typed == "-" else venue_named(record, typed)

    def tags(typed: str) -> Any:
        words = [word for word in typed.replace(",", " ").replace("،", " ").split() if word != "-"]
        return field("spoken")(words)

    data: dict[str, Any] = {
        "title": screen.ask("session_title", title, "--title", read=field("title")),
        "starts": screen.ask("starts", starts, "--starts", read=field("starts")),
        "seats": screen.ask("seats", seats, "--seats", default="15", read=field("seats")),
    }
    usual = str(needed_minutes(data["seats"]))
    data["minutes"] = screen.ask(
        "minutes", minutes, "--minutes", default=usual, read=field("minutes")
    )
    where = None
    if record.venues or venue:
        if venue is None and screen.asks:
            screen.say("venues", known=", ".join(record.venues))
        only = next(iter(record.venues)) if len(record.venues) == 1 else "-"
        where = screen.ask("session_venue", venue, "--venue", default=only, read=short_name)
    data["spoken"] = screen.ask("spoken", spoken, "--spoken", default="ary, fr", read=tags)
    topic = screen.ask("module", module, "--module", default="-", read=unless_none("module"))
    if topic is not None:
        data |= {"module": topic, "agenda": ()}
        folder = _module_folder(reading, topic)
        if folder is not None:
            data["agenda"] = _agenda(screen, folder, data["seats"], data["minutes"])
    place = record.venues[where] if where else None
    town = next(iter(place.city.values())) if place and place.city else ""
    about = topic or slug(next(iter(data["title"].values())))[:40].strip("-")
    spelled = slug(f"{data['starts']:%Y-%m-%d}", town, about or "cafe")
    data |= {
        "id": name or (spelled if about else _free(spelled, reading)),
        "updated": now().replace(microsecond=0),
        "timezone": record.timezone,
        "venue": place,
    }
    session = new_record(Session, data, language=language)
    path = add_session(reading.folder, session, venue=where, timezone=record.timezone)
    screen.answer["written"] = [str(path)]
    screen.say("session_written", file=path)
    _look(screen, reading.folder, session.id)


def _module_folder(reading: Reading, module: str) -> Path | None:
    """Where a module is written: in the programme, else in the library; nothing if it is not."""
    from cafe_ia.files.library import MODULE, MODULES, own_curricula

    for root in (reading.folder, own_curricula()):
        if (root / MODULES / module / MODULE).is_file():
            return root / MODULES / module
    return None


def _agenda(screen: Screen, module: Path, seats: int, minutes: int) -> tuple[Step, ...]:
    """A module's agenda, fitted to the café; none where it cannot be."""
    from cafe_ia.cli.lessons import left_out
    from cafe_ia.files import load_module
    from cafe_ia.planning import plan
    from cafe_ia.problem import RecordError

    try:
        agenda = plan(load_module(module), seats, minutes)
    except RecordError as error:  # a café of a whole day is no evening; it goes without
        screen.problems(error.problems)
        return ()
    left_out(screen, agenda)
    return agenda.session_steps()


@app.command(cls=SpeakingCommand)
def show(  # noqa: PLR0913 # one flag for each choice
    context: typer.Context,
    session: Annotated[str | None, typer.Argument(metavar="[SESSION]")] = None,
    *,
    today: Annotated[str | None, typer.Option(metavar="DATE")] = None,
    programme: ProgrammeFolder = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Show the programme, the next café first."""
    from cafe_ia.cli.listing import show_programme
    from cafe_ia.entry import plain
    from cafe_ia.files import session_of
    from cafe_ia.files.starting import read_field
    from cafe_ia.session import Session

    del lang, json
    screen: Screen = context.obj
    reading, record = opened(programme)

    def day(typed: str) -> datetime:
        moment: datetime = read_field(Session, "updated", typed, language=record.language)
        return moment

    moment = screen.ask("today", today, "--today", read=day) if today is not None else now()
    shown = record.only(session=session_of(reading, plain(session)).id) if session else record
    show_programme(screen, shown, moment, whole=session is not None)
    broken = [one for one in reading.problems if one.severity.value == "error"]
    if broken and session is None:
        screen.line()
        screen.problems(broken)
        screen.say("some_broken")
        raise Failure(1)


@app.command(cls=SpeakingCommand)
def move(  # noqa: PLR0913 # one flag for each thing that may change
    context: typer.Context,
    session: Name,
    *,
    starts: Annotated[str | None, typer.Option(metavar="TIME")] = None,
    venue: Text = None,
    minutes: Annotated[str | None, typer.Option(metavar="NUMBER")] = None,
    programme: ProgrammeFolder = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Give a café another time or place."""
    from cafe_ia.files import move_session
    from cafe_ia.problem import Problem, RecordError

    del lang, json
    if starts is None and venue is None and minutes is None:
        raise RecordError([Problem("option-missing", {"flags": "--starts, --venue, --minutes"})])

    def to_there(folder: Path, name: str) -> Session:
        return move_session(
            folder, name, starts=starts, venue=venue, minutes=minutes, updated=now()
        )

    _change(context.obj, programme, session, "moved", to_there)


@app.command(cls=SpeakingCommand)
def postpone(
    context: typer.Context,
    session: Name,
    *,
    programme: ProgrammeFolder = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Say that a café does not take place at its time."""
    from cafe_ia.files import postpone_session

    del lang, json

    def later(folder: Path, name: str) -> Session:
        return postpone_session(folder, name, updated=now())

    _change(context.obj, programme, session, "postponed", later)


@app.command(cls=SpeakingCommand)
def cancel(
    context: typer.Context,
    session: Name,
    *,
    programme: ProgrammeFolder = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Say that a café does not take place."""
    from cafe_ia.files import cancel_session

    del lang, json

    def no_more(folder: Path, name: str) -> Session:
        return cancel_session(folder, name, updated=now())

    _change(context.obj, programme, session, "cancelled", no_more)


def _free(name: str, reading: Reading) -> str:
    """The name, with a number behind it where another session has it already.

    For a title without a Latin letter: two of one day have the same name and are not the same.
    """
    taken, number = name, 1
    while taken in reading.sources:
        number += 1
        taken = f"{name}-{number}"
    return taken


def _change(
    screen: Screen,
    programme: Path | None,
    typed: str,
    key: str,
    change: Callable[[Path, str], Session],
) -> None:
    """Change a session, and tell what was changed and what follows from it."""
    from cafe_ia.entry import plain
    from cafe_ia.files import session_of
    from cafe_ia.wording import when

    reading, record = opened(programme)
    before = session_of(reading, plain(typed))
    session = change(reading.folder, before.id)
    screen.answer["session"] = session.model_dump(mode="json", exclude_defaults=True)
    screen.answer["changed"] = session.revision != before.revision
    if not screen.answer["changed"]:
        screen.say("unchanged", id=session.id)
        return
    told = when(session, screen.language, home=record.timezone)
    screen.say(key, id=session.id, when=told, revision=session.revision)
    _look(screen, reading.folder, session.id)
    screen.say("next_feed")


def _look(screen: Screen, folder: Path, name: str) -> None:
    """Problems of one session as it stands now."""
    from cafe_ia.checks import check
    from cafe_ia.files import read_programme
    from cafe_ia.files.library import modules_for

    reading = read_programme(folder)
    if reading.programme is not None:
        found = check(reading.programme, modules=modules_for(folder))
        mine = [one for one in found if one.path[:2] == ("sessions", name)]
        screen.problems(reading.located(one) for one in mine)
