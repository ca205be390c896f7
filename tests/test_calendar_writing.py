"""Calendars out: the same records give the same bytes, and the bytes are iCalendar."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafe_ia.calendar import to_ics, write_ics
from cafe_ia.calendar.lines import as_bytes, line, offset, parameter, text
from cafe_ia.calendar.zones import vtimezone
from cafe_ia.files import load_programme
from cafe_ia.programme import Programme
from calendars.made import FEEDS, RECORDS, WRITTEN, session

if TYPE_CHECKING:
    from cafe_ia.session import Session

EXAMPLE = Path(str(files("cafe_ia"))) / "example"


def _lines(feed: bytes) -> list[str]:
    """The content lines, folds undone."""
    return feed.replace(b"\r\n ", b"").decode().split("\r\n")


def _of(feed: bytes, name: str) -> list[str]:
    """Every content line of that name."""
    return [one for one in _lines(feed) if re.match(rf"{name}[;:]", one)]


def _listed(name: str) -> list[Session]:
    records = RECORDS[name]
    return list(records.sessions if isinstance(records, Programme) else records)


@pytest.mark.parametrize("name", FEEDS)
def test_feed_is_the_golden_file(name: str) -> None:
    """The same records give the bytes that were looked at, on every supported Python."""
    assert FEEDS[name]() == WRITTEN.joinpath(f"{name}.ics").read_bytes()


@pytest.mark.parametrize("name", FEEDS)
def test_feed_is_made_of_short_whole_lines(name: str) -> None:
    """Each line has at most 75 octets, is UTF-8 by itself, and ends with CRLF; so does the file."""
    feed = FEEDS[name]()
    assert feed.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert feed.endswith(b"END:VCALENDAR\r\n")
    *written, rest = feed.split(b"\r\n")
    assert rest == b""
    for one in written:
        assert 0 < len(one) <= 75
        assert not set(one) & {*range(9), *range(10, 32), 127}
        one.decode()


@pytest.mark.parametrize("name", FEEDS)
def test_properties_stand_in_one_order(name: str) -> None:
    """Properties of the calendar come before its components, and an event's always in one order."""
    order = [
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "LAST-MODIFIED", "STATUS", "SUMMARY"),
        *("DESCRIPTION", "LOCATION", "GEO", "URL", "CONFERENCE", "CATEGORIES", "ORGANIZER"),
        *("X-CAFE-IA", "BEGIN", "ACTION", "DESCRIPTION", "TRIGGER", "END"),
    ]
    names = [re.split("[;:]", one)[0] for one in _lines(FEEDS[name]())]
    first = names.index("BEGIN", 1) if "BEGIN" in names[1:] else len(names)
    assert {"METHOD", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL"}.isdisjoint(names[first:])
    for event in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", FEEDS[name]().decode(), re.DOTALL):
        at = 0
        for one in _lines(event.encode()):
            if one:
                at = order.index(re.split("[;:]", one)[0], at) + 1


def test_feed_says_its_name_and_when_to_look_again() -> None:
    """NAME, X-WR-CALNAME and REFRESH-INTERVAL with its VALUE are in the feed, in the language."""
    feed = to_ics(RECORDS["season"], language="ary")
    assert _of(feed, "NAME") == ["NAME;LANGUAGE=ar:لنتحدث عن الذكاء الاصطناعي"]
    assert _of(feed, "X-WR-CALNAME") == ["X-WR-CALNAME:لنتحدث عن الذكاء الاصطناعي"]
    assert _of(feed, "REFRESH-INTERVAL") == ["REFRESH-INTERVAL;VALUE=DURATION:PT6H"]
    assert _of(feed, "METHOD") == ["METHOD:PUBLISH"]


def test_name_that_no_record_looked_at_cannot_break_its_line() -> None:
    """A carriage return or a control character in `name` never reaches the feed."""
    feed = to_ics([], name="a\rBEGIN:VEVENT\r\nb\x00\x85\ud800c")
    assert _of(feed, "X-WR-CALNAME") == ["X-WR-CALNAME:a\\nBEGIN:VEVENT\\nb\x85c"]


def test_event_says_what_its_record_says() -> None:
    """DTSTAMP, SEQUENCE, STATUS, CATEGORIES, GEO, URL, ORGANIZER, CONFERENCE are the record's."""
    feed = to_ics(RECORDS["season"], language="fr")
    assert _of(feed, "DTSTAMP")[0] == "DTSTAMP:20261120T100000Z"
    assert _of(feed, "SEQUENCE") == ["SEQUENCE:2", "SEQUENCE:3", *["SEQUENCE:0"] * 3]
    assert [one[7:] for one in _of(feed, "STATUS")] == [
        *("CONFIRMED", "CANCELLED", "CANCELLED", "TENTATIVE", "TENTATIVE")
    ]
    assert _of(feed, "CATEGORIES") == ["CATEGORIES:SENIORS,NEW_TO_DIGITAL,nos-langues"]
    assert _of(feed, "GEO")[0] == "GEO:34.007600;-6.834000"
    assert _of(feed, "URL") == ["URL:https://example.org/rabat;jour=5,decembre"]
    assert _of(feed, "CONFERENCE")[0] == (
        "CONFERENCE;VALUE=URI;FEATURE=VIDEO;"
        'LABEL="La machine parle-t-elle nos langues ?":https://meet.example.org/café'
    )
    assert _of(feed, "ORGANIZER")[0] == (
        "ORGANIZER;CN=\"Les ^'Cafés^' ^^IA\":mailto:bonjour@example.org"
    )


def test_text_in_a_missing_language_is_marked_with_the_one_it_is_in() -> None:
    """A title that lacks the asked language stands in the nearest one, and says which."""
    feed = to_ics(RECORDS["season"], language="ary")
    assert _of(feed, "SUMMARY")[0] == f"SUMMARY;LANGUAGE=ary:{_listed('season')[0].title['ary']}"
    assert _of(feed, "SUMMARY")[2].startswith("SUMMARY;LANGUAGE=ar:")
    assert _of(feed, "LOCATION")[0].startswith("LOCATION;LANGUAGE=ar:المكتبة الوطنية، ")


def test_cancelled_session_stays_and_says_so_in_its_title() -> None:
    """A cancelled café is kept with STATUS:CANCELLED, and the title says it to the eye."""
    feed = to_ics(RECORDS["season"], language="en", reminder=60)
    assert len(_of(feed, "UID")) == 1 + 5
    assert "Cancelled" in _of(feed, "SUMMARY")[1]
    assert len(_of(feed, "TRIGGER")) == 3
    assert _of(feed, "TRIGGER")[0] == "TRIGGER:-PT60M"


@pytest.mark.parametrize("host", [None, {"name": "Amis"}, {"name": "Amis", "url": "https://a.b"}])
def test_feed_without_an_organiser_in_each_event_has_no_method(host: object) -> None:
    """METHOD:PUBLISH needs an ORGANIZER in every event (RFC 5546), hence an e-mail address."""
    feed = to_ics([session("a", "2026-12-05 15:00"), session("b", "2026-12-06 15:00", host=host)])
    assert _of(feed, "METHOD") == []
    assert len(_of(feed, "ORGANIZER")) == 1


def test_session_of_whole_days_is_written_as_dates() -> None:
    """An all-day café has no hour and no zone, and its DTEND is the day after the last."""
    feed = to_ics(_listed("days")[2:3])
    assert _of(feed, "DTSTART") == ["DTSTART;VALUE=DATE:20270327"]
    assert _of(feed, "DTEND") == ["DTEND;VALUE=DATE:20270330"]
    assert b"VTIMEZONE" not in feed


@pytest.mark.parametrize(
    ("starts", "minutes", "start", "end"),
    [
        ("2027-10-31 01:30", 120, "20271030T233000Z", "20271031T013000Z"),
        ("2027-10-31 02:50", 30, "20271031T005000Z", "20271031T012000Z"),
    ],
)
def test_hour_that_comes_twice_is_written_in_utc(
    starts: str, minutes: int, start: str, end: str
) -> None:
    """Where the clocks show an hour twice, only UTC says the same to every reader."""
    feed = to_ics([session("a", starts, minutes=minutes, timezone="Europe/Paris")])
    assert _of(feed, "DTSTART")[-1:] == [f"DTSTART:{start}"]
    assert _of(feed, "DTEND") == [f"DTEND:{end}"]


@pytest.mark.parametrize(
    ("starts", "zone", "first"),
    [
        ("2026-12-05 15:00", "Africa/Casablanca", "19700101T000000"),
        ("1950-07-01 18:00", "Africa/Casablanca", "19490101T000000"),
        ("1970-01-01 00:00", "Europe/Paris", "19690101T000000"),
        ("2099-07-01 18:00", "Asia/Kathmandu", "19700101T000000"),
    ],
)
def test_zone_reaches_back_before_the_earliest_time(starts: str, zone: str, first: str) -> None:
    """The first observance of a zone begins before every time of the feed."""
    feed = to_ics([session("a", starts, timezone=zone)])
    assert _of(feed, "DTSTART")[0] == f"DTSTART:{first}"


def test_zone_of_half_an_hour_is_exact() -> None:
    """Lord Howe moves its clocks by half an hour, at the minute that the tz database gives."""
    container = vtimezone("Australia/Lord_Howe", datetime(2027, 4, 1), datetime(2027, 5, 1))  # noqa: DTZ001
    written = as_bytes(container).decode()
    assert (
        "BEGIN:STANDARD\r\nDTSTART:20270404T020000\r\n"
        "TZOFFSETFROM:+1100\r\nTZOFFSETTO:+1030\r\n" in written
    )


def test_offset_with_seconds_keeps_them() -> None:
    """Local mean times have seconds; whole minutes say none."""
    assert offset(timedelta(seconds=-1820)) == "-003020"
    assert offset(timedelta(hours=5, minutes=45)) == "+0545"


def test_order_of_the_records_changes_nothing() -> None:
    """A feed is in the order of instants, whatever the order in which it was asked for."""
    for name in ("casablanca", "zones", "texts", "uids"):
        records = _listed(name)
        assert to_ics(records) == to_ics(records[::-1]) == to_ics(iter(records))


def test_programme_of_one_session_of_one_town_and_of_one_language_is_a_feed() -> None:
    """What a programme keeps of itself is written like the whole."""
    season = RECORDS["season"]
    assert isinstance(season, Programme)
    assert len(_of(to_ics(season.only(session="fes")), "DTSTAMP")) == 1
    assert len(_of(to_ics(season.only(city="الرباط")), "DTSTAMP")) == 3
    assert len(_of(to_ics(season.only(spoken="ary")), "DTSTAMP")) == 1


def test_stream_gets_the_same_bytes_as_to_ics() -> None:
    """`write_ics` writes what `to_ics` returns."""
    stream = io.BytesIO()
    write_ics(stream, RECORDS["season"], language="ar", reminder=5)
    assert stream.getvalue() == to_ics(RECORDS["season"], language="ar", reminder=5)


def test_sessions_that_can_be_walked_once_only_are_refused_by_write_ics() -> None:
    """Zones stand before events, so a one-shot iterator is refused before anything is written."""
    stream = io.BytesIO()
    with pytest.raises(TypeError, match="twice"):
        write_ics(stream, iter(_listed("casablanca")))
    assert stream.getvalue() == b""


_TELL = """
import sys
from pathlib import Path
from zoneinfo import ZoneInfo
from datetime import datetime
from cafe_ia.calendar import from_ics, to_ics
here = datetime(2026, 11, 28, 18, tzinfo=ZoneInfo("Africa/Casablanca"))
print(here.utcoffset(), file=sys.stderr)
feed = Path(sys.argv[1]).read_bytes()
sys.stdout.buffer.write(to_ics(from_ics(feed).sessions, name="Casa, le soir", reminder=30))
"""


def test_stale_zones_of_the_machine_change_nothing(tmp_path: Path) -> None:
    """A machine that still puts Morocco at UTC+01 writes the same bytes.

    Python's own ZoneInfo is asked too, to be sure that the machine is a stale one.
    """
    stale = tmp_path / "Africa" / "Casablanca"
    stale.parent.mkdir()
    with files("tzdata").joinpath("zoneinfo", "Etc", "GMT-1").open("rb") as source:
        stale.write_bytes(source.read())
    feed = WRITTEN / "casablanca.fr.ics"
    done = subprocess.run(
        [sys.executable, "-c", _TELL, str(feed)],
        env={**os.environ, "PYTHONTZPATH": str(tmp_path), "TZ": "Africa/Casablanca"},
        capture_output=True,
        check=True,
    )
    assert done.stderr.decode().strip() == "1:00:00"
    assert done.stdout == feed.read_bytes()


def test_no_clock_is_read(tmp_path: Path) -> None:
    """Two processes with other hash seeds, zones and locales write the same bytes."""
    shutil.copytree(EXAMPLE, tmp_path / "example")
    code = (
        "import sys; from pathlib import Path; from cafe_ia.files import load_programme; "
        "from cafe_ia.calendar import to_ics; "
        "sys.stdout.buffer.write(to_ics(load_programme(Path(sys.argv[1])), language='ar'))"
    )
    feeds = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "example")],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LANG": language},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone, language in (("1", "Asia/Tokyo", "C"), ("2", "UTC", "fr_FR.UTF-8"))
    }
    assert feeds == {to_ics(load_programme(EXAMPLE), language="ar")}


def test_text_escapes_what_would_end_it() -> None:
    """Backslash, semicolon, comma and line break are escaped, and nothing else."""
    assert text('\\;,:\n"') == '\\\\\\;\\,:\\n"'
    assert parameter('"^\n') == '"^\'^^^n"'


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=400))
@settings(deadline=None)
def test_folding_splits_no_letter_and_loses_none(words: str) -> None:
    """Any text is folded at 75 octets between letters, and unfolds to itself."""
    from ics.grammar.parse import Container

    written = as_bytes(Container("X", line("Y", words)))
    for one in written.split(b"\r\n"):
        assert len(one) <= 75
        one.decode()
    assert written.replace(b"\r\n ", b"") == f"BEGIN:X\r\nY:{words}\r\nEND:X\r\n".encode()


def test_fixed_instants_of_morocco() -> None:
    """18:00 in Casablanca is 18:00Z in Ramadan and for good since the decree, 17:00Z between."""
    assert [one.starts_at.astimezone(UTC).hour for one in _listed("casablanca")] == [18, 17, 18, 18]
