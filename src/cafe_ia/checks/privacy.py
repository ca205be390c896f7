"""Privacy: personal data in the texts that are published.

Patterns find numbers and addresses, never names: a person still reads every text. What was
found is never repeated in a problem, which may end up in a log or on a screen.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from cafe_ia.checks.rules import Finding, Ground, Path, rule
from cafe_ia.entry import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cafe_ia.session import Venue

_DIGIT = "[0-9٠-٩۰-۹０-９]"

_FIVE_DIGITS = re.compile(rf"{_DIGIT}(?:\W{{0,6}}{_DIGIT}){{4}}")
"""What every number below has at least; most texts have nothing of the kind."""

_BETWEEN = r"(?:[ ]?[-‐-―./()][ ]?|[ ]{1,2})?"
"""What people write between the digits of a number."""

_PHONE = re.compile(
    rf"""(?<!\d)
    (?!(?:\d\d[-./ ]){{2,4}}(?:19|20)\d\d(?!\d))  # a date: 05/12/2026 18h30, 05-06/12/2026
    (?:
        (?:212{_BETWEEN})?0{_BETWEEN}[5-8](?:{_BETWEEN}\d){{8}}
        |212{_BETWEEN}[5-8](?:{_BETWEEN}\d){{8}}  # as in an address of WhatsApp
        |(?:\+|00){_BETWEEN}[1-9](?:{_BETWEEN}\d){{8,14}}  # at most 15 digits (E.164)
    )(?!\d)""",
    re.VERBOSE,
)

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} ?(?:@|[(\[] ?(?:at|arobase) ?[)\]]) ?"
    r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}",
    re.IGNORECASE,
)

_CARD = re.compile(
    # The number in one piece, as a word of its own and not inside an address on the web; or in
    # two pieces behind the card's name: without it, "A 10000" is anything.
    r"(?<![\w/=#@.-])[A-Za-z]{1,2}\d{5,6}(?![\w/=-])"
    r"|(?:\b(?:CINE?|CNIE)\b|C\.I\.N\b|(?i:carte nationale|carte d[’']identité|identity card)"
    r"|البطاقة الوطنية|بطاقة التعريف|لاكارط)[^\d\n]{0,30}?(?<![\w])[A-Z]{1,2}[ .-]\d{5,6}(?!\w)"
)


@rule("personal-phone")
def personal_phone(ground: Ground) -> Iterator[Finding]:
    """A telephone number, Moroccan or international, in any digits."""
    return _found(_PHONE, ground.once(_suspects).numbers)


@rule("personal-email")
def personal_email(ground: Ground) -> Iterator[Finding]:
    """An e-mail address, also one written with `(at)`."""
    return _found(_EMAIL, ground.once(_suspects).addresses)


@rule("personal-identity")
def personal_identity(ground: Ground) -> Iterator[Finding]:
    """What looks like the number of a national identity card (CIN)."""
    return _found(_CARD, ground.once(_suspects).numbers)


class _Suspects(NamedTuple):
    """The few published texts that are worth a closer look, and where they stand."""

    numbers: list[tuple[Path, str]]
    addresses: list[tuple[Path, str]]


def _found(pattern: re.Pattern[str], texts: list[tuple[Path, str]]) -> Iterator[Finding]:
    return ((path, {}) for path, words in texts if pattern.search(words))


def _suspects(ground: Ground) -> _Suspects:
    """Sort out, quickly, the texts that may hold numbers or addresses.

    They are given in the characters of the patterns: Western digits, plain spaces.
    """
    suspects = _Suspects([], [])
    seen: dict[str, tuple[bool, bool]] = {}  # agendas share their steps
    for path, field, text in _published(ground):
        for tag, words in text.items():
            suspect = seen.get(words)
            if suspect is None:
                suspect = seen[words] = _suspect(words)
            if suspect is _INNOCENT:
                continue
            number, address = suspect
            readable = plain(unicodedata.normalize("NFKC", words))
            where = (*path, field, tag) if tag else (*path, field)
            if number:
                suspects.numbers.append((where, readable))
            if address:
                suspects.addresses.append((where, readable))
    return suspects


_INNOCENT = (False, False)


def _suspect(words: str) -> tuple[bool, bool]:
    """Whether a text may hold a number, and whether it may hold an address."""
    number = _FIVE_DIGITS.search(words) is not None
    address = "@" in words or "＠" in words or ")" in words or "]" in words
    return (number, address) if number or address else _INNOCENT


def _published(ground: Ground) -> Iterator[tuple[Path, str, Mapping[str, str]]]:
    """Every free text that people will see: where, in which field, and its words by language.

    A venue or a facilitator that the programme names once is told of there, and not again in
    each session. A name has no language: its tag is empty.
    """
    programme = ground.programme
    yield (), "title", programme.title
    yield (), "summary", programme.summary or {}
    yield (), "notice", programme.notice or {}
    for key, venue in programme.venues.items():
        yield from _venue(("venues", key), venue)
    yield from (
        ((group, key), "name", name)
        for group, names in (
            ("hosts", {key: one.name for key, one in programme.hosts.items()}),
            ("facilitators", {key: {"": one.name} for key, one in programme.facilitators.items()}),
        )
        for key, name in names.items()
    )
    venues, people = set(programme.venues.values()), set(programme.facilitators.values())
    told = {id(record) for record in (*venues, *people)}  # most sessions hold the very record
    for meeting in ground.meetings:
        session, path = meeting.session, meeting.path
        yield path, "title", session.title
        if session.summary:
            yield path, "summary", session.summary
        own = session.venue
        if own is not None and id(own) not in told and own not in venues:
            yield from _venue((*path, "venue"), own)
        for n, one in enumerate(session.facilitators):
            if id(one) not in told and one not in people:
                yield (*path, "facilitators", n), "name", {"": one.name}
        for n, step in enumerate(session.agenda):
            yield (*path, "agenda", n), "title", step.title
        if session.access is not None and session.access.notes:
            yield (*path, "access"), "notes", session.access.notes


def _venue(path: Path, venue: Venue) -> Iterator[tuple[Path, str, Mapping[str, str]]]:
    yield path, "name", venue.name
    yield path, "address", venue.address or {}
    yield path, "how_to_come", venue.how_to_come or {}
