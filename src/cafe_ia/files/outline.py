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
from cafe_ia.problem import Place, Severity
from cafe_ia.prose import DEEPEST, parser

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from markdown_it.token import Token

__all__ = [
    "LONGEST_PARAGRAPH", "MADE_FROM", "PARTS", "WAITING", "Key", "Outline", "Piece",
    "fingerprint", "outlined", "read_outline",
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

_FRONT = re.compile(r"\s*---[ \t]*\n(?:(?P<front>.*?)\n)?---[ \t]*(?:\n|$)", re.DOTALL)
_HARD = "[ \u00a0\u202f]"
_MARKS = re.compile(rf"^(?:{_HARD}*(?:[-*+>]|#{{1,6}}|\d{{1,9}}[.)]){_HARD})+", re.MULTILINE)
"""The marks at the beginning of a line, with the space behind each."""

MADE_FROM = re.compile(r"<!--\s*([A-Za-z][A-Za-z0-9-]*)@([0-9a-f]{8})\s*-->\s*")
"""A comment that says what a piece was translated from."""

WAITING = re.compile(r"<!--\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*):[^\n]*\n.*?-->\s*", re.DOTALL)
"""A comment with words that wait for a translator, below its first line; a note is on one line."""

_COMMENT = re.compile(r"<!--.*?(?:-->\s*|\Z)", re.DOTALL)
_EMPTY_LINE = re.compile(r"(\n[ \t]*\n)")
LONGEST_PARAGRAPH = 120_000
"""Characters between two empty lines: past that, the parser would sit over brackets for minutes."""

_PART_LEVEL = 2
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
    if not source.text.strip():
        source.tell("file-empty", Place(source.file))
        return outline
    # A word processor puts a hard space behind the mark of a heading, an item, a quote.
    source.text = _MARKS.sub(lambda found: re.sub(_HARD, " ", found[0]), source.text)
    if _too_long(outline):
        return outline
    body = _front_matter(source)
    above = source.text.count("\n", 0, body)
    outline.lines = source.text.split("\n")
    said = [n for n, line in enumerate(outline.lines) if line.strip() and n >= above]
    outline.first = said[0] if said else 0
    # What was front matter stays as empty lines, so that the parser counts like the file.
    tokens = parser().parse("\n" * above + source.text[body:])
    # The parser leaves out, without a word, what lies deeper than it goes.
    deep = next((token for token in tokens if token.level >= DEEPEST - 2), None)
    if deep is not None:
        source.tell("prose-too-deep", outline.place(_line(deep)), deepest=DEEPEST // 2)
    if _unclosed(outline, tokens):
        outline.lines = ()  # what follows is not what the person meant
        return outline
    _pieces(outline, tokens)
    return outline


def _unclosed(outline: Outline, tokens: Sequence[Token]) -> bool:
    """Tell a comment, or a run of code, that takes all that follows because nothing ends it."""
    for token in tokens:
        first, end = token.map or (0, 0)
        last = outline.lines[min(end, len(outline.lines)) - 1].lstrip("> ")
        comment = token.type == "html_block" and token.content.lstrip().startswith("<!--")
        if comment and "-->" not in token.content:
            mark = "<!--"
        elif token.type == "fence" and (end == first + 1 or not last.startswith(token.markup)):
            mark = token.markup
        else:
            continue
        outline.source.tell("block-unclosed", outline.place(first), mark=mark)
        return True
    return False


def _too_long(outline: Outline) -> bool:
    """Tell a paragraph that is longer than any lesson's."""
    at = 0
    for chunk in _EMPTY_LINE.split(outline.source.text):
        if len(chunk) > LONGEST_PARAGRAPH:
            values = {"count": len(chunk), "most": LONGEST_PARAGRAPH}
            outline.source.tell("paragraph-too-long", outline.place(at), **values)
            return True
        at += chunk.count("\n")
    return False


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
    above = source.text.count("\n", 0, max(found.start("front"), 0)) or 1
    fields = Source(source.file, text="\n" * above + (found["front"] or ""))
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
    stray = _stray(tokens[: starts[0]] if starts else tokens)
    if stray is not None and outline.lines[outline.first].strip() != "---":  # not closed: told
        outline.source.tell("text-before-heading", outline.place(stray))
    for start, end in pairwise([*starts, len(tokens)]):
        head, inline = tokens[start], tokens[start + 1]
        assert head.map is not None  # the parser says where each block stands
        stop = _line(tokens[end]) if end < len(tokens) else len(outline.lines)
        first = head.map[1]
        raw = "\n".join(outline.lines[first:stop])
        made, waiting = MADE_FROM.search(raw), WAITING.search(raw)
        level = int(head.tag[1])
        key, title = namer.named(level, inline.content, _line(head))
        inner = tokens[start + 3 : end]
        headed = end < len(tokens) and int(tokens[end].tag[1]) == _PIECE_LEVEL
        if key == ("question",) or (level == _PART_LEVEL and namer.inside and headed):
            stray = _stray(inner)
            if stray is not None:
                values = {"heading": inline.content}
                outline.source.tell("text-before-subheading", outline.place(stray), **values)
        if key is None:
            continue
        outline.pieces[key] = Piece(
            key=key,
            title=title,
            line=_line(head),
            column=outline.column_of(_line(head), inline.content),
            tokens=list(inner),
            first=first,
            end=stop,
            words=_COMMENT.sub("", raw).strip(),
            made_from=(made[1], made[2]) if made else None,
            waiting=bool(waiting),
        )


def _stray(tokens: Sequence[Token]) -> int | None:
    """The line of words that stand where only headings can."""
    words = next((one for one in tokens if one.type != "html_block"), None)
    return None if words is None else _line(words)


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

    @property
    def inside(self) -> tuple[str, ...]:
        """The headings that stand inside the part in which we are."""
        return PARTS.get(self.part, ())

    def named(self, level: int, title: str, line: int) -> tuple[Key | None, str]:
        """The key of a heading, and its words where a person chose them."""
        if level == 1:
            self.part = ""
            return self._once(("question",), title, line), title
        key = self.known.get(_folded(title), "")
        if level == _PART_LEVEL:
            self.part = key if key in PARTS else ""
            if not self.part:
                self._unknown(title, line, level)
                return None, title
            return self._once((self.part,), title, line), ""
        if self.inside == ("*",):
            count = len(self.outline.inside(self.part))
            return (self.part, count), title
        if key in self.inside:
            return self._once((self.part, key), title, line), ""
        if self.part:
            self._unknown(title, line, level)
        return None, title

    def _once(self, key: Key, title: str, line: int) -> Key | None:
        if key in self.outline.pieces:
            before = self.outline.pieces[key].line + 1
            place = self.outline.place(line, self.outline.column_of(line, title))
            code = "question-twice" if key == ("question",) else "heading-twice"
            self.outline.source.tell(code, place, heading=title, line=before)
            return None
        return key

    def _unknown(self, title: str, line: int, level: int) -> None:
        from cafe_ia.files.typed import nearest

        names = headings()
        parts, inside = ({key: names[key][spoken(self.outline.language)][0] for key in keys}
                         for keys in (PARTS, self.inside))  # fmt: skip
        here = inside if level > _PART_LEVEL and inside else parts
        mark = _mark(_PIECE_LEVEL if here is inside else _PART_LEVEL)
        key = self.known.get(_folded(title))
        near = here.get(key or "") or nearest(title, here.values())
        self.outline.meant |= {one for one, words in here.items() if words == near}
        values = {
            "heading": f"{_mark(level)} {title}",
            "known": ", ".join(f"{mark} {words}" for words in here.values()),
            "near": near and f"{mark} {near}",
        }
        place = self.outline.place(line, self.outline.column_of(line, title))
        self.outline.source.tell("heading-unknown", place, **values)


def _mark(level: int) -> str:
    return "#" * level


def _folded(title: str) -> str:
    """A heading as it is compared: without capitals, marks of direction, a colon at its end."""
    composed = unicodedata.normalize("NFC", plain(title))
    return " ".join(composed.casefold().rstrip(" :.").split())
