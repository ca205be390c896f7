"""Time zones out of the tzdata wheel, whatever the machine believes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import pytest

from cafe_ia.zone import instant, is_zone, later, local, standing, transitions, zone

if TYPE_CHECKING:
    from pathlib import Path

CASABLANCA = "Africa/Casablanca"

Span = tuple[str, int, int]

SPANS: tuple[Span, ...] = (
    (CASABLANCA, 2015, 2026),
    ("Europe/Paris", 2026, 2027),
    ("Australia/Lord_Howe", 2023, 2023),  # half an hour of summer time
    ("Asia/Kathmandu", 1985, 1986),  # a quarter of an hour, once
    ("Pacific/Apia", 2011, 2011),  # a day that did not exist
    ("Africa/El_Aaiun", 2026, 2026),
)


def wall(text: str) -> datetime:
    """A naive local time."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("clock", "universal"),
    [
        ("2026-11-28 18:00", "2026-11-28 18:00"),
        ("2026-09-12 18:00", "2026-09-12 17:00"),
        ("2026-03-01 18:00", "2026-03-01 18:00"),  # Ramadan
        ("2027-02-20 18:00", "2027-02-20 18:00"),
        ("2026-06-01 18:00", "2026-06-01 17:00"),
        ("2026-12-05 18:30", "2026-12-05 18:30"),
    ],
)
def test_instant_of_casablanca_follows_the_decree(clock: str, universal: str) -> None:
    """UTC+00 for good since 20 September 2026 (decree 2.26.530); before, +01 but in Ramadan."""
    moment = wall(universal).replace(tzinfo=UTC)
    assert instant(wall(clock), CASABLANCA) == moment
    assert local(moment, CASABLANCA) == wall(clock)


@pytest.mark.parametrize("span", SPANS, ids=lambda span: span[0])
def test_transitions_are_those_that_each_minute_shows(span: Span) -> None:
    """The changes found by halving are those that looking at every minute finds."""
    key, first, last = span
    seen: list[tuple[datetime, timedelta, timedelta]] = []
    place, minute = zone(key), timedelta(minutes=1)
    moment, end = (datetime(year, 1, 1, tzinfo=place) for year in (first, last + 1))  # in UTC
    shown = place.fromutc(moment)
    while moment < end:
        moment += minute
        before, shown = shown, place.fromutc(moment)
        if shown - before != minute:  # both as the clock shows them
            old, new = before + minute - moment, shown - moment
            seen.append(((before + minute).replace(tzinfo=None), old, new))
    found = [(change.at, change.before, change.after) for change in transitions(key, first, last)]
    assert found == seen


def test_transitions_of_casablanca_in_2026_are_three() -> None:
    """In and out of Ramadan, then the decree; and none after it."""
    changes = transitions(CASABLANCA, 2026, 2035)
    assert [change.at for change in changes] == [
        wall("2026-02-15 03:00"),
        wall("2026-03-22 02:00"),
        wall("2026-09-20 02:00"),
    ]
    assert [change.after for change in changes] == [timedelta(), timedelta(hours=1), timedelta()]
    assert changes[-1].name == "+00"


def test_transitions_carry_the_names_and_daylight_of_the_database() -> None:
    """Paris goes to summer time in March and comes back in October."""
    spring, autumn = transitions("Europe/Paris", 2027, 2027)
    assert (spring.name, spring.daylight) == ("CEST", True)
    assert (autumn.name, autumn.daylight) == ("CET", False)


@pytest.mark.parametrize(
    ("clock", "key", "times"),
    [
        ("2027-03-28 02:30", "Europe/Paris", "never"),
        ("2027-10-31 02:30", "Europe/Paris", "twice"),
        ("2027-03-28 03:00", "Europe/Paris", "once"),
        ("2026-09-20 01:30", CASABLANCA, "twice"),
        ("2026-03-22 02:30", CASABLANCA, "never"),
        ("2026-12-05 18:30", CASABLANCA, "once"),
        ("2011-12-30 12:00", "Pacific/Apia", "never"),
    ],
)
def test_standing_says_how_often_a_clock_shows_a_time(clock: str, key: str, times: str) -> None:
    """Clocks that go forward jump over an hour; clocks that go back show it twice."""
    assert standing(wall(clock), key) == times


@pytest.mark.parametrize(
    ("clock", "minutes", "end"),
    [
        ("2027-03-28 01:30", 60, "2027-03-28 03:30"),
        ("2027-10-31 01:30", 120, "2027-10-31 02:30"),
        ("2027-06-01 18:30", 90, "2027-06-01 20:00"),
        ("2027-03-27 12:00", 24 * 60, "2027-03-28 13:00"),
    ],
)
def test_later_counts_the_time_that_really_passes(clock: str, minutes: int, end: str) -> None:
    """An hour of talk is an hour, also in the night in which the clocks change."""
    assert later(wall(clock), timedelta(minutes=minutes), "Europe/Paris") == wall(end)


def test_zone_is_known_by_its_exact_name() -> None:
    """Capital letters count, and no path leads out of the wheel."""
    assert is_zone(CASABLANCA)
    assert zone(CASABLANCA).key == CASABLANCA
    for name in ("africa/casablanca", "Maroc", "", "../zones", "Africa/Casablanca ", "Africa"):
        assert not is_zone(name)
        with pytest.raises(KeyError):
            zone(name)


SPEAK = """
from datetime import datetime
from zoneinfo import ZoneInfo
from cafe_ia.zone import instant, zone
wall = datetime(2026, 11, 28, 18)
print(ZoneInfo("Africa/Casablanca").utcoffset(wall), zone("Africa/Casablanca").utcoffset(wall))
print(instant(wall, "Africa/Casablanca").isoformat())
"""


def test_zone_does_not_believe_a_stale_machine(tmp_path: Path) -> None:
    """On a machine whose files still say UTC+01, `zoneinfo` is an hour wrong and we are not."""
    stale = tmp_path / "Africa"
    stale.mkdir()
    with as_file(files("tzdata").joinpath("zoneinfo", "Etc", "GMT-1")) as an_hour_ahead:
        shutil.copy(an_hour_ahead, stale / "Casablanca")
    done = subprocess.run(
        [sys.executable, "-c", SPEAK],
        env={**os.environ, "PYTHONTZPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["1:00:00 0:00:00", "2026-11-28T18:00:00+00:00"]
