"""The formats that a module goes out to, by the names that a person types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cafe_ia.classroom.paper import PARTS, Part
from cafe_ia.curriculum import Curriculum, Module
from cafe_ia.planning import fitted, plan
from cafe_ia.problem import Problem, RecordError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["ENDINGS", "FORMATS", "PARTS", "Part", "export"]


def _page(module: Module, language: str, *, minutes: int, **_: Any) -> bytes:
    from cafe_ia.page import lesson_page

    return lesson_page(module, language, minutes=minutes)


def _pdf(module: Module, language: str, *, minutes: int, part: Part) -> bytes:
    from cafe_ia.classroom.paper import to_pdf

    return to_pdf(module, language, minutes=minutes, part=part)


def _docx(module: Module, language: str, *, minutes: int, **_: Any) -> bytes:
    from cafe_ia.classroom.office import to_docx

    return to_docx(module, language, minutes=minutes)


def _pptx(module: Module, language: str, **_: Any) -> bytes:
    from cafe_ia.classroom.office import to_pptx

    return to_pptx(module, language)


def _gift(module: Module, language: str, **_: Any) -> bytes:
    from cafe_ia.classroom.gift import to_gift

    return to_gift(module, language)


def _moodle(module: Module, language: str, **_: Any) -> bytes:
    from cafe_ia.classroom.moodle import to_moodle

    return to_moodle(module, language)


def _imscc(whole: Module | Curriculum, language: str, *, minutes: int, **_: Any) -> bytes:
    from cafe_ia.classroom.cartridge import to_imscc

    return to_imscc(whole, language, minutes=minutes)


def _jsonld(whole: Module | Curriculum, language: str, **_: Any) -> bytes:
    from cafe_ia.classroom.linked import to_lrmi

    return to_lrmi(whole, language)


FORMATS: Mapping[str, Callable[..., bytes]] = {
    "html": _page,
    "pdf": _pdf,
    "docx": _docx,
    "pptx": _pptx,
    "gift": _gift,
    "moodle": _moodle,
    "imscc": _imscc,
    "jsonld": _jsonld,
}
"""What makes each format; those of a class platform and of the web's data take a curriculum."""

ENDINGS: Mapping[str, str] = {"moodle": "xml", "gift": "gift.txt"}
"""How a file of a format is called, where not by the format's name."""

_OF_A_CURRICULUM = ("imscc", "jsonld")


def export(  # noqa: PLR0913 # one for each choice
    whole: Module | Curriculum,
    to: str,
    language: str = "fr",
    *,
    minutes: int | None = None,
    people: int = 15,
    part: Part = "all",
) -> bytes:
    """A module, or a whole curriculum where the format holds one, as a document.

    Args:
        whole: What is exported.
        to: One of `FORMATS`.
        language: The reader's language; one in which the module is written.
        minutes: How long it is to last: one of the module's versions, or a module planned for
            so many. Without it the curriculum's length, or an hour.
        people: For how many people it is planned, where it has to be.
        part: Of a PDF, what is printed: one of `PARTS`.

    Raises:
        KeyError: no such format.
        RecordError: `language-unwritten`; `plan-too-short`, `plan-too-long`; `format-of-module`,
            where the format holds one module and a curriculum was given; `extra-missing`, where a
            library that the format needs is not installed; `character-uncovered`, where a PDF
            could not show one.
    """
    make = FORMATS[to]
    modules = whole.written if isinstance(whole, Curriculum) else (whole,)
    if isinstance(whole, Curriculum) and to not in _OF_A_CURRICULUM:
        known = ", ".join(module.id for module in modules) or "–"
        raise RecordError([Problem("format-of-module", {"format": to, "known": known})])
    for module in modules:
        if language not in module.standing:
            values = {"module": module.id, "language": language}
            values["known"] = ", ".join(module.standing)
            raise RecordError([Problem("language-unwritten", values)])
    if isinstance(whole, Curriculum):
        return make(whole, language, minutes=minutes or whole.minutes, part=part)
    length = minutes or _usual(whole)
    if length not in whole.versions:
        whole = fitted(whole, plan(whole, people, length))
    return make(whole, language, minutes=length, part=part)


def _usual(module: Module) -> int:
    """The length of a document for which none is asked: an hour, or the next that is written."""
    longer = [length for length in module.versions if length >= _HOUR]
    return (longer or [*module.versions[-1:], _HOUR])[0]


_HOUR = 60
