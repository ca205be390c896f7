"""The command line: the nouns of the mission, each command a thin call of a public function.

It prints and holds no rule. Whatever goes wrong is said in the person's language, without a
traceback. Exit status: 0 done, 1 the records have errors, 2 the command could not be understood
or run.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from cafe_ia.cli import calendar, curriculum, programme, session
from cafe_ia.cli.help import SpeakingGroup, help_of, named
from cafe_ia.cli.screen import Failure, Screen
from cafe_ia.phrases import LANGUAGES, interface_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cafe_ia.problem import Problem

__all__ = ["app", "main"]

app = typer.Typer(
    cls=SpeakingGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True
)
programme.add_to(app)
app.add_typer(session.app, name="session")
app.add_typer(calendar.app, name="calendar")
app.add_typer(curriculum.app, name="curriculum")

_HELP = ("--help", "-h")

_INTERRUPTED = 130
"""What typer answers, in place of a status, where the keys Ctrl-C stopped a command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: The words after `cafe-ia`; those of the process where none are given.

    Returns:
        The exit status.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    command = typer.main.get_command(app)
    words = _in_order(words, command)
    screen = Screen(interface_language(_asked(words)), json="--json" in words)
    try:
        status = _run(words, command, screen)
        screen.close()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader went away, as `| head` does
        _silence()
        return 0
    except OSError as error:  # what was said could not be written: the disk is full
        _silence()
        return screen.full(error)
    return status


def _run(words: list[str], command: Any, screen: Screen) -> int:
    if any(word in _HELP for word in words):
        text = help_of(command, words, screen)
        screen.answer["help"] = text
        screen.line(text)
        return 0
    try:
        _spoken(words)
        status = command.main(words, prog_name="cafe-ia", standalone_mode=False, obj=screen)
    except (typer.Abort, EOFError):  # the keys Ctrl-D; typer has begun a new line
        return screen.stopped()
    except KeyboardInterrupt:
        status = _INTERRUPTED
    except Failure as failure:
        return failure.exit_code
    except BrokenPipeError:
        raise
    except Exception as error:
        if os.environ.get("CAFE_IA_DEBUG"):
            raise
        return screen.fail(_why(error, words, command, screen))
    if status == _INTERRUPTED:
        screen.line()  # the keys Ctrl-C left the cursor behind a question
        return screen.stopped()
    return 0


def _why(error: Exception, words: list[str], command: Any, screen: Screen) -> Sequence[Problem]:
    from cafe_ia.cli.refusals import problems_of_run

    return problems_of_run(error, named(command, words)[0], screen.language)


def _spoken(words: list[str]) -> None:
    """Refuse a language for messages that is none of the three; texts may be in any.

    Raises:
        RecordError: `language-not-spoken`.
    """
    asked = _asked(words)
    if not asked or words[1:2] == ["export"]:
        return
    if asked.replace("_", "-").split("-")[0].lower() not in (*LANGUAGES, "ary"):
        from cafe_ia.problem import Problem, RecordError

        raise RecordError([Problem("language-not-spoken", {"typed": asked})])


def _in_order(words: list[str], command: Any) -> list[str]:
    """The words with the options that hold for every command behind the command.

    Neither the program nor a group of commands takes an option: typer would load pydantic to read
    even one, and help would be slow. Without a command, help is what is asked for.
    """
    path, common, rest = list[str](), list[str](), list(words)
    while rest and hasattr(command, "commands"):
        word = rest[0]
        if word == "--version" and not path:
            return ["version", *common, *rest[1:]]
        if word in command.commands:
            command = command.commands[word]
            path.append(rest.pop(0))
        elif word == "--lang":
            common += rest[:2]
            del rest[:2]
        elif word in ("--json", *_HELP) or word.startswith("--lang="):
            common.append(rest.pop(0))
        elif word == "help" and not path:
            common.append("--help")
            del rest[0]
        else:
            break
    if hasattr(command, "commands"):
        if not rest:
            return [*path, "--help", *common]
        path.append(rest.pop(0))  # it names no command, and that is what will be said
    return [*path, *common, *rest]


def _asked(words: list[str]) -> str | None:
    """The language that `--lang` asks for, wherever it stands: help must speak it too."""
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def _speak_utf8() -> None:
    """Take and give UTF-8 whatever the machine's settings say; a closed stream leads nowhere."""
    nowhere = Path(os.devnull)
    if sys.stdout is None:
        sys.stdout = nowhere.open("w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = nowhere.open("w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if hasattr(sys.stdin, "reconfigure"):
        # What is not UTF-8 comes as surrogates, which every record refuses with a sentence.
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")


def _silence() -> None:
    """Let nothing more be written to where nothing can be: Python would say so at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
