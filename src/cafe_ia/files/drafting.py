"""A new module: its files with every heading, ready to be filled in by someone with an editor.

Under each heading a comment says what is expected there. The steps are those of a café of 60 and
of 90 minutes in which the people talk for more than half of the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cafe_ia.curriculum import Module
from cafe_ia.files.library import MODULE
from cafe_ia.files.outline import PARTS
from cafe_ia.files.saving import create_file, replace_file
from cafe_ia.files.starting import SCHEMAS, make_folder, read_field
from cafe_ia.phrases import catalogue, heading, spoken
from cafe_ia.problem import Problem, RecordError
from cafe_ia.schema import schema_bytes
from cafe_ia.session import Mode

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

__all__ = ["start_module"]

_STEPS = (
    ("welcome", Mode.FRAME, 5, 7),
    ("word-in", Mode.WRITE, 5, 8),
    ("machine", Mode.SHOW, 12, 17),
    ("why", Mode.EXPLAIN, 8, 10),
    ("break", Mode.BREAK, None, 5),
    ("talk", Mode.DISCUSS, 20, 28),
    ("keep", Mode.SHARE, 5, 8),
    ("word-out", Mode.WRITE, 5, 7),
)
"""The moments of a café: their minutes in an hour, and in an hour and a half."""


def start_module(
    folder: Path, *, question: str, language: str, updated: datetime
) -> tuple[Path, ...]:
    """Write a module that is ready to be filled in.

    Args:
        folder: Where; its name is the module's name for machines.
        question: The question, as a person asks it.
        language: The language in which the module is written first.
        updated: The present, aware.

    Returns:
        The files that were written.

    Raises:
        RecordError: `slug-shape`, where the folder's name cannot be the module's; `file-exists`,
            and nothing is written; `output-unwritable`.
    """
    read_field(Module, "id", folder.resolve().name, language=language)
    tag = read_field(Module, "source", language, language=language)
    paths = (folder / MODULE, folder / f"{tag}.md")
    for path in paths:
        if path.exists():
            raise RecordError([Problem("file-exists", {"file": str(path)})])
    make_folder(folder / SCHEMAS)
    replace_file(folder / SCHEMAS / "module.schema.json", schema_bytes("module"))
    create_file(paths[1], _lesson_text(question, tag).encode())
    create_file(paths[0], _fields_text(tag, updated).encode())
    return paths


def _fields_text(language: str, updated: datetime) -> str:
    """`module.yaml`."""
    steps = [
        f"  - {{id: {name}, mode: {mode.value}, minutes: {{{_minutes(hour, longer)}}}}}"
        for name, mode, hour, longer in _STEPS
    ]
    return "\n".join([
        f"# yaml-language-server: $schema={SCHEMAS}/module.schema.json",
        f"source: {language}",
        f"updated: {updated:%Y-%m-%dT%H:%M:%SZ}",
        "ages: 12-",
        "needs: {screen: no, electricity: no, internet: no}",
        "steps:",
        *steps,
        "",
    ])  # fmt: skip


def _minutes(hour: int | None, longer: int) -> str:
    return f"60: {hour}, 90: {longer}" if hour else f"90: {longer}"


def _lesson_text(question: str, language: str) -> str:
    """The lesson's file: every heading, and under each what is expected there."""
    hints = catalogue("lessons", spoken(language))["new"]
    lines = ["---", "status: draft", "---", "", f"# {' '.join(question.split())}", ""]
    for part, inside in PARTS.items():
        lines += [f"## {heading(part, language)}", ""]
        if part in hints:
            lines += [_hint(hints[part]), ""]
        if part == "steps":
            for name, *_ in _STEPS:
                lines += [f"### {hints['step'][name]}", ""]
        elif inside != ("*",):
            for one in inside:
                lines += [f"### {heading(one, language)}", "", _hint(hints[one]), ""]
    return "\n".join(lines)


def _hint(words: str) -> str:
    return f"<!-- {words} -->"
