"""Frameworks of competences: the published entries that a module may be mapped to, by name.

A teacher who has to say which competence a lesson serves finds it here as its publisher names
it. No code of an entry is given, because none was verified.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator

from cafe_ia.problem import fault
from cafe_ia.record import Record, Slug, WebAddress, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Framework", "FrameworkEntry", "frameworks"]


class FrameworkEntry(Record):
    """One entry of a published framework of competences, by name and edition."""

    id: Slug
    """Our name for it, in module files."""
    framework: Words
    """The framework's own name, in English."""
    edition: Words
    """Publisher and year, or the edition's number."""
    name: Words
    """The entry's own name, in English, as it is published."""
    url: WebAddress
    """Where the framework is published."""


@cache
def frameworks() -> Mapping[str, FrameworkEntry]:
    """The entries that a module may be mapped to, by `id`.

    Source: `words/frameworks.toml`, where each name says where it was read. No code of an entry
    is given: none was verified.
    """
    text = files("cafe_ia").joinpath("words", "frameworks.toml").read_text("utf-8")
    found: dict[str, FrameworkEntry] = {}
    for key, whole in tomllib.loads(text).items():
        for name in whole["entries"]:
            slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
            found[f"{key}-{slug}"] = FrameworkEntry(
                id=f"{key}-{slug}", name=name,
                **{part: whole[part] for part in ("framework", "edition", "url")},
            )  # fmt: skip
    return found


def _framework(typed: str) -> str:
    if typed not in frameworks():
        raise fault("framework-unknown", typed=typed, known=", ".join(frameworks()))
    return typed


Framework = Annotated[Slug, AfterValidator(_framework)]
"""The `id` of one of `frameworks()`."""
