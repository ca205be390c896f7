"""Linked data: a programme in schema.org's words, for search engines and towns' agendas.

Every hour stands with the offset that its zone really has on that day, so that a reader with an
older zone database still shows the right one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from cafe_ia import zone
from cafe_ia.session import Audience, Status
from cafe_ia.wording import access_facts, days, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cafe_ia.programme import Programme
    from cafe_ia.session import Host, Session, Venue
    from cafe_ia.text import Text

__all__ = ["to_jsonld"]

_SCHEMA = "https://schema.org"

_STATUS = {
    Status.PLANNED: "EventScheduled",
    Status.CONFIRMED: "EventScheduled",
    Status.POSTPONED: "EventPostponed",
    Status.CANCELLED: "EventCancelled",
}


def to_jsonld(programme: Programme, *, language: str = "fr") -> bytes:
    """The programme as linked data: one `EventSeries` and an `Event` for each session.

    A search engine, a town's agenda or another association reads it without asking anyone.
    Facilitators are left out: a first name that is told to the people of a room need not be
    indexed for ever. A `notice` stands as `disambiguatingDescription` on the series and on each
    event, so that an example is never taken for an announcement.

    Args:
        programme: The sessions and what they share.
        language: What is said in one language only (audiences, regions) is said in this one;
            of what has several, this one comes first.

    Returns:
        JSON-LD in UTF-8 that may also stand inside an HTML `<script>`.

    Raises:
        KeyError: the library does not speak the language.

    Source: https://schema.org/Event and the types that it names.
    """
    graph = _Graph(programme, language)
    document = {
        "@context": _SCHEMA,
        "@graph": [graph.series(), *map(graph.event, programme.sessions)],
    }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    for mark in "<>&":  # they only stand inside strings, and would end a <script>
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return f"{text}\n".encode()


class _Graph:
    """The nodes of a programme in schema.org's words."""

    def __init__(self, programme: Programme, language: str) -> None:
        self.programme = programme
        self.language = language
        self.series_id = f"urn:cafe-ia:{quote(programme.id, safe='')}"

    def series(self) -> dict[str, Any]:
        """What the sessions have in common."""
        programme = self.programme
        return _known(
            {
                "@type": "EventSeries",
                "@id": self.series_id,
                "name": self._texts(programme.title),
                "description": self._texts(programme.summary),
                "disambiguatingDescription": self._texts(programme.notice),
                "organizer": self._organisation(programme.organiser),
                "subEvent": [{"@id": self._id(session)} for session in programme.sessions],
            }
        )

    def event(self, session: Session) -> dict[str, Any]:
        """One session."""
        starts, ends = _bounds(session)
        return _known(
            {
                "@type": "Event",
                "@id": self._id(session),
                "identifier": session.id,
                "name": self._texts(session.title),
                "description": self._texts(session.summary),
                "disambiguatingDescription": self._texts(self.programme.notice),
                "startDate": starts,
                "endDate": ends,
                "eventStatus": f"{_SCHEMA}/{_STATUS[session.status]}",
                "eventAttendanceMode": f"{_SCHEMA}/{mode}"
                if (mode := _attendance(session))
                else None,
                "location": self._locations(session),
                "organizer": self._organisation(session.host or self.programme.organiser),
                "inLanguage": list(session.spoken),
                "isAccessibleForFree": session.free,
                "maximumAttendeeCapacity": session.seats,
                "audience": list(self._audiences(session)),
                "about": {"@type": "Thing", "identifier": session.module}
                if session.module
                else None,
                "url": session.url,
                "potentialAction": self._registration(session),
                "superEvent": {"@id": self.series_id},
            }
        )

    def _id(self, session: Session) -> str:
        return f"urn:cafe-ia:{quote(session.uid or session.id, safe='@')}"

    def _texts(self, text: Text | None) -> list[dict[str, str]] | None:
        """Every language of a text, the wanted one first."""
        if text is None:
            return None
        first = text.language(self.language, fallback=self.programme.fallbacks)
        tags = sorted(text, key=lambda tag: tag != first)
        return [{"@language": tag, "@value": text[tag]} for tag in tags]

    def _organisation(self, host: Host | None) -> dict[str, Any] | None:
        if host is None:
            return None
        return _known(
            {
                "@type": "Organization",
                "name": self._texts(host.name),
                "email": host.email,
                "url": host.url,
            }
        )

    def _locations(self, session: Session) -> list[dict[str, Any]]:
        found = []
        if session.venue:
            found.append(self._place(session.venue, session))
        if session.online:
            found.append({"@type": "VirtualLocation", "url": session.online})
        return found

    def _place(self, venue: Venue, session: Session) -> dict[str, Any]:
        point, region = venue.location, venue.region
        address = _known(
            {
                "streetAddress": self._texts(venue.address),
                "addressLocality": self._texts(venue.city),
                "addressRegion": phrase(f"region.{region.value}", self.language)
                if region
                else None,
                # Only a region of the twelve proves the country; a zone does not.
                "addressCountry": "MA" if region else None,
            }
        )
        return _known(
            {
                "@type": "Place",
                "name": self._texts(venue.name),
                "address": {"@type": "PostalAddress", **address} if address else None,
                "geo": point
                and {"@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lon},
                "amenityFeature": [
                    {
                        "@type": "LocationFeatureSpecification",
                        "propertyID": name,
                        "name": phrase(f"table.{name}", self.language),
                        "value": answer,
                    }
                    for name, answer in access_facts(session).items()
                    if answer is not None and name != "women_only"
                ],
            }
        )

    def _audiences(self, session: Session) -> Iterator[dict[str, Any]]:
        for audience in session.audiences:
            yield {
                "@type": "Audience",
                "identifier": audience.value,
                "audienceType": phrase(f"audience.{audience.value}", self.language),
            }
        if session.access and session.access.women_only:
            yield {
                "@type": "PeopleAudience",
                "audienceType": phrase(f"audience.{Audience.WOMEN.value}", self.language),
                "requiredGender": "female",
            }

    @staticmethod
    def _registration(session: Session) -> dict[str, Any] | None:
        if session.registration is None or not session.takes_place:
            return None
        target = {"@type": "EntryPoint", "urlTemplate": session.registration}
        return {"@type": "RegisterAction", "target": target}


def _known(node: dict[str, Any]) -> dict[str, Any]:
    """A node without what is not known; `False` and 0 are known."""
    return {name: value for name, value in node.items() if value not in (None, [], {})}


def _attendance(session: Session) -> str | None:
    if session.venue and session.online:
        return "MixedEventAttendanceMode"
    if session.venue:
        return "OfflineEventAttendanceMode"
    return "OnlineEventAttendanceMode" if session.online else None


def _bounds(session: Session) -> tuple[str, str]:
    """Begin and end: times with the zone's own offset, or the first and the last day."""
    if session.all_day:
        first, last = days(session)
        return first.isoformat(), last.isoformat()
    place = zone.zone(session.timezone)
    starts, ends = session.starts_at.astimezone(place), session.ends_at.astimezone(place)
    return starts.isoformat(), ends.isoformat()
