"""Help in the person's language: the commands' own words and everything around them.

The sentences live in `words/screens.*.toml`, under the command's path; the code of a command
names none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from cafe_ia.phrases import DEFAULT_LANGUAGE, catalogue, say

__all__ = ["SpeakingCommand", "SpeakingGroup", "command_key", "help_of", "metavar"]


def command_key(context: Any) -> str:
    """The key of a command's sentences: `session.move`; the program itself is `cafe-ia`."""
    words = str(context.command_path).split()[1:]
    return ".".join(words) or "cafe-ia"


def help_of(command: Any, words: Sequence[str], screen: Any) -> str:
    """The help of the command that the words name, as far as they name one.

    The words are walked, not parsed: to parse a single option typer loads pydantic, and a person
    who asks for help should not wait for it.
    """
    context = typer.Context(command, info_name="cafe-ia", obj=screen)
    for word in words:
        below = getattr(command, "commands", {})
        if word in below:
            command = below[word]
            context = typer.Context(command, info_name=word, parent=context, obj=screen)
    return str(command.get_help(context))


def metavar(parameter: Any) -> str:
    """How an argument or an option's value is called in a usage line."""
    return str(parameter.metavar or parameter.name.upper())


def _language(context: Any) -> str:
    return str(getattr(context.obj, "language", DEFAULT_LANGUAGE))


def _write(command: Any, context: Any, formatter: Any) -> None:
    """Usage, what the command does, its arguments, its options, its commands."""
    language, key = _language(context), command_key(context)
    known = catalogue("screens", language)["command"][key]
    words = ["options_word", *(["command_word"] if _names(command) else [])]
    usage = [say("screens", f"help.{word}", language) for word in words]
    usage += [metavar(one) for one in _arguments(command, context)]
    prefix = say("screens", "help.usage", language)
    formatter.write_usage(context.command_path, " ".join(usage), prefix=f"{prefix} ")
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(str(known["help"]))
    arguments = [
        (metavar(one), str(known[one.name])) for one in _arguments(command, context)
    ]
    options = [] if key != "cafe-ia" else [
        (spelled, say("screens", f"option.{name}", language))
        for name, spelled in (("lang", "--lang LANG"), ("json", "--json"), ("version", "--version"))
    ]
    for one in command.get_params(context):
        if one.param_type_name == "option" and not one.hidden:
            spelled = one.opts[0] if one.is_flag else f"{', '.join(one.opts)} {one.metavar}"
            text = None if one.name == "help" else known.get(one.name)
            text = text or catalogue("screens", language)["option"][one.name]
            options.append((spelled, str(text)))
    commands = [
        (name, str(catalogue("screens", language)["command"][_below(key, name)]["help"]))
        for name in _names(command)
    ]
    for heading, rows in (
        ("arguments", arguments), ("options", options), ("commands", commands),
    ):  # fmt: skip
        if rows:
            formatter.write_paragraph()
            formatter.write_text(say("screens", f"help.{heading}", language))
            with formatter.indentation():
                formatter.write_dl(rows)


def _arguments(command: Any, context: Any) -> list[Any]:
    return [one for one in command.get_params(context) if one.param_type_name == "argument"]


def _below(key: str, name: str) -> str:
    return name if key == "cafe-ia" else f"{key}.{name}"


def _names(command: Any) -> list[str]:
    return [name for name, one in getattr(command, "commands", {}).items() if not one.hidden]


class SpeakingCommand(TyperCommand):
    """A command whose help speaks the person's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        _write(self, ctx, formatter)


class SpeakingGroup(TyperGroup):
    """A group of commands whose help speaks the person's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        _write(self, ctx, formatter)
