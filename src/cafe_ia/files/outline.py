"""A lesson's Markdown file as an outline: its front matter, and one piece under each heading.

A piece is the smallest part that is translated as one: the words under a heading of the second or
the third level. A translated piece says, in a comment under its heading, what it was made from:
`<!-- fr@1a2b3c4d -->`. A comment `<!-- fr: … -->` holds the source's words as long as they wait
for a translator.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cafe_ia.problem import Place, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from cafe_ia.files.node import Source

__all__ = ["MADE_FROM", "PARTS", "WAITING", "Key", "Outline", "Piece", "fingerprint"]

Key = tuple[str | int, ...]
"""Which piece: `("invitation",)`, `("steps", 2)`, `("twin", "rules")`."""

PARTS: dict[str, tuple[str, ...]] = {
    "invitation": (), "objectives": (), "steps": ("*",), "prediction": (),
    "twin": ("rules", "cards", "sheets"), "debate": (), "expected": ("*",), "hard": ("*",),
    "terms": (), "quiz": (), "materials": (), "takeaway": (), "references": (),
}  # fmt: skip
"""The parts of a lesson in the order in which they are written, and what stands inside each:
fixed headings, or (`*`) headings that a person words."""

MADE_FROM = re.compile(r"<!--\s*([A-Za-z][A-Za-z0-9-]*)@([0-9a-f]{8})\s*-->\s*")
"""A comment that says what a piece was translated from."""

WAITING = re.compile(r"<!--\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*):[^\n]*\n.*?-->\s*", re.DOTALL)
"""A comment with words that wait for a translator, below its first line; a note is on one line."""


@dataclass(slots=True)
class Piece:
    """The words under one heading. Lines count from 0."""

    key: Key
    title: str
    """The heading's own words; empty where they are fixed."""
    line: int
    """Of the heading."""
    column: int
    """Of the heading's words, counted from 1."""
    tokens: list[Token]
    """What the parser made of the words."""
    first: int
    """The first line below the heading."""
    end: int
    """The line after the last."""
    words: str
    """The words as they were typed, without comments."""
    made_from: tuple[str, str] | None = None
    """The language and the fingerprint of what it was translated from."""
    waiting: bool = False
    """Whether the source's words still wait in a comment."""


@dataclass(slots=True)
class Outline:
    """One language of a module, as its file has it."""

    language: str
    source: Source
    pieces: dict[Key, Piece] = field(default_factory=dict)
    """By what they are; the title of the file is `("question",)`."""
    lines: Sequence[str] = ()
    """The file's lines."""
    first: int = 0
    """The first line that says something below the fields at the head."""
    meant: set[str] = field(default_factory=set)
    """The headings that stand there in another spelling: that is told, and not that they miss."""

    def place(self, line: int, column: int = 1) -> Place:
        """A line that counts from 0 as a place."""
        return Place(self.source.file, line + 1, column)

    def inside(self, part: str) -> list[Piece]:
        """The pieces that stand under a part whose headings a person words, in order."""
        return [piece for key, piece in self.pieces.items() if key[0] == part and len(key) > 1]

    def next_part(self, part: str) -> int:
        """The line of the part that follows one, or of the file's last words."""
        after = list(PARTS)[list(PARTS).index(part) + 1 :]
        lines = [piece.line for key, piece in self.pieces.items() if key[0] in after]
        last = max((n for n, line in enumerate(self.lines) if line.strip()), default=0)
        return min(lines, default=last)

    def faulty(self) -> frozenset[str]:
        """The parts in which a fault was told: with another language they are not compared."""
        at = sorted((one.line, str(key[0])) for key, one in self.pieces.items() if len(key) == 1)
        told = {
            one.place.line - 1
            for one in self.source.problems
            if one.place is not None and one.severity is Severity.ERROR
        }
        ends = [*[line for line, _ in at[1:]], len(self.lines)]
        return frozenset(
            part
            for (start, part), end in zip(at, ends, strict=False)
            if any(start <= line < end for line in told)
        )

    def column_of(self, line: int, words: str) -> int:
        """Where words begin on a line, counted from 1."""
        if line >= len(self.lines):
            return 1
        found = self.lines[line].find(words.split("\n", 1)[0][:40]) if words else -1
        if found >= 0:
            return found + 1
        return len(self.lines[line]) - len(self.lines[line].lstrip()) + 1


def fingerprint(piece: Piece) -> str:
    """What a translation is held against: eight digits of the SHA-256 of a piece's words.

    Spaces and line ends do not count, nor how a letter with a mark is encoded.
    """
    said = " ".join(unicodedata.normalize("NFC", f"{piece.title}\n{piece.words}").split())
    return hashlib.sha256(said.encode()).hexdigest()[:8]
