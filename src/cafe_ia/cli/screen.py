"""What a person sees, or what a machine reads with `--json`."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from cafe_ia.cli.help import metavar
from cafe_ia.phrases import say

if TYPE_CHECKING:
    from cafe_ia.files import Reading
    from cafe_ia.problem import Problem

__all__ = [
    "As", "Failure", "Json", "Lang", "ProgrammeFolder", "Screen", "now", "problems_of_run",
    "reading_of", "the_folder", "write_out",
]  # fmt: skip

Lang = Annotated[str | None, typer.Option("--lang", metavar="LANG")]
Json = Annotated[bool, typer.Option("--json")]
ProgrammeFolder = Annotated[Path | None, typer.Option("--programme", metavar="FOLDER")]
As = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE")]

AnswerT = TypeVar("AnswerT")

_OF_THE_COMMAND = frozenset({
    "programme-not-found", "session-not-found", "several-programmes", "file-exists",
    "edit-refused", "answer-missing", "answer-unusable", "nothing-to-export", "code-unknown",
    "output-unwritable", "unexpected", "command-unknown", "option-unknown", "command-unclear",
    "language-not-spoken", "session-cancelled", "file-unreadable", "ics-not-calendar",
})  # fmt: skip
"""Problems of the command itself and not of the records: exit status 2."""


class Failure(Exception):  # noqa: N818 # what was wrong has been said; this only carries the status
    """A command that ends with an exit status, its reasons already said."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.exit_code = status


class Screen:
    """One run's answers: sentences in the person's language, or one JSON object at the end."""

    def __init__(self, language: str, *, json: bool) -> None:
        self.language, self.json = language, json
        self.answer: dict[str, Any] = {}

    def say(self, key: str, *, end: str = "\n", **values: object) -> None:
        """Say one sentence of `words/screens.*.toml`; a machine is not told."""
        self.line(say("screens", f"say.{key}", self.language, **values), end=end)

    def line(self, text: str = "", *, end: str = "\n") -> None:
        """Print one line for a person."""
        if not self.json:
            sys.stdout.write(self._turned(text) + end)

    def problems(self, problems: Iterable[Problem], *, to: Any = None) -> None:
        """Tell problems, each on a line of its own; a machine gets them as objects."""
        for problem in problems:
            if self.json:
                self.answer.setdefault("problems", []).append(_as_object(problem, self.language))
            else:
                stream = to or sys.stdout
                stream.write(self._turned(problem.text(self.language), stream) + "\n")

    def fail(self, problems: Sequence[Problem]) -> int:
        """Tell why a command ends, and with which exit status."""
        self.problems(problems, to=sys.stderr)
        return 2 if any(one.code in _OF_THE_COMMAND for one in problems) else 1

    def ask(
        self,
        name: str,
        given: str | None,
        flag: str,
        *,
        default: str | None = None,
        read: Callable[[str], AnswerT],
    ) -> AnswerT:
        """What was given by a flag, or what the person answers, until it can be used.

        Args:
            name: The question's key in `words/screens.*.toml`.
            given: What the flag gave.
            flag: The flag, to name it where nobody can be asked.
            default: What an empty answer means; without one an answer is needed.
            read: Makes a value of the answer, or raises `RecordError`.

        Raises:
            RecordError: `answer-missing`, or why the flag's value cannot be used.
        """
        from cafe_ia.problem import Problem, RecordError

        if given is not None:
            return read(given)
        if self.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
            if default is None:
                raise RecordError([Problem("answer-missing", {"name": name, "flag": flag})])
            return read(default)
        question = say("screens", f"ask.{name}", self.language)
        while True:
            shown = f" [{default}]" if default else ""
            answer = input(self._turned(f"{question}{shown} ")).strip() or default
            if answer is None:
                continue
            try:
                return read(answer)
            except RecordError as error:
                for problem in error.problems:
                    self.line(f"  {problem.found(self.language)}. {problem.advice(self.language)}")

    def close(self) -> None:
        """Print the one object that a machine reads."""
        if self.json:
            import json

            sys.stdout.write(json.dumps(self.answer, ensure_ascii=False, indent=1) + "\n")

    def _turned(self, text: str, stream: Any = None) -> str:
        """In Arabic a terminal's line runs from the right even when it begins with a path."""
        terminal = (stream or sys.stdout).isatty()
        return f"\u200f{text}" if self.language == "ar" and terminal and text else text


def now() -> datetime:
    """The present, or what SOURCE_DATE_EPOCH says that it is; only the command line asks."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)


def the_folder(given: Path | None) -> Path:
    """The programme's folder: the one given, else this one or the nearest above it.

    Raises:
        RecordError: `programme-not-found`; `several-programmes`.
    """
    from cafe_ia.files import PROGRAMME, find_programmes
    from cafe_ia.problem import Problem, RecordError

    start = Path() if given is None else given
    if given is not None and given.name == PROGRAMME:
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


def reading_of(given: Path | None) -> Reading:
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
    return reading


def write_out(screen: Screen, content: bytes, path: Path | None) -> None:
    """Give what a command made: to a file, or to standard output."""
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    from cafe_ia.files import replace_file

    replace_file(path, content)
    screen.answer.setdefault("written", []).append(str(path))
    screen.say("written", file=path)


def problems_of_run(error: Exception) -> Sequence[Problem]:
    """Why a command ended: its own problems, what was not understood, or our own fault."""
    from cafe_ia.problem import Problem, RecordError

    if isinstance(error, RecordError):
        return error.problems
    if isinstance(error, typer.TyperException):
        return [_usage_problem(error)]
    return [Problem("unexpected", {"said": f"{type(error).__name__}: {error}"})]


def _usage_problem(error: Exception) -> Problem:
    """What was not understood of a command, as a problem in the person's language."""
    import difflib

    from cafe_ia.problem import Problem

    context = getattr(error, "ctx", None)
    if option := getattr(error, "option_name", None):
        known = [one for param in context.command.params for one in param.opts] if context else []
        near = difflib.get_close_matches(str(option), known, 1)
        return Problem("option-unknown", {"name": option, "near": near[0] if near else ""})
    param = getattr(error, "param", None)
    if param is not None and type(error).__name__ == "MissingParameter":
        flag = param.opts[0] if param.param_type_name == "option" else metavar(param)
        return Problem("answer-missing", {"name": param.name, "flag": flag})
    commands = list(getattr(getattr(context, "command", None), "commands", {}))
    if commands and context is not None:
        name = next(iter(re.findall(r"'([^']*)'", str(error))), "")
        near = difflib.get_close_matches(name, commands, 1)
        values = {"name": name, "known": ", ".join(commands), "near": near[0] if near else ""}
        return Problem("command-unknown", values)
    return Problem("command-unclear", {"said": str(error).strip().rstrip(".")})


def _as_object(problem: Problem, language: str) -> dict[str, Any]:
    place = problem.place
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "path": list(problem.path),
        "found": problem.found(language),
        "advice": problem.advice(language),
    }
