"""A curriculum: modules in an order, each about one question that a person really asks.

A module is everything a room needs for that question: what to say aloud, what to do, what to
expect, and the same without a computer. What is called prose is Markdown (see `prose`); every
other text is plain words. Both stand in every language in which the module is written; minutes
and modes have no language and are said once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from cafe_ia.entry import local_time, plain
from cafe_ia.framework import Framework
from cafe_ia.problem import fault
from cafe_ia.record import Instant, LanguageTag, Record, Slug, WebAddress, WholeNumber, Words, YesNo
from cafe_ia.session import TALK, Mode
from cafe_ia.text import Text

__all__ = [
    "CC_BY", "MOST_OBJECTIVES", "MOST_TERMS", "Activity", "Answer", "Curriculum", "Debate",
    "Deck", "Entry", "Module", "Moment", "Needs", "Objective", "Quiz",
    "QuizItem", "Reaction", "Reference", "Sheet", "Standing", "Status", "Term",
]  # fmt: skip

MOST_OBJECTIVES = 3
"""Things that a person can do after one evening and could not before."""

MOST_TERMS = 7
"""Words that a person can take home from one evening."""

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
"""Creative Commons Attribution 4.0: anyone may copy and change, and says whose it was."""

_AGES = re.compile(r"^(\d{1,3})-(\d{1,3})?$")


def _ages(typed: Any) -> Any:
    """`12+`, `12-15` or `12-`, as schema.org writes it."""
    if not isinstance(typed, str):
        return typed
    ages = plain(typed).replace(" ", "").replace("–", "-").replace("+", "-")
    found = _AGES.match(ages)
    if not found or (found[2] and int(found[2]) < int(found[1])):
        raise fault("ages-shape", typed=typed)
    return ages


Ages = Annotated[
    str,
    BeforeValidator(_ages),
    WithJsonSchema({"type": "string", "examples": ["12-", "12-15"]}),
]
"""Typical ages (schema.org `typicalAgeRange`): `12-15`, or `12-` for twelve and above."""


Minutes = Annotated[WholeNumber, Field(ge=1, le=24 * 60)]


class Needs(Record):
    """What a module cannot do without. A café's module needs nothing."""

    screen: YesNo = False
    """A screen that the room can see."""
    electricity: YesNo = False
    """Electricity in the room."""
    internet: YesNo = False
    """Internet in the room."""


class Status(StrEnum):
    """How far a text may be trusted."""

    DRAFT = "draft"
    """No speaker has reviewed it."""
    REVIEWED = "reviewed"
    """A named person whose language it is has reviewed it."""


class Standing(Record):
    """Of a module's text in one language: who has reviewed it, and when."""

    status: Status = Status.DRAFT
    """A draft until a named person has reviewed it."""
    reviewer: Words | None = None
    """Who reviewed it."""
    reviewed: Annotated[date, BeforeValidator(local_time)] | None = None
    """When."""

    @model_validator(mode="after")
    def _reviewed_by_someone(self) -> Standing:
        if self.status is Status.REVIEWED and (self.reviewer is None or self.reviewed is None):
            raise fault("review-incomplete")
        return self


class Objective(Record):
    """One thing that a person can do afterwards, and that someone else can see them do."""

    text: Text
    """It begins with a verb that can be observed: tell, show, sort, name."""


class Moment(Record):
    """One step of a module, with its minutes in each version that has it."""

    id: Slug
    """The step's name for machines."""
    mode: Mode
    """What the room does."""
    minutes: Mapping[Minutes, Minutes]
    """How long, by the version's whole length: `{60: 5, 90: 8}`. A version that has no entry
    does without this step."""
    title: Text
    """What happens, in a few words."""
    guide: Text | None = None
    """Prose: what the facilitator does. Its quotes are what is said aloud."""


class Deck(Record):
    """Cards to cut out."""

    title: Text
    """What the cards are."""
    cards: tuple[Text, ...]
    """The cards. Prose."""


class Sheet(Record):
    """One sheet to print for the room."""

    title: Text
    """What it is."""
    body: Text
    """Prose; tables are drawn with room to write."""


class Activity(Record):
    """The unplugged twin: what the machine shows, played with paper and voices."""

    rules: Text
    """Prose: how it is played, and what the facilitator does."""
    decks: tuple[Deck, ...] = ()
    """Cards to cut out."""
    sheets: tuple[Sheet, ...] = ()
    """Sheets to print."""


class Debate(Record):
    """The question to talk about, and how to go on when the talk stands still."""

    question: Text
    """On which people can disagree."""
    follow_ups: tuple[Text, ...] = ()
    """What to ask next."""


class Reaction(Record):
    """What someone may say, and how to go on from it."""

    said: Text
    """In the person's words."""
    reply: Text
    """Prose: what the facilitator can do with it."""


class Term(Record):
    """One word to take home."""

    word: Text
    """The word; `ary` is the one that people use in Darija, where there is one."""
    definition: Text
    """In fewer than twenty words."""


class Answer(Record):
    """One answer that a quiz offers."""

    text: Text
    """The answer."""
    right: YesNo = False
    """Whether it is right."""


class QuizItem(Record):
    """One question of a quiz."""

    question: Text
    """What is asked."""
    answers: tuple[Answer, ...]
    """What can be ticked; at least one is right."""
    why: Text
    """Why the right answer is right, to be read by who was wrong."""


class Quiz(Record):
    """Questions for a class, each answer explained."""

    items: tuple[QuizItem, ...] = ()
    """In order."""


class Reference(Record):
    """Where a claim about the world comes from."""

    text: Text
    """Prose: who said it, where and when."""


class Module(Record):
    """One question, one idea, one machine, one debate."""

    id: Slug
    """The module's name for machines, the same in curricula and notebooks. In a folder: its
    name."""
    source: LanguageTag = "fr"
    """The language in which it was written first."""
    updated: Instant
    """When the module last changed; documents made of it bear this date."""
    authors: tuple[Words, ...] = ()
    """Who wrote it."""
    license: WebAddress = CC_BY
    """Under which terms others may use it."""
    ages: Ages = "12-"
    """For which ages."""
    needs: Needs = Field(default_factory=Needs)
    """What it cannot do without."""
    frameworks: tuple[Framework, ...] = ()
    """The competences that it serves."""
    steps: tuple[Moment, ...]
    """The steps, in order."""
    standing: Mapping[LanguageTag, Standing]
    """The languages in which it is written, and how far each text may be trusted."""
    question: Text
    """The question, as a person asks it."""
    invitation: Text
    """Prose: what one sends to invite people."""
    objectives: tuple[Objective, ...]
    """What a person can do afterwards."""
    prediction: Text
    """Prose: what the room is asked to bet on before the machine runs."""
    twin: Activity
    """The same without a computer."""
    debate: Debate
    """What people talk about."""
    expected: tuple[Reaction, ...] = ()
    """What people may say."""
    hard: Reaction
    """What frightens a facilitator, and an honest way to receive it."""
    terms: tuple[Term, ...] = ()
    """The words of the evening."""
    quiz: Quiz = Field(default_factory=Quiz)
    """For classes."""
    materials: tuple[Text, ...] = ()
    """What to bring and to print."""
    takeaway: Text
    """Prose: what each person takes home on half a page."""
    references: tuple[Reference, ...] = ()
    """Where each claim about the world comes from."""

    @property
    def versions(self) -> tuple[int, ...]:
        """The lengths in minutes in which it can be played, the shortest first."""
        return tuple(sorted({length for step in self.steps for length in step.minutes}))

    def talk(self, version: int) -> int:
        """The minutes of a version in which the people write, discuss and share."""
        return sum(step.minutes.get(version, 0) for step in self.steps if step.mode in TALK)


class Entry(Record):
    """One place in a curriculum: a module that is written, or one that is to come."""

    id: Slug
    """The module's name."""
    question: Text
    """The question, as a person asks it. In a file: only of a module that is to come."""
    module: Module | None = None
    """The module, once it is written. It stands in files of its own."""


class Curriculum(Record):
    """Modules in an order, for one kind of occasion."""

    id: Slug
    """The curriculum's name for machines. In a file: the file's name."""
    title: Text
    """What it is called."""
    summary: Text | None = None
    """For whom, and what for."""
    ages: Ages = "12-"
    """For which ages."""
    minutes: Minutes = 60
    """How long one meeting lasts: 60 for a café, 55 for a lesson."""
    modules: tuple[Entry, ...] = ()
    """The places, in the order in which they are best met."""

    @property
    def written(self) -> tuple[Module, ...]:
        """The modules that exist, in order; only these are ever offered."""
        return tuple(entry.module for entry in self.modules if entry.module is not None)

    @property
    def to_come(self) -> tuple[Entry, ...]:
        """The places whose module is not written yet."""
        return tuple(entry for entry in self.modules if entry.module is None)
