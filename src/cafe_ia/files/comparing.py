"""A translation held against its source: the same answers, the same words, and of today.

How many there are of each thing is looked at where the languages are laid over each other
(`shape.woven`); here is what the numbers do not show.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from cafe_ia.files.outline import PARTS, fingerprint
from cafe_ia.files.shape import Several

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cafe_ia.files.lesson import Lesson
    from cafe_ia.files.outline import Key, Outline, Piece

__all__ = ["compare", "paired"]


def compare(lessons: Sequence[Lesson]) -> None:
    """Tell what differs between the source, which stands first, and each translation."""
    original, *others = lessons
    for lesson in others:
        _same_answers(original, lesson)
        _same_darija(original, lesson)
        _same_source(original, lesson)


def paired(original: Outline, translation: Outline) -> dict[Key, Piece]:
    """Which of a translation's pieces belongs to each of its source's, by the source's key.

    Under headings that people word, a piece is known by what it was made from: a step that was
    put in between does not push the others' words to the wrong place. Those whose source has
    changed follow in their order.
    """
    pairs = {
        key: one
        for key, one in translation.pieces.items()
        if len(key) == 1 or PARTS.get(str(key[0])) != ("*",)
    }
    for part, inside in PARTS.items():
        if inside == ("*",):
            sources, mine = original.inside(part), translation.inside(part)
            now = [fingerprint(one) for one in sources]
            then = [one.made_from[1] if one.made_from else "" for one in mine]
            matcher = SequenceMatcher(None, now, then, autojunk=False)
            for _, first, last, start, end in matcher.get_opcodes():
                of_both = zip(sources[first:last], mine[start:end], strict=False)
                pairs |= {source.key: piece for source, piece in of_both}
    return pairs


def _same_source(original: Lesson, lesson: Lesson) -> None:
    """Tell each piece that waits for its translator, or was made from other words than today's."""
    outline = lesson.outline
    made = {id(mine): key for key, mine in paired(original.outline, outline).items()}
    for piece in outline.pieces.values():
        ours = original.outline.pieces.get(made.get(id(piece), ()))
        title = outline.lines[piece.line].strip("# ")
        if piece.waiting:
            outline.source.tell("translation-waiting", outline.place(piece.line), title=title)
        elif ours and piece.made_from not in (None, (original.language, fingerprint(ours))):
            values = {"title": title, "line": ours.line + 1, "file": f"{original.language}.md"}
            values |= {"folder": str(Path(outline.source.file).parent), "to": lesson.language}
            outline.source.tell("translation-stale", outline.place(piece.line), **values)


def _same_answers(original: Lesson, lesson: Lesson) -> None:
    """Tell each question of a quiz whose right answers stand elsewhere than in the source."""
    ours, theirs = original.shape.get("quiz"), lesson.shape.get("quiz")
    if not isinstance(ours, dict) or not isinstance(theirs, dict):
        return
    if "quiz" in original.faulty | lesson.faulty:
        return
    pairs = zip(ours["items"].items, theirs["items"].items, strict=False)
    for number, (one, other) in enumerate(pairs, 1):
        mine = [answer["right"] for answer in one["answers"].items]
        yours = [answer["right"] for answer in other["answers"].items]
        if mine != yours and len(mine) == len(yours):
            place = lesson.outline.place(other["question"].line)
            values = {"number": number, "line": one["question"].line + 1}
            lesson.outline.source.tell("quiz-differs", place, **values)


def _same_darija(original: Lesson, lesson: Lesson) -> None:
    """Tell each term whose Darija word is not the source's; it need not be written twice."""
    ours, theirs = original.shape.get("terms"), lesson.shape.get("terms")
    if not isinstance(ours, Several) or not isinstance(theirs, Several):
        return
    if "terms" in original.faulty | lesson.faulty:
        return
    for one, other in zip(ours.items, theirs.items, strict=False):
        if "darija" in other and one.get("darija") != other["darija"]:
            values = {"here": other["darija"], "source": one.get("darija", "–")}
            place = lesson.outline.place(other["word"].line)
            lesson.outline.source.tell("term-darija-differs", place, **values)
