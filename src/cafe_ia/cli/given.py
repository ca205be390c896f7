"""What every command is given: the options that several share, a programme's folder, the time."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cafe_ia.cli.screen import Screen
    from cafe_ia.files import Reading
    from cafe_ia.programme import Programme

__all__ = [
    "As",
    "Json",
    "Lang",
    "Name",
    "ProgrammeFolder",
    "Text",
    "chosen",
    "now",
    "opened",
    "the_folder",
    "there",
    "write_out",
]  # fmt: skip

Lang = Annotated[str | None, typer.Option("--lang", metavar="LANG")]
Json = Annotated[bool, typer.Option("--json")]
ProgrammeFolder = Annotated[Path | None, typer.Option("--programme", metavar="FOLDER")]
As = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE")]
Name = Annotated[str, typer.Argument(metavar="SESSION")]
Text = Annotated[str | None, typer.Option(metavar="TEXT")]


def now() -> datetime:
    """The present, or what SOURCE_DATE_EPOCH says that it is; only the command line asks."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit() and len(epoch) <= 10:  # noqa: PLR2004 # until 2286
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.now(UTC)


def there(path: Path) -> Path:
    """The path, if something stands there.

    Raises:
        RecordError: `path-not-found`.
    """
    from cafe_ia.problem import Problem, RecordError

    if not path.exists():
        raise RecordError([Problem("path-not-found", {"path": str(path)})])
    return path


def the_folder(given: Path | None) -> Path:
    """The programme's folder: the one given, else this one or the nearest above it.

    Raises:
        RecordError: `path-not-found`; `programme-not-found`; `several-programmes`.
    """
    from cafe_ia.files import PROGRAMME, find_programmes
    from cafe_ia.problem import Problem, RecordError

    start = Path() if given is None else there(given)
    if given is not None and given.name == PROGRAMME and given.is_file():
        return given.parent
    if given is None:
        for folder in (start.absolute(), *start.absolute().parents):
            if (folder / PROGRAMME).is_file():
                return start if folder == start.absolute() else folder
    found = find_programmes(start)
    if len(found) == 1:
        return found[0]
    values = {"folder": str(start), "known": ", ".join(map(str, found))}
    raise RecordError([Problem("several-programmes" if found else "programme-not-found", values)])


def opened(given: Path | None) -> tuple[Reading, Programme]:
    """The programme that a command is about, read whole.

    Raises:
        RecordError: it cannot be read.
    """
    from cafe_ia.files import read_programme
    from cafe_ia.problem import RecordError, Severity

    reading = read_programme(the_folder(given))
    if reading.programme is None:
        errors = [one for one in reading.problems if one.severity is Severity.ERROR]
        raise RecordError(errors or reading.problems)
    return reading, reading.programme


def chosen(typed: str, known: Iterable[str], name: str) -> str:
    """One of some known words.

    Raises:
        RecordError: `value-unknown`.
    """
    from cafe_ia.files import nearest
    from cafe_ia.problem import Problem, RecordError

    words = list(known)
    for word in words:
        if typed.strip().casefold() == word.casefold():
            return word
    values = {
        "typed": typed,
        "field": name,
        "known": ", ".join(words),
        "near": nearest(typed, words),
    }
    raise RecordError([Problem("value-unknown", values)])


def write_out(screen: Screen, content: bytes, path: Path | None) -> None:
    """Give what a command made: to a file, or to standard output.

    Raises:
        RecordError: `file-exists`, where a record file stands; `output-unwritable`.
    """
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    from cafe_ia.files import replace_file
    from cafe_ia.problem import Problem, RecordError

    if path.suffix.lower() in (".yaml", ".yml") and path.exists():  # a person wrote it
        raise RecordError([Problem("file-exists", {"file": str(path)})])
    replace_file(path, content)
    screen.answer.setdefault("written", []).append(str(path))
    screen.say("written", file=path)
