"""The agenda: whether the minutes add up, whether people talk, and about which module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cafe_ia.checks.rules import Finding, Ground, rule
from cafe_ia.files.typed import nearest
from cafe_ia.session import TALK, Mode

if TYPE_CHECKING:
    from collections.abc import Iterator


@rule("talk-under-half")
def talk_under_half(ground: Ground) -> Iterator[Finding]:
    """An agenda in which people write, discuss and share for less than half of the time.

    Breaks are nobody's time: they count on neither side.
    """
    for meeting in ground.meetings:
        steps = [step for step in meeting.session.agenda if step.mode is not Mode.BREAK]
        minutes = sum(step.minutes for step in steps)
        talk = sum(step.minutes for step in steps if step.mode in TALK)
        if 2 * talk < minutes:
            yield (*meeting.path, "agenda"), {"talk": talk, "minutes": minutes}


@rule("agenda-minutes")
def agenda_minutes(ground: Ground) -> Iterator[Finding]:
    """Steps that do not add up to the minutes of the café.

    A café of whole days has 1,440 minutes for each, and nobody fills the nights.
    """
    for meeting in ground.meetings:
        session = meeting.session
        if not session.agenda or session.all_day:
            continue
        total = sum(step.minutes for step in session.agenda)
        if total != session.minutes:
            yield (*meeting.path, "agenda"), {"total": total, "minutes": session.minutes}


@rule("module-unknown")
def module_unknown(ground: Ground) -> Iterator[Finding]:
    """A module that no curriculum has."""
    for meeting in ground.meetings:
        module = meeting.session.module
        if module is not None and module not in ground.modules:
            known = list(ground.modules)
            yield (
                (*meeting.path, "module"),
                {
                    "module": module,
                    "near": nearest(module, known),
                    "known": ", ".join(known) or "–",
                },
            )
