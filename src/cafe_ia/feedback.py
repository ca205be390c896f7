"""Feedback: what people said in a café, without ever saying who they are.

These are the beginnings: the names and the places. No record here has a field for a name, a
telephone, an e-mail address, an age or a device, and none may get one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from cafe_ia.record import LanguageTag, Record, Slug, WholeNumber, Words, YesNo
from cafe_ia.session import Audience
from cafe_ia.text import Text

__all__ = [
    "CafeReport", "Choice", "Form", "Kind", "NextStep", "Question", "Response", "Statement",
]  # fmt: skip

_Count = Annotated[WholeNumber, Field(ge=0, le=100_000)]


class Kind(StrEnum):
    """What a citizen's statement is."""

    QUESTION = "question"
    DOUBT = "doubt"
    EXPERIENCE = "experience"
    VIEWPOINT = "viewpoint"
    NEED = "need"
    PROPOSAL = "proposal"


class Choice(Record):
    """One answer that a question offers."""

    id: Slug
    """The answer's name in files."""
    label: Text
    """What a person reads or hears."""


class Question(Record):
    """One question of a form. Nobody has to answer it."""

    id: Slug
    """The question's name in files."""
    label: Text
    """What a person reads or hears."""
    choices: tuple[Choice, ...] = ()
    """The answers offered; none for an open question."""
    several: YesNo = False
    """Whether several answers may be chosen."""


class Form(Record):
    """A few questions, on paper, aloud or on a telephone."""

    id: Slug
    """The form's name in files."""
    version: Annotated[WholeNumber, Field(ge=1)] = 1
    """Raised when a question changes its meaning."""
    title: Text
    """What a person reads first."""
    questions: tuple[Question, ...] = ()
    """The questions, in order."""


class Response(Record):
    """One filled form. It is tied to a café and to nobody."""

    session: Slug
    """The café where it was given."""
    form: Slug
    """The form that was filled."""
    consent: YesNo
    """Whether the person agreed that the answers are used."""
    answers: dict[Slug, tuple[Words, ...]] = Field(default_factory=dict)
    """What was answered, by the question's name."""


class Statement(Record):
    """What a citizen said, in their words."""

    id: Slug
    """The statement's name in files."""
    session: Slug
    """The café where it was said."""
    kind: Kind
    """A question, a doubt, an experience, a viewpoint, a need or a proposal."""
    words: Words
    """The original words."""
    language: LanguageTag
    """The language of the original words."""
    spoken: YesNo = False
    """Said aloud and written down by the facilitator, rather than written by the person."""
    support: _Count = 0
    """How many people agreed."""
    publish: YesNo = False
    """Whether the person agreed to see it published."""


class NextStep(Record):
    """What someone undertook to do after a café."""

    what: Text
    """What will be done."""
    owner: Words
    """The organisation or the role that does it, never a citizen's name."""
    due: Words
    """By when."""


class CafeReport(Record):
    """The five-minute record of a café."""

    session: Slug
    """The café."""
    attendance: _Count
    """How many people came."""
    audiences: dict[Audience, _Count] = Field(default_factory=dict)
    """How many of each audience, by tally."""
    spoken: tuple[LanguageTag, ...] = ()
    """The languages that were really spoken."""
    statements: tuple[Statement, ...] = ()
    """What was said."""
    agreements: tuple[Text, ...] = ()
    """What the room agreed on."""
    disagreements: tuple[Text, ...] = ()
    """Where it did not agree."""
    next_steps: tuple[NextStep, ...] = ()
    """What will be done."""
