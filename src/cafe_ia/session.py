"""A session: one café. Who meets, where, when, and to talk about what.

A session that moves or is cancelled stays the same record with a higher `revision`: its `id`
never changes, so that a telephone which subscribed updates its event instead of adding one.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from cafe_ia import zone
from cafe_ia.entry import local_time, yes_or_no
from cafe_ia.problem import fault
from cafe_ia.record import (
    EmailAddress,
    Instant,
    LanguageTag,
    LocalTime,
    Number,
    Record,
    Slug,
    TimeZone,
    WebAddress,
    WholeNumber,
    Words,
    YesNo,
)
from cafe_ia.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core.core_schema import ValidationInfo

__all__ = [
    "TALK", "Access", "Audience", "Facilitator", "Host", "Location", "Mode", "Region",
    "Session", "Status", "Step", "Venue",
]  # fmt: skip

_DAY = 24 * 60
_LONGEST = 14 * _DAY


class Status(StrEnum):
    """Whether a café takes place."""

    PLANNED = "planned"
    """Intended; the place or the hour may still change."""
    CONFIRMED = "confirmed"
    """It takes place as said."""
    POSTPONED = "postponed"
    """Not at this time; the new time is not known yet."""
    CANCELLED = "cancelled"
    """It does not take place. The record stays, so that calendars learn of it."""


class Audience(StrEnum):
    """Who a café is made for: the eight of the Cafés IA's founding text."""

    YOUTH = "youth"
    SENIORS = "seniors"
    WOMEN = "women"
    REMOTE = "remote"
    """People of remote territories."""
    INFORMAL_WORKERS = "informal_workers"
    PUPILS = "pupils"
    STUDENTS = "students"
    NEW_TO_DIGITAL = "new_to_digital"
    """People ill at ease with digital tools."""
    EVERYONE = "everyone"


class Mode(StrEnum):
    """What the room does during a step."""

    FRAME = "frame"
    """Welcome, rules, closing."""
    SHOW = "show"
    """The machine is shown, after the room has predicted."""
    EXPLAIN = "explain"
    WRITE = "write"
    DISCUSS = "discuss"
    SHARE = "share"
    """What was said is read aloud and kept."""
    BREAK = "break"


TALK = frozenset({Mode.WRITE, Mode.DISCUSS, Mode.SHARE})
"""The modes in which the people talk; together at least half of a café."""


class Region(StrEnum):
    """The twelve regions of Morocco (decree 2-15-40 of 20 February 2015)."""

    TANGER_TETOUAN_AL_HOCEIMA = "tanger-tetouan-al-hoceima"
    ORIENTAL = "oriental"
    FES_MEKNES = "fes-meknes"
    RABAT_SALE_KENITRA = "rabat-sale-kenitra"
    BENI_MELLAL_KHENIFRA = "beni-mellal-khenifra"
    CASABLANCA_SETTAT = "casablanca-settat"
    MARRAKECH_SAFI = "marrakech-safi"
    DRAA_TAFILALET = "draa-tafilalet"
    SOUSS_MASSA = "souss-massa"
    GUELMIM_OUED_NOUN = "guelmim-oued-noun"
    LAAYOUNE_SAKIA_EL_HAMRA = "laayoune-sakia-el-hamra"
    DAKHLA_OUED_ED_DAHAB = "dakhla-oued-ed-dahab"


class Location(Record):
    """A point on the Earth (WGS 84), in decimal degrees."""

    lat: Annotated[Number, Field(ge=-90, le=90)]
    """Latitude, positive to the north."""
    lon: Annotated[Number, Field(ge=-180, le=180)]
    """Longitude, positive to the east: negative in Morocco."""


class Venue(Record):
    """A place that receives cafés, and what a person must know to come in."""

    name: Text
    """What the place is called."""
    address: Text | None = None
    """Street and quarter."""
    city: Text | None = None
    """Town or commune."""
    region: Region | None = None
    """One of the twelve regions."""
    location: Location | None = None
    """Where it is on the map."""
    step_free: YesNo | None = None
    """Whether one comes in and reaches the room without a step. Left out when unknown."""
    electricity: YesNo | None = None
    """Whether the room has electricity."""
    internet: YesNo | None = None
    """Whether the room has Internet. No café needs it."""
    how_to_come: Text | None = None
    """Bus, tram, landmark, which door."""
    source: WebAddress | None = None
    """Where these details were checked."""


class Host(Record):
    """Who invites. It is shown in public: an association's address, not a person's own."""

    name: Text
    """The organisation's name."""
    email: EmailAddress | None = None
    """A public address for questions; calendars need it to name the organiser."""
    url: WebAddress | None = None
    """The organisation's page."""


class Facilitator(Record):
    """Who leads the talk."""

    name: Words
    """The name by which people call them; it is published with the session."""
    speaks: tuple[LanguageTag, ...] = ()
    """The languages in which they can welcome a person."""


class Step(Record):
    """One moment of the agenda."""

    minutes: Annotated[WholeNumber, Field(ge=1, le=_DAY)]
    """How long."""
    mode: Mode
    """What the room does."""
    title: Text
    """What happens, in a few words."""


class Access(Record):
    """What makes it possible to come for someone who could not otherwise."""

    seating: YesNo | None = None
    """A seat for each person."""
    sign_language: YesNo | None = None
    """An interpreter into sign language."""
    children: YesNo | None = None
    """Children are welcome."""
    women_only: YesNo | None = None
    """An hour for women."""
    notes: Text | None = None
    """Anything else: a hearing loop, a prayer room, help with the bus fare."""


def _moment(typed: Any, field: str) -> datetime | None:
    """A local time with an hour; nothing where its own field will say what is wrong."""
    try:
        moment = local_time(typed)
    except PydanticCustomError as error:
        if field == "starts":
            return None
        raise fault(error.type, **{**(error.context or {}), "field": field}) from None
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time()) if isinstance(moment, date) else None


def _is_yes(typed: Any) -> bool:
    """Whether `all_day` is a yes; what is no answer at all is told by its own field."""
    try:
        return yes_or_no(typed) is True
    except PydanticCustomError:
        return False


def _minutes_until(ends: Any, others: Mapping[str, Any]) -> int | None:
    """The minutes from `starts` to `ends`; nothing where `starts` itself cannot be read.

    Of whole days, `ends` is the last one: it counts.
    """
    if "minutes" in others:
        raise fault("minutes-and-ends", field="ends")
    start, end = _moment(others.get("starts"), "starts"), _moment(ends, "ends")
    if start is None or end is None:
        return None
    all_day = _is_yes(others.get("all_day"))
    if all_day and end.time() != time():
        raise fault("all-day-hour", field="ends", typed=ends)
    if end < start or (end == start and not all_day):
        raise fault("ends-before-start", field="ends", ends=ends, starts=others["starts"])
    if all_day:
        return ((end - start).days + 1) * _DAY
    key = str(others.get("timezone", "Africa/Casablanca"))
    if zone.is_zone(key):
        return (zone.instant(end, key) - zone.instant(start, key)) // timedelta(minutes=1)
    return (end - start) // timedelta(minutes=1)


class Session(Record):
    """One café."""

    input_only: ClassVar[dict[str, str]] = {
        "ends": "Local end, instead of `minutes`; of whole days, the last one.",
        "language": "Language of the texts written as a bare string in this file.",
    }
    """Keys that a file may use though the record does not keep them."""

    id: Slug
    """The session's name for machines; it never changes. In a file: the file's name."""
    uid: Words | None = None
    """The UID by which calendars know it. Left out: `<id>@<programme>.cafe-ia` in a programme."""
    title: Text
    """What the invitation is called: best, the question itself."""
    summary: Text | None = None
    """The invitation, in a few sentences."""
    all_day: YesNo = False
    """The café lasts whole days: `starts` is then a date."""
    starts: LocalTime
    """Local date and time of the beginning, as the clock on the wall shows it."""
    minutes: Annotated[WholeNumber, Field(ge=1, le=_LONGEST)] = Field(
        default_factory=lambda data: _DAY if data.get("all_day") else 60
    )
    """How long it lasts: 60 for up to 15 people, 90 for more."""
    timezone: TimeZone = "Africa/Casablanca"
    """The zone of the clock on the wall."""
    status: Status = Status.PLANNED
    """Whether it takes place."""
    revision: Annotated[WholeNumber, Field(ge=0, le=2**31 - 1)] = 0
    """Counts the changes of time, place or status (SEQUENCE, RFC 5545 section 3.8.7.4)."""
    updated: Instant
    """When the record last changed; calendars get it as DTSTAMP."""
    spoken: tuple[LanguageTag, ...] = ()
    """The languages in which people may speak there."""
    venue: Venue | None = None
    """Where. In a file: the short name of one of the programme's venues, or a venue."""
    online: WebAddress | None = None
    """Where to join from afar."""
    host: Host | None = None
    """Who invites. In a file: the short name of one of the programme's hosts, or a host."""
    facilitators: tuple[Facilitator, ...] = ()
    """Who leads the talk. In a file: short names of the programme's facilitators, or more."""
    seats: Annotated[WholeNumber, Field(ge=1, le=100_000)] | None = None
    """How many people there is room for."""
    audiences: tuple[Audience, ...] = ()
    """Who it is made for."""
    module: Slug | None = None
    """The module of a curriculum that it is about."""
    agenda: tuple[Step, ...] = ()
    """The steps, in order."""
    access: Access | None = None
    """What makes it possible to come."""
    registration: WebAddress | None = None
    """Where to say that one comes."""
    url: WebAddress | None = None
    """The café's public page."""
    free: YesNo = True
    """Whether coming costs nothing."""

    @model_validator(mode="before")
    @classmethod
    def _minutes_from_ends(cls, given: Any) -> Any:
        """Let a person say when it ends instead of how long it lasts."""
        if not isinstance(given, dict) or "ends" not in given:
            return given
        rest = {name: value for name, value in given.items() if name != "ends"}
        try:
            minutes = _minutes_until(given["ends"], rest)
        except PydanticCustomError as error:
            return {**rest, "minutes": error}
        return rest if minutes is None else {**rest, "minutes": minutes}

    @field_validator("minutes", mode="before")
    @classmethod
    def _ends_understood(cls, minutes: Any) -> Any:
        """What is wrong with `ends` is told here, so that the other fields are looked at too."""
        if isinstance(minutes, PydanticCustomError):
            raise minutes
        return minutes

    @field_validator("starts", mode="before")
    @classmethod
    def _starts_with_an_hour(cls, typed: Any, info: ValidationInfo) -> Any:
        starts = local_time(typed)
        all_day = info.data.get("all_day")  # nothing where it was refused: that is told already
        if isinstance(starts, datetime):
            if all_day and starts.time() != time():
                raise fault("all-day-hour", typed=f"{starts:%Y-%m-%d %H:%M}")
            return starts
        if isinstance(starts, date):
            if all_day is False:
                raise fault("hour-missing", typed=starts.isoformat())
            return datetime.combine(starts, time())
        return starts

    @field_validator("minutes", mode="after")
    @classmethod
    def _whole_days(cls, minutes: int, info: ValidationInfo) -> int:
        if info.data.get("all_day") and minutes % _DAY:
            raise fault("all-day-minutes", minutes=minutes)
        return minutes

    @property
    def ends(self) -> datetime:
        """The naive local time of the end."""
        return zone.later(self.starts, timedelta(minutes=self.minutes), self.timezone)

    @property
    def starts_at(self) -> datetime:
        """The UTC instant of the beginning."""
        return zone.instant(self.starts, self.timezone)

    @property
    def ends_at(self) -> datetime:
        """The UTC instant of the end."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def takes_place(self) -> bool:
        """Whether people should come: it is neither postponed nor cancelled."""
        return self.status is Status.PLANNED or self.status is Status.CONFIRMED
