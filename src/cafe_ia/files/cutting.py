"""A lesson's file cut at its headings: each piece gets its name, and its lines.

What cannot be cut as the person meant it is told, and nothing is guessed: words above the first
heading, a comment that nothing ends, a heading that is none of those that stand there.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from cafe_ia.entry import plain
from cafe_ia.files.node import Source
from cafe_ia.files.outline import MADE_FROM, PARTS, WAITING, Key, Outline, Piece
from cafe_ia.files.tree import compose, read_text, tell_unseen
from cafe_ia.files.typed import nearest
from cafe_ia.phrases import headings, spoken
from cafe_ia.problem import Place
from cafe_ia.prose import DEEPEST, parser

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from markdown_it.token import Token

__all__ = ["LONGEST_PARAGRAPH", "outlined", "read_outline"]

_FRONT = re.compile(r"\s*---[ \t]*\n(?:(?P<front>.*?)\n)?---[ \t]*(?:\n|$)", re.DOTALL)
_HARD = "[ \u00a0\u202f]"
_MARKS = re.compile(rf"^(?:{_HARD}*(?:[-*+>]|#{{1,6}}|\d{{1,9}}[.)]){_HARD})+", re.MULTILINE)
"""The marks at the beginning of a line, with the space behind each."""

_COMMENT = re.compile(r"<!--.*?(?:-->\s*|\Z)", re.DOTALL)
_EMPTY_LINE = re.compile(r"(\n[ \t]*\n)")

LONGEST_PARAGRAPH = 120_000
"""Characters between two empty lines: past that, the parser would sit over brackets for minutes."""

_PART_LEVEL = 2
_PIECE_LEVEL = 3
"""Headings below this level belong to the piece in which they stand."""


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
