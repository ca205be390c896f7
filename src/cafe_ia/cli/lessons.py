"""Curricula, modules and plans in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cafe_ia.phrases import heading, say
from cafe_ia.prose import blocks, plain_text
from cafe_ia.session import Mode
from cafe_ia.wording import language_names, phrase, typeset

if TYPE_CHECKING:
    from cafe_ia.cli.screen import Screen
    from cafe_ia.curriculum import Curriculum, Module
    from cafe_ia.planning import Agenda
    from cafe_ia.text import Text

__all__ = ["left_out", "show_agenda", "show_curricula", "show_curriculum", "show_module"]


def show_curricula(screen: Screen) -> None:
    """Print the library's curricula, each with its modules."""
    from cafe_ia.files import load_curriculum
    from cafe_ia.files.library import own_curricula

    names = [path.stem for path in sorted(own_curricula().glob("*.yaml"))]
    curricula = [load_curriculum(name) for name in names]
    screen.answer["curricula"] = [_as_object(one) for one in curricula]
    for n, curriculum in enumerate(curricula):
        if n:
            screen.line()
        _list(screen, curriculum)
    screen.line()
    screen.say("curricula_next")


def show_curriculum(screen: Screen, curriculum: Curriculum) -> None:
    """Print one curriculum: what is written, and what is to come."""
    screen.answer |= _as_object(curriculum)
    _list(screen, curriculum)


def _as_object(curriculum: Curriculum) -> dict[str, object]:
    return {
        "id": curriculum.id,
        "title": dict(curriculum.title),
        "minutes": curriculum.minutes,
        "modules": [
            {"id": one.id, "question": dict(one.question), "written": one.module is not None}
            for one in curriculum.modules
        ],
    }


def _list(screen: Screen, curriculum: Curriculum) -> None:
    language = screen.language
    if screen.json:
        return
    title = _said(curriculum.title, screen)
    length = say("lessons", "minutes", language, count=curriculum.minutes)
    screen.styled(f"{title} · {curriculum.id} · {length}", "bold")
    if curriculum.summary:
        screen.page(_said(curriculum.summary, screen))
    for n, entry in enumerate(curriculum.modules, 1):
        key = "module_written" if entry.module else "module_to_come"
        line = say("screens", f"say.{key}", language, id=entry.id)
        screen.line(f"{n:>3}. {_said(entry.question, screen)} · {line}", hanging=5)


def show_module(screen: Screen, module: Module) -> None:
    """Print a module: its question, what it is for, its steps, what it needs."""
    screen.answer |= module.model_dump(mode="json", exclude_defaults=True)
    if screen.json:
        return
    language = screen.language
    screen.styled(_said(module.question, screen), "bold")
    names = language_names(list(module.standing), language)
    screen.say("module_in", id=module.id, languages=names)
    if any(one.status.value == "draft" for one in module.standing.values()):
        screen.say("module_draft")
    screen.line()
    screen.page(_said(module.invitation, screen))
    _part(screen, "objectives", [_said(one.text, screen) for one in module.objectives])
    for version in module.versions:
        length = say("lessons", "minutes", language, count=version)
        screen.styled(f"\n{heading('steps', language)} · {length}", "bold")
        for step in module.steps:
            if version in step.minutes:
                mode = phrase(f"mode.{step.mode.value}", language)
                title = f"{_said(step.title, screen)} · {mode}"
                screen.say("step", minutes=step.minutes[version], title=title)
    screen.styled(f"\n{heading('debate', language)}", "bold")
    screen.page(f"  {_said(module.debate.question, screen)}")
    _part(screen, "terms", [_said(one.word, screen) for one in module.terms])
    _part(screen, "materials", [_said(one, screen) for one in module.materials])
    screen.line()
    screen.say("module_next", id=module.id)


def _part(screen: Screen, part: str, lines: list[str]) -> None:
    screen.styled(f"\n{heading(part, screen.language)}", "bold")
    for line in lines:
        screen.line(f"  · {line}", hanging=4)


def _said(text: Text, screen: Screen) -> str:
    """A text as plain words in the person's language."""
    said = text.best(screen.language)
    return typeset(plain_text(blocks(said.words)), said.language)


def show_agenda(screen: Screen, module: Module, agenda: Agenda) -> None:
    """Print a plan, and what it left out."""
    screen.answer |= {
        "module": module.id,
        "version": agenda.version,
        "minutes": agenda.minutes,
        "talk": agenda.talk,
        "tables": agenda.tables,
        "steps": [
            {"minutes": one.minutes, "mode": one.mode.value, "title": dict(one.title)}
            for one in agenda.steps
        ],
        "dropped": [one.id for one in agenda.dropped],
    }
    screen.line(_said(module.question, screen))
    screen.line()
    for one in agenda.steps:
        mode = phrase(f"mode.{one.mode.value}", screen.language)
        screen.say("step", minutes=one.minutes, title=f"{_said(one.title, screen)} · {mode}")
    screen.line()
    work = sum(one.minutes for one in agenda.steps if one.mode is not Mode.BREAK)
    screen.say("plan_talk", talk=agenda.talk, minutes=work, version=agenda.version)
    left_out(screen, agenda)


def left_out(screen: Screen, agenda: Agenda) -> None:
    """Say what a plan asks of the room, and what found no place in it."""
    if agenda.tables > 1:
        screen.say("plan_tables", count=agenda.tables)
    if agenda.tables > _MOST_TABLES:
        screen.say("plan_large")
    if agenda.dropped:
        titles = [_said(one.title, screen) for one in agenda.dropped]
        screen.say("plan_dropped", titles=", ".join(titles))


_MOST_TABLES = 4
"""Tables that one facilitator can hear: a circle of twenty people."""
