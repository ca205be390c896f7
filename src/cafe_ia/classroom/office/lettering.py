"""Lettering: words as runs of one direction each, ready to be set.

Word draws a run that is marked right to left as such whatever letters are in it; Latin letters in
a run so marked come out in an order that no standard fixes. So a text is cut where its direction
turns, by the rules of the Unicode Bidirectional Algorithm (UAX #9) that matter to a lesson: a
number goes with the word before it (W2, W7), what is neutral with its neighbours where they agree
(N1), else with the text (N2).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import groupby
from typing import NamedTuple

__all__ = ["FONT", "Run", "runs", "settable"]

FONT = "Arial"
"""The one font named in office documents, for all letters.

It is on every Windows and Mac, with Arabic letters; where it is missing, Liberation Sans has its
widths and LibreOffice puts it in by itself. Tifinagh, and Arabic under Liberation Sans, are drawn
from the fonts that the system keeps for them. A finer font would be boxes, or another page break,
on the computer next door.
"""

_LOOSE_MARK = re.compile(r" (?=[?!;:»])|(?<=«) ")
_NEVER_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


class Run(NamedTuple):
    """Letters of one direction."""

    words: str
    direction: str
    """`ltr` or `rtl`."""


def settable(words: str, language: str) -> str:
    """Words as a page takes them: French marks stay on the line of their word.

    The few characters that XML has no room for become the sign for one that is not known.
    """
    words = _NEVER_IN_XML.sub("\N{REPLACEMENT CHARACTER}", words)
    if language.split("-", maxsplit=1)[0] != "fr":
        return words
    return _LOOSE_MARK.sub("\N{NO-BREAK SPACE}", words)


def runs(words: str, direction: str) -> list[Run]:
    """Words cut where their direction turns; put together again they are the same words.

    Args:
        words: A line or more of text.
        direction: How the text around them runs.
    """
    found = _directions(words, direction)
    parts = groupby(zip(words, found, strict=True), key=lambda pair: pair[1])
    return [Run("".join(letter for letter, _ in pairs), turned) for turned, pairs in parts]


def _directions(words: str, direction: str) -> list[str]:
    """The direction of each character."""
    found: list[str] = []
    neutral = 0  # how many characters before this one wait for their other neighbour
    strong = direction
    for letter in words:
        turned = _direction_of(letter)
        if turned == "number":
            turned = strong
        if not turned:
            neutral += 1
            continue
        found += [turned if turned == strong else direction] * neutral
        found.append(turned)
        neutral, strong = 0, turned
    return found + [direction] * neutral


@cache
def _direction_of(letter: str) -> str:
    kind = unicodedata.bidirectional(letter)
    if kind == "L":
        return "ltr"
    if kind in ("R", "AL"):
        return "rtl"
    # A mark over or under a letter goes with it, as a number with the word before it.
    return "number" if kind in ("EN", "AN", "NSM") else ""
