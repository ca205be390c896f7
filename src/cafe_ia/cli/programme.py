"""`cafe-ia init`, `check`, `explain`, `demo`: a programme as a whole."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cafe_ia.cli.given import Json, Lang, Text, the_folder, there
from cafe_ia.cli.help import SpeakingCommand
from cafe_ia.cli.screen import Failure, Screen

if TYPE_CHECKING:
    from cafe_ia.problem import Problem

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Make these commands of the program itself."""
    for command in (init, check, explain, demo):
        app.command(cls=SpeakingCommand)(command)
    app.command(cls=SpeakingCommand, hidden=True)(version)


def version(context: typer.Context, *, lang: Lang = None, json: Json = False) -> None:
    """Say the version."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    del lang, json
    screen: Screen = context.obj
    try:
        screen.answer["version"] = installed("cafe-ia")
    except PackageNotFoundError:  # it runs from its sources
        screen.answer["version"] = "0"
    screen.line(f"cafe-ia {screen.answer['version']}")


def init(  # noqa: PLR0913 # one flag for each question
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]")] = Path(),
    *,
    title: Text = None,
    organiser: Text = None,
    email: Text = None,
    venue: Text = None,
    city: Text = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Start a programme."""
    from cafe_ia.files import PROGRAMME, new_record, slug, start_programme
    from cafe_ia.files.starting import read_field
    from cafe_ia.problem import Problem, RecordError
    from cafe_ia.programme import Programme
    from cafe_ia.session import Host, Venue

    del lang, json
    screen: Screen = context.obj
    language = screen.language
    if (folder / PROGRAMME).exists():
        raise RecordError([Problem("file-exists", {"file": str(folder / PROGRAMME)})])
    screen.need({"--title": title, "--organiser": organiser})

    def field(record: Any, name: str) -> Any:
        return lambda typed: read_field(record, name, typed, language=language)

    def unless_none(record: Any, name: str) -> Any:
        return lambda typed: None if typed == "-" else field(record, name)(typed)

    named = screen.ask("title", title, "--title", read=field(Programme, "title"))
    invites = screen.ask("organiser", organiser, "--organiser", read=field(Host, "name"))
    address = screen.ask("email", email, "--email", default="-", read=unless_none(Host, "email"))
    place = screen.ask("venue", venue, "--venue", default="-", read=unless_none(Venue, "name"))
    host = Host(name=invites, email=address)
    venues: dict[str, Venue] = {}
    if place is not None:
        town = screen.ask("city", city, "--city", default="-", read=unless_none(Venue, "city"))
        venues[slug(*place.values()) or "venue"] = Venue(name=place, city=town)
    key = slug(*invites.values()) or "host"
    record = {
        "id": slug(*named.values(), *invites.values()) or _unspelled(named, invites),
        "title": named, "language": language, "organiser": host, "hosts": {key: host},
        "venues": venues,
    }  # fmt: skip
    start_programme(folder, new_record(Programme, record, language=language), organiser=key)
    screen.answer["written"] = [str(folder / PROGRAMME)]
    screen.say("started", file=folder / PROGRAMME)
    enter = "" if folder == Path() else f"  cd {_typed(folder)}\n"
    screen.say("next_session", enter=enter, command=_command())


def check(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="[PATH]")] = Path(),
    *,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Look at everything below a folder."""
    from cafe_ia.problem import Problem, RecordError, Severity

    del lang, json
    screen: Screen = context.obj
    files, problems, lessons = _looked_at(there(path))
    if not files:  # a file that is none of the records
        raise RecordError([Problem("file-of-no-programme", {"file": str(path)})])
    screen.problems(problems)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    screen.answer.setdefault("problems", [])
    screen.answer |= {"files": files, "errors": errors, "warnings": len(problems) - errors}
    if problems:
        screen.line()
    screen.say("checked", files=files, errors=errors, warnings=len(problems) - errors)
    if problems:
        worst = min(problems, key=lambda one: one.severity is not Severity.ERROR)
        screen.say("explain", code=worst.code)
    if lessons:
        screen.say("not_proved")
    if errors:
        raise Failure(1)


def _looked_at(path: Path) -> tuple[int, list[Problem], int]:
    """How many files were read at a path, every problem in them, and how many are lessons'.

    Raises:
        RecordError: `programme-not-found`, where there is nothing to look at.
    """
    from cafe_ia.checks import check as check_records
    from cafe_ia.checks import check_curricula
    from cafe_ia.files import find_programmes, read_programme
    from cafe_ia.files.library import modules_for
    from cafe_ia.problem import Place, Problem, RecordError

    folders, lessons = find_programmes(path), check_curricula(path)
    if not folders and not lessons.files and path == Path():
        folders = [the_folder(None)]  # in the folder of the sessions, for example
    if not folders and not lessons.files:
        raise RecordError([Problem("programme-not-found", {"folder": str(path)})])
    files, problems = 0, list[Problem]()
    for folder in folders:
        reading = read_programme(folder)
        found = list(reading.problems)
        if reading.programme is not None:
            told = check_records(reading.programme, modules=modules_for(folder))
            found += [reading.located(one) for one in told]
        read = [source.file for source in reading.sources.values()]
        if path.is_file():
            read = [file for file in read if path.samefile(file)]
            found = [one for one in found if one.place and one.place.file in read]
        files += len(read)
        problems += sorted(found, key=lambda one: one.place or Place(""))
    return files + len(lessons.files), [*problems, *lessons.problems], len(lessons.files)


def explain(
    context: typer.Context,
    code: Annotated[str | None, typer.Argument(metavar="[CODE]")] = None,
    *,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Print the page of a code."""
    from cafe_ia.files import nearest
    from cafe_ia.problem import Problem, RecordError, codes

    del lang, json
    screen: Screen = context.obj
    if code is None:
        screen.answer["codes"] = list(codes())
        for one in codes():
            screen.line(one)
            screen.page(f"    {_page(one, screen.language)['found']}")
        return
    code = code.strip("[] \u200e\u200f").lower()
    if code not in codes():
        raise RecordError(
            [Problem("code-unknown", {"code": code, "near": nearest(code, list(codes()))})]
        )
    page = _page(code, screen.language)
    screen.answer |= page
    screen.line(f"{code} · {page['weight']}")
    for part in ("found", "why", "advice"):
        screen.line()
        screen.say(f"page_{part}")
        screen.page(f"    {page[part]}")
    for part in ("wrong", "right"):
        if page.get(part):
            screen.line()
            screen.say(f"page_{part}")
            screen.line("\n".join(f"    {line}" for line in page[part].splitlines()))


def _page(code: str, language: str) -> dict[str, Any]:
    """A code's page: its sentences with their blanks shown, its reason, an example."""
    from cafe_ia.phrases import say
    from cafe_ia.problem import examples, sentences

    words = sentences(code, language)
    page: dict[str, Any] = {
        "code": code,
        "severity": words["severity"],
        "weight": say("screens", f"severity.{words['severity']}", language),
        "why": words["why"],
    }
    for part in ("found", "advice"):
        page[part] = _blanks_shown(words[part])
    page["found"] = f"{page['found'][:1].upper()}{page['found'][1:]}."
    if page["advice"] == "‹hint›":  # what to do is known only when it happens
        del page["advice"]
    return page | examples(code)


def _blanks_shown(sentence: str) -> str:
    """A sentence of the catalogue with its blanks as a person should see them: `‹typed›`."""
    for mark, shown in (
        ("{{", "\0"),
        ("}}", "\1"),
        ("{", "‹"),
        ("}", "›"),
        ("\0", "{"),
        ("\1", "}"),
    ):
        sentence = sentence.replace(mark, shown)
    return sentence


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]")] = Path("cafe-ia-demo"),
    *,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Run the main job on the example programme."""
    from cafe_ia.demo import make_demo
    from cafe_ia.problem import Severity

    del lang, json
    screen: Screen = context.obj
    done = make_demo(folder, language=screen.language)
    errors = sum(one.severity is Severity.ERROR for one in done.problems)
    screen.answer |= {
        "written": [str(path) for path in done.written],
        "kept": [str(path) for path in done.kept],
        "errors": errors,
        "warnings": len(done.problems) - errors,
    }
    if not done.sound or done.programme is None:
        screen.problems(done.problems)
        screen.say("demo_unsound", folder=folder / "public")
        raise Failure(1)
    if screen.json:
        screen.problems(done.problems)
    screen.say("demo_copied", folder=folder / "programme", count=len(done.programme.sessions))
    screen.say("demo_checked", warnings=len(done.problems))
    for name in ("index.html", "programme.ics", "programme.csv", "programme.jsonld"):
        screen.say(f"demo_{name.replace('.', '_')}", file=folder / "public" / name)
    for path in done.kept:
        screen.say("demo_kept", file=path)
    screen.say("demo_notice")
    page = folder / "public" / "index.html"
    screen.say("demo_next", folder=_typed(folder / "programme"), page=page, command=_command())


def _unspelled(title: Any, organiser: Any) -> str:
    """A programme's name where its title has no Latin letter: no two share their UIDs."""
    from zlib import crc32

    said = "\n".join((*title.values(), *organiser.values()))
    return f"programme-{crc32(said.encode()):08x}"


def _command() -> str:
    """How the program is called from anywhere: in an environment that is not active, by path."""
    from shutil import which

    if which("cafe-ia"):
        return "cafe-ia"
    beside = Path(sys.executable).with_name("cafe-ia.exe" if os.name == "nt" else "cafe-ia")
    return _typed(beside) if beside.exists() else f"{_typed(Path(sys.executable))} -m cafe_ia"


def _typed(path: Path) -> str:
    """A path as it must be typed after a command: a space in it would end it."""
    if os.name == "posix":
        from shlex import quote

        return quote(str(path))
    return f'"{path}"' if " " in str(path) else str(path)
