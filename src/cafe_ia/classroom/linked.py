"""Linked data: a module or a curriculum in schema.org's words, for catalogues of free lessons.

LRMI, the vocabulary of learning resources, is part of schema.org: what is taught, to whom, how
long it takes, which competences it serves, under which licence.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cafe_ia.curriculum import Module, Standing, Status
from cafe_ia.framework import frameworks
from cafe_ia.phrases import LANGUAGES, heading, say
from cafe_ia.prose import blocks, plain_text, spans
from cafe_ia.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cafe_ia.curriculum import Curriculum, Reference

__all__ = ["to_lrmi"]

_SCHEMA = "https://schema.org"

_SCHOOLS = {"lower_secondary": (12, 15), "upper_secondary": (15, 18)}
"""The ages of Morocco's two secondary schools, collège and lycée."""


def to_lrmi(course: Module | Curriculum, language: str = "fr") -> bytes:
    """A module as a `LearningResource`, or a curriculum as a `Course` with its modules.

    Only modules that are written are named: a catalogue must not offer what is to come. A text
    that nobody has reviewed is a draft here too, language by language. Competences stand by the
    names under which they are published, without codes.

    Args:
        course: What to describe.
        language: Of what has several languages, this one comes first.

    Returns:
        JSON-LD in UTF-8 that may also stand inside an HTML `<script>`.

    Source: https://schema.org/LearningResource and the types that it names.
    """
    graph = _Graph(language)
    nodes = [graph.module(course)] if isinstance(course, Module) else [*graph.curriculum(course)]
    text = json.dumps({"@context": _SCHEMA, "@graph": nodes}, ensure_ascii=False, indent=2)
    for mark in "<>&":  # they only stand inside strings, and would end a <script>
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return f"{text}\n".encode()


class _Graph:
    """The nodes of modules in schema.org's words."""

    def __init__(self, language: str) -> None:
        self.language = language

    def curriculum(self, curriculum: Curriculum) -> Iterator[dict[str, Any]]:
        """The curriculum, then each module that is written."""
        # A module may be met twice in an order; it is one resource.
        modules = tuple({module.id: module for module in curriculum.written}.values())
        tongues = dict.fromkeys(tag for module in modules for tag in module.standing)
        total = len(curriculum.written) * curriculum.minutes
        yield _known(
            {
                "@type": ["Course", "LearningResource"],
                "@id": f"urn:cafe-ia:curriculum:{curriculum.id}",
                "identifier": curriculum.id,
                "name": self._texts(curriculum.title),
                "description": self._texts(curriculum.summary),
                "teaches": self._taught(modules),
                "typicalAgeRange": curriculum.ages,
                "educationalLevel": self._phrase(_level(curriculum.ages)),
                "timeRequired": f"PT{total}M" if total else None,
                "inLanguage": list(tongues),
                "license": list(dict.fromkeys(module.license for module in modules)),
                "dateModified": max(
                    (module.updated.isoformat() for module in modules), default=None
                ),
                "hasPart": [{"@id": _id(module)} for module in modules],
            }
        )
        for position, module in enumerate(modules, start=1):
            yield {**self.module(module), "position": position}

    def module(self, module: Module) -> dict[str, Any]:
        """One module."""
        return _known(
            {
                "@type": "LearningResource",
                "@id": _id(module),
                "identifier": module.id,
                "name": self._texts(module.question),
                "description": self._texts(module.invitation, prose=True),
                "learningResourceType": self._phrase("kind"),
                "teaches": self._taught((module,)),
                "timeRequired": [f"PT{minutes}M" for minutes in module.versions],
                "educationalLevel": self._phrase(_level(module.ages)),
                "typicalAgeRange": module.ages,
                "inLanguage": list(module.standing),
                "license": module.license,
                "isAccessibleForFree": True,
                "dateModified": module.updated.isoformat(),
                "author": [{"name": author} for author in module.authors],
                "creativeWorkStatus": _status(*module.standing.values()),
                "educationalAlignment": [_alignment(entry) for entry in module.frameworks],
                "citation": [self._source(reference) for reference in module.references],
                "workTranslation": [
                    self._translation(module, tag, standing)
                    for tag, standing in module.standing.items()
                    if tag != module.source
                ],
                "hasPart": self._quiz(module) if module.quiz.items else None,
            }
        )

    def _taught(self, modules: Iterable[Module]) -> list[dict[str, Any]]:
        return [
            {"@type": "DefinedTerm", "name": self._texts(objective.text)}
            for module in modules
            for objective in module.objectives
        ]

    def _translation(self, module: Module, tag: str, standing: Standing) -> dict[str, Any]:
        return _known(
            {
                "@type": "LearningResource",
                "@id": f"{_id(module)}:{tag}",
                "name": self._texts(module.question, only=tag),
                "inLanguage": tag,
                "creativeWorkStatus": _status(standing),
                "editor": standing.reviewer and {"@type": "Person", "name": standing.reviewer},
                "translationOfWork": {"@id": _id(module)},
            }
        )

    def _source(self, reference: Reference) -> dict[str, Any]:
        links = [span.link for words in reference.text.values() for span in spans(words)]
        return _known(
            {
                "@type": "CreativeWork",
                "name": self._texts(reference.text),
                "url": [link for link in dict.fromkeys(links) if link],
            }
        )

    def _quiz(self, module: Module) -> dict[str, Any]:
        name = Text({tag: heading("quiz", tag) for tag in LANGUAGES})
        return {
            "@type": "Quiz",
            "@id": f"{_id(module)}:quiz",
            "name": self._texts(name),
            "isPartOf": {"@id": _id(module)},
        }

    def _texts(
        self, text: Text | None, *, prose: bool = False, only: str | None = None
    ) -> list[dict[str, str]] | None:
        """Every language of a text in plain words, the wanted one first.

        `prose` may have several paragraphs; the rest is one line, in which `1.` begins no list.
        """
        if text is None:
            return None
        first = text.language(self.language)
        tags = [tag for tag in sorted(text, key=lambda tag: tag != first) if only in (None, tag)]
        said = {tag: plain_text(blocks(text[tag])) if prose else "" for tag in tags}
        return [{"@language": tag, "@value": said[tag] or text[tag]} for tag in tags]

    def _phrase(self, key: str) -> list[dict[str, str]] | None:
        return self._texts(Text({tag: say("lessons", f"quiz.{key}", tag) for tag in LANGUAGES}))


def _id(module: Module) -> str:
    return f"urn:cafe-ia:module:{module.id}"


def _level(ages: str) -> str:
    """The school to whose ages these belong, else for whoever is new to it."""
    first, _, last = ages.partition("-")
    for school, (youngest, oldest) in _SCHOOLS.items():
        if youngest <= int(first) and last and int(last) <= oldest:
            return school
    return "level"


def _status(*standings: Standing) -> str:
    """`Draft` while a text in one of the languages waits for its reviewer."""
    reviewed = all(standing.status is Status.REVIEWED for standing in standings)
    return "Published" if standings and reviewed else "Draft"


def _alignment(entry: str) -> dict[str, Any]:
    found = frameworks()[entry]
    return {
        "@type": "AlignmentObject",
        "alignmentType": "teaches",
        "educationalFramework": f"{found.framework} ({found.edition})",
        "targetName": {"@language": "en", "@value": found.name},
        "targetUrl": found.url,
    }


def _known(node: dict[str, Any]) -> dict[str, Any]:
    """A node without what is not known; `False` and 0 are known."""
    return {name: value for name, value in node.items() if value not in (None, [], {})}
