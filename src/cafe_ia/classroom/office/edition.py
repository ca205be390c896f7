"""An edition: one module, for the readers of one language, in one length.

It answers what every page needs to know: the words of a part and the language that they are
really in, the headings, and what must be said of the text itself: that it is a draft until a
speaker has reviewed it, under which licence it goes, and which version it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any

from cafe_ia import phrases, wording
from cafe_ia.classroom.office.lettering import settable
from cafe_ia.classroom.questions import terms_of_use
from cafe_ia.curriculum import Standing
from cafe_ia.text import Said, Text, direction

if TYPE_CHECKING:
    from cafe_ia.curriculum import Module, Moment
    from cafe_ia.session import Mode

__all__ = ["Edition", "locale"]

_LOCALES = {"ar": "ar-MA", "ary": "ary-MA", "en": "en-GB", "fr": "fr-FR", "zgh": "zgh-Tfng-MA"}


def locale(language: str) -> str:
    """The tag by which office programs know a language: with a country, or they spell nothing.

    French is France's, because the dictionary of Morocco's is not installed everywhere. Darija
    has a tag of its own, or every word of it would be underlined as a slip in Arabic.
    """
    return _LOCALES.get(language, language)


@dataclass(frozen=True, slots=True)
class Edition:
    """One module, for the readers of one language, in one length."""

    module: Module
    language: str
    """The readers'."""
    minutes: int
    """The length asked for."""

    @property
    def interface(self) -> str:
        """The language of headings and notices: Arabic for Darija."""
        return phrases.spoken(self.language)

    @property
    def direction(self) -> str:
        """How pages run: `ltr` or `rtl`."""
        return direction(self.interface)

    @property
    def version(self) -> int:
        """The version that is planned: the longest that fits in the length asked for.

        Where none fits it is the shortest, and 0 where the module has no minutes at all.
        """
        versions = self.module.versions
        return max((v for v in versions if v <= self.minutes), default=min(versions, default=0))

    @property
    def steps(self) -> tuple[Moment, ...]:
        """The steps of the planned version, in order."""
        return tuple(step for step in self.module.steps if self.version in step.minutes)

    def read(self, text: Text) -> Said:
        """A text of the module, in the language that it really has for these readers."""
        return text.best(self.language)

    def guide(self, step: Moment) -> tuple[Said, ...]:
        """What to do in a step and what to say, where it is written.

        In Darija only what is said aloud is written: what to do comes in Arabic, before it.
        """
        if not step.guide:
            return ()
        said = self.read(step.guide)
        if said.language != "ary" or "ar" not in step.guide:
            return (said,)
        return (step.guide.best("ar"), said)

    def own(self, words: str) -> Said:
        """Words of the library's own, in the language of headings."""
        return Said(words, self.interface, self.direction)

    def say(self, key: str, **values: object) -> Said:
        """A sentence of `words/lessons.*.toml`."""
        return self.own(phrases.say("lessons", key, self.interface, **values))

    def heading(self, key: str) -> Said:
        """The heading of a part of the module."""
        return self.own(phrases.heading(key, self.interface))

    def mode(self, mode: Mode) -> Said:
        """What the room does in a step."""
        return self.own(wording.phrase(f"mode.{mode.value}", self.interface))

    def notices(self) -> tuple[Said, ...]:
        """What must be said of the text: its standing, licence, version, language and authors."""
        said = [self.own(line) for line in terms_of_use(self.module, self.language)]
        if self.module.authors:
            names = wording.joined(self.module.authors, self.interface)
            said.append(self.say("office.authors", names=names))
        return tuple(said)

    def properties(self) -> dict[str, Any]:
        """What the file says of itself, by the names that python-docx and python-pptx share.

        Each is cut at 255 characters, because office programs take no more.
        """
        module, question = self.module, self.read(self.module.question)
        standing = module.standing.get(question.language, Standing())
        said = {
            "title": question.words,
            "author": "; ".join(module.authors),
            "last_modified_by": "; ".join(module.authors),
            "subject": module.id,
            "comments": " ".join(notice.words for notice in self.notices()),
            "language": locale(question.language),
            "content_status": standing.status.value,
            "identifier": f"{module.id}.{self.language}",
        }
        longest = 255
        cut = {name: settable(words, self.language)[:longest] for name, words in said.items()}
        when = module.updated.astimezone(UTC)
        return {**cut, "created": when, "modified": when, "revision": 1}
