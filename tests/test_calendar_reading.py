"""Calendars in: what other programs write becomes sessions, and nothing is lost in silence."""

from __future__ import annotations

import re
import time
import warnings
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cafe_ia.calendar import from_ics, to_ics
from cafe_ia.files import load_programme
from cafe_ia.programme import Programme
from cafe_ia.session import Session
from calendars.made import FEEDS, FOREIGN, RECORDS, WRITTEN, session
from calendars.shown import shown

EXAMPLE = Path(str(files("cafe_ia"))) / "example"
CASES = sorted(path.stem for path in FOREIGN.glob("*.ics"))


def _calendar(*properties: str, uid: str = "a@example.org") -> bytes:
    """One event with a title and an hour's length."""
    return "\r\n".join(
        [
            *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", f"UID:{uid}"),
            *("DTSTAMP:20261101T080000Z", "DURATION:PT1H", "SUMMARY:Café", *properties),
            *("END:VEVENT", "END:VCALENDAR", ""),
        ]
    ).encode()


def _starts(found: bytes, **options: Any) -> list[str]:
    return [f"{one.starts:%Y-%m-%d %H:%M}" for one in from_ics(found, **options).sessions]


@pytest.mark.parametrize("name", CASES)
def test_foreign_calendar_is_read_as_expected(name: str) -> None:
    """Each calendar of `foreign` gives the sessions and the problems written beside it."""
    path = FOREIGN / f"{name}.ics"
    assert shown(path) == path.with_suffix(".expected").read_text("utf-8")


def test_foreign_calendars_each_have_their_expected_text() -> None:
    """No calendar is without its expected text, and no expected text without its calendar."""
    assert {path.stem for path in FOREIGN.glob("*.expected")} == set(CASES)


@pytest.mark.parametrize("name", FEEDS)
def test_own_feed_read_back_is_the_same_records(name: str) -> None:
    """What was written for any language is read back whole, with nothing to report."""
    records = RECORDS[name.partition(".")[0]]
    sessions = records.sessions if isinstance(records, Programme) else tuple(records)
    found = from_ics(WRITTEN.joinpath(f"{name}.ics").read_bytes())
    assert found.problems == ()
    assert set(found.sessions) == set(sessions)


@pytest.mark.parametrize("language", ["fr", "ar", "ary", "en", "zgh", "de"])
def test_example_programme_read_back_is_the_same_records(language: str) -> None:
    """The example programme goes out and comes back in every language."""
    programme = load_programme(EXAMPLE)
    found = from_ics(to_ics(programme, language=language, reminder=60))
    assert found.problems == ()
    assert found.sessions == programme.sessions


def test_own_feed_is_read_back_whatever_the_table_of_fallbacks() -> None:
    """A programme that sends readers elsewhere is read back without false changes."""
    programme = load_programme(EXAMPLE).model_copy(update={"fallback": {"ary": ("en", "fr")}})
    found = from_ics(to_ics(programme, language="ary"), timezone="Asia/Tokyo", language="en")
    assert (found.problems, found.sessions) == ((), programme.sessions)


def test_own_whole_days_come_back_in_their_zone() -> None:
    """A date has no zone in iCalendar; the record's own words carry it, whoever reads it."""
    days = [
        session("a", "2027-03-27", all_day=True, minutes=2_880, timezone=zone)
        for zone in ("Africa/Casablanca", "Europe/Paris")
    ]
    for one in days:
        assert from_ics(to_ics([one]), timezone="Asia/Tokyo").sessions == (one,)


@pytest.mark.parametrize("name", ["season.fr", "texts.fr", "days.fr", "uids.ar"])
def test_own_feed_is_read_back_with_other_line_ends_and_folds(name: str) -> None:
    """A feed that another program folded elsewhere, or saved with LF, is the same records."""
    feed = WRITTEN.joinpath(f"{name}.ics").read_bytes()
    expected = from_ics(feed)
    flat = feed.replace(b"\r\n ", b"")
    refolded = b"\r\n".join(
        b"\r\n\t".join(one[at : at + 20] for at in range(0, len(one), 20))
        for one in flat.split(b"\r\n")
    )
    for other in (flat, refolded, feed.replace(b"\r\n", b"\n"), b"\xef\xbb\xbf" + feed):
        found = from_ics(other)
        assert found == expected


def test_title_changed_in_another_calendar_is_kept_and_the_rest_of_the_record_too() -> None:
    """A change is taken for the language it was made in, and every other field stays."""
    one = session("a", "2026-12-05 15:00", seats=15)
    feed = to_ics([one]).replace(b":La machine", b":Oui\\, la machine", 1)
    found = from_ics(feed)
    assert [problem.code for problem in found.problems] == ["ics-changed-outside"]
    (changed,) = found.sessions
    title = {**one.title, "fr": "Oui, la machine parle-t-elle nos langues ?"}
    assert changed == one.model_copy(update={"title": changed.title})
    assert changed.title == title


def test_hour_moved_in_another_calendar_is_kept_and_reported() -> None:
    """DTSTART and DTEND changed while X-CAFE-IA is not: the event's own times count."""
    feed = to_ics([session("a", "2026-12-05 15:00")])
    feed = feed.replace(b"20261205T150000", b"20261206T170000").replace(
        b"20261205T160000", b"20261206T183000"
    )
    found = from_ics(feed)
    assert [problem.values["name"] for problem in found.problems] == ["DTSTART"]
    assert _starts(feed) == ["2026-12-06 17:00"]
    assert found.sessions[0].minutes == 90


def test_event_of_ours_repeated_in_another_calendar_becomes_several_sessions() -> None:
    """A rule that someone added to one of our events is followed; each date has its own name."""
    feed = to_ics([session("a", "2026-12-05 15:00", seats=15)]).replace(
        b"\r\nSEQUENCE", b"\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nSEQUENCE"
    )
    found = from_ics(feed).sessions
    assert _starts(feed) == ["2026-12-05 15:00", "2026-12-12 15:00", "2026-12-19 15:00"]
    assert len({one.id for one in found}) == len({one.uid for one in found}) == 3
    assert {one.seats for one in found} == {15}


def test_reminder_of_our_own_feed_is_no_problem() -> None:
    """A VALARM that `to_ics` wrote is asked for again, not reported."""
    assert from_ics(to_ics([session("a", "2026-12-05 15:00")], reminder=30)).problems == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("DTSTART:20261128T180000Z", "2026-11-28T18:00:00Z"),
        ("DTSTART:20260912T170000Z", "2026-09-12T17:00:00Z"),
        ("DTSTART;TZID=Africa/Casablanca:20260912T180000", "2026-09-12T17:00:00Z"),
        ("DTSTART;TZID=Africa/Casablanca:20261128T180000", "2026-11-28T18:00:00Z"),
        ("DTSTART;TZID=Morocco Standard Time:20261128T180000", "2026-11-28T18:00:00Z"),
        ("DTSTART;TZID=Romance Standard Time:20261128T180000", "2026-11-28T17:00:00Z"),
        ("DTSTART;TZID=/a.org/1/Europe/Paris:20261128T180000", "2026-11-28T17:00:00Z"),
        ("DTSTART;TZID=Australia/Lord_Howe:20261128T180000", "2026-11-28T07:00:00Z"),
        ("DTSTART:20261128T180000", "2026-11-28T18:00:00Z"),
    ],
)
def test_times_of_other_programs_are_the_right_instants(value: str, expected: str) -> None:
    """UTC, an IANA name, a Windows name, an old address of a zone, and no zone at all."""
    (one,) = from_ics(_calendar(value)).sessions
    assert f"{one.starts_at:%Y-%m-%dT%H:%M:%SZ}" == expected


def test_repetition_is_expanded_over_the_stated_window_only() -> None:
    """A daily event that began years ago gives the days of the window, and says it has more."""
    feed = _calendar("DTSTART;TZID=Africa/Casablanca:20200101T180000", "RRULE:FREQ=DAILY")
    window = (date(2026, 12, 1), date(2026, 12, 3))
    assert _starts(feed, window=window) == [f"2026-12-0{n} 18:00" for n in (1, 2, 3)]
    assert [one.code for one in from_ics(feed, window=window).problems] == ["ics-recurrence-cut"]
    assert len(_starts(feed)) == 367


def test_repetition_goes_by_the_clock_on_the_wall() -> None:
    """A weekly café at 18:00 stays at 18:00 when Morocco's clocks change for good."""
    feed = _calendar("DTSTART;TZID=Africa/Casablanca:20260912T180000", "RRULE:FREQ=WEEKLY;COUNT=3")
    found = from_ics(feed).sessions
    assert [one.starts.hour for one in found] == [18, 18, 18]
    assert [one.starts_at.hour for one in found] == [17, 17, 18]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYSETPOS=3",
        "FREQ=WEEKLY;BYMONTH=2;BYSETPOS=9;BYDAY=MO;COUNT=5",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;UNTIL=99991231T235959Z",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=7",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=99999999999999999999",
        "FREQ=DAILY;COUNT=999999999",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYMINUTE=0,15,30,45;BYSECOND=0,30",
        "FREQ=DAILY;UNTIL=00010101",
        "FREQ=",
        "DAILY",
        "",
    ],
)
def test_rule_that_never_ends_or_never_matches_holds_nothing_up(rule: str) -> None:
    """Whatever the rule, its first date comes at once, and with it what was cut."""
    feed = _calendar("DTSTART;TZID=Europe/Paris:20270318T183000", f"RRULE:{rule}")
    begun = time.perf_counter()
    found = from_ics(feed)
    assert time.perf_counter() - begun < 5
    assert 1 <= len(found.sessions) <= 1_001
    assert f"{found.sessions[0].starts:%Y-%m-%d %H:%M}" == "2027-03-18 18:30"


def test_rule_near_the_edge_of_its_calendar_keeps_its_days() -> None:
    """Leap days, last Mondays and week numbers fall where dateutil alone puts them."""
    from dateutil.rrule import rrulestr

    start = datetime(2096, 2, 29, 18, 30)  # noqa: DTZ001 # local, as a rule wants it
    window = (date(2096, 1, 1), date(2120, 1, 1))
    for rule in (
        "FREQ=YEARLY",
        "FREQ=MONTHLY;BYDAY=-1MO",
        "FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=WE",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,SA;WKST=SU",
        "FREQ=YEARLY;BYYEARDAY=-1,366",
    ):
        feed = _calendar(f"DTSTART;TZID=Europe/Paris:{start:%Y%m%dT%H%M%S}", f"RRULE:{rule}")
        dates = rrulestr(f"{rule};UNTIL=20200101T000000".replace("2020", "2120"), dtstart=start)
        expected = sorted({start, *dates})[:1_001]
        found = [one.starts for one in from_ics(feed, window=window).sessions]
        assert found == expected[: len(found)]
        assert len(found) >= min(len(expected), 1_000)


def test_problem_points_at_the_line_of_the_original_file() -> None:
    """Lines are those of the file as it stands, folds and empty lines counted."""
    feed = _calendar(
        "DTSTART:20261128T180000Z", "COMMENT:une ligne\r\n  pliée\r\n\t deux fois\r\n", "X-OTHER:1"
    )
    numbers = {one.values["name"]: one.place.line for one in from_ics(feed).problems if one.place}
    lines = feed.decode().split("\r\n")
    assert numbers == {
        "COMMENT": lines.index("COMMENT:une ligne") + 1,
        "X-OTHER": lines.index("X-OTHER:1") + 1,
    }


def test_every_property_without_a_home_is_reported_with_its_uid_and_line() -> None:
    """Each property that the sessions do not hold is named once, with its event."""
    homeless = ["ATTENDEE:mailto:a@example.org", "PRIORITY:5", "CLASS:PRIVATE", "ATTACH:x", "X-A:b"]
    found = from_ics(_calendar("DTSTART:20261128T180000Z", *homeless, uid="virgule\\,"))
    assert [
        (one.code, one.values["name"], one.values["uid"], one.place and one.place.line)
        for one in found.problems
    ] == [
        ("ics-property-homeless", given.partition(":")[0], "virgule,", 10 + n)
        for n, given in enumerate(homeless)
    ]


def test_problem_never_shows_who_takes_part() -> None:
    """The address of an ATTENDEE stays out of the report."""
    found = from_ics(_calendar("DTSTART:20261128T180000Z", "ATTENDEE;CN=Nom:mailto:nom@a.org"))
    assert "nom" not in "".join(problem.text("en") for problem in found.problems).casefold()


def test_big_calendar_of_broken_events_is_read_in_one_go() -> None:
    """A thousand broken events cost no more than a thousand good ones."""
    event = "BEGIN:VEVENT\r\nUID:%d\r\nDTSTART:x\r\nBEGIN:VALARM\r\n"
    feed = "BEGIN:VCALENDAR\r\n" + "".join(event % n for n in range(1_000))
    begun = time.perf_counter()
    found = from_ics(feed.encode())
    assert time.perf_counter() - begun < 5
    assert found.sessions == ()
    assert len(found.problems) == 1_001


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 1_000,
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"BEGIN:VCALENDAR",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT",
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 20_000 + b"END:Y\r\n" * 20_000,
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nX;" + b'"' * 50_000 + b"\r\nEND:VEVENT",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nX;" + b'a="b";' * 20_000 + b"\r\nEND:VEVENT",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nX" + b"\\" * 100_000 + b":\r\nEND:VEVENT",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nX:" + b"a\r\n " * 100_000 + b"\r\nEND:VEVENT",
        _calendar("DTSTART:20261128T180000Z", "X-CAFE-IA:" + '{"a":' * 100_000),
        _calendar("DTSTART:20261128T180000Z", f'X-CAFE-IA:{{"id":"{"a" * 1_000_000}"}}'),
    ],
)
def test_no_octets_raise_or_take_long(content: bytes) -> None:
    """Empty, torn, deeply nested or enormous: there is an answer, soon."""
    begun = time.perf_counter()
    from_ics(content)
    assert time.perf_counter() - begun < 5


_SEEDS = [
    *(WRITTEN.joinpath(f"{name}.ics").read_bytes() for name in ("season.fr", "days.fr", "uids.ar")),
    *(path.read_bytes() for path in sorted(FOREIGN.glob("*.ics"))),
]
_PIECES = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        [
            *(
                b"\r\n",
                b"\n",
                b"\r",
                b" ",
                b"\t",
                b"\x00",
                b":",
                b";",
                b",",
                b'"',
                b"\\",
                b"=",
                b"%",
            ),
            *(b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"BEGIN:VCALENDAR\r\n", b"END:", b"BEGIN:"),
            *(b"RRULE:FREQ=DAILY\r\n", b"INTERVAL=0;", b"BYSETPOS=-1;", b"UNTIL=", b"Z", b"T"),
            *(b"DTSTART:99991231T235959Z\r\n", b"00010101", b"-", b"9" * 20, b"{", b"[", b"P1D"),
            *("١".encode(), "ة".encode(), "\u2028".encode()),
        ]
    ),
)


@given(st.binary(max_size=300), st.booleans())
@settings(deadline=None)
def test_arbitrary_octets_are_read_without_raising(content: bytes, inside: bool) -> None:  # noqa: FBT001
    """Any octets, alone or inside an event, give an answer."""
    from_ics(content)
    if inside:
        from_ics(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + content + b"\r\nEND:VEVENT")


@given(st.data())
@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_mutated_calendars_are_read_without_raising(data: st.DataObject) -> None:
    """Good files with pieces cut out, doubled or put in give an answer that can be printed."""
    content = bytearray(data.draw(st.sampled_from(_SEEDS)))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 40))] = data.draw(_PIECES)
    found = from_ics(bytes(content))
    for problem in found.problems:
        assert problem.text("en")
        assert problem.place
    to_ics(found.sessions)


_WORDS = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_categories=["Cc"]),
        st.sampled_from("\n\t\\;,:\"^%'نصⵣ🙂\u200e\u200f\u202b\u2067\u2069\u2028\x85\u0301\u200d"),
    ),
    min_size=1,
    max_size=200,
).filter(lambda words: words.strip() != "")
_TEXTS = st.dictionaries(st.sampled_from(["fr", "ar", "ary", "en", "zgh"]), _WORDS, min_size=1)
_WALLS = st.datetimes(datetime(1950, 1, 2), datetime(2190, 12, 30))  # noqa: DTZ001 # local
_ZONES = st.sampled_from(
    [
        "Africa/Casablanca",
        "Europe/Paris",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "America/New_York",
    ]
)


@st.composite
def _sessions(draw: st.DrawFn) -> Session:
    """A session with any texts and times."""
    all_day = draw(st.booleans())
    starts = draw(_WALLS)
    given = {
        "id": "a",
        "uid": draw(
            st.none()
            | st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=1).filter(
                str.strip
            )
        ),
        "title": draw(_TEXTS),
        "summary": draw(st.none() | _TEXTS),
        "all_day": all_day,
        "starts": starts.replace(hour=0, minute=0, second=0, microsecond=0) if all_day else starts,
        "minutes": draw(st.integers(1, 14)) * 1_440 if all_day else draw(st.integers(1, 20_160)),
        "timezone": draw(_ZONES),
        "updated": draw(_WALLS).replace(tzinfo=UTC),
        "status": draw(st.sampled_from(["planned", "confirmed", "postponed", "cancelled"])),
        "revision": draw(st.integers(0, 2**31 - 1)),
        "venue": draw(st.none() | st.fixed_dictionaries({"name": _TEXTS, "city": _TEXTS})),
        "host": draw(
            st.none() | st.fixed_dictionaries({"name": _TEXTS, "email": st.just("a@b.org")})
        ),
        "online": draw(st.none() | st.just("https://meet.example.org/a;b,c")),
        "audiences": draw(st.lists(st.sampled_from(["youth", "seniors"]), unique=True)),
    }
    return Session.model_validate(given)


@given(_sessions(), st.sampled_from(["fr", "ar", "ary", "en", "zgh"]))
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_any_session_read_back_is_the_same_record(one: Session, language: str) -> None:
    """Any texts and times go out and come back, with nothing to report."""
    found = from_ics(to_ics([one], language=language, reminder=10))
    assert found.problems == ()
    assert found.sessions == (one,)


@given(_WORDS.filter(lambda words: "\\N" not in words))  # icalendar writes that as a line break
@example("C:\\new\\")
@settings(deadline=None)
def test_text_of_another_program_is_read_as_it_was_escaped(words: str) -> None:
    """A TEXT value escaped by icalendar is read as the words it was made of."""
    import icalendar

    event = icalendar.Event()
    event.add("uid", "a")
    event.add("dtstamp", datetime(2026, 11, 1, tzinfo=UTC))
    event.add("dtstart", datetime(2026, 11, 28, 18, tzinfo=UTC))
    event.add("duration", timedelta(hours=1))
    event.add("summary", "Café")
    event.add("description", words)
    calendar = icalendar.Calendar()
    calendar.add_component(event)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        (one,) = from_ics(calendar.to_ical()).sessions
    assert one.summary is not None
    assert re.sub(r"\s", "", next(iter(one.summary.values()))) == re.sub(r"\s", "", words)
