"""Printing: the nodes of a document are set by Typst, at a size at which the running order fits.

A facilitator holds the running order in one hand: it is one sheet of paper, two pages. The type
is the largest that keeps it there, down to one that a tired person still reads; what does not
fit even so is moved to later pages, never left out.
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
from cafe_ia.classroom.paper.tree import Node, aloud, in_one_go, strings, unsaid
from cafe_ia.problem import Problem, RecordError

if TYPE_CHECKING:
    from typst import Fonts

    from cafe_ia.curriculum import Module

__all__ = ["SIZES", "to_pdf"]

SIZES = (12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0)
"""Sizes of type in points, the first one first; Arabic letters are set a seventh larger."""

_USUAL = 11.0
"""The size where none keeps the running order on its sheet."""

_ORDER_PAGES = 2
"""Pages that a running order may take: both sides of one sheet."""

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
    """What must change of a document so that its running order stays on one sheet of paper.

    First the largest type that does. Where none does, only what is said aloud stands in the
    order, and what the facilitator does on the pages after it; then its sentences follow each
    other on one line. Where the smallest type cannot hold even that, nothing is gained by small
    type, and the order takes the pages that it needs.
    """
    order, *others = given["parts"]
    steps = [step | {"guide": aloud(step["guide"])} for step in order["steps"]]
    done = [step | {"guide": unsaid(step["guide"])} for step in order["steps"]]
    short = order | {"steps": steps, "guides": [step for step in done if step["guide"]["b"]]}
    tight = short | {"steps": [step | {"guide": in_one_go(step["guide"])} for step in steps]}
    for way in (order, short, tight):
        size = _largest(given | {"parts": [way], "trial": True})
        if size is not None:
            return {"parts": [way, *others], "order-size": size}
    return {"order-size": _USUAL}


def _largest(given: Node) -> float | None:
    """The largest size at which a running order fits, by halving: a try takes some time."""
    at = bisect_left(SIZES, True, key=lambda size: _Setting(given | {"order-size": size}).fits())  # noqa: FBT003 # what is sought is a truth
    return SIZES[at] if at < len(SIZES) else None


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

    def fits(self) -> bool:
        """Whether the running order ends on the second side of its sheet, or before."""
        (end,) = json.loads(self._compiler.query("<order-ends>", field="value"))
        return int(end) <= _ORDER_PAGES

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
