"""The command line: the nouns of the mission, each command a thin call of a public function.

It prints and holds no rule. Whatever goes wrong is said in the person's language, without a
traceback. Exit status: 0 done, 1 the records have errors, 2 the command could not be understood
or run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer

from cafe_ia.cli import calendar, programme, session
from cafe_ia.cli.help import SpeakingGroup, help_of
from cafe_ia.cli.screen import Failure, Screen, problems_of_run
from cafe_ia.phrases import interface_language

__all__ = ["app", "main"]

app = typer.Typer(
    cls=SpeakingGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True
)
programme.add_to(app)
app.add_typer(session.app, name="session")
app.add_typer(calendar.app, name="calendar")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: The words after `cafe-ia`; those of the process where none are given.

    Returns:
        The exit status.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    screen = Screen(interface_language(_asked(words)), json="--json" in words)
    status = _run(_in_order(words), screen)
    try:
        screen.close()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader went away, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status


def _run(words: list[str], screen: Screen) -> int:
    command = typer.main.get_command(app)
    if "--help" in words:
        screen.line(help_of(command, words, screen))
        return 0
    try:
        status = command.main(words, prog_name="cafe-ia", standalone_mode=False, obj=screen)
    except (typer.Abort, KeyboardInterrupt, EOFError):
        screen.say("stopped")
        return 2
    except (typer.Exit, Failure) as leave:
        return leave.exit_code
    except BrokenPipeError:
        return 0
    except Exception as error:
        if os.environ.get("CAFE_IA_DEBUG"):
            raise
        return screen.fail(problems_of_run(error))
    return status if isinstance(status, int) else 0


def _in_order(words: list[str]) -> list[str]:
    """The words with the options that hold for every command behind the command.

    The program itself takes no option: typer would load pydantic to read even one, and help
    would be slow. Without a command, help is what is asked for.
    """
    first = 0
    while first < len(words) and words[first].startswith("-"):
        first += 2 if words[first] == "--lang" else 1
    if "--version" in words[:first]:
        return ["version"]
    if first >= len(words):
        return ["--help"]
    return [*words[first:], *words[:first]]


def _asked(words: Sequence[str]) -> str | None:
    """The language that `--lang` asks for, wherever it stands: help must speak it too."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None
