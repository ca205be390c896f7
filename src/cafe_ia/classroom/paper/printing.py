"""Printing: the nodes of a document are set by Typst, at a size at which the running order fits.

A facilitator holds the running order in one hand: it is one sheet of paper, two pages. The type
is the largest that keeps it there, down to one that a tired person still reads; what does not
fit even so takes a third page. What is done and what is said stay in the order in which they
come, since nobody can play a step whose gestures stand elsewhere.
"""

from __future__ import annotations

import json
import warnings
from bisect import bisect_left
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cafe_ia.classroom.paper.fonts import FONTS, uncovered
from cafe_ia.classroom.paper.sheets import PARTS, Part, document, in_version
from cafe_ia.classroom.paper.tree import Node, strings
from cafe_ia.problem import Problem, RecordError

if TYPE_CHECKING:
    from typst import Fonts

    from cafe_ia.curriculum import Module

__all__ = ["SIZES", "to_pdf"]

SIZES = (13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0)
"""Sizes in points of what is said aloud, the first one first; Arabic letters are set a seventh
larger. What is done is a point and a half smaller, and the room around it shrinks along."""

_USUAL = 12.0
"""The size where none keeps the running order short."""

_ORDER_PAGES = (2, 3)
"""Pages that a running order may take: both sides of one sheet, else one page more."""

_TEMPLATES = Path(__file__).parent

_DEFAULTS: Node = {"order-size": _USUAL, "trial": False}


def to_pdf(
    module: Module,
    language: str = "fr",
    *,
    part: Part = "all",
    minutes: int = 60,
) -> bytes:
    """A module's sheets as one PDF, for A4 paper.

    The same module gives the same bytes on every machine, so that a sheet that was printed can
    be told from one that has changed.

    Args:
        module: The module.
        language: `fr`, `ar`, `en` or `ary`; what is missing in it is printed in the next best.
        part: Which sheets; all of them leave the quiz out where a module has none.
        minutes: Which of the module's versions the running order follows.

    Raises:
        RecordError: `character-uncovered`, once for each character that the fonts cannot draw;
            `version-unknown`, when the module has no version of so many minutes;
            `extra-missing`, when Typst is not installed.
        ValueError: no such part.
    """
    if part not in PARTS:
        raise ValueError(f"{part!r} is not one of {', '.join(PARTS)}")
    steps = in_version(module, minutes)
    given = document(module, language, part, steps)
    faults = uncovered(strings(given))
    if faults:
        raise RecordError(faults)
    order = given["parts"][0]
    if order["kind"] == "facilitator":
        given = given | _fitted(given)
    return _Setting(given).pdf()


def _fitted(given: Node) -> Node:
    """The size of type at which a document's running order is as short as it can be.

    It is the largest at which the order stays on one sheet of paper; where none does, the largest
    at which it takes one page more. Where the smallest type cannot hold even that, nothing is
    gained by small type, and the order takes the pages that it needs.
    """
    trial = given | {"parts": given["parts"][:1], "trial": True}

    @cache
    def pages(size: float) -> int:
        return _Setting(trial | {"order-size": size}).order_pages()

    for most in _ORDER_PAGES:
        # By halving: a try takes some time.
        at = bisect_left(SIZES, -most, key=lambda size: -pages(size))
        if at < len(SIZES):
            return {"order-size": SIZES[at]}
    return {"order-size": _USUAL}


class _Setting:
    """One try at setting a document. It reads the templates and fonts of this package alone."""

    def __init__(self, given: Node) -> None:
        self._compiler = _typst().Compiler(
            str(_TEMPLATES / "sheet.typ"),
            root=str(_TEMPLATES),
            font_paths=_fonts(),
            sys_inputs={"document": json.dumps(_DEFAULTS | given, ensure_ascii=False)},
        )
        year, month, day, hour, minute, second = given["updated"]
        self._updated = datetime(year, month, day, hour, minute, second, tzinfo=UTC)

    def order_pages(self) -> int:
        """How many pages the running order takes."""
        (end,) = json.loads(self._compiler.query("<order-ends>", field="value"))
        return int(end)

    def pdf(self) -> bytes:
        """The document, tagged for screen readers as PDF/UA-1 asks."""
        made, warned = self._compiler.compile_with_warnings(
            format="pdf", pdf_standards="ua-1", timestamp=self._updated
        )
        for warning in warned:
            warnings.warn(warning, stacklevel=3)
        return bytes(made)


@cache
def _fonts() -> Fonts:
    """Our fonts and no others: a page must not depend on what a computer has."""
    ours: Fonts = _typst().Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return ours


def _typst() -> Any:
    try:
        import typst
    except ModuleNotFoundError as error:
        values = {"extra": "print", "library": "typst"}
        raise RecordError([Problem("extra-missing", values)]) from error
    return typst
