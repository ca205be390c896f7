"""`cafe-ia session new | show | move | postpone | cancel`: one café."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cafe_ia.cli.help import SpeakingCommand, SpeakingGroup
from cafe_ia.cli.screen import Json, Lang, ProgrammeFolder, Screen, now, reading_of, the_folder

if TYPE_CHECKING:
    from cafe_ia.session import Session

__all__ = ["app"]

app = typer.Typer(cls=SpeakingGroup, rich_markup_mode=None, no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="SESSION")]
Text = Annotated[str | None, typer.Option(metavar="TEXT")]
Number = Annotated[int | None, typer.Option(metavar="NUMBER")]


@app.command(cls=SpeakingCommand)
def new(  # noqa: PLR0913 # one flag for each question
    context: typer.Context,
    title: Text = None,
    starts: Annotated[str | None, typer.Option(metavar="TIME")] = None,
    minutes: Text = None,
    venue: Text = None,
    seats: Text = None,
    spoken: Text = None,
    module: Text = None,
    name: Annotated[str | None, typer.Option("--id", metavar="ID")] = None,
    programme: ProgrammeFolder = None,
    lang: Lang = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Write a new session."""
    from cafe_ia.files import add_session, new_record, slug
    from cafe_ia.files.starting import read_field
    from cafe_ia.problem import Problem, RecordError
    from cafe_ia.session import Session

    del lang, json
    screen: Screen = context.obj
    reading = reading_of(programme)
    record = reading.programme
    assert record is not None  # noqa: S101 # reading_of raises otherwise
    language = record.language

    def answer(field: str) -> Any:
        return lambda typed: read_field(Session, field, typed, language=language)

    data: dict[str, Any] = {
        "title": screen.ask("session_title", title, "--title", read=answer("title")),
        "starts": screen.ask("starts", starts, "--starts", read=answer("starts")),
        "seats": screen.ask("seats", seats, "--seats", default="15", read=answer("seats")),
    }
    usual = "60" if data["seats"] <= 15 else "90"  # noqa: PLR2004 # the recipe of the café
    data["minutes"] = screen.ask("minutes", minutes, "--minutes", default=usual, read=answer("minutes"))

    def known(short: str) -> str | None:
        if short != "-" and short not in record.venues:
            values = {"name": short, "group": "venues", "near": "", "known": ", ".join(record.venues) or "–"}
            raise RecordError([Problem("name-unknown", values)])
        return None if short == "-" else short

    only = next(iter(record.venues)) if len(record.venues) == 1 else "-"
    where = screen.ask("session_venue", venue, "--venue", default=only, read=known)

    def tags(typed: str) -> Any:
        words = [word for word in typed.replace(",", " ").split() if word != "-"]
        return read_field(Session, "spoken", words, language=language)

    data["spoken"] = screen.ask("spoken", spoken, "--spoken", default="ary, fr", read=tags)
    topic = screen.ask("module", module, "--module", default="-", read=str)
    if topic != "-":
        data["module"] = topic
    place = record.venues[where] if where else None
    town = next(iter(place.city.values())) if place and place.city else ""
    words = next(iter(data["title"].values()))
    about = topic if topic != "-" else slug(words)[:40].strip("-") or "cafe"
    data |= {
        "id": name or slug(f"{data['starts']:%Y-%m-%d}", town, about),
        "updated": now().replace(microsecond=0),
        "timezone": record.timezone,
        "venue": place,
    }
    session = new_record(Session, data, language=language)
    path = add_session(reading.folder, session, venue=where, timezone=record.timezone)
    screen.answer["written"] = [str(path)]
    screen.say("session_written", file=path)
    _look(screen, reading.folder, session.id)


@app.command(cls=SpeakingCommand)
def show(
    context: typer.Context,
    session: Annotated[str | None, typer.Argument(metavar="[SESSION]")] = None,
    today: Annotated[str | None, typer.Option(metavar="DATE")] = None,
    programme: ProgrammeFolder = None,
    lang: Lang = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show the programme, the next café first."""
    from cafe_ia.cli.listing import show_programme
    from cafe_ia.files import session_of
    from cafe_ia.files.starting import read_field
    from cafe_ia.session import Session

    del lang, json
    screen: Screen = context.obj
    reading = reading_of(programme)
    record = reading.programme
    assert record is not None  # noqa: S101 # reading_of raises otherwise
    moment = now()
    if today is not None:
        day = read_field(Session, "updated", today, language=record.language)
        assert isinstance(day, datetime)  # noqa: S101 # it is the field's type
        moment = day
    shown = record.only(session=session_of(reading, session).id) if session else record
    show_programme(screen, shown, moment, whole=session is not None)
    broken = [one for one in reading.problems if one.severity.value == "error"]
    if broken:
        screen.problems(broken)
        screen.say("some_broken")


@app.command(cls=SpeakingCommand)
def move(
    context: typer.Context,
    session: Name,
    starts: Annotated[str | None, typer.Option(metavar="TIME")] = None,
    venue: Text = None,
    minutes: Number = None,
    programme: ProgrammeFolder = None,
    lang: Lang = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Give a café another time or place."""
    from cafe_ia.files import move_session
    from cafe_ia.problem import Problem, RecordError

    del lang, json
    if starts is None and venue is None and minutes is None:
        values = {"name": "starts, venue, minutes", "flag": "--starts / --venue / --minutes"}
        raise RecordError([Problem("answer-missing", values)])
    folder = the_folder(programme)
    changed = move_session(
        folder, session, starts=starts, venue=venue, minutes=minutes, updated=now()
    )
    _tell(context.obj, folder, changed, "moved")


@app.command(cls=SpeakingCommand)
def postpone(
    context: typer.Context,
    session: Name,
    programme: ProgrammeFolder = None,
    lang: Lang = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Say that a café does not take place at its time."""
    from cafe_ia.files import postpone_session

    del lang, json
    folder = the_folder(programme)
    _tell(context.obj, folder, postpone_session(folder, session, updated=now()), "postponed")


@app.command(cls=SpeakingCommand)
def cancel(
    context: typer.Context,
    session: Name,
    programme: ProgrammeFolder = None,
    lang: Lang = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Say that a café does not take place."""
    from cafe_ia.files import cancel_session

    del lang, json
    folder = the_folder(programme)
    _tell(context.obj, folder, cancel_session(folder, session, updated=now()), "cancelled")


def _tell(screen: Screen, folder: Path, session: Session, key: str) -> None:
    """What was changed, and what follows from it."""
    from cafe_ia.wording import when

    screen.answer["session"] = session.model_dump(mode="json", exclude_defaults=True)
    screen.say(key, id=session.id, when=when(session, screen.language), revision=session.revision)
    _look(screen, folder, session.id)
    screen.say("next_feed")


def _look(screen: Screen, folder: Path, name: str) -> None:
    """Problems of one session as it stands now."""
    from cafe_ia.check import check
    from cafe_ia.files import read_programme

    reading = read_programme(folder)
    if reading.programme is not None:
        found = check(reading.programme)
        mine = [one for one in found if one.path[:2] == ("sessions", name)]
        screen.problems(reading.located(one) for one in mine)
