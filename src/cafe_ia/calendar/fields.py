"""The properties that have a home in a session, and the fields they fill."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError

from cafe_ia.calendar import values
from cafe_ia.record import WebAddress
from cafe_ia.session import Audience, Host, Location
from cafe_ia.text import Text, direction, language_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cafe_ia.calendar.stream import Property

__all__ = ["HOMES", "Fields"]

_WEB: TypeAdapter[str] = TypeAdapter(WebAddress)
_TEXT: TypeAdapter[Text] = TypeAdapter(Text)


class Fields:
    """The fields of one session while the properties of its event are read."""

    def __init__(self, language: str, known: Mapping[str, Any]) -> None:
        """Take the language of texts that do not say theirs, and the fields known already."""
        self.language = language
        self.known = dict(known)
        self.point: Location | None = None
        self._put: set[str] = set()

    def put(self, name: str, value: Any) -> bool:
        """Give a field its value; whether it was free, as the first property to fill it wins."""
        if name in self._put:
            return bool(self.known[name] == value)
        self._put.add(name)
        self.known[name] = value
        return True

    def put_text(self, name: str, given: Property) -> bool:
        """Give a text its words in one language; other languages known already are kept."""
        words = values.text(given.value).strip()
        if not words:
            return True
        others = {} if name in self._put else dict(self.known.get(name) or {})
        return self.put(name, _TEXT.validate_python({**others, self.tag(given, words): words}))

    def tag(self, given: Property, words: str) -> str:
        """The language of a property, or the one that its letters speak for."""
        try:
            return language_tag(given.parameters["LANGUAGE"])
        except (KeyError, PydanticCustomError):
            return self.language_of(words)

    def language_of(self, words: str) -> str:
        """The language of words that do not say theirs, as far as their letters tell."""
        arabic = sum("\u0600" <= letter <= "\u06ff" for letter in words)
        tifinagh = sum("\u2d30" <= letter <= "\u2d7f" for letter in words)
        latin = sum(letter.isalpha() and letter < "\u0250" for letter in words)
        if tifinagh > arabic + latin:
            return "zgh"
        if arabic > latin:
            return self.language if direction(self.language) == "rtl" else "ar"
        return self.language if direction(self.language) == "ltr" or not latin else "fr"

    def with_venue(self) -> dict[str, Any]:
        """All fields, the point on the map given to its venue."""
        point = self.point
        if point is None:
            return self.known
        venue = self.known.get("venue")
        known = dict(venue) if venue else {"name": {self.language: f"{point.lat}, {point.lon}"}}
        return {**self.known, "venue": {**known, "location": point}}


def _title(fields: Fields, given: Property) -> bool:
    return fields.put_text("title", given)


def _summary(fields: Fields, given: Property) -> bool:
    return fields.put_text("summary", given)


def _place(fields: Fields, given: Property) -> bool:
    words = values.text(given.value).strip()
    if re.fullmatch(r"https?://\S+", words):
        return fields.put("online", _WEB.validate_python(words))
    if not words:
        return True
    name = _TEXT.validate_python({fields.tag(given, words): words})
    return fields.put("venue", {"name": name})


def _point(fields: Fields, given: Property) -> bool:
    lat, lon = (float(part) for part in given.value.split(";"))
    found = Location(lat=lat, lon=lon)
    if fields.point not in (None, found):
        return False
    fields.point = found
    return True


def _url(fields: Fields, given: Property) -> bool:
    return fields.put("url", _WEB.validate_python(values.text(given.value)))


def _conference(fields: Fields, given: Property) -> bool:
    return fields.put("online", _WEB.validate_python(values.text(given.value)))


def _host(fields: Fields, given: Property) -> bool:
    address = given.value.strip()
    found: dict[str, Any] = {}
    if address.lower().startswith("mailto:"):
        found["email"] = address[len("mailto:") :]
    elif address.lower().startswith(("http://", "https://")):
        found["url"] = address
    name = values.text(given.parameters.get("CN", "")).strip() or found.get("email") or address
    found["name"] = {fields.language_of(name): name}
    return fields.put("host", Host.model_validate(found))


def _status(fields: Fields, given: Property) -> bool:
    states = {"TENTATIVE": "planned", "CONFIRMED": "confirmed", "CANCELLED": "cancelled"}
    return fields.put("status", states[given.value.strip().upper()])


def _audiences(fields: Fields, given: Property) -> bool:
    words = [word.casefold() for word in values.words(given.value) if word]
    known = tuple(fields.known.get("audiences") or ())
    found = [Audience(word) for word in words if word in list(Audience)]
    fields.known["audiences"] = tuple(dict.fromkeys([*known, *found]))
    module = fields.known.get("module")
    return all(word in list(Audience) or word == module for word in words)


HOMES: Mapping[str, Callable[[Fields, Property], bool]] = {
    "CATEGORIES": _audiences,
    "CONFERENCE": _conference,
    "DESCRIPTION": _summary,
    "GEO": _point,
    "LOCATION": _place,
    "ORGANIZER": _host,
    "STATUS": _status,
    "SUMMARY": _title,
    "URL": _url,
    "X-GOOGLE-CONFERENCE": _conference,
    "X-MICROSOFT-SKYPETEAMSMEETINGURL": _conference,
}
"""What reads each property into the fields; whether it found a free place there.

Raises:
    KeyError, ValueError: the value cannot be read.
"""
