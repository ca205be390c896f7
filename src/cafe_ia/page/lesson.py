"""The page of a module: one lesson in one language, for who reads on a screen or listens to it.

It is the version that keeps nobody out: printed sheets are drawn for the eye, this one has the
headings, lists, tables and languages that a screen reader, a large type or a telephone needs.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from cafe_ia import wording
from cafe_ia.curriculum import CC_BY, Standing, Status
from cafe_ia.framework import FrameworkEntry, frameworks
from cafe_ia.page.frame import environment, policy, sheet_margins, source
from cafe_ia.page.passage import KINDS, Passage, card, passage, runs, stray
from cafe_ia.phrases import heading, say, spoken
from cafe_ia.prose import Quote
from cafe_ia.text import Said, Text, direction
from cafe_ia.wording import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

    from cafe_ia.curriculum import Deck, Module, Moment

__all__ = ["lesson_page"]

_LONGEST_IN_MARGIN = 90
"""Letters of a title that stand on one line at the top of a printed sheet."""


def lesson_page(module: Module, language: str = "fr", *, minutes: int = 60) -> bytes:
    """A module as one static page in one language, whole without script or network.

    A text that the module lacks in the language stands in the nearest one that it has, marked
    as such. Beside the Arabic stands the Darija that is said aloud, where there is some.

    Args:
        module: The lesson.
        language: In which it is read. The library's own words are in French, Arabic or English,
            whichever is nearest.
        minutes: How long the meeting lasts: the longest version that fits is shown, or the
            shortest where none does. The page says which.

    Returns:
        HTML in UTF-8.
    """
    lesson = _Lesson(module, language, minutes)
    question, standing = lesson.say(module.question), " ".join(lesson.standing)
    if len(question.words) > _LONGEST_IN_MARGIN:
        question = question._replace(words=question.words[:_LONGEST_IN_MARGIN] + "…")
    foot = Said(standing, lesson.language, lesson.direction)
    style = source("frame.css") + source("lesson.css")
    style += sheet_margins("", question, lesson.direction, foot)
    # Words of records never come in here but by `sheet_margins`, which leaves no markup.
    page = _engine().get_template("lesson.html.jinja").render(
        module=module, v=lesson, style=Markup(style), policy=policy(style),  # noqa: S704
    )  # fmt: skip
    return page.encode()


@cache
def _engine() -> Environment:
    engine = environment().overlay()
    engine.filters |= {"runs": runs, "stray": stray, "typeset": typeset}
    engine.tests |= {
        name: lambda block, kind=kind: isinstance(block, kind) for name, kind in KINDS.items()
    }
    return engine


class _Timed(NamedTuple):
    """A step, and when in the meeting it comes."""

    step: Moment
    minutes: int
    clock: str


class _Lesson:
    """A module in one language: what the template asks for, in words."""

    def __init__(self, module: Module, language: str, minutes: int) -> None:
        self.module = module
        self.wanted = language
        self.language = spoken(language)
        self.direction = direction(self.language)
        fitting = [version for version in module.versions if version <= minutes]
        self.minutes = max(fitting) if fitting else min(module.versions, default=0)

    def word(self, key: str, **values: object) -> str:
        """A sentence of the library's own about a lesson."""
        return typeset(say("lessons", key, self.language, **values), self.language)

    def heading(self, key: str) -> str:
        """The heading of a part of a module."""
        return heading(key, self.language)

    def phrase(self, key: str, **values: object) -> str:
        """A sentence of the library's own about a café."""
        return typeset(wording.phrase(key, self.language, **values), self.language)

    def say(self, text: Text) -> Said:
        """A text of the module, with the language that it is really in."""
        said = text.best(self.wanted, self.language)
        return said._replace(words=typeset(said.words, said.language))

    def prose(self, text: Text) -> Passage:
        """Prose of the module, with the language that it is really in."""
        return passage(text.best(self.wanted, self.language))

    def darija(self, text: Text) -> Said | None:
        """The Darija beside the Arabic, unless it is what `say` already gave, or the same."""
        if self.language != "ar" or text.get("ary") in (None, self.say(text).words):
            return None
        return text.best("ary")

    def darija_prose(self, text: Text) -> Passage | None:
        """The same, of prose."""
        said = self.darija(text)
        return passage(said) if said else None

    def guide(self, step: Moment) -> Iterator[Passage]:
        """What to do in a step, and what to say.

        In Darija only what is said aloud is written: the rest comes first, in Arabic.
        """
        if not step.guide:
            return
        own = self.prose(step.guide)
        if own.language == "ary" and own.is_aloud and "ar" in step.guide:
            whole = passage(step.guide.best("ar"))
            silent = tuple(block for block in whole.blocks if not isinstance(block, Quote))
            yield whole._replace(blocks=silent)
        yield own

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The sections that this module has, in order, each with its heading."""
        module = self.module
        there = {
            "invitation": True, "objectives": module.objectives, "steps": self.minutes,
            "prediction": True, "twin": True, "debate": True, "expected": module.expected,
            "hard": True, "terms": module.terms, "quiz": module.quiz.items,
            "materials": module.materials, "takeaway": True,
        }  # fmt: skip
        parts = [(key, self.heading(key)) for key, is_there in there.items() if is_there]
        if module.frameworks:
            parts.append(("frameworks", self.word("page.frameworks")))
        if module.references:
            parts.append(("references", self.heading("references")))
        return parts

    @property
    def steps(self) -> Iterator[_Timed]:
        """The steps of the version that is shown, each with the hour and minute of its start."""
        elapsed = 0
        for step in self.module.steps:
            if minutes := step.minutes.get(self.minutes, 0):
                yield _Timed(step, minutes, f"{elapsed // 60}:{elapsed % 60:02}")
                elapsed += minutes

    def cards(self, deck: Deck) -> list[Passage]:
        """The cards of a deck, each a passage."""
        return [card(text.best(self.wanted, self.language)) for text in deck.cards]

    @property
    def standing(self) -> list[str]:
        """How far the words may be trusted; each language by name where they differ."""
        written = self.module.standing
        shown = [self.say(self.module.question).language]
        if self.language == "ar":
            shown = [tag for tag in ("ar", "ary") if tag in written] or shown
        said = {tag: self._standing(written.get(tag, Standing())) for tag in shown}
        if len(set(said.values())) == 1:
            return [said[shown[0]]]
        return [f"{words} ({self.languages(tag)})" for tag, words in said.items()]

    def _standing(self, standing: Standing) -> str:
        if standing.status is Status.DRAFT or not (standing.reviewer and standing.reviewed):
            return self.word("draft")
        when = wording.day(standing.reviewed, self.language)
        return self.word("reviewed", reviewer=_isolated(standing.reviewer), when=when)

    @property
    def elsewhere(self) -> str | None:
        """The language in which the page is read, where it is not the one asked for."""
        said = self.say(self.module.question).language
        asked = (self.wanted, self.wanted.split("-", maxsplit=1)[0])
        return None if said in asked else self.languages(said)

    def languages(self, tag: str) -> str:
        """The name of a language."""
        return wording.language_names([tag], self.language)

    @property
    def facts(self) -> Iterator[str]:
        """How long, for whom, with what, by whom: a sentence each."""
        module = self.module
        if self.minutes:
            yield self.duration
        first, _, last = module.ages.partition("-")
        yield self.word("ages_between" if last else "ages", first=first, last=last)
        needs = [name for name, needed in module.needs if needed]
        things = [self.word(f"page.{name}") for name in needs]
        joined = wording.joined(things, self.language)
        yield self.word("page.needs" if things else "page.needs_nothing", things=joined)
        if module.authors:
            names = [_isolated(name) for name in module.authors]
            yield self.word("page.authors", names=wording.joined(names, self.language))

    @property
    def duration(self) -> str:
        """How long the version is, and how much of it is the room's own."""
        talk = self.word("minutes", count=self.module.talk(self.minutes))
        whole = self.word("minutes", count=self.minutes)
        return self.word("page.duration", minutes=whole, talk=talk)

    @property
    def updated(self) -> str:
        """Which state of the module this is."""
        return self.word("updated", when=wording.day(self.module.updated, self.language))

    @property
    def license(self) -> str | None:
        """The name of the licence, where it is the usual one."""
        return self.word("license") if self.module.license == CC_BY else None

    @property
    def frameworks(self) -> Iterator[FrameworkEntry]:
        """The competences that the module serves."""
        return (frameworks()[key] for key in self.module.frameworks)


def _isolated(words: str) -> str:
    """Words in a sentence of ours, whichever way they run (UAX 9: FSI … PDI)."""
    return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"
