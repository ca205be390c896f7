"""The sentences that the library itself says, in French, Arabic and English.

They live in `words/<topic>.<language>.toml`, so that a person who corrects a sentence needs no
Python: `problems` (what is wrong and what to do), `screens` (the command line's help and
answers), `pages` (the calendar, the web page and the terminal's programme) and `lessons` (what
a lesson's documents say around its own words).
A test holds the three languages to the same keys and the same blanks.
"""

from __future__ import annotations

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "DEFAULT_LANGUAGE", "LANGUAGES", "catalogue", "heading", "headings", "interface_language",
    "say", "spoken",
]  # fmt: skip

LANGUAGES = ("fr", "ar", "en")
"""The languages in which the library speaks to a person."""

DEFAULT_LANGUAGE = "fr"
"""What it speaks when nothing says otherwise."""


@cache
def catalogue(topic: str, language: str) -> dict[str, Any]:
    """All the sentences of one topic in one language.

    Raises:
        KeyError: the library does not speak this language.
    """
    if language not in LANGUAGES:
        raise KeyError(f"{language!r} is not one of {', '.join(LANGUAGES)}")
    # Not importlib.resources: it loads zipfile, and help must be quick.
    source = Path(__file__).with_name("words") / f"{topic}.{language}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def say(topic: str, key: str, language: str, **values: object) -> str:
    """One sentence of a topic, its blanks filled.

    Raises:
        KeyError: no such sentence.
    """
    sentence = catalogue(topic, language)
    for step in key.split("."):
        sentence = sentence[step]
    return str(sentence).format_map(values)


@cache
def headings() -> dict[str, dict[str, list[str]]]:
    """The fixed headings of a module's file: by what they head, by language, all spellings."""
    source = Path(__file__).with_name("words") / "headings.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def heading(key: str, language: str) -> str:
    """The heading of a part of a module, as it is written in a language.

    Raises:
        KeyError: no part of that name, or the library does not speak this language.
    """
    return headings()[key][spoken(language)][0]


def spoken(language: str) -> str:
    """The language in which the library speaks to a reader of a language: Arabic for Darija."""
    main = language.split("-", maxsplit=1)[0]
    return "ar" if main == "ary" else main if main in LANGUAGES else DEFAULT_LANGUAGE


def interface_language(asked: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """The language to speak: the one asked for, else the locale's, else French.

    Args:
        asked: What `--lang` gave: a language tag, of which the first part counts.
        environment: Where `LC_ALL`, `LC_MESSAGES` and `LANG` are read, in gettext's order.
    """
    settings = [asked or ""]
    settings += [environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    for setting in settings:
        if setting:
            language = setting.replace("_", "-").split("-")[0].split(".")[0].lower()
            language = "ar" if language == "ary" else language
            if language in LANGUAGES:
                return language
            if language not in ("c", "posix"):
                break  # the person's locale is one that we do not speak
    return DEFAULT_LANGUAGE
