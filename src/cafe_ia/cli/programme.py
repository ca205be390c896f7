"""`cafe-ia init`, `check`, `explain`, `demo`: a programme as a whole."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cafe_ia.cli.help import SpeakingCommand
from cafe_ia.cli.screen import Failure, Json, Lang, Screen

if TYPE_CHECKING:
    from cafe_ia.problem import Problem

__all__ = ["add_to"]

Text = Annotated[str | None, typer.Option(metavar="TEXT")]


def add_to(app: typer.Typer) -> None:
    """Make these commands of the program itself."""
    for command in (init, check, explain, demo):
        app.command(cls=SpeakingCommand)(command)
    app.command(cls=SpeakingCommand, hidden=True)(version)


def version() -> None:
    """Say the version."""
    from importlib.metadata import version as installed

    sys.stdout.write(f"cafe-ia {installed('cafe-ia')}\n")


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]")] = Path(),
    title: Text = None,
    organiser: Text = None,
    email: Text = None,
    city: Text = None,
    venue: Text = None,
    lang: Lang = None,
    json: Json = False,  # noqa: FBT002 # a flag of the command line
) -> None:
    """Start a programme."""
    from cafe_ia.files import PROGRAMME, new_record, slug, start_programme
    from cafe_ia.problem import Problem, RecordError
    from cafe_ia.programme import Programme
    from cafe_ia.session import Host, Venue

    del lang, json
    screen: Screen = context.obj
    language = screen.language
    if (folder / PROGRAMME).exists():
        raise RecordError([Problem("file-exists", {"file": str(folder / PROGRAMME)})])

    def host_named(name: str) -> Host:
        return new_record(Host, {"name": name}, language=language)

    named = screen.ask("title", title, "--title", read=str)
    host = screen.ask("organiser", organiser, "--organiser", read=host_named)

    def with_email(address: str) -> Host:
        data = {"name": host.name, **({"email": address} if address != "-" else {})}
        return new_record(Host, data, language=language)

    host = screen.ask("email", email, "--email", default="-", read=with_email)
    town = screen.ask("city", city, "--city", default="Rabat", read=str)
    place = screen.ask("venue", venue, "--venue", default="-", read=str)
    venues: dict[str, Venue] = {}
    if place != "-":
        data = {"name": place, "city": town}
        venues[slug(place) or "venue"] = new_record(Venue, data, language=language)
    key = slug(next(iter(host.name.values()))) or "host"
    record = {
        "id": slug(named) or "programme", "title": named, "language": language,
        "organiser": host, "hosts": {key: host}, "venues": venues,
    }  # fmt: skip
    start_programme(folder, new_record(Programme, record, language=language), organiser=key)
    screen.answer["written"] = [str(folder / PROGRAMME)]
    screen.say("started", file=folder / PROGRAMME)
    screen.say("next_session")


def check(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="[PATH]")] = Path(),
    lang: Lang = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Look at everything below a folder."""
    from cafe_ia.files import find_programmes, read_programme
    from cafe_ia.check import check as check_records
    from cafe_ia.problem import Place, Problem, RecordError, Severity

    del lang, json
    screen: Screen = context.obj
    folders = find_programmes(path)
    if not folders:
        raise RecordError([Problem("programme-not-found", {"folder": str(path)})])
    problems: list[Problem] = []
    files = 0
    for folder in folders:
        reading = read_programme(folder)
        found = list(reading.problems)
        if reading.programme is not None:
            found += [reading.located(one) for one in check_records(reading.programme)]
        if path.is_file():
            found = [one for one in found if one.place and Path(one.place.file) == path]
        files += len(reading.sources)
        problems += sorted(found, key=lambda one: one.place or Place(""))
    screen.problems(problems)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    screen.answer |= {"files": files, "errors": errors, "warnings": len(problems) - errors}
    screen.answer.setdefault("problems", [])
    screen.say("checked", files=files, errors=errors, warnings=len(problems) - errors)
    if problems:
        screen.say("explain", code=problems[0].code)
    if errors:
        raise Failure(1)


def explain(
    context: typer.Context,
    code: Annotated[str | None, typer.Argument(metavar="[CODE]")] = None,
    lang: Lang = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Print the page of a code."""
    import difflib

    from cafe_ia.problem import Problem, RecordError, codes, sentences

    del lang, json
    screen: Screen = context.obj
    if code is None:
        screen.answer["codes"] = list(codes())
        for one in codes():
            words = sentences(one, screen.language)
            screen.line(f"{one}\n    {words['why']}")
        return
    code = code.strip("[] ").lower()
    if code not in codes():
        near = difflib.get_close_matches(code, codes(), 1)
        values = {"code": code, "known": ", ".join(codes()), "near": near[0] if near else ""}
        raise RecordError([Problem("code-unknown", values)])
    page = _page(code, screen.language)
    screen.answer |= page
    screen.line(f"{code} · {page['severity_word']}\n")
    for part in ("found", "why", "advice"):
        screen.say(f"page_{part}", text=page[part])
    for part in ("wrong", "right"):
        if page.get(part):
            screen.say(f"page_{part}")
            screen.line("\n".join(f"    {line}" for line in page[part].splitlines()))


def _page(code: str, language: str) -> dict[str, Any]:
    """A code's page: its sentences with their blanks shown, its reason, an example."""
    from cafe_ia.phrases import catalogue, say
    from cafe_ia.problem import examples, sentences

    words = sentences(code, language)
    page: dict[str, Any] = {
        "code": code,
        "severity": words["severity"],
        "severity_word": say("screens", f"severity.{words['severity']}", language),
        "why": words["why"],
    }
    for part in ("found", "advice"):
        page[part] = words[part].replace("{{", "{").replace("}}", "}").replace("{", "‹").replace("}", "›")
    del catalogue
    return page | examples(code)


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]")] = Path("cafe-ia-demo"),
    lang: Lang = None,
    json: Json = False,  # noqa: FBT002
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
    screen.say("demo_next", folder=folder / "programme", page=folder / "public" / "index.html")
