"""`cafe-ia curriculum new | show | translate | plan | export`: what to talk about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cafe_ia.cli.given import As, Json, Lang, Text, chosen, now, write_out
from cafe_ia.cli.help import SpeakingCommand, SpeakingGroup

if TYPE_CHECKING:
    from cafe_ia.cli.screen import Screen
    from cafe_ia.curriculum import Curriculum, Module
    from cafe_ia.planning import Agenda

__all__ = ["app"]

app = typer.Typer(cls=SpeakingGroup, rich_markup_mode=None, no_args_is_help=True)

ModuleName = Annotated[str, typer.Argument(metavar="MODULE")]
Number = Annotated[str | None, typer.Option(metavar="NUMBER")]


@app.command(cls=SpeakingCommand)
def new(  # noqa: PLR0913 # one flag for each question
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER")],
    *,
    question: Text = None,
    written: Annotated[str | None, typer.Option("--in", metavar="LANG")] = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Write a module ready to be filled in."""
    from cafe_ia.curriculum import Module
    from cafe_ia.files.drafting import start_module
    from cafe_ia.files.starting import read_field

    del lang, json
    screen: Screen = context.obj
    language = written or screen.language

    def asked(typed: str) -> str:
        said: dict[str, str] = read_field(Module, "question", typed, language=screen.language)
        return next(iter(said.values()))

    said = screen.ask("module_question", question, "--question", read=asked)
    paths = start_module(folder, question=said, language=language, updated=now())
    screen.answer["written"] = [str(path) for path in paths]
    for path in paths:
        screen.say("written", file=path)
    screen.say("next_module", folder=folder)


@app.command(cls=SpeakingCommand)
def show(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]")] = None,
    *,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Show the curricula, or one of them, or one module."""
    from cafe_ia.cli.lessons import show_curricula, show_curriculum, show_module
    from cafe_ia.curriculum import Curriculum

    del lang, json
    screen: Screen = context.obj
    if name is None:
        show_curricula(screen)
        return
    found = _named(name)
    if isinstance(found, Curriculum):
        show_curriculum(screen, found)
    else:
        show_module(screen, found)


@app.command(cls=SpeakingCommand)
def translate(
    context: typer.Context,
    module: ModuleName,
    *,
    to: Annotated[str | None, typer.Option(metavar="LANG")] = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Write a translation, or bring it up to its source."""
    from cafe_ia.files import module_folder
    from cafe_ia.files.library import is_installed
    from cafe_ia.files.translating import translate_module
    from cafe_ia.problem import Problem, RecordError

    del lang, json
    screen: Screen = context.obj
    screen.need({"--to": to})
    target = screen.ask("translate_to", to, "--to", read=str.strip)
    folder = module_folder(module)
    if is_installed(folder):
        values = {"module": module, "folder": str(folder)}
        raise RecordError([Problem("module-installed", values)])
    done = translate_module(folder, target)
    screen.answer |= {
        "written": [str(done.path)] if done.added or done.changed or done.marked else [],
        "added": list(done.added),
        "changed": list(done.changed),
        "marked": list(done.marked),
    }
    if not screen.answer["written"]:
        screen.say("translation_current", file=done.path)
        return
    screen.say("written", file=done.path)
    for kind in ("added", "changed", "marked"):
        titles = getattr(done, kind)
        if titles:
            screen.say(f"translation_{kind}", count=len(titles))
            for title in titles:
                screen.line(f"  · {title}", hanging=4)
    if done.added or done.changed:
        screen.say("translation_next", folder=done.path.parent)


@app.command(cls=SpeakingCommand)
def plan(  # noqa: PLR0913 # one flag for each choice
    context: typer.Context,
    module: ModuleName,
    *,
    people: Number = None,
    minutes: Number = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Fit a module to the people and the minutes that there are."""
    from cafe_ia.cli.lessons import show_agenda
    from cafe_ia.files import load_module, module_folder
    from cafe_ia.planning import plan as planned

    del lang, json
    screen: Screen = context.obj
    folder = module_folder(module)
    count = screen.ask("people", people, "--people", default="15", read=_people)
    usual = "60" if count <= 15 else "90"  # noqa: PLR2004 # as `session new` says
    length = screen.ask("minutes", minutes, "--minutes", default=usual, read=_minutes)
    record = load_module(folder)
    agenda: Agenda = planned(record, count, length)
    show_agenda(screen, record, agenda)


@app.command(cls=SpeakingCommand)
def export(  # noqa: PLR0913 # one flag for each choice
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    *,
    to: Annotated[str | None, typer.Option(metavar="FORMAT")] = None,
    part: Annotated[str, typer.Option(metavar="PART")] = "all",
    minutes: Number = None,
    people: Number = None,
    output: As = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Write a module, or a curriculum, as a document."""
    from cafe_ia.classroom.formats import ENDINGS, FORMATS, PARTS
    from cafe_ia.classroom.formats import export as made
    from cafe_ia.cli.lessons import left_out
    from cafe_ia.cli.passage import tag
    from cafe_ia.curriculum import Module
    from cafe_ia.planning import plan as planned
    from cafe_ia.problem import Problem, RecordError

    del json
    screen: Screen = context.obj
    to = _format(chosen(to, FORMATS, "--to") if to else None, output)
    printed = next(one for one in PARTS if one == chosen(part, PARTS, "--part"))
    if printed != "all" and to != "pdf":
        raise RecordError([Problem("part-of-pdf", {"format": to})])
    length = None
    if minutes is not None:
        length = screen.ask("minutes", minutes, "--minutes", read=_minutes)
    language = tag(lang) if lang else screen.language
    found = _named(name)
    count = screen.ask("people", "15" if people is None else people, "--people", read=_people)
    if isinstance(found, Module) and length and length not in found.versions:
        left_out(screen, planned(found, count, length))
    content = made(found, to, language, minutes=length, people=count, part=printed)
    ending = ENDINGS.get(to, to)
    middle = f".{printed}" if printed != "all" else ""
    write_out(screen, content, output or Path(f"{found.id}.{language}{middle}.{ending}"))


def _named(name: str) -> Module | Curriculum:
    """The module or the curriculum of a name, a folder or a file.

    Raises:
        RecordError: there is none of that name, or its files are not sound.
    """
    from cafe_ia.files import load_curriculum, load_module
    from cafe_ia.files.library import MODULE, own_curricula

    path = Path(name)
    file = path.suffix in (".yaml", ".yml") and path.name != MODULE
    folder = path.is_dir() and not (path / MODULE).is_file()
    if file or folder or (own_curricula() / f"{name}.yaml").is_file():
        return load_curriculum(name)
    return load_module(name)


def _format(asked: str | None, output: Path | None) -> str:
    """The format that was asked for, or that the file's ending says; without both, a pdf.

    Raises:
        RecordError: `output-other-format`, where the two differ.
    """
    from cafe_ia.classroom.formats import ENDINGS, FORMATS
    from cafe_ia.problem import Problem, RecordError

    of_ending = {ENDINGS.get(one, one): one for one in FORMATS}
    ended = output.name.lower() if output is not None else ""
    said = next((one for end, one in of_ending.items() if ended.endswith(f".{end}")), None)
    if asked is None:
        return said or "pdf"
    if said not in (None, asked):
        raise RecordError([Problem("output-other-format", {"file": str(output), "format": asked})])
    return asked


def _people(typed: str) -> int:
    from dataclasses import replace

    from cafe_ia.files.starting import read_field
    from cafe_ia.problem import RecordError
    from cafe_ia.session import Session

    try:
        number: int = read_field(Session, "seats", typed, language="fr")
    except RecordError as error:  # a café's seats are the people who come
        told = [replace(one, values={**one.values, "field": "people"}) for one in error.problems]
        raise RecordError(told) from None
    return number


def _minutes(typed: str) -> int:
    from cafe_ia.files.starting import read_field
    from cafe_ia.session import Session

    number: int = read_field(Session, "minutes", typed, language="fr")
    return number
