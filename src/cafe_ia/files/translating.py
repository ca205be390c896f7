"""A translation follows its source: what changed comes beside the translator's words.

A piece that has to be translated gets a comment with the source's words as they are now. The
translator writes below it and deletes it: that is all there is to learn. Nothing that a person
wrote is ever taken away.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cafe_ia.files.comparing import paired
from cafe_ia.files.cutting import outlined, read_outline
from cafe_ia.files.lesson import is_partial
from cafe_ia.files.library import MODULE
from cafe_ia.files.node import Source
from cafe_ia.files.outline import Outline, fingerprint
from cafe_ia.files.saving import create_file, replace_file
from cafe_ia.files.tree import read_source
from cafe_ia.phrases import DEFAULT_LANGUAGE, heading, say, spoken
from cafe_ia.problem import Problem, RecordError
from cafe_ia.text import language_tag

if TYPE_CHECKING:
    from pathlib import Path

    from cafe_ia.files.outline import Piece

__all__ = ["SPOKEN_PARTS", "Translated", "translate_module"]

SPOKEN_PARTS = frozenset({"question", "invitation", "steps", "prediction", "debate"})
"""What is translated into a language that is spoken and not read in class."""

_OF_FORM = frozenset({
    "block-unclosed",
    "file-unreadable", "file-too-large", "file-encoding", "file-character",
    "front-matter-missing", "heading-twice", "heading-unknown", "question-twice",
    "text-before-heading",
})  # fmt: skip
"""Faults with which a file cannot be cut into pieces and put together again."""

_MADE_FROM = re.compile(r"<!--\s*[A-Za-z][A-Za-z0-9-]*@[0-9a-f]{8}\s*-->[ \t]*\n?")
_WAITING = re.compile(
    r"<!--\s*[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?P<said>.*?)-->[ \t]*(?:\n|$)", re.DOTALL
)
"""The comments that this room writes, up to the end of their line: what is below is a person's."""


@dataclass(frozen=True, slots=True)
class Translated:
    """What was done to a translation."""

    path: Path
    added: tuple[str, ...]
    """The headings of the pieces that were not there."""
    changed: tuple[str, ...]
    """The headings of those whose source has changed; the translator's words stand below."""
    marked: tuple[str, ...]
    """The headings of those that did not say what they were made from, and now do."""


def translate_module(folder: Path, language: str) -> Translated:
    """Write a module's translation, or bring it up to its source.

    Args:
        folder: The module's folder.
        language: The language to translate into.

    Returns:
        What was done; nothing was written where nothing had to be.

    Raises:
        RecordError: a file cannot be cut into its pieces; `translation-of-itself`;
            `language-unknown`; `output-unwritable`.
    """
    language = _tag(language)
    original = _original(folder)
    if language == original.language:
        raise RecordError([Problem("translation-of-itself", {"language": language})])
    path = folder / f"{language}.md"
    if path.exists():
        target = _sound(read_outline(path, language))
        typed = path.read_bytes()
    else:
        typed = b"---\nstatus: draft\n---\n"
        target = outlined(Source(str(path), text=typed.decode()), language)
    ends = b"\r\n" if b"\r\n" in typed else b"\n"
    mark = codecs.BOM_UTF8 if typed.startswith(codecs.BOM_UTF8) else b""
    text = typed.removeprefix(mark).decode().replace("\r\n", "\n").replace("\r", "\n")
    weaver = _Weaver(original, target, text.split("\n"))
    text = weaver.text()
    done = Translated(path, tuple(weaver.added), tuple(weaver.changed), tuple(weaver.marked))
    content = mark + text.encode().replace(b"\n", ends)
    if not path.exists():
        create_file(path, content)
    elif done.added or done.changed or done.marked:
        replace_file(path, content)
    return done


def _tag(typed: str) -> str:
    from pydantic_core import PydanticCustomError

    try:
        return language_tag(typed)
    except PydanticCustomError as error:
        raise RecordError([Problem(error.type, dict(error.context or {}))]) from None


def _original(folder: Path) -> Outline:
    """The outline of the language in which a module was written first."""
    fields = read_source(folder / MODULE)
    if fields.root is None:
        raise RecordError(fields.problems)
    first = str(fields.root.plain().get("source") or DEFAULT_LANGUAGE)
    return _sound(read_outline(folder / f"{first}.md", first))


def _sound(outline: Outline) -> Outline:
    """An outline that can be cut and put together again."""
    told = [one for one in outline.source.problems if one.code in _OF_FORM or not outline.lines]
    if told:
        raise RecordError(told)
    return outline


class _Weaver:
    """Puts the source's pieces beside a translation's, in the order of the source."""

    def __init__(self, original: Outline, target: Outline, lines: list[str]) -> None:
        self.original, self.target = original, target
        self.lines = lines
        """The translation's, as they were typed."""
        self.added: list[str] = []
        self.changed: list[str] = []
        self.marked: list[str] = []
        self._edits: list[tuple[int, int, list[str]]] = []
        """First line, line after the last, what comes instead; inserted in this order."""

    def text(self) -> str:
        """The translation's new text."""
        pairs = paired(self.original, self.target)
        end, part = next((one.line for one in self.target.pieces.values()), len(self.lines)), ""
        for key, piece in self.original.pieces.items():
            if is_partial(self.target.language) and key[0] not in SPOKEN_PARTS:
                continue
            if key[0] != part:  # a part comes behind all that stands in the one before
                end = max(self._ends(part), default=end)
                part = str(key[0])
            mine = pairs.get(key)
            if mine is None:
                self._add(piece, end)
            else:
                self._follow(piece, mine)
                end = mine.end
        for first, last, lines in sorted(self._edits, key=lambda one: one[0], reverse=True):
            self.lines[first:last] = lines
        return "\n".join(self.lines).rstrip("\n") + "\n"

    def _ends(self, part: str) -> list[int]:
        """Where the pieces of one of the translation's parts end."""
        return [one.end for key, one in self.target.pieces.items() if key[0] == part]

    def _add(self, piece: Piece, at: int) -> None:
        """A piece that the translation does not have, with the source's words in a comment."""
        title = piece.title or heading(str(piece.key[-1]), self.target.language)
        level = 1 if piece.key == ("question",) else 1 + len(piece.key)
        lines = [f"{'#' * level} {title}", ""]
        if piece.words or piece.title:
            lines[1:] = [self._mark(piece), *self._comment(piece), ""]
            self.added.append(title)
        if self.lines[at - 1].strip():
            lines.insert(0, "")
        self._edits.insert(0, (at, at, lines))  # of several at one line, the first comes first

    def _follow(self, piece: Piece, mine: Piece) -> None:
        """A piece that the translation has: up to date, or with what its source says now."""
        if not piece.words and not piece.title:
            return
        title = self.lines[mine.line].strip("# ")
        now = (self.original.language, fingerprint(piece))
        if mine.made_from is None:
            self._edits.append((mine.first, mine.first, [self._mark(piece)]))
            self.marked.append(title)
        elif mine.made_from != now:
            below = self._without_marks(mine)
            lines = [self._mark(piece), *self._comment(piece), *below]
            self._edits.append((mine.first, mine.end, lines))
            self.changed.append(title)

    def _without_marks(self, mine: Piece) -> list[str]:
        """A piece's lines without the comments that this room wrote, and those alone.

        A comment whose words are no longer those that it was marked with was written in by a
        person: it stays.
        """
        raw = "\n".join(self.lines[mine.first : mine.end])

        def unless_changed(found: re.Match[str]) -> str:
            said = found["said"].replace("--\\>", "-->")
            ours = fingerprint(replace(mine, title="", words=said))
            return "" if mine.made_from and ours == mine.made_from[1] else found[0]

        return _WAITING.sub(unless_changed, _MADE_FROM.sub("", raw, count=1)).split("\n")

    def _mark(self, piece: Piece) -> str:
        return f"<!-- {self.original.language}@{fingerprint(piece)} -->"

    def _comment(self, piece: Piece) -> list[str]:
        """The source's words as a comment that no word of theirs can end."""
        key = "title" if piece.key == ("question",) else "hint"
        hint = say("lessons", f"translation.{key}", spoken(self.target.language))
        said = [piece.title] if piece.title else []
        said += piece.words.split("\n") if piece.words else []
        words = [line.replace("-->", "--\\>") for line in said]
        return [f"<!-- {self.original.language}: {hint}", *words, "-->"]
