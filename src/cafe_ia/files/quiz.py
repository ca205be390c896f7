"""The quiz as a person types it: `*` a question, `-` a wrong answer, `+` a right one, `>` why.

Markdown takes a new bullet for a new list, so each line of the quiz is a list of its own kind;
nothing has to be learned, and the file reads like a quiz on paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cafe_ia.files.shape import Leaf, Several, closing, quote_words
from cafe_ia.prose import plain_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

    from cafe_ia.files.outline import Piece

__all__ = ["read_quiz"]

_FEWEST_ANSWERS = 2


def read_quiz(piece: Piece, tell: Callable[..., None]) -> list[dict[str, Any]]:
    """The questions of a quiz, in order; what is misshapen is told.

    Args:
        piece: The words under the heading of the quiz.
        tell: Told the code of each fault, its line from 0, and what was found.
    """
    found: list[dict[str, Any]] = []
    tokens, at = piece.tokens, 0
    while at < len(tokens):
        token, end = tokens[at], closing(tokens, at)
        if token.type == "bullet_list_open":
            for said in _items(tokens[at + 1 : end], tell):
                _add(found, said, token.markup, tell)
        elif token.type == "blockquote_open" and found:
            if why := quote_words(tokens[at:]):
                found[-1]["why"] = Leaf(plain_words(why.words), why.line)
        elif not token.content.lstrip().startswith("<!--"):
            line = token.map[0] if token.map else piece.line
            tell("quiz-shape", line, typed=_words(tokens[at : end + 1]))
        at = end + 1
    if not found:
        tell("quiz-empty", piece.line)
    for item in found:
        _look(item, tell)
    return found


def _add(found: list[dict[str, Any]], said: Leaf, bullet: str, tell: Callable[..., None]) -> None:
    """Take one line of the quiz, by its bullet."""
    if bullet == "*":
        found.append(
            {"question": said, "answers": Several([], said.line), "why": Leaf("", said.line)}
        )
    elif found:
        found[-1]["answers"].items.append({"text": said, "right": bullet == "+"})
    else:
        tell("quiz-question-missing", said.line)


def _items(tokens: list[Token], tell: Callable[..., None]) -> list[Leaf]:
    """The words of each item; one that holds more than a line is told."""
    found: list[Leaf] = []
    at = 0
    while at < len(tokens):
        end = closing(tokens, at)
        inner = tokens[at : end + 1]
        line = (tokens[at].map or [0])[0]
        words = [token.content for token in inner if token.type == "inline"]
        quotes = any(token.type == "blockquote_open" for token in inner)
        nested = any(token.type.endswith("list_open") for token in inner)
        if not words:
            tell("quiz-line-empty", line)
        elif nested or quotes or len(words) > 1:
            tell("quiz-indented", line, typed=words[0])
        else:
            found.append(Leaf(plain_words(words[0]), line))
        at = end + 1
    return found


def _look(item: dict[str, Any], tell: Callable[..., None]) -> None:
    """Whether a question can be asked: answers, a right one, a wrong one, and why."""
    line, question = item["question"].line, item["question"].words
    answers = item["answers"].items
    if len(answers) < _FEWEST_ANSWERS:
        tell("quiz-answers-few", line, question=question)
    if not any(answer["right"] for answer in answers):
        tell("quiz-right-missing", line, question=question)
    elif len(answers) >= _FEWEST_ANSWERS and all(answer["right"] for answer in answers):
        tell("quiz-wrong-missing", line, question=question)
    if not item["why"].words:
        tell("quiz-why-missing", line, question=question)


def _words(tokens: list[Token]) -> str:
    return " ".join(token.content for token in tokens if token.type in ("inline", "html_block"))
