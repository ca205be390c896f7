"""Help in the person's language: the commands' own words and everything around them.

The sentences live in `words/screens.*.toml`, under the command's path; the code of a command
names none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from cafe_ia.phrases import DEFAULT_LANGUAGE, catalogue, say

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SpeakingCommand", "SpeakingGroup", "command_key", "help_of", "metavar", "named"]

_WIDEST = 80
"""Columns of the widest help: explanations in two columns are hard to read beyond."""


def command_key(context: Any) -> str:
    """The key of a command's sentences: `session.move`; the program itself is `cafe-ia`."""
    words = str(context.command_path).split()[1:]
    return ".".join(words) or "cafe-ia"


def help_of(command: Any, words: Sequence[str], screen: Any) -> str:
    """The help of the command that the words name, as far as they name one.

    The words are walked, not parsed: to parse a single option typer loads pydantic, and a person
    who asks for help should not wait for it.
    """
    command, path = named(command, words)
    width = min(screen.width, _WIDEST) - 2
    context = typer.Context(
        command, info_name=" ".join(["cafe-ia", *path]), obj=screen, terminal_width=width
    )
    return str(command.get_help(context))


def named(command: Any, words: Sequence[str]) -> tuple[Any, list[str]]:
    """The command that the words name, as far as they name one, and those words."""
    path = []
    for word in words:
        below = getattr(command, "commands", {})
        if word in below:
            command = below[word]
            path.append(word)
    return command, path


def metavar(parameter: Any, language: str) -> str:
    """How an argument or an option's value is called in a usage line: `TEXTE`, `[DOSSIER]`."""
    known = catalogue("screens", language)["metavar"]
    spelled = str(parameter.metavar or parameter.name.upper())
    word = spelled.strip("[]")
    return spelled.replace(word, str(known.get(word, word)))


def _language(context: Any) -> str:
    return str(getattr(context.obj, "language", DEFAULT_LANGUAGE))


def _write(command: Any, context: Any, formatter: Any) -> None:
    """Usage, what the command does, its arguments, its options, its commands."""
    language, key = _language(context), command_key(context)
    known = catalogue("screens", language)["command"][key]
    words = ["options_word", *(["command_word"] if _names(command) else [])]
    usage = [say("screens", f"help.{word}", language) for word in words]
    usage += [metavar(one, language) for one in _arguments(command, context)]
    prefix = say("screens", "help.usage", language)
    formatter.write_usage(context.command_path, " ".join(usage), prefix=f"{prefix} ")
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(str(known["help"]))
    arguments = [
        (metavar(one, language), str(known[one.name])) for one in _arguments(command, context)
    ]
    options = []
    if key == "cafe-ia":  # what holds for every command; `main` puts it behind the command
        common = {"lang": "--lang LANG", "json": "--json", "version": "--version"}
        options = [(spelled, _option(name, language)) for name, spelled in common.items()]
    for one in command.get_params(context):
        if one.param_type_name == "option" and not one.hidden:
            spelled = ", ".join(one.opts)
            if not one.is_flag:
                spelled = f"{spelled} {metavar(one, language)}"
            text = None if one.name == "help" else known.get(one.name)
            options.append((spelled, str(text or _option(one.name, language))))
    commands = [
        (name, str(catalogue("screens", language)["command"][_below(key, name)]["help"]))
        for name in _names(command)
    ]
    parts = {"arguments": arguments, "options": options, "commands": commands}
    for heading, rows in parts.items():
        if rows:
            formatter.write_paragraph()
            formatter.write_text(say("screens", f"help.{heading}", language))
            with formatter.indentation():
                formatter.write_dl(rows)


def _arguments(command: Any, context: Any) -> list[Any]:
    return [one for one in command.get_params(context) if one.param_type_name == "argument"]


def _option(name: str, language: str) -> str:
    return say("screens", f"option.{name}", language)


def _below(key: str, name: str) -> str:
    return name if key == "cafe-ia" else f"{key}.{name}"


def _names(command: Any) -> list[str]:
    return [name for name, one in getattr(command, "commands", {}).items() if not one.hidden]


class SpeakingCommand(TyperCommand):
    """A command whose help, and whose refusal of a word too many, speak the person's language."""

    allow_extra_args = True

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        _write(self, ctx, formatter)

    def invoke(self, ctx: Any) -> Any:
        """Run the command, unless there are words that it does not take.

        Raises:
            RecordError: `argument-unexpected`.
        """
        if ctx.args:
            from cafe_ia.problem import Problem, RecordError

            raise RecordError([Problem("argument-unexpected", {"typed": " ".join(ctx.args)})])
        return super().invoke(ctx)


class SpeakingGroup(TyperGroup):
    """A group of commands whose help, and whose refusal of another, speak the person's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        _write(self, ctx, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first word names.

        Raises:
            RecordError: `command-unknown`.
        """
        if self.get_command(ctx, args[0]) is None:
            from cafe_ia.files import nearest
            from cafe_ia.problem import Problem, RecordError

            known = _names(self)
            values = {"name": args[0], "known": ", ".join(known), "near": nearest(args[0], known)}
            raise RecordError([Problem("command-unknown", values)])
        return super().resolve_command(ctx, args)
