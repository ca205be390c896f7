"""What is wrong, where it is, and what to do: said in the reader's language.

A `Problem` holds a stable code and the values that were found; its sentences are made when
someone reads them, in French, Arabic or English, from the catalogue `words/problems.*.toml`.
A developer matches on `code`; a facilitator reads `str(problem)`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from cafe_ia.phrases import DEFAULT_LANGUAGE, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Place", "Problem", "RecordError", "Severity", "codes", "examples", "fault", "sentences"]


class Severity(StrEnum):
    """How much a problem weighs."""

    ERROR = "error"
    """The record cannot be used until it is mended."""
    WARNING = "warning"
    """Someone should look; nothing is stopped."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a file: line and column are counted from 1, columns in characters."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or that someone should look at.

    A problem never holds what a citizen said nor who a person is, only what was typed in a
    record of the programme.
    """

    code: str
    """The stable name of the rule, for example `ends-before-start`."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """What was found, by the names that the catalogue's sentences use."""
    path: tuple[str | int, ...] = ()
    """Where in the record: field names and positions from 0."""
    place: Place | None = None
    """Where in the file, when the record came from one."""

    @property
    def severity(self) -> Severity:
        """The weight that the catalogue gives to the code."""
        return Severity(sentences(self.code, "en")["severity"])

    def found(self, language: str = DEFAULT_LANGUAGE) -> str:
        """What was found, as one sentence without its full stop."""
        return _filled(sentences(self.code, language)["found"], self.values, language)

    def advice(self, language: str = DEFAULT_LANGUAGE) -> str:
        """What to do about it. A close spelling, when one is known, comes instead."""
        words = sentences(self.code, language)
        sentence = words["near" if self.values.get("near") else "advice"]
        return _filled(sentence, self.values, language)

    def text(self, language: str = DEFAULT_LANGUAGE) -> str:
        """The whole line: `file:line:column: what was found. What to do. [code]`."""
        where = f"{self.place}: " if self.place else ""
        if not where and self.path:
            where = ".".join(str(step) for step in self.path) + ": "
        return f"{where}{self.found(language)}. {self.advice(language)} [{self.code}]"

    def at(self, place: Place) -> Problem:
        """The same problem with its place in a file."""
        return replace(self, place=place)

    def __str__(self) -> str:
        return self.text()


class RecordError(ValueError):
    """Records that cannot be used, with all their problems and not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.text("en") for problem in self.problems))


def fault(code: str, **values: Any) -> PydanticCustomError:
    """The error that a record's validator raises: `code` and what was found.

    pydantic shows its English sentence to a developer; `files` turns it into a `Problem`.
    """
    problem = Problem(code, values)
    message = f"{problem.found('en')}. {problem.advice('en')}"
    return PydanticCustomError(code, message, values)


def sentences(code: str, language: str) -> dict[str, str]:
    """The catalogue's entry of a code: `severity`, `found`, `advice`, `why`, `page`.

    Raises:
        KeyError: no such code.
    """
    entry: dict[str, str] = catalogue("problems", language)[code]
    return entry


def examples(code: str) -> dict[str, str]:
    """An example of what a code complains about, and of what mends it: `wrong`, `right`."""
    return dict(_examples().get(code, {}))


@cache
def _examples() -> dict[str, dict[str, str]]:
    source = files("cafe_ia").joinpath("words", "examples.toml")
    return tomllib.loads(source.read_text("utf-8"))


def codes() -> tuple[str, ...]:
    """Every code of the catalogue, in the order of its pages."""
    return tuple(catalogue("problems", "en"))


def _filled(sentence: str, values: Mapping[str, Any], language: str) -> str:
    shown = {name: _shown(name, value, language) for name, value in values.items()}
    return sentence.format_map(shown)


def _shown(name: str, value: Any, language: str) -> str:
    """A found value as text on one line; what is long is cut in the middle.

    What has a name in each language is a mapping, and the name in this one is shown.

    A list of known words is never cut: it is what the person is to choose from; nor is a folder,
    which is to be typed again.
    """
    if isinstance(value, Mapping):
        value = value[language]
    text = " ".join(str(value).split())
    longest = 80
    if len(text) <= longest or name in ("known", "folder"):
        return text
    return f"{text[:50].rstrip()} … {text[-20:].lstrip()}"
