"""The page of a programme: every café, in every language, the reader's own shown."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from cafe_ia import wording, zone
from cafe_ia.page.frame import environment, policy, sheet_margins, source
from cafe_ia.phrases import LANGUAGES, catalogue
from cafe_ia.text import Said, direction
from cafe_ia.wording import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from cafe_ia.programme import Programme
    from cafe_ia.session import Audience, Host, Session, Step
    from cafe_ia.text import Text

__all__ = ["to_html"]


def to_html(programme: Programme, *, languages: Sequence[str] = LANGUAGES) -> bytes:
    """The programme as one static page that holds every language and needs no network.

    A small script shows one language: the one after `#` in the address, else the reader's own,
    else the first; without it they stand one after another. It also marks the cafés that are
    over, by the reader's clock, because none is read here: the same records give the same bytes.
    Nothing in a record says that a speaker reviewed a translation, so the page does not claim it.

    Args:
        programme: The sessions and what they share.
        languages: Some of the languages that the library speaks, the first one in front.

    Returns:
        HTML in UTF-8.

    Raises:
        KeyError: the library does not speak one of the languages.
        ValueError: there is no language.
    """
    versions = [_Version(programme, language) for language in dict.fromkeys(languages)]
    if not versions:
        raise ValueError("a page needs at least one language")
    style = source("frame.css") + source("programme.css")
    style += "".join(_rules(version) for version in versions)
    script = source("programme.js")
    # Words of records never come in here but by `sheet_margins`, which leaves no markup.
    page = (
        environment()
        .get_template("programme.html.jinja")
        .render(
            programme=programme,
            versions=versions,
            style=Markup(style),  # noqa: S704
            script=Markup(script),  # noqa: S704
            policy=policy(style, script),
        )
    )
    return page.encode()


def _rules(version: _Version) -> str:
    """The rules that depend on a language and on the notice: what is shown, what pages repeat."""
    programme, language = version.programme, version.language
    notice = version.say(programme.notice) if programme.notice else None
    margins = sheet_margins(language, version.say(programme.title), version.direction, notice)
    return (
        f'\nhtml[data-shown="{language}"] .version:not([lang="{language}"]) {{ display: none; }}\n'
        f"{margins}"
        f'@media print {{ .version[lang="{language}"] {{ page: {language}; }} }}\n'
    )


class _Version:
    """The page in one language: what the template asks for, in words."""

    def __init__(self, programme: Programme, language: str) -> None:
        self.programme = programme
        self.language = language
        self.direction = direction(language)
        catalogue("pages", language)  # a language that is not spoken is told at once

    def word(self, key: str, **values: object) -> str:
        """A sentence of the library's own."""
        return typeset(wording.phrase(key, self.language, **values), self.language)

    def say(self, text: Text) -> Said:
        """A text of the records, with the language that it is really in."""
        said = self.programme.say(text, self.language)
        return said._replace(words=typeset(said.words, said.language))

    def shows_darija(self, *texts: Text | None) -> bool:
        """Whether the Arabic version has these words in Darija beside its own."""
        return self.language == "ar" and any(self.in_darija(text) for text in texts)

    def in_darija(self, text: Text | None) -> str | None:
        """The Darija words, unless they are what `say` already gave."""
        if text is None or self.say(text).language == "ary":
            return None
        return text.get("ary")

    def months(self) -> Iterator[tuple[str, list[Session]]]:
        """The sessions by month, in their order."""
        for name, sessions in groupby(
            self.programme.sessions, key=lambda session: self.month(session.starts)
        ):
            yield name, list(sessions)

    def month(self, moment: date) -> str:
        """The month and its year."""
        return wording.month(moment, self.language)

    def weekday(self, session: Session) -> str:
        """The day of the week on which it begins."""
        return wording.weekday(session.starts, self.language)

    def number(self, session: Session) -> str:
        """The day of the month, as one writes it."""
        if session.starts.day == 1:
            return self.word("when.first_of_month")
        return str(session.starts.day)

    def hours(self, session: Session) -> str:
        """From when to when, with the zone if it is not the programme's."""
        said = wording.hours(session, self.language)
        if session.timezone == self.programme.timezone:
            return said
        return self.word("when.in_zone", when=said, zone=self.zone(session.timezone))

    def zone(self, key: str) -> str:
        """The city of a time zone."""
        return wording.zone_name(key, self.language)

    @staticmethod
    def datetime(session: Session) -> str:
        """When it begins, for machines: with its offset, or the day alone."""
        if session.all_day:
            return wording.days(session)[0].isoformat()
        return session.starts_at.astimezone(zone.zone(session.timezone)).isoformat()

    @staticmethod
    def ends(session: Session) -> str:
        """The instant after which it is over."""
        return f"{session.ends_at:%Y-%m-%dT%H:%M:%SZ}"

    def languages(self, tags: Sequence[str]) -> str:
        """The languages that people may speak."""
        return wording.language_names(tags, self.language)

    def audiences(self, audiences: Sequence[Audience]) -> str:
        """Who it is made for."""
        # Set apart by commas: some of the names hold an “and” of their own.
        return self.word("list.separator").join(
            self.word(f"audience.{audience.value}") for audience in audiences
        )

    def access(self, session: Session) -> list[str]:
        """Who can come in."""
        sentences = wording.access_sentences(session, self.language)
        return [typeset(sentence, self.language) for sentence in sentences]

    @staticmethod
    def mailto(host: Host) -> str:
        """The address to write to, as a link."""
        return f"mailto:{quote(host.email or '', safe='@')}"

    @staticmethod
    def steps(session: Session) -> Iterator[tuple[str, Step]]:
        """The agenda, each step with the hour at which it begins."""
        elapsed = 0
        for step in session.agenda:
            moment = zone.local(session.starts_at + timedelta(minutes=elapsed), session.timezone)
            yield "" if session.all_day else f"{moment:%H:%M}", step
            elapsed += step.minutes
