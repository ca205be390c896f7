"""Why a command ends: its own problems, what was not understood of it, or our own fault.

What typer says in English is said again in the person's language, through the catalogue of
problems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cafe_ia.cli.help import metavar
from cafe_ia.files import nearest
from cafe_ia.problem import Problem, RecordError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["problems_of_run"]


def problems_of_run(error: Exception, command: Any, language: str) -> Sequence[Problem]:
    """Why a command ended, as problems.

    Args:
        error: What ended it.
        command: The command that was asked for, as far as it was named.
        language: The language in which the person reads.
    """
    if isinstance(error, RecordError):
        return error.problems
    if isinstance(error, OSError):
        reason = error.strerror or type(error).__name__
        return [Problem("file-refused", {"file": error.filename or "", "reason": reason})]
    if hasattr(error, "format_message"):  # the mark of whatever typer refuses
        return [_of_usage(error, command, language)]
    return [Problem("unexpected", {"said": f"{type(error).__name__}: {error}"})]


def _of_usage(error: Any, command: Any, language: str) -> Problem:
    """What was not understood, by the kind of typer's exception and never by its sentence."""
    kind, name = type(error).__name__, str(getattr(error, "option_name", ""))
    if kind == "NoSuchOption":
        known = ["--help", "--json", "--lang", *(one for p in command.params for one in p.opts)]
        return Problem("option-unknown", {"name": name, "near": nearest(name, known)})
    if kind == "BadOptionUsage":
        option = next((one for one in command.params if name in one.opts), None)
        if option is None or option.is_flag:
            return Problem("option-value-unneeded", {"name": name})
        example = metavar(option, language)
        return Problem("option-value-missing", {"name": name, "example": example})
    if kind == "MissingParameter":
        words = [
            metavar(one, language) for one in command.params if one.param_type_name == "argument"
        ]
        usage = " ".join([str(error.ctx.command_path), *words])
        values = {"name": metavar(error.param, language), "usage": usage}
        return Problem("argument-missing", values)
    return Problem("command-unclear", {"said": str(error).strip().rstrip(".")})
