"""`cafe-ia calendar export | import`: a programme out to calendars and in from them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cafe_ia.cli.given import As, Json, Lang, ProgrammeFolder, chosen, opened, write_out
from cafe_ia.cli.help import SpeakingCommand, SpeakingGroup
from cafe_ia.cli.screen import Failure, Screen

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
    from cafe_ia.cli.passage import made, minutes_before, part_of, parts_of, tag
    from cafe_ia.files.starting import make_folder
    from cafe_ia.problem import Problem, RecordError, Severity

    del json
    screen: Screen = context.obj
    to = chosen(to, _FORMATS, "--to")
    each = chosen(each, _EACH, "--each") if each is not None else None
    minutes = minutes_before(reminder)
    language = tag(lang) if lang else screen.language
    reading, record = opened(programme)
    errors = [one for one in reading.problems if one.severity is Severity.ERROR]
    if errors:  # a feed without the broken sessions would cancel them in silence
        raise RecordError(errors)
    part = part_of(reading, record, session, city, spoken)
    if each is None:
        content = made(part, to, language, minutes)
        if screen.json and output is None:
            screen.answer["content"] = content.decode()
        else:
            write_out(screen, content, output)
        return
    if screen.json and output is None:
        raise RecordError([Problem("option-missing", {"flags": "-o"})])
    folder = output or Path()
    make_folder(folder)
    for file, one, texts, name in parts_of(part, each, language):
        write_out(screen, made(one, to, texts, minutes, name), folder / f"{file}.{to}")


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
    from cafe_ia.cli.passage import taken, window
    from cafe_ia.files import SESSIONS
    from cafe_ia.problem import Place, Problem, RecordError

    del lang, json
    screen: Screen = context.obj
    days = window(first, last)
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
        window=days,
        file=str(file),
    )
    screen.problems(found.problems)
    if any(one.code == "ics-not-calendar" for one in found.problems):
        raise Failure(2)
    written = taken(screen, reading, record, found, str(file))
    screen.answer["written"] = [str(path) for path in written]
    screen.say("imported", count=len(written), folder=reading.folder / SESSIONS)
    if any(one.severity.value == "error" for one in found.problems):
        raise Failure(1)
