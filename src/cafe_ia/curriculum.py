"""A curriculum: modules in an order, each about one question that a person really asks.

These are the beginnings: the names and the places. A module's texts (script, activity, quiz)
stand in Markdown files beside its record.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cafe_ia.record import Record, Slug, WholeNumber, YesNo
from cafe_ia.session import Step
from cafe_ia.text import Text

__all__ = ["Curriculum", "Module", "Needs"]


class Needs(Record):
    """What a module cannot do without. A café's module needs nothing."""

    screen: YesNo = False
    """A screen that the room can see."""
    electricity: YesNo = False
    """Electricity in the room."""
    internet: YesNo = False
    """Internet in the room."""


class Module(Record):
    """One question, one idea, one machine, one debate."""

    id: Slug
    """The module's name for machines, the same in curricula and notebooks."""
    question: Text
    """The question, as a person asks it."""
    minutes: Annotated[WholeNumber, Field(ge=1, le=24 * 60)] = 60
    """How long it lasts."""
    steps: tuple[Step, ...] = ()
    """The steps, in order."""
    needs: Needs = Field(default_factory=Needs)
    """What it cannot do without."""
    available: YesNo = False
    """Whether it is written; one that is not is announced as to come and never offered."""


class Curriculum(Record):
    """Modules in an order, for one kind of occasion."""

    id: Slug
    """The curriculum's name for machines."""
    title: Text
    """What it is called."""
    modules: tuple[Module, ...] = ()
    """The modules, in the order in which they are best met."""
