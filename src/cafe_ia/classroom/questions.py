"""A module's quiz in one language: what GIFT, Moodle and QTI each write in their own way.

The texts are plain words; names and identifiers stay the same from one export
to the next, so that a platform can see that a question is one it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cafe_ia.curriculum import CC_BY, Standing, Status
from cafe_ia.phrases import say, spoken
from cafe_ia.wording import day, language_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cafe_ia.curriculum import Module
    from cafe_ia.text import Said

__all__ = [
    "Choice", "Item", "category", "cut", "items", "shares",
    "terms_of_use",
]  # fmt: skip

_LONGEST_NAME = 80
_LONGEST_CATEGORY = 200  # Moodle keeps 255 characters, and a question may be longer


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that is offered."""

    said: Said
    right: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One question with what is offered and the reason."""

    id: str
    """The same in every export of this question in this language."""
    name: str
    """Its number and its first words, by which a teacher finds it in a list."""
    question: Said
    choices: tuple[Choice, ...]
    why: Said

    @property
    def single(self) -> bool:
        """Whether one answer alone is right."""
        return sum(choice.right for choice in self.choices) == 1


def items(module: Module, language: str) -> tuple[Item, ...]:
    """The quiz of a module for a reader of a language, in order."""
    asked = module.quiz.items
    width = len(str(len(asked)))  # platforms sort by name, and 10 comes before 2
    found = []
    for number, item in enumerate(asked, start=1):
        question = item.question.best(language)
        first = " ".join(question.words.split())
        found.append(
            Item(
                id=f"{module.id}-{language}-{number:0{width}}",
                name=f"{number:0{width}}. {cut(first, _LONGEST_NAME)}",
                question=question,
                choices=tuple(
                    Choice(answer.text.best(language), answer.right) for answer in item.answers
                ),
                why=item.why.best(language),
            )
        )
    return tuple(found)


def cut(words: str, longest: int) -> str:
    """Words that fit, ending after a whole word and `…` where some were left out."""
    if len(words) <= longest:
        return words
    kept, _, _ = words[:longest].rpartition(" ")
    return f"{kept or words[: longest - 1]}…"


def category(module: Module, language: str) -> str:
    """Where Moodle keeps the questions: a path, in which `//` is a slash and no step."""
    question = " ".join(module.question.best(language).words.split())
    step = cut(question, _LONGEST_CATEGORY).replace("/", "//")
    return say("lessons", "quiz.category", spoken(language), question=step)


def terms_of_use(module: Module, language: str) -> tuple[str, ...]:
    """What every document says of itself: trust, licence, version and language, a line each."""
    ours = spoken(language)
    used = module.question.language(language)
    standing = module.standing.get(used, Standing())
    lines = [say("lessons", "draft", ours)]
    if standing.status is Status.REVIEWED and standing.reviewer and standing.reviewed:
        when = day(standing.reviewed, ours)
        lines = [say("lessons", "reviewed", ours, reviewer=standing.reviewer, when=when)]
    if module.license == CC_BY:
        lines.append(say("lessons", "license", ours))
    else:
        lines.append(say("lessons", "quiz.other_license", ours, address=module.license))
    lines.append(say("lessons", "updated", ours, when=day(module.updated, ours)))
    names = language_names([used], ours)
    lines.append(say("lessons", "quiz.language", ours, name=names))
    return tuple(lines)


def shares(choices: Sequence[Choice]) -> tuple[str, ...]:
    """How many per cent each answer of several right ones gives, as Moodle writes fractions.

    Right answers share 100. Wrong ones share -100, so that ticking everything earns nothing.
    Moodle takes only the fractions of its own list: 1/n up to ten, then tenths and twentieths,
    which is enough for twenty answers of one kind; any further one counts for nothing.

    Source: `question_bank::fraction_options_full` in Moodle's `question/engine/bank.php`.
    """
    right = iter(_parts(sum(choice.right for choice in choices)))
    wrong = iter(_parts(sum(not choice.right for choice in choices)))
    return tuple(
        next(right) if choice.right else f"-{next(wrong)}".replace("-0", "0") for choice in choices
    )


def _parts(count: int) -> list[str]:
    """A whole of 100 in so many parts."""
    tenths, twenty = 10, 20
    if count <= tenths:
        return [f"{100 / count:.5f}".rstrip("0").rstrip(".")] * count if count else []
    small = 2 * (min(count, twenty) - tenths)
    return ["10"] * (min(count, twenty) - small) + ["5"] * small + ["0"] * (count - twenty)
