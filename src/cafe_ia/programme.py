"""A programme: one organiser's sessions, in order, with what they share named once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, field_validator

from cafe_ia.problem import fault
from cafe_ia.record import LanguageTag, Record, Slug, TimeZone
from cafe_ia.session import Facilitator, Host, Session, Venue
from cafe_ia.text import FALLBACK, Said, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core.core_schema import ValidationInfo

__all__ = ["Programme", "uid_in"]


def _in_order(sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    """By instant, then by name; a name stands once."""
    ordered = sorted(sessions, key=lambda session: (session.starts_at, session.id))
    seen: set[str] = set()
    for session in ordered:
        if session.id in seen:
            raise fault("session-twice", id=session.id)
        seen.add(session.id)
    return tuple(ordered)


def uid_in(programme: str, session: str) -> str:
    """The UID by which calendars know a session of a programme, both by their `id`."""
    return f"{session}@{programme}.cafe-ia"


class Programme(Record):
    """One organiser's sessions, and the defaults that they share."""

    id: Slug
    """The programme's name for machines; it never changes."""
    title: Text
    """What the programme is called."""
    summary: Text | None = None
    """What it is, in a few sentences."""
    notice: Text | None = None
    """A sentence to print on every page, for example that this is only an example."""
    organiser: Host | None = None
    """Who invites when a session does not say. In a file: the short name of one of the hosts."""
    language: LanguageTag = "fr"
    """The language of the texts written as a bare string."""
    timezone: TimeZone = "Africa/Casablanca"
    """The zone of sessions that do not say theirs."""
    fallback: dict[LanguageTag, tuple[LanguageTag, ...]] = Field(default_factory=dict)
    """Where a reader of a language is sent when it is missing, instead of the library's table."""
    venues: dict[Slug, Venue] = Field(default_factory=dict)
    """Places, by the short name that sessions use."""
    hosts: dict[Slug, Host] = Field(default_factory=dict)
    """Who invites, by the short name that sessions use."""
    facilitators: dict[Slug, Facilitator] = Field(default_factory=dict)
    """Who leads the talk, by the short name that sessions use."""
    sessions: Annotated[tuple[Session, ...], AfterValidator(_in_order)] = ()
    """The cafés, by instant. In a folder: one file each in `sessions/`."""

    @field_validator("sessions", mode="after")
    @classmethod
    def _known_to_calendars(
        cls, sessions: tuple[Session, ...], info: ValidationInfo
    ) -> tuple[Session, ...]:
        """Give a session without a UID the one that its programme makes of its name."""
        name = info.data.get("id")  # nothing where it was refused: that is told already
        if name is None or all(one.uid for one in sessions):
            return sessions
        return tuple(
            one if one.uid else one.model_copy(update={"uid": uid_in(name, one.id)})
            for one in sessions
        )

    def say(self, text: Text, *wanted: str) -> Said:
        """The words of a text for a reader, by the programme's own table of fallbacks."""
        return text.best(*wanted, fallback=self.fallbacks)

    @property
    def fallbacks(self) -> Mapping[str, tuple[str, ...]]:
        """The library's table of fallbacks, with the programme's own entries in front."""
        return {**FALLBACK, **self.fallback}

    def session(self, name: str) -> Session:
        """The session of that `id`.

        Raises:
            KeyError: the programme has none of that name.
        """
        for session in self.sessions:
            if session.id == name:
                return session
        raise KeyError(name)

    def only(
        self, *, session: str | None = None, city: str | None = None, spoken: str | None = None
    ) -> Programme:
        """The same programme with some of its sessions.

        Args:
            session: The `id` of one session.
            city: The name of a town, in any of the languages that venues say it in.
            spoken: A language tag: the cafés where people may speak that language.
        """

        def fits(one: Session) -> bool:
            towns = one.venue.city.values() if one.venue and one.venue.city else ()
            return (
                (session is None or one.id == session)
                and (city is None or city.casefold() in (town.casefold() for town in towns))
                and (spoken is None or spoken in one.spoken)
            )

        return self.model_copy(update={"sessions": tuple(filter(fits, self.sessions))})
