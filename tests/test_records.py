"""Records: frozen, strangers to unknown fields, and right about time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

import cafe_ia
from cafe_ia import curriculum, feedback, programme, session
from cafe_ia.programme import Programme
from cafe_ia.record import Record
from cafe_ia.session import TALK, Host, Location, Mode, Region, Session, Status, Step, Venue
from cafe_ia.text import Text

SOUND: dict[str, Any] = {
    "id": "2026-12-05-rabat",
    "title": "Nos langues",
    "starts": "2026-12-05 18:30",
    "updated": "2026-11-20",
}

PROMISED = (
    "CafeReport", "Curriculum", "Facilitator", "Form", "Host", "Module", "Programme", "Question",
    "Response", "Session", "Statement", "Step", "Text", "Venue",
)  # fmt: skip
"""The records that the package's front page re-exports."""


def made(**changes: Any) -> Session:
    """A sound session with some fields changed."""
    return Session.model_validate({**SOUND, **changes})


def refused(**changes: Any) -> list[tuple[str, str]]:
    """What is wrong with a session: fields and codes."""
    with pytest.raises(ValidationError) as error:
        made(**changes)
    return [(".".join(map(str, one["loc"])), one["type"]) for one in error.value.errors()]


def kinds() -> list[type[Record]]:
    """Every kind of record that the modules of records define."""
    return [
        value
        for module in (curriculum, feedback, programme, session)
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Record)
        and value.__module__ == module.__name__
    ]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_record_is_frozen_and_refuses_unknown_fields(kind: type[Record]) -> None:
    """Every kind of record, without exception."""
    assert kind.model_config.get("frozen") is True
    assert kind.model_config.get("extra") == "forbid"
    with pytest.raises(ValidationError) as error:
        kind.model_validate({"no_such_field": 1})
    assert "extra_forbidden" in {one["type"] for one in error.value.errors()}


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_record_holds_nothing_that_can_change_in_a_list(kind: type[BaseModel]) -> None:
    """Several things are a tuple, never a list or a set."""
    for field in kind.model_fields.values():
        assert "list[" not in str(field.annotation)
        assert "set[" not in str(field.annotation)


@pytest.mark.parametrize("name", PROMISED)
def test_record_is_importable_from_the_package(name: str) -> None:
    """A developer needs to know no module."""
    assert name in cafe_ia.__all__
    assert getattr(cafe_ia, name).__name__ == name


def test_session_does_not_change() -> None:
    """A change is a new record."""
    one = made()
    with pytest.raises(ValidationError):
        one.minutes = 90  # type: ignore[misc]
    moved = one.model_copy(update={"revision": 1})
    assert (one.revision, moved.revision) == (0, 1)


def test_session_has_the_defaults_of_a_cafe() -> None:
    """An hour, in Morocco, planned and free."""
    one = made()
    assert one.minutes == 60
    assert one.timezone == "Africa/Casablanca"
    assert one.status is Status.PLANNED
    assert one.free
    assert one.takes_place
    assert not one.all_day
    assert one.title == Text(fr="Nos langues")


@pytest.mark.parametrize(
    ("status", "takes_place"),
    [("planned", True), ("confirmed", True), ("postponed", False), ("cancelled", False)],
)
def test_session_takes_place_unless_it_is_put_off(status: str, takes_place: bool) -> None:  # noqa: FBT001 # a table's column
    """People come to what is planned or confirmed."""
    assert made(status=status).takes_place is takes_place


def test_session_survives_json() -> None:
    """What is dumped reads back as the same record."""
    one = made(
        venue={"name": {"fr": "Maison", "ar": "دار"}, "location": {"lat": "34,02", "lon": -6.8}},
        agenda=[{"minutes": "٦٠", "mode": "discuss", "title": "Débat"}],
        spoken=["ary", "fr"],
        online="https://example.org/",
        free="non",
    )
    assert Session.model_validate_json(one.model_dump_json()) == one
    assert Session.model_validate(one.model_dump()) == one
    assert hash(one) == hash(Session.model_validate(one.model_dump()))


# -- when it ends


def test_session_ends_after_its_minutes() -> None:
    """The end on the wall and the instants agree."""
    one = made(minutes=90)
    assert one.ends == datetime(2026, 12, 5, 20, 0)  # noqa: DTZ001 # a wall clock's time
    assert one.starts_at == datetime(2026, 12, 5, 18, 30, tzinfo=UTC)
    assert one.ends_at - one.starts_at == timedelta(minutes=90)


@pytest.mark.parametrize(
    ("starts", "ends", "zone", "minutes"),
    [
        ("2026-12-05 18:30", "2026-12-05 20:00", "Africa/Casablanca", 90),
        ("2026-12-05 18:30", "05/12/2026 20h00", "Africa/Casablanca", 90),
        ("2026-12-05 23:30", "2026-12-06 00:30", "Africa/Casablanca", 60),
        ("2027-03-28 01:30", "2027-03-28 03:30", "Europe/Paris", 60),
        ("2027-10-31 01:30", "2027-10-31 03:30", "Europe/Paris", 180),
    ],
)
def test_session_takes_its_end_instead_of_its_minutes(
    starts: str, ends: str, zone: str, minutes: int
) -> None:
    """The minutes are those that really pass, also when the clocks change."""
    one = made(starts=starts, ends=ends, timezone=zone)
    assert one.minutes == minutes
    assert "ends" not in one.model_dump()


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"ends": "2026-12-05 17:30"}, [("minutes", "ends-before-start")]),
        ({"ends": "2026-12-05 18:30"}, [("minutes", "ends-before-start")]),
        ({"ends": "2026-12-05 20:00", "minutes": 90}, [("minutes", "minutes-and-ends")]),
        ({"ends": "plus tard"}, [("minutes", "time-unreadable")]),
        ({"ends": "2026-12-05 17:30", "seats": 0},
         [("minutes", "ends-before-start"), ("seats", "greater_than_equal")]),
        ({"starts": "demain", "ends": "2026-12-05 20:00"}, [("starts", "time-unreadable")]),
        ({"starts": "2026-12-05"}, [("starts", "hour-missing")]),
        ({"starts": "2026-12-05", "all_day": "?"}, [("all_day", "yes-or-no")]),
        ({"all_day": True}, [("starts", "all-day-hour")]),
        ({"starts": "2026-12-05", "all_day": True, "minutes": 90},
         [("minutes", "all-day-minutes")]),
        ({"starts": "2026-12-05", "all_day": True, "ends": "2026-12-04"},
         [("minutes", "ends-before-start")]),
        ({"minutes": 0}, [("minutes", "greater_than_equal")]),
        ({"minutes": 14 * 24 * 60 + 1}, [("minutes", "less_than_equal")]),
    ],
)  # fmt: skip
def test_session_refuses_times_that_cannot_be(
    changes: dict[str, Any], codes: list[tuple[str, str]]
) -> None:
    """Each with its own code, and the other fields are looked at all the same."""
    found = [one for one in refused(**changes) if one[1] != "default_factory_not_called"]
    assert found == codes


@pytest.mark.parametrize(
    ("changes", "minutes"),
    [
        ({}, 1440),
        ({"minutes": 2880}, 2880),
        ({"ends": "2026-12-05"}, 1440),
        ({"ends": "06/12/2026"}, 2880),
        ({"starts": "2027-03-28", "ends": "2027-03-28", "timezone": "Europe/Paris"}, 1440),
    ],
)
def test_session_of_whole_days_counts_them(changes: dict[str, Any], minutes: int) -> None:
    """Its end is its last day, which counts; a day on which the clocks change is a day."""
    one = made(**{"starts": "2026-12-05", "all_day": "oui", **changes})
    assert one.minutes == minutes
    assert one.starts.time().isoformat() == "00:00:00"


def test_session_of_whole_days_takes_dates_and_midnights() -> None:
    """A program may pass a date, or what a dump gave."""
    one = made(starts=date(2026, 12, 5), all_day=True)
    assert Session.model_validate(one.model_dump()) == one


# -- small records


@pytest.mark.parametrize(
    ("changes", "where", "code"),
    [
        ({"id": "Rabat"}, "id", "slug-shape"),
        ({"id": "a--b"}, "id", "slug-shape"),
        ({"id": "-a"}, "id", "slug-shape"),
        ({"id": "a" * 101}, "id", "slug-shape"),
        ({"id": "été"}, "id", "slug-shape"),
        ({"uid": ""}, "uid", "field-missing"),
        ({"online": "javascript:alert(1)"}, "online", "web-address-shape"),
        ({"online": "https://"}, "online", "web-address-shape"),
        ({"url": "https://example.org/a b"}, "url", "web-address-shape"),
        ({"host": {"name": "A", "email": "a@b"}}, "host.email", "email-shape"),
        ({"host": {"name": "A", "email": "a b@example.org"}}, "host.email", "email-shape"),
        ({"timezone": "GMT+1"}, "timezone", "zone-unknown"),
        ({"updated": "hier"}, "updated", "time-unreadable"),
        ({"spoken": ["darija"]}, "spoken.0", "language-unknown"),
        ({"facilitators": [{"name": " "}]}, "facilitators.0.name", "field-missing"),
        ({"revision": -1}, "revision", "greater_than_equal"),
        ({"status": "annulé"}, "status", "enum"),
    ],
)
def test_session_refuses_what_it_cannot_use(changes: dict[str, Any], where: str, code: str) -> None:
    """At its field, with its code."""
    assert (where, code) in refused(**changes)


@pytest.mark.parametrize(
    "address", ["https://example.org", "http://example.org/a?b=c#d", "https://مثال.org/"]
)
def test_session_takes_web_addresses(address: str) -> None:
    """With a path or without, in any script."""
    assert made(online=address).online == address


def test_location_is_bounded_by_the_earth() -> None:
    """Degrees only, and a number that is one."""
    assert Location(lat=34.02, lon=-6.84).lat == pytest.approx(34.02)
    for lat, lon in ((91, 0), (0, 181), (float("nan"), 0)):
        with pytest.raises(ValidationError):
            Location(lat=lat, lon=lon)


def test_regions_are_the_twelve() -> None:
    """Decree 2-15-40."""
    assert len(Region) == 12


def test_talk_is_what_the_people_do() -> None:
    """Writing, discussing and sharing; what is shown or explained is not talk."""
    assert {Mode.WRITE, Mode.DISCUSS, Mode.SHARE} == TALK


def test_step_and_venue_are_values() -> None:
    """Two of the same content are one: they can stand in a set."""
    steps = {Step(minutes=5, mode=Mode.WRITE, title=Text(fr="Un mot")) for _ in range(2)}
    venues = {Venue(name=Text(fr="Maison"), step_free=True) for _ in range(2)}
    assert (len(steps), len(venues)) == (1, 1)


# -- a programme


def season(*sessions: Session) -> Programme:
    """A programme with these sessions."""
    return Programme(id="saison", title=Text(fr="Saison"), sessions=sessions)


def test_programme_puts_its_sessions_in_order() -> None:
    """By instant, then by name, in whatever order they come."""
    first, second = made(id="a"), made(id="b")
    later = made(id="c", starts="2026-12-05 19:00")
    abroad = made(id="z", starts="2026-12-05 18:45", timezone="Europe/Paris")  # 17:45 in UTC
    for given in ((later, second, abroad, first), (first, second, later, abroad)):
        assert [one.id for one in season(*given).sessions] == ["z", "a", "b", "c"]


def test_programme_refuses_two_sessions_of_one_name() -> None:
    """A calendar would take them for one event."""
    with pytest.raises(ValidationError) as error:
        season(made(), made(starts="2026-12-06 18:30"))
    assert [one["type"] for one in error.value.errors()] == ["session-twice"]


def test_programme_finds_a_session_by_its_name() -> None:
    """And says so where there is none."""
    assert season(made()).session("2026-12-05-rabat").title == made().title
    with pytest.raises(KeyError):
        season().session("2026-12-05-rabat")


def test_programme_says_a_text_by_its_own_fallbacks() -> None:
    """Its table goes before the library's."""
    own = Programme(id="a", title=Text(fr="a"), fallback={"ary": ("en",)})
    text = Text(fr="Bonjour", ar="مرحبا", en="Hello")
    assert own.say(text, "ary").language == "en"
    assert season().say(text, "ary").language == "ar"
    assert own.say(text, "zgh").language == "fr"


@pytest.mark.parametrize("unseen", ["\x01", "\x7f", "\x85", "\ud800", " "])
@pytest.mark.parametrize("address", ["https://example.org/a{}b", "a{}b@example.org"])
def test_addresses_hold_no_unseen_character(address: str, unseen: str) -> None:
    """An address with a character that no one sees is refused: a feed could not carry it."""
    field = "email" if "@" in address else "url"
    sound = Host.model_validate({"name": "O", field: address.format("")})
    assert getattr(sound, field) == address.format("")
    with pytest.raises(ValidationError):
        Host.model_validate({"name": "O", field: address.format(unseen)})
