"""Quizzes to export, hostile ones among them, and what is needed to look at an export."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

from cafe_ia.curriculum import Curriculum, Module, Quiz
from lesson import SAMPLE

__all__ = [
    "HOSTILE", "LANGUAGES", "course", "hostile", "loose", "opened", "page", "quiz_of", "tree",
    "unwrapped",
]  # fmt: skip

LANGUAGES = ("fr", "ar", "en", "ary")

HOSTILE = (
    "#", "## titre", "$CATEGORY: $course$/top", "<script>alert('é')</script>", "{{ 7 * 7 }}",
    "=cmd|' /C calc'!A0", "«\"'", "C:\\nouveau\\", "*", "_a_ et **b**", "@", "\u202etxet", "]]>",
    "<![CDATA[x", "&amp;lt; &copy", "%50%", "~%100%", "[html]<b>gras</b>", "[plain]", "::nom::",
    "#### pourquoi", "// commentaire", "a -> b", "}", "{T}", "-->", "TRUE", "1. un\n2. deux",
    "ligne\nsuivante", "<!-- rien -->", "\ufffe", "é" * 100_000,
)  # fmt: skip


def quiz_of(*questions: tuple[str, dict[str, bool], str]) -> Module:
    """The sample with other questions: what is asked, the answers and which are right, the why."""
    items = [
        {
            "question": asked,
            "answers": [{"text": text, "right": right} for text, right in answers.items()],
            "why": why,
        }
        for asked, answers, why in questions
    ]
    return SAMPLE.model_copy(update={"quiz": Quiz.model_validate({"items": items})})


def hostile() -> Module:
    """Each hostile text as a question, as its right answer and as its why."""
    return quiz_of(*((text, {text: True, "non": False, "oui": False}, text) for text in HOSTILE))


def loose(text: str) -> str:
    """A text in which all white space is alike."""
    return " ".join(text.split())


def page(module: Module, language: str) -> bytes:
    """A page that says no more than whose it is."""
    return f'<!DOCTYPE html><html lang="{language}"><title>{module.id}</title></html>'.encode()


def opened(packed: bytes) -> zipfile.ZipFile:
    """A ZIP to look into."""
    return zipfile.ZipFile(io.BytesIO(packed))


def course(*modules: Module, **fields: Any) -> Curriculum:
    """A curriculum of modules, with one to come between them."""
    places: list[dict[str, Any]] = [
        {"id": module.id, "question": module.question, "module": module} for module in modules
    ]
    places.insert(1, {"id": "plus-tard", "question": "Et plus tard ?"})
    return Curriculum.model_validate({"id": "essai", "title": "Essai", "modules": places, **fields})


def tree(xml: bytes) -> ET.Element:
    """The root of an XML file that an export made."""
    return ET.fromstring(xml)  # noqa: S314 # nobody else's


def unwrapped(html: str) -> str:
    """The words of one paragraph of HTML whose entities are resolved already."""
    return re.sub(r'^<p lang="\w+" dir="\w+">|</p>$', "", html)
