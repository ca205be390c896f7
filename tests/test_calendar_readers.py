"""Feeds in the eyes of other people's programs: what they understand is what people will get."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import icalendar
import pytest

from cafe_ia.calendar import from_ics, to_ics
from cafe_ia.calendar.saying import uid_of
from cafe_ia.files import load_programme
from cafe_ia.programme import Programme
from calendars.made import FEEDS, RECORDS, WRITTEN
from outside.readers import (
    complaints_of_libical,
    radicale_server,
    read_with_ical_js,
    round_trip_by_caldav,
)

if TYPE_CHECKING:
    from cafe_ia.session import Session

EXAMPLE = Path(str(files("cafe_ia"))) / "example"


def _records(name: str) -> dict[str, Session]:
    """The records of a feed by the UID of their event."""
    records = RECORDS[name.partition(".")[0]]
    sessions = records.sessions if isinstance(records, Programme) else records
    return {uid_of(one): one for one in sessions}


def _golden(name: str) -> bytes:
    return WRITTEN.joinpath(f"{name}.ics").read_bytes()


def _stored(feed: bytes) -> bytes:
    """A feed without the UID of the calendar itself: on a server, each event is an object."""
    head, begin, rest = feed.partition(b"BEGIN:VTIMEZONE")
    return re.sub(rb"(?m)^UID:.*\r\n", b"", head) + begin + rest


def _span(session: Session) -> tuple[str, str]:
    """Beginning and end: instants of UTC, or days of which the last is left out."""
    if session.all_day:
        first = session.starts.date()
        return str(first), str(first + timedelta(minutes=session.minutes))
    return f"{session.starts_at:%Y-%m-%dT%H:%M:%SZ}", f"{session.ends_at:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("name", FEEDS)
def test_ical_js_finds_every_instant(name: str) -> None:
    """The reader ical.js, which has no zones but the feed's, finds the record's instants of UTC."""
    records = _records(name)
    feed = read_with_ical_js(_golden(name))
    assert {event["uid"]: (event["start"], event["end"]) for event in feed["events"]} == {
        uid: _span(one) for uid, one in records.items()
    }


def test_ical_js_finds_the_instants_of_morocco() -> None:
    """18:00 in Casablanca, as a browser without our zones understands the feed."""
    feed = read_with_ical_js(_golden("casablanca.fr"))
    assert [event["start"] for event in feed["events"]] == [
        "2026-03-01T18:00:00Z",
        "2026-09-12T17:00:00Z",
        "2026-11-28T18:00:00Z",
        "2027-02-20T18:00:00Z",
    ]


def test_ical_js_reads_the_texts_as_they_were_typed() -> None:
    """Every escape, fold and unseen mark of a text is undone by a stranger's reader."""
    feed = read_with_ical_js(_golden("texts.fr"))
    records = _records("texts.fr")
    for event in feed["events"]:
        title = records[event["uid"]].title["fr"]
        assert event["summary"] == title
        assert event["description"] is not None
        summary = records[event["uid"]].summary
        assert summary is not None
        assert event["description"].startswith(summary["fr"])
        assert event["location"] == f"{title}, 12, rue\nde la Paix"


def test_ical_js_reads_the_other_properties() -> None:
    """STATUS, SEQUENCE, GEO, URL and CATEGORIES reach a stranger's reader."""
    feed = read_with_ical_js(_golden("season.ar"))
    event = next(one for one in feed["events"] if one["uid"] == "rabat@saison.cafe-ia")
    assert (event["status"], event["sequence"]) == ("CONFIRMED", 2)
    assert event["geo"] == [34.0076, -6.834]
    assert event["url"] == "https://example.org/rabat;jour=5,decembre"
    assert event["categories"] == ["SENIORS", "NEW_TO_DIGITAL", "nos-langues"]
    assert feed["calendar"]["refresh-interval"] == ["PT6H"]


@pytest.mark.parametrize("language", ["fr", "ar", "ary", "en"])
def test_ical_js_reads_the_example_programme(language: str) -> None:
    """The example programme's instants are right in each of its languages."""
    programme = load_programme(EXAMPLE)
    feed = read_with_ical_js(to_ics(programme, language=language, reminder=60))
    assert [(event["start"], event["end"]) for event in feed["events"]] == [
        _span(one) for one in programme.sessions
    ]


@pytest.mark.parametrize("name", FEEDS)
def test_libical_finds_nothing_to_complain_about(name: str) -> None:
    """The C library of Evolution and KOrganizer calls each golden feed valid."""
    assert complaints_of_libical(_golden(name)) == []


def test_libical_finds_nothing_in_the_example_programme() -> None:
    """The example programme is valid with its reminders, and so is each café by itself."""
    programme = load_programme(EXAMPLE)
    assert complaints_of_libical(to_ics(programme, reminder=60)) == []
    for one in programme.sessions:
        assert complaints_of_libical(to_ics(programme.only(session=one.id), language="ar")) == []


@pytest.mark.parametrize("name", FEEDS)
def test_icalendar_reads_it_back(name: str) -> None:
    """The icalendar package reads UID, title and times without an error of its own."""
    records = _records(name)
    calendar = icalendar.Calendar.from_ical(_golden(name))
    events = calendar.walk("VEVENT")
    assert calendar.errors == []
    assert {str(event["UID"]) for event in events} == set(records)
    language = name.rpartition(".")[2]
    for event in events:
        assert isinstance(event, icalendar.Event)
        assert event.errors == []
        one = records[str(event["UID"])]
        assert str(one.title.best(language).words) in str(event["SUMMARY"])
        assert event["SEQUENCE"] == one.revision
        assert event.stamp == one.updated
        start = event.start
        if isinstance(start, datetime):
            assert start.replace(tzinfo=None) in (one.starts, one.starts_at.replace(tzinfo=None))
        else:
            assert start == one.starts.date()


def test_caldav_server_takes_the_feeds_and_gives_them_back(tmp_path: Path) -> None:
    """What Radicale stored and served again is the same records, with nothing to report."""
    programme = load_programme(EXAMPLE)
    with radicale_server(tmp_path) as url:
        back = from_ics(round_trip_by_caldav(url, _stored(to_ics(programme, reminder=60))))
        assert back.problems == ()
        assert back.sessions == programme.sessions


@pytest.mark.parametrize("name", ["season.ary", "zones.fr", "days.fr", "texts.fr"])
def test_caldav_server_gives_hard_records_back(name: str, tmp_path: Path) -> None:
    """Zones, whole days and hard texts survive a CalDAV server."""
    with radicale_server(tmp_path) as url:
        back = from_ics(round_trip_by_caldav(url, _stored(_golden(name))))
    assert back.problems == ()
    assert {uid_of(one): one for one in back.sessions} == _records(name)


def test_instants_of_the_records_are_those_of_the_tz_database() -> None:
    """The instants that the readers are held to are right themselves, counted by hand."""
    records = {one.id: one for one in _records("zones.fr").values()}
    by_hand = {
        "paris-1970": datetime(1970, 7, 1, 17, tzinfo=UTC),
        "rome-1970": datetime(1970, 7, 1, 16, tzinfo=UTC),
        "lord-howe": datetime(2027, 4, 3, 14, 30, tzinfo=UTC),
        "kathmandu": datetime(2027, 5, 1, 12, 15, tzinfo=UTC),
        "new-york": datetime(2037, 7, 1, 22, tzinfo=UTC),
        "paris-2099": datetime(2099, 7, 1, 16, tzinfo=UTC),
        "casablanca-2099": datetime(2099, 7, 1, 18, tzinfo=UTC),
    }
    assert {name: records[name].starts_at for name in by_hand} == by_hand
    assert records["paris-back"].ends_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    assert records["paris-twice"].ends_at == datetime(2027, 10, 31, 1, 20, tzinfo=UTC)
