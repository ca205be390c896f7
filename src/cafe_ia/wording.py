"""A session's facts in sentences: when, where, in which languages, and who can come in.

A calendar, a page and a table say the same facts; here they are put into words once, from the
catalogue `words/pages.*.toml`, without a line of markup. Month names are Babel's for Morocco in
Arabic (دجنبر and not ديسمبر), digits are Western in all three languages, and hours are those of
the clock on the wall.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from cafe_ia import zone
from cafe_ia.phrases import catalogue, say
from cafe_ia.session import Session, Status, Venue
from cafe_ia.text import FALLBACK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "access_facts",
    "access_sentences",
    "day",
    "days",
    "hours",
    "joined",
    "language_names",
    "month",
    "phrase",
    "place_line",
    "status_title",
    "typeset",
    "weekday",
    "when",
    "zone_name",
]  # fmt: skip

_LOCALES = {"ar": "ar_MA", "en": "en_GB", "fr": "fr"}
_DAY = 24 * 60


def phrase(key: str, language: str, **values: object) -> str:
    """One sentence of `words/pages.*.toml`, its blanks filled.

    Raises:
        KeyError: no such sentence.
    """
    return say("pages", key, language, **values)


def access_facts(session: Session) -> dict[str, bool | None]:
    """Who can come in, fact by fact; `None` where nobody wrote it down."""
    access = session.access
    return {
        "step_free": session.venue.step_free if session.venue else None,
        "seating": access.seating if access else None,
        "sign_language": access.sign_language if access else None,
        "children": access.children if access else None,
        "women_only": access.women_only if access else None,
    }


def access_sentences(session: Session, language: str) -> list[str]:
    """What makes it possible to come, one sentence for each fact, the unknown ones last in one.

    What nobody wrote down is said to be unknown, because a person who uses a wheelchair must not
    take silence for a yes. An online café is not asked for its door and its chairs. The notes of
    `access` are not among the sentences: they are the organiser's own words, in a language of
    their own.
    """
    in_a_room = session.venue is not None or session.online is None
    facts = access_facts(session)
    asked = (
        ("step_free", "seating", "sign_language", "children") if in_a_room else ("sign_language",)
    )
    sentences = [
        phrase(f"access.{name}_{'yes' if answer else 'no'}", language)
        for name, answer in facts.items()
        if answer is not None
    ]
    unknown = [phrase(f"access.{name}_unknown", language) for name in asked if facts[name] is None]
    if unknown:
        sentences.append(phrase("access.unknown", language, things=joined(unknown, language)))
    return sentences


def language_names(tags: Iterable[str], language: str) -> str:
    """What languages are called in a language: `darija, français et arabe`.

    The names that people use in Morocco come first, then Babel's; a tag that nobody named stays
    as it is.
    """
    return joined([_language_name(tag, language) for tag in tags], language)


@cache
def _language_name(tag: str, language: str) -> str:
    names, main = catalogue("pages", language)["language"], tag.split("-", maxsplit=1)[0]
    ours = names.get(tag) or names.get(main)  # a language spoken has no script
    if ours:
        return str(ours)
    from babel import Locale

    known = Locale.parse(_LOCALES[language]).languages
    return str(known.get(tag.replace("-", "_")) or known.get(main) or tag)


def joined(things: Sequence[str], language: str) -> str:
    """Things in a row, as a person says them: `A, B et C`, `A وB وC`."""
    from babel.lists import format_list

    return str(format_list(list(things), locale=_LOCALES[language]))


def when(session: Session, language: str, *, home: str | None = None) -> str:
    """Day and hours, by the clock on the wall: `samedi 5 décembre 2026, 15:00 – 16:00`.

    Args:
        session: The café.
        language: One of the languages that the library speaks.
        home: The time zone that the reader takes for granted. A café in another zone says its
            own; without `home` no zone is said.
    """
    said = phrase(
        "when.on", language,
        day=day(session.starts, language), hours=hours(session, language),
    )  # fmt: skip
    if home is None or session.timezone == home:
        return said
    return phrase("when.in_zone", language, when=said, zone=zone_name(session.timezone, language))


def days(session: Session) -> tuple[date, date]:
    """The first and the last local day of a session.

    Whole days are counted on the calendar: a day on which the clocks change has 23 hours or 25.
    """
    first = session.starts.date()
    if session.all_day:
        return first, first + timedelta(days=session.minutes // _DAY - 1)
    return first, session.ends.date()


def hours(session: Session, language: str) -> str:
    """The hours of a session whose day has been said: `15:00 – 16:00`, `toute la journée`."""
    first, last = days(session)
    if session.all_day:
        key = "when.all_day" if last == first else "when.all_days"
        return phrase(key, language, last_day=day(last, language))
    # `from` is a word of Python's own, hence the mapping.
    values = {
        "from": f"{session.starts:%H:%M}",
        "until": f"{session.ends:%H:%M}",
        "last_day": day(last, language),
    }
    return phrase("when.hours" if last == first else "when.hours_into", language, **values)


@cache
def _formatted(moment: date, pattern: str, language: str) -> str:
    from babel.dates import format_date

    return str(format_date(moment, pattern, locale=_LOCALES[language]))


def day(moment: date, language: str) -> str:
    """A day with its weekday: `samedi 5 décembre 2026`, `vendredi 1er janvier 2027`."""
    number = str(moment.day)
    if moment.day == 1:
        number = phrase("when.first_of_month", language)
    return f"{weekday(moment, language)} {number} {month(moment, language)}"


def weekday(moment: date, language: str) -> str:
    """The day of the week: `samedi`, `السبت`, `Saturday`."""
    return _formatted(date(moment.year, moment.month, moment.day), "EEEE", language)


def month(moment: date, language: str) -> str:
    """The month and its year: `décembre 2026`, `دجنبر 2026`."""
    return _formatted(date(moment.year, moment.month, 1), "MMMM y", language)


@cache
def zone_name(key: str, language: str) -> str:
    """The city that a time zone is named after, in a language: `Paris`, `باريس`."""
    from babel.dates import get_timezone_location

    return get_timezone_location(zone.zone(key), locale=_LOCALES[language], return_city=True)


def place_line(
    venue: Venue, language: str, *, fallback: Mapping[str, Sequence[str]] = FALLBACK
) -> str:
    """A venue on one line: its name, its address, its city, whichever are known.

    A part that is missing in the language stands in the nearest one that it has.
    """
    parts = (venue.name, venue.address, venue.city)
    said = [part.best(language, fallback=fallback).words for part in parts if part is not None]
    return phrase("list.separator", language).join(said)


def status_title(title: str, status: Status, language: str) -> str:
    """A title that says so when people should not come: `Annulé : {title}`.

    Many calendars do not show a status, and a person who reads only the title must not travel
    for nothing.
    """
    if status not in (Status.CANCELLED, Status.POSTPONED):
        return title
    return phrase(f"calendar.{status.value}_title", language, title=title)


_LOOSE_MARK = re.compile(r" (?=[?!;:»])|(?<=«) ")


def typeset(words: str, language: str) -> str:
    """French marks stay on the line of their word; other languages need nothing."""
    if language.split("-", maxsplit=1)[0] != "fr" or not _LOOSE_MARK.search(words):
        return words
    return _LOOSE_MARK.sub("\N{NO-BREAK SPACE}", words)
