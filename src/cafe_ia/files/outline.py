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
from itertools import pairwise
from typing import TYPE_CHECKING

from cafe_ia.entry import plain
from cafe_ia.files.node import Source
from cafe_ia.files.tree import compose, read_text, tell_unseen
from cafe_ia.phrases import headings, spoken
from cafe_ia.problem import Place
from cafe_ia.prose import DEEPEST, parser

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from markdown_it.token import Token

__all__ = [
    "MADE_FROM", "PARTS", "WAITING", "Key", "Outline", "Piece", "fingerprint", "outlined",
    "read_outline",
]  # fmt: skip

Key = tuple[str | int, ...]
"""Which piece: `("invitation",)`, `("steps", 2)`, `("twin", "rules")`."""

PARTS: dict[str, tuple[str, ...]] = {
    "invitation": (), "objectives": (), "steps": ("*",), "prediction": (),
    "twin": ("rules", "cards", "sheets"), "debate": (), "expected": ("*",), "hard": ("*",),
    "terms": (), "quiz": (), "materials": (), "takeaway": (), "references": (),
}  # fmt: skip
"""The parts of a lesson in the order in which they are written, and what stands inside each:
fixed headings, or (`*`) headings that a person words."""

_FRONT = re.compile(r"---[ \t]*\n(?:(?P<front>.*?)\n)?---[ \t]*(?:\n|$)", re.DOTALL)
MADE_FROM = re.compile(r"<!--\s*([A-Za-z][A-Za-z0-9-]*)@([0-9a-f]{8})\s*-->\s*")
"""A comment that says what a piece was translated from."""

WAITING = re.compile(r"<!--\s*([A-Za-z][A-Za-z0-9-]*):\s.*?-->\s*", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->\s*|\Z)", re.DOTALL)
_PIECE_LEVEL = 3
"""Headings below this level belong to the piece in which they stand."""


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

    def place(self, line: int, column: int = 1) -> Place:
        """A line that counts from 0 as a place."""
        return Place(self.source.file, line + 1, column)

    def inside(self, part: str) -> list[Piece]:
        """The pieces that stand under a part whose headings a person words, in order."""
        return [piece for key, piece in self.pieces.items() if key[0] == part and len(key) > 1]

    def column_of(self, line: int, words: str) -> int:
        """Where words begin on a line, counted from 1."""
        if line >= len(self.lines):
            return 1
        found = self.lines[line].find(words.split("\n", 1)[0][:40]) if words else -1
        if found >= 0:
            return found + 1
        return len(self.lines[line]) - len(self.lines[line].lstrip()) + 1


def read_outline(path: Path, language: str, shown: str | None = None) -> Outline:
    """Read a lesson's file in one language.

    Args:
        path: The file.
        language: The language that its name says.
        shown: The path as a person should see it in messages.
    """
    return outlined(read_text(path, shown), language)


def outlined(source: Source, language: str) -> Outline:
    """The outline of a file whose text was read; faults of form are added to the source's."""
    outline = Outline(language, source)
    if source.problems or tell_unseen(source):
        return outline
    source.text = source.text.replace("\r\n", "\n").replace("\r", "\n")
    body = _front_matter(source)
    outline.lines = source.text.split("\n")
    # What was front matter stays as empty lines, so that the parser counts like the file.
    tokens = parser().parse("\n" * source.text.count("\n", 0, body) + source.text[body:])
    # The parser leaves out, without a word, what lies deeper than it goes.
    deep = next((token for token in tokens if token.level >= DEEPEST - 2), None)
    if deep is not None:
        source.tell("prose-too-deep", outline.place(_line(deep)), deepest=DEEPEST // 2)
    _pieces(outline, tokens)
    return outline


def fingerprint(piece: Piece) -> str:
    """What a translation is held against: eight digits of the SHA-256 of a piece's words.

    Spaces and line ends do not count, nor how a letter with a mark is encoded.
    """
    said = " ".join(unicodedata.normalize("NFC", f"{piece.title}\n{piece.words}").split())
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def _front_matter(source: Source) -> int:
    """Read the fields at the head of the file; where the body begins."""
    found = _FRONT.match(source.text)
    if not found:
        source.tell("front-matter-missing", Place(source.file))
        return 0
    fields = Source(source.file, text="\n" + (found["front"] or ""))
    if (found["front"] or "").strip():
        compose(fields)
    source.root = fields.root
    source.problems += fields.problems
    return found.end()


def _pieces(outline: Outline, tokens: Sequence[Token]) -> None:
    """Cut the parser's tokens at the headings, and name each piece."""
    starts = [
        n
        for n, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and int(token.tag[1]) <= _PIECE_LEVEL
    ]
    namer = _Namer(outline)
    if starts and any(token.type == "paragraph_open" for token in tokens[: starts[0]]):
        outline.source.tell("text-before-heading", outline.place(_line(tokens[0])))
    for start, end in pairwise([*starts, len(tokens)]):
        head, inline = tokens[start], tokens[start + 1]
        assert head.map is not None  # the parser says where each block stands
        stop = _line(tokens[end]) if end < len(tokens) else len(outline.lines)
        first = head.map[1]
        raw = "\n".join(outline.lines[first:stop])
        made, waiting = MADE_FROM.search(raw), WAITING.search(raw)
        key, title = namer.named(int(head.tag[1]), inline.content, _line(head))
        if key is None:
            continue
        outline.pieces[key] = Piece(
            key=key,
            title=title,
            line=_line(head),
            column=outline.column_of(_line(head), inline.content),
            tokens=list(tokens[start + 3 : end]),
            first=first,
            end=stop,
            words=_COMMENT.sub("", raw).strip(),
            made_from=(made[1], made[2]) if made else None,
            waiting=bool(waiting),
        )


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


class _Namer:
    """Gives each heading its key, and tells of those that have none."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.part = ""
        """The part in which we are; empty before the first, and in one that is not known."""
        self.known = {
            _folded(spelling): key
            for key, by_language in headings().items()
            for spelling in by_language[spoken(outline.language)]
        }

    def named(self, level: int, title: str, line: int) -> tuple[Key | None, str]:
        """The key of a heading, and its words where a person chose them."""
        if level == 1:
            return self._once(("question",), title, line), title
        key = self.known.get(_folded(title), "")
        if level == 2:  # noqa: PLR2004 # of a part
            self.part = key if key in PARTS else ""
            if not self.part:
                self._unknown(title, line, PARTS)
                return None, title
            return self._once((self.part,), title, line), ""
        inside = PARTS.get(self.part, ())
        if inside == ("*",):
            count = len(self.outline.inside(self.part))
            return (self.part, count), title
        if key in inside:
            return self._once((self.part, key), title, line), ""
        if self.part:
            self._unknown(title, line, inside)
        return None, title

    def _once(self, key: Key, title: str, line: int) -> Key | None:
        if key in self.outline.pieces:
            before = self.outline.pieces[key].line + 1
            place = self.outline.place(line, self.outline.column_of(line, title))
            self.outline.source.tell("heading-twice", place, heading=title, line=before)
            return None
        return key

    def _unknown(self, title: str, line: int, expected: Iterable[str]) -> None:
        from cafe_ia.files.typed import nearest

        known = [headings()[key][spoken(self.outline.language)][0] for key in expected]
        values = {"heading": title, "known": ", ".join(known) or "–", "near": nearest(title, known)}
        place = self.outline.place(line, self.outline.column_of(line, title))
        self.outline.source.tell("heading-unknown", place, **values)


def _folded(title: str) -> str:
    """A heading as it is compared: without capitals, marks of direction, a colon at its end."""
    return " ".join(plain(title).casefold().rstrip(" :.").split())
