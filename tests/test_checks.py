from __future__ import annotations

import random
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from cafe_ia.checks import check
from cafe_ia.checks.rules import ruled
from cafe_ia.files import read_programme
from cafe_ia.files.curricula import load_curriculum
from cafe_ia.files.library import known_modules
from cafe_ia.phrases import catalogue
from cafe_ia.problem import RecordError, Severity, codes
from cafe_ia.programme import Programme
from cafe_ia.session import Session

EXAMPLE = Path(sys.modules["cafe_ia.problem"].__file__ or "").with_name("example")
MODULES = ("nos-langues", "voir")
VENUE = {"name": "Bibliothèque Sbihi", "city": "Salé", "step_free": True}
WRITE = {"minutes": 30, "mode": "write", "title": "Un mot"}
SHOW = {"minutes": 30, "mode": "show", "title": "La machine"}


def cafe(name: str = "a", **fields: Any) -> Session:
    """A café of which no rule has anything to say, but for the given fields."""
    quiet = {
        "id": name,
        "title": "Qui choisit ?",
        "starts": "2026-12-05 15:00",
        "updated": "2026-11-20",
        "venue": VENUE,
    }
    return Session.model_validate(quiet | fields)


def season(*sessions: Session, **fields: Any) -> Programme:
    """A programme of these cafés."""
    return Programme.model_validate(
        {"id": "saison", "title": "Saison", "sessions": sessions} | fields
    )


def found(*sessions: Session, **fields: Any) -> list[tuple[str, tuple[str | int, ...], Any]]:
    """What is found, as code, path below the sessions and values."""
    problems = check(season(*sessions, **fields), modules=MODULES)
    return [
        (one.code, one.path[1:] if one.path[0] == "sessions" else one.path, dict(one.values))
        for one in problems
    ]


# ---------------------------------------------------------------------------- the whole


def test_check_quiet_cafe_has_no_problem() -> None:
    """A café of which everything is known gives an empty list."""
    assert found(cafe()) == []


def test_check_example_programme_gives_nothing() -> None:
    """The example that everyone copies from is without fault and without a warning."""
    reading = read_programme(EXAMPLE)
    assert reading.problems == []
    assert reading.programme is not None
    assert len(reading.programme.sessions) == 14
    assert check(reading.programme) == []


def test_check_rules_fill_every_sentence() -> None:
    """Each rule's code is in the catalogue, and nothing that it says has an unfilled blank."""
    problems = check(spoilt(), modules=MODULES)
    assert {one.code for one in problems} == set(ruled())
    assert set(ruled()) <= set(codes())
    for problem in problems:
        for language in ("fr", "ar", "en"):
            text = problem.text(language)
            assert "{" not in text
            assert catalogue("problems", language)[problem.code]["why"]


def test_check_order_of_sessions_does_not_matter() -> None:
    """The same sessions in any order give the same list, by session and then by code."""
    programme = spoilt()
    expected = check(programme, modules=MODULES)
    draw = random.Random(2026)  # noqa: S311 # a shuffle, not a secret
    for _ in range(10):
        shuffled = list(programme.sessions)
        draw.shuffle(shuffled)
        other = programme.model_copy(update={"sessions": tuple(shuffled)})
        assert check(other, modules=MODULES) == expected
    ordered = [
        (
            -1 if one.path[0] != "sessions" else ids(programme).index(str(one.path[1])),
            codes().index(one.code),
        )
        for one in expected
    ]
    assert ordered == sorted(ordered)


def test_check_problems_find_their_line(tmp_path: Path) -> None:
    """What a rule finds in a folder gets the line and column of the value."""
    (tmp_path / "sessions").mkdir()
    (tmp_path / "programme.yaml").write_text(
        'id: saison\ntitle: "Saison"\nvenues:\n  sbihi:\n    name: "Sbihi"\n'
        '    how_to_come: "Appeler le 0612345678"\n',
        encoding="utf-8",
    )
    (tmp_path / "sessions" / "a.yaml").write_text(
        'title: "A"\nupdated: 2026-11-20\nstarts: 2027-01-11 15:00\nvenue: sbihi\nseats: 30\n',
        encoding="utf-8",
    )
    reading = read_programme(tmp_path, shown="saison")
    assert reading.programme is not None
    places = {
        one.code: str(reading.located(one).place) for one in check(reading.programme, modules=())
    }
    assert places == {
        "personal-phone": str(Path("saison/programme.yaml")) + ":6:18",
        "group-too-large": str(Path("saison/sessions/a.yaml")) + ":5:8",
        "time-too-short": str(Path("saison/sessions/a.yaml")) + ":5:8",
        "public-holiday": str(Path("saison/sessions/a.yaml")) + ":3:9",
        "access-missing": str(Path("saison/sessions/a.yaml")) + ":4:8",
    }


def test_check_import_leaves_heavy_libraries_alone() -> None:
    """Importing the rules loads neither the holidays nor the sun; they come when a day is asked."""
    code = (
        "import sys, cafe_ia.checks; print({'holidays', 'astral', 'hijridate'} & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


# ---------------------------------------------------------------------------- clashes


@pytest.mark.parametrize(
    "other",
    [
        VENUE,
        {
            "name": "BIBLIOTHÈQUE  SBIHI",
            "city": "salé",
            "address": "Place des Martyrs",
            "step_free": True,
        },
        {
            "name": {"ar": "الخزانة الصبيحية", "fr": "Bibliothèque Sbihi"},
            "city": {"ar": "سلا", "fr": "Salé"},
            "step_free": True,
        },
    ],
    ids=["the same record", "the same name and city", "one language in common"],
)
def test_venue_busy_is_told_of_the_later_cafe(other: dict[str, Any]) -> None:
    """Two cafés in one place at one time: the later one is told, and names the other."""
    late = cafe("b", starts="2026-12-05 15:59", venue=other)
    assert found(late, cafe("a")) == [("venue-busy", ("b", "venue"), {"other": "a"})]


def test_venue_busy_joins_languages_through_a_third_venue() -> None:
    """A venue in French and one in Arabic are one place when a third bears both names."""
    name, city = {"ar": "الخزانة", "en": "Library"}, {"ar": "سلا"}
    arabic = {"name": name, "city": city, "step_free": True}
    both = VENUE | {
        "name": {"fr": VENUE["name"], "ar": "الخزانة"},
        "city": {"fr": "Salé", "ar": "سلا"},
    }
    apart = (cafe("a"), cafe("b", venue=arabic))
    assert found(*apart) == []
    assert found(*apart, cafe("c", venue=both, starts="2027-01-05 15:00")) == [
        ("venue-busy", ("b", "venue"), {"other": "a"})
    ]


def test_venue_busy_sees_past_a_short_cafe_inside_a_long_one() -> None:
    """A long café goes on after a short one inside it: what overlaps it later is still told."""
    long = cafe("a", minutes=240)
    short = cafe("b", starts="2026-12-05 15:30", minutes=30)
    late = cafe("c", starts="2026-12-05 18:00")
    assert found(long, short, late) == [
        ("venue-busy", ("b", "venue"), {"other": "a"}),
        ("venue-busy", ("c", "venue"), {"other": "a"}),
    ]


def test_venue_busy_goes_on_from_the_cafe_that_ends_last() -> None:
    """A café that overlaps the second, and no longer the first, is told of the second."""
    second = cafe("b", starts="2026-12-05 15:30", minutes=120)
    third = cafe("c", starts="2026-12-05 16:30")
    assert found(cafe("a"), second, third) == [
        ("venue-busy", ("b", "venue"), {"other": "a"}),
        ("venue-busy", ("c", "venue"), {"other": "b"}),
    ]


def test_venue_busy_compares_instants_and_not_walls() -> None:
    """18:00 in Casablanca and 19:00 in Paris are one instant in December."""
    paris = cafe("b", starts="2026-12-05 16:30", timezone="Europe/Paris")
    assert found(cafe("a"), paris) == [("venue-busy", ("b", "venue"), {"other": "a"})]


@pytest.mark.parametrize(
    "fields",
    [
        {"starts": "2026-12-05 16:00"},
        {"venue": VENUE | {"city": "Rabat"}},
        {"venue": VENUE | {"name": "Médiathèque"}},
        {"venue": {"name": VENUE["name"], "step_free": True}},
        {"venue": None, "online": "https://example.org/"},
        {"status": "cancelled"},
        {"status": "postponed"},
        {"timezone": "Europe/Paris"},
    ],
    ids=[
        "follows",
        "other city",
        "other name",
        "no city",
        "online",
        "cancelled",
        "postponed",
        "an hour earlier",
    ],
)
def test_venue_busy_leaves_others_in_peace(fields: dict[str, Any]) -> None:
    """A café that follows, is elsewhere, or does not take place is in nobody's way."""
    assert found(cafe("a"), cafe("b", **fields)) == []


NAIMA = {"name": "Naïma", "speaks": ["ary"]}
ONLINE: dict[str, Any] = {"venue": None, "online": "https://example.org/"}


def test_facilitator_busy_is_told_of_the_later_cafe() -> None:
    """One person leads two cafés at once, in a room and online: the later one is told."""
    twice = [{"name": "Driss", "speaks": ["fr"]}, {"name": "NAÏMA"}]
    late = cafe("b", starts="2026-12-05 15:30", facilitators=twice, **ONLINE)
    assert found(cafe("a", facilitators=[NAIMA]), late) == [
        ("facilitator-busy", ("b", "facilitators", 1), {"facilitator": "NAÏMA", "other": "a"})
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"facilitators": [{"name": "Nadia"}]},
        {"starts": "2026-12-05 16:00"},
        {"status": "cancelled"},
    ],
    ids=["someone else", "later", "cancelled"],
)
def test_facilitator_busy_leaves_others_in_peace(fields: dict[str, Any]) -> None:
    """Someone else, another hour, or a cancelled café is no clash; nor is a name said twice."""
    assert (
        found(
            cafe("a", facilitators=[NAIMA, NAIMA]),
            cafe("b", **{"facilitators": [NAIMA], **ONLINE, **fields}),
        )
        == []
    )


def test_facilitator_busy_tells_namesakes_apart() -> None:
    """Two people of one name in the programme's table are told apart by their languages."""
    other = {"name": "Naïma", "speaks": ["fr"]}
    sessions = (cafe("a", facilitators=[NAIMA]), cafe("b", facilitators=[other], **ONLINE))
    assert [code for code, _, _ in found(*sessions)] == ["facilitator-busy"]
    assert found(*sessions, facilitators={"naima-r": NAIMA, "naima-s": other}) == []


def test_time_never_is_told_of_an_hour_that_clocks_jump_over() -> None:
    """Paris has no 02:30 on 28 March 2027; it has 01:30 and 03:00."""
    jumped = cafe(starts="2027-03-28 02:30", timezone="Europe/Paris")
    assert found(jumped) == [
        ("time-never", ("a", "starts"), {"timezone": "Europe/Paris", "starts": "2027-03-28 02:30"})
    ]
    assert found(cafe(starts="2027-03-28 01:30", timezone="Europe/Paris")) == []
    assert found(cafe(starts="2027-03-28 03:00", timezone="Europe/Paris")) == []


@pytest.mark.parametrize(
    ("starts", "minutes", "shown"),
    [
        ("2026-10-25 02:30", 60, "2026-10-25 02:30"),
        ("2026-10-25 01:30", 60, "2026-10-25 02:30"),
        ("2026-10-25 02:10", 20, "2026-10-25 02:10"),
    ],
    ids=["beginning", "end", "both"],
)
def test_time_twice_is_told_of_an_hour_shown_twice(starts: str, minutes: int, shown: str) -> None:
    """Paris shows 02:30 twice on 25 October 2026: as a beginning, or else as an end."""
    twice = cafe(starts=starts, minutes=minutes, timezone="Europe/Paris")
    assert found(twice) == [
        ("time-twice", ("a", "starts"), {"timezone": "Europe/Paris", "starts": shown})
    ]


def test_time_twice_morocco_ends_its_summer_hour() -> None:
    """Casablanca showed 01:30 twice on 20 September 2026, and no hour twice since."""
    assert [code for code, _, _ in found(cafe(starts="2026-09-20 01:30"))] == ["time-twice"]
    assert found(cafe(starts="2026-09-20 03:00")) == []
    assert found(cafe(starts="2026-10-25 02:30")) == []
    assert found(cafe(all_day=True, starts="2026-10-25", timezone="Europe/Paris")) == []


def test_time_rules_look_at_days_without_hours_in_no_zone() -> None:
    """Cairo's clocks jump over midnight: a café of a whole day has no hour to jump over."""
    where = {"timezone": "Africa/Cairo", "starts": "2027-04-30", **ONLINE}
    assert [code for code, _, _ in found(cafe(**where | {"starts": "2027-04-30 00:00"}))] == [
        "time-never"
    ]
    assert found(cafe(all_day=True, **where)) == []


# ---------------------------------------------------------------------------- welcome


def test_group_too_large_begins_at_21_seats() -> None:
    """Twenty people are a circle; twenty-one are not."""
    assert found(cafe(seats=21, minutes=90)) == [("group-too-large", ("a", "seats"), {"seats": 21})]
    assert found(cafe(seats=20, minutes=90)) == []


@pytest.mark.parametrize(
    ("seats", "minutes", "needed"), [(1, 59, 60), (15, 59, 60), (16, 89, 90), (20, 60, 90)]
)
def test_time_too_short_is_told_of_seats(seats: int, minutes: int, needed: int) -> None:
    """An hour for up to 15 people, an hour and a half for more."""
    values = {"seats": seats, "needed": needed, "minutes": minutes}
    assert found(cafe(seats=seats, minutes=minutes)) == [("time-too-short", ("a", "seats"), values)]
    assert found(cafe(seats=seats, minutes=needed)) == []


def test_time_too_short_and_large_spare_cafes_that_do_not_come() -> None:
    """A postponed or cancelled café has room for anyone, and a whole day is long enough."""
    assert found(cafe(minutes=30)) == []
    for status in ("cancelled", "postponed"):
        assert found(cafe(seats=40, minutes=30, status=status)) == []


@pytest.mark.parametrize(
    ("spoken", "speaks"),
    [("ar", "ary"), ("ary", "ar"), ("shi", "zgh"), ("fr", "ary")],
)
def test_language_without_facilitator_takes_no_language_for_another(
    spoken: str, speaks: str
) -> None:
    """Darija is not standard Arabic, and Tachelhit is not standard Tamazight."""
    people = [{"name": "Malika", "speaks": [speaks, "en"]}]
    assert found(cafe(spoken=["en", spoken], facilitators=people)) == [
        ("language-without-facilitator", ("a", "spoken", 1), {"language": spoken})
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {
            "facilitators": [
                {"name": "Malika", "speaks": ["fr"]},
                {"name": "Itto", "speaks": ["ary"]},
            ]
        },
        {"facilitators": [{"name": "Malika", "speaks": ["fr-MA", "ary-Latn"]}]},
        {"facilitators": [{"name": "Malika", "speaks": ["fr"]}, {"name": "Itto"}]},
        {"facilitators": []},
        {"facilitators": [{"name": "Malika", "speaks": ["en"]}], "status": "cancelled"},
    ],
    ids=["between them", "variants", "one unknown", "nobody named", "cancelled"],
)
def test_language_without_facilitator_says_nothing_of_what_is_not_known(
    fields: dict[str, Any],
) -> None:
    """The languages that are spoken between them are enough; what is not known is no fault."""
    assert found(cafe(spoken=["fr", "ary"], **fields)) == []


HALL = {"name": "Maison de jeunes", "city": "Bzou"}


@pytest.mark.parametrize("access", [None, {}], ids=["no access", "empty access"])
def test_access_missing_is_told_of_a_room(access: dict[str, Any] | None) -> None:
    """A room of which nobody says how one comes in."""
    assert found(cafe(venue=HALL, access=access)) == [("access-missing", ("a", "venue"), {})]


@pytest.mark.parametrize(
    "fields",
    [
        {"venue": HALL | {"step_free": "no"}},
        {"venue": HALL, "access": {"seating": "no"}},
        ONLINE,
        {"venue": HALL, "status": "cancelled"},
    ],
    ids=["a step, and it is said", "something is said", "online", "cancelled"],
)
def test_access_missing_is_content_when_something_is_said(fields: dict[str, Any]) -> None:
    """A step that is announced is better than silence; online there is none."""
    assert found(cafe(**fields)) == []


def test_place_missing_is_told_of_a_cafe_that_is_nowhere() -> None:
    """Neither a room nor an address to join."""
    assert found(cafe(venue=None)) == [("place-missing", ("a",), {})]
    assert found(cafe(**ONLINE)) == []
    assert found(cafe(venue=None, status="postponed")) == []


# ---------------------------------------------------------------------------- agenda


def test_talk_under_half_counts_without_breaks() -> None:
    """29 minutes of talk in 60 are a lecture; a break of 20 minutes changes nothing."""
    pause = {"minutes": 20, "mode": "break", "title": "Thé"}
    share, discuss = (
        WRITE | {"minutes": 9, "mode": "share"},
        WRITE | {"minutes": 10, "mode": "discuss"},
    )
    lecture = [SHOW | {"minutes": 31}, WRITE | {"minutes": 10}, pause, share, discuss]
    assert found(cafe(agenda=lecture, minutes=80)) == [
        ("talk-under-half", ("a", "agenda"), {"talk": 29, "minutes": 60})
    ]
    talk = [SHOW, WRITE | {"minutes": 10}, pause, share, discuss | {"minutes": 11}]
    assert found(cafe(agenda=talk, minutes=80)) == []
    assert found(cafe(agenda=[pause | {"minutes": 60}])) == []


@pytest.mark.parametrize("mode", ["frame", "show", "explain"])
def test_talk_under_half_takes_only_peoples_talk_for_talk(mode: str) -> None:
    """A welcome and an explanation are not the people's talk."""
    agenda = [WRITE | {"minutes": 29}, SHOW | {"mode": mode, "minutes": 31}]
    assert [code for code, _, _ in found(cafe(agenda=agenda))] == ["talk-under-half"]


def test_agenda_minutes_add_up_with_breaks() -> None:
    """Steps of 59 or 61 minutes do not make an hour; a break is part of it."""
    for minutes in (29, 31):
        agenda = [WRITE, WRITE | {"minutes": minutes, "mode": "break"}]
        assert found(cafe(agenda=agenda)) == [
            ("agenda-minutes", ("a", "agenda"), {"total": 30 + minutes, "minutes": 60})
        ]
    assert found(cafe(agenda=[WRITE, WRITE | {"mode": "break"}])) == []
    assert found(cafe(all_day=True, starts="2026-12-05", agenda=[WRITE])) == []


def test_module_unknown_gives_the_nearest_and_the_known() -> None:
    """A misspelt module comes with the one that it looks like."""
    known = {"known": "nos-langues, voir"}
    assert found(cafe(module="nos-langue")) == [
        ("module-unknown", ("a", "module"), {"module": "nos-langue", "near": "nos-langues"} | known)
    ]
    assert found(cafe(module="qwxz"))[0][2] == {"module": "qwxz", "near": ""} | known
    assert found(cafe(module="voir")) == []


def test_module_unknown_knows_the_librarys_own_when_none_are_given() -> None:
    """Left out, the modules are those of the library's curricula; given, only those."""
    programme = season(cafe(module="le-prix"))
    assert check(programme) == []
    assert [one.code for one in check(programme, modules=iter(MODULES))] == ["module-unknown"]
    assert "–" in check(programme, modules=())[0].text("en")


# ---------------------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2027-01-11", "Manifeste de l'indépendance"),
        ("2027-01-14", "Nouvel an Amazigh"),
        ("2026-10-31", "Fête de l'Unité"),
        ("2027-07-30", "Fête du Trône"),
    ],
)
def test_public_holiday_is_told_by_its_name(day: str, name: str) -> None:
    """A fixed public holiday of Morocco; the days beside it are days like others."""
    ((code, path, values),) = found(cafe(starts=f"{day} 15:00"))
    assert (code, path) == ("public-holiday", ("a", "starts"))
    assert (values["day"], values["holiday"]["fr"]) == (date.fromisoformat(day), name)
    for beside in (-1, 1):
        other = date.fromordinal(date.fromisoformat(day).toordinal() + beside)
        assert found(cafe(starts=f"{other} 15:00")) == []


def test_public_holiday_looks_at_every_day_that_is_touched() -> None:
    """A café of four days finds both holidays in it; one that ends at midnight touches no more."""
    days = cafe(all_day=True, starts="2027-01-11", minutes=4 * 1440)
    assert [values["day"] for _, _, values in found(days)] == [date(2027, 1, 11), date(2027, 1, 14)]
    assert found(cafe(starts="2027-01-10 23:00")) == []
    assert found(cafe(starts="2027-01-10 23:01"))[0][0] == "public-holiday"


def test_public_holiday_is_a_matter_of_morocco() -> None:
    """In Paris 11 January is a Monday, unless the room is in one of the twelve regions."""
    there: dict[str, Any] = {"starts": "2027-01-11 15:00", "timezone": "Europe/Paris"}
    assert found(cafe(**there)) == []
    assert found(cafe(**there, venue=VENUE | {"region": "oriental"}))[0][0] == "public-holiday"
    assert found(cafe(starts="2027-01-11 15:00", timezone="Africa/El_Aaiun")) != []
    assert found(cafe(starts="2027-01-11 15:00", status="cancelled")) == []


SACRIFICE = {"ar": "عيد الأضحى", "fr": "Fête du sacrifice", "en": "Eid al-Adha"}


@pytest.mark.parametrize(
    ("day", "estimated"),
    [
        ("2027-05-15", "2027-05-16"),
        ("2027-05-16", "2027-05-16"),
        ("2027-05-17", "2027-05-17"),
        ("2027-05-18", "2027-05-17"),
    ],
    ids=["the day before", "the day", "its second day", "the day after"],
)
def test_islamic_feast_is_told_a_day_around(day: str, estimated: str) -> None:
    """The moon decides: the day before and the day after are told as well."""
    values = {"day": date.fromisoformat(estimated), "holiday": SACRIFICE}
    assert found(cafe(starts=f"{day} 15:00")) == [("islamic-feast", ("a", "starts"), values)]


def test_islamic_feast_is_left_alone_two_days_away() -> None:
    """Two days before and two days after are days like others, and so is a cancelled one."""
    assert found(cafe(starts="2027-05-14 15:00")) == []
    assert found(cafe(starts="2027-05-19 15:00")) == []
    assert found(cafe(starts="2027-05-16 15:00", status="postponed")) == []


def test_islamic_feast_is_told_once_and_wherever_people_are() -> None:
    """A café of three days names a feast once; abroad it is a feast as well."""
    days = cafe(all_day=True, starts="2027-05-15", minutes=3 * 1440, timezone="Europe/Paris")
    values = {"day": date(2027, 5, 16), "holiday": SACRIFICE}
    assert found(days) == [("islamic-feast", ("a", "starts"), values)]


def test_islamic_feast_on_a_public_holiday_is_told_beside_it() -> None:
    """On 14 August 2027 the Prophet's birthday may fall on Oued Ed-Dahab Day: both are told."""
    both = found(cafe(starts="2027-08-14 15:00"))
    assert [(code, values["holiday"]["fr"]) for code, _, values in both] == [
        ("public-holiday", "Allégeance Oued Eddahab"),
        ("islamic-feast", "Anniversaire du prophète"),
    ]


AT_RABAT = VENUE | {"location": {"lat": 34.02, "lon": -6.84}}


# Sunset in Rabat on 20 February 2027 is at 18:15, by NOAA's equations.
@pytest.mark.parametrize("hour", ["17:31", "18:15", "18:59"])
@pytest.mark.parametrize("fields", [{}, ONLINE], ids=["in a room", "online"])
def test_ramadan_sunset_is_told_around_the_breaking_of_the_fast(
    hour: str, fields: dict[str, Any]
) -> None:
    """44 minutes before and after sunset, people are on their way home or at table."""
    assert found(cafe(starts=f"2027-02-20 {hour}", **fields)) == [
        ("ramadan-sunset", ("a", "starts"), {"sunset": "18:15", "starts": hour})
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"starts": "2027-02-20 17:30"},
        {"starts": "2027-02-20 19:00"},
        {"starts": "2027-02-20 18:15", "status": "cancelled"},
        {"starts": "2027-02-20", "all_day": True, "timezone": "Asia/Dhaka", "venue": AT_RABAT},
        {"starts": "2027-02-20 19:15", "timezone": "Europe/Paris"},
    ],
    ids=[
        "45 minutes before",
        "45 minutes after",
        "cancelled",
        "whole day",
        "abroad, not on the map",
    ],
)
def test_ramadan_sunset_leaves_other_hours_alone(fields: dict[str, Any]) -> None:
    """Three quarters of an hour are enough; a room abroad must be on the map to be judged."""
    assert found(cafe(**fields)) == []


def test_ramadan_sunset_is_given_a_day_more_at_each_end() -> None:
    """Ramadan 1448 is computed from 8 February to 8 March 2027; the moon may differ by a day."""
    sets = {"2027-02-06": False, "2027-02-07": True, "2027-03-09": True, "2027-03-10": False}
    told = {
        day: "ramadan-sunset" in [code for code, _, _ in found(cafe(starts=f"{day} 18:20"))]
        for day in sets
    }
    assert told == sets


def test_ramadan_sunset_finds_both_ramadans_of_2030() -> None:
    """2030 has a Ramadan in January and another that begins in December."""
    for day in ("2030-01-20", "2030-12-28"):
        assert [code for code, _, _ in found(cafe(starts=f"{day} 17:45"))] == ["ramadan-sunset"]


def test_ramadan_sunset_is_that_of_the_place_and_of_its_clock() -> None:
    """The sun sets in Oujda before it sets in Rabat, and Paris has its own hour."""
    oujda = VENUE | {"location": {"lat": 34.68, "lon": -1.91}}
    paris = VENUE | {"location": {"lat": 48.85, "lon": 2.35}}
    assert found(cafe(starts="2027-02-20 17:20", venue=oujda))[0][2]["sunset"] == "17:55"
    assert found(cafe(starts="2027-02-20 18:45", venue=oujda)) == []
    there = cafe(starts="2027-02-20 18:00", venue=paris, timezone="Europe/Paris")
    assert found(there)[0][2]["sunset"] == "18:19"


def test_ramadan_sunset_keeps_moroccos_old_winter_hour() -> None:
    """In Ramadan 2026 Casablanca was at UTC+00, whatever an old machine says."""
    assert found(cafe(starts="2026-02-20 18:15"))[0][2] == {"sunset": "18:16", "starts": "18:15"}


def test_ramadan_sunset_says_nothing_where_the_sun_does_not_set() -> None:
    """In Longyearbyen the sun does not rise in January: no sunset, no warning, no fall."""
    pole = VENUE | {"location": {"lat": 78.22, "lon": 15.65}}
    assert found(cafe(starts="2030-01-20 12:00", venue=pole, timezone="Europe/Oslo")) == []


def test_days_say_nothing_of_years_that_no_almanac_knows() -> None:
    """A date typed a century off is not a fall."""
    for year in (1901, 1924, 2077, 2126, 2199):
        assert found(cafe(starts=f"{year}-12-30 18:00")) == []


# ---------------------------------------------------------------------------- privacy

PHONES = [
    "0612345678", "06 12 34 56 78", "06.12.34.56.78", "06-12-34-56-78", "06/12/34/56/78",
    "0612-345678", "05 37 27 23 00", "0800 00 12 34", "+212 6 12 34 56 78", "+212 (0) 612 345 678",
    "00212612345678", "212 612-345-678", "https://wa.me/212612345678", "٠٦١٢٣٤٥٦٧٨",
    "٠٦ ١٢ ٣٤ ٥٦ ٧٨", "۰۶۱۲۳۴۵۶۷۸", "０６１２３４５６７８", "06\u00a012\u202f34\u00a056\u00a078",
    "06\u200b12\u200b34\u200b56\u200b78", "06 ‑ 12 ‑ 34 ‑ 56 ‑ 78", "+33 6 12 34 56 78",
    "0033612345678", "+1 (202) 555-0147", "+44 20 7946 0958", "+376 312 345",
    "2120612345678", "+491234567890123",
]  # fmt: skip
NOT_PHONES = [
    "le 05/12/2026 18h30", "05.12.2026 18:30", "du 05-06/12/2026", "2026-05-12 2027-05-13",
    "45 000 élèves et 1 000 000 000 de mots", "de 08h30 à 10h00", "loi 09-08, article 12",
    "ISO 27001", "0612345", "RIB 011780000012345678901234", "2026-2027", "0,6 12345678",
    "100 000 DH", "07/12/2026 à 15h00", "0123456789", "061234567890", "212 400 000 000",
]  # fmt: skip
EMAILS = [
    "naima@example.org", "NAIMA.R+cafe@um5.ac.ma", "naima @ example.org", "naima(at)example.org",
    "naima [arobase] example.org", "نعيمة@example.org", "naima＠example.org",
]  # fmt: skip
NOT_EMAILS = ["rendez-vous @ Rabat. Venez", "@cafeia", "18 h @ la bibliothèque", "a@b", "(atelier)"]
CARDS = ["AB123456", "ab123456", "K12345", "CIN : BK654321.", "(EE123456)", "AB١٢٣٤٥٦",
         "CIN AB 123456", "carte nationale n° J 123456", "بطاقة التعريف AB 123456"]  # fmt: skip
NOT_CARDS = [
    "plus de 10000 personnes", "A 10000", "GPT4", "COVID19", "ABC123456", "AB1234", "AB1234567",
    "AB123456C", "https://example.org/AB123456", "https://example.org/?id=AB123456", "12AB123456",
    "BP 12345", "CIN : plus de 10000 personnes", "2026", "#AB123456",
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "words"),
    [("personal-phone", words) for words in PHONES]
    + [("personal-email", words) for words in EMAILS]
    + [("personal-identity", words) for words in CARDS],
)
def test_privacy_finds_personal_data(code: str, words: str) -> None:
    """However it is written, it is found, and never said again."""
    summary = {"fr": "Bonjour.", "ar": f"مرحبا {words}، شكرا"}
    problems = check(season(cafe(summary=summary)), modules=())
    assert [(one.code, one.path, dict(one.values)) for one in problems] == [
        (code, ("sessions", "a", "summary", "ar"), {})
    ]


@pytest.mark.parametrize("words", NOT_PHONES + NOT_EMAILS + NOT_CARDS)
def test_privacy_leaves_other_numbers_alone(words: str) -> None:
    """Dates, prices, laws and addresses on the web are not personal data."""
    assert found(cafe(summary=f"Bonjour {words}, merci.")) == []
    assert found(cafe(summary=words)) == []


CALL = "Appeler le 06 12 34 56 78"


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"title": {"en": CALL}}, ("title", "en")),
        ({"summary": CALL}, ("summary", "fr")),
        ({"access": {"notes": CALL}}, ("access", "notes", "fr")),
        ({"agenda": [WRITE, WRITE | {"title": CALL}]}, ("agenda", 1, "title", "fr")),
        ({"venue": VENUE | {"how_to_come": CALL}}, ("venue", "how_to_come", "fr")),
        ({"venue": VENUE | {"address": CALL}}, ("venue", "address", "fr")),
        ({"venue": VENUE | {"name": CALL}}, ("venue", "name", "fr")),
        ({"facilitators": [NAIMA, {"name": CALL}]}, ("facilitators", 1, "name")),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_privacy_reads_every_text_of_a_session(
    fields: dict[str, Any], path: tuple[str | int, ...]
) -> None:
    """Every free text that is published is read, also of a café that is cancelled."""
    for status in ("planned", "cancelled"):
        assert found(cafe(status=status, **fields)) == [("personal-phone", ("a", *path), {})]


@pytest.mark.parametrize("field", ["title", "summary", "notice"])
def test_privacy_reads_the_programmes_own_texts(field: str) -> None:
    """The programme's own texts come first, whatever its sessions have."""
    told = found(cafe(seats=40, minutes=90), **{field: CALL})
    assert [(code, path) for code, path, _ in told] == [
        ("personal-phone", (field, "fr")),
        ("group-too-large", ("a", "seats")),
    ]


def test_privacy_reads_what_is_shared_once() -> None:
    """A venue or a person that the programme names is told there, and in none of its sessions."""
    venue, person = VENUE | {"how_to_come": CALL}, {"name": CALL}
    cafes = [
        cafe(name, starts=f"2026-12-0{n} 15:00", venue=venue, facilitators=[person])
        for n, name in enumerate("abc", 1)
    ]
    assert found(*cafes, venues={"sbihi": venue}, facilitators={"naima": person}) == [
        ("personal-phone", ("venues", "sbihi", "how_to_come", "fr"), {}),
        ("personal-phone", ("facilitators", "naima", "name"), {}),
    ]


def test_privacy_stays_quick_on_long_texts() -> None:
    """No text of a page's length makes the patterns search for long."""
    started = datetime.now(UTC)
    for unit in ("a", "0", "0 ", "06 ", "+", "a.", "A-", "CIN ", "(", "a@", "a@b."):
        check(season(cafe(summary=unit * (20_000 // len(unit)))), modules=())
    assert (datetime.now(UTC) - started).total_seconds() < 5


# ---------------------------------------------------------------------------- curricula


def test_load_curriculum_gives_the_twelve_modules_in_order() -> None:
    """“Parlons IA” has twelve modules, each asked in three languages; four are written."""
    curriculum = load_curriculum("parlons-ia")
    assert [module.id for module in curriculum.modules] == [
        "c-est-quoi", "se-tromper", "nos-langues", "inventer", "voir", "vrai-ou-faux",
        "recommander", "mes-donnees", "mon-metier", "decider", "le-prix", "quelle-ia",
    ]  # fmt: skip
    assert all({"fr", "ar", "en"} <= set(entry.question) for entry in curriculum.modules)
    assert [module.id for module in curriculum.written] == [
        "se-tromper", "nos-langues", "inventer", "decider",
    ]  # fmt: skip
    assert len(curriculum.to_come) == 8
    assert {module.id for module in curriculum.modules} <= set(known_modules())
    assert len(set(known_modules())) == len(known_modules())


def test_load_curriculum_reads_anyones_file(tmp_path: Path) -> None:
    """A path gives the curriculum of that file, and all its faults with their lines."""
    path = tmp_path / "mine.yaml"
    path.write_text(
        'id: mine\ntitle: "À moi"\nmodules:\n  - id: un\n    question: "Qui ?"\n', "utf-8"
    )
    assert load_curriculum(path).modules[0].question == {"fr": "Qui ?"}
    path.write_text("id: Mine!\nmodules:\n  - id: un\n", "utf-8")
    with pytest.raises(RecordError) as refused:
        load_curriculum(str(path))
    assert [one.code for one in refused.value.problems] == [
        "field-missing", "slug-shape", "entry-question-missing"
    ]  # fmt: skip
    assert all(one.place is not None for one in refused.value.problems)


def test_load_curriculum_says_that_there_is_none() -> None:
    """A name that no curriculum bears is told with those that there are."""
    with pytest.raises(RecordError) as refused:
        load_curriculum("parlons-de-rien")
    (problem,) = refused.value.problems
    assert problem.code == "curriculum-unknown"
    assert "parlons-ia" in problem.text("fr")


# ---------------------------------------------------------------------------- one of each


def ids(programme: Programme) -> list[str]:
    """The names of the sessions, in order."""
    return [session.id for session in programme.sessions]


def spoilt() -> Programme:
    """A programme in which every rule finds something."""
    lecture = [SHOW | {"minutes": 40}, WRITE | {"minutes": 10}]
    data = "06 12 34 56 78, naima@example.org, AB123456"
    return season(
        cafe("a", seats=30, minutes=60, spoken=["ar"], facilitators=[NAIMA], agenda=lecture),
        cafe("b", facilitators=[NAIMA], starts="2026-12-05 15:30", module="nos-langue"),
        cafe("c", starts="2027-03-28 02:30", timezone="Europe/Paris", venue=HALL),
        cafe("d", starts="2026-10-25 02:30", timezone="Europe/Paris", venue=None, summary=data),
        cafe("e", starts="2027-01-11 15:00"),
        cafe("f", starts="2027-03-09 18:20"),
        cafe("h", starts="2027-01-11 15:00"),
        cafe("g", status="cancelled", starts="2027-01-12 15:00", summary=data),
        notice=data,
    )


def test_check_severities_are_those_of_the_catalogue() -> None:
    """What cannot be is an error; what someone should look at is a warning."""
    errors = {
        one.code for one in check(spoilt(), modules=MODULES) if one.severity is Severity.ERROR
    }
    assert errors == {
        "venue-busy", "facilitator-busy", "time-never", "time-twice", "agenda-minutes",
        "module-unknown", "personal-identity",
    }  # fmt: skip
