"""The rules for a module: what its files say that a room will stumble over.

A file that is whole may still hold a sentence too long to be said, a word that nobody explained,
an evening that is a lecture. Facts are counted, and the line is named; no score is given, since
none tells whether a text is understood.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from cafe_ia.curriculum import MOST_OBJECTIVES, MOST_TERMS, Moment
from cafe_ia.files.lesson import is_partial
from cafe_ia.files.shape import Leaf, Several
from cafe_ia.problem import Problem
from cafe_ia.session import TALK, Mode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from markdown_it.token import Token

    from cafe_ia.files.lesson import Lesson
    from cafe_ia.files.modules import ModuleReading
    from cafe_ia.files.outline import Piece

__all__ = ["LONGEST_DEFINITION", "LONGEST_SENTENCE", "check_module"]

LONGEST_SENTENCE = 20
"""Words of the longest sentence that can be said in one breath."""

LONGEST_DEFINITION = 19
"""Words of the longest definition: fewer than twenty."""

_FEWEST_LETTERS = 20
"""Letters from which on a line is held to its script: a shorter one may be a name."""

_SENTENCE = re.compile(r"[^.!?؟…]+[.!?؟…]*")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_CAPITALS = re.compile(r"\b[A-ZÀ-Ý]{2,}\b")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_TIFINAGH = re.compile(r"[\u2d30-\u2d7f]")
_SCRIPTS = {"ar": _ARABIC, "ary": _ARABIC, "fr": _LATIN, "en": _LATIN, "zgh": _TIFINAGH}
_ELSEWHERE = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//|#)")
_MIXED = frozenset({"cards", "sheets", "references"})
"""Parts where other languages are at home."""


def check_module(reading: ModuleReading) -> list[Problem]:
    """Everything that is wrong with a module, and all that someone should look at.

    Args:
        reading: What `files.read_module` read.

    Returns:
        File by file, in the order of the lines.
    """
    found = [*reading.problems, *_lecture(reading)]
    for lesson in reading.lessons.values():
        for rule in _RULES:
            for code, line, column, values in rule(lesson, reading):
                place = lesson.outline.place(line, column)
                found.append(Problem(code, values, (), place))
    return sorted(found, key=reading.order)


Found = tuple[str, int, int, dict[str, Any]]
"""A code, a line from 0, a column from 1, and what was found."""


def _lecture(reading: ModuleReading) -> Iterator[Problem]:
    """A version in which people talk for less than half of the time; breaks do not count."""
    root = reading.source.root
    if root is None or reading.module is None:
        return
    place = reading.source.place(root.keys.get("steps"))
    for version in reading.module.versions:
        steps: list[Moment] = [one for one in reading.module.steps if one.mode is not Mode.BREAK]
        minutes = sum(step.minutes.get(version, 0) for step in steps)
        talk = sum(step.minutes.get(version, 0) for step in steps if step.mode in TALK)
        if 2 * talk < minutes:
            values = {"version": version, "talk": talk, "minutes": minutes}
            yield Problem("module-lecture", values, ("steps",), place)


def _too_many(lesson: Lesson, _: ModuleReading) -> Iterator[Found]:
    """More objectives or words than a person takes home."""
    for part, most, code in (
        ("objectives", MOST_OBJECTIVES, "objectives-too-many"),
        ("terms", MOST_TERMS, "terms-too-many"),
    ):
        shape = lesson.shape.get(part)
        if isinstance(shape, Several) and len(shape.items) > most:
            leaf = next(iter(shape.items[most].values()))
            yield code, leaf.line, 1, {"count": len(shape.items), "most": most}


def _definitions(lesson: Lesson, _: ModuleReading) -> Iterator[Found]:
    """A definition that is too long to be remembered, and a word that the module never uses."""
    terms = lesson.shape.get("terms")
    if not isinstance(terms, Several):
        return
    said = _without_part("terms", lesson)
    for term in terms.items:
        word: Leaf = term["word"]
        count = len(_WORD.findall(term["definition"].words))
        values = {"word": word.words}
        column = lesson.outline.column_of(word.line, word.words)
        if count > LONGEST_DEFINITION:
            yield "definition-long", word.line, column, {**values, "count": count}
        if _bare(word.words) not in said:
            yield "term-unused", word.line, column, values


def _without_part(part: str, lesson: Lesson) -> str:
    """All the words of a lesson but those of one part, as they are compared."""
    pieces = lesson.outline.pieces.items()
    return _plainly("\n".join(f"{one.title}\n{one.words}" for key, one in pieces if key[0] != part))


def _plainly(words: str) -> str:
    return words.casefold().replace("’", "'").replace("*", "")


def _bare(word: str) -> str:
    """A word as it is looked for: without the Arabic article, without its last letter's ending."""
    plain = _plainly(word).strip()
    plain = plain.removeprefix("ال")
    longest = 5
    return plain[:-1] if len(plain) > longest and " " not in plain else plain


def _undefined(lesson: Lesson, reading: ModuleReading) -> Iterator[Found]:
    """A word of the trade, or capitals, in what is said aloud, that no term explains.

    Darija has no list of its own: what the other languages explain is explained.
    """
    lessons = reading.lessons.values() if is_partial(lesson.language) else [lesson]
    whole = [one for one in lessons if not is_partial(one.language)]
    if any("terms" not in one.shape or "terms" in one.faulty for one in whole):
        return  # what is the matter with the words is told
    explained = []
    for one in lessons:
        terms = one.shape.get("terms")
        for term in terms.items if isinstance(terms, Several) else []:
            explained += [_plainly(term["word"].words), _plainly(term.get("darija", "")) or "\0"]
    told: set[str] = set()
    for line, words in _spoken(lesson):
        for word in [*_jargon(lesson.language, words), *_capitals(words)]:
            bare = _plainly(word)
            known = [*told, *explained]
            if any(one in bare for one in known) or any(bare in one for one in explained):
                continue
            told.add(bare)
            at, column = _at(lesson, line, word)
            yield "term-undefined", at, column, {"word": word}


def _jargon(language: str, words: str) -> Iterator[str]:
    pattern = _patterns()[0].get(language)
    if pattern is not None:
        yield from dict.fromkeys(found[0] for found in pattern.finditer(words))


def _capitals(words: str) -> Iterator[str]:
    known = _patterns()[1]
    if words.isupper():  # a line in capitals is a manner of writing
        return
    for found in _CAPITALS.findall(words):
        if found not in known:
            yield found


@cache
def _patterns() -> tuple[dict[str, re.Pattern[str]], frozenset[str]]:
    text = files("cafe_ia").joinpath("words", "jargon.toml").read_text("utf-8")
    words = tomllib.loads(text)
    known = frozenset(words.pop("known"))
    made = {
        language: re.compile(
            r"(?<!\w)(?:ال|بال|لل)?(?:" + "|".join(map(re.escape, listed)) + r")\w*", re.IGNORECASE
        )
        for language, listed in words.items()
    }
    return made, known


def _long_sentences(lesson: Lesson, _: ModuleReading) -> Iterator[Found]:
    """A sentence to be said aloud that is longer than a breath."""
    for line, words in _spoken(lesson):
        for found in _SENTENCE.findall(words):
            count = len(_WORD.findall(found))
            if count > LONGEST_SENTENCE:
                sentence = found.strip().rstrip(".")
                at, column = _at(lesson, line, " ".join(sentence.split()[:3]))
                values = {"count": count, "most": LONGEST_SENTENCE, "sentence": sentence}
                yield "sentence-long", at, column, values


def _spoken(lesson: Lesson) -> Iterator[tuple[int, str]]:
    """What is said aloud: the paragraphs of every quote outside the quiz, with their line."""
    for key, piece in lesson.outline.pieces.items():
        if key[0] == "quiz":
            continue
        depth = 0
        for token in piece.tokens:
            if token.type in ("blockquote_open", "blockquote_close"):
                depth += token.nesting
            elif token.type == "inline" and depth:
                yield _line(token, piece), _words(token)


def _at(lesson: Lesson, line: int, words: str) -> tuple[int, int]:
    """The line, and the column from 1, at or below a line where words begin."""
    for n in range(line, min(line + 30, len(lesson.outline.lines))):
        column = lesson.outline.lines[n].find(words)
        if column >= 0:
            return n, column + 1
    return line, 1


def _wrong_script(lesson: Lesson, _: ModuleReading) -> Iterator[Found]:
    """A line of prose that is mostly written in the letters of another language."""
    expected = _SCRIPTS.get(lesson.language)
    if expected is None:
        return
    for key, piece in lesson.outline.pieces.items():
        if _MIXED & set(map(str, key)):
            continue
        for token in piece.tokens:
            if token.type != "inline":
                continue
            words = _words(token)
            letters = sum(map(str.isalpha, words))
            right = len(expected.findall(words))
            if letters >= _FEWEST_LETTERS and 2 * right < letters:
                line = _line(token, piece)
                at, column = _at(lesson, line, words[:10])
                yield "script-wrong", at, column, {"typed": words}


def _dead_links(lesson: Lesson, reading: ModuleReading) -> Iterator[Found]:
    """A link to a file that is not there."""
    for piece in lesson.outline.pieces.values():
        for token in piece.tokens:
            for child in token.children or ():
                name = {"link_open": "href", "image": "src"}.get(child.type)
                target = str(child.attrs.get(name, "")) if name else ""
                if not target or _ELSEWHERE.match(target):
                    continue
                path = unquote(target).split("#", maxsplit=1)[0].split("?", maxsplit=1)[0]
                if not _exists(reading.folder / path):
                    at, column = _at(lesson, _line(token, piece), unquote(target))
                    shown = unquote(target) if unquote(target).isprintable() else target
                    yield "link-dead", at, column, {"link": shown}


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that is too long for any file
        return False


def _line(token: Token, piece: Piece) -> int:
    return token.map[0] if token.map else piece.line


def _words(token: Token) -> str:
    """The words that a line shows: neither addresses nor marks."""
    return "".join(
        "\n" if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or ()
        if child.type in ("text", "code_inline", "softbreak", "hardbreak")
    )


_RULES: tuple[Callable[[Lesson, ModuleReading], Iterator[Found]], ...] = (
    _too_many,
    _definitions,
    _undefined,
    _long_sentences,
    _wrong_script,
    _dead_links,
)
