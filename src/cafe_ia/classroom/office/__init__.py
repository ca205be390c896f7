"""Office documents of a module: a lesson that a teacher goes on editing, and a few slides.

They are made of true styles, lists, tables and placeholders, so that the next person can change
them without fighting them, and a screen reader can find its way. python-docx and python-pptx
belong to the extra `office`; they are loaded when a document is made, and not before.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from cafe_ia.problem import Problem, RecordError

if TYPE_CHECKING:
    from cafe_ia.curriculum import Module

__all__ = ["to_docx", "to_pptx"]


def to_docx(module: Module, language: str = "fr", *, minutes: int = 60) -> bytes:
    """The whole module as a lesson that can be edited in Word or LibreOffice.

    Everything is there: what is said aloud, the same without a computer, what people may answer,
    the quiz and its key on a page of its own. No clock is read: dates are the module's `updated`.

    Args:
        module: The lesson.
        language: `fr`, `ar`, `en` or `ary`. A text that is missing in it stands in the nearest
            one that there is, marked with its own language and direction.
        minutes: The length to plan for. A module without that version is planned by its longest
            that fits, else by its shortest.

    Returns:
        Office Open XML, .docx.

    Raises:
        RecordError: `extra-missing`, when python-docx is not installed.
    """
    _require("docx", "python-docx")
    from cafe_ia.classroom.office.document import lesson
    from cafe_ia.classroom.office.edition import Edition

    return lesson(Edition(module, language, minutes))


def to_pptx(module: Module, language: str = "fr", *, minutes: int = 60) -> bytes:
    """A few slides that can be read from the back of the room: question, bet, debate, farewell.

    They carry what the room must keep before its eyes; what is said aloud is in the notes. A
    café without a screen loses nothing by going without them.

    Args:
        module: The lesson.
        language: As for `to_docx`. In Arabic the question stands beside itself in Darija, where
            the module has it.
        minutes: The version whose steps are in the notes, chosen as for `to_docx`.

    Returns:
        Office Open XML, .pptx.

    Raises:
        RecordError: `extra-missing`, when python-pptx is not installed.
    """
    _require("pptx", "python-pptx")
    from cafe_ia.classroom.office.edition import Edition
    from cafe_ia.classroom.office.slides import slides

    return slides(Edition(module, language, minutes))


def _require(package: str, library: str) -> None:
    if find_spec(package) is None:
        raise RecordError([Problem("extra-missing", {"extra": "office", "library": library})])
