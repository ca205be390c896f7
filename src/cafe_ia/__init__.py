"""Records, calendars and teaching material for citizens' dialogues about AI (Cafés IA).

This page only says what the package offers; each name loads its module when it is first used,
so that `import cafe_ia` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cafe_ia.calendar import Imported, from_ics, to_ics, write_ics
    from cafe_ia.checks import check
    from cafe_ia.classroom import (
        export,
        to_docx,
        to_gift,
        to_imscc,
        to_lrmi,
        to_moodle,
        to_pdf,
        to_pptx,
    )
    from cafe_ia.curriculum import Activity, Curriculum, Module, Objective, Quiz, Term
    from cafe_ia.exchange import to_csv, to_jsonld
    from cafe_ia.feedback import CafeReport, Form, Question, Response, Statement
    from cafe_ia.files import load_curriculum, load_module, load_programme
    from cafe_ia.page import lesson_page, to_html
    from cafe_ia.planning import Agenda, plan
    from cafe_ia.problem import Place, Problem, RecordError, Severity
    from cafe_ia.programme import Programme
    from cafe_ia.session import Facilitator, Host, Session, Step, Venue
    from cafe_ia.text import Text

__all__ = [
    "Activity",
    "Agenda",
    "CafeReport",
    "Curriculum",
    "Facilitator",
    "Form",
    "Host",
    "Imported",
    "Module",
    "Objective",
    "Place",
    "Problem",
    "Programme",
    "Question",
    "Quiz",
    "RecordError",
    "Response",
    "Session",
    "Severity",
    "Statement",
    "Step",
    "Term",
    "Text",
    "Venue",
    "check",
    "export",
    "from_ics",
    "lesson_page",
    "load_curriculum",
    "load_module",
    "load_programme",
    "plan",
    "to_csv",
    "to_docx",
    "to_gift",
    "to_html",
    "to_ics",
    "to_imscc",
    "to_jsonld",
    "to_lrmi",
    "to_moodle",
    "to_pdf",
    "to_pptx",
    "write_ics",
]

_HOMES = {
    "calendar": ("Imported", "from_ics", "to_ics", "write_ics"),
    "checks": ("check",),
    "classroom": (
        "export", "to_docx", "to_gift", "to_imscc", "to_lrmi", "to_moodle", "to_pdf", "to_pptx",
    ),
    "curriculum": ("Activity", "Curriculum", "Module", "Objective", "Quiz", "Term"),
    "exchange": ("to_csv", "to_jsonld"),
    "feedback": ("CafeReport", "Form", "Question", "Response", "Statement"),
    "files": ("load_curriculum", "load_module", "load_programme"),
    "page": ("lesson_page", "to_html"),
    "planning": ("Agenda", "plan"),
    "problem": ("Place", "Problem", "RecordError", "Severity"),
    "programme": ("Programme",),
    "session": ("Facilitator", "Host", "Session", "Step", "Venue"),
    "text": ("Text",),
}  # fmt: skip

_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'cafe_ia' has no attribute {name!r}")
    return getattr(import_module(f"cafe_ia.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return list(__all__)
