"""The letters: which fonts a sheet is printed with, and whether they can draw a text.

A letter that no font draws would be printed as an empty box, and nobody would notice before the
room does. So each text is held against the fonts' own tables first. They are read here, out of
the very files that print, because a list of letters made beforehand could differ from them.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cafe_ia.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FAMILIES", "FONTS", "covered", "drawn", "letters", "uncovered"]

FONTS = Path(__file__).parents[2] / "fonts"
"""The folder of the fonts that come with the package."""

FAMILIES = ("Noto Sans", "Noto Naskh Arabic", "Noto Sans Tifinagh", "Noto Sans Math")
"""Latin, Arabic and Tifinagh letters, arrows and signs of calculation; see `prose.typ`."""

_AROUND = 20
"""How many characters of a text are shown on each side of one that cannot be drawn."""

_TURNING = dict.fromkeys([0xFEFF, *range(0x202A, 0x202F)])
"""Marks that turn the direction of all that follows, and the byte order mark: left out."""

_SPACES = str.maketrans({"\t": " ", "\u2028": "\n", "\u2029": "\n", "\r": None})


def drawn(text: str) -> str:
    """A text as it is given to the printer: the words are all there, what turns them is not.

    An embedding or an override that is left open would turn round what another person wrote
    next to it. Isolates and marks of direction do no such harm, and stay.
    """
    return text.translate(_TURNING).translate(_SPACES)


@cache
def covered() -> frozenset[int]:
    """The code points that the fonts can draw.

    A family counts through its regular font: a test holds its other fonts to the same letters.
    """
    found: set[int] = set()
    for path in sorted(FONTS.glob("*-Regular.ttf")):
        found |= letters(path.read_bytes())
    return frozenset(found)


def uncovered(texts: Iterable[str]) -> list[Problem]:
    """Each character that no font draws, once, with the words around it."""
    found: dict[str, Problem] = {}
    for text in texts:
        for character in set(text) - found.keys():
            if ord(character) in covered() or ord(character) in _UNSEEN:
                continue
            at = text.index(character)
            around = text[max(at - _AROUND, 0) : at + _AROUND + 1]
            found[character] = Problem(
                "character-uncovered",
                {
                    "character": f"U+{ord(character):04X} {character}",
                    "name": unicodedata.name(character, "?"),
                    "text": " ".join(around.split()),
                },
            )
    return [found[character] for character in sorted(found)]


_UNSEEN = frozenset([
    0x0A, 0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10),
])  # fmt: skip
"""What is not drawn at all: a line's end, joiners, marks of direction, choices of a variant.

Source: Unicode property Default_Ignorable_Code_Point, as far as people's texts have them."""


def letters(font: bytes) -> set[int]:
    """The code points that a TrueType font maps to a letter of its own.

    Source: OpenType specification, table `cmap`, formats 4 and 12.
    """
    tables = struct.unpack_from(">H", font, 4)[0]
    for n in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * n)
        if tag == b"cmap":
            break
    found: set[int] = set()
    for n in range(struct.unpack_from(">H", font, start + 2)[0]):
        platform, _, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * n)
        form = struct.unpack_from(">H", font, start + offset)[0]
        if platform in (0, 3) and form in _FORMATS:
            found |= _FORMATS[form](font, start + offset)
    return found


def _segments(font: bytes, at: int) -> set[int]:
    """Format 4: runs of the first 65,536 code points."""
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    row = struct.Struct(f">{count}H")
    ends = row.unpack_from(font, at + 14)
    starts = row.unpack_from(font, at + 16 + 2 * count)
    deltas = row.unpack_from(font, at + 16 + 4 * count)
    offsets_at = at + 16 + 6 * count
    offsets = row.unpack_from(font, offsets_at)
    found: set[int] = set()
    for n, (first, last, delta, offset) in enumerate(
        zip(starts, ends, deltas, offsets, strict=True)
    ):
        for point in range(first, last + 1):
            glyph = point
            if offset:
                where = offsets_at + 2 * n + offset + 2 * (point - first)
                glyph = struct.unpack_from(">H", font, where)[0]
                glyph = glyph + delta if glyph else 0
            else:
                glyph += delta
            if glyph & 0xFFFF:
                found.add(point)
    found.discard(0xFFFF)
    return found


def _groups(font: bytes, at: int) -> set[int]:
    """Format 12: runs of all code points."""
    found: set[int] = set()
    for n in range(struct.unpack_from(">L", font, at + 12)[0]):
        first, last, glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * n)
        found.update(range(first if glyph else first + 1, last + 1))
    return found


_FORMATS = {4: _segments, 12: _groups}
