"""The quiz as a person types it: `*` a question, `-` a wrong answer, `+` a right one, `>` why.

Markdown takes a new bullet for a new list, so each line of the quiz is a list of its own kind;
nothing has to be learned, and the file reads like a quiz on paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cafe_ia.files.shape import Leaf, Several, quote_words
from cafe_ia.prose import closing, plain_words

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
    quiz = _Quiz(tell)
    tokens, at = piece.tokens, 0
    while at < len(tokens):
        token, end = tokens[at], closing(tokens, at)
        line = token.map[0] if token.map else piece.line
        if token.type == "bullet_list_open":
            for said in _items(tokens[at + 1 : end], quiz.tell):
                quiz.add(said, token.markup)
        elif token.type == "blockquote_open" and quiz.items:
            if why := quote_words(tokens[at:]):
                quiz.items[-1]["why"] = Leaf(plain_words(why.words), why.line)
        elif token.type == "blockquote_open":
            quiz.orphan(line)
        elif not token.content.lstrip().startswith("<!--"):
            quiz.tell("quiz-shape", line, typed=_words(tokens[at : end + 1]))
        at = end + 1
    quiz.close(piece.line)
    return quiz.items


class _Quiz:
    """The questions so far, and at which of them a fault was told.

    Where a line cannot be read, what follows from that is not told as well.
    """

    def __init__(self, tell: Callable[..., None]) -> None:
        self.items: list[dict[str, Any]] = []
        self._tell = tell
        self._told: set[int] = set()
        """How many questions stood above each fault."""

    def tell(self, code: str, line: int, **values: Any) -> None:
        """Tell a fault at a line of the question that was read last."""
        self._told.add(len(self.items))
        self._tell(code, line, **values)

    def add(self, said: Leaf, bullet: str) -> None:
        """Take one line of the quiz, by its bullet."""
        if bullet == "*":
            why = Leaf("", said.line)
            self.items.append({"question": said, "answers": Several([], said.line), "why": why})
        elif self.items:
            self.items[-1]["answers"].items.append({"text": said, "right": bullet == "+"})
        else:
            self.orphan(said.line)

    def orphan(self, line: int) -> None:
        """A line that belongs to a question, before any; the first is told."""
        if not self._told:
            self.tell("quiz-question-missing", line)

    def close(self, line: int) -> None:
        """Look at each question that was read without a fault."""
        if not self.items and not self._told:
            self.tell("quiz-empty", line)
        for n, item in enumerate(self.items, 1):
            if n not in self._told:
                _look(item, self._tell)


def _items(tokens: list[Token], tell: Callable[..., None]) -> list[Leaf]:
    """The words of each item; one that holds more than a line is told."""
    found: list[Leaf] = []
    at = 0
    while at < len(tokens):
        end = closing(tokens, at)
        inner = tokens[at : end + 1]
        line = (tokens[at].map or [0])[0]
        said = [token for token in inner if token.type == "inline"]
        words = [token.content for token in said]
        quotes = any(token.type == "blockquote_open" for token in inner)
        nested = any(token.type.endswith("list_open") for token in inner)
        if not words:
            tell("quiz-line-empty", line)
        elif nested or quotes or len(words) > 1:
            hanging = said[1].map if len(said) > 1 else None
            tell("quiz-indented", hanging[0] if hanging else line, typed=words[0])
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
    """The first line of a block."""
    said = (token.content.strip() for token in tokens if token.content.strip())
    return next(said, "").split("\n", 1)[0]
