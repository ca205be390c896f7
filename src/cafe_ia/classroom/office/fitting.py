"""Fitting: how large words may be to stay in their box, and where they break when they do not.

A slide is read from the back of the room or not at all, so words are as large as their number
allows, never below a least size, and what is still too long goes on to the next slide: nothing is
cut off. Widths are estimates that err on the wide side, because the font on the computer in the
room is not known here.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from cafe_ia.prose import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cafe_ia.prose import Spans

__all__ = ["Box", "Line", "pages", "size_for"]

_LINE = {"ltr": 1.25, "rtl": 1.7}
"""The height of a line, in sizes: Arabic letters reach far down in the fonts that stand in."""

_LIGHT = 0.87
"""How wide letters are that are not bold, beside bold ones."""

_BETWEEN = 0.3
"""The space between two paragraphs, in sizes."""


class Box(NamedTuple):
    """The room that words have on a slide, in points."""

    width: float
    height: float


class Line(NamedTuple):
    """A paragraph of a slide."""

    spans: Spans
    language: str
    direction: str
    point: bool = False
    """Whether it is an item of a list."""
    heavy: bool = False
    """Whether it is set in bold, which is wider."""

    @property
    def words(self) -> str:
        """The words alone."""
        return "".join(span.text for span in self.spans)


def size_for(lines: Sequence[Line], box: Box, sizes: Sequence[int]) -> int | None:
    """The first of the sizes at which all the lines stay in the box; none where none does."""
    return next((size for size in sizes if _height(lines, box, size) <= box.height), None)


def pages(lines: Sequence[Line], box: Box, size: int) -> Iterator[list[Line]]:
    """Lines as pages that each stay in the box, broken between words where they must be."""
    page: list[Line] = []
    left = box.height
    for line in lines:
        tall = _LINE[line.direction] * size
        whole = _height([line], box, size)
        # A short paragraph goes over whole; only one that no page can hold is broken.
        if page and whole > left:
            yield page
            page, left = [], box.height
        starts = _breaks(line, box, size)
        words = line.words
        most = max(1, int(box.height // tall))
        for at in range(0, len(starts), most):
            if at:
                yield page
                page, left = [], box.height
            until = starts[at + most] if at + most < len(starts) else len(words)
            while until > starts[at] and words[until - 1] == "\n":
                until -= 1  # the page itself ends the line
            page.append(line._replace(spans=_slice(line.spans, starts[at], until)))
            left -= tall * min(most, len(starts) - at) + _BETWEEN * size
    if page:
        yield page


def _height(lines: Sequence[Line], box: Box, size: int) -> float:
    set_lines = sum(len(_breaks(line, box, size)) * _LINE[line.direction] * size for line in lines)
    return set_lines + _BETWEEN * size * (len(lines) - 1)


def _breaks(line: Line, box: Box, size: int) -> list[int]:
    """Where each set line begins in the words of a paragraph."""
    room = (box.width / size) - (1.2 if line.point else 0)
    words, weight = line.words, 1.0 if line.heavy else _LIGHT
    starts, used, word = [0], 0.0, 0  # `word` is where the word that is being read begins
    since = 0.0  # the width of that word so far
    for at, letter in enumerate(words):
        if letter == "\n":
            starts.append(at + 1)
            used = since = 0.0
            word = at + 1
            continue
        width = _width(letter) * weight
        if letter == " ":
            used, since, word = used + width, 0.0, at + 1
            continue
        if used + width > room and at > starts[-1]:
            if word > starts[-1]:  # the whole word goes down
                starts.append(word)
                used = since
            else:  # a word longer than a line
                starts.append(at)
                used = since = 0.0
        used, since = used + width, since + width
    return starts


@cache
def _width(letter: str) -> float:
    """The width of a letter, in sizes; bold Arial and the widest of those that stand in for it."""
    if unicodedata.category(letter) in ("Mn", "Cf"):
        return 0.0
    if letter in " .,:;'’|!iljI":
        return 0.34
    if letter in "mwMW@%—…":
        return 1.0
    if letter.isupper() or unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0x1FFF:  # noqa: PLR2004 # signs
        return 1.0 if not letter.isupper() else 0.8
    if unicodedata.bidirectional(letter) == "AL":
        return 0.57
    return 0.66


def _slice(spans: Spans, start: int, end: int) -> Spans:
    found, at = [], 0
    for span in spans:
        text = span.text[max(0, start - at) : max(0, end - at)]
        at += len(span.text)
        if text:
            found.append(Span(text, span.strong, span.emphasis, span.link))
    return tuple(found)
