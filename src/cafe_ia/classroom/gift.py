"""GIFT: a quiz as a text that a teacher can read, and that Moodle and others import.

One question is a block: its name between `::`, its text, then in braces the answers, `=` before
the right one and `~` before the others, and after `####` what everybody reads afterwards.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from cafe_ia.classroom.questions import category, items, shares, terms_of_use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cafe_ia.classroom.questions import Item
    from cafe_ia.curriculum import Module

__all__ = ["to_gift"]

_SPECIAL = re.compile(r"[~=#{}:\\]")


def to_gift(module: Module, language: str = "fr") -> bytes:
    """The quiz of a module in GIFT: questions, answers, and the why as general feedback.

    Every special character is escaped, so that a question about `{a = b}` stays one. Texts are
    `[plain]`: what looks like HTML is shown as it was typed. Where several answers are right
    each has its share in per cent, and Moodle then offers boxes to tick. A comment before each
    question holds its identifier, so that it can be found again.

    Args:
        module: The module; one without a quiz gives its head alone.
        language: Of the reader: `fr`, `ar`, `ary`, `en`.

    Returns:
        UTF-8 with LF.

    Source: https://docs.moodle.org/en/GIFT_format; where it leaves open what is read how,
    `question/format/gift/format.php` of Moodle.
    """
    # Of what can be escaped only the backslash is, in a category: nothing else is read there.
    place = category(module, language).replace("\\", "\\\\")
    head = [f"// {line}" for line in terms_of_use(module, language)]
    blocks = ["\n".join(head), f"$CATEGORY: {place}"]
    blocks += ["\n".join(_block(item)) for item in items(module, language)]
    return ("\n\n".join(blocks) + "\n").encode()


def _block(item: Item) -> Iterator[str]:
    yield f"// [id:{item.id}]"
    yield f"::{_escaped(item.name)}::[plain]{_escaped(item.question.words)} {{"
    for choice, share in zip(item.choices, shares(item.choices), strict=True):
        alone = "=" if choice.right else "~"
        yield f"  {alone if item.single else f'~%{share}%'}{_text(choice.said.words)}"
    yield f"  ####{_text(item.why.words)}"
    yield "}"


def _text(words: str) -> str:
    """A text after the question's, which has the question's format unless it says its own.

    It does where it begins with `%` or `[`, because `%50%` would be read as a share and `[html]`
    as a format; and where `->` would make a pair to match of it, which HTML can write otherwise.
    """
    if "->" in words:
        return "[html]" + _escaped(escape(words, quote=False).replace("\n", "<br>"))
    return ("[plain]" if words.startswith(("%", "[")) else "") + _escaped(words)


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", words).replace("\n", "\\n")
