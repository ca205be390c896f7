"""What a person sees, or what a machine reads with `--json`."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from cafe_ia.phrases import catalogue, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cafe_ia.problem import Problem

__all__ = ["Failure", "Screen"]

AnswerT = TypeVar("AnswerT")

_OF_THE_COMMAND = frozenset({
    "edit-refused", "file-exists", "file-unreadable", "ics-not-calendar", "output-unwritable",
})  # fmt: skip
"""Problems that have a place in a file and are still the command's: exit status 2."""

_WIDEST = 100
"""Columns of the longest line: a longer one is hard to read."""

_PAGE = 80
"""Columns of a page where there is no terminal to ask."""


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

    def say(self, key: str, **values: object) -> None:
        """Say one sentence of `words/screens.*.toml`; a machine is not told."""
        self.line(say("screens", f"say.{key}", self.language, **values))

    def line(self, text: str = "", *, hanging: int = 0, to: Any = None) -> None:
        """Print a text for a person; in a terminal its lines are folded between words."""
        if self.json:
            return
        stream = to or sys.stdout
        if stream.isatty():
            from cafe_ia.cli.direction import folded

            text = folded(text, self.width, hanging=hanging)
        stream.write(self._turned(text, stream) + "\n")

    def page(self, text: str) -> None:
        """Print a text folded between words, terminal or not."""
        from cafe_ia.cli.direction import folded

        self.line(folded(text, self.width))

    def styled(self, text: str, style: str = "") -> None:
        """Print a text folded between words, in a style where the terminal has styles."""
        from rich.console import Console
        from rich.text import Text

        from cafe_ia.cli.direction import folded

        # rich counts no columns here: the text is folded already, and marks of direction in it.
        console = Console(width=10 * _WIDEST, highlight=False, soft_wrap=True)
        laid = self._turned(folded(text, self.width), sys.stdout)
        for line in laid.split("\n"):
            console.print(Text(line, style))

    @property
    def width(self) -> int:
        """Columns that there are for a text."""
        return min(shutil.get_terminal_size((_PAGE, 0)).columns, _WIDEST)

    def problems(self, problems: Iterable[Problem], *, to: Any = None) -> None:
        """Tell problems, each on a line of its own; a machine gets them as objects.

        In a terminal an empty line stands between two files.
        """
        stream, file = to or sys.stdout, None
        for one in problems:
            problem = replace(one, values=self._worded(one.values))
            if self.json:
                self.answer.setdefault("problems", []).append(_as_object(problem, self.language))
                continue
            at = problem.place.file if problem.place else None
            if file not in (None, at) and stream.isatty():
                self.line(to=stream)
            file = at
            self.line(self._told(problem), hanging=4, to=stream)

    def _told(self, problem: Problem) -> str:
        """A problem as one line; in a file it says how much it weighs."""
        if problem.place is None:
            text = problem.text(self.language)
            return text if problem.path else text[:1].upper() + text[1:]
        weight = say("screens", f"severity.{problem.severity.value}", self.language)
        text = replace(problem, place=None, path=()).text(self.language)
        values = {"place": problem.place, "weight": weight, "text": text}
        return say("screens", "say.problem", self.language, **values)

    def _worded(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values with the system's own reason for refusing a file in the person's language."""
        known = catalogue("screens", self.language)["reason"]
        reasons = {os.strerror(getattr(errno, name)): words for name, words in known.items()}
        reason = values.get("reason")
        return {**values, "reason": reasons.get(reason, reason)} if reason else dict(values)

    def fail(self, problems: Sequence[Problem]) -> int:
        """Tell why a command ends, and with which exit status."""
        self.problems(problems, to=sys.stderr)
        own = any(one.place is None or one.code in _OF_THE_COMMAND for one in problems)
        return 2 if own else 1

    def full(self, error: OSError) -> int:
        """Tell that what was to be said could not be written; the exit status."""
        from cafe_ia.problem import Problem

        self.json = False  # nobody reads the object any more
        there = say("screens", "say.standard_output", self.language)
        values = {"file": there, "reason": error.strerror or type(error).__name__}
        return self.fail([Problem("output-unwritable", values)])

    def stopped(self) -> int:
        """Say that the person stopped the command, and with which exit status it ends."""
        self.answer["stopped"] = True
        self.say("stopped")
        return 2

    @property
    def asks(self) -> bool:
        """Whether there is a person in a terminal who can be asked."""
        streams = (sys.stdin, sys.stdout)
        return not self.json and all(one is not None and one.isatty() for one in streams)

    def need(self, given: Mapping[str, str | None]) -> None:
        """Tell at once all that is missing, by flag, where nobody can be asked.

        Raises:
            RecordError: `answer-missing`.
        """
        from cafe_ia.problem import Problem, RecordError

        missing = [flag for flag, value in given.items() if value is None]
        if missing and not self.asks:
            raise RecordError(
                Problem("answer-missing", {"name": flag.strip("-"), "flag": f'{flag} "…"'})
                for flag in missing
            )

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
            flag: The flag.
            default: What an empty answer means; without one an answer is needed.
            read: Makes a value of the answer, or raises `RecordError`.

        Raises:
            RecordError: `answer-missing`, or why the flag's value cannot be used.
        """
        from cafe_ia.problem import RecordError

        if given is None and not self.asks:
            self.need({flag: default})
            given = default
        if given is not None:
            try:
                return read(given)
            except RecordError as error:
                raise RecordError([replace(one, path=(flag,)) for one in error.problems]) from None
        question = say("screens", f"ask.{name}", self.language)
        with suppress(ImportError):
            import readline  # noqa: F401 # gives the arrow keys their meaning
        while True:
            shown = f" [{default}]" if default and default != "-" else ""
            answer = input(self._turned(f"{question}{shown} ", sys.stdout)).strip() or default
            if answer is None:
                self.say("answer_needed")
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

    def _turned(self, text: str, stream: Any) -> str:
        if self.language != "ar" or not stream.isatty():
            return text
        from cafe_ia.cli.direction import turned

        return "\n".join(turned(line) for line in text.split("\n"))


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
